"""The API described as OpenAPI 3.1, with the documents and sections of the corpus."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias, get_args

from indexer.diff import ID
from indexer.model import Document
from indexer.search.checked import Verdict
from indexer.search.comparison import Op
from indexer.search.limits import HITS, MAX_HITS, MAX_LENGTH
from indexer.search.results import MatchKind
from indexer.search.suggest import Kind

from .params import MAX_IN_ADDRESS, MAX_PAGES, MAX_SUGGESTIONS, SEARCH, SORTS, SUGGESTIONS, WORDS

Schema: TypeAlias = dict[str, Any]

STRING: Schema = {"type": "string"}
OPTIONAL: Schema = {"type": ["string", "null"]}
OFFSET: Schema = {"type": ["integer", "null"], "minimum": 0}
COUNT: Schema = {"type": "integer", "minimum": 0}
NUMBER: Schema = {"type": "integer", "minimum": 1}
JSON = "application/json"


def _list(items: Schema, **more: object) -> Schema:
    return {"type": "array", "items": items, **more}


def _object(**properties: Schema) -> Schema:
    """Return the schema of an object that has all of these keys."""
    return {"type": "object", "required": list(properties), "properties": properties}


def _strings(*names: str) -> dict[str, Schema]:
    return dict.fromkeys(names, STRING)


def _schema(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


SPANS = _list(
    _list(COUNT, minItems=2, maxItems=2),
    description="Half-open, in code points of the text beside them.",
)
ADDRESS: Schema = {**STRING, "format": "uri"}
PLACE = {
    "id": _schema("Id"),
    **_strings("document", "section", "citation", "url", "text"),
    "permalink": ADDRESS,
    "number": NUMBER,
    "page": NUMBER,
    "heading": _list(STRING),
}
QUERY = _object(
    **_strings("text", "understood"),
    notes=_list(STRING),
    match={"enum": get_args(MatchKind)},
    missing=_list(STRING),
    alternatives=_list(STRING),
)
FACET = _object(**_strings("value", "label"), count=NUMBER)
DETAILS = _list(_object(**_strings("parameter", "message")), minItems=1)
SCHEMAS = {
    "Id": {**STRING, "pattern": f"^{ID.pattern}$"},
    "Results": _object(
        query=QUERY,
        total=COUNT,
        apart=COUNT,
        partial=COUNT,
        searched={"type": "object", "additionalProperties": STRING},
        page=NUMBER,
        pages=COUNT,
        suggestion=OPTIONAL,
        place={
            "oneOf": [
                _object(**_strings("citation", "url"), permalink=ADDRESS),
                {"type": "null"},
            ]
        },
        hits=_list(_schema("Hit")),
        facets={"type": "object", "additionalProperties": _list(FACET)},
    ),
    "Hit": _object(
        **PLACE,
        score={"type": "number"},
        snippet=_object(text=STRING, spans=SPANS),
        spans=SPANS,
        matches=COUNT,
    ),
    "Paragraph": _object(
        **PLACE,
        edition=NUMBER,
        digest={**STRING, "description": "As ?t= of a permalink, shows if the text has changed."},
        previous=OPTIONAL,
        next=OPTIONAL,
        selectors=_list({"type": "object"}, description="Of the W3C Web Annotation Data Model."),
        source={**OPTIONAL, "description": "Its page of the source, with a text fragment."},
    ),
    "Document": _object(
        **_strings("id", "title", "issuer", "published", "issued", "statement"),
        **_strings("taken", "url", "coverage"),
        permalink=ADDRESS,
        edition=NUMBER,
        complete={"type": "boolean"},
        pages=_list(NUMBER),
        page_count=NUMBER,
        paragraphs=COUNT,
        sections=_list(_object(**_strings("section", "heading"), page=NUMBER)),
        address=OPTIONAL,
    ),
    "Quotation": _object(
        quote=STRING,
        verdict=_schema("Verdict"),
        parts=_list(
            _object(
                text=STRING,
                verdict=_schema("Verdict"),
                **dict.fromkeys(("id", "document", "citation", "url", "found"), OPTIONAL),
                start=OFFSET,
                stop=OFFSET,
                changes=_list(_object(op={"enum": get_args(Op)}, **_strings("quoted", "source"))),
                **dict.fromkeys(("important", "notes", "differences"), _list(STRING)),
            )
        ),
    ),
    "Suggestion": {
        **_object(
            kind={"enum": [*get_args(Kind), "paragraph"]}, **_strings("text", "citation", "url")
        ),
        "description": "A paragraph has the spans of its text that match.",
    },
    "Verdict": {"enum": get_args(Verdict)},
    "Error": _object(error=_object(**_strings("code", "message"), details={})),
    "Refused": _object(
        error=_object(code={"const": "invalid_parameters"}, message=STRING, details=DETAILS)
    ),
}
HEALTH = _object(
    status={"const": "ok"},
    index_age={**COUNT, "description": "Seconds since the index was built."},
    documents=_list(_object(**_strings("id", "coverage"), edition=NUMBER, paragraphs=COUNT)),
)
TYPED_AND_SUGGESTIONS = _list(
    {"type": ["string", "array"], "items": STRING}, minItems=2, maxItems=2
)


def _parameter(name: str, schema: Schema, about: str) -> Schema:
    return {"name": name, "in": "query", "schema": schema, "description": about}


def _choice(choices: Iterable[str], default: str | None = None) -> Schema:
    """Return the schema of a parameter that is one of ``choices``, or empty."""
    return {"enum": ["", *choices], **({"default": default} if default else {})}


def _whole_number(most: int, default: int | None = None) -> Schema:
    """Return the schema of a parameter that is a number from 1 to ``most``, or empty."""
    number = {**NUMBER, "maximum": most}
    return {"anyOf": [number, {"const": ""}], **({"default": default} if default else {})}


QUOTED = {
    **_parameter("text", {**STRING, "maxLength": MAX_IN_ADDRESS}, "The quotation."),
    "required": True,
}


def _search_parameters(documents: Sequence[Document]) -> list[Schema]:
    """Return the parameters of a search, in the order of SEARCH."""
    sections = sorted({each.path for document in documents for each in document.sections})
    limit = f"Hits a page: {HITS} unless given, {MAX_HITS} for CSV and Atom."
    known = {
        "q": ({**STRING, "maxLength": MAX_LENGTH}, "The query; /help explains its language."),
        "section": (_choice(sections), "Only this section, and those below it."),
        "document": (_choice(each.id for each in documents), "Only this document."),
        "sort": (_choice(SORTS, SORTS[0]), "Order of the hits; position is that of the text."),
        "words": (
            _choice(WORDS, WORDS[0]),
            "Paragraphs with all of the words, with all but not together, or with only some.",
        ),
        "page": (_whole_number(MAX_PAGES, 1), "Which page of the hits."),
        "limit": (_whole_number(MAX_HITS), limit),
    }
    return [_parameter(name, *known[name]) for name in SEARCH]


TYPED = _parameter("q", STRING, "What has been typed so far.")
SUGGESTION_LIMIT = _parameter(
    "limit", _whole_number(MAX_SUGGESTIONS, SUGGESTIONS), "Number of suggestions, at most."
)


def _id(schema: Schema, about: str) -> Schema:
    """Return the parameter that is the last part of a path."""
    return {**_parameter("id", schema, about), "in": "path", "required": True}


def _answer(about: str, schema: Schema, kind: str = JSON) -> Schema:
    return {"description": about, "content": {kind: {"schema": schema}}}


REFUSAL = {"422": _answer("Invalid parameters, each with its reason.", _schema("Refused"))}
NO_DOCUMENT = {"404": _answer("No document has this id.", _schema("Error"))}
NO_PARAGRAPH = {
    "301": {
        "description": "The successor of the paragraph is at Location.",
        "headers": {"Location": {"schema": STRING}},
    },
    "404": _answer("No paragraph has ever had this id.", _schema("Error")),
    "410": _answer("Gone; the details have its last text and neighbours.", _schema("Error")),
}


def _get(
    operation: str,
    summary: str,
    answer: tuple[Schema, str],
    parameters: Sequence[Schema] = (),
    others: Schema | None = None,
) -> Schema:
    """Return the GET operation of a path; ``others`` are the answers with other codes than 200."""
    return {
        "get": {
            "operationId": operation,
            "summary": summary,
            "parameters": list(parameters),
            "responses": {"200": _answer(summary, *answer), **(others or {})},
        }
    }


def _paths(documents: Sequence[Document]) -> Schema:
    search = (_search_parameters(documents), REFUSAL)
    results = _schema("Results"), JSON
    table, feed = (STRING, "text/csv"), (STRING, "application/atom+xml")
    typed_so_far = {"query": _object(text=STRING), "suggestions": _list(STRING)}
    suggestions = _object(**typed_so_far, items=_list(_schema("Suggestion"))), JSON
    typed = [TYPED, SUGGESTION_LIMIT]
    browser = TYPED_AND_SUGGESTIONS, "application/x-suggestions+json"
    listed = _object(documents=_list(_schema("Document"))), JSON
    document = _id({"enum": [each.id for each in documents]}, "Of a document.")
    paragraph = _id(_schema("Id"), "Of a paragraph that is live, replaced or gone.")
    quotation = _schema("Quotation"), JSON
    return {
        "/api/search": _get("search", "Results of a search", results, *search),
        "/search.csv": _get("searchAsCsv", "Results as a table", table, *search),
        "/search.atom": _get("searchAsAtom", "Results as a feed", feed, *search),
        "/api/suggest": _get(
            "suggest", "What begins as typed, and the first paragraphs", suggestions, typed, REFUSAL
        ),
        "/suggestions.json": _get("suggestToBrowser", "OpenSearch Suggestions", browser, [TYPED]),
        "/api/quote": _get(
            "quote", "Is this a quotation, word for word?", quotation, [QUOTED], REFUSAL
        ),
        "/api/documents": _get("documents", "Latest edition of each document", listed),
        "/api/documents/{id}": _get(
            "document", "One document", (_schema("Document"), JSON), [document], NO_DOCUMENT
        ),
        "/api/paragraphs/{id}": _get(
            "paragraph", "A paragraph", (_schema("Paragraph"), JSON), [paragraph], NO_PARAGRAPH
        ),
        "/healthz": _get("health", "Editions served, and age of the index", (HEALTH, JSON)),
    }


def description(documents: Sequence[Document]) -> Schema:
    """Return the OpenAPI description of the API over these documents."""
    return {
        "openapi": "3.1.1",
        "info": {
            "title": "White Paper Search",
            "version": "1",
            "description": "Search the paragraphs of white papers, and read each at its permalink. "
            "Read-only. Every error under /api/ has the form of Error.",
        },
        "servers": [{"url": "/"}],
        "paths": _paths(documents),
        "components": {"schemas": SCHEMAS},
    }
