"""How this index keeps its postings in Whoosh: those of a word as three arrays.

Whoosh lets a codec say how postings lie on disk. Its own reads and writes them one at a time, some
microseconds each, which is most of the time that an index takes; the dictionary, the lengths and
the stored fields are kept as it keeps them. Postings of a word, n paragraphs, are 32-bit integers:

    paragraphs[n], ascending    counts[n]    positions[sum(counts)], in tokens of the paragraph

An index so written is a Whoosh index: Whoosh's own searcher finds the same and scores the same in
it as in one that Whoosh has written itself, which a test holds. The names used are those that
Whoosh gives to codecs, in ``whoosh.codec``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

import numpy as np
from whoosh.codec import base, whoosh3
from whoosh.fields import Schema
from whoosh.filedb.filestore import FileStorage, RamStorage
from whoosh.filedb.structfile import BufferFile
from whoosh.index import TOC
from whoosh.matching import ListMatcher

from .folder import Build
from .matching import Ints

_NAME = "MAIN"  # what Whoosh calls an index that is given no name
_MAGIC = b"WPS1"  # before the postings, so that no postings of another kind are read
_INT = np.dtype("<i4")


class Posted(NamedTuple):
    """The postings of one word: in which paragraphs, how often in each, at which positions."""

    paragraphs: Ints
    counts: Ints
    positions: Ints


class Inverted(NamedTuple):
    """One field of all paragraphs: its length in each, and its words, sorted, with their postings.

    A word is in UTF-8, for Whoosh sorts bytes.
    """

    lengths: Ints
    words: Iterator[tuple[bytes, Posted]]


class Codec(whoosh3.W3Codec):
    """Whoosh's codec, but for the postings."""

    def postings_writer(self, dbfile: Any, byteids: bool = False) -> base.PostingsWriter:
        """What writes postings into a file; ``byteids`` is of vectors, which there are none of."""
        return _Writer(dbfile)

    def postings_reader(
        self, dbfile: Any, terminfo: Any, format_: Any, term: Any = None, scorer: Any = None
    ) -> ListMatcher:
        """Postings as Whoosh's own searcher walks through them."""

        def read(place: int, number: int) -> Ints:
            return np.frombuffer(dbfile.get(place, number * _INT.itemsize), _INT)

        posted = _posted(read, terminfo)
        stops = np.cumsum(posted.counts)
        return ListMatcher(
            posted.paragraphs.tolist(),
            posted.counts.astype(float).tolist(),
            [part.tobytes() for part in np.split(posted.positions, stops[:-1])],
            format_,
            scorer,
            term=term,
            terminfo=terminfo,
        )


class _Writer(base.PostingsWriter):
    """Writes all postings of a word at once."""

    def __init__(self, file: Any) -> None:
        self._file = file
        if not file.tell():
            file.write(_MAGIC)

    def start_postings(self, format_: Any, terminfo: Any) -> None:
        """Begin a word."""
        self._start = self._file.tell()

    def add_posting(self, id_: Ints, weight: Ints, vbytes: Ints, length: Any = None) -> None:
        """Add all postings of the word, as in Posted; ``length`` is of the paragraphs, in words."""
        self._info = whoosh3.W3TermInfo(
            weight=float(weight.sum()),
            df=len(id_),
            minlength=int(length.min()),
            maxlength=int(length.max()),
            maxweight=float(weight.max()),
            minid=int(id_[0]),
            maxid=int(id_[-1]),
        )
        for array in (id_, weight, vbytes):
            self._file.write(array.astype(_INT).tobytes())

    def finish_postings(self) -> Any:
        """End the word; what the dictionary has to know of it."""
        self._info.set_extent(self._start, self._file.tell() - self._start)
        return self._info

    def written(self) -> bool:
        """Nothing is held back."""
        return True


def write(
    folder: Path,
    schema: Schema,
    stored: Sequence[Mapping[str, object]],
    fields: Mapping[str, Inverted],
) -> None:
    """Write a Whoosh index of one segment into a folder: stored fields, and fields of words.

    ``stored`` has the values of each paragraph's stored fields, by the fields' names.
    """
    storage, codec = FileStorage(str(folder)), Codec()
    segment = codec.new_segment(storage, _NAME)
    documents = codec.per_document_writer(storage, segment)
    lengths = {name: field.lengths.tolist() for name, field in fields.items()}
    for number, values in enumerate(stored):
        documents.start_doc(number)
        for name, value in values.items():
            documents.add_field(name, schema[name], value, 0)
        for field in fields:
            documents.add_field(field, schema[field], None, lengths[field][number])
        documents.finish_doc()
    documents.close()
    storage.temp_storage(f"{_NAME}.tmp").destroy()  # where columns were until they were whole
    terms = codec.field_writer(storage, segment)
    for field in sorted(fields):
        terms.start_field(field, schema[field])
        for word, posted in fields[field].words:
            terms.start_term(word)
            terms.add(*posted, fields[field].lengths[posted.paragraphs])
            terms.finish_term()
        terms.finish_field()
    terms.close()
    segment.set_doc_count(len(stored))
    TOC(schema, [segment], 1).write(storage, _NAME)


class Postings:
    """The postings of a Whoosh index so written. Safe to share between threads."""

    def __init__(self, build: Build) -> None:
        storage = RamStorage()
        storage.files = {name: build.read(name) for name in build.files if name.endswith(".toc")}
        (segment,) = TOC.read(storage, _NAME).segments
        self.paragraphs = int(segment.doc_count_all())
        content = build.read(segment.make_filename(Codec.TERMS_EXT))
        file = BufferFile(memoryview(content))
        self._terms = whoosh3.W3TermsReader(segment.codec(), file, len(content), None)
        # Read, and not mapped to memory: what is read once would count as memory held.
        self._file = build.files[segment.make_filename(Codec.POSTS_EXT)]
        self._lock = Lock()  # Whoosh's dictionary has one place at which it is read

    def words(self, field: str) -> Iterator[str]:
        """The words of a field, in the order of their code points."""
        for name, word in self._terms.terms_from(field, b""):
            if name != field:
                break
            yield word.decode()

    def of(self, field: str, word: str) -> Posted:
        """The postings of a word, which must be in the field."""
        with self._lock:
            return _posted(self._read, self._terms.term_info(field, word.encode()))

    def _read(self, place: int, number: int) -> Ints:
        return np.frombuffer(self._file.read(place, number * _INT.itemsize), _INT)


def _posted(read: Callable[[int, int], Ints], info: Any) -> Posted:
    """Postings; ``read`` gives so many integers from a place on, which is counted in bytes."""
    place, number = info.extent()[0], info.doc_frequency()
    paragraphs, counts = read(place, 2 * number).reshape(2, number)
    return Posted(paragraphs, counts, read(place + 2 * number * _INT.itemsize, int(counts.sum())))
