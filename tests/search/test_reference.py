"""The engine finds and marks what a slow, obvious reading of the paragraphs finds and marks."""

from __future__ import annotations

import string
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, assume, given, note, settings
from hypothesis import strategies as st

from indexer import corpus
from indexer.errors import QueryError
from indexer.search.engine import Engine
from indexer.search.limits import MAX_LENGTH
from indexer.search.prose import is_prose
from indexer.search.results import Hit, Request, Results, WordsFound
from indexer.search.snippet import ELLIPSIS
from indexer.search.spans import Span
from indexer.search.syntax import as_meant

from .asking import rows
from .conftest import TINY_DOCUMENTS, engine_of
from .reference import Both, Either, Question, Term, Text, Without, Words

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
TEXTS = {"tiny": Text(TINY_DOCUMENTS), "paper": Text(corpus.read_documents(CORPUS)[0])}
Item = TypeVar("Item")
QUERIES = [row[0] for row in (*rows("queries.tsv"), *rows("judged.tsv"))]


def among(some: Sequence[Item]) -> st.SearchStrategy[Item]:
    """Draw one of many items; unlike ``sampled_from``, do not print them all on failure."""
    return st.integers(0, len(some) - 1).map(lambda place: some[place])


@st.composite
def runs(draw: st.DrawFn, text: Text, least: int, most: int) -> list[str]:
    """Draw words that follow each other in a paragraph."""
    found = draw(among([f for f in text.paragraphs.values() if len(f) >= most]))
    size = draw(st.integers(least, most))
    first = draw(st.integers(0, len(found) - size))
    return [word.folded for word in found[first : first + size]]


@st.composite
def patterns(draw: st.DrawFn, word: str) -> Term:
    """Return ``word`` with some letters replaced by a wildcard."""
    low = draw(st.integers(0, len(word) - 1))
    high = draw(st.integers(low + 1, len(word)))
    sign = draw(st.sampled_from("*?" if high < len(word) else "*"))
    typed = word[:low] + sign + word[high:]
    pattern = word[:low] + {"*": ".*", "?": "."}[sign] + word[high:]
    assume(typed != "*")
    return Term(typed, ((pattern,),))


@st.composite
def misspelt(draw: st.DrawFn, text: Text, word: str) -> Term:
    """Return ``word`` with a letter or two changed."""
    edits = draw(st.integers(1, 2))
    for _ in range(edits):
        place = draw(st.integers(1, len(word)))
        letter = draw(st.sampled_from(string.ascii_lowercase))
        word = word[:place] + letter + word[place + draw(st.integers(0, 1)) :]
    return Term(f"{word}~{edits}", ((text.close(word, edits),),))


@st.composite
def together(draw: st.DrawFn, text: Text) -> Term:
    """Draw two or three words near each other, or in one sentence."""
    near = draw(runs(text, 4, 9).filter(lambda run: len(set(run)) > 2))
    some = draw(st.lists(st.sampled_from(near), min_size=2, max_size=3, unique=True))
    slop = draw(st.sampled_from([-1, 1, 2, 3, 5, 8]))
    return Term(f'"{" ".join(some)}"~{"s" if slop < 0 else slop}', (tuple(some),), slop)


def questions(text: Text) -> st.SearchStrategy[Question]:
    """Draw questions of every kind over the words of a text."""
    plain = among(text.vocabulary).map(text.word)
    word = among([word for word in text.vocabulary if word.isalnum()])
    phrase = runs(text, 1, 5).map(lambda run: Term(f'"{" ".join(run)}"', (tuple(run),)))
    typed = runs(text, 2, 7).map(lambda run: [text.word(word) for word in run])
    spelled = [[text.word(w.lower()) for w in long.split()] for long in text.acronyms.values()]
    hyphen = st.sampled_from("- ").flatmap(
        lambda sign: among(text.compounds).map(sign.strip().join).map(text.word)
    )
    terms = st.one_of(
        plain,
        phrase,
        hyphen,
        together(text),
        word.flatmap(patterns),
        word.flatmap(lambda word: misspelt(text, word)),
    )
    side_by_side = st.one_of(typed, among(spelled), st.lists(terms, min_size=2, max_size=7))
    strict: st.SearchStrategy[Question] = st.recursive(
        terms,
        lambda part: st.one_of(
            st.builds(Both, part, part), st.builds(Either, part, part), st.builds(Without, part)
        ),
        max_leaves=4,
    )
    return st.one_of(strict, side_by_side.map(tuple).map(Words))


