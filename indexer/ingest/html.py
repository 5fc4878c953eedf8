"""HTML -> a tree, and what a reader sees of it; a page that may have lost its end is refused."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from bs4 import BeautifulSoup, Comment, ParserRejectedMarkup, Tag
from bs4.element import PageElement, PreformattedString
from soupsieve import SelectorSyntaxError

from ..errors import PageError

# Deeper nesting is damage: pages of these sites are some 20 deep, and one that leaves every
# paragraph open is as deep as it has paragraphs.
DEEPEST = 2000

# html.parser rescans the rest of the page after every unterminated tag: quadratic time. This caps
# the product at a second; a real page takes less than a thousandth of it.
MOST_RESCANNED = 20_000_000

# Tags and character references take the longest to parse: the limit is some seconds. A real page
# has 2,000, and one with a reference for every space 6,000.
MOST_MARKUP = 50_000

# Never displayed, whatever the style sheet says.
_NEVER = re.compile(
    "audio|canvas|datalist|iframe|noscript|object|script|select|style|svg|template|title|video"
)
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_INVISIBLE = re.compile(r"visibility\s*:\s*(hidden|collapse)", re.IGNORECASE)
_VISIBLE = re.compile(r"visibility\s*:\s*visible", re.IGNORECASE)
# Struck text, and tricks that hide text from some readers only. It is no text, but a doubt.
_STRUCK = re.compile("del|s|strike")
_TRICK = re.compile(
    r"line-through|color\s*:\s*transparent|scale\(0\)|content-visibility\s*:\s*hidden"
    r"|(?:^|[;\s])(?:clip(?:-path)?\s*:|(?:margin-)?(?:left|top)\s*:\s*-\d{3}|text-indent\s*:\s*-\d{3}"
    r"|(?:font-size|opacity|(?:max-)?(?:height|width))\s*:\s*0(?![.\d]*[1-9]))",
    re.IGNORECASE,
)
_TRICK_CLASSES = re.compile(
    "d-none|hidden|hide|invisible|offscreen|screen-reader-text|sr-only|visually-hidden"
)
_RULE = re.compile(r"([^{}@;]+)\{([^{}]*)\}")

# Elements that are no text where they stand in an article: by name, or by a word of the class or
# id of a container. Only whole words count: "shared-future" is not a share box.
_LEFT_OUT = re.compile("aside|button|figure|footer|form|nav")
_CONTAINERS = re.compile("div|dl|ins|ol|section|table|ul")
_LEFT_OUT_WORDS = re.compile(
    "ads?|adsbygoogle|advert(isement)?|autopage|breadcrumbs?|comments?|copyright|currpage"
    "|displaypagenum|footer|nav(igation)?|pager|pagination|popup|recommend(ed)?|related|selectpage"
    "|share|sidebar|social|sponsored"
)

_UNFINISHED = re.compile(r"<[a-zA-Z/!?][^>]*")
# An end tag in which the next tag begins, or none at all; scripts write half of one in quotes.
_OPEN_END = re.compile(r"</[a-zA-Z][^<>]*<|</(?![a-zA-Z>\"'])")


class Markup(BeautifulSoup):
    """A page's tree. ``where`` names it in errors.

    ``finished`` tells whether the end of the page was reached. ``unclosed`` are the ids of elements
    that ended only because something around them did.
    """

    def __init__(self, text: str, where: str) -> None:
        self.where = where
        self.finished = False
        self.unclosed: set[int] = set()
        super().__init__(text, "html.parser")

    def handle_starttag(self, *args: Any, **kwargs: Any) -> Tag | None:
        """Open an element. Raise PageError if it is nested deeper than any page is."""
        if len(self.tagStack) > DEEPEST:
            raise self.damaged(f"it is nested more than {DEEPEST:,} deep")
        return super().handle_starttag(*args, **kwargs)

    def handle_endtag(self, name: str, nsprefix: str | None = None) -> None:
        """Close an element, and with it those inside that are still open.

        The end of the page closes nothing: browsers read on behind it, and some pages have it in
        the middle of their text.
        """
        if name in ("body", "html"):
            self.finished = True
            return
        if self.open_tag_counter.get(name):
            for tag in reversed(self.tagStack):
                if tag.name == name or id(tag) in self.unclosed:
                    break
                self.unclosed.add(id(tag))
        super().handle_endtag(name, nsprefix)

    def damaged(self, how: str) -> PageError:
        """Return the error that says how the page is damaged."""
        return PageError(f"{self.where}: the page is damaged: {how}.")


def parse(text: str, where: str) -> Markup:
    """Return the tree of a page; ``where`` names it in errors.

    Raise PageError for a page that is truncated, or that no parser reads in reasonable time.
    """
    runs = (match[0] for match in _UNFINISHED.finditer(text))
    rescanned = sum((run.count("<") - 1) * len(run) for run in runs)
    if rescanned > MOST_RESCANNED or text.count("<") + text.count("&") > MOST_MARKUP:
        raise PageError(f"{where}: the page is damaged: it has too many tags, or they never end.")
    try:
        page = Markup(text, where)
    except ParserRejectedMarkup as error:
        raise PageError(f"{where}: the page is damaged: it cannot be read as HTML.") from error
    if _OPEN_END.search(text):
        raise page.damaged("one of its end tags never ends")
    if not page.finished or text.rfind("<!--") > text.rfind("-->"):
        raise PageError(f"{where}: the page was cut short: its end is missing.")
    return page


@dataclass(frozen=True)
class View:
    """How a reader sees the strings of an element.

    ``left_out`` is a kind of element that is no text where it stands in an article, ``doubtful``
    one whose text is struck, or hidden by a trick. ``href`` is the target of the link around it.
    """

    displayed: bool = True
    visible: bool = True
    left_out: bool = False
    doubtful: bool = False
    caption: bool = False
    raised: bool = False
    href: str | None = None

    @property
    def shown(self) -> bool:
        """Whether a reader sees it."""
        return self.displayed and self.visible

    @property
    def text(self) -> bool:
        """Whether it is text of the article, inside of its body."""
        return self.shown and not (self.left_out or self.doubtful or self.caption)

    def is_due(self, inside: bool) -> bool:
        """Whether its sentences must be in the text; ``inside`` of the body or not.

        A caption never is, nor are the links of what is left out. Outside of the body nothing is
        due that is left out or doubtful, nor any link.
        """
        extra = self.left_out or not inside
        other = not inside and (self.left_out or self.doubtful)
        return self.shown and not self.caption and not other and not (extra and self.href)


def views(page: Markup, inside: set[int]) -> dict[int, View]:
    """Return the view of each element, by its ``id()``; ``inside`` are those of the body.

    Raise PageError if an element that is no text swallows the body's text, as its end is missing.
    """
    found = {id(page): View()}
    tricks = _hidden_by_rules(page)
    for tag in page.find_all(True):
        around = found[id(tag.parent)]
        if id(tag) in inside and id(tag.parent) not in inside:  # the body itself
            around = replace(around, left_out=False, doubtful=False)
        view = found[id(tag)] = _view(tag, around, id(tag) in tricks)
        ends = id(tag) not in page.unclosed or id(tag) not in inside
        if around.text and not view.text and not ends:
            raise page.damaged(
                f"<{tag.name}> (line {tag.sourceline} of its HTML) does not end where it should, "
                "so text may be missing"
            )
    return found


def _view(tag: Tag, around: View, trick: bool) -> View:
    style, classes = str(tag.get("style") or ""), _names(tag, "class")
    hidden = _NEVER.fullmatch(tag.name) or tag.has_attr("hidden") or _HIDDEN.search(style)
    invisible = _INVISIBLE.search(style) or not (around.visible or _VISIBLE.search(style))
    struck = _STRUCK.fullmatch(tag.name) or tag.get("aria-hidden") == "true"
    trick = trick or any(map(_TRICK_CLASSES.fullmatch, classes)) or bool(_TRICK.search(style))
    words = map(_LEFT_OUT_WORDS.fullmatch, _words([*classes, *_names(tag, "id")]))
    named = _CONTAINERS.fullmatch(tag.name) and any(words)
    raised = tag.name == "sup" or re.search(r"vertical-align\s*:\s*super", style)
    return View(
        displayed=around.displayed and not hidden,
        visible=not invisible,
        left_out=around.left_out or bool(named or _LEFT_OUT.fullmatch(tag.name)),
        doubtful=around.doubtful or trick or bool(struck),
        caption=around.caption or tag.name == "figcaption",
        raised=around.raised or bool(raised),
        href=(str(tag.get("href") or "").strip() or None) if tag.name == "a" else around.href,
    )


def _names(tag: Tag, attribute: str) -> list[str]:
    return [str(name) for name in tag.get_attribute_list(attribute) if name]


def _words(names: Iterable[str]) -> list[str]:
    """Return the words of names, in lower case: "share-box", "shareBox" and "Share_Box"."""
    return [word.lower() for name in names for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+", name)]


def _hidden_by_rules(page: Markup) -> set[int]:
    """Return the ids of elements that a style sheet of the page hides, perhaps on some screens."""
    hidden = set[int]()
    for sheet in page.find_all("style"):
        for selector, rule in _RULE.findall(sheet.get_text()):
            if _HIDDEN.search(rule) or _INVISIBLE.search(rule):
                try:
                    hidden.update(map(id, page.select(selector)))
                except SelectorSyntaxError:  # it is no selector, or selects by what is not here
                    continue
    return hidden


def require_sound(page: Markup, nodes: Iterable[PageElement]) -> None:
    """Raise PageError if a tag or comment among ``nodes`` has swallowed the markup after it."""
    for node in nodes:
        if isinstance(node, Tag) and "<" in f"{node.name} {node.attrs}":
            raise page.damaged(f"a tag never ends (line {node.sourceline} of its HTML)")
        start = "<!--" if isinstance(node, Comment) else "<"
        if isinstance(node, PreformattedString) and start in node:
            raise page.damaged("a comment in its text never ends")
