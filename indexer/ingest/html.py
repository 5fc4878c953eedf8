"""Decode and parse pages, and detect text that a wrong encoding or damage has corrupted."""

import re
import warnings
from collections import Counter
from collections.abc import Iterable
from functools import cached_property
from html.entities import html5
from typing import Any

from bs4 import BeautifulSoup, Comment, ParserRejectedMarkup, Tag
from bs4.dammit import EncodingDetector
from bs4.element import NavigableString, PageElement, PreformattedString

from ..errors import PageError

# Encodings that are trusted where a page declares them; others are often declared wrongly.
_DECLARED = re.compile(
    r"euc-(?:jp|kr)|iso-8859-(?:[2-9]|1[013-6])|koi8-[ru]|mac(?:intosh|-roman)|shift_jis"
    r"|windows-125[013-8]"
)
# Traces of a wrong encoding in English text: unreadable bytes, a Chinese character beside a Latin
# letter ("China抯"), another script after one ("cafй"), accents ("â€™"), control characters.
DAMAGE = re.compile(
    "\ufffd|[a-z][\u2e80-\u9fff\uac00-\ud7a3]|[\u2e80-\u9fff\uac00-\ud7a3][a-z]"
    "|[\u00a1-\u00ff][\u00a1-\u00ff\u2010-\u2122]|[\x00-\x08\x80-\x9f]|[ˇ¨〃]"
    "|[a-z][ÿ\u0400-\u04ff\u2500-\u257f\uff61-\uff9f]"
)
_CORRUPT = re.compile(  # only in text that was decoded twice, or has lost characters
    "[\ufffd\x00-\x1f\x7f-\x9f]|â€|вЂ|тА|Б─|‚Ä|ΓÇ|鈥|锟斤拷|Ã[\u00a0-\u00bf]|Â(?= )"
    r"|[a-z.,][ÒÓÔÕ]|¡[ª¯°±]|£¬|[a-z][?\u25a1]s(?= )|(?<= )\?(?=\w)"  # China?s, ?Roads
    r"|(?<!\S)[A-Za-z]+n\?t(?= )|(?<=\d{4})\?(?=\d{4})|\\u[0-9a-f]{4}"  # don?t, 2016?2017
    r"|(?<=[a-z] )\?(?= [a-z][^.?!]{0,80}[a-z] \? [a-z])"  # two dashes in a sentence
)
# html.parser rescans the rest of a page after every unclosed tag: quadratic time. This limits it to
# a second; a real page needs less than a thousandth of that.
MAX_RESCANNED = 20_000_000
MAX_MARKUP = 50_000  # tags and character references: some seconds; real pages have up to 6,000
MAX_EMPTY = 5  # attributes without a value: an unclosed tag takes the words after it for such
# Elements never displayed, and those beside an article's text. If unclosed, they swallow text.
NEVER = (
    *("audio", "canvas", "datalist", "dialog", "figcaption", "iframe", "noembed", "noframes"),
    *("noscript", "script", "style", "template", "title", "video"),
)
LEFT_OUT = (
    *("address", "aside", "button", "dialog", "figure", "footer", "form", "marquee", "nav"),
    *("object", "select", "svg"),
)

