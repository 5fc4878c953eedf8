"""The results of a search, and their form as JSON: text and spans, without markup."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

from ..model import Paragraph
from .limits import HITS
from .places import Place
from .spans import Spans

Sort = Literal["relevance", "position"]
WordsFound = Literal["all", "apart", "some"]
MatchKind = Literal["all", "most", "loose", "apart", "some"]
FacetName = Literal["document", "section"]


@dataclass(frozen=True)
class Request:
    """The query to search for, and the part of the results to return.

    ``section`` is a path, and includes those below it. ``words`` selects what plain words find:
    ``all`` (paragraphs with all words, together if they occur so; if none has all, those with
    most), ``apart`` (with all words, but not together) or ``some``. ``page`` counts from 1.
    """

    text: str
    document: str = ""
    section: str = ""
    sort: Sort = "relevance"
    words: WordsFound = "all"
    page: int = 1
    limit: int = HITS


class Snippet(NamedTuple):
    """Part of a paragraph, with an ellipsis where it is cut, and its matches."""

    text: str
    spans: Spans


class Hit(NamedTuple):
    """A paragraph that was found; ``spans`` are its matches in all of ``paragraph.text``."""

    document: str
    paragraph: Paragraph
    headings: tuple[str, ...]
    score: float
    snippet: Snippet
    spans: Spans


class Marked(NamedTuple):
    """A paragraph that was found, and its matches as spans of its text."""

    document: str
    paragraph: Paragraph
    spans: Spans


class Facet(NamedTuple):
    """The number of paragraphs found with a value, on all pages; ``label`` is for people."""

    value: str
    label: str
    total: int


@dataclass(frozen=True)
class Results:
    """The answer to a Request: one page of hits, and information on all of them.

    ``understood`` is the query in words; ``notes`` are sentences, first on what was not found, then
    on what was changed, ignored or added. ``total`` counts paragraphs found; ``pages`` may be 0.
    ``match`` is how much of the query the hits have: ``all``, ``most`` (none has all of the
    words; these have the most or the rarest), ``loose`` (nothing matches the query; these have
    words from it), ``apart`` or ``some``. ``apart`` counts the paragraphs with the words, but not
    together, ``partial`` those with only some. ``suggestion`` is a better query, ``alternatives``
    are others to try, such as for words near the ``missing`` ones. ``searched`` says, by document,
    what is available: ``page 1 of 3``. The query names ``places`` or, if unavailable, ``lacking``.
    """

    request: Request
    understood: str
    notes: tuple[str, ...]
    total: int
    pages: int
    match: MatchKind
    apart: int
    partial: int
    suggestion: str | None
    missing: tuple[str, ...]
    hits: tuple[Hit, ...]
    facets: dict[FacetName, tuple[Facet, ...]]
    searched: dict[str, str]
    places: tuple[Place, ...] = ()
    lacking: tuple[Place, ...] = ()
    alternatives: tuple[str, ...] = ()

    @property
    def heading(self) -> str:
        """The number of paragraphs found, in words: ``3 paragraphs``, ``Nothing found``."""
        if not self.total:
            return "Nothing found" if self.request.words == "all" else "Nothing more found"
        return "1 paragraph" if self.total == 1 else f"{self.total:,} paragraphs"

    @property
    def wanted(self) -> str:
        """The query in words, to follow the heading: ``for “peace”``, ``on page 1``."""
        if self.understood == "every paragraph":
            return "in all"
        is_filter = self.understood.startswith(("in ", "on "))
        return self.understood if is_filter or not self.understood else f"for {self.understood}"


def answer(results: Results) -> dict[str, object]:
    """Return results as JSON; spans are half-open, in code points of the text beside them."""
    places = [{"citation": each.citation, "url": each.url} for each in results.places]
    return {
        "query": {
            "text": results.request.text,
            "understood": results.understood,
            "notes": results.notes,
            "match": results.match,
            "missing": results.missing,
            "alternatives": results.alternatives,
        },
        "total": results.total,
        "apart": results.apart,
        "partial": results.partial,
        "searched": results.searched,
        "page": results.request.page,
        "pages": results.pages,
        "suggestion": results.suggestion,
        "place": places[0] if places else None,
        "places": places,
        "hits": [_hit(hit) for hit in results.hits],
        "facets": {
            name: [{"value": value, "label": label, "count": n} for value, label, n in found]
            for name, found in results.facets.items()
        },
    }


def place(document: str, paragraph: Paragraph) -> dict[str, object]:
    """Return the fields that locate a paragraph in every answer."""
    return {
        "id": paragraph.id,
        "document": document,
        "section": paragraph.section,
        "number": paragraph.number,
        "citation": paragraph.citation,
        "page": paragraph.page,
        "url": f"/{document}/p/{paragraph.id}",
    }


def _hit(hit: Hit) -> dict[str, object]:
    return {
        **place(hit.document, hit.paragraph),
        "score": round(hit.score, 4),
        "heading": hit.headings,
        "text": hit.paragraph.text,
        "snippet": hit.snippet._asdict(),
        "spans": hit.spans,
        "matches": len(hit.spans),
    }
