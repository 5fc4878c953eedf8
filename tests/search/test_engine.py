"""A request to results: scope, order, pages, facets, what is related."""

from __future__ import annotations

from dataclasses import replace

import pytest

from indexer.search.engine import Engine
from indexer.search.index import index_in_memory
from indexer.search.results import Marked, Request, Results

from .asking import rows
from .conftest import document_of


def ids(results: Results) -> list[str]:
    return [hit.paragraph.id for hit in results.hits]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (Request("ship", sort="position"), ["harbour-1", "harbour-2", "letters-1", "letters-2"]),
        (Request("ship", document="harbour", sort="position"), ["harbour-1", "harbour-2"]),
        (Request("ship", document="garden"), []),
        (Request("tree", section="I", sort="position"), ["garden-1", "garden-2"]),
        (Request("apples", section="I.1"), ["garden-3"]),
        (Request("red", section="i", sort="position"), ["garden-3"]),
        (Request("ship", section="V"), []),
        (Request("ship", sort="position", limit=3), ["harbour-1", "harbour-2", "letters-1"]),
        (Request("ship", sort="position", limit=3, page=2), ["letters-2"]),
        (Request("ship", sort="position", limit=3, page=3), []),
        (Request("heading:\x1ftrees", sort="position"), ["garden-1", "garden-2", "garden-3"]),
        (Request("old ship", sort="position"), ["letters-2"]),
        (
            Request("old ship", words="some", sort="position"),
            ["garden-2", "harbour-1", "harbour-2", "letters-1"],
        ),
    ],
)
def test_what_is_found(tiny: Engine, asked: Request, found: list[str]) -> None:
    assert ids(tiny.search(asked).results) == found


def test_numbers_of_results_and_pages_are_of_the_whole(tiny: Engine) -> None:
    results = tiny.search(Request("ship", limit=3, page=3)).results
    assert (results.total, results.pages) == (4, 2)
    nothing = tiny.search(Request("typhoon")).results
    assert (nothing.total, nothing.pages) == (0, 0)


@pytest.mark.parametrize(
    ("query", "before"),
    [
        ("tree", ("garden-1", "garden-2")),  # more often
        ("dawn sail", ("harbour-1", "letters-2")),  # both words before one
        ("red apples", ("letters-1", "garden-1")),
        ("RAS", ("garden-1", "garden-3")),
        ('"at night" OR old', ("harbour-2", "garden-2")),  # the rarer
    ],
)
def test_order(tiny: Engine, query: str, before: tuple[str, str]) -> None:
    found = ids(tiny.search(Request(query)).results)
    some = ids(tiny.search(Request(query, words="some")).results)
    assert [name for name in (*found, *some) if name in before] == list(before)


def test_the_form_asked_for_comes_before_the_other_of_an_acronym(paper: Engine) -> None:
    hits = paper.search(Request("COC")).results.hits
    assert "COC" in hits[0].paragraph.text
    hits = paper.search(Request("Shanghai Cooperation Organization")).results.hits
    assert [hit.paragraph.citation for hit in hits] == ["I ¶8", "II.2 ¶2"]


@pytest.mark.parametrize("query", [row[0] for row in rows("judged.tsv")])
def test_matches_alone_are_those_of_the_hits(paper: Engine, query: str) -> None:
    asked = Request(query, sort="position", limit=100)
    search = paper.search(asked)
    hits = search.results.hits
    assert search.matches(100) == tuple(
        Marked(hit.document, hit.paragraph, hit.spans) for hit in hits
    )
    assert search.matches(2) == search.matches(100)[:2]


def test_facets_count_what_is_found(tiny: Engine) -> None:
    results = tiny.search(Request("ship")).results
    counts = {facet.value: facet.total for facet in results.facets["document"]}
    assert counts == {"harbour": 2, "letters": 2}
    assert results.facets["section"] == ()


def test_facets_of_sections_are_a_tree(paper: Engine) -> None:
    facets = paper.search(Request("*")).results.facets["section"]
    counts = [(facet.value, facet.total) for facet in facets]
    assert counts == [("Preface", 2), ("I", 14), ("II", 12), ("II.1", 6), ("II.2", 5)]
    assert facets[0].label == "Preface"


def test_facets_do_not_change_with_the_section_chosen(paper: Engine) -> None:
    everywhere = paper.search(Request("trust")).results.facets
    assert paper.search(Request("trust", section="II.1")).results.facets == everywhere


def test_what_only_other_sections_have_is_said(paper: Engine) -> None:
    results = paper.search(Request("alliances", section="Preface")).results
    assert (results.total, results.notes) == (0, ("Found in other sections: 4.",))


@pytest.mark.parametrize(
    ("citation", "related"),
    [
        ("I ¶9", "I ¶10"),  # rules and law
        ("I ¶11", "I ¶12"),  # armed forces
        ("I ¶13", "I ¶14"),  # disputes at sea
        ("I ¶7", "I ¶8"),  # mechanisms
        ("II.2 ¶1", "II.2 ¶4"),  # the framework
        ("II.1 ¶5", "I ¶3"),  # sustainable development
    ],
)
def test_what_is_related(paper: Engine, citation: str, related: str) -> None:
    paragraph = next(p for p in paper.documents[0].paragraphs if p.citation == citation)
    found = [each for _, each in paper.related(paragraph.id, limit=3)]
    assert len(found) == 3
    assert paragraph not in found
    assert related in [each.citation for each in found]


def test_what_is_related_to_nothing(paper: Engine) -> None:
    with pytest.raises(KeyError):
        paper.related("pzzzzzz")


def test_a_word_of_headings_only_is_said_to_be_one(paper: Engine) -> None:
    results = paper.search(Request("improving preface")).results
    assert results.notes == (
        "No paragraph has all of the words. These have some of them.",
        "“preface” occurs only in headings.",
    )
    assert results.alternatives == ("heading:preface",)
    assert paper.search(Request("world war ii")).results.alternatives == ()  # the number of one


def test_a_search_is_asked_in_another_scope_without_being_evaluated_again(tiny: Engine) -> None:
    search = tiny.search(Request("ship", document="letters", sort="position"))
    there = search.within(document="harbour")
    assert ids(there.results) == list(there.ids()) == ["harbour-1", "harbour-2"]
    assert there.results == tiny.search(there.request).results
    assert search.within().results == tiny.search(Request("ship", sort="position")).results


def test_page_1_is_not_page_12() -> None:
    document = document_of("long", {("I", "I. Text"): ("First.", "Second.", "Last.")})
    pages = zip(document.paragraphs, (1, 2, 12), strict=True)
    paged = replace(document, paragraphs=tuple(replace(each, page=page) for each, page in pages))
    engine = Engine(index_in_memory((paged,)))
    assert engine.search(Request("page:1")).ids() == ("long-1",)
    assert engine.search(Request("page:12")).ids() == ("long-3",)


def test_an_older_edition_is_matched_as_the_current_one_is(paper: Engine) -> None:
    document = paper.documents[0]
    older = replace(document, edition=0)
    for query in ("peace", "SCO", '"rule of law"~s', "(sea AND law) OR trust", "peace page:1"):
        request, paragraphs = Request(query), document.paragraphs
        then = paper.over(older).search(request).spans(paragraphs)
        assert then == paper.search(request).spans(paragraphs)
