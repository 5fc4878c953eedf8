"""The pages of one article, from an address or from saved files: all of them, in order, checked."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from ..editions import normalise
from ..errors import FetchError, IngestError, PageError
from .blocks import ends_sentence
from .extract import MAX_PAGE_BYTES, PageText, date_in_address, extract
from .fetch import Fetcher, Received
from .sites import is_private, same_site

Report = Callable[[str], None]

# A pager that leads further is a loop of pages that are always new; white papers have 3 to 20.
MAX_PAGES = 60

SUFFIXES = (".html", ".htm", ".shtml", ".xhtml", ".txt")

# The part of an address that names the article on these sites, whatever the page and the host.
_ARTICLE = re.compile(r"WS[0-9a-f]{24}|content_\d+", re.IGNORECASE)
_HTML_TYPES = ("text/html", "application/xhtml+xml", "text/plain", "")


@dataclass(frozen=True)
class GatheredPage:
    """A page: its number from 1, as it was received, and what it says."""

    number: int
    received: Received
    text: PageText
    name: str

    @property
    def suffix(self) -> str:
        """The end of the name that its snapshot gets."""
        return ".txt" if self.text.plain else ".html"


@dataclass(frozen=True)
class Gathered:
    """An article's pages, in order from the first, ``page_count`` of which the source has."""

    pages: tuple[GatheredPage, ...]
    page_count: int

    @property
    def notes(self) -> tuple[str, ...]:
        """What is odd about the pages as such, a sentence each."""
        first = self.pages[0]
        notes = []
        if len(self.pages) < self.page_count:
            last = len(self.pages)
            held = "page 1" if last == 1 else f"pages 1 to {last}"
            notes.append(
                f"{held} of {self.page_count}: the text goes on in the source. To take in the "
                "rest, ingest the address of the article's first page, or all of its pages saved "
                "as files."
            )
        dated = date_in_address(first.received.final_address or "")
        if dated and dated != first.text.published:
            notes.append(
                f"The page is dated {first.text.published}, and its address {dated}; the page's "
                "date was taken."
            )
        return tuple(notes)


def follow(fetcher: Fetcher, address: str, report: Report) -> Gathered:
    """Fetch the article's first page at ``address`` and, through its pager, all others.

    Raises FetchError or PageError, which say which page, which address and why, unless every page
    came and all are pages of one article.
    """
    pages: list[GatheredPage] = []
    following: str | None = address
    while following:
        number = len(pages) + 1
        total = max((page.text.pager.last for page in pages), default=0)
        name = f"page {number}{f' of {total}' if total else ''}"
        report(f"{name}: {following}")
        if pages:
            _require_same_article(pages, following, name)
        try:
            received = fetcher.get(following)
        except FetchError as error:
            raise FetchError(f"{name}: {error}") from error
        pages.append(_page(pages, received, f"{name}: {following}"))
        report(f"page {number} of {max(total, pages[-1].text.pager.last)}: {_count(pages[-1])}")
        following = _next_address(pages[-1])
    return _whole(pages, "no link leads to it")


def read_files(paths: Sequence[Path]) -> Gathered:
    """The article's pages from saved files, or from the one folder that holds them.

    They are ordered by the numbers in their pagers; where these are silent, as given, and in a
    folder by name. Raises IngestError or PageError; only pages of plain text may be fewer than the
    source has, and then they must be the first.
    """
    if len(paths) == 1 and paths[0].is_dir():
        folder = paths[0]
        saved = (path for path in folder.iterdir() if path.suffix.lower() in SUFFIXES)
        paths = sorted(saved, key=_natural)
        if not paths:
            raise IngestError(f"{folder}: the folder has no saved pages ({', '.join(SUFFIXES)}).")
    held = [(_read_file(path), f"file {path.name}") for path in paths]
    return _in_order(held)


def reread(kept: Sequence[Received], page_count: int) -> Gathered:
    """The article's pages from the bytes that were kept of them, in order."""
    gathered = _in_order([(page, f"kept page {at}") for at, page in enumerate(kept, 1)])
    return replace(gathered, page_count=max(page_count, gathered.page_count))


def _count(page: GatheredPage) -> str:
    """How much text a page has, for people: headings and Contents do not end like sentences."""
    count = sum(ends_sentence(block.text) for block in page.text.blocks)
    return f"{count} paragraph{'' if count == 1 else 's'}"


