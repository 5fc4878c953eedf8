"""A failure names the page, the place and the reason, and leaves the corpus unchanged."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.errors import FetchError, IngestError, PageError

from .conftest import TakeIn, everything
from .loopback import Reply, Site
from .paper import PAGES, SAVED_PAGE_1, TITLE
from .render import FOLDER, Variant, page_name, render

PLAIN = Variant(phones=False, trap=False)


Spoil = Callable[[Site], None]


def _page(site: Site, number: int) -> bytes:
    return render(PLAIN, number, site.host)


def _exchanges(number: int, old: str, new: str) -> Spoil:
    def spoil(site: Site) -> None:
        page, found = _page(site, number).decode(), old.format(host=site.host)
        assert found in page
        site.put(site.page(number), Reply(page.replace(found, new).encode()))

    return spoil


def _gives(number: int, reply: Reply) -> Spoil:
    return lambda site: site.put(site.page(number), reply)


def _answers(number: int, status: int, *headers: tuple[str, str]) -> Spoil:
    return _gives(number, Reply(b"", status, headers))


def _redirects(target: str) -> Spoil:
    return _answers(2, 302, ("Location", target))


def _home(site: Site) -> None:
    _redirects("/index.html")(site)
    site.put("/index.html", Reply(_page(site, 2)))


def _short(site: Site) -> None:
    whole = _page(site, 2)
    site.put(site.page(2), Reply(whole[: len(whole) // 2], length=len(whole)))


def _cut(site: Site) -> None:
    whole = _page(site, 3)
    site.put(site.page(3), Reply(whole[: len(whole) * 2 // 3]))


def _cut_zip(site: Site) -> None:
    packed = gzip.compress(_page(site, 2))
    headers = (("Content-Type", "text/html"), ("Content-Encoding", "gzip"))
    site.put(site.page(2), Reply(packed[: len(packed) // 2], headers=headers))


def _same_text(site: Site) -> None:
    site.put(site.page(3), Reply(render(PLAIN, 3, site.host, [*PAGES[:2], PAGES[1]])))


def _wrong_number(site: Site) -> None:
    site.put(site.page(2), Reply(_page(site, 3)))


def _unlinked(site: Site) -> None:
    _exchanges(2, "href=", "data-href=")(site)
    _answers(3, 404)(site)


def _section_lost(site: Site) -> None:
    pages = [PAGES[0], [line for line in PAGES[1] if not line.startswith("IV.")], PAGES[2]]
    site.put(site.page(2), Reply(render(PLAIN, 2, site.host, pages)))


FIRST, SECOND, THIRD = (f"{FOLDER}/{page_name(number)}" for number in (1, 2, 3))
_soft_404 = _gives(2, Reply(b"<html><body><h1>Welcome</h1><p>Home.</p></body></html>"))
_other_host = _redirects("http://example.com/x")
_other_title = _exchanges(2, TITLE, "China's National Defense")
_other_article = _exchanges(1, SECOND, f"{FOLDER.replace('WS58', 'WS99')}/x_2.html")
_loop = _exchanges(2, f'{THIRD}">', f'{FIRST}">')
_pager_to_a_file = _exchanges(2, "//{host}/s", "file:///s")
_pager_elsewhere = _exchanges(2, "//{host}/s", "//example.com/s")
_no_page = _gives(2, Reply(b"%PDF-1.4", headers=(("Content-Type", "application/pdf"),)))
_too_large = _gives(2, Reply(b"<html>" + b"x" * 5_000_000))
_wait_a_day = _answers(2, 503, ("Retry-After", "86400"))
FAILURES: dict[str, tuple[Spoil, int, type[IngestError], str]] = {
    "a page is missing": (_answers(2, 404), 2, FetchError, "answered 404: there is no such page"),
    "a page is gone": (_answers(3, 410), 3, FetchError, "answered 410: the page is gone"),
    "a page is refused": (_answers(2, 403), 2, FetchError, "answered 403: access is denied"),
    "a soft 404": (_soft_404, 2, PageError, "no article was found"),
    "a redirect home": (_home, 2, PageError, "/index.html: if it is right, give that address"),
    "a redirect to page 1": (_redirects(FIRST), 2, PageError, "its pager says that it is page 1"),
    "a redirect to another host": (_other_host, 2, FetchError, "example.com/x, another host"),
    "a redirect inwards": (_redirects("http://10.0.0.1/x"), 2, FetchError, "another host"),
    "a redirect to a file": (
        _redirects("file:///etc/passwd"),
        2,
        FetchError,
        "only http and https",
    ),
    "redirects without end": (_redirects(SECOND), 2, FetchError, "redirects more than 5 times"),
    "fewer bytes than promised": (_short, 2, FetchError, "in 4 attempts"),
    "a page cut short": (_cut, 3, PageError, "cut short"),
    "compressed and cut short": (_cut_zip, 2, PageError, "cut short"),
    "another title": (_other_title, 2, PageError, 'another article, "China\'s National Defense"'),
    "a pager into another article": (_other_article, 2, FetchError, "another article"),
    "a pager that loops": (_loop, 3, FetchError, "a page that was read before"),
    "a page twice": (_same_text, 3, PageError, "the same text as page 2"),
    "a number that does not rise": (_wrong_number, 2, PageError, "says that it is page 3"),
    "a pager to another host": (_pager_elsewhere, 3, FetchError, "another host"),
    "a pager to a file": (_pager_to_a_file, 3, FetchError, "only http and https"),
    "a pager without links": (_unlinked, 3, FetchError, "404"),
    "a section of Contents is missing": (_section_lost, 0, PageError, 'Contents lists "IV. '),
    "too large": (_too_large, 2, FetchError, "more than 4,194,304 bytes"),
    "no page at all": (_no_page, 2, PageError, "application/pdf, which is not a web page"),
    "overloaded for good": (_answers(2, 503), 2, FetchError, "4 attempts: it answered 503"),
    "asked to wait a day": (_wait_a_day, 2, FetchError, "asks for a wait of 86400 s"),
}


@pytest.mark.parametrize("stored", [False, True], ids=["new", "stored"])
@pytest.mark.parametrize("name", FAILURES)
def test_all_pages_or_nothing(name: str, stored: bool, site: Site, ingest: TakeIn) -> None:
    if stored:
        ingest(str(SAVED_PAGE_1))
    before = everything(ingest.root)
    site.put_article(PLAIN)
    spoil, number, kind, reason = FAILURES[name]
    spoil(site)
    with pytest.raises(kind) as raised:
        ingest(site.address)
    said = str(raised.value)
    assert reason.format(site=site.host) in said
    assert "Nothing was stored" in said
    if number:
        assert f"page {number}" in said
        assert site.host in said
    assert everything(ingest.root) == before


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ([1], "page 2 is missing"),
        ([1, 2], "page 3 is missing"),
        ([1, 3], "page 3, but page 2 was expected"),
        ([2, 3], "Begin with the article's first page"),
        ([1, 2, 2], "page 2, but page 3 was expected"),
    ],
)
def test_saved_pages_are_all_there_or_refused(
    given: list[int], reason: str, tmp_path: Path, ingest: TakeIn
) -> None:
    files = []
    for place, number in enumerate(given):
        files.append(tmp_path / f"{place}.html")
        files[-1].write_bytes(render(PLAIN, number, "govt.chinadaily.com.cn"))
    with pytest.raises(PageError, match=reason):
        ingest(*map(str, files))
    assert everything(ingest.root) == {}


@pytest.mark.parametrize(
    ("sources", "reason"),
    [
        (["nowhere.html"], "nowhere.html: the file cannot be read"),
        (["http://127.0.0.1/1", "http://127.0.0.1/2"], "Give one address"),
        (["file:///etc/passwd"], "only http and https"),
        (["ftp://127.0.0.1/x"], "only http and https"),
        (["http:///x"], "only http and https"),
        (["http://me:secret@127.0.0.1/x"], "with a password"),
        (["http://127.0.0.1:1/x"], "Connection refused"),
        (["http://127.0.0.1:1/" + "x" * 300], "Connection refused"),
        (["http://127.0.0.1:99999/x"], "this is not an address"),
        (["http://[::1/x"], "this is not an address"),
        (["x" * 300], "xx: the file cannot be read"),
        ([""], "Give one address"),
    ],
)
def test_sources_that_are_none(sources: list[str], reason: str, ingest: TakeIn) -> None:
    with pytest.raises(IngestError, match=reason) as raised:
        ingest(*sources)
    assert "secret" not in str(raised.value)
    assert everything(ingest.root) == {}


@pytest.mark.parametrize("target", ["http://[bad/x", "http://127.0.0.1:99999/x"])
@pytest.mark.parametrize("place", ["a redirect", "the pager"])
def test_links_that_are_no_addresses(target: str, place: str, site: Site, ingest: TakeIn) -> None:
    site.put_article(PLAIN)
    if place == "a redirect":
        _redirects(target)(site)
    else:
        _exchanges(1, f"//{{host}}{site.page(2)}", target)(site)
    with pytest.raises(IngestError, match=r"page 2 of 3: .*this is not an address"):
        ingest(site.address)
    assert everything(ingest.root) == {}


HEAD = f"{TITLE}\n\nUpdated: Jan 11, 2017 Print\n\n"


@pytest.mark.parametrize("stored", [False, True], ids=["new", "stored"])
@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ([2], r"page-2.txt: this is not the first of 3 pages.*ingest PAGE-1 PAGE-2"),
        ([3], "page-3.txt: this is not the first"),
        ([2, 1, 3], "page-2.txt: this is not the first"),
        ([1, 3], r"page-1.txt: .* lists \"III\. .*Is a page missing or out of order"),
        ([1, 3, 2], r"page-1.txt: .* lists \"III\. "),
        ([1, 1], "page-1.txt: it has the same text as file page-1.txt"),
    ],
)
def test_plain_pages_that_do_not_follow_each_other(
    given: list[int], reason: str, stored: bool, tmp_path: Path, ingest: TakeIn
) -> None:
    if stored:
        ingest(str(SAVED_PAGE_1))
    before = everything(ingest.root)
    for number, lines in enumerate(PAGES, 1):
        text = HEAD + "\n".join(lines) + "\n1 2 3 >\nCopyright©2024 China Daily."
        (tmp_path / f"page-{number}.txt").write_text(text, "utf-8")
    with pytest.raises(IngestError, match=reason):
        ingest(*(str(tmp_path / f"page-{number}.txt") for number in given))
    assert everything(ingest.root) == before


def test_a_folder_without_pages(tmp_path: Path, ingest: TakeIn) -> None:
    with pytest.raises(IngestError, match="has no pages"):
        ingest(str(tmp_path))
