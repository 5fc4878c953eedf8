"""The JSON: every answer, and every error, under ``/api/``."""

from __future__ import annotations

from typing import NoReturn

from flask import Blueprint, abort, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue

from indexer.diff import resolve
from indexer.errors import QueryError
from indexer.model import Document, Entry, Paragraph
from indexer.search.results import Results, answer, place

from .addresses import permalink
from .errors import shape
from .library import library
from .params import HITS, SEARCH, Problem, Reader, RefusedError, read_search
from .permalinks import short_digest, source_link, tombstone
from .sections import neighbours

blueprint = Blueprint("api", __name__, url_prefix="/api")

CONTEXT = 40  # characters before and after a quotation by which it is found again
SUGGESTIONS = 8
MOST_SUGGESTIONS = 20  # more than a list under a search box can show


@blueprint.get("/search")
def search() -> ResponseReturnValue:
    """What was found."""
    return jsonify(answer(searched()))


def searched(limit: int = HITS) -> Results:
    """What the parameters of a program's search find, ``limit`` hits unless they say how many.

    Raises RefusedError where any of them cannot be followed.
    """
    reader = Reader(request.args)
    asked = read_search(reader, library().documents, limit)
    reader.settle(SEARCH)
    try:
        return library().engine.search(asked).results
    except QueryError as error:
        raise RefusedError([Problem("q", str(error))]) from error


@blueprint.get("/paragraphs/<key>")
def paragraph(key: str) -> ResponseReturnValue:
    """One paragraph, as its page has it: 301 for an alias, 410 for one that is gone."""
    shelf = library()
    document = next((each for each in shelf.documents if key in shelf.ledger(each)), None)
    if document is None:
        abort(404, f"There is no paragraph {key}, and never was.")
    end = resolve(shelf.ledger(document), key)
    if end.id not in document.paragraph_by_id:
        return _gone(document, key, end)
    if end.id != key:
        return redirect(url_for(".paragraph", key=end.id), 301)
    return jsonify(_whole(document, document.paragraph_by_id[key]))


def _whole(document: Document, paragraph: Paragraph) -> dict[str, object]:
    """A paragraph with its neighbours, and the selectors by which other tools find it again.

    The selectors are those of the Web Annotation Data Model (W3C 2017), section 4.2.
    """
    before, after = neighbours(document, paragraph)
    quote = {
        "type": "TextQuoteSelector",
        "exact": paragraph.text,
        "prefix": before.text[-CONTEXT:] if before else "",
        "suffix": after.text[:CONTEXT] if after else "",
    }
    return {
        **place(document.id, paragraph),
        "heading": document.headings(paragraph.section),
        "text": paragraph.text,
        "edition": document.edition,
        "digest": short_digest(paragraph.text),
        "previous": before.id if before else None,
        "next": after.id if after else None,
        "selectors": [quote, {"type": "FragmentSelector", "value": paragraph.id}],
        "permalink": permalink(document.id, paragraph.id),
        "source": source_link(document, paragraph, library().source(document)),
    }


def _gone(document: Document, key: str, end: Entry) -> ResponseReturnValue:
    stone = tombstone(library(), document, end)
    living = {"previous": stone.before, "next": stone.after}
    details = {
        "id": key,
        "document": document.id,
        "citation": stone.citation,
        "last_edition": stone.entry.last,
        "text": stone.entry.words,
        **{name: each.id if each else None for name, each in living.items()},
    }
    message = f"Paragraph {key} is not in the text any more."
    return jsonify(shape("gone", message, details)), 410


@blueprint.get("/documents")
def documents() -> ResponseReturnValue:
    """What there is to search, and how much of it is here."""
    return jsonify({"documents": [_document(each) for each in library().documents]})


def _document(document: Document) -> dict[str, object]:
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
    """Words and phrases of the paper that what is being typed may become."""
    reader = Reader(request.args)
    typed = reader.text("q")
    limit = reader.number("limit", SUGGESTIONS, MOST_SUGGESTIONS)
    reader.settle(("q", "limit"))
    return jsonify(
        {"query": {"text": typed}, "suggestions": library().engine.suggest(typed, limit)}
    )


@blueprint.get("", defaults={"rest": ""})
@blueprint.get("/<path:rest>")
def nothing(rest: str) -> NoReturn:
    """Every other address."""
    abort(404, f"There is no /api/{rest}; there are /api/search, paragraphs, documents, suggest.")
