"""The matches that a page of text highlights for the query in its address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from indexer.errors import QueryError
from indexer.model import Document, Paragraph
from indexer.search.engine import Engine
from indexer.search.spans import Spans


@dataclass(frozen=True)
class Highlights:
    """The matches on a page: spans by paragraph id, in document order.

    ``problem`` is a sentence on why the query was refused, empty if it was not.
    """

    query: str
    spans: dict[str, Spans]
    problem: str = ""

    @property
    def total(self) -> int:
        """The number of matches on the page."""
        return sum(map(len, self.spans.values()))

    @property
    def first(self) -> dict[str, int]:
        """The number on the page, from 1, of the first match of each paragraph, by its id."""
        counts = map(len, self.spans.values())
        return dict(zip(self.spans, accumulate(counts, initial=1), strict=False))


def highlights(
    engine: Engine, query: str, document: Document, paragraphs: Sequence[Paragraph]
) -> Highlights:
    """Return the matches of a query in some paragraphs of a document."""
    none = {paragraph.id: Spans() for paragraph in paragraphs}
    if not query.strip():
        return Highlights("", none)
    try:
        return Highlights(query, engine.spans(query, document, paragraphs))
    except QueryError as error:
        return Highlights(query, none, str(error))
