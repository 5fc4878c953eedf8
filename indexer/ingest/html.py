"""Parse HTML; refuse a page that may have lost text."""

import re
import warnings
from collections import Counter
from collections.abc import Iterable
from functools import cached_property
from html.entities import html5
from typing import Any

from bs4 import BeautifulSoup, Comment, ParserRejectedMarkup, Tag
from bs4.element import NavigableString, PageElement, PreformattedString

from ..errors import PageError

# html.parser rescans the rest of a page after every unclosed tag: quadratic time. This limits it to
# a second; a real page needs less than a thousandth of that.
MAX_RESCANNED = 20_000_000

MAX_MARKUP = 50_000  # tags and character references: some seconds; real pages have up to 6,000

MAX_EMPTY = 5  # attributes without a value: an unclosed tag takes the words after it for such

# Elements never displayed, and elements of an article outside its text. Unclosed, all swallow text.
NEVER = (
    *("audio", "canvas", "datalist", "dialog", "figcaption", "iframe", "noembed", "noframes"),
    *("noscript", "script", "style", "template", "title", "video"),
)
LEFT_OUT = (
    *("aside", "button", "dialog", "figure", "footer", "form", "nav", "object", "select", "svg"),
)

_BARE_SPACE = re.compile(r"&nbsp(?!;)")  # browsers read it
_NAMED = re.compile(r"&([A-Za-z]\w*;)")  # the parser drops the semicolon of "R&D; this"
_SHOWN = (  # words that browsers show for markup: quotation marks, letters and numbers in images
    (re.compile(r"(?i)(?<![\"“])(?<!quo;)(?<!quot;)<q(?=[\s>])"), "“<q"),
    (re.compile(r"(?i)</q>(?![\"”]|&(?:rdquo|quot);)"), "</q>”"),
    (re.compile(r"<img\b[^<>]*\salt=([\"']?)([A-Z])\1(?=[\s/>])[^<>]*>(?=[a-z])"), r"\2"),
    (re.compile(r"(?<=\s)<img\b[^<>]*\salt=([\"']?)(\d[\d.,]*)\1(?=[\s/>])[^<>]*>(?= )"), r"\2"),
)
_ORNAMENTAL = frozenset(  # an image without any of these may stand for words in a sentence
    {"align", "alt", "aria-hidden", "class", "height", "hidden", "style", "width"}
)
_WRITTEN = re.compile(r"[{;\s]content\s*:\s*[\"'][^\"'\\<>]*[A-Za-z]{2}")  # words in a style sheet
_WITHIN = re.compile(r"[a-z,]\s+\0\s+[a-z]")
_UNFINISHED = re.compile(r"<[a-zA-Z/!?][^>]*")
_SCRIPT = re.compile(r"(<script)[^<]*(?:<(?!/?script)[^<]*)*", re.IGNORECASE)
# An end tag that runs into the next tag, or has no name; scripts quote half of one.
_OPEN_END = re.compile(r"</[a-zA-Z][^<>]*<|</(?![a-zA-Z>\"'])")
_END_TAG = re.compile(r"<(?:/([a-zA-Z]+)\s*|([a-zA-Z]+)[^<>]*/)>")  # or one that is both, in XML

