"""Words as they were typed to slots: plain, in quotes, with wildcards."""

from __future__ import annotations

import re
from itertools import product

from .analysis import fold, tokenize
from .query import Sequence, Slot

_JOINS = 3  # hyphenated words of a phrase that are also tried joined: 2 to the 3rd sequences
PATTERN = re.compile(r"(?:[^\W_]|['*?])+")


def slots(kind: str, words: tuple[str, ...]) -> Sequence:
    """A slot of one kind for each word."""
    return tuple(Slot(kind, word) for word in words)


def pattern(part: str) -> Slot:
    """A slot for a word that may hold wildcards; fold knows letters only, so they are set aside."""
    if "*" not in part and "?" not in part:
        return Slot("exact", fold(part))
    if part.isascii():
        return Slot("glob", part.lower())
    return Slot("glob", "".join(fold(x) if x not in "*?'" else x for x in part))


def phrase(inside: str) -> tuple[Sequence, ...]:
    """The sequences of a quoted text: as it stands, and with its hyphenated words joined."""
    if "*" in inside:
        return (
            tuple(
                pattern(part.strip("?'")) for part in PATTERN.findall(inside) if part.strip("?'")
            ),
        )
    tokens = tokenize(inside)
    groups: list[list[Sequence]] = []
    start = 0
    for stop, linked in enumerate(tokens.linked, start=1):
        if not linked:
            words = tokens.words[start:stop]
            ways = [slots("exact", words)]
            if len(words) > 1 and sum(len(group) > 1 for group in groups) < _JOINS:
                ways.append(
                    slots("exact", ("".join(words),)),
                )
            groups.append(ways)
            start = stop
    return tuple(sum(way, ()) for way in product(*groups)) if groups else ()
