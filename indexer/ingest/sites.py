"""The markup of each site, and which hosts are one site."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

# A page of these sites has 60 to 200 kB; anything larger is not a page of text.
MAX_PAGE_BYTES = 4 * 1024 * 1024


@dataclass(frozen=True)
class Site:
    """The markup of an article on one site, as CSS selectors.

    ``hosts`` are the site's own and its mirrors (sub-domains included): its pages may link and
    redirect among them. ``body`` may be several elements in a row. On a site that has no element
    for it, ``mark`` is the comment that opens the body, and ``/mark`` the one that closes it.
    """

    hosts: tuple[str, ...]
    title: str
    date: str
    body: str = ""
    mark: str = ""


STATE_COUNCIL = Site(
    ("english.www.gov.cn",), ".Artical_Title, h1", ".Artical_Info", ".Artical_Content"
)
CHINA_DAILY = Site(
    ("chinadaily.com.cn", "chinaservicesinfo.com"),
    "h1, #Title_e",
    ".info_l, .info",
    "#Content, .artTxt",
)
CHINA_ORG = Site(("china.org.cn",), "h1, #title", "#guild, .date", "#container_txt, #artbody")
INFORMATION_OFFICE = Site(
    ("english.scio.gov.cn",), "h1, .title", ".pubtime, .info, .date", mark="enpcontent"
)

# The first one whose body is on the page is taken, as a saved file has no host that tells. They
# are in order of how telling their selectors are.
SITES = (STATE_COUNCIL, CHINA_DAILY, CHINA_ORG, INFORMATION_OFFICE)
# A page of another site, or after a redesign: its body is the element with most of the text.
UNKNOWN = Site((), "h1, .title, #title, h2", ".date, .time, .info, time")


def elsewhere(here: str, there: str) -> str:
    """Return what the address ``there`` is to a page at ``here``; empty for the same site.

    That is the same host and port, or a known mirror.
    """
    if _origin(here) == _origin(there):
        return ""
    if any(belongs(here, site) and belongs(there, site) for site in SITES):
        return ""
    host = urlsplit(there).hostname or ""
    try:
        private = not ip_address(host).is_global
    except ValueError:
        private = host == "localhost" or host.endswith((".localhost", ".local", ".internal"))
    return "a private address" if private else "another host"


def belongs(address: str, site: Site) -> bool:
    """Return whether the host of ``address`` is one of the site's."""
    host, port = _origin(address)
    return port == 443 and any(host == own or host.endswith("." + own) for own in site.hosts)


def _origin(address: str) -> tuple[str, int]:
    """Return host and port; the two well-known ports count as one, as sites move between them."""
    parts = urlsplit(address)
    port = parts.port or 443
    return parts.hostname or "", 443 if port == 80 else port
