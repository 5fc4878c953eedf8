"""The query tree: what a query asks for, and how it reads in words. It knows no index.

::

    Node = Term | Words | And | Or | Not | Filter | Heading

A **Term** is matched in the running text; every other node combines terms or narrows the
paragraphs. **Words** are terms typed side by side: if no paragraph has all, those with most of them
are found. **And** is strict; an empty one is true of all. ``nodes`` are those right below a node.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import ClassVar, Literal, NamedTuple

from .analysis import PREFIXES, is_common

SAME_SENTENCE = -1  # the slop of terms whose words must occur in one sentence

SlotKind = Literal["form", "acronym", "exact", "glob", "fuzzy"]
FieldName = Literal["section", "page", "document"]


class Slot(NamedTuple):
    """One position in a sequence of words, and the words that may fill it.

    ``kind`` is ``form`` (any word with the same key), ``acronym`` (such a word, printed in
    capitals), ``exact`` (this word), ``glob`` (``*`` any letters, ``?`` one) or ``fuzzy`` (at most
    ``edits`` letters different, but not the first).
    """

    kind: SlotKind
    text: str
    edits: int = 0

    @property
    def is_any(self) -> bool:
        """True when any word at all may fill it."""
        return self.kind == "glob" and set(self.text) == {"*"}


Slots = tuple[Slot, ...]


@dataclass(frozen=True)
class Term:
    """Words to be found in the running text. Terms that look for the same are equal.

    ``label`` is how it reads back. Any of ``sequences`` will do; ``others`` are other names of what
    it names, which rank lower. ``slop`` is 0 for consecutive words, n for any order with at most n
    other words among them, or SAME_SENTENCE. ``position`` counts the words typed before it.
    """

    nodes: ClassVar[tuple[Node, ...]] = ()
    label: str = field(compare=False)
    sequences: tuple[Slots, ...]
    slop: int = 0
    others: tuple[Slots, ...] = ()
    position: int = field(default=0, compare=False)

    @property
    def slots(self) -> Slots:
        """The words as they are typed."""
        return self.sequences[0]

    @property
    def positions(self) -> range:
        """The positions of its words in the query."""
        return range(self.position, self.position + len(self.slots))

    @property
    def word(self) -> str | None:
        """The word, where the term is one plain word."""
        slots = self.sequences[0]
        return slots[0].text if len(slots) == 1 and slots[0].kind == "form" else None

    @property
    def is_plain(self) -> bool:
        """True for words as they are typed, without quotes or other syntax."""
        return not self.slop and all(s.kind in ("form", "acronym") for s in self.sequences[0])

    @property
    def is_phrase(self) -> bool:
        """True for several words in quotes, or near each other."""
        return len(self.slots) > 1 and not self.is_plain


def form(word: str, position: int = 0) -> Term:
    """Return the term for one word in any of its forms."""
    return Term(f"“{word}”", (forms(word),), position=position)


def forms(*words: str) -> Slots:
    """Return the slots for words in any of their forms."""
    return tuple([Slot("form", word) for word in words])


def exactly(*words: str) -> Slots:
    """Return the slots for words as they are."""
    return tuple([Slot("exact", word) for word in words])


@dataclass(frozen=True)
class Words:
    """Terms typed side by side."""

    nodes: tuple[Term, ...] = ()


@dataclass(frozen=True)
class And:
    """All of these, strictly."""

    nodes: tuple[Node, ...] = ()


@dataclass(frozen=True)
class Or:
    """Any of these."""

    nodes: tuple[Node, ...] = ()


@dataclass(frozen=True)
class Not:
    """Every paragraph except these."""

    node: Node

    @property
    def nodes(self) -> tuple[Node, ...]:
        """The node that it leaves out."""
        return (self.node,)


@dataclass(frozen=True)
class Filter:
    """Paragraphs by their location: of one section, source page or document."""

    nodes: ClassVar[tuple[Node, ...]] = ()
    field: FieldName
    value: str


@dataclass(frozen=True)
class Heading:
    """Paragraphs with a term in the headings above them."""

    nodes: ClassVar[tuple[Node, ...]] = ()
    term: Term


Node = Term | Words | And | Or | Not | Filter | Heading


@dataclass(frozen=True)
class Query:
    """A parsed query: its tree (None if it asks for nothing) and notes, in sentences.

    ``words`` are all words typed, also common ones; ``ignored`` those of them not in the tree.
    ``is_prose`` is true for a sentence or a question, which is read as its words.
    """

    text: str
    tree: Node | None
    notes: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    ignored: tuple[Term, ...] = ()
    is_prose: bool = False


def walk(node: Node, negated: bool = True) -> list[Node]:
    """Return a node and all below it in reading order; without ``negated``, nothing below a Not."""
    below = node.nodes if negated or not isinstance(node, Not) else ()
    return [node, *(each for child in below for each in walk(child, negated))]


def terms(tree: Node, negated: bool = True) -> list[Term]:
    """Return the terms of a query that are looked for in the text, not those of headings."""
    return [node for node in walk(tree, negated) if isinstance(node, Term)]


def plain_words(tree: Node) -> Words:
    """Return the plain words of a query, of which most will do if no paragraph has all."""
    first = tree.nodes[0] if isinstance(tree, And) and tree.nodes else tree
    return first if isinstance(first, Words) else Words()


def with_plain_words(tree: Node, found: tuple[Term, ...]) -> Node:
    """Return a query with other plain words in place of its own."""
    words = Words(found) if len(found) > 1 else found[0]
    return And((words, *tree.nodes[1:])) if isinstance(tree, And) else words


def parts_of(term: Term) -> list[Term]:
    """Return the words of a hyphenated word or a run, without prefixes and common ones, or none."""
    return words_of(term) if len(term.slots) > 1 and term.is_plain else []


def words_of(term: Term) -> list[Term]:
    """Return the words of a term, each by itself, without prefixes and common ones."""
    found = []
    for slot, position in zip(term.slots, term.positions, strict=True):
        if slot.is_any or slot.kind == "acronym" or is_common(slot.text) or slot.text in PREFIXES:
            continue
        word = form(slot.text, position)
        found.append(replace(word, sequences=((slot,),)) if slot.kind == "glob" else word)
    return found


Context = Literal["text", "heading", "left out"]


def rewrite(
    node: Node,
    change: Callable[[tuple[Term, ...], Context], tuple[Term, ...]],
    context: Context = "text",
) -> Node:
    """Return a tree with its terms changed, those typed side by side together, in their context."""
    if isinstance(node, Term):
        return change((node,), context)[0]
    if isinstance(node, Words):
        return Words(change(node.nodes, context))
    if isinstance(node, Heading):
        return Heading(change((node.term,), "heading" if context == "text" else context)[0])
    if isinstance(node, (And, Or)):
        return replace(node, nodes=tuple([rewrite(each, change, context) for each in node.nodes]))
    return Not(rewrite(node.node, change, "left out")) if isinstance(node, Not) else node


# How filters begin in words; terms begin with a quotation mark.
_PLACES = ("in ", "on ", "(in ", "(on ", "not in ", "not on ")


def describe(node: Node) -> str:
    """Return a tree in words, as one would say it."""
    if isinstance(node, Term):
        return node.label
    if isinstance(node, (Words, And)):
        said = ""
        for part in dict.fromkeys(map(_grouped, node.nodes)):
            said += f"{' ' if part.startswith(_PLACES) else ' and '}{part}" if said else part
        return said or "every paragraph"
    if isinstance(node, Or):
        return " or ".join(map(_grouped, node.nodes))
    if isinstance(node, Not):
        return f"not {_grouped(node.node)}"
    if isinstance(node, Filter):
        return f"{'on' if node.field == 'page' else 'in'} {node.field} {node.value}"
    return f"{node.term.label} in a heading"


def _grouped(node: Node) -> str:
    return f"({describe(node)})" if len(node.nodes) > 1 else describe(node)
