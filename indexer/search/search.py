"""An evaluated request: its page of hits, its matches, its facets and notes."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from ..model import Paragraph, lineage
from .advice import Advice, advise
from .bm25 import Floats, best
from .field import Ints
from .index import Index
from .match import Mask, Selection, matches, merge
from .places import Place
from .plan import Plan
from .query import Query, describe, terms
from .rank import Ranker
from .results import Facet, FacetName, Hit, Marked, MatchKind, Request, Results
from .snippet import snippet
from .spans import Spans

# How much of the query the hits have.
_MATCHING: dict[MatchKind, str] = {
    "most": "No paragraph has all of the words. These have some of them.",
    "loose": "Nothing matches exactly what you typed. These paragraphs have words from it.",
    "apart": "These paragraphs have the words, but not together.",
    "some": "These paragraphs have only some of the words.",
}


@dataclass(frozen=True)
class Search:
    """A request, evaluated once over an index; everything shown is derived from it.

    ``_plan`` is that of the query; that of ``_selection``, whose matches are shown, may be for its
    words apart, or its plain words. ``_lacking`` sections are only in a table of contents.
    """

    request: Request
    _ranker: Ranker
    _query: Query
    _plan: Plan
    _selection: Selection
    _places: tuple[Place, ...]
    _lacking: tuple[Place, ...]

    def within(self, document: str = "", section: str = "") -> Search:
        """Return the same search in another document and section, without evaluating it again."""
        return replace(self, request=replace(self.request, document=document, section=section))

    @cached_property
    def results(self) -> Results:
        """One page of hits, with facets and notes."""
        request, selection, advice = self.request, self._selection, self._advice()
        total = self._count(self._chosen)
        match = selection.match if request.words == "all" else request.words
        documents = self._index.documents
        return Results(
            request=request,
            understood=describe(self._plan.tree),
            notes=self._notes(advice, match, total),
            total=total,
            pages=math.ceil(total / request.limit),
            match=match,
            apart=self._count(selection.apart),
            partial=self._count(selection.all if request.words == "some" else selection.some),
            suggestion=advice.suggestion,
            missing=advice.missing,
            hits=self._hits(),
            facets=_facets(self._index, self._chosen & self._document),
            searched={d.id: d.coverage for d in documents if request.document in ("", d.id)},
            places=self._places,
            lacking=self._lacking,
            alternatives=advice.alternatives,
        )

    def _advice(self) -> Advice:
        selection = self._selection
        found = bool(selection.all.any() or (selection.some.any() and selection.match != "loose"))
        advice = advise(self._query, self._plan, found)
        if self._lacking or any(place.section for place in self._places):  # that is the answer
            return Advice(suggestion=None if found else advice.suggestion)
        return advice

    def _notes(self, advice: Advice, match: MatchKind, total: int) -> tuple[str, ...]:
        """Return sentences about the search, those on what is not available first."""
        shown, notes = self._selection.plan.tree, self._plan.notes.items()
        valid = (note for note, term in notes if term is None or term in terms(shown))
        outside = 0 if total else int(np.count_nonzero(self._chosen & self._document))
        return (
            *(f"The section “{p.lacking}” is not in the available text." for p in self._lacking),
            *(place.note for place in self._places if place.note),
            *advice.absent,
            *([_MATCHING[match]] if total and match != "all" else []),
            *([f"Found in other sections: {outside}."] if outside else []),
            *(() if self._places and not total else (*self._query.notes, *valid)),
            *advice.notes,
        )

    def _hits(self) -> tuple[Hit, ...]:
        """Return the hits of the page, each with its matches and a snippet."""
        first = (self.request.page - 1) * self.request.limit
        page = self._ordered(first + self.request.limit)[first:]
        numbers, scores = page.tolist(), self._scores[page].tolist()
        found = matches(self._selection.plan, numbers)
        hits = []
        for number, score, here in zip(numbers, scores, found, strict=True):
            document, paragraph = self._index.paragraphs[number]
            here.sort()
            headings, spans = document.headings[paragraph.section], merge(here)
            part = snippet(paragraph.text, here, spans)
            hits.append(Hit(document.id, paragraph, headings, score, part, spans))
        return tuple(hits)

    def ids(self) -> tuple[str, ...]:
        """Return the ids of all paragraphs found, in the order of the search."""
        paragraphs = self._index.paragraphs
        return tuple(paragraphs[n][1].id for n in self._ordered(len(paragraphs)).tolist())

    def matches(self, most: int) -> tuple[Marked, ...]:
        """Return the matches in the first ``most`` paragraphs found, in the order of the text."""
        numbers = np.flatnonzero(self._found)[:most].tolist()
        places = (self._index.paragraphs[number] for number in numbers)
        found = zip(places, matches(self._selection.plan, numbers), strict=True)
        return tuple(Marked(paper.id, paragraph, merge(here)) for (paper, paragraph), here in found)

    def spans(self, paragraphs: Sequence[Paragraph]) -> dict[str, Spans]:
        """Return the matches in each of some paragraphs, by id; none in those not found."""
        numbers = [self._index.number[each.id] for each in paragraphs]
        found = zip(paragraphs, numbers, matches(self._selection.plan, numbers), strict=True)
        return {p.id: merge(here) if self._found[n] else Spans() for p, n, here in found}

    @property
    def _index(self) -> Index:
        return self._selection.plan.index

    @property
    def _chosen(self) -> Mask:
        """The part of the selection that the request asks for, in all documents."""
        part: Mask = getattr(self._selection, self.request.words)
        return part

    @cached_property
    def _found(self) -> Mask:
        return self._chosen & self._scope

    @cached_property
    def _scores(self) -> Floats:
        return self._ranker.scores(self._selection.plan, self._found, self._selection.named)

    @cached_property
    def _document(self) -> Mask:
        return self._index.where("document", self.request.document)

    @cached_property
    def _scope(self) -> Mask:
        return self._document & self._index.where("section", self.request.section)

    def _count(self, mask: Mask) -> int:
        return int(np.count_nonzero(mask & self._scope))

    def _ordered(self, limit: int) -> Ints:
        """Return the numbers of the first ``limit`` paragraphs in the order asked for."""
        numbers = np.flatnonzero(self._found)
        if self.request.sort == "position":
            return numbers[:limit]
        return best(self._scores, numbers, limit)


def _facets(index: Index, found: Mask) -> dict[FacetName, tuple[Facet, ...]]:
    """Count the paragraphs found by document and, if all are in one, by section."""
    documents = _counts(index, "document", found)
    having = [document for document in index.documents if document.id in documents]
    below = Counter[str]()
    if len(having) == 1:
        for path, number in _counts(index, "section", found).items():
            for each in lineage(path):
                below[each] += number
    sections = [section for each in having for section in each.sections if section.path in below]
    return {
        "document": tuple([Facet(each.id, each.title, documents[each.id]) for each in having]),
        "section": tuple([Facet(each.path, each.heading, below[each.path]) for each in sections]),
    }


def _counts(index: Index, field: FacetName, found: Mask) -> dict[str, int]:
    """Return how many of the paragraphs found have each value of a field, without zeros."""
    values, numbers = index.locations[field]
    counts = np.bincount(numbers[found], minlength=len(values)).tolist()
    return {value: count for value, count in zip(values.tolist(), counts, strict=True) if count}
