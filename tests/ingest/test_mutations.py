"""Damaged pages give the right paragraphs or an error: never a part of them, never more."""

from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.errors import IngestError
from indexer.ingest.extract import PageText, extract
from indexer.ingest.fetch import received
from indexer.ingest.gather import reread

from .paper import PAGES
from .render import Variant, render

HOST = "govt.chinadaily.com.cn"
VARIANTS = [
    Variant(),
    Variant(pager="after"),
    Variant(pager="before", heading="<h3>{text}</h3>"),
    Variant(body='<div class="artTxt">', heading="<p>{text}</p>"),
    Variant(paragraph="{text}<br><br>", heading="{text}<br>"),
    Variant(figure='<div class="related"><p><a href="/x">A story.</a></p></div>'),
]
TAG = re.compile(r"<[^>]*>")
WHOLE = {
    (variant, number): render(variant, number, HOST).decode()
    for variant in VARIANTS
    for number in (1, 2, 3)
}


def read(html: str) -> PageText:
    return extract(html.encode(), "the page")


def words(page: PageText) -> list[str]:
    """What a page says, its headings marked or not."""
    return [replace(block, marked=False).text for block in page.blocks]


@given(st.sampled_from(VARIANTS), st.integers(1, 3), st.data())
@settings(max_examples=300, deadline=None)
def test_a_page_without_one_of_its_tags(variant: Variant, number: int, data: st.DataObject) -> None:
    html = WHOLE[variant, number]
    tags = list(TAG.finditer(html))
    tag = data.draw(st.sampled_from(tags), "tag")
    try:
        page = read(html[: tag.start()] + html[tag.end() :])
    except IngestError:
        return
    found = words(page)
    expected = PAGES[number - 1]
    assert " ".join(found) == " ".join(expected)


@given(st.sampled_from(VARIANTS), st.integers(1, 3), st.floats(0, 1))
@settings(max_examples=150, deadline=None)
def test_a_page_cut_short(variant: Variant, number: int, part: float) -> None:
    html = WHOLE[variant, number]
    cut = html[: int(len(html) * part)]
    try:
        page = read(cut)
    except IngestError:
        return
    assert words(page) == PAGES[number - 1]
    assert "</body>" in cut


@given(st.lists(st.integers(1, 3), min_size=1, max_size=4))
@settings(max_examples=50, deadline=None)
def test_pages_in_any_order_are_the_article_or_refused(numbers: list[int]) -> None:
    kept = [received(WHOLE[VARIANTS[0], number].encode()) for number in numbers]
    try:
        gathered = reread(kept, 1)
    except IngestError:
        assert sorted(numbers) != [1, 2, 3]
        return
    assert [words(page.text) for page in gathered.pages] == PAGES
