"""Make a document, with its tree of sections, of the blocks of all pages. No input or output."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from ..errors import EditionError
from ..model import RESERVED_PATHS, Document, Page, Paragraph, Section
from ..text import normalise
from .extract import NO_TITLE, PageText
from .lines import SENTENCE, Block, Remark, ends_sentence

# Longer than any heading in the white papers, and shorter than nearly all of their paragraphs.
LONGEST_HEADING = 150

# Unnumbered headings at the top of a paper, even if it has no Contents.
TOP_HEADINGS = frozenset(
    {"preface", "foreword", "introduction", "conclusion", "conclusions", "closingremarks"}
)

# A shorter paragraph may come twice; a longer one is a second copy, or a quotation beside the text.
LEAST_REPEATED = 60

# If so many of the paragraphs do not end like sentences, they are lines of a wrapped text. In the
# white papers it is under 2 per cent.
MOST_OPEN_ENDS = 0.25

# Styles of numbers, outermost first: the first that a paper uses is that of its sections.
_STYLES = ("roman", "arabic", "bracket")
_ROMAN = (
    *("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"),
    *("XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII", "XVIII", "XIX", "XX"),
)
_NUMBER = re.compile(
    rf"^[^\w(\"'“‘-]*(?:(?:(?:Chapter|Part) )?(?P<roman>{'|'.join(_ROMAN)}) ?[.、:]"
    r"|(?P<arabic>\d{1,2})[.、](?!\d)|\(?(?P<bracket>\d{1,2})\))\s*"
)

_CONTENTS = frozenset({"contents", "content", "tableofcontents"})
_FRONT = {
    "issued": re.compile(
        r"(?i)\(?(\w+, )?(january|february|march|april|may|june|july|august|september|october"
        r"|november|december)( \d{1,2},)? \d{4}(, \w+)?\)?"
    ),
    "statement": re.compile(r"[\w-]+ edition\b.{0,20}", re.IGNORECASE),
    # a name: capitals throughout, and among its words those of a body that issues papers
    "issuer": re.compile(
        r"(?=.*\b(?:State Council|Office|Ministry|People['’]s Republic of China)\b)"
        r"(?:(?:of|the|for|and|on|[A-Z][\w'’-]*),?(?: |$))+"
    ),
}
# A line so short may be a label, unless its last word is in lower case.
LONGEST_LABEL = 60
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
    outline = _Outline(contents, [block for text in texts for block in text.blocks][start:])
    paragraphs, notes = _read(texts, start, outline)
    if not paragraphs:
        raise EditionError(f"{title}: no paragraphs were found under its headings.")
    if fault := outline.fault(complete=len(texts) == page_count):
        raise EditionError(f"{title}: {fault}")
    open_ends = [each for each in paragraphs if not ends_sentence(each.text)]
    if len(open_ends) > max(1, MOST_OPEN_ENDS * len(paragraphs)):
        raise EditionError(
            f"{title}: {len(open_ends)} of {len(paragraphs)} paragraphs do not end like a "
            f'sentence, such as "...{open_ends[0].text[-40:]}": put each paragraph on one line.'
        )
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
    return document, (*notes, *_oddities(paragraphs))


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
        raise EditionError(f'{title}: the first entry of Contents "{entry}" is not repeated below.')
    end = start + 2 + others.index(first)
    entries = tuple(texts[start + 1 : end])
    if odd := [entry for entry in entries if len(entry) > LONGEST_HEADING]:
        raise EditionError(
            f'{title}: Contents has lines that are not headings: "{odd[0][:60]}...".'
        )
    return texts[:start], entries, end


def _kind(line: str) -> str:
    """Return issued, statement or issuer; empty for a line of another kind, as a sentence is."""
    kinds = (kind for kind, pattern in _FRONT.items() if pattern.fullmatch(line))
    return next(kinds, "") if _is_short(line) else ""


def _read(
    texts: Sequence[PageText], start: int, outline: _Outline
) -> tuple[list[Paragraph], list[str]]:
    """Return the paragraphs, and a note on each that crosses a page break.

    ``start`` is the position of the text on the first page. A paragraph goes on after a page break
    if it is long and does not end like a sentence, or the next page begins in lower case. Headings
    that are repeated at the top of a page, and links to other articles, are no text.
    """
    paragraphs, notes, counts = list[Paragraph](), list[str](), Counter[str]()
    before = ""  # the text of the last paragraph, if no heading has followed
    for page, text in enumerate(texts, 1):
        at_top = page > 1
        for block in text.blocks[start if page == 1 else 0 :]:
            if at_top and outline.has_open(block.text):
                continue
            if outline.opens(block, page):
                before = ""
                continue
            if block.linked and not ends_sentence(block.text):
                continue
            is_label = len(before) <= LONGEST_LABEL and not before.rpartition(" ")[2].islower()
            is_cut = not is_label and not ends_sentence(before.rstrip(","))
            goes_on = at_top and before and (is_cut or block.text[:1].islower())
            at_top = False
            if goes_on:
                before = block.text if block.text.startswith(before) else f"{before} {block.text}"
                last = paragraphs[-1] = replace(paragraphs[-1], text=before)
                notes.append(f"{last.citation} goes on from page {page - 1} to {page}.")
                continue
            if not outline.sections:  # text before any heading
                outline.sections.append(Section("Text", text.title, page))
            path, before = outline.path or "Text", block.text
            counts[path] += 1
            paragraphs.append(Paragraph(path, counts[path], page, block.text))
    return paragraphs, notes


def doubts_about(document: Document) -> list[Remark]:
    """Return the ends of pages that are no sentence, and the paragraphs that come twice."""
    doubts, texts = list[Remark](), [each.text for each in document.paragraphs]
    pages = [each.page for each in document.paragraphs]
    pages.append(0 if document.complete else pages[-1])
    said = Counter(
        key for text in texts for key in {*map(normalise, (text, *SENTENCE.findall(text)))}
    )
    for page, following, text in zip(pages, pages[1:], texts, strict=False):
        if page != following and not ends_sentence(text.rstrip(",")):
            doubts.append((page, f'its last line is no sentence, and does not go on: "{text}"'))
        if len(text) >= LEAST_REPEATED and said[normalise(text)] > 1:
            doubts.append((page, f'it is in the text twice: "{text[:60]}..."'))
    return doubts


def _oddities(paragraphs: Sequence[Paragraph]) -> list[str]:
    """Return what is odd in the words and is kept as it is, with its place."""
    notes = list[str]()
    for each in paragraphs:
        where = f"{each.citation}, page {each.page}"
        if re.search("[\u4e00-\u9fff]{4}", each.text):
            notes.append(f'{where}: it has Chinese text: "{each.text[:40]}".')
        if glued := _GLUED.search(each.text):
            notes.append(f'{where}: two sentences without a space between them: "{glued[0]}".')
        if not ends_sentence(each.text):
            notes.append(f'{where}: it does not end like a sentence: "...{each.text[-40:]}".')
    return notes


@dataclass(frozen=True)
class Label:
    """The number of a heading: its style (roman, arabic, bracket), its value, and as cited."""

    style: str
    value: int
    cited: str


def read_label(text: str) -> Label | None:
    """Return the number at the start of a line ("II. ", "1. ", "(1) "), if there is one."""
    found = _NUMBER.match(unicodedata.normalize("NFKC", text))
    if found is None:
        return None
    style, number = str(found.lastgroup), found[str(found.lastgroup)]
    value = _ROMAN.index(number) + 1 if style == "roman" else int(number)
    return Label(style, value, number if style == "roman" else str(value))


def heading_key(text: str) -> str:
    """Return what identifies a heading: its words, as some copies print its number only once."""
    return normalise(_NUMBER.sub("", unicodedata.normalize("NFKC", text))) or normalise(text)


def _is_short(line: str) -> bool:
    """Return whether a line could be a heading by its length and its end."""
    return len(line) <= LONGEST_HEADING and not ends_sentence(line)


class _Outline:
    """The tree of sections, growing line by line.

    ``contents`` are the entries of the paper's Contents, ``lines`` all lines of its text.
    """

    def __init__(self, contents: Sequence[str], lines: Sequence[Block]) -> None:
        self.sections: list[Section] = []
        self._contents = contents
        self._keys = [heading_key(entry) for entry in contents]
        self._awaited = 0  # the position of the next entry of Contents
        self._around: list[tuple[str, str]] = []  # path and style of the open sections
        self._values: dict[tuple[str, str], int] = {}  # the last number below, by path and style
        self._paths: Counter[str] = Counter()  # how often each was wanted, case folded
        texts = [block.text for block in lines if _is_short(block.text)]
        if contents:
            texts = [*contents, *(text for text in texts if heading_key(text) in self._keys)]
        used = {label.style for label in map(read_label, texts) if label and label.value == 1}
        self._top = next((style for style in _STYLES if style in used), "")

    def has_open(self, line: str) -> bool:
        """Return whether a line repeats the heading of an open section, as "(continued)" does."""
        paths, key = [path for path, _ in self._around], heading_key(NO_TITLE.sub("", line))
        return key in [heading_key(each.heading) for each in self.sections if each.path in paths]

    @property
    def path(self) -> str:
        """The path of the open section; empty before the first."""
        return self._around[-1][0] if self._around else ""

    def opens(self, block: Block, page: int) -> bool:
        """Return whether a line is a heading; if so, open its section.

        A heading is the next entry of Contents; a short line whose number follows that of its
        sibling; or a short line marked as a heading. A sentence is text, unless Contents lists it.
        """
        label, key = read_label(block.text), heading_key(block.text)
        listed = key in self._keys[self._awaited :]
        if listed:
            self._awaited = self._keys.index(key, self._awaited) + 1
        elif not _is_short(block.text) or (block.linked and not label):
            return False
        if label:
            parent = self._parent(label)
            follows = label.value == self._values.get((parent, label.style), 0) + 1
            if not (listed or follows or block.marked):
                return False
            self._values[parent, label.style] = label.value
        elif listed or (not self._keys and key in TOP_HEADINGS):
            parent = ""
        elif block.marked:
            parent = self._parent(None) if self._top or self._keys else ""
        else:
            return False
        self._open(block.text, page, parent, label)
        return True

    def fault(self, complete: bool) -> str:
        """Return how a ``complete`` text, or its beginning, contradicts Contents; empty if not."""
        found = iter([heading_key(section.heading) for section in self.sections])
        due = self._contents if complete else self._contents[: self._awaited]
        if missing := next((entry for entry in due if heading_key(entry) not in found), ""):
            headings = "; ".join(section.heading for section in self.sections)
            return (
                f'Contents lists "{missing}", and no such section was found in its place. Is a '
                f"page missing or out of order? Found: {headings}."
            )
        top = [section.heading for section in self.sections if section.level == 1 and self._keys]
        listed = Counter(self._keys)
        listed.subtract(map(heading_key, top))
        unlisted = next((each for each in top if listed[heading_key(each)] < 0), "")
        return f'Contents does not list the section "{unlisted}", or once.' if unlisted else ""

    def _open(self, heading: str, page: int, parent: str, label: Label | None) -> None:
        """Add a section below ``parent``; a path that is taken gets a number."""
        name = label.cited if label else _slug(heading)
        base = path = f"{parent}.{name}" if parent else name
        while self._paths[path.casefold()]:
            self._paths[base.casefold()] += 1
            path = f"{base}-{self._paths[base.casefold()]}"
        self._paths[path.casefold()] += 1
        while self._around and self.path != parent:
            self._around.pop()
        self._around.append((path, label.style if label else ""))
        self.sections.append(Section(path, heading, page))

    def _parent(self, label: Label | None) -> str:
        """Return the path of the section below which a heading stands.

        That is the parent of the last one with such a number; else the innermost open section that
        has a number, or the outermost.
        """
        if label and label.style == self._top:
            return ""
        if label and (beside := [path for path, style in self._around if style == label.style]):
            return beside[0].rpartition(".")[0]
        numbered = [path for path, style in self._around if style]
        return (numbered or [path for path, _ in self._around[:1]] or [""])[-1]


def _slug(text: str) -> str:
    """Return letters, digits and hyphens only, as an address and a citation can carry them."""
    ascii_only = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    slug = "-".join(re.findall(r"[A-Za-z0-9]+", ascii_only.replace("'", ""))) or "Section"
    return f"Section-{slug}" if slug.lower() in RESERVED_PATHS else slug
