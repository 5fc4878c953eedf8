"""What the pages read from: the documents of the engine, their editions and their ledgers."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import cast

from flask import current_app, g

from indexer import corpus
from indexer.diff import Change, compare
from indexer.errors import WhitePaperError
from indexer.model import Document, Entry, Source
from indexer.search.engine import Engine
from indexer.search.index import current, open_index

from .examples import Example, example

_log = logging.getLogger(__name__)

LOOK_AFTER = 0.5  # seconds between two looks at the index: new text is served within one
TRY_AGAIN = 30.0  # seconds until an index that could not be read is tried again
EDITIONS_KEPT = 64  # old editions kept in memory, the least used dropped: some MB at most


@dataclass(frozen=True)
class Library:
    """A corpus folder and the engine over it.

    The current documents are the engine's, so that a page never shows what search does not know.
    Every method raises CorpusError for a file that is damaged.
    """

    corpus: Path
    engine: Engine

    @property
    def documents(self) -> tuple[Document, ...]:
        """The current edition of each document."""
        return self.engine.documents

    @cached_property
    def example(self) -> Example:
        """Words of the text for the queries of the help page."""
        return example(self.documents)

    def document(self, name: str) -> Document | None:
        """The current edition of a document, by its id."""
        return next((document for document in self.documents if document.id == name), None)

    def edition(self, document: Document, number: int) -> Document | None:
        """A document as edition ``number`` had it; None when there is no such edition."""
        if number == document.edition:
            return document
        if not 0 < number < document.edition:
            return None
        return _edition(self.corpus, document.id, number, self._mark)

    def ledger(self, document: Document) -> dict[str, Entry]:
        """What became of every paragraph id that the document ever gave."""
        return _ledger(self.corpus, document.id, document.edition, self._mark)

    def source(self, document: Document) -> Source:
        """Where the document comes from."""
        return corpus.read_source(self.corpus, document.id)

    def changes(self, document: Document, number: int) -> tuple[Change, ...]:
        """What changed from the edition before to edition ``number``; empty for the first."""
        old, new = self.edition(document, number - 1), self.edition(document, number)
        if not (old and new):
            return ()
        return compare(old, new, _ledger(self.corpus, document.id, number, self._mark))

    @property
    def _mark(self) -> str:
        """What is kept of editions and ledgers is of the corpus as this engine has it."""
        return self.engine.index.corpus


class Keeper:
    """Keeps a library, and replaces it when another build of the index is put in use.

    An engine never changes, so a request that has begun goes on with its own.
    """

    def __init__(self, corpus: Path, index: Path) -> None:
        self._corpus, self._index = corpus, index
        self._lock = Lock()
        self._look_again = 0.0
        self._library = Library(corpus, Engine.open(corpus, index))

    def library(self) -> Library:
        """Return the library over the latest index that can be read."""
        if monotonic() >= self._look_again and self._lock.acquire(blocking=False):
            try:
                self._look()
            finally:
                self._lock.release()
        return self._library

    def _look(self) -> None:
        """Open the build in use if it is another one; where it cannot be read, try again later."""
        self._look_again = monotonic() + LOOK_AFTER
        build = current(self._index)
        if build is None or build.name == self._library.engine.index.build:
            return
        try:
            index = open_index(self._index, *corpus.read_documents(self._corpus))
            engine = Engine(index, corpus.read_vocabulary(self._corpus))
            self._library = Library(self._corpus, engine)
            _log.info("serving the new index")
        except WhitePaperError as error:
            self._look_again = monotonic() + TRY_AGAIN
            _log.error("still serving the old index; the new one cannot be read: %s", error)


def library() -> Library:
    """The library of the request that is answered: one and the same until it is."""
    if "library" not in g:
        g.library = cast(Keeper, current_app.extensions["keeper"]).library()
    return cast(Library, g.library)


@lru_cache(EDITIONS_KEPT)
def _edition(root: Path, name: str, number: int, _mark: str) -> Document:
    return corpus.read_document(root, name, number)


@lru_cache(EDITIONS_KEPT)
def _ledger(root: Path, name: str, edition: int, _mark: str) -> dict[str, Entry]:
    return corpus.read_ledger(root, name, edition)
