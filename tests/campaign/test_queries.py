"""Any address gets an answer or a reason, never a failure of ours or foreign markup."""

from __future__ import annotations

import csv
import io
import re
import tempfile
import time
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote, quote_from_bytes, unquote_to_bytes
from xml.etree import ElementTree

from flask.testing import FlaskClient
from hypothesis import event, given, settings
from hypothesis import strategies as st
from werkzeug.wrappers import Response

from indexer.search.prose import FIELDS
from webapp import create_app
from webapp.api import FORMULA

from ..web.shelf import HARBOURS, ROADS, build

# Words of the two papers, words of no paper, and what means something in a query.
WORDS = st.sampled_from(
    [
        *("peace", "harbour", "lights", "captain", "the", "of", "coastal-towns", "well-known"),
        *("AND", "OR", "NOT", "(", ")", '"', "-", "+", "~", "~2", "~s", "~99999999999", "*", "?"),
        *(f"{field}:" for field in FIELDS),
        *("section:I.1", "page:1", "heading:peace", "Preface ¶1", "I.1/2", "p234567", "lig*ts"),
        *("<script>alert(1)</script>", "'\"><img src=x onerror=alert(1)>", "{{7*7}}", "%s%n", "$&"),
        *("\0", "\x1b]0;x\a", "\u202e", "\u2066", "\ufeff", "\u0301" * 9, "\U0010ffff", "\ufffe"),
        *("=1+1", "@SUM(A1)", "\r\nSet-Cookie: a=b", "../../etc/passwd", "1" * 99, "ﷺ", "ß", "İ"),
    ]
)
TEXTS = (
    st.text(max_size=60)
    | st.lists(WORDS, max_size=12).map(" ".join)
    | st.lists(WORDS, max_size=12).map("".join)
    | st.builds(lambda word, times: (word + " ") * times, WORDS, st.integers(1, 700))
)
VALUES = TEXTS.map(quote) | st.binary(max_size=20).map(quote_from_bytes)
NAMES = st.sampled_from(
    ["q", "section", "document", "sort", "words", "page", "limit", "view", "order", "t", "x"]
)
USUAL = st.sampled_from(
    [
        *("peace", "I", "II", "Preface", HARBOURS, ROADS, "relevance", "position", "some", "all"),
        *("1", "2", "0", "-1", "200", "201", "999999999", "context", "list", "before", "after"),
    ]
)
PARTS = st.sampled_from(
    [
        *(HARBOURS, ROADS, f"{HARBOURS}@1", f"{HARBOURS}@9", f"{HARBOURS}@{'9' * 30}", "p", "I.1"),
        *("editions", "api", "search", "paragraphs", "documents", "suggest", "static", "style.css"),
        *(
            "citation.bib",
            "citation.x",
            "1",
            "9" * 30,
            "..",
            "%2e%2e",
            "%2f",
            "%5c",
            "%00",
            "%0d%0a",
        ),
    ]
)
ADDRESSES = st.sampled_from(
    [
        *("/", "/api/search", "/search.csv", "/search.atom", "/api/suggest", "/suggestions.json"),
        *("/help", "/opensearch.xml", "/openapi.json", "/sitemap.xml", "/robots.txt", "/healthz"),
        *(f"/{HARBOURS}", f"/{HARBOURS}@1", f"/{ROADS}", f"/{HARBOURS}/editions"),
        *(f"/{name}" for name in ("api/documents", "favicon.ico", "nothing")),
    ]
)
PATHS = ADDRESSES | st.lists(PARTS | VALUES, max_size=5).map(lambda parts: "/" + "/".join(parts))
PARAMETERS = st.lists(st.tuples(NAMES | VALUES, USUAL.map(quote) | VALUES), max_size=4).map(
    lambda pairs: "&".join(f"{name}={value}" for name, value in pairs)
)
EXPECTED = {200, 301, 302, 304, 308, 400, 404, 405, 410, 422}
LONGEST = 10  # seconds of a processor for an answer
_LINE = re.compile(r"[\r\n\0]")


@cache
def client() -> FlaskClient:
    """A client of the application over two small papers, one of which has hostile text."""
    folder = Path(tempfile.mkdtemp())
    build(folder / "corpus")
    return create_app(folder / "corpus", folder / "index").test_client(use_cookies=False)


class Page(HTMLParser):
    """The parts of a page that can do something: its scripts, styles and addresses."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        own = (known.get("src") or "").startswith("/static/")
        if tag == "script" and not own and known.get("type") != "application/ld+json":
            self.faults.append(f"a script: {attrs}")
        if tag in ("img", "iframe", "object", "embed", "base", "style"):
            self.faults.append(f"a foreign element: {tag}")
        for name, value in attrs:
            if name.startswith("on") or name == "style":
                self.faults.append(f"inline {name}: {value}")
            if name in ("href", "action") and not re.match(r"(/(?!/)|#|https?://)", value or "#"):
                self.faults.append(f"an address: {value}")


def faults(answer: Response) -> list[str]:
    """Return what is wrong with an answer, whatever was asked."""
    found = [f"a header: {name}" for name, value in answer.headers if _LINE.search(value)]
    if answer.status_code not in EXPECTED:
        found.append(f"status {answer.status_code}")
    kind = answer.mimetype or ""
    location = answer.headers.get("Location", "/").removeprefix("http://localhost")
    if not location.startswith("/") or location.startswith(("//", "/\\")):
        found.append(f"a redirect: {location}")
    if kind == "text/html":
        found += Page(answer.get_data(as_text=True)).faults
    elif kind.endswith("json"):
        body = answer.get_json(force=True)
        if answer.status_code >= 400 and list(body) != ["error"]:
            found.append("an error in another shape")
    elif kind.endswith("xml") and "svg" not in kind:
        ElementTree.fromstring(answer.data)
    elif kind == "text/csv":
        rows = csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig")))
        found += [f"a formula: {cell}" for row in rows for cell in row if cell.startswith(FORMULA)]
    return found


def ask(path: str, parameters: str) -> Response:
    """Return the answer to an address, its path quoted, as a server passes it on."""
    told = {"PATH_INFO": unquote_to_bytes(path).decode("latin-1"), "QUERY_STRING": parameters}
    begin = time.process_time()
    answer = client().get(environ_overrides=told)
    assert time.process_time() - begin < LONGEST
    return answer


@settings(max_examples=2 * settings().max_examples, deadline=None)
@given(PATHS, PARAMETERS)
def test_any_address(path: str, parameters: str) -> None:
    with ask(path, parameters) as answer:
        event(f"status {answer.status_code}")
        assert faults(answer) == []


@settings(max_examples=settings().max_examples // 2, deadline=None)
@given(ADDRESSES, VALUES)
def test_any_query(path: str, query: str) -> None:
    with ask(path, f"q={query}") as answer:
        event(f"status {answer.status_code}")
        assert faults(answer) == []
