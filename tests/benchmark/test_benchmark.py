"""The benchmark runs, its engines give similar answers, and its table is printed."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.errors import QueryError
from indexer.search.engine import Engine
from indexer.search.limits import MAX_LENGTH
from indexer.search.results import Request

from .data import paragraphs, pool, questions, warm_up
from .engines import OURS, available
from .measure import Measured, measure
from .question import KINDS, Question
from .report import TITLES, table
from .worst import queries

# Least share of hits in common with FTS5. It stems words in a phrase and we do not; we count
# nearness and words of the best hits in a question and it does not.
LEAST = {"or": 0.6, "and": 0.9, "phrase": 0.7, "prefix": 0.9, "eight": 0.4}
OVER_A_LIMIT = {"parentheses that never close"}
SIZES = (100,)
EACH = 30


@pytest.fixture(scope="module")
def sentences(corpus_folder: Path) -> list[str]:
    return pool(corpus_folder, None)


@pytest.fixture(scope="module", params=SIZES)
def measured(
    request: pytest.FixtureRequest,
    sentences: list[str],
    tmp_path_factory: pytest.TempPathFactory,
) -> list[Measured]:
    texts = paragraphs(sentences, request.param)
    folder = tmp_path_factory.mktemp("benchmark")
    return measure((OURS, "fts5"), texts, questions(texts, EACH), folder)


def test_answers_are_comparable(
    measured: list[Measured], capsys: pytest.CaptureFixture[str]
) -> None:
    with capsys.disabled():
        print(f"\n\n{table(measured)}\n")
    ours, fts5 = measured
    assert set(ours.agreement.values()) == {1.0}
    assert {kind for kind in KINDS if fts5.agreement[kind] < LEAST[kind]} == set()


def test_the_table_has_every_kind_of_question(measured: list[Measured]) -> None:
    printed = table(measured)
    assert all(printed.count(f"| {title} |") == len(measured) for title in TITLES.values())
    assert all(len(times) == EACH for one in measured for times in one.times.values())


def test_paragraphs_and_questions_are_the_same_every_time(sentences: list[str]) -> None:
    texts = paragraphs(sentences, 50)
    assert texts == paragraphs(sentences, 100)[:50]
    assert questions(texts, 5) == questions(texts, 5)
    assert len({question.kind for question in questions(texts, 5)}) == len(KINDS)


def test_no_question_is_answered_before_it_is_timed(sentences: list[str]) -> None:
    texts = paragraphs(sentences, 50)
    asked = questions(texts, 10)
    before = list(warm_up(asked, texts))
    assert not set(before) & set(asked)
    assert {word for question in before for word in question.words} >= {
        word for question in asked if question.kind != "prefix" for word in question.words
    }


def test_the_warm_up_has_every_word_of_a_prefix() -> None:
    asked = [Question("prefix", ("harb",))]
    before = list(warm_up(asked, ["The harbour of harbours, and Harbin."]))
    assert before == [Question("eight", ("harbour", "harbours"))]


def test_our_own_engine_comes_first() -> None:
    assert available()[:2] == (OURS, "fts5")


def test_the_worst_queries_are_answered_or_over_a_limit(
    corpus_folder: Path, tmp_path: Path
) -> None:
    engine = Engine.open(corpus_folder, tmp_path)
    refused = set()
    for name, text in queries(engine).items():
        assert len(text) <= MAX_LENGTH
        try:
            engine.search(Request(text, limit=200))
        except QueryError:
            refused.add(name)
    assert refused <= OVER_A_LIMIT
