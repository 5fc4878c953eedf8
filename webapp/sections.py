"""The structure of a document: its sections as a tree, its source pages, what it still lacks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from indexer.model import Document, Page, Paragraph, Section
from indexer.search.citations import roman


@dataclass
class Branch:
    """An item of a tree, and the branches below it in order."""

    item: Any
    below: list[Branch] = field(default_factory=list)


def nest(items: Iterable[Any], path_name: str) -> list[Branch]:
    """Return items, in document order, as a tree by the dotted paths in their ``path_name``."""
    branches: dict[str, Branch] = {}
    top: list[Branch] = []
    for item in items:
        path = getattr(item, path_name)
        branch = branches[path] = Branch(item)
        parent = branches.get(path.rpartition(".")[0])
        (parent.below if parent else top).append(branch)
    return top


def section_named(document: Document, name: str) -> Section | None:
    """Return the section with a path, in any letter case, or None."""
    folded = name.casefold()
    paths = (folded, roman(folded))  # "2.1" is II.1, where no section is numbered so
    found = {each.path.casefold(): each for each in reversed(document.sections)}
    return next((found[path] for path in paths if path in found), None)


def page_starts(document: Document) -> dict[str, Page]:
    """Return the source pages by the section path or paragraph id with which each begins."""
    pages = {page.number: page for page in document.pages}
    starts: dict[str, Page] = {}
    last = 0
    for section in document.sections:
        inside = document.paragraphs_by_section[section.path]
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
