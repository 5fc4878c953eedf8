"""Where in the text: the strip, and the matches in context."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from flask.testing import FlaskClient

from indexer.search.results import Request
from webapp import where
from webapp.library import Library
from webapp.where import MOST, STRONGEST, concordance, strips, tally


def test_a_strip_has_a_mark_for_every_paragraph(library: Library) -> None:
    [strip] = strips(library.documents, library.engine.search(Request("dispute")))
    marks = [mark for part in strip.parts for mark in part.marks]
    assert [mark.paragraph for mark in marks] == list(strip.document.paragraphs)
    assert [(mark.paragraph.citation, mark.shade) for mark in marks if mark.shade] == [("II ¶1", 1)]
    assert [(part.section.path, part.found) for part in strip.parts] == [
        ("Preface", 0),
        ("I.1", 0),
        ("II", 1),
    ]


@pytest.mark.parametrize("query", ["peace", "milestone", "*", "coast*"])
def test_marks_stand_side_by_side_from_edge_to_edge(library: Library, query: str) -> None:
    for strip in strips(library.documents, library.engine.search(Request(query))):
        marks = [mark for part in strip.parts for mark in part.marks]
        assert marks[0].x == 0
        assert marks[-1].x + marks[-1].width == pytest.approx(100)
        for left, right in pairwise(marks):
            assert left.x + left.width <= right.x + 1e-9


@pytest.mark.parametrize("query", ["peace", "the OR a", "page:1", "section:II NOT peace", "road*"])
def test_marks_are_darker_with_more_matches(library: Library, query: str) -> None:
    hits = {hit.paragraph.id: hit for hit in library.engine.search(Request(query)).matches(MOST)}
    for strip in strips(library.documents, library.engine.search(Request(query))):
        for mark in (mark for part in strip.parts for mark in part.marks):
            found = hits.get(mark.paragraph.id)
            assert (mark.shade > 0) == (found is not None)
            assert mark.matches == (len(found.spans) if found else 0)
            assert mark.shade <= max(1, mark.matches)
            assert mark.shade == STRONGEST or mark.shade >= mark.matches


def test_a_section_narrows_the_hits_and_not_the_strip(library: Library) -> None:
    narrow = Request("milestone OR road", document="roads-2002", section="I")
    [strip] = strips(library.documents, library.engine.search(narrow))
    assert [part.found for part in strip.parts] == [1, 25]


def test_strips_are_of_the_documents_with_most_found_as_far_as_there_is_room(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    search = library.engine.search(Request("*", limit=5))
    sizes = {document.id: len(document.paragraphs) for document in library.documents}
    largest, *others = sorted(sizes, key=lambda name: -sizes[name])
    assert others
    monkeypatch.setattr(where, "MOST", sizes[largest])
    [strip] = strips(library.documents, search)
    assert strip.document.id == largest
    assert sum(part.found for part in strip.parts) == sizes[largest]
    monkeypatch.setattr(where, "MOST", sum(sizes.values()))
    drawn = strips(library.documents, search)
    assert [each.document for each in drawn] == list(library.documents)
    assert all(mark.shade for each in drawn for part in each.parts for mark in part.marks)


def test_lines_show_the_words_around(library: Library) -> None:
    hits = library.engine.search(Request("dispute")).matches(MOST)
    [line] = concordance(hits, "text")
    assert line.match == "dispute"
    assert line.before.endswith("Where a ")
    assert line.after.startswith(" arises, the towns")
    assert line.hit.paragraph.text.find(line.before + line.match + line.after) > 0


def test_lines_sort_by_the_word_before_or_after(library: Library) -> None:
    hits = library.engine.search(Request("peace")).matches(MOST)
    before = [re.findall(r"\w+", line.before.casefold()) for line in concordance(hits, "before")]
    after = [re.findall(r"\w+", line.after.casefold()) for line in concordance(hits, "after")]
    assert [words[::-1] for words in before] == sorted(words[::-1] for words in before)
    assert after == sorted(after)
    assert len(before) == len(after) == sum(len(hit.spans) for hit in hits)


def test_how_often_in_which_section(library: Library) -> None:
    hits = library.engine.search(Request("peace OR road*")).matches(MOST)
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
        ("/?q=page:1&view=context", 200, "matches no words in them"),
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