_BARE_SPACE = re.compile(r"&nbsp(?!;)")  # browsers accept it
_NAMED = re.compile(r"&([A-Za-z]\w*;)")  # the parser drops the semicolon of "R&D; this"
_QUOTED = re.compile(r"(?i)(<q(?=[\s>]))|</q>")  # browsers show quotation marks
# An image in a sentence with none of these attributes may stand for words.
_ORNAMENTAL = {"align", "alt", "aria-hidden", "class", "height", "hidden", "style", "width"}
_LETTER_OR_NUMBER = re.compile(r"[A-Z]|\d[\d.,]*")  # as an image's alternative text
_WRITTEN = re.compile(r"[{;\s]content\s*:\s*[\"'][^\"'\\<>]*[A-Za-z]{2}")  # words in a style sheet
_WITHIN = re.compile(r"[a-z,]\s+\0\s+[a-z]")  # NUL stands for the element
_UNFINISHED = re.compile(r"<[a-zA-Z/!?][^>]*")
_SCRIPT = re.compile(r"(<script)[^<]*(?:<(?!/?script)[^<]*)*", re.IGNORECASE)
# An end tag that runs into the next tag, or has no name (but scripts may quote a part of one).
_OPEN_END = re.compile(r"</[a-zA-Z][^<>]*<|</(?![a-zA-Z>\"'])")
_END_TAG = re.compile(r"<(?:/([a-zA-Z]+)\s*|([a-zA-Z]+)[^<>]*/)>")  # or an empty element in XML
# The open elements that a start tag closes, as in browsers (HTML standard, 13.1.2.4).
END_PARAGRAPH = (
    *("address", "article", "aside", "blockquote", "center", "details", "div", "dl", "fieldset"),
    *("figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "main"),
    *("nav", "ol", "p", "pre", "section", "table", "ul"),
)
_ENDED = {
    **dict.fromkeys(END_PARAGRAPH, ("p",)),
    **{name: (name,) for name in ("li", "option", "tr")},
    **dict.fromkeys(("dd", "dt"), ("dd", "dt")),
    **dict.fromkeys(("td", "th"), ("td", "th")),
}
_AROUND = frozenset([*END_PARAGRAPH, "body", "button", "object"])  # what is around these stays open


class Tree(BeautifulSoup):
    """The tree of a page; ``finished`` is true if ``</body>`` or ``</html>`` was reached."""

    finished = False

    def handle_starttag(self, name: str, *args: Any, **options: Any) -> Tag | None:
        """Open an element, after closing those that a browser would close."""
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


def decodings(content: bytes) -> list[str]:
    """Return the possible texts of a page, likeliest first; undecodable bytes become U+FFFD."""
    content, marked = EncodingDetector.strip_byte_order_mark(content)
    try:
        return [content.decode(marked or "utf-8")]  # hardly any other text is valid UTF-8
    except UnicodeDecodeError:
        declared = EncodingDetector.find_declared_encoding(content, is_html=True) or ""
        others = ["utf-8", "windows-1252", "gb18030", "big5"]
        names = [marked] if marked else _DECLARED.findall(declared) + others
        return [content.decode(name, "replace") for name in names]


def find_lost(text: str, is_sure: bool) -> str:
    """Return the first words with lost characters or, unless ``is_sure``, wrong ones; or ""."""
    signs = (_CORRUPT,) if is_sure else (DAMAGE, _CORRUPT)
    for line in text.split("\n"):
        for found in filter(None, (sign.search(line) for sign in signs)):
            return line[max(0, found.start() - 30) : found.end() + 30]
    return ""


def parse(text: str) -> Tree:
    """Return the tree of a page. Raise PageError if it may lack text, or would take too long."""
    text = _QUOTED.sub(lambda tag: f"“{tag[0]}" if tag[1] else f"{tag[0]}”", text)
    text = _NAMED.sub(lambda found: found[0] if found[1] in html5 else f"&amp;{found[1]}", text)
    runs = (match[0] for match in _UNFINISHED.finditer(text))
    rescanned = sum((run.count("<") - 1) * len(run) for run in runs)
    if rescanned > MAX_RESCANNED or text.count("<") + text.count("&") > MAX_MARKUP:
        raise PageError("the page is damaged: it has too many tags, or they never end.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # about XHTML read as HTML
            page = Tree(_BARE_SPACE.sub("&nbsp;", text), "html.parser")
    except ParserRejectedMarkup as error:
        raise PageError("the page is damaged: it cannot be read as HTML.") from error
    has_styled_words = _WRITTEN.search(text) is not None
    for tag in page.find_all(["i", "img", "script", "span"]):
        if _may_be_words(tag, has_styled_words):
            tag.name, tag.string = "del", f"[{tag.get('alt') or tag.name}]"  # shown as doubtful
    _require_ends(page, text)
    return page


def _require_ends(page: Tree, text: str) -> None:
    """Raise PageError if an end tag, a comment, or an element that is not shown never ends."""
    bare = _SCRIPT.sub(r"\1", text)
    if _OPEN_END.search(bare) or bare.rfind("<!--") > bare.rfind("-->"):
        raise PageError("the page is damaged: one of its end tags or comments never ends.")
    ends = Counter((end or empty).lower() for end, empty in _END_TAG.findall(text))
    for name, count in Counter(tag.name for tag in page.tags).items():
        if name in (*NEVER, *LEFT_OUT) and count > ends[name]:
            raise PageError(f"the page is damaged: a <{name}> never ends, so text may be missing.")


def _may_be_words(tag: Tag, has_styled_words: bool) -> bool:
    """Return whether an image, a script, or an element filled by a style sheet may show words."""
    if tag.name == "img":
        heading = tag.find_parent(["h2", "h3", "h4", "h5", "h6"])
        is_all = heading and not (heading.get_text().strip() or heading.find("a"))
        if is_all or _LETTER_OR_NUMBER.fullmatch(str(tag.get("alt"))):
            return True
    before, after = tag.previous_sibling, tag.next_sibling
    is_between = type(before) is NavigableString and type(after) is NavigableString
    if not (is_between and _WITHIN.search(f"{before}\0{after}")):
        return False
    if tag.name == "img":
        return _ORNAMENTAL.isdisjoint(tag.attrs)
    return "document.write" in tag.get_text() or (has_styled_words and not tag.get_text())


def require_sound(nodes: Iterable[PageElement]) -> None:
    """Raise PageError if a tag or comment among ``nodes`` has swallowed what follows."""
    for node in nodes:
        swallowed = False
        if isinstance(node, Tag):
            empty = [name for name, value in node.attrs.items() if value == ""]
            are_words = len(empty) > MAX_EMPTY or any(set(name) & set(",'’") for name in empty)
            swallowed = are_words or "<" in f"{node.name} {node.attrs}"
        elif isinstance(node, PreformattedString):
            swallowed = ("<!--" if isinstance(node, Comment) else "<") in node
        if swallowed:
            raise PageError("the page is damaged: a tag or comment in its text never ends.")
