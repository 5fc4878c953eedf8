"""Read a corpus, proving what is read: documents, editions, ledgers, sources, pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from pathlib import Path

import tomlkit
from tomlkit.exceptions import TOMLKitError

from ..diff import disagreements
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
    read_entry,
    read_proven,
    sha256,
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
    lines = editions(root, document)
    number = len(lines) if edition is None else edition
    if not 1 <= number <= len(lines):
        raise CorpusError(f"{document} has no edition {edition}; it has 1 to {len(lines)}.")
    return read_edition(root / document, lines[number - 1])


def read_documents(root: Path) -> tuple[tuple[Document, ...], str]:
    """The current edition of every document, sorted by id, and the fingerprint of just these.

    Raises CorpusError.
    """
    lines = _last_lines(root)
    documents = tuple(read_edition(root / name, line) for name, line in lines.items())
    return documents, _fingerprint(lines)


def editions(root: Path, document: str) -> tuple[EditionLine, ...]:
    """The editions of a document, oldest first, numbered from 1. Raises CorpusError."""
    return tuple(line for line, _ in read_blocks(folder_of(root, document)))


def read_ledger(root: Path, document: str, edition: int | None = None) -> dict[str, Entry]:
    """The entry of every id, as the ledger stood with ``edition``, the current one by default.

    Raises CorpusError when there is no such document, or its ledger is damaged.
    """
    blocks = read_blocks(folder_of(root, document))[:edition]
    return {entry.id: entry for _, lines in blocks for entry in map(read_entry, lines)}


def read_source(root: Path, document: str) -> Source:
    """What the document's ``source.toml`` says. Raises CorpusError."""
    file = folder_of(root, document) / "source.toml"
    try:
        values = tomlkit.parse(read_bytes(file).decode()).unwrap()
    except (TOMLKitError, ValueError) as error:
        raise CorpusError(f"{file} is no TOML: {error}. {RESTORE}, or mend it by hand.") from error
    if odd := {field.name for field in fields(Source)} ^ set(values):
        names = ", ".join(sorted(odd))
        raise CorpusError(f"{file} lacks, or should not have: {names}. Mend it by hand.")
    copies = values.pop("copies")
    texts = [*values.values(), *copies] if isinstance(copies, list) else [None]
    if not all(isinstance(text, str) for text in texts):
        raise CorpusError(f"{file} holds texts, and copies is a list of them. Mend it by hand.")
    return Source(**values, copies=tuple(copies))


def read_page(root: Path, document: str, page: Page) -> bytes:
    """A page as it was received. Raises CorpusError when it is missing or not what it was."""
    return read_proven(page_file(folder_of(root, document), page), page.sha256)


def fingerprint(root: Path) -> str:
    """SHA-256, in hexadecimal, over what a search depends on: every document's current edition.

    Raises CorpusError when a ledger cannot be read.
    """
    return _fingerprint(_last_lines(root))


def _last_lines(root: Path) -> dict[str, EditionLine]:
    return {name: editions(root, name)[-1] for name in document_ids(root)}


def _fingerprint(lines: Mapping[str, EditionLine]) -> str:
    marks = (f"{name} {line.sha256} {line.seal}\n" for name, line in lines.items())
    return sha256("".join(marks).encode())


def check(root: Path, document: str) -> list[str]:
    """Every problem of a document's files, a sentence each: which file, what, and what to do.

    What a run that was killed has left is no problem. Raises CorpusError when there is no such
    document.
    """
    folder = folder_of(root, document)
    found, entries = _trouble(read_source, root, document), dict[str, Entry]()
    try:
        blocks = read_blocks(folder)
    except CorpusError as error:
        return [*found, str(error)]
    for line, changed in blocks:
        entries.update((entry.id, entry) for entry in map(read_entry, changed))
        try:
            edition = read_edition(folder, line)
        except CorpusError as error:
            found.append(str(error))
            continue
        where = f"{ledger_file(folder)}, edition {line.edition}"
        faults = disagreements(edition, entries)
        found += [f"{where}: {fault}. {RESTORE}." for fault in faults]
        for page in edition.pages:
            found += _trouble(read_page, root, document, page)
    return list(dict.fromkeys(found))


def _trouble(read: Callable[..., object], *what: object) -> list[str]:
    """What a reader finds wrong with that which it reads."""
    try:
        read(*what)
    except CorpusError as error:
        return [str(error)]
    return []


def require_id(document: str) -> None:
    """Raise CorpusError unless ``document`` can be a document's id, and so a folder's name."""
    if not DOCUMENT_ID.fullmatch(document):
        raise CorpusError(
            f"{document!r} is no document id: lower-case letters a to z, digits and hyphens."
        )


def folder_of(root: Path, document: str) -> Path:
    """The folder of a document that is there. Raises CorpusError when it is not."""
    require_id(document)
    if not (root / document).is_dir():
        there = ", ".join(document_ids(root)) or "none"
        raise CorpusError(f"There is no document {document} in {root}; there are: {there}.")
    return root / document
