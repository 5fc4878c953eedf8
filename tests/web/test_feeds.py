"""What other programs read follows its specification: OpenAPI, CSV, Atom, OpenSearch, sitemap."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import schemathesis
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, assume, given, settings
from schemathesis import GenerationMode

from webapp import create_app
from webapp.api import COLUMNS, safe_cell
from webapp.state import Library

from .checker import xml_faults
from .shelf import HOSTILE

ATOM = "{http://www.w3.org/2005/Atom}"
OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"
ODD = "?q=script+%00%01%EF%BF%BE&limit=1"
OPERATIONS = [
    "/api/search",
    "/search.csv",
    "/search.atom",
    "/api/suggest",
    "/suggestions.json",
    "/api/quote",
    "/api/documents",
    "/api/documents/{id}",
    "/api/paragraphs/{id}",
    "/healthz",
]


@pytest.fixture(scope="module")
def shipped(corpus_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application over the shipped corpus: one document, so each section has that name once."""
    return create_app(corpus_folder, tmp_path_factory.mktemp("index"))


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize(
    ("method", "path"), [*(("GET", path) for path in OPERATIONS), ("POST", "/api/quote")]
)
def test_the_api_is_as_described(
    shipped: Flask, method: str, path: str, mode: GenerationMode
) -> None:
    operation = schemathesis.openapi.from_wsgi("/openapi.json", shipped)[path][method]
    if mode.is_negative and not any(operation.iter_parameters()) and method == "GET":
        return

    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(
        max_examples=settings().max_examples // 16,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    def check(case: schemathesis.Case[Any]) -> None:
        assume("?" not in case.formatted_path)  # which Werkzeug's client does not take for a path
        case.call_and_validate(headers={"Accept-Encoding": "identity"})

    check()


def test_the_description_is_complete(client: FlaskClient) -> None:
    assert sorted(client.get("/openapi.json").get_json()["paths"]) == sorted(OPERATIONS)


@pytest.mark.parametrize(
    ("schema", "addresses"),
    [
        ("atom", [f"/search.atom{q}" for q in ("", "?q=peace", "?q=zebra", ODD)]),
        ("opensearch", ["/opensearch.xml"]),
        ("sitemap", ["/sitemap.xml"]),
    ],
)
def test_xml_is_valid(
    client: FlaskClient, tmp_path: Path, schema: str, addresses: list[str]
) -> None:
    files = []
    for number, address in enumerate(addresses):
        answer = client.get(address)
        assert answer.status_code == 200
        files.append(tmp_path / f"{number}.xml")
        files[-1].write_bytes(answer.data)
    wrong = tmp_path / "wrong.xml"  # it finds faults where there are any
    wrong.write_bytes(files[0].read_bytes().replace(b'xmlns="', b'xmlns="other:', 1))
    faults = xml_faults(schema, [*files, wrong])
    assert "wrong.xml" in faults
    assert all(str(file) not in faults for file in files)


def test_a_table(client: FlaskClient, names: dict[str, str]) -> None:
    answer = client.get("/search.csv?q=peace&document=harbours-2001")
    assert answer.mimetype == "text/csv"
    assert "search.csv" in answer.headers["Content-Disposition"]
    header, *rows = csv.reader(io.StringIO(answer.data.decode("utf-8-sig")))
    assert header == list(COLUMNS)
    assert [row[2] for row in rows] == ["II ¶1"]
    assert rows[0][-1] == f"http://localhost/harbours-2001/p/{names['II ¶1']}"


def test_a_table_has_the_text_as_it_is(client: FlaskClient) -> None:
    rows = list(csv.reader(io.StringIO(client.get("/search.csv?q=quoted").data.decode("utf-8"))))
    assert rows[1][6] == HOSTILE
    assert len(list(csv.reader(io.StringIO(client.get("/search.csv?q=milestone").text)))) == 26


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("＝1+1", "'＝1+1"),
        ("a=1", "a=1"),
        ("", ""),
    ],
)
def test_no_cell_is_a_formula(cell: str, written: str) -> None:
    assert safe_cell(cell) == written


def test_a_feed(client: FlaskClient, names: dict[str, str]) -> None:
    feed = ElementTree.fromstring(client.get("/search.atom?q=peace&section=II").data)
    assert feed.findtext(f"{OPENSEARCH}totalResults") == "1"
    entry = feed.find(f"{ATOM}entry")
    assert entry is not None
    assert entry.findtext(f"{ATOM}id", "").endswith(f"/harbours-2001/p/{names['II ¶1']}")
    title = "II ¶1 – II. Peace of the Coast – Harbours and the Peace of the Coast"
    assert entry.findtext(f"{ATOM}title") == title


def test_a_browser_can_search_from_its_address_bar(client: FlaskClient) -> None:
    found = ElementTree.fromstring(client.get("/opensearch.xml").data)
    ways = {url.get("type"): url.get("template", "") for url in found.iter(f"{OPENSEARCH}Url")}
    for kind in ("text/html", "application/atom+xml", "application/x-suggestions+json"):
        address = ways[kind].replace("{searchTerms}", "harb").replace("{startPage?}", "")
        with client.get(address.replace("{count?}", "")) as answer:
            assert (answer.status_code, answer.mimetype) == (200, kind)
    typed, suggestions = json.loads(answer.data)
    assert typed == "harb"
    assert any(each.lower().startswith("harb") for each in suggestions)
    assert 'rel="search" type="application/opensearchdescription+xml"' in client.get("/").text


def test_the_sitemap_has_every_page(client: FlaskClient, library: Library) -> None:
    found = ElementTree.fromstring(client.get("/sitemap.xml").data)
    addresses = [each.text or "" for each in found.iter() if each.tag.endswith("loc")]
    assert len(addresses) == 1 + sum(1 + len(each.paragraphs) for each in library.documents)
    assert "sitemap.xml" in client.get("/robots.txt").text
    for address in addresses[:8]:
        page = client.get(address)
        assert page.status_code == 200
        assert f'<link rel="canonical" href="{address}">' in page.text


@pytest.mark.parametrize("address", ["/search.csv?page=0", "/search.atom?colour=red&limit=x"])
def test_bad_parameters_get_the_error_of_the_api(client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 422
    assert answer.get_json()["error"]["code"] == "invalid_parameters"
