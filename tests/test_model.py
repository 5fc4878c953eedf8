"""The address at which each page of the source can be read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from indexer.model import Origin, Source, page_address
from tests.editions.tiny import document, page

PAPER = "https://example.org/s/paper.html"


@pytest.mark.parametrize(
    ("first", "number", "address"),
    [
        (PAPER, 1, PAPER),
        (PAPER, 2, "https://example.org/s/paper_2.html"),
        ("https://example.org/s/paper_1.html", 3, "https://example.org/s/paper_3.html"),
        ("http://example.org/content_40535681.htm", 2, "http://example.org/content_40535681_2.htm"),
        ("http://example.org/paper.shtml", 10, "http://example.org/paper_10.shtml"),
    ],
)
def test_addresses_of_the_pages_of_an_article(first: str, number: int, address: str) -> None:
    assert page_address(first, number) == address


def test_a_fetched_page_has_the_address_that_answered() -> None:
    fetched, source = document("A", page_count=2), Source("Paper", "", "2017-01-11", address=PAPER)
    assert fetched.origin(1, source) == Origin("https://example.org/paper_1.html", fetched=True)
    assert fetched.origin(2, source) == Origin("https://example.org/paper_2.html", fetched=False)


def test_a_saved_page_has_the_address_of_the_document() -> None:
    saved = replace(page(1)[0], address=None, final_address=None)
    paper, source = replace(document("A"), pages=(saved,)), Source("Paper", "", "2017-01-11")
    assert paper.origin(1, source) is None
    known = replace(source, address=PAPER)
    assert paper.origin(1, known) == Origin(PAPER, fetched=False)
    assert paper.origin(2, known) == Origin("https://example.org/s/paper_2.html", fetched=False)
