"""The strip: a document as bars, higher with more matches, after TileBars (Hearst, CHI 1995)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from indexer.model import Document, Paragraph, Section, lineage
from indexer.search.results import Results
from indexer.search.search import Search

MAX_BARS = 1_000  # in all strips of a page: beyond it a bar is thinner than a pixel
WIDEST = 5.0  # percent of the width: a bar of more, in a text of few paragraphs, is a block
GAP = 1.0  # between sections, in bars: visible at a glance, and little of the width
SHADES = 4  # of bars with matches; with that of the others five, as many as are easily told apart


@dataclass(frozen=True)
class Bar:
    """A paragraph in the strip; ``x`` and ``width`` are percentages of the strip's width.

    ``matches`` is None if it was not found, ``height`` their share of the most in the document.
    """

    paragraph: Paragraph
    x: float
    width: float
    matches: int | None
    height: float

    @property
    def shade(self) -> int:
        """The shade, 0 for a paragraph that was not found, else 1 to SHADES by its height."""
        return 0 if self.matches is None else max(1, round(self.height * SHADES))


@dataclass(frozen=True)
class Group:
    """The bars of a section without its sub-sections; ``inside`` if the search looks there."""

    section: Section
    bars: tuple[Bar, ...]
    inside: bool


@dataclass(frozen=True)
class Strip:
    """A document as groups of bars, in document order; ``most`` is the highest bar's matches."""

    document: Document
    groups: tuple[Group, ...]
    most: int

    def room(self, group: Group) -> float:
        """Return the width for a label, in per cent; a chapter's extends over its sections."""
        start, is_chapter = group.bars[0].x, "." not in group.section.path
        others = [each for each in self.groups if not (is_chapter and "." in each.section.path)]
        return min((x for each in others if (x := each.bars[0].x) > start), default=100.0) - start


def strips(documents: Sequence[Document], search: Search) -> tuple[Strip, ...]:
    """Return a strip for each document with hits, whatever section the search is limited to.

    They have at most MAX_BARS bars in all: documents with the most hits take precedence.
    """
    drawn = _drawn(documents, search.results)
    hits = [hit for each in drawn for hit in search.within(document=each.id).matches(MAX_BARS)]
    matches = {hit.paragraph.id: len(hit.spans) for hit in hits}
    return tuple(_strip(document, matches, search.request.section) for document in drawn)


def _drawn(documents: Sequence[Document], results: Results) -> list[Document]:
    sizes = {document.id: len(document.paragraphs) for document in documents}
    chosen, room = set(), MAX_BARS
    for facet in sorted(results.facets["document"], key=lambda facet: -facet.total):
        if sizes[facet.value] <= room:
            chosen.add(facet.value)
            room -= sizes[facet.value]
    return [document for document in documents if document.id in chosen]


def _strip(document: Document, matches: Mapping[str, int], within: str) -> Strip:
    most = max((matches.get(paragraph.id, 0) for paragraph in document.paragraphs), default=0)
    inside = document.paragraphs_by_section
    sections = [(each, inside[each.path]) for each in document.sections if inside[each.path]]
    width = min(WIDEST, 100 / (len(document.paragraphs) + GAP * (len(sections) - 1)))
    x, groups = 0.0, []
    for section, paragraphs in sections:
        bars = []
        for paragraph in paragraphs:
            count = matches.get(paragraph.id)
            bars.append(Bar(paragraph, x, width, count, (count or 0) / max(most, 1)))
            x += width
        searched = not within or within in lineage(section.path)
        groups.append(Group(section, tuple(bars), searched))
        x += GAP * width
    return Strip(document, tuple(groups), most)
