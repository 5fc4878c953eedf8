"""How many of the paragraphs found stand in each document, and in each section of one document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np

from ..model import Document
from .matching import Ints, Whole
from .results import Facet

# Documents and sections by the hundred have the same few counts; to make each of these anew takes
# longest of all here.
_facet = lru_cache(maxsize=4_096)(Facet)


class Counter:
    """Counts paragraphs of an index by document and section. Read-only once it is made.

    The paragraphs of a document follow each other in the index: ``bounds`` is where those of each
    begin and, last, where all end. ``sections`` has the place of each paragraph's section among
    those of its document, from 1 on, and ``parents`` the place of the section around each; 0 is
    the whole document.
    """

    def __init__(self, documents: Iterable[Document]) -> None:
        self._documents = tuple(documents)
        self._parents: list[list[int]] = []
        sections: list[int] = []
        bounds = [0]
        for document in self._documents:
            paths = {path: n for n, path in enumerate(("", *document.section_by_path))}
            sections += [paths[paragraph.section] for paragraph in document.paragraphs]
            bounds.append(len(sections))
            self._parents.append([paths[section.parent] for section in document.sections])
        self._bounds: Ints = np.array(bounds, np.int32)
        self._sections: Ints = np.array(sections, np.int32)

    def count(self, found: Whole) -> dict[str, tuple[Facet, ...]]:
        """Facets of the paragraphs found: by document, and by section where all are of one.

        They are the numbers of paragraphs, ascending.
        """
        edges = found.searchsorted(self._bounds)
        counts = np.diff(edges).tolist()
        having = [number for number, count in enumerate(counts) if count]
        sections: tuple[Facet, ...] = ()
        if len(having) == 1:
            parents = self._parents[having[0]]
            own = np.bincount(self._sections[found], minlength=len(parents) + 1).tolist()
            sections = _sections(self._documents[having[0]], _summed(own, parents))
        return {
            "document": tuple(
                [_facet(self._documents[n].id, self._documents[n].title, counts[n]) for n in having]
            ),
            "section": sections,
        }


def _summed(counts: list[int], parents: Sequence[int]) -> list[int]:
    """The counts of sections, those of the sections below them added; a parent comes first."""
    for number in range(len(parents), 0, -1):
        counts[parents[number - 1]] += counts[number]
    return counts[1:]


def _sections(document: Document, counts: Iterable[int]) -> tuple[Facet, ...]:
    return tuple(
        [
            _facet(section.path, section.heading, count)
            for section, count in zip(document.sections, counts, strict=True)
            if count
        ]
    )