@pytest.mark.parametrize("name", TEXTS)
def test_the_engine_finds_what_the_reference_finds(
    name: str, request: pytest.FixtureRequest
) -> None:
    engine: Engine = request.getfixturevalue(name)
    text = Text(TEXTS[name].documents, engine.index.suggester.is_name)

    def found(question: Question, words: WordsFound) -> dict[str, tuple[Span, ...]]:
        hits = engine.search(Request(question.text, words=words, limit=100)).results.hits
        return {hit.paragraph.id: hit.spans for hit in hits}

    @given(questions(text))
    @settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    def holds(question: Question) -> None:
        note(question.text)
        plain = isinstance(question, Words) and all(term.plain for term in question.terms)
        assume(plain or not is_prose(as_meant(question.text)))  # a sentence has no syntax
        wanted = text.find(question)
        results = engine.search(Request(question.text)).results
        if results.match == "loose":
            assert wanted == {}
            return
        all_of_it = found(question, "all")
        if all_of_it != wanted:  # words that occur together come before the words apart
            assert isinstance(question, Words)
            assert " " in results.understood.replace("” and “", "")
            apart = found(question, "apart")
            some = found(question, "some") if results.match == "most" else {}
            assert apart.items() <= wanted.items()
            assert wanted.keys() <= all_of_it.keys() | apart.keys() | some.keys()

    holds()


def sound(results: Results, limit: int) -> None:
    """Assert what is true of every answer."""
    assert len(results.hits) == min(results.total, limit)
    assert results.pages == -(-results.total // limit)
    assert results.match in {"all", "most", "loose"}
    for hit in results.hits:
        assert_marks(hit.paragraph.text, hit.spans)
        assert_marks(hit.snippet.text, hit.snippet.spans)
        assert_cut_from(hit)


def assert_marks(text: str, spans: tuple[tuple[int, int], ...]) -> None:
    """Assert that spans are ordered, disjoint and inside, and that the pieces join to the text."""
    cuts = [0, *(place for span in spans for place in span), len(text)]
    assert cuts == sorted(cuts)
    assert all(start < stop for start, stop in spans)
    assert "".join(text[a:b] for a, b in pairwise(cuts)) == text


def assert_cut_from(hit: Hit) -> None:
    """Assert that a snippet is pieces of its paragraph, with ellipses where words are left out."""
    snippet, rest = hit.snippet.text, hit.paragraph.text
    cut = snippet.startswith(ELLIPSIS)
    for piece in filter(None, map(str.strip, snippet.split(ELLIPSIS))):
        left_out, found, rest = rest.partition(piece)
        assert found
        assert bool(left_out.strip()) == cut
        cut = True
    assert bool(rest.strip()) == snippet.endswith(ELLIPSIS)
    marked = {hit.paragraph.text[start:stop] for start, stop in hit.spans}
    assert {snippet[start:stop] for start, stop in hit.snippet.spans} <= marked


SIGNS = st.text(st.sampled_from("\"“”()*?~-+:.,%'’ 29sabENDORT\u0301\u200b—|"), max_size=60)
PIECES = st.lists(among([part for text in QUERIES for part in text.split()]), max_size=12).map(
    " ".join
)


def ask_anything(engine: Engine, text: str) -> None:
    """Ask, and assert what is true of every answer; beyond a limit there is none."""
    try:
        results = engine.search(Request(text)).results
    except QueryError:
        return
    sound(results, limit=10)


@given(text=st.one_of(st.text(max_size=200), SIGNS, PIECES))
@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_text_at_all_is_answered_or_refused(paper: Engine, text: str) -> None:
    ask_anything(paper, text)


LONG = (
    "(",
    '"',
    "*",
    "a ",
    "a*b",
    "NOT ",
    "~9",
    "-a ",
    "a OR ",
    "é",
    "😀",
    "a-",
    "(a ",
    '"a b"~9 ',
)


@pytest.mark.parametrize("piece", LONG)
def test_a_text_as_long_as_may_be_is_answered_or_refused(paper: Engine, piece: str) -> None:
    ask_anything(paper, piece * (MAX_LENGTH // len(piece)))


@pytest.mark.parametrize("text", QUERIES)
def test_every_answer_is_sound(paper: Engine, text: str) -> None:
    results = paper.search(Request(text, limit=5)).results
    sound(results, limit=5)
    paragraphs = [hit.paragraph for hit in results.hits]
    spans = {hit.paragraph.id: hit.spans for hit in results.hits}
    indexed = paper.documents[0]
    for document in (indexed, replace(indexed)):  # from the index, and from the text alone
        assert paper.over(document).search(Request(text)).spans(paragraphs) == spans


def test_threads_that_share_an_engine_get_the_answers_of_one(paper: Engine, tmp_path: Path) -> None:
    def ask(text: str) -> Results:
        return shared.search(Request(text)).results

    alone = [paper.search(Request(text)).results for text in QUERIES]
    shared = engine_of(paper.documents, tmp_path)
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(ask, QUERIES))
    assert together == alone
