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


SEEN = View()


@dataclass(frozen=True)
class Block:
    """A line of text, spaces made plain, and whether it is marked as a heading."""

    text: str
    marked: bool = False


@dataclass(frozen=True)
class Piece:
    """A string of a line, as a reader sees it; ``inside`` of the body of the page, or not."""

    words: str
    view: View = SEEN
    inside: bool = True
    marked: bool = False


@dataclass(frozen=True)
class Line:
    """A line as a reader sees it."""

    pieces: tuple[Piece, ...]

    @cached_property
    def shown(self) -> str:
        """All its words."""
        return _joined(self.pieces)

    @cached_property
    def due(self) -> str:
        """The words whose sentences must be in the text."""
        return _joined(piece for piece in self.pieces if piece.view.is_due(piece.inside))

    @cached_property
    def block(self) -> Block:
        """The words that are text."""
        text = [piece for piece in self.pieces if piece.inside and piece.view.kind == "text"]
        return Block(_joined(text), all(each.marked for each in text if each.words.strip()))

    @property
    def inside(self) -> bool:
        """True when some of it is inside of the body."""
        return any(piece.inside for piece in self.pieces)

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
    pieces, block, breaks, end = list[Piece](), None, 0, ""  # end: the last letters of the line
    for node in nodes:
        if isinstance(node, Tag):
            breaks += 2 if _is_block(node) else int(node.name == "br")
        if type(node) is not NavigableString or views[id(node.parent)].kind == "hidden":
            continue
        view, words = views[id(node.parent)], str(node)
        if not words.strip():
            pieces += [Piece(words, inside=id(node) in inside, marked=True)] if pieces else []
            continue
        around = next(filter(_is_block, node.parents), None)
        breaks += 0 if around is block else 2
        if pieces and (breaks > 1 or (breaks and not goes_on(end, node.strip()))):
            yield Line(tuple(pieces))
            pieces, end = [], ""
        words = _superscript(words, end) if view.raised else words
        words = f" {words}" if breaks else words
        pieces.append(Piece(words, view, id(node) in inside, _is_marked(node)))
        block, breaks, end = around, 0, (end + words.strip())[-LONGEST_END:]
    if pieces:
        yield Line(tuple(pieces))


def _joined(pieces: Iterable[Piece]) -> str:
    return plain("".join(piece.words for piece in pieces))


def _superscript(words: str, before: str) -> str:
    """Return a superscript as it is written in a line: "²"; nothing for the letter of a note."""
    if _NOTE_LETTER.fullmatch(words.strip()) and before and not before[-1].isdigit():
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
