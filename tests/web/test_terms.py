"""The names and terms of the title page, over the paper that ships."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from webapp import create_app


@pytest.fixture(scope="module")
def paper(corpus_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A client of the application over the paper."""
    return create_app(corpus_folder, tmp_path_factory.mktemp("index")).test_client()


@pytest.fixture(scope="module")
def listed(paper: FlaskClient) -> dict[str, tuple[str, int]]:
    """Return each name or term of the title page, with its address and number of matches."""
    html = unescape(paper.get("/").text)
    found = re.findall(
        r'<a href="(/\?q=[^"]*)">(.*?)\s<span class="count">(\d+)<span', html, re.DOTALL
    )
    return {text: (address, int(count)) for address, text, count in found}


@pytest.mark.parametrize(
    ("text", "matches"),
    [
        *(("China", 33), ("Japan", 1), ("South China Sea", 2), ("Belt and Road Initiative", 1)),
        *(("SCO", 3), ("CICA", 5), ("regional security framework", 7)),
        *(("Five Principles of Peaceful Coexistence", 3), ("peace and stability", 13)),
    ],
)
def test_names_and_terms(listed: dict[str, tuple[str, int]], text: str, matches: int) -> None:
    assert listed.get(text, ("", 0))[1] == matches


@pytest.mark.parametrize("text", ["Belt", "Security Cooperation", "May", "However", "US"])
def test_what_is_no_name(listed: dict[str, tuple[str, int]], text: str) -> None:
    assert text not in listed


def test_each_leads_to_its_matches_in_context(
    paper: FlaskClient, listed: dict[str, tuple[str, int]]
) -> None:
    assert len(listed) > 40
    for text, (address, count) in listed.items():
        page = " ".join(paper.get(address).text.split())
        number = "1 match" if count == 1 else f"{count} matches"
        assert f"<caption>{number} in context</caption>" in page, text


def test_an_acronym_says_what_it_stands_for(paper: FlaskClient) -> None:
    text = " ".join(re.sub("<[^>]*>", " ", unescape(paper.get("/").text)).split())
    assert "SCO 3 matches Shanghai Cooperation Organization" in text
