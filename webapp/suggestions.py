"""Suggest places, sections, words and paragraphs while somebody types."""

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
    """Return what was found, and paragraphs with what was typed, as JSON: each leads to ``url``."""
    query, hits = _first_hits(engine, typed)
    items: list[dict[str, object]] = [
        {
            "kind": each.kind,
            "text": each.text,
            "citation": each.url.rpartition("/")[2] if each.kind == "section" else "",
            "url": each.url or url_for("search.results", q=each.text),
        }
        for each in found
    ]
    return items + [
        {
            "kind": "paragraph",
            **hit.snippet._asdict(),
            "citation": hit.paragraph.citation,
            "url": url_for("document.whole", name=hit.document, q=query, _anchor=hit.paragraph.id),
        }
        for hit in hits
    ]


def _first_hits(engine: Engine, typed: str) -> tuple[str, tuple[Hit, ...]]:
    """Return paragraphs with all of what was typed, or of which the last word begins so."""
    for query in (typed, f"{typed}*"):
        try:
            results = engine.search(Request(query, limit=HITS)).results
        except QueryError:
            break
        if results.match == "all" and results.hits:
            return query, results.hits
    return typed, ()
