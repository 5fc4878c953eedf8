"""The index folder: built aside from documents, swapped in whole, opened as arrays.

::

    <index>/current            the name of the build that is in force
    <index>/<build>/           one build, never changed once it stands
        *.seg, *.toc           the Whoosh index
        text.npy headings.npy  start, stop, sentence, paragraph, family of every token: five rows
        sentences.npy          stop and paragraph of every sentence: two rows
        families.npy           in how many paragraphs a form of each word stands
        lexicon.json           the words, and what the texts say of compounds and acronyms
        manifest.json          schema version, corpus fingerprint, SHA-256 of every other file
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from whoosh.filedb.filestore import FileStorage
from whoosh.reading import IndexReader

from ..errors import IndexFolderError
from ..model import Document, Paragraph
from .analysis import Tokens, key, sentences, tokenize
from .lexicon import Lexicon, lexicon
from .matching import Ints
from .query import Slot
from .results import Span
from .schema import schema

SCHEMA_VERSION = 2  # raised whenever an index that stands would be read wrongly
# Posting lists kept decoded: all of the paper's, and what a month of queries asks of a library.
POSTINGS_KEPT = 8_192
REBUILD = "Run `python -m indexer build`"
_WRITER_MEMORY = 512  # megabytes before Whoosh sorts to disk; 100,000 paragraphs need that much
_FIELDS = ("text", "headings")


def build(documents: Sequence[Document], fingerprint: str, index: Path) -> Path:
    """Index documents in a new folder below ``index`` and put it in force; the folder it is.

    ``fingerprint`` names the corpus that the documents are from. Whoever has the build before
    open goes on with it; older ones are removed. Raises IndexFolderError when the disk refuses.
    """
    try:
        index.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=".new-", dir=index))
        try:
            _write(documents, fingerprint, aside)
            folder = index / f"{fingerprint[:12]}-{aside.name[5:]}"
            aside.rename(folder)
        except BaseException:
            shutil.rmtree(aside, ignore_errors=True)
            raise
        before = _current(index)
        _write_whole(index / "current", folder.name.encode())
        _remove_old(index, {folder.name, before.name if before else ""})
    except OSError as error:
        raise IndexFolderError(
            f"The index could not be written in {index}: {error.strerror or error}. "
            "Make room or give a folder that can be written with --index."
        ) from error
    return folder


def _write(documents: Sequence[Document], fingerprint: str, folder: Path) -> None:
    rows: dict[str, list[Tokens]] = {name: [] for name in _FIELDS}
    whoosh = FileStorage(str(folder)).create_index(schema())
    writer = whoosh.writer(limitmb=_WRITER_MEMORY)
    for document, paragraph in _paragraphs(documents):
        text = tokenize(paragraph.text)
        headings = tokenize("\n".join(document.headings(paragraph.section)))
        writer.add_document(
            id=paragraph.id,
            document=document.id,
            section=paragraph.section,
            page=paragraph.page,
            position=len(rows["text"]),
            text=text.words,
            headings=headings.words,
        )
        rows["text"].append(text)
        rows["headings"].append(headings)
    writer.commit(optimize=True)
    whoosh.close()
    words = lexicon(rows["text"], (paragraph.text for _, paragraph in _paragraphs(documents)))
    (folder / "lexicon.json").write_text(json.dumps(asdict(words)), encoding="utf-8")
    columns = _columns(rows["text"], {name: n for n, name in enumerate(words.family_names)})
    np.save(folder / "text.npy", columns)
    np.save(folder / "headings.npy", _columns(rows["headings"], {}))
    np.save(folder / "sentences.npy", _sentences(documents))
    np.save(folder / "families.npy", _spread(columns, len(words.family_names)))
    manifest = {
        "schema": SCHEMA_VERSION,
        "corpus": fingerprint,
        "paragraphs": len(rows["text"]),
        "files": {file.name: _sha256(file) for file in sorted(folder.iterdir())},
    }
    _write_whole(folder / "manifest.json", json.dumps(manifest, indent=1).encode())


def _paragraphs(documents: Iterable[Document]) -> Iterable[tuple[Document, Paragraph]]:
    for document in documents:
        for paragraph in document.paragraphs:
            yield document, paragraph


def _columns(rows: Sequence[Tokens], families: dict[str, int]) -> Ints:
    """Start, stop, sentence, paragraph and family of all tokens, paragraph behind paragraph."""
    columns = np.empty((5, sum(len(tokens.words) for tokens in rows)), np.int32)
    place = sentence = 0
    for number, tokens in enumerate(rows):
        stop = place + len(tokens.words)
        if stop > place:
            columns[:2, place:stop] = np.array(tokens.spans, np.int32).T
            columns[2, place:stop] = np.array(tokens.sentences, np.int32) + sentence
            columns[3, place:stop] = number
            columns[4, place:stop] = [families.get(key(word), -1) for word in tokens.words]
            sentence += tokens.sentences[-1] + 1
        place = stop
    return columns


def _sentences(documents: Iterable[Document]) -> Ints:
    """Stop (in code points of its paragraph) and paragraph of every sentence."""
    rows = [
        (stop, number)
        for number, (_, paragraph) in enumerate(_paragraphs(documents))
        for _, stop in sentences(paragraph.text)
    ]
    return np.ascontiguousarray(np.array(rows, np.int32).reshape(-1, 2).T)


def _spread(text: Ints, families: int) -> Ints:
    """In how many paragraphs each family stands."""
    pairs = np.unique(text[3].astype(np.int64) * families + text[4])
    counts: Ints = np.bincount(pairs % max(families, 1), minlength=families).astype(np.int32)
    return counts


def _sha256(file: Path) -> str:
    digest = hashlib.sha256()
    with file.open("rb") as stream:
        while block := stream.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def _write_whole(file: Path, content: bytes) -> None:
    """Put a file in place in one step, safe against a crash."""
    handle, name = tempfile.mkstemp(prefix=".new-", dir=file.parent)
    with os.fdopen(handle, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    Path(name).replace(file)


def _current(index: Path) -> Path | None:
    """The build in force, or None where there is none."""
    try:
        name = (index / "current").read_text(encoding="ascii")
    except (FileNotFoundError, UnicodeDecodeError):
        return None
    folder = index / name
    return folder if name and folder.parent == index and folder.is_dir() else None


def _remove_old(index: Path, keep: set[str]) -> None:
    """Remove builds that are not in force. A hidden one may be another process at work."""
    for folder in index.iterdir():
        if folder.is_dir() and folder.name not in keep and not folder.name.startswith("."):
            shutil.rmtree(folder, ignore_errors=True)


class FieldPlaces:
    """Where the words of one field stand, in all paragraphs of the index one behind the other.

    Read-only and safe to share between threads: what is decoded is kept and never changed.
    """

    def __init__(self, reader: IndexReader, name: str, columns: Ints, words: Lexicon) -> None:
        self.starts, self.stops, self.sentence, self.paragraph, self.family = columns
        self.lexicon = words
        self._reader, self._name, self._lock = reader, name, Lock()
        self.positions = lru_cache(maxsize=POSTINGS_KEPT)(self._positions)
        self.word = lru_cache(maxsize=POSTINGS_KEPT)(self._word)

    @cached_property
    def bounds(self) -> Ints:
        """Where the tokens of each paragraph begin, and, last, where all end."""
        return _bounds(self.paragraph, self._reader.doc_count_all())

    def _positions(self, slot: Slot) -> Ints:
        """Where a word stands that may fill a slot."""
        if slot.kind == "glob" and set(slot.text) == {"*"}:
            return np.arange(len(self.paragraph), dtype=np.int32)
        lists = [self.word(word) for word in self.lexicon.expand(slot)]
        if len(lists) == 1:
            return lists[0]
        return np.sort(np.concatenate(lists)) if lists else np.empty(0, np.int32)

    def _word(self, word: str) -> Ints:
        """Where one word stands, from its Whoosh postings; a reader serves one thread at a time."""
        with self._lock:
            paragraphs, values = [], []
            postings = self._reader.postings(self._name, word.encode())
            while postings.is_active():
                paragraphs.append(postings.id())
                values.append(postings.value())
                postings.next()
        counts = [len(value) // 4 for value in values]
        inside = np.frombuffer(b"".join(values), "<u4").astype(np.int32)
        return np.repeat(self.bounds[paragraphs], counts) + inside


def _bounds(paragraph: Ints, paragraphs: int) -> Ints:
    """Where each paragraph's part of a column begins, and, last, where all end."""
    wanted = np.arange(paragraphs + 1, dtype=np.int32)
    return np.searchsorted(paragraph, wanted).astype(np.int32)


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

    @cached_property
    def paragraphs(self) -> tuple[tuple[Document, Paragraph], ...]:
        """Every paragraph with its document, by its number in the index."""
        return tuple(_paragraphs(self.documents))

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

    def sentences(self, number: int) -> tuple[Span, ...]:
        """The sentences of a paragraph, as spans that follow each other without a gap."""
        low, high = self._sentence_bounds[number : number + 2].tolist()
        return tuple(pairwise((0, *self._sentences[0, low:high].tolist())))

    @cached_property
    def _sentence_bounds(self) -> Ints:
        return _bounds(self._sentences[1], len(self.paragraphs))


