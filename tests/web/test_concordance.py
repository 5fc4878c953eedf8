"""Matches in context: lines, their order, and their table."""

from __future__ import annotations

import csv
import io
import re

import pytest
from flask.testing import FlaskClient

from indexer.search.results import Request
from webapp.matches import concordance
from webapp.params import MAX_PARAGRAPHS
from webapp.state import Library


def test_lines_show_the_words_on_either_side(library: Library) -> None:
    hits = library.engine.search(Request("dispute")).matches(MAX_PARAGRAPHS)
    [line] = concordance(hits, "text")
    assert line.match == "dispute"
    assert line.before.endswith("Where a ")
    assert line.after.startswith(" arises, the towns")
    assert line.hit.paragraph.text.find(line.before + line.match + line.after) > 0


def test_lines_sort_by_the_word_before_or_after(library: Library) -> None:
    hits = library.engine.search(Request("peace")).matches(MAX_PARAGRAPHS)
    before = [re.findall(r"\w+", line.before.casefold()) for line in concordance(hits, "before")]
    after = [re.findall(r"\w+", line.after.casefold()) for line in concordance(hits, "after")]
    assert [words[::-1] for words in before] == sorted(words[::-1] for words in before)
    assert after == sorted(after)
    assert len(before) == len(after) == sum(len(hit.spans) for hit in hits)


def test_matches_are_a_table_to_take_away(client: FlaskClient, names: dict[str, str]) -> None:
    answer = client.get("/matches.csv?q=peace&document=harbours-2001&order=after")
    header, *rows = csv.reader(io.StringIO(answer.data.decode("utf-8-sig")))
    assert header == ["document", "citation", "before", "match", "after", "address"]
    assert [(row[1], row[3]) for row in rows] == [("II ¶1", "Peace"), ("II ¶1", "peace")]
    assert rows[1][2].endswith("the towns shall seek ")
    assert rows[0][4].startswith(" among the coastal towns")
    assert rows[0][5] == f"http://localhost/harbours-2001/p/{names['II ¶1']}"
    assert client.get("/matches.csv?q=peace&order=size").get_json()["error"]["details"]


def test_a_line_leads_to_its_match(client: FlaskClient, library: Library) -> None:
    """Even if lines are sorted, or the search is narrowed."""
    for query in ("q=peace&order=before", "q=road*&document=roads-2002&section=II"):
        html = client.get(f"/?{query}&view=context").text
        links = re.findall(r'<th scope="row"><a href="/([^?]*)\?([^"#]*)#match-(\d+)"', html)
        assert len(links) == html.count("<mark>")
        for document in library.documents:
            numbers = [int(number) for name, _, number in links if name == document.id]
            assert sorted(numbers) == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize(
    ("address", "status", "says"),
    [
        ("/?q=peace&view=context", 200, "4 matches in context"),
        ("/?q=peace&view=context&order=before", 200, 'aria-sort="ascending"'),
        ("/?q=milestone&view=context&page=2", 422, "the last page is 1"),
        ("/?q=page:1&view=context", 200, "so it has no matches to show"),
        ("/?q=zebra&view=context", 200, "Nothing found"),
        ("/?q=peace&view=table", 422, "list or context"),
        ("/?q=peace&view=context&order=size", 422, "text or before or after"),
        ("/?q=road&page=99&sort=zzz", 422, "There is no page 99: the last page is 1."),
        ("/?q=road&page=99&sort=zzz", 422, "“sort” must be relevance or position, not “zzz”."),
        ("/?q=road&page=99&sort=zzz", 422, 'id="hit-1"'),
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
    assert (
        'href="/matches.csv?q=road*&amp;document=roads-2002&amp;view=context&amp;order=after"'
        in html
    )
    assert 'href="/search.csv?q=road*"' in client.get("/?q=road*").text
