"""The places that a text names: documents, sections and paragraphs, however they are cited."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from ..model import Document, Paragraph
from . import citations
from .analysis import PREFIXES, STOP_WORDS, key, one_kind
from .citations import ROMAN, SectionNames

_WORD = re.compile(r"(?:[^\W_]|[%£$€])+")  # "6%" and "$6" are no sections
_PREFIX = re.compile(rf"\b({'|'.join(sorted(PREFIXES))})-(?=[a-z])")  # "co-operation"
_NUMBERED = re.compile(r"^(?:(?:part|chapter|section) )?(?:[ivx]+|\d{1,2})(?: \d{1,2})* (?!of )")
_LETTERED = re.compile(  # "A. Seats", "Annex A: Aims"; but not "A Seat" and "U.S. Seats"
    r"(?:(?:annex|appendix|part|section) [a-z]\b|[a-z][.):](?!\w))", re.IGNORECASE
)
_OPENINGS = ("preface", "pref", "foreword", "introduction", "前言", "序言")  # a paper has only one
_OWNER = re.compile(r"^.*?\w['’]s ")  # "II. China's Security Vision"
_WORDED = re.compile(r"[^\W\d]{4}")  # a word, as titles have and numbers do not
_SIGNED = re.compile("[a-z¶§]")
_PAPER = re.compile(
    r"(?<!\b(?:in|of) )(?<!\bthe )(?<!\bthis )"
    r"\b(?:(?:(?:issu|releas)es )?white papers?|full text|pdf|table of contents)\b"
)
# A question about any paper, such as "when was it published", and words for such questions.
_ASKS = re.compile(r"(?:what|when|where|which|who)\b|.*\b(?:the|this) (?:white )?paper\b")
_FITTING_ANY = "abstract author authors beijing contents date document download english filetype"
_FITTING_ANY += " full issued online overview paper papers pdf publication published publisher"
_FITTING_ANY += " released summary table text title version white written wrote"
_OF_ANY_PAPER = frozenset(_FITTING_ANY.split())
_PRINTED_PAGE = re.compile(r"\bpp? \d+(?: \d+)?")
_MIN_INITIALS = 4  # letters: "SCIO"; with fewer, they are numbers of sections or other acronyms
_LONG = 5  # words of a title or an issuer: fewer may also be what is searched for
_LONGEST = 600  # characters: a printed citation with its address has some 250


@dataclass(frozen=True)
class Place:
    """A document, a section of it, or a paragraph.

    ``section`` is empty for the whole document. ``lacking`` is the title of a section that is only
    in the table of contents, ``number`` the number of a paragraph that the section does not have.
    """

    document: Document
    section: str
    paragraph: Paragraph | None = None
    lacking: str = ""
    number: int = 0

    @property
    def citation(self) -> str:
        """The place as the product cites it: ``II.1 ¶3``, ``II.1``; the title of a document."""
        return self.paragraph.citation if self.paragraph else self.section or self.document.title

    @property
    def url(self) -> str:
        """The address of the place, from the root of the site."""
        last = f"p/{self.paragraph.id}" if self.paragraph else self.section
        return f"/{self.document.id}/{last}".rstrip("/")

    @property
    def below(self) -> tuple[Place, ...]:
        """The sections directly below a section."""
        if not self.section or self.paragraph:
            return ()
        parts = (each for each in self.document.sections if each.parent == self.section)
        return tuple(Place(self.document, each.path) for each in parts)

    @property
    def note(self) -> str:
        """A sentence on a number that is too high, or on who issued a document; may be empty."""
        if not self.section:
            issued = ", ".join(filter(None, (self.document.issuer, self.document.issued)))
            return f"{issued}." if issued else ""
        count = len(self.document.paragraphs_by_section.get(self.section, ()))
        if count == 0 or self.number <= count:
            return ""
        last = f"The last paragraph of {self.section} is ¶{count}."
        part, parts = f"{self.section}.{self.number}", [each.section for each in self.below]
        if not parts or part in parts:
            return last
        return f"There is no {part}. The last section of {self.section} is {parts[-1]}. {last}"


class Places:
    """The places of some documents, by every name that people give them."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._places: defaultdict[str, list[Place]] = defaultdict(list)  # by name
        self._documents = {each.id: each for each in documents}
        self._titles = [title for each in self._documents.values() for title in _titles(each)]
        self._names_of = {d.id: [_words(d.id), *_titles(d), *_imprint(d)] for d in documents}
        self._words_about = {paper: _keys(*names) for paper, names in self._names_of.items()}
        for paper, document in self._documents.items():
            every = _every_name(document, self._names_of[paper])
            named = {_in_any_order(name): place for name, place in every}
            for name, place in named.items():
                self._places[name].append(place)
        for name in {_in_any_order(name) for each in documents for name in _imprint(each)}:
            if len(self._places[name]) > 1:  # ambiguous: keep only sections
                self._places[name] = [each for each in self._places[name] if each.section]

    def find(self, text: str, document: str = "") -> tuple[Place, ...]:
        """Return the places that a text names, only those in ``document`` (an id) if it is given.

        Addresses, titles of documents and plain citations are also found among other words.
        """
        if len(text) > _LONGEST:
            return ()
        plain = citations.plain(text)
        owner, cited = citations.in_address(plain, self._documents)
        document = owner or document
        if places := self._first(cited, document):
            return places
        words = _words(plain)
        in_text = [(title, 0) for title in self._titles if f" {title} " in f" {words} "]
        titled = self._first(in_text, document)
        document = document or (titled[0].document.id if len(titled) == 1 else self._owner(words))
        places = self._cited(plain, document) or self._titled(plain, document)
        return tuple(dict.fromkeys(places or self._described(words, document) or titled))

    def beside(self, text: str, cited: frozenset[str]) -> str:
        """Return a text without a title and imprint; "" if it only names a paper or asks of any."""
        if self._only_names_a_paper(text, cited):
            return ""
        rest = text
        for name in (name for names in self._names_of.values() for name in names):
            # A short name may be what is searched for, unless it is beside a long one.
            if len(name.split()) >= _LONG or (rest != text and not name.isdigit()):
                words = re.sub(r"s\b", "['’]?s", name.removeprefix("the ")).replace(" ", r"\W+")
                rest = re.sub(rf"(?i)\b{words}\b[\s,:;]*", "", rest)
        return rest

    def _only_names_a_paper(self, text: str, cited: frozenset[str]) -> bool:
        """Return whether a text, but for the words ``cited``, names one paper or asks of any."""
        name = _PAPER.sub("white paper", _PRINTED_PAGE.sub("", _words(citations.plain(text))))
        typed = {*name.split()} - cited
        keys, own_keys = _keys(*typed), _keys(*(typed - _OF_ANY_PAPER))
        owners = (paper for paper, about in self._words_about.items() if own_keys <= about)
        names = (name for paper in owners for name in self._names_of[paper] if not name.isdigit())
        return len(typed) > 1 and (not own_keys or any(_keys(name) <= keys for name in names))

    def _titled(self, plain: str, document: str) -> tuple[Place, ...]:
        """Return the places whose title is a plain text, also with another number or an address."""
        title = _words(plain)
        parts = (_NUMBERED.sub("", title), _words(plain.rpartition("/")[2]))
        worded = (part for part in parts if " " in part and _WORDED.search(part))
        names = dict.fromkeys([title, _words(citations.bare(plain)), *worded])
        return self._first([(name, 0) for name in names], document)

    def _owner(self, name: str) -> str:
        """Return the id of the only paper that "2017 white paper, II.1" can mean, or ""."""
        words = _keys(name) if _PAPER.search(name) else _keys()
        shared = {paper: len(words & about) for paper, about in self._words_about.items()}
        best = [paper for paper in shared if shared[paper] == max(shared.values())]
        return best[0] if len(best) == 1 else ""

    def _described(self, name: str, document: str) -> tuple[Place, ...]:
        """Return the only paper that a text such as "china white paper 2017" describes.

        A single paper is also described by what fits any: "who wrote this paper".
        """
        asked = {*_PAPER.sub("white paper", name).split()} - STOP_WORDS
        own = asked - _OF_ANY_PAPER
        asks_of_any = asked and not own and _ASKS.match(name)
        if not (_PAPER.search(name) or asks_of_any):
            return ()
        keys = _keys(*own)
        found = [paper for paper, about in self._words_about.items() if keys <= about]
        is_one = len(found) == 1 and document in ("", found[0])
        return (Place(self._documents[found[0]], ""),) if is_one else ()

    def _cited(self, plain: str, document: str) -> tuple[Place, ...]:
        """Return the places that a plain text cites; for a missing paragraph, its section."""
        places: list[Place] = []
        for names, text in citations.read(plain):
            is_place = _SIGNED.search(text)  # "2.5" may be a mere number
            near = [*names, *citations.above(names)] if is_place else []
            places += self._first(names, document) or self._first(near, document, exact=False)
        return tuple(places)

    def _first(self, names: SectionNames, document: str, exact: bool = True) -> tuple[Place, ...]:
        """Return the place in each document with the best of some names, which are best first.

        If not ``exact``, it is a section, with a note on the number of a paragraph that it lacks.
        """
        found: dict[str, Place] = {}
        for name, number in names:
            for place in self._named(_words(name)):
                cited = _cited_in(place, number) if exact else replace(place, number=number)
                is_found = cited and (exact or cited.lacking or cited.note)
                if cited and is_found and document in ("", place.document.id):
                    found.setdefault(place.document.id, cited)
        typed = {_words(name) for name, _ in names}  # a paper's own "Foreword" before a "Preface"
        return tuple(sorted(found.values(), key=lambda each: _title(each.section) not in typed))

    def _named(self, name: str) -> list[Place]:
        """Return the paragraph with an id, or else the places with a name."""
        # A table of all ids would make it a tenth slower to open an index.
        every = ((each, each.paragraph_by_id.get(name)) for each in self._documents.values())
        found = [Place(document, cited.section, cited) for document, cited in every if cited]
        return found or self._places.get(_in_any_order(name), [])


