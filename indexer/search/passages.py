"""Find the paragraphs that the words of quotations are from.

Rare words and pairs that a paragraph has in common with a few words of a quotation propose it. Then
each word is given to one of the paragraphs proposed, or to none, so that as many words as possible
stand beside their neighbours in their paragraph, and the paragraph changes as seldom as possible.
This is a best path, found by dynamic programming. Source: A. J. Viterbi, "Error bounds for
convolutional codes and an asymptotically optimum decoding algorithm", IEEE Transactions on
Information Theory 13, 1967.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from .field import Field, Ints
from .query import Slot, Term
from .quoted import Quotation, Word

Floats: TypeAlias = NDArray[Any]

# Words of a window, and paragraphs that each window proposes: the shortest quotation worth a part
# of its own has some eight words, and a sentence may stand in a few paragraphs.
WINDOW, PROPOSED = 8, 4
# A word that occurs more often proposes nothing: it tells little, and takes long.
MOST_OCCURRENCES = 1_000
# Runs of at most so many words are looked up as phrases, for they may have common words alone.
SHORT = 8
# What a word gains: beside its neighbour as in the paragraph, alone in it, or given to none.
PAIRED, ALONE, NOWHERE = 1.0, 0.2, 0.35
EXACT = 0.1  # more for a word of a short run that the paragraph has as it is
# What a change of paragraph costs, in words: within a sentence, at a line or sentence, at an
# ellipsis, and between quotations or lines that may be such. To none or from none it costs twice as
# much, for a few words of any text are found in another.
WITHIN, AT_BREAK, AT_ELLIPSIS, BETWEEN = 4.0, 2.0, 1.0, 0.05
TO_NOWHERE = 2.0


@dataclass(frozen=True)
class Stretch:
    """Successive words of a quotation, and the paragraph that they are from.

    ``quotation`` is its number among those read, from 0; ``paragraph`` is a number in the index,
    None where the words are from no paragraph. ``nearest`` is the paragraph that has the most of
    them, None where none has any.
    """

    quotation: int
    words: tuple[Word, ...]
    paragraph: int | None
    nearest: int | None


def stretches(
    quotations: Sequence[Quotation], field: Field, named: Sequence[frozenset[int]]
) -> list[Stretch]:
    """Return the stretches of some quotations in order.

    ``named`` are, for each quotation, the numbers of the paragraphs that it is said to be from: of
    paragraphs with the same words, one of these is meant.
    """
    shared = _Shared(quotations, field)
    exact = _exact_runs(quotations, field)
    likely = {number for found in exact.values() for number in found[:PROPOSED]}
    candidates = sorted({*shared.proposed(), *likely, *(n for each in named for n in each)})
    gains = shared.gains(candidates)
    column = {paragraph: n for n, paragraph in enumerate(candidates)}
    for (start, stop), numbers in exact.items():
        among = [column[number] for number in numbers if number in column]
        gains[start:stop, among] = PAIRED + EXACT
    for number, wanted in enumerate(named):
        start, stop = shared.bounds[number : number + 2]
        favoured = [column[paragraph] for paragraph in wanted]
        gains[start:stop, favoured] += EXACT * (gains[start:stop, favoured] > 0)
    path = _path(gains, _changes(quotations))
    return list(_cut(quotations, shared.bounds, path, candidates, gains))


class _Shared:
    """The words that quotations share with a field, and which of them are neighbours in either.

    ``numbers`` has the number of each word of the quotations, ``pairs`` that of the pair which it
    makes with the next, ``at`` that of the word at each position of the field; -1 stands for a word
    or pair that only one of them has. Pairs are numbered behind the words.
    """

    def __init__(self, quotations: Sequence[Quotation], field: Field) -> None:
        words = [word for quotation in quotations for word in quotation.words]
        known = {word.text for word in words if word.text in field.lexicon.counts}
        self.field, self.vocabulary = field, {text: n for n, text in enumerate(sorted(known))}
        self.bounds = np.cumsum([0, *(len(each.words) for each in quotations)]).tolist()
        self.numbers = np.array([self.vocabulary.get(word.text, -1) for word in words], np.int32)
        self.at = np.full(field.layout.size, -1, np.int32)
        for text, number in self.vocabulary.items():
            self.at[field.positions(Slot("exact", text))] = number
        self.editors = np.array([word.editor for word in words], bool)
        apart = self.editors | np.array([word.gap for word in words], bool)
        apart[self.bounds[:-1]] = True
        apart = np.append(apart[1:] | self.editors[:-1], True)
        self.pairs = self._numbered(apart)

    def proposed(self) -> set[int]:
        """Return the paragraphs that have the most, and the rarest, words and pairs of a window."""
        starts, paragraphs, weights = self._postings()
        count, found = len(self.field.layout.paragraphs) - 1, set[int]()
        of_words = [self.numbers, self.pairs]
        for low, high in pairwise(self.bounds):
            for start in range(low, high, WINDOW):
                window = slice(start, min(start + WINDOW, high))
                features = {n for each in of_words for n in each[window].tolist()} - {-1}
                ranges = [slice(starts[number], starts[number + 1]) for number in features]
                if ranges:
                    among = np.concatenate([paragraphs[each] for each in ranges])
                    worth = np.concatenate([weights[each] for each in ranges])
                    found |= set(_highest(np.bincount(among, worth, count)))
        return found

    def _postings(self) -> tuple[list[int], Ints, Floats]:
        """Return the paragraphs of each feature: the first of each one, and what each is worth.

        Features are words, then pairs. A pair across the end of a paragraph does no harm here.
        """
        positions, words = self._rare()
        before, after = self.at[positions - 1], self.at[(positions + 1) % len(self.at)]
        left, right = self._pair_of(before, words), self._pair_of(words, after)
        features = np.concatenate([words, left, right]).astype(np.int16)
        paragraphs = np.tile(self.field.layout.paragraph_of(positions), 3)
        order = np.argsort(features, kind="stable")
        features, paragraphs = features[order], paragraphs[order]
        first = (np.diff(features, prepend=-1) != 0) | (np.diff(paragraphs, prepend=-1) != 0)
        first &= features >= 0
        features, paragraphs = features[first], paragraphs[first]
        counted = np.bincount(features, minlength=self.total)
        worth = np.log1p((len(self.field.layout.paragraphs) - 1) / np.maximum(counted, 1))
        return [0, *counted.cumsum().tolist()], paragraphs, worth[features]

    def _rare(self) -> tuple[Ints, Ints]:
        """Return the positions of all rare words, and the number of the word at each of them."""
        counts = self.field.lexicon.counts
        rare = [word for word in self.vocabulary if counts[word] <= MOST_OCCURRENCES]
        found = [self.field.positions(Slot("exact", word)) for word in rare]
        positions = np.concatenate([np.empty(0, np.int32), *found])
        return positions, self.at[positions]

    def _numbered(self, apart: NDArray[np.bool_]) -> Ints:
        """Number the pairs that words make with the next; return each word's, -1 for none."""
        size = len(self.vocabulary)
        following = np.append(self.numbers[1:], -1)
        none = apart | (self.numbers < 0) | (following < 0)
        keys = np.where(none, size * size, self.numbers * size + following)
        different = sorted({*keys.tolist()} - {size * size})
        self.total = size + len(different)
        self.pair_at = np.full(size * size + 1, -1, np.int32)
        self.pair_at[different] = np.arange(size, self.total)
        return self.pair_at[keys]

    def _pair_of(self, words: Ints, following: Ints) -> Ints:
        """Return the numbers of the pairs that words make with those that follow; -1 for none."""
        size = len(self.vocabulary)
        known = (words >= 0) & (following >= 0)
        return self.pair_at[np.where(known, words * size + following, size * size)]

    def gains(self, candidates: Sequence[int]) -> Floats:
        """Return what each word gains by each candidate and, last, by none."""
        gains = np.zeros((len(self.numbers), len(candidates) + 1))
        gains[:, -1] = NOWHERE
        has = np.empty(self.total + 1, bool)
        for column, paragraph in enumerate(candidates):
            first, last = self.field.layout.paragraphs[paragraph : paragraph + 2]
            words = self.at[first:last]
            has[:] = False
            has[words] = True
            has[self._pair_of(words[:-1], words[1:])] = True
            has[-1] = False  # a word or pair that only one side has
            beside = has[self.pairs]
            beside[1:] |= beside[:-1].copy()
            gains[:, column] = np.where(beside, PAIRED, ALONE * has[self.numbers])
        gains[self.editors] = 0
        return gains


