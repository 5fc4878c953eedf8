"""Every way in which the sites mark up an article gives the same document, word for word."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.model import Document

from .conftest import TakeIn
from .loopback import Reply, Site
from .paper import PAGES, TITLE
from .render import SLUG, Variant, page_name, render

FIXTURES = Path(__file__).parent / "fixtures"
THREE_PAGES = FIXTURES / "three-pages.json"

VARIANTS = {
    "govt.chinadaily.com.cn": Variant(),
    "older markup": Variant(
        body='<div class="artTxt">',
        title='<div id="Title_e">{title}</div>',
        head_title="{title}_China Daily",
        date='<div class="info">2017-01-11 08:04</div>',
    ),
    "pager after the body": Variant(pager="after", phones=False),
    "pager twice": Variant(pager="both"),
    "pager before the text": Variant(pager="before"),
    "pager for phones only": Variant(pager="none"),
    "Next": Variant(step="Next", phones=False),
    "Next Page": Variant(step="Next Page", phones=False),
    "NEXT >>": Variant(step="NEXT &gt;&gt;", phones=False),
    "Chinese for next page": Variant(step="下一页", phones=False),
    "no trap": Variant(trap=False),
    "current number bold": Variant(current='<b class="on">{number}</b>'),
    "current number a link to nowhere": Variant(current='<a href="#">{number}</a>'),
    "every number a link": Variant(
        current=f'<a href="{SLUG}_{{number}}.html">{{number}}</a>', phones=False
    ),
    "images that lead on": Variant(
        pager="none",
        phones=False,
        figure=f'<a href="{SLUG}_2.html"><img></a><a href="{SLUG}_3.html"><img></a>',
    ),
    "a line above each page's text": Variant(
        figure="<p>White paper on security</p>", title="<h1>{title}</h1>"
    ),
    "root-relative links": Variant(link="{folder}/{page}"),
    "relative links": Variant(link="{page}"),
    "absolute links": Variant(link="http://{host}{folder}/{page}#Content"),
    "headings plain": Variant(heading="<p>{text}</p>"),
    "headings bold by style": Variant(heading='<p style="font-weight: bold">{text}</p>'),
    "headings h3": Variant(heading="<h3>{text}</h3>"),
    "headings bold in a div": Variant(heading="<div><b>{text}</b></div>"),
    "no-break spaces": Variant(space="&nbsp;"),
    "ideographic spaces": Variant(paragraph="<p>\u3000\u3000{text}\u3000</p>", space=" \u3000"),
    "indented lines": Variant(paragraph="<p>\n\t&nbsp; {text}\n</p>", space="\n    "),
    "line breaks for paragraphs": Variant(paragraph="{text}<br><br>", heading="{text}<br/>"),
    "single line breaks": Variant(paragraph="{text}<br>", heading="<b>{text}</b><br>"),
    "paragraphs left open": Variant(paragraph="<p>{text}", heading="<p><strong>{text}</strong>"),
    "spans inside": Variant(paragraph="<p><span><font>{text}</font></span></p>"),
    "empty paragraphs": Variant(paragraph="<p>&nbsp;</p><p>{text}</p><p></p>"),
    "capital tags": Variant(paragraph="<P>{text}</P>", heading="<P><STRONG>{text}</STRONG></P>"),
    "month in full": Variant(date='<p class="info_l">Updated: January 11, 2017 14:38</p>'),
    "afternoon": Variant(date='<p class="info_l">Updated: Jan 11,2017 5:03 PM</p>'),
    "date in the head only": Variant(date=""),
    "nothing declared": Variant(meta=""),
    "wrongly declared": Variant(meta='<meta charset="gb2312">'),
    "Chinese encoding": Variant(meta='<meta charset="gb2312">', encoding="gb18030"),
    "Western as Chinese": Variant(meta='<meta charset="gb2312">', encoding="windows-1252"),
    "byte order mark": Variant(meta="", encoding="utf-8-sig"),
    "UTF-16": Variant(meta="", encoding="utf-16"),
    "full text label": Variant(title="<h1>Full Text: {title}</h1>"),
    "white paper label": Variant(title="<h1>White Paper: {title}</h1>"),
    "title with the page's number": Variant(title="<h1>{title} ({number})</h1>"),
    "title with the pages counted": Variant(title="<h1>{title} - Page {number} of 3</h1>"),
    "full text of": Variant(title="<h1>Full Text of {title}</h1>"),
    "title with a page's number in words": Variant(title="<h1>{title} - Page {number}</h1>"),
    "title with all that may be around it": Variant(
        title="<h1>[Full Text] {title} ({number}/3)</h1>"
    ),
    "title with its place among the pages": Variant(title="<h1>{title} ({number} of 3)</h1>"),
    "title with the pages counted behind": Variant(title="<h1>{title} {number}/3</h1>"),
    "title below the site's name": Variant(
        title="<h1>China Daily</h1><h2>{title}</h2>", head_title="{title} - China Daily"
    ),
    "title beside the site's name": Variant(
        title="<h1>My Papers</h1><h1>{title}</h1>", head_title="Paper: {title} – My Papers"
    ),
    "title also in the body": Variant(title="<h1>{title}</h1>", figure=f"<p>{TITLE}</p>"),
    "no figure": Variant(figure=""),
    "related in the body": Variant(
        figure='<div class="related-box"><p><a href="/a">China issues a paper.</a></p></div>'
    ),
}


@pytest.mark.parametrize("name", VARIANTS)
def test_every_variant_gives_the_same_document(
    name: str, site: Site, ingest: TakeIn, golden: Callable[[Path, Document], None]
) -> None:
    site.put_article(VARIANTS[name])
    (outcome,) = ingest(site.address)
    golden(THREE_PAGES, outcome.document)
    assert site.paths() == [site.page(1), site.page(2), site.page(3)]


@pytest.mark.parametrize("name", ["govt.chinadaily.com.cn", "older markup", "root-relative links"])
def test_saved_files_give_the_same_document_in_any_order(
    name: str, tmp_path: Path, ingest: TakeIn, golden: Callable[[Path, Document], None]
) -> None:
    files = [tmp_path / page_name(number) for number in (3, 1, 2)]
    for file, number in zip(files, (3, 1, 2), strict=True):
        file.write_bytes(render(VARIANTS[name], number, "govt.chinadaily.com.cn"))
    (outcome,) = ingest(*map(str, files))
    golden(THREE_PAGES, outcome.document)


@pytest.mark.parametrize(
    "folder", ["state-council", "information-office", "china-org-cn", "china-daily-mirror"]
)
def test_pages_as_the_sites_write_them(
    folder: str, ingest: TakeIn, golden: Callable[[Path, Document], None]
) -> None:
    (outcome,) = ingest(str(FIXTURES / folder))
    golden(FIXTURES / folder / "expected.json", outcome.document)


def test_the_link_to_the_last_page_is_never_the_next(
    site: Site, ingest: TakeIn, golden: Callable[[Path, Document], None]
) -> None:
    site.put_article()
    trap = f'<div id="div_currpage"><span>1</span> 2 <a href="{site.page(3)}">&gt;&gt;|</a></div>'
    first = render(Variant(pager="none", phones=False), 1, site.host).decode()
    body, footer = first.split('<div class="footer">')
    site.put(site.page(1), Reply(f'{body}{trap}<div class="footer">{footer}'.encode()))
    (outcome,) = ingest(site.address)
    golden(THREE_PAGES, outcome.document)  # page 2 was found by the way the site names its pages


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a paragraph that goes on", "after the page break."),
        ("a paragraph that stops before", "Asia, and goes on after the page break."),
        ("a sentence that ends.", "and a page that begins in lower case."),
    ],
)
def test_a_paragraph_goes_on_over_a_page_break(
    before: str, after: str, site: Site, ingest: TakeIn
) -> None:
    pages = [[*PAGES[0], before], [after, *PAGES[1]], PAGES[2]]
    for number in (1, 2, 3):
        site.put(site.page(number), Reply(render(Variant(), number, site.host, pages)))
    (outcome,) = ingest(site.address)
    (whole,) = [each for each in outcome.document.paragraphs if each.text.startswith(before)]
    assert (whole.text, whole.citation, whole.page) == (f"{before} {after}", "II.2 ¶6", 1)
    assert "II.2 ¶6 continues from page 1 on page 2." in outcome.notes


def test_a_section_goes_on_over_a_page_break(site: Site, ingest: TakeIn) -> None:
    more = "A whole paragraph that stands at the top of the second page."
    pages = [PAGES[0], [more, *PAGES[1]], PAGES[2]]
    for number in (1, 2, 3):
        site.put(site.page(number), Reply(render(Variant(), number, site.host, pages)))
    (outcome,) = ingest(site.address)
    (found,) = [each for each in outcome.document.paragraphs if each.text == more]
    assert (found.citation, found.page) == ("II.2 ¶6", 2)
