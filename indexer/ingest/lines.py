"""Parts of a page's tree -> its lines: what each says, and what of it is text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from bs4 import Tag
from bs4.element import NavigableString, PageElement

from ..text import normalise
from .html import View

# Elements that begin and end a line of their own; <br> only breaks one.
_BLOCKS = re.compile(
    "address|article|aside|blockquote|body|caption|center|d[dlt]|details|div|fieldset|figcaption"
    "|figure|footer|form|h[1-6r]|header|html|legend|li|main|nav|[ou]l|p|pre|section|summary|table"
    "|tbody|t[dhr]"
)
_DISPLAYED_AS_BLOCK = re.compile(r"display\s*:\s*(block|flex|grid|list-item|table)", re.IGNORECASE)
_HEADINGS = re.compile("b|strong|h[1-6]")
_BOLD = re.compile(r"font-weight\s*:\s*(bold|[6-9]00)", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?;:,。！？；：，…][\"'”’)\]]{0,4}$")
LONGEST_END = 10  # letters in which it is looked for: a stop, and what closes behind it

# Superscripts are written as such, or "10" with an exponent would be another number. That of a
# note is no text: it stands behind a letter, a stop or a year, and not behind "km".
_DIGITS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_NOTE = re.compile(
    r"(?:(?<=[^\W\d_])|(?<=[.,;:!?)\]\"'”’])|(?<=\b(?:19|20)\d\d))(?<!\b[kcmd]m)(?<!\bm)"
    r"[\[(]?[⁰¹²³⁴-⁹]+(?:[,–-] ?[⁰¹²³⁴-⁹]+)*[\])]?(?!\w)"
)
_NOTE_LETTER = re.compile("[a-z]")


@dataclass(frozen=True)
class Block:
    """A line of text, spaces made plain, and whether it is marked as a heading."""

    text: str
    marked: bool = False


@dataclass(frozen=True)
class Piece:
    """A string of a line: whether it is text, and whether its sentences must be in the text.

    ``href`` is the target of the link around it, if any.
    """

    words: str
    text: bool = True
    due: bool = True
    marked: bool = False
    href: str | None = None


@dataclass(frozen=True)
class Line:
    """A line as a reader sees it; ``inside`` of the body of the page, or not."""

    pieces: tuple[Piece, ...]
    inside: bool = True

    @cached_property
    def shown(self) -> str:
        """All its words."""
        return plain("".join(piece.words for piece in self.pieces))

    @cached_property
    def due(self) -> str:
        """The words whose sentences must be in the text."""
        return plain("".join(piece.words for piece in self.pieces if piece.due))

    @cached_property
    def block(self) -> Block:
        """The words that are text."""
        pieces = [piece for piece in self.pieces if piece.text]
        marked = all(piece.marked or not piece.words.strip() for piece in pieces)
        return Block(plain("".join(piece.words for piece in pieces)), marked)

    @property
    def is_torn(self) -> bool:
        """True when only some of its due words are text: part of it is struck, or left out."""
        return bool(self.block.text) and normalise(self.due) != normalise(self.block.text)


def to_lines(
    nodes: Iterable[PageElement], views: Mapping[int, View], inside: set[int]
) -> Iterator[Line]:
    """Yield the lines that a reader sees in ``nodes`` (in document order), without empty ones.

    A line break inside running text (no sentence ends before it, and the words go on in lower
    case) is a space; any other begins a new line.
    """
    line = _Line()
    for node in nodes:
        if isinstance(node, Tag):
            line.breaks += 2 if _is_block(node) else int(node.name == "br")
        elif type(node) is NavigableString and node.parent and views[id(node.parent)].shown:
            if words := node.strip():
                block = next(filter(_is_block, node.parents), None)
                if line.ends_before(block, words):
                    yield line.take()
                line.add(node, views[id(node.parent)], id(node) in inside)
            elif line.pieces:
                line.pieces.append(Piece(str(node), marked=True))
    if line.pieces:
        yield line.take()


class _Line:
    """The line that is being read, and the breaks since its last string."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.end = ""  # its last letters
        self.inside = False
        self.block: Tag | None = None
        self.breaks = 0

    def ends_before(self, block: Tag | None, words: str) -> bool:
        """Return whether the line ends before ``words`` in ``block``, which come next."""
        self.breaks += 0 if block is self.block else 2
        self.block = block
        ends = self.breaks > 1 or (self.breaks == 1 and not goes_on(self.end, words))
        return bool(self.pieces) and ends

    def add(self, node: NavigableString, view: View, inside: bool) -> None:
        """Add a string; ``inside`` of the body or not."""
        words = _superscript(str(node), self.end) if view.raised else str(node)
        words = " " + words if self.breaks else words
        text, due = inside and view.kind == "text", view.is_due(inside)
        self.pieces.append(Piece(words, text, due, _is_marked(node), view.href))
        self.inside = self.inside or inside
        self.end = (self.end + words.strip())[-LONGEST_END:]
        self.breaks = 0

    def take(self) -> Line:
        """Return the line, and begin the next one."""
        line = Line(tuple(self.pieces), self.inside)
        self.pieces, self.end, self.inside = [], "", False
        return line


def _superscript(words: str, before: str) -> str:
    """Return a superscript as it is written in a line: "²"; nothing for the letter of a note."""
    mark = words.strip()
    if _NOTE_LETTER.fullmatch(mark) and before and not before[-1].isdigit():
        return ""
    return words.translate(_DIGITS) + ("" if before else " ")


def plain(text: str) -> str:
    """Return the words with plain single spaces, without the numbers of notes."""
    return _NOTE.sub("", " ".join(text.split()))


def ends_sentence(text: str) -> bool:
    """Return whether the text ends as a sentence, or a clause of one, does."""
    return _SENTENCE_END.search(text[-LONGEST_END:]) is not None


def goes_on(before: str, after: str) -> bool:
    """Return whether ``after`` continues a sentence that ``before`` leaves open."""
    return after[:1].islower() and not ends_sentence(before)


def _is_marked(string: NavigableString) -> bool:
    """Return whether an element around the string, in its line, marks a heading."""
    for tag in string.parents:
        if _HEADINGS.fullmatch(tag.name) or _BOLD.search(str(tag.get("style") or "")):
            return True
        if _is_block(tag):
            break
    return False


def _is_block(tag: Tag) -> bool:
    style = str(tag.get("style") or "")
    return bool(_BLOCKS.fullmatch(tag.name) or _DISPLAYED_AS_BLOCK.search(style))
