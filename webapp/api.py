"""Searches, paragraphs and documents for programs: JSON under ``/api/``, and CSV and Atom."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, abort, json, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from indexer.diff import resolve
from indexer.errors import QueryError
from indexer.model import Document, Entry
from indexer.search.limits import HITS, MAX_HITS
from indexer.search.results import Hit, Request, Results, answer, place
from indexer.search.suggest import Suggestion

from .params import MAX_SUGGESTIONS, SEARCH, SUGGESTIONS, ParametersError, Reader, read_search
from .permalinks import permalink, short_digest, source_link, tombstone
from .state import library

blueprint = Blueprint("api", __name__)

FORMULA = tuple("=+-@\t\r\n＝＋－＠")  # begin a formula in spreadsheets; OWASP, "CSV Injection"
NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, section 2.2
COLUMNS = ("document", "title", "citation", "page", "heading", "matches", "text", "address")
DOCUMENT_FIELDS = (
    *("id", "title", "issuer", "published", "issued", "statement", "edition", "taken"),
    *("coverage", "complete", "page_count", "address"),
)
FIRST_HITS = 3  # paragraphs under the suggestions: both together fit on the screen of a laptop


@blueprint.get("/api/search")
def search() -> ResponseReturnValue:
    """Answer with the results of a search."""
    return with_permalinks(answer(search_results()))


def with_permalinks(content: dict[str, Any]) -> ResponseReturnValue:
    """Answer with an absolute ``permalink`` beside each ``url``, which is only a path."""

    def add(inside: dict[str, Any]) -> dict[str, Any]:
        url = inside.get("url")
        return {**inside, "permalink": request.url_root.rstrip("/") + url} if url else inside

    linked: dict[str, Any] = json.loads(json.dumps(content), object_hook=add)
    return linked


def search_results(limit: int = HITS) -> Results:
    """Return the results of the search in the address. Raise ParametersError."""
    reader = Reader(request.args)
    asked = read_search(reader, library().documents, limit)
    reader.require_valid(SEARCH)
    try:
        return library().engine.search(asked).results
    except QueryError as error:
        raise ParametersError([{"parameter": "q", "message": str(error)}]) from error


@blueprint.get("/api/paragraphs/<key>")
def paragraph(key: str) -> ResponseReturnValue:
    """Answer with a paragraph; 301 for an alias, 410 for one that is gone, as its page does."""
    ledger, key = library().ledger, key.lower()
    document = next((each for each in library().documents if key in ledger(each)), None)
    if document is None:
        abort(404, f"No paragraph has ever had the id {key}.")
    end = resolve(ledger(document), key)
    if end.id not in document.paragraph_by_id:
        return _gone(document, key, end)
    if end.id != key:
        return redirect(url_for(".paragraph", key=end.id), 301)
    this, (before, after) = document.paragraph_by_id[key], document.neighbours(key)
    content = {
        **place(document.id, this),
        "heading": document.headings[this.section],
        "text": this.text,
        "edition": document.edition,
        "digest": short_digest(this.text),
        "previous": before and before.id,
        "next": after and after.id,
        "source": source_link(document, this, library().sources[document.id]),
    }
    return with_permalinks(content)


def _gone(document: Document, key: str, end: Entry) -> ResponseReturnValue:
    citation, before, after = tombstone(document, end)
    details = {
        "id": key,
        "document": document.id,
        "citation": citation,
        "last_edition": end.last,
        "text": end.words,
        "previous": before and before.id,
        "next": after and after.id,
    }
    message = f"Paragraph {key} is no longer in the text."
    return {"error": {"code": "gone", "message": message, "details": details}}, 410


@blueprint.get("/api/documents")
def documents() -> ResponseReturnValue:
    """List the documents, and how much of each is available."""
    return with_permalinks({"documents": [*map(_document_json, library().documents)]})


@blueprint.get("/api/documents/<name>")
def document(name: str) -> ResponseReturnValue:
    """Answer with one document."""
    found = library().document(name.lower()) or abort(
        404, f"There is no document {name}. /api/documents lists them."
    )
    return with_permalinks(_document_json(found))


def _document_json(document: Document) -> dict[str, object]:
    sections = document.sections
    return {
        **{name: getattr(document, name) for name in DOCUMENT_FIELDS},
        "url": f"/{document.id}",
        "pages": [page.number for page in document.pages],
        "paragraphs": len(document.paragraphs),
        "sections": [{"section": s.path, "heading": s.heading, "page": s.page} for s in sections],
    }


@blueprint.get("/api/suggest")
def suggest() -> ResponseReturnValue:
    """Suggest how to go on from what was typed, and show the first paragraphs with it."""
    reader = Reader(request.args)
    typed = reader.text("q")
    limit = reader.number("limit", SUGGESTIONS, MAX_SUGGESTIONS)
    reader.require_valid(("q", "limit"))
    found = library().engine.suggest(typed, limit)
    query, hits = _first_hits(typed)
    items = [*map(_suggestion_json, found), *(_first_hit_json(hit, query) for hit in hits)]
    titles = {"": "", **{each.id: each.title for each in library().documents}}
    content = {
        "query": {"text": typed},
        "suggestions": [*dict.fromkeys(each.text for each in found)],
        "items": [{**each, "title": titles[each["document"]]} for each in items],
    }
    return with_permalinks(content)


def _first_hits(typed: str) -> tuple[str, Sequence[Hit]]:
    """Return a query and its first hits: for what was typed, or else for words that begin so."""
    queries = [typed]
    if typed[-1:].isalnum():
        is_open = typed.count('"') % 2  # the closing quotation mark is still to be typed
        queries += [f'{typed}*"'] if is_open else [f'"{typed}*"', f"{typed}*"]
    with suppress(QueryError):
        for query in queries:
            results = library().engine.search(Request(query, limit=FIRST_HITS)).results
            if results.match == "all" and results.hits:
                return query, results.hits
            if results.places:  # a place was typed: do not search for its words
                break
    return typed, ()


def _suggestion_json(found: Suggestion) -> dict[str, Any]:
    return {
        "kind": found.kind,
        "document": found.url[1:].partition("/")[0],
        "text": found.text,
        "citation": found.url.rpartition("/")[2] if found.kind == "section" else "",
        "url": found.url or f"/?{urlencode({'q': found.text})}",
    }


def _first_hit_json(hit: Hit, query: str) -> dict[str, Any]:
    return {
        "kind": "paragraph",
        "document": hit.document,
        **hit.snippet._asdict(),
        "citation": hit.paragraph.citation,
        "url": f"/{hit.document}?{urlencode({'q': query})}#{hit.paragraph.id}",
    }


@blueprint.get("/suggestions.json")
def suggestions() -> ResponseReturnValue:
    """Return what was typed and its suggestions: OpenSearch Suggestions 1.0."""
    typed = request.args.get("q", "")
    found = dict.fromkeys(each.text for each in library().engine.suggest(typed, SUGGESTIONS))
    return [typed, [*found]], {"Content-Type": "application/x-suggestions+json"}


@blueprint.get("/search.csv")
def as_csv() -> ResponseReturnValue:
    """Return results as a table."""
    titles = {document.id: document.title for document in library().documents}
    rows: list[Sequence[object]] = [COLUMNS]
    for hit in search_results(MAX_HITS).hits:
        paragraph, headings = hit.paragraph, " › ".join(hit.headings)
        where = hit.document, titles[hit.document], paragraph.citation, paragraph.page, headings
        address = permalink(hit.document, paragraph.id)
        rows.append((*where, len(hit.spans), paragraph.text, address))
    return table("search.csv", rows)


def table(name: str, rows: Iterable[Sequence[object]]) -> ResponseReturnValue:
    """Return a table as a CSV file, in UTF-8 with the byte-order mark that spreadsheets expect."""
    file = io.StringIO()
    csv.writer(file).writerows([safe_cell(cell) for cell in row] for row in rows)
    return file.getvalue().encode("utf-8-sig"), {
        "Content-Type": "text/csv; charset=utf-8; header=present",
        "Content-Disposition": f'attachment; filename="{name}"',
    }


def safe_cell(cell: object) -> str:
    """Return the text of a cell, after an apostrophe if a spreadsheet would evaluate it."""
    written = str(cell).replace("\0", "\N{REPLACEMENT CHARACTER}")  # Python 3.10 cannot write NUL
    return f"'{written}" if written.startswith(FORMULA) else written


@blueprint.get("/search.atom")
def as_atom() -> ResponseReturnValue:
    """Return results as a feed, which reports what a new edition adds."""
    return xml("atom.xml", "application/atom+xml", results=search_results(MAX_HITS))


def xml(template: str, kind: str, **values: object) -> ResponseReturnValue:
    """Answer with a template as XML, without the characters that XML may not contain."""
    text = NOT_XML.sub("\N{REPLACEMENT CHARACTER}", render_template(template, **values))
    return text, {"Content-Type": f"{kind}; charset=utf-8"}
