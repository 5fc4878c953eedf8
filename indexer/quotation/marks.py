"""Find what is quoted in a paste: in quotation marks, in quoted lines and in block quotations."""

import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from itertools import islice, pairwise

from ..search.analysis import sentences
from ..search.spans import Span
from .mask import NAME, without_markup

MAX_MARKS = 1_000  # double or single: many more than the quotations checked at once have
# Marks that open or close by their shape, unless their neighbours show otherwise: „this“, »this«,
# ”this”. A straight one opens if none is open.
_MARK = re.compile(r"[\"＂″‟“„«‹「『”»›」』]|(?<!`)``(?!`)|''|<<(?=\S)|(?<=\S)>>")
_OPENING, _CLOSING = "“„«‹「『`<", "”»›」』'>"  # their first characters
_STRAIGHT, _ARROWS = '"＂″‟', "«»‹›<>"  # unpaired, the first mean inches, the second mark links
_BESIDE = "*_\\\u00ad“”„«»\"'‘’"  # marks and formatting, skipped to find a neighbour
_NEAR = 12  # characters to look through: "&rdquo;" has seven
_BRACKETS = " \t\n([{"
_BEFORE = f"{_BRACKETS}-–—/"  # may be right before a mark that opens
_NOTE = "¹²³⁴⁵⁶⁷⁸⁹⁰"  # superscripts, which isalnum() and \w accept
_BEHIND = f" \t\n.,;:!?)]}}{_NOTE}"  # may not be right after one
_PARAGRAPH_END = re.compile(r"\n[^\S\n]*\n|\Z")
# A single mark may be an apostrophe, as in "'90s" and "ports'".
_SINGLE_OPENING = re.compile(
    r"(?<![^\W_])(?<![.,;!?…)\]%`])(?:[‘']|`(?![^'`]*`))(?=[^\s‘'’`])"  # ‘ports or `ports'
    r"(?!(?:\d\ds|s)\b|[.,;:!?)](?:\Z|\s(?!\.)))"  # not '90s, nor before a stop: ports '.
)
_SINGLE_CLOSING = re.compile(rf"(?<=[\w.,;:!?…\"”»›)\]%])[’'](?![^\W\d{_NOTE}_])")
# A mark beside a stop, before a word like "and", or after any letter but "s", is no apostrophe:
_CERTAIN = re.compile(  # ports.’ or ports’. or ports’ and; port’
    r"(?<=[.,;:!?…])[’']|[’'](?=[.,;:!?)]|\s(?:and|but|is|or|that|to)\b)|(?<=[^\Ws_])[’'](?!\w)"
)
_QUOTED_LINE = re.compile(r"(?m)^[^\S\n]*(?:>|&gt;)[^\n]*")  # of e-mail, or in Markdown
# A paragraph in italics, one with all its lines indented, and one with its source below.
_SET_OFF = re.compile(
    r"(?m)^(?:<p>)?(?:[*_]|<(?:em|i)>)\w[^*_<>\n]{40,}(?:[*_]|</(?:em|i)>)(?:</p>)?$"
    r"|(?<=\n\n)(?:(?: {3,}|\t)[^\s•*+–—-][^\n]*(?:\n|\Z))+(?=\n|\Z)"
    rf"|(?:\A|(?<=\n\n))(?=[^\n]{{40}})(?:[^\n]+\n){{1,20}}?\n?[^\S\n]*[—–―]\s?{NAME}(?=\n\n)"
)
_OTHER_INDENTS = re.compile(r"\A(?: {3}|\t)|(?m:^(?:[-*+•]|\d{1,2}[.)])\s)")  # than of quotations
_MIN_SPACES = 3  # of a long quotation; shorter ones may be part of the quoted text itself


def marked(text: str, within: bool = False) -> frozenset[int]:
    """Return the offsets of the quoted characters of a paste, marks included.

    Lines after ">" count unless one has a quotation in marks, and paragraphs that are set off count
    if nothing else is quoted. ``within`` asks for inner quotations only.
    """
    return _marked(text)[within]


