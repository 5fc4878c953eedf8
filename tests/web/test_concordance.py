"""Matches in context: lines, their order, and the count by section."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from indexer.search.results import Request
from webapp.concordance import MOST_PARAGRAPHS, concordance, tally
from webapp.state import Library


def test_lines_show_the_words_on_either_side(library: Library) -> None:
    hits = library.engine.search(Request("dispute")).matches(MOST_PARAGRAPHS)
    [line] = concordance(hits, "text")
    assert line.match == "dispute"
    assert line.before.endswith("Where a ")
    assert line.after.startswith(" arises, the towns")
    assert line.hit.paragraph.text.find(line.before + line.match + line.after) > 0


def test_lines_sort_by_the_word_before_or_after(library: Library) -> None:
    hits = library.engine.search(Request("peace")).matches(MOST_PARAGRAPHS)
    before = [re.findall(r"\w+", line.before.casefold()) for line in concordance(hits, "before")]
    after = [re.findall(r"\w+", line.after.casefold()) for line in concordance(hits, "after")]
    assert [words[::-1] for words in before] == sorted(words[::-1] for words in before)
    assert after == sorted(after)
    assert len(before) == len(after) == sum(len(hit.spans) for hit in hits)


def test_tally_counts_hits_and_matches_by_section(library: Library) -> None:
    hits = library.engine.search(Request("peace OR road*")).matches(MOST_PARAGRAPHS)
    counts = {
        document.id: [(section.path, *numbers) for section, *numbers in tally(hits, document)]
        for document in library.documents
    }
    assert counts == {"harbours-2001": [("II", 1, 2)], "roads-2002": [("I", 2, 4), ("II", 25, 25)]}


@pytest.mark.parametrize(
    ("address", "status", "says"),
    [
        ("/?q=peace&view=context", 200, "4 matches in context"),
        ("/?q=peace&view=context&order=before", 200, 'aria-sort="ascending"'),
        ("/?q=milestone&view=context&page=2", 404, "it has one page"),
        ("/?q=page:1&view=context", 200, "so there are no matches to show"),
        ("/?q=zebra&view=context", 200, "Nothing found"),
        ("/?q=peace&view=table", 422, "list or context"),
        ("/?q=peace&view=context&order=size", 422, "text or before or after"),
        ("/?q=dispute", 200, "Preface, 0 of 1 paragraph: I.1, 0 of 2 paragraphs: II, 1 of 1"),
    ],
)
def test_pages(client: FlaskClient, address: str, status: int, says: str) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert says in " ".join(answer.text.split())


def test_a_choice_keeps_the_view(client: FlaskClient) -> None:
    html = client.get("/?q=road*&document=roads-2002&view=context&order=after").text
    assert (
        "/?q=road*&amp;document=roads-2002&amp;section=II&amp;view=context&amp;order=after" in html
    )
    assert '<input type="hidden" name="view" value="context">' in html
    assert "/search.csv?q=road*&amp;document=roads-2002&#34;" not in html
    assert 'href="/search.csv?q=road*&amp;document=roads-2002"' in html
