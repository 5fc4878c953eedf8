"""Damaged pages give the right paragraphs or an error, never only a part of them or a hang."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from indexer.errors import IngestError, PageError
from indexer.ingest.extract import LONGEST_LINE, PageText, extract
from indexer.ingest.fetch import MAX_PAGE_BYTES, Fetcher, received
from indexer.ingest.html import MAX_MARKUP
from indexer.ingest.ingest import Ingest
from indexer.ingest.lines import find_missing
from indexer.ingest.pages import reread

from ..ingest.paper import PAGES
from ..ingest.render import Variant, render

HOST = "govt.chinadaily.com.cn"
NAME = "the page"
VARIANTS = [
    Variant(),
    Variant(pager="after"),
    Variant(pager="before", heading="<h3>{text}</h3>"),
    Variant(body='<div class="artTxt">', heading="<p>{text}</p>"),
    Variant(paragraph="{text}<br><br>", heading="{text}<br>"),
    Variant(figure='<div class="related"><p><a href="/x">A story.</a></p></div>'),
]
TAG = re.compile(r"<[^<>]*>")
WHOLE = {
    (variant, number): render(variant, number, HOST).decode()
    for variant in VARIANTS
    for number in (1, 2, 3)
}
# What is put in where it does not belong: beginnings and ends of what swallows or shows text.
FOREIGN = [
    *("<div>", "</div>", "<p>", "</p>", "<p class=", "<br>", "<b>", "<h1>", "</h1>", "<table><td>"),
    *("<!--", "-->", "<![CDATA[", "<!DOCTYPE", "<?xml ", "</", "</>", '<a href="', "<svg>"),
    *("<script>", "</script>", "<style>", "<title>", "</title>", "<textarea>", "<plaintext>"),
    *("<nav>", "<aside>", "<figure>", "</figure>", "<form>", "<button>", "<iframe>", "<noscript>"),
    *("<template>", "<select><option>", "<body>", "</body>", "</html>", "\0", "\x1b[2J", "&#0;"),
]
# Encodings that say all that the pages say; what they lack is written as a character reference.
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "gb18030", "big5", "cp1252"]
# Pages are of the largest size in the campaign, of a quarter of it else; and the seconds of a
# processor for any page, twice what the slowest takes: a real one takes hundredths.
PART, LONGEST = (1, 20) if settings().max_examples > 100 else (4, 5)

Draw = Callable[[st.SearchStrategy[int]], int]


def _somewhere(html: str, draw: Draw) -> re.Match[str]:
    """Return one of the tags of a page, or its beginning if it has none left."""
    tags = list(TAG.finditer(html)) or list(re.finditer("^", html))
    return tags[draw(st.integers(0, len(tags) - 1))]


def _without(html: str, draw: Draw) -> str:
    tag = _somewhere(html, draw)
    return html[: tag.start()] + html[tag.end() :]


def _twice(html: str, draw: Draw) -> str:
    tag = _somewhere(html, draw)
    return html[: tag.end()] + tag[0] + html[tag.end() :]


def _torn(html: str, draw: Draw) -> str:
    """Return a tag without one of its characters."""
    tag = _somewhere(html, draw)
    at = tag.start() + draw(st.integers(0, max(len(tag[0]) - 1, 0)))
    return html[:at] + html[at + 1 :]


def _foreign(html: str, draw: Draw) -> str:
    at = _somewhere(html, draw).end()
    return html[:at] + FOREIGN[draw(st.integers(0, len(FOREIGN) - 1))] + html[at:]


def _nested(html: str, draw: Draw) -> str:
    at, deep = _somewhere(html, draw).end(), draw(st.integers(1, 10_000))
    name = ["div", "p", "b", "a", "table", "span", "ul"][draw(st.integers(0, 6))]
    close = f"</{name}>" * (deep if draw(st.integers(0, 1)) else 0)
    return html[:at] + f"<{name}>" * deep + close + html[at:]


def _cut(html: str, draw: Draw) -> str:
    return html[: draw(st.integers(0, len(html)))]


DAMAGES = [_without, _twice, _torn, _foreign, _nested, _cut]


@dataclass(frozen=True)
class Damaged:
    """A page of the article, the damages done to it, and what is left of it."""

    variant: Variant
    number: int
    damages: tuple[str, ...]
    encoding: str
    content: bytes

    def __repr__(self) -> str:
        damages = ", ".join(self.damages)
        return f"{damages} of page {self.number} in {self.encoding}: {self.content!r}"


@st.composite
def pages(draw: st.DrawFn, damages: st.SearchStrategy[list[Callable[..., str]]]) -> Damaged:
    """Draw a page of the article with some damages, in some encoding."""
    variant, number = draw(st.sampled_from(VARIANTS)), draw(st.integers(1, 3))
    encoding, chosen = draw(st.sampled_from(ENCODINGS)), draw(damages)
    html = WHOLE[variant, number]
    for damage in chosen:
        html = damage(html, draw)
    names = tuple(damage.__name__.strip("_") for damage in chosen)
    content = html.encode(encoding, "xmlcharrefreplace")
    return Damaged(variant, number, names, encoding, content)


def said(content: bytes) -> list[str] | None:
    """Return the lines of a page, headings marked or not; None if it was refused, with its name."""
    begin = time.process_time()
    found: list[str] | None
    try:
        page = extract(content, NAME)
        found = None if doubts(page) else words(page)
    except PageError as error:
        found = None if str(error).startswith(NAME) else [f"no name: {error}"]
    assert time.process_time() - begin < LONGEST
    return found


def doubts(page: PageText) -> list[str]:
    """Return the doubts about a page, each with a sentence that its text lacks."""
    return [doubt for _, doubt in find_missing([page.seen], words(page))[0]]


def words(page: PageText) -> list[str]:
    return [replace(block, level=0).text for block in page.blocks]


def has_all(lines: Iterable[str], found: Iterable[str]) -> bool:
    """Return whether ``found`` has all ``lines`` in order, however it is cut."""
    text = "".join("".join(found).split())
    for line in lines:
        _, there, text = text.partition("".join(line.split()))
        if not there:
            return False
    return True


@settings(deadline=None, max_examples=settings().max_examples // 10)
@given(pages(st.lists(st.sampled_from(DAMAGES), min_size=1, max_size=1)))
def test_a_page_with_one_damage_is_right_or_refused(page: Damaged) -> None:
    found, expected = said(page.content), PAGES[page.number - 1]
    event("refused" if found is None else "read")
    if found is None:
        return
    if "br" in page.variant.heading:  # its lines have no element: a <br> that is lost joins two
        found, expected = [" ".join(found)], [" ".join(expected)]
    assert found == expected


@settings(deadline=None, max_examples=settings().max_examples // 4)
@given(pages(st.lists(st.sampled_from([_without, _torn, _cut]), min_size=2, max_size=8)))
def test_a_page_that_lost_much_lacks_nothing_or_is_refused(page: Damaged) -> None:
    found, expected = said(page.content), PAGES[page.number - 1]
    event("refused" if found is None else "read")
    if found is not None:
        assert has_all(expected, found)


@settings(deadline=None, max_examples=settings().max_examples // 20)
@given(st.lists(st.integers(1, 3), min_size=1, max_size=4))
def test_pages_in_any_order_are_the_article_or_refused(numbers: list[int]) -> None:
    kept = [received(WHOLE[VARIANTS[0], number].encode()) for number in numbers]
    try:
        gathered = reread(kept, 1)
    except IngestError:
        assert sorted(numbers) != [1, 2, 3]
        return
    assert bool(gathered.lacking) is (sorted(numbers) != [1, 2, 3])
    assert [words(page.text) for page in gathered.pages] == PAGES[: len(numbers)]


# Ways to show a line of the text, which stands at "|". A reader sees just the line.
SHOWN = [
    *("<p>|</p>", "<div>|</div>", "<p><span>|</span></p>", "<p>|<!-- No, no. --></p>"),
    *('<p class="shared-future">|</p>', '<p class="info">|</p>', '<p id="related">|</p>'),
    *('<p class="uncorrelated ads-free">|</p>', '<div class="unrelated"><p>|</p></div>'),
    *('<div class="navigable"><p>|</p></div>', '<section class="shareholder">|</section>'),
    *('<p><a href="/x">|</a></p>', "<p><a>|</a></p>", '<p style="color: #333">|</p>'),
    *('<p><i aria-hidden="true">★</i>|</p>', "<p>|<span hidden>Hidden, it is.</span></p>"),
    *("<table><tr><td>|</td></tr></table>", "<center><p>|</p></center>", "<li>|</li>"),
    *("<p>|<sup>1</sup></p>", '<p>|<sup><a href="#n">[2]</a></sup></p>', "<p>|<sup>a</sup></p>"),
]
# Ways to show it as what is no text: the line is there all the same, so that it must be refused.
DOUBTFUL = [
    *("<aside><p>|</p></aside>", "<figure><p>|</p></figure>", "<form><p>|</p></form>"),
    *("<nav>|</nav>", '<div class="related">|</div>', '<div class="share-box"><p>|</p></div>'),
    *('<ins class="ad">|</ins>', "<p><del>|</del></p>", "<p><s>|</s></p>"),
    *('<p class="sr-only">|</p>', '<p style="opacity: 0">|</p>', '<p aria-hidden="true">|</p>'),
    *("<style>.q7 {display: none}</style><p class='q7'>|</p>", "<div><button>|</button></div>"),
    *('<p style="text-decoration:line-through">|</p>', '</div><div class="more">|</div><div>'),
]
# What stands between two lines and is no text: nobody sees it, or it is a label or a link.
BETWEEN = [
    *("", "<p></p>", '<p style="display:none">Hidden by the editor.</p>', "<p hidden>No, no.</p>"),
    *('<div style="visibility:hidden"><p>Not to be seen.</p></div>', "<!-- <p>No, no.</p> -->"),
    *('<div class="ad">Advertisement</div>', "<template><p>No, not here.</p></template>"),
    *(
        "<noscript>Please turn it on.</noscript>",
        "<figure><figcaption>It is so.</figcaption></figure>",
    ),
    *('<div class="related-box"><h3>Related</h3><a href="/x">It is issued.</a></div>', "<br>"),
    *(
        '</div><div class="ad">Advertisement</div>{body}',
        '<ul class="nav"><li><a href="/">It.</a></ul>',
    ),
]
PAGERS = [
    *(
        "<p>Page {n} of 3 <a href='x_{m}.html'>Next</a></p>",
        "<p>({n}/3) <a href='x_{m}.html'>Next</a></p>",
    ),
    *(
        "<p>[1] [2] [3]</p>",
        "<p>Pages: 1 2 3</p>",
        "<p>1 - 2 - 3</p>",
        "<p>Continued on page {m}</p>",
    ),
    *(
        "<p><a href='x_{m}.html'>Next page &gt;&gt;</a></p>",
        "<script>createPageHTML(3,{i},'x')</script>",
    ),
    *("<ul><li><a href='x.html'>1</a></li><li>{n}</li><li><a href='x_{m}.html'>{m}</a></li></ul>",),
]
FOOTERS = [("utf-8", "gb18030"), ("gb18030", "utf-8"), ("cp1252", "utf-8"), ("utf-8", "cp1252")]


@dataclass(frozen=True)
class Odd:
    """A page that is odd in some ways, and the lines that a reader sees."""

    lines: tuple[str, ...]
    doubtful: bool
    content: bytes


@st.composite
def odd_pages(draw: st.DrawFn) -> Odd:
    """Draw one of the first two pages, each line in a way of its own, with a pager in words."""
    number, body = draw(st.integers(1, 2)), '<div id="Content">'
    count, doubtful, parts = draw(st.integers(0, 3)), False, list[str]()
    lines = [line.replace("'", "’") for line in PAGES[number - 1]]
    odd = draw(st.sets(st.integers(0, len(lines) - 1), max_size=count))
    for at, line in enumerate(lines):
        ways = ["<p>|</p>"]
        if line.endswith("."):
            ways = draw(st.sampled_from([["<p>|</p>"], SHOWN]))
            ways, doubtful = (DOUBTFUL, True) if at in odd else (ways, doubtful)
        between = draw(st.sampled_from(BETWEEN if draw(st.booleans()) else [""]))
        parts += [draw(st.sampled_from(ways)).replace("|", line), between.replace("{body}", body)]
    pager = draw(st.sampled_from(PAGERS)).format(n=number, m=number + 1, i=number - 1)
    text, footer = draw(st.sampled_from([*FOOTERS, ("utf-8", "utf-8")]))
    title = draw(st.sampled_from(["China’s Policies", "China’s Policies<br>on Asia"]))
    page = (
        f"<html><head><title>{title.replace('<br>', ' ')} | x</title></head><body><h1>{title}</h1>"
        f'<div class="info">Updated: Jan 11, 2017</div>{body}{"".join(parts)}'
        f'</div>{pager}<div class="footer">Copyright&copy;2024 '
    )
    licence = ("Café “Été”" if footer == "cp1252" else "京ICP备13028878号").encode(footer)
    content = page.encode(text, "xmlcharrefreplace") + licence + b"</div></body></html>"
    return Odd(tuple(lines), doubtful, content)


@settings(deadline=None, max_examples=settings().max_examples // 4)
@given(odd_pages())
def test_an_odd_page_is_read_as_a_reader_sees_it_or_refused_with_a_quotation(page: Odd) -> None:
    found = extract(page.content, NAME)
    refused = doubts(found)
    event("refused" if refused else "read")
    if refused:
        assert page.doubtful
        assert any(line[:40] in sentence for sentence in refused for line in page.lines)
    else:
        assert words(found) == list(page.lines)
        assert found.pager.next or found.pager.last > 1


@settings(deadline=None, max_examples=settings().max_examples // 4)
@given(st.binary() | st.text().map(str.encode))
def test_any_bytes_at_all(content: bytes) -> None:
    said(content)


WILD = """<|<a |<a b |<!--|<!-- > |<a b='|<i>x|</p>|<p|&|<![|<?|<div>|1 |<p>x</p>
|<a href=2>2</a>|</|<!|a_|x <br> |<a b='"> """


