"""Find where a term occurs in a field: runs of positions, as sorted arrays."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .field import Field, Ints, between
from .query import SAME_SENTENCE, Slots, Term


@dataclass(frozen=True)
class Runs:
    """Runs of positions, half-open, ordered by ``starts``, no two with the same start."""

    starts: Ints
    stops: Ints

    def between(self, low: int, high: int) -> Iterable[tuple[int, int]]:
        """Return start and stop of the runs number ``low`` up to ``high``."""
        return zip(self.starts[low:high].tolist(), self.stops[low:high].tolist(), strict=True)


def occurrences(term: Term, field: Field) -> Runs:
    """Return every place where a term occurs in one of its own sequences."""
    return _union([_runs(sequence, term.reach, field) for sequence in term.sequences])


def other_occurrences(term: Term, field: Field) -> Runs:
    """Return every place where the other form of a term occurs: an acronym, or its long form."""
    return _union([_runs(sequence, 0, field) for sequence in term.others])


def _union(parts: list[Runs]) -> Runs:
    if len(parts) == 1:
        return parts[0]
    starts = np.concatenate([part.starts for part in parts] or [np.empty(0, np.int32)])
    stops = np.concatenate([part.stops for part in parts] or [np.empty(0, np.int32)])
    order = np.lexsort((-stops, starts))  # of two with the same start the longer comes first
    starts, stops = starts[order], stops[order]
    first = np.diff(starts, prepend=-1) > 0
    return Runs(starts[first], stops[first])


def _alike(starts: Ints, length: int) -> Runs:
    return Runs(starts, starts + np.int32(length))


def _runs(sequence: Slots, reach: int, field: Field) -> Runs:
    if len(sequence) == 1:
        return _alike(field.positions(sequence[0]), 1)
    if not reach:
        return _alike(_phrase(sequence, field), len(sequence))
    columns = _columns(sequence, field)
    if reach == SAME_SENTENCE:
        return _alike(_same_sentence(columns, field), 1)
    return _alike(_near(columns, len(set(sequence)) + reach, field), 1)


def _phrase(sequence: Slots, field: Field) -> Ints:
    """Return the starts of words that follow each other. The rarest is looked up first."""
    slots = [(slot, offset) for offset, slot in enumerate(sequence) if not slot.is_any]
    slots.sort(key=lambda pair: field.count(pair[0]))
    (slot, offset), *others = slots or [(sequence[0], 0)]
    starts = field.positions(slot) - np.int32(offset)
    for slot, offset in others:
        if len(starts):
            starts = starts[contained(starts + np.int32(offset), field.positions(slot))]
    last = starts + np.int32(len(sequence) - 1)
    whole = (starts >= 0) & (last < field.layout.size)
    starts, last = starts[whole], last[whole]
    of = field.layout.paragraph_of
    found: Ints = starts[of(starts) == of(last)]  # not from one paragraph to the next
    return found


def contained(some: Ints, others: Ints) -> NDArray[np.bool_]:
    """Return for each of some numbers whether it is among others; both are sorted."""
    if not len(others):
        return np.zeros(len(some), bool)
    at = np.minimum(others.searchsorted(some), len(others) - 1)
    return np.asarray(others[at] == some)


def _columns(sequence: Slots, field: Field) -> list[Ints]:
    """Return the positions of each different slot, the rarest first; ``*`` is no condition."""
    slots = [slot for slot in dict.fromkeys(sequence) if not slot.is_any] or sequence[:1]
    return sorted(map(field.positions, slots), key=len)


def _same_sentence(columns: list[Ints], field: Field) -> Ints:
    """Return the positions of words in the sentences that have one of every column."""
    bounds, sentence_of = field.layout.sentences, field.layout.sentence_of
    wanted = np.unique(sentence_of(columns[0]))
    for positions in columns[1:]:
        there = between(positions, bounds[wanted], bounds[wanted + 1])
        wanted = np.unique(sentence_of(there))
    return between(_merged(columns), bounds[wanted], bounds[wanted + 1])


def _near(columns: list[Ints], width: int, field: Field) -> Ints:
    """Return the positions of words in the windows that have one of every column.

    A window begins at one of the words and has ``width`` positions of one paragraph. It is good
    when the nearest following position of every column is inside it.
    """
    merged, paragraph_of = _merged(columns), field.layout.paragraph_of
    paragraphs = paragraph_of(merged)
    good = np.ones(len(merged), bool)
    for positions in columns:
        if not len(positions):
            return positions
        at = positions.searchsorted(merged)
        good &= at < len(positions)
        nearest = positions[np.minimum(at, len(positions) - 1)]
        good &= (nearest - merged < width) & (paragraph_of(nearest) == paragraphs)
    begins = merged[good]
    if not len(begins):
        return begins
    latest = begins[np.maximum(begins.searchsorted(merged, side="right") - 1, 0)]
    inside = (latest <= merged) & (merged - latest < width)
    found: Ints = merged[inside & (paragraph_of(latest) == paragraphs)]
    return found


def _merged(columns: Iterable[Ints]) -> Ints:
    return np.unique(np.concatenate(list(columns)))
