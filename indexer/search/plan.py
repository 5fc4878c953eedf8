"""Plan a query for one index: what its texts add to it, and how strictly it is taken."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate

import numpy as np

from .analysis import is_common, key
from .field import Field, Ints
from .index import Index
from .lexicon import enrich
from .limits import MAX_PLAIN, check_occurrences
from .occurrences import Runs, contained, occurrences, other_occurrences
from .query import (
    And,
    Filter,
    Node,
    Not,
    Or,
    Query,
    Slot,
    Slots,
    Sought,
    Term,
    Words,
    form,
    plain_words,
    replace_terms,
    terms,
    walk,
)
from .spelling import alternatives
from .vocabulary import Vocabulary

# A query of this many different plain words is a question in one's own words: no paragraph is
# expected to have all of them, and having more of them is no better (showing only those with the
# most took .08 from nDCG@10 on collections of such questions). Of fewer words each one is meant.
QUESTION = 5
PASTED = 5  # words, common ones too, that are taken for a copy of the text where they are one


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
    word count once, however often they were typed. ``parts`` are the parts of hyphenated ones, of
    which any will do in a question. ``notes`` say what was added or changed. Where
    words typed side by side occur together, ``apart`` is the plan that does not join them.
    """

    finder: Finder
    tree: Node
    found: Mapping[Term, Found]
    plain: Words | None = None
    different: tuple[Term, ...] = ()
    parts: tuple[Term, ...] = ()
    notes: tuple[str, ...] = ()
    apart: Plan | None = None

    @property
    def is_question(self) -> bool:
        """True for a question in one's own words."""
        return len(self.different) >= QUESTION


def plan(query: Query, finder: Finder) -> Plan:
    """Plan a query for the index of a finder. Raises QueryError where it is over a limit."""
    text = finder.index.text
    tree, added = enrich(query.tree or Or(()), text.lexicon, finder.vocabulary)
    tree, rarest = _keep_rarest(tree, text)
    tree, split = _take_apart(tree, finder)
    tree, instead = _with_alternatives(tree, finder)
    apart = _plan(tree, finder, (*added, *rarest, *split, *instead))
    joined = _pasted(query, apart) or _with_runs(apart, query.words)
    if joined is None:
        return replace(apart, notes=(*_ignored(query, tree), *apart.notes))
    return replace(_plan(joined, finder, (*_ignored(query, joined), *apart.notes)), apart=apart)


def _ignored(query: Query, tree: Node) -> tuple[str, ...]:
    """Return the note on the common words of a query that are in no run of words either."""
    if not query.ignored:
        return ()
    runs = [(term.offset, term.offset + len(term.sequences[0])) for term in terms(tree)]
    common = [
        term.label
        for term in query.ignored
        if not any(start <= term.offset < stop for start, stop in runs)
    ]
    if not common:
        return ()
    names = ", ".join(dict.fromkeys(common))
    return (f"Ignored common words: {names}. Use quotes to search for them.",)


def _plan(tree: Node, finder: Finder, notes: tuple[str, ...]) -> Plan:
    plain = plain_words(tree)
    typed = plain.terms if plain else ()
    different = tuple({_identity(term): term for term in typed}.values())
    parts = tuple(part for term in typed for part in parts_of(term))
    every = terms(tree)
    check_occurrences(every, finder.index.text.count)
    found = {term: finder.find(term) for term in (*every, *parts)}
    return Plan(finder, tree, found, plain, different, parts, notes)


def _with_alternatives(tree: Node, finder: Finder) -> tuple[Node, tuple[str, ...]]:
    """Have plain words that do not occur find words that begin so or are of their family."""
    new: dict[Term, Term] = {}
    notes = []
    for term in terms(tree, negated=False):
        if term.word and not term.others and not len(finder.find(term).paragraphs):
            found = alternatives(term.word, finder.index.text.lexicon)
            if found:
                others = tuple((Slot("form", word),) for word in found)
                new[term] = replace(term, others=others)
                listed = " and ".join(f"“{word}”" for word in found)
                notes.append(f"{term.label} does not occur; searched for {listed} instead.")
    return replace_terms(tree, new) if new else tree, tuple(dict.fromkeys(notes))


