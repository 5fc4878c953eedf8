"""The blocks of all pages -> a document. No input or output."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..errors import EditionError
from ..model import Document, Page, Paragraph, Section
from .blocks import ends_sentence
from .extract import PageText
from .front import Front, read_front
from .outline import Outline

# Where so large a part of the paragraphs ends like no sentence, they are lines of a wrapped text.
# In the white papers it is under 2 per cent.
MOST_OPEN_ENDS = 0.25

_ODDITIES = (
    (re.compile(r"\w*[a-z)]{2}[.!?;,][A-Z][a-z]+"), "two sentences without a space between them"),
    (re.compile(r"[\u00a1-\u00ff][\u00a1-\u00ff\u2010-\u2122]"), "letters of a wrong encoding"),
    (re.compile(r"[\u200b-\u200f\u2060\ufeff\u00ad]"), "an invisible character"),
)


@dataclass(frozen=True)
class Structured:
    """A document without ids (edition 0), and what is odd in its text, a sentence each."""

    document: Document
    notes: tuple[str, ...]


def structure(
    texts: Sequence[PageText], pages: Sequence[Page], page_count: int, document_id: str
) -> Structured:
    """Put the pages at hand together; ``page_count`` is how many the source has.

    Raises EditionError when the sections are not those that Contents lists (the first of them, as
    long as pages are missing), or when there are no paragraphs.
    """
    title = texts[0].title
    front = read_front(texts[0].blocks, title)
    lines = [block for text in texts for block in text.blocks]
    outline = Outline(front.contents, lines[front.length :])
    paragraphs, joined = _read(texts, front, outline)
    _check(title, front, outline, paragraphs, len(texts) == page_count)
    document = Document(
        id=document_id,
        title=title,
        issuer=front.issuer,
        published=texts[0].published,
        issued=front.issued,
        statement=front.statement,
        contents=front.contents,
        page_count=page_count,
        pages=tuple(pages),
        sections=tuple(outline.sections),
        paragraphs=tuple(paragraphs),
    )
    unused = [f'page 1: the line "{line}" before the text is not used.' for line in front.unused]
    notes = [*unused, *outline.notes, *joined, *_oddities(paragraphs)]
    return Structured(document, tuple(notes))


def _read(
    texts: Sequence[PageText], front: Front, outline: Outline
) -> tuple[list[Paragraph], list[str]]:
    """The paragraphs, numbered within their sections; and a note on each page break inside one."""
    paragraphs: list[Paragraph] = []
    notes: list[str] = []
    counts: dict[str, int] = {}
    after_text = False
    for number, text in enumerate(texts, 1):
        blocks = text.blocks[front.length :] if number == 1 else text.blocks
        for place, block in enumerate(blocks):
            if outline.heading(block, number):
                after_text = False
                continue
            last = paragraphs[-1].text if after_text else ""
            if place == 0 and last and _crosses(last, block.text):
                paragraphs[-1] = replace(paragraphs[-1], text=f"{last} {block.text}")
                notes.append(
                    f"{paragraphs[-1].citation} goes on from page {number - 1} to {number}."
                )
                continue
            if not outline.sections:  # text before any heading
                outline.sections.append(Section("Text", text.title, number))
            path = outline.path or "Text"
            counts[path] = counts.get(path, 0) + 1
            paragraphs.append(Paragraph(path, counts[path], number, block.text))
            after_text = True
    return paragraphs, notes


def _crosses(before: str, after: str) -> bool:
    """Whether a paragraph goes on over a page break: it is open, or goes on in lower case."""
    return not ends_sentence(before) or after[:1].islower()


def _check(
    title: str, front: Front, outline: Outline, paragraphs: Sequence[Paragraph], complete: bool
) -> None:
    """Raise EditionError unless the text is whole, as far as its own Contents can tell."""
    if not paragraphs:
        raise EditionError(f"{title}: no paragraphs were found under its headings.")
    missing = outline.missing(complete)
    if front.contents and missing:
        raise EditionError(
            f'{title}: Contents lists "{missing[0]}", and no such section was found in its place. '
            f"Found: {'; '.join(section.heading for section in outline.sections)}."
        )
    if front.contents and (unlisted := outline.unlisted()):
        raise EditionError(f'{title}: Contents does not list the section "{unlisted[0]}".')
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
            notes += [f'{where}: {what}: "{found[0]}".' for found in pattern.finditer(each.text)]
        if not ends_sentence(each.text):
            notes.append(f'{where}: it ends like no sentence: "...{each.text[-40:]}".')
        if each.text[:1].islower():
            notes.append(f'{where}: it begins in lower case: "{each.text[:40]}...".')
    return notes
