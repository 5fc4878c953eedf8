"""HTML -> elements and blocks of text; whatever leaves a doubt that all is there is refused."""

from __future__ import annotations

import re
from typing import Any

from bs4 import BeautifulSoup, Comment, ParserRejectedMarkup, Tag
from bs4.element import PageElement, PreformattedString

from ..errors import PageError
from .lines import holds_text
from .sites import SITES, Site

# Deeper nesting than this is damage: pages of these sites are some 20 deep, and one that leaves
# every paragraph open is as deep as it has paragraphs.
DEEPEST = 2000

# The parser reads on from every tag that never ends, so that time grows with their number times
# the length that is read on. The limit is a second of it; a real page is under a thousandth.
MOST_READING_ON = 20_000_000

# Tags and character references, which take the longest: the limit is some seconds, a real page has
# 2,000, and one with a reference for every space 6,000.
MOST_MARKUP = 50_000

# What stands inside a body on any of the sites and is none of its text.
FURNITURE = (
    "script, style, noscript, template, iframe, object, nav, aside, footer, form, button, figure, "
    "figcaption, .info, .info_l, [class*=share], [class*=related], [id*=related], "
    "#bread-nav, #bread-nav1, #beian, #wangan"
)

_UNFINISHED = re.compile(r"<[a-zA-Z/!?][^>]*")
# An end tag in which the next tag begins, or none at all; scripts write half of one in quotes.
_OPEN_END = re.compile(r"</[a-zA-Z][^<>]*<|</(?![a-zA-Z>\"'])")


class Markup(BeautifulSoup):
    """A page's tree, which remembers what was never closed; ``where`` names it in errors.

    ``finished`` tells whether the end of the page was reached; ``unclosed`` are the elements
    that ended only because something around them did; ``stray`` are the names of end tags that
    ended nothing.
    """

    def __init__(self, text: str, where: str) -> None:
        self.where = where
        self.finished = False
        self.unclosed: dict[int, Tag] = {}
        self.stray: set[str] = set()
        super().__init__(text, "html.parser")

    def handle_starttag(self, *args: Any, **kwargs: Any) -> Tag | None:
        """Open an element. Raises PageError when it is nested deeper than any page is."""
        if len(self.tagStack) > DEEPEST:
            raise self.damaged(f"it is nested more than {DEEPEST:,} deep")
        return super().handle_starttag(*args, **kwargs)

    def handle_endtag(self, name: str, nsprefix: str | None = None) -> None:
        """Close an element, and with it those inside that are still open.

        That of the page closes nothing: browsers read on behind it, for it stands amid some texts.
        """
        if self.open_tag_counter.get(name):
            for tag in reversed(self.tagStack):
                if tag.name == name or id(tag) in self.unclosed:
                    break
                self.unclosed[id(tag)] = tag
        else:
            self.stray.add(name)
        if name in ("body", "html"):
            self.finished = True
        else:
            super().handle_endtag(name, nsprefix)

    @property
    def doubtful(self) -> set[str]:
        """The names of elements whose beginnings and ends do not go together on this page."""
        return self.stray.union(element.name for element in self.unclosed.values())

    def damaged(self, how: str) -> PageError:
        """The error that says how the page is damaged."""
        return PageError(f"{self.where}: the page is damaged: {how}.")

    def astray(self, element: Tag) -> PageError:
        """The error that says that an element does not end where it should."""
        return self.damaged(
            f"<{element.name}> (line {element.sourceline} of its HTML) does not end where it "
            "should, so that text may be missing"
        )


def parse(text: str, where: str) -> Markup:
    """The tree of a page; ``where`` names it in errors.

    Raises PageError for a page that was cut short, or that no parser reads in reasonable time.
    """
    runs = (match[0] for match in _UNFINISHED.finditer(text))
    reading_on = sum((run.count("<") - 1) * len(run) for run in runs)
    if reading_on > MOST_READING_ON or text.count("<") + text.count("&") > MOST_MARKUP:
        raise PageError(f"{where}: the page is damaged: it has too many tags, or they never end.")
    try:
        page = Markup(text, where)
    except ParserRejectedMarkup as error:
        raise PageError(f"{where}: the page is damaged: it is no HTML that can be read.") from error
    if _OPEN_END.search(text):
        raise page.damaged("one of its end tags never ends")
    if not page.finished or text.rfind("<!--") > text.rfind("-->"):
        raise PageError(f"{where}: the page was cut short: its end is missing.")
    return page


def find_body(page: Markup) -> tuple[Site, list[PageElement]]:
    """The first site whose article body is on the page, and all that is in that body.

    Raises PageError when there is none, or when it does not end where it should.
    """
    for site in SITES:
        element = page.select_one(site.body) if site.body else None
        if element is not None:
            if element.name in page.doubtful and holds_text(element.next_siblings):
                raise page.astray(element)
            return site, list(element.descendants)
        if site.mark and (inside := _between(page, site.mark)):
            return site, inside
    raise PageError(
        f"{page.where}: no article was found on the page: none of the known sites keeps its text "
        "so. Is it the home page, or a page that says that there is nothing?"
    )


def drop(page: Markup, nodes: list[PageElement], pager: str) -> list[PageElement]:
    """``nodes`` without furniture, and without what the selectors ``pager`` find.

    Raises PageError when what is to be dropped may have swallowed text, as its end is missing.
    """
    for node in nodes:  # what never ends has swallowed the next tag, and what is between them
        if isinstance(node, Tag) and "<" in f"{node.name} {node.attrs}":
            raise page.astray(node)
        tag = "<!--" if isinstance(node, Comment) else "<"
        if isinstance(node, PreformattedString) and tag in node:
            raise page.damaged("a comment in its text never ends")
    inside, doubtful, unwanted = set(map(id, nodes)), page.doubtful, set[int]()
    for element in page.select(f"{FURNITURE}, {pager}" if pager else FURNITURE):
        if id(element) not in inside or id(element) in unwanted:
            continue
        swallows = element.name in doubtful and holds_text(element.children)
        if swallows or id(element) in page.unclosed:
            raise page.astray(element)
        unwanted.update(map(id, (element, *element.descendants)))
    return [node for node in nodes if id(node) not in unwanted]


def _between(page: Markup, mark: str) -> list[PageElement]:
    """All that stands between the comments ``mark`` and ``/mark``; nothing without them."""
    nodes = list(page.descendants)
    said = [node.strip() if isinstance(node, Comment) else "" for node in nodes]
    if mark not in said:
        return []
    start = said.index(mark) + 1
    if f"/{mark}" not in said[start:]:
        raise PageError(
            f"{page.where}: the page was cut short: the mark that ends its text is missing."
        )
    return nodes[start : said.index(f"/{mark}", start)]
