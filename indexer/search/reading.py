"""A query as one index reads it: with what its texts add, and where each of its terms stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from .analysis import key
from .index import FieldPlaces, Index
from .lexicon import enrich
from .limits import MAX_PLAIN, check_places
from .query import And, Node, Sought, Term, Words, every_term, soft
from .ranking import Leaf, Ranker, parts_of

# From this many different plain words on a query is a question in one's own words: no paragraph is
# expected to have all of them, and to have more of them is no better (showing only those with the
# most took .08 from nDCG@10 on collections of such questions). Of fewer words each was meant.
QUESTION = 5


@dataclass(frozen=True)
class Reading:
    """A query as one index reads it.

    ``leaves`` has all terms of the ``tree``, but none of headings. ``plain`` are the words of which
    most will do, and ``different`` one term for each of them: forms of a word are one, however
    often they were typed. ``notes`` say what was added or changed.
    """

    index: Index
    tree: Node
    leaves: Mapping[Term, Leaf]
    plain: Words | None
    different: tuple[Term, ...]
    notes: tuple[str, ...]

    @property
    def is_question(self) -> bool:
        """Whether it is a question in one's own words."""
        return len(self.different) >= QUESTION


def read(tree: Node, ranker: Ranker) -> Reading:
    """Read a query over the index of a ranker. Raises QueryError where it is over a limit."""
    tree, added = enrich(tree, ranker.index.text.lexicon)
    tree, rarest = _keep_rarest(tree, ranker.index.text)
    tree, apart = _take_apart(tree, ranker)
    terms = every_term(tree)
    check_places(terms, ranker.index.text.count)
    plain = soft(tree)
    typed = plain.terms if plain else ()
    return Reading(
        index=ranker.index,
        tree=tree,
        leaves={term: ranker.leaf(term) for term in terms},
        plain=plain,
        different=tuple({_form(term): term for term in typed}.values()),
        notes=(*added, *rarest, *apart),
    )


def _form(term: Term) -> str | Sought:
    return key(term.word) if term.word else term.sought


def _keep_rarest(tree: Node, places: FieldPlaces) -> tuple[Node, tuple[str, ...]]:
    """A query of very many plain words without the commonest of them, and a note that says so."""
    plain = soft(tree)
    if not plain or len(plain.terms) <= MAX_PLAIN:
        return tree, ()
    forms = {_form(term): term.sequences[0] for term in plain.terms}
    order = sorted(forms, key=lambda form: min(map(places.count, forms[form])))
    sizes = accumulate(len(forms[form]) for form in order)
    kept = {form for form, size in zip(order, sizes, strict=True) if size <= MAX_PLAIN}
    if len(kept) == len(forms):
        return tree, ()
    found = [term for term in plain.terms if _form(term) in kept]
    note = f"Of {len(forms)} different words the {len(kept)} rarest are looked for."
    return _with_plain(tree, plain, found), (note,)


def _take_apart(tree: Node, ranker: Ranker) -> tuple[Node, tuple[str, ...]]:
    """A query whose hyphenated words are read as words where they stand nowhere as they are.

    The notes say which. Only plain words are: quotes and operators were meant.
    """
    plain = Words((tree,)) if isinstance(tree, Term) else soft(tree)
    parts = {term: parts_of(term) for term in plain.terms} if plain else {}
    apart = [term for term in parts if parts[term] and not len(ranker.leaf(term).paragraphs)]
    if not plain or not apart:
        return tree, ()
    found = [one for term in plain.terms for one in (parts[term] if term in apart else (term,))]
    notes = tuple(f"{t.label} stands nowhere as such; read as its words." for t in apart)
    return _with_plain(tree, plain, found), notes


def _with_plain(tree: Node, plain: Words, found: Sequence[Term]) -> Node:
    """A query with other plain words in place of those it has."""
    words = Words(tuple(found)) if len(found) > 1 else found[0]
    if isinstance(tree, And):
        return And(tuple(words if node is plain else node for node in tree.nodes))
    return words
