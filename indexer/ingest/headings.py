"""Which lines are headings, and the tree of sections that they make."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ..model import RESERVED_PATHS, Section
from ..text import normalise
from .lines import Block, ends_sentence

# Longer than any heading in the white papers, and shorter than nearly all of their paragraphs.
LONGEST_HEADING = 150

# Unnumbered headings that stand at the top of a paper also when it has no Contents.
TOP_HEADINGS = frozenset(
    {"preface", "foreword", "introduction", "conclusion", "conclusions", "closingremarks"}
)


# Styles of numbers from the outermost in: the first that a paper uses is that of its sections.
_STYLES = ("roman", "arabic", "bracket")
_ROMAN = (
    *("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"),
    *("XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII", "XVIII", "XIX", "XX"),
)
_NUMBER = re.compile(
    rf"(?:(?P<roman>{'|'.join(_ROMAN)})[.．、]|(?P<arabic>\d{{1,2}})[.．、](?!\d)"
    r"|[(（](?P<bracket>\d{1,2})[)）])\s*"
)


@dataclass(frozen=True)
class Label:
    """The number of a heading: its style (roman, arabic, bracket), its value and as cited."""

    style: str
    value: int
    cited: str


def read_label(text: str) -> Label | None:
    """The number that a line begins with ("II. ", "1. ", "(1) "), if it does."""
    found = _NUMBER.match(text)
    if found is None:
        return None
    style = str(found.lastgroup)
    number = found[style]
    if style == "roman":
        return Label(style, _ROMAN.index(number) + 1, number)
    return Label(style, int(number), str(int(number)))


def heading_key(text: str) -> str:
    """What two headings must share to be the same: their words, whatever the typography.

    The number is left out where words follow it, as some copies print it only in one place.
    """
    found = _NUMBER.match(text)
    return normalise(text[found.end() :] if found else text) or normalise(text)


def is_short(block: Block) -> bool:
    """Whether a line could be a heading by its length and its end."""
    return len(block.text) <= LONGEST_HEADING and not ends_sentence(block.text)


class Outline:
    """The tree of sections as it grows, line by line; ``notes`` tell of headings that are odd.

    ``contents`` are the entries of the paper's Contents, ``lines`` all lines of its text.
    """

    def __init__(self, contents: Sequence[str], lines: Sequence[Block]) -> None:
        self.sections: list[Section] = []
        self.notes: list[str] = []
        self._contents = contents
        self._keys = [heading_key(entry) for entry in contents]
        self._awaited = 0  # the entry of Contents that comes next
        self._around: list[tuple[str, str]] = []  # path and style of the open sections
        self._values: dict[tuple[str, str], int] = {}  # by path and style: the last number below
        self._paths: Counter[str] = Counter()  # how often each was wanted, its case folded
        labels = [read_label(entry) for entry in contents]
        if not any(labels):
            labels = [read_label(block.text) for block in lines if is_short(block)]
        used = {label.style for label in labels if label and label.value == 1}
        self._top = next((style for style in _STYLES if style in used), "")

    @property
    def path(self) -> str:
        """The path of the section that is open; empty before the first."""
        return self._around[-1][0] if self._around else ""

    def opens(self, block: Block, page: int) -> bool:
        """Whether a line is a heading; then its section is open from now on.

        A heading is the next entry of Contents to come; a short line with a number that follows
        on its siblings'; or a short line that is marked as a heading. What ends like a sentence
        is text, unless Contents lists it.
        """
        label, key = read_label(block.text), heading_key(block.text)
        listed = key in self._keys[self._awaited :]
        if listed:
            self._awaited = self._keys.index(key, self._awaited) + 1
        elif not is_short(block):
            if block.marked:
                self._note(page, f'marked as a heading, but text: "{block.text[:60]}"')
            return False
        if label:
            parent = self._parent(label)
            follows = label.value == self._values.get((parent, label.style), 0) + 1
            if not (listed or follows or block.marked):
                self._note(page, f'"{block.text}" is out of sequence: taken as text')
                return False
            if not follows:
                self._note(page, f'the heading "{block.text}" is out of sequence')
            self._values[parent, label.style] = label.value
        elif listed or (not self._keys and key in TOP_HEADINGS):
            parent = ""
        elif block.marked:
            parent = self._numbered() if self._top or self._keys else ""
        else:
            return False
        self._open(block.text, page, parent, label)
        return True

    def missing(self, complete: bool) -> str | None:
        """The first entry of Contents that was not found in its place.

        All must be there in a ``complete`` text; in the first pages of one, those before the last
        one found.
        """
        found = iter([heading_key(section.heading) for section in self.sections])
        due = list(zip(self._contents, self._keys, strict=True))
        due = due if complete else due[: self._awaited]
        return next((entry for entry, key in due if key not in found), None)

    def unlisted(self) -> str | None:
        """The first heading at the top that is not in the paper's Contents, if it has any."""
        top = (section.heading for section in self.sections if section.level == 1 and self._keys)
        return next((heading for heading in top if heading_key(heading) not in self._keys), None)

    def _note(self, page: int, what: str) -> None:
        self.notes.append(f"page {page}: {what}.")

    def _open(self, heading: str, page: int, parent: str, label: Label | None) -> None:
        """Add a section below ``parent``; a path that is taken gets a number of its own."""
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

    def _parent(self, label: Label) -> str:
        """Where a numbered heading belongs: beside the last one of its style, or one deeper."""
        if label.style == self._top:
            return ""
        beside = [path for path, style in self._around if style == label.style]
        return beside[0].rpartition(".")[0] if beside else self._numbered()

    def _numbered(self) -> str:
        """The innermost open section that has a number, else the outermost."""
        numbered = [path for path, style in self._around if style]
        return (numbered or [path for path, _ in self._around[:1]] or [""])[-1]


def _slug(text: str) -> str:
    """Letters, digits and hyphens, as an address and a citation can carry them."""
    ascii_only = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    slug = "-".join(re.findall(r"[A-Za-z0-9]+", ascii_only.replace("'", ""))) or "Section"
    return f"Section-{slug}" if slug.lower() in RESERVED_PATHS else slug