# The open elements that a start tag closes, as in browsers (HTML standard, 13.1.2.4).
_END_PARAGRAPH = (
    *("address", "article", "aside", "blockquote", "center", "details", "div", "dl", "fieldset"),
    *("figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "main"),
    *("nav", "ol", "p", "pre", "section", "table", "ul"),
)
_ENDED = {
    **dict.fromkeys(_END_PARAGRAPH, ("p",)),
    **{name: (name,) for name in ("li", "option", "tr")},
    **dict.fromkeys(("dd", "dt"), ("dd", "dt")),
    **dict.fromkeys(("td", "th"), ("td", "th")),
}
_AROUND = frozenset([*_END_PARAGRAPH, "body", "button", "object"])  # it closes none around these


class Tree(BeautifulSoup):
    """The tree of a page; ``finished`` is true if its end tag was reached."""

    finished = False

    def handle_starttag(self, name: str, *args: Any, **options: Any) -> Tag | None:
        """Open an element, and close those that it ends in a browser."""
        ended = _ENDED.get(name, ())
        for tag in reversed(self.tagStack) if ended else ():
            if tag.name in ended:
                super().handle_endtag(tag.name)
            if tag.name in (*ended, *_AROUND):
                break
        return super().handle_starttag(name, *args, **options)

    def handle_endtag(self, name: str, nsprefix: str | None = None) -> None:
        """Close an element, but not the page: browsers read on after its end tag."""
        if name in ("body", "html"):
            self.finished = True
        elif name == "br" and self.tagStack[-1].name != name:  # "</br>" is a line break, too
            self.handle_starttag(name, None, None, {})
            super().handle_endtag(name)
        else:
            super().handle_endtag(name, nsprefix)

    @cached_property
    def tags(self) -> list[Tag]:
        """All elements, in order."""
        return [node for node in self.descendants if isinstance(node, Tag)]


def parse(text: str) -> Tree:
    """Return the tree of a page. Raise PageError if it may have lost text or takes too long."""
    for markup, shown in _SHOWN:
        text = markup.sub(shown, text)
    text = _NAMED.sub(lambda found: found[0] if found[1] in html5 else f"&amp;{found[1]}", text)
    runs = (match[0] for match in _UNFINISHED.finditer(text))
    rescanned = sum((run.count("<") - 1) * len(run) for run in runs)
    if rescanned > MAX_RESCANNED or text.count("<") + text.count("&") > MAX_MARKUP:
        raise PageError("the page is damaged: it has too many tags, or they never end.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # that XHTML is read as HTML
            page = Tree(_BARE_SPACE.sub("&nbsp;", text), "html.parser")
    except ParserRejectedMarkup as error:
        raise PageError("the page is damaged: it cannot be read as HTML.") from error
    _strike_drawn(page, bool(_WRITTEN.search(text)))
    bare = _SCRIPT.sub(r"\1", text)
    if _OPEN_END.search(bare) or bare.rfind("<!--") > bare.rfind("-->"):
        raise PageError("the page is damaged: one of its end tags or comments never ends.")
    ends = Counter((end or empty).lower() for end, empty in _END_TAG.findall(text))
    for name, count in Counter(tag.name for tag in page.tags).items():
        if name in (*NEVER, *LEFT_OUT) and count > ends[name]:
            raise PageError(f"the page is damaged: a <{name}> never ends, so text may be missing.")
    return page


def _strike_drawn(page: Tree, styled: bool) -> None:
    """Strike what may show words in mid-sentence: images, scripts, what a style sheet fills."""
    for tag in page.find_all(["i", "img", "script", "span"]):
        before, after = tag.previous_sibling, tag.next_sibling
        if not (type(before) is type(after) is NavigableString):
            continue
        writes = tag.name == "script" and "document.write" in tag.get_text()
        is_bare = tag.name == "img" and _ORNAMENTAL.isdisjoint(tag.attrs)
        is_filled = styled and tag.name in ("i", "span") and not tag.get_text()
        if (writes or is_bare or is_filled) and _WITHIN.search(f"{before}\0{after}"):
            tag.name, tag.string = "del", f"[{tag.name}]"


def require_sound(nodes: Iterable[PageElement]) -> None:
    """Raise PageError if a tag or comment among ``nodes`` has swallowed what follows."""
    for node in nodes:
        swallowed = False
        if isinstance(node, Tag):
            empty = [name for name, value in node.attrs.items() if value == ""]
            has_text = len(empty) > MAX_EMPTY or any(set(name) & set(",'’") for name in empty)
            swallowed = has_text or "<" in f"{node.name} {node.attrs}"
        elif isinstance(node, PreformattedString):
            swallowed = ("<!--" if isinstance(node, Comment) else "<") in node
        if swallowed:
            raise PageError("the page is damaged: a tag or comment in its text never ends.")
