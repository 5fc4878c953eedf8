"""Plan a query for one index: what its texts add to it, and how strictly it is taken."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

import numpy as np

from .analysis import STOP_WORDS, key
from .field import Field, Ints
from .index import Index
from .lexicon import enrich
from .limits import MAX_PLAIN, check_occurrences
from .occurrences import Runs, occurrences, other_occurrences
from .query import And, Node, Slots, Sought, Term, Words, form, plain_words, terms
from .vocabulary import Vocabulary

# A query of this many different plain words is a question in one's own words: no paragraph is
# expected to have all of them, and having more of them is no better (showing only those with the
# most took .08 from nDCG@10 on collections of such questions). Of fewer words each one is meant.
QUESTION = 5


_CACHED = 4_096  # terms whose occurrences are kept: those of hours of questions


@dataclass(frozen=True)
class Found:
    """The occurrences of a term in the text: in its ``own`` form, and in its ``other`` one.

    ``paragraphs`` are the numbers of the paragraphs that have it in either form, sorted, and
    ``counts`` is how often each of them has it.
    """

    own: Runs
    other: Runs
    paragraphs: Ints
    counts: Ints


class Finder:
    """Occurrences of terms in an index, cached. Safe to share between threads.

    ``groups`` are names that mean the same.
    """

    def __init__(self, index: Index, groups: Iterable[tuple[str, ...]] = ()) -> None:
        self.index = index
        self.vocabulary = Vocabulary(groups, self._occurs)
        self._cached = lru_cache(_CACHED)(self._find)

    def find(self, term: Term) -> Found:
        """Return where a term occurs in the text."""
        return self._cached(term.sought)

    def _find(self, sought: Sought) -> Found:
        term, text = Term("", *sought), self.index.text
        own, other = occurrences(term, text), other_occurrences(term, text)
        starts = np.union1d(own.starts, other.starts) if len(other.starts) else own.starts
        return Found(own, other, *_counted(text.layout.paragraph_of(starts)))

    def _occurs(self, words: Slots) -> bool:
        return len(self.find(Term("", (words,))).paragraphs) > 0

    def headed(self, term: Term) -> Ints:
        """Return the paragraphs that have a term in a heading above them, sorted."""
        headings = self.index.headings
        found = [find(term, headings).starts for find in (occurrences, other_occurrences)]
        starts = np.concatenate(found)
        return np.unique(headings.layout.paragraph_of(starts)) if len(starts) else starts


def _counted(numbers: Ints) -> tuple[Ints, Ints]:
    """Return the different ones of some sorted numbers, and how often each occurs."""
    first = np.flatnonzero(np.diff(numbers, prepend=-1))
    return numbers[first], np.diff(first, append=len(numbers))


@dataclass(frozen=True)
class Plan:
    """A query as it is run over the index of a ``finder``.

    ``found`` has the occurrences of each term of the tree. ``plain`` are the plain words, of which
    most will do where no paragraph has all; ``different`` is one term for each of them: forms of a
    word count once, however often they were typed. ``notes`` say what was added or changed.
    """

    finder: Finder
    tree: Node
    found: Mapping[Term, Found]
    plain: Words | None = None
    different: tuple[Term, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def is_question(self) -> bool:
        """True for a question in one's own words."""
        return len(self.different) >= QUESTION


def plan(tree: Node, finder: Finder) -> Plan:
    """Plan a query for the index of a finder. Raises QueryError where it is over a limit."""
    text = finder.index.text
    tree, added = enrich(tree, text.lexicon, finder.vocabulary)
    tree, rarest = _keep_rarest(tree, text)
    tree, apart = _take_apart(tree, finder)
    every = terms(tree)
    check_occurrences(every, text.count)
    plain = plain_words(tree)
    typed = plain.terms if plain else ()
    different = tuple({_identity(term): term for term in typed}.values())
    found = {term: finder.find(term) for term in every}
    return Plan(finder, tree, found, plain, different, (*added, *rarest, *apart))


def _identity(term: Term) -> str | Sought:
    return key(term.word) if term.word else term.sought


def _keep_rarest(tree: Node, text: Field) -> tuple[Node, tuple[str, ...]]:
    """Leave the commonest words out of a query of very many, and say so in a note."""
    plain = plain_words(tree)
    if not plain or len(plain.terms) <= MAX_PLAIN:
        return tree, ()
    slots = {_identity(term): term.sequences[0] for term in plain.terms}
    rarest_first = sorted(slots, key=lambda each: min(map(text.count, slots[each])))
    sizes = accumulate(len(slots[each]) for each in rarest_first)
    kept = {each for each, size in zip(rarest_first, sizes, strict=True) if size <= MAX_PLAIN}
    if len(kept) == len(slots):
        return tree, ()
    found = [term for term in plain.terms if _identity(term) in kept]
    note = f"Searched for the {len(kept)} rarest of {len(slots)} different words."
    return _with_plain_words(tree, plain, found), (note,)


def _take_apart(tree: Node, finder: Finder) -> tuple[Node, tuple[str, ...]]:
    """Replace hyphenated words that do not occur by their parts, and say so in notes.

    Only plain words are: quotes and operators are meant literally.
    """
    plain = Words((tree,)) if isinstance(tree, Term) else plain_words(tree)
    parts = {term: parts_of(term) for term in plain.terms} if plain else {}
    apart = [term for term in parts if parts[term] and not len(finder.find(term).paragraphs)]
    if not plain or not apart:
        return tree, ()
    found = [one for term in plain.terms for one in (parts[term] if term in apart else (term,))]
    notes = tuple(f"{t.label} does not occur; searched for its parts instead." for t in apart)
    return _with_plain_words(tree, plain, found), notes


def parts_of(term: Term) -> list[Term]:
    """Return the parts of a hyphenated word, common words left out; none of any other term."""
    slots = term.sequences[0]
    if len(slots) == 1 or term.reach or any(slot.kind != "form" for slot in slots):
        return []
    parts = [(n, slot.text) for n, slot in enumerate(slots) if slot.text not in STOP_WORDS]
    return [form(word, term.offset + n) for n, word in parts]


def _with_plain_words(tree: Node, plain: Words, found: Sequence[Term]) -> Node:
    """Return a query with other plain words in place of those it has."""
    words = Words(tuple(found)) if len(found) > 1 else found[0]
    if isinstance(tree, And):
        return And(tuple(words if node is plain else node for node in tree.nodes))
    return words
