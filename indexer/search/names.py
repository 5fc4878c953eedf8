"""Names that mean the same: a typed name also finds the others that the text has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from .analysis import STOP_WORDS, key, tokenize
from .field import Field
from .query import Slot, Slots, Term


@dataclass(frozen=True)
class _Name:
    """A name as printed, the words by which a query has it, and those that the text has.

    A query has it without its common words. Any form of a word will do, except of an acronym.
    """

    shown: str
    wanted: tuple[str, ...]
    slots: Slots


def _name(shown: str) -> _Name:
    words = tokenize(shown).words
    telling = [word for word in words if word not in STOP_WORDS] or words
    wanted = telling if shown.isupper() else map(key, telling)
    return _Name(shown, tuple(wanted), tuple(Slot("form", word) for word in words))


class Names:
    """Groups of names that mean the same, for one text. Safe to share between threads."""

    def __init__(self, groups: Iterable[Sequence[str]], text: Field) -> None:
        self._text = text
        self._starting: defaultdict[str, list[tuple[_Name, list[_Name]]]] = defaultdict(list)
        for group in groups:
            names = list(map(_name, group))
            for name in names:
                self._starting[name.wanted[0]].append((name, names))

    def add_to(self, terms: list[Term]) -> list[str]:
        """Have terms typed side by side also find the other names of what they name, in place.

        Where one name contains another, the longest counts. Return a note on each name added.
        """
        notes, start = [], 0
        while start < len(terms):
            stop, found = self._longest(terms, start)
            others = {
                other.slots: other.shown
                for name, group in found
                for other in group
                if other.slots != name.slots
                and len(self._text.find(Term("", (other.slots,))).paragraphs)
            }
            if others:
                for number in range(start, stop):
                    every = dict.fromkeys((*terms[number].others, *others))
                    terms[number] = replace(terms[number], others=tuple(every))
                listed = " and ".join(f"“{other}”" for other in others.values())
                notes.append(f"{listed} for “{found[0][0].shown}”.")
            start = stop
        return notes

    def _longest(
        self, terms: Sequence[Term], start: int
    ) -> tuple[int, list[tuple[_Name, list[_Name]]]]:
        """Return the end of the longest name that begins with a term, and its groups."""
        first = terms[start].sequences[0][0].text
        ends = defaultdict(list)
        for word in dict.fromkeys((first, key(first))):
            for name, group in self._starting.get(word, ()):
                ends[_end(terms, start, name.wanted)].append((name, group))
        stop = max(ends, default=start)
        return (stop, ends[stop]) if stop > start else (start + 1, [])


def _end(terms: Sequence[Term], start: int, wanted: Sequence[str]) -> int:
    """Return the end of the terms from ``start`` that spell the wanted words, else ``start``."""
    typed: list[str] = []
    for number in range(start, len(terms)):
        slots = terms[number].sequences[0]
        if any(slot.kind != "form" for slot in slots):
            return start
        typed += [slot.text for slot in slots]
        if len(typed) >= len(wanted):
            same = len(typed) == len(wanted) and all(
                want in (word, key(word)) for word, want in zip(typed, wanted, strict=True)
            )
            return number + 1 if same else start
    return start
