"""Store an edition: whole or not at all, also when the process is killed at any moment.

A new document is built under a hidden name and renamed. The next edition of one that exists is
written beside the others, where nothing names it yet; replacing the ledger is what commits it.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import tomlkit

from ..editions import disagreements
from ..errors import CorpusError
from ..model import Document, Entry, Source
from .files import (
    edition_bytes,
    edition_file,
    ledger_block,
    ledger_file,
    page_file,
    read_blocks,
    read_bytes,
    read_proven,
    require_id,
)
from .reading import read_ledger, read_source

if sys.platform != "win32":
    import fcntl

SOURCE_HEAD = """\
# Where this document comes from. People may edit this file; comments are kept.
# address is that of the first page; copies are other official copies of the text.

"""


def store(
    root: Path,
    document: Document,
    pages: Mapping[str, bytes],
    entries: Sequence[Entry],
    source: Source,
) -> None:
    """Add an edition to the corpus folder ``root``, which is made when it is missing.

    ``document`` has its ids, its ``edition`` is the next one, and ``pages`` are the bytes of those
    of its pages that are new, by ``Page.file``. ``entries`` are the new and changed ones of the
    ledger. In a ``source.toml`` that is there, what differs is changed and comments are kept.
    Raises CorpusError, with no edition stored, when these do not fit each other or the corpus, or
    a file cannot be written.
    """
    require_id(document.id)
    try:
        root.mkdir(parents=True, exist_ok=True)
        with _locked(root):
            _add(root, document, pages, entries, source)
    except OSError as error:
        raise CorpusError(
            f"No edition was stored: {root / document.id} could not be written ({error}). "
            "Make room or mend the permissions, and ingest again."
        ) from error


def store_source(root: Path, document: str, source: Source) -> None:
    """Bring the ``source.toml`` of a stored document in step with ``source``; comments are kept.

    Raises CorpusError when there is no such document, or the file is damaged or not writable.
    """
    read_source(root, document)
    try:
        with _locked(root):
            _write_source(root / document / "source.toml", source)
    except OSError as error:
        raise CorpusError(
            f"{root / document}/source.toml could not be written: {error}."
        ) from error


def _add(
    root: Path,
    document: Document,
    pages: Mapping[str, bytes],
    entries: Sequence[Entry],
    source: Source,
) -> None:
    folder, ledger, last = root / document.id, dict[str, Entry](), 0
    if folder.exists():
        read_source(root, document.id)  # a damaged one is for people to mend, not to replace
        ledger, last = read_ledger(root, document.id), len(read_blocks(folder))
    if document.edition != last + 1:
        raise CorpusError(
            f"{document.id} is at edition {last}, and edition {document.edition} cannot follow. "
            "Another run has stored one meanwhile: ingest again."
        )
    ledger.update((entry.id, entry) for entry in entries)
    _require_fit(folder, document, pages, ledger)
    if last:
        _fill(folder, document, pages, entries, source)
        return
    aside = root / f".new-{document.id}"
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir()
    _fill(aside, document, pages, entries, source)
    aside.rename(folder)
    _sync(root)


def _require_fit(
    folder: Path, document: Document, pages: Mapping[str, bytes], ledger: Mapping[str, Entry]
) -> None:
    """Raise CorpusError unless the pages are those of the document, and the ledger agrees."""
    for page in document.pages:
        file = page_file(folder, page)
        if page.file not in pages:
            read_proven(file, page.sha256)
        elif hashlib.sha256(pages[page.file]).hexdigest() != page.sha256:
            raise CorpusError(f"The page {page.file} to be stored does not have its SHA-256.")
        elif file.parent.name != str(document.edition):
            raise CorpusError(f"The new page {page.file} belongs in {document.edition}/.")
    if strangers := sorted(set(pages) - {page.file for page in document.pages}):
        raise CorpusError(f"These pages are none of the document's: {', '.join(strangers)}.")
    if faults := disagreements(document, ledger):
        raise CorpusError(f"The edition and its ledger do not agree: {'; '.join(faults)}.")


def _fill(
    folder: Path,
    document: Document,
    pages: Mapping[str, bytes],
    entries: Sequence[Entry],
    source: Source,
) -> None:
    """Write an edition into the document's folder, the ledger last."""
    ledger = ledger_file(folder)
    before = read_bytes(ledger) if ledger.exists() else b""
    shutil.rmtree(folder / "snapshots" / str(document.edition), ignore_errors=True)
    for name, content in pages.items():
        _write(folder / "snapshots" / name, content)
    _write(edition_file(folder, document.edition), edition_bytes(document))
    _write_source(folder / "source.toml", source)
    for made in (folder / "snapshots", folder):
        if made.exists():
            _sync(made)
    _write(ledger, before + ledger_block(before, document, entries))


def _write_source(file: Path, source: Source) -> None:
    """Bring ``source.toml`` in step, touching only what differs."""
    kept = tomlkit.parse(read_bytes(file).decode() if file.exists() else SOURCE_HEAD)
    for name, value in asdict(source).items():
        value = list(value) if isinstance(value, tuple) else value
        if name not in kept or kept[name] != value:
            kept[name] = value
    content = tomlkit.dumps(kept).encode()
    if not file.exists() or read_bytes(file) != content:
        _write(file, content)


def _write(file: Path, content: bytes) -> None:
    """Put a file in place at once: it holds all of ``content``, or what it held before."""
    file.parent.mkdir(parents=True, exist_ok=True)
    aside = file.with_name(f".new-{file.name}")
    with aside.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    aside.replace(file)
    _sync(file.parent)


def _sync(folder: Path) -> None:
    """Make the names in a folder last. Windows has no such call, and needs none."""
    if sys.platform != "win32":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def _locked(root: Path) -> Iterator[None]:
    """One writer at a time; the system drops the lock of a process that is killed."""
    if sys.platform == "win32":
        yield
        return
    handle = os.open(root, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
