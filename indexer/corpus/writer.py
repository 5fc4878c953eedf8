"""Store an edition: whole or not at all, even if the process is killed at any moment.

A new document is built under a hidden name and renamed. A further edition is written beside the
others, but only the ledger names it; replacing that commits it.
"""

import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from ..diff import disagreements
from ..errors import CorpusError
from ..model import Document, Entry, Source
from ..storage import sha256, temporary_path, write_atomically, write_lock
from . import files
from .reader import editions, read_ledger, read_source, require_id

SOURCE_HEAD = """\
# The origin of this document, for you to edit. address is that of the first page; copies are other
# official copies of the text, the preferred one first.
"""


def store(
    root: Path,
    document: Document,
    pages: Mapping[str, bytes],
    entries: Sequence[Entry],
    source: Source,
) -> None:
    """Add an edition to the corpus folder ``root``, making the folder if it is missing.

    ``document`` has its ids; ``pages`` are the bytes of its new pages, by ``Page.file``;
    ``entries`` go to the ledger; ``source`` is for a new document. Raise CorpusError, storing
    nothing, if they contradict each other or the corpus, or if a file cannot be written.
    """
    require_id(document.id)
    folder = root / document.id
    unfinished = temporary_path(folder)  # a new document of this run, or of a killed one
    try:
        with write_lock(root):
            shutil.rmtree(unfinished, ignore_errors=True)
            _require_fit(root, document, pages, entries)
            try:
                if folder.exists():
                    _add(folder, document, pages, entries)
                else:
                    write_atomically(unfinished / "source.toml", _source_bytes(source))
                    _add(unfinished, document, pages, entries)
                    unfinished.rename(folder)
            finally:
                shutil.rmtree(unfinished, ignore_errors=True)
    except OSError as error:
        raise CorpusError(
            f"No edition was stored: {folder} could not be written ({error}). "
            "Free some disk space or fix the permissions, and ingest again."
        ) from error


def _add(
    folder: Path, document: Document, pages: Mapping[str, bytes], entries: Sequence[Entry]
) -> None:
    """Put the new ledger beside the old, write the edition, then replace the old ledger."""
    ledger = folder / files.LEDGER
    before = files.read_bytes(ledger) if ledger.exists() else b""
    edition = files.dump(document, indent=1)
    try:
        write_atomically(
            temporary_path(ledger), before + files.ledger_block(before, document, edition, entries)
        )
        _remove_edition(folder, document.edition)  # left by a killed run
        for page, content in pages.items():
            write_atomically(folder / "snapshots" / page, content)
        write_atomically(files.edition_file(folder, document.edition), edition)
    except BaseException:
        _remove_edition(folder, document.edition)
        temporary_path(ledger).unlink(missing_ok=True)
        raise
    temporary_path(ledger).replace(ledger)


def _remove_edition(folder: Path, number: int) -> None:
    files.edition_file(folder, number).unlink(missing_ok=True)
    shutil.rmtree(folder / "snapshots" / str(number), ignore_errors=True)


def _require_fit(
    root: Path, document: Document, pages: Mapping[str, bytes], entries: Sequence[Entry]
) -> None:
    """Raise CorpusError unless the edition, pages and entries fit each other and the corpus."""
    folder, ledger, last = root / document.id, dict[str, Entry](), 0
    if folder.exists():
        read_source(root, document.id)  # raises CorpusError if it is damaged
        ledger, last = read_ledger(root, document.id), len(editions(root, document.id))
    if document.edition != last + 1:
        raise CorpusError(
            f"{document.id} is at edition {last}, and edition {document.edition} cannot follow. "
            "Another run has stored one meanwhile: ingest again."
        )
    for page in document.pages:
        file = files.page_file(folder, page)
        content = pages[page.file] if page.file in pages else files.read_bytes(file)
        if sha256(content) != page.sha256:
            raise CorpusError(f"The page {page.file} does not match its SHA-256.")
    ledger.update((entry.id, entry) for entry in entries)
    if faults := disagreements(document, ledger):
        raise CorpusError(f"The edition and its ledger disagree: {'; '.join(faults)}.")


def _source_bytes(source: Source) -> bytes:
    """Return a ``source.toml``. JSON strings and lists of strings are also valid TOML."""
    fields = asdict(source).items()
    rows = [f"{name} = {json.dumps(value, ensure_ascii=False)}\n" for name, value in fields]
    return "".join([SOURCE_HEAD, *rows]).encode()
