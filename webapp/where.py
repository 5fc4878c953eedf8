"""Where in the text: what a search finds, over the whole document and match by match."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from indexer.model import Document, Paragraph, Section
from indexer.search.engine import Search
from indexer.search.results import Marked, Results

MOST = 1_000  # paragraphs: more would be marks thinner than a pixel, and pages of megabytes
GAP = 1.0  # between sections, in paragraphs: seen at a glance, and little of the width
STRONGEST = 4  # matches; five shades are what an eye keeps apart
AROUND = 100  # characters on each side of a match: what the widest screen shows
LINES = 100  # on one page of the concordance, some three screens
ORDERS = ("text", "before", "after")
WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Mark:
    """A paragraph in the strip. ``x`` and ``width`` are in percent of the strip's width.

    ``shade`` is 0 for a paragraph that was not found, else 1 to STRONGEST by its matches.
    """

    paragraph: Paragraph
    x: float
    width: float
    matches: int
    shade: int


@dataclass(frozen=True)
class Part:
    """A section in the strip: its own paragraphs, without those of the sections below it."""

    section: Section
    marks: tuple[Mark, ...]

    @property
    def found(self) -> int:
        """How many of its paragraphs were found."""
        return sum(mark.shade > 0 for mark in self.marks)

    @property
    def width(self) -> float:
        """In percent of the strip's width."""
        return sum(mark.width for mark in self.marks)


@dataclass(frozen=True)
class Strip:
    """A whole document, a mark for each paragraph (TileBars: Hearst, CHI 1995)."""

    document: Document
    parts: tuple[Part, ...]


def strips(documents: Sequence[Document], search: Search) -> tuple[Strip, ...]:
    """A strip for each document in which a search finds something, whatever the section.

    All strips together have at most MOST paragraphs: those of the documents with most found go
    first.
    """
    drawn = _drawn(documents, search.results)
    found = [marked for each in drawn for marked in search.within(document=each.id).matches(MOST)]
    matches = {marked.paragraph.id: len(marked.spans) for marked in found}
    return tuple(_strip(document, matches) for document in drawn)


def _drawn(documents: Sequence[Document], results: Results) -> list[Document]:
    sizes = {document.id: len(document.paragraphs) for document in documents}
    chosen, room = set(), MOST
    for facet in sorted(results.facets["document"], key=lambda facet: -facet.total):
        if sizes[facet.value] <= room:
            chosen.add(facet.value)
            room -= sizes[facet.value]
    return [document for document in documents if document.id in chosen]


def _strip(document: Document, matches: dict[str, int]) -> Strip:
    among = [
        (document.section_by_path[path], tuple(paragraphs))
        for path, paragraphs in groupby(document.paragraphs, key=lambda each: each.section)
    ]
    width = 100 / (len(document.paragraphs) + GAP * (len(among) - 1))
    x, parts = 0.0, []
    for section, paragraphs in among:
        places = enumerate(paragraphs)
        marks = tuple(_mark(p, x + n * width, width, matches.get(p.id)) for n, p in places)
        parts.append(Part(section, marks))
        x += (len(marks) + GAP) * width
    return Strip(document, tuple(parts))


def _mark(paragraph: Paragraph, x: float, width: float, matches: int | None) -> Mark:
    shade = 0 if matches is None else min(max(matches, 1), STRONGEST)
    return Mark(paragraph, x, width, matches or 0, shade)


@dataclass(frozen=True)
class Line:
    """A match and the words around it."""

    hit: Marked
    before: str
    match: str
    after: str


def concordance(found: Iterable[Marked], order: str) -> list[Line]:
    """A line for each match: in the order of the text, or of the words before or after it."""
    lines = [_line(hit, start, stop) for hit in found for start, stop in hit.spans]
    if order == "before":
        return sorted(lines, key=lambda line: _words(line.before)[::-1])
    return sorted(lines, key=lambda line: _words(line.after)) if order == "after" else lines


def _line(hit: Marked, start: int, stop: int) -> Line:
    text = hit.paragraph.text
    before, after = text[max(start - AROUND, 0) : start], text[stop : stop + AROUND]
    if start > AROUND:
        before = before.partition(" ")[2]
    if stop + AROUND < len(text):
        after = after.rpartition(" ")[0]
    return Line(hit, before, text[start:stop], after)


def _words(text: str) -> list[str]:
    return WORD.findall(text.casefold())


def tally(hits: Sequence[Marked], document: Document) -> list[tuple[Section, int, int]]:
    """How often in which section of a document: section, paragraphs found, matches in them."""
    counts: dict[str, list[int]] = {}
    for hit in hits:
        if hit.document == document.id:
            counts.setdefault(hit.paragraph.section, []).append(len(hit.spans))
    return [
        (section, len(counts[section.path]), sum(counts[section.path]))
        for section in document.sections
        if section.path in counts
    ]
