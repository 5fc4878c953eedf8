"""Answer requests: query, index, matching and ranking meet here only."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np

from .. import corpus
from ..model import Document, Paragraph, lineage
from .advice import Advice, advise
from .analysis import tokenize
from .bm25 import Floats, best
from .citations import cited_words
from .field import Ints
from .index import Index, index_in_memory, open_index, open_or_build
from .match import Mask, Selection, matches, merge, select
from .names import Names
from .parse import parse
from .places import Place, Places
from .plan import Plan, loosened, plan
from .query import Filter, Query, describe, terms
from .rank import Ranker
from .results import Facet, FacetName, Hit, Marked, MatchKind, Request, Results
from .snippet import snippet
from .spans import Spans
from .suggest import Suggestion

_LONGEST_TYPED = 200  # characters while somebody types: no title is as long
_MIN_NAME = 2  # letters: with one, names would fill the list
_EDITIONS_KEPT = 16  # older editions indexed in memory, a few MB


class Engine:
    """Search over a corpus, with groups of names that mean the same. Shared between threads."""

    def __init__(self, index: Index, vocabulary: tuple[tuple[str, ...], ...] = ()) -> None:
        self.index = index
        self.names = Names((*index.text.lexicon.acronyms.items(), *vocabulary), index.text)
        self.ranker = Ranker(index)
        self.places = Places(index.documents)
        self._edition = lru_cache(_EDITIONS_KEPT)(
            lambda edition: Engine(index_in_memory((edition,)), vocabulary)
        )

    @classmethod
    def open(cls, root: Path, index: Path, *, build: bool = True) -> Engine:
        """Open the corpus folder ``root`` for searching.

        Unless ``build`` is false, an index that is missing, damaged or out of date is built first,
        and the log says why. Raise CorpusError if the corpus cannot be read, IndexFolderError if
        the index cannot be read or written.
        """
        read = open_or_build if build else open_index
        return cls(read(index, *corpus.read_documents(root)), corpus.read_vocabulary(root))

    @property
    def documents(self) -> tuple[Document, ...]:
        """The documents searched, sorted by id."""
        return self.index.documents

    def search(self, request: Request) -> Search:
        """Evaluate a request. Raise QueryError if the query is over a limit."""
        named = self.places.find(request.text, request.document)
        cited = cited_words(request.text) if named else frozenset()
        query = parse(request.text, cited)
        places = tuple(place for place in named if not place.lacking)
        if _is_only_a_place(query, named, cited):
            notes = () if named else ("No paragraph has this address.",)
            query = Query(request.text, None, notes)
        planned, shown, selection = self._evaluate(query)
        if selection.match != "all" and places and self.places.is_document(request.text):
            query = Query(request.text, None)  # the words of a title are not asked for, either
            planned, shown, selection = self._evaluate(query)
        if request.words != "all" and shown.apart:
            shown = shown.apart
        lacking = () if places else named
        return Search(request, self, query, planned, shown, selection, places, lacking)

    def over(self, document: Document) -> Engine:
        """Return this engine if it searches the document, else one over that older edition."""
        if any(document is each for each in self.documents):
            return self
        return self._edition(document)

    def related(self, paragraph_id: str, limit: int = 5) -> list[tuple[Document, Paragraph]]:
        """Return the paragraphs most like one, best first. Raise KeyError for an unknown id."""
        nearest = self.index.related.nearest(self.index.number[paragraph_id], limit)
        return [self.index.paragraphs[number] for number in nearest]

    def suggest(self, typed: str, limit: int = 5) -> tuple[Suggestion, ...]:
        """Return what begins as typed: places, names of the vocabulary, then frequent entries.

        If there is no such entry, suggest how the text goes on.
        """
        words = tokenize(typed).words if len(typed) <= _LONGEST_TYPED else ()
        found = self.index.suggester.suggest(words, limit)
        known = {each.url: each for each in found}
        suggested = [
            known.get(each.url, Suggestion(typed, 0.0, each.citation, "place", each.url))
            for place in self.places.find(typed)
            for each in (place, *place.below)
            if not each.lacking
        ]
        named = self.names.beginning(words) if words and len(typed) >= _MIN_NAME else []
        names = sorted(named, key=len)
        suggested += [Suggestion(name.lower(), 0.0, name, "name") for name in names]
        going_on = () if found else self.index.going_on(words)
        suggested += found or [Suggestion(each.lower(), 0.0, each, "phrase") for each in going_on]
        cut = [each for each in found if any(n.startswith(f"{each.text} ") for n in names)]
        best = {(each.text.lower(), each.url): each for each in suggested if each not in cut}
        return tuple(best.values())[:limit]

    def hits(self, plan: Plan, numbers: Sequence[int], scores: Sequence[float]) -> tuple[Hit, ...]:
        """Return paragraphs, given by number, with the matches and the best part for a query."""
        hits = []
        for number, score, found in zip(numbers, scores, matches(plan, numbers), strict=True):
            document, paragraph = self.index.paragraphs[number]
            headings, spans = document.headings[paragraph.section], merge(found)
            part = snippet(paragraph.text, sorted(found), spans)
            hits.append(Hit(document.id, paragraph, headings, score, part, spans))
        return tuple(hits)

    def _evaluate(self, query: Query) -> tuple[Plan, Plan, Selection]:
        """Return a query's plan, the plan run (of its words if that fails), and what it selects."""
        planned = plan(query, self.index, self.names)
        selection = select(planned)
        if selection.all.any():
            return planned, planned, selection
        plainer = loosened(query, self.index)
        shown = plan(plainer, self.index, self.names) if plainer else planned.apart
        if shown is None:
            return planned, planned, selection
        found = select(shown)
        phrases = (term for term in terms(planned.tree) if len(term.sequences[0]) > 1)
        occurs = any(len(self.index.text.find(each).paragraphs) for each in phrases)
        if shown.apart and not found.all.any() and not occurs:
            shown = shown.apart  # a name of which the text has only the words
            found = select(shown)
        return planned, shown, replace(found, match="loose")


