"""Find the page numbers among the lines of a page, and what they say about other pages."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, takewhile

from .furniture import MORE, is_footer, is_label
from .lines import Line, is_contents, is_sentence, plain

LONGEST_STEP = 40  # characters of a link to another page, whatever its words

_NUMBER = re.compile(r"\d{1,3}")
_WORD = re.compile(
    r"\d{1,3}[页頁]?|[<>«»‹›|/\u2190-\u21ff\u25a0-\u25ff\u2770-\u27bf]+|[-–—·…]|pages?|of|in"
    r"|[上下]一?[页頁]|[首尾末][页頁]|pg|next|previous|prev|first|last|continued?|read(?:ing)?|see"
    r"|turn|go|to|on|more|the|view|show(?:ing)?|all|single|full|back|total|home|end|be|current"
)
_MARKS = re.compile(
    r"[\[\](){}（）【】，第共]|[:：,.](?!\d)|\b(?:as|in|on) (?:one|a single) page\b"
)
_STEP = re.compile(r"([/|<>«»‹›]+)")
_OF = re.compile(r"(\d{1,3})(?:[页頁]? ?(?:/|of) ?|[页頁] (?=\d+[页頁]))(\d{1,3})")
_ON_PAGE = re.compile(r"[a-z]+ (?:on|to)? ?page (\d{1,3})$")
_NUMBERED = re.compile(r"(?:.*\b(?:page|part) )?(\d{1,3})")
# ">>|" and "Last" skip pages, and so never lead to the next.
_NEXT = re.compile(r"(?:next|下一?[页頁]|(?:[a-z]+ )*next page)?\s*[>»›→▶►❯➔]{0,2}")
_PREVIOUS = re.compile(r"[<«‹←◀]|prev|back|first|home|current|[上首]")
_NEXT_PAGE = re.compile(r"(?:[a-z]+ )*next page|下一?[页頁]|to be continued$")
_LAST = re.compile(r"[>»›]{1,2}\s*\||last|[尾末][页頁]")
# Where nothing counts the pages, these links prove that there are more.
_CERTAIN = re.compile(rf"{_NEXT_PAGE.pattern}|{_LAST.pattern}")
# "Next" alone may lead to another article; these addresses are of a page of the same.
_PAGE_LINK = re.compile(r"[_-]\d{1,3}\.s?html?$|[?&]p(?:age)?=\d{1,3}$|/page/\d{1,3}/?$")
_FOLDER = re.compile(r"(?<!/\d\d)/\d{1,2}/?$")  # such as ARTICLE/2/, but not the day YYYY/MM/DD/
_ONWARD = re.compile(  # words below a text that may lead to its rest: "Next: Roads", "Part II »"
    r"(?i)[\W_]{0,9}(?:[>»›→▶►❯➔]{1,9}|continued?|(?:continue|read) (?:on|reading)\b.{0,90}"
    r"|next(?:\s*[:：>»›→|].{0,90}| (?:page|part|chapter|section)\b.{0,90})?"
    r"|(?:(?:click|continue|go|read|see|turn|view)\b.{0,20} )?(?:(?:the )?(?:rest|second half"
    r"|next (?:chapter|page|part|section))(?: of \w.{0,40})?"
    r"|(?:part|chapter|section) (?:\d\d?|[ivx]{1,4}|one|two|three)\b.{0,60})"
    r")[\W_]{0,9}"
)
# The words of a link beside a body: there, more words are of another article.
_STEP_ON = re.compile(
    r"(?i)[\W_]*(?:(?:continue|go|read(?:ing)?|see|to|on|the|and|next|more|later|second|half|pages?"
    r"|parts?|chapters?|sections?|\d{1,2}|[ivx]{1,4}|one|two|three|four|five)(?![^\W_])[\W_]*)*"
)
_PART_TWO = re.compile(r"(?i)(?:[a-z]+ ){0,3}(?:chapter|page|part|section) (?:2|ii|two)\W*")
# The number of a page in a name, and that of a second one: others are those of articles.
_PAGE_IN_NAME, _SECOND = re.compile(r"(?<!\d)\d{1,2}(?!\d)"), re.compile(r"(?<!\d)0?2(?:\.\w+)?$")
_SECOND_NAME = re.compile(  # all of a name, or all that it adds to that of the first page
    r"(?i)[\W_]*(?:(?:chapter|pg?|page|part)[\W_]*)?(?:0?2|ii|two)(?:\.\w+)?"
)
_NAMES_SECTION = re.compile(r"(?:[IVX]+|\d{1,2})[.:、]\s")  # how a link begins that names one
_BACKWARD = re.compile(r"(?i)\W*(?:prev|older|newer|(?:last|former)(?: article)?\s*[:：])|[<«‹←◀]")
# A script may write the pager: createPageHTML(COUNT, INDEX, ...), where INDEX counts from 0, or
# pageCount = COUNT. Or there may be images or a list to choose from, with links to NAME_2.html.
_WRITES_PAGER = re.compile(
    r"page(?:html|s|nav|num|bar)?\(\s*(\d{1,3})\s*,\s*(\d{1,3})\b", re.IGNORECASE
)
_COUNT = re.compile(
    r"(?:page_?count|count_?page|(?:max|total)_?pages?)\W{1,4}(\d{1,3})\b", re.IGNORECASE
)
_OTHER = re.compile(r"(?<!\w)(\w{1,100})_(\d{1,2})\.s?html?\b")
# A button or image that leads on by a script, to an address that the page does not show.
_CONTROL = re.compile(r"(?i)<(?:img|input)[^<>]*=[\"']\s*next page")

Links = Sequence[tuple[str, str]]  # their words and addresses


@dataclass(frozen=True)
class Pager:
    """The page numbers of a page, from 1, and its link to the next page as written there.

    ``current`` is None if unknown, ``last`` the largest number shown. ``lines`` are the positions
    of the pager's lines. ``maybe`` is what may be the next page, where nothing is certain.
    """

    current: int | None = None
    last: int = 1
    next: str | None = None
    lines: frozenset[int] = frozenset()
    maybe: str = ""

    @property
    def may_be_first(self) -> bool:
        """True unless the page says that it is a later one."""
        return self.current in (None, 1)


def find_pager(
    lines: Sequence[Line],
    rel_next: str = "",
    source: str = "",
    address: str = "",
    every: Links = (),
) -> Pager:
    """Return what a page says about the others; it may have two pagers.

    A pager is a line of page numbers; lines in a row of a number or step each, if any is a link or
    they count from 1; or links to other pages. ``rel_next`` is a ``rel=next`` link. Scripts in the
    HTML ``source`` may write a pager. Pages named unlike ``address`` are of other articles.
    ``every`` link of the page may be to the next, wherever it is.
    """
    spaced = [" ".join(piece.words for piece in line.pieces) for line in lines]
    found = {at for at, text in enumerate(spaced) if is_pager(text)}
    entries = _entries(lines)
    parts = groupby(enumerate(lines), lambda each: _is_pager_part(each[1], each[0] not in entries))
    for is_part, run in parts:
        row = dict(run)
        links = any(_leads_on(piece.view.href) for line in row.values() for piece in line.pieces)
        if is_part and (links or {"1", "2"} <= {line.shown for line in row.values()}):
            found.update(row)
    written = _read_source(source, address)
    pager = _read_pager([lines[at] for at in sorted(found)], rel_next, written)
    maybe = ""
    if pager.last == 1 and not pager.next:
        below = _below_text(lines)
        maybe = _way_on(below, rel_next) or _step_on(below, every, address) or _control(below)
    return replace(pager, lines=frozenset(found), maybe=maybe)


def _below_text(lines: Sequence[Line]) -> list[Line]:
    """Return the lines from the last sentence of a body, links apart, to the footer."""
    start = len(lines)
    for at, line in enumerate(lines, 1):
        if is_sentence(line.block.text) and not (line.block.linked or is_footer(line.shown)):
            start = at
    return list(takewhile(lambda line: not is_footer(line.shown), lines[start:]))


def _way_on(below: Sequence[Line], rel_next: str) -> str:
    """Return the link in a line ``below`` a text that may lead to the rest, or ""."""
    linked = (line for line in reversed(below) if line.block.linked)
    targets = [(line.shown, piece.view.href) for line in linked for piece in line.pieces]
    numbered = (href for words, href in targets if _NAMES_SECTION.match(words))
    return onward(targets) or next((href for href in numbered if href == rel_next), "")


def _step_on(below: Sequence[Line], every: Links, address: str) -> str:
    """Return a link whose words and address may be those of a second page, or "".

    If the ``address`` of the first is unknown, it leads on right ``below`` the text, or is a 2.
    """
    lines = takewhile(lambda line: not is_sentence(line.shown), below)
    pieces = (piece for line in lines for piece in line.pieces if _leads_on(piece.view.href))
    near = [(plain(piece.words), piece.view.href) for piece in pieces]
    if any(_BACKWARD.match(words) for words, _ in near):
        return ""
    ahead = [each for each in near if _ONWARD.fullmatch(each[0])]
    found = every if address else [*ahead, *(each for each in every if each[0] == "2")]
    steps = (href for words, href in found if words and _STEP_ON.fullmatch(words))
    second = [href for href in steps if _leads_on(href) and _is_second(href, address)]
    return next(iter([*second, *(href for words, href in near if _PART_TWO.fullmatch(words))]), "")


def _is_second(href: str, address: str) -> bool:
    """Return whether a link is to a page named like that at ``address``, if known, but for a 2."""
    folder, _, own = address.rstrip("/").rpartition("/")
    there, _, name = href.rstrip("/").rpartition("/")
    if not own or _PAGE_IN_NAME.sub("0", name) == _PAGE_IN_NAME.sub("0", own):
        return name != own and bool(_SECOND.search(name))
    stem = own.partition(".")[0]
    is_beside = there.rpartition(":")[2].strip("./") in f"{folder}/{stem}/page"
    return is_beside and bool(_SECOND_NAME.fullmatch(name.removeprefix(own).removeprefix(stem)))


def _control(below: Sequence[Line]) -> str:
    """Return the quoted words right ``below`` a text that lead on without an address, or ""."""
    for line in below:
        words, view = line.shown, line.pieces[0].view
        if any(_leads_on(piece.view.href) for piece in line.pieces):
            break
        is_number = bool(view.href) and view.kind == "text" and words == "2"
        if _ONWARD.fullmatch(words) or MORE.fullmatch(words) or is_number:
            return f'"{words}"'
        if not is_label(words):
            break
    return ""


def is_step(words: str) -> bool:
    """Return whether a link's words lead on, or back, and say no more."""
    return bool(_ONWARD.fullmatch(words) or _BACKWARD.match(words))


