"""Read a corpus and verify it: documents, editions, ledgers, sources, pages, the vocabulary."""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import fields
from datetime import date
from pathlib import Path

from ..diff import disagreements
from ..errors import CorpusError, WhitePaperError
from ..model import RESERVED_IDS, Document, Entry, Page, Source
from ..storage import sha256
from . import files
from .files import RESTORE, EditionLine

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib


VOCABULARY = "vocabulary.toml"
_ADDRESS = re.compile("https?://")


def document_ids(root: Path) -> tuple[str, ...]:
    """Return the ids of the documents in ``root``, sorted. Raise CorpusError if it is no folder."""
    if not root.is_dir():
        raise CorpusError(
            f"There is no corpus folder {root}. Name the right one with --corpus or CORPUS_DIR, "
            "or make one: python -m indexer ingest ADDRESS"
        )
    names = (
        folder.name
        for folder in root.iterdir()
        if (folder / files.LEDGER).exists() or (folder / "editions").exists()
    )
    return tuple(sorted(filter(files.DOCUMENT_ID.fullmatch, names)))


def read_document(root: Path, document: str, edition: int | None = None) -> Document:
    """Return an edition of a document, the current one by default. Raise CorpusError."""
    lines = editions(root, document)
    number = len(lines) if edition is None else edition
    if not 1 <= number <= len(lines):
        raise CorpusError(f"{document} has no edition {edition}; it has 1 to {len(lines)}.")
    return files.read_edition(root / document, lines[number - 1])


def read_documents(root: Path) -> tuple[tuple[Document, ...], str]:
    """Return the current editions, sorted by id, and a SHA-256 of them all and the vocabulary."""
    lines = {name: editions(root, name)[-1] for name in document_ids(root)}
    digests = (f"{name} {line.sha256} {line.seal}\n" for name, line in lines.items())
    fingerprint = sha256("".join(digests).encode() + _vocabulary_bytes(root))
    return tuple(files.read_edition(root / name, line) for name, line in lines.items()), fingerprint


def editions(root: Path, document: str) -> tuple[EditionLine, ...]:
    """Return the editions of a document, oldest first, numbered from 1. Raise CorpusError."""
    return tuple(line for line, _ in files.read_blocks(folder_of(root, document)))


def read_ledger(root: Path, document: str, edition: int | None = None) -> dict[str, Entry]:
    """Return the entry of every id as of an edition, by default the current. Raise CorpusError."""
    blocks = files.read_blocks(folder_of(root, document))[:edition]
    return {entry.id: entry for _, lines in blocks for entry in map(files.read_entry, lines)}


def read_page(root: Path, document: str, page: Page) -> bytes:
    """Return a page as it was received. Raise CorpusError if it is missing or damaged."""
    return files.read_verified(files.page_file(folder_of(root, document), page), page.sha256)


def read_source(root: Path, document: str) -> Source:
    """Return the content of the document's ``source.toml``. Raise CorpusError."""
    file = folder_of(root, document) / "source.toml"
    try:
        values = tomllib.loads(files.read_bytes(file).decode("utf-8-sig"))
    except ValueError as error:
        raise CorpusError(f"{file} is not TOML: {error}. {RESTORE}, or fix it by hand.") from error
    if odd := {field.name for field in fields(Source)} ^ set(values):
        names = ", ".join(sorted(odd))
        raise CorpusError(f"{file} has missing or unknown fields: {names}. Fix it by hand.")
    copies = values.pop("copies")
    texts = [*values.values(), *copies] if isinstance(copies, list) else [None]
    if not all(isinstance(text, str) for text in texts):
        raise CorpusError(
            f"{file} must have strings in quotes, and copies a list of them. Fix it by hand."
        )
    addresses = filter(None, [values["address"], *copies])
    is_dated = False
    with suppress(ValueError):
        is_dated = bool(date.fromisoformat(values["published"]))
    if not is_dated or not all(map(_ADDRESS.match, addresses)):
        raise CorpusError(
            f"{file} must have a date such as 2017-01-11, and addresses that begin with http:// or "
            "https://. Fix it by hand."
        )
    return Source(**values, copies=tuple(copies))


def read_vocabulary(root: Path) -> tuple[tuple[str, ...], ...]:
    """Return each group of names that mean the same, in the order of ``vocabulary.toml``.

    Raise CorpusError for a line that is not a name and a list of others, or repeats a name.
    """
    groups = []
    lines: dict[str, int] = {}  # the line of each name
    for number, line in enumerate(_vocabulary_bytes(root).splitlines(), start=1):
        try:
            group = _group(line.decode("utf-8-sig"))
            for name in group:
                if lines.setdefault(name.casefold(), number) != number:
                    raise ValueError(f"“{name}” is already in line {lines[name.casefold()]}")
        except ValueError as error:
            reason = str(error).partition(" (at ")[0]  # which counts from the start of this line
            where = f"{root / VOCABULARY}, line {number}"
            raise CorpusError(f"{where}: {reason}. Fix it by hand.") from error
        groups.append(group)
    return tuple(filter(None, groups))


def _group(line: str) -> tuple[str, ...]:
    """Return the names of a line; none for a comment. Raise ValueError for any other line."""
    values = tomllib.loads(line)
    if not values:
        return ()
    name, others = values.popitem()
    names = (name, *others) if isinstance(others, list) else ()
    if not names or not all(isinstance(n, str) and any(map(str.isalnum, n)) for n in names):
        raise ValueError('this is not "Name" = ["other name", "another"]')
    return names


def _vocabulary_bytes(root: Path) -> bytes:
    """Return the vocabulary file; nothing where there is none."""
    file = root / VOCABULARY
    return files.read_bytes(file) if file.exists() else b""


def check(root: Path, document: str) -> list[str]:
    """Return every problem of a document's files as a sentence: which file, what, what to do.

    Leftovers of a killed run are no problem. Raise CorpusError if there is no such document.
    """
    folder, entries = folder_of(root, document), dict[str, Entry]()
    problems = list[str]()
    with noting(problems):
        read_source(root, document)
    with noting(problems):
        for line, changed in files.read_blocks(folder):
            entries.update((entry.id, entry) for entry in map(files.read_entry, changed))
            with noting(problems):
                edition = files.read_edition(folder, line)
                where = f"{folder / files.LEDGER}, edition {line.edition}"
                faults = disagreements(edition, entries)
                problems += [f"{where}: {fault}. {RESTORE}." for fault in faults]
                for page in edition.pages:
                    with noting(problems):
                        read_page(root, document, page)
    return list(dict.fromkeys(problems))


@contextmanager
def noting(problems: list[str]) -> Iterator[None]:
    """Catch a WhitePaperError, and add its message to ``problems``."""
    try:
        yield
    except WhitePaperError as error:
        problems.append(str(error))


def require_id(document: str) -> str:
    """Return a document id, which is safe as a folder name. Raise CorpusError if it is invalid."""
    if not files.DOCUMENT_ID.fullmatch(document) or document in RESERVED_IDS:
        raise CorpusError(
            f"“{document}” is not a document id. Use lower-case letters (a to z), digits and "
            f"hyphens; {', '.join(sorted(RESERVED_IDS))} are taken by pages of the site."
        )
    return document


def folder_of(root: Path, document: str) -> Path:
    """Return the folder of a document. Raise CorpusError if there is none."""
    require_id(document)
    if not (root / document).is_dir():
        available = ", ".join(document_ids(root)) or "none"
        raise CorpusError(f"There is no document {document} in {root}; there are: {available}.")
    return root / document
