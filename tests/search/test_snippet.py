"""The part of a paragraph that is shown: golden pairs; brackets stand for the spans."""

from __future__ import annotations

import pytest

from indexer.search.engine import Engine
from indexer.search.results import Request, Snippet
from indexer.search.snippet import OF_TWO_WINDOWS, snippet
from indexer.search.spans import Spans

from .asking import rows

GOLDEN = [
    # The whole paragraph, where it is short.
    (
        "long-term stability",
        "The key to maintaining the [long-term stability] of the Asia-Pacific region is to "
        "build a security framework which is oriented to the future, accords with regional "
        "realities and meets all parties' needs.",
    ),
    # Whole sentences, as many as fit, from the first match on.
    (
        "Japan",
        "… It is also pushing for the improvement of its relations with [Japan]. Chinese "
        "leaders have repeatedly elaborated on the concept of a community of shared future on"
        " many different occasions. …",
    ),
    # Before it, where none fits after it.
    (
        "overnight",
        "Third, the future regional security framework should be based on consensus. It will "
        "be a long and gradual process to put in place such a framework, which cannot be "
        "completed [overnight]. …",
    ),
    # The beginning, where nothing is marked.
    (
        "section:Preface",
        "The Asia-Pacific region covers a vast area with numerous countries and 60 percent of"
        " the world's population. Its economic and trade volumes take up nearly 60 percent "
        "and half of the world's total, respectively. …",
    ),
    # A phrase is one span.
    (
        '"national unity"',
        "… China faces diverse and complex security threats and challenges, as well as the "
        "arduous task of safeguarding [national unity] and territorial integrity. …",
    ),
    # Whole words of a sentence that is too long.
    (
        "disputes negotiation",
        "… in the region should follow the tradition of mutual respect, seeking common ground"
        " while reserving differences, and peaceful coexistence, and work to solve [disputes]"
        " properly and peacefully through direct [negotiation] and consultation. …",
    ),
    # Two places, where the paragraph answers in two; to its end.
    (
        "Japan ASEAN",
        "… It is also pushing for the improvement of its relations with [Japan]. … along the "
        "Lancang-Mekong River and between China and the [Association of Southeast Asian "
        "Nations] ([ASEAN]) as well as in Asia and the Asia-Pacific area as a whole.",
    ),
    (
        "peninsula terrorism",
        "… The nuclear issue on the Korean [Peninsula] is complex and sensitive; the "
        "reconciliation process in Afghanistan remains slow; and disputes over territorial … "
        "Non-traditional security threats such as [terrorism], natural disasters and "
        "transnational crimes have become more prominent. …",
    ),
    # What is asked to be left out is not marked.
    (
        "cause NOT wealth",
        "Second, building the future security framework should be adopted as a common [cause]"
        " by all the countries in the region. …",
    ),
]


def marked(part: Snippet) -> str:
    text = part.text
    for start, stop in reversed(part.spans):
        text = f"{text[:start]}[{text[start:stop]}]{text[stop:]}"
    return text


@pytest.mark.parametrize(("query", "shown"), GOLDEN, ids=[query for query, _ in GOLDEN])
def test_the_best_part_is_shown(paper: Engine, query: str, shown: str) -> None:
    assert marked(paper.search(Request(query, limit=1)).results.hits[0].snippet) == shown


def test_a_text_without_sentences_has_a_snippet() -> None:
    assert snippet("", [], []) == Snippet("", Spans())


@pytest.mark.parametrize("query", [row[0] for row in rows("judged.tsv")])
def test_a_snippet_is_short_and_shows_a_match(paper: Engine, query: str) -> None:
    for hit in paper.search(Request(query)).results.hits:
        assert len(hit.snippet.text) <= 2 * OF_TWO_WINDOWS + len("…  … …")
        assert hit.snippet.spans
