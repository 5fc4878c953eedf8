"""What the query in the address of a text page matches there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import accumulate

from indexer.errors import QueryError
from indexer.model import Document, Paragraph
from indexer.search.spans import Spans

from .library import Library


@dataclass(frozen=True)
class Marks:
    """The matches on a page: spans by paragraph id, in the order of the text.

    ``first`` numbers the first match of each paragraph, from 1 on the page. ``problem`` says in a
    sentence why the query could not be followed.
    """

    query: str
    spans: dict[str, Spans] = field(default_factory=dict)
    problem: str = ""

    @property
    def total(self) -> int:
        """How many matches there are on the page."""
        return sum(map(len, self.spans.values()))

    @property
    def first(self) -> dict[str, int]:
        """The number of the first match of each paragraph, by its id."""
        counts = (len(spans) for spans in self.spans.values())
        return dict(zip(self.spans, accumulate(counts, initial=1), strict=False))


def marks(
    library: Library, query: str, document: Document, paragraphs: Iterable[Paragraph]
) -> Marks:
    """What a query matches in some paragraphs of a document; nothing for an empty query."""
    if not query.strip():
        return Marks("")
    try:
        found = library.engine.spans(query, document, tuple(paragraphs))
    except QueryError as error:
        return Marks(query, problem=str(error))
    return Marks(query, found)
