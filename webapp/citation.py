"""A paragraph as a reference: for people, for reference managers, for search engines.

The forms are few and small, so they are written here from one record; a CSL processor with its
styles would bring 15 MB and a parser of XML for two sentences.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from indexer.model import Document, Paragraph, Source

from .permalinks import source_link

TEX = str.maketrans(
    {sign: f"\\{sign}" for sign in "{}$&#_%"}
    | {"\\": r"\textbackslash{}", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}"}
)
HEADLINE = 110  # characters: the longest headline that search engines show whole


@dataclass(frozen=True)
class Reference:
    """What a citation of a paragraph says.

    ``issued`` is the day of publication, if it is known; ``address`` is the permalink, and
    ``accessed`` the day on which it was read.
    """

    key: str
    title: str
    issuer: str
    issued: date | None
    place: str
    language: str
    address: str
    accessed: date


def reference(
    document: Document, paragraph: Paragraph, source: Source, address: str, accessed: date
) -> Reference:
    """The reference for a paragraph that was read at an address on a day."""
    return Reference(
        key=f"{document.id}-{paragraph.id}",
        title=document.title,
        issuer=document.issuer,
        issued=_day(document.published),
        place=f"{paragraph.section}, para. {paragraph.number}",
        language=source.language,
        address=address,
        accessed=accessed,
    )


def plain(of: Reference) -> str:
    """A sentence for any reader."""
    parts = (of.issuer, of.title, _british(of.issued), of.place)
    sentence = ". ".join(part.removesuffix(".") for part in parts if part)
    return f"{sentence}. {of.address} (accessed {_british(of.accessed)})."


def chicago(of: Reference) -> str:
    """A note of the Chicago Manual of Style, 17th edition, 14.233 and 14.207."""
    issued = f" ({_american(of.issued)})" if of.issued else ""
    accessed = _american(of.accessed)
    return f"{of.issuer}, {of.title}{issued}, {of.place}, accessed {accessed}, {of.address}."


def apa(of: Reference) -> str:
    """An entry of the Publication Manual of the APA, 7th edition, 10.4."""
    issued = f"{of.issued:%Y, %B} {of.issued.day}" if of.issued else "n.d."
    return (
        f"{of.issuer.removesuffix('.')}. ({issued}). {of.title} ({of.place}). "
        f"Retrieved {_american(of.accessed)}, from {of.address}"
    )


def bibtex(of: Reference) -> str:
    """An entry for BibTeX, which biblatex reads too."""
    fields = {
        "author": f"{{{of.issuer.translate(TEX)}}}",
        "title": f"{{{of.title.translate(TEX)}}}",
        "institution": f"{{{of.issuer.translate(TEX)}}}",
        "year": f"{of.issued:%Y}" if of.issued else "",
        "date": f"{of.issued}" if of.issued else "",
        "note": of.place.translate(TEX),
        "url": of.address,
        "urldate": of.accessed.isoformat(),
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@techreport{{{of.key},\n{lines}}}\n"


def ris(of: Reference) -> str:
    """A record in the format of Research Information Systems."""
    fields = {
        "TY": "RPRT",
        "ID": of.key,
        "AU": of.issuer,
        "TI": of.title,
        "PB": of.issuer,
        "PY": f"{of.issued:%Y}" if of.issued else "",
        "DA": f"{of.issued:%Y/%m/%d}" if of.issued else "",
        "SE": of.place,
        "LA": of.language,
        "UR": of.address,
        "Y2": f"{of.accessed:%Y/%m/%d}",
    }
    lines = [f"{name}  - {' '.join(value.split())}\r\n" for name, value in fields.items() if value]
    return "".join(lines) + "ER  - \r\n"


def csl_json(of: Reference) -> str:
    """A list of one item for programs that follow the Citation Style Language 1.0.2."""
    item = {
        "id": of.key,
        "type": "report",
        "title": of.title,
        "author": [{"literal": of.issuer}],
        "publisher": of.issuer,
        "section": of.place,
        "language": of.language,
        "URL": of.address,
        "accessed": _date_parts(of.accessed),
        **({"issued": _date_parts(of.issued)} if of.issued else {}),
    }
    return json.dumps([item], ensure_ascii=False, indent=1) + "\n"


SENTENCES = {"Plain": plain, "Chicago": chicago, "APA": apa}
# Files by their extension: what they are called, how they are written, their media type.
FILES: dict[str, tuple[str, Callable[[Reference], str], str]] = {
    "bib": ("BibTeX", bibtex, "application/x-bibtex"),
    "ris": ("RIS", ris, "application/x-research-info-systems"),
    "json": ("CSL-JSON", csl_json, "application/vnd.citationstyles.csl+json"),
}


def report(document: Document, source: Source, address: str) -> dict[str, object]:
    """A document in the terms of schema.org, for search engines."""
    known = document.address or source.address
    return {
        "@context": "https://schema.org",
        "@type": "Report",
        "@id": address,
        "url": address,
        "name": document.title,
        "publisher": {"@type": "Organization", "name": document.issuer},
        "datePublished": document.published,
        "inLanguage": source.language,
        "version": document.edition,
        "sameAs": source.copies,
        "isBasedOn": {
            "@type": "Report",
            "name": document.title,
            "publisher": document.issuer,
            **({"url": known} if known else {}),
        },
    }


def article(
    document: Document, paragraph: Paragraph, source: Source, address: str, whole: str
) -> dict[str, object]:
    """A paragraph in the terms of schema.org; ``whole`` is the address of its whole text."""
    of = report(document, source, whole)
    about = {name: of[name] for name in ("@context", "publisher", "datePublished", "inLanguage")}
    return {
        **about,
        "@type": "Article",
        "@id": address,
        "url": address,
        "name": f"{document.title}, {paragraph.citation}",
        "headline": paragraph.text[:HEADLINE],
        "articleBody": paragraph.text,
        "author": of["publisher"],
        "isPartOf": {"@type": "Report", "@id": whole, "name": document.title},
        "isBasedOn": source_link(document, paragraph) or of["isBasedOn"],
    }


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _date_parts(day: date) -> dict[str, object]:
    return {"date-parts": [[day.year, day.month, day.day]]}


def _american(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"


def _british(day: date | None) -> str:
    return f"{day.day} {day:%B} {day.year}" if day else ""
