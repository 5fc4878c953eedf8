"""``python -m tests.benchmark.worst [N ...]``: the slowest queries that the limits allow."""

from __future__ import annotations

import argparse
import gc
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import cycle, islice, pairwise, product
from pathlib import Path
from string import ascii_lowercase

from indexer.corpus import read_documents
from indexer.errors import QueryError
from indexer.search.analysis import STOP_WORDS
from indexer.search.engine import Engine
from indexer.search.index import open_index
from indexer.search.limits import (
    MAX_DEPTH,
    MAX_DIFFERENT,
    MAX_LENGTH,
    MAX_PATTERNS,
    MAX_WORDS,
)
from indexer.search.results import Request, Results
from webapp import create_app

from . import data
from .__main__ import COLLECTIONS, ROOT
from .engines import ours

_LIMIT = 200  # hits: the most that one answer of the web gives
_AGAIN = 3  # times; the quickest counts, for what others do on the machine is no cost of the query
_WARM_UP = "a"  # brings to memory what every query needs, and none of its words


def queries(engine: Engine) -> dict[str, str]:
    """Return the worst queries over a corpus by what is bad about them, all within the limits."""
    counts = engine.index.text.lexicon.counts
    common = [w for w in sorted(counts, key=lambda w: -counts[w]) if w not in STOP_WORDS]
    long = [word for word in common if len(word) > 4]
    pairs = ["".join(letters) for letters in product(ascii_lowercase, repeat=2)]
    acronyms = engine.index.text.lexicon.acronyms
    texts = [paragraph.text for _, paragraph in engine.index.paragraphs]
    longest = max(texts, key=lambda text: len(text[:MAX_LENGTH].split()))
    hyphened = ["-".join(parts) for parts in zip(common, common[1:], common[2:], strict=False)]
    deep = MAX_DEPTH - 1
    return {
        "common words": _full(common, most=MAX_WORDS),
        "rare words": _full(reversed(common), most=MAX_WORDS),
        "one word over and over": _full(cycle(common[:1]), most=MAX_WORDS),
        "misspelt words": _full(f"{word[:2]}q{word[3:]}" for word in long),
        "misspelt words in quotes": _full(f'"{word[:2]}q{word[3:]}"' for word in long),
        "short forms": _full(islice(cycle(acronyms or common), MAX_DIFFERENT)),
        "long forms": _full(islice(cycle(acronyms.values() or common), MAX_DIFFERENT // 5)),
        "a paragraph": longest[:MAX_LENGTH].replace('"', ""),
        "OR": _full(common, " OR "),
        "AND": _full(common, " AND "),
        "NOT": _full(f"-{word}" for word in common),
        "nested": "(" * deep + _full(common, " OR ", 4 * deep, MAX_DIFFERENT - deep) + ") a" * deep,
        "nested, AND in OR": _full(
            islice((f"({a} OR (b AND {a}))" for a in common), MAX_DIFFERENT // 3), " AND "
        ),
        "parentheses that never close": "(" * (MAX_LENGTH // 2) + _full(common, " ", 2000),
        "everything": _full(cycle("*")),
        "*a*": "*a*",
        "infixes": _full((f"*{pair}*" for pair in pairs), most=MAX_PATTERNS),
        "endings": _full((f"*{pair}" for pair in pairs), most=MAX_PATTERNS),
        "prefixes": _full((f"{pair}*" for pair in pairs), most=MAX_PATTERNS),
        "?*?*?*": _full((f"{'?*' * 9}{letter}" for letter in ascii_lowercase), most=MAX_PATTERNS),
        "one pattern of many stars": "*".join(islice(cycle("etaoin"), MAX_LENGTH // 2)),
        "one letter off": _full((f"{word}~" for word in long), most=MAX_PATTERNS),
        "two letters off": _full((f"{word}~2" for word in long), most=MAX_PATTERNS),
        "a long phrase": '"{}"'.format(longest[: MAX_LENGTH - 2].replace('"', "")),
        "a phrase of common words": f'"{_full(cycle(sorted(STOP_WORDS)), " ", 2)}"',
        "a phrase of stars": f'"{_full(cycle("*"), " ", 2)}"',
        "a phrase of patterns": '"{}"'.format(
            _full((f"{letter}*" for letter in cycle("abcst")), most=MAX_PATTERNS)
        ),
        "phrases": _full(f'"{a} {b}"' for a, b in pairwise(common)),
        "a phrase of hyphened words": f'"{_full(hyphened, " ", 2)}"',
        "hyphened words": _full(hyphened[::3], most=MAX_WORDS),
        "one word of a thousand parts": _full(common, "-"),
        "near": f'"{_full(common[:100], " ", 8)}"~100',
        "near, common": '"the of and to in"~100',
        "near, many": _full((f'"{a} the"~100' for a in common), most=MAX_PATTERNS),
        "near, of stars": _full((f'"{a} *"~100' for a in common), most=MAX_PATTERNS),
        "in one sentence": _full((f'"{a} the"~s' for a in common), most=MAX_PATTERNS),
        "headings": _full(f"heading:{word}" for word in common),
        "heading patterns": _full((f"heading:*{pair}*" for pair in pairs), most=MAX_PATTERNS),
        "sections": _full(f"-section:{number}" for number in range(MAX_DIFFERENT)),
        "pages": _full((f"page:{number}" for number in range(MAX_DIFFERENT)), " OR "),
        "one long word": "a" * MAX_LENGTH,
        "signs that unfold": "\N{ARABIC LIGATURE SALLALLAHOU ALAYHE WASALLAM}" * MAX_LENGTH,
        "quotes": '"' * MAX_LENGTH,
        "dashes": "-" * MAX_LENGTH,
    }


def _full(words: Iterable[str], join: str = " ", less: int = 0, most: int = MAX_DIFFERENT) -> str:
    """Return as many words as the limits allow, ``most`` at most, ``less`` so many characters."""
    found: list[str] = []
    length = less - len(join)
    for word in islice(words, most):
        length += len(join) + len(word)
        if length > MAX_LENGTH:
            break
        found.append(word)
    return join.join(found)


@dataclass(frozen=True)
class Cost:
    """Milliseconds that one query takes; ``refused`` says why it is over a limit, if it is.

    ``first`` is a search by an engine that was asked for none of its words yet, ``again`` the same
    once more, ``context`` the page of its matches in context, ``text`` a whole document with its
    matches marked, ``typed`` the suggestions for it.
    """

    first: float
    again: float
    context: float
    text: float
    typed: float
    refused: str

    def row(self, name: str) -> str:
        """Return a row of the table."""
        times = (self.first, self.again, self.context, self.text, self.typed)
        return f"| {name} | {' | '.join(f'{each:.0f}' for each in times)} | {self.refused} |"


HEAD = """\
| milliseconds | first | again | in context | whole text | typed | refused |
|---|--:|--:|--:|--:|--:|---|"""


def costs(root: Path, index: Path) -> Iterator[tuple[str, Cost]]:
    """Return the cost of each of the worst queries over the corpus folder ``root``, by its name."""
    engine, client = Engine.open(root, index), create_app(root, index).test_client()
    _, fingerprint = read_documents(root)
    address = f"/{engine.documents[0].id}"
    for page in ("/?view=context&", f"{address}?"):  # the first of each kind prepares the others
        client.get(f"{page}q={_WARM_UP}")
    for name, text in queries(engine).items():
        new = Engine(open_index(index, engine.documents, fingerprint))
        _asked(new, Request(_WARM_UP))
        new.suggest(_WARM_UP)
        gc.collect()
        gc.freeze()  # as the server does: no collection walks through the corpus
        asked = Request(text, limit=_LIMIT)
        try:
            first, refused = _timed(partial(_asked, new, asked)), ""
            again = min(_timed(partial(_asked, new, asked)) for _ in range(_AGAIN))
        except QueryError as error:
            first = again = 0.0
            refused = str(error)
        yield (
            name,
            Cost(
                first,
                again,
                context=_timed(
                    partial(client.get, "/", query_string={"q": text, "view": "context"})
                ),
                text=_timed(partial(client.get, address, query_string={"q": text})),
                typed=_timed(partial(new.suggest, text)),
                refused=refused,
            ),
        )


def _asked(engine: Engine, request: Request) -> Results:
    return engine.search(request).results


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return 1_000 * (time.perf_counter() - start)


def main() -> None:
    """Measure the slowest queries within the limits, over the shipped corpus and larger ones."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmark.worst", description=main.__doc__
    )
    parser.add_argument("sizes", metavar="N", type=int, nargs="*", help="paragraphs of a benchmark")
    parser.add_argument("--collections", metavar="DIR", type=Path, default=COLLECTIONS)
    options = parser.parse_args()
    pool = data.pool(ROOT / "corpus", options.collections)
    with tempfile.TemporaryDirectory() as folder:
        _print("the corpus that ships", ROOT / "corpus", Path(folder) / "index")
        for size in options.sizes:
            here = Path(folder) / str(size)
            here.mkdir()
            texts = data.paragraphs(pool, size)
            ours.store(texts, here)
            ours.build(texts, here)
            _print(f"{size:,} paragraphs", here / "corpus", here / "index")


def _print(what: str, root: Path, index: Path) -> None:
    print(f"\n{what}\n\n{HEAD}")
    for name, cost in costs(root, index):
        print(cost.row(name), flush=True)


if __name__ == "__main__":
    main()
