"""A page as received -> its title, date, blocks of text, pager, doubts. No input or output."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import dropwhile, takewhile

from bs4.dammit import EncodingDetector

from ..errors import PageError
from ..text import normalise
from .article import find_body, find_title, without_label
from .dates import UPDATED, date_in_address, published
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

_NO_TEXT = re.compile("[\ufffd\x00-\x1f\x7f-\x9f]")  # plain() leaves none in a text read well
_HTML = re.compile(r"<(!doctype|html|head|body|meta|title|div|p|h1)\b", re.IGNORECASE)
_TORN = re.compile(r"<[/!?>\w]|[\w\"'/<-]>")  # pieces of a tag that lost its beginning or its end
_LABEL = re.compile(
    r"share( ?- ?\w+)?|print|source\s*[:：].{0,60}|(updated?|published?|time)\s*[:：].*\d{4}.*",
    re.IGNORECASE,
)
_ADVERTISEMENT = re.compile(r"advertisements?|sponsored( content)?", re.IGNORECASE)
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

    @property
    def words(self) -> str:
        """The title and the text."""
        return "\n".join([self.title, *(block.text for block in self.blocks)])


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
    """Read a page in the encoding that leaves the fewest traces of a wrong guess in its article."""
    pages, errors, readings = list[PageText](), list[PageError](), decodings(content)
    for text in readings:
        try:
            read = _read_html if _HTML.search(text) else _read_plain
            pages.append(read(text, where, dated))
        except PageError as error:
            errors.append(error)
    if not pages:
        raise errors[0]
    page = min(pages, key=lambda page: len(_DAMAGE.findall(page.words)))
    if len(readings) > 1 and (trace := _DAMAGE.search(page.words)):
        around = page.words[max(0, trace.start() - 30) : trace.end() + 30]
        raise PageError(f'{where}: no encoding explains the bytes of its text: "{around}".')
    return page


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


def _read_html(text: str, where: str, dated: str) -> PageText:
    page = parse(text, where)
    site, inside = find_body(page)
    seen = views(page, inside)
    title, nodes = find_title(page, site, seen)
    if all(id(node) not in inside for node in nodes):
        nodes = list(page.descendants)
    require_sound(page, nodes)
    lines = list(to_lines(nodes, seen, inside))
    metas = page.select("meta[name=publishdate], meta[name=pubdate], meta[name=publish_time]")
    told = [element.get_text(" ") for element in page.select(site.date)]
    told += [str(meta.get("content")) for meta in metas]
    told += [line.shown for line in takewhile(lambda line: not is_sentence(line.shown), lines)]
    following = page.select_one("a[rel~=next], link[rel~=next]")
    pagers = find_pagers(lines)
    numbers = [lines[at] for at in sorted(pagers)]
    pager = read_pager(numbers, str(following.get("href")) if following else None, text)
    return _page_text(lines, pagers, where, title, published(told, dated), pager)


def _read_plain(text: str, where: str, dated: str) -> PageText:
    """Read a page saved as text: site, breadcrumb, title, "Updated:", text, pager, copyright."""
    lines = [Line((Piece(line),)) for line in map(plain, text.splitlines()) if line]
    start = next((at for at, line in enumerate(lines) if UPDATED.match(line.shown)), 0)
    if not start:
        raise PageError(
            f"{where}: this is neither an article's HTML nor its plain text: no line \"Updated: "
            'Jan 11, 2017" stands under a title. Save the page from its title to its copyright.'
        )
    title, lines = without_label(lines[start - 1].shown), lines[start:]
    pagers = find_pagers(lines)
    if not pagers and not any(_FOOTER.match(line.shown) for line in lines):
        raise PageError(
            f"{where}: the text was cut short: its end (the page numbers, the copyright line) is "
            "missing. Save the page down to its copyright line."
        )
    pager = read_pager([lines[at] for at in sorted(pagers)])
    day = published([lines[0].shown], dated)
    return replace(_page_text(lines, pagers, where, title, day, pager), plain=True)


def _page_text(
    lines: Sequence[Line], pagers: set[int], where: str, title: str, day: str, pager: Pager
) -> PageText:
    """Return the text among the lines from a title on, and what of the page it lacks.

    Before the text, lines of a page's head are left out, and all from its pager or footer on. What
    a reader sees down to the first of these behind the body must be in the text, or is a doubt.
    """
    if any(len(line.shown) > LONGEST_LINE for line in lines):
        raise PageError(f"{where}: it has a paragraph of more than {LONGEST_LINE:,} characters.")
    key, shown = normalise(title), [line.shown for line in lines]
    ends = pagers | {at for at, words in enumerate(shown) if _FOOTER.match(words)}
    labels = {at for at, words in enumerate(shown) if _LABEL.fullmatch(words)}
    titles = {at for at, words in enumerate(shown) if normalise(without_label(words)) == key}
    text = [at for at, line in enumerate(lines) if line.block.text]
    heads = ends | labels | titles
    text = list(dropwhile(lambda at: at in heads, text))
    text = list(takewhile(lambda at: at not in ends, text))
    blocks = tuple(lines[at].block for at in text if not _ADVERTISEMENT.fullmatch(shown[at]))
    texts = [block.text for block in blocks]
    last = max((at for at, line in enumerate(lines) if line.inside), default=0)
    stop = min((at for at in ends if at > last), default=len(lines))
    frame = ends | (heads - set(text))
    seen = [lines[at] for at in range(stop) if at not in frame]
    due = [line.due for line in seen]
    lost, left_out = missing(due, texts)
    lost += [line.due for line in seen if line.is_torn and not is_sentence(line.due)]
    invented, _ = missing(texts, due)
    left_out += [line.shown for line in seen if line.inside and not line.due]
    doubts = (*map(on_page, lost), *map(in_text, invented))
    return PageText(title, day, blocks, pager, doubts=doubts, left_out=tuple(left_out))
