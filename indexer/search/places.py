"""Places that a text names: citations as people write them, and pasted permalinks.

A place is a section or a paragraph. ``Place.citation`` is how the product prints it.
``Places.find`` reads that back, and what others write: ``II.1, para. 3``, ``(Section II.1 ¶3)``,
``para 3 of II.1``, ``II.1.3``, ``see II.1 ¶3``, ``preface``, a section's title, an
address with ``/p/<id>``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..model import Document, Paragraph
from .analysis import one_kind

_KIND = r"(?:sections?|secs?\.?|chapters?|ch\.|parts?|§)"
_SECTION = rf"(?:{_KIND}\s*:?\s*)?(?P<section>\w+(?:\.\w+)*)\.?"
_SIGN = r"(?:¶{1,2}|paragraphs?|paras?\.?|pars?\.?)"
_NUMBER = r"(?P<number>\d{1,4})(?:\s*(?:-|to|and|,|&)\s*\d{1,4})?"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{_SECTION}\s*[,;:]?\s*{_SIGN}\s*{_NUMBER}",
        rf"{_SECTION}\s*[/:\s]\s*{_NUMBER}",
        rf"{_SIGN}\s*{_NUMBER}\s*(?:of|in|,)\s*{_SECTION}",
        _SECTION,
        rf"{_SECTION}\.{_NUMBER}",
    )
)
_LEAD = re.compile(r"(?:see(?: also)?|cf\.?|in|at|from)\s+", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_AROUND = " \t\n()[]{}<>\"'.,;:!"  # signs left around a citation that was cut out of a sentence
_ADDRESS = re.compile(
    r"(?:^|/|\s)(?P<document>[a-z0-9-]+)(?:@\d+)?"
    r"(?:(?:/p/|(?:\?[^\s#]*)?#)(?P<id>p[a-z2-7]{6,})"
    r"|/(?P<section>[a-z]\w*(?:\.\w+)*)(?:/(?P<number>\d{1,4}))?$)",
    re.IGNORECASE,
)
_LONGEST = 600  # characters: a printed citation with its address has some 250


@dataclass(frozen=True)
class Place:
    """A section of a document, or a paragraph of it."""

    document: Document
    section: str
    paragraph: Paragraph | None = None

    @property
    def citation(self) -> str:
        """The place as the product cites it: ``II.1 ¶3``, ``II.1``."""
        return self.paragraph.citation if self.paragraph else self.section

    @property
    def url(self) -> str:
        """The address of the place, from the root of the site."""
        last = f"p/{self.paragraph.id}" if self.paragraph else self.section
        return f"/{self.document.id}/{last}"


class Places:
    """The places of some documents, by every name that people give them."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._by_document = {
            document.id: {name: place for name, place in _names(document) if name}
            for document in documents
        }

    def find(self, text: str, document: str = "") -> tuple[Place, ...]:
        """Return the places that a text names, if it is nothing else: at most one per document.

        With ``document``, only those in the document with this id.
        """
        plain = one_kind(text).strip(_AROUND).casefold()
        if lead := _LEAD.match(plain):
            plain = plain[lead.end() :]
        if len(plain) > _LONGEST:
            return ()
        matched = (form.fullmatch(plain) for form in _FORMS)
        names = [plain, *(_name(found) for found in matched if found), _words(plain)]
        is_address = "/" in plain or "#" in plain
        if is_address and (address := _ADDRESS.search(plain)):
            document = address["document"]
            names = [address["id"] or _name(address)]
        places = (
            next((named[name] for name in names if name in named), None)
            for each, named in self._by_document.items()
            if document in ("", each)
        )
        return tuple(place for place in places if place)


def _words(text: str) -> str:
    return " ".join(_WORD.findall(text))


def _name(cited: re.Match[str]) -> str:
    """Return the section and number that a match has as the name of a place."""
    number = cited.groupdict().get("number")
    return f"{cited['section']} {int(number)}" if number else cited["section"]


def _names(document: Document) -> Iterator[tuple[str, Place]]:
    """Yield the names of all places of a document; if several share a name, the last counts."""
    for section in document.sections:
        place = Place(document, section.path)
        title = _words(one_kind(section.heading).casefold())
        yield title, place
        yield title.partition(" ")[2], place  # without its number
        yield section.path.casefold(), place
    for paragraph in document.paragraphs:
        place = Place(document, paragraph.section, paragraph)
        yield f"{paragraph.section} {paragraph.number}".casefold(), place
        yield paragraph.id, place
