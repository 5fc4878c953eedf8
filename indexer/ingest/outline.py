"""Read headings, and build the tree of sections from them."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ..model import RESERVED_PATHS, Section
from ..text import normalise
from .article import NOT_TITLE
from .lines import TOP_HEADING, Block, Remark, ends_sentence
from .view import BOLD_LEVEL

LEADS = "Text"  # the path of the section above all headings
LONGEST_HEADING = 150  # characters: longer than any heading, shorter than nearly all paragraphs
_ANY_ROMAN = "I|II|III|IV|V|VI|VII|VIII|IX|X|XI|XII|XIII|XIV|XV|XVI|XVII|XVIII|XIX|XX"
_ANY_WORD = "One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten"
_VALUES = {
    name: value
    for names in (_ANY_ROMAN, _ANY_WORD)
    for value, name in enumerate(names.casefold().split("|"), start=1)
}
_ANY_NUMBER = rf"(\d{{1,2}}|{_ANY_ROMAN}|(?i:{_ANY_WORD}))\b[.:、]?"
_NUMBERS = (  # by style, outermost first; the first style that a paper uses is that of its sections
    ("part", rf"(?i:part) {_ANY_NUMBER}"),  # "Part One: ", "Part II"
    ("chapter", rf"(?i:chapter) {_ANY_NUMBER}"),
    ("roman", rf"({_ANY_ROMAN})(?: ?[.、:](?!\d)| (?=[A-Z]))"),  # "II.", "II Trade"
    ("roman bracket", rf"\(?({_ANY_ROMAN})\)"),  # "(II)"
    ("section", rf"(?i:section|article) {_ANY_NUMBER}"),
    ("arabic", r"(\d{1,2}) ?[.、](?!\d)"),  # "1.", but not "1.5"
    ("arabic", r"([1-9]) (?=[A-Z])"),  # "1 Introduction"; but "20 Years of Peace" has no number
    ("decimal", r"(?:\d{1,2}|[IVX]+)\.(\d{1,2})\.? (?=[A-Z])"),  # "1.2 " below "1."
    ("decimals", r"(?:\d{1,2}|[IVX]+)\.\d{1,2}\.(\d{1,2})\.? (?=[A-Z])"),
    ("bracket", r"\(?(\d{1,2})\)"),  # "(1)", "1)"
)
_PATTERNS = [(style, re.compile(rf"[^\w(\"'“‘-]*{number}\s*")) for style, number in _NUMBERS]
_DIGIT = re.compile(r"\W?\d")  # a number that sections of any rank may have: "1.", "(1)"
_CAPTION = re.compile(r"(?:box|chart|figure|fig\.|map|table) \d", re.IGNORECASE)  # may be bold, too


@dataclass(frozen=True)
class Label:
    """The number of a heading, with its style, value and cited form, and the words after it."""

    style: str
    value: int
    cited: str
    words: str


def read_label(text: str) -> Label | None:
    """Return the number at the start of a line ("II. ", "1. ", "(1) "), if there is one."""
    line = unicodedata.normalize("NFKC", text)
    for style, pattern in _PATTERNS:
        if found := pattern.match(line):
            number = found[1]
            value = int(number) if number.isdigit() else _VALUES[number.casefold()]
            cited = number if number in _ANY_ROMAN.split("|") else str(value)
            return Label(style, value, cited, line[found.end() :])
    return None


def heading_key(text: str) -> str:
    """Return a heading's normalised words without its number, which some copies print only once."""
    label = read_label(text)
    return normalise(label.words if label else text) or normalise(text)


def is_named(line: str) -> bool:
    """Return whether a line has a number or words that make it a heading."""
    return bool(read_label(line) or TOP_HEADING.fullmatch(line))


def is_short(line: str) -> bool:
    """Return whether a line's length and end allow a heading."""
    return len(line) <= LONGEST_HEADING and not ends_sentence(line)


def _bare(block: Block) -> str:
    """Return a line, without a final colon or the like if it is marked as a heading."""
    if block.level and (is_named(block.text) or block.level < BOLD_LEVEL):
        return block.text.rstrip(":：?？!！")
    return block.text


def _outermost(heads: Sequence[Block]) -> Sequence[Block]:
    """Return headings without those with digits that are below two or more without numbers."""
    levels = [each.level for each in heads if each.level and not is_named(each.text)]
    top = min(levels, default=0)
    if levels.count(top) < 2:
        return heads
    return [each for each in heads if each.level <= top or not _DIGIT.match(each.text)]


