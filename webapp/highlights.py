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
    """Spans by paragraph id, in document order; ``problem`` is why the query was refused, or ""."""

    request: Request
    spans: dict[str, Spans]
    problem: str = ""

    @property
    def total(self) -> int:
        """The number of matches on the page."""
        return sum(map(len, self.spans.values()))

    def by_section(self, document: Document) -> Counter[str]:
        """Return the number of matches by section path, sub-sections included."""
        counts: Counter[str] = Counter()
        for key, spans in self.spans.items():
            for path in lineage(document.paragraph_by_id[key].section):
                counts[path] += len(spans)
        return counts


def highlights(document: Document, paragraphs: Sequence[Paragraph]) -> Highlights:
    """Return what the search in the address matches in some paragraphs, of any edition."""
    asked = read_search(Reader(request.args), (document,))
    asked = replace(asked, document=document.id)
    none = {paragraph.id: Spans() for paragraph in paragraphs}
    if not asked.text.strip():
        return Highlights(replace(asked, text=""), none)
    try:
        return Highlights(asked, library().engine.over(document).search(asked).spans(paragraphs))
    except QueryError as error:
        return Highlights(asked, none, str(error))
