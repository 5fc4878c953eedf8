"""Does the right paragraph come first? ``judged.tsv`` says which it is."""

from __future__ import annotations

import pytest

from indexer.search.engine import Engine
from indexer.search.results import Request

from .asking import rows

TABLE = [(query, right.split(", ")) for query, right in rows("judged.tsv")]
FIRST = 0.95  # of the queries have a right paragraph first


def place(engine: Engine, query: str, right: list[str]) -> int | None:
    """Return the rank, from 1, of the first right paragraph among the first three."""
    results = engine.search(Request(query, limit=3)).results
    if not results.hits and results.suggestion:
        results = engine.search(Request(results.suggestion, limit=3)).results
    citations = [hit.paragraph.citation for hit in results.hits]
    return next((rank for rank, name in enumerate(citations, start=1) if name in right), None)


@pytest.mark.parametrize(("query", "right"), TABLE, ids=[query for query, _ in TABLE])
def test_a_right_paragraph_is_among_the_first_three(
    paper: Engine, query: str, right: list[str]
) -> None:
    assert place(paper, query, right) is not None


def test_the_first_is_right_almost_always(paper: Engine) -> None:
    wrong = [query for query, right in TABLE if place(paper, query, right) != 1]
    assert len(wrong) <= (1 - FIRST) * len(TABLE), wrong
