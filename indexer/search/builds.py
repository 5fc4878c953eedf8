"""The index folder: a build is written aside, put in use by one rename, and verified when read.

::

    <index>/current         the name of the build in use
    <index>/<build>/        its files, never changed once it is in use, and manifest.json: schema
                            version, corpus fingerprint, and the SHA-256 of every other file

A build's name begins with digits of its manifest's SHA-256, and so verifies all of its files.
"""

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex

from ..errors import IndexFolderError
from ..storage import sha256, write_atomically, write_lock

SCHEMA_VERSION = 33  # increment it whenever an existing index would be read wrongly
REBUILD = "Run `python -m indexer build`"
_DIGITS = 12  # of the manifest's SHA-256, in a build's name
# The folders that a builder may delete: builds, and what killed builders left behind.
_OURS = re.compile(r"[0-9a-f]{12}-[0-9a-f]{8}|\.new-[0-9a-f]{8}")


@dataclass(frozen=True)
class Build:
    """A build in memory, every file checked: its name, its POSIX time, and its files by name."""

    name: str
    built: float
    files: dict[str, bytes]


def current(index: Path) -> Path | None:
    """Return the folder of the build in use, or None if there is none."""
    try:
        name = (index / "current").read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError):
        return None
    folder = index / name
    return folder if name and folder.parent == index and folder.is_dir() else None


def put_build(index: Path, fingerprint: str, write: Callable[[Path], None]) -> Path:
    """Have ``write`` fill a new folder, put it in use, and return it.

    ``fingerprint`` is that of the corpus. Builders take turns. The previous build is kept for
    processes about to open it, older ones are removed. Raise IndexFolderError if writing fails.
    """
    try:
        with write_lock(index):
            before = current(index)
            _remove_except(index, before)
            try:
                return _write_build(index, fingerprint, write)
            finally:
                _remove_except(index, before, current(index))
    except OSError as error:
        raise IndexFolderError(
            f"The index could not be written in {index}: {error.strerror or error}. "
            "Name another folder with --index, build it as another user, or free some disk space."
        ) from error


def _write_build(index: Path, fingerprint: str, write: Callable[[Path], None]) -> Path:
    name = token_hex(4)
    aside = index / f".new-{name}"
    aside.mkdir()
    write(aside)
    files = {file.name: sha256(file.read_bytes()) for file in sorted(aside.iterdir())}
    made = {"schema": SCHEMA_VERSION, "corpus": fingerprint, "files": files}
    manifest = json.dumps(made, indent=1).encode()
    write_atomically(aside / "manifest.json", manifest)
    folder = aside.rename(index / f"{sha256(manifest)[:_DIGITS]}-{name}")
    write_atomically(index / "current", folder.name.encode())
    return folder


def _remove_except(index: Path, *keep: Path | None) -> None:
    for other in index.iterdir():
        if _OURS.fullmatch(other.name) and other not in keep:
            shutil.rmtree(other, ignore_errors=True)  # another process may be removing it too


def read_build(index: Path, fingerprint: str) -> Build:
    """Read the build in use. Raise IndexFolderError if it is missing, damaged or out of date."""
    folder = current(index)
    if folder is None:
        raise IndexFolderError(f"There is no index in {index}. {REBUILD}.")
    file = folder / "manifest.json"
    manifest = _read(file, folder.name[:_DIGITS])
    made = json.loads(manifest)
    if made["schema"] != SCHEMA_VERSION:
        reason = f"The index in {index} was made by another version of this program"
        raise IndexFolderError(f"{reason}. {REBUILD}.")
    if made["corpus"] != fingerprint:
        raise IndexFolderError(f"The index in {index} is of another corpus. {REBUILD}.")
    files = {name: _read(folder / name, digits) for name, digits in made["files"].items()}
    return Build(folder.name, file.stat().st_mtime, files)


def _read(file: Path, digits: str) -> bytes:
    """Return the content of a file. Raise IndexFolderError if its SHA-256 begins otherwise."""
    try:
        content = file.read_bytes()
    except FileNotFoundError:
        raise IndexFolderError(f"{file} is missing. {REBUILD}.") from None
    except OSError as error:
        raise IndexFolderError(f"{file} cannot be read: {error.strerror}. {REBUILD}.") from error
    if not sha256(content).startswith(digits):
        raise IndexFolderError(f"{file} is damaged. {REBUILD}.")
    return content
