"""Parts of a page's tree -> its lines of text, and what its pager says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bs4 import Tag
from bs4.element import NavigableString, PageElement

# Elements that begin and end a line of their own; <br> only breaks one.
_BLOCKS = re.compile(
    "address|article|aside|blockquote|body|center|d[dlt]|div|fieldset|figcaption|figure|footer|form"
    "|h[1-6r]|header|html|li|main|nav|[ou]l|p|pre|section|table|tbody|t[dhr]"
)
_HEADINGS = re.compile("b|strong|h[1-6]")
_BOLD = re.compile(r"font-weight\s*:\s*(bold|[6-9]00)", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?;:,。！？；：，…][\"'”’)\]]{0,4}$")
LONGEST_END = 10  # letters in which it is looked for: a stop, and what closes behind it

# A longer line is no pager: "1 2 3 ... 20 Next" has about 60 characters.
LONGEST_PAGER = 200

_NUMBER = re.compile(r"\d{1,3}")
_OF = re.compile(r"(\d{1,3}) ?/ ?(\d{1,3})")
_STEP = re.compile(
    r"[<>«»‹›|/]+|\.\.\.|…|page|next|previous|prev|first|last|[上下]一?[页頁]|[首尾末][页頁]"
)
# ">>|" and "Last" lead to the last page, past those between: never the next.
_NEXT = re.compile(r"(?:next(?: page)?|下一?[页頁])?\s*[>»›]{0,2}", re.IGNORECASE)


@dataclass(frozen=True)
class Block:
    """A line of a page: its text, spaces made plain, and whether it is marked as a heading."""

    text: str
    marked: bool = False


@dataclass(frozen=True)
class Pager:
    """``current`` counts from 1 (None: not told), ``last`` is the largest number that is shown.

    ``next`` is the next page's link as it is written in the page; None when there is none.
    """

    current: int | None = None
    last: int = 1
    next: str | None = None


def to_blocks(nodes: Iterable[PageElement]) -> Iterator[Block]:
    """The lines of text in ``nodes`` (in document order), without empty ones.

    A line break inside running text (no sentence ends before it, and the words go on in lower
    case) is a space; any other begins a new block.
    """
    line: list[NavigableString] = []
    end = ""  # the last letters of the line
    around: Tag | None = None
    breaks = 0
    for node in nodes:
        if isinstance(node, Tag):
            breaks += 2 if _BLOCKS.fullmatch(node.name) else int(node.name == "br")
        elif type(node) is NavigableString and (words := node.strip()):
            block = next((tag for tag in node.parents if _BLOCKS.fullmatch(tag.name)), None)
            breaks += 0 if block is around else 2
            if line and (breaks > 1 or (breaks and not goes_on(end, words))):
                yield _block(line)
                line, end = [], ""
            line += [NavigableString(" "), node] if breaks else [node]
            end = (end + words)[-LONGEST_END:]
            around, breaks = block, 0
        elif type(node) is NavigableString and line:
            line.append(node)
    if line:
        yield _block(line)


def plain(text: str) -> str:
    """The words with plain single spaces (also for no-break and ideographic ones)."""
    return " ".join(text.split())


def ends_sentence(text: str) -> bool:
    """Whether the text closes as a sentence, or a clause of one, does."""
    return _SENTENCE_END.search(text[-LONGEST_END:]) is not None


def goes_on(before: str, after: str) -> bool:
    """Whether ``after`` goes on with a sentence that ``before`` leaves open."""
    return after[:1].islower() and not ends_sentence(before)


def holds_text(nodes: Iterable[PageElement]) -> bool:
    """Whether there is a sentence in ``nodes`` and what they hold, the labels of links apart."""
    whole = (each for node in nodes for each in (node, *getattr(node, "descendants", ())))
    words = (node for node in whole if node.find_parent("a") is None)
    return any(ends_sentence(block.text) and " " in block.text for block in to_blocks(words))


def _block(line: list[NavigableString]) -> Block:
    return Block(plain("".join(line)), all(map(_is_marked, line)))


def _is_marked(string: NavigableString) -> bool:
    """Whether an element around the string, in its line, marks a heading; white space may be."""
    if not string.strip():
        return True
    for tag in string.parents:
        if _HEADINGS.fullmatch(tag.name) or _BOLD.search(str(tag.get("style") or "")):
            return True
        if _BLOCKS.fullmatch(tag.name):
            break
    return False


def is_pager(text: str) -> bool:
    """Whether a line is nothing but page numbers and steps, at least two of them."""
    words = text.lower().replace("/", " / ").split() if len(text) <= LONGEST_PAGER else []
    known = all(_NUMBER.fullmatch(word) or _STEP.fullmatch(word) for word in words)
    return known and len(words) > 1 and any(_NUMBER.fullmatch(word) for word in words)


def read_line(text: str) -> Pager:
    """The pager in a line of plain text, which does not tell a link from the current number."""
    of = _OF.search(text)
    return Pager(int(of[1]) if of else None, max(_numbers(text), default=1))


def read_elements(elements: Iterable[Tag], rel_next: str | None) -> Pager:
    """The pager in its elements (a page may show it twice); ``rel_next`` is a ``rel=next`` link.

    The current page is told ("1/3"), or the one number that is no link, or the one that is missing
    among the links. The next is the link numbered current + 1, else ``rel_next``, else the one
    that says so; there is none on the last page, whatever the links say.
    """
    links: dict[int, str] = {}
    steps: list[str] = []
    bare = ""
    for string in (node for element in elements for node in element.find_all(string=True)):
        words, href = plain(string), _href(string)
        if href is None:
            bare += f" {words}" if words else ""
        elif _NUMBER.fullmatch(words):
            links.setdefault(int(words), href)
        elif words and _NEXT.fullmatch(words):
            steps.append(href)
    told = read_line(bare)
    last = max(told.last, *links, 1)
    missing = set(range(1, last + 1)) - set(links) if links else set[int]()
    single = (min(numbers) for numbers in (_numbers(bare), missing) if len(numbers) == 1)
    current = told.current or next(single, None)
    if current and current >= last and (links or told.current):
        return Pager(current, last)
    numbered = links.get(current + 1) if current else None
    return Pager(current, last, numbered or rel_next or next(iter(steps), None))


def _numbers(text: str) -> set[int]:
    return set(map(int, _NUMBER.findall(text)))


def _href(string: NavigableString) -> str | None:
    """Where the link around a string leads; None for no link, or one to nowhere."""
    link = string.find_parent("a")
    href = str(link.get("href") or "").strip() if link else ""
    return None if not href or href.startswith(("#", "javascript:")) else href
