"""Serve other programs: results as CSV and Atom, OpenSearch, the sitemap, OpenAPI."""

import csv
import io
import json
import re
from collections.abc import Iterable, Sequence
from typing import Any, get_args

from flask import Blueprint, Response, jsonify, render_template, request

from indexer.diff import ID
from indexer.quotation.check import MAX_CHARACTERS
from indexer.quotation.comparison import Op
from indexer.quotation.parts import Verdict
from indexer.search import limits
from indexer.search.results import MatchKind
from indexer.search.suggest import SuggestionKind

from . import params
from .api import search_results
from .permalinks import permalink
from .state import library

blueprint = Blueprint("feeds", __name__)

FORMULA = tuple("=+-@\t\r\n＝＋－＠")  # begin formulas of spreadsheets; OWASP, "CSV Injection"
NO_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, section 2.2
COLUMNS = ("document", "title", "citation", "page", "heading", "matches", "text", "address")


@blueprint.get("/search.csv")
def as_csv() -> Response:
    """Return results as a table."""
    titles = {document.id: document.title for document in library().documents}
    rows = [
        (
            *(hit.document, titles[hit.document], hit.paragraph.citation, hit.paragraph.page),
            *(" › ".join(hit.headings), len(hit.spans), hit.paragraph.text),
            permalink(hit.document, hit.paragraph.id),
        )
        for hit in search_results(limits.MAX_HITS).hits
    ]
    return table("search.csv", COLUMNS, rows)


def table(name: str, columns: Sequence[str], rows: Iterable[Sequence[str | int]]) -> Response:
    """Return a table as a CSV file, in UTF-8 with the byte-order mark that spreadsheets expect."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(columns)
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return Response(
        file.getvalue().encode("utf-8-sig"),
        content_type="text/csv; charset=utf-8; header=present",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def safe_cell(cell: str | int) -> str:
    """Return a cell with an apostrophe before it if a spreadsheet would evaluate it."""
    written = str(cell).replace("\0", "\N{REPLACEMENT CHARACTER}")  # Python 3.10 writes no NUL
    return f"'{written}" if written.startswith(FORMULA) else written


@blueprint.get("/search.atom")
def as_atom() -> Response:
    """Return results as a feed, which reports what a new edition adds."""
    return _xml("atom.xml", "application/atom+xml", results=search_results(limits.MAX_HITS))


@blueprint.get("/opensearch.xml")
def opensearch() -> Response:
    """Describe the search for a browser's address bar: OpenSearch 1.1, draft 6."""
    return _xml("opensearch.xml", "application/opensearchdescription+xml")


@blueprint.get("/suggestions.json")
def suggestions() -> Response:
    """Return what was typed and its suggestions: OpenSearch Suggestions 1.0."""
    typed = request.args.get("q", "")
    found = library().engine.suggest(typed, params.SUGGESTIONS)
    answer = jsonify([typed, [each.text for each in found]])
    answer.mimetype = "application/x-suggestions+json"
    return answer


@blueprint.get("/sitemap.xml")
def sitemap() -> Response:
    """List the documents and their paragraphs for search engines."""
    pages = [(each, key) for each in library().documents for key in ("", *each.paragraph_by_id)]
    return _xml("sitemap.xml", "application/xml", pages=pages)


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Name the sitemap, and allow everything."""
    return Response(render_template("robots.txt"), mimetype="text/plain")


@blueprint.get("/openapi.json")
def openapi() -> Response:
    """Describe the API: OpenAPI 3.1."""
    return jsonify(description())


def description() -> Any:
    """Return the OpenAPI description of the API over the documents served."""
    documents = library().documents
    text = render_template(
        "openapi.json",
        names=[each.id for each in documents],
        sections=sorted({each.path for document in documents for each in document.sections}),
        limits=limits,
        params=params,
        longest_quotation=MAX_CHARACTERS,
        id_pattern=ID.pattern,
        changes=get_args(Op),
        kinds=get_args(SuggestionKind),
        matches=get_args(MatchKind),
        verdicts=get_args(Verdict),
    )
    return json.loads(text, object_hook=_require_all)


def _require_all(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of an object with all of its properties required; others as they are."""
    if "properties" in schema:
        return {"type": "object", "required": list(schema["properties"]), **schema}
    return schema


def _xml(template: str, kind: str, **values: object) -> Response:
    text = NO_XML.sub("\N{REPLACEMENT CHARACTER}", render_template(template, **values))
    return Response(text, content_type=f"{kind}; charset=utf-8")
