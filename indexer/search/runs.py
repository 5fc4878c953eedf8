"""Join words typed side by side where the text has them together."""

from collections.abc import Sequence
from dataclasses import dataclass

from .field import Field
from .names import Names
from .query import Slot, Slots, Term, forms

_AND = Slot("form", "and")


@dataclass
class Runs:
    """The runs that the words ``typed``, common ones included, make in a text."""

    text: Field
    names: Names
    typed: Sequence[str]

    def join(self, words: Sequence[Term], *, only_names: bool) -> list[Term]:
        """Return words with those joined that occur together, or if asked only those of names.

        A name whose words do not is joined as well: “South Korea” is no “south”. Not joined are
        words around an "and" among others: of “China and ASEAN”, both may be meant.
        """
        found: list[Term] = []
        start = 0
        while start < len(words):
            end = self.names.end(words, start)
            most = end if only_names else len(words)
            term, stop = self._longest(words[:most], start)
            if stop < end and not shared_others(words[start:end]):
                term, stop = self._joined(words[start:end]), end
            around_and = stop - start < most and _AND in term.slots
            found += words[start:stop] if around_and else [term]
            start = stop
        return found

    def run(self, words: Sequence[Term]) -> Term | None:
        """Return a term for words that occur together as typed, else None."""
        if len(words) < 2 or not all(word.is_plain for word in words):
            return None
        joined = self._joined(words)
        return joined if len(self.text.find(joined).own.starts) else None

    def _longest(self, words: Sequence[Term], start: int) -> tuple[Term, int]:
        """Return the longest run that begins with a word, and its end."""
        run, stop = words[start], start + 1
        while stop < len(words) and (longer := self.run(words[start : stop + 1])):
            run, stop = longer, stop + 1
        return run, stop

    def _joined(self, words: Sequence[Term]) -> Term:
        """Return one term for words typed side by side, each as the text has it."""
        start = stop = words[0].position
        slots: Slots = ()
        for term in words:
            in_text = (way for way in term.sequences if self.text.has(way))
            slots += forms(*self.typed[stop : term.position]) + next(in_text, term.slots)
            stop = term.position + len(term.slots)
        label = f"“{' '.join(self.typed[start:stop])}”"
        return Term(label, (slots,), others=shared_others(words), position=start)


def shared_others(words: Sequence[Term]) -> tuple[Slots, ...]:
    """Return the other names that all of some words share: those of the name that they make."""
    ways = words[0].others if words else ()
    return tuple(way for way in ways if all(way in term.others for term in words))
