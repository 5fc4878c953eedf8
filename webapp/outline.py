"""The shape of a document: its sections as a tree, its pages, what it lacks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from indexer.model import Document, Page, Paragraph, Section

T = TypeVar("T")


@dataclass
class Node(Generic[T]):
    """An item, and the nodes below it in their order."""

    item: T
    below: list[Node[T]] = field(default_factory=list)


def nest(items: Iterable[T], path_of: Callable[[T], str]) -> tuple[Node[T], ...]:
    """Items with dotted paths as a tree, in their order: ``II.1`` below ``II``, if that is there.

    An item comes after the one that it stands below, as sections do.
    """
    nodes: dict[str, Node[T]] = {}
    top: list[Node[T]] = []
    for item in items:
        node = nodes[path_of(item)] = Node(item)
        parent = nodes.get(path_of(item).rpartition(".")[0])
        (parent.below if parent else top).append(node)
    return tuple(top)


def outline(document: Document) -> tuple[Node[Section], ...]:
    """The sections of a document as a tree."""
    return nest(document.sections, lambda section: section.path)


def lacking(document: Document) -> tuple[str, ...]:
    """The entries of a document's own contents for which it has no section yet."""
    held = {_folded(section.heading) for section in document.sections}
    return tuple(entry for entry in document.contents if _folded(entry) not in held)


def _folded(heading: str) -> str:
    return " ".join(heading.split()).casefold()


def page_starts(document: Document) -> dict[str, Page]:
    """The pages of the source, by the section (its path) or paragraph (its id) that begins each.

    A paragraph that goes on over the end of a page belongs to the page on which it begins.
    """
    pages = {page.number: page for page in document.pages}
    starts: dict[str, Page] = {}
    last = 0
    for section in document.sections:
        places = [(section.path, section.page)]
        places += [(p.id, p.page) for p in document.paragraphs if p.section == section.path]
        for name, number in places:
            if number > last and number in pages:
                starts[name], last = pages[number], number
    return starts


def neighbours(
    document: Document, paragraph: Paragraph
) -> tuple[Paragraph | None, Paragraph | None]:
    """The paragraphs before and after one, None at either end of the text."""
    place, last = document.position_by_id[paragraph.id], len(document.paragraphs) - 1
    return (
        document.paragraphs[place - 1] if place > 0 else None,
        document.paragraphs[place + 1] if place < last else None,
    )
