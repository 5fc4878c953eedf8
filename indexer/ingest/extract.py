"""A page as received -> its title, date, blocks of text, and pager. No input or output."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from bs4.dammit import EncodingDetector

from ..errors import PageError
from ..text import normalise
from .html import Markup, drop, find_body, parse
from .lines import (
    LONGEST_PAGER,
    Block,
    Pager,
    ends_sentence,
    is_pager,
    plain,
    read_elements,
    read_line,
    to_blocks,
)
from .sites import MAX_PAGE_BYTES, Site

# The longest title of a white paper has some 120 characters; what is longer is a damaged page.
LONGEST_TITLE = 300

# The longest paragraph of the paper has 1,700 characters: no paragraph is as long as a book.
LONGEST_LINE = 50_000

# Traces of a wrong guess in English text: a byte that could not be read, a Chinese character glued
# to a Latin letter ("China抯"), accented letters in a row ("â€™"), control characters.
_DAMAGE = re.compile(
    "\ufffd|[a-z][\u2e80-\u9fff\uac00-\ud7a3]|[\u00a1-\u00ff][\u00a1-\u00ff\u2010-\u2122]"
    "|[\x00-\x08\x80-\x9f]"
)

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# Thai editions of these sites count years from 543 BC: 2569 is 2026.
BUDDHIST_ERA = 543
FIRST_BUDDHIST_YEAR = 2400
_DATES = (
    re.compile(r"\b(?P<year>\d{4})[-/.年](?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})"),
    re.compile(r"\b(?P<month>[A-Za-z]{3,9})\.? ?(?P<day>\d{1,2}) ?, ?(?P<year>\d{4})"),
    re.compile(r"\b(?P<day>\d{1,2}) (?P<month>[A-Za-z]{3,9})\.?,? (?P<year>\d{4})"),
)
_DATE_IN_ADDRESS = re.compile(r"/(?P<year>\d{4})[-/]?(?P<month>\d{2})/(?P<day>\d{2})/")

_NO_TEXT = re.compile(
    "[\ufffd\x00-\x1f\x7f-\x9f]"
)  # not left by plain() in any text that was read well
_HTML = re.compile(r"<(!doctype|html|head|body|meta|title|div|p|h1)\b", re.IGNORECASE)
_TORN = re.compile(r"<[/!?>\w]|[\w\"'/<-]>")  # pieces of a tag that lost its beginning or its end
_SUFFIX = re.compile(r"\s*(\||_| -- ).*$", re.DOTALL)
_LABEL = re.compile(r"^full text\s*[:：]\s*", re.IGNORECASE)
_SHARE = re.compile(r"share( ?- ?\w+)?|print|source\s*[:：].{0,60}", re.IGNORECASE)
_UPDATED = re.compile(r"(updated?|published?|time)\s*[:：]", re.IGNORECASE)
_FOOTER = re.compile(
    r"copyright\s*(©|\(c\)|[12]\d{3})|©|京ICP[备證证]|京公网安备|enditem$|\(?(web )?editor\s*[:：]",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class PageText:
    """What one page says.

    ``published`` is an ISO date. ``blocks`` are the lines of its text, in order; ``plain`` tells
    a page of plain text, whose pager knows no addresses.
    """

    title: str
    published: str
    blocks: tuple[Block, ...]
    pager: Pager
    plain: bool = False


def extract(content: bytes, where: str, address: str = "") -> PageText:
    """Read a page, HTML or plain text as a page shows it.

    ``where`` names the page in errors, ``address`` is where it was found, if that is known. Raises
    PageError when the page is no article, damaged, cut short, or too large.
    """
    if len(content) > MAX_PAGE_BYTES:
        raise PageError(f"{where}: the page has more than {MAX_PAGE_BYTES:,} bytes.")
    text = decode(content)
    read = _read_html if _HTML.search(text) else _read_plain
    page = read(text, where, date_in_address(address))
    if not page.published:
        raise PageError(
            f'{where}: there is no date of publication ("Updated: Jan 11, 2017") under its title, '
            "nor in its address."
        )
    if not page.blocks:
        raise PageError(f"{where}: the page has an article, but no text in it.")
    if any(len(block.text) > LONGEST_LINE for block in page.blocks):
        raise PageError(f"{where}: it has a paragraph of more than {LONGEST_LINE:,} characters.")
    if any(_NO_TEXT.search(block.text) for block in page.blocks):
        raise PageError(f"{where}: its text has bytes that no encoding explains.")
    if torn := next((block.text for block in page.blocks if _TORN.search(block.text)), ""):
        raise PageError(
            f'{where}: the page is damaged: its text has pieces of tags: "{torn[:60]}".'
        )
    return page


def decode(content: bytes) -> str:
    """The text of a page, whatever encoding it declares: many declare a wrong one.

    What is valid UTF-8 is UTF-8: hardly any other text is. Else it is the encoding of these sites
    that leaves the fewest traces of a wrong guess; bytes that it does not explain become U+FFFD.
    """
    content, marked = EncodingDetector.strip_byte_order_mark(content)
    guesses = [marked] if marked else ["utf-8", "windows-1252", "gb18030"]
    texts = (content.decode(name, "replace") for name in guesses)
    return min(texts, key=lambda text: len(_DAMAGE.findall(text)))


def read_date(text: str, patterns: Sequence[re.Pattern[str]] = _DATES) -> str:
    """The first date in ``text`` that is a day of the calendar, as an ISO date; else empty.

    Reads "Jan 11, 2017", "Jan 11,2017 5:03 PM", "December 8, 2025 14:38", "11 January 2017",
    "2017-05-07 08:04" and the Buddhist "2569-05-17".
    """
    for found in (match for pattern in patterns for match in pattern.finditer(text)):
        year, name = int(found["year"]), found["month"][:3].lower()
        era = BUDDHIST_ERA if year >= FIRST_BUDDHIST_YEAR else 0
        try:
            month = int(name) if name.isdigit() else MONTHS.index(name) + 1
            return date(year - era, month, int(found["day"])).isoformat()
        except ValueError:  # no such month, or no such day in it
            continue
    return ""


def date_in_address(address: str) -> str:
    """The date in the path of ``address`` (``/201701/11/``, ``/2017-01/11/``), or empty."""
    return read_date(address, [_DATE_IN_ADDRESS])


def _read_html(text: str, where: str, dated: str) -> PageText:
    page = parse(text, where)
    site, nodes = find_body(page)
    title = _title(page, site)
    metas = page.select("meta[name=publishdate], meta[name=pubdate], meta[name=publish_time]")
    told = [element.get_text() for element in page.select(site.date)]
    told += [str(meta.get("content")) for meta in metas]
    published = next(filter(None, map(read_date, map(plain, told))), dated)
    blocks, footer = _trim(list(to_blocks(drop(page, nodes, site.pager))), title, where)
    pager = _pager(page, site)
    if pager.last == 1 and footer and is_pager(footer[0].text):
        pager = read_line(footer[0].text)  # its element was damaged; its numbers still count
    return PageText(title, published, blocks, pager)


def _title(page: Markup, site: Site) -> str:
    """The first title element that agrees with the head's title; else that, without its suffix."""
    head = plain(page.title.get_text()) if page.title else ""
    titles = [plain(element.get_text()) for element in page.select(site.title)]
    titles = [title for title in titles if 0 < len(title) <= LONGEST_TITLE]
    agreeing = [title for title in titles if normalise(title) in normalise(head)]
    title = _LABEL.sub("", next(iter(agreeing or titles), _SUFFIX.sub("", head)))
    if not 0 < len(title) <= LONGEST_TITLE:
        raise PageError(f"{page.where}: no title was found on the page.")
    return title


