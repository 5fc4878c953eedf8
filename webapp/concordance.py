"""Matches in context: a line for each match, and a count of them by section."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from indexer.model import Document, Section
from indexer.search.results import Marked

MOST_PARAGRAPHS = 1_000  # whose matches are listed: beyond it sorting and paging get slow
CONTEXT = 100  # characters on each side of a match: as many as the widest screen shows
LINES_PER_PAGE = 100  # about three screens
ORDERS = ("text", "before", "after")
WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Line:
    """A match in the paragraph of ``hit``, with the text on either side of it."""

    hit: Marked
    before: str
    match: str
    after: str


def concordance(hits: Iterable[Marked], order: str) -> list[Line]:
    """Return a line for each match, in the order of the text or of the words beside the match."""
    lines = [_line(hit, start, stop) for hit in hits for start, stop in hit.spans]
    if order == "before":
        return sorted(lines, key=lambda line: _words(line.before)[::-1])
    return sorted(lines, key=lambda line: _words(line.after)) if order == "after" else lines


def _line(hit: Marked, start: int, stop: int) -> Line:
    text = hit.paragraph.text
    before, after = text[max(start - CONTEXT, 0) : start], text[stop : stop + CONTEXT]
    if start > CONTEXT:
        before = before.partition(" ")[2]
    if stop + CONTEXT < len(text):
        after = after.rpartition(" ")[0]
    return Line(hit, before, text[start:stop], after)


def _words(text: str) -> list[str]:
    return WORD.findall(text.casefold())


def tally(hits: Iterable[Marked], document: Document) -> list[tuple[Section, int, int]]:
    """Return each section of a document that has hits, its number of hits, and of matches."""
    counts: dict[str, list[int]] = {}
    for hit in hits:
        if hit.document == document.id:
            counts.setdefault(hit.paragraph.section, []).append(len(hit.spans))
    sections = document.section_by_path
    return [(sections[path], len(each), sum(each)) for path, each in counts.items()]
