"""The pager of a page: which page this is, how many there are, where the next one is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bs4 import Tag
from bs4.element import NavigableString

# A longer line is no pager: "1 2 3 ... 20 Next" has about 60 characters.
LONGEST_PAGER = 200

_NUMBER = re.compile(r"\d{1,3}")
_OF = re.compile(r"(\d{1,3}) ?/ ?(\d{1,3})")
_STEP = re.compile(
    r"[<>«»‹›|/]+|\.\.\.|…|page|next|previous|prev|first|last|[上下]一?[页頁]|[首尾末][页頁]"
)
# ">>|" and "Last" lead to the last page, past those between: never the next.
_NEXT = re.compile(r"(?:next(?: page)?|下一?[页頁])?\s*[>»›]{0,2}", re.IGNORECASE)


@dataclass(frozen=True)
class Pager:
    """``current`` counts from 1 (None: not told), ``last`` is the largest number that is shown.

    ``next`` is the next page's link as it is written in the page; None when there is none.
    """

    current: int | None = None
    last: int = 1
    next: str | None = None


def is_pager(text: str) -> bool:
    """Whether a line is nothing but page numbers and steps, at least two of them."""
    words = text.lower().replace("/", " / ").split() if len(text) <= LONGEST_PAGER else []
    known = all(_NUMBER.fullmatch(word) or _STEP.fullmatch(word) for word in words)
    return known and len(words) > 1 and any(_NUMBER.fullmatch(word) for word in words)


def read_line(text: str) -> Pager:
    """The pager in a line of plain text, which does not tell a link from the current number."""
    of = _OF.search(text)
    numbers = [int(number) for number in _NUMBER.findall(text)]
    return Pager(int(of[1]) if of else None, max(numbers, default=1))


def read_elements(elements: Iterable[Tag], rel_next: str | None) -> Pager:
    """The pager in its elements (a page may show it twice); ``rel_next`` is a ``rel=next`` link.

    The next page is the link numbered current + 1, else ``rel_next``, else the one that says so.
    """
    links: dict[int, str] = {}
    steps: list[str] = []
    bare = ""
    for string in (node for element in elements for node in element.find_all(string=True)):
        words = " ".join(string.split())
        href = _href(string)
        if href is None:
            bare += f" {words}" if words else ""
        elif _NUMBER.fullmatch(words):
            links.setdefault(int(words), href)
        elif words and _NEXT.fullmatch(words):
            steps.append(href)
    own = read_line(bare)
    last = max(own.last, *links) if links else own.last
    current = own.current or _current(bare, links, last)
    at_end = current is not None and current >= last and (bool(links) or own.current is not None)
    numbered = links.get(current + 1) if current else None
    following = numbered or rel_next or (steps[0] if steps else None)
    return Pager(current, last, None if at_end else following)


def _href(string: NavigableString) -> str | None:
    """Where the link around a string leads; None for no link, or one to nowhere."""
    link = string.find_parent("a")
    href = str(link.get("href") or "").strip() if link else ""
    return None if not href or href.startswith(("#", "javascript:")) else href


def _current(bare: str, links: dict[int, str], last: int) -> int | None:
    """The one number that is no link; else the one that is missing among the links."""
    unlinked = {int(number) for number in _NUMBER.findall(bare)}
    missing = set(range(1, last + 1)) - set(links)
    for candidates in (unlinked, missing if links else set()):
        if len(candidates) == 1:
            return candidates.pop()
    return None
