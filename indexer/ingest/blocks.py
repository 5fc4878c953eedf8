"""Parts of a page's tree -> its lines of text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bs4 import Tag
from bs4.element import NavigableString, PageElement

# Elements that begin and end a line of their own, and those that only break one.
_BLOCKS = re.compile(
    "address|article|aside|blockquote|body|center|d[dlt]|div|fieldset|figcaption|figure|footer|form"
    "|h[1-6]|header|html|li|main|nav|[ou]l|p|pre|section|table|tbody|t[dhr]"
)
_BREAKS = frozenset({"br", "hr"})
_HEADINGS = frozenset({"b", "strong", "h1", "h2", "h3", "h4", "h5", "h6"})
_BOLD = re.compile(r"font-weight\s*:\s*(bold|[6-9]00)", re.IGNORECASE)

_SENTENCE_END = re.compile(r"[.!?;:,。！？；：，…][\"'”’)\]]{0,4}$")


@dataclass(frozen=True)
class Block:
    """A line of a page: its text, spaces made plain, and whether it is marked as a heading."""

    text: str
    marked: bool = False


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
    return _SENTENCE_END.search(text[-10:]) is not None


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


def holds_text(nodes: Iterable[PageElement]) -> bool:
    """Whether there is a sentence in ``nodes`` and what they hold, the labels of links apart."""
    whole = (each for node in nodes for each in (node, *getattr(node, "descendants", ())))
    words = (node for node in whole if node.find_parent("a") is None)
    return any(ends_sentence(block.text) and " " in block.text for block in to_blocks(words))
