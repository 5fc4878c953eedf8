"""Determine what a reader sees of a page: which elements are text, and how they look."""

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from bs4 import Tag
from bs4.element import NavigableString
from soupsieve import SelectorSyntaxError

from ..errors import PageError
from .html import END_PARAGRAPH, LEFT_OUT, NEVER, Tree

MAX_MATCHED = 500_000  # hiding selectors times elements: takes seconds; a big saved page has 20,000
BOLD_LEVEL = 7  # the level of a heading in bold letters: below h6
MAX_BETWEEN = 10  # nodes from an image to its caption
MAX_WITHIN = 4  # elements around the words of a cell, such as p, span and b

# "doubtful" is text that is struck, or hidden from some readers by a trick.
Visibility = Literal["text", "hidden", "doubtful", "left out"]

_HIDDEN = re.compile(r"display\s*:\s*none(?!-)|visibility\s*:\s*(hidden|collapse)", re.IGNORECASE)
_VISIBLE = re.compile(r"visibility\s*:\s*visible", re.IGNORECASE)  # within hidden text
_TRICKS = (  # styles that hide words from some readers, or strike them
    r"line-through|content-visibility\s*:\s*hidden|scale\(0\)|translate\w*\([^)]*-\d{3}",
    r"(?<![-\w])color\s*:\s*(?:transparent\b|rgba\((?:[\d\s]+,){3}\s*0\s*\))",
    # White words, unless they have a background.
    r"^(?!.*background).*(?<![-\w])color\s*:\s*(?:white\b|#fff(?:fff)?\b|rgba?\((?:\s*255\b,?){3})",
    r"(?:^|[;\s])(?:clip(?:-path)?\s*:|font-size\s*:\s*1px)",
    r"(?:^|[;\s])(?:(?:margin-)?(?:left|top)|right|text-indent)\s*:\s*-\d{3}",  # left: -999px
    r"(?:^|[;\s])(?:font-size|opacity|(?:max-)?(?:height|width))\s*:\s*\.?0(?![.\d]*[1-9])",
    r"opacity[(=]0(?![.\d]*[1-9])",  # filter: alpha(opacity=0)
)
_TRICK = re.compile("|".join(_TRICKS), re.IGNORECASE)
_TRICK_CLASS = re.compile(
    r"(?:(?:a11y|element|is|js|text|u|visually)[-_]?)?(?:hidden|hide|invisible)"
    r"|(?:d|display)-none|no-?(?:display|show)|off-?screen|sr[-_]only|screen-reader(?:-\w+)?"
    r"|print-only|visible-print(?:-\w+)?|line-through|strike(?:-?through)?|deleted"
)
_BLOCKS = (  # elements that begin and end a line of their own
    *(*END_PARAGRAPH, "body", "caption", "dd", "dt", "figcaption", "html", "legend", "li"),
    *("summary", "tbody", "td", "th", "tr"),
)
_DISPLAYED_AS_BLOCK = re.compile(r"display\s*:\s*(block|flex|grid|list-item|table)", re.IGNORECASE)
_HEADINGS = re.compile("b|big|strong|u|h[1-6]")
_HEADING_TAG = re.compile("^h[1-6]$")
_LINES_KEPT = re.compile(r"^(?:pre|textarea) |white-space\s*:\s*(?:pre|break)", re.IGNORECASE)
_BOLD = re.compile(r"font-weight\s*:\s*(bold|[6-9]00)", re.IGNORECASE)
_SUPERSCRIPT = re.compile(r"vertical-align\s*:\s*super", re.IGNORECASE)
_NOTE_CLASS = re.compile(
    r"(?i)fn|ref|sup(?:erscript)?|(?:mso)?(?:foot|side)note[-_]?(?:mark|number|ref(?:erence)?)?"
)
_SHIFTED = re.compile(r"(?:^|; )top\s*:\s*-\s*\.?\d")  # position: relative; top: -.5em
_CENTRED = re.compile(r"^center |text-align\s*:\s*center", re.IGNORECASE)
_AFTER_WORD = re.compile(r"[\w.,;:!?)\]\"'”’]$")
_NOTE_NUMBER = re.compile(r"\s*[\[(]?\d{1,3}[\])]?\s*")  # a note's: "[12]"
_RULE = re.compile(r"([^{}@;]+)\{([^{}]*)\}")  # selectors { declarations }
_COMMENT = re.compile(r"(?s)/\*.*?\*/")
_NOT_A_RULE = re.compile(r"(?s)/\*.*?\*/|<!--|-->|@media print\s*\{(?:[^{}]*\{[^{}]*\})*")
_NEXT_SELECTOR = re.compile(r",(?![^(]*\))")  # a comma outside parentheses
_CLASS = re.compile(r"(?:^|,)\s*\w*\.([\w-]+)\s*(?=,|$)")  # only ".bold" or "p.bold"
_CLASS_OR_ID = re.compile(r"[.#][\w-]+")
# Anchored, because Beautiful Soup searches with it.
CAPTION = re.compile(r"^(wp|image|img|photo|pic|picture|thumb)[-_]?caption([-_]text)?$")
# Left out: an element of such a class, or a container with such a word in name, class, role or id.
# Only whole words count: "shared-future" is not a share box.
_BOXES = ("div", "dl", "ins", "ol", "section", "table", "ul")
_AD = (
    "ads?|adsbygoogle|adv(?:ert(?:s|ising|isements?|orial)?)?|ad(?:box|sense|slot|unit)|promo"
    "|sponsor(?:ed)?|outbrain|taboola"
)
_LEFT_OUT_CLASS = re.compile(
    rf"(?:{_AD})(?:[-_](?!free)[a-z]+)?|promotion|mw-editsection|tocnumber|msocomtxt"
    "|immersive-translate-target-wrapper|pull-?quote|quote-?box|highlights|key-?points|fb-post"
    "|twitter-tweet|[a-z]+-embed|w(?:s|st)-header|(?:[a-z]+[-_]{1,2})?caption(?:[-_]{1,2}[a-z]+)?"
    "|(?:image|img|photo|pic|picture)(?:[-_]?(?:box|desc?(?:ription)?|info|note|text|title|wrap))?"
    "|disclaimer|source|(?:author|copyright|editors?)[-_](?:info|notes?)"
)
_LEFT_OUT_WORD = re.compile(
    f"{_AD}|about|author|autopage|banner|bdshare\\w*|bio|bottom|breadcrumbs?|citation"
    "|comment(s|list)?|consent|contentinfo|cookies?|copyright|currpage|dialog|disclaimer"
    "|displaypagenum|disqus|donat(?:e|ions?)|feedback|foot(er)?|likes?|modal|mood|nav(igation)?"
    "|newsletter|paywall|poll|popular|popup|qrcode|rating|recommend(ed)?"
    "|related(posts)?|selectpage|share(daddy)?|sidebar|signup|social|subscri\\w+|trending|wechat"
    "|weixin"
)


