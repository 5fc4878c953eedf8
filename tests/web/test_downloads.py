"""The downloads of the whole text."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from webapp.document_pages import escape_markdown
from webapp.state import Library

from .shelf import HOSTILE, LIGHTS, SEAT

H, R = "/harbours-2001", "/roads-2002"
TYPES = {"txt": "text/plain", "md": "text/markdown", "json": "application/json"}


@pytest.mark.parametrize("form", TYPES)
@pytest.mark.parametrize("document", [H, R, f"{H}@1", f"{H}@3"])
def test_the_text_has_every_paragraph_with_its_citation_and_permalink(
    client: FlaskClient, library: Library, document: str, form: str
) -> None:
    name, _, number = document[1:].partition("@")
    current = library.document(name)
    assert current
    edition = library.edition(current, int(number)) if number else current
    assert edition
    answer = client.get(f"{document}.{form}")
    assert answer.status_code == 200
    assert answer.mimetype == TYPES[form]
    assert ("immutable" in answer.headers["Cache-Control"]) == bool(number)
    assert f'href="{document}.{form}"' in client.get(document).text
    text = str(answer.get_json()) if form == "json" else answer.text
    position = 0
    for paragraph in edition.paragraphs:
        shown = escape_markdown(paragraph.text) if form == "md" else paragraph.text
        if paragraph.text == HOSTILE and form == "json":
            shown = "alert("
        for part in (paragraph.citation, f"http://localhost{document}/p/{paragraph.id}", shown):
            assert part in text[position:], part
        position = text.index(shown, position) + len(shown)
    for section in edition.sections:
        assert (escape_markdown(section.heading) if form == "md" else section.heading) in text


@pytest.mark.parametrize("form", ["txt", "md"])
def test_the_head_has_source_and_day(client: FlaskClient, form: str) -> None:
    head = client.get(f"{R}.{form}").text[:900]
    assert re.search("Source: <?https://example.org/roads_1.html>?\n", head)
    assert "Captured: 2002-05-07\n" in head
    assert "Version 1: all 2 pages of the source" in head
    assert "Office of Roads, " in head
    saved = client.get(f"{H}.{form}").text[:900]
    assert "Source: a saved copy\n" in saved


def test_json_has_source_and_day(client: FlaskClient) -> None:
    roads = client.get(f"{R}.json").get_json()
    assert roads["source"] == "https://example.org/roads_1.html"
    assert roads["captured"] == "2002-05-07T08:00:00Z"
    assert roads["paragraphs"][0]["text"] == HOSTILE
    assert roads["paragraphs"][-1]["source"].startswith("https://example.org/roads_2.html#:~:text=")
    harbours = client.get(f"{H}.json").get_json()
    assert (harbours["source"], harbours["complete"]) == (None, False)


def test_an_edition_has_its_own_text(client: FlaskClient) -> None:
    assert SEAT in client.get(f"{H}@1.txt").text
    assert SEAT not in client.get(f"{H}.txt").text
    assert LIGHTS in client.get(f"{H}@1.md").text


@pytest.mark.parametrize(
    "address", ["/nothing.txt", f"{H}@9.md", f"{H}@0.json", f"{H}.pdf", f"{H}.txt/I"]
)
def test_what_is_not_there(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 404


@given(st.text())
def test_markdown_escapes_add_backslashes_and_nothing_else(text: str) -> None:
    assert re.sub(r"\\([\\`*_\[\]<>&#|~!])", r"\1", escape_markdown(text)) == text


def test_hostile_text_is_no_markup_in_markdown(client: FlaskClient) -> None:
    assert "<script>" not in client.get(f"{R}.md").text.replace("\\<script\\>", "")
