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
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from .analysis import STOP_WORDS
from .index import Index
from .kept import Kept
from .matching import Ints, Occurrences, Whole, occurrences, other_occurrences
from .query import Slot, Sought, Term

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
# Bytes of terms kept as they rank: all of the paper's, the 1,500 commonest of 100,000 paragraphs.
_LEAVES_KEPT = 192_000_000
_FEW = 1_000  # positions: sorting so many takes as long as looking up where 100 paragraphs end
_FAMILY_TERMS_KEPT = 8_192  # terms without their weights, half a kilobyte each


@dataclass(frozen=True)
class Leaf:
    """A term as it stands in an index and as it ranks.

    ``own`` and ``other`` are where it stands in its own form and in its other one. ``paragraphs``
    (sorted) have it, in either form, and ``weights`` is what it adds to the score of each;
    ``headed`` (sorted) have it in a heading above them, which adds IN_HEADING * ``idf``.
    """

    own: Occurrences
    other: Occurrences
    paragraphs: Ints
    weights: Floats
    headed: Ints
    idf: float

    @property
    def nbytes(self) -> int:
        """The memory it takes; positions may be shared with others, and are counted here too."""
        parts = (self.own, self.other, self.paragraphs, self.weights, self.headed)
        return sum(part.nbytes for part in parts)

    @property
    def runs(self) -> tuple[Occurrences, ...]:
        """Where it stands, in either form."""
        return (self.own, self.other) if len(self.other.starts) else (self.own,)


