"""Find the elements of a page that hold its article."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from bs4 import Comment, Tag
from bs4.element import NavigableString

from .html import Tree
from .titles import SECTION

# The body on the known sites, perhaps of several elements, best selector first.
_BODIES = (".Artical_Content", "#Content, .artTxt", "#container_txt, #artbody")

# Elsewhere the body is the innermost container of this share of the page's text, links apart:
# comments and teasers may have nearly as much.
BODY_SHARE = 0.5
_BODY_TAGS = ("article", "body", "center", "div", "form", "main", "section", "td")


class Body(NamedTuple):
    """The elements with the article; ``is_known`` if they are those of a known site.

    ``page_size`` is the number of characters of the whole page, links apart.
    """

    tags: Sequence[Tag]
    is_known: bool
    page_size: int


def find_body(page: Tree) -> Body:
    """Return the body of the first article, as a page may scroll on into the next."""
    known = next(filter(None, map(page.select, _BODIES)), []) or _marked(page)
    heaviest, size = _heaviest(page)
    tags = known or [heaviest]
    order = {id(tag): number for number, tag in enumerate([page, *page.tags])}
    inside = {id(heading) for tag in tags for heading in tag.find_all("h1")}
    outside = (tag for tag in page.select("h1") if id(tag) not in inside)
    titles = [order[id(tag)] for tag in outside if not SECTION.match(tag.get_text().strip())]
    start = max([order[id(tags[0])], *titles[:1]])  # a teaser may be above the title
    stop = min((at for at in titles if at > start), default=len(order))
    first = [tag for tag in tags if order[id(tag)] < stop]
    return Body(first, bool(known), size)


def _marked(page: Tree) -> list[Tag]:
    """Return the element around SCIO's comment at the start of the body, if the page has one."""
    mark = page.find(string=lambda text: isinstance(text, Comment) and text.strip() == "enpcontent")
    return [mark.parent] if mark and mark.parent else []


def _heaviest(page: Tree) -> tuple[Tag, int]:
    """Return the innermost container of most of the page's text, and the size of all its text."""
    weights = Counter[int]()
    for node in reversed(list(page.descendants)):  # an element comes after what it contains
        weight = len(node.strip()) if type(node) is NavigableString else weights[id(node)]
        is_link = isinstance(node, Tag) and node.name == "a" and node.has_attr("href")
        weights[id(node.parent)] += 0 if is_link else weight
    size = weights[id(page)]
    containers = (tag for tag in page.tags if tag.name in _BODY_TAGS)
    heavy = (tag for tag in containers if weights[id(tag)] >= BODY_SHARE * size)
    return [page, *heavy][-1], size
