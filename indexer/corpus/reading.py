"""Read a corpus: its documents, their editions, ledgers, sources and pages."""

from __future__ import annotations

import hashlib
from dataclasses import fields
from pathlib import Path

import tomlkit
from tomlkit.exceptions import TOMLKitError

from ..errors import CorpusError
from ..model import Document, Entry, Page, Source
from .files import (
    DOCUMENT_ID,
    RESTORE,
    EditionLine,
    ledger_file,
    page_file,
    read_blocks,
    read_bytes,
    read_edition,
    read_proven,
    require_id,
)


def document_ids(root: Path) -> tuple[str, ...]:
    """The ids of the documents in the corpus folder ``root``, sorted.

    Hidden folders are leftovers of a run that was killed, and no documents. Raises CorpusError
    when ``root`` is no folder.
    """
    if not root.is_dir():
        raise CorpusError(
            f"There is no corpus folder {root}. Name the right one with --corpus or CORPUS_DIR, "
            "or make one: python -m indexer ingest ADDRESS"
        )
    names = (folder.name for folder in root.iterdir() if folder.is_dir())
    return tuple(sorted(filter(DOCUMENT_ID.fullmatch, names)))


def read_document(root: Path, document: str, edition: int | None = None) -> Document:
    """The document with the id ``document`` as ``edition`` has it, the current one by default.

    Raises CorpusError when there is no such document or edition, or a file of it is damaged.
    """
    folder = folder_of(root, document)
    lines = {line.edition: line for line, _ in read_blocks(folder)}
    line = lines.get(max(lines) if edition is None else edition)
    if line is None:
        raise CorpusError(f"{document} has no edition {edition}; it has 1 to {max(lines)}.")
    return read_edition(folder, line)


def read_documents(root: Path) -> tuple[Document, ...]:
    """The current edition of every document, sorted by id. Raises CorpusError."""
    return tuple(read_document(root, document) for document in document_ids(root))


def editions(root: Path, document: str) -> tuple[EditionLine, ...]:
    """The editions of a document, oldest first. Raises CorpusError."""
    return tuple(line for line, _ in read_blocks(folder_of(root, document)))


def read_ledger(root: Path, document: str, edition: int | None = None) -> dict[str, Entry]:
    """The entry of every id, as the ledger stood with ``edition``, the current one by default.

    Raises CorpusError when there is no such document, or its ledger is damaged.
    """
    blocks = read_blocks(folder_of(root, document))
    kept = (entries for line, entries in blocks if edition is None or line.edition <= edition)
    return {entry.id: entry for entries in kept for entry in entries}


def read_source(root: Path, document: str) -> Source:
    """What the document's ``source.toml`` says. Raises CorpusError."""
    file = folder_of(root, document) / "source.toml"
    try:
        values = tomlkit.parse(read_bytes(file).decode()).unwrap()
    except (TOMLKitError, ValueError) as error:
        raise CorpusError(f"{file} is no TOML: {error}. {RESTORE}, or mend it by hand.") from error
    names = {field.name for field in fields(Source)}
    if names != set(values):
        differing = ", ".join(sorted(names ^ set(values)))
        raise CorpusError(f"{file} lacks, or should not have: {differing}. Mend it by hand.")
    copies = values.pop("copies")
    if not isinstance(copies, list) or not all(
        isinstance(text, str) for text in [*values.values(), *copies]
    ):
        raise CorpusError(f"{file} holds texts, and copies is a list of them. Mend it by hand.")
    return Source(**values, copies=tuple(copies))


def read_page(root: Path, document: str, page: Page) -> bytes:
    """A page as it was received. Raises CorpusError when it is missing or not what it was."""
    return read_proven(page_file(folder_of(root, document), page), page.sha256)


def fingerprint(root: Path) -> str:
    """SHA-256, in hexadecimal, over what a search depends on: every document's id and ledger.

    The ledger proves the rest. Raises CorpusError when a ledger cannot be read.
    """
    whole = hashlib.sha256()
    for document in document_ids(root):
        ledger = read_bytes(ledger_file(root / document))
        whole.update(f"{document} {hashlib.sha256(ledger).hexdigest()}\n".encode())
    return whole.hexdigest()


def folder_of(root: Path, document: str) -> Path:
    """The folder of a document that is there. Raises CorpusError when it is not."""
    require_id(document)
    if not (root / document).is_dir():
        there = ", ".join(document_ids(root)) or "none"
        raise CorpusError(f"There is no document {document} in {root}; there are: {there}.")
    return root / document
