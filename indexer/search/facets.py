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

    Every document has a place for the whole of it, and behind that one for each of its sections,
    in reading order; ``parents`` tells how far down from the whole the one around each stands.
    """

    def __init__(self, documents: Iterable[Document]) -> None:
        self._documents = tuple(documents)
        self._parents: list[list[int]] = []
        firsts: list[int] = []
        place: list[int] = []
        for document in self._documents:
            first = firsts[-1] + len(self._parents[-1]) + 1 if firsts else 0
            paths = {path: n for n, path in enumerate(("", *document.section_by_path))}
            firsts.append(first)
            place += [first + paths[paragraph.section] for paragraph in document.paragraphs]
            self._parents.append([paths[section.parent] for section in document.sections])
        self._firsts = np.array(firsts, np.int64)
        self._place: Ints = np.array(place, np.int32)
        self._places = sum(len(parents) + 1 for parents in self._parents)

    def count(self, found: Whole) -> dict[str, tuple[Facet, ...]]:
        """Facets of the paragraphs found: by document, and by section where all are of one."""
        counts = np.bincount(self._place[found], minlength=self._places)
        totals = np.add.reduceat(counts, self._firsts) if len(self._firsts) else counts
        having = np.flatnonzero(totals).tolist()
        documents = [self._documents[number] for number in having]
        sections: tuple[Facet, ...] = ()
        if len(having) == 1:
            first = int(self._firsts[having[0]])
            parents = self._parents[having[0]]
            own = counts[first : first + len(parents) + 1].tolist()
            sections = _sections(documents[0], _summed(own, parents))
        return {
            "document": tuple(
                _facet(document.id, document.title, total)
                for document, total in zip(documents, totals[having].tolist(), strict=True)
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