def onward(links: Links) -> str:
    """Return the first link that leads on, or "": beside a link back, it is to another article."""
    if any(_BACKWARD.match(words) for words, _ in links):
        return ""
    targets = (href for words, href in links if _ONWARD.fullmatch(words))
    return next(filter(_leads_on, targets), "")


def is_pager(text: str) -> bool:
    """Return whether a line consists of page numbers and steps, or says that a page follows."""
    words = _pager_words(text)
    numbers = 1 < len(words) <= 100 and any(map(_NUMBER.match, words))
    return numbers or _NEXT_PAGE.search(" ".join(words)) is not None


def _entries(lines: Sequence[Line]) -> range:
    """Return the positions from Contents to the text, whose links to other pages are no pager."""
    places = range(len(lines))
    start = next((at for at in places if is_contents(lines[at].shown)), len(lines))
    return range(start, next((at for at in places[start:] if is_sentence(lines[at].shown)), start))


def _is_pager_part(line: Line, any_words: bool) -> bool:
    links = (piece.view.href for piece in line.pieces if piece.words.strip())
    is_link = any_words and all(map(_PAGE_LINK.search, links))
    return (is_link or bool(_pager_words(line.shown))) and len(line.shown) <= LONGEST_STEP


def page_number(link: str) -> int | None:
    """Return the page number in a link, if it has one."""
    found = _PAGE_LINK.search(link) or _FOLDER.search(link)
    return int(re.findall(r"\d+", found[0])[-1]) if found else None


