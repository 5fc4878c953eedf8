"""Check quotations: on a page, and as JSON."""

from flask import Blueprint, json, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from indexer.errors import QueryError
from indexer.quotation.check import check
from indexer.quotation.parts import Location, Part, answer
from indexer.search.analysis import sentences, tokenize

from .api import with_permalinks
from .params import Reader
from .permalinks import text_fragment
from .state import library

blueprint = Blueprint("quote", __name__)

MAX_BODY = 250_000  # bytes: a character takes up to 12 in a form
MAX_IN_LINK = 4_000  # characters of a quotation: twice the longest paragraph, at 3 bytes each
MAX_QUERY = 24  # words for which a link searches, to mark them; more become a text fragment


@blueprint.route("/quote", methods=["GET", "POST"])
def page() -> ResponseReturnValue:
    """Show a box for a quotation and, if one is given, how it compares with the text."""
    reader = _reader()
    asked = request.method == "POST" or "text" in reader.args
    text, parts = _checked(reader) if asked else ("", ())
    if asked and not parts and not reader.problems:
        reader.refuse("text", "Enter a quotation: at least one word.")
    shown = render_template(
        "quote.html",
        text=text,
        problems=reader.problems,
        parts=parts,
        address=url_for(".page", text=text) if parts and len(text) <= MAX_IN_LINK else "",
        example=_example(),
        link=marked_link,
    )
    return shown, 422 if reader.problems else 200


@blueprint.route("/api/quote", methods=["GET", "POST"])
def as_json() -> ResponseReturnValue:
    """Answer whether a quotation is word for word, and which paragraphs it is from."""
    reader = _reader()
    text, parts = _checked(reader)
    reader.require_valid(("text",))
    return with_permalinks(answer(text, parts, library().documents))


def _reader() -> Reader:
    """Return a reader of the parameters in the address and a form, or in a JSON object."""
    request.max_content_length = request.max_form_memory_size = MAX_BODY
    if request.method != "POST" or not request.is_json:
        return Reader(request.values)
    try:
        given = request.get_json()
        json.dumps(given).encode()  # fails on half a surrogate pair
    except (RecursionError, UnicodeEncodeError):
        raise BadRequest from None
    if not isinstance(given, dict) or not isinstance(given.get("text"), str):
        return Reader({})
    return Reader({name: str(value) for name, value in given.items()})


def _checked(reader: Reader) -> tuple[str, tuple[Part, ...]]:
    """Return the quotation and its parts; refuse it if it is missing or exceeds a limit."""
    text = reader.text("text").replace("\r\n", "\n")  # which browsers send for each line break
    if "text" not in reader.args:
        reader.refuse("text", "“text” is missing, or not a string. Send a form or a JSON object.")
    if not reader.problems:
        try:
            return text, check(text, library().engine.index, lambda: library().former)
        except QueryError as error:
            reader.refuse("text", str(error))
    return text, ()


def _example() -> str:
    """Return a sentence of the text in quotation marks, with its citation; empty without a text."""
    for document in library().documents:
        for paragraph in document.paragraphs[1:]:
            start, stop = sentences(paragraph.text)[0]
            return f"“{paragraph.text[start:stop].strip()}” ({paragraph.citation})"
    return ""


def marked_link(place: Location, found: str) -> str:
    """Return a link to a paragraph with the words found marked, by its page or by the browser."""
    words = tokenize(found).words
    few = len(words) <= MAX_QUERY
    address = url_for(
        "document.paragraph",
        name=place.document.id,
        key=place.paragraph.id,
        edition=place.edition,
        q=f'"{" ".join(words)}"' if few else None,
    )
    return address if few else address + text_fragment(found)
