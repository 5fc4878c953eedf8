"""Which paragraphs a query finds, as one truth value for each paragraph of the index."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..model import Document, Paragraph
from .highlight import matches
from .index import Index, place
from .matching import occurrences, other_occurrences
from .query import And, Everything, Filter, Heading, Node, Not, Or, Term, Words, children
from .reading import Reading

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Selection:
    """The paragraphs found. ``match`` is ``all``, ``most`` or ``some``, as in Results.

    ``partial`` are those that have some of the plain words and are not among the found.
    """

    found: Mask
    match: str
    partial: Mask


def holds(document: Document, paragraph: Paragraph, node: Node) -> bool:
    """Whether a filter, or a condition on headings, is true of a paragraph."""
    if isinstance(node, Heading):
        headings = "\n".join(document.headings(paragraph.section))
        return bool(matches(node.term, headings, lambda _: False))
    if not isinstance(node, Filter):
        return False
    return _is(node, place(document, paragraph)[node.field])


def _is(node: Filter, value: str) -> bool:
    """Whether a filter is met by the value that a paragraph has in its field."""
    if node.field == "section":
        return in_section(value, node.value)
    return value == node.value.casefold()


def in_section(path: str, wanted: str) -> bool:
    """Whether a section's path is the one wanted, in any case of letters, or lies below it."""
    path, wanted = path.casefold(), wanted.casefold()
    return path == wanted or path.startswith(f"{wanted}.")


def select(reading: Reading, words: str) -> Selection:
    """The paragraphs that a query finds; ``words`` is as in Request."""
    size = len(reading.index.paragraphs)
    if reading.plain is None:
        none = np.zeros(size, bool)
        return Selection(mask(reading.tree, reading) if words == "all" else none, "all", none)
    leaves = [reading.leaves[term] for term in reading.different]
    having = np.concatenate([leaf.paragraphs for leaf in leaves])
    counts = np.zeros(size, np.uint8)  # bytes: there are no more words than MAX_PLAIN
    np.add.at(counts, having, np.ones(len(having), np.uint8))
    if reading.tree is not reading.plain:
        others = [node for node in children(reading.tree) if node is not reading.plain]
        counts[~mask(And(tuple(others)), reading)] = 0
    some, found = counts > 0, counts == len(leaves)
    match = "all"
    if not found.any():
        match = "most"
        found = some if reading.is_question else counts >= max(1, counts.max(initial=0))
    partial = some > found
    return Selection(found, match, partial) if words == "all" else Selection(partial, "some", found)


def mask(node: Node, reading: Reading, others: bool = True) -> Mask:
    """Which paragraphs a query is true of, strictly; without ``others``, in its literal forms."""
    if isinstance(node, (Term, Or)):
        return _any(children(node) or (node,), reading, others)
    if isinstance(node, Not):
        return ~mask(node.node, reading, others)
    if isinstance(node, (And, Words)):
        first, *rest = children(node)
        total = mask(first, reading, others)
        for child in rest:
            total &= mask(child, reading, others)
        return total
    if isinstance(node, Everything):
        return np.ones(len(reading.index.paragraphs), bool)
    return where(node, reading.index)


def _any(nodes: Iterable[Node], reading: Reading, others: bool) -> Mask:
    """Which paragraphs any of some nodes is true of; all terms are looked up together."""
    found = np.zeros(len(reading.index.paragraphs), bool)
    terms = []
    for node in nodes:
        if isinstance(node, Term):
            leaf, parts = reading.leaves[node], reading.index.text.paragraph
            terms.append(leaf.paragraphs if others else parts[leaf.own.starts])
        else:
            found |= mask(node, reading, others)
    if terms:
        found[np.concatenate(terms)] = True
    return found


def where(node: Node, index: Index) -> Mask:
    """The paragraphs of which a filter, or a condition on headings, is true."""
    if isinstance(node, Heading):
        headed = np.zeros(len(index.paragraphs), bool)
        for find in (occurrences, other_occurrences):
            headed[index.headings.paragraph[find(node.term, index.headings).starts]] = True
        return headed
    if not isinstance(node, Filter):
        return np.zeros(len(index.paragraphs), bool)
    values, column = index.columns[node.field]
    return np.array([_is(node, value) for value in values], bool)[column]
