"""The query tree: what a query asks for, and how it reads in words. It knows no index.

::

    Node = Term | Words | And | Or | Not | Filter | Heading | Everything

A **Term** is matched in the running text; everything else combines Terms or narrows the
paragraphs. **Words** are terms simply typed side by side: all of them are asked for, but where no
paragraph has all, most will do. **And** is strict.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple, TypeAlias

SAME_SENTENCE = -1  # the reach of terms that must stand in one sentence


class Slot(NamedTuple):
    """One place in a sequence of words, and which words may fill it.

    ``kind`` is ``form`` (any word with the same key), ``exact`` (this word), ``glob`` (``*`` any
    letters, ``?`` one letter) or ``fuzzy`` (at most ``edits`` letters off, first letter fixed).
    """

    kind: str
    text: str
    edits: int = 0

    @property
    def is_any(self) -> bool:
        """Whether any word at all may fill it."""
        return self.kind == "glob" and set(self.text) == {"*"}


Sequence: TypeAlias = tuple[Slot, ...]
Sought: TypeAlias = tuple[tuple[Sequence, ...], int, tuple[Sequence, ...]]


@dataclass(frozen=True, eq=False)
class Term:
    """Words to be found in the running text. It equals itself only, so that it is a quick key.

    ``label`` is how it reads back. Any one of ``sequences`` will do; ``others`` are the other
    form of an acronym, which rank after the literal one. ``reach`` is 0 for words that follow
    each other, n for words in any order with at most n other words among them, SAME_SENTENCE for
    words of one sentence. ``place`` counts the words typed before it, so that terms that were
    typed side by side are known. ``word`` is the word, where the term is one plain word.
    """

    label: str
    sequences: tuple[Sequence, ...]
    reach: int = 0
    others: tuple[Sequence, ...] = ()
    place: int = 0
    word: str | None = None

    @property
    def sought(self) -> Sought:
        """What it finds, wherever it was typed and however it reads back."""
        return self.sequences, self.reach, self.others


@lru_cache(maxsize=16_384)
def form(word: str, place: int = 0) -> Term:
    """The term for one word in any of its forms."""
    return Term(f"“{word}”", ((Slot("form", word),),), place=place, word=word)


@dataclass(frozen=True)
class Words:
    """Terms typed side by side."""

    terms: tuple[Term, ...]


@dataclass(frozen=True)
class And:
    """All of these, strictly."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True)
class Or:
    """Any of these."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True)
class Not:
    """Every paragraph but these."""

    node: Node


@dataclass(frozen=True)
class Filter:
    """Paragraphs by their place: ``field`` is ``section``, ``page`` or ``document``."""

    field: str
    value: str


@dataclass(frozen=True)
class Heading:
    """Paragraphs by what stands in the headings above them."""

    term: Term


@dataclass(frozen=True)
class Everything:
    """Every paragraph."""


Node: TypeAlias = Term | Words | And | Or | Not | Filter | Heading | Everything


@dataclass(frozen=True)
class Query:
    """A query as it was read: its tree (None where it asks for nothing) and notes in sentences."""

    text: str
    tree: Node | None
    notes: tuple[str, ...] = ()

    @property
    def understood(self) -> str:
        """The query read back in words; empty for an empty query."""
        return describe(self.tree) if self.tree else ""


def children(node: Node) -> tuple[Node, ...]:
    """The nodes right below a node."""
    if isinstance(node, Term):
        return ()
    if isinstance(node, Words):
        return node.terms
    if isinstance(node, (And, Or)):
        return node.nodes
    return (node.node,) if isinstance(node, Not) else ()


def shown(node: Node) -> list[Node]:
    """The parts of a query that look for something: in reading order, nothing under a Not."""
    if isinstance(node, Not):
        return []
    found: list[Node] = [node]
    for child in children(node):
        found += [child] if isinstance(child, Term) else shown(child)
    return found


def terms(node: Node) -> list[Term]:
    """The terms that a match shows."""
    if isinstance(node, Words):
        return list(node.terms)
    return [each for each in shown(node) if isinstance(each, Term)]


def leaves(node: Node) -> list[Node]:
    """The nodes that have no others below them, those under a Not as well."""
    found: list[Node] = []
    for child in children(node):
        found += [child] if isinstance(child, Term) else leaves(child)
    return found or [node]


def every_term(tree: Node) -> list[Term]:
    """All terms of a query, those under a Not as well (none of headings)."""
    if isinstance(tree, Words):
        return list(tree.terms)
    return [leaf for leaf in leaves(tree) if isinstance(leaf, Term)]


def conditions(tree: Node) -> list[Node]:
    """All conditions of a query on the place of a paragraph and the headings above it."""
    return [leaf for leaf in leaves(tree) if isinstance(leaf, (Filter, Heading))]


def different_terms(tree: Node) -> dict[Sought, Term]:
    """One term for all of a query that find the same."""
    return {term.sought: term for term in every_term(tree)}


def soft(tree: Node) -> Words | None:
    """The plain words of a query, of which most will do where no paragraph has all."""
    if isinstance(tree, And):
        found = [node for node in tree.nodes if isinstance(node, Words)]
        tree = found[0] if len(found) == 1 else tree
    return tree if isinstance(tree, Words) and len(tree.terms) > 1 else None


def describe(node: Node) -> str:
    """A tree in words, as people would say it."""
    if isinstance(node, Term):
        return node.label
    if isinstance(node, Words):
        return " and ".join([term.label for term in node.terms])
    if isinstance(node, And):
        return " and ".join([_grouped(child) for child in node.nodes])
    if isinstance(node, Or):
        return " or ".join([_grouped(child) for child in node.nodes])
    if isinstance(node, Not):
        return f"not {_grouped(node.node)}"
    if isinstance(node, Filter):
        return f"in {node.field} {node.value}"
    if isinstance(node, Heading):
        return f"{node.term.label} in a heading"
    return "every paragraph"


def _grouped(node: Node) -> str:
    return f"({describe(node)})" if len(children(node)) > 1 else describe(node)


def replace_terms(node: Node, new: dict[Term, Term]) -> Node:
    """The same tree with some of its terms put in place of others."""
    if isinstance(node, Term):
        return new.get(node, node)
    if isinstance(node, Words):
        return Words(tuple(new.get(term, term) for term in node.terms))
    if isinstance(node, And):
        return And(tuple(replace_terms(child, new) for child in node.nodes))
    if isinstance(node, Or):
        return Or(tuple(replace_terms(child, new) for child in node.nodes))
    if isinstance(node, Heading):
        return Heading(new.get(node.term, node.term))
    return replace(node, node=replace_terms(node.node, new)) if isinstance(node, Not) else node
