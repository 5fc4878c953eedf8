"""Which lines are headings, and the tree of sections that they make."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from ..model import Section
from .blocks import Block, ends_sentence
from .front import LONGEST_HEADING, Label, heading_key, read_label

# Unnumbered headings that stand at the top of a paper also when it has no Contents.
TOP_HEADINGS = frozenset(
    {"preface", "foreword", "introduction", "conclusion", "conclusions", "closingremarks"}
)

# Styles of numbers from the outermost in: the first that a paper uses is that of its sections.
_STYLES = ("roman", "arabic", "bracket")


@dataclass(frozen=True)
class _Open:
    """A section that the next line would stand in; ``style`` is empty if it has no number."""

    path: str
    style: str


@dataclass
class Outline:
    """The tree of sections as it grows, heading by heading.

    ``contents`` are the entries of the paper's Contents, ``lines`` all lines of its text;
    ``sections`` and ``notes`` (on headings that are odd) fill as ``heading`` is asked.
    """

    contents: Sequence[str]
    lines: Sequence[Block]
    sections: list[Section] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    _stack: list[_Open] = field(default_factory=list)
    _values: dict[tuple[str, str], int] = field(default_factory=dict)
    _awaited: int = 0

    def __post_init__(self) -> None:
        self._keys = [heading_key(entry) for entry in self.contents]
        labels = [read_label(entry) for entry in self.contents]
        if not any(labels):
            labels = [read_label(block.text) for block in self.lines if _is_short(block)]
        used = {label.style for label in labels if label and label.value == 1}
        self._top = next((style for style in _STYLES if style in used), "")

    @property
    def path(self) -> str:
        """The path of the section that is open; empty before the first."""
        return self._stack[-1].path if self._stack else ""

    def heading(self, block: Block, page: int) -> Section | None:
        """The section that a line opens, or None for a line of text.

        A heading is the next entry of Contents to come; a short line with a number that follows
        on its siblings'; or a short line that is marked as a heading. What ends like a sentence
        is text, unless Contents lists it.
        """
        label = read_label(block.text)
        key = heading_key(block.text)
        listed = key in self._keys[self._awaited :]
        if listed:
            self._awaited = self._keys.index(key, self._awaited) + 1
        elif not _is_short(block):
            if block.marked:
                self.notes.append(
                    f'page {page}: marked as a heading, but text: "{block.text[:60]}".'
                )
            return None
        if label is not None:
            parent = self._parent(label)
            follows = label.value == self._values.get((parent, label.style), 0) + 1
            if listed or follows or block.marked:
                return self._open(block, page, parent, label, follows)
            self.notes.append(f'page {page}: "{block.text}" is out of sequence: taken as text.')
            return None
        if listed or (not self.contents and key in TOP_HEADINGS):
            return self._open(block, page, "", None, True)
        if block.marked:
            parent = self._numbered_parent() if self._top or self.contents else ""
            return self._open(block, page, parent, None, True)
        return None

    def unlisted(self) -> list[str]:
        """Headings at the top that are not in Contents, or not in its order."""
        return [
            section.heading
            for section in self.sections
            if section.level == 1 and heading_key(section.heading) not in self._keys
        ]

    def missing(self, complete: bool) -> list[str]:
        """Entries of Contents that were not found where they should be.

        All must be there in a ``complete`` text; in the first pages of one, those before the last
        one found.
        """
        found = [heading_key(section.heading) for section in self.sections]
        left = list(self.contents if complete else self.contents[: self._awaited])
        for key in found:
            if left and heading_key(left[0]) == key:
                left.pop(0)
        return left

    def _open(
        self, block: Block, page: int, parent: str, label: Label | None, follows: bool
    ) -> Section:
        """Add a section below ``parent`` and make it the open one."""
        name = label.cited if label else _slug(block.text)
        base = path = f"{parent}.{name}" if parent else name
        taken = {section.path for section in self.sections}
        again = 1
        while path in taken:
            again += 1
            path = f"{base}-{again}"
        if not follows:
            self.notes.append(f'page {page}: the heading "{block.text}" is out of sequence.')
        style = label.style if label else ""
        if label:
            self._values[(parent, style)] = label.value
        while self._stack and self._stack[-1].path != parent:
            self._stack.pop()
        self._stack.append(_Open(path, style))
        self.sections.append(Section(path, block.text, page))
        return self.sections[-1]

    def _parent(self, label: Label) -> str:
        """Where a numbered heading belongs: beside the last one of its style, or one deeper."""
        if label.style == self._top:
            return ""
        styles = [section.style for section in self._stack]
        if label.style in styles:
            return self._stack[styles.index(label.style)].path.rpartition(".")[0]
        return self._numbered_parent()

    def _numbered_parent(self) -> str:
        """The innermost open section that has a number, or stands at the top."""
        around = [section.path for section in self._stack if section.style]
        return (around or [section.path for section in self._stack[:1]] or [""])[-1]


def _is_short(block: Block) -> bool:
    """Whether a line could be a heading by its length and its end."""
    return len(block.text) <= LONGEST_HEADING and not ends_sentence(block.text)


def _slug(text: str) -> str:
    """Letters, digits and hyphens, as an address and a citation can carry them."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[A-Za-z0-9]+", plain.replace("'", ""))) or "Section"
