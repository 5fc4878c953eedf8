"""The strip: a bar for each paragraph."""

from __future__ import annotations

from itertools import pairwise

import pytest

import webapp.strip
from indexer.search.results import Request
from webapp.state import Library
from webapp.strip import MOST_BARS, STRONGEST, strips


def test_a_strip_has_a_bar_for_every_paragraph(library: Library) -> None:
    [strip] = strips(library.documents, library.engine.search(Request("dispute")))
    bars = [bar for group in strip.groups for bar in group.bars]
    assert [bar.paragraph for bar in bars] == list(strip.document.paragraphs)
    assert [(bar.paragraph.citation, bar.shade) for bar in bars if bar.shade] == [("II ¶1", 1)]
    assert [(group.section.path, group.found) for group in strip.groups] == [
        ("Preface", 0),
        ("I.1", 0),
        ("II", 1),
    ]


@pytest.mark.parametrize("query", ["peace", "milestone", "*", "coast*"])
def test_bars_fill_the_strip_from_edge_to_edge(library: Library, query: str) -> None:
    for strip in strips(library.documents, library.engine.search(Request(query))):
        bars = [bar for group in strip.groups for bar in group.bars]
        assert bars[0].x == 0
        assert bars[-1].x + bars[-1].width == pytest.approx(100)
        for left, right in pairwise(bars):
            assert left.x + left.width <= right.x + 1e-9


@pytest.mark.parametrize("query", ["peace", "the OR a", "page:1", "section:II NOT peace", "road*"])
def test_bars_are_darker_with_more_matches(library: Library, query: str) -> None:
    hits = {
        hit.paragraph.id: hit for hit in library.engine.search(Request(query)).matches(MOST_BARS)
    }
    for strip in strips(library.documents, library.engine.search(Request(query))):
        for bar in (bar for group in strip.groups for bar in group.bars):
            found = hits.get(bar.paragraph.id)
            assert (bar.shade > 0) == (found is not None)
            assert bar.matches == (len(found.spans) if found else 0)
            assert bar.shade <= max(1, bar.matches)
            assert bar.shade == STRONGEST or bar.shade >= bar.matches


def test_a_section_narrows_the_hits_and_not_the_strip(library: Library) -> None:
    narrow = Request("milestone OR road", document="roads-2002", section="I")
    [strip] = strips(library.documents, library.engine.search(narrow))
    assert [group.found for group in strip.groups] == [1, 25]


def test_documents_with_the_most_hits_get_strips_until_the_room_is_used_up(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    search = library.engine.search(Request("*", limit=5))
    sizes = {document.id: len(document.paragraphs) for document in library.documents}
    largest, *others = sorted(sizes, key=lambda name: -sizes[name])
    assert others
    monkeypatch.setattr(webapp.strip, "MOST_BARS", sizes[largest])
    [strip] = strips(library.documents, search)
    assert strip.document.id == largest
    assert sum(group.found for group in strip.groups) == sizes[largest]
    monkeypatch.setattr(webapp.strip, "MOST_BARS", sum(sizes.values()))
    drawn = strips(library.documents, search)
    assert [each.document for each in drawn] == list(library.documents)
    assert all(bar.shade for each in drawn for group in each.groups for bar in group.bars)
