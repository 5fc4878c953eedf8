"""What is suggested while somebody types: places, sections, words, and the first paragraphs."""

from __future__ import annotations

from flask import url_for

from indexer.errors import QueryError
from indexer.search.engine import Engine
from indexer.search.results import Hit, Request
from indexer.search.suggest import Suggestion

HITS = 3  # paragraphs under the suggestions: with these, what a laptop shows below the box


def suggestions(
    engine: Engine, typed: str, found: tuple[Suggestion, ...]
) -> list[dict[str, object]]:
    """Return what was found for the typed text, and paragraphs, as JSON: each leads to ``url``."""
    items: list[dict[str, object]] = [
        {
            "kind": each.kind,
            "text": each.text,
            "url": each.url or url_for("search.results", q=each.text),
            "citation": each.url.rpartition("/")[2] if each.kind == "section" else "",
        }
        for each in found
    ]
    query, hits = _first_hits(engine, typed)
    return items + [
        {
            "kind": "paragraph",
            "text": hit.snippet.text,
            "spans": hit.snippet.spans,
            "citation": hit.paragraph.citation,
            "url": url_for("document.whole", name=hit.document, q=query, _anchor=hit.paragraph.id),
        }
        for hit in hits
    ]


def _first_hits(engine: Engine, typed: str) -> tuple[str, tuple[Hit, ...]]:
    """Return the query, and the first paragraphs that have all of what was typed.

    Where none has, its last word may be half typed.
    """
    for query in (typed, f"{typed}*"):
        try:
            results = engine.search(Request(query, limit=HITS)).results
        except QueryError:
            break
        if results.match == "all" and results.hits:
            return query, results.hits
    return typed, ()
