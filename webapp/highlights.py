"""The matches that a page of text highlights for the search in its address."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask import request

from indexer.errors import QueryError
from indexer.model import Document, Paragraph, lineage
from indexer.search.results import Request
from indexer.search.spans import Spans

from .params import Reader, read_search
from .state import library


@dataclass(frozen=True)
class Highlights:
    """The matches of a search on a page: spans by paragraph id, in document order.

    ``problem`` is a sentence on why the query was refused, empty if it was not.
    """

    request: Request
    spans: dict[str, Spans]
    problem: str = ""

    @property
    def total(self) -> int:
        """The number of matches on the page."""
        return sum(map(len, self.spans.values()))

    def by_section(self, document: Document) -> Counter[str]:
        """Return the number of matches in each section, those below it included, by its path."""
        counts: Counter[str] = Counter()
        for key, spans in self.spans.items():
            for path in lineage(document.paragraph_by_id[key].section):
                counts[path] += len(spans)
        return counts


def highlights(document: Document, paragraphs: Sequence[Paragraph]) -> Highlights:
    """Return the matches of the search in the address in some paragraphs, of whatever edition."""
    asked = read_search(Reader(request.args), (document,))
    asked = replace(asked, document=document.id)
    none = {paragraph.id: Spans() for paragraph in paragraphs}
    if not asked.text.strip():
        return Highlights(replace(asked, text=""), none)
    try:
        return Highlights(asked, library().engine.over(document).search(asked).spans(paragraphs))
    except QueryError as error:
        return Highlights(asked, none, str(error))