def _highest(votes: Floats) -> list[int]:
    """Return the paragraphs with the most votes, of equal ones the first."""
    found = []
    for _ in range(PROPOSED):
        best = int(votes.argmax())
        if votes[best]:
            found.append(best)
            votes[best] = 0
    return found


def _exact_runs(quotations: Sequence[Quotation], field: Field) -> dict[tuple[int, int], list[int]]:
    """Return the paragraphs that have a short run of words as it is, by the run's words."""
    found: dict[tuple[int, int], list[int]] = {}
    first = 0
    for quotation in quotations:
        words = quotation.words
        cuts = [0, *(n for n, word in enumerate(words) if n and word.gap), len(words)]
        for start, stop in pairwise(cuts):
            if stop - start <= SHORT:
                slots = tuple(Slot("exact", word.text) for word in words[start:stop])
                numbers = field.find(Term("", (slots,))).paragraphs.tolist()
                found[first + start, first + stop] = numbers
        first += len(words)
    return found


def _changes(quotations: Sequence[Quotation]) -> list[float]:
    """Return what a change of paragraph costs before each word."""
    costs: list[float] = []
    for quotation in quotations:
        for number, word in enumerate(quotation.words):
            if number == 0 or word.line:
                costs.append(BETWEEN)
            elif word.gap:
                costs.append(AT_ELLIPSIS)
            else:
                costs.append(AT_BREAK if number in quotation.breaks else WITHIN)
    return costs