@dataclass(frozen=True)
class Search:
    """A request, evaluated once over an index, from which everything shown is derived.

    ``_plan`` is that of the query, ``_shown`` the one whose matches are shown: that, or the plan of
    its words apart, or of its plain words. ``_lacking`` sections are only in a table of contents.
    """

    request: Request
    _engine: Engine
    _query: Query
    _plan: Plan
    _shown: Plan
    _selection: Selection
    _places: tuple[Place, ...]
    _lacking: tuple[Place, ...]

    def within(self, document: str = "", section: str = "") -> Search:
        """Return the same search in another document and section, evaluated already."""
        return replace(self, request=replace(self.request, document=document, section=section))

    @cached_property
    def results(self) -> Results:
        """One page of hits, with facets and notes."""
        request, engine, selection = self.request, self._engine, self._selection
        total = self._count(self._chosen)
        named = self._places or self._lacking
        found = bool(selection.all.any() or (selection.some.any() and selection.match != "loose"))
        advice = Advice()
        if not (named and found):
            advice = advise(self._query, self._plan, found)
        if named:  # the place answers; but another word may be misspelt
            advice = Advice(suggestion=advice.suggestion)
        match = selection.match if request.words == "all" else request.words
        first = (request.page - 1) * request.limit
        page = self._ordered(first + request.limit)[first:]
        scores = self._scores[page].tolist()
        return Results(
            request=request,
            understood=describe(self._plan.tree) if self._query.tree else "",
            notes=self._notes(advice, _match_note(match, selection, total), total),
            total=total,
            pages=math.ceil(total / request.limit),
            match=match,
            share=selection.share,
            apart=self._count(selection.apart),
            partial=self._count(selection.all if request.words == "some" else selection.some),
            suggestion=advice.suggestion,
            missing=advice.missing,
            hits=engine.hits(self._shown, page.tolist(), scores),
            facets=_facets(engine.index, self._in_document(self._chosen)),
            searched={
                document.id: document.coverage
                for document in engine.documents
                if request.document in ("", document.id)
            },
            places=self._places,
            lacking=self._lacking,
            alternatives=advice.alternatives,
        )

    def _notes(self, advice: Advice, match_note: tuple[str, ...], total: int) -> tuple[str, ...]:
        """Return the sentences about the search: first what is not there, last what was changed."""
        shown, notes = self._shown.tree, self._plan.notes.items()
        true = [note for note, term in notes if term is None or term in terms(shown)]
        return (
            *(f"The section “{p.lacking}” is not in the available text." for p in self._lacking),
            *(place.note for place in self._places if place.note),
            *advice.absent,
            *match_note,
            *(() if self._places and not total else (*self._query.notes, *true)),
            *advice.notes,
        )

    def ids(self) -> tuple[str, ...]:
        """Return the ids of all paragraphs found, in the order of the search."""
        paragraphs = self._engine.index.paragraphs
        ordered = self._ordered(len(paragraphs)).tolist()
        return tuple(paragraphs[number][1].id for number in ordered)

    def matches(self, most: int) -> tuple[Marked, ...]:
        """Return the matches in the first ``most`` paragraphs found, in the order of the text."""
        numbers = np.flatnonzero(self._found)[:most].tolist()
        found = zip(numbers, matches(self._shown, numbers), strict=True)
        places = self._engine.index.paragraphs
        return tuple(
            Marked(places[number][0].id, places[number][1], merge(here)) for number, here in found
        )

    def spans(self, paragraphs: Sequence[Paragraph]) -> dict[str, Spans]:
        """Return the matches in each of some paragraphs, by id; none in those not found."""
        numbers = [self._engine.index.number[each.id] for each in paragraphs]
        found = zip(paragraphs, numbers, matches(self._shown, numbers), strict=True)
        return {p.id: merge(here) if self._found[n] else Spans() for p, n, here in found}

    @property
    def _chosen(self) -> Mask:
        """The part of the selection that is asked for, in all documents."""
        parts = {"all": self._selection.all, "apart": self._selection.apart}
        return parts.get(self.request.words, self._selection.some)

    @cached_property
    def _found(self) -> Mask:
        return self._in_scope(self._chosen)

    @cached_property
    def _scores(self) -> Floats:
        return self._engine.ranker.scores(self._shown, self._found)

    def _count(self, mask: Mask) -> int:
        return int(np.count_nonzero(self._in_scope(mask)))

    def _ordered(self, limit: int) -> Ints:
        """Return the numbers of the first ``limit`` paragraphs in the order asked for."""
        numbers = np.flatnonzero(self._found)
        if self.request.sort == "position":
            return numbers[:limit]
        return best(self._scores, numbers, limit)

    def _in_scope(self, found: Mask) -> Mask:
        section = self.request.section
        found = self._in_document(found)
        return found & self._engine.index.where("section", section) if section else found

    def _in_document(self, found: Mask) -> Mask:
        document = self.request.document
        return found & self._engine.index.where("document", document) if document else found


