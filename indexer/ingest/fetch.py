"""Fetch pages over HTTP: politely, with retries and limits."""

import hashlib
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from functools import cache
from typing import Any
from urllib.parse import urljoin, urlsplit

import urllib3
from protego import Protego
from urllib3.exceptions import HTTPError, LocationValueError, NameResolutionError, SSLError
from urllib3.util import Timeout

from ..errors import FetchError
from ..model import Page

AGENT = "WhitePaperSearch"
USER_AGENT = f"{AGENT}/1.0 (full-text search over a white paper)"
MAX_PAGE_BYTES = 4 * 1024 * 1024  # a page of the known sites has 60 to 200 kB
RETRIES = 3  # enough for a brief outage; more would burden the site
RETRIED = frozenset({429, 500, 502, 503, 504})
MAX_REDIRECTS = 5
MEANING = {404: "there is no such page", 410: "the page is gone", 403: "access is denied"}

# Seconds. A page takes one or two; nobody waits longer than two minutes for one.
CONNECT_TIMEOUT, READ_TIMEOUT, PAGE_TIMEOUT = 10.0, 30.0, 120.0
LONGEST_WAIT = 120.0
# China Daily's pages link and redirect from host to host, and to a mirror.
_CHINA_DAILY = re.compile(r"(?:.+\.)?(?:chinadaily\.com\.cn|chinaservicesinfo\.com)")
# The part of an address that identifies the article on the known sites, on any page or host.
_ARTICLE = re.compile(r"WS[0-9a-f]{24}|content_\d+", re.IGNORECASE)


@dataclass(frozen=True)
class Received:
    """A page as received, not yet placed in an edition, and its decompressed ``content``."""

    page: Page
    content: bytes

    def header(self, name: str) -> str:
        """Return the value of a header, or "" if it was not sent."""
        return urllib3.HTTPHeaderDict(self.page.headers).get(name, "")


def received(content: bytes, **response: Any) -> Received:
    """Return content as received now; ``response`` sets further fields of its Page."""
    sha256 = hashlib.sha256(content).hexdigest()
    return Received(Page(0, "", sha256, now(), **response), content)


def now() -> str:
    """Return the current time, ISO 8601 in UTC, to the second."""
    return datetime.now(timezone.utc).isoformat(timespec="seconds")


class Fetcher:
    """Fetches addresses, with ``delay`` seconds between requests to a host, and reports retries."""

    def __init__(self, delay: float, report: Callable[[str], None]) -> None:
        self._delay = delay
        self._report = report
        self._rules = cache(self._read_robots)
        self._asked: dict[str, float] = {}
        self._pool = urllib3.PoolManager(
            retries=False,
            timeout=Timeout(connect=CONNECT_TIMEOUT, read=READ_TIMEOUT),
            headers={"User-Agent": USER_AGENT, "Accept-Encoding": "gzip, deflate"},
        )

    def get(self, address: str) -> Received:
        """Return the response with status 200, following redirects; else raise FetchError."""
        answer = self._follow(link_target("", address), self._require_permission)
        if (status := answer.page.status or 0) != 200:
            meaning = MEANING.get(status, "it sent no page")
            raise FetchError(f"{address} answered {status}: {meaning}.")
        return answer

    def _follow(self, address: str, permit: Callable[[str], None]) -> Received:
        """Return the first response that is not a redirect."""
        hop = address
        for _ in range(MAX_REDIRECTS + 1):
            permit(hop)
            answer = self._ask(hop)
            target = answer.header("Location")
            if answer.page.status not in urllib3.HTTPResponse.REDIRECT_STATUSES or not target:
                return replace(answer, page=replace(answer.page, address=address))
            try:
                hop = link_target(hop, target)
            except FetchError as error:
                raise FetchError(f"{address} redirects to {error}") from error
            if not same_site(address, hop):
                fault = f"{address} redirects to {hop}, another host, which is not followed."
                raise FetchError(f"{fault} If that is the right page, give its address instead.")
        raise FetchError(f"{address} redirects more than {MAX_REDIRECTS} times.")

    def _require_permission(self, address: str) -> None:
        """Raise FetchError unless robots.txt of the site permits ``address``."""
        file = urljoin(address, "/robots.txt")
        if not self._rules(file).can_fetch(address, AGENT):
            raise FetchError(f"{address}: {file} does not permit access to it.")

    def _read_robots(self, file: str) -> Protego:
        """Return the rules; without such a file, all is allowed (RFC 9309, section 2.3.1)."""
        try:
            answer = self._follow(file, lambda hop: None)
            if (status := answer.page.status or 0) >= 500:
                raise FetchError(f"{file} answered {status}.")
        except FetchError as error:
            advice = "Nothing is read from a site whose robots.txt fails."
            raise FetchError(f"{error} {advice}") from error
        rules = answer.content if status == 200 else b""
        return Protego.parse(rules.decode("utf-8", "replace"))

    def _ask(self, address: str) -> Received:
        """Return one response, retrying after network errors and while the site is busy."""
        for attempt in range(RETRIES + 1):
            try:
                answer = self._ask_once(address)
                if answer.page.status not in RETRIED:
                    return answer
                reason, wait = f"it answered {answer.page.status}", _requested_wait(answer)
            except (LocationValueError, NameResolutionError, SSLError) as error:
                raise FetchError(f"{address} could not be reached: {_reason(error)}.") from error
            except HTTPError as error:
                reason, wait = _reason(error), 0.0
            if attempt < RETRIES:
                wait = max(self._delay * 2**attempt, wait)
                self._report(f"{address}: {reason}; retrying in {wait:g} s")
                time.sleep(wait)
        raise FetchError(f"{address} could not be read in {RETRIES + 1} attempts: {reason}.")

    def _ask_once(self, address: str) -> Received:
        """Send one request, at least ``delay`` seconds after the last one to this host."""
        host = urlsplit(address).netloc
        time.sleep(max(0.0, self._asked.get(host, 0.0) + self._delay - time.monotonic()))
        response = self._pool.request("GET", address, preload_content=False, redirect=False)
        try:
            content = _read_body(response, address)
        finally:
            response.close()
            self._asked[host] = time.monotonic()
        headers = tuple((k, v) for k, v in response.headers.items() if k.lower() != "set-cookie")
        return received(content, final_address=address, status=response.status, headers=headers)


