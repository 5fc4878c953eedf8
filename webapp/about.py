"""Tell what the site is: where its texts are from, how people and programs use it, its health."""

from datetime import date
from time import time
from urllib.parse import urlsplit

from flask import Blueprint, jsonify, render_template
from flask.typing import ResponseReturnValue

from indexer.quotation.check import MAX_CHARACTERS

from .feeds import description
from .state import library

blueprint = Blueprint("about", __name__)

PUBLISHERS = {  # by the end of their hosts' names
    "chinadaily.com.cn": "China Daily",
    "chinaservicesinfo.com": "China Daily",
    "www.gov.cn": "the State Council",
    "scio.gov.cn": "the State Council Information Office",
    "china.org.cn": "China.org.cn",
}


def publisher(address: str) -> str:
    """Return the name of the publisher of a page, or the name of its host."""
    host = urlsplit(address).hostname or address
    return next((name for end, name in PUBLISHERS.items() if host.endswith(end)), host)


def long_day(moment: str) -> str:
    """Return the day of an ISO 8601 moment as people write it: ``3 February 2017``."""
    day = date.fromisoformat(moment[:10])
    return f"{day.day} {day:%B %Y}"


@blueprint.get("/about")
def about() -> str:
    """Show the source of every text, what is missing, and what the site promises."""
    return render_template("about.html")


@blueprint.get("/api")
def for_developers() -> str:
    """Show the API, with an example of each operation that the reader can run."""
    paths = description()["paths"]
    return render_template(
        "api.html", paths=paths, example=library().example, longest_quotation=MAX_CHARACTERS
    )


@blueprint.get("/help")
def help_page() -> ResponseReturnValue:
    """Explain the query language and the keys."""
    return render_template("help.html", example=library().example)


@blueprint.get("/healthz")
def health() -> ResponseReturnValue:
    """Report the editions served, and the age of the index in seconds."""
    documents = [
        {"id": d.id, "edition": d.edition, "coverage": d.coverage, "paragraphs": len(d.paragraphs)}
        for d in library().documents
    ]
    age = round(max(time() - library().engine.index.built, 0))
    answer = {"status": "ok", "documents": documents, "index_age": age}
    return jsonify(answer), {"Cache-Control": "no-store"}
