"""HTML -> elements and blocks of text; whatever leaves a doubt that all is there is refused."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from bs4 import BeautifulSoup, Comment, ParserRejectedMarkup, Tag
from bs4.element import NavigableString, PageElement

from ..errors import PageError
from .sites import SITES, Site

# Deeper nesting than this is damage: pages of these sites are some 20 deep, and one that leaves
# every paragraph open is as deep as it has paragraphs.
DEEPEST = 2000

# The parser reads on from every tag that never ends, so that time grows with their number times
# the length that is read on. The limit is a second of it; a real page is under a thousandth.
MOST_READING_ON = 20_000_000
MOST_OPEN_COMMENTS = 50

# Elements that begin and end a line of their own, and those that only break one.
_BLOCKS = re.compile(
    "address|article|aside|blockquote|body|center|d[dlt]|div|fieldset|figcaption|figure|footer|form"
    "|h[1-6]|header|html|li|main|nav|[ou]l|p|pre|section|table|tbody|t[dhr]"
)
_BREAKS = frozenset({"br", "hr"})
_HEADINGS = frozenset({"b", "strong", "h1", "h2", "h3", "h4", "h5", "h6"})
_BOLD = re.compile(r"font-weight\s*:\s*(bold|[6-9]00)", re.IGNORECASE)

# What stands inside a body on any of the sites and is none of its text.
FURNITURE = (
    "script, style, noscript, template, iframe, object, nav, aside, footer, form, button, figure, "
    "figcaption, .info, .info_l, [class*=share], [class*=related], [id*=related], "
    "#bread-nav, #bread-nav1, #beian, #wangan"
)

_UNFINISHED = re.compile(r"<[a-zA-Z/!?][^>]*")
_SENTENCE_END = re.compile(r"[.!?;:,。！？；：，…][\"'”’)\]]*$")


@dataclass(frozen=True)
class Block:
    """A line of a page: its text, spaces made plain, and whether it is marked as a heading."""

    text: str
    marked: bool = False


class Markup(BeautifulSoup):
    """A page's tree, which remembers what was never closed.

    ``finished`` tells whether the end of the page was reached; ``unclosed`` are the elements
    that ended only because something around them did; ``stray`` are the names of end tags that
    ended nothing.
    """

    def __init__(self, text: str) -> None:
        self.finished = False
        self.unclosed: list[Tag] = []
        self.stray: set[str] = set()
        super().__init__(text, "html.parser")

    def handle_starttag(self, *args: Any, **kwargs: Any) -> Tag | None:
        """Open an element; nesting that is damage is refused."""
        if len(self.tagStack) > DEEPEST:
            raise ParserRejectedMarkup(f"elements are nested more than {DEEPEST} deep")
        return super().handle_starttag(*args, **kwargs)

    def handle_endtag(self, name: str, nsprefix: str | None = None) -> None:
        """Close an element, and with it those inside that are still open."""
        self.finished = self.finished or name in ("body", "html")
        if self.open_tag_counter.get(name):
            inner = takewhile(lambda tag: tag.name != name, reversed(self.tagStack))
            self.unclosed.extend(inner)
        else:
            self.stray.add(name)
        super().handle_endtag(name, nsprefix)


def parse(text: str, where: str) -> Markup:
    """The tree of a page; ``where`` names it in errors.

    Raises PageError for a page that was cut short, or that no parser reads in reasonable time.
    """
    runs = (match[0] for match in _UNFINISHED.finditer(text))
    reading_on = sum((run.count("<") - 1) * len(run) for run in runs)
    open_comments = text.count("<!--") - text.count("-->")
    if reading_on > MOST_READING_ON or open_comments > MOST_OPEN_COMMENTS:
        raise PageError(f"{where}: the page is damaged: too many of its tags never end.")
    try:
        page = Markup(text)
    except ParserRejectedMarkup as error:
        raise PageError(f"{where}: the page is damaged: {error}.") from error
    if not page.finished:
        raise PageError(f"{where}: the page was cut short: its end (</body>) is missing.")
    return page


def find_body(page: Markup, where: str) -> tuple[Site, list[PageElement]]:
    """The first site whose article body is on the page, and all that is in that body.

    Raises PageError when there is none, or when it does not end where it should.
    """
    for site in SITES:
        element = next((found for each in site.body if (found := page.select_one(each))), None)
        if element is not None:
            if element.name in page.stray and _holds_text(element.next_siblings):
                raise _damaged(where, element)
            return site, list(element.descendants)
        if site.mark and (inside := _between(page, site.mark, where)):
            return site, inside
    raise PageError(
        f"{where}: no article was found on the page: none of the known sites keeps its text so. "
        "Is it the home page, or a page that says that there is nothing?"
    )


def drop(page: Markup, nodes: list[PageElement], pager: str, where: str) -> list[PageElement]:
    """``nodes`` without furniture, and without what the selectors ``pager`` find.

    Raises PageError when an element to be dropped may have swallowed text, as its end is missing.
    """
    inside = {id(node) for node in nodes}
    unclosed = {id(element) for element in page.unclosed}
    doubtful = {element.name for element in page.unclosed}
    unwanted: set[int] = set()
    for element in page.select(f"{FURNITURE}, {pager}" if pager else FURNITURE):
        if id(element) not in inside or id(element) in unwanted:
            continue
        swallows = element.name in doubtful and _holds_text(element.children)
        if swallows or (element.name == "figure" and id(element) in unclosed):
            raise _damaged(where, element)
        unwanted.update(id(node) for node in (element, *element.descendants))
    return [node for node in nodes if id(node) not in unwanted]


def to_blocks(nodes: Iterable[PageElement]) -> Iterator[Block]:
    """The lines of text in ``nodes`` (in document order), without empty ones.

    A line break inside running text (no sentence ends before it, and the words go on in lower
    case) is a space; any other begins a new block.
    """
    held: Block | None = None
    for block, after_break in _lines(nodes):
        if held and after_break and goes_on(held.text, block.text):
            held = Block(f"{held.text} {block.text}", held.marked and block.marked)
            continue
        if held:
            yield held
        held = block
    if held:
        yield held


def ends_sentence(text: str) -> bool:
    """Whether the text closes as a sentence, or a clause of one, does."""
    return _SENTENCE_END.search(text) is not None


def goes_on(before: str, after: str) -> bool:
    """Whether ``after`` goes on with a sentence that ``before`` leaves open."""
    return after[:1].islower() and not ends_sentence(before)


def _lines(nodes: Iterable[PageElement]) -> Iterator[tuple[Block, bool]]:
    """Each line, and whether only a line break parts it from the one before."""
    pieces: list[tuple[str, bool]] = []
    owner: Tag | None = None
    gap = 2  # line breaks since the last line; a block's edge counts as two
    for node in nodes:
        if isinstance(node, Tag):
            breaks = node.name in _BREAKS or _BLOCKS.fullmatch(node.name) is not None
            following = owner
        elif type(node) is NavigableString:
            following = next((tag for tag in node.parents if _BLOCKS.fullmatch(tag.name)), None)
            breaks = following is not owner
        else:
            continue
        if breaks:
            if line := _line(pieces):
                yield line, gap == 1
                gap = 0
            gap += 1 if isinstance(node, Tag) and node.name == "br" else 2
            pieces = []
        owner = following
        if isinstance(node, NavigableString):
            pieces.append((str(node), _is_marked(node)))
    if line := _line(pieces):
        yield line, gap == 1


def _line(pieces: list[tuple[str, bool]]) -> Block | None:
    """Strings put together, with plain single spaces; marked when every word is."""
    text = " ".join("".join(piece for piece, _ in pieces).split())
    return Block(text, all(marked for piece, marked in pieces if piece.strip())) if text else None


def _is_marked(string: NavigableString) -> bool:
    """Whether an element around the string, in its line, marks a heading."""
    for tag in string.parents:
        if tag.name in _HEADINGS or _BOLD.search(str(tag.get("style") or "")):
            return True
        if _BLOCKS.fullmatch(tag.name):
            return False
    return False


def _holds_text(nodes: Iterable[PageElement]) -> bool:
    """Whether there is a sentence in ``nodes`` and what they hold, the labels of links apart."""
    whole = (each for node in nodes for each in (node, *getattr(node, "descendants", ())))
    words = (node for node in whole if node.find_parent("a") is None)
    return any(ends_sentence(block.text) and " " in block.text for block in to_blocks(words))


def _damaged(where: str, element: Tag) -> PageError:
    return PageError(
        f"{where}: the page is damaged: <{element.name}> (line {element.sourceline} of its HTML) "
        "does not end where it should, so that text may be missing."
    )


def _between(page: Markup, mark: str, where: str) -> list[PageElement]:
    """All that stands between the comments ``mark`` and ``/mark``; nothing without them."""
    nodes: list[PageElement] | None = None
    for node in page.descendants:
        said = node.strip() if isinstance(node, Comment) else ""
        if nodes is not None and said == f"/{mark}":
            return nodes
        if nodes is not None:
            nodes.append(node)
        elif said == mark:
            nodes = []
    if nodes is not None:
        raise PageError(f"{where}: the page was cut short: the mark that ends its text is missing.")
    return []
