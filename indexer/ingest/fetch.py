"""An address -> what it answers, over HTTP: politely, once more if need be, and with limits."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from urllib.parse import urljoin, urlsplit

import urllib3
from protego import Protego
from urllib3.exceptions import (
    HTTPError,
    InvalidHeader,
    LocationValueError,
    MaxRetryError,
    NameResolutionError,
    SSLError,
)
from urllib3.util import Retry, Timeout

from ..errors import FetchError
from .extract import MAX_PAGE_BYTES
from .sites import is_private, same_site

AGENT = "WhitePaperSearch"
USER_AGENT = f"{AGENT}/1.0 (full-text search over a white paper)"

# A site that is briefly down answers within these; more would only be a burden to it.
RETRIES = 3
RETRIED = frozenset({429, 500, 502, 503, 504})
REDIRECTS = frozenset({301, 302, 303, 307, 308})
MAX_REDIRECTS = 5

# Seconds. A page takes a second or two; no page is worth a longer wait than that which a person
# would watch. A site that asks for more is left alone.
CONNECT_TIMEOUT, READ_TIMEOUT, PAGE_TIMEOUT = 10.0, 30.0, 120.0
LONGEST_WAIT = 120.0


@dataclass(frozen=True)
class Received:
    """What an address answered, or a saved file held.

    ``content`` is the body, decompressed, and ``received`` ISO 8601 in UTC. A saved file has no
    addresses, status and headers.
    """

    content: bytes
    received: str
    address: str | None = None
    final_address: str | None = None
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()

    def header(self, name: str) -> str:
        """The value of a header; empty when it was not sent."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")


class Fetcher:
    """Reads addresses, ``delay`` seconds apart on each site, as their robots.txt permits.

    ``report`` gets a line for each wait and retry.
    """

    def __init__(self, delay: float, report: Callable[[str], None]) -> None:
        self._delay = delay
        self._report = report
        self._robots: dict[str, Protego] = {}
        self._asked: dict[str, float] = {}
        self._pool = urllib3.PoolManager(
            retries=False,
            timeout=Timeout(connect=CONNECT_TIMEOUT, read=READ_TIMEOUT),
            headers={"User-Agent": USER_AGENT, "Accept-Encoding": "gzip, deflate"},
        )

    def get(self, address: str) -> Received:
        """What the address answers with status 200, redirects within its site followed.

        Raises FetchError, which names the address and the reason, when it cannot be read, may not
        be read, or answers anything else.
        """
        _require_http(address)
        answer = self._follow(address, self._require_permission)
        if answer.status == 200:
            return answer
        reason = {404: "there is no such page", 410: "the page is gone", 403: "it refuses us"}
        said = reason.get(answer.status or 0, "no page came")
        raise FetchError(f"{address} answered {answer.status}: {said}.")

    def _follow(self, address: str, permit: Callable[[str], None]) -> Received:
        """The first answer that is no redirect."""
        hop = address
        for _ in range(MAX_REDIRECTS + 1):
            permit(hop)
            answer = self._ask(hop)
            target = answer.header("Location")
            if answer.status not in REDIRECTS or not target:
                return replace(answer, address=address)
            hop = urljoin(hop, target)
            _require_http(hop, f"{address} redirects to {hop}")
            if not same_site(address, hop):
                kind = "a private address" if is_private(hop) else "another host"
                raise FetchError(
                    f"{address} redirects to {hop}, {kind}: that is not followed. "
                    "If it is right, give that address itself."
                )
        raise FetchError(f"{address} redirects more than {MAX_REDIRECTS} times.")

    def _require_permission(self, address: str) -> None:
        """Raise FetchError unless robots.txt of the site lets us read ``address``."""
        parts = urlsplit(address)
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self._robots:
            self._robots[site] = self._read_robots(f"{site}/robots.txt")
        if not self._robots[site].can_fetch(address, AGENT):
            raise FetchError(f"{address}: {site}/robots.txt does not allow it to be read.")

    def _read_robots(self, address: str) -> Protego:
        """Its rules; all is allowed where there is no such file (RFC 9309, section 2.3.1)."""
        try:
            answer = self._follow(address, lambda hop: None)
        except FetchError as error:
            raise FetchError(f"{error} Without robots.txt nothing of the site is read.") from error
        if answer.status is not None and answer.status >= 500:
            raise FetchError(
                f"{address} answered {answer.status}: while the site cannot say what may be read, "
                "nothing is."
            )
        found = answer.status == 200
        return Protego.parse(answer.content.decode("utf-8", "replace") if found else "")

    def _ask(self, address: str) -> Received:
        """One answer, asked for again after network errors and while the site is too busy."""
        policy = Retry(RETRIES, backoff_factor=self._delay, backoff_max=LONGEST_WAIT)
        while True:
            asked: float | None = None
            failure: HTTPError
            try:
                answer = self._ask_once(address)
                if answer.status not in RETRIED:
                    return answer
                failure = HTTPError(f"it answered {answer.status}")
                asked = _asked_wait(answer)
            except (LocationValueError, NameResolutionError, SSLError) as error:
                raise FetchError(f"{address} could not be reached: {_reason(error)}.") from error
            except HTTPError as error:
                failure = error
            reason = _reason(failure)
            try:
                policy = policy.increment("GET", address, error=failure)
            except MaxRetryError as error:
                tries = f"{RETRIES + 1} attempts"
                raise FetchError(f"{address} could not be read in {tries}: {reason}.") from error
            wait = max(self._delay, policy.get_backoff_time() if asked is None else asked)
            self._report(f"{address}: {reason}; once more in {wait:g} s")
            time.sleep(wait)

    def _ask_once(self, address: str) -> Received:
        """One request, no sooner than ``delay`` seconds after the last one to this host."""
        host = urlsplit(address).netloc
        due = self._asked.get(host, float("-inf")) + self._delay
        time.sleep(max(0.0, due - time.monotonic()))
        self._asked[host] = time.monotonic()
        received = datetime.now(timezone.utc).isoformat(timespec="seconds")
        response = self._pool.request("GET", address, preload_content=False, redirect=False)
        try:
            return Received(
                content=_read_body(response, address),
                received=received,
                final_address=address,
                status=response.status,
                headers=_kept_headers(response),
            )
        finally:
            response.close()


