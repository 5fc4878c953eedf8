"""Hold what was taken against what a reader of the pages sees, sentence by sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..text import normalise
from .lines import Line

_SENTENCE = re.compile(r"\S.*?(?:[.!?。！？…]+[\"'”’)\]]{0,4}(?=\s|$)|$)")
_END = re.compile(r"[.!?。！？…][\"'”’)\]]{0,4}$")
LONGEST_QUOTE = 200  # characters of a sentence that an error quotes


@dataclass(frozen=True)
class Comparison:
    """What pages have and a text lacks, as pairs of a page's number and a quotation.

    ``sentences`` are missing, or not as they are on the page; ``others`` are labels, names, dates
    and links, which are no part of a text.
    """

    sentences: tuple[tuple[int, str], ...]
    others: tuple[tuple[int, str], ...]


def compare(pages: Sequence[Sequence[Line]], texts: Sequence[str]) -> Comparison:
    """Compare the lines that a reader sees on each page with the ``texts`` that were taken.

    Sentences must occur in the same order, each as often as on the pages; other pieces of lines
    anywhere. Punctuation and case make no difference. A line of which only a part was taken is
    missing as a whole.
    """
    search, sentences, others = _Search(texts), list[tuple[int, str]](), list[tuple[int, str]]()
    for number, line in ((number, line) for number, page in enumerate(pages, 1) for line in page):
        pieces = [match[0] for match in _SENTENCE.finditer(line.due)]
        lacking = [piece for piece in pieces if not search.finds(piece)]
        lost = [piece for piece in lacking if is_sentence(piece)]
        if line.is_torn:
            sentences += [(number, piece) for piece in lost or [line.due]]
            continue
        sentences += [(number, piece) for piece in lost]
        others += [(number, piece) for piece in lacking if not is_sentence(piece)]
        if line.inside and not line.due:
            others.append((number, line.shown))
    return Comparison(tuple(sentences), tuple(others))


class _Search:
    """A search through texts, which goes on behind each sentence that it finds."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.whole = f" {' '.join(map(_words, texts))} "
        self.position = 0

    def finds(self, piece: str) -> bool:
        words, ordered = _words(piece), is_sentence(piece)
        at = self.whole.find(f" {words} ", self.position if ordered else 0) if words else 0
        if at >= 0 and ordered:
            self.position = at + len(words) + 1
        return at >= 0


def is_sentence(text: str) -> bool:
    """Return whether a text is a sentence, and no label: two words or more, and an end."""
    return " " in text and _END.search(text[-6:]) is not None


def quote(sentence: str) -> str:
    """Return the doubt about a sentence that a reader sees, and the text lacks."""
    shown = sentence if len(sentence) <= LONGEST_QUOTE else f"{sentence[:LONGEST_QUOTE]}..."
    return f'it is on the page, but not in the text: "{shown}"'


def _words(text: str) -> str:
    return " ".join(filter(None, map(normalise, text.split())))
