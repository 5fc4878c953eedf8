"""The state of the application: the engine, the documents, and their editions and ledgers."""

import logging
from functools import cached_property, lru_cache, partial
from pathlib import Path
from time import monotonic
from typing import cast

from flask import current_app, g

from indexer import corpus
from indexer.diff import Change, compare
from indexer.errors import WhitePaperError
from indexer.model import Document, Entry
from indexer.quotation.check import former_index
from indexer.search.builds import current
from indexer.search.engine import Engine
from indexer.search.index import Index

from .terms import KeyTerm, pair, terms

_log = logging.getLogger(__name__)

LOOK_AFTER = 0.5  # seconds between two looks for a new index
RETRY_AFTER = 10.0  # seconds until one that cannot be read is tried again
MAX_EDITIONS = 64  # older editions in memory, some MB


class Library:
    """A corpus folder and its engine, both unchanging. Raises CorpusError for any damage."""

    def __init__(self, root: Path, engine: Engine) -> None:
        self.engine = engine
        self.documents = engine.documents  # so that pages and search show the same text
        self._vocabulary = corpus.read_vocabulary(root)
        self.sources = {each.id: corpus.read_source(root, each.id) for each in self.documents}
        self.read_document = lru_cache(MAX_EDITIONS)(partial(corpus.read_document, root))
        self._read_ledger = lru_cache(MAX_EDITIONS)(partial(corpus.read_ledger, root))

    @cached_property
    def pair(self) -> tuple[str, str]:
        """A frequent pair of words, for examples of searches."""
        return pair(self.engine)

    @cached_property
    def terms(self) -> dict[str, list[KeyTerm]]:
        """The acronyms, names and phrases of the text."""
        return terms(self.engine, self._vocabulary)

    @cached_property
    def former(self) -> Index:
        """An index of the paragraphs of older editions, for quotations of them."""
        return former_index(self.documents, self.read_document)

    def document(self, name: str) -> Document | None:
        """Return the current edition of a document by its id, or None."""
        return next((document for document in self.documents if document.id == name), None)

    def edition(self, document: Document, number: int) -> Document:
        """Return an edition of a document."""
        return document if number == document.edition else self.read_document(document.id, number)

    def ledger(self, document: Document) -> dict[str, Entry]:
        """Return an entry for every paragraph id that the document has ever had."""
        return self._read_ledger(document.id, document.edition)

    def changes(self, document: Document, number: int) -> tuple[Change, ...]:
        """Return the changes in edition ``number`` since the one before; none for the first."""
        if number == 1:
            return ()
        old, new = self.edition(document, number - 1), self.edition(document, number)
        return compare(old, new, self._read_ledger(document.id, number))


class State:
    """Holds the current library until there is a new index; a request keeps its own library."""

    def __init__(self, root: Path, index: Path) -> None:
        self._root, self._index = root, index
        self._next_look = self._retry = 0.0
        self._tried: Path | None = None
        self._library = Library(root, Engine.open(root, index))

    def library(self) -> Library:
        """Return the library over the latest index that can be read; log an error if one cannot."""
        if monotonic() < self._next_look:
            return self._library
        self._next_look = monotonic() + LOOK_AFTER
        build = current(self._index)
        if build is None or build.name == self._library.engine.index.build:
            return self._library
        if build == self._tried and monotonic() < self._retry:  # or another thread is opening it
            return self._library
        self._tried, self._retry = build, monotonic() + RETRY_AFTER
        try:
            self._library = Library(self._root, Engine.open(self._root, self._index, build=False))
            _log.info("serving the new index")
        except WhitePaperError as error:
            _log.error("still serving the old index; the new one cannot be read: %s", error)
        return self._library


def library() -> Library:
    """Return the library of the current request, the same throughout the request."""
    if "library" not in g:
        g.library = cast(State, current_app.extensions["state"]).library()
    return cast(Library, g.library)
