"""Hostile text in the corpus or in an address stays text, and nothing else leaks."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from indexer import corpus
from indexer.ingest.ids import match
from indexer.model import Document, Page, Paragraph, Section, Source
from webapp import FOR_ANY_ORIGIN, HEADERS, create_app

from ..campaign.test_queries import faults
from ..serving import serve
from .shelf import HARBOURS

NAME = "hostile-2003"
HOSTILE = [
    "<script>alert('peace')</script>",
    "</script><script>alert(1)</script><!-- peace",
    "\" onmouseover=alert(1) x='peace'",
    "]]></content><!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]> &e; peace",
    "{{ config }} {% include 'x' %} ${7*7} #{7*7} peace",
    "=HYPERLINK(\"http://example.org\";\"peace\")",
    "\t=1+1 peace",
    "＝1+1 peace",
    "@SUM(A1:A9) peace",
    "\x1b]0;owned\x07\x1b[2J\x9b31m peace",
    "\u202epeace\u2066 \u200fback\ufeff",
    "peace\0and\x01war\ufffe",
    "peace\r\nSet-Cookie: who=you",
    "\\input{/etc/passwd} } @misc{x, peace",
    "javascript:alert('peace')",
]  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus of one paper with hostile title, issuer, headings and paragraphs."""
    root = tmp_path_factory.mktemp("hostile")
    body = b"<p>"
    page = Page(
        1,
        "1/page-1.html",
        hashlib.sha256(body).hexdigest(),
        "2003-01-01T00:00:00Z",
        address='https://example.org/"><script>alert(1)</script>',
        headers=(("X", "\r\nSet-Cookie: who=you"),),
    )
    document = Document(
        id=NAME,
        title=HOSTILE[0] + HOSTILE[5] + HOSTILE[9],
        issuer=HOSTILE[2] + HOSTILE[13],
        published="2003-01-01",
        issued=HOSTILE[1],
        statement=HOSTILE[10],
        contents=tuple(HOSTILE),
        page_count=1,
        pages=(page,),
        sections=tuple(Section(str(n), f"{n}. {text}", 1) for n, text in enumerate(HOSTILE, 1)),
        paragraphs=tuple(Paragraph(str(n), 1, 1, text) for n, text in enumerate(HOSTILE, 1)),
        taken="2003-01-01T00:00:00Z",
    )
    matched = match(document, None, {})
    source = Source(document.title, document.issuer, document.published, address=page.address or "")
    corpus.store(root / "corpus", matched.document, {page.file: body}, matched.entries, source)
    return root


@pytest.fixture(scope="module")
def hostile(folder: Path) -> FlaskClient:
    return create_app(folder / "corpus", folder / "index").test_client(use_cookies=False)


def addresses(client: FlaskClient) -> list[str]:
    """Return every kind of address that shows the paper."""
    found = client.get("/api/search?q=peace&limit=200").get_json()["hits"]
    assert len(found) == len(HOSTILE)
    alone = [hit["url"] for hit in found]
    files = [f"{url}/citation.{form}" for url in alone for form in ("bib", "ris", "json")]
    pages = ["/", "/help", f"/{NAME}", f"/{NAME}?q=peace", f"/{NAME}@1", f"/{NAME}/editions"]
    searches = ["/?q=peace", "/?q=peace&view=context"]
    feeds = ["/search.atom", "/search.csv", "/api/search", "/api/suggest", "/suggestions.json"]
    lists = ["/api/documents", "/sitemap.xml", "/opensearch.xml", "/openapi.json", "/healthz"]
    searches += [f"{feed}?q=peace" for feed in feeds]
    return [
        *pages,
        *searches,
        *lists,
        *alone,
        *files,
        *(f"/api/paragraphs/{url[-7:]}" for url in alone),
    ]


def test_a_hostile_paper_is_text_everywhere(hostile: FlaskClient) -> None:
    for address in addresses(hostile):
        with hostile.get(address) as answer:
            assert answer.status_code in (200, 422), address
            assert faults(answer) == [], address
            assert "Set-Cookie" not in answer.headers


