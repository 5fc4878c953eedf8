"""What a permalink leads to when the text has moved on: changes, successors, tombstones."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from indexer.diff import Change, difference, resolve
from indexer.model import Document, Entry, Paragraph
from indexer.text import digest

from .library import Library

DIGEST_LENGTH = 4  # hexadecimal digits in a copied link: one change in 65,536 goes unseen
DIGEST = re.compile(f"[0-9a-f]{{{DIGEST_LENGTH},64}}")
QUOTED = 6  # words at either end: few enough for a link, enough to be found once


def short_digest(text: str) -> str:
    """What a copied link carries so that a change of the words since can be told."""
    return digest(text)[:DIGEST_LENGTH]


@dataclass(frozen=True)
class Since:
    """That a paragraph is not what it was when a link to it was copied.

    ``edition`` is the latest that had those words, None when no edition had them. ``words`` tell
    the difference, as ``editions.difference`` does.
    """

    edition: int | None
    words: tuple[tuple[str, str], ...]


def changed_since(
    library: Library, document: Document, paragraph: Paragraph, link_digest: str
) -> Since | None:
    """What changed in a paragraph since a link with this digest was copied; None for nothing.

    The words of its aliases count as its own: a link to one of them leads here.
    """
    if not DIGEST.fullmatch(link_digest) or digest(paragraph.text).startswith(link_digest):
        return None
    ids = {paragraph.id, *aliases(document, library.ledger(document)).get(paragraph.id, ())}
    for number in range(document.edition - 1, 0, -1):
        edition = library.edition(document, number)
        for former in edition.paragraphs if edition else ():
            if former.id in ids and digest(former.text).startswith(link_digest):
                return Since(number, difference(former.text, paragraph.text))
    return Since(None, ())


def aliases(document: Document, entries: Mapping[str, Entry]) -> dict[str, list[str]]:
    """The former ids that lead to each paragraph of the document, by its id."""
    found: dict[str, list[str]] = {}
    for entry in entries.values():
        if entry.status == "alias":
            found.setdefault(resolve(entries, entry.id).id, []).append(entry.id)
    return {name: former for name, former in found.items() if name in document.paragraph_by_id}


def story(library: Library, document: Document, name: str) -> tuple[tuple[int, Change], ...]:
    """What the editions after the first did to a paragraph: pairs of edition and change."""
    return tuple(
        (number, change)
        for number in range(2, document.edition + 1)
        for change in library.changes(document, number)
        if name in (change.id, change.other)
    )


@dataclass(frozen=True)
class Tombstone:
    """A paragraph that is in the text no more, and its nearest neighbours that are."""

    entry: Entry
    citation: str
    before: Paragraph | None
    after: Paragraph | None


def tombstone(library: Library, document: Document, entry: Entry) -> Tombstone:
    """What can still be said of an id that is gone from the document."""
    edition = library.edition(document, entry.last or 0)
    if edition is None or entry.id not in edition.paragraph_by_id:
        return Tombstone(entry, entry.section, None, None)
    place = edition.position_by_id[entry.id]
    return Tombstone(
        entry,
        edition.paragraphs[place].citation,
        _first_living(library, document, reversed(edition.paragraphs[:place])),
        _first_living(library, document, edition.paragraphs[place + 1 :]),
    )


def _first_living(
    library: Library, document: Document, paragraphs: Iterable[Paragraph]
) -> Paragraph | None:
    entries = library.ledger(document)
    ends = (resolve(entries, paragraph.id).id for paragraph in paragraphs)
    return next((document.paragraph_by_id[e] for e in ends if e in document.paragraph_by_id), None)


def source_link(document: Document, paragraph: Paragraph) -> str | None:
    """The place of a paragraph in the source's own page; None while that address is not known.

    A text fragment: its first and last words, in the syntax of WICG's "URL Fragment Text
    Directives", where a hyphen and a comma must be escaped.
    """
    pages = {page.number: page.final_address or page.address for page in document.pages}
    address, words = pages.get(paragraph.page), paragraph.text.split()
    if not address:
        return None
    ends = (words,) if len(words) <= 2 * QUOTED else (words[:QUOTED], words[-QUOTED:])
    quoted = (quote(" ".join(end), safe="").replace("-", "%2D") for end in ends)
    return f"{address}#:~:text={','.join(quoted)}"
