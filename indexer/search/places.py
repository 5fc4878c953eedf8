"""Places that a text names: citations as people write them, and pasted permalinks.

``Place.citation`` is how the product prints a section or a paragraph. ``Places.find`` reads that
back, and what others write: ``(Section II.1 ¶3)``, ``para 3 of II.1``, ``II.1.3``, ``section two``,
``the preface``, a section's title, an address with ``/p/<id>``.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from urllib.parse import unquote

from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne

from ..model import Document, Paragraph
from .analysis import STOP_WORDS, key, one_kind
from .spelling import is_known

_KIND = r"(?P<kind>(?:sections?|sect?s?\.?|chap(?:ter)?s?\.?|ch\.?|parts?|pts?\.?)(?![a-z])|§)"
_NO = r"(?:(?:no|nr|number)\.?\s*|[#\[]\s*)?"
_SECTION = rf"(?:{_KIND}\s*:?\s*{_NO})?(?P<section>\w+(?:\.\w+)*)\.?"
_SIGN = r"(?:¶{1,2}|paragraphs?|paras?\.?|pars?\.?)"
_NUMBER = rf"{_NO}(?P<number>\d{{1,4}})(?:\s*(?:-|to)\s*\d{{1,4}})?"
# Those with a sign are plain within other words, too.
_SIGNED = (
    re.compile(rf"{_SECTION}\s*[^\w\s¶]?\s*{_SIGN}\s*{_NUMBER}"),
    re.compile(rf"{_SIGN}\s*{_NUMBER}[^\w¶.]+(?:(?:of|in)\s+(?:the\s+)?)?{_SECTION}"),
)
_FORMS = (
    *_SIGNED,
    re.compile(rf"{_SECTION}(?:(?<=\d)-\d{{1,4}})?"),
    re.compile(rf"(?:{_SIGN}\s*)?{_SECTION}\s*[./:,\s]\s*{_NUMBER}"),
)
_NAMED = re.compile(  # within other words
    r"(?<![\w.:])(?:(?P<kind>sections?|chapters?|§+)\s*|(?=[ivx]+\.\d))"
    r"(?P<section>(?:[ivx]+|\d)(?:\.\d+)?)(?!\w)"
)
_ITEM = r"(?:[ivx]+|\d{1,4})(?:\.\d+)?(?![\w.])"
_NEXT = re.compile(rf"\s*(?:,\s*(?:and\s+)?|and\s+|&\s*)(?:{_SIGN}\s*)?")
_ITEMS = rf"({_ITEM}(?:{_NEXT.pattern}{_ITEM})+)"
_ITEMS_OF = re.compile(rf"{_SIGN}\s*{_ITEMS}\s+(?:of|in)\s+(?:the\s+)?(?:section\s+)?(\S+)")
_LISTED = re.compile(  # "II.1 ¶3, 5 and ¶6", "sections 1, 2 and 3", "section 1 and 2"
    rf"([a-z]+(?:\.\d+)?,?\s*{_SIGN}\s*|(?:sections|chapters|§§)\s*"
    rf"|(?:section|chapter)\s+(?=\S+\s(?:and|&))){_ITEMS}"
)
_AROUND_IT = re.compile(
    r"^(?:(?:see(?: also)?|cf\.?|ibid\.?,?|(?:in|at|from|the|what|where|does|is)(?! i$)"
    r"|go|jump|to|open|read|show|find|summari[sz]e|(?:summary|text) of)\s+)+"
    r"|\s+(?:about|says?|(?:in|of) the (?:20\d\d )?white paper)$"
)
_ROMANS = "i ii iii iv v vi vii viii ix x"
_CARDINALS = "one two three four five six seven eight nine ten"
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth"
_ROMAN = {str(number): roman for number, roman in enumerate(_ROMANS.split(), start=1)}
_COUNTED = {word: str(number) for number, word in enumerate(_CARDINALS.split(), start=1)}
_COUNTED |= {word: f"{number}th" for number, word in enumerate(_ORDINALS.split(), start=1)}
_BEFORE = re.compile(r"(\d+)(?:st|nd|rd|th)\s+(paragraph|para|section|chapter|part)\b\.?")
_CHAPTER = re.compile(r"\b(ch(?:ap(?:ter)?)?\.?|part)\s*(\d)(?=,?\s+sec)")
_SPACED = re.compile(r"(?<=[ivx])(?:\.\s+|\s?-\s?)(?=\d)")  # "II. 1", "II-1"
_POINT = re.compile(r"(?<=[ivx\d])\s+(?:point|dot)\s+(?=\d)")  # "section two point one"
_BELOW = re.compile(  # "II (1)", "II, section 1" and "II, 1, "
    r"(?<=[ivx\d])\s*\((\d+)\)?"
    r"|(?<=[ivx])(?:,?\s+(?:section|sec\.?|part|pt\.?|§)\s*(\d+)|[-,\s]\s*(\d+)(?=,|\s*(?:¶|par)))"
)
_SIGNS = re.compile(
    r"[¶§(]|\b(?:par(?:a|t|agraph)?|pt|ch(?:ap(?:ter)?)?|sec(?:t(?:ion)?)?)s?(?!\w)"
)
_WORD = re.compile(r"\w+")
_OWNER = re.compile(r"^.*?\w['’]s ")  # "II. China's Security Vision"
_KINDS = ("section", "chapter", "paragraph")
_LIKE_A_KIND = re.compile(r"\b[scp]\w{4,10}(?=\s+(?:\d|[ivx]+(?!\w)|one|two|three|four|five))")
_AROUND = " /\t\n()[]{}<>\"'.,;:!?"  # signs left around a citation that was cut out of a sentence
# Mail programs break the address before the paragraph's id, and what is left of the document's.
_ADDRESS = re.compile(
    r"(?:^|/|\s)(?:(?P<document>[a-z0-9-]+)(?:@\d+)?)?"
    r"(?:(?:/?\bp/\s*|(?:\?[^\s#]*)?#)(?P<id>p[a-z2-7]{6,})"
    r"|[/#](?P<section>[a-z]\w*(?:\.\w+)*)(?:/(?P<number>\d{1,4})(?![\w/])|(?=$|[?#])))"
)
_LONGEST = 600  # characters: a printed citation with its address has some 250


@dataclass(frozen=True)
class Place:
    """A section of a document, or a paragraph of it.

    ``lacking`` is the title of a section that is in the table of contents only; ``number`` that of
    a paragraph which the section does not have.
    """

    document: Document
    section: str
    paragraph: Paragraph | None = None
    lacking: str = ""
    number: int = 0

    @property
    def citation(self) -> str:
        """The place as the product cites it: ``II.1 ¶3``, ``II.1``."""
        return self.paragraph.citation if self.paragraph else self.section

    @property
    def url(self) -> str:
        """The address of the place, from the root of the site."""
        last = f"p/{self.paragraph.id}" if self.paragraph else self.section
        return f"/{self.document.id}/{last}"

    @property
    def note(self) -> str:
        """A sentence on a number that is too high; empty for others."""
        inside = self.document.paragraphs_by_section.get(self.section, ())
        last = f"The last paragraph of {self.section} is ¶{len(inside)}."
        return last if self.number > len(inside) > 0 else ""


class Places:
    """The places of some documents, by every name that people give them."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._sections: defaultdict[str, list[Place]] = defaultdict(list)
        self._documents = {each.id: each for each in documents}
        self._titles = [_title(each.title) for each in self._documents.values()]
        for document in self._documents.values():
            for name, place in dict(_named(document)).items():
                self._sections[_in_any_order(name)].append(place)
        if len(self._documents) > 1:
            self._sections.pop("white paper", None)  # it may be any of them

    def find(self, text: str, document: str = "") -> tuple[Place, ...]:
        """Return the places that a text names; without signs of one, only if it is nothing else.

        Addresses and citations of paragraphs are also found among other words. With ``document``,
        only places in the document with this id are.
        """
        if len(text) > _LONGEST:
            return ()
        plain = unicodedata.normalize("NFKC", one_kind(unquote(text))).strip(_AROUND).casefold()
        if ("/" in plain or "#" in plain) and (address := _ADDRESS.search(plain)):
            names = [(address["id"], 0)] if address["id"] else _cited(address)
            if address["document"] in self._documents:
                document = address["document"]
            if places := self._first(names, document):
                return places
        bare = _SPACED.sub(".", _AROUND_IT.sub("", _LIKE_A_KIND.sub(_spelt, plain)))
        has_sign = bool(_SIGNS.search(bare))
        counted = _in_digits(bare) if has_sign else bare
        forms = _FORMS if has_sign or any(map(str.isdigit, bare)) else ()
        titles = [*map(_words, (plain, bare, plain.rpartition("/")[2]))]  # that of an address, too
        cited = [name for f in forms if (found := f.fullmatch(counted)) for name in _cited(found)]
        places = self._first([(bare, 0), *cited, *((title, 0) for title in titles)], document)
        if not places and (has_sign or "." in bare):
            places = self._inside(counted, document)
        in_title = [(title, 0) for title in self._titles if title in titles[0]]
        return tuple(dict.fromkeys(places or self._first(in_title, document)))

    def _inside(self, text: str, document: str) -> tuple[Place, ...]:
        """Return the places cited within other words.

        The section of a paragraph that it lacks is better than a section without a number.
        """
        signed = [_cited(found) for form in _SIGNED for found in form.finditer(text)]
        places = [place for names in signed for place in self._first(names, document)]
        if signed and not places:
            places += self._first(signed[0], document, exact=False)
        if not places:
            named = map(_cited, _NAMED.finditer(text))
            places += (place for names in named for place in self._first(names, document))
        return tuple(places)

    def _first(
        self, names: Iterable[tuple[str, int]], document: str, *, exact: bool = True
    ) -> tuple[Place, ...]:
        """Return in each document the place that has the first of some names.

        If not ``exact``, that is a section, with the number of a paragraph that it lacks.
        """
        found: dict[str, Place] = {}
        for name, number in names:
            for place in self._named(name):
                cited = _cited_in(place, number) if exact else replace(place, number=number)
                if cited and document in ("", place.document.id):
                    found.setdefault(place.document.id, cited)
        return tuple(place for _, place in sorted(found.items()))

    def _named(self, name: str) -> list[Place]:
        """Return the sections of that name, or the paragraphs with that id."""
        found = []  # a table of all ids would take a tenth of the time in which an index is opened
        for document in self._documents.values():
            if paragraph := document.paragraph_by_id.get(name):
                found.append(Place(document, paragraph.section, paragraph))
        return found or self._sections.get(_in_any_order(name), [])


