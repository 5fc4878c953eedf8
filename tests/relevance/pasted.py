"""Words pasted unchanged: ``python -m tests.relevance.pasted [DIR ...]``.

Runs of words are cut from the paper, and from test collections, and searched for unchanged, in
quotation marks and in capitals. The first hit must have the run.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable, Iterator
from pathlib import Path

from indexer import corpus
from indexer.model import Document
from indexer.search.analysis import tokenize
from indexer.search.engine import Engine
from indexer.search.index import index_in_memory
from indexer.search.results import Request

from .collection import read

ROOT = Path(__file__).resolve().parents[2]
LENGTHS = (3, 5, 8, 12)  # words
EACH = 200  # runs of a length from one text
WAYS: dict[str, Callable[[str], str]] = {
    "as they stand": lambda run: run,
    "in quotes": lambda run: f'"{run}"',
    "in capitals": str.upper,
}


def runs(document: Document, length: int, draw: random.Random) -> Iterator[str]:
    """Yield EACH runs of consecutive words, with the signs between them; none has quotes."""
    texts = [p.text for p in document.paragraphs if len(tokenize(p.text).words) >= length]
    found = 0
    while found < EACH:
        text = draw.choice(texts)
        spans = tokenize(text).spans
        first = draw.randint(0, len(spans) - length)
        run = text[spans[first][0] : spans[first + length - 1][1]]
        if not set(run) & set('"“”'):
            found += 1
            yield run


def has_run(text: str, run: str) -> bool:
    """Return whether the words of a run follow each other in a text."""
    return f" {' '.join(tokenize(run).words)} " in f" {' '.join(tokenize(text).words)} "


def share(engine: Engine, document: Document, length: int, way: str) -> float:
    """Return the share of runs whose paragraph comes first, in percent."""
    draw = random.Random(length)
    right = 0
    for run in runs(document, length, draw):
        hits = engine.search(Request(WAYS[way](run), limit=1)).results.hits
        right += bool(hits) and has_run(hits[0].paragraph.text, run)
    return 100 * right / EACH


def main() -> None:
    """Print the share of pasted runs whose paragraph comes first, by length and way."""
    parser = argparse.ArgumentParser(prog="python -m tests.relevance.pasted", description=__doc__)
    parser.add_argument("folders", metavar="DIR", type=Path, nargs="*", help="test collections")
    folders = parser.parse_args().folders
    documents = [*corpus.read_documents(ROOT / "corpus")[0], *(read(f).document for f in folders)]
    print(f"{'':<40}{'words':>6}" + "".join(f"{way:>15}" for way in WAYS))
    for document in documents:
        engine = Engine(index_in_memory((document,)))
        for length in LENGTHS:
            shares = [share(engine, document, length, way) for way in WAYS]
            print(f"{document.id:<40}{length:>6}" + "".join(f"{each:>14.1f}%" for each in shares))


if __name__ == "__main__":
    main()
