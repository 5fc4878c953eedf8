"""Matches in context: a line for each match."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from indexer.search.results import Marked

MAX_PARAGRAPHS = 1_000  # whose matches are listed: beyond it sorting and paging get slow
CONTEXT = 100  # characters on each side of a match: as many as the widest screen shows
LINES_PER_PAGE = 100  # about three screens
ORDERS = ("text", "before", "after")
WORD = re.compile(r"\w+")


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
    return WORD.findall(text.casefold())
