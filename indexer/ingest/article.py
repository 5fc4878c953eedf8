"""The parts of a page that are the article: its title, and the nodes of its body."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bs4 import Comment, Tag
from bs4.element import PageElement

from ..errors import PageError
from ..text import normalise
from .html import Markup, View
from .lines import plain, to_lines
from .sites import SITES, UNKNOWN, Site

# The longest title of a white paper has some 120 characters; a longer one is a damaged page.
LONGEST_TITLE = 300

# On an unknown site, the body is the innermost container of so much of the page's text (links
# apart); a page with fewer characters of it is not an article. A page of the paper has 20,000, a
# page that says that nothing was found under 500.
BODY_SHARE = 0.8
LEAST_TEXT = 1000
_CONTAINERS = ("article", "body", "center", "div", "form", "html", "main", "section")
_TABLES = ("table", "tbody", "tr", "td")
_SUFFIX = re.compile(r"\s*(\||_| -- ).*$", re.DOTALL)
_LABEL = re.compile(r"^full text\s*[:：]\s*", re.IGNORECASE)


def find_body(page: Markup) -> tuple[Site, set[int]]:
    """Return the first site whose article body is on the page, and the ids of its nodes."""
    for site in SITES:
        bodies = page.select(site.body) if site.body else []
        nodes = [node for body in bodies for node in (body, *body.descendants)]
        nodes += _between(page, site.mark) if site.mark else []
        if nodes:
            return site, set(map(id, nodes))
    body = _heaviest(page)
    return UNKNOWN, set(map(id, (body, *body.descendants)))


def _between(page: Markup, mark: str) -> list[PageElement]:
    """Return the nodes between the comments ``mark`` and ``/mark``; none without them."""
    nodes = list(page.descendants)
    marks = [node.strip() if isinstance(node, Comment) else "" for node in nodes]
    if mark not in marks:
        return []
    start = marks.index(mark) + 1
    if f"/{mark}" not in marks[start:]:
        raise PageError(
            f"{page.where}: the page was cut short: the mark that ends its text is missing."
        )
    return nodes[start : marks.index(f"/{mark}", start)]


def _heaviest(page: Markup) -> Tag:
    """Return the innermost container of most of the page's text. Raise PageError if there is none.

    Links and scripts do not count.
    """
    weights: dict[int, int] = {}
    for node in reversed(list(page.descendants)):
        own = 0 if isinstance(node, (Tag, Comment)) else len(node.get_text(strip=True))
        if isinstance(node, Tag) and node.name in ("a", "script", "style"):
            weights[id(node)] = 0
        weight = weights.get(id(node), 0) + own
        weights[id(node.parent)] = weights.get(id(node.parent), 0) + weight
    whole = weights.get(id(page), 0)
    body: Tag = page
    if whole < LEAST_TEXT:
        raise PageError(
            f"{page.where}: no article was found on the page: it has hardly any text. Is it the "
            "home page, or a page that says that there is nothing?"
        )
    while inner := [
        tag
        for tag in body.find_all([*_CONTAINERS, *_TABLES], recursive=False)
        if weights.get(id(tag), 0) >= BODY_SHARE * whole
    ]:
        (body,) = inner
    return body


def find_title(page: Markup, site: Site, seen: Mapping[int, View]) -> tuple[str, list[PageElement]]:
    """Return the title, and the nodes of the page behind it (all, if it is in the head only).

    It is the element, or the elements together, with the words of the head's title; else the
    first whose words are among these; else the first; else the head's title without its suffix.
    """
    head = plain(page.title.get_text(" ")) if page.title else ""
    elements = [element for element in page.select(site.title) if seen[id(element)].shown]
    texts = [
        plain(" ".join(line.shown for line in to_lines(element.descendants, seen, set())))
        for element in elements
    ]
    titles = [*zip(texts, elements, strict=True), (" ".join(texts), elements[-1])] if texts else []
    titles = [(text, element) for text, element in titles if 0 < len(text) <= LONGEST_TITLE]
    bare = normalise(_SUFFIX.sub("", head))
    same = [each for each in titles if normalise(each[0]) == bare]
    among = [each for each in titles if normalise(each[0]) in normalise(head)]
    for text, element in [*same, *among, *titles][:1]:
        title = {id(node) for node in (element, *element.descendants)}
        nodes = list(page.descendants)
        last = max(at for at, node in enumerate(nodes) if id(node) in title)
        return without_label(text), nodes[last + 1 :]
    text = without_label(_SUFFIX.sub("", head))
    if not 0 < len(text) <= LONGEST_TITLE:
        raise PageError(f"{page.where}: no title was found on the page.")
    return text, list(page.descendants)


def without_label(title: str) -> str:
    """Return a title without "Full text:" before it."""
    return _LABEL.sub("", title)