@dataclass(frozen=True)
class View:
    """The appearance of the strings of an element, which is ``inside`` the body or not.

    ``href`` is the address of the link around it, or empty; ``level`` that of the heading it looks
    like, or 0; ``block`` the ``id()`` of its block; ``lines_kept`` is true if line breaks show.
    """

    kind: Visibility = "text"
    inside: bool = True
    href: str = ""
    raised: bool = False
    level: int = 0
    block: int = 0
    lines_kept: bool = False

    @property
    def is_text(self) -> bool:
        """True if it is text of the body."""
        return self.inside and self.kind == "text"

    @property
    def is_due(self) -> bool:
        """True if its sentences must be in the document."""
        if self.inside:
            return self.kind != "left out" or not self.href
        return self.kind == "text" and not self.href


Views = Mapping[int, View]  # of elements, by their id()


def views(page: Tree, inside: set[int]) -> dict[int, View]:
    """Return the view of each element by its ``id()``; ``inside`` are the ids in the body."""
    found = {id(page): View(inside=False)}
    doubtful, bold = _hidden_by_rules(page) | _captions(page), _bold_by_rules(page)
    for tag in page.tags:
        around, style, name = found[id(tag.parent)], _style(tag), tag.name
        kind = _kind(tag, style, around.kind, id(tag) in doubtful)
        if id(tag) in inside and not around.inside and kind == "left out":
            kind = "text"  # the body itself, whatever is around it
        link = str(tag.get("href") or "").strip() if name == "a" else around.href
        if name == "option" and "." in str(tag.get("value")) and not tag.has_attr("selected"):
            link = str(tag["value"])
        raised = name == "sup" or _SUPERSCRIPT.search(style) or _is_note_mark(tag, style)
        is_block = name in _BLOCKS or _DISPLAYED_AS_BLOCK.search(style)
        levels = [_level(tag, style, bold), 0 if is_block else around.level]
        found[id(tag)] = View(
            kind,
            inside=id(tag) in inside,
            href=link,
            raised=around.raised or bool(raised),
            level=min(filter(None, levels), default=0),
            block=id(tag) if is_block else around.block,
            lines_kept=around.lines_kept or bool(_LINES_KEPT.search(f"{name} {style}")),
        )
    return found


