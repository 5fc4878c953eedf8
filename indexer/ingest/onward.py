"""Find a link that may lead from one page to the rest of its text, where no pager counts pages."""

import re
from collections.abc import Sequence
from itertools import takewhile
from urllib.parse import urljoin

from .furniture import MORE, is_footer, is_label
from .lines import Line, is_sentence, plain

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
_DATED = re.compile(r"/(?:19|20)\d\d(?:/\d\d?)?$")  # an archive
_SECOND_NAME = re.compile(  # all of a name, or all that it adds to that of the first page
    r"(?i)[\W_]*(?:(?:chapter|pg?|page|part)[\W_]*)?(?:0?2|ii|two)(?:\.\w+)?"
)
_NAMES_SECTION = re.compile(r"(?:[IVX]+|\d{1,2})[.:、]\s")  # how a link begins that names one
_BACKWARD = re.compile(r"(?i)\W*(?:prev|older|newer|(?:last|former)(?: article)?\s*[:：])|[<«‹←◀]")

Links = Sequence[tuple[str, str]]  # their words and addresses


def way_on(lines: Sequence[Line], rel_next: str, every: Links, address: str) -> str:
    """Return the address or words of what may lead from these lines to their rest, or "".

    ``rel_next`` is a ``rel=next`` link, ``every`` are all links of the page at ``address``.
    """
    below = _below_text(lines)
    return _linked_on(below, rel_next) or _step_on(below, every, address) or _control(below)


def _below_text(lines: Sequence[Line]) -> list[Line]:
    """Return the lines from the last sentence of a body, links apart, to the footer."""
    start = len(lines)
    for at, line in enumerate(lines, 1):
        if is_sentence(line.block.text) and not (line.block.linked or is_footer(line.shown)):
            start = at
    return list(takewhile(lambda line: not is_footer(line.shown), lines[start:]))


def _linked_on(below: Sequence[Line], rel_next: str) -> str:
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
    pieces = (piece for line in lines for piece in line.pieces if leads_on(piece.view.href))
    near = [(plain(piece.words), piece.view.href) for piece in pieces]
    if any(_BACKWARD.match(words) for words, _ in near):
        return ""
    ahead = [each for each in near if _ONWARD.fullmatch(each[0])]
    found = every if address else [*ahead, *(each for each in every if each[0] == "2")]
    steps = (href for words, href in found if words and _STEP_ON.fullmatch(words))
    second = [href for href in steps if leads_on(href) and _is_second(href, address)]
    return next(iter([*second, *(href for words, href in near if _PART_TWO.fullmatch(words))]), "")


def _is_second(href: str, address: str) -> bool:
    """Return whether a link is to a page named like that at ``address``, if known, but for a 2."""
    folder, _, own = address.rstrip("/").rpartition("/")
    there, _, name = urljoin(address, href).rstrip("/").rpartition("/")
    if "#" in href or (_DATED.search(there) and name.isdigit()):
        return False
    if not own:
        return bool(_SECOND.search(name))
    if _PAGE_IN_NAME.sub("0", name) == _PAGE_IN_NAME.sub("0", own):
        return there == folder and name != own and bool(_SECOND.search(name))
    stem = own.partition(".")[0]
    beside = [f"{folder}/{stem}", f"{folder}/{stem}/page", "" if name.startswith("?") else folder]
    return there in beside and bool(
        _SECOND_NAME.fullmatch(name.removeprefix(own).removeprefix(stem))
    )


def _control(below: Sequence[Line]) -> str:
    """Return the quoted words right ``below`` a text that lead on without an address, or ""."""
    for line in below:
        words, view = line.shown, line.pieces[0].view
        if any(leads_on(piece.view.href) for piece in line.pieces):
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
    return next(filter(leads_on, targets), "")


def leads_on(href: str) -> bool:
    """Return whether a link has an address, and is neither an anchor nor a script."""
    return bool(href) and not href.lower().startswith(("#", "javascript:"))