def _path(gains: Floats, costs: Sequence[float]) -> list[int]:
    """Return the column that each word is given to, so that the most is gained; the last is none.

    ``costs`` are what a change of column costs before each word.
    """
    last = gains.shape[1] - 1
    scores, nowhere, came = np.zeros(last), 0.0, []
    for gain, cost, nothing in zip(gains[:, :-1], costs, gains[:, -1].tolist(), strict=True):
        best = int(scores.argmax()) if last else last
        highest = float(scores[best]) if last else nowhere
        outside = nowhere - TO_NOWHERE * cost
        origin, reached = (best, highest - cost) if highest - cost > outside else (last, outside)
        entered = best if highest - TO_NOWHERE * cost > nowhere else last
        came.append((scores < reached, origin, entered))
        nowhere = max(nowhere, highest - TO_NOWHERE * cost) + nothing
        scores = np.maximum(scores, reached) + gain
    here = int(scores.argmax()) if last and scores.max() >= nowhere else last
    path = [here]
    for changed, origin, entered in came[:0:-1]:
        here = entered if here == last else origin if changed[here] else here
        path.append(here)
    return path[::-1]


def _cut(
    quotations: Sequence[Quotation],
    bounds: Sequence[int],
    path: Sequence[int],
    candidates: Sequence[int],
    gains: Floats,
) -> Iterable[Stretch]:
    """Yield the words of each quotation in stretches that are given to the same column."""
    for number, quotation in enumerate(quotations):
        low, high = bounds[number : number + 2]
        start = low
        for stop in range(low + 1, high + 1):
            if stop < high and path[stop] == path[start]:
                continue
            gained = gains[start:stop, :-1].sum(axis=0)
            best = int(gained.argmax()) if candidates else 0
            yield Stretch(
                quotation=number,
                words=quotation.words[start - low : stop - low],
                paragraph=candidates[path[start]] if path[start] < len(candidates) else None,
                nearest=candidates[best] if candidates and gained[best] else None,
            )
            start = stop
