"""Find a link that may lead from a page to the rest of its text, where no pager counts pages."""

import re
from collections.abc import Sequence
from itertools import takewhile
from urllib.parse import urljoin

from .furniture import MORE, is_footer, is_label
from .lines import Line, is_sentence

_ONWARD = re.compile(  # words below a text that may link to the rest
    r"(?i)[\W_]{0,9}(?:[>»›→▶►❯➔]{1,9}|continued?|(?:continue|read) (?:on|reading)\b.{0,90}"
    r"|next(?:\s*[:：>»›→|].{0,90}| (?:page|part|chapter|section)\b.{0,90})?"  # Next: Roads
    r"|(?:(?:click|continue|go|read|see|turn|view)\b.{0,20} )?(?:(?:the )?(?:rest|second half"
    r"|next (?:chapter|page|part|section))(?: of \w.{0,40})?"  # Read the rest of the text
    r"|(?:part|chapter|section) (?:\d\d?|[ivx]{1,4}|one|two|three)\b.{0,60})"  # Part II »
    r")[\W_]{0,9}"
)
_PART_TWO = re.compile(r"(?i)(?:[a-z]+ ){0,3}(?:chapter|page|part|section) (?:2|ii|two)\W*")
_BACKWARD = re.compile(r"(?i)\W*(?:prev|older|newer|(?:last|former)(?: article)?\s*[:：])|[<«‹←◀]")
_PREVIOUS = re.compile(r"(?i)\W*prev|[<«‹←◀]")  # "Older" may link to a second page
# The ends of addresses that number a first or a second page: "/part-ii.html", "_2".
_ADDED = (
    r"(?i)[\W_]{{0,3}}(?:(?<![a-z])(?:chapter|pg?|page|part)[\W_]{{0,3}})?(?:{})"
    r"(?:\.[a-z]{{3,5}})?/?$"
)
_FIRST = re.compile(_ADDED.format(r"(?<!\d)0?1|i|one|"))
_SECOND = re.compile(_ADDED.format(r"(?<!\d)0?2|ii|two"))
_IMAGE = re.compile(r"(?i)\.(?:gif|jpe?g|png|webp)$")

Links = Sequence[tuple[str, str]]  # each link's words and address


def find_onward(lines: Sequence[Line], rel_next: str, every: Links, address: str) -> str:
    """Return the address or words of what may lead from a page's lines to the rest, or ""."""
    below_text = len(lines)  # the position below the last sentence of the body, links apart
    for at, line in enumerate(lines, 1):
        if is_sentence(line.block.text) and not (line.block.linked or is_footer(line.shown)):
            below_text = at
    below = list(takewhile(lambda line: not is_footer(line.shown), lines[below_text:]))
    return _link_below(below, rel_next) or _link_to_second(every, address) or _control(below)


def _link_below(below: Sequence[Line], rel_next: str) -> str:
    """Return a link in the lines ``below`` a text that may lead to the rest, or ""."""
    linked = (line for line in reversed(below) if line.block.linked)
    targets = [(line.shown, piece.view.href) for line in linked for piece in line.pieces]
    if any(_BACKWARD.match(words) for words, _ in targets):
        return ""  # a link beside one back is to another article
    on = (href for words, href in targets if _ONWARD.fullmatch(words) or href == rel_next)
    return next(filter(leads_elsewhere, on), "")


def _link_to_second(every: Links, address: str) -> str:
    """Return a link that, by its words or its address, may be to the second page; or ""."""
    for words, href in every:
        # Where the first page's address is unknown, that of the link is not enough.
        may_lead = bool(address) or words == "2" or _ONWARD.fullmatch(words)
        is_second = _PART_TWO.fullmatch(words) or (may_lead and _is_second(href, address))
        if leads_elsewhere(href) and is_second and not _PREVIOUS.match(words):
            return href
    return ""


def _is_second(href: str, address: str) -> bool:
    """Return whether a link's address is that of a second page after ``address``, if known."""
    try:
        there, stem = urljoin(address, href), _FIRST.sub("", address)
    except ValueError:  # not an address
        return False
    if "#" in href or _IMAGE.search(there) or not _SECOND.search(there):
        return False
    # roads_2 after roads or roads_1; roads/2 after roads/index
    return not address or _SECOND.sub("", there) in (address, stem, stem.rpartition("/")[0])


def _control(below: Sequence[Line]) -> str:
    """Return the quoted label of a control right ``below`` a text that may load the rest, or ""."""
    for line in below:
        words, view = line.shown, line.pieces[0].view
        if any(leads_elsewhere(piece.view.href) for piece in line.pieces):
            break
        is_number = bool(view.href) and view.kind == "text" and words == "2"
        if _ONWARD.fullmatch(words) or MORE.fullmatch(words) or is_number:
            return f'"{words}"'
        if not is_label(words):
            break
    return ""


def is_step(words: str) -> bool:
    """Return whether a link's words only say that it leads on, or back."""
    return bool(_ONWARD.fullmatch(words) or _BACKWARD.match(words))


def leads_elsewhere(href: str) -> bool:
    """Return whether a link has an address that is neither an anchor nor a script."""
    return bool(href) and not href.lower().startswith(("#", "javascript:"))
