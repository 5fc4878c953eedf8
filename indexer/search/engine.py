"""A request to results: the one place where query, index, ranking and highlights meet."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np

from .. import corpus
from ..model import Document, Paragraph
from .advice import advise
from .evaluation import Mask, holds, is_question, mask, select, take_apart, where
from .highlight import matches, matches_where_true, merge
from .index import Index, build, open_index, problems
from .lexicon import enrich
from .matching import Ints, Occurrences
from .parse import parse
from .query import Filter, Node, Or, Query, every_term, terms
from .ranking import NEAR_CANDIDATES, Floats, Ranker, best
from .results import Facet, Hit, Request, Results, Span
from .snippet import snippet

_log = logging.getLogger(__name__)

# A paragraph that has only the other form of an acronym ranks below every one that has the form
# asked for: its score is this share of the lowest of theirs at most.
_OTHER_FORM = 0.99
_RELATED_TERMS = 20  # of a paragraph's own terms, those that tell most; more bring common ones


class Engine:
    """Search over a corpus. Safe to share between threads."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._ranker = Ranker(index)

    @classmethod
    def open(cls, root: Path, index: Path) -> Engine:
        """Search over the corpus folder ``root``.

        An index that is missing, damaged or of an older corpus is built first, and the log says
        why. Raises CorpusError where the corpus cannot be read, IndexFolderError where the index
        cannot be written.
        """
        documents, fingerprint = corpus.read_documents(root), corpus.fingerprint(root)
        faults = problems(index, fingerprint)
        if faults:
            _log.info("building the index: %s", " ".join(faults))
            build(documents, fingerprint, index)
        return cls(open_index(index, documents))

    @property
    def documents(self) -> tuple[Document, ...]:
        """The documents searched, sorted by id."""
        return self.index.documents

    def search(self, request: Request) -> Results:
        """Answer a request. Raises QueryError where the query is over a limit."""
        query = parse(request.text)
        if query.tree is None:
            return _nothing(request, query, self._searched(request))
        tree, added = self._read(query.tree)
        chosen = select(tree, self._ranker, request.words)
        in_document = self._within("document", request.document)
        in_scope = in_document & self._within("section", request.section)
        found = np.flatnonzero(chosen.found & in_scope).astype(np.int32)
        pages = -(-len(found) // request.limit)
        ranked, scores = self._ranked(tree, found, request)
        advice = advise(request.text, tree, self._ranker)
        return Results(
            request=request,
            understood=query.understood,
            notes=(*query.notes, *added, *advice.notes),
            total=len(found),
            pages=pages,
            match=chosen.match,
            partial=int(np.count_nonzero(chosen.partial & in_scope)),
            suggestion=advice.suggestion,
            missing=advice.missing,
            hits=self._hits(tree, ranked, scores),
            facets=self._facets(chosen.found & in_document),
            searched=self._searched(request),
        )

    def _read(self, tree: Node) -> tuple[Node, tuple[str, ...]]:
        """The query as this text reads it, and notes that say what was added or changed."""
        tree, added = enrich(tree, self.index.text.lexicon)
        tree, apart = take_apart(tree, self._ranker)
        return tree, (*added, *apart)

    def _searched(self, request: Request) -> dict[str, str]:
        wanted = [each for each in self.documents if request.document in {"", each.id}]
        return {document.id: document.coverage for document in wanted}

    def ids(self, request: Request) -> tuple[str, ...]:
        """The ids of all paragraphs that a search finds, in its order: no pages, no snippets."""
        tree = parse(request.text).tree
        if tree is None:
            return ()
        tree, _ = self._read(tree)
        scope = self._within("document", request.document)
        scope &= self._within("section", request.section)
        found = np.flatnonzero(select(tree, self._ranker, request.words).found & scope)
        whole = replace(request, page=1, limit=self._ranker.size)
        numbers, _ = self._ranked(tree, found.astype(np.int32), whole)
        return tuple(self.index.paragraphs[number][1].id for number in numbers.tolist())

    def spans(self, text: str, document: Document, paragraph: Paragraph) -> tuple[Span, ...]:
        """What a query matches in a paragraph: the same spans that its hit has.

        The paragraph may be of an older edition. Raises QueryError as search does.
        """
        tree = parse(text).tree
        if tree is None:
            return ()
        tree, _ = self._read(tree)
        met = partial(holds, document=document, paragraph=paragraph)
        return merge(matches(tree, paragraph.text, met))

    def related(self, paragraph_id: str, limit: int = 5) -> tuple[Hit, ...]:
        """The paragraphs that share most of what is telling in one, best first.

        Their snippets show the words shared. Raises KeyError for an id that is not in the index.
        """
        number = self.index.number[paragraph_id]
        telling = self._ranker.telling(number, _RELATED_TERMS)
        scores = self._ranker.scores(telling)
        scores[number] = 0
        numbers = best(scores, limit)
        numbers = numbers[scores[numbers] > 0]
        return self._hits(Or(tuple(telling)), numbers, scores[numbers])

    def suggest(self, typed: str, limit: int = 5) -> tuple[str, ...]:
        """Words, phrases and section titles of the text that begin as typed, most useful first."""
        return self.index.suggester.suggest(typed, limit)

    def _within(self, field: str, value: str) -> Mask:
        """The paragraphs of a document or a section; without a value, all of them."""
        if not value:
            return np.ones(self._ranker.size, bool)
        return where(Filter(field, value), self._ranker)

    def _ranked(self, tree: Node, found: Ints, request: Request) -> tuple[Ints, Floats]:
        """One page of the paragraphs found, in the order asked for, with their scores."""
        wanted = list(terms(tree))
        totals = self._ranker.scores(wanted)
        candidates = found[best(totals[found], NEAR_CANDIDATES)]
        self._ranker.add_nearness(totals, wanted, np.sort(candidates))
        if is_question(tree):
            self._ranker.add_feedback(totals, wanted)
        if any(term.others for term in wanted):
            self._lower_other_forms(totals, tree, found)
        first = (request.page - 1) * request.limit
        last = first + request.limit
        if request.sort == "relevance":
            found = found[best(totals[found], last)]
        page = found[first:last]
        return page, totals[page]

    def _lower_other_forms(self, totals: Floats, tree: Node, found: Ints) -> None:
        literal = mask(tree, self._ranker, others=False)[found]
        lowest = totals[found[literal]].min(initial=np.inf)
        other = found[~literal]
        if len(other) and np.isfinite(lowest):
            totals[other] *= min(1.0, _OTHER_FORM * lowest / totals[other].max())

    def _hits(self, tree: Node, numbers: Ints, scores: Floats) -> tuple[Hit, ...]:
        bounds = self.index.text.bounds
        edges = np.stack((bounds[numbers], bounds[numbers + 1]), axis=1)
        leaves = {term.name: self._ranker.leaf(term) for term in every_term(tree)}
        runs = {name: [_cut(run, edges) for run in leaf.runs] for name, leaf in leaves.items()}
        hits = []
        for place, (low, _) in enumerate(edges.tolist()):
            number = int(numbers[place])
            starts, stops, _ = self.index.tokens(number).T.tolist()
            spans = {
                name: [
                    (starts[start - low], stops[stop - 1 - low])
                    for cut in cuts
                    for start, stop in cut[place]
                ]
                for name, cuts in runs.items()
            }
            hits.append(self._hit(tree, number, float(scores[place]), spans))
        return tuple(hits)

    def _hit(
        self, tree: Node, number: int, score: float, spans: Mapping[str, Sequence[Span]]
    ) -> Hit:
        document, paragraph = self.index.paragraphs[number]
        met = partial(holds, document=document, paragraph=paragraph)
        found = matches_where_true(tree, spans, met)
        merged = merge(found)
        return Hit(
            document=document.id,
            paragraph=paragraph,
            headings=document.headings(paragraph.section),
            score=score,
            snippet=snippet(paragraph.text, found, merged, self.index.sentences(number)),
            spans=merged,
        )

    def _facets(self, found: Mask) -> dict[str, tuple[Facet, ...]]:
        """Counts by document, and by section where all that was found is of one document."""
        corners = self.index.corners
        counts = np.bincount(self.index.corner[found], minlength=len(corners)).tolist()
        sections: dict[str, Counter[str]] = {document.id: Counter() for document in self.documents}
        for (document, paragraph), count in zip(corners, counts, strict=True):
            if count:
                sections[document.id][paragraph.section] += count
        having = [document for document in self.documents if sections[document.id]]
        return {
            "document": tuple(
                Facet(document.id, document.title, sections[document.id].total())
                for document in having
            ),
            "section": (
                _section_facets(having[0], sections[having[0].id]) if len(having) == 1 else ()
            ),
        }


def _cut(run: Occurrences, edges: Ints) -> list[list[tuple[int, int]]]:
    """The starts and stops of a run between each two edges, in positions."""
    starts, stops = run.starts, run.stops
    cuts = np.searchsorted(starts, edges).tolist()
    return [
        list(zip(starts[a:b].tolist(), stops[a:b].tolist(), strict=True)) if a < b else []
        for a, b in cuts
    ]


def _section_facets(document: Document, counts: Counter[str]) -> tuple[Facet, ...]:
    """How many of the paragraphs found stand in each section or below it, in reading order."""
    totals: Counter[str] = Counter()
    for path, count in counts.items():
        parts = path.split(".")
        for depth in range(len(parts)):
            totals[".".join(parts[: depth + 1])] += count
    return tuple(
        Facet(section.path, section.heading, totals[section.path])
        for section in document.sections
        if totals[section.path]
    )


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
