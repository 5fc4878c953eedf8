"""A page as received -> its title, date, blocks of text, and pager. No input or output."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile

from ..editions import normalise
from ..errors import PageError
from .blocks import Block, ends_sentence, to_blocks
from .dates import date_in_address, read_date
from .decode import decode
from .markup import Markup, drop, find_body, parse
from .pager import LONGEST_PAGER, Pager, is_pager, read_elements, read_line
from .sites import Site

# A page of these sites has 60 to 200 kB; more than this is no page of text.
MAX_PAGE_BYTES = 4 * 1024 * 1024

# The longest title of a white paper has some 120 characters; what is longer is a damaged page.
LONGEST_TITLE = 300

_HTML = re.compile(r"<(!doctype|html|head|body|meta|title|div|p|h1)\b", re.IGNORECASE)
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


def extract(content: bytes, where: str, *, address: str = "", charset: str = "") -> PageText:
    """Read a page, HTML or plain text as a page shows it.

    ``where`` names the page in errors; ``address`` is where it was found and ``charset`` what its
    header said, both empty if unknown. Raises PageError when the page is no article, damaged, cut
    short, or too large.
    """
    if len(content) > MAX_PAGE_BYTES:
        raise PageError(f"{where}: the page has more than {MAX_PAGE_BYTES:,} bytes.")
    text = decode(content, charset)
    read = _read_html if _HTML.search(text) else _read_plain
    page = read(text, where, date_in_address(address))
    if not page.blocks:
        raise PageError(f"{where}: the page has an article, but no text in it.")
    if any("\ufffd" in block.text for block in page.blocks):
        raise PageError(f"{where}: its text has bytes that no encoding explains.")
    return page


def _read_html(text: str, where: str, dated: str) -> PageText:
    page = parse(text, where)
    site, nodes = find_body(page, where)
    title = _title(page, site, where)
    shown = [_words(element.get_text()) for each in site.date for element in page.select(each)]
    metas = page.select("meta[name=publishdate], meta[name=pubdate], meta[name=publish_time]")
    published = next(filter(None, map(read_date, shown)), "")
    published = published or read_date(" ".join(str(meta.get("content")) for meta in metas))
    if not (published or dated):
        raise PageError(f"{where}: the page tells no date of publication, nor does its address.")
    nodes = drop(page, nodes, ", ".join(site.pager), where)
    blocks, footer = _trim(tuple(to_blocks(nodes)), title, where)
    pager = _pager(page, site)
    if pager.last == 1 and footer and is_pager(footer[0].text):
        pager = read_line(footer[0].text)  # its element was damaged; its numbers still count
    return PageText(title, published or dated, blocks, pager)


def _title(page: Markup, site: Site, where: str) -> str:
    """The first title element that agrees with the head's title; else that, without its suffix."""
    head = _words(page.title.get_text()) if page.title else ""
    elements = [_words(element.get_text()) for each in site.title for element in page.select(each)]
    titles = [title for title in elements if 0 < len(title) <= LONGEST_TITLE]
    agreeing = [title for title in titles if normalise(title) in normalise(head)]
    title = _LABEL.sub("", next(iter(agreeing or titles), _SUFFIX.sub("", head)))
    if not 0 < len(title) <= LONGEST_TITLE:
        raise PageError(f"{where}: no title was found on the page.")
    return title


def _pager(page: Markup, site: Site) -> Pager:
    """By the site's selectors; else any links that stand among page numbers only."""
    elements = [element for each in site.pager for element in page.select(each)]
    if not elements:
        around = (link.parent for link in page.select("a[href]"))
        rows = (tag for tag in around if tag and len(tag.contents) <= LONGEST_PAGER)
        elements = [tag for tag in rows if is_pager(tag.get_text(" "))][:1]
    following = page.select_one("a[rel~=next], link[rel~=next]")
    return read_elements(elements, str(following.get("href")) if following else None)


def _read_plain(text: str, where: str, dated: str) -> PageText:
    """A page saved as text: site, breadcrumb, title, "Updated:", text, pager, copyright."""
    lines = [Block(line) for line in map(_words, text.splitlines()) if line]
    start = next((at for at, line in enumerate(lines) if _UPDATED.match(line.text)), 0)
    if not start:
        raise PageError(
            f"{where}: this is neither an article's HTML nor its plain text: no line \"Updated: "
            'Jan 11, 2017" stands under a title. Save the page from its title to its copyright.'
        )
    title = _LABEL.sub("", lines[start - 1].text)
    blocks, footer = _trim(tuple(lines[start:]), title, where)
    if not footer:
        raise PageError(
            f"{where}: the text was cut short: its end (the page numbers, the copyright line) is "
            "missing. Save the page down to its copyright line."
        )
    published = read_date(lines[start].text) or dated
    if not published:
        raise PageError(f'{where}: there is no date in the line "{lines[start].text}".')
    pager = read_line(footer[0].text) if is_pager(footer[0].text) else Pager()
    return PageText(title, published, blocks, pager, plain=True)


def _trim(
    blocks: tuple[Block, ...], title: str, where: str
) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """The text, and what follows it from its pager or footer on.

    The lines of the page's head (title, date, share) are left out where they come before the text.
    Raises PageError when there are sentences after its end: they would be lost.
    """
    head = len(list(takewhile(lambda block: _is_head(block.text, title), blocks)))
    rest = blocks[head:]
    end = next((at for at, block in enumerate(rest) if _is_end(block.text)), len(rest))
    for block in rest[end:]:
        if ends_sentence(block.text) and not _is_end(block.text):
            raise PageError(f'{where}: text follows "{rest[end].text}": "{block.text[:60]}...".')
    return rest[:end], rest[end:]


def _is_head(text: str, title: str) -> bool:
    return (
        normalise(_LABEL.sub("", text)) == normalise(title)
        or _UPDATED.match(text) is not None
        or _SHARE.fullmatch(text) is not None
        or is_pager(text)
    )


def _is_end(text: str) -> bool:
    return is_pager(text) or _FOOTER.match(text) is not None


def _words(text: str) -> str:
    """The words with plain single spaces (also for no-break and ideographic ones)."""
    return " ".join(text.split())
