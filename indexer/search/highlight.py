"""What a query matches in a text, as spans."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np

from .analysis import Tokens, tokenize
from .lexicon import accepts
from .matching import Ints, occurrences, other_occurrences
from .query import And, Everything, Node, Not, Or, Slot, Term, Words, children, every_term, soft
from .results import Span


class Match(NamedTuple):
    """A span of the text that a term matched; ``term`` tells the terms of one query apart."""

    start: int
    stop: int
    term: int


class TextPlaces:
    """The positions of words in one text that stands alone."""

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens

    @cached_property
    def sentence(self) -> Ints:
        """The sentence of each token."""
        return np.array(self._tokens.sentences, np.int32)

    @cached_property
    def paragraph(self) -> Ints:
        """One paragraph for all."""
        return np.zeros(len(self._tokens.words), np.int32)

    def positions(self, slot: Slot) -> Ints:
        """Where a word stands that may fill this slot."""
        words = {word for word in set(self._tokens.words) if accepts(slot, word)}
        return np.array(
            [place for place, word in enumerate(self._tokens.words) if word in words], np.int32
        )


def spans(tree: Node | None, text: str, holds: Callable[[Node], bool]) -> tuple[Span, ...]:
    """What a query matches in one text: ordered, disjoint, half-open spans in code points.

    ``holds`` says whether a filter, or a condition on headings, is met by the paragraph that the
    text is.
    """
    return merge(matches(tree, text, holds)) if tree else ()


def matches(tree: Node, text: str, holds: Callable[[Node], bool]) -> list[Match]:
    """Every match of a query in one text, with the term that made it, in no order."""
    tokens = tokenize(text)
    places = TextPlaces(tokens)
    spans: dict[str, list[Span]] = {}
    for term in every_term(tree):
        runs = (occurrences(term, places), other_occurrences(term, places))
        spans[term.name] = [
            (tokens.spans[start][0], tokens.spans[stop - 1][1])
            for run in runs
            for start, stop in zip(run.starts.tolist(), run.stops.tolist(), strict=True)
        ]
    return matches_where_true(tree, spans, holds)


def matches_where_true(
    tree: Node, spans: Mapping[str, Sequence[Span]], holds: Callable[[Node], bool]
) -> list[Match]:
    """The matches of the branches of a query that are true of a paragraph.

    ``spans`` has, by the name of each term, where it stands in the paragraph. A branch that fails
    shows nothing, even where one of its words stands: in ``(a AND b) OR c`` a paragraph with a and
    c was found for its c. Only the plain words of the query, of which some may do, show what there
    is of them.
    """
    numbers = {name: number for number, name in enumerate(spans)}
    lenient = soft(tree)
    any_will_do = tree is lenient or isinstance(tree, Or)
    if isinstance(tree, Term) or (any_will_do and all(isinstance(n, Term) for n in children(tree))):
        return [
            Match(start, stop, number)
            for found, number in zip(spans.values(), numbers.values(), strict=True)
            for start, stop in found
        ]

    def visit(node: Node) -> tuple[bool, list[Match]]:
        if isinstance(node, Term):
            number = numbers[node.name]
            found = [Match(start, stop, number) for start, stop in spans[node.name]]
            return bool(found), found
        if isinstance(node, Not):
            return not visit(node.node)[0], []
        if isinstance(node, And | Or | Words):
            parts = [visit(child) for child in children(node)]
            enough = any if isinstance(node, Or) or node is lenient else all
            true = enough(true for true, _ in parts)
            return true, [match for yes, part in parts if yes and true for match in part]
        return isinstance(node, Everything) or holds(node), []

    return visit(tree)[1]


def merge(found: Iterable[Match]) -> tuple[Span, ...]:
    """Matches as ordered spans; those that share a letter become one."""
    joined: list[Span] = []
    for start, stop, _ in sorted(found):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], stop))
        else:
            joined.append((start, stop))
    return tuple(joined)
