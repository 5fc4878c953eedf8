"""Names that mean the same: a typed name also finds the others that the text has."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from .analysis import STOP_WORDS, key, tokenize
from .field import Field
from .query import Slot, Slots, Term, forms


class _Name(NamedTuple):
    """A name as printed, its words, and all names of its group."""

    shown: str
    slots: Slots
    group: Mapping[Slots, str]


class Names:
    """Groups of names that mean the same, for one text. Safe to share between threads."""

    def __init__(self, groups: Iterable[Sequence[str]], text: Field) -> None:
        self._text = text
        self._names: defaultdict[str, list[_Name]] = defaultdict(list)  # by its words, joined
        for names in groups:
            group = {_slots(name): name for name in names}
            for slots, name in group.items():
                wanted = _wanted(name, slots)
                self._names["".join(wanted)].append(_Name(name, slots, group))
        every = (name for names in self._names.values() for name in names)
        self._most = max((len(name.slots) for name in every), default=0)

    def add_to(self, terms: list[Term]) -> list[str]:
        """Have terms find, too, other names of what they name, in place; return a note on each."""
        notes, start = [], 0
        while start < len(terms):
            stop, found = self._longest(terms, start)
            typed = [word for term in terms[start:stop] for word in _keys(term.slots)]
            others = {
                slots: shown
                for name in found
                for slots, shown in name.group.items()
                if slots != name.slots and _keys(slots) != typed
                if self._text.has(slots)
            }
            if others:
                for number in range(start, stop):
                    every = dict.fromkeys((*terms[number].others, *others))
                    terms[number] = replace(terms[number], others=tuple(every))
                listed = " and ".join(f"“{other}”" for other in others.values())
                notes.append(f"{listed} for “{found[0].shown}”.")
            start = stop
        return notes

    def beginning(self, typed: Sequence[str]) -> list[str]:
        """Return the text's names that begin as typed; for a whole one that it lacks, another."""
        begun, found = " ".join(typed), dict[str, None]()
        for name in (name for names in self._names.values() for name in names):
            folded = " ".join(tokenize(name.shown).words)
            in_text = [shown for slots, shown in name.group.items() if self._text.has(slots)]
            if name.shown in in_text and folded.startswith(begun):
                found[name.shown] = None
            elif folded == begun and in_text:
                found[in_text[0]] = None
        return list(found)

    def end(self, terms: Sequence[Term], start: int) -> int:
        """Return the end of the longest name with capitals that begins with a term, or its own."""
        stop, found = self._longest(terms, start)
        return stop if any(name.shown[0].isupper() for name in found) else start + 1

    def _longest(self, terms: Sequence[Term], start: int) -> tuple[int, list[_Name]]:
        """Return the end of the longest name that begins with a term, and those it may be."""
        for stop in range(min(len(terms), start + self._most), start, -1):
            words = [slot.text.lower() for term in terms[start:stop] for slot in term.slots]
            ways = dict.fromkeys(("".join(words), "".join(map(key, words))))
            found = [name for way in ways for name in self._names.get(way, ())]
            if found and all(term.is_plain for term in terms[start:stop]):
                return stop, found
        return start + 1, []


def _slots(name: str) -> Slots:
    """Return the slots of a name; an acronym matches capitals only, for "WHO" is not "who"."""
    words = tokenize(name).words
    if name.isupper() and len(words) == 1:
        return (Slot("acronym", words[0].upper()),)
    return forms(*words)


def _keys(slots: Slots) -> list[str]:
    return [key(slot.text.lower()) for slot in slots]


def _wanted(name: str, slots: Slots) -> list[str]:
    """Return the keys by which a name is looked up; the words of an acronym as they are."""
    words = [slot.text.lower() for slot in slots]
    telling = [word for word in words if word not in STOP_WORDS] or words
    return telling if name.isupper() else list(map(key, telling))
