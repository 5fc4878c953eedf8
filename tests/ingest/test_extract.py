"""One page: its encoding, date, pager and blocks; and pages that are damaged."""

from __future__ import annotations

import time
from contextlib import nullcontext
from dataclasses import replace
from textwrap import wrap

import pytest

from indexer.errors import PageError
from indexer.ingest.dates import published
from indexer.ingest.extract import extract
from indexer.ingest.fetch import MAX_PAGE_BYTES, same_site
from indexer.ingest.html import decodings, parse
from indexer.ingest.lines import Block, Line, Piece, to_lines
from indexer.ingest.pager import Pager, find_pager, is_pager
from indexer.ingest.view import views

from .paper import PAGE_1, SAVED_PAGE_1, TITLE

PAGE = """<html><head><title>A Paper</title></head><body><h1>A Paper</h1>
<div class="info">Jan 11, 2017</div><div id="Content">{body}</div></body></html>"""


def blocks(body: str) -> list[str]:
    """Return the blocks of a body; those marked as headings begin with a #."""
    page = extract(PAGE.format(body=body).encode(), "the page")
    return [f"{'#' * bool(block.level)}{block.text}" for block in page.blocks]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Updated: Jan 11, 2017 Print", "2017-01-11"),
        ("Updated: Jan 11,2017 5:03 PM", "2017-01-11"),
        ("Updated: Sept. 7, 2017", "2017-09-07"),
        ("December 8, 2025 14:38", "2025-12-08"),
        ("11 January 2017", "2017-01-11"),
        ("Jan 11 2017", "2017-01-11"),
        ("January 11th, 2017", "2017-01-11"),
        ("11-Jan-2017", "2017-01-11"),
        ("11 Jan., 2017", "2017-01-11"),
        ("11th of January 2017", "2017-01-11"),
        ("2017-05-07 08:04", "2017-05-07"),
        ("2017/5/7", "2017-05-07"),
        ("2017年1月11日", "2017-01-11"),
        ("2017.01.12-080000", ""),
        ("06-07-2017", ""),
        ("Thu, 12/29/2011 - 14:05", "2011-12-29"),
        ("29.10.2008", "2008-10-29"),
        ("Tel. 10-06-20-2017-1", ""),
        ("11/01/2017", ""),  # of two days
        ("Wed Jan 11 10:12:00 CST 2017", "2017-01-11"),
        ("2017-13-40, then 2017-01-11", "2017-01-11"),
        ("Room 11, 2017", ""),
        ("Decision 12, 2016. January 11, 2017", "2017-01-11"),
        ("2017", ""),
        ("", ""),
    ],
)
def test_dates(text: str, date: str) -> None:
    assert published([text], "") == date


@pytest.mark.parametrize(
    ("address", "date"),
    [
        ("https://govt.chinadaily.com.cn/s/201701/11/WS58/x.html", "2017-01-11"),
        ("http://english.scio.gov.cn/whitepapers/2017-01/20/content_40535681.htm", "2017-01-20"),
        ("http://english.www.gov.cn/archive/white_paper/2017/01/11/content_2.htm", "2017-01-11"),
        ("https://english.news.cn/20170111/df9d3b87/c.html", "2017-01-11"),
        ("https://news.cgtn.com/news/2017-01-11/Full-text-1cm/index.html", "2017-01-11"),
        ("https://www.mfa.gov.cn/eng/zy/gb/201701/t20170111_11367485.html", "2017-01-11"),
        ("http://127.0.0.1/2017/page.html", ""),
        ("http://127.0.0.1/20171340/page.html", ""),
    ],
)
def test_dates_in_addresses(address: str, date: str) -> None:
    assert published([], address) == date


