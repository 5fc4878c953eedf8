"""The pages about the site, and its descriptions for browsers, search engines and programs."""

from datetime import date
from time import time
from typing import Any, get_args
from urllib.parse import urlsplit

from flask import Blueprint, json, render_template
from flask.typing import ResponseReturnValue

from indexer.diff import ID
from indexer.quotation.check import MAX_CHARACTERS
from indexer.quotation.comparison import Op
from indexer.quotation.parts import Verdict
from indexer.search import limits
from indexer.search.results import MatchKind
from indexer.search.suggest import SuggestionKind

from . import params
from .api import xml
from .state import library

blueprint = Blueprint("about", __name__)

PUBLISHERS = {  # by the end of a host name
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
    """Return the day of an ISO 8601 time as people write it: ``3 February 2017``."""
    day = date.fromisoformat(moment[:10])
    return f"{day.day} {day:%B %Y}"


@blueprint.get("/about")
def about() -> str:
    """Show the source of every text, what is missing, and what the site promises."""
    return render_template("about.html")


@blueprint.get("/api")
def for_developers() -> str:
    """Show the API, with an example of each operation that the reader can run."""
    return render_template(
        "api.html", paths=openapi()["paths"], pair=library().pair, longest_quotation=MAX_CHARACTERS
    )


@blueprint.get("/help")
def help_page() -> str:
    """Explain the query language and the keys."""
    return render_template("help.html", pair=library().pair)


@blueprint.get("/healthz")
def health() -> ResponseReturnValue:
    """Report the editions served, and the age of the index in seconds."""
    documents = [
        {"id": d.id, "edition": d.edition, "coverage": d.coverage, "paragraphs": len(d.paragraphs)}
        for d in library().documents
    ]
    age = round(max(time() - library().engine.index.built, 0))
    answer = {"status": "ok", "documents": documents, "index_age": age}
    return answer, {"Cache-Control": "no-store"}


@blueprint.get("/opensearch.xml")
def opensearch() -> ResponseReturnValue:
    """Describe the search for a browser's address bar: OpenSearch 1.1, draft 6."""
    return xml("opensearch.xml", "application/opensearchdescription+xml")


@blueprint.get("/sitemap.xml")
def sitemap() -> ResponseReturnValue:
    """List the documents and their paragraphs for search engines."""
    return xml("sitemap.xml", "application/xml")


@blueprint.get("/robots.txt")
def robots() -> ResponseReturnValue:
    """Allow everything, and name the sitemap."""
    return render_template("robots.txt"), {"Content-Type": "text/plain; charset=utf-8"}


@blueprint.get("/openapi.json")
def openapi() -> dict[str, Any]:
    """Describe the API, with the ids and sections of the documents served: OpenAPI 3.1."""
    text = render_template(
        "openapi.json",
        limits=limits,
        params=params,
        longest_quotation=MAX_CHARACTERS,
        id_pattern=ID.pattern,
        changes=get_args(Op),
        kinds=get_args(SuggestionKind),
        matches=get_args(MatchKind),
        verdicts=get_args(Verdict),
    )
    described: dict[str, Any] = json.loads(text, object_hook=_require_all)
    return described


def _require_all(schema: dict[str, Any]) -> dict[str, Any]:
    """Return a schema; if it has properties, as that of an object that must have them all."""
    if "properties" in schema:
        return {"type": "object", "required": list(schema["properties"]), **schema}
    return schema
