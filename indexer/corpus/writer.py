"""Store an edition: whole or not at all, also when the process is killed at any moment.

A new document is built under a hidden name and renamed. The next edition of one that exists is
written beside the others, where nothing names it yet; replacing the ledger is what commits it.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import tomlkit

from ..diff import disagreements
from ..errors import CorpusError
from ..model import Document, Entry, Source
from ..storage import alone, beside, put, sync
from .files import (
    edition_bytes,
    edition_file,
    ledger_block,
    ledger_file,
    page_file,
    read_bytes,
    read_proven,
    sha256,
    snapshot_folder,
)
from .reader import editions, read_ledger, read_source, require_id

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
    with _writing(root, document.id):
        _require_fit(root, document, pages, entries)
        folder = root / document.id
        if folder.exists():
            _add(folder, document, pages, entries, source)
        else:
            _add(beside(folder), document, pages, entries, source)
            beside(folder).rename(folder)
            sync(root)


def _add(
    folder: Path,
    document: Document,
    pages: Mapping[str, bytes],
    entries: Sequence[Entry],
    source: Source,
) -> None:
    """Write an edition into the folder of its document.

    The new ledger is there first, beside the one in force: so a reader can tell an edition that is
    being stored from one that a damaged ledger does not name any more.
    """
    ledger = ledger_file(folder)
    before = read_bytes(ledger) if ledger.exists() else b""
    number = document.edition
    try:
        put(beside(ledger), before + ledger_block(before, document, entries))
        _remove_edition(folder, number)  # left by a run that was killed
        for page, content in pages.items():
            put(folder / "snapshots" / page, content)
        put(edition_file(folder, number), edition_bytes(document))
        _write_source(folder, source)
    except BaseException:
        _remove_edition(folder, number)
        beside(ledger).unlink(missing_ok=True)
        raise
    beside(ledger).replace(ledger)
    sync(folder)


def _remove_edition(folder: Path, number: int) -> None:
    edition_file(folder, number).unlink(missing_ok=True)
    shutil.rmtree(snapshot_folder(folder, number), ignore_errors=True)


def store_source(root: Path, document: str, source: Source) -> None:
    """Bring the ``source.toml`` of a stored document in step with ``source``; comments are kept.

    Raises CorpusError when there is no such document, or the file is damaged or not writable.
    """
    if read_source(root, document) != source:
        with _writing(root, document):
            _write_source(root / document, source)


def _require_fit(
    root: Path, document: Document, pages: Mapping[str, bytes], entries: Sequence[Entry]
) -> None:
    """Raise CorpusError unless edition, pages and entries fit each other and what is stored."""
    folder, ledger, last = root / document.id, dict[str, Entry](), 0
    if folder.exists():
        read_source(root, document.id)  # a damaged one is for people to mend, not to replace
        ledger, last = read_ledger(root, document.id), len(editions(root, document.id))
    if document.edition != last + 1:
        raise CorpusError(
            f"{document.id} is at edition {last}, and edition {document.edition} cannot follow. "
            "Another run has stored one meanwhile: ingest again."
        )
    own = {page.file: page for page in document.pages if page.file.startswith(f"{last + 1}/")}
    if strangers := sorted(set(pages) - set(own)):
        raise CorpusError(f"These are none of the document's new pages: {', '.join(strangers)}.")
    for page in document.pages:
        file = page_file(folder, page)
        if page.file not in pages:
            read_proven(file, page.sha256)
        elif sha256(pages[page.file]) != page.sha256:
            raise CorpusError(f"The page {page.file} to be stored does not have its SHA-256.")
    ledger.update((entry.id, entry) for entry in entries)
    if faults := disagreements(document, ledger):
        raise CorpusError(f"The edition and its ledger do not agree: {'; '.join(faults)}.")


def _write_source(folder: Path, source: Source) -> None:
    """Bring ``source.toml`` in step, touching only what differs."""
    file = folder / "source.toml"
    before = read_bytes(file) if file.exists() else b""
    kept = tomlkit.parse(before.decode() or SOURCE_HEAD)
    for name, value in asdict(source).items():
        value = list(value) if isinstance(value, tuple) else value
        if name not in kept or kept[name] != value:
            kept[name] = value
    content = tomlkit.dumps(kept).encode()
    if content != before:
        put(file, content)


@contextmanager
def _writing(root: Path, document: str) -> Iterator[None]:
    """One writer at a time. Raises CorpusError for any OSError of the writer."""
    unfinished = beside(root / document)  # a new document, left by this run or one that was killed
    try:
        with alone(root):
            shutil.rmtree(unfinished, ignore_errors=True)
            try:
                yield
            finally:
                shutil.rmtree(unfinished, ignore_errors=True)
    except OSError as error:
        raise CorpusError(
            f"No edition was stored: {root / document} could not be written ({error}). "
            "Make room or mend the permissions, and ingest again."
        ) from error
