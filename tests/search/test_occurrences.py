"""How words are placed relative to each other, in one paragraph, never across two."""

from __future__ import annotations

import pytest

from indexer.search.engine import Engine
from indexer.search.results import Request


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        # garden-1 ends "... then a tree grows.", garden-2 begins "Old trees give shade. The shade".
        ('"tree grows"', "garden-1"),
        ('"grows old"', ""),
        ('"grows old"~5', ""),
        ('"grows old"~s', ""),
        ('"grows" "old"', ""),
        ('"shade the shade"', "garden-2"),
        ('"planted then a tree"', "garden-1"),
        # "The law of the sea is the rule of law at sea."
        ('"law of the sea"', "harbour-3"),
        ('"sea law"~3', "harbour-3"),
        ('"rule sea"~1', ""),
        ('"rule sea"~2', "harbour-3"),
        ('"sea rule"~2', "harbour-3"),
        ('"law rule sea"~2', "harbour-3"),
        ('"law rule sea"~1', ""),
        # "... 1,500 ships in 2030. Ships sail at dawn."
        ('"2030 sail"~1', "harbour-1"),
        ('"2030 sail"~s', ""),
        ('"ships 2030"~s', "harbour-1"),
        ('"1,500 ships"', "harbour-1"),
        ('"1500 ships"', "harbour-1"),
        # Hyphens, possessives, percent signs, dots.
        ("harbourmaster", "harbour-1"),
        ('"harbour master counts"', "harbour-1"),
        ('"harbourmaster counts"', "harbour-1"),
        ("wellplanned", "letters-1"),
        ("Anna", "letters-1"),
        ('"Anna"', ""),
        ("60%", "garden-3"),
        ('"60% are red"', "garden-3"),
        ("U.S.", "letters-2"),
        ('"US ship"', "letters-2"),
        ("defense", "letters-1"),
        # The acronym and what it stands for.
        ("RAS", "garden-1 garden-3"),
        ("royal apple society", "garden-1 garden-3"),
        ('"Royal Apple Society"', "garden-1"),
        ('"RAS counts"', "garden-3"),
        # Documents and sections.
        ("document:garden", "garden-1 garden-2 garden-3"),
        ("document:garden section:I.1", "garden-3"),
        ("section:II", "harbour-3"),
        ("heading:ships", "harbour-1 harbour-2"),
        ("heading:trees apples", "garden-1 garden-3"),
        ("ship -document:letters", "harbour-1 harbour-2"),
    ],
)
def test_what_is_found(tiny: Engine, query: str, ids: str) -> None:
    results = tiny.search(Request(query, sort="position")).results
    found = results.hits if results.match == "all" else ()
    assert " ".join(hit.paragraph.id for hit in found) == ids


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("tree grows", "garden-1"),
        ("grows old", ""),  # from one paragraph to the next
        ("the law of the sea", "harbour-3"),
        ("the law of the oceans", ""),
        ("law", "harbour-3"),
        ("trees tree", ""),  # the very words, one after another
        ("old trees give shade the shade the shade", ""),  # longer than the paragraph
    ],
)
def test_paragraphs_that_have_words_as_they_are(tiny: Engine, words: str, ids: str) -> None:
    index = tiny.index
    found = index.text.having(words.split())
    assert " ".join(index.paragraphs[number][1].id for number in found) == ids
