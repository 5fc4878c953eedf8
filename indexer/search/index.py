"""A build of the index, open: where every word stands, as arrays."""

from __future__ import annotations

import json
import logging
import math
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..errors import IndexFolderError
from ..model import Document, Paragraph
from .build import build, every_paragraph, write_build
from .codec import Postings
from .folder import Build, Proven, building, make, open_build, problems
from .kept import Kept
from .lexicon import Lexicon
from .matching import Ints, Parts, Whole
from .query import Slot
from .suggest import Suggester

__all__ = ["FieldPlaces", "Index", "build", "open_index", "open_or_build", "problems"]

_log = logging.getLogger(__name__)

FIELDS = ("section", "page", "document")
# Bytes of positions kept: those of a third of all words of 100,000 paragraphs. With the texts and
# what ranking keeps it has to stay under 500 megabytes there.
_POSITIONS_KEPT = 32_000_000
_ROWS_HELD = 32_000_000  # bytes: the tokens of 12,000 paragraphs, read ten times as fast
_EXPANDED = 1_024  # slots of which the words are kept, for they are asked for several times
_HEAD = 4_096  # bytes in which the header of an array is, with room to spare


class Placed(NamedTuple):
    """Positions, sorted, and the paragraph of each."""

    positions: Ints
    paragraphs: Ints


class FieldPlaces:
    """Where the words of one field stand, in all paragraphs of the index one behind the other.

    Read-only and safe to share between threads: what is decoded is kept and never changed.
    """

    def __init__(self, build: Build, name: str, postings: Postings, words: Lexicon) -> None:
        self.paragraph = Parts(_load(build, f"{name}-paragraphs"))
        self.sentence = Parts(_load(build, f"{name}-sentences"))
        self.lexicon = words
        self.expand = lru_cache(_EXPANDED)(words.expand)
        self._postings, self._name = postings, name
        self._kept: Kept[Slot | str, Placed] = Kept(_nbytes, _POSITIONS_KEPT)

    @property
    def bounds(self) -> Ints:
        """Where the tokens of each paragraph begin, and, last, where all end."""
        return self.paragraph.bounds

    def count(self, slot: Slot) -> int:
        """How often a word stands that may fill a slot; of headings, how many words may."""
        return sum(map(self.lexicon.counts.__getitem__, self.expand(slot)))

    def positions(self, slot: Slot) -> Ints:
        """Where a word stands that may fill a slot: sorted, none twice."""
        return self.placed(slot).positions

    def placed(self, slot: Slot) -> Placed:
        """Where a word stands that may fill a slot, and in which paragraph each time."""
        return self._kept.get(slot, lambda: self._placed(slot))

    def _placed(self, slot: Slot) -> Placed:
        if slot.is_any:
            every = np.arange(len(self.paragraph), dtype=np.int32)
            return Placed(every, self.paragraph[every])
        found = [self._kept.get(w, partial(self._word, w)) for w in self.expand(slot)]
        if len(found) == 1:
            return found[0]
        if not found:
            return Placed(np.empty(0, np.int32), np.empty(0, np.int32))
        # Positions in order are in the order of their paragraphs, so that each may be sorted alone.
        return Placed(*(np.sort(np.concatenate(parts)) for parts in zip(*found, strict=True)))

    def _word(self, word: str) -> Placed:
        posted = self._postings.of(self._name, word)
        paragraphs = np.repeat(posted.paragraphs, posted.counts)
        return Placed(self.bounds[paragraphs] + posted.positions, paragraphs)


def _nbytes(placed: Placed) -> int:
    return placed.positions.nbytes + placed.paragraphs.nbytes


class Rows:
    """The rows of an array in a file, a few at a time.

    A file of up to _ROWS_HELD bytes is held in memory. A larger one is read where it is asked for:
    mapped into memory, all that was ever asked for would count as memory held.
    """

    def __init__(self, file: Proven) -> None:
        small = file.size <= _ROWS_HELD
        self._held: NDArray[Any] | None = np.load(BytesIO(file.read())) if small else None
        self._file, head = file, BytesIO(file.read(0, min(_HEAD, file.size)))
        np.lib.format.read_magic(head)
        (_, *self._columns), _, self._type = np.lib.format.read_array_header_1_0(head)
        self._first, self._width = head.tell(), math.prod(self._columns) * self._type.itemsize

    def __getitem__(self, rows: slice) -> NDArray[Any]:
        if self._held is not None:
            return self._held[rows]
        start, size = rows.start * self._width, (rows.stop - rows.start) * self._width
        content = self._file.read(self._first + start, size)
        return np.frombuffer(content, self._type).reshape(-1, *self._columns)

    def of(self, numbers: Whole) -> NDArray[Any]:
        """Some rows, by their numbers."""
        if self._held is not None:
            return self._held[numbers]
        empty = np.empty((0, *self._columns), self._type)
        return np.concatenate([empty, *(self[n : n + 1] for n in numbers.tolist())])


