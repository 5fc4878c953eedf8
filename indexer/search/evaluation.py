"""Which paragraphs a query finds, as one truth value for each paragraph of the index."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..model import Document, Paragraph
from .analysis import key
from .highlight import matches
from .query import (
    And,
    Everything,
    Filter,
    Heading,
    Node,
    Not,
    Or,
    Sought,
    Term,
    Words,
    children,
    soft,
)
from .ranking import Ranker, with_parts

Mask = NDArray[np.bool_]

# From this many different plain words on a query is a question in one's own words: no paragraph is
# expected to have all of them, and to have more of them is no better (showing only those with the
# most took .08 from nDCG@10 on collections of such questions). Of fewer words each was meant.
QUESTION = 5


@dataclass(frozen=True)
class Selection:
    """The paragraphs found. ``match`` is ``all``, ``most`` or ``some``, as in Results.

    ``partial`` are those that have some of the plain words and are not among the found.
    """

    found: Mask
    match: str
    partial: Mask


def holds(node: Node, document: Document, paragraph: Paragraph) -> bool:
    """Whether a filter, or a condition on headings, is true of a paragraph."""
    if isinstance(node, Heading):
        headings = "\n".join(document.headings(paragraph.section))
        return bool(matches(node.term, headings, lambda _: False))
    if not isinstance(node, Filter):
        return False
    value = node.value.casefold()
    if node.field == "section":
        return in_section(paragraph.section, value)
    return value == (str(paragraph.page) if node.field == "page" else document.id)


def in_section(path: str, wanted: str) -> bool:
    """Whether a section's path is the one wanted, in any case of letters, or lies below it."""
    path, wanted = path.casefold(), wanted.casefold()
    return path == wanted or path.startswith(f"{wanted}.")


def select(tree: Node, ranker: Ranker, words: str) -> Selection:
    """The paragraphs that a query finds; ``words`` is as in Request."""
    plain = soft(tree)
    if plain is None:
        none = np.zeros(ranker.size, bool)
        return Selection(mask(tree, ranker) if words == "all" else none, "all", none)
    different = _different(plain).values()
    having = np.concatenate([ranker.leaf(term).paragraphs for term in different])
    counts = np.bincount(having, minlength=ranker.size)
    if tree is not plain:
        counts[~_hard(tree, plain, ranker)] = 0
    found = counts == len(different)
    match = "all"
    if not found.any():
        match = "most"
        enough = 1 if is_question(tree) else max(1, counts.max(initial=0))
        found = counts >= enough
    partial = (counts > 0) & ~found
    return Selection(found, match, partial) if words == "all" else Selection(partial, "some", found)


def is_question(tree: Node) -> bool:
    """Whether a query is a question in one's own words."""
    plain = soft(tree)
    return plain is not None and len(_different(plain)) >= QUESTION


def _different(plain: Words) -> dict[str | Sought, Term]:
    """One term for each different word: its forms are one, however often they were typed."""
    return {key(term.word) if term.word else term.sought: term for term in plain.terms}


def take_apart(tree: Node, ranker: Ranker) -> tuple[Node, tuple[str, ...]]:
    """A query whose hyphenated words are read as words where they stand nowhere as they are.

    The notes say which. Only plain words are: quotes and operators were meant.
    """
    plain = Words((tree,)) if isinstance(tree, Term) else soft(tree)
    if plain is None:
        return tree, ()
    found: list[Term] = []
    notes = []
    for term in plain.terms:
        parts = with_parts(term)[1:]
        if parts and not len(ranker.leaf(term).paragraphs):
            notes.append(f"{term.label} stands nowhere as such; read as its words.")
            found += parts
        else:
            found.append(term)
    if not notes:
        return tree, ()
    if isinstance(tree, And):
        return And(tuple(Words(tuple(found)) if n is plain else n for n in tree.nodes)), tuple(
            notes
        )
    return Words(tuple(found)) if len(found) > 1 else found[0], tuple(notes)


def _hard(tree: Node, plain: Words, ranker: Ranker) -> Mask:
    """What a query asks for besides its plain words."""
    return mask(And(tuple(node for node in children(tree) if node is not plain)), ranker)


def mask(node: Node, ranker: Ranker, others: bool = True) -> Mask:
    """Which paragraphs a query is true of, strictly; without ``others``, in its literal forms."""
    if isinstance(node, Term):
        return _marked(ranker, node, others)
    if isinstance(node, Not):
        return ~mask(node.node, ranker, others)
    if isinstance(node, And | Words | Or):
        combine = np.logical_or if isinstance(node, Or) else np.logical_and
        total = np.full(ranker.size, not isinstance(node, Or))
        for child in children(node):
            combine(total, mask(child, ranker, others), out=total)
        return total
    if isinstance(node, Everything):
        return np.ones(ranker.size, bool)
    return where(node, ranker)


def _marked(ranker: Ranker, term: Term, others: bool) -> Mask:
    leaf = ranker.leaf(term)
    marked = np.zeros(ranker.size, bool)
    marked[leaf.paragraphs if others else ranker.index.text.paragraph[leaf.own.starts]] = True
    return marked


def where(node: Node, ranker: Ranker) -> Mask:
    """The paragraphs of which a filter, or a condition on headings, is true."""
    corners = ranker.index.corners
    true = np.array([holds(node, document, paragraph) for document, paragraph in corners], bool)
    return true[ranker.index.corner]
