"""A query as one index reads it: with what its texts add, and where each of its terms stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .analysis import key
from .index import Index
from .lexicon import enrich
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
    """Read a query over the index of a ranker."""
    tree, added = enrich(tree, ranker.index.text.lexicon)
    tree, apart = _take_apart(tree, ranker)
    plain = soft(tree)
    typed = plain.terms if plain else ()
    return Reading(
        index=ranker.index,
        tree=tree,
        leaves={term: ranker.leaf(term) for term in every_term(tree)},
        plain=plain,
        different=tuple({_form(term): term for term in typed}.values()),
        notes=(*added, *apart),
    )


def _form(term: Term) -> str | Sought:
    return key(term.word) if term.word else term.sought


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
    words = Words(tuple(found)) if len(found) > 1 else found[0]
    if isinstance(tree, And):
        tree = And(tuple(words if node is plain else node for node in tree.nodes))
    else:
        tree = words
    return tree, tuple(f"{t.label} stands nowhere as such; read as its words." for t in apart)
