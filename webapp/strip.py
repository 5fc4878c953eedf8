"""The strip: a whole document as a row of bars, one a paragraph, higher with more matches.

After TileBars (Hearst, CHI 1995).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from indexer.model import Document, Paragraph, Section
from indexer.search.engine import Search
from indexer.search.results import Results

MOST_BARS = 1_000  # in all strips of a page: beyond it a bar is thinner than a pixel
GAP = 1.0  # between sections, in bars: visible at a glance, and little of the width
STRONGEST = 4  # matches: with 0 that makes five shades, as many as are easily distinguished


@dataclass(frozen=True)
class Bar:
    """A paragraph in the strip. ``x`` and ``width`` are percentages of the strip's width.

    ``shade`` is 0 for a paragraph that was not found, else 1 to STRONGEST by its matches.
    """

    paragraph: Paragraph
    x: float
    width: float
    matches: int
    shade: int


@dataclass(frozen=True)
class Group:
    """The bars of one section, without those of its sub-sections."""

    section: Section
    bars: tuple[Bar, ...]

    @property
    def found(self) -> int:
        """The number of its paragraphs that were found."""
        return sum(bar.shade > 0 for bar in self.bars)


@dataclass(frozen=True)
class Strip:
    """A document as groups of bars, in document order."""

    document: Document
    groups: tuple[Group, ...]


def strips(documents: Sequence[Document], search: Search) -> tuple[Strip, ...]:
    """Return a strip for each document with hits, whatever section the search is limited to.

    All strips together have at most MOST_BARS bars; documents with the most hits go first.
    """
    drawn = _drawn(documents, search.results)
    hits = [hit for each in drawn for hit in search.within(document=each.id).matches(MOST_BARS)]
    matches = {hit.paragraph.id: len(hit.spans) for hit in hits}
    return tuple(_strip(document, matches) for document in drawn)


def _drawn(documents: Sequence[Document], results: Results) -> list[Document]:
    sizes = {document.id: len(document.paragraphs) for document in documents}
    chosen, room = set(), MOST_BARS
    for facet in sorted(results.facets["document"], key=lambda facet: -facet.total):
        if sizes[facet.value] <= room:
            chosen.add(facet.value)
            room -= sizes[facet.value]
    return [document for document in documents if document.id in chosen]


def _strip(document: Document, matches: Mapping[str, int]) -> Strip:
    sections = [
        (document.section_by_path[path], tuple(paragraphs))
        for path, paragraphs in groupby(document.paragraphs, key=lambda each: each.section)
    ]
    width = 100 / (len(document.paragraphs) + GAP * (len(sections) - 1))
    x, groups = 0.0, []
    for section, paragraphs in sections:
        bars = [_bar(p, x + n * width, width, matches.get(p.id)) for n, p in enumerate(paragraphs)]
        groups.append(Group(section, tuple(bars)))
        x += (len(bars) + GAP) * width
    return Strip(document, tuple(groups))


def _bar(paragraph: Paragraph, x: float, width: float, matches: int | None) -> Bar:
    shade = 0 if matches is None else min(max(matches, 1), STRONGEST)
    return Bar(paragraph, x, width, matches or 0, shade)
