"""The search page, the help page, and the health of the server."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from time import time
from typing import Any

from flask import Blueprint, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue

from indexer.errors import QueryError
from indexer.model import Document, Section
from indexer.search.engine import Search
from indexer.search.results import Request

from .concordance import LINES_PER_PAGE, MOST_PARAGRAPHS, ORDERS, Line, concordance, tally
from .params import SORTS, WORDS, Problem, Reader, read_search
from .sections import nest
from .state import library
from .strip import strips

blueprint = Blueprint("search", __name__)

VIEWS = ("list", "context")
# Parameters that an address leaves out.
DEFAULTS = {"sort": SORTS[0], "words": WORDS[0], "view": VIEWS[0], "order": ORDERS[0], "page": 1}
PAGES_SHOWN = 2  # page numbers on either side of the current one: seven links fit on a phone


@dataclass(frozen=True)
class PageRequest:
    """A search, and how its page shows it: ``view`` is one of VIEWS, ``order`` one of ORDERS."""

    request: Request
    view: str
    order: str

    def address(self, endpoint: str = "search.results", **changes: Any) -> str:
        """Return the address of this search with some parameters changed.

        It leads to page 1 unless ``page`` is given.
        """
        request = self.request
        values: dict[str, Any] = {"q": request.text}
        values |= {key: getattr(request, key) for key in ("document", "section", "sort", "words")}
        if endpoint == "search.results":
            values |= {"view": self.view, "order": self.order}
        values |= changes
        kept = {key: value for key, value in values.items() if value != DEFAULTS.get(key, "")}
        return url_for(endpoint, **kept)


@dataclass(frozen=True)
class Found:
    """The hits of a search, or in context its ``lines``, as one page of ``pages`` shows them.

    ``matches`` counts the lines of all pages. ``tallies`` has the rows of ``tally`` for each
    document with matches.
    """

    search: Search
    pages: int
    lines: Sequence[Line] = ()
    matches: int = 0
    tallies: Sequence[tuple[Document, list[tuple[Section, int, int]]]] = ()


@blueprint.get("/")
def results() -> ResponseReturnValue:
    """Show the search box, and the results."""
    documents, reader = library().documents, Reader(request.args)
    asked = PageRequest(
        read_search(reader, documents),
        reader.choice("view", VIEWS),
        reader.choice("order", ORDERS),
    )
    found = None
    if asked.request.text.strip():
        try:
            found = _found(library().engine.search(asked.request), asked, documents)
        except QueryError as error:
            reader.refuse("q", str(error))
    status = 422 if reader.problems else 200
    if status == 200 and found and asked.request.page > max(found.pages, 1):
        reader.refuse("page", _too_far(asked.request.page, found.pages))
        status = 404
    return _page(asked, found, reader.problems), status


def _page(asked: PageRequest, found: Found | None, problems: Sequence[Problem]) -> str:
    documents = library().documents
    results = found.search.results if found else None
    return render_template(
        "search.html",
        asked=asked,
        problems=problems,
        results=results,
        found=found,
        strips=strips(documents, found.search) if found and found.search.results.total else (),
        sections=nest(results.facets["section"], lambda each: each.value) if results else (),
        numbers=_page_numbers(asked.request.page, found.pages) if found else (),
        example=None if found else library().example,
    )


def _found(search: Search, asked: PageRequest, documents: Sequence[Document]) -> Found:
    """Return what a search shows in the view that is asked for."""
    if asked.view == "list":
        return Found(search, search.results.pages)
    hits = search.matches(MOST_PARAGRAPHS)
    lines = concordance(hits, asked.order)
    first = (asked.request.page - 1) * LINES_PER_PAGE
    return Found(
        search,
        pages=-(-len(lines) // LINES_PER_PAGE),
        lines=lines[first : first + LINES_PER_PAGE],
        matches=len(lines),
        tallies=[(each, rows) for each in documents if (rows := tally(hits, each))],
    )


def _too_far(page: int, pages: int) -> str:
    number = "one page" if pages == 1 else f"{pages} pages"
    return f"There is no page {page} of this result; it has {number}."


def _page_numbers(page: int, pages: int) -> list[int]:
    """Return the page numbers to link: first, last, and those around ``page``; 0 for a gap."""
    around = range(max(page - PAGES_SHOWN, 1), min(page + PAGES_SHOWN, pages) + 1)
    numbers: list[int] = []
    for number in sorted({1, *around, pages}):
        if numbers and number - numbers[-1] > 1:
            numbers.append(0)
        numbers.append(number)
    return numbers


@blueprint.get("/help")
def help_page() -> ResponseReturnValue:
    """Explain the query language and the keys."""
    return render_template("help.html", example=library().example)


@blueprint.get("/healthz")
def health() -> ResponseReturnValue:
    """Report the editions served, and the age of the index in seconds."""
    documents = [
        {
            **{key: getattr(each, key) for key in ("id", "edition", "coverage")},
            "paragraphs": len(each.paragraphs),
        }
        for each in library().documents
    ]
    age = round(max(time() - library().engine.built, 0))
    answer = {"status": "ok", "documents": documents, "index_age": age}
    return jsonify(answer), {"Cache-Control": "no-store"}
