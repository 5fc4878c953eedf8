"""The whole text to take away: as plain text, as Markdown, and as JSON."""

from __future__ import annotations

import json
import re

from flask import Blueprint, Response, jsonify, render_template

from .citation import reference
from .document_pages import FOREVER, requested
from .state import library

blueprint = Blueprint("downloads", __name__)

MEDIA_TYPES = {"txt": "text/plain", "md": "text/markdown"}
# Characters with a meaning in Markdown, wherever they are in a line: CommonMark 0.31, section 2.4.
MARKDOWN = re.compile(r"[\\`*_\[\]<>&#|~!]")


@blueprint.get("/<document:name>.<any(txt, md, json):form>")
@blueprint.get("/<document:name>@<int:edition>.<any(txt, md, json):form>")
def text(name: str, form: str, edition: int | None = None) -> Response:
    """Send the whole text, with headings, citations and permalinks."""
    document = requested(name, edition)
    source = library().source(document)
    page = render_template(
        f"downloads/text.{form}",
        document=document,
        edition=edition,
        source=source,
        reference=reference(document, edition, None, source),
    )
    if form == "json":
        answer = jsonify(json.loads(page))
    else:
        answer = Response(page, content_type=f"{MEDIA_TYPES[form]}; charset=utf-8")
    if edition:
        answer.headers["Cache-Control"] = FOREVER
    return answer


def escape_markdown(text: str) -> str:
    """Return a text as it is written within a line of Markdown."""
    return MARKDOWN.sub(r"\\\g<0>", text)
