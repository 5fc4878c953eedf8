"""What a query matches in paragraphs of the index, in code points of their texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from itertools import pairwise

import numpy as np

from .evaluation import where
from .highlight import Match, shows_all, where_true
from .index import Index
from .matching import Ints, Whole
from .query import Node, Term, conditions, different_terms
from .ranking import Leaf

_TOGETHER = 3  # terms from which on it is quicker to find them together than one by one
_MARKS = 255  # as many as a byte can tell apart


def matches_in(
    index: Index, tree: Node, leaves: Mapping[Term, Leaf], numbers: Whole
) -> list[list[Match]]:
    """What a query matches in each of some paragraphs, given by their numbers."""
    found = _everywhere(index, list(different_terms(tree).values()), leaves, numbers)
    if shows_all(tree):
        return found
    masks = {leaf: where(leaf, index) for leaf in conditions(tree)}

    def met(number: int, node: Node) -> bool:
        return bool(masks[node][number])

    return [
        where_true(tree, here, partial(met, number))
        for here, number in zip(found, numbers.tolist(), strict=True)
    ]


def _everywhere(
    index: Index, terms: Sequence[Term], leaves: Mapping[Term, Leaf], numbers: Whole
) -> list[list[Match]]:
    """Where each of some terms stands in each of some paragraphs.

    Terms that are single words are found by going through the tokens of the paragraphs once, for
    all of them together; the others in their own lists of occurrences.
    """
    if not len(numbers):
        return []
    edges = index.text.bounds[np.add.outer(numbers, (0, 1))]
    tokens = [index.tokens[low:high] for low, high in edges.tolist()]
    marks, others = _marks(terms, leaves, len(index.text.lexicon.counts))
    if len(others) == len(terms):
        found: list[list[Match]] = [[] for _ in tokens]
    else:
        found = _marked(tokens, (edges[:, 1] - edges[:, 0]).cumsum(), marks)
    for number in others:
        _add(found, number, leaves[terms[number]], edges, tokens)
    return found


def _marks(
    terms: Sequence[Term], leaves: Mapping[Term, Leaf], size: int
) -> tuple[bytearray, list[int]]:
    """For each of ``size`` words 0, or 1 more than the number of the term that it is.

    Also the numbers of the terms for which that is not enough.
    """
    if len(terms) < _TOGETHER:
        return bytearray(), list(range(len(terms)))
    marks, others = bytearray(size), []
    for number, term in enumerate(terms):
        words = leaves[term].words
        if words is None or number + 1 > _MARKS or any(map(marks.__getitem__, words)):
            others.append(number)
        else:
            for word in words:
                marks[word] = number + 1
    return marks, others


def _marked(tokens: Sequence[Ints], stops: Whole, marks: bytearray) -> list[list[Match]]:
    """The matches in some paragraphs of the words that are marked.

    The paragraphs are given by their tokens; ``stops`` is where these end, one behind the other.
    """
    every = np.concatenate(tokens)
    mark = np.frombuffer(marks, np.uint8)[every[:, 2]]
    (at,) = mark.nonzero()
    starts, ends, _ = every[at].T.tolist()
    found = list(zip(starts, ends, (mark[at] - 1).tolist(), strict=True))
    return [found[start:stop] for start, stop in pairwise([0, *at.searchsorted(stops).tolist()])]


def _add(
    found: list[list[Match]], number: int, leaf: Leaf, edges: Ints, tokens: Sequence[Ints]
) -> None:
    """Add the matches of one term to those found in each paragraph."""
    firsts = edges[:, 0].tolist()
    for run in leaf.runs:
        cuts = run.starts.searchsorted(edges).tolist()
        for here, first, rows, (low, high) in zip(found, firsts, tokens, cuts, strict=True):
            if low < high:
                places = rows.data
                here += [
                    (places[start - first, 0], places[stop - first - 1, 1], number)
                    for start, stop in run.between(low, high)
                ]
