"""Where a term stands: sets of positions, as sorted arrays.

A **position** counts tokens from 0. The same functions serve one paragraph (positions of its own
tokens) and a whole index (all paragraphs one behind the other), so that what is found, what is
counted and what is highlighted can never differ.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from .query import SAME_SENTENCE, Sequence, Slot, Term

Ints: TypeAlias = NDArray[np.int32]
Whole: TypeAlias = NDArray[np.signedinteger]


class Parts:
    """In which part each position stands, where parts follow each other, from 0.

    ``bounds`` is where each part begins and, last, where all end. Looking a position up there
    takes a little longer than in a column with a row for each, and four bytes a token less.
    """

    def __init__(self, bounds: Ints) -> None:
        self.bounds = bounds

    def __len__(self) -> int:
        return int(self.bounds[-1])

    def __getitem__(self, positions: Ints) -> Ints:
        return self.bounds.searchsorted(positions, side="right").astype(np.int32) - 1

    def within(self, parts: Whole, positions: Ints) -> Ints:
        """Those of some positions (sorted) that stand in some of the parts (sorted)."""
        return between(positions, self.bounds[parts], self.bounds[parts + 1])


class Places(Protocol):
    """The positions of words in some text, and how the text is cut."""

    @property
    def sentence(self) -> Parts:
        """The sentences."""

    @property
    def paragraph(self) -> Parts:
        """The paragraphs."""

    def count(self, slot: Slot) -> int:
        """How often about a word stands that may fill this slot; 0 where none does."""

    def positions(self, slot: Slot) -> Ints:
        """Where a word stands that may fill this slot: sorted, none twice."""


@dataclass(frozen=True)
class Occurrences:
    """Runs of positions, ordered by ``starts`` and none twice.

    ``lengths`` are how many positions they have: of each run, or one length for all, for the runs
    of most terms are as many as those of a common word, and alike.
    """

    starts: Ints
    lengths: Ints

    @property
    def stops(self) -> Ints:
        """Where the runs end: the position after the last."""
        return self.starts + self.lengths

    @property
    def nbytes(self) -> int:
        """The memory they take."""
        return self.starts.nbytes + self.lengths.nbytes

    def between(self, low: int, high: int) -> list[tuple[int, int]]:
        """Start and stop of the runs from ``low`` to ``high``, counted from 0."""
        starts = self.starts[low:high].tolist()
        if len(self.lengths) == 1:
            length = int(self.lengths[0])
            return [(start, start + length) for start in starts]
        lengths = self.lengths[low:high].tolist()
        return [(start, start + length) for start, length in zip(starts, lengths, strict=True)]


def occurrences(term: Term, places: Places) -> Occurrences:
    """Every place where a term stands in one of its own sequences."""
    return _union([_reach(sequence, term.reach, places) for sequence in term.sequences])


def other_occurrences(term: Term, places: Places) -> Occurrences:
    """Every place where the other form of a term stands: an acronym, or what it stands for."""
    return _union([_reach(sequence, 0, places) for sequence in term.others])


def _union(parts: list[Occurrences]) -> Occurrences:
    if len(parts) == 1:
        return parts[0]
    if not parts:
        return _alike(np.empty(0, np.int32), 1)
    starts = np.concatenate([part.starts for part in parts])
    stops = np.concatenate([part.stops for part in parts])
    order = np.lexsort((-stops, starts))  # of two that start together the longer comes first
    starts, stops = starts[order], stops[order]
    keep = np.ones(len(starts), bool)
    keep[1:] = starts[1:] != starts[:-1]
    return Occurrences(starts[keep], (stops - starts)[keep])


def _reach(sequence: Sequence, reach: int, places: Places) -> Occurrences:
    if len(sequence) == 1:
        found = places.positions(sequence[0])
    elif reach == 0:
        return _phrase(sequence, places)
    elif reach == SAME_SENTENCE:
        found = _same_sentence(sequence, places)
    else:
        found = _near(sequence, reach, places)
    return _alike(found, 1)


def _phrase(sequence: Sequence, places: Places) -> Occurrences:
    """Words that follow each other. The rarest is taken first, so that the common cost little."""
    slots = [(slot, offset) for offset, slot in enumerate(sequence) if not slot.is_any]
    slots.sort(key=lambda pair: places.count(pair[0]))
    (slot, offset), *others = slots or [(sequence[0], 0)]
    starts = places.positions(slot) - np.int32(offset)
    for slot, offset in others:
        if len(starts):
            starts = starts[contained(starts + np.int32(offset), places.positions(slot))]
    if len(starts):  # a phrase does not begin in one paragraph and end in the next
        last = starts + np.int32(len(sequence) - 1)
        whole = (starts >= 0) & (last < len(places.paragraph))
        starts, last = starts[whole], last[whole]
        starts = starts[places.paragraph[starts] == places.paragraph[last]]
    return _alike(starts, len(sequence))


def _alike(starts: Ints, length: int) -> Occurrences:
    return Occurrences(starts, np.array([length], np.int32))


def contained(some: Ints, others: Ints) -> NDArray[np.bool_]:
    """Which of some (sorted) are among others (sorted)."""
    if not len(others):
        return np.zeros(len(some), bool)
    at = np.searchsorted(others, some)
    at[at == len(others)] = 0
    return np.asarray(others[at] == some)


def between(positions: Ints, starts: Ints, stops: Ints) -> Ints:
    """Those of some positions (sorted) that lie from a start to its stop (both sorted)."""
    lows = positions.searchsorted(starts)
    lengths = positions.searchsorted(stops) - lows
    first = np.repeat(lows + lengths - np.cumsum(lengths), lengths)
    found: Ints = positions[first + np.arange(len(first))]
    return found


def _lists(sequence: Sequence, places: Places) -> list[Ints]:
    """Where the words of a sequence stand, the rarest first; what any word is, is no condition."""
    slots = [slot for slot in dict.fromkeys(sequence) if not slot.is_any] or sequence[:1]
    return sorted(map(places.positions, slots), key=len)


def _same_sentence(sequence: Sequence, places: Places) -> Ints:
    """Positions of words in the sentences that have all of them."""
    lists = _lists(sequence, places)
    wanted = np.unique(places.sentence[lists[0]])
    for number, positions in enumerate(lists):
        lists[number] = places.sentence.within(wanted, positions)
        wanted = np.unique(places.sentence[lists[number]])
    merged = np.unique(np.concatenate(lists))
    return places.sentence.within(wanted, merged)


def _near(sequence: Sequence, reach: int, places: Places) -> Ints:
    """Positions of words in the windows that have all of them and at most ``reach`` others.

    A window begins where one of the words stands, and is as wide as it may be. It is good when
    the nearest following place of every other word lies in it.
    """
    lists = _lists(sequence, places)
    width = len(set(sequence)) + reach
    if not all(len(positions) for positions in lists):
        return np.empty(0, np.int32)
    wanted = np.unique(places.paragraph[lists[0]])
    for number, positions in enumerate(lists):
        lists[number] = places.paragraph.within(wanted, positions)
        wanted = np.unique(places.paragraph[lists[number]])
    lists = [places.paragraph.within(wanted, positions) for positions in lists]
    merged = np.unique(np.concatenate(lists))
    good = np.ones(len(merged), bool)
    for positions in lists:
        at = np.searchsorted(positions, merged)
        good &= at < len(positions)
        nearest = positions[np.minimum(at, len(positions) - 1)]
        good &= (nearest - merged < width) & _same_paragraph(merged, nearest, places)
    begins = merged[good]
    if not len(begins):
        return begins
    latest = begins[np.maximum(np.searchsorted(begins, merged, side="right") - 1, 0)]
    inside = (latest <= merged) & (merged - latest < width)
    return merged[inside & _same_paragraph(latest, merged, places)]


def _same_paragraph(some: Ints, others: Ints, places: Places) -> NDArray[np.bool_]:
    return np.asarray(places.paragraph[some] == places.paragraph[others])