@pytest.mark.parametrize(
    ("told", "date"),
    [
        ("Updated: 2018-03-01", "2017-01-11"),
        ("Published: 2017-01-12", "2017-01-12"),  # a day later, as elsewhere in the world
        ("2017-02-01", "2017-02-01"),
        ("2016-12-30", "2016-12-30"),
    ],
)
def test_a_date_that_is_not_that_of_the_address(told: str, date: str) -> None:
    assert published([told], "https://example.org/a/201701/11/WS58.html") == date


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published_time" content="2017-01-11T08:00:00+08:00">',
        '<meta content="2017-01-11" itemprop="datePublished">',
        '<script type="application/ld+json">{"datePublished": "2017-01-11"}</script>',
        '<link href="http://www.chinadaily.com.cn/2017-01/11/content_2.htm" rel="canonical">',
        "<!-- saved from url=(0095)https://govt.chinadaily.com.cn/s/201701/11/WS58/x.html -->",
        '<meta property="og:updated_time" content="2018-05-06"><time datetime="2017-01-11"></time>',
        "<time>Jan 11, 2017</time>",
        '<abbr class="published" title="2017-01-11T08:00:00Z"></abbr>',
    ],
)
def test_dates_that_only_the_markup_tells(head: str) -> None:
    page = PAGE.format(body="<p>Text.</p>").replace("Jan 11, 2017", "Three years ago")
    found = extract(page.replace("</head>", f"{head}</head>").encode(), "the page")
    assert found.published == "2017-01-11"


def test_the_text_is_where_its_mark_is_though_other_lines_are_longer() -> None:
    marked = "<div><!--enpcontent--><p>The ports stay open.</p><!--/enpcontent--></div>"
    others = "<li>The ministry of ports answers letters.</li>" * 9
    page = PAGE.replace(' id="Content"', "").format(body=f"{marked}<ul>{others}</ul><p>Page 2 of 2")
    (block,) = extract(page.encode(), "the page").blocks
    assert block.text == "The ports stay open."


@pytest.mark.parametrize(
    ("title", "below"),
    [
        ("<h1>A Paper</h1><i>Li</i><i>2017-01-11</i>", "Today"),
        ('<div class="date">Today: May 5, 2022</div><h1>A Paper</h1>', "Jan 11, 2017"),
        ("<div><p>Papers</p><p>09:45, 11-Jan-2017</p><h1>A Paper</h1></div>", "Li"),
        ("<div><h1>A Paper<small>2017-01-11</small></h1></div>", "Li"),
    ],
)
def test_dates_beside_the_title(title: str, below: str) -> None:
    page = PAGE.format(body="<p>Text.</p>").replace("<h1>A Paper</h1>", title)
    page = page.replace('class="info">Jan 11, 2017', f'class="meta">{below}')
    assert extract(page.encode(), "the page").published == "2017-01-11"


def test_a_page_whose_last_end_tags_are_left_out_ends_with_its_footer() -> None:
    page = PAGE.format(body="<p>Text.</p>").replace("</body></html>", "{footer}")
    whole = extract(page.replace("{footer}", "<p>Copyright©2024").encode(), "the page")
    assert [block.text for block in whole.blocks] == ["Text."]
    with pytest.raises(PageError, match="cut short"):
        extract(page.replace("{footer}", "<p>About us").encode(), "the page")


CURLY = "China’s “absolute security” – 京ICP备13028878号"


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (CURLY.encode(), CURLY),
        (CURLY.encode("utf-8-sig"), CURLY),
        (CURLY.encode("utf-16"), CURLY),
        (CURLY.encode("gb18030"), CURLY),
        ("China’s “vision”".encode("windows-1252"), "China’s “vision”"),
        ("café, était".encode("latin-1"), "café, était"),
        (b"plain", "plain"),
        (CURLY.encode()[:-1], CURLY[:-1] + "\ufffd"),
        (b"", ""),
    ],
)
def test_encodings(content: bytes, text: str) -> None:
    assert text in decodings(content)


