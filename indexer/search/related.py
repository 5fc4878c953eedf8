"""Paragraphs that are alike: the nearest of every paragraph, computed when the index is built.

A paragraph is represented by its most telling words: frequent in it, rare elsewhere, all forms of
a word counted together. How similar another paragraph is to it is its BM25 score for these,
each weighted by how telling it is, divided by the paragraph's own score.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from heapq import nlargest
from operator import itemgetter
from typing import NamedTuple

import numpy as np

from .analysis import STOP_WORDS
from .bm25 import BM25, Floats, best, idf
from .field import Field, Ints
from .query import form

# Found as the weights in rank.py, on the same collections of judged questions.
TELLING = 40  # words; with 20 .002 are lost, and .004 of Recall@100; 60 gain nothing
NEAREST = 200  # paragraphs; with 150 .003 are lost on one, 300 gain nothing
# Occurrences compared for each paragraph, those of its rarest words first: with 1,000 .003 are
# lost, more gain nothing. Without a limit time would grow with the square of the paragraphs.
COMPARED = 3_000
MAX_LIKE = 2.0  # a short paragraph with all of the words may score higher than the one itself


@dataclass(frozen=True)
class Related:
    """For each paragraph a row of those most like it, nearest first, itself among them.

    ``numbers`` are paragraphs, ``likeness`` how similar each is, 0 if there are no more.
    """

    numbers: Ints
    likeness: Floats

    def nearest(self, number: int, limit: int) -> list[int]:
        """Return the paragraphs most like one, nearest first."""
        row = zip(self.numbers[number].tolist(), self.likeness[number].tolist(), strict=True)
        return [other for other, like in row if like and other != number][:limit]


class _Family(NamedTuple):
    """All forms of a word: the paragraphs with any, and its BM25 weight in each."""

    paragraphs: Ints
    weights: Floats


def related(text: Field) -> Related:
    """Return which paragraphs of a field are alike."""
    size = len(text.layout.paragraphs) - 1
    numbers = np.zeros((size, min(NEAREST, size)), np.int32)
    likeness = np.zeros(numbers.shape, np.float16)  # half the size on disk and in memory
    for number, most in enumerate(_telling(text, size)):
        like = _likeness(most, number, size)
        nearest = best(like, np.flatnonzero(like), numbers.shape[1])
        numbers[number, : len(nearest)] = nearest
        likeness[number, : len(nearest)] = like[nearest]
    return Related(numbers.astype(np.min_scalar_type(size)), likeness)


def _telling(text: Field, size: int) -> Iterator[list[tuple[float, _Family]]]:
    """Yield each paragraph's most telling words that others have, too, and how telling each is."""
    bm25 = BM25(text.layout.paragraphs)
    words: list[list[tuple[float, _Family]]] = [[] for _ in range(size)]
    for _, forms in sorted(text.lexicon.families.items()):
        found = text.find(form(forms[0]))
        if STOP_WORDS.isdisjoint(forms) and len(found.paragraphs) > 1:
            family = _Family(found.paragraphs, bm25.weights(found.paragraphs, found.counts))
            telling = found.counts * idf(len(found.paragraphs), size)
            for number, worth in zip(found.paragraphs, telling.tolist(), strict=True):
                words[number].append((worth, family))
    return (nlargest(TELLING, each, key=itemgetter(0)) for each in words)


def _likeness(telling: list[tuple[float, _Family]], number: int, size: int) -> Floats:
    """Return how similar every paragraph is to one, by its most telling words."""
    like = np.zeros(size)
    compared = 0
    for weight, family in sorted(telling, key=lambda word: len(word[1].paragraphs)):
        compared += len(family.paragraphs)
        if compared > COMPARED and like.any():
            break
        like[family.paragraphs] += weight * family.weights
    return np.minimum(like / (like[number] or 1.0), MAX_LIKE).astype(np.float32)
