"""A three-page article as the sites mark it up: HTML in every variant that they use."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from .paper import HEADINGS, PAGES, TITLE

FOLDER = "/s/201701/11/WS58f5c1d2a310a4b1e2f3a4b5"
SLUG = "chinas-policies-on-asia-pacific-security-cooperation"


@dataclass(frozen=True)
class Variant:
    """The differences from page to page of these sites; the defaults are govt.chinadaily.com.cn."""

    body: str = '<div id="Content">'
    title: str = "<h1>\n  {title}\n</h1>"
    head_title: str = "{title} | govt.chinadaily.com.cn"
    date: str = '<div class="info"><span class="info_l">Updated: Jan 11, 2017</span></div>'
    pager: str = "inside"  # or after, before, both, none
    phones: bool = True
    step: str = "&gt;"
    trap: bool = True
    link: str = "//{host}{folder}/{page}"
    current: str = "<span>{number}</span>"
    heading: str = "<p><strong>{text}</strong></p>"
    paragraph: str = "<p>{text}</p>"
    space: str = " "
    meta: str = '<meta http-equiv="Content-Type" content="text/html; charset=utf-8" />'
    encoding: str = "utf-8"
    figure: str = '<figure><img src="a.jpg"><figcaption>A caption. [Photo]</figcaption></figure>'


def page_name(number: int) -> str:
    """Return the last part of the address of a page."""
    return f"{SLUG}.html" if number == 1 else f"{SLUG}_{number}.html"


def render(variant: Variant, number: int, host: str, pages: list[list[str]] | None = None) -> bytes:
    """Return the HTML of page ``number`` of the article, as ``host`` would send it."""
    lines = (pages or PAGES)[number - 1]
    total = len(pages or PAGES)
    pager = _pager(variant, number, total, host)
    inside = pager if variant.pager in ("inside", "both") else ""
    before = pager if variant.pager == "before" else ""
    after = pager if variant.pager in ("after", "both") else ""
    phones = f'<div class="selectpage">{number}/{total} {_step(variant, number, total, host)}</div>'
    text = "\n".join(_line(variant, line) for line in lines)
    nav = '<ul class="nav"><li><a href="/">Home</a></li><li><a href="/news">News</a></li></ul>'
    page = f"""<!DOCTYPE html>
<html><head>{variant.meta}
<title>{variant.head_title.format(title=TITLE)}</title>
<meta name="publishdate" content="2017-01-11">
<script>if (1 < 2 && "</p>") {{ document.write("<p>Not text.</p>"); }}</script></head>
<body>{nav}<div class="mobile">{nav}</div>
<ol id="bread-nav1" class="breadcrumb"><li><a href="/2017">2017</a></li></ol>
<div class="main_art"><div class="lft_art" id="lft-art">
{variant.title.format(title=TITLE, number=number)}
{variant.date}<a href="javascript:window.print()">Print</a>
<div class="share-box"><h4>Share - WeChat</h4></div>
{variant.body}
{before}{variant.figure}
{text}
{inside}
</div>
{after}{phones if variant.phones else ""}
<div class="related"><h3>Related Stories</h3><a href="/s/other.html">China issues a paper.</a></div>
</div></div>
<div class="footer">Copyright©2024 China Daily. All rights reserved.
<a id="beian">京ICP备13028878号-6</a> <a id="wangan">京公网安备 11010502032503号</a></div>
</body></html>
"""
    return page.encode(variant.encoding, "xmlcharrefreplace")


def _line(variant: Variant, line: str) -> str:
    shape = variant.heading if line in HEADINGS else variant.paragraph
    return shape.format(text=escape(line, quote=False).replace(" ", variant.space))


def _href(variant: Variant, number: int, host: str) -> str:
    return variant.link.format(host=host, folder=FOLDER, page=page_name(number))


def _step(variant: Variant, number: int, total: int, host: str) -> str:
    following = min(number + 1, total)
    return f'<a class="pagestyle" href="{_href(variant, following, host)}">{variant.step}</a>'


def _pager(variant: Variant, number: int, total: int, host: str) -> str:
    links = [
        variant.current.format(number=number)
        if each == number
        else f'<a href="{_href(variant, each, host)}">{each}</a>'
        for each in range(1, total + 1)
    ]
    trap = f'<a class="pagestyle" href="{_href(variant, total, host)}">&gt;&gt;|</a>'
    steps = [_step(variant, number, total, host), trap if variant.trap else ""]
    return f'<div id="div_currpage">{" ".join([*links, *steps])}</div>'
