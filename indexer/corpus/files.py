"""The files of one document: their names, their encoding, and the proof that they are whole."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from ..errors import CorpusError
from ..model import Document, Entry, Page, Paragraph, Section
from ..storage import beside

DOCUMENT_ID = re.compile(r"[a-z0-9-]+")  # also a folder's name: no dot and no slash
PAGE_FILE = re.compile(r"[1-9][0-9]*/[A-Za-z0-9_-][A-Za-z0-9._-]*")
RESTORE = "Restore it from version control or a backup"


@dataclass(frozen=True)
class EditionLine:
    """The ledger's line of one edition.

    ``taken`` is ISO 8601 in UTC, ``sha256`` the digest of the edition's file, ``entries`` how many
    entries follow the line. ``seal`` is the SHA-256 of the ledger's bytes before the line and of
    these entries.
    """

    edition: int
    taken: str
    sha256: str
    entries: int
    seal: str


Block = tuple[EditionLine, Sequence[bytes]]  # and its entries, as they are written


def edition_file(folder: Path, number: int) -> Path:
    """Where an edition of the document in ``folder`` stands."""
    return folder / "editions" / f"{number}.json"


def snapshot_folder(folder: Path, number: int) -> Path:
    """Where the pages stand that were taken in with an edition."""
    return folder / "snapshots" / str(number)


def page_file(folder: Path, page: Page) -> Path:
    """Where a page as received stands. Raises CorpusError for a name that leads elsewhere."""
    if not PAGE_FILE.fullmatch(page.file):
        raise CorpusError(f"{page.file!r} is no page's file: EDITION/NAME, as in 1/page-1.html.")
    return folder / "snapshots" / page.file


def ledger_file(folder: Path) -> Path:
    """Where the ledger of the document in ``folder`` stands."""
    return folder / "ledger.jsonl"


def sha256(content: bytes) -> str:
    """The SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def read_bytes(file: Path) -> bytes:
    """What a file holds. Raises CorpusError when it is missing or cannot be read."""
    try:
        return file.read_bytes()
    except FileNotFoundError as error:
        raise CorpusError(f"{file} is missing. {RESTORE}.") from error
    except OSError as error:
        raise CorpusError(f"{file} cannot be read: {error.strerror}. {RESTORE}.") from error


def read_proven(file: Path, digest: str) -> bytes:
    """The bytes of a file whose SHA-256 is known. Raises CorpusError when they are not those."""
    content = read_bytes(file)
    if sha256(content) != digest:
        raise CorpusError(f"{file} is damaged: its SHA-256 is not what was stored. {RESTORE}.")
    return content


def read_edition(folder: Path, line: EditionLine) -> Document:
    """The edition that ``line`` of the ledger names, proven. Raises CorpusError."""
    file = edition_file(folder, line.edition)
    content = read_proven(file, line.sha256)
    try:
        document = _document(json.loads(content))
    except (ValueError, TypeError, KeyError) as error:
        raise CorpusError(f"{file} does not hold a document: {error!r}. {RESTORE}.") from error
    if (document.id, document.edition, document.taken) != (folder.name, line.edition, line.taken):
        raise CorpusError(f"{file} is not edition {line.edition} of {folder.name}. {RESTORE}.")
    return document


def edition_bytes(document: Document) -> bytes:
    """The file of an edition: JSON in UTF-8, one field a line."""
    return (json.dumps(asdict(document), indent=1, ensure_ascii=False) + "\n").encode()


def read_blocks(folder: Path) -> list[Block]:
    """The ledger of the document in ``folder``: an EditionLine and its entries, oldest first.

    Raises CorpusError, with the line, when it is missing, cut short or altered in any byte.
    """
    file = ledger_file(folder)
    content = read_bytes(file)
    blocks = _blocks(file, content)
    unnamed = edition_file(folder, len(blocks) + 1)
    if unnamed.exists() and not beside(file).exists():
        if read_bytes(file) != content:  # the edition was stored meanwhile
            return read_blocks(folder)
        if unnamed.exists():
            raise CorpusError(f"{file} is cut short: it does not name {unnamed}. {RESTORE}.")
    return blocks


def _blocks(file: Path, content: bytes) -> list[Block]:
    """The blocks of a ledger.

    A line must be, byte for byte, what its own fields are written as; the seal proves the entries,
    the edition's file the rest.
    """
    lines, above = content.splitlines(keepends=True), hashlib.sha256()
    blocks: list[Block] = []
    start = 0
    while start < len(lines) or not blocks:
        try:
            line = EditionLine(**json.loads(lines[start]))
            body = lines[start + 1 : start + 1 + line.entries]
            seal = above.copy()
            seal.update(b"".join(body))
            expected = replace(
                line, edition=len(blocks) + 1, entries=len(body), seal=seal.hexdigest()
            )
            if lines[start] != _line(expected):
                raise ValueError("the seal is broken")
            blocks.append((line, body))
        except (ValueError, TypeError, KeyError, IndexError) as error:
            raise CorpusError(
                f"{file} is damaged in the edition that begins at line {start + 1}. {RESTORE}."
            ) from error
        above.update(b"".join([lines[start], *body]))
        start += 1 + len(body)
    return blocks


def ledger_block(before: bytes, document: Document, entries: Sequence[Entry]) -> bytes:
    """What a ledger that holds ``before`` grows by when it takes in an edition."""
    body = b"".join(map(_line, entries))
    edition = sha256(edition_bytes(document))
    seal = sha256(before + body)
    head = EditionLine(document.edition, document.taken, edition, len(entries), seal)
    return _line(head) + body


def _line(record: EditionLine | Entry) -> bytes:
    return (json.dumps(asdict(record), ensure_ascii=False) + "\n").encode()


def read_entry(line: bytes) -> Entry:
    """The entry that a line of a proven ledger holds."""
    fields = json.loads(line)
    return Entry(**{**fields, "texts": tuple(fields["texts"])})


def _page(fields: dict[str, Any]) -> Page:
    return Page(**{**fields, "headers": tuple((name, value) for name, value in fields["headers"])})


def _document(fields: dict[str, Any]) -> Document:
    lists: dict[str, tuple[Any, ...]] = {
        "contents": tuple(fields["contents"]),
        "pages": tuple(map(_page, fields["pages"])),
        "sections": tuple(Section(**section) for section in fields["sections"]),
        "paragraphs": tuple(Paragraph(**paragraph) for paragraph in fields["paragraphs"]),
    }
    return Document(**{**fields, **lists})