@pytest.mark.parametrize(
    ("html", "pager"),
    [
        ('<span>1</span> <a href="b">2</a> <a href="c">3</a> <a href="b">&gt;</a>', (1, 3, "b")),
        ('<a href="a">1</a> <span>2</span> <a href="c">3</a> <a href="c">Next</a>', (2, 3, "c")),
        ('<a href="a">1</a> <a href="b">2</a> <span>3</span>', (3, 3, None)),
        ('<a href="a">1</a> <a href="b">2</a> <span>3</span> <a href="c">&gt;</a>', (3, 3, None)),
        ('<span>1</span> <a href="b">2</a> <a href="c">&gt;&gt;|</a>', (1, 2, "b")),
        ('<a href="c">&gt;&gt;|</a> <a href="b">NEXT &gt;&gt;</a>', (None, 1, "b")),
        ('1/3 <a href="b">下一页</a>', (1, 3, "b")),
        ('3 / 3 <a href="c">Next</a>', (3, 3, None)),
        ('第1页/共3页 <a href="b">下一页</a>', (1, 3, "b")),
        ('第1页 共3页 <a href="b">下一页</a> <a href="c">尾页</a>', (1, 3, "b")),
        ('共3页 第3页 <a href="c">下一页</a>', (3, 3, None)),
        ('共3页 <b>1</b> <a href="b">2</a> <a href="c">3</a>', (1, 3, "b")),
        ('<span>1</span> <a href="b">2</a> <a href="all">View as one page</a>', (1, 2, "b")),
        ('<a href="x_2.html">&laquo; Prev</a> |', (None, 1, None)),
        ('Go to page: <a href="a">1</a> <b>2</b> <a href="c">3</a>', (2, 3, "c")),
        ('<b>1</b><a href="b">2</a><a href="c">3</a><a href="b">Next</a>', (1, 3, "b")),
        ("Page<b>1</b>of<b>3</b>", (1, 3, None)),
        ('<a href="/paper/2/">Next</a>', (None, 1, "/paper/2/")),
        ('<a href="/2017/01/12/">Next</a>', (None, 1, None)),
        ('<a href="/paper_2.aspx">Next</a>', (None, 1, "/paper_2.aspx")),
        ("<table><tr><td>10.5</td><td>10,500</td></tr></table>", (None, 1, None)),
        ('<a href="a">Home</a> 1 <a href="b">2</a> <a href="b">End</a>', (1, 2, "b")),
        ('<a class="on" href="#">1</a> <a href="b">2</a>', (1, 2, "b")),
        ('<a href="javascript:go(1)">1</a> <a href="b">2</a>', (1, 2, "b")),
        ('<a href="x">Previous</a> <a href="a">1</a> <b>2</b> <a href="c">3</a>', (2, 3, "c")),
        ('<span>1</span>\xa0\xa0<a href="b">2</a>', (1, 2, "b")),
        ('<a href="c">Last</a>', (None, 1, None)),
        ('<a href="a">&lt; Previous</a> <a href="c">Continue to page 3 →</a>', (2, 3, "c")),
        (
            '<a href="?page=0">Page 1</a> <a href="?page=1"><i>Current page</i>2</a>',
            (None, 2, None),
        ),
        (
            '<a href="?p=1">1 <i>(current)</i></a> <a href="?p=2">2</a> <a href="?p=2">»</a>',
            (None, 2, "?p=2"),
        ),
        # Entries of Contents are no pager.
        ('<p>Contents</p><a href="a_2.html">I. One</a><p>It is one.</p>', (None, 1, None)),
        ("<p>Next page</p><p>It is.</p><p>Next page</p>", (None, 2, None)),
        ("", (None, 1, None)),
    ],
)
def test_pagers(html: str, pager: tuple[int | None, int, str | None]) -> None:
    page = parse(f"<body>{html}</body></html>")
    lines = list(to_lines(page.descendants, views(page, set())))
    assert replace(find_pager(lines), lines=frozenset()) == Pager(*pager)


