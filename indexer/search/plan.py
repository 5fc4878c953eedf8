"""Plan a query for one index: which spellings and names to add, and how strictly to match it."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Literal

from .analysis import key
from .field import Field
from .index import Index
from .lexicon import with_spellings
from .limits import MAX_PLAIN, check_occurrences
from .names import Names, WordRuns, shared_others
from .query import And, Heading, Node, Not, Or, Query, Term, exactly, form, forms, parts_of, terms
from .spelling import alternatives, halves, is_misspelt, parted

# So many different plain words are a question in the reader's own words, of which any will do
# (showing only paragraphs with the most of them lost .08 of nDCG@10). Of fewer, each is meant.
QUESTION = 5
PASTED = 5  # words, common ones included, that are a copy of the text if it has them in a row
TYPED = 3  # words that are searched for as typed: with two, "the sea" would be ranked by "the"
_Context = Literal["text", "heading", "left out"]


@dataclass(frozen=True)
class Plan:
    """A query as it is run over an index.

    If no paragraph has all of the tree's own words, most will do, or any if ``is_question``;
    ``different`` has one term for all forms of each. ``typed`` are all words as typed, if common
    ones are ignored. ``notes`` say what was added or changed; one with a term holds only if that is
    searched for. If words are joined, ``apart`` is the plan with them apart.
    """

    index: Index
    tree: And
    different: tuple[Term, ...] = ()
    is_question: bool = False
    notes: dict[str, Term | None] = field(default_factory=dict)
    apart: Plan | None = None
    typed: Term | None = None

    @property
    def parts(self) -> list[Term]:
        """The parts of hyphenated words, any of which will do in a question."""
        hyphenated = (term for term in self.tree.words if len(term.sequences) > 1)  # not a run
        return [part for term in hyphenated for part in parts_of(term)]


def plan(query: Query, index: Index, names: Names) -> Plan:
    """Plan a query for an index. Raise QueryError if it is over a limit."""
    wording = _Wording(index.text, names, query.ignored)
    tree = wording.of(query.tree)
    check_occurrences(terms(tree), index.text.count)
    separate = _plan(tree, index)
    pasted = _pasted(query, separate)
    joined = pasted or _joined(separate, WordRuns(names, query.words))
    has_common = query.ignored and len(query.words) >= TYPED and not separate.is_question
    return replace(
        _plan(joined, index) if joined else separate,
        is_question=separate.is_question and not pasted,
        notes=dict.fromkeys(_ignored(query, joined or tree)) | wording.notes,
        apart=_apart(separate, joined, wording.notes.values()) if joined else None,
        typed=Term("", (exactly(*query.words),)) if has_common else None,
    )


def _plan(tree: And, index: Index) -> Plan:
    different = {_identity(term): term for term in tree.words}
    return Plan(index, tree, tuple(different.values()), len(different) >= QUESTION)


def _identity(term: Term) -> str | Term:
    """Return what is the same for all forms of a word."""
    return key(term.word) if term.word else term


@dataclass
class _Wording:
    """Rewords a query as a text has it; the words ``common`` are not searched for."""

    text: Field
    names: Names
    common: Sequence[Term]
    notes: dict[str, Term | None] = field(default_factory=dict)

    def of(self, tree: And) -> And:
        """Return a tree that also finds other words for those typed."""
        words = self._without_commonest(self._taken_apart(tree.words))
        return self._every(And(words, tree.strict), "text")

    def _every(self, node: And, context: _Context) -> And:
        words = self._with_others(node.words, context)
        return And(words, tuple([self._reworded(each, context) for each in node.strict]))

    def _reworded(self, node: Node, context: _Context) -> Node:
        if isinstance(node, Term):
            return self._with_others((node,), context)[0]
        if isinstance(node, Heading):
            context = "heading" if context == "text" else context
            return Heading(self._with_others((node.term,), context)[0])
        if isinstance(node, And):
            return self._every(node, context)
        if isinstance(node, Or):
            return Or(tuple([self._reworded(each, context) for each in node.nodes]))
        return Not(self._reworded(node.node, "left out")) if isinstance(node, Not) else node

    def _without_commonest(self, typed: tuple[Term, ...]) -> tuple[Term, ...]:
        """Return plain words, without the most frequent if there are more than MAX_PLAIN."""
        slots = {_identity(term): term.slots for term in typed}
        if len(slots) <= MAX_PLAIN:
            return typed
        kept = sorted(slots, key=lambda each: min(map(self.text.count, slots[each])))[:MAX_PLAIN]
        self.notes[f"Searched for the {len(kept)} rarest of {len(slots)} different words."] = None
        return tuple(term for term in typed if _identity(term) in kept)

    def _taken_apart(self, typed: tuple[Term, ...]) -> tuple[Term, ...]:
        """Replace plain words that do not occur, and are no name, by their parts or halves."""
        found: list[Term] = []
        for term in typed:
            parts = parts_of(term) or self._halves(term)
            spelled = with_spellings([term], self.text.lexicon, ())[0]
            if not parts or self.names.add_to([term]) or self.text.occurs(spelled):
                found.append(term)
            else:
                found += parts
                self.notes[f"{term.label} does not occur; searched for its parts instead."] = None
        return tuple(found)

    def _halves(self, term: Term) -> list[Term]:
        """Return words of the text, never in a row there, that together make one that it lacks."""
        word, lexicon = term.word, self.text.lexicon
        if not word or key(word) in lexicon.families or parted(word, self.text):
            return []
        found = halves(word, lexicon) if word.isascii() else self.names.inside(word)
        misspelt = found and is_misspelt(word, lexicon, found)
        return [] if misspelt else [form(half, term.position) for half in found]

    def _with_others(self, typed: tuple[Term, ...], context: _Context) -> tuple[Term, ...]:
        """Return terms that also find other spellings, and other names of what they name."""
        found = with_spellings(typed, self.text.lexicon, self.common)
        verb = "leaves out" if context == "left out" else "finds"
        for note in self.names.add_to(found):
            self.notes[f"Also {verb} {note}"] = None
        return tuple(
            self._instead(term, term.word, context) if term.word and not term.others else term
            for term in found
        )

    def _instead(self, term: Term, word: str, context: _Context) -> Term:
        """Return a term that, if its word does not occur, finds words that begin so or are related.

        A misspelt one finds nothing: "presidant" is meant for "president", not "presided".
        """
        lexicon = self.text.lexicon
        instead: tuple[str, ...] = ()
        if self.text.occurs(term):
            if len(term.sequences) == 1:
                instead = lexicon.of_stem(word)
        elif parts := parted(word, self.text):
            return replace(term, sequences=(*term.sequences, parts))
        elif context == "text":
            instead = alternatives(word, lexicon)
            term = replace(term, others=tuple(map(forms, instead)))
        if not instead:
            return term
        if is_misspelt(word, lexicon, instead):
            return replace(term, sequences=(exactly(word),), others=())
        listed = " and ".join(f"“{each}”" for each in instead)
        verb = "left out" if context == "left out" else "searched for"
        self.notes[f"{term.label} does not occur; {verb} {listed} instead."] = term
        return term


def _pasted(query: Query, separate: Plan) -> And | None:
    """Return the words of a query as one run if they occur as typed, else None."""
    text, typed = separate.index.text, separate.tree.words
    known = text.lexicon.counts  # numbers that it lacks may be those of pages
    words = [word for word in query.words if word in known or not word.isdigit()]
    is_plain = not separate.tree.strict and all(term.is_plain for term in typed)
    if len(words) < PASTED or not is_plain:
        return None
    run = Term(f"“{' '.join(words)}”", (exactly(*words),), others=shared_others(typed))
    return And((run,)) if len(text.find(run).own.starts) else None


def _joined(separate: Plan, runs: WordRuns) -> And | None:
    """Return a tree whose plain words are joined where they occur together, or None if none are."""
    words = separate.tree.words
    # In a question only names are joined, since its other words are the reader's own.
    found = runs.join(words, only_names=separate.is_question)
    return replace(separate.tree, words=tuple(found)) if len(found) < len(words) else None


def _apart(separate: Plan, joined: And, replaced: Container[Term | None]) -> Plan | None:
    """Return the plan of the words that ``joined`` has in runs, or None if no word is left.

    If no two words of a name occur together, only those that others replace are left: “South
    Korea” finds “Korean”, not “south”.
    """
    has = separate.index.text.has
    lost: set[int] = set()  # the positions of words of such names
    for run in terms(joined):
        is_run = run.is_plain and not run.others and len(run.slots) > 1
        if is_run and not any(map(has, pairwise(run.slots))):
            lost.update(run.positions)
    if not lost:
        return separate
    words = separate.tree.words
    kept = tuple(term for term in words if term.position not in lost or term in replaced)
    return _plan(replace(separate.tree, words=kept), separate.index) if kept else None


def _ignored(query: Query, tree: And) -> tuple[str, ...]:
    """Return a note on the common words of a query that are not in any run of words either."""
    runs = {position for term in terms(tree) for position in term.positions}
    common = dict.fromkeys(term.label for term in query.ignored if term.position not in runs)
    return (f"Ignored {', '.join(common)}. Use quotes to search for them.",) if common else ()
