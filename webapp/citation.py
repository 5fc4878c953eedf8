"""Cite a document, a section or a paragraph: one record, and a template for each style."""

from dataclasses import dataclass
from datetime import date, datetime, timezone

from flask import render_template, url_for

from indexer.model import Document, Paragraph, Section

from .permalinks import permalink
from .state import library

TEX = str.maketrans(  # the special characters of TeX, escaped
    {sign: f"\\{sign}" for sign in "{}$&#_%"}
    | {"\\": r"\textbackslash{}", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}"}
)

Cited = Paragraph | Section | None  # or the whole document


@dataclass(frozen=True)
class Reference:
    """The facts that a citation states.

    ``locator`` is the part cited (``II.1, para. 3``), or empty. ``address`` is our permalink,
    ``source`` the publisher's page or empty, ``accessed`` the day of reading.
    """

    key: str
    title: str
    issuer: str
    issued: date
    locator: str
    language: str
    address: str
    source: str
    accessed: date


FORMATS = {  # for reference managers, by extension: their names and media types
    "bib": ("BibTeX", "application/x-bibtex"),
    "ris": ("RIS", "application/x-research-info-systems"),
    "json": ("CSL-JSON", "application/vnd.citationstyles.csl+json"),
}


def reference(document: Document, edition: int | None, cited: Cited) -> Reference:
    """Return a reference to a document or to a part of it, as read today."""
    if isinstance(cited, Paragraph):
        key, locator = cited.id, f"{cited.section}, para. {cited.number}"
        address = permalink(document.id, cited.id, edition)
    else:
        key = locator = cited.path if cited else ""
        page = "document.cited" if cited else "document.whole"
        section = key or None
        address = url_for(page, name=document.id, edition=edition, section=section, _external=True)
    source = library().sources[document.id]
    origin = document.origin(cited.page if cited else 1, source)
    return Reference(
        key="-".join(filter(None, [document.id, f"v{edition}" if edition else "", key])),
        title=" ".join(document.title.split()),
        issuer=" ".join(document.issuer.split()),
        issued=date.fromisoformat(document.published),
        locator=locator,
        language=source.language,
        address=address,
        source=origin.address if origin else "",
        accessed=datetime.now(timezone.utc).date(),
    )


def write(reference: Reference, extension: str) -> str:
    """Return a reference in the file format with this extension, one of FORMATS."""
    text = render_template(f"citations/{extension}.txt", reference=reference, tex=TEX) + "\n"
    return text.replace("\n", "\r\n") if extension == "ris" else text  # as its specification asks
