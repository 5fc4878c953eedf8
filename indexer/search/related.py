"""Similar paragraphs: those nearest to every paragraph, found when the index is built.

A paragraph is represented by its keywords: words frequent in it and rare elsewhere, all forms of
a word counted together. The likeness of another paragraph is its BM25 score for these keywords,
each weighted by its frequency and rarity, divided by the paragraph's own score.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from heapq import nlargest
from typing import NamedTuple

import numpy as np

from .analysis import STOP_WORDS
from .bm25 import BM25, Floats, best, idf
from .field import Field, Ints
from .query import form

# Tuned like the weights in rank.py, on the same collections of judged questions.
KEYWORDS = 40  # with 20, .002 is lost, and .004 of Recall@100; 60 gain nothing
NEAREST = 200  # paragraphs; with 150, .003 is lost on one collection; 300 gain nothing
# Postings read for each paragraph, those of its rarest keywords first: with 1,000, .003 is lost,
# more gain nothing. Without a limit, time would grow with the square of the paragraphs.
COMPARED = 3_000
MAX_LIKE = 2.0  # a short paragraph with all of the words may score higher than the one itself


@dataclass(frozen=True)
class Related:
    """For each paragraph, a row of those most like it, nearest first, itself included.

    ``numbers`` are those of paragraphs, ``likeness`` how similar each is; rows are filled with 0.
    """

    numbers: Ints
    likeness: Floats

    def nearest(self, number: int, limit: int) -> list[int]:
        """Return the other paragraphs most like one, nearest first."""
        row = zip(self.numbers[number].tolist(), self.likeness[number].tolist(), strict=True)
        return [other for other, like in row if like and other != number][:limit]


class _Keyword(NamedTuple):
    """A word of a paragraph: its weight there, and the BM25 weights of ``paragraphs`` with it."""

    weight: float
    paragraphs: Ints
    weights: Floats


def related(text: Field) -> Related:
    """Return the paragraphs most like each paragraph of a field."""
    size = len(text.layout.paragraphs) - 1
    numbers = np.zeros((size, min(NEAREST, size)), np.int32)
    likeness = np.zeros(numbers.shape, np.float16)  # half the size on disk and in memory
    for number, keywords in enumerate(_keywords(text, size)):
        like = _likeness(keywords, number, size)
        nearest = best(like, np.flatnonzero(like), numbers.shape[1])
        numbers[number, : len(nearest)] = nearest
        likeness[number, : len(nearest)] = like[nearest]
    return Related(numbers.astype(np.min_scalar_type(size)), likeness)


def _keywords(text: Field, size: int) -> Iterator[list[_Keyword]]:
    """Yield the keywords of each paragraph that others have, too."""
    bm25 = BM25(text.layout.paragraphs)
    words: list[list[_Keyword]] = [[] for _ in range(size)]
    for _, forms in sorted(text.lexicon.families.items()):
        found = text.find(form(forms[0]))
        if STOP_WORDS.isdisjoint(forms) and len(found.paragraphs) > 1:
            weights = bm25.weights(found.paragraphs, found.counts)
            own_weights = found.counts * idf(len(found.paragraphs), size)
            for number, own in zip(found.paragraphs, own_weights.tolist(), strict=True):
                words[number].append(_Keyword(own, found.paragraphs, weights))
    return (nlargest(KEYWORDS, each, key=lambda word: word.weight) for each in words)


def _likeness(keywords: list[_Keyword], number: int, size: int) -> Floats:
    """Return how similar every paragraph is to one, by the keywords of that one."""
    like = np.zeros(size)
    compared = 0
    for word in sorted(keywords, key=lambda word: len(word.paragraphs)):
        compared += len(word.paragraphs)
        if compared > COMPARED and like.any():
            break
        like[word.paragraphs] += word.weight * word.weights
    return np.minimum(like / (like[number] or 1.0), MAX_LIKE).astype(np.float32)
