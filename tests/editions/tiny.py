"""Documents that one can hold in the head.

A letter is a paragraph of twenty words of its own: ``A`` is "a0 a1 ... a19". ``A'`` is ``A`` with
one word changed, ``A<`` its first twelve words, ``A>`` the rest, ``A+B`` both as one paragraph.
``II:`` begins a section.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from indexer import corpus
from indexer.ingest.ids import match
from indexer.model import Document, Entry, Page, Paragraph, Section, Source

EDITIONS = ("I: A B II: C", "I: A' B< B> II: C")
FILES = [
    "paper/editions/1.json",
    "paper/editions/2.json",
    "paper/ledger.jsonl",
    "paper/snapshots/1/page-1.html",
    "paper/snapshots/2/page-1.html",
    "paper/source.toml",
]
SOURCE = Source("Paper", "Office", "2017-01-11")


def words(sign: str) -> str:
    """Return the text of one paragraph: ``A``, ``A'``, ``A<``, ``A>`` or ``A+B``."""
    if "+" in sign:
        return " ".join(map(words, sign.split("+")))
    listed = [f"{sign[0].lower()}{n}" for n in range(20)]
    if sign[1:] == "'":
        listed[15] = "other"
    cut = {"<": slice(12), ">": slice(12, None)}
    return " ".join(listed[cut.get(sign[1:], slice(None))])


def page(number: int, edition: int = 1) -> tuple[Page, bytes]:
    """Return a page of the source, and its bytes."""
    content = f"<p>Page {number} of edition {edition}".encode()
    name = f"{edition}/page-{number}.html"
    address = f"https://example.org/paper_{number}.html"
    headers = (("Content-Type", "text/html"),)
    sha256 = hashlib.sha256(content).hexdigest()
    received = "2017-01-11T08:00:00Z"
    return Page(number, name, sha256, received, address, address, 200, headers), content


def document(signs: str, pages: int = 1, page_count: int = 1, edition: int = 1) -> Document:
    """Return a document of these paragraphs without ids; ``pages`` of its source are available."""
    section, paragraphs = "I", list[Paragraph]()
    for sign in signs.split():
        if sign.endswith(":"):
            section = sign[:-1]
            continue
        number = 1 + sum(paragraph.section == section for paragraph in paragraphs)
        paragraphs.append(Paragraph(section, number, 1, words(sign)))
    return Document(
        id="paper",
        title="Paper",
        issuer="Office",
        published="2017-01-11",
        issued="January 2017",
        statement="First Edition 2017",
        contents=(),
        page_count=page_count,
        pages=tuple(page(n + 1, edition)[0] for n in range(pages)),
        sections=tuple(Section(path, path, 1) for path in {p.section: 0 for p in paragraphs}),
        paragraphs=tuple(paragraphs),
        taken=f"2017-01-{10 + edition}T08:00:00Z",
    )


def matched(root: Path, edition: int) -> tuple[Document, dict[str, bytes], tuple[Entry, ...]]:
    """Return the first or second edition of the tiny paper, as it is to be stored in ``root``."""
    old = corpus.read_document(root, "paper") if edition > 1 else None
    ledger = corpus.read_ledger(root, "paper") if edition > 1 else {}
    found = match(document(EDITIONS[edition - 1], edition=edition), old, ledger)
    received, content = page(1, edition)
    return found.document, {received.file: content}, found.entries


def take_in(root: Path, edition: int, source: Source = SOURCE) -> None:
    """Store the first or the second edition of the tiny paper."""
    corpus.store(root, *matched(root, edition), source)


def files(root: Path) -> dict[str, bytes]:
    """Return the content of every file under a folder that is not hidden."""
    found = (file for file in root.rglob("*") if file.is_file() and ".new-" not in str(file))
    return {file.relative_to(root).as_posix(): file.read_bytes() for file in sorted(found)}