def _in_order(held: Sequence[tuple[Received, str]]) -> Gathered:
    texts = [_extract(received, name) for received, name in held]
    order = list(range(len(held)))
    if all(text.pager.current for text in texts):
        order.sort(key=lambda at: texts[at].pager.current or 0)
    pages: list[GatheredPage] = []
    for at in order:
        pages.append(_page(pages, *held[at], texts[at]))
    return _whole(pages, "" if all(text.plain for text in texts) else "it was not given")


def _page(
    before: Sequence[GatheredPage], received: Received, name: str, text: PageText | None = None
) -> GatheredPage:
    """The page after those ``before``. Raises PageError when it is not."""
    text = text or _extract(received, name)
    number = len(before) + 1
    if before and normalise(text.title) != normalise(before[0].text.title):
        raise PageError(
            f'{name}: this is another article, "{text.title}", and not "{before[0].text.title}".'
        )
    if text.pager.current not in (None, number):
        raise PageError(
            f"{name}: its pager says that it is page {text.pager.current}, where page {number} was "
            "expected." + ("" if before else " Begin with the article's first page.")
        )
    for page in before:
        if page.text.blocks == text.blocks:
            raise PageError(f"{name}: it has the same text as {page.name}.")
    if number > MAX_PAGES:
        raise PageError(f"{name}: the pager leads on after {MAX_PAGES} pages.")
    return GatheredPage(number, received, text, name)


def _whole(pages: Sequence[GatheredPage], lacking: str) -> Gathered:
    """The article, if every page that its pagers count is there.

    ``lacking`` is why one may not be; empty when later pages may be missing.
    """
    total = max(page.text.pager.last for page in pages)
    if len(pages) < total and lacking:
        raise PageError(
            f"{pages[-1].name}: its pager counts {total} pages, and page {len(pages) + 1} is "
            f"missing: {lacking}."
        )
    return Gathered(tuple(pages), max(total, len(pages)))


def _extract(received: Received, name: str) -> PageText:
    kind, _, parameters = received.header("Content-Type").partition(";")
    if kind.strip().lower() not in _HTML_TYPES:
        raise PageError(f"{name}: it answered with {kind.strip()}, which is no page.")
    charset = parameters.lower().partition("charset=")[2].partition(";")[0]
    address = received.final_address or ""
    if received.address:
        _require_same_place(received.address, address, name)
    return extract(received.content, name, address=address, charset=charset.strip(" \"'"))


def _require_same_place(asked: str, final: str, name: str) -> None:
    """Raise PageError when a redirect led away from the page: a missing page, said politely."""
    asked_for, came = _ARTICLE.search(asked), _ARTICLE.search(final)
    same = urlsplit(asked).path == urlsplit(final).path
    if not same and not (asked_for and came and asked_for[0] == came[0]):
        raise PageError(
            f"{name}: it was redirected to {final}, which is another page: this one seems missing."
        )


def _next_address(page: GatheredPage) -> str | None:
    """The address of the page after this one; the last resort is the sites' way to name them."""
    base = page.received.final_address or ""
    pager = page.text.pager
    if pager.next is not None:
        return urljoin(base, pager.next).partition("#")[0]
    if page.number < pager.last and _ARTICLE.search(base):
        parts = urlsplit(base)
        path = re.sub(r"(_\d+)?(\.s?html?)$", rf"_{page.number + 1}\2", parts.path)
        return parts._replace(path=path, query="", fragment="").geturl()
    return None


def _require_same_article(pages: Sequence[GatheredPage], address: str, name: str) -> None:
    """Raise PageError when a pager's link leads out of the article."""
    here = pages[-1].received.final_address or ""
    article, there = _ARTICLE.search(here), _ARTICLE.search(address)
    if not same_site(here, address):
        kind = "a private address" if is_private(address) else "another host"
        reason = f"the pager of {here} leads to {kind}"
    elif article and (there is None or there[0].lower() != article[0].lower()):
        reason = f"the pager of {here} leads to another article"
    elif any(address in (page.received.address, page.received.final_address) for page in pages):
        reason = f"the pager of {here} loops: this page was read before"
    else:
        return
    raise PageError(f"{name}: {address}: {reason}.")


def _read_file(path: Path) -> Received:
    try:
        with path.open("rb") as stream:
            content = stream.read(MAX_PAGE_BYTES + 1)
    except OSError as error:
        raise IngestError(f"{path}: the file cannot be read: {error.strerror}.") from error
    return Received(content, datetime.now(timezone.utc).isoformat(timespec="seconds"))


def _natural(path: Path) -> list[tuple[int, str]]:
    """Sorts page-2 before page-10."""
    pieces = re.findall(r"\d+|\D+", path.name.lower())
    return [(int(piece), "") if piece.isdigit() else (-1, piece) for piece in pieces]