def _level(tag: Tag, style: str, bold: set[str]) -> int:
    """Return an element's heading level, BOLD_LEVEL for bold letters or ``bold`` classes, or 0."""
    if tag.get("role") == "heading":
        return int(str(tag["aria-level"])) if tag.get("aria-level") in [*"123456"] else 2
    is_bold = _BOLD.search(style) or bold.intersection(tag.get_attribute_list("class"))
    if not (_HEADINGS.fullmatch(tag.name) or is_bold) or _is_cell(tag):
        return 0
    return int(tag.name[1]) if _HEADING_TAG.match(tag.name) else BOLD_LEVEL


def _style(tag: Tag) -> str:
    """Return an element's style, with the last or "!important" declaration of each property."""
    found = dict[str, str]()
    for each in _COMMENT.sub("", str(tag.get("style") or "")).split(";"):
        name, _, value = each.lower().partition(":")
        if "!important" in value or "!important" not in found.get(name.strip(), ""):
            found[name.strip()] = value
    return "; ".join(f"{name}:{value}" for name, value in found.items() if name[:2] != "--")


def _kind(tag: Tag, style: str, around: Visibility, is_doubtful: bool) -> Visibility:
    """Return the visibility of an element in one with the visibility ``around``."""
    classes = tag.get_attribute_list("class")
    is_never = tag.name in NEVER and not tag.has_attr("open")
    if is_never or tag.has_attr("hidden") or _HIDDEN.search(style):
        return "hidden"
    if around == "hidden" and _VISIBLE.search(style):
        return "doubtful"
    if around != "text":
        return around
    if any(map(CAPTION.match, classes)):
        return "hidden"
    is_trick = _TRICK.search(style) or any(map(_TRICK_CLASS.fullmatch, classes))
    is_struck = tag.name in ("del", "s", "strike")
    if is_doubtful or is_trick or is_struck or tag.get("aria-hidden") == "true":
        return "doubtful"
    is_named = any(map(_LEFT_OUT_CLASS.fullmatch, classes)) or _is_named_left_out(tag, classes)
    return "left out" if is_named or _is_aside(tag) else "text"


def _is_aside(tag: Tag) -> bool:
    """Return whether an element, by its name, is beside the text."""
    if tag.name == "figure":
        return tag.find("table") is None
    if tag.name == "button":  # one in a heading folds its section
        return tag.parent is None or not _HEADING_TAG.match(tag.parent.name)
    return tag.name in LEFT_OUT


def _is_named_left_out(tag: Tag, classes: Sequence[str]) -> bool:
    """Return whether a container's name, class, role or id has a word for what is left out."""
    if tag.name not in _BOXES and "-" not in tag.name:
        return False
    # The id of a section may be made from its heading.
    named = tag.name != "section" or tag.get("id") == "comments"
    names = [*classes, tag.name, tag.get("role"), tag.get("id") if named else ""]
    words = re.findall(r"[A-Z]?[a-z]+|[A-Z]+", " ".join(str(name) for name in names if name))
    return any(_LEFT_OUT_WORD.fullmatch(word.lower()) for word in words)


