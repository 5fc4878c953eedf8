"""Read quotations as people make them: their words, and what is left out between them.

What is no word of a quotation is masked in place, so that offsets stay those of what was pasted.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby, pairwise, zip_longest
from typing import NamedTuple

from ..model import Document
from .analysis import one_kind, tokenize
from .attribution import Named, attributions
from .spans import Span

_JOINER = "\u00ad"  # a soft hyphen: the tokenizer takes it as part of a word, and drops it
ELLIPSIS = re.compile(r"[\[(]\s*(?:…|\.(?:\s?\.){2,})\s*[\])]|…|\.(?:\s?\.){2,}")
_EDITOR = re.compile(r"\[[^\[\]]{1,120}\]")
# What editors say of a quotation, and the marks of footnotes.
_REMARK = re.compile(
    r"\[(?:sic|(?:emphasis|italics|footnotes?|citations?|translation)\b[^\[\]]*|\d{1,3})[!?]?\]",
    re.IGNORECASE,
)
_LETTERS_IN_BRACKETS = re.compile(r"\[([^\W_]+)\](?=[^\W_])|(?<=[^\W_])\[([^\W_]+)\]")
_LETTERS = r"[^\W\d_]"
_CUT = re.compile(rf"(?<={_LETTERS})[-‐‑]\s*(?={_LETTERS})")
_BEFORE, _AFTER = re.compile(rf"{_LETTERS}+$"), re.compile(rf"{_LETTERS}+")
_LONGEST = 40  # letters of a word
# A new quotation begins behind an empty line, on a line that begins with a quotation mark or a
# bullet, and with quotation marks behind those that close after a sentence.
_BREAK = re.compile(r"""\n[^\S\n]*\n|\n\s*(?=["'“‘«„•*>])|[.!?…]["”»]\s+(?=["“«„]\w)""")
_LINE_AFTER_SENTENCE = re.compile(r"[.!?]\W*\n")
_LINE_OR_SENTENCE = re.compile(r"[.!?\n]")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")


class Word(NamedTuple):
    """A word of a text; the offsets are half-open, in code points.

    ``text`` is the word as it is indexed, ``compared`` as it is compared. ``hyphen`` is true where
    only a hyphen and white space part it from the next word. In a quotation, ``editor`` is true of
    a word in brackets, ``gap`` where something is left out before the word, and ``line`` where a
    line begins with it behind the end of a sentence, so that it may be another quotation.
    """

    text: str
    compared: str
    start: int
    stop: int
    hyphen: bool = False
    editor: bool = False
    gap: bool = False
    line: bool = False


@dataclass(frozen=True)
class Quotation:
    """One of the quotations pasted: its words, and the place named behind it, if any.

    ``breaks`` are the numbers of the words that begin a line or a sentence, where a quotation may
    go on to another paragraph.
    """

    words: tuple[Word, ...]
    named: Named | None = None
    breaks: frozenset[int] = frozenset()


def compared(word: str, text: str, start: int, stop: int) -> str:
    """Return the word at these offsets of a text of one kind as it is compared.

    A number keeps its sign, its currency, and a comma that parts no thousands.
    """
    if not word[0].isdigit():
        return word
    digits, before = text[start:stop], text[max(start - 1, 0) : start]
    if "," in digits and not _THOUSANDS.fullmatch(digits):
        word = digits
    if before == "-":
        return "-" + word if not text[max(start - 2, 0) : start - 1].strip() else word
    return before + word if before and unicodedata.category(before) == "Sc" else word


def is_hyphen(text: str, start: int, stop: int | None) -> bool:
    """Return whether only a hyphen and white space are between offsets of a text of one kind."""
    return stop is not None and text[start:stop].strip() == "-"


def read(text: str, documents: Iterable[Document], known: Container[str]) -> list[Quotation]:
    """Return the quotations in a text, each with at least one word.

    ``documents`` may be cited behind them; ``known`` has the words of their texts, so that a word
    cut at the end of a line is made whole.
    """
    behind = list(attributions(text, documents))
    masked = text
    for (start, stop), _ in behind:
        masked = masked[:start] + "\n" * (stop - start) + masked[stop:]
    masked = _CUT.sub(lambda found: _made_whole(found, known), masked)
    masked = _REMARK.sub(lambda found: " " * len(found[0]), masked)
    masked = _LETTERS_IN_BRACKETS.sub(
        lambda found: _JOINER + (found[1] or found[2]) + _JOINER, masked
    )
    gaps = [found.start() for found in ELLIPSIS.finditer(masked)]
    masked = ELLIPSIS.sub(lambda found: " " * len(found[0]), masked)
    editors = [found.span() for found in _EDITOR.finditer(masked)]
    words = list(_words(text, masked, gaps, editors))
    cuts = [found.end() for found in _BREAK.finditer(masked)]
    found = [_quotation(each, masked) for each in _split(words, cuts)]
    for (start, _), named in behind:
        before = [n for n, each in enumerate(found) if each.words[0].start < start]
        if named and before:
            found[before[-1]] = replace(found[before[-1]], named=named)
    return found


def _made_whole(hyphen: re.Match[str], known: Container[str]) -> str:
    """Replace a hyphen (``re- gion``) where the text has only the whole word."""
    start, stop, text = hyphen.start(), hyphen.end(), hyphen.string
    before = _BEFORE.search(text, max(start - _LONGEST, 0), start)
    after = _AFTER.match(text, stop)
    first, last = (found[0].lower() if found else "" for found in (before, after))
    parts = first in known and last in known
    if first + last in known and (not parts or "\n" in hyphen[0]):
        return _JOINER * (stop - start)
    return hyphen[0]


def _words(text: str, masked: str, gaps: list[int], editors: list[Span]) -> Iterator[Word]:
    tokens, plain, before = tokenize(masked), one_kind(masked), 0
    following, opened = [start for start, _ in tokens.spans[1:]], [start for start, _ in editors]
    rows = zip_longest(tokens.words, tokens.spans, following)
    for word, (start, stop), after in rows:
        bracket = bisect_right(opened, start) - 1  # the last that opens before the word
        in_brackets = bracket >= 0 and start < editors[bracket][1]
        yield Word(
            text=word,
            compared=compared(word, plain, start, stop),
            start=start,
            stop=stop,
            hyphen=is_hyphen(plain, stop, after),
            editor=in_brackets or bool(set("[]") & set(text[start:stop])),
            gap=bisect_left(gaps, before) < bisect_left(gaps, start),
            line=bool(_LINE_AFTER_SENTENCE.search(masked, before, start)),
        )
        before = stop


def _split(words: list[Word], cuts: list[int]) -> list[list[Word]]:
    """Return the words of each quotation; a cut is the offset at which another may begin."""
    groups = groupby(words, key=lambda word: bisect_right(cuts, word.start))
    return [list(group) for _, group in groups]


def _quotation(words: list[Word], masked: str) -> Quotation:
    between = [masked[a.stop : b.start] for a, b in pairwise(words)]
    breaks = [n for n, gap in enumerate(between, start=1) if _LINE_OR_SENTENCE.search(gap)]
    return Quotation(tuple(words), breaks=frozenset(breaks))
