"""Measure suggestions of spelling: ``python -m tests.spelling [--seed N] [--collection DIR]``."""

from __future__ import annotations

import argparse
import random
import string
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from indexer import corpus
from indexer.model import Document
from indexer.search.analysis import STOP_WORDS
from indexer.search.index import index_in_memory
from indexer.search.lexicon import Lexicon
from indexer.search.query import Slot
from indexer.search.spelling import nearest

from .relevance.collection import read

DRAWN = 500
_MIN_LETTERS = 5  # of a word that is misspelt: two letters off, one of four is another word
_GOOD = Path(__file__).with_name("spelling_words.txt")


def good_words(lexicon: Lexicon) -> list[str]:
    """Return English words and names of people and countries that a text lacks."""
    lines = [line for line in _GOOD.read_text("utf-8").splitlines() if not line.startswith("#")]
    return [word for word in " ".join(lines).split() if word not in lexicon.counts]


def misspell(word: str, draw: random.Random) -> str:
    """Return a word with one or two letters swapped, dropped, doubled or replaced."""
    for _ in range(draw.randint(1, 2)):
        place = draw.randrange(len(word) - 1)
        before, one, two, after = word[:place], word[place], word[place + 1], word[place + 2 :]
        edit = draw.choice(
            [two + one, two, one + one + two, draw.choice(string.ascii_lowercase) + two]
        )
        word = before + edit + after
    return word


def misspellings(lexicon: Lexicon, draw: random.Random) -> Iterator[tuple[str, str]]:
    """Yield words of a text with misspellings that it does not find, without end."""
    words = [w for w in lexicon.ordered if len(w) >= _MIN_LETTERS and w.isalpha()]
    words = [word for word in words if word not in STOP_WORDS]
    while True:
        word = draw.choice(words)
        typed = misspell(word, draw)
        if not lexicon.expand(Slot("form", typed)):
            yield word, typed


@dataclass(frozen=True)
class Measured:
    """The good words that are corrected, and the misspellings that are not, of 500 each.

    Each is given as it was typed, with the word meant and with the word suggested.
    """

    corrected: list[tuple[str, str, str | None]]
    missed: list[tuple[str, str, str | None]]


def measure(lexicon: Lexicon, seed: int) -> Measured:
    """Draw good words and misspellings for a text, and have them corrected."""
    draw = random.Random(seed)
    good = [(word, word) for word in draw.sample(good_words(lexicon), DRAWN)]
    drawn = [(word, typed) for word, typed in islice(misspellings(lexicon, draw), DRAWN)]
    asked = [[(typed, word, nearest(typed, lexicon)) for word, typed in x] for x in (good, drawn)]
    return Measured(
        corrected=[row for row in asked[0] if row[2] is not None],
        missed=[row for row in asked[1] if row[1] != row[2]],
    )


def main() -> None:
    """Print how many good words are corrected, and how many misspellings are not, and which."""
    parser = argparse.ArgumentParser(prog="python -m tests.spelling", description=main.__doc__)
    parser.add_argument("--seed", type=int, default=1, help="of the draw (%(default)s)")
    parser.add_argument(
        "--collection", metavar="DIR", type=Path, help="not the paper: corpus.jsonl"
    )
    options = parser.parse_args()
    if options.collection:
        documents: tuple[Document, ...] = (read(options.collection).document,)
    else:
        documents, _ = corpus.read_documents(Path(__file__).parent.parent / "corpus")
    measured = measure(index_in_memory(documents).text.lexicon, options.seed)
    for name, rows in vars(measured).items():
        print(f"{name}: {len(rows)} of {DRAWN}")
        for typed, word, suggested in rows:
            print(f"  {typed} ({word}): {suggested}")


if __name__ == "__main__":
    main()
