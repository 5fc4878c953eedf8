"""The query language: ``queries.tsv`` is its specification, over the paper that ships."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from indexer.errors import QueryError
from indexer.search.analysis import key, tokenize
from indexer.search.engine import Engine
from indexer.search.limits import (
    MAX_DEPTH,
    MAX_LENGTH,
    MAX_OCCURRENCES,
    MAX_PLAIN,
    MAX_WORDS,
    check_occurrences,
)
from indexer.search.parse import parse
from indexer.search.prose import is_prose
from indexer.search.query import terms
from indexer.search.results import Request

from .asking import finds, rows, says

TABLE = [(*row, "")[:4] for row in rows("queries.tsv")]


@pytest.mark.parametrize(
    ("query", "understood", "found", "said"), TABLE, ids=[row[0] for row in TABLE]
)
def test_a_query(paper: Engine, query: str, understood: str, found: str, said: str) -> None:
    results = paper.search(Request(query, sort="position", limit=100)).results
    assert (results.understood, finds(results, 28), says(results)) == (understood, found, said)


@pytest.mark.parametrize("query", ["", " ", "\t\n", "\u00a0\u3000", "\u200b", "\u00ad"])
def test_nothing_asked_is_nothing_found(paper: Engine, query: str) -> None:
    results = paper.search(Request(query)).results
    assert (results.understood, results.total, results.hits) == ("", 0, ())


@pytest.mark.parametrize(
    ("query", "same"),
    [
        ("  Japan  India ", "Japan India"),
        ("Japan\tIndia\n", "Japan India"),
        ("Japan\u00a0India", "Japan India"),
        ("cyber\u00adspace", "cyberspace"),
        ("cyber\u200bspace", "cyberspace"),
        ("Mya\u0301nmar", "Myanmar"),
        ("Myanmár", "Myanmar"),
    ],
)
def test_what_nobody_sees_makes_no_difference(paper: Engine, query: str, same: str) -> None:
    found, wanted = paper.search(Request(query)).results, paper.search(Request(same)).results
    assert (found.understood, found.hits) == (wanted.understood, wanted.hits)


@given(st.lists(st.from_regex("[A-Za-z]+", fullmatch=True), min_size=1, max_size=8))
@settings(deadline=None)
def test_words_alone_read_as_words_among_signs(paper: Engine, words: list[str]) -> None:
    assume(not {"AND", "OR", "NOT", "NEAR", "SAME", "ADJ"} & {*words})
    assume(not is_prose(" ".join(words)))  # as "A A A A US" is, which no commas part
    assume(words[0] not in {"AB", "KW", "SU", "TI", "TS", "TX"})  # names of a catalog's fields
    plain = paper.search(Request(" ".join(words))).results
    for text in (", ".join(words) + ",", f"({' '.join(words)})"):
        other = paper.search(Request(text)).results
        assert (other.understood, other.hits) == (plain.understood, plain.hits)
        assert {*plain.notes} <= {*other.notes}


@pytest.mark.parametrize(
    "query",
    [
        "a" * MAX_LENGTH,
        "peace " * MAX_WORDS,
        "(" * MAX_DEPTH + "peace" + ")" * MAX_DEPTH,
        "NOT " * MAX_DEPTH + "peace",
    ],
    ids=["length", "clauses", "parentheses", "NOT"],
)
def test_the_limits_hold_what_people_ask(paper: Engine, query: str) -> None:
    assert paper.search(Request(query)).results.understood


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("a" * (MAX_LENGTH + 1), "The query has 4,001 characters; the limit is 4,000. Shorten it."),
        ("peace " * 401, "The query has 401 words to search for; the limit is 400. Shorten it."),
        (
            " OR ".join(f"w{n}" for n in range(81)),
            "The query has 81 different words and phrases to search for; the limit is 80. "
            "Shorten it.",
        ),
        (
            "pea* wa~ " * 6 + '"war peace"~5',
            "The query has 13 wildcard, fuzzy and proximity terms; the limit is 12. Shorten it.",
        ),
        (
            "(" * 21 + "peace" + ")" * 21,
            "The query is nested more than 20 levels deep. Flatten it.",
        ),
        ("(" * 3_000 + "peace", "The query is nested more than 20 levels deep. Flatten it."),
        ("NOT " * 800 + "peace", "The query is nested more than 20 levels deep. Flatten it."),
    ],
    ids=["length", "words", "different", "patterns", "parentheses", "open parentheses", "NOT"],
)
def test_beyond_a_limit_it_is_refused(query: str, message: str) -> None:
    with pytest.raises(QueryError) as refused:
        parse(query)
    assert str(refused.value) == message


def test_of_very_many_words_the_rarest_are_looked_for(paper: Engine) -> None:
    counts = paper.index.text.lexicon.counts
    words = [w for w in sorted(counts, key=lambda w: counts[w]) if len(w) > 6 and w.isalpha()]
    rare, common = words[:MAX_PLAIN], words[-100:]
    results = paper.search(Request(" ".join((*common, *rare)), limit=100)).results
    note = rf"Searched for the {MAX_PLAIN} rarest of \d+ different words\."
    assert re.fullmatch(note, results.notes[-1])
    marked = {
        key(word)
        for hit in results.hits
        for start, stop in hit.spans
        for word in tokenize(hit.paragraph.text[start:stop]).words
    }
    assert key(words[-1]) not in marked
    assert key(words[0]) in marked


def test_the_longest_paragraph_finds_itself(paper: Engine) -> None:
    longest = max(paper.documents[0].paragraphs, key=lambda paragraph: len(paragraph.text))
    assert paper.search(Request(longest.text)).results.hits[0].paragraph == longest


@pytest.mark.parametrize("query", ["pea*", "peace~", '"peace war"~5', '"peace war"~s'])
def test_patterns_that_stand_at_too_many_places_are_refused(query: str) -> None:
    tree = parse(query).tree
    assert tree
    words = len(terms(tree)[0].sequences[0])
    check_occurrences(terms(tree), lambda _: MAX_OCCURRENCES // words)
    with pytest.raises(QueryError, match="occurrences"):
        check_occurrences(terms(tree), lambda _: MAX_OCCURRENCES // words + 1)


@pytest.mark.parametrize("query", ["peace war", '"peace war"', "peace OR war"])
def test_words_may_stand_at_any_number_of_places(query: str) -> None:
    tree = parse(query).tree
    assert tree
    check_occurrences(terms(tree), lambda _: 10 * MAX_OCCURRENCES)


def test_paragraphs_with_only_some_words_are_counted_and_kept_apart(paper: Engine) -> None:
    found = paper.search(Request("rule law")).results
    some = paper.search(Request("rule law", words="some")).results
    assert (found.match, found.partial) == ("all", some.total)
    assert (some.match, some.partial) == ("some", found.total)
    together = {hit.paragraph.id for hit in found.hits} & {hit.paragraph.id for hit in some.hits}
    assert not together
