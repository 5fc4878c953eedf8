"""Questions as the tables of these tests write them, and answers in the same notation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from indexer.search.results import Results


def rows(name: str) -> Iterator[tuple[str, ...]]:
    """Return the rows of a table beside this file, in cells separated by tabs.

    Empty lines, and lines that begin with a number sign and a space, are no rows.
    """
    text = Path(__file__).with_name(name).read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("# "):
            yield tuple(line.split("\t"))


def cited(citations: Iterable[str]) -> str:
    """Return citations in reading order, those of one section together: ``I ¶1 ¶3, II.1 ¶2``."""
    parts = [citation.split(" ") for citation in citations]
    sections = groupby(parts, key=lambda part: part[0])
    return ", ".join(" ".join((path, *(n for _, n in group))) for path, group in sections)


def finds(results: Results, everything: int) -> str:
    """Return what results, sorted by position, found: ``28``, ``-``, or ``most`` and citations."""
    if not results.hits:
        return "-"
    if results.total == everything:
        return str(everything)
    found = cited(hit.paragraph.citation for hit in results.hits)
    return found if results.match == "all" else f"{results.match} {found}"


def says(results: Results) -> str:
    """Return all that is said beside the hits: the notes, and the query that was probably meant."""
    said = list(results.notes)
    if results.suggestion is not None:
        said.append(f"Did you mean “{results.suggestion}”?")
    return " ".join(said)