@pytest.mark.parametrize(
    ("line", "last"),
    [("1 2 3 >", 3), ("< 1 2 3", 3), ("1/3 Next", 3), ("1 2 3 Next >>|", 3), ("1 2 ... 12 >", 12)],
)
def test_pagers_in_plain_text(line: str, last: int) -> None:
    assert is_pager(line)
    assert find_pager([Line((Piece(line),))]).last == last


@pytest.mark.parametrize(
    "line", ["2017", "1", "Next", "1. Concept", "10 3 of them", "", "> <", "(04/26/04)"]
)
def test_lines_that_are_no_pagers(line: str) -> None:
    assert not is_pager(line)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>One.</p><p>Two.</p>", ["One.", "Two."]),
        ("<p>One.<p>Two.", ["One.", "Two."]),
        ("One.<br><br>Two.<br>Three.", ["One.", "Two.", "Three."]),
        ("<p>a line that<br>\n goes on</p>", ["a line that goes on"]),
        ("<p>a line that<br><br>stops</p>", ["a line that", "stops"]),
        ("<p>on the whole,<br>with it</p>", ["on the whole, with it"]),
        ("<p>One</p><hr>two<div>three</div>four", ["One", "two", "three", "four"]),
        ("<p>A <b>bold</b> wo<i>rd</i>.</p>", ["A bold word."]),
        ("<p><b>I. A </b><strong>Heading</strong></p>", ["#I. A Heading"]),
        ("<h2>A</h2><p><span style='font-weight:700'>B</span></p>", ["#A", "#B"]),
        ("<p><b>II.<br>Two</b></p><p>1.<br/>One</p>", ["#II. Two", "1. One"]),
        ("<h2>Part I<br>Two</h2><p>Part II</p><p>One</p>", ["#Part I Two", "Part II One"]),
        ("<p><b>I</b></p><p><b>Ice</b></p><p>It is.</p>", ["#I Ice", "It is."]),
        ("<h2>II</h2><h3>The Sea</h3><h2>Part B</h2><h3>Law</h3>", ["#II The Sea", "#Part B Law"]),
        ("<p>II</p><p>It is.</p><h2>III</h2><p>Law</p>", ["II", "It is.", "#III", "Law"]),
        ("<p><a href='/x'>X</a></p><p>The Sea</p>", ["X", "The Sea"]),
        (
            "<h2>Part 1</h2><p>One</p><h2>Part 2</h2><h2>1. One</h2>",
            ["#Part 1", "One", "#Part 2", "#1. One"],
        ),
        ("<p>no\xa0break\u3000ideographic\u2003\n\t em</p>", ["no break ideographic em"]),
        ("<p>5 &lt; 6 &amp; \u201cx\u201d\u200b</p>", ["5 < 6 & \u201cx\u201d"]),
        ("<!-- <p>no</p> --><script>'<p>no</p>'</script><style>p {}</style><p>yes</p>", ["yes"]),
        ("<figure><p>A caption.</p></figure><p>Text.</p>", ["Text."]),
        ("<p>Text.</p><div id='div_currpage'><span>1</span></div>", ["Text."]),
        ("<p>Text.</p>1 2 3 &gt;<p>Copyright©2024</p>", ["Text."]),
        ("<p>A Paper</p><p>Share - WeChat</p><p>Text.</p>", ["Text."]),
        (
            "<p>Share of trade</p><p>Source: it is a right.</p>",
            ["Share of trade", "Source: it is a right."],
        ),
        ("<p>One.</p><iframe src='x'/><svg/><p>Two.</p>", ["One.", "Two."]),
        ("<ul><li>One;</li><li>two.</li></ul>", ["One;", "two."]),
        ("<pre>One\nline.\n\nTwo.\nThree.</pre>", ["One line.", "Two.", "Three."]),
        ('<p style="white-space: pre-line">One.\n Two <b>too.\n</b></p>', ["One.", "Two too."]),
        ("<table><tr><td>A</td><td>B</td></tr></table>", ["A", "B"]),
        ("<table><tr><td><b>A</b></td><td>B</td></tr></table>", ["A", "B"]),
        ("<table><tr><td><b>A</b></td></tr></table><p>B.</p>", ["#A", "B."]),
        ("<figure><table><tr><td>A</td></tr></table></figure><p>B.</p>", ["A", "B."]),
        ("<p>&nbsp&nbspIt is (&lt;5% of all) -&gt; up.</p>", ["It is (<5% of all) -> up."]),
        ("<p>Five Km<sup>2</sup>, two mi<sup>2</sup>.</p>", ["Five Km², two mi²."]),
        ("<p>One.</p><p>\u200b</p><p>* * *</p><p>Two.</p>", ["One.", "Two."]),
        ("<p>The world&amp;rsquo;s&amp;nbsp;own &amp; AT&amp;T.</p>", ["The world’s own & AT&T."]),
        ('<h2>A<a href="#a">¶</a></h2><p>B. <a href="#r1">↩</a></p>', ["#A", "B."]),
        ('<h2>A <a href="#">Back to top</a></h2><p>B.</p><a href="#">Top</a>', ["#A", "B."]),
        ("<p>Continued from page 1</p><p>One.</p><p>(Source: Xinhua)</p>", ["One."]),
        ("<p>(Continued)</p><p>One.</p><p>It is continued.</p>", ["One.", "It is continued."]),
        ("<p>Text.</p><p>[Responsible editor: Li]</p>", ["Text."]),
        ("<p>A ship. (Photo from web)</p><p>\u200eText.</p><p>Back to contents</p>", ["Text."]),
        ("<p>Text.</p><p>(Xinhua)</p><p>(China Daily 01/11/2017 page1)</p>", ["Text."]),
        (
            "<p>One.</p><p>A ship. [Photo/Xinhua]</p><p>Print | Share</p><p>Two.</p>",
            ["One.", "Two."],
        ),
        (
            "<p>Zero\u200b-sum co&shy;op\u00aderation, Asia-<br>Pacific, pre-<br>and after.</p>",
            ["Zero-sum cooperation, Asia-Pacific, pre- and after."],
        ),
        (
            "<p>Source: Ministry of Trade</p><p>One.</p><p>Source: Bureau of Statistics</p>",
            ["One.", "Source: Bureau of Statistics"],
        ),
        ("<p>1.</p><p>One</p><p>&amp;amp;quot;Two.&amp;amp;quot;</p>", ["1. One", '"Two."']),
        ("<p>Text.</p><p>(Edited by Li)</p><p>All rights reserved</p>", ["Text."]),
        ("<p>See more</p><noscript>Turn it on.</noscript><p>Text.</p><p>Show all</p>", ["Text."]),
        (
            '<h2>A<i class="mw-editsection">[<a href="/e">edit</a>]</i></h2><p>Text.</p>',
            ["#A", "Text."],
        ),
        ("<p>By Li Hua in Beijing</p><p>17:03, 11-Jan-2017</p><p>Text.</p>", ["Text."]),
        ("<p><time>9 years ago</time></p><p>Text.</p><p>9 years ago</p>", ["Text.", "9 years ago"]),
        (
            "<p>Text.</p><p>Font size: large small</p><p>Tags: trade</p><p>You may also like</p>",
            ["Text."],
        ),
        ("<p>A ship sails. (Xinhua/Li Hua)</p><p>It sails. /VCG Photo</p><p>Text.</p>", ["Text."]),
        (
            "<p>For more than ten years we follow it.</p><p>(For more news, follow us on X.)</p>",
            ["For more than ten years we follow it."],
        ),
        (
            "<p>A ship sails on the river. Xinhua</p><p>A ship. [Provided to China Daily]</p>"
            "<p>A ship. LI HUA/FOR CHINA DAILY</p><p>Image credit: VCG</p><p>Text.</p>",
            ["Text."],
        ),
        (
            "<p>Share via email</p><p>Click the image to enlarge</p>"
            "<p><b>1. Xinhua</b></p><p><b>2. Credit Provided to Farmers</b></p><p>Text.</p>",
            ["#1. Xinhua", "#2. Credit Provided to Farmers", "Text."],
        ),
        ("<p>Text.</p><p>Contact the writers at li@example.org.</p>", ["Text."]),
        ("<p><b>3. Views</b></p><p>12 views</p><p>Text.</p>", ["#3. Views", "Text."]),
        ("<p>The text ends here. (Xinhua)</p>", ["The text ends here."]),
        ("<p>It ends here. (China Daily 07/12/2024 page10)</p>", ["It ends here."]),
        ("<p>“It is.” (China Daily Global 2023-03-17)</p>", ["“It is.”"]),
        (
            "<p>Ships sail. Boats do. Xinhua</p><p>One. Enditem</p>",
            ["Ships sail. Boats do. Xinhua", "One."],
        ),
        ("<p>A ship. (AP/Li Hua)</p><p>A ship. /CGTN</p><p>Text.</p>", ["Text."]),
        (
            "<p>Text.</p><p>Edited by: Li</p><p>Xinhua - China Daily</p>"
            "<p>Source URL: http://example.org/a</p>",
            ["Text."],
        ),
        (
            "<p>Large</p><p>English</p><p>Follow up on it.</p>",
            ["Large", "English", "Follow up on it."],
        ),
        ('<p>Text.</p><p><b>Read also:</b> <a href="/a">Another paper</a></p>', ["Text."]),
        (
            "<p>Share this story</p><p>Click here to enlarge</p><p>Text.</p><p>(more)</p>"
            "<p>Return to top</p><p>分享到：微信</p>",
            ["Text."],
        ),
    ],
)
def test_blocks(body: str, expected: list[str]) -> None:
    assert blocks(body) == expected


