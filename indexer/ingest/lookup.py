"""Finding an article's address by its title, in the search service of China Daily's sites."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import urlencode

from ..errors import FetchError
from ..text import normalise
from .extract import date_in_address, read_date
from .fetch import Fetcher, link_target
from .sites import CHINA_DAILY, belongs

SERVICE = "http://newssearch.chinadaily.com.cn/rest/en/search"


def find_address(fetcher: Fetcher, title: str, published: str, service: str = SERVICE) -> str:
    """The address of the one article with this title, from this day, on one of the sites.

    ``published`` is an ISO date. Raises FetchError when the service cannot be asked, its answer
    is not understood, or there is no such article, or more than one.
    """
    query = {"keywords": title, "sort": "dp", "page": 0, "curType": "story"}
    address = f"{service}?{urlencode(query)}"
    try:
        stories = json.loads(fetcher.get(address).content)["content"]
        found = {_address(story, title, published) for story in stories} - {""}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise FetchError(f'{address}: its answer is no JSON with a list "content".') from error
    if len(found) == 1:
        return found.pop()
    raise FetchError(
        f'{service} knows {len(found) or "no"} articles "{title}" of {published}'
        f"{''.join(f' {each}' for each in sorted(found))}."
    )


def _address(story: dict[str, Any], title: str, published: str) -> str:
    """The address of a story whose host, title and day are all as they should be; else empty."""
    try:
        address = link_target("https:", str(story.get("url") or ""))
    except FetchError:
        return ""
    told = re.sub(r"<[^>]{0,40}>", "", str(story.get("title") or ""))
    day = read_date(str(story.get("pubDateStr") or "")) or date_in_address(address)
    same = normalise(told) == normalise(title) and day == published
    return address if same and belongs(address, CHINA_DAILY) else ""
