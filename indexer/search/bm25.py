"""BM25: the weight of a word in a paragraph, by its frequency and the paragraph's length.

S. Robertson, H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009, with
idf = ln(1 + (N - n + 0.5) / (n + 0.5)), which is never negative.
"""

import math

import numpy as np
from numpy.typing import NDArray

from .field import Ints

Floats = NDArray[np.floating]

# Tuned like the weights in rank.py.
K1 = 1.2  # the field's usual value; 0.9 costs .004, 1.5 changes nothing, 2 costs .005
B = 0.7  # 0.6 and the usual 0.75 change nothing; 0.5 and 0.85 cost .005


def idf(having: int, size: int) -> float:
    """Return the inverse document frequency of a word in ``having`` of ``size`` paragraphs."""
    return math.log(1 + (size - having + 0.5) / (having + 0.5))


class BM25:
    """Weighs words; ``bounds`` has the first position of each paragraph, then the end of all."""

    def __init__(self, bounds: Ints) -> None:
        lengths = np.diff(bounds)
        self.size = len(lengths)
        average = lengths.mean() if self.size else 1.0
        self._norms = K1 * (1 - B + B * lengths / max(average, 1.0))

    def weights(self, paragraphs: Ints, counts: Ints) -> Floats:
        """Return the weight of a word in each paragraph that has it, by its count there."""
        worth = idf(len(paragraphs), self.size)
        found: Floats = worth * (counts * (K1 + 1) / (counts + self._norms[paragraphs]))
        return found


def best(scores: Floats, among: Ints, limit: int) -> Ints:
    """Return the ``limit`` best of the paragraphs ``among``, best first; ties keep their order."""
    if limit < len(among):
        some = scores[among]
        among = among[some >= np.partition(some, -limit)[-limit]]
    return among[(-scores[among]).argsort(kind="stable")[:limit]]