BROKEN = ["\n".join(wrap(line, 76)) for line in PAGE_1]
WRAPPED = "The ships that sail along the coast carry<br>rice."


SENTENCE = "Peace is the aim of all who live in the region, and it will last."


@pytest.mark.parametrize(
    "lines",
    ["Source: Xinhua\nEditor: huaxia", "BEIJING", "White Paper", "(May 2017)", "---", "Editor: A"],
)
@pytest.mark.parametrize("above", ["", "Home > White Papers > 2017\n"])
def test_the_title_of_plain_text_may_have_other_lines_around_it(lines: str, above: str) -> None:
    text = f"{above}{TITLE}\n{lines}\nUpdated: 2017-01-11\n{SENTENCE}\nCopyright 2017"
    assert extract(text.encode(), "page 1").title == TITLE


@pytest.mark.parametrize(
    "marked",
    [
        "### II. Sea",
        "It is **wide**.",
        "__Sea__ and ice",
        "The [sea](https://example.org/sea_1) is wide.",
        "1\\. The sea",
        "[2]Print",
    ],
)
def test_plain_text_in_markdown_is_refused(marked: str) -> None:
    page = f"A Paper\n2017-01-11\n{SENTENCE}\n\n{{}}\n\n{SENTENCE}\nCopyright 2017"
    with pytest.raises(PageError, match="the marks of Markdown or of a text browser"):
        extract(page.format(marked).encode(), "page 1")
    plain = "a_sea_b [1, 2] (it is)"
    assert extract(page.format(plain).encode(), "page 1").blocks[1].text == plain


