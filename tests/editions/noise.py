"""Simulate a new scrape of a text; the same seed gives the same scrape."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random

from indexer.text import normalise

Text = tuple[str, str]  # section, words


@dataclass(frozen=True)
class Scrape:
    """A text as scraped again. ``truth`` has the place of each old paragraph, None if deleted."""

    texts: tuple[Text, ...]
    truth: dict[int, int | None]


@dataclass
class _Block:
    """A paragraph on its way into the new scrape, and the old ones that it contains."""

    section: str
    words: str
    old: list[int] = field(default_factory=list)


def scrape(texts: Sequence[Text], touched: float, random: Random) -> Scrape:
    """Return ``texts`` with this share of the paragraphs touched and one section moved."""
    blocks = [[_Block(section, words, [i])] for i, (section, words) in enumerate(texts)]
    for place in random.sample(range(len(blocks)), round(touched * len(blocks))):
        if blocks[place]:  # else it was merged into the one before
            random.choice(KINDS)(blocks, place, random)
    flat = _section_moved([block for group in blocks for block in group], random)
    truth: dict[int, int | None] = dict.fromkeys(range(len(texts)))
    truth.update((old, place) for place, block in enumerate(flat) for old in block.old)
    return Scrape(tuple((block.section, block.words) for block in flat), truth)


Blocks = list[list[_Block]]


def typo(blocks: Blocks, place: int, random: Random) -> None:
    """Drop, double or swap one to three letters."""
    block = blocks[place][0]
    for _ in range(random.randint(1, 3)):
        at = random.randrange(max(len(block.words) - 2, 1))
        one, two, rest = (
            block.words[at : at + 1],
            block.words[at + 1 : at + 2],
            block.words[at + 2 :],
        )
        block.words = block.words[:at] + random.choice((two, one + one + two, two + one)) + rest


def typography(blocks: Blocks, place: int, random: Random) -> None:
    """Use curly quotes, other dashes and spaces, soft hyphens, ligatures."""
    block = blocks[place][0]
    for plain, printed in (("'", "’"), ('"', "”"), (" - ", " — "), ("-", "‑"), ("fi", "ﬁ")):
        block.words = block.words.replace(plain, printed)
    block.words = re.sub(r"(\w{4})(\w{4})", "\\1\u00ad\\2", block.words)
    block.words = block.words.replace(" ", "\u00a0", random.randint(1, 9)).replace(". ", ".", 1)


def split(blocks: Blocks, place: int, random: Random) -> None:
    """Cut at the end of a sentence or a word; the part with more letters is the paragraph."""
    block = blocks[place][0]
    ends = [m.end() for m in re.finditer(r"\. +(?=\S)", block.words)] or [
        m.end() for m in re.finditer(r" +(?=\S)", block.words)
    ]
    if ends:
        at = random.choice(ends)
        parts = [_Block(block.section, words) for words in (block.words[:at], block.words[at:])]
        max(parts, key=lambda part: len(normalise(part.words))).old = block.old
        blocks[place] = parts


def merge(blocks: Blocks, place: int, random: Random) -> None:
    """Join a paragraph with the next, touched or not."""
    if place + 1 < len(blocks) and blocks[place + 1]:
        first, *rest = blocks[place + 1]
        last = blocks[place][-1]
        last.words, last.old = f"{last.words} {first.words}", last.old + first.old
        blocks[place + 1] = []
        blocks[place] += rest


def insert(blocks: Blocks, place: int, random: Random) -> None:
    """Add a paragraph of sentences taken from three others, so that it sounds like the rest."""
    groups = random.sample([group for group in blocks if group], 3)
    words = [random.choice(re.split(r"(?<=\.) +", group[0].words)) for group in groups]
    blocks[place].append(_Block(blocks[place][0].section, " ".join(words)))


def delete(blocks: Blocks, place: int, random: Random) -> None:
    """Delete a paragraph."""
    blocks[place] = []


Kind = Callable[[Blocks, int, Random], None]
KINDS: tuple[Kind, ...] = (
    typo,
    typography,
    split,
    merge,
    insert,
    delete,
)


def _section_moved(blocks: list[_Block], random: Random) -> list[_Block]:
    """Return the text with a section, not the largest, moved before another or to the end."""
    sections = list(dict.fromkeys(block.section for block in blocks))
    sections.sort(key=lambda name: sum(block.section == name for block in blocks))
    moved = random.choice(sections[: max(len(sections) - 1, 1)])
    rest = [block for block in blocks if block.section != moved]
    starts = [i for i, b in enumerate(rest) if not i or rest[i - 1].section != b.section]
    at = random.choice([*starts, len(rest)])
    return rest[:at] + [block for block in blocks if block.section == moved] + rest[at:]
