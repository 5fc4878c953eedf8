"""Suggestions during typing, over the paper that ships."""

from __future__ import annotations

import time

import pytest

from indexer.search.engine import Engine
from indexer.search.results import Request

CONCEPT = "Concept of Common, Comprehensive, Cooperative and Sustainable Security"

# What is typed, and what is suggested first, in this order.
SUGGESTED = [
    ("code of", ["Code of Conduct"]),  # a name, though it occurs once
    ("CODE  of c", ["Code of Conduct"]),  # case and spaces make no difference
    ("five prin", ["Five Principles of Peaceful Coexistence"]),  # whole, never "of Peaceful"
    ("frame", ["Improving the Regional Security Framework", "framework"]),  # a title by any word
    ("pref", ["Preface"]),
    ("concept of", [CONCEPT]),
    ("mutual", ["mutual", "mutually", "mutually beneficial"]),  # most frequent first
    ("benefi", ["beneficial"]),  # not "beneficial cooperation", which is always "mutually" so
    ("pacif", ["Pacific"]),  # not "Pacific region", half of a hyphenated word
    ("belt", ["Belt"]),  # "Belt and Road Initiative" may be one name or two
    ("south c", ["South China Sea"]),  # not "South China"
    ("asia-p", ["Asia-Pacific"]),
    ("xi", ["Xi", "Chinese President Xi Jinping"]),  # a name by any of its words, and whole
    ("peacful", ["peaceful"]),  # a letter is missing
    ("secruity", ["security"]),  # two letters have changed places
    ("maritme sec", ["maritime security"]),
    ("peacfull coexistance", ["Peaceful Coexistence"]),
    ("5 prin", ["Five Principles of Peaceful Coexistence"]),
    ("regoinal secur", ["Improving the Regional Security Framework", "regional security"]),
    ("the rule of l", ["rule of law"]),  # the common words before are no part of it
    ("what is", []),
    ("silk r", ["Silk Road Fund"]),  # one of two names, parted by "and the"
    ("conference on", ["Conference on Interaction and Confidence-Building Measures in Asia"]),
    ("outer s", ["outer space"]),  # as the text goes on
    ("wealth gap", ["wealth gap"]),
    ("also", ["also"]),  # not “also make”
    ("xix", []),  # of three letters none is wrong
    ("north k", []),  # no words that are not together in the text
    ("clim", []),  # what begins one, not "crimes"
    ("nontrad", ["non-traditional"]),  # but this is only written in another way
    ("organis", ["organizations"]),
    ("chapte", []),
    (
        "centre for",
        [
            "Center for Comprehensive Law Enforcement and Security Cooperation in the"
            " Lancang-Mekong Sub-Region"
        ],
    ),
    ("belt & r", ["Belt and Road Initiative"]),
    ("territroial sov", ["territorial sovereignty"]),  # as the text goes on
    ("natonal def", ["national defence"]),
    ("what i", []),  # not section I
    ("terorism", ["terrorism"]),
    ("peace secur", ["peace security"]),  # the last word of several that are not together
    ("heading:fram", ["heading:framework"]),
    ("what does it say about ind", ["what does it say about individual"]),
    ("zero-s", ["zero-sum"]),  # whole
    ("non-", ["non-traditional"]),  # not "non"
    ("II.1 para 3", ["II.1 ¶3"]),
    ("preface", ["Preface"]),  # once
    ("section 2", ["II", "II.1", "II.2"]),
    ("page 2", []),
    ("two", []),  # an English word that the text lacks, not "toward"
    ("zzz", []),
    ("", []),
    ("?!", []),
]


@pytest.mark.parametrize(("typed", "first"), SUGGESTED)
def test_what_is_suggested_first(paper: Engine, typed: str, first: list[str]) -> None:
    found = [each.text for each in paper.suggest(typed, 8)]
    assert list(found[: len(first)]) == first
    assert bool(found) == bool(first)


@pytest.mark.parametrize("typed", ["s", "china", "re"])
def test_no_more_than_asked_for_and_none_twice(paper: Engine, typed: str) -> None:
    found = [each.text for each in paper.suggest(typed, 5)]
    assert len(found) == len(set(found)) == 5


def test_every_suggestion_finds_something(paper: Engine) -> None:
    for typed in "abcdefgimnoprstuvw":
        for shown in paper.suggest(typed, 20):
            results = paper.search(Request(shown.text)).results
            assert results.total or results.places, shown


def test_an_answer_is_quick(paper: Engine) -> None:
    """An answer takes 1 ms or less; 50 ms allow for a busy machine."""
    paper.suggest("warm", 8)
    times = []
    for typed, _ in SUGGESTED:
        start = time.perf_counter()
        paper.suggest(typed, 8)
        times.append(time.perf_counter() - start)
    assert sorted(times)[len(times) // 2] < 0.05
