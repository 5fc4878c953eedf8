"""The addresses of a document: the whole text, a paragraph, versions, files, and redirects.

The ``name`` in an address is the id of a document; ``@1`` after it selects an edition.
"""

import re
from typing import Any, NoReturn

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from indexer.diff import resolve
from indexer.model import Document, Section
from indexer.search.citations import section_named

from .citation import FORMATS, Cited, reference, write
from .matches import Highlights, highlights
from .params import SEARCH
from .permalinks import aliases, changed_since, formerly, history, tombstone
from .state import library

blueprint = Blueprint("document", __name__)

RELATED = 3  # related paragraphs shown: they fit on one screen of a phone
KEPT = (*SEARCH, "view", "order")  # parameters that links carry on, to lead back to the search
FOREVER = "public, max-age=31536000, immutable"  # an edition never changes
MEDIA_TYPES = {"txt": "text/plain", "md": "text/markdown", "json": "application/json"}
# Characters with a meaning anywhere in a line of Markdown: CommonMark 0.31, section 2.4.
MARKDOWN = re.compile(r"[\\`*_\[\]<>&#|~!]")


@blueprint.url_defaults
def _append_edition(_endpoint: str, values: dict[str, Any]) -> None:
    """Append an ``edition``, if one is given, to the name."""
    if edition := values.pop("edition", None):
        values["name"] += f"@{edition}"


def _requested(name: str) -> tuple[Document, int | None]:
    """Return the document of an address, and its edition if one is named. Abort with 404."""
    name, _, number = name.partition("@")
    document = library().document(name) or abort(404)
    if not number:
        return document, None
    if number not in map(str, range(1, document.edition + 1)):
        latest = f"the latest is version {document.edition}"
        abort(404, f"This document has no version {number}; {latest}.")
    return library().edition(document, int(number)), int(number)


def _page(
    template: str,
    document: Document,
    edition: int | None,
    part: Cited = None,
    found: Highlights | None = None,
    **more: Any,
) -> ResponseReturnValue:
    """Answer with a text or a part of it; browsers may keep that of a numbered edition forever."""
    kept = _kept(*KEPT) if found and found.request.text else {}
    page = render_template(
        template,
        document=document,
        edition=edition,
        source=library().sources[document.id],
        reference=reference(document, edition, part),
        formats=FORMATS,
        highlights=found,
        kept=kept,
        **more,
    )
    if found and found.problem:
        return page, 422
    return (page, {"Cache-Control": FOREVER}) if edition and not kept else page


def _kept(*names: str) -> dict[str, Any]:
    return {name: value for name, value in request.args.items() if name in names}


@blueprint.get("/<name>")
def whole(name: str) -> ResponseReturnValue:
    """Show the whole text, with the matches of ``q`` highlighted."""
    document, edition = _requested(name)
    found = highlights(document, document.paragraphs)
    former = {} if edition else aliases(document)
    return _page("document.html", document, edition, found=found, aliases=former)


@blueprint.get("/<name>/<section>")
@blueprint.get("/<name>/<section>/<int:number>")
def cited(name: str, section: str, number: int | None = None) -> ResponseReturnValue:
    """Redirect a citation to its section or paragraph, by 302, as the target may change."""
    document, edition = _requested(name)
    found = _section(document, section)
    target: dict[str, Any] = {"name": name, **_kept(*KEPT, "t")}
    if number is None:
        return redirect(url_for(".whole", _anchor=found.path, **target))
    inside = {each.number: each.id for each in document.paragraphs_by_section[found.path]}
    if number not in inside:
        if edition is None and (was := formerly(document, f"{found.path} ¶{number}")):
            return redirect(url_for(".paragraph", key=was[1].id, **target))
        reason = f"Section {found.path} has no paragraph {number}; it has {len(inside)}."
        _not_available(document, reason)
    return redirect(url_for(".paragraph", key=inside[number], **target))


