"""Read the front matter of a paper, and its table of contents."""

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import NamedTuple

from .dates import MONTH, days
from .extract import PageText
from .lines import Block, ends_sentence, is_contents
from .outline import LONGEST_HEADING, heading_key, is_named, is_short

_FRONT = {
    "issued": re.compile(rf"\(?(\w+, )?(\d{{1,2}} )?{MONTH}( \d{{1,2}},)? \d{{4}}(, \w+)?\)?"),
    "statement": re.compile(r"[\w-]+ edition\b.{0,20}", re.IGNORECASE),
    # a capitalised name that has a word typical of bodies that issue papers
    "issuer": re.compile(
        r"(?=.*\b(?i:State Council|Office|Ministry|People['’]s Republic of China)\b)"
        r"(?:(?:of|the|for|and|on|[A-Z][\w'’-]*),?(?: |$))+"
    ),
}
_LEADER = re.compile(r"[\s.…·]{3,}\d{1,3}$")  # dots and page number: "Preface ..... 1"
_PAGE_NUMBER = re.compile(r"\s\d{1,3}$")  # "Preface 1", or a heading: "Agenda 21"
LONGEST_LABEL = 60  # characters: a longer line is text, however it ends


def has_contents(blocks: Sequence[Block]) -> bool:
    """Return whether a text has a table of contents, as the first page of a paper does."""
    return any(is_contents(block.text) for block in blocks)


class Front(NamedTuple):
    """The front matter above a text, line by line, and the entries of its Contents.

    ``end`` is the number of blocks that they take up, ``fault`` a doubt about Contents, or "".
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
        """The sentences in the front matter, with which the text begins."""
        whole = (line for line in self.lines_of("") if ends_sentence(line))
        return [Block(line) for line in whole if not line[:1].islower()]


def read_front(page: PageText, alone: bool) -> Front:
    """Return the front matter of a first page, which is ``alone`` if there is no other."""
    texts = [block.text for block in page.blocks]
    at = next((at for at, text in enumerate(texts) if is_contents(text)), None)
    if at is None:
        return _front_alone(texts, page.published)
    below, fault = _entries(page.blocks[at + 1 :], alone)
    others = [line for line in below if line.isdigit() or kind_of(line)]  # page numbers, the issuer
    contents = tuple(line for line in below if line not in others)
    return Front([*texts[:at], *others], contents, at + 1 + len(below), fault)


def below_front(first: PageText, page: PageText) -> Sequence[Block]:
    """Return a later page's text, without the front matter of the ``first`` if it repeats that."""
    front = [block.text for block in first.blocks[: read_front(first, alone=False).end]]
    is_repeated = [block.text for block in page.blocks[: len(front)]] == front
    return page.blocks[len(front) :] if is_repeated else page.blocks


def _entries(below: Sequence[Block], alone: bool) -> tuple[tuple[str, ...], str]:
    """Return the entries of Contents among the blocks ``below`` it, and a doubt, or "".

    They end where the first one recurs, or above the heading of the first long line, or with the
    page. If the first one does not recur, but is marked as a heading, the only page has no entries.
    """
    # Without page numbers of either kind; as at first, if the first entry does not recur.
    for number in (_LEADER, _PAGE_NUMBER, _LEADER):
        texts = [number.sub("", block.text) for block in below]
        keys = list(map(heading_key, texts))
        recurs = keys.index(keys[0], 1) if keys and keys[0] in keys[1:] else None
        if recurs:
            break
    if recurs is None and alone:
        marked = [key for key, block in zip(keys, below, strict=True) if block.level]
        if below and below[0].level and len(set(marked)) == len(marked):
            return (), ""
        return (), f'the first entry of Contents "{"".join(texts[:1])[:60]}" is not repeated below'
    long = (at for at, text in enumerate(texts[:recurs]) if len(text) > LONGEST_HEADING)
    end = next((max(0, at - 1) for at in long), recurs)  # above the heading of a long line
    entries = tuple(texts[:end])
    return entries, "" if entries else "Contents lists no headings"


def _front_alone(texts: Sequence[str], day: str) -> Front:
    """Return the front matter of a paper without Contents, down to a byline with the ``day``."""
    above = takewhile(_may_be_above, texts)
    ends = (at for at, text in enumerate(above, 1) if kind_of(text) or day in days(text))
    end = max(ends, default=0)
    return Front(texts[:end], (), end)


def _may_be_above(line: str) -> bool:
    """Return whether a line may be front matter, or a label above the text."""
    is_label = len(line) <= LONGEST_LABEL and not (is_named(line) or ends_sentence(line))
    return is_label or bool(kind_of(line))


def kind_of(line: str) -> str:
    """Return the kind of front matter: issued, statement or issuer; "" for any other line."""
    kinds = (kind for kind, pattern in _FRONT.items() if pattern.fullmatch(line))
    return next(kinds, "") if is_short(line) else ""