def _cited_in(place: Place, number: int) -> Place | None:
    """Return a place itself or, if a number is given, its paragraph with that number, or None."""
    if not number or place.paragraph or place.lacking:
        return place
    inside = place.document.paragraphs_by_section.get(place.section, ())
    wanted = number if number > 0 else len(inside) + 1 + number
    cited = next((paragraph for paragraph in inside if paragraph.number == wanted), None)
    return replace(place, paragraph=cited) if cited else None


@lru_cache(maxsize=64)  # a query needs each up to six times
def _words(text: str) -> str:
    joined = _PREFIX.sub(r"\1", text).replace("'", "").replace("&", "and")
    return " ".join(_WORD.findall(joined))


def _title(text: str) -> str:
    return _words(one_kind(text).casefold())


def _titles(document: Document) -> list[str]:
    """Return a document's title whole, without subtitle and without "China's"; no short ones."""
    short, owned = document.title.partition(":")[0], _OWNER.sub("", document.title)
    long = (owned,) if owned.count(" ") > 2 else ()
    return [_title(title) for title in (document.title, short, *long) if " " in title]


def _imprint(document: Document) -> list[str]:
    """Return names that a document may share with others: who issued it, and when."""
    body = document.issuer.removeprefix("The ").partition(" of ")[0]  # without its country
    initials = "".join(re.findall(r"\b[A-Z]", body))
    issuers = [document.issuer, body, initials if len(initials) >= _MIN_INITIALS else ""]
    names = [*issuers, document.statement, document.issued, document.published]
    if document.published:
        day = date.fromisoformat(document.published)
        names += [f"{issuer} {day.year}" for issuer in (*issuers, "")]  # as in citations
        names += [f"{day.day} {day:%B %Y}", f"{day.day} {day:%b %Y}", f"{day:%b %Y}"]
        names += [f"{day.day} {day.month} {day.year}"]
    return ["white paper", *filter(None, map(_title, names))]


