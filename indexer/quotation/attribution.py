"""Find citations, titles and permalinks beside quotations, which are not part of them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from ..model import Document, Paragraph
from ..search.analysis import one_kind
from ..search.spans import Span

Cited = tuple[Span, "Named | None"]  # where a citation is, and the place that it names
_KIND = r"(?:(?:section|sect?\.|part|pt\.|§)\s*)?"
_UNNUMBERED = ("preface", "foreword", "introduction", "conclusion")
_SECTION = rf"{_KIND}(?<!\w)(?P<section>\w[\w-]*(?:\.[\w-]+){{0,4}})"
_SIGN = r"(?:(?<!¶)¶+\s*|para(?:graph)?\.?\s*)"
_PLACES = (
    rf"{_SIGN}(?P<number>\d{{1,4}})\s+of\s+{_SECTION}",  # para. 5 of Section II.1
    rf"{_SECTION}\s*,?\s*{_SIGN}(?P<number>\d{{1,4}})(?!\w)",  # II.1 ¶5
    # A whole section, or "II.1/3", is a citation only in brackets at the end of a line; but "[1]"
    # is the number of a note there, except on the last line, and "[ii]" always is.
    rf"(?<=[(\[])(?!\d+[)\]]\W*\n|(?-i:[ivx]+)\]){_SECTION}(?:[/:](?P<number>\d{{1,4}}))?"
    r"(?=[)\]][^\w\n]*(?:\n|\Z))",
    r"/[^/\s@#?]+(?:@\d+)?(?:(?:/p/|#(?=p[a-z2-7]{6}\b))(?P<id>[\w-]+)"
    r"|/(?P<section>[\w.-]+)/(?P<number>\d+))",  # /ports-2017@2/p/pabc234, /ports-2017/II.1/5
)
# After a title, a section at the end of a line needs no brackets.
_LAST = (
    r"(?:sections?\s+)?(?<!\w)"
    rf"(?P<section>[IVXL]+(?:\.\d+)*|{'|'.join(_UNNUMBERED)})(?=\W*(?:\n|\Z))"
)
_SIGNS = ("/", "¶", "www.", "para", ")", "]")  # every place and address has one of these
_ORDINAL = r"(?:[IVXLC\d]+\. )?"  # before a heading
# What may surround a heading at the top of a page: a number, a date, a site; this also above it.
_SITE = r"(?<![\w.-])[a-z][\w-]*(?:\.[a-z][\w-]*)+(?![\w.-])"
_PAGE = rf"(?:[^\w\n]|full\s+text|page|china\s+daily|\d{{1,4}}(?!\w)|of|[ap]m|{_SITE})*?"
_AROUND_ISSUER = r"^The | of .*$"  # around an issuer's name: "The Port Office of China"
_ROMAN = re.compile(r"[IVXL]+(\.\d+)*")  # "II.1": sections of most documents are numbered so
_ADDRESS = r"(?:https?://|www\.|pic\.twitter\.com/)[^\s<>\"()\[\]]+"
# A title right after one of these is a citation; elsewhere, it is part of a sentence.
_EDGE = r"""(?:^|(?<=["'.:!?\n(\[\])*_-])|(?<=["'.:!?\n(\[\])-]\s))"""
# "(see", "China's (", "- Xi Jinping," and the like, after quotation marks or a sentence.
_LEAD = (
    r"""(?:(?:(?<=["']\s)\w+'s\s*)?[(\[]"""
    r"""|(?:^|(?<=["'.!?\n])|(?<=["'.!?\n]\s))(?:--?|sources?:|cite as:)\s*)"""
    r"""(?:(?!\b(?:but|never|not?)\b)[^"()\[\]\n]){0,80}?"""
)
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_DAY = rf"(?:(?:{_MONTH}|\d{{1,2}}),?\s+){{0,2}}(?:19|20)\d\d[a-z]?\b(?:,\s+{_MONTH}\s+\d{{1,2}})?"
_READ = r"(?:available|accessed|retrieved|released|published|issued)(?::|\s+(?:on|at|from):?)?\s+"
_REMARK = r"emphas[ie]s\s(?:added|mine|original|ours)"
_MORE = (
    rf"(?:{_READ})?{_DAY}|\[(?!false|fake|no\b|not|wrong)(?-i:[A-Z]{{2,8}})\]"
    rf"|\b(?:(?:pp?|paras?)\.\s?\d+|{_REMARK})"
)
# Only dates and the like are between the parts of a citation, and after the last.
_GLUE = rf"(?:[\s\d.,;:()\[\]\"*_-]|{_MORE}|{_READ}|\b(?:from|on|in|at|and|cf|see|n\.d)\b)*"
_TRAIL = rf"(?:[\s.,;(\"*_]*(?:{_MORE}))*[\s.,;)\]*_]*"
_OF_CHINA = r"(?:\s+of\s+(?:(?:the\s+)?(?:PRC|People's\s+Republic\s+of\s+China)|China)\b)?"


@dataclass(frozen=True)
class Named:
    """A place that a quotation cites, as typed and as parsed; a whole section has ``number`` 0."""

    text: str
    id: str = ""
    section: str = ""
    number: int = 0

    def is_of(self, paragraph: Paragraph) -> bool:
        """Return whether a paragraph is at this place."""
        if self.id:
            return paragraph.id == self.id
        section, named = paragraph.section.casefold(), self.section.casefold()
        if self.number:
            return (section, paragraph.number) == (named, self.number)
        return f"{section}.{paragraph.number}.".startswith(f"{named}.")  # "II.1.3" is II.1 ¶3


def attributions(text: str, documents: Iterable[Document]) -> Iterator[Cited]:
    """Yield the span of each citation, title or heading of the documents, and the place named."""
    documents, plain = tuple(documents), "\n".join(map(one_kind, text.split("\n")))
    every = ((d.title, d.issuer, re.sub(_AROUND_ISSUER, "", d.issuer)) for d in documents)
    names = [one_kind(name) for name in chain(*every) if name]
    yield from ((span, None) for span in _page_heads(plain, documents, names))
    folded = plain.casefold()
    if not any(sign in folded for sign in (*_SIGNS, *map(str.casefold, names))):
        return  # the pattern is slow
    sections = {each.path.casefold() for document in documents for each in document.sections}
    pattern = _pattern(names, sections)
    if not re.search(r"\w", pattern.sub("", plain)):
        return  # only a title was pasted: check it
    for found in pattern.finditer(plain):
        named = _named(plain, found.span(), sections)
        if named or found["title"] or re.search(_ADDRESS, found[0]):  # not "Article 4, paragraph 3"
            yield found.span(), named


def _page_heads(plain: str, documents: Iterable[Document], names: Iterable[str]) -> list[Span]:
    """Return the lines that are titles or headings, as at the top of a page; none if all are."""
    headings = [part.heading for each in documents for part in each.sections]
    front = chain(*((each.issued, each.statement, *each.contents) for each in documents))
    every = map(one_kind, (*headings, *front, *names, "Contents", "White Paper"))
    bare = "|".join(re.escape(re.sub(_ORDINAL, "", each)) for each in every if each)
    line = re.compile(rf"(?im)(?:\A{_SITE}[\W\d]*)?^{_PAGE}{_ORDINAL}(?:(?:{bare}){_PAGE}){{1,2}}$")
    found = [each.span() for each in line.finditer(plain)]
    return found if found and re.search(r"\w", line.sub("", plain)) else []


def _pattern(names: Iterable[str], sections: Iterable[str]) -> re.Pattern[str]:
    """Return the pattern of citations of documents with these names and sections."""
    title = "|".join(re.escape(name) + _OF_CHINA for name in names) or r"(?!)"
    # In brackets, only a section that may exist: not "[FALSE]".
    paths = "|".join(map(re.escape, (*sections, *_UNNUMBERED)))
    in_brackets = _PLACES[2].replace(_SECTION, rf"{_KIND}(?:{paths}|(?-i:[IVXL]+)(?:\.\d+)*)(?!\w)")
    places = "|".join(re.sub(r"\?P<\w+>", "?:", p) for p in (*_PLACES[:2], in_brackets))
    last = re.sub(r"\?P<\w+>", "?:", _LAST)
    # Not as the subject of a sentence: "The White Paper has caught attention".
    title_alone = rf"(?P<title>{title})(?!\s+(?!(?:and|from|in|of|on)\b)(?-i:[a-z]))"
    name = rf"(?:{_ADDRESS}|{places}|{_EDGE}{title_alone})"
    more = rf"(?:{_GLUE}(?:{_ADDRESS}|{places}|{title}|{last}))*"
    return re.compile(rf"(?:{_LEAD})?{name}{more}{_TRAIL}", re.IGNORECASE)


def _named(plain: str, span: Span, sections: set[str]) -> Named | None:
    """Return the first place that a citation names."""
    for pattern in (*_PLACES, _LAST):
        for found in re.compile(pattern, re.IGNORECASE).finditer(plain, *span):
            place = {"id": "", "number": "", **found.groupdict(default="")}
            section, number = place["section"], int(place["number"] or 0)
            # "Section V" and "Part I" (with a "t"), "Conclusion" and "I.3", but not "I" alone.
            is_roman = _ROMAN.fullmatch(section) and (number or "." in section or "t" in found[0])
            known = is_roman or section.casefold() in {*sections, *_UNNUMBERED}
            if place["id"] or known:
                return Named(found[0].strip(), place["id"], section, number)
    return None
