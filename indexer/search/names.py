"""Words that belong together: names that mean the same, and runs of words that the text has."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import NamedTuple

from .analysis import STOP_WORDS, key, tokenize
from .field import Field
from .query import Slot, Slots, Term, forms

_AND = Slot("form", "and")
_DATE = r"\d{4}(?=年)"  # a year


class _Name(NamedTuple):
    """A name as printed, its words, and all names of its group."""

    shown: str
    slots: Slots
    group: Mapping[Slots, str]


class Names:
    """Groups of names that mean the same, for one text. Thread-safe."""

    def __init__(self, groups: Iterable[Sequence[str]], text: Field) -> None:
        self.text = text
        self._names: defaultdict[str, list[_Name]] = defaultdict(list)  # by its words, joined
        self._begun: set[str] = set()  # the beginnings of these: most words begin no name
        for names in groups:
            group = {_slots(name): name for name in names}
            for slots, name in group.items():
                words = _lookup_words(name, slots)
                self._names["".join(words)].append(_Name(name, slots, group))
                self._begun.update(accumulate(words))

    def add_to(self, terms: list[Term]) -> list[str]:
        """Add to terms, in place, the other names of what they name; return a note on each name."""
        notes, start = [], 0
        while start < len(terms):
            stop, found = self._longest(terms, start)
            typed = [word for term in terms[start:stop] for word in _keys(term.slots)]
            others: dict[Slots, str] = {}
            for name in found:
                for slots, shown in name.group.items():
                    is_other = slots != name.slots and _keys(slots) != typed
                    if is_other and self.text.has(slots):
                        others[slots] = shown
            if others:
                for number in range(start, stop):
                    every = dict.fromkeys((*terms[number].others, *others))
                    terms[number] = replace(terms[number], others=tuple(every))
                listed = " and ".join(f"“{other}”" for other in others.values())
                notes.append(f"{listed} for “{found[0].shown}”.")
            start = stop
        return notes

    def inside(self, word: str) -> tuple[str, ...]:
        """Split a Chinese word, often a sentence, around the names and years in it, if any."""
        names = [name for name in self._names if name in word and not name.isascii()]
        longest_first = sorted(names, key=len, reverse=True)
        cut = re.split(f"({'|'.join([*longest_first, _DATE])})", word)
        return tuple(filter(None, cut)) if len(cut) > 1 else ()

    def beginning(self, typed: Sequence[str]) -> dict[str, bool]:
        """Return names in the text: True for one that begins as typed or means what is typed.

        False is another name for one that only begins as typed.
        """
        begun, found = " ".join(typed), defaultdict[str, bool](bool)
        for name in (name for names in self._names.values() for name in names):
            folded = " ".join(tokenize(name.shown).words)
            in_text = [shown for slots, shown in name.group.items() if self.text.has(slots)]
            if in_text and folded.startswith(begun):
                is_own = name.shown in in_text
                shown = name.shown if is_own else in_text[0]
                found[shown] |= is_own or folded == begun
        return found

    def end(self, terms: Sequence[Term], start: int) -> int:
        """Return the end of the longest name from ``start`` on if capitalised, else of one term."""
        stop, found = self._longest(terms, start)
        return stop if any(name.shown[0].isupper() for name in found) else start + 1

    def _longest(self, terms: Sequence[Term], start: int) -> tuple[int, list[_Name]]:
        """Return the end of the longest name from ``start`` on, and the names that it may be."""
        stop = start + 1
        found: list[_Name] = []
        typed: list[str] = []
        for number in range(start, len(terms)):
            if not terms[number].is_plain:
                break
            typed += [slot.text.lower() for slot in terms[number].slots]
            ways = dict.fromkeys(("".join(typed), "".join(map(key, typed))))
            if not any(way in self._begun for way in ways):
                break
            names = [name for way in ways for name in self._names.get(way, ())]
            if names:
                stop, found = number + 1, names
        return stop, found


@dataclass
class WordRuns:
    """Finds the runs of the words ``typed``, common ones included, that a text has."""

    names: Names
    typed: Sequence[str]

    def join(self, words: Sequence[Term], *, only_names: bool) -> list[Term]:
        """Join the words that occur together, or only those of names.

        The words of a name are joined even if they do not: “South Korea” is not “south”. Words
        around an "and" stay apart if there are more: “China and ASEAN” may mean both.
        """
        found: list[Term] = []
        start = 0
        while start < len(words):
            name_end = self.names.end(words, start)
            last = name_end if only_names else len(words)
            run, stop = self._longest(words[:last], start)
            if stop < name_end and not shared_others(words[start:name_end]):
                run, stop = self._joined(words[start:name_end]), name_end
            is_apart = _AND in run.slots and stop - start < last
            found += words[start:stop] if is_apart else [run]
            start = stop
        return found

    def _longest(self, words: Sequence[Term], start: int) -> tuple[Term, int]:
        """Return the longest run of plain words from ``start`` in any sentence, and its end."""
        run, stop, sentence_of = words[start], start + 1, self.names.text.layout.sentence_of
        while stop < len(words) and words[start].is_plain and words[stop].is_plain:
            longer = self._joined(words[start : stop + 1])
            starts, stops = self.names.text.find(longer).own
            if not (sentence_of[starts] == sentence_of[stops - 1]).any():
                break
            run, stop = longer, stop + 1
        return run, stop

    def _joined(self, words: Sequence[Term]) -> Term:
        """Return one term for words typed side by side, each spelt as in the text."""
        start = stop = words[0].position
        slots: Slots = ()
        for term in words:
            in_text = (way for way in term.sequences if self.names.text.has(way))
            slots += forms(*self.typed[stop : term.position]) + next(in_text, term.slots)
            stop = term.position + len(term.slots)
        label = f"“{' '.join(self.typed[start:stop])}”"
        return Term(label, (slots,), others=shared_others(words), position=start)


def shared_others(words: Sequence[Term]) -> tuple[Slots, ...]:
    """Return the other names that all words share: those of the name that the words make."""
    ways = words[0].others if words else ()
    return tuple(way for way in ways if all(way in term.others for term in words))


def _slots(name: str) -> Slots:
    """Return the slots of a name; an acronym matches capitals only, as "WHO" is not "who"."""
    words = tokenize(name).words
    if name.isupper() and len(words) == 1:
        return (Slot("acronym", words[0].upper()),)
    return forms(*words)


def _keys(slots: Slots) -> list[str]:
    return [key(slot.text.lower()) for slot in slots]


def _lookup_words(name: str, slots: Slots) -> list[str]:
    """Return the keys by which a name is looked up; the words of an acronym as they are."""
    words = [slot.text.lower() for slot in slots]
    content = [word for word in words if word not in STOP_WORDS] or words
    return content if name.isupper() else list(map(key, content))