def _keys(*texts: str) -> frozenset[str]:
    """Return the keys of the words of some texts that are not common."""
    words = (word for text in texts for word in text.split())
    return frozenset(key(word) for word in words if word not in STOP_WORDS)


def _in_any_order(title: str) -> str:
    """Return the keys of a title's words, or of the three or more that are not common, sorted."""
    title = title.replace("appendix", "annex")
    content = sorted(_keys(title))
    return " ".join(content if len(content) >= 3 else map(key, title.split()))


def _every_name(document: Document, own: Sequence[str]) -> Iterator[tuple[str, Place]]:
    """Yield the names of a document, which are its ``own``, and of all its sections."""
    known = {_title(section.heading) for section in document.sections}
    openings = [each for each in _OPENINGS if each not in known]
    for title in () if document.complete else document.missing_sections:
        first = title.partition(".")[0]
        path = first if first.casefold() in ROMAN.values() else title
        yield from _names(title, Place(document, path, lacking=title), openings)
    for name in own:
        yield name, Place(document, "")
    for section in reversed(document.sections):  # the first of several keeps a name
        yield from _names(section.heading, Place(document, section.path), openings)


def _names(heading: str, place: Place, openings: list[str]) -> Iterator[tuple[str, Place]]:
    """Return the names of a section; ``openings`` are more names for the one that opens a paper."""
    title, owned = _title(heading), _title(_OWNER.sub("", heading))
    bare, lettered, path = _NUMBERED.sub("", title), "", _words(place.section.casefold())
    if found := _LETTERED.match(heading):
        letter = _title(found[0])
        bare = title.removeprefix(letter).strip()
        above = place.section.casefold().rpartition(".")[0]
        lettered = _words(f"{above}.{letter}")  # "ii a"
    is_opening = not {*title.split()[:1], *title.split()[-1:]}.isdisjoint(_OPENINGS)
    others = openings if is_opening else ()
    names = (title, bare, f"{path} {bare}", path, lettered, owned, *others)
    return ((name, place) for name in names if name)
