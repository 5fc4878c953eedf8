"""The blocks of all pages -> a document. No input or output."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from ..errors import EditionError
from ..model import Document, Page, Paragraph, Section
from ..text import normalise
from .extract import PageText
from .headings import LONGEST_HEADING, TOP_HEADINGS, Outline, heading_key, read_label
from .lines import Block, ends_sentence

# Where so large a part of the paragraphs ends like no sentence, they are lines of a wrapped text.
# In the white papers it is under 2 per cent.
MOST_OPEN_ENDS = 0.25

_CONTENTS = frozenset({"contents", "tableofcontents"})
_FRONT = {
    "issued": re.compile(
        r"\(?(\w+, )?(january|february|march|april|may|june|july|august|september|october|november"
        r"|december)( \d{1,2},)? \d{4}(, \w+)?\)?",
        re.IGNORECASE,
    ),
    "statement": re.compile(r"[\w-]+ edition\b.{0,20}", re.IGNORECASE),
    # a name: capitals throughout, and among its words those of a body that issues papers
    "issuer": re.compile(
        r"(?=.*\b(?:State Council|Office|Ministry|People['’]s Republic of China)\b)"
        r"(?:(?:of|the|for|and|on|[A-Z][\w'’-]*),?(?: |$))+"
    ),
}
_ODDITIES = (
    (
        re.compile(r"(?<!\w)\w*[a-z)]{2}[.!?;,][A-Z][a-z]+"),
        "two sentences without a space between them",
    ),
    (re.compile(r"[\u00a1-\u00ff][\u00a1-\u00ff\u2010-\u2122]"), "letters of a wrong encoding"),
    (re.compile(r"[\u200b-\u200f\u2060\ufeff\u00ad]"), "an invisible character"),
)


@dataclass(frozen=True)
class Structured:
    """A document without ids (edition 0), and what is odd in its text, a sentence each."""

    document: Document
    notes: tuple[str, ...]


@dataclass(frozen=True)
class _Front:
    """What stands before the text: ``lines`` and Contents, ``length`` blocks in all."""

    lines: Sequence[str]
    contents: tuple[str, ...]
    length: int

    def of(self, kind: str) -> list[str]:
        """The lines of a kind: issued, statement, issuer; empty for any other."""
        return [line for line in self.lines if _kind(line) == kind]


def structure(
    texts: Sequence[PageText], pages: Sequence[Page], page_count: int, document_id: str
) -> Structured:
    """Put the pages at hand together; ``page_count`` is how many the source has.

    Raises EditionError when the sections are not those that Contents lists (the first of them, as
    long as pages are missing), or when there are no paragraphs.
    """
    title = texts[0].title
    front = _read_front(texts[0].blocks, title)
    lines = [block for text in texts for block in text.blocks]
    outline = Outline(front.contents, lines[front.length :])
    paragraphs, joined = _read(texts, front.length, outline)
    _check(title, outline, paragraphs, len(texts) == page_count)
    issued, statement = front.of("issued"), front.of("statement")
    document = Document(
        id=document_id,
        title=title,
        issuer=" ".join(front.of("issuer")),
        published=texts[0].published,
        issued="".join(issued[:1]),
        statement="".join(statement[:1]),
        contents=front.contents,
        page_count=page_count,
        pages=tuple(pages),
        sections=tuple(outline.sections),
        paragraphs=tuple(paragraphs),
    )
    unused = [*front.of(""), *issued[1:], *statement[1:]]
    notes = [f'page 1: the line "{line}" before the text is not used.' for line in unused]
    return Structured(document, (*notes, *outline.notes, *joined, *_oddities(paragraphs)))


def is_beginning(blocks: Sequence[Block]) -> bool:
    """Whether a text begins as a first page does: with Contents, or a heading that is a first."""
    if any(normalise(block.text) in _CONTENTS for block in blocks):
        return True
    first = next((block.text for block in blocks if not _kind(block.text)), "")
    label = read_label(first)
    return heading_key(first) in TOP_HEADINGS or (label is not None and label.value == 1)


def _read_front(blocks: Sequence[Block], title: str) -> _Front:
    """The front matter of a first page.

    Contents are the lines from "Contents" until its first entry comes again. A paper without
    Contents has a front matter that ends at its first line of another kind. Raises EditionError
    when the first entry of Contents never comes again, or what comes before is no list.
    """
    texts = [block.text for block in blocks]
    start = next((at for at, text in enumerate(texts) if normalise(text) in _CONTENTS), None)
    if start is None:
        lines = list(takewhile(_kind, texts))
        return _Front(lines, (), len(lines))
    first, *others = [heading_key(text) for text in texts[start + 1 :]] or [""]
    if first not in others:
        entry = "".join(texts[start + 1 : start + 2])
        raise EditionError(
            f'{title}: Contents does not end: its first entry "{entry}" does not come again as a '
            "heading."
        )
    end = start + 2 + others.index(first)
    entries = tuple(texts[start + 1 : end])
    if odd := [entry for entry in entries if len(entry) > LONGEST_HEADING]:
        raise EditionError(f'{title}: Contents has lines that are no headings: "{odd[0][:60]}...".')
    return _Front(texts[:start], entries, end)


def _kind(line: str) -> str:
    """Return issued, statement or issuer; empty for a line of another kind, as a sentence is."""
    short = len(line) <= LONGEST_HEADING and not ends_sentence(line)
    return next((kind for kind in _FRONT if short and _FRONT[kind].fullmatch(line)), "")


def _read(
    texts: Sequence[PageText], start: int, outline: Outline
) -> tuple[list[Paragraph], list[str]]:
    """The paragraphs, numbered within their sections; and a note on each page break inside one.

    ``start`` is where the text begins on the first page.
    """
    paragraphs: list[Paragraph] = []
    notes: list[str] = []
    counts: dict[str, int] = {}
    open_text = ""  # the paragraph before, if no heading has come since
    for number, text in enumerate(texts, 1):
        for place, block in enumerate(text.blocks[start if number == 1 else 0 :]):
            if outline.opens(block, number):
                open_text = ""
                continue
            if place == 0 and open_text and _crosses(open_text, block.text):
                open_text = f"{open_text} {block.text}"
                last = paragraphs[-1] = replace(paragraphs[-1], text=open_text)
                notes.append(f"{last.citation} goes on from page {number - 1} to {number}.")
                continue
            if not outline.sections:  # text before any heading
                outline.sections.append(Section("Text", text.title, number))
            path, open_text = outline.path or "Text", block.text
            counts[path] = counts.get(path, 0) + 1
            paragraphs.append(Paragraph(path, counts[path], number, block.text))
    return paragraphs, notes


def _crosses(before: str, after: str) -> bool:
    """Whether a paragraph goes on over a page break: it is open, or goes on in lower case."""
    return not ends_sentence(before) or after[:1].islower()


def _check(title: str, outline: Outline, paragraphs: Sequence[Paragraph], complete: bool) -> None:
    """Raise EditionError unless the text is whole, as far as its own Contents can tell."""
    if not paragraphs:
        raise EditionError(f"{title}: no paragraphs were found under its headings.")
    if missing := outline.missing(complete):
        raise EditionError(
            f'{title}: Contents lists "{missing}", and no such section was found in its place. '
            "Is a page missing or out of order, or are its headings marked up in a new way? "
            f"Found: {'; '.join(section.heading for section in outline.sections)}."
        )
    if unlisted := outline.unlisted():
        raise EditionError(f'{title}: Contents does not list the section "{unlisted}".')
    open_ends = [each for each in paragraphs if not ends_sentence(each.text)]
    if len(open_ends) > max(1, MOST_OPEN_ENDS * len(paragraphs)):
        raise EditionError(
            f"{title}: {len(open_ends)} of {len(paragraphs)} paragraphs end like no sentence, as "
            f'"...{open_ends[0].text[-40:]}": put each paragraph on one line.'
        )


def _oddities(paragraphs: Sequence[Paragraph]) -> list[str]:
    """What is odd in the words and is left as it is, with its place."""
    notes = []
    for each in paragraphs:
        where = f"{each.citation}, page {each.page}"
        for pattern, what in _ODDITIES:
            if found := pattern.search(each.text):
                notes.append(f'{where}: {what}: "{found[0]}".')
        if not ends_sentence(each.text):
            notes.append(f'{where}: it ends like no sentence: "...{each.text[-40:]}".')
        if each.text[:1].islower():
            notes.append(f'{where}: it begins in lower case: "{each.text[:40]}...".')
    return notes
