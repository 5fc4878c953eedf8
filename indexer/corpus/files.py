"""The files of one document: their names, their encoding, and the check that they are intact."""

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ..errors import CorpusError
from ..model import Document, Entry, Page, Paragraph, Section
from ..storage import sha256, temporary_path

DOCUMENT_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")  # also a folder name: no dot and no slash
PAGE_FILE = re.compile(r"[1-9][0-9]*/[A-Za-z0-9_-][A-Za-z0-9._-]*")
LEDGER = "ledger.jsonl"
RESTORE = "Restore it from version control or a backup"


@dataclass(frozen=True)
class EditionLine:
    """The line of an edition in the ledger; ``taken`` is its time, ISO 8601 in UTC.

    ``sha256`` is that of its file, ``entries`` the number of entries below the line, ``seal`` the
    SHA-256 of the ledger down to the last of them, without the line itself.
    """

    edition: int
    taken: str
    sha256: str
    entries: int
    seal: str


Block = tuple[EditionLine, Sequence[bytes]]  # the line of an edition, and its entries, unparsed


def edition_file(folder: Path, number: int) -> Path:
    """Return the file of an edition of the document in ``folder``."""
    return folder / "editions" / f"{number}.json"


def page_file(folder: Path, page: Page) -> Path:
    """Return the file of a page as received. Raise CorpusError if its name is not safe."""
    if not PAGE_FILE.fullmatch(page.file):
        raise CorpusError(f"{page.file!r} is not a page file: EDITION/NAME, as in 1/page-1.html.")
    return folder / "snapshots" / page.file


def read_bytes(file: Path) -> bytes:
    """Return the content of a file. Raise CorpusError if it is missing or cannot be read."""
    try:
        return file.read_bytes()
    except OSError as error:
        missing = isinstance(error, FileNotFoundError)
        fault = "is missing" if missing else f"cannot be read: {error.strerror}"
        denied = isinstance(error, PermissionError)
        advice = "Run this as a user who may read it, or change its mode" if denied else RESTORE
        raise CorpusError(f"{file} {fault}. {advice}.") from error


def read_verified(file: Path, digest: str) -> bytes:
    """Return the content of a file. Raise CorpusError if its SHA-256 is not ``digest``."""
    content = read_bytes(file)
    if sha256(content) != digest:
        raise CorpusError(f"{file} is damaged: its SHA-256 is not the stored one. {RESTORE}.")
    return content


def read_edition(folder: Path, line: EditionLine) -> Document:
    """Return the edition named by ``line`` of the ledger. Raise CorpusError if it is damaged."""
    file = edition_file(folder, line.edition)
    record = _load(read_verified(file, line.sha256))
    for name, kind in (("pages", Page), ("sections", Section), ("paragraphs", Paragraph)):
        record[name] = tuple(kind(**each) for each in record[name])
    document = Document(**record)
    if (document.id, document.edition, document.taken) != (folder.name, line.edition, line.taken):
        raise CorpusError(f"{file} is not edition {line.edition} of {folder.name}. {RESTORE}.")
    return document


def dump(record: Document | EditionLine | Entry, indent: int | None = None) -> bytes:
    """Return a record as JSON in UTF-8, on one line; an edition's file has an ``indent`` of 1."""
    text = json.dumps(record, indent=indent, ensure_ascii=False, default=asdict)
    return f"{text}\n".encode()


def read_blocks(folder: Path) -> list[Block]:
    """Return the ledger of the document in ``folder``: each edition and its entries, oldest first.

    Raise CorpusError if it is missing, edited or truncated. Unless a writer has put a new ledger
    beside it, it names every edition; it is read last, as a writer may replace it meanwhile.
    """
    file = folder / LEDGER
    names = (each.stem for each in (folder / "editions").glob("*.json"))
    last = max((int(name) for name in names if name.isdecimal()), default=0)  # not "1 (copy)"
    storing = temporary_path(file).exists()
    lines, blocks, start = read_bytes(file).splitlines(keepends=True), list[Block](), 0
    while start < len(lines) or not blocks:
        try:
            line = EditionLine(**json.loads(lines[start]))
            body = lines[start + 1 : start + 1 + line.entries]
            seal = sha256(b"".join([*lines[:start], *body]))
            if (line.edition, line.entries, line.seal) != (len(blocks) + 1, len(body), seal):
                raise ValueError("these are not the lines that were stored")
        except (ValueError, TypeError, IndexError) as error:
            raise CorpusError(
                f"{file} is damaged in the edition that begins at line {start + 1}. {RESTORE}."
            ) from error
        blocks.append((line, body))
        start += 1 + len(body)
    if not storing and last > len(blocks):
        stray = edition_file(folder, last)
        raise CorpusError(f"{file} is truncated: it does not name {stray}. {RESTORE}.")
    return blocks


def ledger_block(
    before: bytes, document: Document, edition: bytes, entries: Sequence[Entry]
) -> bytes:
    """Return what a document adds to the ledger ``before``; ``edition`` is the file of it."""
    body = b"".join(map(dump, entries))
    digest, seal = sha256(edition), sha256(before + body)
    return dump(EditionLine(document.edition, document.taken, digest, len(entries), seal)) + body


def read_entry(line: bytes) -> Entry:
    """Return the entry in a line of the ledger."""
    return Entry(**_load(line))


def _load(content: bytes) -> Any:
    """Return parsed JSON, with tuples for the lists in objects."""
    return json.loads(content, object_hook=lambda each: {k: _tuple(v) for k, v in each.items()})


def _tuple(value: Any) -> Any:
    return tuple(map(_tuple, value)) if isinstance(value, list) else value
