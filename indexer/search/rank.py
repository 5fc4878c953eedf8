"""Rank paragraphs: BM25, plus the exact form, the heading and nearness.

A paragraph's score is the sum over the terms of the query, as often as each was typed, of

    bm25(any form) + EXACT_FORM * bm25(the form typed) + IN_HEADING * idf, if in a heading above it

where a hyphenated word counts both whole and in its parts; and, for the NEAR_CANDIDATES best
paragraphs, of NEAR * idf * n / (n + 1) for each two terms typed side by side, where n is how often
they occur in the paragraph at the distance at which they were typed, and idf the mean of theirs.
For a question each of the FEEDBACK_PARAGRAPHS best adds to those most like it, itself among them,
FEEDBACK_WEIGHT * its score * how like they are (module related).

Nearness: D. Metzler, W. B. Croft, "A Markov Random Field Model for Term Dependencies", 2005.
Feedback: F. Diaz, "Regularizing Query-Based Retrieval Scores", 2007: a paragraph that is like the
best ones is probably an answer, too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

import numpy as np

from .bm25 import Floats, best, idf, norms, saturated
from .field import Ints, between
from .match import Mask, mask
from .plan import Finder, Found, Plan, parts_of
from .query import Slot, Sought, Term, terms

# How the weights were found: nDCG@10 on two collections of 1,400 paragraphs with 225 and 76 judged
# questions, the same that the floors are of; `python -m tests.relevance DIR` measures any other.
# A change of a mean by less than .003 was taken as none, and the smaller effect was preferred.
EXACT_FORM = 0.15  # 0 costs .002 there; it puts the very word before its relatives in short queries
HYPHENATED = (
    0.85  # its parts count besides; 1 costs .001 on one, 0.7 costs .001 of recall on the other
)
IN_HEADING = 0.2  # a word in a heading tells of the section, less than one in the text tells
NEAR = 0.3  # 0 costs .003 on one, 0.6 costs .004 on the other
NEAR_CANDIDATES = 50  # five result pages; with 100 or 1,000 no figure changes by more than .001
FEEDBACK_PARAGRAPHS = 5  # with 3 or 8, .01 is lost on one
FEEDBACK_WEIGHT = 0.5  # 0.4 changes nothing, 0.6 costs .005 on one; without feedback .02 are lost
# A paragraph that has only the other form of an acronym ranks below every one that has the form
# asked for: its score is at most this share of the lowest of theirs.
OTHER_FORM = 0.99

_CACHED = 4_096  # terms whose weights are kept, as those whose occurrences are


@dataclass(frozen=True, eq=False)
class Weighted:
    """A term as it ranks: what it adds to the score of each paragraph that has it.

    ``paragraphs`` and ``headed`` are sorted; in ``headed`` it is in a heading above.
    """

    paragraphs: Ints
    weights: Floats
    headed: Ints
    idf: float


class Ranker:
    """Scores over one index. Safe to share between threads."""

    def __init__(self, finder: Finder) -> None:
        self._finder, self._index = finder, finder.index
        self._size = len(self._index.paragraphs)
        self._norms = norms(self._index.text.layout.paragraphs)
        self._cached = lru_cache(_CACHED)(self._weigh)

    def weighted(self, term: Term) -> Weighted:
        """Return a term as it ranks."""
        return self._cached(term.sought, term.word)

    def _weigh(self, sought: Sought, word: str | None) -> Weighted:
        term = Term("", *sought, word=word)
        found = self._finder.find(term)
        weights = self._bm25(found)
        if parts_of(term):
            weights *= HYPHENATED
        if word:
            exact = self._finder.find(Term("", ((Slot("exact", word),),)))
            more = EXACT_FORM * self._bm25(exact)
            weights[found.paragraphs.searchsorted(exact.paragraphs)] += more
        headed = self._finder.headed(replace(term, others=()))
        worth = idf(self._size, len(found.paragraphs))
        return Weighted(found.paragraphs, weights.astype(np.float32), headed, worth)

    def _bm25(self, found: Found) -> Floats:
        worth = idf(self._size, len(found.paragraphs))
        return worth * saturated(found.counts, self._norms[found.paragraphs])

    def scores(self, plan: Plan, found: Mask) -> Floats:
        """Return the score of every paragraph; only those of the paragraphs ``found`` are whole."""
        wanted = terms(plan.tree, negated=False)
        numbers = np.flatnonzero(found)
        scores = self._sums(wanted)
        if len(wanted) > 1:
            self._add_nearness(scores, plan, best(scores, numbers, NEAR_CANDIDATES))
        if plan.is_question:
            self._add_feedback(scores, best(scores, numbers, FEEDBACK_PARAGRAPHS))
        if any(term.others for term in wanted):
            literal = mask(plan.tree, plan, literal=True)
            _lower_other_forms(scores, found & literal, found & ~literal)
        return scores

    def _sums(self, wanted: Sequence[Term]) -> Floats:
        if not wanted:
            return np.zeros(self._size)
        typed = [self.weighted(each) for term in wanted for each in (term, *parts_of(term))]
        paragraphs = np.concatenate([one.paragraphs for one in typed])
        weights = np.concatenate([one.weights for one in typed])
        scores: Floats = np.bincount(paragraphs, weights, self._size).astype(float)
        for one in typed:
            if len(one.headed):
                scores[one.headed] += IN_HEADING * one.idf
        return scores

    def _add_nearness(self, scores: Floats, plan: Plan, candidates: Ints) -> None:
        layout, ordered = self._index.text.layout, np.sort(candidates)
        firsts, lasts = layout.paragraphs[ordered], layout.paragraphs[ordered + 1]
        wanted = terms(plan.tree, negated=False)
        starts = [between(plan.found[term].own.starts, firsts, lasts).tolist() for term in wanted]
        for (one, first), (two, second) in pairwise(zip(wanted, starts, strict=True)):
            gap = two.offset - one.offset
            together = {start + gap for start in first}.intersection(second)
            if not together:
                continue
            positions = np.array(sorted(together), np.int32)
            paragraphs = layout.paragraph_of(positions)
            paragraphs = paragraphs[paragraphs == layout.paragraph_of(positions - np.int32(gap))]
            numbers, counts = np.unique(paragraphs, return_counts=True)
            worth = NEAR * (self.weighted(one).idf + self.weighted(two).idf) / 2
            scores[numbers] += worth * counts / (counts + 1)

    def _add_feedback(self, scores: Floats, first: Ints) -> None:
        related = self._index.related
        worth = FEEDBACK_WEIGHT * scores[first][:, None] * related.likeness[first]
        np.add.at(scores, related.numbers[first].ravel(), worth.ravel())


def _lower_other_forms(scores: Floats, literal: Mask, other: Mask) -> None:
    if literal.any() and other.any():
        lowest, highest = scores[literal].min(), scores[other].max()
        scores[other] *= min(1.0, OTHER_FORM * lowest / highest)
