"""What stands before the text: issuing body, date and edition as printed, and Contents."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..editions import normalise
from ..errors import EditionError
from .blocks import Block

# The longest Contents of a white paper, sub-headings and all, has some 60 entries.
MOST_ENTRIES = 200

# Longer than any heading in the white papers, and shorter than nearly all of their paragraphs.
LONGEST_HEADING = 150

_ISSUED = re.compile(
    r"\(?(\w+, )?(january|february|march|april|may|june|july|august|september|october|november"
    r"|december)( \d{1,2},)? \d{4}(, \w+)?\)?",
    re.IGNORECASE,
)
_EDITION = re.compile(r"[\w-]+ edition\b.{0,20}", re.IGNORECASE)
_ISSUER = re.compile(r"state council|office|ministry|people['’]s republic of china", re.IGNORECASE)
_CONTENTS = frozenset({"contents", "tableofcontents"})
_NUMBER = re.compile(
    r"^(?:(?P<roman>[IVX]{1,6})[.．、]|(?P<arabic>\d{1,2})[.．、](?!\d)"
    r"|[(（](?P<bracket>\d{1,2})[)）])\s*"
)
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10}


@dataclass(frozen=True)
class Label:
    """The number of a heading: its style (roman, arabic, bracket), its value and as cited."""

    style: str
    value: int
    cited: str


@dataclass(frozen=True)
class Front:
    """The front matter, as printed; ``length`` is how many of the first page's blocks it takes.

    ``unused`` are lines of it that are none of these.
    """

    issuer: str
    issued: str
    statement: str
    contents: tuple[str, ...]
    length: int
    unused: tuple[str, ...]


def read_label(text: str) -> Label | None:
    """The number that a line begins with ("II. ", "1. ", "(1) "), if it does."""
    found = _NUMBER.match(text)
    if found is None:
        return None
    style = str(found.lastgroup)
    number = found[style]
    if style != "roman":
        return Label(style, int(number), str(int(number)))
    digits = [_ROMAN_DIGITS[letter] for letter in number]
    pairs = zip(digits, [*digits[1:], 0], strict=True)
    return Label(style, sum(-one if one < other else one for one, other in pairs), number)


def heading_key(text: str) -> str:
    """What two headings must share to be the same: their words, whatever the typography.

    The number is left out where words follow it, as some copies print it only in one place.
    """
    return normalise(_NUMBER.sub("", text)) or normalise(text)


def read_front(blocks: Sequence[Block], where: str) -> Front:
    """The front matter of a first page.

    Contents are the lines from "Contents" until its first entry comes again. A paper without
    Contents has a front matter that ends at its first line of another kind. Raises EditionError
    when the first entry of Contents never comes again; ``where`` names the paper in it.
    """
    texts = [block.text for block in blocks]
    start = next((at for at, text in enumerate(texts) if normalise(text) in _CONTENTS), None)
    if start is None:
        length = next((at for at, text in enumerate(texts) if _kind(text) == ""), len(texts))
        return _front(texts[:length], (), length)
    keys = [heading_key(text) for text in texts[start + 1 :]]
    if not keys or keys[0] not in keys[1:]:
        raise EditionError(
            f"{where}: Contents does not end: its first entry "
            f'"{"".join(texts[start + 1 : start + 2])}" does not come again as a heading.'
        )
    count = keys.index(keys[0], 1)
    entries = tuple(texts[start + 1 : start + 1 + count])
    odd = [entry for entry in entries if len(entry) > LONGEST_HEADING]
    if count > MOST_ENTRIES or odd:
        raise EditionError(f"{where}: Contents has lines that are no headings: {[*odd, count][0]}.")
    return _front(texts[:start], entries, start + 1 + count)


def _front(lines: Sequence[str], contents: tuple[str, ...], length: int) -> Front:
    """Sort the lines before Contents by their kind."""
    by_kind: dict[str, list[str]] = {"issuer": [], "issued": [], "statement": [], "": []}
    for line in lines:
        by_kind[_kind(line)].append(line)
    return Front(
        issuer=" ".join(by_kind["issuer"]),
        issued=" ".join(by_kind["issued"][:1]),
        statement=" ".join(by_kind["statement"][:1]),
        contents=contents,
        length=length,
        unused=(*by_kind[""], *by_kind["issued"][1:], *by_kind["statement"][1:]),
    )


def _kind(text: str) -> str:
    """issued, statement or issuer; empty for a line of another kind."""
    if _ISSUED.fullmatch(text):
        return "issued"
    if _EDITION.fullmatch(text):
        return "statement"
    return "issuer" if len(text) <= LONGEST_HEADING and _ISSUER.search(text) else ""
