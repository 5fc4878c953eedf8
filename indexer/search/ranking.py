"""How well paragraphs answer: BM25, with the exact form, the heading and nearness on top.

A paragraph's score is the sum over the terms of the query, as often as each was typed, of

    bm25(any form) + EXACT_FORM * bm25(the form typed) + IN_HEADING * idf, if in a heading above it

where a hyphenated word counts both whole and in its parts; and, for the NEAR_CANDIDATES paragraphs
that are best by that, of NEAR * idf * n / (n + 1) for each two terms typed side by side, where n is
how often they stand as near in the paragraph as they were typed, and idf the mean of theirs. To a
question of many words the words that mark its best answers are added (feedback).

BM25: S. Robertson, H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009,
with idf = ln(1 + (N - n + 0.5) / (n + 0.5)), which is never negative. Nearness of words typed side
by side: D. Metzler, W. B. Croft, "A Markov Random Field Model for Term Dependencies", 2005.
Feedback: N. Abdul-Jaleel et al., "UMass at TREC 2004: Novelty and HARD" (RM3), the terms chosen by
their weight times idf, so that no common word is added.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from .analysis import STOP_WORDS, key
from .index import POSTINGS_KEPT, Index
from .matching import Ints, Occurrences, contained, occurrences, other_occurrences
from .query import Slot, Term

Floats: TypeAlias = NDArray[np.float64]

# How the weights were found: nDCG@10 on two collections of 1,400 paragraphs with 225 and 76 judged
# questions; `python -m tests.relevance DIR` measures any other. What changed a mean by less than
# .003 was taken as no difference, and the smaller effect preferred.
K1 = 1.2  # the field's usual value; 0.9 costs .01, 1.5 and 2 change nothing
B = 0.75  # likewise; 0.4 costs .01
EXACT_FORM = 0.15  # 0 costs .002 there; it puts the very word before its relatives in short queries
IN_HEADING = 0.2  # a word in a heading tells of the section, less than one in the text tells
NEAR = 0.3  # 0 costs .003 on one, 0.6 costs .004 on the other
NEAR_CANDIDATES = 100  # ten result pages; 1,000 changes no figure in the third digit
FEEDBACK_PARAGRAPHS = 5  # 10 costs .01 on one and gains .005 on the other
FEEDBACK_TERMS = 10  # the usual number; 20 and 30 gain nothing
FEEDBACK_WEIGHT = 0.25  # of the whole query; 0.2 and 0.3 differ by .003, without it .02 are lost


@dataclass(frozen=True)
class Leaf:
    """A term as it ranks: the paragraphs that have it (sorted), and what it adds to each."""

    paragraphs: Ints
    weights: Floats
    idf: float


class Ranker:
    """Scores over one index. Read-only, safe to share between threads."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.size = len(index.paragraphs)
        lengths = np.diff(index.bounds)
        average = lengths.mean() if self.size else 1.0
        self._norm: Floats = K1 * (1 - B + B * lengths / max(average, 1.0))
        self._leaf = lru_cache(maxsize=POSTINGS_KEPT)(self._weigh)
        self._find = lru_cache(maxsize=POSTINGS_KEPT)(self._look_up)

    def find(self, term: Term) -> Occurrences:
        """Where a term stands in the texts, in its own form."""
        return self._find(replace(term, label="", place=0, others=()))

    def find_other(self, term: Term) -> Occurrences:
        """Where the other form of a term stands."""
        return other_occurrences(term, self.index.text)

    def _look_up(self, term: Term) -> Occurrences:
        return occurrences(term, self.index.text)

    def leaf(self, term: Term) -> Leaf:
        """What a term adds to the score of each paragraph that has it."""
        return self._leaf(replace(term, label="", place=0))

    def _weigh(self, term: Term) -> Leaf:
        runs = [self.find(term), self.find_other(term)] if term.others else [self.find(term)]
        starts = runs[0].starts if len(runs) == 1 else np.union1d(runs[0].starts, runs[1].starts)
        leaf = self._bm25(starts)
        weights = leaf.weights
        if term.word:
            exact = self._bm25(self.index.text.positions(Slot("exact", term.word)))
            weights = weights.copy()
            weights[np.searchsorted(leaf.paragraphs, exact.paragraphs)] += (
                EXACT_FORM * exact.weights
            )
        return Leaf(leaf.paragraphs, weights, leaf.idf)

    def _bm25(self, starts: Ints) -> Leaf:
        paragraphs, counts = np.unique(self.index.text.paragraph[starts], return_counts=True)
        n = len(paragraphs)
        idf = math.log(1 + (self.size - n + 0.5) / (n + 0.5))
        weights = idf * counts * (K1 + 1) / (counts + self._norm[paragraphs])
        return Leaf(paragraphs, weights, idf)

    def scores(self, terms: Sequence[Term]) -> Floats:
        """The score of every paragraph of the index, without nearness and feedback."""
        total = np.zeros(self.size)
        typed = [part for term in terms for part in _with_parts(term)]
        for term, count in Counter(replace(term, label="", place=0) for term in typed).items():
            leaf = self.leaf(term)
            total[leaf.paragraphs] += count * leaf.weights
            headed = occurrences(term, self.index.headings).starts
            if len(headed):
                total[np.unique(self.index.headings.paragraph[headed])] += (
                    IN_HEADING * count * leaf.idf
                )
        return total

    def add_nearness(self, total: Floats, terms: Sequence[Term], candidates: Ints) -> None:
        """Add to the scores of some paragraphs (numbers, sorted) what nearness is worth."""
        for one, two in pairwise(terms):
            gap = two.place - one.place
            first = self._inside(self.find(one).starts, candidates) + np.int32(gap)
            second = self._inside(self.find(two).starts, candidates)
            found = second[contained(second, first)]
            if len(found):
                paragraphs, n = np.unique(self.index.text.paragraph[found], return_counts=True)
                idf = (self.leaf(one).idf + self.leaf(two).idf) / 2
                total[paragraphs] += NEAR * idf * n / (n + 1)

    def add_feedback(self, total: Floats, terms: Sequence[Term]) -> None:
        """Add to the scores what the words that mark the best paragraphs are worth."""
        best = np.argsort(-total, kind="stable")[:FEEDBACK_PARAGRAPHS]
        share: Counter[str] = Counter()
        for number in best[total[best] > 0].tolist():
            words = self._telling(number)
            for word, count in words.items():
                share[word] += total[number] * count / words.total()
        leaf = {word: self.leaf(form(word)) for word in share}
        chosen = sorted(share, key=lambda word: -share[word] * leaf[word].idf)[:FEEDBACK_TERMS]
        whole = sum(share[word] for word in chosen)
        weight = FEEDBACK_WEIGHT / (1 - FEEDBACK_WEIGHT) * len(terms)
        for word in chosen:
            total[leaf[word].paragraphs] += weight * share[word] / whole * leaf[word].weights

    def _telling(self, number: int) -> Counter[str]:
        """The words of a paragraph but the most common ones, one form for all, with counts."""
        words = [w for w in self.index.words(number) if w not in STOP_WORDS]
        forms = {key(word): word for word in words}
        return Counter(forms[key(word)] for word in words)

    def telling(self, number: int, limit: int) -> list[Term]:
        """The words that tell a paragraph from others: frequent in it, rare elsewhere."""
        counts = self._telling(number)
        weight = {word: count * self.leaf(form(word)).idf for word, count in counts.items()}
        return [form(word) for word in sorted(weight, key=weight.__getitem__, reverse=True)[:limit]]

    def _inside(self, positions: Ints, paragraphs: Ints) -> Ints:
        """Those of some positions (sorted) that lie in some paragraphs (sorted)."""
        bounds = self.index.bounds
        low = np.searchsorted(positions, bounds[paragraphs])
        high = np.searchsorted(positions, bounds[paragraphs + 1])
        parts = [positions[a:b] for a, b in zip(low, high, strict=True) if a < b]
        return np.concatenate(parts) if parts else positions[:0]


def form(word: str) -> Term:
    """The term for one word in any of its forms."""
    return Term("", ((Slot("form", word),),))


def _with_parts(term: Term) -> list[Term]:
    slots = term.sequences[0]
    if term.reach or len(slots) == 1 or any(slot.kind != "form" for slot in slots):
        return [term]
    return [term, *(form(slot.text) for slot in slots if slot.text not in STOP_WORDS)]
