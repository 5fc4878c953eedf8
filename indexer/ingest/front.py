"""Read what is above the text of a paper: its front matter, and its table of contents."""

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import NamedTuple

from ..text import normalise
from .dates import MONTH, days
from .extract import PageText
from .lines import TOP_HEADING, Block, ends_sentence, is_contents
from .outline import LONGEST_HEADING, heading_key, is_short, read_label
from .titles import UNTITLED

# A list of links that a site makes of headings.
_JUMPS = re.compile(r"inthis(?:article|document|paper)|jumpto(?:section)?|onthispage|outline")
_LEADER = re.compile(r"(?:\s*[.…·]){3,}\s*\d{1,3}$")  # as in "Preface ..... 3"
_PAGE_NUMBER = re.compile(r"(?<!\d)[\W_]*(?:p\. ?)?\d{1,3}\)?$")  # where all entries have one
_FRONT = {
    "issued": re.compile(rf"\(?(\w+, )?(\d{{1,2}} )?{MONTH}( \d{{1,2}},)? \d{{4}}(, \w+)?\)?"),
    "statement": re.compile(r"[\w-]+ edition\b.{0,20}", re.IGNORECASE),
    # a capitalised name, with some of the words of a body that issues papers
    "issuer": re.compile(
        r"(?=.*\b(?i:State Council|Office|Ministry|People['’]s Republic of China)\b)"
        r"(?:(?:of|the|for|and|on|[A-Z][\w'’-]*),?(?: |$))+"
    ),
}
LONGEST_LABEL = 60  # characters of what may be a label, unless its last word is in lower case
MAX_ABOVE = 12  # lines: a site's list of links is among the first, below front matter and captions
# A line that only announces the text: "The following is the full text:"
_ANNOUNCED = re.compile(r"(?:the )?(?:following|full text)\b.{0,60}[.:：]$", re.IGNORECASE)
MAX_LEADS = 1  # sentences above the front matter: two may be a message that is signed and dated


def has_contents(blocks: Sequence[Block]) -> bool:
    """Return whether a text has a table of contents, as the first page of a paper does."""
    return any(is_contents(block.text) for block in blocks)


class Front(NamedTuple):
    """The front matter above a text, line by line, and the entries of its Contents.

    ``end`` is the number of its blocks, ``fault`` a doubt about Contents, or "".
    """

    lines: Sequence[str]
    contents: tuple[str, ...]
    end: int
    fault: str = ""

    def lines_of(self, kind: str) -> list[str]:
        """Return the lines of a kind of front matter."""
        return [line for line in self.lines if kind_of(line) == kind]

    @property
    def leads(self) -> list[Block]:
        """The sentences above or in the front matter: the text begins with them."""
        whole = (line for line in self.lines_of("") if ends_sentence(line))
        return [Block(line) for line in whole if not line[:1].islower()]


def read_front(page: PageText, alone: bool) -> Front:
    """Return what is above the text of a first page, ``alone`` if it is the only one."""
    front = _read_front(page, alone)
    below = page.blocks[front.end :]
    labels = takewhile(lambda each: not each.level and UNTITLED.fullmatch(each.text), below)
    return front._replace(end=front.end + len(list(labels)))


def _read_front(page: PageText, alone: bool) -> Front:
    texts = [block.text for block in page.blocks]
    at = _list_above(texts)
    if at is None:
        lines = _front_alone(page.blocks, page.published)
        return Front(lines, (), len(lines))
    front, listed = texts[:at], page.blocks[at + 1 :]
    first, *others = texts[at + 1 :] or [""]
    below = list(map(heading_key, others))
    bare = heading_key(_PAGE_NUMBER.sub("", first))
    key = next((key for key in (heading_key(first), bare) if key in below), "")
    marked = [heading_key(block.text) for block in listed if block.level]
    if not key and alone and others and listed[0].level and len(set(marked)) == len(marked):
        return Front(front, (), at + 1)  # the entries were a site's links, below is the text
    if not key and (alone or not others):
        fault = f'the first entry of Contents "{first[:60]}" is not repeated below'
        return Front(front, (), at + 1, fault)
    entries = _entries_among([first, *others], 1 + below.index(key) if key else None)
    numbered = heading_key(first) != key or others[0].isdecimal()
    number = _PAGE_NUMBER if numbered else _LEADER
    contents = tuple(filter(None, (number.sub("", text.lstrip("- ")) for text in entries)))
    fault = "" if contents else "Contents lists no headings"
    return Front(front, contents, at + 1 + len(entries), fault)


def _list_above(texts: Sequence[str]) -> int | None:
    """Return the position of "Contents", or else of a site's list of links; None without one."""
    keys = list(map(normalise, texts))
    contents = [at for at, text in enumerate(texts) if is_contents(text)]
    jumps = (at for at, key in enumerate(keys[:MAX_ABOVE]) if _JUMPS.fullmatch(key))
    recurring = (at for at in jumps if set(keys[at + 1 : at + 2]) & set(keys[at + 2 :]))
    return next(iter([*contents, *recurring]), None)


def _entries_among(texts: Sequence[str], recurs: int | None) -> Sequence[str]:
    """Return the entries of Contents among ``texts``.

    They end where the first one recurs, or with the page; or at a section that is not listed, with
    its heading and the first long line.
    """
    long = (at for at, text in enumerate(texts[:recurs]) if len(text) > LONGEST_HEADING)
    end = next((max(0, at - 1) for at in long), recurs)
    return texts[:end]


def _front_alone(blocks: Sequence[Block], day: str) -> list[str]:
    """Return the front matter of a paper without Contents, and its byline with the ``day``.

    It ends with its last line above all sentences, or above all headings if one follows a lead.
    """
    texts = [block.text for block in blocks]
    above = list(takewhile(_may_be_above, texts))
    if not any(map(kind_of, above)):  # below a lead
        heads = (at for at, each in enumerate(blocks) if each.level or _is_heading(each.text))
        every = texts[: next(heads, None)]
        leads = [text for text in every if ends_sentence(text) and not _ANNOUNCED.match(text)]
        is_lead = len(every) < len(texts) and len(leads) <= MAX_LEADS
        above = every if is_lead and any(map(kind_of, every[-1:])) else above
    ends = (at for at, text in enumerate(above, 1) if kind_of(text) or day in days(text))
    return above[: max(ends, default=0)]


def _may_be_above(line: str) -> bool:
    """Return whether a line may be above a text: front matter, or a label."""
    is_label = len(line) <= LONGEST_LABEL and not ends_sentence(line)
    return bool(kind_of(line)) or (is_label and not _is_heading(line))


def _is_heading(line: str) -> bool:
    return bool(read_label(line) or TOP_HEADING.fullmatch(line)) and not kind_of(line)


def kind_of(line: str) -> str:
    """Return the kind of front matter: issued, statement or issuer; "" for any other line."""
    kinds = (kind for kind, pattern in _FRONT.items() if pattern.fullmatch(line))
    return next(kinds, "") if is_short(line) else ""
