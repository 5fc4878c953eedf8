"""Serve other programs: results as CSV and Atom, OpenSearch, the sitemap, OpenAPI."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from flask import Blueprint, Response, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from indexer.search.limits import MAX_HITS

from .api import search_results
from .openapi import description
from .params import SUGGESTIONS
from .permalinks import permalink
from .state import library

blueprint = Blueprint("feeds", __name__)

# Spreadsheets evaluate cells that begin with these as formulas; OWASP, "CSV Injection".
FORMULA = tuple("=+-@\t\r\n＝＋－＠")
NO_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, section 2.2
MAX_ADDRESSES = 50_000  # in a sitemap; sitemaps.org
COLUMNS = ("document", "title", "citation", "page", "heading", "matches", "text", "address")


@blueprint.get("/search.csv")
def as_csv() -> ResponseReturnValue:
    """Return results as a table."""
    titles = {document.id: document.title for document in library().documents}
    rows = (
        (
            *(hit.document, titles[hit.document], hit.paragraph.citation, hit.paragraph.page),
            *(" › ".join(hit.headings), len(hit.spans), hit.paragraph.text),
            permalink(hit.document, hit.paragraph.id),
        )
        for hit in search_results(MAX_HITS).hits
    )
    return table("search.csv", COLUMNS, rows)


def table(name: str, columns: Sequence[str], rows: Iterable[Sequence[str | int]]) -> Response:
    """Return a table as a CSV file, in UTF-8 with the byte-order mark that spreadsheets expect."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(columns)
    writer.writerows([escape_formula(cell) for cell in row] for row in rows)
    return Response(
        file.getvalue().encode("utf-8-sig"),
        content_type="text/csv; charset=utf-8; header=present",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def escape_formula(cell: str | int) -> str | int:
    """Return a cell with an apostrophe before it if a spreadsheet would evaluate it."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


@blueprint.get("/search.atom")
def as_atom() -> ResponseReturnValue:
    """Return results as a feed, which reports what a new edition adds."""
    return _xml("atom.xml", "application/atom+xml", results=search_results(MAX_HITS))


@blueprint.get("/opensearch.xml")
def opensearch() -> ResponseReturnValue:
    """Describe the search for a browser's address bar: OpenSearch 1.1, draft 6."""
    return _xml("opensearch.xml", "application/opensearchdescription+xml")


@blueprint.get("/suggestions.json")
def suggestions() -> ResponseReturnValue:
    """Return what was typed and its suggestions: OpenSearch Suggestions 1.0."""
    typed = request.args.get("q", "")
    found = library().engine.suggest(typed, SUGGESTIONS)
    answer = jsonify([typed, [each.text for each in found]])
    answer.mimetype = "application/x-suggestions+json"
    return answer


@blueprint.get("/sitemap.xml")
def sitemap() -> ResponseReturnValue:
    """List the documents and their paragraphs for search engines."""
    pages = [
        (document, key)
        for document in library().documents
        for key in ("", *document.paragraph_by_id)
    ]
    return _xml("sitemap.xml", "application/xml", pages=pages[:MAX_ADDRESSES])


@blueprint.get("/robots.txt")
def robots() -> ResponseReturnValue:
    """Name the sitemap, and allow everything."""
    return Response(render_template("robots.txt"), mimetype="text/plain")


@blueprint.get("/openapi.json")
def openapi() -> ResponseReturnValue:
    """Describe the API: OpenAPI 3.1."""
    return jsonify(description(library().documents))


def _xml(template: str, kind: str, **values: object) -> Response:
    text = NO_XML.sub("\N{REPLACEMENT CHARACTER}", render_template(template, **values))
    return Response(text, content_type=f"{kind}; charset=utf-8")
