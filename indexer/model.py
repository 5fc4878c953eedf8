"""What flows through the house: frozen, and importing nothing of ours."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

Status = Literal["live", "alias", "gone"]


@dataclass(frozen=True)
class Page:
    """One page of the source as it was received.

    ``number`` counts from 1. ``file`` is its name in the edition's snapshot folder and ``sha256``
    the digest of its bytes. ``address`` was asked for and ``final_address`` answered (both None
    for a saved file); ``received`` is ISO 8601 in UTC; ``status`` and ``headers`` are the
    answer's.
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
class Section:
    """A section of a document.

    ``path`` is how it is cited and addressed: ``Preface``, ``II``, ``II.1``; the dots make the
    tree. ``heading`` is printed as in the source, number and all. ``page`` is the source page on
    which the heading stands.
    """

    path: str
    heading: str
    page: int

    @property
    def parent(self) -> str:
        """The path of the section around this one; empty at the top."""
        return self.path.rpartition(".")[0]

    @property
    def level(self) -> int:
        """1 for a section of the document, 2 for a part of it, and so on."""
        return self.path.count(".") + 1


@dataclass(frozen=True)
class Paragraph:
    """A paragraph, word for word as in the source.

    ``number`` counts from 1 within ``section`` (a path; sub-sections count for themselves);
    ``page`` is the source page on which it begins. ``id`` is permanent, and empty until the
    ledger has given it.
    """

    section: str
    number: int
    page: int
    text: str
    id: str = ""

    @property
    def citation(self) -> str:
        """As people cite it: ``II.1 ¶3``."""
        return f"{self.section} ¶{self.number}"


@dataclass(frozen=True)
class Document:
    """A document as one edition has it, sections and paragraphs in reading order.

    ``edition`` counts the takings-in from 1 (0: not stored yet) and ``taken`` is when, ISO 8601
    in UTC. ``published`` is an ISO date; ``issued`` and ``statement`` are as printed ("January
    2017", "First Edition 2017"). ``contents`` are the entries of its own table of contents.
    ``page_count`` is how many pages the source has, ``pages`` are those at hand.
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

    @property
    def complete(self) -> bool:
        """Whether every page of the source is at hand."""
        return len(self.pages) == self.page_count

    @property
    def coverage(self) -> str:
        """How much of the source is at hand: ``page 1 of 3``, ``all 3 pages``."""
        if self.complete:
            return "the one page" if self.page_count == 1 else f"all {self.page_count} pages"
        held = [str(page.number) for page in self.pages]
        return f"{'page' if len(held) == 1 else 'pages'} {', '.join(held)} of {self.page_count}"

    @property
    def address(self) -> str | None:
        """Where the source stands, as far as it is known: its first page's address."""
        return self.pages[0].final_address or self.pages[0].address if self.pages else None

    @cached_property
    def section_by_path(self) -> dict[str, Section]:
        """Its sections by their paths."""
        return {section.path: section for section in self.sections}

    @cached_property
    def paragraph_by_id(self) -> dict[str, Paragraph]:
        """Its paragraphs by their ids."""
        return {paragraph.id: paragraph for paragraph in self.paragraphs}

    @cached_property
    def position_by_id(self) -> dict[str, int]:
        """The place of each paragraph in the text, from 0, by its id."""
        return {paragraph.id: place for place, paragraph in enumerate(self.paragraphs)}

    def headings(self, path: str) -> tuple[str, ...]:
        """The headings from the top down to the section at ``path``: a breadcrumb."""
        return self._breadcrumbs[path]

    @cached_property
    def _breadcrumbs(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {"": ()}
        for section in self.sections:
            found[section.path] = (*found[section.parent], section.heading)
        return found


@dataclass(frozen=True)
class Entry:
    """What the ledger says of one paragraph id.

    ``status`` is ``live``, ``alias`` (its words live on in ``successor``) or ``gone``. ``first``
    and ``last`` are editions; ``last`` is None while it lives. ``texts`` are the digests of its
    normalised texts, oldest first; ``section`` and ``words`` are the latest. ``origin`` is the id
    from which it was split, if it was.
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
    """Where a document comes from, as its ``source.toml`` says it.

    ``published`` is an ISO date and ``language`` a BCP 47 tag. ``address`` is the first page's,
    empty until it is known; ``copies`` are the addresses of other official copies.
    """

    title: str
    issuer: str
    published: str
    language: str = "en"
    address: str = ""
    copies: tuple[str, ...] = ()
