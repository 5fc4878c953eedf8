"""Fetching is polite, patient where that helps, and never goes further than it should."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib
from itertools import pairwise

import pytest

from indexer.errors import FetchError
from indexer.ingest import fetch
from indexer.ingest.fetch import MAX_PAGE_BYTES, USER_AGENT, Fetcher

from .loopback import Reply, Site, zipped

PAGE = Reply(b"<html>Here.</html>")


def fetcher(delay: float = 0, lines: list[str] | None = None) -> Fetcher:
    """Return a fetcher that writes its report into ``lines``."""
    return Fetcher(delay, print if lines is None else lines.append)


def test_what_was_received_is_told_as_it_came(site: Site) -> None:
    headers = (("Content-Type", "text/html"), ("ETag", '"x"'), ("Set-Cookie", "who=you"))
    site.put("/a", Reply(status=301, headers=(("Location", "/b"),)))
    site.put("/b", Reply(b"\x00\xff<html>", headers=headers))
    found = fetcher().get(f"http://{site.host}/a")
    assert found.content == b"\x00\xff<html>"
    page = found.page
    assert (page.address, page.final_address) == (f"http://{site.host}/a", f"http://{site.host}/b")
    assert (page.status, found.header("etag"), found.header("Set-Cookie")) == (200, '"x"', "")
    assert page.received.endswith("+00:00")
    assert site.agents == {USER_AGENT}


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_busy_site_is_asked_again(status: int, site: Site) -> None:
    lines: list[str] = []
    site.put("/a", Reply(b"", status), Reply(b"", status), PAGE)
    assert fetcher(0, lines).get(f"http://{site.host}/a").content == PAGE.body
    assert site.paths() == ["/a"] * 3
    assert len(lines) == 2
    assert f"it answered {status}; retrying in 0 s" in lines[0]


@pytest.mark.parametrize("first", [zipped(PAGE.body), Reply(b"<html>He", length=100)])
def test_an_answer_is_unpacked_and_a_broken_one_asked_for_again(first: Reply, site: Site) -> None:
    site.put("/a", first, PAGE)
    assert fetcher().get(f"http://{site.host}/a").content == PAGE.body


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_a_clear_answer_is_not_asked_for_again(status: int, site: Site) -> None:
    site.put("/a", Reply(b"", status), PAGE)
    with pytest.raises(FetchError, match=f"answered {status}"):
        fetcher().get(f"http://{site.host}/a")
    assert site.paths() == ["/a"]


def test_retry_after_is_honoured(site: Site) -> None:
    lines: list[str] = []
    site.put("/a", Reply(b"", 429, headers=(("Retry-After", "1"),)), PAGE)
    fetcher(0, lines).get(f"http://{site.host}/a")
    (_, first), (_, second) = site.asked[1:]
    assert second - first >= 1
    assert lines[0].endswith("retrying in 1 s")


@pytest.mark.parametrize(
    "value",
    ["soon", "-5", "9" * 5000, "Fri, 31 Dec 99999 23:59:59 GMT", "Wed, 21 Oct 2015 07:28:00 GMT"],
)
def test_a_retry_after_that_cannot_be_read_is_none(value: str, site: Site) -> None:
    site.put("/a", Reply(b"", 503, headers=(("Retry-After", value),)), PAGE)
    assert fetcher().get(f"http://{site.host}/a").page.status == 200


def test_there_is_a_gap_between_requests_to_a_site(site: Site) -> None:
    for path in ("/a", "/b"):
        site.put(path, PAGE)
    polite = fetcher(0.2)
    for path in ("/a", "/b"):
        polite.get(f"http://{site.host}{path}")
    times = [at for _, at in site.asked]
    assert [path for path, _ in site.asked] == ["/robots.txt", "/a", "/b"]
    assert all(later - sooner >= 0.19 for sooner, later in pairwise(times))


@pytest.mark.parametrize(
    ("rules", "path", "allowed"),
    [
        (b"User-agent: *\nDisallow: /s/", "/s/a", False),
        (b"User-agent: *\nDisallow: /s/", "/a", True),
        (b"User-agent: WhitePaperSearch\nDisallow: /", "/a", False),
        (b"User-agent: other\nDisallow: /", "/a", True),
        (b"User-agent: *\nDisallow: /\nAllow: /a", "/a", True),
        (b"<html>No rules at all.</html>", "/a", True),
        (b"", "/a", True),
        *((Reply(b"User-agent: *\nDisallow: /", status), "/a", True) for status in (401, 403, 404)),
    ],
)
def test_robots_txt_is_obeyed(rules: bytes | Reply, path: str, allowed: bool, site: Site) -> None:
    site.put("/robots.txt", rules if isinstance(rules, Reply) else Reply(rules))
    site.put(path, PAGE)
    if allowed:
        assert fetcher().get(f"http://{site.host}{path}").page.status == 200
    else:
        with pytest.raises(FetchError, match=r"robots\.txt does not permit"):
            fetcher().get(f"http://{site.host}{path}")
        assert site.paths() == []


@pytest.mark.parametrize("status", [500, 501, 503])
def test_a_robots_txt_that_fails_forbids_all(status: int, site: Site) -> None:
    site.put("/robots.txt", Reply(b"", status))
    site.put("/a", PAGE)
    with pytest.raises(FetchError, match=r"robots\.txt"):
        fetcher().get(f"http://{site.host}/a")
    assert site.paths() == []


def test_a_redirect_into_what_robots_txt_forbids(site: Site) -> None:
    site.put("/robots.txt", Reply(b"User-agent: *\nDisallow: /hidden"))
    site.put("/a", Reply(status=302, headers=(("Location", "/hidden"),)))
    with pytest.raises(FetchError, match=r"/hidden.*does not permit"):
        fetcher().get(f"http://{site.host}/a")
    assert site.paths() == ["/a"]


def packed(size: int, window: int) -> bytes:
    """Return so many zero bytes, compressed as ``window`` says: 31 is gzip, 15 deflate, -15 raw."""
    deflate = zlib.compressobj(9, zlib.DEFLATED, window)
    million = bytes(1_000_000)
    pieces = [deflate.compress(million) for _ in range(size // len(million))]
    return b"".join((*pieces, deflate.flush()))


@pytest.mark.parametrize(
    ("encoding", "window"), [("gzip", 31), ("deflate", 15), ("deflate", -15), ("gzip, gzip", 31)]
)
def test_a_bomb_does_not_go_off(encoding: str, window: int, site: Site) -> None:
    body = packed(100_000_000, window)
    if encoding == "gzip, gzip":
        body = gzip.compress(body)
    site.put("/a", Reply(body, headers=(("Content-Encoding", encoding),)))
    tracemalloc.start()
    try:
        with pytest.raises(FetchError, match=r"more than 4,194,304 bytes"):
            fetcher().get(f"http://{site.host}/a")
        assert tracemalloc.get_traced_memory()[1] < 10 * MAX_PAGE_BYTES
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("encoding", "reason"),
    [
        ("br", "failed to decode it"),
        ("gzip, " * 30 + "gzip", "Too many content encodings"),
        ("gzip", "failed to decode it"),
    ],
)
def test_what_cannot_be_unpacked_is_refused(encoding: str, reason: str, site: Site) -> None:
    site.put("/a", Reply(b"\x1b" + b"x" * 99, headers=(("Content-Encoding", encoding),)))
    with pytest.raises(FetchError, match=reason):
        fetcher().get(f"http://{site.host}/a")


def test_a_page_that_drips_is_given_up(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "PAGE_TIMEOUT", 0.3)
    site.put("/a", Reply(b"x" * 40, gap=0.05))
    with pytest.raises(FetchError, match=r"not read to its end in 0\.3 s"):
        fetcher().get(f"http://{site.host}/a")


@pytest.mark.parametrize(
    "target",
    [
        *("http://10.0.0.1/", "http://127.0.0.1/", "http://127.1/", "http://2130706433/"),
        *("http://localhost/", "http://[::1]/", "http://[::ffff:10.0.0.1]/", "http://0x7f.1/"),
        *("http://169.254.169.254/latest/meta-data/", "//example.org/", "http://a@example.org/"),
        *("https://example.org\\@{host}/", "ftp://{host}/a", "file:///etc/passwd", "data:,x"),
        *("gopher://{host}/", "javascript:alert(1)", "http://{host}.example.org/"),
    ],
)
def test_no_redirect_leads_elsewhere(target: str, site: Site) -> None:
    where = target.format(host=site.host)
    site.put("/a", Reply(status=302, headers=(("Location", where),)))
    with pytest.raises(FetchError, match=r"/a redirects to "):
        fetcher().get(f"http://{site.host}/a")
    assert site.paths() == ["/a"]
