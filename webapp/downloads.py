"""The whole text to take away: as plain text, as Markdown, and as JSON."""

from __future__ import annotations

import re

from flask import Blueprint, Response, jsonify, render_template
from flask.typing import ResponseReturnValue

from indexer.model import Document

from .addresses import permalink
from .document_pages import FOREVER, reference_to, requested
from .permalinks import source_link
from .state import library

blueprint = Blueprint("downloads", __name__)

MEDIA_TYPES = {"txt": "text/plain", "md": "text/markdown"}
# Characters with a meaning in Markdown, wherever they are in a line: CommonMark 0.31, section 2.4.
MARKDOWN = re.compile(r"[\\`*_\[\]<>&#|~!]")


@blueprint.get("/<document:name>.<any(txt, md, json):form>")
@blueprint.get("/<document:name>@<int:edition>.<any(txt, md, json):form>")
def text(name: str, form: str, edition: int | None = None) -> ResponseReturnValue:
    """Send the whole text, with headings, citations and permalinks."""
    document = requested(name, edition)
    answer = _as_json(document, edition) if form == "json" else _as_text(document, edition, form)
    if edition:
        answer.headers["Cache-Control"] = FOREVER
    return answer


def _as_text(document: Document, edition: int | None, form: str) -> Response:
    page = render_template(
        f"downloads/text.{form}",
        document=document,
        edition=edition,
        source=library().source(document),
        reference=reference_to(document, edition),
    )
    return Response(page, content_type=f"{MEDIA_TYPES[form]}; charset=utf-8")


def _as_json(document: Document, edition: int | None) -> Response:
    source = library().source(document)
    reference = reference_to(document, edition)
    origin = document.origin(1, source)
    names = ("id", "title", "issuer", "published", "issued", "edition", "coverage", "complete")
    return jsonify(
        {
            **{name: getattr(document, name) for name in names},
            "captured": document.taken,
            "language": source.language,
            "address": reference.address,
            "source": reference.source or None,
            "source_fetched": bool(origin and origin.fetched),
            "sections": [
                {"section": each.path, "heading": each.heading} for each in document.sections
            ],
            "paragraphs": [
                {
                    "id": each.id,
                    "section": each.section,
                    "number": each.number,
                    "citation": each.citation,
                    "page": each.page,
                    "text": each.text,
                    "permalink": permalink(document.id, each.id, edition),
                    "source": source_link(document, each, source),
                }
                for each in document.paragraphs
            ],
        }
    )


def escape_markdown(text: str) -> str:
    """Return a text as it is written within a line of Markdown."""
    return MARKDOWN.sub(r"\\\g<0>", text)
