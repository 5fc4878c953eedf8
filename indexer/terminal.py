"""How results look on a terminal, and in a pipe."""

from __future__ import annotations

import os
import pydoc
import shutil
import textwrap
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TextIO

from .model import Document
from .search.results import Hit, Results, Snippet
from .search.spans import Span

_WIDEST = 88  # columns; longer lines of running text are hard to read
_MARK = "\x1b[1;33m", "\x1b[0m"  # bold yellow, readable on dark and on light
_INDENT = " " * 5


def coloured(stream: TextIO) -> bool:
    """Whether colour is wanted: a terminal, and NO_COLOR (no-color.org) not set."""
    return stream.isatty() and not os.environ.get("NO_COLOR")


def show(lines: Iterable[str], stream: TextIO) -> None:
    """Print lines; those that are more than a terminal holds go through the pager.

    That is PAGER, else less, told by LESS, unless that is set, to keep colours and the screen.
    """
    text = "\n".join(lines)
    if stream.isatty() and text.count("\n") + 1 >= shutil.get_terminal_size().lines:
        os.environ.setdefault("LESS", "FRX")
        pydoc.pager(text + "\n")
    else:
        print(text, file=stream)


def printable(text: str, other: Callable[[str], str] = lambda letter: " ") -> str:
    """Text with ``other`` in place of control characters, which could steer a terminal."""
    kept = (letter.isprintable() or letter == "\n" for letter in text)
    return "".join(x if plain else other(x) for x, plain in zip(text, kept, strict=True))


def results_lines(results: Results, documents: Sequence[Document], colour: bool) -> Iterator[str]:
    """Results as lines: what was understood, what was found, and how much is searched at all."""
    width = min(shutil.get_terminal_size().columns, _WIDEST)
    for line in _head(results):
        yield from textwrap.wrap(printable(line), width)
    first = (results.request.page - 1) * results.request.limit + 1
    for number, hit in enumerate(results.hits, start=first):
        yield ""
        yield from _hit_lines(number, hit, width, colour)
    for document in documents:
        if not document.complete:
            yield ""
            yield incomplete(document)


def incomplete(document: Document) -> str:
    """Return what is missing of a document, and how to get it."""
    return f"{document.id}: only {document.coverage}. For the rest: python -m indexer ingest"


def _head(results: Results) -> Iterator[str]:
    if results.understood:
        yield f"{results.heading} for {results.understood}"
    else:
        yield "Nothing to search for."
    yield from results.notes
    if results.suggestion:
        yield f"Did you mean: {results.suggestion}"
    if results.partial and results.match == "all":
        yield f"{results.partial} more with only some of the words: add --some"


def _hit_lines(number: int, hit: Hit, width: int, colour: bool) -> Iterator[str]:
    paragraph = hit.paragraph
    place = f"{paragraph.citation}, page {paragraph.page}"
    title = " · ".join((f"{number:>3}. {place}", *hit.headings[-1:]))
    yield from textwrap.wrap(printable(title), width, subsequent_indent=_INDENT)
    for line in _snippet_lines(hit.snippet, width - len(_INDENT), colour):
        yield _INDENT + line
    yield f"{_INDENT}/{hit.document}/p/{paragraph.id}"


def _snippet_lines(snippet: Snippet, width: int, colour: bool) -> Iterator[str]:
    """A snippet wrapped to width, its spans marked. A line break may fall inside a span."""
    start = 0
    for row in textwrap.wrap(printable(snippet.text), width, drop_whitespace=False):
        line, first = row.strip(), start + len(row) - len(row.lstrip())
        inside = [(max(a, first) - first, min(b - first, len(line))) for a, b in snippet.spans]
        yield _marked(line, inside) if colour else line
        start += len(row)


def _marked(line: str, spans: Sequence[Span]) -> str:
    for start, stop in reversed(spans):
        if start < stop:
            line = line[:start] + _MARK[0] + line[start:stop] + _MARK[1] + line[stop:]
    return line
