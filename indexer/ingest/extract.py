"""A page as received -> its title, date, blocks of text, pager and doubts. No input or output."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import dropwhile, takewhile

from bs4.dammit import EncodingDetector

from ..errors import PageError
from ..text import normalise
from .article import find_body, find_title, without_label
from .doubts import in_text, is_sentence, missing, on_page
from .html import parse, require_sound, views
from .lines import Block, Line, Piece, plain, to_lines
from .pager import Pager, find_pagers, read_pager
from .sites import MAX_PAGE_BYTES

# The longest paragraph of the paper has 1,700 characters: no paragraph is as long as a book.
LONGEST_LINE = 50_000

# Traces of a wrong guess in English text: a byte that could not be read, a Chinese character beside
# a Latin letter ("China抯"), accented letters in a row ("â€™"), control characters.
_DAMAGE = re.compile(
    "\ufffd|[a-z][\u2e80-\u9fff\uac00-\ud7a3]|[\u2e80-\u9fff\uac00-\ud7a3][a-z]"
    "|[\u00a1-\u00ff][\u00a1-\u00ff\u2010-\u2122]|[\x00-\x08\x80-\x9f]"
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
_DATE_IN_ADDRESS = (re.compile(r"/(?P<year>\d{4})[-/]?(?P<month>\d{2})/(?P<day>\d{2})/"),)

_NO_TEXT = re.compile("[\ufffd\x00-\x1f\x7f-\x9f]")  # plain() leaves none in a text read well
_HTML = re.compile(r"<(!doctype|html|head|body|meta|title|div|p|h1)\b", re.IGNORECASE)
_TORN = re.compile(r"<[/!?>\w]|[\w\"'/<-]>")  # pieces of a tag that lost its beginning or its end
_SHARE = re.compile(r"share( ?- ?\w+)?|print|source\s*[:：].{0,60}", re.IGNORECASE)
_ADVERTISEMENT = re.compile(r"advertisements?|sponsored( content)?", re.IGNORECASE)
_UPDATED = re.compile(r"(updated?|published?|time)\s*[:：]", re.IGNORECASE)
_FOOTER = re.compile(
    r"copyright\s*(©|\(c\)|[12]\d{3})|©|京ICP[备證证]|京公网安备|enditem$|\(?(web )?editor\s*[:：]",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class PageText:
    """The content of one page.

    ``published`` is an ISO date. ``blocks`` are the lines of its text, in order. ``plain`` tells a
    page of plain text, whose pager has no addresses. ``doubts`` are sentences that a reader sees
    and the blocks lack, or the other way round; ``left_out`` are other lines that they lack.
    """

    title: str
    published: str
    blocks: tuple[Block, ...]
    pager: Pager
    plain: bool = False
    doubts: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


def extract(content: bytes, where: str, address: str = "") -> PageText:
    """Read a page, in HTML or in plain text as a browser shows it.

    ``where`` names the page in errors, ``address`` is that of the page, if known. Raise PageError
    if the page is not an article, damaged, truncated, or too large.
    """
    if len(content) > MAX_PAGE_BYTES:
        raise PageError(f"{where}: the page has more than {MAX_PAGE_BYTES:,} bytes.")
    page = _read(content, where, date_in_address(address))
    if not page.published:
        raise PageError(
            f'{where}: there is no date of publication ("Updated: Jan 11, 2017") under its title, '
            "nor in its address."
        )
    if not page.blocks:
        raise PageError(f"{where}: the page has an article, but no text in it.")
    if any(_NO_TEXT.search(block.text) for block in page.blocks):
        raise PageError(f"{where}: its text has bytes that no encoding explains.")
    if torn := next((block.text for block in page.blocks if _TORN.search(block.text)), ""):
        raise PageError(
            f'{where}: the page is damaged: its text has pieces of tags: "{torn[:60]}".'
        )
    return page


def _read(content: bytes, where: str, dated: str) -> PageText:
    """Read a page in the encoding that leaves no trace of a wrong guess in its article."""
    pages, errors = list[PageText](), list[PageError]()
    readings = decodings(content)
    for text in readings:
        try:
            read = _read_html if _HTML.search(text) else _read_plain
            pages.append(read(text, where, dated))
        except PageError as error:
            errors.append(error)
    if not pages:
        raise errors[0]
    page = min(pages, key=lambda page: len(_DAMAGE.findall(_all_text(page))))
    if len(readings) > 1 and (trace := _DAMAGE.search(_all_text(page))):
        around = _all_text(page)[max(0, trace.start() - 30) : trace.end() + 30]
        raise PageError(f'{where}: no encoding explains the bytes of its text: "{around}".')
    return page


def _all_text(page: PageText) -> str:
    return "\n".join([page.title, *(block.text for block in page.blocks)])


def decodings(content: bytes) -> list[str]:
    """Return the texts that a page may be, whatever encoding it declares: many declare a wrong one.

    Valid UTF-8 is UTF-8: hardly any other text is. Otherwise each encoding of these sites is
    tried; bytes that it does not explain become U+FFFD.
    """
    content, marked = EncodingDetector.strip_byte_order_mark(content)
    try:
        return [content.decode(marked or "utf-8")]
    except UnicodeDecodeError:
        names = [marked] if marked else ["utf-8", "windows-1252", "gb18030"]
        return [content.decode(name, "replace") for name in names]


def read_dates(text: str, patterns: Sequence[re.Pattern[str]] = _DATES) -> list[str]:
    """Return the dates in ``text`` as ISO dates, those behind "Updated:" first.

    Reads "Jan 11, 2017", "Jan 11,2017 5:03 PM", "December 8, 2025 14:38", "11 January 2017",
    "2017-05-07 08:04" and the Buddhist "2569-05-17". What is no day of the calendar is no date.
    """
    label = _UPDATED.search(text)
    start = label.end() if label else 0
    matches = [match for pattern in patterns for match in pattern.finditer(text)]
    matches.sort(key=lambda match: (match.start() < start, match.start()))
    return [day for day in map(_day, matches) if day]


def _day(match: re.Match[str]) -> str:
    year, month = int(match["year"]), match["month"][:3].lower()
    era = BUDDHIST_ERA if year >= FIRST_BUDDHIST_YEAR else 0
    try:
        number = int(month) if month.isdigit() else MONTHS.index(month) + 1
        return date(year - era, number, int(match["day"])).isoformat()
    except ValueError:  # no such month, or no such day in it
        return ""


def date_in_address(address: str) -> str:
    """Return the date in the path of ``address`` (``/201701/11/``, ``/2017-01/11/``), or ""."""
    return next(iter(read_dates(address, _DATE_IN_ADDRESS)), "")


def _published(told: Sequence[str], dated: str) -> str:
    """Return the date among the texts ``told`` that agrees with the address, else the first."""
    days = [day for text in told for day in read_dates(plain(text))]
    return dated if dated in days else next(iter(days), dated)


def _read_html(text: str, where: str, dated: str) -> PageText:
    page = parse(text, where)
    site, inside = find_body(page)
    seen = views(page, inside)
    title, nodes = find_title(page, site, seen)
    if all(id(node) not in inside for node in nodes):
        nodes = list(page.descendants)
    require_sound(page, nodes)
    metas = page.select("meta[name=publishdate], meta[name=pubdate], meta[name=publish_time]")
    told = [element.get_text(" ") for element in page.select(site.date)]
    told += [str(meta.get("content")) for meta in metas]
    following = page.select_one("a[rel~=next], link[rel~=next]")
    rel_next = str(following.get("href")) if following else None
    lines = list(to_lines(nodes, seen, inside))
    told += [line.shown for line in takewhile(lambda line: not is_sentence(line.shown), lines)]
    article = _Article(lines, title, where)
    pager = read_pager(article.pager_lines, rel_next, text)
    return article.page_text(_published(told, dated), pager)


def _read_plain(text: str, where: str, dated: str) -> PageText:
    """Read a page saved as text: site, breadcrumb, title, "Updated:", text, pager, copyright."""
    lines = [Line((Piece(line),)) for line in map(plain, text.splitlines()) if line]
    start = next((at for at, line in enumerate(lines) if _UPDATED.match(line.shown)), 0)
    if not start:
        raise PageError(
            f"{where}: this is neither an article's HTML nor its plain text: no line \"Updated: "
            'Jan 11, 2017" stands under a title. Save the page from its title to its copyright.'
        )
    article = _Article(lines[start:], without_label(lines[start - 1].shown), where)
    if not article.ends:
        raise PageError(
            f"{where}: the text was cut short: its end (the page numbers, the copyright line) is "
            "missing. Save the page down to its copyright line."
        )
    published = _published([lines[start].shown], dated)
    return replace(article.page_text(published, read_pager(article.pager_lines)), plain=True)


class _Article:
    """The lines of a page from its title on: which are text, which frame it."""

    def __init__(self, lines: Sequence[Line], title: str, where: str) -> None:
        if any(len(line.shown) > LONGEST_LINE for line in lines):
            message = f"it has a paragraph of more than {LONGEST_LINE:,} characters"
            raise PageError(f"{where}: {message}.")
        self.lines, self.title = lines, title
        self.pagers = find_pagers(lines)
        footers = {at for at, line in enumerate(lines) if _FOOTER.match(line.shown)}
        self.ends = self.pagers | footers
        self.heads = self.ends | {at for at, line in enumerate(lines) if self._is_head(line)}

    @property
    def pager_lines(self) -> list[Line]:
        """The lines of the pager."""
        return [self.lines[at] for at in sorted(self.pagers)]

    def _is_head(self, line: Line) -> bool:
        same = normalise(without_label(line.shown)) == normalise(self.title)
        return same or bool(_UPDATED.match(line.shown) or _SHARE.fullmatch(line.shown))

    def page_text(self, published: str, pager: Pager) -> PageText:
        """Return the text, and what of the page it lacks."""
        blocks = self._blocks()
        texts, due = [block.text for block in blocks], self._due()
        lost, left_out = missing(due, texts)
        invented, _ = missing(texts, due)
        doubts = [*map(on_page, lost), *map(in_text, invented)]
        return PageText(
            self.title, published, blocks, pager, doubts=tuple(doubts), left_out=tuple(left_out)
        )

    def _blocks(self) -> tuple[Block, ...]:
        """Return the lines of text, without the lines of a page's head before and its end after."""
        text = [at for at, line in enumerate(self.lines) if line.block.text]
        text = list(dropwhile(self.heads.__contains__, text))
        text = list(takewhile(lambda at: at not in self.ends, text))
        blocks = (self.lines[at].block for at in text)
        return tuple(block for block in blocks if not _ADVERTISEMENT.fullmatch(block.text))

    def _due(self) -> list[str]:
        """Return what a reader sees from the title to the end behind the body of the page."""
        last = max((at for at, line in enumerate(self.lines) if line.inside), default=0)
        stop = min((at for at in self.ends if at > last), default=len(self.lines))
        return [self.lines[at].due for at in range(stop) if at not in self.heads]
