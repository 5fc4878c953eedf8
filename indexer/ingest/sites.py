"""Where each site keeps the article on its pages: one row a site."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Site:
    """How one site marks up an article.

    ``hosts`` are the site's own and its mirrors' (sub-domains included): its pages may link and
    redirect among them. ``body``, ``title``, ``date`` and ``pager`` are CSS selectors, best
    first. ``mark`` is the comment that opens the body, ``/mark`` the one that closes it, for a
    site that has no element for it.
    """

    name: str
    hosts: tuple[str, ...]
    body: tuple[str, ...]
    title: tuple[str, ...]
    date: tuple[str, ...]
    pager: tuple[str, ...]
    mark: str = ""


CHINA_DAILY = Site(
    name="China Daily",
    hosts=("chinadaily.com.cn", "chinaservicesinfo.com"),
    body=("#Content", ".artTxt"),
    title=("h1", "#Title_e"),
    date=(".info_l", ".info"),
    pager=("#div_currpage", ".selectpage"),
)

# The first row whose body is on the page is taken: a saved file, or one's own server, has no host
# that tells. Rows go from the telling to the common.
SITES = (
    Site(
        name="the State Council",
        hosts=("english.www.gov.cn",),
        body=(".Artical_Content",),
        title=(".Artical_Title", "h1"),
        date=(".Artical_Info",),
        pager=(),
    ),
    CHINA_DAILY,
    Site(
        name="China.org.cn",
        hosts=("china.org.cn",),
        body=("#container_txt", "#artbody"),
        title=("h1", "#title"),
        date=("#guild", ".date"),
        pager=("#autopage", "#displaypagenum"),
    ),
    Site(
        name="the State Council Information Office",
        hosts=("english.scio.gov.cn",),
        body=(),
        title=("h1", ".title"),
        date=(".pubtime", ".info", ".date"),
        pager=("#displaypagenum", "#autopage"),
        mark="enpcontent",
    ),
)


def same_site(one: str, other: str) -> bool:
    """Whether two addresses belong to one site: the same host and port, or known mirrors."""
    if _origin(one) == _origin(other):
        return True
    return any(belongs(one, site) and belongs(other, site) for site in SITES)


def belongs(address: str, site: Site) -> bool:
    """Whether the host of ``address`` is one of the site's."""
    host, port = _origin(address)
    return port == 443 and any(host == own or host.endswith("." + own) for own in site.hosts)


def is_private(address: str) -> bool:
    """Whether the host of ``address`` names this machine or a private network."""
    host = urlsplit(address).hostname or ""
    try:
        return not ip_address(host).is_global
    except ValueError:
        return host == "localhost" or host.endswith((".localhost", ".local", ".internal"))


def _origin(address: str) -> tuple[str, int]:
    """Host and port; the two well-known ports count as one, as sites move between them."""
    parts = urlsplit(address)
    port = parts.port or 443
    return (parts.hostname or "").lower(), 443 if port == 80 else port
