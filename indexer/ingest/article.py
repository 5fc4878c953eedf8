"""The parts of a page that are the article: its title, the nodes of its body, its dates."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bs4 import BeautifulSoup, Comment, Tag
from bs4.element import PageElement

from ..errors import PageError
from ..text import normalise
from .html import View
from .lines import plain, to_lines

# Where the sites of the paper have the body (which may be several elements in a row), the most
# telling selector first; SCIO has only a comment at its start. Then the title and the date.
_BODIES = (".Artical_Content", "#Content, .artTxt", "#container_txt, #artbody")
_BODY_MARK = "enpcontent"
_TITLES = ("h1", "#Title_e, .Artical_Title, #title, .title")
_DATES = ".Artical_Info, .info_l, .info, #guild, .pubtime, .date, .time, time"
_DATE_METAS = "meta[name=publishdate], meta[name=pubdate], meta[name=publish_time]"

# The longest title of a white paper has some 120 characters; a longer one is a damaged page.
LONGEST_TITLE = 300

# On another site, or after a redesign, the body is the innermost container of so much of the
# page's text (links apart); a page with fewer characters of it is not an article. A page of the
# paper has 20,000, a page that says that nothing was found under 500.
BODY_SHARE = 0.8
LEAST_TEXT = 1000
_CONTAINERS = (
    *("article", "body", "center", "div", "form", "html", "main", "section"),
    *("table", "tbody", "tr", "td"),
)
_SUFFIX = re.compile(r"\s*(\||_| -- ).*$", re.DOTALL)
_LABEL = re.compile(r"^full text\s*[:：]\s*", re.IGNORECASE)


def find_body(page: BeautifulSoup) -> set[int]:
    """Return the ids of the nodes of the article's body. Raise PageError if there is none."""
    bodies = next(filter(None, map(page.select, _BODIES)), None) or [_heaviest(page)]
    return {id(node) for body in bodies for node in (body, *body.descendants)}


def _heaviest(page: BeautifulSoup) -> Tag:
    """Return the innermost container of most of the page's text, links and scripts apart.

    It is around SCIO's mark, if there is one.
    """
    mark = page.find(string=lambda text: isinstance(text, Comment) and text.strip() == _BODY_MARK)
    if mark and mark.parent:
        return mark.parent
    weights: dict[int, int] = {}
    for node in reversed(list(page.descendants)):
        own = 0 if isinstance(node, (Tag, Comment)) else len(node.get_text(strip=True))
        if isinstance(node, Tag) and node.name in ("a", "script", "style"):
            weights[id(node)] = 0
        weight = weights.get(id(node), 0) + own
        weights[id(node.parent)] = weights.get(id(node.parent), 0) + weight
    whole = weights.get(id(page), 0)
    if whole < LEAST_TEXT:
        raise PageError(
            "no article was found on the page: it has hardly any text. Is it the home page, or a "
            "page that says that there is nothing?"
        )
    body: Tag = page
    while inner := [
        tag
        for tag in body.find_all(_CONTAINERS, recursive=False)
        if weights.get(id(tag), 0) >= BODY_SHARE * whole
    ]:
        (body,) = inner
    return body


def find_title(page: BeautifulSoup, seen: Mapping[int, View]) -> tuple[str, list[PageElement]]:
    """Return the title, and the nodes of the page behind it (all, if it is in the head only).

    It is the element, or all first headings together, with the words of the head's title; else the
    first whose words are among these; else the first; else the head's title without its suffix.
    """
    head = plain(page.title.get_text(" ")) if page.title else ""
    bare = _SUFFIX.sub("", head)
    titles = [
        (plain(" ".join(line.shown for line in to_lines(tag.descendants, seen, set()))), tag)
        for selector in _TITLES
        for tag in page.select(selector)
        if seen[id(tag)].shown
    ]
    if headings := [each for each in titles if each[1].name == "h1"]:
        titles.append((" ".join(text for text, _ in headings), headings[-1][1]))
    titles = [each for each in titles if 0 < len(each[0]) <= LONGEST_TITLE]
    if titles:
        text, tag = min(titles, key=lambda each: _rank(each[0], bare, head))
        return without_label(text), list(tag.next_elements)[len(list(tag.descendants)) :]
    if not 0 < len(bare) <= LONGEST_TITLE:
        raise PageError("no title was found on the page.")
    return without_label(bare), list(page.descendants)


def _rank(text: str, bare: str, head: str) -> tuple[bool, bool]:
    return normalise(text) != normalise(bare), normalise(text) not in normalise(head)


def without_label(title: str) -> str:
    """Return a title without "Full text:" before it."""
    return _LABEL.sub("", title)


def told_dates(page: BeautifulSoup) -> list[str]:
    """Return the texts of the page in which its date may be."""
    metas = [str(meta.get("content")) for meta in page.select(_DATE_METAS)]
    return [element.get_text(" ") for element in page.select(_DATES)] + metas
