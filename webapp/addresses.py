"""Find sections and paragraphs by their names in addresses and citations."""

from __future__ import annotations

from flask import url_for
from werkzeug.routing import BaseConverter

from indexer.model import Document, Paragraph, Section


class DocumentConverter(BaseConverter):
    """Matches a document id in an address, up to an ``@``."""

    regex = "[^/@]+"


def permalink(document: str, key: str, edition: int | None = None) -> str:
    """Return the absolute address of a paragraph by its document's id and its own."""
    return url_for("document.paragraph", name=document, key=key, edition=edition, _external=True)


def section_named(document: Document, name: str) -> Section | None:
    """Return the section with a path, in any letter case, or None."""
    folded = name.casefold()
    return next((each for each in document.sections if each.path.casefold() == folded), None)


def paragraph_at(document: Document, section: str, number: int) -> Paragraph | None:
    """Return the paragraph cited as ``section ¶number``, in any letter case, or None."""
    found = section_named(document, section)
    among = (each for each in document.paragraphs if found and each.section == found.path)
    return next((each for each in among if each.number == number), None)
