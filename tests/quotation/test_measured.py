"""A few drawn quotations are checked correctly; ``python -m tests.quotation`` draws thousands."""

from __future__ import annotations

from pathlib import Path

from indexer import corpus
from indexer.quotation.parts import verdict
from tests.search.conftest import TINY, document_of

from .draw import KINDS
from .measure import outcomes

EACH = 10
# Another text of which foreign quotations are drawn: long, and in words of its own.
OTHER = " ".join(text for document in TINY.values() for part in document.values() for text in part)


def test_drawn_quotations_of_the_paper(corpus_folder: Path) -> None:
    papers, _ = corpus.read_documents(corpus_folder)
    found = outcomes(papers, EACH, (document_of("other", {("I", "I"): (OTHER,)}),))
    assert len(found) == EACH * len(KINDS)
    wrong = [each for each in found if not (each.verdict and each.paragraph)]
    assert len(wrong) <= 1, wrong
    assert all(each.verdict or verdict(each.parts) != "verbatim" for each in wrong), wrong