@pytest.mark.parametrize("wild", WILD.replace("\n", "").split("|"))
def test_a_wild_page(wild: str) -> None:
    page, marks = WHOLE[VARIANTS[0], 2], max(1, wild.count("<") + wild.count("&"))
    at = page.index("<p>Stand-in")
    filling = wild * (MAX_MARKUP // marks // PART - 500) + "b " * (100_000 // PART)
    said((page[:at] + filling + page[at:]).encode())


MUCH = (MAX_PAGE_BYTES - 100_000) // PART  # bytes, beside which the page has room
TOO_LONG = f"a paragraph of more than {LONGEST_LINE:,} characters"
GIGANTIC = [
    ("spaces", " " * MUCH, ""),
    ("a comment", f"<!--{'x' * MUCH}-->", ""),
    ("an attribute", f'<p title="{"x" * MUCH}">A title.</p>', ""),
    ("classes", f'<p class="{"a " * (MUCH // 2)}">Classes.</p>', ""),
    ("one word", f"<p>{'a' * MUCH}</p>", TOO_LONG),
    ("digits", f"<p>{'1' * MUCH}</p>", TOO_LONG),
    ("signs that unfold", f"<p>{chr(0xFDFA) * (MUCH // 3)}</p>", TOO_LONG),
    ("words without an end", f"<p>{'word ' * (MUCH // 5)}</p>", TOO_LONG),
    ("two in one", f"<p>{'ab.Cd' * (LONGEST_LINE // 5)}</p>", "lines run into each other"),
    ("paragraphs", "<p>One of many.</p>" * (20_000 // PART), ""),
    ("headings", "<p><strong>1. One of many</strong></p>" * (10_000 // PART), ""),
    ("links", '<a href="/x">1</a>' * (15_000 // PART), ""),
    ("ends of the page", "<div>" * 1_900 + "</body>" * 40_000, ""),
    ("tags", "<p>" * 100_000, "too many tags"),
    ("tags that never end", "<p" * 20_000, "too many tags, or they never end"),
    ("references", "&amp;" * 100_000, "too many tags"),
    ("half a tag", "<" * MUCH, "too many tags"),
    ("too much", "x" * MAX_PAGE_BYTES, "more than 4,194,304 bytes"),
]


@pytest.mark.parametrize(
    ("filling", "reason"), [row[1:] for row in GIGANTIC], ids=[row[0] for row in GIGANTIC]
)
def test_a_gigantic_page(filling: str, reason: str, tmp_path: Path) -> None:
    files = [tmp_path / f"page-{number}.html" for number in (1, 2, 3)]
    for number, file in enumerate(files, 1):
        page = WHOLE[VARIANTS[0], number]
        at = page.index("<p>Stand-in") if number == 2 else 0
        file.write_text(page[:at] + filling * (number == 2) + page[at:], "utf-8")
    begin = time.process_time()
    with pytest.raises(PageError, match=f"page-2.html: .*{reason}") if reason else nullcontext():
        ingest = Ingest(tmp_path / "corpus", Fetcher(0, print), print)
        list(ingest.run(list(map(str, files)), "paper"))
    assert time.process_time() - begin < LONGEST