class Outline:
    """The tree of sections of a text, given its ``contents`` and ``lines``, built line by line."""

    def __init__(self, contents: Sequence[str], lines: Sequence[Block]) -> None:
        self.sections: list[Section] = []
        self.doubts: list[Remark] = []  # such as a gap in the numbers of sections
        self.keys = [heading_key(entry) for entry in contents]
        self._contents = contents
        self._awaited = 0  # the position of the next entry of Contents
        self._around: list[tuple[Section, str, int]] = []  # open ones, with style and level
        self._values = Counter[tuple[str, str]]()  # the last number, by path and style
        self._last = Counter[tuple[str, bool]]()  # anywhere, by style; whether below a section
        self._paths: Counter[str] = Counter()  # how many sections asked for each, case folded
        listed = [each for each in lines if heading_key(each.text) in self.keys]
        heads = listed or _outermost([each for each in lines if is_short(_bare(each))])
        labels = (read_label(each.text) for each in heads)
        used = {label.style for label in labels if label and label.value == 1}
        used -= {"decimal", "decimals"}  # in "1.2", the 1 belongs to a section above
        self._top = next((style for style, _ in _NUMBERS if style in used), "")

    def has_open(self, line: str) -> bool:
        """Return whether a line repeats the heading of an open section, as with "(continued)"."""
        key = heading_key(NOT_TITLE.sub("", line))
        return key in [heading_key(section.heading) for section, *_ in self._around]

    @property
    def path(self) -> str:
        """The path of the open section; empty before the first."""
        return self._around[-1][0].path if self._around else ""

    def opens(self, block: Block, page: int) -> bool:
        """Return whether a line is a heading; if so, open its section.

        A heading is the next entry of Contents; a short line whose number follows that of its
        sibling; or a short line marked as a heading. A sentence is text, unless Contents lists it.
        """
        label, key = read_label(block.text), heading_key(block.text)
        is_listed = key in self.keys[self._awaited :]
        parent = self._parent(block, label, is_listed)
        if is_listed:
            self._awaited = self.keys.index(key, self._awaited) + 1
        elif not self._is_heading(block, label, parent):
            return False
        if label:
            is_higher = label.value > self._values[parent, label.style]
            skips = is_higher and label.value not in self._next(parent, label)
            if skips and key not in self.keys:
                self.doubts.append((page, f'a section or a page is missing before "{block.text}"'))
            self._values[parent, label.style] = label.value
            self._last[label.style, bool(parent)] = label.value
        self._open(block, page, parent, label)
        return True

    def _is_heading(self, block: Block, label: Label | None, parent: str) -> bool:
        """Return whether a line that is no entry of Contents is a heading below ``parent``."""
        if not is_short(_bare(block)):
            return False
        if label:
            return block.level > 0 or label.value in self._next(parent, label)
        is_top = TOP_HEADING.fullmatch(block.text) is not None
        if block.linked or _CAPTION.match(block.text):
            return is_top and block.level > 0
        return block.level > 0 or (is_top and not self.keys)

    def _next(self, parent: str, label: Label) -> list[int]:
        """Return the numbers that may come next; some papers count through all sections."""
        value = self._values[parent, label.style]
        return [value + 1] if value else [1, self._last[label.style, bool(parent)] + 1]

    def fault(self, complete: bool) -> str:
        """Return how a text (its beginning unless ``complete``) contradicts Contents, or ""."""
        found = iter([heading_key(section.heading) for section in self.sections])
        due = self._contents if complete else self._contents[: self._awaited]
        # In order: "in" reads on in what was found, as far as it has to.
        if missing := next((entry for entry in due if heading_key(entry) not in found), ""):
            headings = "; ".join(section.heading for section in self.sections)
            fault = f'Contents lists "{missing}", and no such section was found in its place.'
            return f"{fault} Is a page missing or out of order? Found: {headings}"
        listed = (each for each in self.sections if self.keys and each.path != LEADS)
        top = [section.heading for section in listed if section.level == 1]
        more = Counter(map(heading_key, top)) - Counter(self.keys)
        if unlisted := next((each for each in top if heading_key(each) in more), ""):
            return f'Contents does not list the section "{unlisted}", or not as often'
        return ""

    def _open(self, block: Block, page: int, parent: str, label: Label | None) -> None:
        """Add a section below ``parent``; a path that is taken gets a number."""
        name = label.cited if label else _slug(block.text)
        base = path = f"{parent}.{name}" if parent else name
        while self._paths[path.casefold()]:  # II, II-2, II-3
            self._paths[base.casefold()] += 1
            path = f"{base}-{self._paths[base.casefold()]}"
        self._paths[path.casefold()] += 1
        while self._around and self.path != parent:
            self._around.pop()
        section = Section(path, block.text, page)
        self._around.append((section, label.style if label else "", block.level))
        self.sections.append(section)

    def _parent(self, block: Block, label: Label | None, is_listed: bool) -> str:
        """Return the path of the section around a heading, which is that around its open siblings.

        Without siblings, it is the innermost one of a higher level or, failing that, with a number.
        """
        outermost = [section.path for section, *_ in self._around[:1]]
        numbered = [section.path for section, style, _ in self._around if style]
        innermost = (numbered or outermost or [""])[-1]
        if label:
            like = [section.parent for section, style, _ in self._around if style == label.style]
            return "" if label.style == self._top else [*like, innermost][0]
        if not self.keys and TOP_HEADING.fullmatch(block.text):
            return ""
        if higher := [each.path for each, _, level in self._around if 0 < level < block.level]:
            return higher[-1]
        is_top = is_listed or not (self._top or self.keys)
        return "" if is_top else innermost


def _slug(text: str) -> str:
    """Return a text as letters, digits and hyphens, fit for addresses and citations."""
    ascii_only = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    slug = "-".join(re.findall(r"[A-Za-z0-9]+", ascii_only.replace("'", ""))) or "Section"
    return f"Section-{slug}" if slug.lower() in RESERVED_PATHS else slug