def stale(index: Path, fingerprint: str) -> str:
    """Why the index in force is not of this corpus and this program; empty when it is."""
    folder = _current(index)
    if folder is None:
        return f"There is no index in {index}"
    try:
        manifest = _manifest(folder)
    except IndexFolderError as error:
        return str(error)
    if manifest["schema"] != SCHEMA_VERSION:
        return f"The index in {index} was made by another version of this program"
    return (
        "" if manifest["corpus"] == fingerprint else f"The index in {index} is of an older corpus"
    )


def problems(index: Path, fingerprint: str) -> list[str]:
    """Every reason why the index in force cannot serve this corpus, a sentence each."""
    reason = stale(index, fingerprint)
    if reason:
        return [reason if REBUILD in reason else f"{reason}. {REBUILD}."]
    folder = _current(index)
    return _damage(folder, _manifest(folder)) if folder else []


def open_index(index: Path, documents: tuple[Document, ...]) -> Index:
    """Open the build in force over the documents that it was made from.

    ``problems`` tells beforehand whether it is whole. Raises IndexFolderError when it is missing.
    """
    folder = _current(index)
    if folder is None:
        raise IndexFolderError(f"There is no index in {index}. {REBUILD}.")
    manifest = _manifest(folder)
    words = Lexicon(**json.loads((folder / "lexicon.json").read_text(encoding="utf-8")))
    reader = FileStorage(str(folder), readonly=True).open_index().reader()
    columns = {name: _load(folder, name) for name in ("text", "headings", "sentences", "families")}
    counts = {word.decode(): 1 for word in reader.lexicon("headings")}
    return Index(
        folder=folder,
        fingerprint=manifest["corpus"],
        documents=documents,
        text=FieldPlaces(reader, "text", columns["text"], words),
        headings=FieldPlaces(reader, "headings", columns["headings"], Lexicon(counts, {}, {})),
        spread=columns["families"],
        _sentences=columns["sentences"],
    )


def _load(folder: Path, name: str) -> Ints:
    """An array that stays on disk until it is read; a plain view of it, which is quicker to cut."""
    return np.asarray(np.load(folder / f"{name}.npy", mmap_mode="r"))


def _manifest(folder: Path) -> dict[str, Any]:
    file = folder / "manifest.json"
    try:
        manifest = json.loads(file.read_bytes())
        if set(manifest) == {"schema", "corpus", "paragraphs", "files"}:
            return dict(manifest)
    except (OSError, ValueError):
        raise IndexFolderError(f"{file} cannot be read. {REBUILD}.") from None
    raise IndexFolderError(f"{file} is not what was written. {REBUILD}.")


def _damage(folder: Path, manifest: dict[str, Any]) -> list[str]:
    """A sentence for every file of a build that is missing or not what was written."""
    found = []
    for name, sha256 in manifest["files"].items():
        file = folder / name
        if not file.is_file():
            found.append(f"{file} is missing. {REBUILD}.")
        elif _sha256(file) != sha256:
            found.append(f"{file} is not what was written. {REBUILD}.")
    return found
