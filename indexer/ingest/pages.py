"""Read the pages of one article, from an address or saved files: all, in order, checked."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from ..errors import FetchError, IngestError, PageError
from ..model import Page, page_address
from ..text import normalise
from .extract import PageText, extract
from .fetch import Fetcher, Received, article_of, link_target, received, same_site
from .front import below_front, has_contents
from .lines import ends_sentence
from .pager import page_number

Report = Callable[[str], None]

MAX_PAGES = 60  # more are taken for an endless loop; white papers have 3 to 20
SUFFIXES = (".html", ".htm", ".shtml", ".xhtml", ".txt")
_CAPTURE = re.compile(r"/web/\d+[a-z_]*/https?:/+")  # archives redirect to the nearest capture
_PAGE_TYPES = ("text/html", "application/xhtml+xml", "text/plain")
_ADVICE = "Give all pages together, the first one first: python -m indexer ingest PAGE-1 PAGE-2 ..."


@dataclass(frozen=True)
class ReadPage:
    """A page as received, its text, and its ``name`` in messages."""

    name: str
    received: Received
    text: PageText

    def placed(self, number: int, edition: int) -> Page:
        """Return the page with its number and file in an edition; a stored page keeps its file."""
        page, suffix = self.received.page, "txt" if self.text.plain else "html"
        return replace(page, number=number, file=page.file or f"{edition}/page-{number}.{suffix}")


@dataclass(frozen=True)
class Article:
    """The pages read of the article's ``page_count``; ``lacking`` says what may be missing."""

    pages: tuple[ReadPage, ...]
    page_count: int
    lacking: str = ""


def follow(fetcher: Fetcher, address: str, report: Report) -> Article:
    """Fetch the article's pages, each from the pager before. Raise FetchError or PageError."""
    pages, name, following = list[ReadPage](), "page 1", address
    try:
        while following:
            report(f"{name}: {following}")
            pages.append(_read_page(fetcher.get(following), f"{name}: {following}"))
            _require_next(pages)
            count = sum(ends_sentence(block.text) for block in pages[-1].text.blocks)
            report(f"page {len(pages)} of {_last(pages)}: {count} paragraphs")
            name = f"page {len(pages) + 1} of {_last(pages)}"
            following = _next_address(pages)
    except (FetchError, PageError) as error:
        where = f"{name}: " if isinstance(error, FetchError) else ""
        advice = "Nothing was stored. Try again later, or save every page and give the files."
        raise type(error)(f"{where}{error} {advice}") from error
    return _whole(pages, "no link leads to it (try again later, or save all and give the files)")


def read_files(paths: Sequence[Path]) -> Article:
    """Return an article from saved files, or from one folder of them.

    Their pagers give the order; else they are read as given or, in a folder, by name. Only plain
    text may lack pages, and only the last ones. Raise IngestError or PageError.
    """
    try:
        if len(paths) == 1 and paths[0].is_dir():
            saved = [path for path in paths[0].iterdir() if path.suffix.lower() in SUFFIXES]
            if not saved:
                raise IngestError(f"{paths[0]}: the folder has no pages ({', '.join(SUFFIXES)}).")
            paths = sorted(saved, key=lambda path: (len(path.name), path.name))  # 2 before 10
        pages = [_read_page(received(path.read_bytes()), f"file {path.name}") for path in paths]
    except OSError as error:
        message = f"{error.filename}: the file cannot be read: {error.strerror}."
        hint = " An address begins with https://." if isinstance(error, FileNotFoundError) else ""
        raise IngestError(message + hint) from error
    return _in_order(pages)


def reread(stored: Sequence[Received], page_count: int) -> Article:
    """Return an article from its stored pages."""
    pages = [_read_page(page, f"stored page {at}") for at, page in enumerate(stored, 1)]
    article = _in_order(pages)
    return replace(article, page_count=max(page_count, article.page_count))


def _last(pages: Sequence[ReadPage]) -> int:
    """Return the number of the article's pages, as far as its pagers show."""
    return max([len(pages), *(page.text.pager.last for page in pages)])


def _in_order(pages: list[ReadPage]) -> Article:
    """Return the article, its pages sorted by number if the pagers of all have one."""
    if all(page.text.pager.current for page in pages):
        pages = sorted(pages, key=lambda page: page.text.pager.current or 0)
    for count in range(len(pages)):
        _require_next(pages[: count + 1])
    plain = all(page.text.plain for page in pages)
    return _whole(pages, "" if plain else "it was not given (give all, the first one first)")


