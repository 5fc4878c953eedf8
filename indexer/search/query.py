"""The query tree: what a query asks for, and how it reads in words, independent of any index.

A **Term** is matched in the running text; every other **Node** combines terms or narrows the
paragraphs. ``nodes`` are those directly below a node.
"""

from __future__ import annotations

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
    """Words to find in the running text. Terms that find the same are equal.

    ``label`` is how it is shown. Any of ``sequences`` will do; ``others`` are other names of what
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
        """The word, if the term is one plain word."""
        slots = self.sequences[0]
        return slots[0].text if len(slots) == 1 and slots[0].kind == "form" else None

    @property
    def is_plain(self) -> bool:
        """True for words as they are typed, without quotes or other syntax."""
        return not self.slop and all(slot.kind in ("form", "acronym") for slot in self.slots)

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
class And:
    """All of these: ``words`` typed side by side, of which fewer may do, and ``strict`` nodes."""

    words: tuple[Term, ...] = ()
    strict: tuple[Node, ...] = ()

    @property
    def nodes(self) -> tuple[Node, ...]:
        """The words, then the strict nodes."""
        return (*self.words, *self.strict)


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


Node = Term | And | Or | Not | Filter | Heading


@dataclass(frozen=True)
class Query:
    """A parsed query: its tree, and notes in sentences.

    If no paragraph has all of the tree's own words, those with most of them are found. ``words``
    are all words typed, common ones included; ``ignored`` are those not in the tree. ``is_prose``
    is true for a sentence or a question, which is read as plain words.
    """

    text: str
    tree: And = And(strict=(Or(),))
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


# How filters begin when read back; terms begin with a quotation mark.
_FILTERS = ("in ", "on ", "(in ", "(on ", "not in ", "not on ")


def describe(node: Node) -> str:
    """Return a tree in plain words."""
    if isinstance(node, Term):
        return node.label
    if isinstance(node, And) and len(node.nodes) == 1:
        return describe(node.nodes[0])
    if isinstance(node, And) and node.words and node.strict:
        return describe(And(strict=(And(node.words), *node.strict)))
    if isinstance(node, And):
        first, *others = dict.fromkeys(map(_grouped, node.nodes)) or ["every paragraph"]
        joined = (f" {part}" if part.startswith(_FILTERS) else f" and {part}" for part in others)
        return first + "".join(joined)
    if isinstance(node, Or):
        return " or ".join(map(_grouped, node.nodes))
    if isinstance(node, Not):
        return f"not {_grouped(node.node)}"
    if isinstance(node, Filter):
        return f"{'on' if node.field == 'page' else 'in'} {node.field} {node.value}"
    return f"{node.term.label} in a heading"


def _grouped(node: Node) -> str:
    return f"({describe(node)})" if len(node.nodes) > 1 else describe(node)
