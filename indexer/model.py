"""The values that flow through the program: frozen, and independent of all other modules."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Literal

Status = Literal["live", "alias", "gone"]

# Parts of web addresses that no document can have as its id, and no section as its path.
RESERVED_IDS = frozenset({"about", "api", "healthz", "help", "quote", "static"})
RESERVED_PATHS = frozenset({"editions", "p"})


@dataclass(frozen=True)
class Page:
    """One page of the source as it was received.

    ``number`` counts from 1. ``file`` is its name in the snapshot folder, ``sha256`` the digest of
    its bytes. ``address`` was requested and ``final_address`` answered (None for a saved file).
    ``received`` is ISO 8601 in UTC.
    """

    number: int
    file: str
    sha256: str
    received: str
    address: str | None = None
    final_address: str | None = None
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Origin:
    """The address of a page of the source; not ``fetched`` if derived from the document's own."""

    address: str
    fetched: bool


@dataclass(frozen=True)
class Section:
    """A section of a document.

    ``path`` is its citation and address, such as ``Preface`` or ``II.1``. ``heading`` is as printed
    on the source page ``page``, with its number.
    """

    path: str
    heading: str
    page: int

    @property
    def parent(self) -> str:
        """The path of the enclosing section; empty at the top level."""
        return self.path.rpartition(".")[0]

    @property
    def level(self) -> int:
        """The depth in the tree, 1 at the top level."""
        return self.path.count(".") + 1


@dataclass(frozen=True)
class Paragraph:
    """A paragraph, word for word as in the source.

    ``number`` counts from 1 in ``section`` (a path), without sub-sections. ``page`` is the source
    page on which it begins. ``id`` is permanent, and empty until the ledger assigns it.
    """

    section: str
    number: int
    page: int
    text: str
    id: str = ""

    @property
    def citation(self) -> str:
        """The citation of the paragraph: ``II.1 ¶3``."""
        return f"{self.section} ¶{self.number}"


@dataclass(frozen=True)
class Document:
    """One edition of a document, with sections and paragraphs in reading order.

    ``edition`` counts from 1 (0: not stored yet); ``taken`` is when it was ingested, ISO 8601 in
    UTC. ``published`` is an ISO date; ``issued`` and ``statement`` are as printed ("January 2017",
    "First Edition 2017"). ``contents`` is its table of contents. ``pages`` are those available of
    the ``page_count`` of the source. ``doubts`` are sentences on what may be missing from the text;
    such an edition is stored only with ``--force``.
    """

    id: str
    title: str
    issuer: str
    published: str
    issued: str
    statement: str
    contents: tuple[str, ...]
    page_count: int
    pages: tuple[Page, ...]
    sections: tuple[Section, ...]
    paragraphs: tuple[Paragraph, ...]
    edition: int = 0
    taken: str = ""
    doubts: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        """True when all pages of the source are available."""
        return len(self.pages) == self.page_count

    @property
    def coverage(self) -> str:
        """The available part of the source: ``page 1 of 3``, ``all 3 pages``."""
        if self.complete:
            return "the one page" if self.page_count == 1 else f"all {self.page_count} pages"
        numbers = ", ".join(str(page.number) for page in self.pages)
        return f"{'page' if len(self.pages) == 1 else 'pages'} {numbers} of {self.page_count}"

    @property
    def missing_sections(self) -> tuple[str, ...]:
        """The entries of ``contents`` that have no section yet."""
        available = {section.heading.casefold() for section in self.sections}
        return tuple(each for each in self.contents if each.casefold() not in available)

    @property
    def address(self) -> str | None:
        """The address from which the first page was fetched, if it was."""
        return self.pages[0].final_address or self.pages[0].address if self.pages else None

    def origin(self, number: int, source: Source) -> Origin | None:
        """Return the origin of any page of the source, from 1; None if it is not known."""
        page = next((page for page in self.pages if page.number == number), None)
        if page and (address := page.final_address or page.address):
            return Origin(address, fetched=True)
        first = self.address or source.address
        return Origin(page_address(first, number), fetched=False) if first else None

    @cached_property
    def paragraph_by_id(self) -> dict[str, Paragraph]:
        """The paragraphs by their ids."""
        return {paragraph.id: paragraph for paragraph in self.paragraphs}

    @cached_property
    def position_by_id(self) -> dict[str, int]:
        """The position of each paragraph in the text, from 0, by its id."""
        return {paragraph.id: position for position, paragraph in enumerate(self.paragraphs)}

    def neighbours(self, key: str) -> tuple[Paragraph | None, Paragraph | None]:
        """Return the paragraphs before and after one; None at either end of the text."""
        position, around = self.position_by_id[key], (None, *self.paragraphs, None)
        return around[position], around[position + 2]

    @cached_property
    def paragraphs_by_section(self) -> dict[str, tuple[Paragraph, ...]]:
        """The paragraphs of each section, without its sub-sections, by its path."""
        found: dict[str, list[Paragraph]] = {section.path: [] for section in self.sections}
        for paragraph in self.paragraphs:
            found.setdefault(paragraph.section, []).append(paragraph)
        return {path: tuple(inside) for path, inside in found.items()}

    @cached_property
    def headings(self) -> dict[str, tuple[str, ...]]:
        """The headings from the top level down to that of each section, by its path."""
        found: dict[str, tuple[str, ...]] = {"": ()}
        for section in self.sections:
            found[section.path] = (*found[section.parent], section.heading)
        return found


@cache
def lineage(path: str) -> tuple[str, ...]:
    """Return the path of a section and those of the sections around it, innermost first."""
    parts = path.split(".")
    return tuple([".".join(parts[:level]) for level in range(len(parts), 0, -1)])


def page_address(first: str, number: int) -> str:
    """Return the address of page ``number`` of an article whose first page is at ``first``.

    On China Daily, SCIO and china.org.cn, ``NAME_2.html`` follows ``NAME.html`` or ``NAME_1.html``.
    """
    suffix = "" if number == 1 else f"_{number}"
    return re.sub(r"(_\d{1,3})?(\.s?html?)$", rf"{suffix}\2", first)


@dataclass(frozen=True)
class Entry:
    """The record of one paragraph id in the ledger.

    An ``alias`` leads to its ``successor``, which contains its text. ``first`` and ``last`` are
    editions; ``last`` is None while the id is live. ``texts`` are the digests of its normalised
    texts, oldest first; ``section`` and ``words`` are the latest. ``origin`` is the id it was split
    from, if any.
    """

    id: str
    status: Status
    first: int
    last: int | None
    texts: tuple[str, ...]
    section: str
    words: str
    successor: str | None = None
    origin: str | None = None


@dataclass(frozen=True)
class Source:
    """The origin of a document, as its ``source.toml`` gives it.

    ``published`` is an ISO date, ``language`` a BCP 47 tag, ``address`` that of the first page, or
    empty. ``copies`` are the addresses of other official copies, the preferred one first.
    """

    title: str
    issuer: str
    published: str
    language: str = "en"
    address: str = ""
    copies: tuple[str, ...] = ()
