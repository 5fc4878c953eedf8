"""Parse HTML, and tell what a reader sees; refuse a page that may have lost text."""

from __future__ import annotations

import re
import warnings
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Literal

from bs4 import BeautifulSoup, Comment, ParserRejectedMarkup, Tag
from bs4.element import NavigableString, PageElement, PreformattedString
from soupsieve import SelectorSyntaxError

from ..errors import PageError

# html.parser rescans the rest of the page after every unterminated tag: quadratic time. This caps
# the product at a second; a real page takes less than a thousandth of it.
MOST_RESCANNED = 20_000_000

# Tags and character references take the longest to parse: the limit is some seconds. A real page
# has 2,000, and one with a reference for every space 6,000.
MOST_MARKUP = 50_000

# Selectors of rules that hide, times elements: some seconds. A saved page of a big site has 20,000.
MOST_MATCHED = 500_000

MOST_BETWEEN = 10  # nodes from an image to its caption
MOST_EMPTY = 5  # attributes without a value: a tag that never ends has the words behind it as such

# "doubtful" is text that is struck, or hidden from some readers by a trick.
Kind = Literal["text", "hidden", "doubtful", "left out"]

# Never displayed, or no part of the text. Each needs its end tag, or it would swallow text.
NEVER = (
    *("audio", "canvas", "datalist", "dialog", "figcaption", "iframe", "noembed", "noframes"),
    *("noscript", "object", "script", "style", "template", "title", "video"),
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*(hidden|collapse)", re.IGNORECASE)
_VISIBLE = re.compile(r"visibility\s*:\s*visible", re.IGNORECASE)
_TRICK = re.compile(
    r"(?i)line-through|(?<![-\w])color\s*:\s*(?:transparent\b|rgba\((?:[\d\s]+,){3}\s*0\s*\))"
    r"|^(?!.*background).*(?<![-\w])color\s*:\s*(?:white\b|#fff(?:fff)?\b|rgba?\((?:\s*255\b,?){3})"
    r"|scale\(0\)|translate\w*\([^)]*-\d{3}|content-visibility\s*:\s*hidden"
    r"|opacity[(=]0(?![.\d]*[1-9])|(?:^|[;\s])(?:clip(?:-path)?\s*:|font-size\s*:\s*1px"
    r"|(?:(?:margin-)?(?:left|top)|right|text-indent)\s*:\s*-\d{3}"
    r"|(?:font-size|opacity|(?:max-)?(?:height|width))\s*:\s*0(?![.\d]*[1-9]))"
)
_TRICK_CLASS = re.compile(
    r"(?:(?:a11y|element|is|js|text|u|visually)[-_]?)?(?:hidden|hide|invisible)"
    r"|(?:d|display)-none|no-?(?:display|show)|off-?screen|sr[-_]only|screen-reader(?:-\w+)?"
    r"|print-only|visible-print(?:-\w+)?|line-through|strike(?:-?through)?|deleted"
)
# Elements that begin and end a line of their own.
_BLOCKS = re.compile(
    "address|article|aside|blockquote|body|caption|center|d[dlt]|details|div|fieldset|figcaption"
    "|figure|footer|form|h[1-6r]|header|html|legend|li|main|nav|[ou]l|p|pre|section|summary|table"
    "|tbody|t[dhr]"
)
_DISPLAYED_AS_BLOCK = re.compile(r"display\s*:\s*(block|flex|grid|list-item|table)", re.IGNORECASE)
_HEADINGS = re.compile("b|strong|h[1-6]")
_LINES_KEPT = re.compile(r"^(?:pre|textarea) |white-space\s*:\s*(?:pre|break)", re.IGNORECASE)
_BOLD = re.compile(r"font-weight\s*:\s*(bold|[6-9]00)", re.IGNORECASE)
_RAISED = re.compile(r"vertical-align\s*:\s*super", re.IGNORECASE)
_CENTRED = re.compile(r"^center |text-align\s*:\s*center", re.IGNORECASE)
_AFTER_WORD, _MARK = re.compile(r"[\w.,;:!?)\]\"'”’]$"), re.compile(r"\s*[\[(]?\d{1,3}[\])]?\s*")
_RULE = re.compile(r"([^{}@;]+)\{([^{}]*)\}")
_NO_RULE = re.compile(r"(?s)/\*.*?\*/|<!--|-->|@media print\s*\{(?:[^{}]*\{[^{}]*\})*")
_NEXT_SELECTOR = re.compile(r",(?![^(]*\))")
_CLASS_OR_ID = re.compile(r"[.#][\w-]+")

# Elements of an article that are not part of its text: by name, or by a word of the class or
# id of a container. Only whole words count: "shared-future" is not a share box.
_LEFT_OUT = ("aside", "button", "dialog", "figure", "footer", "form", "nav", "select", "svg")
_FOLDING = re.compile("h[1-6]")  # a heading that is a button folds its section
_NEED_AN_END = (*NEVER, *_LEFT_OUT)  # they swallow text if they never end
_CONTAINERS = ("div", "dl", "ins", "ol", "section", "table", "ul")
_CAPTION = re.compile(r"(wp|image|img|photo|pic|picture|thumb)[-_]?caption([-_]text)?")
_AD = (
    "ads?|adsbygoogle|adv(?:ert(?:s|ising|isements?|orial)?)?|ad(?:box|sense|slot|unit)|promo"
    "|sponsor(?:ed)?|outbrain|taboola"
)
_LEFT_OUT_CLASS = re.compile(
    rf"(?:{_AD})(?:[-_](?!free)[a-z]+)?|promotion|mw-editsection|msocomtxt"
    "|immersive-translate-target-wrapper|(?:[a-z]+[-_]{1,2})?caption(?:[-_]{1,2}[a-z]+)?"
    "|(?:image|img|photo|pic|picture)(?:[-_]?(?:box|desc?(?:ription)?|info|note|text|title|wrap))?"
)
_LEFT_OUT_WORD = re.compile(
    f"{_AD}|autopage|breadcrumbs?|comment(s|list)?|copyright|currpage|dialog|displaypagenum"
    "|footer|modal|nav(igation)?|pager|pagination|popup|recommend(ed)?|related|selectpage|qrcode"
    "|share|sidebar|signup|social|wechat|weixin|cookies?|consent|newsletter|subscri\\w+|paywall"
    "|disqus"
    "|(?P<outside>author|foot|bottom|banner|popular|trending|disclaimer|about|bio|contentinfo)"
)

_UNFINISHED = re.compile(r"<[a-zA-Z/!?][^>]*")
_SCRIPT = re.compile(r"(<script)[^<]*(?:<(?!/?script)[^<]*)*", re.IGNORECASE)
# An end tag in which the next tag begins, or none at all; scripts write half of one in quotes.
_OPEN_END = re.compile(r"</[a-zA-Z][^<>]*<|</(?![a-zA-Z>\"'])")
_END_TAG = re.compile(r"<(?:/([a-zA-Z]+)\s*|([a-zA-Z]+)[^<>]*/)>")  # or one that is both, in XML


class Tree(BeautifulSoup):
    """A page's tree; ``finished`` is true if the end of the page was reached."""

    finished = False

    def handle_endtag(self, name: str, nsprefix: str | None = None) -> None:
        """Close an element, but not the page: browsers read on after its end tag."""
        if name in ("body", "html"):
            self.finished = True
        else:
            super().handle_endtag(name, nsprefix)

    @cached_property
    def tags(self) -> list[Tag]:
        """All elements, in order."""
        return [node for node in self.descendants if isinstance(node, Tag)]

    @cached_property
    def _places(self) -> Mapping[str, list[int]]:
        """The positions of the elements by each name: their own, "#id" and ".class"."""
        places = defaultdict[str, list[int]](list)
        for at, tag in enumerate(self.tags):
            places[tag.name].append(at)
            if tag.attrs:
                for name in {f"#{tag.get('id')}", *(f".{each}" for each in classes_of(tag))}:
                    places[name].append(at)
        return places

    def named(self, *names: str) -> list[Tag]:
        """Return the elements with any of the names, ".classes" or "#ids", in order."""
        places = {at for name in names for at in self._places.get(name, ())}
        return [self.tags[at] for at in sorted(places)]


def classes_of(tag: Tag) -> list[str]:
    """Return the classes of an element."""
    return [str(name) for name in tag.get_attribute_list("class") if name]


def parse(text: str) -> Tree:
    """Return the tree of a page.

    Raise PageError if it cannot be read in reasonable time, or may have lost text to an element
    or a comment without an end.
    """
    runs = (match[0] for match in _UNFINISHED.finditer(text))
    rescanned = sum((run.count("<") - 1) * len(run) for run in runs)
    if rescanned > MOST_RESCANNED or text.count("<") + text.count("&") > MOST_MARKUP:
        raise PageError("the page is damaged: it has too many tags, or they never end.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # that XHTML is read as HTML
            page = Tree(text, "html.parser")
    except ParserRejectedMarkup as error:
        raise PageError("the page is damaged: it cannot be read as HTML.") from error
    markup = _SCRIPT.sub(r"\1", text)
    if _OPEN_END.search(markup) or markup.rfind("<!--") > markup.rfind("-->"):
        raise PageError("the page is damaged: one of its end tags or comments never ends.")
    ends = Counter((end or empty).lower() for end, empty in _END_TAG.findall(text))
    for name, count in Counter(tag.name for tag in page.named(*_NEED_AN_END)).items():
        if count > ends[name]:
            raise PageError(f"the page is damaged: a <{name}> never ends, so text may be missing.")
    return page


@dataclass(frozen=True)
class View:
    """The look of the strings of an element, ``inside`` of the body of the page or not.

    ``href`` is the target of the link around it, or empty. ``block`` is the ``id()`` of the element
    of whose lines it is a part. ``marked`` is true if it looks like a heading, ``lines_kept``
    if its line breaks are shown.
    """

    kind: Kind = "text"
    inside: bool = True
    href: str = ""
    raised: bool = False
    marked: bool = False
    block: int = 0
    lines_kept: bool = False

    @property
    def is_due(self) -> bool:
        """True when its sentences must be in the text: most inside, outside all but links."""
        if self.inside:
            return self.kind != "left out" or not self.href
        return self.kind == "text" and not self.href


def views(page: Tree, inside: set[int]) -> dict[int, View]:
    """Return the view of each element by its ``id()``; ``inside`` are those of the body."""
    found, tricks = {id(page): View(inside=False)}, _hidden_by_rules(page) | _captions(page)
    for tag in page.tags:
        around, style, name = found[id(tag.parent)], str(tag.get("style") or ""), tag.name
        kind = _kind(tag, style, around.kind, id(tag) in tricks, id(tag) in inside)
        if id(tag) in inside and not around.inside and kind == "left out":
            kind = "text"  # the body itself, whatever is around it
        link = str(tag.get("href") or "").strip() if name == "a" else around.href
        raised = name == "sup" or _RAISED.search(style) or _is_note_mark(tag)
        is_block = _BLOCKS.fullmatch(name) or _DISPLAYED_AS_BLOCK.search(style)
        heading = _HEADINGS.fullmatch(name) or _BOLD.search(style)
        found[id(tag)] = View(
            kind,
            inside=id(tag) in inside,
            href=link,
            raised=around.raised or bool(raised),
            marked=bool(heading) or (around.marked and not is_block),
            block=id(tag) if is_block else around.block,
            lines_kept=around.lines_kept or bool(_LINES_KEPT.search(f"{name} {style}")),
        )
    return found


def _kind(tag: Tag, style: str, around: Kind, trick: bool, inside: bool) -> Kind:
    """Return the kind of an element inside one of the kind ``around``."""
    is_never = tag.name in NEVER and not tag.has_attr("open")
    if is_never or tag.has_attr("hidden") or _HIDDEN.search(style):
        return "hidden"
    if around == "hidden" and _VISIBLE.search(style):
        return "doubtful"
    if around != "text":
        return around
    classes = classes_of(tag)
    if any(map(_CAPTION.fullmatch, classes)):
        return "hidden"
    tricks = trick or _TRICK.search(style) or any(map(_TRICK_CLASS.fullmatch, classes))
    if tricks or tag.name in ("del", "s", "strike") or tag.get("aria-hidden") == "true":
        return "doubtful"
    if not inside and tag.name == "p" and _is_teaser(tag):
        return "left out"
    folds = tag.name == "button" and tag.parent and _FOLDING.fullmatch(tag.parent.name)
    if (tag.name in _LEFT_OUT and not folds) or any(map(_LEFT_OUT_CLASS.fullmatch, classes)):
        return "left out"
    if tag.name not in _CONTAINERS and "-" not in tag.name:
        return "text"
    # The id of a section may be made of the words of its heading.
    names = [*classes, tag.name, tag.get("role"), tag.get("id") if tag.name != "section" else ""]
    words = re.findall(r"[A-Z]?[a-z]+|[A-Z]+", " ".join(str(name) for name in names if name))
    found = filter(None, (_LEFT_OUT_WORD.fullmatch(word.lower()) for word in words))
    named = any(not (inside and word["outside"]) for word in found)
    return "left out" if named else "text"


def _is_teaser(tag: Tag) -> bool:
    """Return whether an element stands below a heading that is a link to another page."""
    before = tag.find_previous_sibling()
    link = before.find("a", href=True) if before and _HEADINGS.fullmatch(before.name) else None
    is_away = link and "#" not in str(link["href"])
    return bool(before and link and is_away and link.get_text() == before.get_text())


def _is_note_mark(tag: Tag) -> bool:
    """Return whether an element is a link within the page from a number beside a word."""
    if "#" not in str(tag.get("href") or ""):
        return False
    before, mark = tag.previous_sibling, tag.get_text().strip()
    words = (before.get_text() if before else "").rstrip(" " if mark.startswith("[") else "")
    is_before_word = not words and str(tag.next_sibling or "")[:1].isalpha()
    return bool((is_before_word or _AFTER_WORD.search(words)) and _MARK.fullmatch(mark))


def _captions(page: Tree) -> set[int]:
    """Return the ids of elements with a centred sentence right below an image."""
    found = set[int]()
    for image in page.named("img"):
        after = islice(image.next_elements, MOST_BETWEEN)
        words = [each for each in after if type(each) is NavigableString and each.strip()]
        around = list(islice(words[0].parents, 2)) if words else []
        styles = [f"{tag.get('align') or tag.name} {tag.get('style')}" for tag in around]
        if any(map(_CENTRED.search, styles)) and words[0].rstrip()[-1] in ".!?。":
            found.add(id(around[0]))
    return found


def _hidden_by_rules(page: Tree) -> set[int]:
    """Return the ids of elements that a style sheet of the page hides, perhaps on some screens."""
    sheets = [tag.get_text() for tag in page.named("style") if tag.get("media") != "print"]
    rules = [rule for sheet in sheets for rule in _RULE.findall(_NO_RULE.sub("", sheet))]
    # Where a rule makes words white, another may give them a background.
    looks = [(names, f"background; {rule}") for names, rule in rules]
    lists = {names for names, look in looks if _HIDDEN.search(look) or _TRICK.search(look)}
    hiding = {selector for names in lists for selector in _NEXT_SELECTOR.split(names)}
    # One that needs a class or an id that is not on the page selects nothing.
    selectors = [
        each
        for each in hiding
        if set(each) & set("([\\") or all(map(page.named, _CLASS_OR_ID.findall(each)))
    ]
    if len(selectors) * len(page.tags) > MOST_MATCHED:
        raise PageError("the page is damaged: it has too many rules that hide text.")
    hidden = set[int]()
    for selector in selectors:
        # It may select by what is not in a saved page.
        with suppress(SelectorSyntaxError, NotImplementedError):
            hidden.update(map(id, page.select(selector)))
    return hidden


def require_sound(nodes: Iterable[PageElement]) -> None:
    """Raise PageError if a tag or comment among ``nodes`` has swallowed what comes after it."""
    for node in nodes:
        attributes = node.attrs if isinstance(node, Tag) else {}
        tag = f"{node.name} {attributes}" if isinstance(node, Tag) else ""
        words = [name for name, value in attributes.items() if value == ""]
        is_text = len(words) > MOST_EMPTY or any(set(word) & set(",'’") for word in words)
        comment = node if isinstance(node, PreformattedString) else ""
        marks = "<!--" if isinstance(node, Comment) else "<"
        if "<" in tag or marks in comment or is_text:
            raise PageError("the page is damaged: a tag or comment in its text never ends.")