def test_nothing_of_a_hostile_paper_is_lost(hostile: FlaskClient) -> None:
    hits = hostile.get("/api/search?q=peace&limit=200").get_json()["hits"]
    assert sorted(hit["text"] for hit in hits) == sorted(HOSTILE)
    for hit in hits:
        html = hostile.get(hit["url"]).get_data(as_text=True)
        linked = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)
        assert [json.loads(each)["articleBody"] for each in linked] == [hit["text"]]
    feed = ElementTree.fromstring(hostile.get("/search.atom?q=peace").data)
    told = {each.text or "" for each in feed.iter("{http://www.w3.org/2005/Atom}content")}
    assert {text for text in HOSTILE if text.isprintable()} <= told
    table = csv.DictReader(io.StringIO(hostile.get("/search.csv?q=peace").data.decode("utf-8-sig")))
    written = [text.replace("\0", "\N{REPLACEMENT CHARACTER}") for text in HOSTILE]
    assert sorted(row["text"].removeprefix("'") for row in table) == sorted(written)


@pytest.mark.parametrize(
    "arguments",
    [
        *(["search", text] for text in (HOSTILE[0], *HOSTILE[9:11])),
        *(["search", "peace", "--limit", "200", *more] for more in ([], ["--json"])),
        *(["check"], ["ingest", HOSTILE[9]]),
    ],
)
def test_no_text_steers_a_terminal(folder: Path, arguments: list[str], root: Path) -> None:
    places = ["--corpus", str(folder / "corpus"), "--index", str(folder / "index")]
    done = subprocess.run(
        [sys.executable, "-m", "indexer", *arguments[:1], *places, "--", *arguments[1:2]]
        if len(arguments) == 2
        else [sys.executable, "-m", "indexer", *arguments, *places],
        cwd=root, capture_output=True, check=False, env={"PYTHONUTF8": "1"}, text=True,
    )  # fmt: skip
    assert all(line.isprintable() for line in (done.stdout + done.stderr).split("\n"))
    assert done.stdout or done.stderr
    assert "Traceback" not in done.stderr


