"""A page as received -> its title, date, lines, pager. No input or output."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import dropwhile, takewhile

from bs4.dammit import EncodingDetector

from ..errors import PageError
from ..text import normalise
from .article import UPDATED, dated_texts, find_body, find_title, published, without_label
from .doubts import is_sentence
from .fetch import MAX_PAGE_BYTES
from .html import parse, require_sound, views
from .lines import Block, Line, Piece, plain, to_lines
from .pager import Pager, find_pager

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

    ``published`` is an ISO date. ``blocks`` are the lines of its text, and ``seen`` all lines that
    a reader sees in their place. ``plain`` is true of a page of plain text.
    """

    title: str
    published: str
    blocks: tuple[Block, ...]
    pager: Pager
    seen: tuple[Line, ...] = ()
    plain: bool = False


def extract(content: bytes, where: str, address: str = "") -> PageText:
    """Read a page, in HTML or in plain text as a browser shows it.

    ``where`` names the page in errors, ``address`` is that of the page, if known. Raise PageError
    if the page is not an article, damaged, truncated, or too large.
    """
    try:
        if len(content) > MAX_PAGE_BYTES:
            raise PageError(f"the page has more than {MAX_PAGE_BYTES:,} bytes.")
        page = _read(content, address)
        if any(_NO_TEXT.search(block.text) for block in page.blocks):
            raise PageError("its text has bytes that no encoding explains.")
        if torn := next((block.text for block in page.blocks if _TORN.search(block.text)), ""):
            raise PageError(f'the page is damaged: its text has pieces of tags: "{torn[:60]}".')
    except PageError as error:
        raise PageError(f"{where}: {error}") from error
    return page


def _read(content: bytes, address: str) -> PageText:
    """Read a page in the encoding that leaves the fewest traces of a wrong guess in its article."""
    readings, pages, errors = decodings(content), dict[str, PageText](), list[PageError]()
    for text in readings:
        try:
            page = (_read_html if _HTML.search(text) else _read_plain)(text, address)
            pages["\n".join([page.title, *(block.text for block in page.blocks)])] = page
        except PageError as error:
            errors.append(error)
    if not pages:
        raise errors[0]
    best = min(pages, key=lambda words: len(_DAMAGE.findall(words)))
    if len(readings) > 1 and (trace := _DAMAGE.search(best)):
        around = best[max(0, trace.start() - 30) : trace.end() + 30]
        raise PageError(f'no encoding explains the bytes of its text: "{around}".')
    return pages[best]


def decodings(content: bytes) -> list[str]:
    """Return the texts that a page may be, whatever encoding it declares: many declare a wrong one.

    Valid UTF-8 is UTF-8: hardly any other text is. Unexplained bytes become U+FFFD.
    """
    content, marked = EncodingDetector.strip_byte_order_mark(content)
    try:
        return [content.decode(marked or "utf-8")]
    except UnicodeDecodeError:
        names = [marked] if marked else ["utf-8", "windows-1252", "gb18030"]
        return [content.decode(name, "replace") for name in names]


def _read_html(text: str, address: str) -> PageText:
    page = parse(text)
    seen = views(page, find_body(page))
    title, nodes = find_title(page, seen)
    require_sound(nodes)
    lines = list(to_lines(nodes, seen))
    head = takewhile(lambda line: not is_sentence(line.shown), lines)
    day = published([*dated_texts(page), *(line.shown for line in head)], address)
    following = page.select_one("a[rel~=next], link[rel~=next]")
    rel_next = str(following.get("href") or "") if following else ""
    return _page_text(title, day, lines, find_pager(lines, rel_next, text))


def _read_plain(text: str, address: str) -> PageText:
    """Read a page saved as text: site, breadcrumb, title, "Updated:", text, pager, copyright."""
    lines = [Line((Piece(line),)) for line in map(plain, text.splitlines()) if line]
    start = next((at for at, line in enumerate(lines) if UPDATED.match(line.shown)), 0)
    if not start:
        raise PageError(
            "this is neither an article's HTML nor its plain text, from its title to its copyright."
        )
    title, day = without_label(lines[start - 1].shown), published([lines[start].shown], address)
    pager = find_pager(lines[start:])
    if not pager.lines and not any(_FOOTER.match(line.shown) for line in lines):
        raise PageError("the text was cut short: save the page down to its copyright line.")
    return _page_text(title, day, lines[start:], pager, plain=True)


def _page_text(
    title: str, day: str, lines: Sequence[Line], pager: Pager, plain: bool = False
) -> PageText:
    """Return the text among the lines from a title on, and what a reader sees in its place.

    It goes from the lines of the page's head to its pager or footer, but what a reader sees to the
    first of these behind the body.
    """
    if not day:
        raise PageError("there is no date of publication under its title, nor in its address.")
    if any(len(line.shown) > LONGEST_LINE for line in lines):
        raise PageError(f"it has a paragraph of more than {LONGEST_LINE:,} characters.")
    key, places, shown = normalise(title), range(len(lines)), [line.shown for line in lines]
    ends = {at for at in places if at in pager.lines or _FOOTER.match(shown[at])}
    titles = {at for at in places if normalise(without_label(shown[at])) == key}
    heads = ends | titles | {at for at in places if _LABEL.fullmatch(shown[at])}
    text = dropwhile(lambda at: at in heads, (at for at in places if lines[at].block.text))
    taken = list(takewhile(lambda at: at not in ends, text))
    blocks = [lines[at].block for at in taken if not _ADVERTISEMENT.fullmatch(shown[at])]
    if not blocks:
        raise PageError("the page has an article, but no text in it.")
    last = max(at for at in places if lines[at].inside and at not in ends)
    stop = min((at for at in ends if at > last), default=len(lines))
    frame = ends | (heads - set(taken))
    seen = [lines[at] for at in places[:stop] if at not in frame]
    return PageText(title, day, tuple(blocks), pager, tuple(seen), plain)