def _cited_in(place: Place, number: int) -> Place | None:
    """Return the paragraph with a number in a section, or the place itself without a number."""
    if not number or place.paragraph or place.lacking:
        return place
    inside = place.document.paragraphs_by_section[place.section]
    cited = next((paragraph for paragraph in inside if paragraph.number == number), None)
    return replace(place, paragraph=cited) if cited else None


def _words(text: str) -> str:
    return " ".join(_WORD.findall(text.replace("'", "").replace("&", "and")))


def _title(text: str) -> str:
    return _words(one_kind(text).casefold())


def _in_any_order(words: str) -> str:
    """Return the telling words of a title, if there are three, sorted and without endings."""
    telling = sorted({key(word) for word in words.split() if word not in STOP_WORDS})
    return " ".join(telling) if len(telling) >= 3 else words


def _in_digits(text: str) -> str:
    """Return a citation with its numbers as in "ii.1 para 3", however they were typed."""
    counted = _WORD.sub(lambda word: _COUNTED.get(word[0], word[0]), text)
    counted = _POINT.sub(".", counted)
    counted = _CHAPTER.sub(lambda found: f"{found[1]} {roman(found[2])}", counted)
    counted = _BELOW.sub(r".\1\2\3", _BEFORE.sub(r"\2 \1", counted))
    return _LISTED.sub(
        lambda found: found[1] + _NEXT.sub(f" and {found[1]}", found[2]),
        _ITEMS_OF.sub(r"\2 ¶\1", counted),
    )


