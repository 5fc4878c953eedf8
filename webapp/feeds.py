"""What other programs read: results as CSV and Atom, OpenSearch, the sitemap, the API's terms."""

from __future__ import annotations

import csv
import io
import re

from flask import Blueprint, Response, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from indexer.search.limits import MAX_LENGTH

from .addresses import permalink
from .api import MOST_SUGGESTIONS, SUGGESTIONS, searched
from .library import library
from .params import HITS, MOST_HITS, MOST_PAGES, SORTS, WORDS

blueprint = Blueprint("feeds", __name__)

# A spreadsheet takes a cell that begins so for a formula; OWASP, "CSV Injection".
FORMULA = tuple("=+-@\t\r\n＝＋－＠")
NO_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, section 2.2
MOST_ADDRESSES = 50_000  # in a sitemap, by sitemaps.org
COLUMNS = ("document", "title", "citation", "page", "heading", "matches", "text", "address")


@blueprint.get("/search.csv")
def as_csv() -> ResponseReturnValue:
    """Results as a table for spreadsheets: UTF-8 with the mark by which they know it."""
    results = searched(MOST_HITS)
    titles = {document.id: document.title for document in library().documents}
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(COLUMNS)
    for hit in results.hits:
        row = (
            *(hit.document, titles[hit.document], hit.paragraph.citation, hit.paragraph.page),
            *(" › ".join(hit.headings), len(hit.spans), hit.paragraph.text),
            permalink(hit.document, hit.paragraph.id),
        )
        writer.writerow([defused(cell) for cell in row])
    return Response(
        table.getvalue().encode("utf-8-sig"),
        content_type="text/csv; charset=utf-8; header=present",
        headers={"Content-Disposition": 'attachment; filename="search.csv"'},
    )


def defused(cell: str | int) -> str | int:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


@blueprint.get("/search.atom")
def as_atom() -> ResponseReturnValue:
    """Results as a feed, to be told what a new edition brings."""
    return _xml("atom.xml", "application/atom+xml", results=searched(MOST_HITS))


@blueprint.get("/opensearch.xml")
def opensearch() -> ResponseReturnValue:
    """How a browser searches here from its address bar: OpenSearch 1.1, draft 6."""
    return _xml("opensearch.xml", "application/opensearchdescription+xml")


@blueprint.get("/suggestions.json")
def suggestions() -> ResponseReturnValue:
    """Suggestions as browsers want them: what was typed, and what it may become."""
    typed = request.args.get("q", "")
    answer = jsonify([typed, library().engine.suggest(typed, SUGGESTIONS)])
    answer.mimetype = "application/x-suggestions+json"
    return answer


@blueprint.get("/sitemap.xml")
def sitemap() -> ResponseReturnValue:
    """The pages that search engines should know: documents and their paragraphs."""
    pages = [
        (document, key)
        for document in library().documents
        for key in ("", *document.paragraph_by_id)
    ]
    return _xml("sitemap.xml", "application/xml", pages=pages[:MOST_ADDRESSES])


@blueprint.get("/robots.txt")
def robots() -> ResponseReturnValue:
    """Where the sitemap is; everything may be read."""
    return Response(render_template("robots.txt"), mimetype="text/plain")


@blueprint.get("/openapi.json")
def openapi() -> ResponseReturnValue:
    """The API's terms, with the documents and sections that there are: OpenAPI 3.1."""
    terms = render_template(
        "openapi.json",
        sections=sorted(
            {each.path for document in library().documents for each in document.sections}
        ),
        sorts=list(SORTS),
        words=list(WORDS),
        most={"page": MOST_PAGES, "limit": MOST_HITS, "q": MAX_LENGTH, "suggest": MOST_SUGGESTIONS},
        usual={"limit": HITS, "suggest": SUGGESTIONS},
    )
    return Response(terms, mimetype="application/json")


def _xml(template: str, kind: str, **values: object) -> Response:
    text = NO_XML.sub("\N{REPLACEMENT CHARACTER}", render_template(template, **values))
    return Response(text, content_type=f"{kind}; charset=utf-8")