@dataclass(frozen=True)
class Index:
    """One build, open: the paragraphs in reading order, and where every word stands in them.

    ``tokens`` has start, stop and word of the token at each position: half-open, in code points of
    its paragraph, and by the word's number in the lexicon. ``telling`` has for each paragraph a row
    of the families of words that tell most of it, best first, by their place in the lexicon's
    names, and behind them -1. ``related`` has for each a row of those most like it: ``paragraph``
    is a number, ``like`` how like it is.
    """

    build: Build
    documents: tuple[Document, ...]
    text: FieldPlaces
    headings: FieldPlaces
    tokens: Rows
    telling: Rows
    related: Rows
    _sentences: Ints

    @cached_property
    def paragraphs(self) -> tuple[tuple[Document, Paragraph], ...]:
        """Every paragraph with its document, by its number in the index."""
        return tuple(every_paragraph(self.documents))

    @cached_property
    def number(self) -> dict[str, int]:
        """The number of a paragraph in the index, by its id."""
        return {paragraph.id: number for number, (_, paragraph) in enumerate(self.paragraphs)}

    @cached_property
    def columns(self) -> dict[str, tuple[tuple[str, ...], Ints]]:
        """By field the different values that paragraphs have, and which of them each has."""
        rows = [place(document, paragraph) for document, paragraph in self.paragraphs]
        return {field: _encoded([row[field] for row in rows]) for field in FIELDS}

    @cached_property
    def suggester(self) -> Suggester:
        """What can be suggested while somebody types."""
        entries = json.loads(self.build.read("suggestions.json"))
        return Suggester(tuple(map(tuple, entries)))

    def sentence_stops(self, numbers: Whole) -> list[list[int]]:
        """Where the sentences of each of some paragraphs end, in code points of its text."""
        bounds = self._sentence_bounds[np.add.outer(numbers, (0, 1))].tolist()
        return [self._sentences[0, low:high].tolist() for low, high in bounds]

    @cached_property
    def _sentence_bounds(self) -> Ints:
        wanted = np.arange(len(self.paragraphs) + 1, dtype=np.int32)
        return np.searchsorted(self._sentences[1], wanted).astype(np.int32)


def place(document: Document, paragraph: Paragraph) -> dict[str, str]:
    """What a filter can ask of a paragraph: the values of FIELDS."""
    return {
        "section": paragraph.section,
        "page": str(paragraph.page),
        "document": document.id,
    }


def _encoded(values: list[str]) -> tuple[tuple[str, ...], Ints]:
    numbers = {value: number for number, value in enumerate(dict.fromkeys(values))}
    return tuple(numbers), np.array([numbers[value] for value in values], np.int32)


def open_or_build(index: Path, documents: tuple[Document, ...], fingerprint: str) -> Index:
    """Open the index of some documents; one that cannot serve is built first, and the log says why.

    Raises IndexFolderError where it cannot be written.
    """
    with suppress(IndexFolderError):
        return open_index(index, documents, fingerprint)
    with building(index):
        try:  # another process may have built it meanwhile
            return open_index(index, documents, fingerprint)
        except IndexFolderError as error:
            _log.info("building the index: %s", error)
        make(index, fingerprint, partial(write_build, documents))
        return open_index(index, documents, fingerprint)


def open_index(index: Path, documents: tuple[Document, ...], fingerprint: str) -> Index:
    """Open the build in force over the documents that it was made from.

    Raises IndexFolderError when it is missing, damaged, or not of these documents.
    """
    build = open_build(index, fingerprint)
    words = Lexicon(**json.loads(build.read("lexicon.json")))
    postings = Postings(build)
    counts = dict.fromkeys(postings.words("headings"), 1)
    return Index(
        build=build,
        documents=documents,
        text=FieldPlaces(build, "text", postings, words),
        headings=FieldPlaces(build, "headings", postings, Lexicon(counts, {}, {})),
        tokens=Rows(build.files["text.npy"]),
        telling=Rows(build.files["telling.npy"]),
        related=Rows(build.files["related.npy"]),
        _sentences=_load(build, "sentences"),
    )


def _load(build: Build, name: str) -> NDArray[Any]:
    """A whole array, in memory: one that is mapped to a file ends the process if that is cut."""
    loaded: NDArray[Any] = np.load(BytesIO(build.read(f"{name}.npy")))
    return loaded
