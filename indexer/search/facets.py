"""How many of the paragraphs found stand in each document, and in each section of one document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

import numpy as np

from ..model import Document
from .evaluation import Mask
from .matching import Ints
from .results import Facet

_Named: TypeAlias = tuple[str, str]  # a document or a section: what it is asked for by, its title


class Counter:
    """Counts paragraphs of an index by document and section. Read-only once it is made.

    The paragraphs of a document follow each other in the index: ``firsts`` is where those of each
    begin. ``sections`` has the place of each paragraph's section among those of its document, from
    1 on, and ``parents`` the place of the section around each; 0 is the whole document.
    """

    def __init__(self, documents: Iterable[Document]) -> None:
        self._documents = [document for document in documents if document.paragraphs]
        self._named = [(document.id, document.title) for document in self._documents]
        self._titles: list[list[_Named]] = []
        self._parents: list[list[int]] = []
        sections: list[int] = []
        firsts: list[int] = []
        for document in self._documents:
            paths = {path: n for n, path in enumerate(("", *document.section_by_path))}
            firsts.append(len(sections))
            sections += [paths[paragraph.section] for paragraph in document.paragraphs]
            self._titles.append([(section.path, section.heading) for section in document.sections])
            self._parents.append([paths[section.parent] for section in document.sections])
        self._firsts = np.array(firsts, int)
        self._sections: Ints = np.array(sections, np.int32)

    def count(self, found: Mask) -> dict[str, tuple[Facet, ...]]:
        """Facets of the paragraphs found: by document, and by section where all are of one."""
        counts = np.add.reduceat(found, self._firsts, dtype=int).tolist() if len(found) else []
        having = [number for number, count in enumerate(counts) if count]
        sections: tuple[Facet, ...] = ()
        if len(having) == 1:
            sections = self._sections_of(having[0], found)
        return {"document": _facets(self._named, counts), "section": sections}

    def _sections_of(self, number: int, found: Mask) -> tuple[Facet, ...]:
        """Facets of the paragraphs found, all of one document."""
        parents, first = self._parents[number], self._firsts[number]
        own = slice(first, first + len(self._documents[number].paragraphs))
        counts = np.bincount(self._sections[own][found[own]], minlength=len(parents) + 1)
        return _facets(self._titles[number], _summed(counts.tolist(), parents))


def _summed(counts: list[int], parents: Sequence[int]) -> list[int]:
    """The counts of sections, those of the sections below them added; a parent comes first."""
    for number in range(len(parents), 0, -1):
        counts[parents[number - 1]] += counts[number]
    return counts[1:]


def _facets(named: Iterable[_Named], counts: Iterable[int]) -> tuple[Facet, ...]:
    rows = zip(named, counts, strict=True)
    return tuple([Facet(value, label, count) for (value, label), count in rows if count])
