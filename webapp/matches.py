"""The matches of a search: marked in a text, in context, and as bars in a strip of the text."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from flask import request

from indexer.errors import QueryError
from indexer.model import Document, Paragraph, Section, lineage
from indexer.search.results import Marked, Request
from indexer.search.search import Search
from indexer.search.spans import Spans

from .params import Reader, read_search
from .state import library

CONTEXT = 100  # characters on each side of a match: as many as the widest screen shows
ORDERS = ("text", "before", "after")
MAX_BARS = 1_000  # in all strips of a page: beyond it a bar is thinner than a pixel
WIDEST = 5.0  # per cent of the width: wider bars, in a text of few paragraphs, look like blocks
GAP = 1.0  # between sections, in widths of a bar: visible at a glance, but small


@dataclass(frozen=True)
class Highlights:
    """Spans by paragraph id, in document order; ``problem`` is why the query was refused, or ""."""

    request: Request
    spans: dict[str, Spans]
    problem: str = ""

    @property
    def total(self) -> int:
        """The number of matches on the page."""
        return sum(map(len, self.spans.values()))

    def by_section(self, document: Document) -> Counter[str]:
        """Return the number of matches by section path, sub-sections included."""
        counts: Counter[str] = Counter()
        for key, spans in self.spans.items():
            for path in lineage(document.paragraph_by_id[key].section):
                counts[path] += len(spans)
        return counts


def highlights(document: Document, paragraphs: Sequence[Paragraph]) -> Highlights:
    """Return what the search in the address matches in paragraphs of any edition."""
    asked = replace(read_search(Reader(request.args), (document,)), document=document.id)
    unmarked = {paragraph.id: Spans() for paragraph in paragraphs}
    if not asked.text.strip():
        return Highlights(replace(asked, text=""), unmarked)
    try:
        return Highlights(asked, library().engine.over(document).search(asked).spans(paragraphs))
    except QueryError as error:
        return Highlights(asked, unmarked, str(error))


@dataclass(frozen=True)
class MatchLine:
    """Match ``number`` of a paragraph, from 0, with the text on either side of it."""

    hit: Marked
    number: int
    before: str
    match: str
    after: str


def concordance(hits: Iterable[Marked], order: str) -> list[MatchLine]:
    """Return a line for each match, in the order of the text or of the words beside the match."""
    lines = [_line(hit, number) for hit in hits for number in range(len(hit.spans))]
    if order == "before":
        return sorted(lines, key=lambda line: _words(line.before)[::-1])
    return sorted(lines, key=lambda line: _words(line.after)) if order == "after" else lines


def _line(hit: Marked, number: int) -> MatchLine:
    text, (start, stop) = hit.paragraph.text, hit.spans[number]
    before, after = text[max(start - CONTEXT, 0) : start], text[stop : stop + CONTEXT]
    if start > CONTEXT:
        before = before.partition(" ")[2]
    if stop + CONTEXT < len(text):
        after = after.rpartition(" ")[0]
    return MatchLine(hit, number, before, text[start:stop], after)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


@dataclass(frozen=True)
class Group:
    """A section without its sub-sections: it begins at ``x`` per cent; ``inside`` if searched."""

    section: Section
    paragraphs: tuple[Paragraph, ...]
    x: float
    inside: bool


@dataclass(frozen=True)
class Strip:
    """A document as bars, higher with more matches, after TileBars (Hearst, CHI 1995).

    Each bar is ``width`` per cent wide. ``matches`` has the number of matches of each paragraph
    found, by its id; ``most`` is the highest of them.
    """

    document: Document
    groups: tuple[Group, ...]
    width: float
    matches: Mapping[str, int]
    most: int

    def found(self, group: Group) -> list[tuple[Paragraph, int]]:
        """Return the paragraphs found in a section, each with the number of its matches."""
        return [(p, self.matches[p.id]) for p in group.paragraphs if p.id in self.matches]

    def room(self, group: Group) -> float:
        """Return the width for a label, in per cent; a chapter's extends over its sections."""
        is_chapter = "." not in group.section.path
        others = [each for each in self.groups if not (is_chapter and "." in each.section.path)]
        return min((each.x for each in others if each.x > group.x), default=100.0) - group.x


def strips(documents: Sequence[Document], search: Search) -> list[Strip]:
    """Return strips of documents with hits, at most MAX_BARS bars in all: those with most hits."""
    hits = {facet.value: facet.total for facet in search.results.facets["document"]}
    drawn, room = {}, MAX_BARS
    for document in sorted(documents, key=lambda each: -hits.get(each.id, 0)):
        if document.id in hits and len(document.paragraphs) <= room:
            found = search.within(document=document.id).matches(MAX_BARS)
            matches = {hit.paragraph.id: len(hit.spans) for hit in found}
            drawn[document.id] = _strip(document, matches, search.request.section)
            room -= len(document.paragraphs)
    return [drawn[each.id] for each in documents if each.id in drawn]


def _strip(document: Document, matches: Mapping[str, int], within: str) -> Strip:
    inside = document.paragraphs_by_section
    sections = [section for section in document.sections if inside[section.path]]
    width = min(WIDEST, 100 / (len(document.paragraphs) + GAP * (len(sections) - 1)))
    x, groups = 0.0, []
    for section in sections:
        searched = not within or within in lineage(section.path)
        groups.append(Group(section, inside[section.path], x, searched))
        x += width * (len(inside[section.path]) + GAP)
    return Strip(document, tuple(groups), width, matches, max(matches.values(), default=0))