SHIPPED = "asia-pacific-security-cooperation-2017"
OUTSIDE = [
    *("/static/../__init__.py", "/static/%2e%2e/__init__.py", "/static/..%2f__init__.py"),
    *("/static/..%5c__init__.py", "/static/%2e%2e%2f%2e%2e%2fREADME.md", "/static//etc/passwd"),
    *("/static/%2fetc/passwd", "/static/style.css%00.html", "/static/%00", "/static/", "/static"),
    *("/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "//etc/passwd", "/..%252f..%252fetc"),
    *(f"/{SHIPPED}/../source.toml", f"/{SHIPPED}/source.toml", f"/{SHIPPED}/ledger.jsonl"),
    *(f"/{SHIPPED}@1/../../source.toml", f"/{SHIPPED}/p/..%2f..%2fsource.toml", "/.index"),
    *("/api/paragraphs/..%2f..%2fsource.toml", "/api/paragraphs/%2fetc%2fpasswd", "/webapp/api.py"),
    *("http://example.org/static/../__init__.py", "file:///etc/passwd", "\\etc\\passwd", "*"),
]  # fmt: skip


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """The port of the real server."""
    with serve() as server:
        yield server.port


@pytest.mark.parametrize("target", OUTSIDE)
def test_no_address_leads_out(port: int, target: str) -> None:
    with socket.create_connection(("127.0.0.1", port), 10) as line:
        line.sendall(f"GET {target} HTTP/1.0\r\nHost: localhost\r\n\r\n".encode())
        answer = b"".join(iter(lambda: line.recv(65536), b"")).decode()
    assert int(answer.split()[1]) in (301, 308, 400, 404), answer
    for secret in ("root:", "create_app", "# The origin of this document", '"seal"'):
        assert secret not in answer


def score(headers: Mapping[str, str], scripts: list[str]) -> int:
    """Return the score of a page that is served over HTTPS; 100 or more is an A+.

    The rules are those of Mozilla's HTTP Observatory ("Tests & Scoring" on developer.mozilla.org):
    100 less all penalties; bonuses count only if that leaves 90. The redirect from HTTP to HTTPS
    is left to the proxy, and is not scored here.
    """
    directives = map(str.split, headers.get("Content-Security-Policy", "").split(";"))
    policy = {words[0]: set(words[1:]) for words in directives if words}
    usual = policy.get("default-src", {"*"})
    script, plug_in, style = (
        policy.get(f"{kind}-src", usual) for kind in ("script", "object", "style")
    )
    broad = {"*", "https:", "http:", "data:", "'unsafe-inline'"}
    age = re.search(r"max-age=(\d+)", headers.get("Strict-Transport-Security", ""))
    referrer = headers.get("Referrer-Policy", "")
    private = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}
    own = all(re.match(r"/(?!/)", address) for address in scripts)
    modifiers = [
        -25 if not policy
        else -20 if broad & (script | plug_in)
        else -10 if "'unsafe-eval'" in script
        else 0 if broad & style
        else 10 if usual == {"'none'"}
        else 5,
        0 if "Set-Cookie" not in headers else -40,
        -50 if headers.get("Access-Control-Allow-Origin") == "https://elsewhere.example" else 0,
        -20 if not age else -10 if int(age[1]) < 15_768_000 else 0,
        5 if referrer in private else -5 if referrer else 0,
        0 if own else -50,
        0 if headers.get("X-Content-Type-Options") == "nosniff" else -5,
        5 if {"'none'"} == policy.get("frame-ancestors") else
        0 if headers.get("X-Frame-Options") in ("DENY", "SAMEORIGIN") else -20,
        -20 if headers.get("Cross-Origin-Resource-Policy") == "cross-origin" else 0,
    ]  # fmt: skip
    penalised = 100 + sum(each for each in modifiers if each < 0)
    bonus = sum(each for each in modifiers if each > 0) if penalised >= 90 else 0
    return max(0, penalised + bonus)


def scored(client: FlaskClient, address: str, without: str = "") -> int:
    answer = client.get(
        address, base_url="https://example.org", headers={"Origin": "https://elsewhere.example"}
    )
    scripts = re.findall(r"<script[^>]*\ssrc=\"([^\"]*)", answer.get_data(as_text=True))
    assert scripts
    return score({n: v for n, v in answer.headers.items() if n != without}, scripts)


@pytest.mark.parametrize("address", ["/", "/?q=peace", f"/{HARBOURS}", "/help", "/nothing"])
def test_an_a_plus(client: FlaskClient, address: str) -> None:
    assert scored(client, address) >= 115


@pytest.mark.parametrize(
    ("header", "least"),
    [
        ("Content-Security-Policy", 75),
        ("Strict-Transport-Security", 80),
        ("X-Content-Type-Options", 95),
        ("Referrer-Policy", 100),
    ],
)
def test_the_score_falls_without_a_header(client: FlaskClient, header: str, least: int) -> None:
    assert least <= scored(client, "/", without=header) < 115


@pytest.mark.parametrize(
    ("address", "status"),
    [
        *(("/", 200), ("/nothing", 404), ("/nothing/", 308), ("/?q=peace&page=x", 422)),
        *((f"/{HARBOURS}/I.1", 302), ("/api/search?x=1", 422), ("/search.csv?q=peace", 200)),
        *(("/static/style.css", 200), ("/static/none.css", 404), ("/robots.txt", 200)),
    ],
)
def test_every_answer_carries_every_header(client: FlaskClient, address: str, status: int) -> None:
    with client.get(address) as answer:
        assert answer.status_code == status
        open_to_all = FOR_ANY_ORIGIN if address.startswith(("/api/", "/search.")) else {}
        assert (HEADERS | open_to_all).items() <= dict(answer.headers).items()
        assert "Set-Cookie" not in answer.headers
        assert ("Access-Control-Allow-Origin" in answer.headers) == bool(open_to_all)
