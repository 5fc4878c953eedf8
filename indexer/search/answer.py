"""Results as the JSON that is promised to other programs, for the web and the command line."""

from __future__ import annotations

from ..model import Paragraph
from .results import Facet, Hit, Results


def answer(results: Results) -> dict[str, object]:
    """Results as a JSON object; spans are half-open, in code points of the text beside them."""
    return {
        "query": {
            "text": results.request.text,
            "understood": results.understood,
            "notes": results.notes,
            "match": results.match,
            "missing": results.missing,
        },
        "total": results.total,
        "partial": results.partial,
        "searched": results.searched,
        "page": results.request.page,
        "pages": results.pages,
        "suggestion": results.suggestion,
        "hits": [_hit(hit) for hit in results.hits],
        "facets": {
            name: [_facet(facet) for facet in found] for name, found in results.facets.items()
        },
    }


def place(document: str, paragraph: Paragraph) -> dict[str, object]:
    """What every answer says of a paragraph's place."""
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


def _facet(facet: Facet) -> dict[str, object]:
    return {"value": facet.value, "label": facet.label, "count": facet.total}
