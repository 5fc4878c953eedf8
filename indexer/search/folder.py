"""The index folder: which build is in force, what it must hold, and whether it is whole.

::

    <index>/current            the name of the build that is in force
    <index>/<build>/           one build, never changed once it stands
        *.seg, *.toc           the Whoosh index
        text.npy               start, stop and family of every token: a row each
        *-paragraphs.npy       the first token of every paragraph, and where all end, of each field
        *-sentences.npy        the first token of every sentence, likewise
        sentences.npy          stop and paragraph of every sentence: two rows
        families.npy           in how many paragraphs a form of each word stands
        lexicon.json           the words, and what the texts say of compounds and acronyms
        suggestions.json       what is suggested while somebody types
        manifest.json          schema version, corpus fingerprint, SHA-256 of every other file
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from ..errors import IndexFolderError

SCHEMA_VERSION = 7  # raised whenever an index that stands would be read wrongly
REBUILD = "Run `python -m indexer build`"


def current(index: Path) -> Path | None:
    """The build in force, or None where there is none."""
    try:
        name = (index / "current").read_text(encoding="ascii")
    except (FileNotFoundError, UnicodeDecodeError):
        return None
    folder = index / name
    return folder if name and folder.parent == index and folder.is_dir() else None


def put_in_force(index: Path, folder: Path) -> None:
    """Make a build the one in force. Who has the one before open goes on; older ones are removed.

    Raises OSError when the disk refuses.
    """
    before = current(index)
    _write_whole(index / "current", folder.name.encode())
    keep = {folder, before}
    for other in index.iterdir():  # a hidden one may be another process at work
        if other.is_dir() and other not in keep and not other.name.startswith("."):
            shutil.rmtree(other, ignore_errors=True)


def stale(index: Path, fingerprint: str) -> str:
    """Why the index in force is not of this corpus and this program; empty when it is."""
    folder = current(index)
    if folder is None:
        return f"There is no index in {index}"
    try:
        made = manifest(folder)
    except IndexFolderError as error:
        return str(error)
    if made["schema"] != SCHEMA_VERSION:
        return f"The index in {index} was made by another version of this program"
    return "" if made["corpus"] == fingerprint else f"The index in {index} is of an older corpus"


def problems(index: Path, fingerprint: str) -> list[str]:
    """Every reason why the index in force cannot serve this corpus, a sentence each."""
    reason = stale(index, fingerprint)
    if reason:
        return [reason if REBUILD in reason else f"{reason}. {REBUILD}."]
    folder = current(index)
    return _damage(folder, manifest(folder)["files"]) if folder else []


def manifest(folder: Path) -> dict[str, Any]:
    """What a build says of itself: ``schema``, ``corpus``, ``paragraphs`` and ``files``.

    Raises IndexFolderError where it says nothing or something else.
    """
    file = folder / "manifest.json"
    try:
        made = json.loads(file.read_bytes())
        if isinstance(made, dict) and set(made) == {"schema", "corpus", "paragraphs", "files"}:
            return made
    except (OSError, ValueError):
        raise IndexFolderError(f"{file} cannot be read. {REBUILD}.") from None
    raise IndexFolderError(f"{file} is not what was written. {REBUILD}.")


def write_manifest(folder: Path, fingerprint: str, paragraphs: int) -> None:
    """Seal a build: nothing may be written to it hereafter. Raises OSError."""
    made = {
        "schema": SCHEMA_VERSION,
        "corpus": fingerprint,
        "paragraphs": paragraphs,
        "files": {file.name: _sha256(file) for file in sorted(folder.iterdir())},
    }
    _write_whole(folder / "manifest.json", json.dumps(made, indent=1).encode())


def _damage(folder: Path, files: dict[str, str]) -> list[str]:
    """A sentence for every file of a build that is missing or not what was written."""
    found = []
    for name, sha256 in files.items():
        file = folder / name
        if not file.is_file():
            found.append(f"{file} is missing. {REBUILD}.")
        elif _sha256(file) != sha256:
            found.append(f"{file} is not what was written. {REBUILD}.")
    return found


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
