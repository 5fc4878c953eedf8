"""A build of the index, open: where every word stands, as arrays."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from threading import Lock
from weakref import finalize

import numpy as np

from ..errors import IndexFolderError
from ..model import Document, Paragraph
from .build import build, every_paragraph
from .codec import Postings
from .folder import REBUILD, current, manifest, problems
from .kept import Kept
from .lexicon import Lexicon
from .matching import Ints
from .query import Slot
from .suggest import Suggester

__all__ = ["FieldPlaces", "Index", "build", "open_index", "problems"]

# Bytes of positions kept: those of a third of all words of 100,000 paragraphs. With the texts and
# what ranking keeps it has to stay under 500 megabytes there.
_POSITIONS_KEPT = 32_000_000


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
        return np.searchsorted(self.bounds, positions, side="right").astype(np.int32) - 1


class FieldPlaces:
    """Where the words of one field stand, in all paragraphs of the index one behind the other.

    Read-only and safe to share between threads: what is decoded is kept and never changed.
    """

    def __init__(self, folder: Path, name: str, postings: Postings, words: Lexicon) -> None:
        self.paragraph = Parts(_load(folder, f"{name}-paragraphs"))
        self.sentence = Parts(_load(folder, f"{name}-sentences"))
        self.lexicon = words
        self._postings, self._name = postings, name
        self._kept: Kept[Slot | str, Ints] = Kept(lambda array: array.nbytes, _POSITIONS_KEPT)

    @property
    def bounds(self) -> Ints:
        """Where the tokens of each paragraph begin, and, last, where all end."""
        return self.paragraph.bounds

    def positions(self, slot: Slot) -> Ints:
        """Where a word stands that may fill a slot: sorted, none twice."""
        return self._kept.get(slot, lambda: self._positions(slot))

    def _positions(self, slot: Slot) -> Ints:
        if slot.kind == "glob" and set(slot.text) == {"*"}:
            return np.arange(len(self.paragraph), dtype=np.int32)
        lists = [self._kept.get(w, partial(self._word, w)) for w in self.lexicon.expand(slot)]
        if len(lists) == 1:
            return lists[0]
        return np.sort(np.concatenate(lists)) if lists else np.empty(0, np.int32)

    def _word(self, word: str) -> Ints:
        posted = self._postings.of(self._name, word)
        return np.repeat(self.bounds[posted.paragraphs], posted.counts) + posted.positions


class Rows:
    """The rows of an array in a file. They are read when asked for, a few at a time.

    Not mapped into memory: all that was ever asked for would count as memory held.
    """

    def __init__(self, file: Path) -> None:
        self._file = file.open("rb", buffering=0)
        finalize(self, self._file.close)
        self._lock = Lock()  # a file has one place at which it is read
        np.lib.format.read_magic(self._file)
        (_, self._columns), _, self._type = np.lib.format.read_array_header_1_0(self._file)
        self._first = self._file.tell()

    def __getitem__(self, rows: slice) -> memoryview[int]:
        width = self._columns * self._type.itemsize
        number = rows.stop - rows.start
        with self._lock:
            self._file.seek(self._first + rows.start * width)
            content = self._file.read(number * width)
        return memoryview(content).cast("i", (number, self._columns))


@dataclass(frozen=True)
class Index:
    """One build, open: the paragraphs in reading order, and where every word stands in them.

    ``spread`` has, for each family of words, in how many paragraphs one of them stands.
    """

    folder: Path
    fingerprint: str
    documents: tuple[Document, ...]
    text: FieldPlaces
    headings: FieldPlaces
    spread: Ints
    _sentences: Ints
    _tokens: Rows

    @cached_property
    def paragraphs(self) -> tuple[tuple[Document, Paragraph], ...]:
        """Every paragraph with its document, by its number in the index."""
        return tuple(every_paragraph(self.documents))

    @cached_property
    def number(self) -> dict[str, int]:
        """The number of a paragraph in the index, by its id."""
        return {paragraph.id: number for number, (_, paragraph) in enumerate(self.paragraphs)}

    @cached_property
    def corners(self) -> tuple[tuple[Document, Paragraph], ...]:
        """One paragraph of each corner: of each section on each page."""
        return self._cornered[0]

    @cached_property
    def corner(self) -> Ints:
        """In which of the corners each paragraph stands."""
        return self._cornered[1]

    @cached_property
    def _cornered(self) -> tuple[tuple[tuple[Document, Paragraph], ...], Ints]:
        numbers: dict[tuple[str, str, int], int] = {}
        found, firsts = [], []
        for document, paragraph in self.paragraphs:
            corner = (document.id, paragraph.section, paragraph.page)
            if corner not in numbers:
                numbers[corner] = len(numbers)
                firsts.append((document, paragraph))
            found.append(numbers[corner])
        return tuple(firsts), np.array(found, np.int32)

    @cached_property
    def suggester(self) -> Suggester:
        """What can be suggested while somebody types."""
        entries = json.loads((self.folder / "suggestions.json").read_text(encoding="utf-8"))
        return Suggester(tuple(map(tuple, entries)))

    def tokens(self, number: int) -> memoryview[int]:
        """Start, stop and family of every token of a paragraph: 32-bit integers, a row each.

        Start and stop are half-open, in code points; a family's number is its place in the names.
        """
        low, high = self.text.bounds[number : number + 2].tolist()
        return self._tokens[low:high]

    def sentence_stops(self, number: int) -> list[int]:
        """Where each sentence of a paragraph ends and the next begins, in code points."""
        low, high = self._sentence_bounds[number : number + 2].tolist()
        stops: list[int] = self._sentences[0, low:high].tolist()
        return stops

    @cached_property
    def _sentence_bounds(self) -> Ints:
        wanted = np.arange(len(self.paragraphs) + 1, dtype=np.int32)
        return np.searchsorted(self._sentences[1], wanted).astype(np.int32)


def open_index(index: Path, documents: tuple[Document, ...]) -> Index:
    """Open the build in force over the documents that it was made from.

    ``problems`` tells beforehand whether it is whole. Raises IndexFolderError when it is missing.
    """
    folder = current(index)
    if folder is None:
        raise IndexFolderError(f"There is no index in {index}. {REBUILD}.")
    made = manifest(folder)
    words = Lexicon(**json.loads((folder / "lexicon.json").read_text(encoding="utf-8")))
    postings = Postings(folder)
    counts = dict.fromkeys(postings.words("headings"), 1)
    return Index(
        folder=folder,
        fingerprint=made["corpus"],
        documents=documents,
        text=FieldPlaces(folder, "text", postings, words),
        headings=FieldPlaces(folder, "headings", postings, Lexicon(counts, {}, {})),
        spread=_load(folder, "families"),
        _sentences=_load(folder, "sentences"),
        _tokens=Rows(folder / "text.npy"),
    )


def _load(folder: Path, name: str) -> Ints:
    """An array that stays on disk until it is read; a plain view of it, which is quicker to cut."""
    return np.asarray(np.load(folder / f"{name}.npy", mmap_mode="r"))
