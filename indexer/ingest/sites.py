"""Addresses: which are read, which belong to one site, and which to one article."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from ..errors import FetchError

# Hosts of one site, sub-domains included: its pages link and redirect among them.
_SITES = (("chinadaily.com.cn", "chinaservicesinfo.com"), ("china.org.cn",))
# The part of an address that names the article on these sites, whatever the page and the host.
_ARTICLE = re.compile(r"WS[0-9a-f]{24}|content_\d+", re.IGNORECASE)


def link_target(base: str, link: str) -> str:
    """Return the address to which a link on the page at ``base`` leads.

    Raise FetchError unless it is a http or https address without a password.
    """
    try:
        address = urljoin(base, link)
        parts = urlsplit(address)
        readable = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError as error:
        raise FetchError(f"{link}: this is not an address: {error}.") from error
    if not readable:
        raise FetchError(f"{address}: only http and https addresses are read.")
    if parts.username is not None:
        raise FetchError(f"{parts.hostname}: an address with a password would be stored.")
    return address


def same_site(here: str, there: str) -> bool:
    """Return whether two addresses have the same host and port, or hosts of one known site."""
    (host, port), (other, other_port) = _origin(here), _origin(there)
    known = any(_belongs(host, site) and _belongs(other, site) for site in _SITES)
    return (host, port) == (other, other_port) or (known and port == other_port == 443)


def article_of(address: str) -> str:
    """Return what names the article in an address; empty when nothing does."""
    found = _ARTICLE.search(address)
    return found[0].lower() if found else ""


def _belongs(host: str, site: tuple[str, ...]) -> bool:
    return any(host == own or host.endswith("." + own) for own in site)


def _origin(address: str) -> tuple[str, int]:
    """Return host and port; the two well-known ports count as one, as sites move between them."""
    parts = urlsplit(address)
    port = parts.port or 443
    return parts.hostname or "", 443 if port == 80 else port
