"""How many of the paragraphs found stand in each document, and in each section of one document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

import numpy as np

from ..model import Document
from .matching import Ints, Whole
from .results import Facet

_Named: TypeAlias = tuple[str, str]  # a document or a section: what it is asked for by, its title


class Counter:
    """Counts paragraphs of an index by document and section. Read-only once it is made.

    The paragraphs of a document follow each other in the index: ``bounds`` is where those of each
    begin and, last, where all end. ``sections`` has the place of each paragraph's section among
    those of its document, from 1 on, and ``parents`` the place of the section around each; 0 is
    the whole document.
    """

    def __init__(self, documents: Iterable[Document]) -> None:
        self._documents: list[_Named] = []
        self._sections_of: list[tuple[_Named, ...]] = []
        self._parents: list[list[int]] = []
        sections: list[int] = []
        bounds = [0]
        for document in documents:
            paths = {path: n for n, path in enumerate(("", *document.section_by_path))}
            sections += [paths[paragraph.section] for paragraph in document.paragraphs]
            bounds.append(len(sections))
            self._documents.append((document.id, document.title))
            self._sections_of.append(tuple((each.path, each.heading) for each in document.sections))
            self._parents.append([paths[section.parent] for section in document.sections])
        self._bounds: Ints = np.array(bounds, np.int32)
        self._sections: Ints = np.array(sections, np.int32)

    def count(self, found: Whole) -> dict[str, tuple[Facet, ...]]:
        """Facets of the paragraphs found: by document, and by section where all are of one.

        They are the numbers of paragraphs, ascending.
        """
        counts = np.diff(found.searchsorted(self._bounds))
        having = np.flatnonzero(counts).tolist()
        sections: tuple[Facet, ...] = ()
        if len(having) == 1:
            parents = self._parents[having[0]]
            own = np.bincount(self._sections[found], minlength=len(parents) + 1).tolist()
            sections = _facets(self._sections_of[having[0]], _summed(own, parents))
        return {"document": _facets(self._documents, counts.tolist()), "section": sections}


def _summed(counts: list[int], parents: Sequence[int]) -> list[int]:
    """The counts of sections, those of the sections below them added; a parent comes first."""
    for number in range(len(parents), 0, -1):
        counts[parents[number - 1]] += counts[number]
    return counts[1:]


def _facets(named: Iterable[_Named], counts: Iterable[int]) -> tuple[Facet, ...]:
    rows = zip(named, counts, strict=True)
    return tuple([Facet(value, label, count) for (value, label), count in rows if count])
