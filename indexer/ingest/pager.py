"""Find the page numbers among the lines of a page, and read what they say about others."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from .lines import Line, plain
from .onward import Links, find_onward, leads_elsewhere

_NUMBER = re.compile(r"\d{1,3}")
_WORD = re.compile(
    r"\d{1,3}[页頁]?|[<>«»‹›|/\u2190-\u21ff\u25a0-\u25ff\u2770-\u27bf]+|[-–—·…]|pages?|of|in"
    r"|[上下]一?[页頁]|[首尾末][页頁]|pg|next|previous|prev|first|last|continued?|read(?:ing)?|see"
    r"|turn|go|to|on|more|the|view|show(?:ing)?|all|single|full|back|total|home|end|be|current"
)
_MARKS = re.compile(
    r"[\[\](){}（）【】，第共]|[:：,.](?!\d)|\b(?:as|in|on) (?:one|a single) page\b"
)
_STEP = re.compile(r"((?!/\d\d/\d\d)[/|<>«»‹›]+)")  # not in a date, "04/26/04"
_OF = re.compile(r"(\d{1,3})(?:[页頁]? ?(?:/|of) ?|[页頁] (?=\d+[页頁]))(\d{1,3})")  # 2/3, 2 of 3
_ON_PAGE = re.compile(r"[a-z]+ (?:on|to)? ?page (\d{1,3})$")  # continued on page 2
_NUMBERED = re.compile(r"(?:.*\b(?:page|part) )?(\d{1,3})(?: [>»›→▶►❯➔]{1,2})?")  # 2, page 2
_NEXT = re.compile(r"(?:next|下一?[页頁]|(?:[a-z]+ )*next page)?\s*[>»›→▶►❯➔]{0,2}")  # next >
_NEXT_PAGE = re.compile(r"(?:[a-z]+ )*next page|下一?[页頁]|to be continued$")
# Where nothing counts the pages, such links prove that there are more (though some skip pages).
_CERTAIN = re.compile(rf"{_NEXT_PAGE.pattern}|[>»›]{{1,2}}\s*\||last|[尾末][页頁]")  # >|, last
# "Next" alone may lead to another article; these addresses are of another page of this one.
_PAGE_LINK = re.compile(  # roads_2.html, ?page=2, /page/2
    r"(?i)[_-]\d{1,3}\.(?:s?html?|aspx?|jsp|php)$|[?&]p(?:age)?(?:no)?=\d{1,3}$|/page[/-]\d{1,3}/?$"
)
_FOLDER = re.compile(r"(?<!/\d\d)/\d{1,2}/?$")  # ARTICLE/2/, but not a day: YYYY/MM/DD/
# A script may write the pager: pageCount = COUNT, or createPageHTML(COUNT, INDEX, ...), where INDEX
# counts from 0. Or images or a drop-down list may link to NAME_2.html.
_COUNT = re.compile(
    r"(?i)(?:page_?count|count_?page|(?:max|total)_?pages?)\W{1,4}(\d{1,3})\b"
    r"|page(?:html|s|nav|num|bar)?\(\s*(\d{1,3})\s*,\s*(\d{1,3})\b"
)
_OTHER = re.compile(r"(?<!\w)(\w{1,100})_(\d{1,2})\.s?html?\b")  # NAME_2.html
# A button or image that leads on by a script, to an address that is not on the page.
_CONTROL = re.compile(r"(?i)<(?:img|input)[^<>]*=[\"']\s*next page")


@dataclass(frozen=True)
class Pager:
    """The page numbers on a page, from 1, and its link to the next page, as written there.

    ``current`` is None if unknown, ``last`` the largest number shown. ``lines`` are the positions
    of the pager's lines. ``possible_next`` is what may lead on, where nothing is certain.
    """

    current: int | None = None
    last: int = 1
    next: str | None = None
    lines: frozenset[int] = frozenset()
    possible_next: str = ""


def find_pager(
    lines: Sequence[Line], rel_next: str = "", html: str = "", address: str = "", every: Links = ()
) -> Pager:
    """Return what the pagers of a page, which may have two, say about other pages.

    A pager is a line of page numbers; or consecutive lines of one number or step each, if any is a
    link or they have 1 and 2; or written by a script in ``html``. ``every`` are all links.
    """
    spaced = [" ".join(piece.words for piece in line.pieces) for line in lines]
    found = {at for at, text in enumerate(spaced) if is_pager(text)}
    found -= _printed({at: lines[at].shown for at in sorted(found) if not _linked(lines[at])})
    for is_part, run in groupby(enumerate(lines), lambda each: bool(_pager_words(each[1].shown))):
        parts = dict(run)  # by position
        has_link = any(map(_linked, parts.values()))
        if is_part and (has_link or {"1", "2"} <= {line.shown for line in parts.values()}):
            found.update(parts)
    pager = _read_pager([lines[at] for at in sorted(found)], rel_next, _read_html(html, address))
    is_alone = pager.last == 1 and not pager.next
    onward = find_onward(lines, rel_next, every, address) if is_alone else ""
    return replace(pager, lines=frozenset(found), possible_next=onward)


def _linked(line: Line) -> bool:
    return any(leads_elsewhere(piece.view.href) for piece in line.pieces)


def _printed(texts: Mapping[int, str]) -> set[int]:
    """Return the keys of ``texts`` if they number the pages of a print: alike, and consecutive."""
    numbers = [list(map(int, _NUMBER.findall(text))) for text in texts.values()]
    shapes = {_NUMBER.sub("", text) for text in texts.values()}
    if len(texts) < 2 or len(shapes) > 1 or not all(numbers):
        return set()
    in_a_row = all(one[0] + 1 == other[0] for one, other in pairwise(numbers))
    return set(texts) if in_a_row and numbers[0][1:] in ([], [len(texts)]) else set()


def is_pager(text: str) -> bool:
    """Return whether a line is all page numbers and steps, or says that a page follows."""
    words = _pager_words(text)
    numbers = 1 < len(words) <= 100 and any(map(_NUMBER.match, words))
    return numbers or _NEXT_PAGE.search(" ".join(words)) is not None


def page_number(link: str) -> int | None:
    """Return the page number in a link, if it has one."""
    found = _PAGE_LINK.search(link) or _FOLDER.search(link)
    return int(re.findall(r"\d+", found[0])[-1]) if found else None


def _pager_words(text: str) -> list[str]:
    """Return the words of a line in lower case if all are typical of pagers, else none."""
    words = _STEP.sub(r" \1 ", _MARKS.sub(" ", text.lower())).split()
    return words if all(map(_WORD.fullmatch, words)) else []


def _read_html(html: str, address: str) -> Pager:
    """Return what a script, a list or a button in the HTML says about other pages."""
    counts = [(int(x[1] or x[2]), int(x[3]) + 1 if x[3] else 0) for x in _COUNT.finditer(html)]
    # A call whose second number is no index has another meaning: changePage(1, 10).
    if pagers := [(last, current) for last, current in counts if current <= last]:
        last, current = max(pagers)
        return Pager(current or None, last)
    named = _OTHER.findall(html)
    others = [int(number) for name, number in named if not address or name in address]
    return Pager(None, max(others, default=2 if _CONTROL.search(html) else 1))


def _read_pager(lines: Sequence[Line], rel_next: str, written: Pager) -> Pager:
    """Return what the lines of a pager say or, without numbers, what the HTML has ``written``."""
    links, bare = _links_and_words(lines)
    names = ((_NUMBERED.fullmatch(words), href) for words, href in links.items())
    numbered = {int(name[1]): href for name, href in names if name}
    shown = set(map(int, _NUMBER.findall(bare)))
    if numbered or shown:
        last, current = max([*numbered, *shown]), _current(bare, shown, set(numbered))
    else:
        last = max(written.last, 2 if _NEXT_PAGE.search(bare) else 1)
        current = written.current
    if current and current >= last and (numbered or _OF.search(bare)):
        return Pager(current, last)
    following = [
        numbered.get(current + 1, "") if current else "",
        *(href for words, href in links.items() if words and _NEXT.fullmatch(words)),
        rel_next,
    ]
    if last == 1 and not any(map(_CERTAIN.match, links)):
        following = [href for href in following if page_number(href) is not None]
    return Pager(current, last, next(filter(None, following), None))


def _links_and_words(lines: Sequence[Line]) -> tuple[dict[str, str], str]:
    """Return the links of a pager by their words, and its other words."""
    links, bare = dict[str, str](), ""
    for piece in (piece for line in lines for piece in line.pieces):
        words = plain(_MARKS.sub(" ", piece.words.lower()))
        if leads_elsewhere(piece.view.href):
            links.setdefault(words, piece.view.href)
        elif words:
            bare += f" {words}"
    return links, bare


def _current(bare: str, shown: set[int], numbered: set[int]) -> int | None:
    """Return the number of the page: the one stated ("1/3"), or the only one without a link."""
    if of := _OF.search(bare):
        return min(int(of[1]), int(of[2]))
    if (on := _ON_PAGE.search(bare)) and not numbered:
        return max(1, int(on[1]) - 1)
    first, last = min(numbered, default=1), max(numbered, default=0)
    missing = set(range(max(1, first - 1), last + 1)) - numbered
    return next((min(each) for each in (shown, missing) if len(each) == 1), None)
