"""Find what follows a quotation and is not part of it: a citation, a title, a permalink."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..model import Document, Paragraph
from .analysis import one_kind
from .spans import Span

_ADDRESS = (
    r"(?:(?:https?://|www\.)[^\s<>\"()\[\]]+"
    r"|(?<![\w/])/[\w.-]+(?:@\d+)?/(?:p/[\w-]+|[IVX][\w.]*/\d+)[^\s\"()]*)"
)
_PLACE = (
    r"(?:(?:section|sect?\.|§)\s*)?(?<!\w)(?P<section>\w+(?:\.\w+)*)\s*,?\s*"
    r"(?:¶+\s*|para(?:graph)?\.?\s*)(?P<number>\d{1,4})(?!\w)"
)
_IN_ADDRESS = re.compile(
    r"/(?P<document>[^/\s@#?]+)(?:@\d+)?"
    r"(?:/p/(?P<id>[\w-]+)|/(?P<section>[\w.]+)/(?P<number>\d+)|#(?P<anchor>[\w-]+))"
)
_HINT = r"¶|\bpara|/|www\."  # no place or address is without one of these
# A whole section, or "II.1/3", is a citation only in parentheses at the end.
_AT_END = re.compile(
    r"[(\[]\s*(?:(?:section|sect?\.|§)\s*)?(?P<section>\w+(?:\.\w+)*)(?:[/:](?P<number>\d{1,4}))?"
    r"\s*[)\]]\W*$",
    re.IGNORECASE,
)
# A title is a citation behind a quotation mark, a dash, a bracket or a sentence; within a sentence
# it is the text's own.
_EDGE = r"""(?:^|(?<=["'.!?\n(\[)-])|(?<=["'.!?\n(\[)-]\s))"""
# "(see", "China's (", "- Xi Jinping," and the like, behind quotation marks or a sentence.
_LEAD = (
    r"""(?:(?:(?<=["']\s)\w+'s\s*)?[(\[]|(?:^|(?<=["'.!?\n])|(?<=["'.!?\n]\s))--?\s*)"""
    r"""[^"()\[\]\n]{0,80}?"""
)
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
# Nothing but dates and the like is between two parts of a citation.
_GLUE = rf"(?:[\s\d.,;:()\[\]-]|{_MONTH}|\b(?:accessed|retrieved|from|on|in|at|and|n\.d)\b)*"
_DATE = rf"(?:[,.]?\s*\(?(?:\d{{1,2}}\s+)?(?:{_MONTH}\s+)?(?:\d{{1,2}},\s+)?(?:19|20)\d\d\b\)?)?"
_READ = rf"(?:[\s.,;]*\(?(?:accessed|retrieved)(?:[\s\d,]|\bon\b|{_MONTH})*)?"
_TRAIL = rf"{_DATE}{_READ}[\s.,;)\]]*"
# Behind quotation marks around the whole the source may be named in any way, but briefly.
_QUOTED = re.compile(
    r"""\s*["'](?P<quoted>[^\n]+)["']\s*"""
    r"""(?P<behind>\([^()\n]+\)|--?\s*[A-Z][^"\n]*|\w+'s\s*\([^\n]*)\s*"""
)


@dataclass(frozen=True)
class Named:
    """A place that a quotation is said to be from: as typed, and as far as it could be read.

    ``number`` is 0 where a whole section is named.
    """

    text: str
    id: str = ""
    section: str = ""
    number: int = 0

    def is_of(self, paragraph: Paragraph) -> bool:
        """Return whether this is the place of a paragraph."""
        if self.id:
            return paragraph.id == self.id
        section, named = paragraph.section.casefold(), self.section.casefold()
        if self.number:
            return (section, paragraph.number) == (named, self.number)
        return section == named or section.startswith(f"{named}.")


def attributions(text: str, documents: Iterable[Document]) -> Iterator[tuple[Span, Named | None]]:
    """Yield what follows quotations: the span, and the place that it names, if it does.

    ``documents`` are those whose titles, issuers and sections are known.
    """
    documents, plain = tuple(documents), "\n".join(map(one_kind, text.split("\n")))
    names = [one_kind(name) for each in documents for name in (each.title, each.issuer) if name]
    title = "|".join(map(re.escape, names)) or r"(?!)"
    first = rf"(?:{_ADDRESS}|{_PLACE}|{_EDGE}(?:{title}))"
    more = re.sub(r"\(\?P<\w+>", "(?:", rf"(?:{_ADDRESS}|{_PLACE}|(?:{title}))")
    pattern = re.compile(rf"(?:{_LEAD})?{first}(?:{_GLUE}{more})*{_TRAIL}", re.IGNORECASE)
    if not re.search(rf"{_HINT}|{title}", plain, re.IGNORECASE):
        yield from _unnamed(plain, documents)
        return
    sections, last = _sections(documents), 0
    for found in pattern.finditer(plain):
        named = _named(found[0], sections)
        if found["section"] and not named:
            continue  # "Article 4, paragraph 3"
        yield found.span(), named
        last = found.end()
    if last == 0:
        yield from _unnamed(plain, documents)


def _sections(documents: Iterable[Document]) -> set[str]:
    return {each.path.casefold() for document in documents for each in document.sections}


def _unnamed(plain: str, documents: Iterable[Document]) -> Iterator[tuple[Span, Named | None]]:
    """Yield an attribution without title, citation or address."""
    at_end = _AT_END.search(plain)
    if at_end and at_end["section"].casefold() in _sections(documents):
        number = int(at_end["number"] or 0)
        yield at_end.span(), Named(at_end[0].strip(" ()[]."), "", at_end["section"], number)
        return
    for line in re.finditer(r"[^\n]+", plain):
        found = _QUOTED.fullmatch(plain, *line.span())
        if found and len(found["behind"]) < len(found["quoted"]):
            yield found.span("behind"), None


def _named(text: str, sections: set[str]) -> Named | None:
    """Return the first place that an attribution names."""
    for found in re.finditer(_PLACE, text, re.IGNORECASE):
        section = found["section"]
        if section.casefold() in sections or re.fullmatch(r"[IVXL]+(\.\d+)*", section):
            return Named(found[0].strip(), "", section, int(found["number"]))
    for found in _IN_ADDRESS.finditer(text):
        if found["id"] or found["anchor"]:
            return Named(found[0], found["id"] or found["anchor"])
        return Named(found[0], "", found["section"], int(found["number"]))
    return None
