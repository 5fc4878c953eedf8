"""One field of an index: the tokens of all its paragraphs, and where each word occurs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from .analysis import Tokens
from .lexicon import Lexicon
from .query import Slot

Ints: TypeAlias = NDArray[np.signedinteger]

# Words and slots whose positions are cached. A library of 25,000 paragraphs has 15,000 different
# words; all of their positions take 22 MB.
_CACHED = 8_192


@dataclass(frozen=True)
class Layout:
    """The tokens of all paragraphs, one paragraph after another. A **position** counts them from 0.

    ``paragraphs`` has the first position of each paragraph and, last, the number of positions;
    ``sentences`` likewise that of each sentence. ``starts`` and ``stops`` are the offsets of the
    token at each position, half-open, in code points of its paragraph. ``sentence_stops`` are the
    offsets at which sentences end; ``first_sentences`` has the number of each paragraph's first
    sentence and, last, the number of sentences.
    """

    paragraphs: Ints
    sentences: Ints
    starts: NDArray[Any]
    stops: NDArray[Any]
    sentence_stops: NDArray[Any]
    first_sentences: Ints

    @property
    def size(self) -> int:
        """The number of positions."""
        return len(self.starts)

    def paragraph_of(self, positions: Ints) -> Ints:
        """Return the number of the paragraph of each position."""
        return _part_of(self.paragraphs, positions)

    def sentence_of(self, positions: Ints) -> Ints:
        """Return the number of the sentence of each position."""
        return _part_of(self.sentences, positions)

    def sentence_stops_of(self, number: int) -> list[int]:
        """Return the offsets at which the sentences of a paragraph end."""
        first, last = self.first_sentences[number : number + 2].tolist()
        found: list[int] = self.sentence_stops[first:last].tolist()
        return found


def _part_of(bounds: Ints, positions: Ints) -> Ints:
    return (bounds.searchsorted(positions, side="right") - 1).astype(np.int32)


def between(positions: Ints, firsts: Ints, lasts: Ints) -> Ints:
    """Return those of some positions that are in any of some ranges; all are sorted.

    The ranges are half-open, from each of ``firsts`` to the one of ``lasts`` at the same place.
    """
    lows = positions.searchsorted(firsts)
    lengths = positions.searchsorted(lasts) - lows
    shift = np.repeat(lows + lengths - lengths.cumsum(), lengths)
    found: Ints = positions[shift + np.arange(len(shift))]
    return found


def layout(analysed: Iterable[Tokens]) -> Layout:
    """Return the layout of some paragraphs, given by their tokens."""
    texts = list(analysed)
    bounds = np.cumsum([0, *(len(tokens.words) for tokens in texts)], dtype=np.int32)
    first_sentences = np.cumsum([0, *(len(t.sentence_stops) for t in texts)], dtype=np.int32)
    sentence_lengths = [
        np.bincount(tokens.sentences, minlength=len(tokens.sentence_stops)) for tokens in texts
    ]
    spans = np.array([span for tokens in texts for span in tokens.spans], np.int32).reshape(-1, 2)
    narrow = np.min_scalar_type(spans.max(initial=0))  # half the size on disk and in memory
    stops = np.array([stop for tokens in texts for stop in tokens.sentence_stops], np.int32)
    sentences = np.concatenate([[0], *sentence_lengths]).cumsum(dtype=np.int32)
    starts, ends = spans.astype(narrow).T
    return Layout(bounds, sentences, starts, ends, stops, first_sentences)


def inverted(analysed: Iterable[Tokens]) -> Mapping[str, Ints]:
    """Return every word of some paragraphs with its positions, sorted."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    position = 0
    for tokens in analysed:
        for word in tokens.words:
            found[word].append(position)
            position += 1
    return {word: np.array(positions, np.int32) for word, positions in found.items()}


class Field:
    """The occurrences of the words of a field. Read-only, and safe to share between threads.

    ``postings`` returns the positions of a word that is in the lexicon.
    """

    def __init__(self, layout: Layout, lexicon: Lexicon, postings: Callable[[str], Ints]) -> None:
        self.layout, self.lexicon = layout, lexicon
        self.expand = lru_cache(_CACHED)(lexicon.expand)
        self.positions = lru_cache(_CACHED)(self._positions)
        self._word = lru_cache(_CACHED)(postings)

    def count(self, slot: Slot) -> int:
        """Return how often words occur that may fill a slot, without looking up where."""
        return sum(map(self.lexicon.counts.__getitem__, self.expand(slot)))

    def _positions(self, slot: Slot) -> Ints:
        """Return the positions of all words that may fill a slot, sorted."""
        if slot.is_any:
            return np.arange(self.layout.size, dtype=np.int32)
        found = [self._word(word) for word in self.expand(slot)]
        if len(found) == 1:
            return found[0]
        return np.sort(np.concatenate(found)) if found else np.empty(0, np.int32)
