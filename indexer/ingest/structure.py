"""The blocks of all pages -> a document. No input or output."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from ..errors import EditionError
from ..model import Document, Page, Paragraph, Section
from ..text import normalise
from .extract import PageText
from .headings import LONGEST_HEADING, Outline, heading_key
from .lines import Block, ends_sentence

# If so many of the paragraphs do not end like sentences, they are lines of a wrapped text. In the
# white papers it is under 2 per cent.
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
# Two sentences without a space between them, as in "under control.The region".
_GLUED = re.compile(r"(?<!\w)\w*[a-z)]{2}[.!?;,][A-Z][a-z]+")


def structure(
    texts: Sequence[PageText], pages: Sequence[Page], page_count: int, document_id: str
) -> tuple[Document, tuple[str, ...]]:
    """Return the document of the available pages, without ids, and what is odd in its text.

    ``page_count`` is how many pages the source has. Raise EditionError if the sections are not
    those of Contents (as far as the pages go), or if there are no paragraphs.
    """
    title = texts[0].title
    front, contents, start = _read_front(texts[0].blocks, title)
    outline = Outline(contents, [block for text in texts for block in text.blocks][start:])
    paragraphs, joined = _read(texts, start, outline)
    _check(title, outline, paragraphs, len(texts) == page_count)
    lines = {kind: [line for line in front if _kind(line) == kind] for kind in _FRONT}
    document = Document(
        id=document_id,
        title=title,
        issuer=" ".join(lines["issuer"]),
        published=texts[0].published,
        issued="".join(lines["issued"][:1]),
        statement="".join(lines["statement"][:1]),
        contents=contents,
        page_count=page_count,
        pages=tuple(pages),
        sections=tuple(outline.sections),
        paragraphs=tuple(paragraphs),
    )
    return document, (*joined, *_oddities(paragraphs))


def has_contents(blocks: Sequence[Block]) -> bool:
    """Return whether a text has a table of contents, as the first page of a paper does."""
    return any(normalise(block.text) in _CONTENTS for block in blocks)


def _read_front(blocks: Sequence[Block], title: str) -> tuple[Sequence[str], tuple[str, ...], int]:
    """Return the front matter of a first page, the entries of Contents, and where its text begins.

    Contents ends where its first entry is repeated; without, the front matter ends at the first
    line of another kind. Raise EditionError if it does not end, or is not a list of headings.
    """
    texts = [block.text for block in blocks]
    start = next((at for at, text in enumerate(texts) if normalise(text) in _CONTENTS), None)
    if start is None:
        front = list(takewhile(_kind, texts))
        return front, (), len(front)
    first, *others = [heading_key(text) for text in texts[start + 1 :]] or [""]
    if first not in others:
        entry = "".join(texts[start + 1 : start + 2])
        raise EditionError(f'{title}: the first entry of Contents "{entry}" does not come again.')
    end = start + 2 + others.index(first)
    entries = tuple(texts[start + 1 : end])
    if odd := [entry for entry in entries if len(entry) > LONGEST_HEADING]:
        raise EditionError(f'{title}: Contents has lines that are no headings: "{odd[0][:60]}...".')
    return texts[:start], entries, end


def _kind(line: str) -> str:
    """Return issued, statement or issuer; empty for a line of another kind, as a sentence is."""
    if len(line) > LONGEST_HEADING or ends_sentence(line):
        return ""
    return next((kind for kind, pattern in _FRONT.items() if pattern.fullmatch(line)), "")


def _read(
    texts: Sequence[PageText], start: int, outline: Outline
) -> tuple[list[Paragraph], list[str]]:
    """Return the paragraphs, and a note on each that crosses a page break.

    ``start`` is the position of the text on the first page. A paragraph goes on behind a page break
    if it does not end like a sentence, or in lower case.
    """
    paragraphs, notes, counts = list[Paragraph](), list[str](), Counter[str]()
    before = ""  # the text of the last paragraph, if no heading has followed
    for page, text in enumerate(texts, 1):
        for position, block in enumerate(text.blocks[start if page == 1 else 0 :]):
            if outline.opens(block, page):
                before = ""
                continue
            crosses = not ends_sentence(before) or block.text[:1].islower()
            if position == 0 and before and crosses:
                before = f"{before} {block.text}"
                last = paragraphs[-1] = replace(paragraphs[-1], text=before)
                notes.append(f"{last.citation} goes on from page {page - 1} to {page}.")
                continue
            if not outline.sections:  # text before any heading
                outline.sections.append(Section("Text", text.title, page))
            path, before = outline.path or "Text", block.text
            counts[path] += 1
            paragraphs.append(Paragraph(path, counts[path], page, block.text))
    return paragraphs, notes


def _check(title: str, outline: Outline, paragraphs: Sequence[Paragraph], complete: bool) -> None:
    """Raise EditionError unless the text is whole, as far as its own Contents can tell."""
    if not paragraphs:
        raise EditionError(f"{title}: no paragraphs were found under its headings.")
    if fault := outline.fault(complete):
        raise EditionError(f"{title}: {fault}")
    open_ends = [each for each in paragraphs if not ends_sentence(each.text)]
    if len(open_ends) > max(1, MOST_OPEN_ENDS * len(paragraphs)):
        raise EditionError(
            f"{title}: {len(open_ends)} of {len(paragraphs)} paragraphs end like no sentence, as "
            f'"...{open_ends[0].text[-40:]}": put each paragraph on one line.'
        )


def _oddities(paragraphs: Sequence[Paragraph]) -> list[str]:
    """Return what is odd in the words and is kept as it is, with its place."""
    notes = list[str]()
    for each in paragraphs:
        where = f"{each.citation}, page {each.page}"
        if glued := _GLUED.search(each.text):
            notes.append(f'{where}: two sentences without a space between them: "{glued[0]}".')
        if not ends_sentence(each.text):
            notes.append(f'{where}: it ends like no sentence: "...{each.text[-40:]}".')
    return notes
