"""What a query matches in a text, as spans."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import TypeAlias

import numpy as np

from .analysis import Tokens, key, tokenize
from .lexicon import accepts
from .matching import Ints, Parts, occurrences, other_occurrences
from .query import (
    And,
    Everything,
    Node,
    Not,
    Or,
    Slot,
    Term,
    Words,
    children,
    different_terms,
    soft,
)
from .results import Span

# A span of the text and the number of the term that matched there, among the query's different.
Match: TypeAlias = tuple[int, int, int]


class TextPlaces:
    """The positions of words in one text that stands alone."""

    def __init__(self, tokens: Tokens) -> None:
        self._words = tokens.words
        stops = np.bincount(tokens.sentences, minlength=1).cumsum(dtype=np.int32)
        self.sentence = Parts(np.concatenate((np.zeros(1, np.int32), stops)))
        self.paragraph = Parts(np.array([0, len(tokens.words)], np.int32))

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for place, word in enumerate(self._words):
            found.setdefault(word, []).append(place)
        return found

    @cached_property
    def _families(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for word in self._places:
            found.setdefault(key(word), []).append(word)
        return found

    def count(self, slot: Slot) -> int:
        """How often a word stands that may fill this slot."""
        return len(self.positions(slot))

    def positions(self, slot: Slot) -> Ints:
        """Where a word stands that may fill this slot."""
        if slot.kind == "exact":
            words = [slot.text] if slot.text in self._places else []
        elif slot.kind == "form":
            words = self._families.get(key(slot.text), [])
        else:
            words = [word for word in self._places if accepts(slot, word)]
        return np.array(sorted(place for word in words for place in self._places[word]), np.int32)


def spans(tree: Node | None, text: str, holds: Callable[[Node], bool]) -> tuple[Span, ...]:
    """What a query matches in one text: ordered, disjoint, half-open spans in code points.

    ``holds`` says whether a filter, or a condition on headings, is met by the paragraph that the
    text is.
    """
    return merge(matches(tree, text, holds)) if tree else ()


def matches(tree: Node, text: str, holds: Callable[[Node], bool]) -> list[Match]:
    """Every match of a query in one text, in no order."""
    tokens = tokenize(text)
    places = TextPlaces(tokens)
    found = [
        (tokens.spans[start][0], tokens.spans[stop - 1][1], number)
        for number, term in enumerate(different_terms(tree).values())
        for run in (occurrences(term, places), other_occurrences(term, places))
        for start, stop in run.between(0, len(run.starts))
    ]
    return found if shows_all(tree) else where_true(tree, found, holds)


def shows_all(tree: Node) -> bool:
    """Whether wherever a term of the query stands, it shows why the query is true."""
    any_will_do = isinstance(tree, Or) or tree is soft(tree)
    return isinstance(tree, Term) or (
        any_will_do and all(isinstance(node, Term) for node in children(tree))
    )


def where_true(tree: Node, found: Iterable[Match], holds: Callable[[Node], bool]) -> list[Match]:
    """Of all matches in a paragraph those of the branches of the query that are true of it.

    A branch that fails shows nothing, even where one of its words stands: in ``(a AND b) OR c`` a
    paragraph with a and c was found for its c. Only the plain words of the query, of which some
    may do, show what there is of them.
    """
    by_term: dict[int, list[Match]] = {}
    for match in found:
        by_term.setdefault(match[2], []).append(match)
    by_sought = {sought: by_term.get(n, []) for n, sought in enumerate(different_terms(tree))}
    lenient = soft(tree)

    def visit(node: Node) -> tuple[bool, list[Match]]:
        if isinstance(node, Term):
            return bool(by_sought[node.sought]), by_sought[node.sought]
        if isinstance(node, Not):
            return not visit(node.node)[0], []
        if isinstance(node, (And, Or, Words)):
            parts = [visit(child) for child in children(node)]
            enough = any if isinstance(node, Or) or node is lenient else all
            true = enough(true for true, _ in parts)
            return true, [match for yes, part in parts if yes and true for match in part]
        return isinstance(node, Everything) or holds(node), []

    return visit(tree)[1]


def merge(found: Iterable[Match]) -> tuple[Span, ...]:
    """Matches as ordered spans; those that share a letter become one."""
    joined: list[Span] = []
    end = 0
    for start, stop, _ in sorted(found):
        if start >= end:
            joined.append((start, stop))
            end = stop
        elif stop > end:
            joined[-1] = (joined[-1][0], stop)
            end = stop
    return tuple(joined)