def _pasted(query: Query, apart: Plan) -> Node | None:
    """Return a term for all words of a query, where they occur as they stand, else None."""
    if len(query.words) < PASTED or not isinstance(apart.tree, (Term, Words)):
        return None
    if apart.plain and not len(_together(apart.plain.terms[:2], apart)):
        return None  # as most questions, found out without looking up their common words
    words = tuple(Slot("exact", word) for word in query.words)
    others = _shared_others(apart.plain.terms) if apart.plain else ()
    term = Term(f"“{' '.join(query.words)}”", (words,), others=others)
    return term if len(apart.finder.find(term).paragraphs) else None


def _with_runs(apart: Plan, typed: Sequence[str]) -> Node | None:
    """Return a query whose plain words are joined where they occur together, else None.

    The words of a question are not: they are its own, and it asks for more than one thing.
    """
    if apart.plain is None or apart.is_question:
        return None
    rest = apart.plain.terms
    found: list[Term] = []
    while rest:
        term, length = _run(rest, apart, typed)
        found.append(term)
        rest = rest[length:]
    joined = len(found) < len(apart.plain.terms)
    return _with_plain_words(apart.tree, apart.plain, found) if joined else None


def _run(words: Sequence[Term], plan: Plan, typed: Sequence[str]) -> tuple[Term, int]:
    """Return the longest run of words that occur together, from the first one, and its length."""
    length = 1
    while length < len(words) and _is_plain(words[length]) and _is_plain(words[0]):
        if not len(_together(words[: length + 1], plan)):
            break
        length += 1
    while length > 1:
        run = _joined(words[:length], typed)
        if len(plan.finder.find(run).paragraphs):
            return run, length
        length -= 1
    return words[0], 1


def _together(words: Sequence[Term], plan: Plan) -> Ints:
    """Return the positions at which some words begin to occur as far apart as they were typed."""
    starts = plan.found[words[0]].own.starts
    for term in words[1:]:
        gap = np.int32(term.offset - words[0].offset)
        starts = starts[contained(starts + gap, plan.found[term].own.starts)]
    return starts


def _is_plain(term: Term) -> bool:
    return not term.reach and all(s.kind == "form" or s.is_any for s in term.sequences[0])


def _joined(words: Sequence[Term], typed: Sequence[str]) -> Term:
    """Return the term for words that follow each other as typed; any word may fill a gap."""
    offset = words[0].offset
    slots: list[Slot] = []
    for term in words:
        slots += [Slot("glob", "*")] * (term.offset - offset - len(slots))
        slots += term.sequences[0]
    label = f"“{' '.join(typed[offset : offset + len(slots)])}”"
    return Term(label, (tuple(slots),), others=_shared_others(words), offset=offset)


def _shared_others(words: Sequence[Term]) -> tuple[Slots, ...]:
    """Return the other forms that all of some words have: those of the name that they are."""
    return tuple(way for way in words[0].others if all(way in term.others for term in words))


def loosened(query: Query, finder: Finder) -> Query | None:
    """Return a query for the plain words of a strict one; None where it has none but those.

    What it leaves out is kept, and filters that hold for some paragraph.
    """
    tree = query.tree
    if tree is None or isinstance(tree, Words) or (isinstance(tree, Term) and tree.word):
        return None
    words = [
        form(slot.text, term.offset + number)
        for term in terms(tree, negated=False)
        for number, slot in enumerate(term.sequences[0])
        if slot.kind != "glob" and not is_common(slot.text)
    ]
    if not words:
        return None
    kept: list[Node] = [
        node
        for node in walk(tree, negated=False)
        if isinstance(node, Not)
        or (isinstance(node, Filter) and finder.index.where(node.field, node.value).any())
    ]
    plain = Words(tuple(words)) if len(words) > 1 else words[0]
    return replace(query, tree=And((plain, *kept)) if kept else plain)


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
    """Return the words of a hyphenated word, or of a run, without common ones; else nothing."""
    slots = term.sequences[0]
    if len(slots) == 1 or not _is_plain(term):
        return []
    words = [(n, slot.text) for n, slot in enumerate(slots) if slot.kind == "form"]
    return [form(word, term.offset + n) for n, word in words if not is_common(word)]


def _with_plain_words(tree: Node, plain: Words, found: Sequence[Term]) -> Node:
    """Return a query with other plain words in place of those it has."""
    words = Words(tuple(found)) if len(found) > 1 else found[0]
    if isinstance(tree, And):
        return And(tuple(words if node is plain else node for node in tree.nodes))
    return words
