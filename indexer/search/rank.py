"""Rank paragraphs: BM25, plus the exact form, the heading, the beginning and nearness.

A paragraph's score is the sum over the terms of the query, as often as each was typed, of

    bm25(any form) + EXACT_FORM * bm25(the form typed) + IN_HEADING * idf, if in a heading above it

where a hyphenated word counts both whole and in its parts. The CANDIDATES best also get
BEGINNING * idf for each term among their FIRST_WORDS, and idf * n / (n + 1) for each two terms
typed side by side that they have n times at the distance typed; idf is the mean of the two. For a
question, each of the FEEDBACK_PARAGRAPHS best adds to those most like it, itself included,
FEEDBACK_WEIGHT * its score * their likeness (related.py). Finally, paragraphs with only another
name, with none of the phrases quoted, or without the words as typed or the names typed (match.py)
are put below the others.

Nearness: D. Metzler, W. B. Croft, "A Markov Random Field Model for Term Dependencies", 2005.
Feedback: F. Diaz, "Regularizing Query-Based Retrieval Scores", 2007.
"""

from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from .bm25 import BM25, Floats, best, idf
from .field import Ints, common, counted
from .index import Index
from .match import Mask, evaluate
from .plan import Plan
from .query import Or, Term, exactly, form, parts_of, terms

# The weights were tuned on the mean nDCG@10 of the collections of judged questions that the README
# names; `python -m tests.relevance DIR` measures any other. A change of less than .003 was taken as
# none, and the smaller effect was preferred. Without nearness, .006 is lost.
EXACT_FORM = 0.15  # with 0 or 0.3, .003 is lost
IN_HEADING = 0.2  # low, as a heading is about a section; not tuned, as the collections have none
CANDIDATES = 50  # five result pages; 20 and 200 change nothing
# The beginning of a paragraph says what it is about. Without it .006 is lost, with 0.2 .001. With
# 0.4, or if all paragraphs and not only the candidates get it, CISI loses .004 of recall.
BEGINNING = 0.3
FIRST_WORDS = 10  # with 15, .002 is lost
FEEDBACK_PARAGRAPHS = 5  # with 3 .004 is lost, with 8 .007
FEEDBACK_WEIGHT = 0.5  # 0.4 and 0.6 change nothing; without feedback .016 is lost
BELOW = 0.99  # what is put below others has at most this share of their lowest score

_CACHED = 4_096  # terms whose weights are in memory


class Weighted(NamedTuple):
    """The weight of a term in each paragraph that has it.

    ``headed`` paragraphs have it in a heading above, ``begun`` among the first words; all sorted.
    """

    paragraphs: Ints
    weights: Floats
    headed: Ints
    begun: Ints
    idf: float


class Ranker:
    """Scores the paragraphs of one index. Thread-safe."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._bm25 = BM25(index.text.layout.paragraphs)
        self._weighted = lru_cache(_CACHED)(self._weigh)

    def _weigh(self, term: Term) -> Weighted:
        text, layout = self._index.text, self._index.text.layout
        found = text.find(term)
        weights = self._bm25.weights(found.paragraphs, found.counts)
        if term.word and term == form(term.word) and text.expand(term.slots[0]) == (term.word,):
            weights *= 1 + EXACT_FORM  # a shortcut: the text has no other form
        elif term.word:
            exact = text.find(Term("", (exactly(term.word),)))
            more = EXACT_FORM * self._bm25.weights(exact.paragraphs, exact.counts)
            weights[found.paragraphs.searchsorted(exact.paragraphs)] += more
        headed = self._index.headings.find(replace(term, others=())).paragraphs
        worth = idf(len(found.paragraphs), self._bm25.size)
        within = layout.paragraph_of[found.own.starts]
        is_first = found.own.starts - layout.paragraphs[within] < FIRST_WORDS
        begun, _ = counted(within[is_first])
        return Weighted(found.paragraphs, weights.astype(np.float32), headed, begun, worth)

    def scores(self, plan: Plan, found: Mask, first: Mask | None = None) -> Floats:
        """Return the scores of all paragraphs, final for those ``found``, highest for ``first``."""
        wanted = terms(plan.tree, negated=False)
        numbers = np.flatnonzero(found)
        scores = self._sums(wanted)
        is_candidate = np.zeros(len(scores), bool)
        is_candidate[best(scores, numbers, CANDIDATES)] = True
        self._add_nearness(scores, wanted, is_candidate)
        for weighted in map(self._weighted, wanted):
            begun = weighted.begun[is_candidate[weighted.begun]]
            scores[begun] += BEGINNING * weighted.idf
        if plan.is_question:
            self._add_feedback(scores, best(scores, numbers, FEEDBACK_PARAGRAPHS))
        if any(term.others for term in wanted):
            _lower(scores, found, evaluate(plan.tree, self._index, literal=True))
        if phrases := tuple(each for each in wanted if each.is_phrase):
            _lower(scores, found, evaluate(Or(phrases), self._index))
        if plan.typed:
            _lower(scores, found, evaluate(plan.typed, self._index))
        if first is not None:
            _lower(scores, found, first)
        return scores

    def _sums(self, wanted: list[Term]) -> Floats:
        typed = [self._weighted(each) for term in wanted for each in (term, *parts_of(term))]
        scores: Floats = np.zeros(self._bm25.size)
        for each in typed:
            scores[each.paragraphs] += each.weights
        for each in typed:
            if len(each.headed):
                scores[each.headed] += IN_HEADING * each.idf
        return scores

    def _add_nearness(self, scores: Floats, wanted: list[Term], is_candidate: Mask) -> None:
        text = self._index.text
        for one, two in pairwise(wanted):
            gap = np.int32(two.position - one.position)
            near = common(text.find(one).own.starts + gap, text.find(two).own.starts)
            if len(near):
                paragraphs = text.layout.paragraph_of[near]
                is_inside = paragraphs == text.layout.paragraph_of[near - gap]
                paragraphs, counts = counted(paragraphs[is_inside & is_candidate[paragraphs]])
                worth = (self._weighted(one).idf + self._weighted(two).idf) / 2
                scores[paragraphs] += worth * counts / (counts + 1)

    def _add_feedback(self, scores: Floats, first: Ints) -> None:
        related = self._index.related
        worth = FEEDBACK_WEIGHT * scores[first][:, None] * related.likeness[first]
        np.add.at(scores, related.numbers[first].ravel(), worth.ravel())


def _lower(scores: Floats, found: Mask, having: Mask) -> None:
    """Put the paragraphs ``found`` without something below those ``having`` it, if any."""
    upper, lower = found & having, found & ~having
    if upper.any() and lower.any():
        most, highest = BELOW * scores[upper].min(), scores[lower].max()
        if highest > most:
            scores[lower] *= most / highest
