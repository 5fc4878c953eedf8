"""The structure of a document: its sections as a tree, its source pages, what it still lacks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from indexer.model import Document, Page, Paragraph, Section

Item = TypeVar("Item")


@dataclass
class Branch(Generic[Item]):
    """An item of a tree, and the branches below it in order."""

    item: Item
    below: list[Branch[Item]] = field(default_factory=list)


def nest(items: Iterable[Item], path_of: Callable[[Item], str]) -> tuple[Branch[Item], ...]:
    """Return items with dotted paths as a tree: ``II.1`` below ``II``, if there is a ``II``.

    Items are in document order: an item follows the one above it in the tree.
    """
    branches: dict[str, Branch[Item]] = {}
    top: list[Branch[Item]] = []
    for item in items:
        branch = branches[path_of(item)] = Branch(item)
        parent = branches.get(path_of(item).rpartition(".")[0])
        (parent.below if parent else top).append(branch)
    return tuple(top)


def section_tree(document: Document) -> tuple[Branch[Section], ...]:
    """Return the sections of a document as a tree."""
    return nest(document.sections, lambda section: section.path)


def missing_sections(document: Document) -> tuple[str, ...]:
    """Return the entries of the document's own contents that have no section yet."""
    available = {_folded(section.heading) for section in document.sections}
    return tuple(entry for entry in document.contents if _folded(entry) not in available)


def _folded(heading: str) -> str:
    return " ".join(heading.split()).casefold()


def page_starts(document: Document) -> dict[str, Page]:
    """Return the source pages, by the section path or paragraph id with which each begins.

    A paragraph that continues on the next page belongs to the page on which it begins.
    """
    pages = {page.number: page for page in document.pages}
    starts: dict[str, Page] = {}
    last = 0
    for section in document.sections:
        inside = [each for each in document.paragraphs if each.section == section.path]
        for key, number in [(section.path, section.page), *((p.id, p.page) for p in inside)]:
            if number > last and number in pages:
                starts[key], last = pages[number], number
    return starts


def neighbours(
    document: Document, paragraph: Paragraph
) -> tuple[Paragraph | None, Paragraph | None]:
    """Return the paragraphs before and after one; None at either end of the text."""
    position = document.position_by_id[paragraph.id]
    before = document.paragraphs[position - 1] if position else None
    return before, next(iter(document.paragraphs[position + 1 :]), None)