def _pager_words(text: str) -> list[str]:
    """Return the words of a line in lower case, if all are those of a pager; else none."""
    words = _STEP.sub(r" \1 ", _MARKS.sub(" ", text.lower())).split()
    return words if all(map(_WORD.fullmatch, words)) else []


def _leads_on(href: str) -> bool:
    """Return whether a link has an address, and is neither an anchor nor a script."""
    return bool(href) and not href.lower().startswith(("#", "javascript:"))


def _read_source(source: str, address: str) -> Pager:
    """Return what a script, a list or a button in the HTML says of other pages."""
    script = _WRITES_PAGER.search(source)
    if script and int(script[2]) < int(script[1]):
        return Pager(int(script[2]) + 1, int(script[1]))
    if count := _COUNT.search(source):
        return Pager(None, max(1, int(count[1])))
    named = _OTHER.findall(source)
    others = [int(number) for name, number in named if not address or name in address]
    return Pager(None, max(others, default=2 if _CONTROL.search(source) else 1))


def _read_pager(lines: Sequence[Line], rel_next: str, written: Pager) -> Pager:
    """Return what the lines of a pager say, or else what the HTML has ``written``.

    The current page is stated ("1/3"), or the one number that is no link or that the links lack.
    """
    links, bare = dict[str, str](), ""  # links by their words
    for piece in (piece for line in lines for piece in line.pieces):
        words = plain(_MARKS.sub(" ", piece.words.lower()))
        if _leads_on(piece.view.href):
            links.setdefault(words, piece.view.href)
        elif words:
            bare += f" {words}"
    names = ((_NUMBERED.fullmatch(words), href) for words, href in links.items())
    numbered = {int(name[1]): href for name, href in names if name}
    shown = set(map(int, _NUMBER.findall(bare)))
    told = _told(bare, shown, bool(numbered), written)
    last = max(told.last, *numbered, 1)
    missing = set(range(1, last + 1)) - set(numbered) if numbered else set[int]()
    single = (min(each) for each in (shown, missing) if len(each) == 1)
    current = told.current or next(single, None)
    if current and current >= last and (numbered or told.current):
        return Pager(current, last)
    following = [
        numbered.get(current + 1, "") if current else "",
        *_steps(links, numbered),
        rel_next,
    ]
    if last == 1 and not any(map(_CERTAIN.match, links)):
        following = [href for href in following if page_number(href) is not None]
    return Pager(current, last, next(filter(None, following), None))


def _steps(links: Mapping[str, str], numbered: Mapping[int, str]) -> Iterator[str]:
    """Yield the links of a pager that say that they lead to the next page."""
    for words, href in links.items():
        is_page = _PAGE_LINK.search(href) and href not in numbered.values()
        elsewhere = _LAST.fullmatch(words) or _PREVIOUS.match(words)
        if words and (is_page or _NEXT.fullmatch(words)) and not elsewhere:
            yield href


def _told(bare: str, shown: set[int], numbered: bool, written: Pager) -> Pager:
    """Return what a pager says outside its links, or else what the HTML has ``written``."""
    if of := _OF.search(bare):
        return Pager(min(int(of[1]), int(of[2])), max(shown))
    if (on := _ON_PAGE.search(bare)) and not numbered:
        return Pager(int(on[1]) - 1, int(on[1]))
    if shown:
        return Pager(None, max(shown))
    if written.last > 1 and not numbered:
        return written
    return Pager(None, 2 if _NEXT_PAGE.search(bare) else 1)
