"""The strip: a bar for each paragraph."""

from __future__ import annotations

from itertools import pairwise

import pytest

import webapp.matches
from indexer.search.results import Request
from webapp.matches import MAX_BARS, WIDEST, Bar, Group, Strip, strips
from webapp.state import Library


def bars(strip: Strip) -> list[Bar]:
    """Return all bars of a strip."""
    return [bar for group in strip.groups for bar in group.bars]


def found_in(group: Group) -> int:
    """Return the number of paragraphs found in a section."""
    return sum(bar.matches is not None for bar in group.bars)


def test_a_strip_has_a_bar_for_every_paragraph(library: Library) -> None:
    [strip] = strips(library.documents, library.engine.search(Request("dispute")))
    assert [bar.paragraph for bar in bars(strip)] == list(strip.document.paragraphs)
    found = [bar for bar in bars(strip) if bar.matches is not None]
    assert [(bar.paragraph.citation, bar.matches) for bar in found] == [("II ¶1", 1)]
    assert [(group.section.path, found_in(group)) for group in strip.groups] == [
        ("Preface", 0),
        ("I.1", 0),
        ("II", 1),
    ]


def test_the_label_of_a_chapter_has_the_room_below_its_sections(library: Library) -> None:
    [strip] = strips(library.documents, library.engine.search(Request("dispute")))
    starts = [group.bars[0].x for group in strip.groups]
    preface, below_1, last = map(strip.room, strip.groups)
    assert preface == starts[2]  # to chapter II
    assert below_1 == starts[2] - starts[1]
    assert last == 100 - starts[2]


@pytest.mark.parametrize("query", ["peace", "milestone", "*", "coast*"])
def test_bars_fill_the_strip_from_edge_to_edge(library: Library, query: str) -> None:
    for strip in strips(library.documents, library.engine.search(Request(query))):
        every = bars(strip)
        assert every[0].x == 0
        if strip.width < WIDEST:
            assert every[-1].x + strip.width == pytest.approx(100)
        for left, right in pairwise(every):
            assert left.x + strip.width <= right.x + 1e-9


@pytest.mark.parametrize("query", ["peace", "the OR a", "page:1", "section:II NOT peace", "road*"])
def test_bars_have_the_number_of_their_matches(library: Library, query: str) -> None:
    hits = {
        hit.paragraph.id: hit for hit in library.engine.search(Request(query)).matches(MAX_BARS)
    }
    for strip in strips(library.documents, library.engine.search(Request(query))):
        for bar in bars(strip):
            found = hits.get(bar.paragraph.id)
            assert bar.matches == (len(found.spans) if found else None)
        assert strip.most == max(bar.matches or 0 for bar in bars(strip))


def test_a_section_narrows_the_hits_and_not_the_strip(library: Library) -> None:
    narrow = Request("milestone OR road", document="roads-2002", section="I")
    [strip] = strips(library.documents, library.engine.search(narrow))
    assert [found_in(group) for group in strip.groups] == [1, 25]
    assert [group.inside for group in strip.groups] == [True, False]


def test_documents_with_the_most_hits_get_strips_until_the_room_is_used_up(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    search = library.engine.search(Request("*", limit=5))
    sizes = {document.id: len(document.paragraphs) for document in library.documents}
    largest, *others = sorted(sizes, key=lambda name: -sizes[name])
    assert others
    monkeypatch.setattr(webapp.matches, "MAX_BARS", sizes[largest])
    [strip] = strips(library.documents, search)
    assert strip.document.id == largest
    assert all(bar.matches is not None for bar in bars(strip))
    monkeypatch.setattr(webapp.matches, "MAX_BARS", sum(sizes.values()))
    drawn = strips(library.documents, search)
    assert [each.document for each in drawn] == list(library.documents)
    assert all(bar.matches is not None for each in drawn for bar in bars(each))