def _is_only_a_place(query: Query, named: Sequence[Place], cited: Container[str]) -> bool:
    """Return whether a query is an address, or only cites places, so that no word is asked for."""
    text = query.text.strip()
    has_place = any(not place.lacking for place in named)
    if " " not in text:
        return "/p/" in text or ("://" in text and bool(named)) or ("/" in text and has_place)
    if named and ("/p/" in text or "://" in text):
        return True
    is_filter = isinstance(query.tree, Filter)
    return has_place and not is_filter and all(word in cited for word in tokenize(text).words)


def _match_note(match: MatchKind, selection: Selection, total: int) -> tuple[str, ...]:
    """Return the sentence that says how much the hits have of the query, if it is needed."""
    if match == "all" or not total:
        return ()
    sentences: dict[MatchKind, str] = {
        "most": f"No paragraph has all of the words. These have {selection.share} of them.",
        "loose": "Nothing matches exactly what you typed. These paragraphs have words from it.",
        "apart": "These paragraphs have the words, but not together.",
        "some": "These paragraphs have only some of the words.",
    }
    return (sentences[match],)


def _facets(index: Index, found: Mask) -> dict[FacetName, tuple[Facet, ...]]:
    """Count the paragraphs found by document and, where all are in one, by section."""
    documents = _counts(index, "document", found)
    having = [document for document in index.documents if documents.get(document.id)]
    sections: tuple[Facet, ...] = ()
    if len(having) == 1:
        counts = _counts(index, "section", found)
        below = Counter[str]()
        for path, number in counts.items():
            for each in lineage(path):
                below[each] += number
        within = [each for each in having[0].sections if each.path in below]
        sections = tuple([Facet(each.path, each.heading, below[each.path]) for each in within])
    named = tuple([Facet(each.id, each.title, documents[each.id]) for each in having])
    return {"document": named, "section": sections}


def _counts(index: Index, field: FacetName, found: Mask) -> dict[str, int]:
    """Return how many of the paragraphs found have each value of a field; none is 0."""
    values, numbers = index.locations[field]
    counts = np.bincount(numbers[found], minlength=len(values)).tolist()
    return {value: count for value, count in zip(values, counts, strict=True) if count}
