"""What is done in another way in a large library gives the same answers: done so over the paper."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer import corpus
from indexer.search import index, ranking, related
from indexer.search.engine import Engine
from indexer.search.results import Request

from .asking import rows

QUERIES = [row[0] for row in rows("judged.tsv")]


@pytest.fixture(scope="module")
def large(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """The paper, its arrays read from files and its related paragraphs found in many blocks."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(related, "_BLOCK", 3)
        patch.setattr(index, "_ROWS_HELD", 0)
        folder = tmp_path_factory.mktemp("large")
        return Engine(index.open_or_build(folder, *corpus.read_documents(root / "corpus")))


def test_answers_are_the_same(
    paper: Engine, large: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = [paper.search(Request(text)) for text in QUERIES]
    monkeypatch.setattr(ranking, "_FEW", 0)
    for text, results in zip(QUERIES, wanted, strict=True):
        assert large.search(Request(text)) == results, text


def test_related_paragraphs_are_the_same(paper: Engine, large: Engine) -> None:
    for _, paragraph in paper.index.paragraphs:
        assert large.related(paragraph.id) == paper.related(paragraph.id)