def test_plain_text_as_the_page_shows_it() -> None:
    page = extract(SAVED_PAGE_1.read_bytes(), "page 1")
    assert (page.title, page.published, page.plain) == (TITLE, "2017-01-11", True)
    assert page.pager == Pager(None, 3, None, page.pager.lines)
    assert page.blocks == tuple(map(Block, PAGE_1))


@pytest.mark.parametrize(
    "line",
    [
        "2017-01-11 08:04",
        "Source: Xinhua | January 11, 2017 | Li",
        "By Li Hua\n2017-01-11",
        "Xinhua\nPrint\nJan 11, 2017",
    ],
)
def test_plain_text_is_dated_by_its_only_date_before_the_text(line: str) -> None:
    text = f"Home\nNews\nA Paper (1/2)\n{line}\nIt was signed on May 5, 2016.\nCopyright©2017"
    page = extract(text.encode(), "page 1")
    assert (page.title, page.published) == ("A Paper", "2017-01-11")
    with pytest.raises(PageError, match="neither a web page nor"):
        extract(f"May 5, 2018\n{text}".encode(), "page 1")


TEXT = "A Paper\nUpdated: Jan 11, 2017 Print\nShare - WeChat\nText.\n"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "neither a web page nor its plain text"),
        (b"Some notes.\nNo page.", "neither a web page nor its plain text"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "neither a web page nor its plain text"),
        (TEXT.encode(), "cut short: save it down to its copyright line, or add that line"),
        (TEXT.replace("Jan 11, 2017", "today").encode() + b"1 2 >", "no date of publication"),
        (TEXT.replace("Text.", "").encode() + b"Copyright\xc2\xa92024", "no text in it"),
        (
            b"<html><body><h1>A</h1><p>Hello.</p><p>Jan 1, 2017</p></body></html>",
            'no article was found .*: "Hello. Jan 1, 2017"',
        ),
        (
            PAGE.format(body="<p>Sorry, it has gone.</p>").encode(),
            'but says: "Sorry, it has gone."',
        ),
        (PAGE.format(body="<p>The article is no longer here.</p>").encode(), "has no article"),
        (PAGE.format(body="").encode(), "no text in it"),
        (PAGE.format(body="<p>Text.</p>").encode()[:-20], "cut short"),
        (PAGE.format(body="<p>Text.</p>").replace("Jan 11, 2017", "").encode(), "no date"),
        *(
            (PAGE.format(body=f"<p>{words}</p>").encode(), "not valid in any known encoding")
            for words in (
                "Text \ufffd.",
                "The worldâ€™s peace.",
                "The worldвЂ™s peace.",
                "The cafÃ© is here.",
                "The world?s peace.",
                "The world‚Äôs peace.",
                "It is ÒpeaceÓ now.",
                "It is ?peace.?",
                "Peace.Â&nbsp;It is.",
                "It is so. It doesn?t end.",
                "It is 2012?2016.",
                "It is peace ? the aim of all ? and it is.",
                r"It is China\u2019s.",
            )
        ),
        *(
            (PAGE.format(body=f"<p>It is.</p><p>{more}</p>").encode(), "leads to the rest")
            for more in ("Show full article", "Load more", "View the full text >>", "...", "(More)")
        ),
        *(
            (
                PAGE.format(body=f"<p>It is.</p><h3>{head}</h3><p>It is new.</p>").encode(),
                f'a second article follows, at "{head}"',
            )
            for head in ("Top stories", "Editor's picks", "More news")
        ),
        (
            PAGE.format(body="<p>It is.</p><p>Updated: Jan 27, 2018</p><p>It is new.</p>").encode(),
            'a second article follows, at "Updated: Jan 27, 2018"',
        ),
        (PAGE.format(body="<p>One.</p><div>Loading...</div>").encode(), "was not loaded whole"),
        (PAGE.format(body="<p>One.</p><a href='/a'>Continue reading...</a>").encode(), "the rest"),
        (PAGE.format(body="<p>One.</p><a href='/a'>Read more »</a>").encode(), "the rest"),
        (PAGE.format(body="\n".join(BROKEN).replace("\n", "<br>")).encode(), "lines are broken"),
        (
            PAGE.format(body="<br>".join(f"<b>{at}</b><br>{WRAPPED}" for at in range(12))).encode(),
            "lines are broken",
        ),
        (PAGE.format(body="<p>One.</p><svg><p>Two.</p>").encode(), "a <svg> never ends"),
        (PAGE.format(body="<p><nav><b>1. One</b></p><p>Two.</p>").encode(), "a <nav> never ends"),
        (
            PAGE.format(body="<p><figure><b>1. One</b></p><p>Two.</p>").encode(),
            "<figure> never ends",
        ),
        (PAGE.format(body="<p>One.</p><!-- <p>Two.</p>").encode(), "never ends"),
        (PAGE.format(body="<p>1.</p><!-- <p>2.</p><!-- a -->").encode(), "never ends"),
        (PAGE.format(body="<p>One.</p><script><p>Two.</p>").encode(), "a <script> never ends"),
        (
            PAGE.format(body="<pOne two three, four, five six seven, eight nine./p>").encode(),
            "ends",
        ),
        (b"<html>" + b" " * MAX_PAGE_BYTES, "more than 4,194,304 bytes"),
        (b"MIME-Version: 1.0\n\n" + PAGE.encode(), "it is MHTML, PDF or"),
        (b"%PDF-1.6\n" + PAGE.encode(), "it is MHTML, PDF or"),
        (b"\x1f\x8b\x08\0" + PAGE.encode(), "it is MHTML, PDF or"),
        (PAGE.replace("A Paper", "CGTN", 1).replace("A Paper", "I. One").encode(), "no title"),
    ],
)
def test_pages_that_are_refused(content: bytes, reason: str) -> None:
    with pytest.raises(PageError, match=reason) as raised:
        extract(content, "page 2: http://127.0.0.1/x_2.html")
    assert str(raised.value).startswith("page 2: http://127.0.0.1/x_2.html: ")


