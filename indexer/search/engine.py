"""A request to results: the one place where query, index, ranking and highlights meet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np

from .. import corpus
from ..model import Document, Paragraph
from .advice import advise
from .bm25 import Floats
from .evaluation import Mask, holds, mask, select, where
from .facets import Counter
from .highlight import matches, merge
from .hits import hits
from .index import Index, open_or_build
from .marking import matches_in
from .matching import Whole
from .parse import parse
from .query import Filter, Or, Query, terms
from .ranking import NEAR_CANDIDATES, Ranker, best
from .reading import Reading, read
from .results import Hit, Marked, Request, Results, Span

# A paragraph that has only the other form of an acronym ranks below every one that has the form
# asked for: its score is this share of the lowest of theirs at most.
_OTHER_FORM = 0.99
_BELOW_ALL = np.float32(1e9)  # no score comes near it


class Engine:
    """Search over a corpus. Safe to share between threads."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._ranker = Ranker(index)
        self._facets = Counter(index.documents)
        self._searched = {document.id: document.coverage for document in index.documents}

    @classmethod
    def open(cls, root: Path, index: Path) -> Engine:
        """Search over the corpus folder ``root``.

        An index that is missing, damaged or of an older corpus is built first, and the log says
        why. Raises CorpusError where the corpus cannot be read, IndexFolderError where the index
        cannot be written.
        """
        return cls(open_or_build(index, *corpus.read_documents(root)))

    @property
    def documents(self) -> tuple[Document, ...]:
        """The documents searched, sorted by id."""
        return self.index.documents

    def search(self, request: Request) -> Results:
        """Answer a request. Raises QueryError where the query is over a limit."""
        query = parse(request.text)
        if query.tree is None:
            return _nothing(request, query, self._coverage(request.document))
        reading = read(query.tree, self._ranker)
        chosen = select(reading, request.words)
        in_document = self._within("document", request.document, chosen.found)
        in_scope = self._within("section", request.section, in_document)
        total = int(np.count_nonzero(in_scope))
        ranked, scores = self._ranked(reading, in_scope, total, request)
        advice = advise(request.text, reading)
        return Results(
            request=request,
            understood=query.understood,
            notes=(*query.notes, *reading.notes, *advice.notes),
            total=total,
            pages=-(-total // request.limit),
            match=chosen.match,
            partial=int(np.count_nonzero(self._in_scope(request, chosen.partial))),
            suggestion=advice.suggestion,
            missing=advice.missing,
            hits=hits(self.index, reading.tree, reading.leaves, ranked, scores),
            facets=self._facets.count(in_document),
            searched=self._coverage(request.document),
        )

    def _coverage(self, document: str) -> dict[str, str]:
        """How much of each document searched is at hand."""
        if not document:
            return self._searched
        return {name: said for name, said in self._searched.items() if name == document}

    def ids(self, request: Request) -> tuple[str, ...]:
        """The ids of all paragraphs that a search finds, in its order: no pages, no snippets."""
        tree = parse(request.text).tree
        if tree is None:
            return ()
        reading = read(tree, self._ranker)
        found = self._in_scope(request, select(reading, request.words).found)
        total = int(np.count_nonzero(found))
        every = replace(request, page=1, limit=total)
        numbers, _ = self._ranked(reading, found, total, every)
        return tuple(self.index.paragraphs[number][1].id for number in numbers.tolist())

    def matches(self, request: Request, most: int) -> tuple[Marked, ...]:
        """What a search matches, in the order of the text, in the first paragraphs it finds."""
        tree = parse(request.text).tree
        if tree is None:
            return ()
        reading = read(tree, self._ranker)
        chosen = self._in_scope(request, select(reading, request.words).found)
        numbers = np.flatnonzero(chosen)[:most]
        places = [self.index.paragraphs[number] for number in numbers.tolist()]
        found = matches_in(self.index, reading.tree, reading.leaves, numbers)
        return tuple(
            Marked(document.id, paragraph, merge(here))
            for (document, paragraph), here in zip(places, found, strict=True)
        )

    def spans(
        self, text: str, document: Document, paragraphs: Sequence[Paragraph]
    ) -> dict[str, tuple[Span, ...]]:
        """What a query matches in each of some paragraphs, by id: the same as in its hits.

        They are of one document, and may be of an older edition. Raises QueryError as search does.
        """
        tree = parse(text).tree
        if tree is None:
            return {paragraph.id: () for paragraph in paragraphs}
        reading = read(tree, self._ranker)
        if any(document is indexed for indexed in self.documents):
            numbers = np.array([self.index.number[paragraph.id] for paragraph in paragraphs], int)
            found = matches_in(self.index, reading.tree, reading.leaves, numbers)
        else:
            met = partial(holds, document)
            found = [matches(reading.tree, one.text, partial(met, one)) for one in paragraphs]
        return {one.id: merge(here) for one, here in zip(paragraphs, found, strict=True)}

    def related(self, paragraph_id: str, limit: int = 5) -> tuple[Hit, ...]:
        """The paragraphs that share most of what is telling in one, best first.

        Their snippets show the words shared. Raises KeyError for an id that is not in the index.
        """
        number = self.index.number[paragraph_id]
        telling = self._ranker.telling(number)
        leaves = {term: self._ranker.leaf(term) for term in telling}
        found = self._ranker.related(number, limit)
        return hits(self.index, Or(tuple(telling)), leaves, *found)

    def suggest(self, typed: str, limit: int = 5) -> tuple[str, ...]:
        """Words, phrases and section titles of the text that begin as typed, most useful first."""
        return self.index.suggester.suggest(typed, limit)

    def _in_scope(self, request: Request, found: Mask) -> Mask:
        """The paragraphs found that are of the document and the section asked for."""
        in_document = self._within("document", request.document, found)
        return self._within("section", request.section, in_document)

    def _within(self, field: str, value: str, found: Mask) -> Mask:
        """The paragraphs found that are of a document or a section; without a value, all."""
        return found & where(Filter(field, value), self.index) if value else found

    def _ranked(
        self, reading: Reading, found: Mask, total: int, request: Request
    ) -> tuple[Whole, Floats]:
        """One page of the ``total`` paragraphs found, in the order asked for, with their scores."""
        scores = self._scores(reading, found, total)
        first = (request.page - 1) * request.limit
        last = min(first + request.limit, total)
        ordered = best(scores, last) if request.sort == "relevance" else np.flatnonzero(found)
        page = ordered[first:last]
        return page, scores[page]

    def _scores(self, reading: Reading, found: Mask, total: int) -> Floats:
        """The scores of the paragraphs found, ``total``; all others are below every score."""
        wanted = terms(reading.tree)
        scores = self._ranker.scores(reading.leaves, wanted)
        scores -= _BELOW_ALL * ~found  # to choose between two, as np.where does, takes longer
        if len(wanted) > 1:
            self._ranker.add_nearness(scores, reading.leaves, wanted, min(NEAR_CANDIDATES, total))
        if reading.is_question:
            self._ranker.add_feedback(scores, total)
        if any(term.others for term in wanted):
            _lower_other_forms(scores, reading, np.flatnonzero(found))
        return scores


def _lower_other_forms(scores: Floats, reading: Reading, found: Whole) -> None:
    literal = mask(reading.tree, reading, others=False)[found]
    lowest = scores[found[literal]].min(initial=np.inf)
    other = found[~literal]
    if len(other) and np.isfinite(lowest):
        scores[other] *= min(1.0, _OTHER_FORM * lowest / scores[other].max())


def _nothing(request: Request, query: Query, searched: dict[str, str]) -> Results:
    return Results(
        request=request,
        understood="",
        notes=query.notes,
        total=0,
        pages=0,
        match="all",
        partial=0,
        suggestion=None,
        missing=(),
        hits=(),
        facets={"document": (), "section": ()},
        searched=searched,
    )
