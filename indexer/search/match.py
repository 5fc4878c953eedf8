"""Match a query: the paragraphs of which it is true, and its matches in each of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from . import query
from .plan import Plan
from .spans import Span, Spans

Mask: TypeAlias = NDArray[np.bool_]  # a truth value for each paragraph of the index
# A span of the paragraph's text, and the number of the term among the query's different terms.
MatchedSpan: TypeAlias = tuple[int, int, int]


def mask(node: query.Node, plan: Plan, literal: bool = False) -> Mask:
    """Return the paragraphs of which a query is true; ``literal`` query.leaves out other forms."""
    index = plan.finder.index
    size = len(index.paragraphs)
    if isinstance(node, query.Everything):
        return np.ones(size, bool)
    if isinstance(node, query.Filter):
        return index.where(node.field, node.value)
    if isinstance(node, query.Not):
        return ~mask(node.node, plan, literal)
    true = np.full(size, isinstance(node, (query.And, query.Words)))
    if isinstance(node, (query.And, query.Words)):
        for child in query.children(node):
            true &= mask(child, plan, literal)
    elif isinstance(node, query.Or):
        for child in query.children(node):
            true |= mask(child, plan, literal)
    elif isinstance(node, query.Heading):
        true[plan.finder.headed(node.term)] = True
    elif literal:
        true[index.text.layout.paragraph_of(plan.found[node].own.starts)] = True
    else:
        true[plan.found[node].paragraphs] = True
    return true


def matches(plan: Plan, numbers: Sequence[int]) -> list[list[MatchedSpan]]:
    """Return the matches of a query in each of some paragraphs, in no order."""
    found = _everywhere(plan, numbers)
    if _shows_all(plan.tree):
        return found
    conditions: dict[query.Node, Mask] = {
        leaf: mask(leaf, plan)
        for leaf in query.leaves(plan.tree)
        if isinstance(leaf, (query.Filter, query.Heading))
    }

    def holds(number: int, node: query.Node) -> bool:
        return bool(conditions[node][number])

    return [
        _where_true(plan.tree, here, partial(holds, number))
        for here, number in zip(found, numbers, strict=True)
    ]


def _everywhere(plan: Plan, numbers: Sequence[int]) -> list[list[MatchedSpan]]:
    """Return where each term of a query occurs in each of some paragraphs, true of it or not."""
    layout = plan.finder.index.text.layout
    starts, stops = layout.starts.data, layout.stops.data  # read as Python's own numbers
    edges = layout.paragraphs[np.add.outer(np.asarray(numbers, int), (0, 1))]
    found: list[list[MatchedSpan]] = [[] for _ in numbers]
    parts = plan.parts if plan.is_question else ()
    for name, term in enumerate((*query.different_terms(plan.tree).values(), *parts)):
        for runs in (plan.found[term].own, plan.found[term].other):
            if not len(runs.starts):
                continue
            cuts = runs.starts.searchsorted(edges).tolist()
            for here, (low, high) in zip(found, cuts, strict=True):
                if low < high:
                    here += [(starts[i], stops[k - 1], name) for i, k in runs.between(low, high)]
    return found


def _shows_all(tree: query.Node) -> bool:
    """Return whether every occurrence of its terms is a match, so that none need be checked."""
    any_will_do = isinstance(tree, query.Or) or tree is query.plain_words(tree)
    return isinstance(tree, query.Term) or (
        any_will_do and all(isinstance(node, query.Term) for node in query.children(tree))
    )


def _where_true(
    tree: query.Node, found: Iterable[MatchedSpan], holds: Callable[[query.Node], bool]
) -> list[MatchedSpan]:
    """Return the matches in a paragraph of those branches of a query that are true of it.

    A branch that fails shows nothing, even where one of its words occurs: ``(a AND b) OR c`` finds
    a paragraph with a and c for its c. Only the plain words of the query, of which some may be
    missing, show whichever of them occur. ``holds`` tells whether a filter, or a condition on
    headings, is true of the paragraph.
    """
    by_term: dict[int, list[MatchedSpan]] = {}
    for match in found:
        by_term.setdefault(match[2], []).append(match)
    by_sought = {sought: by_term.get(n, []) for n, sought in enumerate(query.different_terms(tree))}
    lenient = query.plain_words(tree)

    def visit(node: query.Node) -> tuple[bool, list[MatchedSpan]]:
        if isinstance(node, query.Term):
            return bool(by_sought[node.sought]), by_sought[node.sought]
        if isinstance(node, query.Not):
            return not visit(node.node)[0], []
        if isinstance(node, (query.And, query.Or, query.Words)):
            parts = [visit(child) for child in query.children(node)]
            enough = any if isinstance(node, query.Or) or node is lenient else all
            true = enough(true for true, _ in parts)
            return true, [match for yes, part in parts if yes and true for match in part]
        return isinstance(node, query.Everything) or holds(node), []

    return visit(tree)[1]


def merge(found: Iterable[MatchedSpan]) -> Spans:
    """Return matches as spans; those that overlap become one."""
    joined: list[Span] = []
    end = 0
    for start, stop, _ in sorted(found):
        if start >= end:
            joined.append((start, stop))
            end = stop
        elif stop > end:
            joined[-1] = (joined[-1][0], stop)
            end = stop
    return Spans(joined)
