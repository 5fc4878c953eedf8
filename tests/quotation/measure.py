"""Check drawn quotations, and count how often verdict and paragraph are right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from indexer.model import Document
from indexer.quotation.check import check
from indexer.quotation.parts import Part, verdict
from indexer.search.index import Index, index_in_memory

from .draw import KINDS, Drawer, Drawn, drawn, plain


@dataclass(frozen=True)
class Outcome:
    """A drawn quotation and what was found: is the verdict right, is the paragraph?"""

    drawn: Drawn
    parts: tuple[Part, ...]
    verdict: bool
    paragraph: bool


def outcomes(
    documents: Sequence[Document], each: int, foreign: Sequence[Document] = ()
) -> list[Outcome]:
    """Check so many quotations of every kind from each document.

    Foreign ones are drawn from the other documents, and from those of ``foreign``.
    """
    found = []
    for document in documents:
        rest = [other for other in (*documents, *foreign) if other is not document]
        others = [paragraph.text for other in rest for paragraph in other.paragraphs]
        index = index_in_memory((document,))
        for one in drawn(Drawer(document.paragraphs, others), each):
            found.append(_outcome(one, check(one.text, index), index))
    return found


def _outcome(one: Drawn, parts: tuple[Part, ...], index: Index) -> Outcome:
    ids = [part.place.paragraph.id if part.place else "" for part in parts]
    right = len(ids) == len(one.paragraphs) and all(
        name == wanted or (name and _has(index, name, source))
        for name, wanted, source in zip(ids, one.paragraphs, one.sources, strict=True)
    )
    if not one.paragraphs:
        right = not any(ids)
    return Outcome(one, parts, verdict(parts) == one.verdict, right)


def _has(index: Index, name: str, source: str) -> bool:
    """Return whether another paragraph has the same words, so that it is as right."""
    text = index.paragraphs[index.number[name]][1].text
    return f" {plain(source)} " in f" {plain(text)} "


def table(found: Iterable[Outcome]) -> list[str]:
    """Return a table in Markdown: of how many of each kind verdict and paragraph are right."""
    found = list(found)
    rows = ["| kind | drawn | right verdict | right paragraph | wrongly verbatim |"]
    rows.append("|---|--:|--:|--:|--:|")
    for kind in KINDS:
        here = [each for each in found if each.drawn.kind == kind]
        right, placed = (sum(getattr(o, name) for o in here) for name in ("verdict", "paragraph"))
        wrong = sum(not o.verdict and verdict(o.parts) == "verbatim" for o in here)
        rows.append(f"| {kind} | {len(here)} | {right} | {placed} | {wrong} |")
    return rows
