"""The JSON API: the addresses under ``/api/``."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, abort, json, redirect, request, url_for
from flask.typing import ResponseReturnValue

from indexer.diff import resolve
from indexer.errors import QueryError
from indexer.model import Document, Entry, Paragraph
from indexer.search.limits import HITS
from indexer.search.results import Hit, Request, Results, answer, place
from indexer.search.suggest import Suggestion

from .params import (
    MAX_SUGGESTIONS,
    SEARCH,
    SUGGESTIONS,
    InvalidParametersError,
    Reader,
    read_search,
)
from .permalinks import neighbours, short_digest, source_link, tombstone
from .state import library

blueprint = Blueprint("api", __name__, url_prefix="/api")

FIRST_HITS = 3  # paragraphs under the suggestions: with these, what a laptop shows below the box


@blueprint.get("/search")
def search() -> ResponseReturnValue:
    """Answer with the results of a search."""
    return with_permalinks(answer(search_results()))


def with_permalinks(found: dict[str, Any]) -> ResponseReturnValue:
    """Answer with an absolute ``permalink`` beside each ``url``, which has no host."""

    def add(inside: dict[str, Any]) -> dict[str, Any]:
        url = inside.get("url")
        return {**inside, "permalink": request.url_root.rstrip("/") + url} if url else inside

    whole: dict[str, Any] = json.loads(json.dumps(found), object_hook=add)
    return whole


def search_results(limit: int = HITS) -> Results:
    """Return the results of the search in the address. Raise InvalidParametersError."""
    reader = Reader(request.args)
    asked = read_search(reader, library().documents, limit)
    reader.require_valid(SEARCH)
    try:
        return library().engine.search(asked).results
    except QueryError as error:
        raise InvalidParametersError([{"parameter": "q", "message": str(error)}]) from error


@blueprint.get("/paragraphs/<key>")
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
    return with_permalinks(_paragraph_json(document, document.paragraph_by_id[key]))


def _paragraph_json(document: Document, paragraph: Paragraph) -> dict[str, object]:
    before, after = neighbours(document, paragraph.id)
    return {
        **place(document.id, paragraph),
        "heading": document.headings[paragraph.section],
        "text": paragraph.text,
        "edition": document.edition,
        "digest": short_digest(paragraph.text),
        "previous": before.id if before else None,
        "next": after.id if after else None,
        "source": source_link(document, paragraph, library().sources[document.id]),
    }


def _gone(document: Document, key: str, end: Entry) -> ResponseReturnValue:
    last = tombstone(document, end)
    details = {
        "id": key,
        "document": document.id,
        "citation": last.citation,
        "last_edition": end.last,
        "text": end.words,
        "previous": last.before.id if last.before else None,
        "next": last.after.id if last.after else None,
    }
    message = f"Paragraph {key} is no longer in the text."
    return {"error": {"code": "gone", "message": message, "details": details}}, 410


@blueprint.get("/documents")
def documents() -> ResponseReturnValue:
    """List the documents, and how much of each is available."""
    listed = [_document_json(each) for each in library().documents]
    return with_permalinks({"documents": listed})


@blueprint.get("/documents/<name>")
def document(name: str) -> ResponseReturnValue:
    """Answer with one document."""
    found = library().document(name) or abort(404, f"There is no document {name}.")
    return with_permalinks(_document_json(found))


def _document_json(document: Document) -> dict[str, object]:
    names = ("id", "title", "issuer", "published", "issued", "statement", "edition", "taken")
    return {
        **{name: getattr(document, name) for name in names},
        "url": f"/{document.id}",
        "coverage": document.coverage,
        "complete": document.complete,
        "pages": [page.number for page in document.pages],
        "page_count": document.page_count,
        "paragraphs": len(document.paragraphs),
        "sections": [
            {"section": each.path, "heading": each.heading, "page": each.page}
            for each in document.sections
        ],
        "address": document.address,
    }


@blueprint.get("/suggest")
def suggest() -> ResponseReturnValue:
    """Suggest what of the text begins as typed, and show the first paragraphs with it."""
    reader = Reader(request.args)
    typed = reader.text("q")
    limit = reader.number("limit", SUGGESTIONS, MAX_SUGGESTIONS)
    reader.require_valid(("q", "limit"))
    found = library().engine.suggest(typed, limit)
    query, hits = _first_hits(typed)
    answer = {
        "query": {"text": typed},
        "suggestions": [each.text for each in found],
        "items": [*map(_suggestion_json, found), *(_first_hit_json(hit, query) for hit in hits)],
    }
    return with_permalinks(answer)


def _first_hits(typed: str) -> tuple[str, Sequence[Hit]]:
    """Return a query and its first hits: what was typed, or else words that begin so."""
    begun: tuple[str, ...] = ()
    if typed[-1:].isalnum():
        is_open = typed.count('"') % 2  # a quotation of which the end is still to be typed
        begun = (f'{typed}*"',) if is_open else (f'"{typed}*"', f"{typed}*")
    for query in (typed, *begun):
        try:
            results = library().engine.search(Request(query, limit=FIRST_HITS)).results
        except QueryError:
            break
        if results.match == "all" and results.hits:
            return query, results.hits
        if results.places:  # a place was typed: do not search for its words
            break
    return typed, ()


def _suggestion_json(found: Suggestion) -> dict[str, object]:
    return {
        "kind": found.kind,
        "text": found.text,
        "citation": found.url.rpartition("/")[2] if found.kind == "section" else "",
        "url": found.url or f"/?{urlencode({'q': found.text})}",
    }


def _first_hit_json(hit: Hit, query: str) -> dict[str, object]:
    return {
        "kind": "paragraph",
        **hit.snippet._asdict(),
        "citation": hit.paragraph.citation,
        "url": f"/{hit.document}?{urlencode({'q': query})}#{hit.paragraph.id}",
    }
