"""Hold what was taken against what a reader of the pages sees, sentence by sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..text import normalise
from .lines import Line

_SENTENCE = re.compile(r"\S.*?(?:[.!?。！？…]+[\"'”’)\]]{0,4}(?=\s|$)|$)")
_END = re.compile(r"[.!?。！？…][\"'”’)\]]{0,4}$")
LONGEST_QUOTE = 200  # characters of a sentence that an error quotes

Quotation = tuple[int, str]  # the number of a page, from 1, and what is on it


def compare(
    pages: Sequence[Sequence[Line]], texts: Sequence[str]
) -> tuple[list[Quotation], list[Quotation]]:
    """Return the sentences, and the other pieces, that a reader sees and ``texts`` do not contain.

    ``pages`` are the lines visible on each. Sentences must occur in the same order, each as
    often as on the pages; other pieces (labels, names, dates) anywhere. Punctuation and case make
    no difference. A line of which only a part was taken is missing.
    """
    whole, position = f" {' '.join(map(_words, texts))} ", 0
    sentences, others = list[Quotation](), list[Quotation]()
    for number, line in ((number, line) for number, page in enumerate(pages, 1) for line in page):
        lacking = []
        for piece in (match[0] for match in _SENTENCE.finditer(line.due)):
            words = f" {_words(piece)} "
            found = whole.find(words, position if is_sentence(piece) else 0)
            if found < 0 and words.strip():
                lacking.append(piece)
            elif is_sentence(piece):
                position = max(position, found + len(words) - 1)
        lost = [piece for piece in lacking if is_sentence(piece)]
        text = normalise(line.block.text)
        if text and text != normalise(line.due):  # part of it is struck, or left out
            lost, lacking = lost or [line.due], []
        elif line.inside and not line.due:
            lacking = [line.shown]
        sentences += [(number, piece) for piece in lost]
        others += [(number, piece) for piece in lacking if piece not in lost]
    return sentences, others


def is_sentence(text: str) -> bool:
    """Return whether a text is a sentence, and no label: two words or more, and an end."""
    return " " in text and _END.search(text[-6:]) is not None


def missing(sentence: str) -> str:
    """Return the doubt about a sentence that a reader sees, and the text lacks."""
    more = "..." if sentence[LONGEST_QUOTE:] else ""
    return f'it is on the page, but not in the text: "{sentence[:LONGEST_QUOTE]}{more}"'


def _words(text: str) -> str:
    return " ".join(filter(None, map(normalise, text.split())))
