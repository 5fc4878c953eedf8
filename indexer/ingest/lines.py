"""Turn a page's tree into lines, and find those that are missing from a text."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from html import unescape
from itertools import pairwise

from bs4 import Tag
from bs4.element import NavigableString, PageElement, RubyParenthesisString, RubyTextString

from ..errors import PageError
from ..text import normalise
from .view import View, Views

_STRINGS = (NavigableString, RubyTextString, RubyParenthesisString)  # but not comments
# A sentence ends at a stop, but not at the one in "Jan. 11" or "e.g. peace".
_SENTENCE = re.compile(r"\S.*?(?:[.!?。！？…]+[\"'”’)\]]{0,4}(?= [^a-z\d]|$)|$)")
_SENTENCE_END = re.compile(r"(?<!\b[ap]\.m)[.!?。！？…][\"'”’)\]]{0,4}$")
_CLAUSE_END = re.compile(r"(?:[.!?;:,。！？；：，…][\"'”’)\]]{0,4}|; (?:and|or))$")
LONGEST_END = 10  # characters that may end a sentence: a stop, and closing quotes or brackets
LONGEST_QUOTE = 200  # characters of a sentence that an error quotes

# Superscripts are kept, or "10²" would become "102"; but one after a word, a stop or a year marks
# a note, and is dropped (not so after a single letter or a unit).
_MINUS = re.compile(r"^[-−](?=\d)")
_SUPERSCRIPTS = str.maketrans("0123456789+", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺")
_NOTE = re.compile(
    r"(?= ?[\[(⁰¹²³⁴-⁹])(?:(?<=[^\W\d_]{2})|(?<=[.,;:!?)\]\"'”’%])|(?<=\b(?:19|20)\d\d))"
    r"(?<!\b[kKcmdhnμµ]m)(?<!\b(?:CO|ft|ha|mc|mi))"  # not km², CO²
    r"(?<!feet|foot|inch|mile|yard)(?<!meter|metre|miles|yards)"
    r"(?<!inches|meters|metres)(?<![⁰¹²³⁴-⁹])"  # nor within a number
    r" ?[\[(]?[⁰¹²³⁴-⁹]+(?:[,–-] ?[⁰¹²³⁴-⁹]+)*(?:[\])]|(?![\w\])⁺⁻]))"  # ¹, [1], ¹,²
)
_BASE = re.compile(r"\d$|(?<![^\W\d_])[^\W\d_]$")  # of a power; a link after it marks a note
_REFERENCE = re.compile(r"&(?:amp;)*(#\d{2,5}|#x[0-9a-f]{2,4}|[a-z]{2,6});", re.IGNORECASE)
_COOKIES = re.compile(  # a site's notice about cookies
    r"(?i)(?:.{0,60}\b)?(?:our|we|(?:this|the) (?:web ?)?sites?)\b[^.]{0,80}\bcookies\b.{0,200}"
)
# The number of a heading, which may be on a line above its words.
HEADING_NUMBER = re.compile(r"(?:[IVX]{1,5}|\d{1,2})[.．、](?!\d)")
_PART = re.compile(r"(?:(?i:chapter|part) \w+|(?!X\b)[IVX]+\b)[.:]?")  # "X" is also a site
TOP_HEADING = re.compile(  # without a number, but at the top level even if there are no Contents
    r"(?i)[\W_]*(?:(?:preface|foreword|preamble|introduction|conclusions?|epilogue|afterword"
    r"|(?:closing|concluding) (?:remarks|words)|(?:end)?notes|references|glossary|abbreviations"
    r"|postscript|acknowledge?ments)[\W_]*|(?:annex(?:es)?|appendix|appendices)\b.*)"
)
_CONTENTS = re.compile(r"(?:tableof)?contents?(?:hide|[^\x00-\x7f]+)?")  # or "Contents 目录"
# A line with such an end continues in the next, whatever that begins with.
_GOES_ON = re.compile(r"\s(?:an?|and|as|at|by|for|from|in|of|on|or|that|the|to|with)$|\w-$")
# Invisible: soft hyphens, zero-width characters, and a line break within "Asia-Pacific".
_UNSEEN = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff]|\n(?<=\w-\n)\s*(?=\w)(?!(?:and|or)\b)")
# Text is hard-wrapped if MIN_BROKEN lines, and a third of all, begin in lower case below long ones.
MIN_BROKEN = 10
MIN_WIDTH = 40  # characters of a long one
_OF_LIST = re.compile(r"(?:\w\S* ){7,}\S+:$|(?:\w\S* ){2,}\w+[;,]$")  # too long for a label
_TO_TOP = re.compile(r"[\W_]*(?:(?:back to top|top|permalink)[\W_]*)?", re.IGNORECASE)
_LINK_LABEL = re.compile(r"(?:[^:：]{0,40}[:：])?[\W_]*(?:\d{4}[-/.]\d\d?[-/.]\d\d?[-\W\d]*)?")
_NOTE_LETTER = re.compile(r"[\[(]?(?:\w*note[ \d]*|[a-z](?:, ?[a-z])*|[ivx]+|[*†‡§#①-⑳]+)[\])]?")

Remark = tuple[int, str]  # a page number, from 1, and a doubt or note about that page


@dataclass(frozen=True)
class Block:
    """A line of text, its heading level (0: none), and whether it is a link to elsewhere."""

    text: str
    level: int = 0
    linked: bool = False


@dataclass(frozen=True)
class Piece:
    """A string of a line, and how a reader sees it."""

    words: str
    view: View = field(default_factory=View)


@dataclass(frozen=True)
class Line:
    """A line as a reader sees it, after ``breaks`` line breaks: two or more between blocks."""

    pieces: tuple[Piece, ...]
    breaks: int = 2

    @cached_property
    def shown(self) -> str:
        """All its words."""
        return _words_in(self.pieces)

    @cached_property
    def due(self) -> str:
        """Those of its words whose sentences must be in the text."""
        return _words_in(piece for piece in self.pieces if piece.view.is_due)

    @cached_property
    def block(self) -> Block:
        """Those of its words that are text."""
        text = [piece for piece in self.pieces if piece.view.is_text]
        words = _words_in(text)
        level = min((each.view.level for each in text if each.words.strip(" \n:：")), default=0)
        others = (piece for piece in text if not piece.view.href or "#" in piece.view.href)
        beside = _words_in(others)  # what is no link to elsewhere
        return Block(words, level, beside != words and bool(_LINK_LABEL.fullmatch(beside)))

    @property
    def inside(self) -> bool:
        """True if any of it is in the body."""
        return any(piece.view.inside for piece in self.pieces)


def to_lines(nodes: Iterable[PageElement], views: Views) -> list[Line]:
    """Return the non-empty lines that a reader sees in ``nodes``, given in document order."""
    return join(list(_rows(nodes, views)))


def _rows(nodes: Iterable[PageElement], views: Views) -> Iterator[Line]:
    """Yield the non-empty lines between the breaks in ``nodes``."""
    row, breaks_before, end = list[Piece](), 0, ""  # the end are the last letters of the row
    for breaks, words, view in _strings(nodes, views):
        if row and breaks:
            yield Line(tuple(row), breaks_before)
            row, end = [], ""
        if words.strip():
            breaks_before = breaks_before if row else breaks
            words = _superscript(words, end, "#" in view.href) if view.raised else words
            row.append(Piece(words, view))
            end = (end + words.strip())[-LONGEST_END:]
        elif row:
            row.append(Piece(" ", View(inside=view.inside)))
    if row:
        yield Line(tuple(row), breaks_before)


def _strings(nodes: Iterable[PageElement], views: Views) -> Iterator[tuple[int, str, View]]:
    """Yield each shown string with the line breaks before it, none if blank, and its view."""
    breaks = block = 0
    for node in nodes:
        if isinstance(node, Tag):
            breaks += 2 if views[id(node)].block == id(node) else int(node.name == "br")
        if type(node) not in _STRINGS or views[id(node.parent)].kind == "hidden":
            continue
        view = views[id(node.parent)]
        for at, words in enumerate(str(node).split("\n") if view.lines_kept else [str(node)]):
            breaks += 1 if at > 0 else 0
            if not words.strip() or ("#" in view.href and _TO_TOP.fullmatch(words)):
                yield 0, " ", view
            else:
                yield breaks + 2 * (view.block != block), words, view
                breaks, block = 0, view.block


def join(rows: Sequence[Line]) -> list[Line]:
    """Join rows that a sentence or heading continues. Raise PageError if text is hard-wrapped."""
    _refuse_hard_wrapped(rows)
    lines = list(rows[:1])
    for above, row in pairwise(rows):
        if _goes_on(above, row):
            pieces = (*lines[-1].pieces, Piece("\n", row.pieces[0].view), *row.pieces)
            lines[-1] = replace(lines[-1], pieces=pieces)
        else:
            lines.append(row)
    return lines


def _goes_on(above: Line, row: Line) -> bool:
    """Return whether ``row`` continues the row ``above`` it."""
    if HEADING_NUMBER.fullmatch(above.shown):
        return True
    are_alike = row.breaks == 1 or (row.block.level > 0) == (above.block.level > 0)
    if are_alike and _PART.fullmatch(above.block.text):  # "Part One", above its words
        words = row.shown
        begins_anew = HEADING_NUMBER.match(words) or _PART.match(words) or ends_sentence(words)
        return row.inside and not begins_anew
    if row.breaks > 1 or ends_sentence(above.shown.rstrip(",")):
        return False
    return row.shown[:1].islower() or _GOES_ON.search(above.shown) is not None


def _refuse_hard_wrapped(rows: Sequence[Line]) -> None:
    """Raise PageError if the rows are hard-wrapped text, whose paragraphs cannot be known."""
    pairs = [pair for pair in pairwise(rows) if pair[1].breaks == 1 and pair[1].inside]
    wide = [row.shown for above, row in pairs if len(above.shown) >= MIN_WIDTH]
    wrapped = [words for words in wide if words[:1].islower()]
    if len(wrapped) >= max(MIN_BROKEN, len(pairs) / 3):
        fault = f'its lines are broken, such as before "{wrapped[0][:40]}..."'
        raise PageError(f"{fault}: put each paragraph on one line.")


def _words_in(pieces: Iterable[Piece]) -> str:
    return plain("".join(piece.words for piece in pieces))


def _superscript(words: str, before: str, linked: bool) -> str:
    """Return raised words as superscripts ("²"), or "" if they are a note's letter or link."""
    is_letter = not before[-1:].isdigit() and _NOTE_LETTER.fullmatch(words.strip())
    if before and (is_letter or (linked and _BASE.search(before))):
        return ""
    return _MINUS.sub("⁻", words).translate(_SUPERSCRIPTS) + ("" if before else " ")


