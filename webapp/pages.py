"""The search page, the help page, and word that the server is alive."""

from __future__ import annotations

from dataclasses import dataclass
from time import time
from typing import Any

from flask import Blueprint, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue

from indexer.errors import QueryError
from indexer.model import Document, Section
from indexer.search.engine import Engine
from indexer.search.results import Facet, Request, Results

from .addresses import cited
from .library import library
from .outline import Node, nest
from .params import SORTS, WORDS, Reader, read_search
from .where import LINES, MOST, ORDERS, Line, Strip, concordance, strips, tally

blueprint = Blueprint("pages", __name__)

VIEWS = ("list", "context")
# What an address need not say.
USUAL = {"sort": SORTS[0], "words": WORDS[0], "view": VIEWS[0], "order": ORDERS[0], "page": 1}
PAGES_SHOWN = 2  # page numbers on either side of the one at hand: seven links fit on a phone


@dataclass(frozen=True)
class Asked:
    """A search as the page shows it: addresses of the searches that are one step away.

    ``view`` is one of VIEWS; ``order`` is that of the lines in context.
    """

    request: Request
    view: str = VIEWS[0]
    order: str = ORDERS[0]

    def address(self, endpoint: str = "pages.search", **changes: Any) -> str:
        """The address of this search with some of it changed; page 1 unless ``page`` is given."""
        asked = self.request
        values: dict[str, Any] = {"q": asked.text}
        values |= {name: getattr(asked, name) for name in ("document", "section", "sort", "words")}
        if endpoint == "pages.search":
            values |= {"view": self.view, "order": self.order}
        values |= changes
        return url_for(endpoint, **{n: v for n, v in values.items() if v != USUAL.get(n, "")})


@blueprint.get("/")
def search() -> ResponseReturnValue:
    """The search box, and what was found."""
    shelf = library()
    reader = Reader(request.args)
    asked = Asked(
        read_search(reader, shelf.documents),
        reader.choice("view", VIEWS),
        reader.choice("order", ORDERS),
    )
    found = None
    if asked.request.text.strip():
        try:
            found = _found(shelf.engine, asked)
        except QueryError as error:
            reader.refuse("q", str(error))
    status = 422 if reader.problems else 200
    if status == 200 and found and asked.request.page > max(found.pages, 1):
        reader.refuse("page", _too_far(asked.request.page, found.pages))
        status = 404
    page = render_template(
        "search.html",
        asked=asked,
        problems=reader.problems,
        results=found.results if found else None,
        found=found,
        places=cited(asked.request.text, shelf.documents),
        numbers=_numbers(asked.request.page, found.pages) if found else (),
        example=None if found else shelf.example,
    )
    return page, status


@dataclass(frozen=True)
class Found:
    """What a page of results shows: hits in ``results``, or ``lines`` in context."""

    results: Results
    pages: int
    strips: tuple[Strip, ...]
    sections: tuple[Node[Facet], ...]
    lines: list[Line]
    matches: int
    tallies: list[tuple[Document, list[tuple[Section, int, int]]]]


def _found(engine: Engine, asked: Asked) -> Found:
    """Do a search. Raises QueryError where the query is over a limit."""
    search = engine.search(asked.request)
    results = search.results
    found = search.matches(MOST) if asked.view == "context" else ()
    lines = concordance(found, asked.order)
    first = (asked.request.page - 1) * LINES
    tallies = [(each, tally(found, each)) for each in engine.documents]
    return Found(
        results=results,
        pages=-(-len(lines) // LINES) if asked.view == "context" else results.pages,
        strips=strips(engine.documents, search) if results.total else (),
        sections=nest(results.facets.get("section", ()), lambda facet: facet.value),
        lines=lines[first : first + LINES],
        matches=len(lines),
        tallies=[(each, rows) for each, rows in tallies if rows],
    )


def _too_far(page: int, pages: int) -> str:
    there = "one page" if pages == 1 else f"{pages} pages"
    return f"There is no page {page} of this result; it has {there}."


def _numbers(page: int, pages: int) -> tuple[int, ...]:
    """The page numbers to link: first, last, those around ``page``; 0 where some are left out."""
    around = range(max(page - PAGES_SHOWN, 1), min(page + PAGES_SHOWN, pages) + 1)
    numbers: list[int] = []
    for number in sorted({1, *around, pages}):
        if numbers and number - numbers[-1] > 1:
            numbers.append(0)
        numbers.append(number)
    return tuple(numbers)


@blueprint.get("/help")
def help_page() -> ResponseReturnValue:
    """How to ask."""
    return render_template("help.html", example=library().example)


@blueprint.get("/healthz")
def health() -> ResponseReturnValue:
    """Alive, with which editions, and since how many seconds the index is as it is."""
    shelf = library()
    documents = [
        {
            "id": document.id,
            "edition": document.edition,
            "paragraphs": len(document.paragraphs),
            "coverage": document.coverage,
        }
        for document in shelf.documents
    ]
    age = round(max(time() - shelf.engine.index.built, 0))
    answer = {"status": "ok", "documents": documents, "index_age": age}
    return jsonify(answer), {"Cache-Control": "no-store"}
