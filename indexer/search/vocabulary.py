"""Names that mean the same: one that is typed also finds those others that the text has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache

from .analysis import STOP_WORDS, key, tokenize
from .query import Slot, Slots, Term


class Vocabulary:
    """Groups of names that mean the same, for one text.

    ``occurs`` tells whether a sequence of words occurs in it. Safe to share between threads.
    """

    def __init__(self, groups: Iterable[tuple[str, ...]], occurs: Callable[[Slots], bool]) -> None:
        self._beginning: defaultdict[str, list[tuple[list[str], str]]] = defaultdict(list)
        self._groups: dict[str, tuple[str, ...]] = {}
        for group in groups:
            for name in group:
                keys = keys_of(name)
                self._beginning[keys[0]].append((keys, name))
                self._groups[name] = group
        self._occurs = occurs
        self._others = lru_cache(maxsize=None)(self._find_others)

    def add_names(self, terms: list[Term]) -> list[str]:
        """Have terms typed side by side also find the other names of what they name, in place.

        Of names inside each other the longest counts. Return what was added, a note for each name.
        """
        notes, start = [], 0
        while start < len(terms):
            known = self._beginning.get(key(terms[start].sequences[0][0].text), ())
            ends = {run(terms, start, keys): name for keys, name in known}
            stop = max(ends, default=start)
            others = self._others(ends[stop]) if stop > start else ()
            if others:
                ways = tuple(map(forms, others))
                for number in range(start, stop):
                    every = dict.fromkeys((*terms[number].others, *ways))
                    terms[number] = replace(terms[number], others=tuple(every))
                listed = " and ".join(f"“{other}”" for other in others)
                notes.append(f"{listed} for “{ends[stop]}”.")
            start = max(stop, start + 1)
        return notes

    def _find_others(self, name: str) -> tuple[str, ...]:
        """Return the other names of a group that occur in the text, no two of the same words."""
        ways = {forms(other): other for other in self._groups.get(name, ())}
        return tuple(
            other for way, other in ways.items() if way != forms(name) and self._occurs(way)
        )


def keys_of(name: str) -> list[str]:
    """Return the keys of the words of a name, without its common words unless it has no other."""
    words = tokenize(name).words
    return [key(word) for word in words if word not in STOP_WORDS] or [key(word) for word in words]


def forms(text: str) -> Slots:
    """Return a slot for each word of a text, to be filled by any of its forms."""
    return tuple(Slot("form", word) for word in tokenize(text).words)


def run(terms: list[Term], start: int, wanted: list[str]) -> int:
    """Return where the terms from ``start`` that spell out the wanted words end, else start."""
    typed: list[str] = []
    for number in range(start, len(terms)):
        slots = terms[number].sequences[0]
        if any(slot.kind != "form" for slot in slots):
            return start
        typed += [key(slot.text) for slot in slots]
        if typed == wanted:
            return number + 1
        if len(typed) >= len(wanted):
            return start
    return start
