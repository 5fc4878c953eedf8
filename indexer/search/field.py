"""One field of an index: the tokens of all its paragraphs, and where words and terms occur."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, reduce
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .analysis import Tokens
from .lexicon import Lexicon
from .query import SAME_SENTENCE, Slot, Slots, Term, exactly

Ints = NDArray[np.signedinteger]

# Slots and terms whose words and occurrences are cached. A library of 25,000 paragraphs has 15,000
# different words; all of their positions take 22 MB. A thousand questions have 5,000 terms.
_CACHED = 8_192


@dataclass(frozen=True)
class Layout:
    """The tokens of all paragraphs in order. A **position** is the number of a token, from 0.

    By position, ``words`` has the number of the word in the lexicon, ``starts`` the offset in the
    paragraph and ``lengths`` the length, both in code points. ``capitals`` are the positions of
    words in capitals. ``paragraphs`` and ``sentences`` have the first position of each, then the
    number of all positions.
    """

    words: NDArray[Any]
    paragraphs: Ints
    sentences: Ints
    starts: NDArray[Any]
    lengths: NDArray[Any]
    capitals: Ints

    @cached_property
    def paragraph_of(self) -> Ints:
        """The number of the paragraph of each position."""
        return _part_of(self.paragraphs)

    @cached_property
    def sentence_of(self) -> Ints:
        """The number of the sentence of each position."""
        return _part_of(self.sentences)


def _part_of(bounds: Ints) -> Ints:
    return np.repeat(np.arange(len(bounds) - 1, dtype=np.int32), np.diff(bounds))


def layout(texts: list[Tokens], lexicon: Lexicon) -> Layout:
    """Return the layout of paragraphs, given their tokens and a lexicon of all their words."""
    words = [lexicon.numbers[word] for tokens in texts for word in tokens.words]
    paragraph_lengths = [len(tokens.words) for tokens in texts]
    sentence_lengths = [np.bincount(np.array(tokens.sentences, int)) for tokens in texts]
    spans = np.array([span for tokens in texts for span in tokens.spans], np.int32).reshape(-1, 2)
    starts, stops = spans.T
    in_capitals = [each for tokens in texts for each in tokens.capitals]
    return Layout(
        words=_narrow(np.array(words, np.int32)),
        paragraphs=np.cumsum([0, *paragraph_lengths], dtype=np.int32),
        sentences=np.concatenate([[0], *sentence_lengths]).cumsum(dtype=np.int32),
        starts=_narrow(starts),
        lengths=_narrow(stops - starts),
        capitals=np.flatnonzero(in_capitals).astype(np.int32),
    )


def _narrow(numbers: Ints) -> NDArray[Any]:
    """Return numbers from 0 in the smallest type that holds them: less on disk and in memory."""
    return numbers.astype(np.min_scalar_type(numbers.max(initial=0)))


class Runs(NamedTuple):
    """Runs of positions, half-open, ordered by ``starts``, no two with the same start."""

    starts: Ints
    stops: Ints


_NO_RUNS = Runs(np.empty(0, np.int32), np.empty(0, np.int32))


class Occurrences(NamedTuple):
    """The occurrences of a term: of its ``own`` sequences, and of its ``other`` names.

    ``paragraphs`` are the sorted numbers of those with either; ``counts`` how often each has them.
    """

    own: Runs
    other: Runs
    paragraphs: Ints
    counts: Ints


class Field:
    """Finds where words and terms occur. Thread-safe."""

    def __init__(self, layout: Layout, lexicon: Lexicon) -> None:
        self.layout, self.lexicon = layout, lexicon
        # The postings of all words, one word after another, and the index of the first of each.
        self._postings: Ints = layout.words.argsort(kind="stable").astype(np.int32)
        self._firsts = [0, *np.bincount(layout.words).cumsum().tolist()]
        self.expand = lru_cache(_CACHED)(lexicon.expand)
        self.positions = lru_cache(_CACHED)(self._positions)
        self.find = lru_cache(_CACHED)(self._find)

    def count(self, slot: Slot) -> int:
        """Return how often words that may fill a slot occur, without reading their positions."""
        return sum(map(self.lexicon.counts.__getitem__, self.expand(slot)))

    def has(self, slots: Slots) -> bool:
        """Return whether words for these slots occur in a row."""
        return self.occurs(Term("", (slots,)))

    def occurs(self, term: Term) -> bool:
        """Return whether a term, or another name of it, occurs."""
        return len(self.find(term).paragraphs) > 0

    def having(self, words: Sequence[str]) -> Ints:
        """Return the numbers of the paragraphs with one or more words in a row, sorted."""
        starts = self._phrase(exactly(*words))
        found: Ints = np.unique(self.layout.paragraph_of[starts])
        return found

    def _positions(self, slot: Slot) -> Ints:
        """Return the positions of all words that may fill a slot, sorted."""
        if slot.is_any:
            return np.arange(len(self.layout.starts), dtype=np.int32)
        numbers = self._numbers(slot).tolist()
        found = [self._postings[self._firsts[n] : self._firsts[n + 1]] for n in numbers]
        positions = np.concatenate([_NO_RUNS.starts, *found])
        if len(found) > 1:
            positions.sort(kind="stable")  # merges sorted runs
        return common(positions, self.layout.capitals) if slot.kind == "acronym" else positions

    def _find(self, term: Term) -> Occurrences:
        own = _union([self._runs(sequence, term.slop) for sequence in term.sequences])
        other = _union([self._runs(sequence, 0) for sequence in term.others])
        starts = _merged([own.starts, other.starts]) if term.others else own.starts
        return Occurrences(own, other, *counted(self.layout.paragraph_of[starts]))

    def _runs(self, sequence: Slots, slop: int) -> Runs:
        """Return where a sequence occurs; with slop, each of the words near each other is a run."""
        if slop and len(sequence) > 1:
            starts, length = self._together(sequence, slop), 1
        else:
            starts, length = self._phrase(sequence), len(sequence)
        return Runs(starts, starts + np.int32(length))

    def _phrase(self, sequence: Slots) -> Ints:
        """Return where words follow one another; only those of the rarest slot are looked up."""
        if len(sequence) == 1:
            return self.positions(sequence[0])
        offsets = [offset for offset, slot in enumerate(sequence) if not slot.is_any]
        offsets.sort(key=lambda offset: self.count(sequence[offset]))
        rarest, *others = offsets or [0]
        starts, last = self.positions(sequence[rarest]) - np.int32(rarest), len(sequence) - 1
        low, high = starts.searchsorted(np.array([0, len(self.layout.words) - last], np.int32))
        found: Ints = starts[low:high]  # where the whole sequence is within the text
        paragraph_of = self.layout.paragraph_of
        found = found[paragraph_of[found] == paragraph_of[found + np.int32(last)]]
        for offset in others:
            if len(found):
                there = self.layout.words[found + np.int32(offset)]
                found = found[contained(there, self._numbers(sequence[offset]))]
        return found

    def _numbers(self, slot: Slot) -> Ints:
        """Return the numbers of the words that may fill a slot, sorted."""
        known = self.lexicon.numbers
        return np.array(sorted(known[word] for word in self.expand(slot)), self.layout.words.dtype)

    def _together(self, sequence: Slots, slop: int) -> Ints:
        """Return the positions of words that are near each other, in any order."""
        different = dict.fromkeys(sequence)
        slots = [slot for slot in different if not slot.is_any] or sequence[:1]
        columns = sorted(map(self.positions, slots), key=len)
        if slop == SAME_SENTENCE:
            return self._in_one_sentence(columns)
        return self._near(columns, len(different) + slop)

    def _in_one_sentence(self, columns: list[Ints]) -> Ints:
        """Return the positions, of all columns, in sentences with one of every column."""
        sentences = [self.layout.sentence_of[positions] for positions in columns]
        in_all = reduce(common, sentences)
        inside = zip(columns, sentences, strict=True)
        return _merged([positions[contained(numbers, in_all)] for positions, numbers in inside])

    def _near(self, columns: list[Ints], width: int) -> Ints:
        """Return the positions, of all columns, in windows with one of every column.

        A window begins at one of them and is ``width`` positions of one paragraph long.
        """
        begins = merged = _merged(columns)
        for positions in columns:
            following = positions.searchsorted(begins)
            exists = following < len(positions)
            begins, nearest = begins[exists], positions[following[exists]]
            begins = begins[self._is_inside(nearest, begins, width)]
        if not len(begins):
            return begins
        # A position is inside any window if it is inside the last that begins before it, or at it.
        latest = begins[np.maximum(begins.searchsorted(merged, side="right") - 1, 0)]
        found: Ints = merged[self._is_inside(merged, latest, width)]
        return found

    def _is_inside(self, positions: Ints, begins: Ints, width: int) -> NDArray[np.bool_]:
        """Return for each position whether it is inside the window with the same index."""
        inside = (begins <= positions) & (positions - begins < width)
        positions, begins = positions[inside], begins[inside]
        inside[inside] = self.layout.paragraph_of[positions] == self.layout.paragraph_of[begins]
        return inside


def _merged(columns: list[Ints]) -> Ints:
    """Merge sorted columns of positions into one, without duplicates."""
    found: Ints = np.sort(np.concatenate(columns), kind="stable")  # merges sorted runs
    return found[_is_first(found)]


def _union(parts: list[Runs]) -> Runs:
    if len(parts) < 2:
        return parts[0] if parts else _NO_RUNS
    starts = np.concatenate([part.starts for part in parts])
    stops = np.concatenate([part.stops for part in parts])
    order = np.lexsort((-stops, starts))  # of two with the same start the longer comes first
    starts, stops = starts[order], stops[order]
    first = _is_first(starts)
    return Runs(starts[first], stops[first])


def _is_first(numbers: Ints) -> NDArray[np.bool_]:
    """Return for each of some sorted numbers whether it differs from the one before."""
    first = np.ones(len(numbers), bool)
    first[1:] = numbers[1:] != numbers[:-1]
    return first


def counted(numbers: Ints) -> tuple[Ints, Ints]:
    """Return the distinct values of sorted numbers, and how often each occurs."""
    edges = np.concatenate([np.flatnonzero(_is_first(numbers)), [len(numbers)]])
    distinct = numbers[edges[:-1]].astype(np.intp)  # as an index, NumPy need not convert this
    return distinct, edges[1:] - edges[:-1]


def contained(some: Ints, others: Ints) -> NDArray[np.bool_]:
    """Return for each number whether it is among the ``others``, which are sorted."""
    if not len(others):
        return np.zeros(len(some), bool)
    at = np.minimum(others.searchsorted(some), len(others) - 1)
    return np.asarray(others[at] == some)


def common(some: Ints, others: Ints) -> Ints:
    """Return the numbers that are in both arrays, which are sorted."""
    if len(others) < len(some):
        some, others = others, some
    return some[contained(some, others)]
