"""Print search results and checked quotations, on a terminal or into a pipe."""

import os
import shutil
import sys
import textwrap
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

import click

from .model import Document
from .quotation.parts import Part, verdict
from .search.limits import MAX_HITS
from .search.results import Results, Snippet
from .search.spans import Spans

_MAX_WIDTH = 88  # columns; longer lines of running text are hard to read
_MIN_WIDTH = 20
_INDENT = " " * 5
_CHANGED = {
    "insert": "not in the text: “{0.quoted}”",
    "delete": "left out: “{0.source}”",
    "replace": "text: “{0.source}”, quotation: “{0.quoted}”",
}


def show(lines: Iterable[str]) -> None:
    """Print lines, through the pager (PAGER, or less) if they are more than the terminal holds."""
    text = "\n".join(lines)
    is_terminal = sys.stdout and sys.stdout.isatty()  # there may be none
    if is_terminal and text.count("\n") + 1 >= shutil.get_terminal_size().lines:
        os.environ.setdefault("LESS", "FRX")  # colours; the text stays on the screen afterwards
        click.echo_via_pager(text, color=click.get_current_context().color is not False)
    else:
        click.echo(text)


def printable(text: str, escape: Callable[[str], str] = lambda character: " ") -> str:
    """Return text with characters that could control a terminal escaped, by default as spaces."""
    return "".join(each if each.isprintable() or each == "\n" else escape(each) for each in text)


def results_lines(results: Results, documents: Sequence[Document]) -> Iterator[str]:
    """Yield the lines for search results: heading, notes, hits, and incomplete documents."""
    width = _width()
    for line in _head(results):
        yield from textwrap.wrap(printable(line), width)
    first = (results.request.page - 1) * results.request.limit + 1
    for number, hit in enumerate(results.hits, start=first):
        yield ""
        place = f"{number:>3}. {hit.paragraph.citation}, page {hit.paragraph.page}"
        title = " · ".join((place, *hit.headings[-1:]))
        yield from textwrap.wrap(printable(title), width, subsequent_indent=_INDENT)
        for line in _snippet_lines(hit.snippet, width - len(_INDENT)):
            yield _INDENT + line
        yield f"{_INDENT}/{hit.document}/p/{hit.paragraph.id}"
    yield from _missing(each for each in documents if results.request.document in ("", each.id))


def quotation_lines(parts: Sequence[Part], documents: Iterable[Document]) -> Iterator[str]:
    """Yield the lines for checked quotations and, unless all are verbatim, incomplete documents."""
    width = _width()
    for part in parts:
        place = part.place or part.nearest
        where = f"{place.paragraph.citation}, {place.url}" if place else "no paragraph"
        near = "nearest is " if part.nearest else ""
        yield f"{part.verdict}: {near}{where}"
        words = part.found if part.verdict == "verbatim" else part.text
        changes = (_CHANGED[each.op].format(each) for each in part.changes if each.op != "equal")
        for line in (*part.important, f"“{words}”", *changes, *part.notes):
            wrapped = textwrap.wrap(printable(line.replace("\n", " ")), width - len(_INDENT))
            yield from (_INDENT + row for row in wrapped)
    if verdict(parts) != "verbatim":
        yield from _missing(documents)


def _missing(documents: Iterable[Document]) -> Iterator[str]:
    for document in documents:
        if not document.complete:
            yield from ("", missing_note(document))


def _width() -> int:
    return max(_MIN_WIDTH, min(shutil.get_terminal_size().columns, _MAX_WIDTH))


def missing_note(document: Document) -> str:
    """Return a sentence on the missing pages of a document, and how to get them."""
    return (
        f"{document.id}: only {document.coverage} is included. "
        "For the rest, run: python -m indexer ingest"
    )


def _head(results: Results) -> Iterator[str]:
    for place in results.places:
        yield f"{place.citation}: {place.url}"
    if results.understood and (results.total or not results.places):
        exact = results.match == "all" or not results.total
        words = "your search" if results.match == "loose" else results.understood
        wanted = results.wanted if exact else f"with words from {words}"
        scope = f", in section {results.request.section}" if results.request.section else ""
        scope += f", in {results.request.document}" if results.request.document else ""
        yield f"{results.heading} {wanted}{scope}"
    elif not (results.places or results.lacking):
        yield "Nothing to search for."
    yield from results.notes
    if results.suggestion:
        yield f"Did you mean: {results.suggestion}"
    if results.alternatives:
        yield f"Or search for: {', '.join(results.alternatives)}"
    if results.pages > 1:
        limit = min(results.total, MAX_HITS)
        yield f"{limit - len(results.hits)} more of these: add --limit {limit}"
    if results.apart and results.request.words == "all":
        yield f"{results.apart} more with the words, but not together: add --apart"
    if results.partial and results.match == "all":
        yield f"{results.partial} more with only some of the words: add --some"


def _snippet_lines(snippet: Snippet, width: int) -> Iterator[str]:
    """Yield a snippet wrapped to width, its matches highlighted, even if they cross lines."""
    start = 0
    for row in textwrap.wrap(printable(snippet.text), width, drop_whitespace=False):
        line, first = row.strip(), start + len(row) - len(row.lstrip())
        stop = first + len(line)
        inside = [(max(a, first) - first, min(b, stop) - first) for a, b in snippet.spans]
        pieces = Spans((a, b) for a, b in inside if a < b).cut(line)
        look = partial(click.style, fg="yellow", bold=True)  # readable on dark and on light
        yield "".join(look(piece) if matched else piece for piece, matched in pieces)
        start += len(row)
