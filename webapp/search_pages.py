"""The search page, and its matches as a table."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from indexer.errors import QueryError
from indexer.search.results import Request
from indexer.search.search import Search

from .api import table
from .matches import ORDERS, MatchLine, concordance, strips
from .params import MAX_PARAGRAPHS, SEARCH, Reader, read_search
from .permalinks import permalink
from .state import library

blueprint = Blueprint("search", __name__)

VIEWS = ("list", "context")
HITS_PER_PAGE = 50  # more than most queries find, so that there is nothing to page through
LINES_PER_PAGE = 100  # about three screens
COLUMNS = ("document", "citation", "before", "match", "after", "address")


@dataclass(frozen=True)
class PageRequest(Request):
    """A search, and how its page shows it: ``view`` is one of VIEWS, ``order`` one of ORDERS."""

    view: str = VIEWS[0]
    order: str = ORDERS[0]

    def address(self, endpoint: str = "search.results", **changes: Any) -> str:
        """Return the address of this search with changes, of page 1 unless ``page`` is given."""
        page_only = () if endpoint.startswith("api.") else ("limit", "view", "order")
        names = ("document", "section", "sort", "words", *page_only)
        values = {"q": self.text, **{name: getattr(self, name) for name in names}, **changes}
        kept = {key: value for key, value in values.items() if value != DEFAULTS.get(key, "")}
        return url_for(endpoint, **kept)

    def in_text(self, document: str, anchor: str | None = None, **changes: Any) -> str:
        """Return the address of a text or an anchor in it, with this search's matches marked."""
        changes = {"page": self.page, **changes}
        return self.address("document.whole", name=document, _anchor=anchor, **changes)


DEFAULTS = vars(PageRequest("", limit=HITS_PER_PAGE))  # what an address leaves out


@dataclass(frozen=True)
class Found:
    """A page of ``total`` hits or, in context, of as many matches, of which it shows ``lines``.

    ``numbers`` has the number of each paragraph's first match on its document's page, by its id.
    """

    page: int
    per_page: int
    total: int
    numbers: dict[str, int]
    lines: Sequence[MatchLine] = ()

    @property
    def pages(self) -> int:
        """The number of pages, at least 1."""
        return max(math.ceil(self.total / self.per_page), 1)

    @property
    def range(self) -> str:
        """The hits or lines on this page, as ``1 to 50 of 63``."""
        first = (self.page - 1) * self.per_page + 1
        return f"{first:,} to {min(first + self.per_page - 1, self.total):,} of {self.total:,}"


@blueprint.get("/")
def results() -> ResponseReturnValue:
    """Show the search box, and the results."""
    reader = Reader(request.args)
    asked, search = _read(reader)
    found = _found(search, asked) if search else None
    if search and found and found.page > found.pages:
        reader.refuse("page", f"There is no page {found.page}: the last page is {found.pages}.")
        asked = replace(asked, page=1)
        search = replace(search, request=asked)
        found = _found(search, asked)
    page = render_template(
        "search.html",
        asked=asked,
        problems=reader.problems,
        results=search.results if search else None,
        found=found,
        strips=strips(library().documents, search) if search and search.results.total else (),
        terms=None if search else library().terms,
    )
    return page, 422 if reader.problems else 200


def _read(reader: Reader) -> tuple[PageRequest, Search | None]:
    """Return the request, and its search: None if the query is empty or refused."""
    wanted = read_search(reader, library().documents, HITS_PER_PAGE)
    view, order = reader.choice("view", VIEWS), reader.choice("order", ORDERS)
    asked = PageRequest(**vars(wanted), view=view, order=order)
    if asked.text.strip():
        try:
            return asked, library().engine.search(asked)
        except QueryError as error:
            reader.refuse("q", str(error))
    return asked, None


def _found(search: Search, asked: PageRequest) -> Found:
    """Return one page of a search, in the view that is asked for."""
    hits, page = search.matches(MAX_PARAGRAPHS), asked.page
    totals: Counter[str] = Counter()
    numbers = {}
    for hit in hits:
        numbers[hit.paragraph.id] = totals[hit.document] + 1
        totals[hit.document] += len(hit.spans)
    if asked.view == "list":
        return Found(page, asked.limit, search.results.total, numbers)
    lines = concordance(hits, asked.order)
    shown = lines[(page - 1) * LINES_PER_PAGE : page * LINES_PER_PAGE]
    return Found(page, LINES_PER_PAGE, len(lines), numbers, shown)


@blueprint.get("/matches.csv")
def matches_as_csv() -> ResponseReturnValue:
    """Return the matches in context as a table, a row for each."""
    reader = Reader(request.args)
    asked, search = _read(reader)
    reader.require_valid((*SEARCH, "view", "order"))
    rows: list[Sequence[object]] = [COLUMNS]
    for line in concordance(search.matches(MAX_PARAGRAPHS), asked.order) if search else ():
        document, paragraph = line.hit.document, line.hit.paragraph
        address = permalink(document, paragraph.id)
        rows.append((document, paragraph.citation, line.before, line.match, line.after, address))
    return table("matches.csv", rows)
