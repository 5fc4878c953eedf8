"""The strip: a bar for each paragraph."""

from __future__ import annotations

from itertools import pairwise

import pytest

import webapp.matches
from indexer.search.results import Request
from webapp.matches import MAX_BARS, WIDEST, Strip, strips
from webapp.state import Library


def starts(strip: Strip) -> list[float]:
    """Return the left edges of all bars of a strip."""
    return [g.x + n * strip.width for g in strip.groups for n in range(len(g.paragraphs))]


def test_a_strip_has_a_bar_for_every_paragraph(library: Library) -> None:
    [strip] = strips(library.documents, library.engine.search(Request("dispute")))
    every = [paragraph for group in strip.groups for paragraph in group.paragraphs]
    assert every == list(strip.document.paragraphs)
    assert [(g.section.path, len(strip.found(g))) for g in strip.groups] == [
        ("Preface", 0),
        ("I.1", 0),
        ("II", 1),
    ]
    assert [(p.citation, count) for p, count in strip.found(strip.groups[2])] == [("II ¶1", 1)]


def test_the_label_of_a_chapter_has_the_room_below_its_sections(library: Library) -> None:
    [strip] = strips(library.documents, library.engine.search(Request("dispute")))
    edges = [group.x for group in strip.groups]
    preface, below_1, last = map(strip.room, strip.groups)
    assert preface == edges[2]  # to chapter II
    assert below_1 == edges[2] - edges[1]
    assert last == 100 - edges[2]


@pytest.mark.parametrize("query", ["peace", "milestone", "*", "coast*"])
def test_bars_fill_the_strip_from_edge_to_edge(library: Library, query: str) -> None:
    for strip in strips(library.documents, library.engine.search(Request(query))):
        every = starts(strip)
        assert every[0] == 0
        if strip.width < WIDEST:
            assert every[-1] + strip.width == pytest.approx(100)
        for left, right in pairwise(every):
            assert left + strip.width <= right + 1e-9


@pytest.mark.parametrize("query", ["peace", "the OR a", "page:1", "section:II NOT peace", "road*"])
def test_bars_have_the_number_of_their_matches(library: Library, query: str) -> None:
    hits = {
        hit.paragraph.id: hit for hit in library.engine.search(Request(query)).matches(MAX_BARS)
    }
    for strip in strips(library.documents, library.engine.search(Request(query))):
        for paragraph in strip.document.paragraphs:
            found = hits.get(paragraph.id)
            assert strip.matches.get(paragraph.id) == (len(found.spans) if found else None)
        assert strip.most == max(strip.matches.values())


def test_a_section_narrows_the_hits_and_not_the_strip(library: Library) -> None:
    narrow = Request("milestone OR road", document="roads-2002", section="I")
    [strip] = strips(library.documents, library.engine.search(narrow))
    assert [len(strip.found(group)) for group in strip.groups] == [1, 25]
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
    assert len(strip.matches) == sizes[largest]
    monkeypatch.setattr(webapp.matches, "MAX_BARS", sum(sizes.values()))
    drawn = strips(library.documents, search)
    assert [each.document for each in drawn] == list(library.documents)
    assert [len(each.matches) for each in drawn] == [sizes[each.document.id] for each in drawn]