def _pager(page: Markup, site: Site) -> Pager:
    """By the site's selectors; else any links that stand among page numbers only."""
    elements = list(page.select(site.pager)) if site.pager else []
    if not elements:
        around = (link.parent for link in page.select("a[href]"))
        rows = (tag for tag in around if tag and len(tag.contents) <= LONGEST_PAGER)
        elements = [tag for tag in rows if is_pager(tag.get_text(" "))][:1]
    following = page.select_one("a[rel~=next], link[rel~=next]")
    return read_elements(elements, str(following.get("href")) if following else None)


def _read_plain(text: str, where: str, dated: str) -> PageText:
    """A page saved as text: site, breadcrumb, title, "Updated:", text, pager, copyright."""
    lines = [Block(line) for line in map(plain, text.splitlines()) if line]
    start = next((at for at, line in enumerate(lines) if _UPDATED.match(line.text)), 0)
    if not start:
        raise PageError(
            f"{where}: this is neither an article's HTML nor its plain text: no line \"Updated: "
            'Jan 11, 2017" stands under a title. Save the page from its title to its copyright.'
        )
    title = _LABEL.sub("", lines[start - 1].text)
    blocks, footer = _trim(lines[start:], title, where)
    if not footer:
        raise PageError(
            f"{where}: the text was cut short: its end (the page numbers, the copyright line) is "
            "missing. Save the page down to its copyright line."
        )
    pager = read_line(footer[0].text) if is_pager(footer[0].text) else Pager()
    return PageText(title, read_date(lines[start].text) or dated, blocks, pager, plain=True)


def _trim(
    lines: Sequence[Block], title: str, where: str
) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """The text, and what follows it from its pager or footer on.

    The lines of the page's head (title, date, share) are left out where they come before the text.
    Raises PageError when there are sentences after its end: they would be lost.
    """
    head = len(list(takewhile(lambda line: _is_head(line.text, title), lines)))
    rest = tuple(lines[head:])
    end = next((at for at, block in enumerate(rest) if _is_end(block.text)), len(rest))
    for block in rest[end:]:
        if ends_sentence(block.text) and not _is_end(block.text):
            raise PageError(f'{where}: text follows "{rest[end].text}": "{block.text[:60]}...".')
    return rest[:end], rest[end:]


def _is_head(text: str, title: str) -> bool:
    same = normalise(_LABEL.sub("", text)) == normalise(title)
    return same or bool(_UPDATED.match(text) or _SHARE.fullmatch(text)) or is_pager(text)


def _is_end(text: str) -> bool:
    return is_pager(text) or _FOOTER.match(text) is not None
