"""Find a link that may lead from one page to the rest of its text, where no pager counts pages."""

import re
from collections.abc import Sequence
from itertools import takewhile
from urllib.parse import urljoin

from .furniture import MORE, is_footer, is_label
from .lines import Line, is_sentence

_ONWARD = re.compile(  # words below a text that may lead to its rest: "Next: Roads", "Part II »"
    r"(?i)[\W_]{0,9}(?:[>»›→▶►❯➔]{1,9}|continued?|(?:continue|read) (?:on|reading)\b.{0,90}"
    r"|next(?:\s*[:：>»›→|].{0,90}| (?:page|part|chapter|section)\b.{0,90})?"
    r"|(?:(?:click|continue|go|read|see|turn|view)\b.{0,20} )?(?:(?:the )?(?:rest|second half"
    r"|next (?:chapter|page|part|section))(?: of \w.{0,40})?"
    r"|(?:part|chapter|section) (?:\d\d?|[ivx]{1,4}|one|two|three)\b.{0,60})"
    r")[\W_]{0,9}"
)
_PART_TWO = re.compile(r"(?i)(?:[a-z]+ ){0,3}(?:chapter|page|part|section) (?:2|ii|two)\W*")
_BACKWARD = re.compile(r"(?i)\W*(?:prev|older|newer|(?:last|former)(?: article)?\s*[:：])|[<«‹←◀]")
_PREVIOUS = re.compile(r"(?i)\W*prev|[<«‹←◀]")  # "Older" may lead on to a second page
# What the addresses of a first and a second page add to that of the article: "/part-ii.html", "_2".
_ADDED = (
    r"(?i)[\W_]{{0,3}}(?:(?<![a-z])(?:chapter|pg?|page|part)[\W_]{{0,3}})?(?:{})"
    r"(?:\.[a-z]{{3,5}})?/?$"
)
_FIRST = re.compile(_ADDED.format(r"(?<!\d)0?1|i|one|"))
_SECOND = re.compile(_ADDED.format(r"(?<!\d)0?2|ii|two"))
_IMAGE = re.compile(r"(?i)\.(?:gif|jpe?g|png|webp)$")

Links = Sequence[tuple[str, str]]  # their words and addresses


def way_on(lines: Sequence[Line], rel_next: str, every: Links, address: str) -> str:
    """Return the address or words of what may lead from these lines to their rest, or "".

    ``rel_next`` is a ``rel=next`` link, ``every`` are all links of the page at ``address``.
    """
    start = len(lines)  # below the last sentence of the body, links apart
    for at, line in enumerate(lines, 1):
        if is_sentence(line.block.text) and not (line.block.linked or is_footer(line.shown)):
            start = at
    below = list(takewhile(lambda line: not is_footer(line.shown), lines[start:]))
    return _linked_on(below, rel_next) or _second(every, address) or _control(below)


def _linked_on(below: Sequence[Line], rel_next: str) -> str:
    """Return the link in a line ``below`` a text that may lead to the rest, or ""."""
    linked = (line for line in reversed(below) if line.block.linked)
    targets = [(line.shown, piece.view.href) for line in linked for piece in line.pieces]
    if any(_BACKWARD.match(words) for words, _ in targets):
        return ""  # beside a link back, it is to another article
    on = (href for words, href in targets if _ONWARD.fullmatch(words) or href == rel_next)
    return next(filter(leads_on, on), "")


def _second(every: Links, address: str) -> str:
    """Return a link to a page that may be the second, by its words or its address; or "".

    If the ``address`` of the first is unknown, the words must lead on, too.
    """
    for words, href in every:
        leads = bool(address) or words == "2" or _ONWARD.fullmatch(words)
        is_second = _PART_TWO.fullmatch(words) or (leads and _is_second(href, address))
        if leads_on(href) and is_second and not _PREVIOUS.match(words):
            return href
    return ""


def _is_second(href: str, address: str) -> bool:
    """Return whether a link is to a page named like the one at ``address``, if known, with a 2."""
    try:
        there, stem = urljoin(address, href), _FIRST.sub("", address)
    except ValueError:  # it is no address
        return False
    if "#" in href or _IMAGE.search(there) or not _SECOND.search(there):
        return False
    return not address or _SECOND.sub("", there) in (address, stem, stem.rpartition("/")[0])


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


def leads_on(href: str) -> bool:
    """Return whether a link has an address, and is neither an anchor nor a script."""
    return bool(href) and not href.lower().startswith(("#", "javascript:"))
