"""Build a document from the blocks of all pages. No input or output."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise, takewhile, zip_longest
from typing import NamedTuple

from ..errors import EditionError
from ..model import Document, Page, Paragraph, Section, lineage
from ..text import normalise
from .dates import DATES, MONTH, days
from .extract import PageText
from .lines import TOP_HEADING, Block, Remark, ends_sentence, is_sentence
from .outline import LONGEST_HEADING, Outline, heading_key, is_short, read_label
from .titles import UNTITLED
from .view import BOLD_LEVEL

MIN_REPEATED = 60  # characters; two longer paragraphs in a row that come twice are a second copy

# If more paragraphs do not end like sentences, they are wrapped lines; white papers have under 2 %.
MAX_OPEN_ENDS = 0.25

_CONTENTS = re.compile(r"(?:tableof)?contents?(?:hide|[^\x00-\x7f]+)?")  # or "Contents 目录"
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
MAX_CUTS = 3  # interrupted sentences; more are lines of wrapped text
_BYLINE = re.compile(r"(?i)(?:by [a-z]|[^|]{2,60}\|).{0,80}\b(?:19|20)\d\d\b")  # with its day
_ABOUT = re.compile(r"about the authors?(?: ?[:：].*)?", re.IGNORECASE)
_ITEM = re.compile(r"\w{1,3}[.)]")  # "a." and "ii)" begin items of lists
_LISTS = ("arabic", "bracket", "roman bracket")  # styles of numbers that lists have, too
_GLUED = re.compile(r"(?<!\w)\w*[a-z)]{2}[.!?;,][A-Z][a-z]+")  # "under control.The region"


class Structured(NamedTuple):
    """A document, oddities in its text, and doubts whether the text is whole."""

    document: Document
    notes: tuple[str, ...]
    doubts: tuple[Remark, ...]


def structure(
    texts: Sequence[PageText], pages: Sequence[Page], page_count: int, document_id: str
) -> Structured:
    """Return the document of the pages, without ids. Raise EditionError if it has no paragraphs."""
    title = texts[0].title
    front, contents, start, fault = _read_front(texts[0], alone=page_count == 1)
    start += len(list(takewhile(_is_untitled, texts[0].blocks[start:])))
    outline = Outline(contents, [block for text in texts for block in text.blocks][start:])
    whole = (line for line in front if ends_sentence(line) and not line[:1].islower())
    leads = [Block(line) for line in whole if not _kind(line)]
    paragraphs, notes = _read(texts, start, leads, outline)
    if not paragraphs:
        raise EditionError(f"{title}: no paragraphs were found under its headings.")
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
    fault = fault or outline.fault(document.complete, bool(leads))
    doubts = [(1, fault)] if fault else _without_text(document)
    hidden = ((at, text.hidden) for at, text in enumerate(texts, 1) if text.hidden)
    doubts += [(at, f'text that begins "{words}" is hidden') for at, words in hidden]
    notes += _oddities(paragraphs)
    return Structured(document, tuple(notes), (*doubts, *outline.doubts, *_doubts_about(document)))


def has_contents(blocks: Sequence[Block]) -> bool:
    """Return whether a text has a table of contents, as the first page of a paper does."""
    return any(_CONTENTS.fullmatch(normalise(block.text)) for block in blocks)


def _read_front(page: PageText, alone: bool) -> tuple[Sequence[str], tuple[str, ...], int, str]:
    """Return a first page's front matter, entries of Contents, the start of its text, and a fault.

    Contents ends where its first entry recurs, perhaps without its page number; at a section that
    it does not list; or with a page that is not ``alone``.
    """
    blocks, texts = page.blocks, [block.text for block in page.blocks]
    keys = list(map(normalise, texts))
    lists = [at for at, key in enumerate(keys) if _CONTENTS.fullmatch(key)]
    jumps = [at for at, key in enumerate(keys[:MAX_ABOVE]) if _JUMPS.fullmatch(key)]
    lists += [at for at in jumps if keys[at + 1 : at + 2] and keys[at + 1] in keys[at + 2 :]]
    if not lists:
        front = _front_alone(blocks, page.published)
        return front, (), len(front), ""
    front, start = texts[: lists[0]], lists[0] + 1
    first, *others = texts[start:] or [""]
    bare, below = _PAGE_NUMBER.sub("", first), [heading_key(text) for text in others]
    key = next((key for key in map(heading_key, (first, bare)) if key in below), "")
    marked = [heading_key(each.text) for each in blocks[start:] if each.level]
    if not key and alone and others and blocks[start].level and len(set(marked)) == len(marked):
        return front, (), start, ""  # what is below is the text: its entries were a site's links
    if not key and (alone or not others):
        return front, (), start, f'the first entry of Contents "{first[:60]}" is not repeated below'
    end = start + 1 + below.index(key) if key else len(texts)
    long = (at for at in range(start, end) if len(texts[at]) > LONGEST_HEADING)
    end = max(start, next(long, end + 1) - 1)  # without the heading of the long one
    number = _PAGE_NUMBER if heading_key(first) != key or others[0].isdecimal() else _LEADER
    entries = tuple(filter(None, (number.sub("", text.lstrip("- ")) for text in texts[start:end])))
    return front, entries, end, "" if entries else "Contents lists no headings"


def _front_alone(blocks: Sequence[Block], day: str) -> list[str]:
    """Return the front matter of a paper without Contents, and its byline with the ``day``.

    It ends with its last line above all sentences, or above all headings if one follows a lead.
    """
    texts = [block.text for block in blocks]
    above = list(takewhile(_may_be_above, texts))
    if not any(map(_kind, above)):  # below a lead
        heads = (at for at, each in enumerate(blocks) if each.level or _is_heading(each.text))
        every = texts[: next(heads, None)]
        leads = [text for text in every if ends_sentence(text) and not _ANNOUNCED.match(text)]
        is_lead = len(every) < len(texts) and len(leads) <= MAX_LEADS
        above = every if is_lead and any(map(_kind, every[-1:])) else above
    ends = (at for at, text in enumerate(above, 1) if _kind(text) or day in days(text))
    return above[: max(ends, default=0)]


def _may_be_above(line: str) -> bool:
    """Return whether a line may be above a text: front matter, or a label."""
    is_label = len(line) <= LONGEST_LABEL and not ends_sentence(line)
    return bool(_kind(line)) or (is_label and not _is_heading(line))


def _is_untitled(block: Block) -> bool:
    return not block.level and bool(UNTITLED.fullmatch(block.text))


def _is_heading(line: str) -> bool:
    return bool(read_label(line) or TOP_HEADING.fullmatch(line)) and not _kind(line)


def _kind(line: str) -> str:
    """Return issued, statement or issuer; "" for any other line."""
    kinds = (kind for kind, pattern in _FRONT.items() if pattern.fullmatch(line))
    return next(kinds, "") if is_short(line) else ""


def _read(
    texts: Sequence[PageText], start: int, leads: Sequence[Block], outline: Outline
) -> tuple[list[Paragraph], list[str]]:
    """Return the paragraphs, and a note on each that crosses a page break or an interruption.

    ``start`` is the position of the text on the first page, ``leads`` are sentences above its front
    matter. Repeated headings and front matter, and links to other articles, are no text.
    """
    paragraphs, notes, counts = list[Paragraph](), list[str](), Counter[str]()
    before = ""  # the text of the last paragraph, if no heading has followed
    joins_cuts = _has_few_cuts(texts)
    for page, text in enumerate(texts, 1):
        at_top = page > 1
        blocks = text.blocks if at_top else (*leads, *text.blocks[start:])
        items = _items(blocks, outline)
        for at, block in enumerate(blocks):
            if at_top and outline.has_open(block.text):
                continue
            opens = at not in items and outline.opens(block, page)
            if (opens or block.linked) and _is_of_site(blocks, at, outline):
                outline.doubts.append((page, f'it may be of the site: "{block.text}"'))
            if opens:
                before = ""
                continue
            if _is_away(block) or (at_top and block in texts[0].blocks[:start]):
                continue
            crosses, at_top = at_top, False
            goes_on = _goes_on if crosses else _is_cut
            if before and (crosses or joins_cuts) and goes_on(before, block.text):
                before = _joined(before, block.text)
                last = paragraphs[-1] = replace(paragraphs[-1], text=before)
                over = f"continues from page {page - 1} on page {page}"
                cut = "was interrupted, and is joined to the line below"
                notes.append(f"{last.citation} {over if crosses else cut}.")
                continue
            if not outline.sections:  # text before any heading
                outline.sections.append(Section("Text", text.title, page))
            path, before = outline.path or "Text", block.text
            counts[path] += 1
            paragraphs.append(Paragraph(path, counts[path], page, block.text))
    return paragraphs, notes


def _is_away(block: Block) -> bool:
    return block.linked and not ends_sentence(block.text)


def _is_of_site(blocks: Sequence[Block], at: int, outline: Outline) -> bool:
    """Return whether a heading may be that of a box of the site, or of another article."""
    block, *below = blocks[at : at + 2]
    is_named = read_label(block.text) or TOP_HEADING.fullmatch(block.text)
    if not below or is_named or outline.in_contents(block.text):
        return False
    if block.linked:
        return 0 < block.level < BOLD_LEVEL and is_sentence(below[0].text)
    is_only = block.level == 1 and not any(x.level == 1 and x is not block for x in blocks)
    line = below[0].text
    is_byline = _BYLINE.match(line) and (days(line) or not ends_sentence(line))
    is_title = is_only or is_byline
    is_second = is_title and any(ends_sentence(each.text) for each in blocks[:at])
    return bool(_is_away(below[0]) or is_second or _ABOUT.fullmatch(block.text))


def _items(blocks: Sequence[Block], outline: Outline) -> set[int]:
    """Return the positions of the items of lists: unmarked lines numbered in a row from 1.

    A full stop ends a list: "4. Future" after "3. to serve." is a heading.
    """
    found, run = set[int](), list[int]()
    before = None  # the number of the line before, if a list may go on
    for at, block in enumerate(blocks):
        is_plain = not block.level and not outline.in_contents(block.text)
        label = read_label(block.text) if is_plain else None
        if label and before and (label.style, label.value) == (before.style, before.value + 1):
            run.append(at)
            found.update(run)
        else:
            run = [at] if label and label.value == 1 and label.style in _LISTS else []
        before = label if run and not block.text.endswith(".") else None
    return found


def _goes_on(before: str, text: str) -> bool:
    """Return whether a text at the top of a page continues the paragraph before it."""
    is_label = len(before) <= LONGEST_LABEL and not before.rpartition(" ")[2].islower()
    is_cut = not is_label and not ends_sentence(before.rstrip(","))
    return is_cut or text[:1].islower()


def _is_cut(before: str, text: str) -> bool:
    """Return whether an advertisement or the like interrupts a sentence, which ``text`` ends."""
    is_long = len(before) > LONGEST_LABEL and before[:1].isupper()
    is_open = before[-1:].isalpha() and text[:1].islower() and not _ITEM.match(text)
    return is_long and is_open and is_sentence(text)  # unlike a list's first item


def _has_few_cuts(texts: Sequence[PageText]) -> bool:
    """Return whether sentences are interrupted here and there, and not in every other line."""
    pairs = (pair for text in texts for pair in pairwise(text.blocks))
    return sum(_is_cut(one.text, other.text) for one, other in pairs) <= MAX_CUTS


def _joined(before: str, text: str) -> str:
    """Return a paragraph with its continuation, which may repeat it."""
    if text.startswith(before):
        return text
    return f"{before}{text}" if before.endswith("-") else f"{before} {text}"


def _without_text(document: Document) -> list[Remark]:
    """Return doubts about empty sections: numbered, in Contents, or the last of a whole text."""
    *sections, last = document.sections
    if document.complete and not (_kind(last.heading) or _is_date(last.heading)):
        sections.append(last)
    above = {path for section in document.sections for path in lineage(section.path)[1:]}
    return [
        (each.page, f'there is no text under the heading "{each.heading}"')
        for each in sections
        if (read_label(each.heading) or each.heading in document.contents or each is last)
        and each.path not in above
        and not document.paragraphs_by_section[each.path]
    ]


def _doubts_about(document: Document) -> list[Remark]:
    """Return doubts about ends that are no sentence, and about repeated paragraphs."""
    doubts, texts = list[Remark](), [each.text for each in document.paragraphs]
    first = document.paragraphs[0]
    unended = (each for each in document.paragraphs if not ends_sentence(each.text))
    ends = [each for each in unended if not read_label(each.text)]  # an item of a list may
    if len(ends) > max(1, MAX_OPEN_ENDS * len(texts)):
        fault = f"{len(ends)} of {len(texts)} paragraphs do not end like a sentence, such as"
        advice = "if they are lines of a wrapped text, put each paragraph on one line"
        doubts.append((ends[0].page, f'{fault} "...{ends[0].text[-40:]}": {advice}'))
    elif ends and ends[0] is first and first.section == "Text" and len(first.text) <= LONGEST_LABEL:
        doubts.append((1, f'its first line is not a sentence: "{first.text}"'))
    counts = Counter(map(normalise, texts))
    long = (text for text in texts if len(text) >= MIN_REPEATED)
    twice = {text for text in long if counts[normalise(text)] > 1}
    for each, after in zip_longest(document.paragraphs, document.paragraphs[1:]):
        page, text = each.page, each.text
        at_end = after.page != page if after else document.complete
        open_ends = "," if after else ",:;：；"  # after which the next page may go on
        if at_end and not _is_date(text) and not ends_sentence(text.rstrip(open_ends)):
            doubts.append((page, f'its last line is not a sentence and is not continued: "{text}"'))
        if after and text in twice and after.text in twice:
            doubts.append((page, f'it is in the text twice: "{text[:60]}..."'))
    return doubts


def _is_date(line: str) -> bool:
    """Return whether a line is a date, such as that below a signature."""
    return _kind(line) == "issued" or any(each.fullmatch(line.strip("()")) for each in DATES)


def _oddities(paragraphs: Sequence[Paragraph]) -> list[str]:
    """Return the oddities that the text keeps, each with its place."""
    notes = list[str]()
    for each in paragraphs:
        where = f"{each.citation}, page {each.page}"
        if glued := _GLUED.search(each.text):
            notes.append(f'{where}: two sentences without a space between them: "{glued[0]}".')
        if not ends_sentence(each.text):
            notes.append(f'{where}: it does not end like a sentence: "...{each.text[-40:]}".')
    return notes