def _spelt(found: re.Match[str]) -> str:
    """Return a kind of place for a misspelt one: "section" for "secton"."""
    near = extractOne(found[0], _KINDS, scorer=OSA.distance, score_cutoff=2)
    return near[0] if near and near[1] and not is_known(found[0]) else found[0]


def _cited(cited: re.Match[str]) -> list[tuple[str, int]]:
    """Return the names that a section may have in a match, each with the paragraph's number, or 0.

    Section II is called 2, too; but a number alone is no name.
    """
    parts = cited.groupdict()
    section, number = parts["section"], int(parts.get("number") or 0)
    named = parts.get("kind") or (number and cited[0] == cited.string)  # not "page 1, para 3"
    names = [section, roman(section)] if named or "." in section else [section]
    return [(name, number) for name in names]


def roman(section: str) -> str:
    """Return the path of a section with its chapter in Roman numerals: ``ii.1`` for ``2.1``."""
    first, dot, below = section.partition(".")
    return f"{_ROMAN.get(first, first)}{dot}{below}"


def _named(document: Document) -> Iterator[tuple[str, Place]]:
    """Yield the names of all sections; the document's are of where it begins."""
    available = {section.heading for section in document.sections}
    for title in () if document.complete else document.contents:
        first = title.partition(".")[0]
        if title not in available:
            path = first if first.casefold() in _ROMAN.values() else title
            yield from _names(title, Place(document, path, lacking=title))
    for section in document.sections:
        if section == document.sections[0]:
            for name in (_words(document.id), _title(document.title), "white paper"):
                yield name, Place(document, section.path)
        yield from _names(section.heading, Place(document, section.path))


def _names(heading: str, place: Place) -> Iterator[tuple[str, Place]]:
    """Yield the names of a section: its heading, also without its number or with its path."""
    path, title = place.section.casefold(), _title(heading)
    bare = title.partition(" ")[2]  # without its number
    others = ("foreword", "introduction") if title == "preface" else ()
    owned = _title(_OWNER.sub("", heading))
    for name in (title, bare, f"{_words(path)} {bare}", path, owned, *others):
        if name:
            yield name, place