@lru_cache(1)
def _marked(text: str) -> tuple[frozenset[int], frozenset[int]]:
    plain = without_markup(text)
    spans = [*_double(plain), *_single(plain)]
    spans += _set_off(text, spans)
    if not any(_is_in_quoted_line(plain, span) for span in spans):
        spans += [found.span() for found in _QUOTED_LINE.finditer(text)]
    found, within = set[int](), set[int]()
    outer_start = outer_end = inner_end = 0
    for start, stop in sorted(spans, key=lambda span: (span[0], -span[1])):
        if outer_start < start < outer_end:
            within.update(range(max(start, inner_end), min(stop, outer_end)))
            inner_end = max(inner_end, stop)
        if stop > outer_end:
            found.update(range(max(start, outer_end), stop))
            outer_start, outer_end = start, stop
    return frozenset(found), frozenset(within)


def _set_off(text: str, spans: Collection[Span]) -> list[Span]:
    """Return the paragraphs that are set off, unless something at ``spans`` or ">" is quoted.

    Indented ones do not count if the text begins with one or has a list.
    """
    is_quoted = any(text.count(" ", *span) >= _MIN_SPACES for span in spans)
    if is_quoted or _QUOTED_LINE.search(text):
        return []
    blocks, indents = _SET_OFF.finditer(text), _OTHER_INDENTS.search(text)
    return [each.span() for each in blocks if not (indents and each[0][0] in " \t")]


def _is_in_quoted_line(text: str, span: Span) -> bool:
    """Return whether a span in marks is a quotation in a line after ">": long, or at its start."""
    line = text[text.rfind("\n", 0, span[0]) + 1 : span[0]].lstrip("\u00ad \t")
    return line[:1] == ">" and (line.strip("> *_") == "" or text.count(" ", *span) >= _MIN_SPACES)


def _double(text: str) -> Iterator[Span]:
    """Yield the spans in double marks, also nested ones.

    One that is not closed ends with its paragraph, or with its sentence if another begins in that
    paragraph; one that is not opened begins with its sentence.
    """
    openings, opened = list[int](), list[int]()
    for mark in islice(_MARK.finditer(text), MAX_MARKS):
        start, stop = mark.span()
        if not opened and mark[0] in _STRAIGHT and text[start - 1 : start].isdigit():
            continue  # of inches
        if _opens(text, mark, bool(opened)):
            openings.append(start)
            opened.append(start)
        elif opened:
            yield opened.pop(), stop
        elif mark[0][0] not in _ARROWS:
            yield _sentence(text, start)[0], stop
    for start in (at for at in opened if text[at] not in _ARROWS):
        stop = next(_PARAGRAPH_END.finditer(text, start)).start()
        has_another = any(start < other < stop for other in openings)
        yield start, _sentence(text, start)[1] if has_another else stop


def _opens(text: str, mark: re.Match[str], is_open: bool) -> bool:
    """Return whether a mark opens a quotation, by what is beside it."""
    start, stop = mark.span()
    before = text[max(start - _NEAR, 0) : start].rstrip(_BESIDE)[-1:]
    after = text[stop : stop + _NEAR].lstrip(_BESIDE)[:1]  # none at the end of the text
    may_open = before in _BEFORE and after != "" and after not in _BEHIND
    may_close = before != "" and before not in _BRACKETS and (after in _NOTE or not after.isalnum())
    if may_open != may_close:
        return may_open
    return mark[0][0] in _OPENING or (mark[0][0] not in _CLOSING and not is_open)


def _sentence(text: str, at: int) -> Span:
    """Return the span of the sentence around an offset."""
    return next(span for span in sentences(text) if span[1] > at)


def _single(text: str) -> Iterator[Span]:
    """Yield the spans in single marks, each within a paragraph.

    One that is not closed ends with its sentence, if its mark cannot be an apostrophe.
    """
    openings = [found.start() for found in islice(_SINGLE_OPENING.finditer(text), MAX_MARKS)]
    closings = [found.end() for found in islice(_SINGLE_CLOSING.finditer(text), MAX_MARKS)]
    certain, end = {found.end() for found in _CERTAIN.finditer(text)}, 0
    for start, following in pairwise([*openings, len(text)]):
        limit = min(following, next(_PARAGRAPH_END.finditer(text, start)).start())
        ends = [at for at in closings if start < at <= limit]
        if start >= end and (ends or text[start] == "‘"):
            likeliest = ends[-1] if ends else min(limit, _sentence(text, start)[1])
            end = next((at for at in ends if at in certain), likeliest)
            yield start, end
