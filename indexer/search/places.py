"""Places that a text names: citations as people write them, and pasted permalinks.

A place is a section or a paragraph. ``Place.citation`` is how the product prints it.
``Places.find`` reads that back, and what others write: ``II.1, para. 3``, ``(Section II.1 ¶3)``,
``para 3 of II.1``, ``II.1.3``, ``see II.1 ¶3``, ``chapter II, section 1``, ``section two``, ``the
preface``, a section's title, an address with ``/p/<id>``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from ..model import Document, Paragraph
from .analysis import one_kind, tokenize

_KIND = r"(?P<kind>sections?|sect?s?\.?|chap(?:ter)?s?\.?|ch\.?|parts?|§)"
_SECTION = rf"(?:{_KIND}\s*:?\s*)?(?P<section>\w+(?:\.\w+)*)\.?"
_SIGN = r"(?:¶{1,2}|paragraphs?|paras?\.?|pars?\.?)"
_NUMBER = r"(?P<number>\d{1,4})(?:\s*(?:-|to|and|,|&)\s*\d{1,4})?"
# Those with a sign are plain within other words, too.
_SIGNED = (
    re.compile(rf"{_SECTION}\s*[,;:]?\s*{_SIGN}\s*{_NUMBER}", re.IGNORECASE),
    re.compile(
        rf"{_SIGN}\s*{_NUMBER}[,\s]\s*(?:(?:of|in)\s+(?:the\s+)?)?{_SECTION}", re.IGNORECASE
    ),
)
_FORMS = (
    *_SIGNED,
    re.compile(rf"{_SECTION}\s*[/:,\s]\s*{_NUMBER}", re.IGNORECASE),
    re.compile(_SECTION, re.IGNORECASE),
    re.compile(rf"(?:{_SIGN}\s*)?{_SECTION}\.{_NUMBER}", re.IGNORECASE),
)
_NAMED = re.compile(  # within other words
    r"(?<![\w.:])(?:sections?|chapters?|§+|(?=[ivx]+\.\d))\s*(?P<section>[ivx]+(?:\.\d+)?)(?!\w)"
)
_LEAD = re.compile(r"^(?:(?:see(?: also)?|cf\.?|ibid\.?,?|in|at|from|the|title:|full text:)\s+)+")
_ROMAN = dict(enumerate(("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"), 1))
_CARDINALS = ("one", "two", "three", "four", "five", "six", "seven")
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh")
_COUNTED = {word: str(number) for number, word in enumerate(_CARDINALS, 1)}
_COUNTED |= {word: f"{number}th" for number, word in enumerate(_ORDINALS, 1)}
_BEFORE = re.compile(r"(\d+)(?:st|nd|rd|th)\s+(paragraph|para|section|chapter|part)\b")
_BELOW = re.compile(  # "II (1)", "II, section 1" and "II, 1, "
    r"(?<=[ivx\d])\s*\((\d+)\)?"
    r"|(?<=[ivx])(?:,?\s+(?:section|sec\.?|part|§)\s*(\d+)|[-,\s]\s*(\d+)(?=,|\s*(?:¶|par)))"
)
_SIGNS = re.compile(r"[¶§(]|\b(?:par(?:a|t|agraph)?|ch(?:ap(?:ter)?)?|sec(?:t(?:ion)?)?)s?(?!\w)")
_WORD = re.compile(r"\w+")
_AROUND = " /\t\n()[]{}<>\"'.,;:!"  # signs left around a citation that was cut out of a sentence
# Mail programs break the address before the paragraph's id, and what is left of the document's.
_ADDRESS = re.compile(
    r"(?:^|/|\s)(?:(?P<document>[a-z0-9-]+)(?:@\d+)?)?"
    r"(?:(?:/?\bp/\s*|(?:\?[^\s#]*)?#)(?P<id>p[a-z2-7]{6,})"
    r"|[/#](?P<section>[a-z]\w*(?:\.\w+)*)(?:/(?P<number>\d{1,4}))?(?=$|[?#]))"
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
        self._sections = [
            (each, {name: path for name, path in _section_names(each) if name})
            for each in documents
        ]
        partly = [each for each, _ in self._sections if not each.complete]
        self._lacking = {name: title for each in partly for name, title in _lacking(each) if name}

    def lacking(self, words: Sequence[str]) -> str | None:
        """Return the title of a section that some words name and that is not available, or None."""
        return self._lacking.get(tuple(words))

    def find(self, text: str, document: str = "") -> tuple[Place, ...]:
        """Return the places that a text names: at most one per document, if it is nothing else.

        Addresses and citations of paragraphs are also found among other words. With ``document``,
        only places in the document with this id are.
        """
        if len(text) > _LONGEST:
            return ()
        plain = one_kind(unquote(text)).strip(_AROUND).casefold()
        if ("/" in plain or "#" in plain) and (address := _ADDRESS.search(plain)):
            names = [(address["id"], 0)] if address["id"] else list(_cited(address))
            if any(address["document"] == each.id for each, _ in self._sections):
                document = address["document"]
            if places := self._places(names, document):
                return places
        bare = counted = _LEAD.sub("", plain)
        has_sign = _SIGNS.search(bare)
        if has_sign:
            counted = _WORD.sub(lambda word: _COUNTED.get(word[0], word[0]), bare)
            counted = _BELOW.sub(r".\1\2\3", _BEFORE.sub(r"\2 \1", counted))
        may_cite = has_sign or any(map(str.isdigit, bare))
        matched = (form.fullmatch(counted) for form in _FORMS if may_cite)
        cited = [name for found in matched if found for name in _cited(found)]
        last = plain if " " in plain else plain.rpartition("/")[2]  # of the text's own address
        titles = map(_words, dict.fromkeys((plain, bare, last)))
        places = self._places([(bare, 0), *cited, *((title, 0) for title in titles)], document)
        if not places and (has_sign or "." in bare):
            forms = (*_SIGNED, _NAMED) if has_sign else (_NAMED,)
            for form in forms:
                inside = map(list, map(_cited, form.finditer(counted)))
                places = places or tuple(p for each in inside for p in self._places(each, document))
        return tuple(dict.fromkeys(places))

    def _places(self, names: Sequence[tuple[str, int]], document: str) -> tuple[Place, ...]:
        """Return in each document the place that has the first of some names."""
        found = (
            next(filter(None, (_place(each, sections, *name) for name in names)), None)
            for each, sections in self._sections
            if document in ("", each.id)
        )
        return tuple(place for place in found if place)


def _place(document: Document, sections: Mapping[str, str], name: str, number: int) -> Place | None:
    """Return the paragraph with an id or a number in a section, or the section, of that name."""
    if paragraph := document.paragraph_by_id.get(name):
        return Place(document, paragraph.section, paragraph)
    path = sections.get(name, "")
    if not number:
        return Place(document, path) if path else None
    inside = (each for each in document.paragraphs if each.section == path)
    cited = next((each for each in inside if each.number == number), None)
    return Place(document, path, cited) if cited else None


def _words(text: str) -> str:
    return " ".join(_WORD.findall(text))


def _cited(cited: re.Match[str]) -> Iterator[tuple[str, int]]:
    """Yield the names that a section may have in a match, and the paragraph's number, or 0.

    Section II is called 2, too; but a number alone is no name.
    """
    parts = cited.groupdict()
    section, number = parts["section"], int(parts.get("number") or 0)
    yield section, number
    first, dot, below = section.partition(".")
    if first.isdecimal() and int(first) in _ROMAN and (number or dot or parts.get("kind")):
        yield f"{_ROMAN[int(first)]}{dot}{below}", number


def _section_names(document: Document) -> Iterator[tuple[str, str]]:
    """Yield the names of all sections and their paths; if several share a name, the last counts.

    The document itself is where it begins.
    """
    for section in document.sections:
        if section == document.sections[0]:
            yield _words(document.id), section.path
            yield _words(one_kind(document.title).casefold()), section.path
        title = _words(one_kind(section.heading).casefold())
        yield title, section.path
        bare = title.partition(" ")[2]  # without its number
        yield bare, section.path
        yield f"{_words(section.path.casefold())} {bare}", section.path
        yield section.path.casefold(), section.path


def _lacking(document: Document) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the names of the sections that are in the table of contents only, and their titles."""
    available = {section.heading for section in document.sections}
    romans = {roman: str(number) for number, roman in _ROMAN.items()}
    for title in document.contents:
        words = tokenize(title).words
        if title not in available:
            yield words, title
            if words and words[0] in romans:
                yield words[1:], title
                yield words[:1], title
                yield ("chapter", words[0]), title
                yield ("chapter", romans[words[0]]), title
