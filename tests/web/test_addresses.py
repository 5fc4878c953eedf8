"""Every address: its status, its redirect, and what it says."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

H, R = "/harbours-2001", "/roads-2002"

# Address (with names of paragraphs in braces), status, and its redirect or part of its text.
TABLE = [
    ("/", 200, "Contents of Harbours and the Peace of the Coast"),
    ("/?q=", 200, "Contents of Harbours and the Peace of the Coast"),
    ("/?q=%20", 200, "Names and terms"),
    ("/?q=consultation", 200, "1 paragraph "),
    ("/?q=milestone&document=roads-2002", 200, "25 paragraphs"),
    ("/?q=milestone&page=1", 200, '<ol class="hits" start="1">'),
    ("/?q=milestone&limit=10", 200, 'href="/?q=milestone&amp;limit=10&amp;page=2"'),
    ("/?q=milestone&limit=10", 200, 'href="/search.csv?q=milestone"'),
    ("/?q=milestone&page=2", 422, "There is no page 2: the last page is 1."),
    ("/?q=milestone&page=0", 422, "a whole number from 1"),
    ("/?q=milestone&page=%D9%A1", 422, "a whole number from 1"),
    ("/?q=milestone&page=" + "9" * 5000, 422, "a whole number from 1"),
    ("/?q=milestone&sort=size", 422, "relevance or position"),
    ("/?q=milestone&section=IX", 422, "There is no section IX"),
    ("/?q=milestone&section=ii+", 200, "in section II"),
    ("/?q=milestone&section=2", 200, "in section II"),
    ("/?q=zebra&document=roads-2002", 200, "for “zebra”, in "),
    ("/?q=milestone&document=none", 422, "There is no document “none”"),
    ("/?q=milestone&utm_source=letter", 200, "25 paragraphs"),
    ("/?q=" + "long+" * 2000, 422, "We could not run this search"),
    ("/?q=II+%C2%B61", 200, "Go to II ¶1"),
    ("/?q=i.1/2", 200, "Go to I.1 ¶2"),
    ("/?q={II ¶1}", 200, "Go to II ¶1"),
    (H, 200, "Page 1 of 2 of the source is here"),
    (f"{H}?q=peace", 200, 'id="match-1"'),
    (f"{H}?q=zebra", 200, "Nothing here matches “zebra”"),
    (f"{H}/", 308, H),
    (f"{H}@1", 200, "Version 1, page 1 of 2 of the source"),
    (f"{H}@3", 200, "Version 3, page 1 of 2 of the source"),
    (f"{H}@4", 404, "the latest is version 3"),
    (f"{H}@0", 404, "the latest is version 3"),
    (f"{H}/editions", 200, "2 changes from version 2"),
    (f"{H}/I.1", 302, f"{H}#I.1"),
    (f"{H}/i.1", 302, f"{H}#I.1"),
    (f"{H}/1.1", 302, f"{H}#I.1"),
    (f"{H}/PREFACE", 302, f"{H}#Preface"),
    (f"{H}/III", 404, "Only page 1 of 2 of the text is available so far"),
    (f"{H}/I.1/2", 302, f"{H}/p/{{I.1 ¶2}}"),
    (f"{H}/preface/1?q=coast", 302, f"{H}/p/{{Preface ¶1}}?q=coast"),
    (f"{H}/I.1/3", 302, f"{H}/p/{{I.1 ¶2}}"),  # in which it is merged
    (f"{H}/I/1", 302, f"{H}/p/{{gone}}"),
    (f"{H}@2/I/1", 404, "it has 0"),
    (f"{H}/I.1/9", 404, "it has 2"),
    (f"{H}/I.1/0", 404, "it has 2"),
    (f"{H}@1/I/1", 302, f"{H}@1/p/{{gone}}"),
    (f"{H}@1/I.1", 302, f"{H}@1#I.1"),
    (f"{H}/p/{{I.1 ¶2}}", 200, "for two months of the year"),
    (f"{H}/p/{{II ¶1}}?q=peace", 200, "2 matches</strong> for “peace”"),
    (f"{H}/p/{{II ¶1}}?q=" + "long+" * 2000, 422, "Peace among the coastal towns"),
    (f"{H}@1/p/{{I.1 ¶2}}", 200, "for one month of the year"),
    (f"{H}@1/p/{{gone}}", 200, "The seat at the head of the table"),
    (f"{H}@1/p/{{alias}}", 404, "in version 1"),
    (f"{H}/p/{{alias}}", 301, f"{H}/p/{{I.1 ¶2}}"),
    (f"{H}/p/{{alias}}?t=abcd&x=1", 301, f"{H}/p/{{I.1 ¶2}}?t=abcd"),
    (f"{H}/p/{{alias}}/citation.ris", 301, f"{H}/p/{{I.1 ¶2}}/citation.ris"),
    (f"{H}/p/{{gone}}", 410, "The seat at the head of the table"),
    (f"{H}/p/p234567", 404, "This document never had a paragraph"),
    (f"{R}/p/{{II ¶1}}", 404, "This document never had a paragraph"),
    (R, 200, 'href="https://example.org/roads_2.html" rel="external">Page 2 of the source'),
    (f"{R}/editions", 200, "has one version here"),
    ("/nothing", 404, "nothing at this address"),
    ("/nothing/", 308, "/nothing"),
    (f"{H}.", 308, H),  # cut out of a sentence
    (f"{H}/II/1).", 308, f"{H}/II/1"),
    ("/Harbours-2001/I.1/2?q=sea", 308, f"{H}/i.1/2?q=sea"),
    (f"{R}/p/PABCDEF.", 308, f"{R}/p/pabcdef"),
    ("/API/Documents", 308, "/api/documents"),
    ("/api/documents/Roads-2002", 200, '"id":"roads-2002"'),
    ("/api/search/?q=sea", 308, "/api/search?q=sea"),
    ("/api/search?q=sea&section=I&section=II", 422, "“section” is given more than once."),
    (f"{H}…?q=ship", 308, f"{H}?q=ship"),
    ("/nothing/p/p234567", 404, "nothing at this address"),
    ("/a/b/c/d/e", 404, "nothing at this address"),
    ("/help", 200, "How to search"),
    ("/static/style.css", 200, ":root"),
    ("/static/../__init__.py", 404, ""),
    ("/healthz", 200, '"status":"ok"'),
    ("/quote?text=reef", 200, "The text has these words"),
    ("/api/quote?text=reef", 200, '"verdict":"verbatim"'),
]


@pytest.mark.parametrize(("address", "status", "says"), TABLE, ids=[row[0][:60] for row in TABLE])
def test_every_address(
    client: FlaskClient, names: dict[str, str], address: str, status: int, says: str
) -> None:
    for name, key in names.items():
        address, says = (each.replace(f"{{{name}}}", key) for each in (address, says))
    with client.get(address) as answer:
        assert answer.status_code == status
        if status in (301, 302, 308):
            assert answer.headers["Location"] == says
        else:
            assert says in " ".join(answer.get_data(as_text=True).split())
    with client.head(address) as head:
        assert (head.status_code, head.data) == (status, b"")


@pytest.mark.parametrize("address", ["/", H, "/api/search", "/nothing"])
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_addresses_are_read_only(client: FlaskClient, method: str, address: str) -> None:
    answer = client.open(address, method=method)
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


@pytest.mark.parametrize(
    "address", ["/", "/?q=peace&page=x", H, "/api/search", "/nothing", "/static/icon.svg"]
)
def test_every_answer_has_the_security_headers(client: FlaskClient, address: str) -> None:
    with client.get(address) as answer:
        headers = answer.headers
    assert "'unsafe" not in headers["Content-Security-Policy"]
    assert headers["Content-Security-Policy"].startswith("default-src 'self';")
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "Set-Cookie" not in headers
    assert "Strict-Transport-Security" not in headers
    with client.get(address, base_url="https://example.org") as secure:
        assert "Strict-Transport-Security" in secure.headers


@pytest.mark.parametrize("address", ["/?q=peace", H, "/api/search?q=peace"])
def test_an_unchanged_answer_is_not_sent_again(client: FlaskClient, address: str) -> None:
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    other = client.get("/?q=coast", headers={"If-None-Match": first.headers["ETag"]})
    assert other.status_code == 200


def test_an_edition_is_cached_forever(client: FlaskClient) -> None:
    assert "immutable" in client.get(f"{H}@1").headers["Cache-Control"]
    assert "immutable" not in client.get(f"{H}@1?q=peace").headers["Cache-Control"]
    assert client.get(H).headers["Cache-Control"] == "no-cache"


def test_a_doubled_slash_leads_to_no_other_host(client: FlaskClient) -> None:
    answer = client.get("//example.org/a/")
    assert not answer.headers.get("Location", "/").startswith("//")
