"""The search page, the help page, and word that the server is alive."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from flask import Blueprint, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue

from indexer.errors import QueryError
from indexer.search.results import Request, Results

from .addresses import cited
from .library import library
from .outline import nest
from .params import Reader, read_search

blueprint = Blueprint("pages", __name__)

PAGES_SHOWN = 2  # page numbers on either side of the one at hand: seven links fit on a phone


@dataclass(frozen=True)
class Asked:
    """A search as the page shows it: addresses of the searches that are one step away."""

    request: Request

    def address(self, endpoint: str = "pages.search", **changes: Any) -> str:
        """The address of this search with some of it changed; page 1 unless ``page`` is given."""
        asked = replace(self.request, **{"page": 1, **changes})
        default = Request(text="")
        names = {"q": "text"} | {name: name for name in ("document", "section", "sort", "words")}
        values = {name: getattr(asked, own) for name, own in names.items()}
        kept = {
            name: value for name, value in values.items() if value != getattr(default, names[name])
        }
        if asked.page > 1:
            kept["page"] = asked.page
        return url_for(endpoint, **kept)


@blueprint.get("/")
def search() -> ResponseReturnValue:
    """The search box, and what was found."""
    shelf = library()
    reader = Reader(request.args)
    asked = read_search(reader, shelf.documents)
    results, status = None, 200
    if asked.text.strip():
        try:
            results = shelf.engine.search(asked)
        except QueryError as error:
            reader.refuse("q", str(error))
    if reader.problems:
        status = 422
    elif results and asked.page > max(results.pages, 1):
        reader.refuse("page", _too_far(results))
        status = 404
    page = render_template(
        "search.html",
        asked=Asked(asked),
        problems=reader.problems,
        results=results,
        places=cited(asked.text, shelf.documents) if asked.text else (),
        sections=nest(results.facets.get("section", ()), lambda facet: facet.value)
        if results
        else (),
        numbers=_numbers(asked.page, results.pages) if results else (),
    )
    return page, status


def _too_far(results: Results) -> str:
    there = "one page" if results.pages == 1 else f"{results.pages} pages"
    return f"There is no page {results.request.page} of this result; it has {there}."


def _numbers(page: int, pages: int) -> tuple[int, ...]:
    """The page numbers to link: first, last, those around ``page``; 0 where some are left out."""
    around = range(page - PAGES_SHOWN, page + PAGES_SHOWN + 1)
    shown = [number for number in range(1, pages + 1) if number in (1, pages) or number in around]
    numbers: list[int] = []
    for number in shown:
        if numbers and number - numbers[-1] > 1:
            numbers.append(0)
        numbers.append(number)
    return tuple(numbers)


@blueprint.get("/help")
def help_page() -> ResponseReturnValue:
    """How to ask."""
    return render_template("help.html")


@blueprint.get("/healthz")
def health() -> ResponseReturnValue:
    """Alive, and with which editions."""
    documents = [
        {
            "id": document.id,
            "edition": document.edition,
            "paragraphs": len(document.paragraphs),
            "coverage": document.coverage,
        }
        for document in library().documents
    ]
    return jsonify({"status": "ok", "documents": documents})
