"""The pages that are read: the whole text, a paragraph, the editions, and the ways to them."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any, NoReturn

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from indexer.diff import resolve
from indexer.model import Document

from .addresses import paragraph_at, permalink, section_named
from .citation import FILES, SENTENCES, Reference, reference
from .library import library
from .marks import Marks, marks
from .outline import neighbours
from .permalinks import aliases, changed_since, story, tombstone

blueprint = Blueprint("reading", __name__)

RELATED = 3  # paragraphs offered to read on: what is taken in at a glance on a phone
FOREVER = "public, max-age=31536000, immutable"  # an edition never changes


def _document(name: str, edition: int | None) -> Document:
    """The document of an address, as the edition has it. Ends with 404 when it is not there."""
    document = library().document(name)
    if document is None:
        abort(404, f"There is no document “{name}” here.")
    if edition is None:
        return document
    return library().edition(document, edition) or abort(
        404, f"This document has no edition {edition}; it has 1 to {document.edition}."
    )


def _page(page: str, edition: int | None, found: Marks) -> ResponseReturnValue:
    """A page of text: of a numbered edition, one to be kept for good."""
    if found.problem:
        return page, 422
    return (page, {"Cache-Control": FOREVER}) if edition and not found.query else page


@blueprint.get("/<document:name>")
@blueprint.get("/<document:name>@<int:edition>")
def whole(name: str, edition: int | None = None) -> ResponseReturnValue:
    """The whole text, with every match of ``q`` marked."""
    document = _document(name, edition)
    found = marks(library(), request.args.get("q", ""), document, document.paragraphs)
    page = render_template(
        "document.html",
        document=document,
        edition=edition,
        source=library().source(document),
        aliases={} if edition else aliases(document, library().ledger(document)),
        marks=found,
    )
    return _page(page, edition, found)


@blueprint.get("/<document:name>/<section>")
@blueprint.get("/<document:name>/<section>/<int:number>")
@blueprint.get("/<document:name>@<int:edition>/<section>")
@blueprint.get("/<document:name>@<int:edition>/<section>/<int:number>")
def cited(
    name: str, section: str, number: int | None = None, edition: int | None = None
) -> ResponseReturnValue:
    """From the form in which people cite a place to the place: 302, for the place may move."""
    document = _document(name, edition)
    found = section_named(document, section)
    if found is None:
        _not_held(document, f"There is no section “{section}” in this document.")
    if number is None:
        return redirect(
            url_for(".whole", name=name, edition=edition, _anchor=found.path, **_taken_along())
        )
    paragraph = paragraph_at(document, found.path, number)
    if paragraph is None:
        last = sum(each.section == found.path for each in document.paragraphs)
        _not_held(document, f"Section {found.path} has no paragraph {number}; it has {last}.")
    return redirect(
        url_for(".paragraph", name=name, key=paragraph.id, edition=edition, **_taken_along())
    )


def _taken_along() -> dict[str, Any]:
    """The parameters of an address that go with a redirect."""
    return {name: value for name, value in request.args.items() if name in ("q", "t")}


def _not_held(document: Document, sentence: str) -> NoReturn:
    so_far = "" if document.complete else f" Of its source, {document.coverage} is here so far."
    abort(404, sentence + so_far)


@blueprint.get("/<document:name>/p/<key>")
@blueprint.get("/<document:name>@<int:edition>/p/<key>")
def paragraph(name: str, key: str, edition: int | None = None) -> ResponseReturnValue:
    """One paragraph by itself, with every match of ``q`` marked; or what became of it."""
    document = _document(name, edition)
    if key not in document.paragraph_by_id:
        if edition:
            abort(404, f"There is no paragraph {key} in edition {edition} of this document.")
        return _absent(document, key)
    shelf, this = library(), document.paragraph_by_id[key]
    before, after = neighbours(document, this)
    found = marks(shelf, request.args.get("q", ""), document, (this,))
    page = render_template(
        "paragraph.html",
        document=document,
        edition=edition,
        paragraph=this,
        before=before,
        after=after,
        marks=found,
        related=() if edition else shelf.engine.related(key, RELATED),
        since=None if edition else changed_since(shelf, document, this, request.args.get("t", "")),
        story=() if edition else story(shelf, document, key),
        entry=shelf.ledger(document)[key],
        source=shelf.source(document),
        reference=None if edition else _reference(document, key, None),
        sentences=SENTENCES,
        files=FILES,
    )
    return _page(page, edition, found)


def _reference(document: Document, key: str, edition: int | None) -> Reference:
    """The reference for a paragraph that is read today, by the calendar of Greenwich."""
    return reference(
        document,
        document.paragraph_by_id[key],
        library().source(document),
        permalink(document.id, key, edition),
        datetime.now(timezone.utc).date(),
    )


@blueprint.get("/<document:name>/p/<key>/citation.<form>")
@blueprint.get("/<document:name>@<int:edition>/p/<key>/citation.<form>")
def citation(name: str, key: str, form: str, edition: int | None = None) -> ResponseReturnValue:
    """The reference for a paragraph, as a file for a reference manager."""
    document = _document(name, edition)
    if form not in FILES:
        abort(404, f"There is no citation.{form}; there are {', '.join(sorted(FILES))}.")
    if key not in document.paragraph_by_id:
        return paragraph(name, key, edition)
    _, write, kind = FILES[form]
    return Response(
        write(_reference(document, key, edition)),
        content_type=f"{kind}; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{document.id}-{key}.{form}"'},
    )


def _absent(document: Document, key: str) -> ResponseReturnValue:
    """The answer for an id that the text does not have: its successor, its tombstone, or 404."""
    entries = library().ledger(document)
    if key not in entries:
        _not_held(document, f"There is no paragraph {key} in this document, and never was.")
    end = resolve(entries, key)
    if end.id in document.paragraph_by_id:
        to = url_for(".paragraph", name=document.id, key=end.id, **_taken_along())
        return redirect(to, 301)
    stone = tombstone(library(), document, end)
    return render_template("gone.html", document=document, stone=stone), 410


@blueprint.get("/<document:name>/editions")
def editions(name: str) -> ResponseReturnValue:
    """Every edition of a document, and what each one changed."""
    document, shelf = _document(name, None), library()
    rows = [
        (shelf.edition(document, number), shelf.changes(document, number))
        for number in range(document.edition, 0, -1)
    ]
    return render_template("editions.html", document=document, rows=rows)