# Seconds of a processor. No page takes longer; a real one takes a twentieth.
PATIENCE = 20.0


@pytest.mark.parametrize(
    ("rule", "too_many"),
    [
        (".a{}", False),
        ("p:nth-child({})", True),
        ("p > [title~=x{}]", True),
        ("p:hover, #b{}", False),
    ],
)
def test_rules_of_style_do_not_hang(rule: str, too_many: bool) -> None:
    rules = "".join(f"{rule.format(at)} {{display: none}}" for at in range(10_000))
    start = time.process_time()
    refused = pytest.raises(PageError, match="rules that hide") if too_many else nullcontext()
    with refused:
        assert len(blocks(f"<style>{rules}</style>{'<p>One.</p>' * 1_000}")) == 1_000
    assert time.process_time() - start < PATIENCE


@pytest.mark.parametrize(
    ("here", "there", "same"),
    [
        ("http://127.0.0.1:8001/a", "http://127.0.0.1:8001/b", True),
        ("http://127.0.0.1:8001/a", "http://127.0.0.1:8002/b", False),
        ("http://example.com/a", "https://EXAMPLE.com/b", True),
        ("https://govt.chinadaily.com.cn/a", "http://www.chinaservicesinfo.com/a", True),
        ("https://govt.chinadaily.com.cn/a", "https://govt.chinadaily.com.cn.evil.org/a", False),
        ("https://govt.chinadaily.com.cn/a", "https://notchinadaily.com.cn/a", False),
        ("http://127.0.0.1/a", "https://govt.chinadaily.com.cn/a", False),
        ("http://english.www.gov.cn/a", "http://english.scio.gov.cn/a", False),
        ("http://example.com/a", "http://8.8.8.8/", False),
        *(
            ("http://example.com/a", f"http://{address}/", False)
            for address in ("10.0.0.1:80", "[::1]", "169.254.169.254", "localhost:8000", "x.local")
        ),
    ],
)
def test_hosts_of_one_site(here: str, there: str, same: bool) -> None:
    assert same_site(here, there) is same
