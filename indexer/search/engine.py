"""Evaluate requests over a corpus, and suggest while somebody types."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import islice
from pathlib import Path
from urllib.parse import unquote

from .. import corpus
from ..model import Document, Paragraph
from .analysis import tokenize
from .citations import cited_words
from .index import Index, index_in_memory, open_index, open_or_build
from .match import Selection, evaluate, select
from .names import Names
from .parse import parse
from .places import Place, Places
from .plan import Plan, plan
from .prose import asking
from .query import And, Filter, Heading, Not, Query, Term, form, terms, walk, words_of
from .rank import Ranker
from .results import Request
from .search import Search
from .suggest import Suggestion

_LONGEST_TYPED = 200  # characters to read while somebody types: no title is this long
_MIN_NAME = 2  # letters: with one, names would fill the list
_MIN_BEGUN = 3  # letters of an unfinished last word: with two, it may become "the" or "say"
_EDITIONS_KEPT = 16  # older editions indexed in memory, a few MB


class Engine:
    """Searches a corpus; ``vocabulary`` has groups of names that mean the same. Thread-safe."""

    def __init__(self, index: Index, vocabulary: tuple[tuple[str, ...], ...] = ()) -> None:
        self.index = index
        self.documents = index.documents
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

    def search(self, request: Request) -> Search:
        """Evaluate a request. Raise QueryError if the query is over a limit."""
        named = self.places.find(request.text, request.document)
        cited = cited_words(request.text) if named else frozenset()
        query = parse(request.text, cited)
        if _is_only_a_place(query, named, cited):
            notes = () if named else ("No paragraph has this address.",)
            query = Query(request.text, notes=notes)
        planned, selection = self._evaluate(query)
        has_all = selection.match == "all" and selection.all.any()
        if named and query.words and not has_all:  # its words may be those of a title
            query = parse(self.places.beside(request.text, cited), cited)
            planned, selection = self._evaluate(query)
        if request.words != "all" and selection.plan.apart:
            selection = replace(selection, plan=selection.plan.apart)
        places = tuple(place for place in named if not place.lacking)
        lacking = () if places else named
        return Search(request, self.ranker, query, planned, selection, places, lacking)

    def over(self, document: Document) -> Engine:
        """Return this engine if it searches the document, else one over that older edition."""
        is_current = any(document is each for each in self.documents)
        return self if is_current else self._edition(document)

    def related(self, paragraph_id: str, limit: int = 5) -> list[tuple[Document, Paragraph]]:
        """Return the paragraphs most like one, nearest first. Raise KeyError for an unknown id."""
        nearest = self.index.related.nearest(self.index.number[paragraph_id], limit)
        return [self.index.paragraphs[number] for number in nearest]

    def suggest(self, typed: str, limit: int = 5) -> tuple[Suggestion, ...]:
        """Suggest what begins as typed: places, names from the vocabulary, then frequent entries.

        If none does, suggest how the text goes on, or what it calls a name, or complete the word.
        """
        plain = typed.replace(" & ", " and ")
        words = tokenize(plain).words if len(plain) <= _LONGEST_TYPED else ()
        found = self.index.suggester.suggest(words, limit)
        is_meant = self.names.beginning(words) if words and len(typed) >= _MIN_NAME else {}
        named = [Suggestion(n.lower(), 0.0, n, "name") for n in sorted(is_meant, key=len)]
        suggested = [
            *self._places_named(typed, found),
            *(each for each in named if is_meant[each.text]),
            *(found or self.index.going_on(words)),
        ]
        suggested = suggested or named or self._last_completed(typed, limit)
        best = {(each.text.lower(), each.url): each for each in suggested}
        return tuple(best.values())[:limit]

    def _last_completed(self, typed: str, limit: int) -> list[Suggestion]:
        """Return completions of the last word typed that occur together with the other words."""
        tokens = tokenize(typed[:_LONGEST_TYPED])
        *others, last = tokens.words or ("",)
        is_open = bool(others) and tokens.spans[-1][1] == len(typed) and not tokens.linked[-2]
        if not is_open or len(last) < _MIN_BEGUN or last in self.index.text.lexicon.counts:
            return []
        ignored = asking(typed, prose=True) | {"heading"}
        beside = [form(word) for word in others if word not in ignored]
        begun = self.index.suggester.beginning(last)
        wanted = ((each, And(strict=(*beside, form(each.key)))) for each in begun)
        together = (each for each, tree in wanted if evaluate(tree, self.index).any())
        head = typed[: tokens.spans[-1][0]]
        return [each._replace(text=head + each.text) for each in islice(together, limit)]

    def _places_named(self, typed: str, found: Sequence[Suggestion]) -> Iterator[Suggestion]:
        """Yield the places that a text names and their subsections, preferably as in ``found``."""
        known = {each.url: each for each in found}
        for place in self.places.find(typed):
            for each in (place, *place.below):
                if not each.lacking:
                    as_cited = Suggestion(typed, 0.0, each.citation, "place", each.url)
                    yield known.get(each.url, as_cited)

    def _evaluate(self, query: Query) -> tuple[Plan, Selection]:
        """Return a query's plan and its selection; if that is empty, the selection of its words."""
        planned = plan(query, self.index, self.names)
        selection = select(planned)
        if selection.all.any():
            return planned, selection
        plainer = _loosened(query, self.index)
        looser = plan(plainer, self.index, self.names) if plainer else planned.apart
        if looser is None:
            return planned, selection
        found = select(looser)
        phrases = (term for term in terms(planned.tree) if len(term.slots) > 1)
        if looser.apart and not found.all.any() and not any(map(self.index.text.occurs, phrases)):
            found = select(looser.apart)  # the text has the words of a name, but not the name
        return planned, replace(found, match="loose")


def _is_only_a_place(query: Query, named: Sequence[Place], cited: Container[str]) -> bool:
    """Return whether a query is an address or only cites places, with no words to search for."""
    text = unquote(query.text).strip()
    if " " not in text:
        return "/p/" in text or ("/" in text and bool(named) and ":~:text=" not in text)
    has_link = "/p/" in text or "://" in text
    is_filter = [*map(type, query.tree.nodes)] == [Filter]
    only_cites = not is_filter and all(word in cited for word in tokenize(text).words)
    return bool(named) and (has_link or only_cites)


def _loosened(query: Query, index: Index) -> Query | None:
    """Return a strict query loosened to its plain words, or None if it has only those, or none.

    Its exclusions are kept, and so are the filters that any paragraph passes.
    """
    nodes = walk(query.tree, negated=False)
    wanted = [node.term if isinstance(node, Heading) else node for node in nodes]
    words = tuple(word for term in wanted if isinstance(term, Term) for word in words_of(term))
    if not words or query.tree == And(words):
        return None
    passed = {n for n in nodes if isinstance(n, Filter) and index.where(n.field, n.value).any()}
    kept = tuple(node for node in nodes if isinstance(node, Not) or node in passed)
    return replace(query, tree=And(words, kept))
