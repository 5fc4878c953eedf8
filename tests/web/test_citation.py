"""References, as style guides and reference managers want them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timezone

import pytest
from flask import Flask, get_template_attribute
from flask.testing import FlaskClient
from markupsafe import Markup

from webapp.citation import FORMATS, Reference, write

FULL = Reference(
    key="harbours-2001-pabcdef",
    title="Harbours & the Peace",
    issuer="Office of Harbours",
    issued=date(2001, 3, 4),
    locator="II.1, para. 3",
    language="en",
    address="https://example.org/harbours-2001/p/pabcdef",
    source="",
    accessed=date(2026, 5, 6),
)
BARE = replace(FULL, title="50% of_it", issuer="A. N. Office.", issued=None)

SENTENCES = [
    (
        "plain",
        FULL,
        "Office of Harbours. Harbours & the Peace. 4 March 2001. II.1, para. 3. "
        "https://example.org/harbours-2001/p/pabcdef (accessed 6 May 2026).",
    ),
    (
        "chicago",
        FULL,
        "Office of Harbours, Harbours & the Peace (March 4, 2001), II.1, para. 3, "
        "accessed May 6, 2026, https://example.org/harbours-2001/p/pabcdef.",
    ),
    (
        "apa",
        FULL,
        "Office of Harbours. (2001, March 4). Harbours & the Peace (II.1, para. 3). "
        "Retrieved May 6, 2026, from https://example.org/harbours-2001/p/pabcdef",
    ),
    (
        "plain",
        BARE,
        "A. N. Office. 50% of_it. II.1, para. 3. "
        "https://example.org/harbours-2001/p/pabcdef (accessed 6 May 2026).",
    ),
    (
        "apa",
        BARE,
        "A. N. Office. (n.d.). 50% of_it (II.1, para. 3). "
        "Retrieved May 6, 2026, from https://example.org/harbours-2001/p/pabcdef",
    ),
]


@pytest.mark.parametrize(("style", "reference", "sentence"), SENTENCES)
def test_sentences(app: Flask, style: str, reference: Reference, sentence: str) -> None:
    with app.test_request_context():
        html = get_template_attribute("citations/styles.html", style)(reference)
    assert Markup(html).striptags() == sentence
    assert f"<cite>{Markup.escape(reference.title)}</cite>" in html


@pytest.fixture
def in_app(app: Flask) -> Iterator[None]:
    """A request context, which templates need."""
    with app.test_request_context():
        yield


@pytest.mark.usefixtures("in_app")
def test_bibtex() -> None:
    assert write(FULL, "bib") == (
        "@techreport{harbours-2001-pabcdef,\n"
        "  author = {{Office of Harbours}},\n"
        "  title = {{Harbours \\& the Peace}},\n"
        "  institution = {{Office of Harbours}},\n"
        "  year = {2001},\n"
        "  date = {2001-03-04},\n"
        "  note = {II.1, para. 3},\n"
        "  url = {https://example.org/harbours-2001/p/pabcdef},\n"
        "  urldate = {2026-05-06},\n"
        "}\n"
    )
    assert r"{{50\% of\_it}}" in write(BARE, "bib")
    assert "year" not in write(BARE, "bib")


@pytest.mark.usefixtures("in_app")
def test_ris() -> None:
    lines = write(FULL, "ris").split("\r\n")
    assert lines[0] == "TY  - RPRT"
    assert lines[-2:] == ["ER  - ", ""]
    assert {"DA  - 2001/03/04", "Y2  - 2026/05/06", "TI  - Harbours & the Peace"} <= set(lines)


@pytest.mark.usefixtures("in_app")
def test_csl_json() -> None:
    [item] = json.loads(write(FULL, "json"))
    assert item["type"] == "report"
    assert item["author"] == [{"literal": "Office of Harbours"}]
    assert item["issued"] == {"date-parts": [[2001, 3, 4]]}
    assert item["accessed"] == {"date-parts": [[2026, 5, 6]]}
    assert "issued" not in json.loads(write(BARE, "json"))[0]


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("edition", ["", "@1"])
def test_files(client: FlaskClient, names: dict[str, str], form: str, edition: str) -> None:
    address = f"/harbours-2001{edition}/p/{names['I.1 ¶2']}"
    assert f'href="{address}/citation.{form}"' in client.get(address).text
    answer = client.get(f"{address}/citation.{form}")
    assert answer.status_code == 200
    assert answer.mimetype == FORMATS[form].media_type
    assert f"http://localhost{address}" in answer.text
    assert f'-{names["I.1 ¶2"]}.{form}"' in answer.headers["Content-Disposition"]


@pytest.mark.parametrize(
    ("key", "form", "status"),
    [
        ("{gone}", "bib", 410),
        ("{alias}", "bib", 301),
        ("p234567", "bib", 404),
        ("{II ¶1}", "x", 404),
    ],
)
def test_files_that_are_not_there(
    client: FlaskClient, names: dict[str, str], key: str, form: str, status: int
) -> None:
    for name, own in names.items():
        key = key.replace(f"{{{name}}}", own)
    assert client.get(f"/harbours-2001/p/{key}/citation.{form}").status_code == status


def test_the_page_has_the_sentences_of_today(client: FlaskClient, names: dict[str, str]) -> None:
    html = client.get(f"/harbours-2001/p/{names['II ¶1']}").text
    today = datetime.now(timezone.utc).date()
    assert f"(accessed {today.day} {today:%B} {today.year})" in html
    assert "<cite>Harbours and the Peace of the Coast</cite> (March 4, 2001), II, para. 1" in html
    assert "“Peace among the coastal towns" in html


def test_an_edition_that_is_kept_for_good_has_no_date_of_today(
    client: FlaskClient, names: dict[str, str]
) -> None:
    answer = client.get(f"/harbours-2001@1/p/{names['II ¶1']}")
    assert "immutable" in answer.headers["Cache-Control"]
    assert "accessed" not in answer.text
