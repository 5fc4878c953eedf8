"""Make lines of a page's tree, and compare them with a text, which must lack none."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from html import unescape

from bs4 import Tag
from bs4.element import NavigableString, PageElement, RubyParenthesisString, RubyTextString

from ..errors import PageError
from ..text import normalise
from .view import View

# Strings that are words: not comments and the like.
_STRINGS = (NavigableString, RubyTextString, RubyParenthesisString)
# A sentence ends at a stop, but not at the one in "Jan. 11" or "e.g. peace".
_SENTENCE = re.compile(r"\S.*?(?:[.!?。！？…]+[\"'”’)\]]{0,4}(?= [^a-z\d]|$)|$)")
_SENTENCE_END = re.compile(r"(?<!\b[ap]\.m)[.!?。！？…][\"'”’)\]]{0,4}$")
_CLAUSE_END = re.compile(r"[.!?;:,。！？；：，…][\"'”’)\]]{0,4}$")
LONGEST_END = 10  # letters in which it is looked for: a stop, and what closes after it
LONGEST_QUOTE = 200  # characters of a sentence that an error quotes

# Superscripts are written as such, or "10" with an exponent would be another number. That of a
# note is no text: it follows a word, a stop or a year. Behind a single letter or a unit it is none.
_MINUS = re.compile(r"^[-−](?=\d)")
_RAISED = str.maketrans("0123456789+", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺")
_NOTE = re.compile(
    r"(?= ?[\[(⁰¹²³⁴-⁹])(?:(?<=[^\W\d_])|(?<=[.,;:!?)\]\"'”’%])|(?<=\b(?:19|20)\d\d))"
    r"(?<!\b[^\W\d_])(?<!\b[kKcmdhnμµ]m)(?<!\b(?:CO|ft|ha|mc|mi))(?<!/s)"
    r"(?!(?:(?<=feet|foot|inch|mile|yard)|(?<=meter|metre|miles|yards)|(?<=inches|meters|metres))"
    r"[²³](?![⁰¹²³⁴-⁹]))(?<![⁰¹²³⁴-⁹])"
    r" ?[\[(]?[⁰¹²³⁴-⁹]+(?:[,–-] ?[⁰¹²³⁴-⁹]+)*(?:[\])]|(?![\w\])⁺⁻]))"
)
# Behind a digit or a single letter, a superscript is a power, unless it is a link.
_SHORT = re.compile(r"\d$|(?<![^\W\d_])[^\W\d_]$")
_REFERENCE = re.compile(r"&(?:amp;)*(#\d{2,5}|#x[0-9a-f]{2,4}|[a-z]{2,6});", re.IGNORECASE)
_NUMBER = re.compile(r"(?:[IVX]{1,5}|\d{1,2})[.．、](?!\d)")  # of a heading, maybe above its words
# Unnumbered headings at the top of a paper, even if it has no Contents.
TOP_HEADING = re.compile(
    r"(?i)[\W_]*(?:(?:preface|foreword|preamble|introduction|conclusions?|epilogue|afterword"
    r"|(?:closing|concluding) (?:remarks|words)|(?:end)?notes|references|glossary|abbreviations"
    r"|postscript|acknowledge?ments)[\W_]*|(?:annex(?:es)?|appendix|appendices)\b.*)"
)
# A heading in two lines; more than one word, or it might be the next entry of Contents.
_HEADING = re.compile(r"(?:[IVX]+[.．、]|\(?\d).{,200}\n(?![IVX]+[.．、])[A-Z]\S* \D{,200}")
# A line that ends so goes on in the next, whatever that begins with.
_OPEN_END = re.compile(r"\s(?:an?|and|as|at|by|for|from|in|of|on|or|that|the|to|with)$|\w-$")
# Invisible: a soft hyphen, characters without a width, and a line break in "Asia-Pacific".
_UNSEEN = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff]|\n(?<=\w-\n)\s*(?=\w)(?!(?:and|or)\b)")
# In hard-wrapped text at least this many lines, and most of them, begin in lower case. The line
# before such a one ends where the next word had no more room: before a width that no paragraph
# keeps to.
MIN_BROKEN = 10
WIDTHS = range(40, 201)
_OF_LIST = re.compile(r"(?:\w\S* ){7,}\S+:$|(?:\w\S* ){2,}\w+[;,]$")  # longer than a label
_TO_TOP = re.compile(r"[\W_]*(?:(?:back to top|top|permalink)[\W_]*)?", re.IGNORECASE)
_LINK_LABEL = re.compile(r"(?:[^:：]{0,40}[:：])?[\W_]*(?:\d{4}[-/.]\d\d?[-/.]\d\d?[-\W\d]*)?")
_NOTE_LETTER = re.compile(r"[\[(]?(?:\w*note[ \d]*|[a-z](?:, ?[a-z])*|[ivx]+|[*†‡§#①-⑳]+)[\])]?")


@dataclass(frozen=True)
class Block:
    """A line of text, with its level if it looks like a heading; ``linked`` if it leads away."""

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
    """A line as a reader sees it; ``breaks`` are those before it, more than 1 at a block."""

    pieces: tuple[Piece, ...]
    breaks: int = 2

    @cached_property
    def shown(self) -> str:
        """All its words."""
        return _joined(self.pieces)

    @cached_property
    def due(self) -> str:
        """The words whose sentences must be in the text."""
        return _joined(piece for piece in self.pieces if piece.view.is_due)

    @cached_property
    def block(self) -> Block:
        """The words that are text."""
        text = [piece for piece in self.pieces if piece.view.inside and piece.view.kind == "text"]
        words = _joined(text)
        level = min((piece.view.level for piece in text if piece.words.strip()), default=0)
        around = _joined(piece for piece in text if "#" in (piece.view.href or "#"))
        return Block(words, level, around != words and bool(_LINK_LABEL.fullmatch(around)))

    @property
    def inside(self) -> bool:
        """True when some of it is inside of the body."""
        return any(piece.view.inside for piece in self.pieces)


def to_lines(nodes: Iterable[PageElement], views: Mapping[int, View]) -> list[Line]:
    """Return the lines that a reader sees in ``nodes`` (in document order), without empty ones."""
    return join(list(_rows(nodes, views)))


def _rows(nodes: Iterable[PageElement], views: Mapping[int, View]) -> Iterator[Line]:
    """Yield what is between two breaks in ``nodes``, without what is empty."""
    pieces, end, block = list[Piece](), "", 0  # end: the last letters of the row
    breaks = before = 0
    for node in nodes:
        if isinstance(node, Tag):
            breaks += 2 if views[id(node)].block == id(node) else int(node.name == "br")
        if type(node) not in _STRINGS or views[id(node.parent)].kind == "hidden":
            continue
        view = views[id(node.parent)]
        for at, words in enumerate(str(node).split("\n") if view.lines_kept else [str(node)]):
            breaks += at > 0
            if not words.strip() or ("#" in view.href and _TO_TOP.fullmatch(words)):
                if pieces:
                    pieces.append(Piece(" ", View(inside=view.inside)))
                continue
            if view.block != block:
                breaks += 2
            if pieces and breaks:
                yield Line(tuple(pieces), before)
                pieces, end = [], ""
            before = before if pieces else breaks
            words = _superscript(words, end, "#" in view.href) if view.raised else words
            pieces.append(Piece(words, view))
            block, breaks, end = view.block, 0, (end + words.strip())[-LONGEST_END:]
    if pieces:
        yield Line(tuple(pieces), before)


def join(rows: Sequence[Line]) -> list[Line]:
    """Return the lines that rows make: a sentence, or a heading, may go on after a break.

    Raise PageError if the text is broken to a width, and a paragraph ends without an empty line.
    """
    lines, broken = list[list[Line]](), _broken(rows)
    for at, row in enumerate(rows):
        if lines and (at in broken or _goes_on(lines[-1], row)):
            lines[-1].append(row)
        else:
            lines.append([row])
    return [_one_line(parts) for parts in lines]


def _one_line(parts: Sequence[Line]) -> Line:
    """Return the line that some parts make."""
    first, *others = parts
    pieces = [each for row in others for each in (Piece("\n", row.pieces[0].view), *row.pieces)]
    return Line((*first.pieces, *pieces)) if others else first


def _goes_on(parts: Sequence[Line], row: Line) -> bool:
    """Return whether a line goes on after its parts so far."""
    above = parts[-1]
    if len(parts) == 1 and _NUMBER.fullmatch(above.shown):
        return True
    if row.breaks > 1 or ends_sentence(above.shown.rstrip(",")):
        return False
    if row.shown[:1].islower() or _OPEN_END.search(above.shown):
        return True
    marked = above.block.level and row.block.level
    return bool(marked and _HEADING.fullmatch(f"{above.shown}\n{row.shown}"))


def _broken(rows: Sequence[Line]) -> set[int]:
    """Return the rows that go on in a text that is broken to a width; none if the text is not."""
    single = [at for at, row in enumerate(rows) if at and row.breaks == 1 and row.inside]
    lengths = [len(rows[at - 1].shown) for at in single if rows[at].shown[:1].islower()]
    width = max(lengths, default=0)
    if width not in WIDTHS or len(lengths) < max(MIN_BROKEN, len(single) / 2):
        return set()
    full = set[int]()
    for at in single:
        above, word = rows[at - 1].shown, rows[at].shown.partition(" ")[0]
        if len(above) <= width <= len(above + word):
            full.add(at)
        elif len(above) < width and ends_sentence(above):
            fault = f'its lines are broken, and a paragraph may end after "...{above[-40:]}"'
            raise PageError(f"{fault}: put each paragraph on one line.")
    return full


def _joined(pieces: Iterable[Piece]) -> str:
    return plain("".join(piece.words for piece in pieces))


def _superscript(words: str, before: str, linked: bool) -> str:
    """Return a superscript as it is written in a line: "²"; empty for the letter of a note.

    After a digit or a single letter, only one that is ``linked`` within the page is that of a note.
    """
    is_letter = not before[-1:].isdigit() and _NOTE_LETTER.fullmatch(words.strip())
    if before and (is_letter or (linked and _SHORT.search(before))):
        return ""
    return _MINUS.sub("⁻", words).translate(_RAISED) + ("" if before else " ")


def plain(text: str) -> str:
    """Return the words with plain single spaces and, of "&amp;rsquo;", the sign; no note marks."""
    text = _REFERENCE.sub(lambda found: unescape(f"&{found[1]};"), text)
    return _NOTE.sub("", " ".join(_UNSEEN.sub("", text).split()))


def ends_sentence(text: str) -> bool:
    """Return whether the text ends as a sentence, or a clause of one, does."""
    return _CLAUSE_END.search(text[-LONGEST_END:]) is not None


Remark = tuple[int, str]  # the number of a page, from 1, and a remark about it


def find_missing(
    pages: Sequence[Sequence[Line]], texts: Sequence[str]
) -> tuple[list[Remark], list[Remark]]:
    """Return the doubts about ``texts``, and what else of the pages they do not contain.

    ``pages`` are the lines visible on each. Every sentence must occur, in order and as often as on
    the pages, or a doubt quotes it; labels, names and dates may be anywhere. Punctuation and case
    make no difference. A line of which only a part occurs is missing, as is a heading, or a
    part of a list, that is left out.
    """
    whole, position = f" {' '.join(map(_words, texts))} ", 0
    doubts, others = list[Remark](), list[Remark]()
    numbered = ((number, line) for number, page in enumerate(pages, 1) for line in page)
    for number, line in numbered:
        sentences, labels = list[str](), list[str]()  # that are not in the text
        for piece in _SENTENCE.findall(line.due):
            words, ends = f" {_words(piece)} ", is_sentence(piece)
            found = whole.find(words, position if ends else 0)
            if found < 0 and words.strip():
                (sentences if ends else labels).append(piece)
            elif ends:
                position = max(position, found + len(words) - 1)
        text = normalise(line.block.text)
        left_out = line.inside and not text and _is_no_label(line.due, whole)
        if left_out or (text and text != normalise(line.due)):  # some is struck, or left out
            sentences, labels = sentences or [line.due], []
        elif line.inside and not line.due:
            labels = [line.shown]
        for piece in sentences:
            quoted = piece[:LONGEST_QUOTE] + "..." * (len(piece) > LONGEST_QUOTE)
            doubts.append((number, f'it is on the page, but not in the text: "{quoted}"'))
        others += [(number, f'left out: "{piece}".') for piece in labels]
    return doubts, others


def _is_no_label(line: str, whole: str) -> bool:
    """Return whether a line may be a heading, or of a list, and is not in the whole text."""
    is_text = _NUMBER.match(line) or TOP_HEADING.fullmatch(line) or _OF_LIST.match(line)
    return bool(is_text) and f" {_words(line)} " not in whole


def is_sentence(text: str) -> bool:
    """Return whether a text is a sentence, and no label: two words or more, and an end."""
    return " " in text and _SENTENCE_END.search(text[-LONGEST_END:]) is not None


def _words(text: str) -> str:
    return " ".join(filter(None, map(normalise, text.split())))
