"""Compare the extracted text with what a reader of the page sees, sentence by sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..text import normalise

_SENTENCE = re.compile(r"\S.*?(?:[.!?。！？…]+[\"'”’)\]]{0,4}(?=\s|$)|$)")
_END = re.compile(r"[.!?。！？…][\"'”’)\]]{0,4}$")
LONGEST_QUOTE = 200  # characters of a sentence that an error quotes


def missing(lines: Iterable[str], texts: Iterable[str]) -> tuple[list[str], list[str]]:
    """Return the sentences, and the other pieces of lines, that ``texts`` do not contain.

    Sentences must occur in the same order, each as often as in ``lines``; other pieces (labels,
    names, dates) anywhere. Punctuation and case make no difference.
    """
    whole, position = f" {' '.join(map(_words, texts))} ", 0
    sentences, others = list[str](), list[str]()
    for piece in (match[0] for line in lines for match in _SENTENCE.finditer(line)):
        words = f" {_words(piece)} "
        if not words.strip():
            continue
        if not is_sentence(piece):
            others += [piece] if words not in whole else []
        elif (found := whole.find(words, position)) < 0:
            sentences.append(piece)
        else:
            position = found + len(words) - 1
    return sentences, others


def is_sentence(text: str) -> bool:
    """Return whether a text is a sentence, and no label: two words or more, and an end."""
    return " " in text and _END.search(text[-6:]) is not None


def on_page(sentence: str) -> str:
    """Return the doubt about a sentence that a reader sees, and the text lacks."""
    return f'it is on the page, but not in the text: "{shorten(sentence)}"'


def in_text(sentence: str) -> str:
    """Return the doubt about a sentence of the text that a reader does not see there."""
    return f'it is in the text, but not seen on the page: "{shorten(sentence)}"'


def shorten(text: str) -> str:
    """Return a text as a message quotes it."""
    return text if len(text) <= LONGEST_QUOTE else f"{text[:LONGEST_QUOTE]}..."


def _words(text: str) -> str:
    return " ".join(filter(None, map(normalise, text.split())))