class Ranker:
    """Scores over one index. Read-only, safe to share between threads."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.size = len(index.paragraphs)
        lengths = np.diff(index.text.bounds)
        average = lengths.mean() if self.size else 1.0
        self._norm: Floats = K1 * (1 - B + B * lengths / max(average, 1.0))
        self._family_term = lru_cache(maxsize=_FAMILY_TERMS_KEPT)(self._commonest)
        self._leaves: Kept[Sought, Leaf] = Kept(lambda leaf: leaf.nbytes, _LEAVES_KEPT)

    def leaf(self, term: Term) -> Leaf:
        """A term as it stands and ranks; kept, so that the next query with it is quick."""
        return self._leaves.get(term.sought, lambda: self._weigh(term))

    def _weigh(self, term: Term) -> Leaf:
        own = occurrences(term, self.index.text)
        other = other_occurrences(term, self.index.text)
        starts = np.union1d(own.starts, other.starts) if term.others else own.starts
        paragraphs, weights, idf = self._bm25(starts)
        if term.word:
            exact, more, _ = self._bm25(self.index.text.positions(Slot("exact", term.word)))
            weights[np.searchsorted(paragraphs, exact)] += EXACT_FORM * more
        headed = self.index.headings.paragraph[occurrences(term, self.index.headings).starts]
        return Leaf(own, other, paragraphs, weights, np.unique(headed), idf)

    def _bm25(self, starts: Ints) -> tuple[Ints, Floats, float]:
        """The paragraphs in which something stands, its weight in each, and its idf."""
        paragraphs, counts = np.unique(self.index.text.paragraph[starts], return_counts=True)
        idf = self._idf(len(paragraphs))
        weights = idf * counts * (K1 + 1) / (counts + self._norm[paragraphs])
        return paragraphs, weights, idf

    def _idf(self, paragraphs: int) -> float:
        return math.log(1 + (self.size - paragraphs + 0.5) / (paragraphs + 0.5))

    def scores(self, terms: Sequence[Term]) -> Floats:
        """The score of every paragraph of the index, without nearness and feedback."""
        leaves = [self.leaf(part) for term in terms for part in with_parts(term)]
        total = self._added([(leaf.paragraphs, leaf.weights) for leaf in leaves])
        for leaf in leaves:
            if len(leaf.headed):
                total[leaf.headed] += IN_HEADING * leaf.idf
        return total

    def _added(self, weights: Sequence[tuple[Ints, Floats]]) -> Floats:
        """The sum of weights for every paragraph of the index."""
        if not weights:
            return np.zeros(self.size)
        paragraphs = np.concatenate([paragraphs for paragraphs, _ in weights])
        added = np.concatenate([added for _, added in weights])
        return np.bincount(paragraphs, added, minlength=self.size).astype(float, copy=False)

    def add_nearness(self, total: Floats, terms: Sequence[Term], candidates: Ints) -> None:
        """Add to the scores of some paragraphs (numbers, sorted) what nearness is worth.

        Where words stand as they were typed, position less place typed is the same. So all these
        differences are sorted, each with the number of its term: next to each other are then two
        that differ by one.
        """
        leaves = [self.leaf(term) for term in terms]
        bounds, step = self.index.text.bounds, len(terms) + 1
        edges = np.stack((bounds[candidates], bounds[candidates + 1]))
        shifted = np.concatenate(
            [
                (_within(leaf.own.starts, edges) - np.int64(term.place)) * step + number
                for number, (term, leaf) in enumerate(zip(terms, leaves, strict=True))
            ]
        )
        shifted.sort()
        pairs = shifted[:-1][np.diff(shifted) == 1]
        if not len(pairs):
            return
        first = pairs % step
        places = np.array([term.place for term in terms])
        one, two = (self.index.text.paragraph[pairs // step + places[first + n]] for n in (0, 1))
        idf = np.array([leaf.idf for leaf in leaves])
        together, n = np.unique(np.stack((first, one))[:, one == two], axis=1, return_counts=True)
        number, paragraph = together
        known = np.isin(paragraph, candidates)
        worth = NEAR * (idf[number] + idf[number + 1]) / 2 * n / (n + 1)
        np.add.at(total, paragraph[known], worth[known])

    def add_feedback(self, total: Floats, terms: Sequence[Term]) -> None:
        """Add to the scores what the words that mark the best paragraphs are worth."""
        bounds = self.index.text.bounds
        first = best(total, FEEDBACK_PARAGRAPHS)
        first = first[total[first] > 0]
        if not len(first):
            return
        owner = np.repeat(np.arange(len(first)), bounds[first + 1] - bounds[first])
        tokens = np.concatenate([self._families(number) for number in first.tolist()])
        telling = self._family_idf[tokens] > 0
        owner, tokens = owner[telling], tokens[telling]
        families, place = np.unique(tokens, return_inverse=True)
        each = total[first] / np.maximum(np.bincount(owner, minlength=len(first)), 1)
        share = np.bincount(place, weights=each[owner])
        chosen = best(share * self._family_idf[families], FEEDBACK_TERMS)
        if not len(chosen):
            return
        weight = FEEDBACK_WEIGHT / (1 - FEEDBACK_WEIGHT) * len(terms) / share[chosen].sum()
        parts = (weight * share[chosen]).tolist()
        leaves = [self.leaf(self._family_term(family)) for family in families[chosen].tolist()]
        total += self._added(
            [
                (leaf.paragraphs, part * leaf.weights)
                for leaf, part in zip(leaves, parts, strict=True)
            ]
        )

    def telling(self, number: int, limit: int) -> list[Term]:
        """The words that tie a paragraph to some others: frequent in it, rare elsewhere."""
        families, counts = np.unique(self._families(number), return_counts=True)
        weights = counts * self._family_idf[families] * (self.index.spread[families] > 1)
        order = [place for place in best(weights, limit).tolist() if weights[place] > 0]
        return [self._family_term(family) for family in families[order].tolist()]

    def _families(self, number: int) -> Ints:
        """The families of the words of a paragraph, in order."""
        return np.asarray(self.index.tokens(number))[:, 2]

    def _commonest(self, family: int) -> Term:
        words = self.index.text.lexicon
        return form(max(words.families[words.family_names[family]], key=words.counts.__getitem__))

    @cached_property
    def _family_idf(self) -> Floats:
        """The idf of each family of words; 0 for the most common ones, which tell nothing."""
        found = np.array([self._idf(count) for count in self.index.spread.tolist()])
        words = self.index.text.lexicon
        common = [any(w in STOP_WORDS for w in words.families[n]) for n in words.family_names]
        found[common] = 0
        return found


def _within(positions: Ints, edges: Ints) -> Ints:
    """Those of some positions (sorted) that lie between the edges, low ones first, high ones.

    Of a few, all: to cut them takes longer than to keep them.
    """
    if len(positions) < _FEW:
        return positions
    low, high = np.searchsorted(positions, edges)
    return positions[ranges(low, high)]


def best(scores: Floats, limit: int) -> Ints:
    """The places of the highest scores, highest first; of equals the first."""
    found: Ints = np.arange(len(scores), dtype=np.int32)
    if len(found) > limit:  # those below the limit-th score need no sorting
        least = np.partition(scores, len(found) - limit)[len(found) - limit]
        found = found[scores >= least]
    return found[np.argsort(-scores[found], kind="stable")[:limit]]


def ranges(starts: Whole, stops: Whole) -> Whole:
    """The numbers of all ranges, one behind the other: start, start + 1, ... stop - 1 of each."""
    lengths = stops - starts
    first: Whole = np.repeat(stops - np.cumsum(lengths), lengths)
    return first + np.arange(len(first))


def form(word: str, place: int = 0) -> Term:
    """The term for one word in any of its forms."""
    return Term("", ((Slot("form", word),),), place=place)


def with_parts(term: Term) -> list[Term]:
    """A term, and behind it, where it is a hyphenated word, its parts but for common words."""
    slots = term.sequences[0]
    if term.reach or len(slots) == 1 or any(slot.kind != "form" for slot in slots):
        return [term]
    parts = [(n, slot.text) for n, slot in enumerate(slots) if slot.text not in STOP_WORDS]
    return [term, *(form(word, term.place + n) for n, word in parts)]
