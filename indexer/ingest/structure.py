"""Build a document from the blocks of all pages. No input or output."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ..errors import EditionError
from ..model import Document, Page, Paragraph, Section
from ..text import normalise
from . import furniture
from .dates import days
from .extract import PageText
from .front import LONGEST_LABEL, below_front, kind_of, read_front
from .lines import Block, Remark, ends_sentence, is_sentence
from .outline import LEADS, Outline, heading_key, is_named, read_label
from .view import BOLD_LEVEL

MIN_REPEATED = 50  # letters: two longer paragraphs in a row that occur twice are a second copy
# The share of paragraphs, and of letters (cells of tables are short), that may lack a final stop.
MAX_OPEN_ENDS = 0.25
_BYLINE = re.compile(r"(?i)(?:by [a-z]|[^|]{2,60}\|).{0,80}\b(?:19|20)\d\d\b")  # with a year
_ABOUT = re.compile(r"about the authors?(?: ?[:：].*)?", re.IGNORECASE)
_GLUED = re.compile(r"(?<!\w)\w*[a-z)]{2}[.!?;,][A-Z][a-z]+")  # "under control.The region"
MANY_GLUED = 3  # in a paragraph: it is several lines that only a style sheet separates


def structure(
    texts: Sequence[PageText], pages: Sequence[Page], page_count: int, document_id: str
) -> tuple[Document, list[str], list[Remark]]:
    """Return the document, without ids, its oddities, and doubts. Raise EditionError if empty."""
    title, blocks = texts[0].title, texts[0].blocks
    front = read_front(texts[0], alone=page_count == 1)
    lines = [block for text in texts for block in text.blocks][front.end :]
    reader = _Reader(title, Outline(front.contents, lines))
    reader.read(1, [*front.leads, *blocks[front.end :]], ())
    for page, text in enumerate(texts[1:], 2):
        reader.read(page, below_front(texts[0], text), blocks[: front.end])
    if not reader.paragraphs:
        raise EditionError(f"{title}: no paragraphs were found under its headings: give all pages.")
    document = Document(
        id=document_id,
        title=title,
        issuer=" ".join(front.lines_of("issuer")),
        published=texts[0].published,
        issued="".join(front.lines_of("issued")[:1]),
        statement="".join(front.lines_of("statement")[:1]),
        contents=front.contents,
        page_count=page_count,
        pages=tuple(pages),
        sections=tuple(reader.outline.sections),
        paragraphs=tuple(reader.paragraphs),
    )
    fault = front.fault or reader.outline.fault(document.complete)
    doubts = [(1, fault)] if fault else _without_text(document)
    hidden = ((page, text.hidden) for page, text in enumerate(texts, 1) if text.hidden)
    doubts += [(page, f'text that begins "{words}" is hidden') for page, words in hidden]
    doubts += [*reader.outline.doubts, *_open_ends(document), *_doubtful(document)]
    return document, [*reader.notes, *_oddities(document)], doubts


class _Reader:
    """Turns the lines of pages into sections and paragraphs."""

    def __init__(self, title: str, outline: Outline) -> None:
        self.outline = outline
        self.paragraphs: list[Paragraph] = []
        self.notes: list[str] = []  # on paragraphs that cross a page break
        self._title = title
        self._counts = Counter[str]()  # the paragraphs of each section
        self._before = ""  # the text of the last paragraph, if no heading has followed

    def read(self, page: int, blocks: Sequence[Block], above: Sequence[Block]) -> None:
        """Read a page; at its top, skip headings of open sections, and the blocks ``above``."""
        crosses = page > 1  # the next paragraph is the first after a page break
        for at, block in enumerate(blocks):
            if crosses and self.outline.has_open(block.text):
                continue
            opens = self.outline.opens(block, page)
            if (opens or block.linked) and _is_of_site(blocks, at, self.outline):
                self.outline.doubts.append((page, f'it may belong to the site: "{block.text}"'))
            if opens:
                self._before = ""
            elif not (_is_link_label(block) or (crosses and block in above)):
                self._add(block.text, page, crosses)
                crosses = False

    def _add(self, text: str, page: int, crosses: bool) -> None:
        """Add a paragraph, or join it to the one on the page before."""
        if crosses and self._before and _continues(self._before, text):
            self._before += text if self._before.endswith("-") else f" {text}"
            last = self.paragraphs[-1] = replace(self.paragraphs[-1], text=self._before)
            self.notes.append(f"{last.citation} continues from page {page - 1} on page {page}.")
            return
        if not self.outline.sections:  # text before any heading
            self.outline.sections.append(Section(LEADS, self._title, page))
        path, self._before = self.outline.path or LEADS, text
        self._counts[path] += 1
        self.paragraphs.append(Paragraph(path, self._counts[path], page, text))


def _is_link_label(block: Block) -> bool:
    return block.linked and not ends_sentence(block.text)


def _is_of_site(blocks: Sequence[Block], at: int, outline: Outline) -> bool:
    """Return whether a heading may belong to a box of the site, or to another article."""
    block = blocks[at]
    is_last = at + 1 == len(blocks)
    if is_last or is_named(block.text) or heading_key(block.text) in outline.keys:
        return False
    below = blocks[at + 1]
    if block.linked:
        return 0 < block.level < BOLD_LEVEL and is_sentence(below.text)
    if _is_link_label(below) or furniture.is_label(block.text) or _ABOUT.fullmatch(block.text):
        return True
    if not any(ends_sentence(each.text) for each in blocks[:at]):
        return False  # it heads the first article
    is_only_h1 = block.level == 1 and [each.level for each in blocks].count(1) == 1
    is_signed = _BYLINE.match(below.text) and (days(below.text) or not ends_sentence(below.text))
    return bool(is_only_h1 or is_signed)


def _continues(before: str, text: str) -> bool:
    """Return whether a text at the top of a page continues the paragraph before it."""
    is_label = len(before) <= LONGEST_LABEL and not before.rpartition(" ")[2].islower()
    is_cut = not is_label and not ends_sentence(before.rstrip(","))
    return is_cut or text[:1].islower()


def _without_text(document: Document) -> list[Remark]:
    """Return doubts about empty sections that are numbered, in Contents, or the last one."""
    parents, last = {each.parent for each in document.sections}, document.sections[-1]
    texts = document.paragraphs_by_section
    empty = (each for each in document.sections if not (each.path in parents or texts[each.path]))
    return [
        (each.page, f'there is no text under the heading "{each.heading}"')
        for each in empty
        if read_label(each.heading)
        or each.heading in document.contents
        or (each is last and document.complete and kind_of(each.heading) != "issued")
    ]


def _open_ends(document: Document) -> list[Remark]:
    """Return doubts about lines without a final stop: many, the first, or the last of a page."""
    paragraphs, first, last = document.paragraphs, document.paragraphs[0], document.paragraphs[-1]
    doubts = list[Remark]()
    # An item of a numbered list need not.
    loose = [each for each in paragraphs if not (ends_sentence(each.text) or read_label(each.text))]
    letters = [sum(len(each.text) for each in some) for some in (loose, paragraphs)]
    shares = (len(loose) / len(paragraphs), letters[0] / letters[1])
    if len(loose) > 1 and min(shares) > MAX_OPEN_ENDS:
        fault = f"{len(loose)} of {len(paragraphs)} paragraphs do not end like a sentence, such as"
        advice = "if they are lines of a wrapped text, put each paragraph on one line"
        doubts.append((loose[0].page, f'{fault} "...{loose[0].text[-40:]}": {advice}'))
    elif first in loose and first.section == LEADS and len(first.text) <= LONGEST_LABEL:
        doubts.append((1, f'its first line is not a sentence: "{first.text}"'))
    last_of_pages = [one for one, other in pairwise(paragraphs) if one.page != other.page]
    for each in [*last_of_pages, last] if document.complete else last_of_pages:
        end = each.text.rstrip(",:;：；" if each is last else ",")  # ":" may end a page, not a text
        if not ends_sentence(end) and kind_of(each.text) != "issued":  # a date, below a signature
            fault = f'its last line is not a sentence and is not continued: "{each.text}"'
            doubts.append((each.page, fault))
    return doubts


def _doubtful(document: Document) -> list[Remark]:
    """Return doubts about paragraphs: the site's words, lines glued together, a second copy."""
    words = [normalise(each.text) for each in document.paragraphs]
    counts = Counter(each for each in words if len(each) >= MIN_REPEATED)
    last, doubts = document.paragraphs[-1], list[Remark]()
    for each, (own, following) in zip(document.paragraphs, pairwise([*words, ""]), strict=True):
        if counts[own] > 1 and counts[following] > 1:
            doubts.append((each.page, f'it is in the text twice: "{each.text[:60]}..."'))
        if (each is last or each.section != LEADS) and furniture.OF_SITE.match(each.text):
            doubts.append((each.page, f'it may belong to the site: "{each.text}"'))
        if len(glued := _GLUED.findall(each.text)) >= MANY_GLUED:
            doubts.append((each.page, f'its lines run into each other: "{glued[0]}"'))
    return doubts


def _oddities(document: Document) -> list[str]:
    """Return notes on oddities that are kept in the text, each with its place."""
    notes = list[str]()
    for each in document.paragraphs:
        where = f"{each.citation}, page {each.page}"
        if glued := _GLUED.search(each.text):
            notes.append(f'{where}: two sentences without a space between them: "{glued[0]}".')
        may_be_label = len(each.text) <= LONGEST_LABEL and each.text.endswith((":", "...", "…"))
        if may_be_label or not ends_sentence(each.text):
            notes.append(f'{where}: it does not end like a sentence: "...{each.text[-40:]}".')
    listed = [heading_key(entry) for entry in document.contents]
    headings = (each.heading for each in document.sections if each.path != LEADS)
    bare = [each for each in headings if not (is_named(each) or heading_key(each) in listed)]
    if 0 < len(bare) < len(document.sections):  # one may be a label of the site
        notes.append(f'headings without a number, unlike others: "{"; ".join(bare)}".')
    return notes
