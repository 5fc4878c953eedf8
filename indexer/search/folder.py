"""The index folder: which build is in force, and the proof that what is read of it is whole.

::

    <index>/current            the name of the build that is in force
    <index>/<build>/           one build, never changed once it stands
        *.seg, *.toc           the Whoosh index
        text.npy               start, stop and word of every token: a row each
        *-paragraphs.npy       the first token of every paragraph, and where all end, of each field
        *-sentences.npy        the first token of every sentence, likewise
        sentences.npy          stop and paragraph of every sentence: two rows
        telling.npy            the families of words that tell most of every paragraph: a row each
        related.npy            the paragraphs most like every one, and how like: a row each
        lexicon.json           the words, and what the texts say of compounds and acronyms
        suggestions.json       what is suggested while somebody types
        manifest.json          schema version, corpus fingerprint, SHA-256 of every other file

A build's name begins with the SHA-256 of its manifest, so that the name proves all that is in it.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import sys
from array import array
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from threading import Lock
from typing import Any
from weakref import finalize
from zlib import crc32

from ..errors import IndexFolderError
from ..storage import alone, put

SCHEMA_VERSION = 11  # raised whenever an index that stands would be read wrongly
REBUILD = "Run `python -m indexer build`"

# What a builder may delete: builds and what is left of one that was killed, nothing else. Somebody
# may give a folder that has more in it.
_OURS = re.compile(r"[0-9a-f]{12}-\w{8}|\.new-[0-9a-f]{8}")
_NAMED = 12  # digits of a manifest's SHA-256 in a build's name
# Bytes that are proven at a time. The tokens of a paragraph are some 3 kB, and are read at random.
_BLOCK = 4_096
_CHUNK = 256 * _BLOCK  # bytes read at a time from the first to the last

Stamp = frozenset[tuple[str, int, int, int]]


class Proven:
    """A file of a build, held open. What is read is what was written, or an error.

    Raises IndexFolderError, at once or when it is read, where it is not. Safe to share between
    threads and, on systems that can fork, between processes.
    """

    def __init__(self, file: Path, sha256: str) -> None:
        self._file, self._blocks = file, array("I")
        digest, self.size = hashlib.sha256(), 0
        with self._readable():
            self._stream = file.open("rb", buffering=0)
            finalize(self, self._stream.close)
            while chunk := self._at(self.size, _CHUNK):
                digest.update(chunk)
                self._blocks.extend(_sums(chunk))
                self.size += len(chunk)
        if digest.hexdigest() != sha256:
            raise self._damage()

    def read(self, place: int = 0, size: int | None = None) -> bytes:
        """``size`` bytes from ``place`` on, by default all. Raises IndexFolderError."""
        stop = self.size if size is None else place + size
        first, last = place // _BLOCK, -(-stop // _BLOCK)
        with self._readable():
            content = self._at(first * _BLOCK, (last - first) * _BLOCK)
        if _sums(content) != self._blocks[first:last]:
            raise self._damage()
        return content[place - first * _BLOCK : stop - first * _BLOCK]

    def _at(self, place: int, size: int) -> bytes:
        if sys.platform != "win32":
            return os.pread(self._stream.fileno(), size, place)
        with _WINDOWS:
            self._stream.seek(place)
            return self._stream.read(size)

    @contextmanager
    def _readable(self) -> Iterator[None]:
        try:
            yield
        except FileNotFoundError:
            raise IndexFolderError(f"{self._file} is missing. {REBUILD}.") from None
        except OSError as error:
            raise IndexFolderError(
                f"{self._file} cannot be read: {error.strerror}. {REBUILD}."
            ) from error

    def _damage(self) -> IndexFolderError:
        return IndexFolderError(f"{self._file} is not what was written. {REBUILD}.")


_WINDOWS = Lock()  # a file has one place at which Windows reads it


def _sums(content: bytes) -> array[int]:
    view = memoryview(content)
    return array("I", (crc32(view[n : n + _BLOCK]) for n in range(0, len(view), _BLOCK)))


@dataclass(frozen=True)
class Build:
    """A build, open and proven. It can be read for good, also when its folder is deleted."""

    folder: Path
    corpus: str
    stamp: Stamp
    files: dict[str, Proven]

    @property
    def built(self) -> float:
        """When it was put in force, in POSIX time: the last that was written."""
        return max(state[-1] for state in self.stamp) / 1e9

    def read(self, name: str) -> bytes:
        """All that a file holds. Raises IndexFolderError when it was damaged meanwhile."""
        return self.files[name].read()


def current(index: Path) -> Path | None:
    """The build in force, or None where there is none."""
    try:
        name = (index / "current").read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError):
        return None
    folder = index / name
    return folder if name and folder.parent == index and folder.is_dir() else None


def stamp(index: Path) -> Stamp:
    """What is different when another build is in force, or a file of this one was written to."""
    found = set()
    folder = current(index)
    with suppress(OSError):  # what cannot be seen is another state than before, like any
        for file in (index / "current", *(folder.iterdir() if folder else ())):
            state = file.stat()
            found.add((str(file), state.st_ino, state.st_size, state.st_mtime_ns))
    return frozenset(found)


def open_build(index: Path, fingerprint: str) -> Build:
    """The build in force, each of its files proven.

    Raises IndexFolderError when it is missing, damaged, of another corpus or another version.
    """
    seen = stamp(index)  # before it is read: what changes from here on is another build
    folder, made = _manifest(index)
    if reason := _stale(index, made, fingerprint):
        raise IndexFolderError(f"{reason}. {REBUILD}.")
    files = {name: Proven(folder / name, sha256) for name, sha256 in made["files"].items()}
    return Build(folder, fingerprint, seen, files)


def stale(index: Path, fingerprint: str) -> str:
    """Why the index in force is not of this corpus and this program; empty when it is.

    Of one that is missing or damaged nothing is said. Raises no error.
    """
    try:
        return _stale(index, _manifest(index)[1], fingerprint)
    except IndexFolderError:
        return ""


def problems(index: Path, fingerprint: str) -> list[str]:
    """Why the index in force cannot serve this corpus, in a sentence; nothing when it can."""
    try:
        open_build(index, fingerprint)
    except IndexFolderError as error:
        return [str(error)]
    return []


def _manifest(index: Path) -> tuple[Path, dict[str, Any]]:
    """The build in force, and what it says of itself: ``schema``, ``corpus`` and ``files``."""
    folder = current(index)
    if folder is None:
        raise IndexFolderError(f"There is no index in {index}. {REBUILD}.")
    file = folder / "manifest.json"
    try:
        content = file.read_bytes()
    except OSError as error:
        raise IndexFolderError(f"{file} cannot be read: {error.strerror}. {REBUILD}.") from error
    if not folder.name.startswith(_sha256(content)[:_NAMED]):
        raise IndexFolderError(f"{file} is not what was written. {REBUILD}.")
    return folder, json.loads(content)


def _stale(index: Path, made: dict[str, Any], fingerprint: str) -> str:
    if made["schema"] != SCHEMA_VERSION:
        return f"The index in {index} was made by another version of this program"
    return "" if made["corpus"] == fingerprint else f"The index in {index} is of an older corpus"


@contextmanager
def building(index: Path) -> Iterator[None]:
    """Be the one who builds in an index folder; others wait. Raises IndexFolderError."""
    try:
        with alone(index):
            yield
    except OSError as error:
        raise IndexFolderError(
            f"The index could not be written in {index}: {error.strerror or error}. "
            "Make room or give a folder that can be written with --index."
        ) from error


def make(index: Path, fingerprint: str, fill: Callable[[Path], None]) -> Path:
    """Have a new folder filled, and put it in force; the folder it is.

    Only for who is ``building``. Who has the build before open goes on with it; older ones, and
    what killed builders have left, are removed. Raises OSError when the disk refuses.
    """
    before, name = current(index), token_hex(4)
    _remove(index, before)
    try:
        aside = index / f".new-{name}"
        aside.mkdir()
        fill(aside)
        folder = index / f"{_seal(aside, fingerprint)[:_NAMED]}-{name}"
        aside.rename(folder)
        put(index / "current", folder.name.encode())
    except BaseException:
        _remove(index, before, current(index))
        raise
    return folder


def _remove(index: Path, *keep: Path | None) -> None:
    """Delete builds, and leftovers of builders that were killed, as far as the system lets us."""
    for other in index.iterdir():
        if _OURS.fullmatch(other.name) and other not in keep:
            shutil.rmtree(other, ignore_errors=True)


def _seal(folder: Path, fingerprint: str) -> str:
    """Write the manifest; its SHA-256. Nothing may be written to the build hereafter."""
    files = {file.name: _sha256(file.read_bytes()) for file in sorted(folder.iterdir())}
    made = {"schema": SCHEMA_VERSION, "corpus": fingerprint, "files": files}
    content = json.dumps(made, indent=1).encode()
    put(folder / "manifest.json", content)
    return _sha256(content)


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
