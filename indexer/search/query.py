"""The query tree: what a query asks for, and how it reads in words. It knows no index.

::

    Node = Term | Words | And | Or | Not | Filter | Heading | Everything

A **Term** is matched in the running text; every other node combines terms or narrows the
paragraphs. **Words** are terms typed side by side: all of them are asked for, but where no
paragraph has all, those with most of them are found. **And** is strict.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal, NamedTuple, TypeAlias

SAME_SENTENCE = -1  # the reach of terms whose words must occur in one sentence

SlotKind: TypeAlias = Literal["form", "exact", "glob", "fuzzy"]
Field: TypeAlias = Literal["section", "page", "document"]


class Slot(NamedTuple):
    """One position in a sequence of words, and the words that may fill it.

    ``kind`` is ``form`` (any word with the same key), ``exact`` (this word), ``glob`` (``*`` any
    letters, ``?`` one letter) or ``fuzzy`` (at most ``edits`` letters different, the first letter
    the same).
    """

    kind: SlotKind
    text: str
    edits: int = 0

    @property
    def is_any(self) -> bool:
        """True when any word at all may fill it."""
        return self.kind == "glob" and set(self.text) == {"*"}


Slots: TypeAlias = tuple[Slot, ...]
Sought: TypeAlias = tuple[tuple[Slots, ...], int, tuple[Slots, ...]]


@dataclass(frozen=True, eq=False)
class Term:
    """Words to be found in the running text. A term equals only itself, so it is a fast key.

    ``label`` is how it reads back. Any one of ``sequences`` will do; ``others`` are the other
    form of an acronym, which rank below the literal one. ``reach`` is 0 for consecutive words,
    n for words in any order with at most n other words among them, SAME_SENTENCE for words of
    one sentence. ``offset`` counts the words typed before it, so that neighbours are known.
    ``word`` is the word, where the term is one plain word.
    """

    label: str
    sequences: tuple[Slots, ...]
    reach: int = 0
    others: tuple[Slots, ...] = ()
    offset: int = 0
    word: str | None = None

    @property
    def sought(self) -> Sought:
        """Everything that decides where it occurs: not its label, nor where it was typed."""
        return self.sequences, self.reach, self.others


@lru_cache(maxsize=16_384)
def form(word: str, offset: int = 0) -> Term:
    """Return the term for one word in any of its forms."""
    return Term(f"“{word}”", ((Slot("form", word),),), offset=offset, word=word)


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
    """Every paragraph except these."""

    node: Node


@dataclass(frozen=True)
class Filter:
    """Paragraphs by their location: of one section, source page or document."""

    field: Field
    value: str


@dataclass(frozen=True)
class Heading:
    """Paragraphs with a term in the headings above them."""

    term: Term


@dataclass(frozen=True)
class Everything:
    """Every paragraph."""


Node: TypeAlias = Term | Words | And | Or | Not | Filter | Heading | Everything


@dataclass(frozen=True)
class Query:
    """A parsed query: its tree (None where it asks for nothing) and notes, in sentences.

    ``words`` are all words as typed, common ones too; the offset of a term counts them. ``ignored``
    are the common words that are not in the tree. ``is_prose`` is true for a sentence or a
    question, which is read as its words.
    """

    text: str
    tree: Node | None
    notes: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    ignored: tuple[Term, ...] = ()
    is_prose: bool = False

    @property
    def understood(self) -> str:
        """The query read back in words; empty for an empty query."""
        return describe(self.tree) if self.tree else ""


def children(node: Node) -> tuple[Node, ...]:
    """Return the nodes directly below a node."""
    if isinstance(node, Words):
        return node.terms
    if isinstance(node, (And, Or)):
        return node.nodes
    return (node.node,) if isinstance(node, Not) else ()


def walk(node: Node, negated: bool = True) -> Iterator[Node]:
    """Yield a node and all below it in reading order; without ``negated``, nothing below a Not."""
    yield node
    if negated or not isinstance(node, Not):
        for child in children(node):
            yield from walk(child, negated)


def terms(tree: Node, negated: bool = True) -> list[Term]:
    """Return the terms of a query that are looked for in the text, not those of headings."""
    return [node for node in walk(tree, negated) if isinstance(node, Term)]


def leaves(tree: Node) -> list[Node]:
    """Return the nodes that have none below them."""
    return [node for node in walk(tree) if not children(node)]


def different_terms(tree: Node) -> dict[Sought, Term]:
    """Return one term of a query for all that look for the same."""
    return {term.sought: term for term in terms(tree)}


def plain_words(tree: Node) -> Words | None:
    """Return the plain words of a query, of which most will do where no paragraph has all."""
    if isinstance(tree, And):
        found = [node for node in tree.nodes if isinstance(node, Words)]
        tree = found[0] if len(found) == 1 else tree
    return tree if isinstance(tree, Words) and len(tree.terms) > 1 else None


def describe(node: Node) -> str:
    """Return a tree in words, as one would say it."""
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
    """Return the same tree with some of its terms replaced by others."""
    if isinstance(node, Term):
        return new.get(node, node)
    if isinstance(node, Heading):
        return Heading(new.get(node.term, node.term))
    if isinstance(node, Words):
        return Words(tuple(new.get(term, term) for term in node.terms))
    if isinstance(node, (And, Or)):
        return replace(node, nodes=tuple(replace_terms(child, new) for child in node.nodes))
    return Not(replace_terms(node.node, new)) if isinstance(node, Not) else node