def _requested_wait(answer: Received) -> float:
    """Return the seconds in Retry-After, or 0. Raise FetchError if they exceed LONGEST_WAIT."""
    asked = answer.header("Retry-After")
    wait = float(asked) if re.fullmatch(r"\d{1,9}", asked) else 0.0
    if wait > LONGEST_WAIT:
        address = answer.page.final_address
        raise FetchError(f"{address} asks for a wait of {wait:g} s: try again after that.")
    return wait


def _read_body(response: urllib3.BaseHTTPResponse, address: str) -> bytes:
    """Return the decompressed body. Raise FetchError if it is too large or too slow."""
    body = bytearray()
    latest = time.monotonic() + PAGE_TIMEOUT
    while piece := response.read1(2**16, decode_content=True):  # what has come, even one byte
        body += piece
        if len(body) > MAX_PAGE_BYTES:
            raise FetchError(f"{address} has more than {MAX_PAGE_BYTES:,} bytes: it is too large.")
        if time.monotonic() > latest:
            raise FetchError(f"{address} was not read to its end in {PAGE_TIMEOUT:g} s.")
    return bytes(body)


def _reason(error: Exception) -> str:
    """Return the message without the connection object that urllib3 puts before it."""
    message = str(error.args[0] if error.args else error)
    return (message.partition("): ")[2] or message).rstrip(".")


def link_target(base: str, link: str) -> str:
    """Return the address of a link on the page ``base``. Raise FetchError if it is unsupported."""
    try:
        address = urljoin(base, link)
        parts = urlsplit(address)
        readable = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError as error:
        raise FetchError(f"{link}: this is not an address: {error}.") from error
    if not readable:
        raise FetchError(f"{address}: only http and https addresses are read.")
    if parts.username is not None:
        fault = "an address with a password is refused, because it would be stored"
        raise FetchError(f"{parts.hostname}: {fault}.")
    return address


def same_site(here: str, there: str) -> bool:
    """Return whether two addresses have the same host, or China Daily's, and the same port."""
    return _origin(here) == _origin(there)


def article_of(address: str) -> str:
    """Return the part of an address that names its article, or "" if there is none."""
    found = _ARTICLE.search(address)
    return found[0].lower() if found else ""


def _origin(address: str) -> tuple[str, int]:
    """Return host and port, with 443 as 80, because sites move between http and https."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    site = "chinadaily.com.cn" if _CHINA_DAILY.fullmatch(host) else host
    return site, 80 if parts.port in (None, 443) else parts.port
