"""How well paragraphs answer: BM25, with the exact form, the heading and nearness on top.

A paragraph's score is the sum over the terms of the query, as often as each was typed, of

    bm25(any form) + EXACT_FORM * bm25(the form typed) + IN_HEADING * idf, if in a heading above it

where a hyphenated word counts both whole and in its parts; and, for the NEAR_CANDIDATES paragraphs
that are best by that, of NEAR * idf * n / (n + 1) for each two terms typed side by side, where n is
how often they stand as near in the paragraph as they were typed, and idf the mean of theirs. For a
question of many words each of the FEEDBACK_PARAGRAPHS that are best by all that adds to those most
like it, itself among them, FEEDBACK_WEIGHT * its score * how like they are (module related).

Nearness of words typed side by side: D. Metzler, W. B. Croft, "A Markov Random Field Model for Term
Dependencies", 2005. Feedback: F. Diaz, "Regularizing Query-Based Retrieval Scores", 2007: what is
like the best answers probably answers, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from .analysis import STOP_WORDS
from .bm25 import Floats, idf, norms, saturated
from .index import Index
from .kept import Kept
from .matching import Ints, Occurrences, Whole, occurrences, other_occurrences
from .query import Slot, Sought, Term, form

# How the weights were found: nDCG@10 on two collections of 1,400 paragraphs with 225 and 76 judged
# questions, the same that the floors are of; `python -m tests.relevance DIR` measures any other.
# What changed a mean by less than .003 was taken as no difference, the smaller effect preferred.
EXACT_FORM = 0.15  # 0 costs .002 there; it puts the very word before its relatives in short queries
IN_HEADING = 0.2  # a word in a heading tells of the section, less than one in the text tells
NEAR = 0.3  # 0 costs .003 on one, 0.6 costs .004 on the other
NEAR_CANDIDATES = 50  # five result pages; with 100 or 1,000 no figure changes by more than .001
FEEDBACK_PARAGRAPHS = 5  # with 3 or 8, .01 is lost on one
FEEDBACK_WEIGHT = 0.5  # 0.4 changes nothing, 0.6 costs .005 on one; without feedback .02 are lost
# Bytes of terms kept as they rank. All words of 100,000 paragraphs take two thirds of them: some 13
# bytes for each of 10 million postings.
_LEAVES_KEPT = 192_000_000
# To find a bound in the highest of each column takes a tenth of the time that it takes in all
# scores, and a hundredth where most of these are equal. The columns are at least so many for each
# score looked for, lest the bound is low, and at most so high.
_COLUMNS, _HEIGHT = 8, 64
_FEW = 40_000  # positions: sorting so many takes as long as cutting them out for eight words


@dataclass(frozen=True)
class Leaf:
    """A term as it stands in an index and as it ranks.

    ``own`` and ``other`` are where it stands in its own form and in its other one. ``paragraphs``
    (sorted) have it, in either form, and ``weights`` is what it adds to the score of each;
    ``headed`` (sorted) have it in a heading above them, which adds IN_HEADING * ``idf``. ``words``
    are the numbers of all words that it is, or None where it is more than one word, or has two
    forms.
    """

    own: Occurrences
    other: Occurrences
    paragraphs: Ints
    weights: Floats
    headed: Ints
    idf: float
    words: tuple[int, ...] | None

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
        self._norms = norms(index.text.bounds)
        self._leaves: Kept[Sought, Leaf] = Kept(lambda leaf: leaf.nbytes, _LEAVES_KEPT)

    def leaf(self, term: Term) -> Leaf:
        """A term as it stands and ranks; kept, so that the next query with it is quick."""
        return self._leaves.get(term.sought, lambda: self._weigh(term))

    def _weigh(self, term: Term) -> Leaf:
        own = occurrences(term, self.index.text)
        other = other_occurrences(term, self.index.text)
        text, headings = self.index.text, self.index.headings
        if term.others:
            standing = text.paragraph[np.union1d(own.starts, other.starts)]
        elif len(term.sequences) == len(term.sequences[0]) == 1:
            standing = text.placed(term.sequences[0][0]).paragraphs
        else:
            standing = text.paragraph[own.starts]
        paragraphs, weights, idf = self._bm25(standing)
        if term.word:
            exact, more, _ = self._bm25(text.placed(Slot("exact", term.word)).paragraphs)
            same = len(exact) == len(paragraphs)  # as of most words, which have one form
            weights[slice(None) if same else paragraphs.searchsorted(exact)] += EXACT_FORM * more
        headed = occurrences(term, headings).starts
        if len(headed):
            headed, _ = _counted(headings.paragraph[headed])
        light = weights.astype(np.float32)  # half the memory, and enough to rank by
        return Leaf(own, other, paragraphs, light, headed, idf, self._words(term))

    def _words(self, term: Term) -> tuple[int, ...] | None:
        slots, text = term.sequences[0], self.index.text
        if term.others or len(term.sequences) > 1 or len(slots) > 1 or slots[0].is_any:
            return None
        return tuple(map(text.lexicon.numbers.__getitem__, text.expand(slots[0])))

    def _bm25(self, standing: Ints) -> tuple[Ints, Floats, float]:
        """The paragraphs in which something stands, its weight in each, and its idf.

        They are given sorted, as often as it stands in them.
        """
        paragraphs, counts = _counted(standing)
        worth = float(idf(self.size, len(paragraphs)))
        return paragraphs, worth * saturated(counts, self._norms[paragraphs]), worth

    def scores(self, leaves: Mapping[Term, Leaf], terms: Iterable[Term]) -> Floats:
        """The score of every paragraph of the index, without nearness and feedback."""
        parts = [self.leaf(part) for term in terms for part in parts_of(term)]
        typed: dict[int, list[Leaf]] = {}
        for leaf in (*map(leaves.__getitem__, terms), *parts):
            typed.setdefault(id(leaf), []).append(leaf)
        every = [(same[0], len(same)) for same in typed.values()]
        total = np.zeros(self.size, np.float32)
        if every:
            weights = [leaf.weights if n == 1 else n * leaf.weights for leaf, n in every]
            paragraphs = np.concatenate([leaf.paragraphs for leaf, _ in every])
            np.add.at(total, paragraphs, np.concatenate(weights))
        for leaf, times in every:
            if len(leaf.headed):
                total[leaf.headed] += times * IN_HEADING * leaf.idf
        return total

    def add_nearness(
        self, total: Floats, leaves: Mapping[Term, Leaf], terms: Sequence[Term], limit: int
    ) -> None:
        """Add to the scores of the best paragraphs, at most ``limit``, what nearness is worth.

        Where words stand as they were typed, position less place typed is the same. So all these
        differences are sorted, each with the number of its term: next to each other are then two
        that differ by one.
        """
        positions = [leaves[term].own.starts for term in terms]
        if sum(map(len, positions)) > _FEW:
            ordered, parts = np.sort(best(total, limit)), self.index.text.paragraph
            positions = [parts.within(ordered, some) for some in positions]
        step = len(terms) + 1
        small = len(self.index.text.paragraph) * step < 2**31
        kind = np.int32 if small else np.int64  # half as wide is sorted in half the time
        offsets = [number - term.place * step for number, term in enumerate(terms)]
        shifted = np.repeat(np.array(offsets, kind), [len(some) for some in positions])
        shifted += np.concatenate(positions) * kind(step)
        shifted.sort()
        pairs = shifted[:-1][shifted[1:] - shifted[:-1] == 1]
        if not len(pairs):
            return
        first = pairs % step
        places = np.array([term.place for term in terms])
        one, two = (self.index.text.paragraph[pairs // step + places[first + n]] for n in (0, 1))
        among = np.zeros(self.size, bool)
        among[best(total, limit)] = True
        known = (one == two) & among[one]
        together, n = np.unique(first[known] * np.int64(self.size) + one[known], return_counts=True)
        number, paragraph = np.divmod(together, self.size)
        idf = np.array([leaves[term].idf for term in terms])
        worth = NEAR * (idf[number] + idf[number + 1]) / 2 * n / (n + 1)
        np.add.at(total, paragraph, worth.astype(np.float32))

    def add_feedback(self, total: Floats, limit: int) -> None:
        """Add to the scores what it is worth to be like the best paragraphs, at most ``limit``."""
        first = best(total, min(FEEDBACK_PARAGRAPHS, limit))
        rows = self.index.related.of(first)
        worth = FEEDBACK_WEIGHT * total[first][:, None] * rows["like"]
        np.add.at(total, rows["paragraph"].ravel(), worth.ravel())

    def related(self, number: int, limit: int) -> tuple[Whole, Floats]:
        """The paragraphs most like one, nearest first, and how like they are."""
        (row,) = self.index.related[number : number + 1]
        others = row[(row["paragraph"] != number) & (row["like"] > 0)][:limit]
        return others["paragraph"], others["like"]

    def telling(self, number: int) -> list[Term]:
        """The words that tie a paragraph to some others: frequent in it, rare elsewhere."""
        families = self.index.telling[number : number + 1][0].tolist()
        return [self._commonest(family) for family in families if family >= 0]

    def _commonest(self, family: int) -> Term:
        words = self.index.text.lexicon
        return form(max(words.families[words.family_names[family]], key=words.counts.__getitem__))


def _counted(numbers: Ints) -> tuple[Ints, Whole]:
    """The different ones of some sorted numbers, and how often each is there."""
    if not len(numbers):
        return numbers, numbers
    begins = np.ones(len(numbers) + 1, bool)  # the last is where all end
    np.not_equal(numbers[1:], numbers[:-1], out=begins[1:-1])
    (edges,) = begins.nonzero()
    return numbers[edges[:-1]], edges[1:] - edges[:-1]


def best(scores: Floats, limit: int) -> Whole:
    """The places of the highest scores, highest first; of equals the first."""
    if limit >= len(scores):
        return (-scores).argsort(kind="stable")
    if not limit:
        return np.empty(0, int)
    among = scores
    height = min(_HEIGHT, len(scores) // (_COLUMNS * limit))
    if height > 1:  # in each column one is as high as its highest: so many are no lower than these
        columns = len(scores) // height
        among = scores[: columns * height].reshape(height, columns).max(0)
    least = np.partition(among, len(among) - limit)[len(among) - limit]
    found = (scores >= least).nonzero()[0]
    ordered: Whole = found[(-scores[found]).argsort(kind="stable")[:limit]]
    return ordered


def parts_of(term: Term) -> list[Term]:
    """The parts of a hyphenated word but for common words; none of any other term."""
    slots = term.sequences[0]
    if len(slots) == 1 or term.reach or any(slot.kind != "form" for slot in slots):
        return []
    parts = [(n, slot.text) for n, slot in enumerate(slots) if slot.text not in STOP_WORDS]
    return [form(word, term.place + n) for n, word in parts]