def plain(text: str) -> str:
    """Return a text with single spaces, without note marks, and with "&amp;rsquo;" decoded."""
    text = _REFERENCE.sub(lambda found: unescape(f"&{found[1]};"), text)
    return _NOTE.sub("", " ".join(_UNSEEN.sub("", text).split()))


def is_contents(line: str) -> bool:
    """Return whether a line is the heading of a table of contents."""
    return _CONTENTS.fullmatch(normalise(line)) is not None


def ends_sentence(text: str) -> bool:
    """Return whether a text ends like a sentence or a clause."""
    return _CLAUSE_END.search(text[-LONGEST_END:]) is not None


def find_missing(
    pages: Sequence[Sequence[Line]], texts: Sequence[str]
) -> tuple[list[Remark], list[Remark]]:
    """Return what ``texts`` lack of ``pages``: doubts about sentences, and remarks on labels.

    ``pages`` are the lines visible on each. A sentence must occur in order, and as often as on the
    pages; labels and lines beside the text may be anywhere. Marks and case are ignored.
    """
    whole, position = f" {' '.join(map(_words, texts))} ", 0
    doubts, others = list[Remark](), list[Remark]()
    numbered = ((number, line) for number, page in enumerate(pages, 1) for line in page)
    for number, line in numbered:
        if not line.block.text and _COOKIES.fullmatch(line.due):
            continue  # a notice beside the text
        lacking = list[str]()
        for piece in _SENTENCE.findall(line.due):
            words, in_order = f" {_words(piece)} ", is_sentence(piece) and bool(line.block.text)
            found = whole.find(words, position if in_order else 0)
            if found < 0 and words.strip():
                lacking.append(piece)
            elif in_order:
                position = max(position, found + len(words) - 1)
        sentences, labels = _lost(line, lacking, whole)
        for piece in sentences:
            quoted = piece[:LONGEST_QUOTE] + "..." * (len(piece) > LONGEST_QUOTE)
            doubts.append((number, f'it is on the page, but not in the text: "{quoted}"'))
        others += [(number, f'left out: "{piece}".') for piece in labels]
    return doubts, others


def _lost(line: Line, lacking: Sequence[str], whole: str) -> tuple[Sequence[str], Sequence[str]]:
    """Divide the ``lacking`` pieces of a line into sentences (or what may be one) and labels."""
    sentences = [piece for piece in lacking if is_sentence(piece)]
    labels = [piece for piece in lacking if piece not in sentences]
    text, due = normalise(line.block.text), line.due
    if text:
        is_torn = text != normalise(due)  # a part is struck, or left out
        return (sentences or [due], []) if is_torn else (sentences, labels)
    if line.inside and not due:
        return [], [line.shown]
    may_be_text = HEADING_NUMBER.match(due) or TOP_HEADING.fullmatch(due) or _OF_LIST.match(due)
    is_left_out = line.inside and may_be_text and f" {_words(due)} " not in whole
    return (sentences or [due], []) if is_left_out else (sentences, labels)


def is_sentence(text: str) -> bool:
    """Return whether a text is a sentence, not a label: two words or more, and a final stop."""
    return " " in text and _SENTENCE_END.search(text[-LONGEST_END:]) is not None


def _words(text: str) -> str:
    return " ".join(filter(None, map(normalise, text.split())))