def _require_http(address: str, said: str = "") -> None:
    """Raise FetchError for anything but a plain http or https address."""
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise FetchError(f"{said or address}: only http and https addresses are read.")
    if parts.username is not None:
        raise FetchError(f"{parts.hostname}: an address with a password in it would be stored.")


def _asked_wait(answer: Received) -> float | None:
    """The seconds that Retry-After asks for; None when it asks for nothing that can be read."""
    value = answer.header("Retry-After")
    try:
        wait = Retry(retry_after_max=10**9).parse_retry_after(value) if value else None
    except InvalidHeader:
        return None
    if wait is not None and wait > LONGEST_WAIT:
        raise FetchError(
            f"{answer.final_address} answered {answer.status} and asks to wait {wait:g} s: "
            "try again then."
        )
    return wait


def _read_body(response: urllib3.BaseHTTPResponse, address: str) -> bytes:
    """The body, decompressed piece by piece so that no bomb goes off, within size and time."""
    body = bytearray()
    latest = time.monotonic() + PAGE_TIMEOUT
    for piece in response.stream(2**16, decode_content=True):
        body += piece
        if len(body) > MAX_PAGE_BYTES:
            raise FetchError(f"{address} is no page: it has more than {MAX_PAGE_BYTES:,} bytes.")
        if time.monotonic() > latest:
            raise FetchError(f"{address} was not read to its end in {PAGE_TIMEOUT:g} s.")
    return bytes(body)


def _kept_headers(response: urllib3.BaseHTTPResponse) -> tuple[tuple[str, str], ...]:
    """All headers but cookies, which tell of the reader and not of the page."""
    return tuple((k, v) for k, v in response.headers.items() if k.lower() != "set-cookie")


def _reason(error: Exception) -> str:
    """What went wrong, without the class names that some errors carry as further arguments."""
    return str(error.args[0] if error.args else error).rstrip(".")