def _section(document: Document, name: str) -> Section:
    """Return the section of an address. Abort with 404."""
    missing = f"There is no section “{name}” here."
    return section_named(document, name) or _not_available(document, missing)


def _not_available(document: Document, sentence: str) -> NoReturn:
    so_far = f" Only {document.coverage} of the text is available so far."
    abort(404, sentence if document.complete else sentence + so_far)


@blueprint.get("/<name>/p/<key>")
def paragraph(name: str, key: str) -> ResponseReturnValue:
    """Show one paragraph, with the matches of ``q`` highlighted; or what became of it."""
    document, edition = _requested(name)
    this = document.paragraph_by_id.get(key)
    if this is None:
        return _absent(document, key, edition)
    before, after = document.neighbours(key)
    related = [] if edition else library().engine.related(key, RELATED + 2)
    return _page(
        "paragraph.html",
        document,
        edition,
        part=this,
        found=highlights(document, (this,)),
        paragraph=this,
        before=before,
        after=after,
        related=[each for each in related if each[1] not in (before, after)][:RELATED],
        since=None if edition else changed_since(document, this, request.args.get("t", "")),
        formerly=None if edition else formerly(document, this.citation),
        history=() if edition else history(document, key),
        entry=library().ledger(document)[key],
    )


@blueprint.get("/<name>/<section>/cite")
def cite_section(name: str, section: str) -> ResponseReturnValue:
    """Show the citations of a section."""
    document, edition = _requested(name)
    part = _section(document, section)
    return _page("section.html", document, edition, part, section=part)


@blueprint.get("/<name>/citation.<any(bib, ris, json):form>")
@blueprint.get("/<name>/<section>/citation.<any(bib, ris, json):form>")
@blueprint.get("/<name>/p/<key>/citation.<any(bib, ris, json):form>")
def citation(name: str, form: str, section: str = "", key: str = "") -> ResponseReturnValue:
    """Send a reference as a file for a reference manager."""
    document, edition = _requested(name)
    part: Cited = document.paragraph_by_id.get(key)
    if key and part is None:
        return _absent(document, key, edition)
    if section:
        part = _section(document, section)
    cited = reference(document, edition, part)
    return write(cited, form), {
        "Content-Type": f"{FORMATS[form][1]}; charset=utf-8",
        "Content-Disposition": f'attachment; filename="{cited.key}.{form}"',
    }


def _absent(document: Document, key: str, edition: int | None) -> ResponseReturnValue:
    """Answer for an id that is not in the text: with its successor, its tombstone, or 404."""
    if edition:
        abort(404, f"There is no paragraph {key} in version {edition} of this document.")
    entries = library().ledger(document)
    if key not in entries:
        _not_available(document, f"This document never had a paragraph {key}.")
    end = resolve(entries, key)
    if end.id in document.paragraph_by_id:
        asked = {**(request.view_args or {}), **_kept(*KEPT, "t"), "key": end.id}
        return redirect(url_for(request.endpoint or "", **asked), 301)
    stone = tombstone(document, end)
    return render_template("gone.html", document=document, entry=end, stone=stone), 410


@blueprint.get("/<name>/editions")
def editions(name: str) -> ResponseReturnValue:
    """List the versions of a document, and the changes in each."""
    document, _ = _requested(name)
    rows = [
        (library().edition(document, number), library().changes(document, number))
        for number in range(document.edition, 0, -1)
    ]
    return render_template("editions.html", document=document, rows=rows)


@blueprint.get("/<name>.<any(txt, md, json):form>")
def download(name: str, form: str) -> ResponseReturnValue:
    """Send the whole text, with headings, citations and permalinks."""
    answer = make_response(_page(f"downloads/text.{form}", *_requested(name)))
    answer.mimetype = MEDIA_TYPES[form]
    return answer


def escape_markdown(text: str) -> str:
    """Return a text escaped for use within a line of Markdown."""
    return MARKDOWN.sub(r"\\\g<0>", text)