def _is_cell(tag: Tag) -> bool:
    """Return whether an element fills a table cell that is beside other cells with text."""
    around = (tag, *islice(tag.parents, MAX_WITHIN))
    cell = next((each for each in around if each.name == "td"), None)
    if cell is None or cell.get_text().strip() != tag.get_text().strip() or not cell.parent:
        return False
    cells = cell.parent.find_all("td", recursive=False)
    return sum(bool(each.get_text().strip()) for each in cells) > 1


def _is_note_mark(tag: Tag, style: str) -> bool:
    """Return whether a tag is a note's number: beside a word, and linked, raised or named so."""
    named = any(map(_NOTE_CLASS.fullmatch, map(str, tag.get_attribute_list("class"))))
    if not (named or "#" in str(tag.get("href") or "") or _SHIFTED.search(style)):
        return False
    before, mark = tag.previous_sibling, tag.get_text().strip()
    words = (before.get_text() if before else "").rstrip(" " if mark.startswith("[") else "")
    is_before_word = not words and str(tag.next_sibling or "")[:1].isalpha()
    return bool((is_before_word or _AFTER_WORD.search(words)) and _NOTE_NUMBER.fullmatch(mark))


def _captions(page: Tree) -> set[int]:
    """Return the ids of captions: sentences right after an image that look or end like captions."""
    found = set[int]()
    for image in page.select("img"):
        after = islice(image.next_elements, MAX_BETWEEN)
        strings = (each for each in after if type(each) is NavigableString and each.strip())
        words = next(strings, None)
        if words is None or words.parent is None:
            continue
        is_credit = words.rstrip().endswith((".)", ".]"))
        if not (is_credit or words.rstrip().endswith((".", "!", "?", "。"))):
            continue
        tag, around = words.parent, islice(words.parents, 2)
        styles = [f"{each.get('align') or each.name} {each.get('style')}" for each in around]
        is_small = tag.name == "small" or str(tag.get("size")) == "1"
        is_beside = tag.name in ("em", "i") and tag.parent is image.parent
        if is_small or is_beside or is_credit or any(map(_CENTRED.search, styles)):
            found.add(id(tag))
    return found


def _rules(page: Tree) -> list[tuple[str, str]]:
    """Return the selectors and the declarations of the page's style sheets."""
    sheets = [tag.get_text() for tag in page.select("style") if tag.get("media") != "print"]
    return [rule for sheet in sheets for rule in _RULE.findall(_NOT_A_RULE.sub("", sheet))]


def _bold_by_rules(page: Tree) -> set[str]:
    """Return the classes that the page's style sheets show in bold letters."""
    lists = [names for names, rule in _rules(page) if _BOLD.search(rule)]
    return {name for names in lists for name in _CLASS.findall(names)}


def _hidden_by_rules(page: Tree) -> set[int]:
    """Return the ids of elements that the page's style sheets hide, perhaps on some screens."""
    # Where a rule makes words white, another may give them a background.
    looks = [(names, f"background; {rule}") for names, rule in _rules(page)]
    lists = {names for names, look in looks if _HIDDEN.search(look) or _TRICK.search(look)}
    hiding = {selector for names in lists for selector in _NEXT_SELECTOR.split(names)}
    # A plain selector with a class or id that is not on the page selects nothing.
    on_page = {f".{name}" for tag in page.tags for name in tag.get_attribute_list("class")}
    on_page |= {f"#{tag.get('id')}" for tag in page.tags}
    plain = {each for each in hiding if set(each).isdisjoint("([\\")}
    idle = {each for each in plain if not on_page.issuperset(_CLASS_OR_ID.findall(each))}
    selectors = hiding - idle
    if len(selectors) * len(page.tags) > MAX_MATCHED:
        raise PageError("the page is damaged: it has too many rules that hide text.")
    hidden = set[int]()
    for selector in selectors:
        with suppress(SelectorSyntaxError, NotImplementedError):  # "p::before" cannot be evaluated
            hidden.update(map(id, page.select(selector)))
    return hidden