def _whole(pages: Sequence[ReadPage], reason: str) -> Article:
    """Return the article; ``reason`` says why a page is missing, or is empty if one may be."""
    count, pager, fault = len(pages), pages[-1].text.pager, ""
    link = pager.next or ("" if has_contents(pages[0].text.blocks) else pager.possible_next)
    total = max(_last(pages), count if _next_link(pages) is None else count + 1)
    if reason and count < total:
        fault = f"its pager counts {total} pages, and page {count + 1} is missing: {reason}"
    elif reason and link and (page_number(link) or 0) <= MAX_PAGES:
        fault = f"it is not known whether {link} is the next page"
    return Article(tuple(pages), total, fault)


def _require_next(pages: Sequence[ReadPage]) -> None:
    """Raise PageError unless the last of the ``pages`` can follow the others."""
    *before, page = pages
    text, title, number = page.text, pages[0].text.title, len(pages)
    current = text.pager.current
    if normalise(text.title) != normalise(title):
        fault = f'this is another article, "{text.title}", and not "{title}".'
    elif current not in (None, number):
        begin = "" if before else " Begin with the article's first page."
        fault = f"its pager says that it is page {current}, but page {number} was expected.{begin}"
    elif text.plain and not before and text.pager.last > 1 and not has_contents(text.blocks):
        fault = f"this is not the first of {text.pager.last} pages: it has no Contents. {_ADVICE}"
    elif twins := [other.name for other in before if other.text.blocks == text.blocks]:
        fault = f"it has the same text as {' '.join(twins)}."
    elif before and has_contents(below_front(pages[0].text, text)):
        fault = f"it has Contents, so it is the article's first page. {_ADVICE}"
    elif number > MAX_PAGES:
        fault = f"the pager leads on after {MAX_PAGES} pages."
    else:
        return
    raise PageError(f"{page.name}: {fault}")


def _read_page(answer: Received, name: str) -> ReadPage:
    """Extract the text of a page. Raise PageError, also if it is not the page asked for."""
    asked, final = answer.page.address or "", answer.page.final_address or ""
    kind = answer.header("Content-Type") or "text/html"
    if kind.partition(";")[0].strip().lower() not in _PAGE_TYPES:
        raise PageError(f"{name}: it answered with {kind}, which is not a web page.")
    is_same = article_of(asked) and article_of(asked) == article_of(final)
    if not is_same and _path(final) != _path(asked):
        raise PageError(f"{name}: it was redirected to {final}: if it is right, give that address.")
    text = extract(answer.content, name, final)
    own, linked = (each.rstrip("/").rpartition("/")[2] for each in (final, text.pager.next or ""))
    if own == linked:  # it links to itself
        text = replace(text, pager=replace(text.pager, next=None))
    return ReadPage(name, answer, text)


def _next_link(pages: Sequence[ReadPage]) -> str | None:
    """Return the link to the next page, unless its number cannot be that of the next page.

    Some sites count from 0, or from the number in the address. A pager with more pages is trusted.
    """
    here, pager = pages[-1].received.page.final_address or "", pages[-1].text.pager
    possible = (None, len(pages), len(pages) + 1, (page_number(here) or 0) + 1)
    is_next = page_number(pager.next or "") in possible or pager.last > len(pages)
    return pager.next if is_next else None


def _path(address: str) -> str:
    """Return the path of an address, without a web archive's time of capture."""
    return _CAPTURE.sub("", urlsplit(address).path).rstrip("/")


def _next_address(pages: Sequence[ReadPage]) -> str:
    """Return the address of the next page: its link's, or as the sites name pages; or "".

    Raise FetchError if the pager's link leads out of the article, or back.
    """
    seen, link = [page.received.page for page in pages], _next_link(pages)
    here = seen[-1].final_address or ""
    if link is None and len(pages) < pages[-1].text.pager.last and article_of(here):
        link = page_address(urlsplit(here)._replace(query="").geturl(), len(pages) + 1)
    if link is None:
        return ""
    try:
        address = link_target(here, link).partition("#")[0]
    except FetchError as error:
        raise FetchError(f"the pager of {here} leads to {error}") from error
    if not same_site(here, address):
        fault = "another host"
    elif article_of(here) not in ("", article_of(address)):
        fault = "another article"
    elif any(address in (page.address, page.final_address) for page in seen):
        fault = "a page that was read before"
    else:
        return address
    raise FetchError(f"the pager of {here} leads to {address}, {fault}.")
