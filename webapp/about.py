"""Tell what the site is: where its texts are from, and how programs use it."""

from datetime import date
from urllib.parse import urlsplit

from flask import Blueprint, render_template

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
