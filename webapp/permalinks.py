"""Make permalinks, and follow them after the text has changed: successors, tombstones, history."""

import re
from collections.abc import Iterator
from urllib.parse import quote

from flask import url_for

from indexer.diff import Change, resolve
from indexer.model import Document, Entry, Paragraph, Source
from indexer.text import digest

from .state import library

DIGEST_LENGTH = 4  # hexadecimal digits in a copied link: one change in 65,536 goes unnoticed
DIGEST = re.compile(f"[0-9a-f]{{{DIGEST_LENGTH},64}}")
END_WORDS = 6  # at either end of a text fragment: short for a link, and almost always unique


def permalink(document: str, key: str, edition: int | None = None) -> str:
    """Return the absolute address of a paragraph by its document's id and its own."""
    return url_for("document.paragraph", name=document, key=key, edition=edition, _external=True)


def short_digest(text: str) -> str:
    """Return the digest that a copied link carries, by which a later change is detected."""
    return digest(text)[:DIGEST_LENGTH]


def changed_since(document: Document, this: Paragraph, link: str) -> tuple[int | None, str] | None:
    """Return the latest edition in which a paragraph had the digest of a link, and its text there.

    Return None if it still has it, and None as the edition if it never had it. Aliases count, too.
    """
    if not DIGEST.fullmatch(link) or digest(this.text).startswith(link):
        return None
    entries = library().ledger(document)
    for edition, former in _formerly_in(document):
        leads_here = resolve(entries, former.id).id == this.id
        if leads_here and digest(former.text).startswith(link):
            return edition, former.text
    return None, ""


def _formerly_in(document: Document) -> Iterator[tuple[int, Paragraph]]:
    """Yield the paragraphs of each older edition with its number, the latest edition first."""
    for edition in range(document.edition - 1, 0, -1):
        for paragraph in library().read_document(document.id, edition).paragraphs:
            yield edition, paragraph


def aliases(document: Document) -> dict[str, list[str]]:
    """Return the former ids that lead to each paragraph of a document, by its id."""
    entries = library().ledger(document)
    found: dict[str, list[str]] = {}
    for entry in entries.values():
        if entry.status == "alias":
            found.setdefault(resolve(entries, entry.id).id, []).append(entry.id)
    return found


def history(document: Document, key: str) -> tuple[tuple[int, Change], ...]:
    """Return the changes to a paragraph after edition 1, each with the number of its edition."""
    return tuple(
        (number, change)
        for number in range(2, document.edition + 1)
        for change in library().changes(document, number)
        if key in (change.id, change.other)
    )


def formerly(document: Document, citation: str) -> tuple[int, Paragraph] | None:
    """Return another paragraph that had this citation, with the latest such edition; or None.

    Numbers move when a paragraph before them is added or removed; ids do not.
    """
    entries = library().ledger(document)
    here = {each.id for each in document.paragraphs if each.citation == citation}
    for edition, each in _formerly_in(document):
        if each.citation == citation and resolve(entries, each.id).id not in here:
            return edition, each
    return None


def tombstone(document: Document, entry: Entry) -> tuple[str, Paragraph | None, Paragraph | None]:
    """Return the last citation of an id that is gone, and its nearest neighbours that are live."""
    edition = library().read_document(document.id, entry.last)
    entries, live = library().ledger(document), document.paragraph_by_id
    survivors = [live.get(resolve(entries, each.id).id) for each in edition.paragraphs]
    position = edition.position_by_id[entry.id]
    before = next(filter(None, reversed(survivors[:position])), None)
    after = next(filter(None, survivors[position + 1 :]), None)
    return edition.paragraphs[position].citation, before, after


def source_link(document: Document, paragraph: Paragraph, source: Source) -> str | None:
    """Return a link to a paragraph in its source page; None if that address is not known."""
    origin = document.origin(paragraph.page, source)
    return origin.address + text_fragment(paragraph.text) if origin else None


def text_fragment(text: str) -> str:
    """Return a URL fragment that makes browsers mark a text, by its first and last words.

    See the WICG's "URL Fragment Text Directives"; hyphens and commas must be escaped.
    """
    words = text.split()
    ends = (words,) if len(words) <= 2 * END_WORDS else (words[:END_WORDS], words[-END_WORDS:])
    quoted = (quote(" ".join(end), safe="").replace("-", "%2D") for end in ends)
    return f"#:~:text={','.join(quoted)}"
