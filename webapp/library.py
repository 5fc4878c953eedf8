"""What the pages read from: the documents of the engine, their editions and their ledgers."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import cast

from flask import current_app, g

from indexer import corpus
from indexer.editions import Change, compare
from indexer.errors import WhitePaperError
from indexer.model import Document, Entry, Source
from indexer.search.engine import Engine

_log = logging.getLogger(__name__)

LOOK_AFTER = 0.5  # seconds between two looks at the index: new text is served within one
EDITIONS_KEPT = 64  # old editions kept in memory, the least used dropped: some MB at most


@dataclass(frozen=True)
class Library:
    """A corpus folder and the engine over it, whose index was built at ``built`` (POSIX time).

    The current documents are the engine's, so that a page never shows what search does not know.
    Every method raises CorpusError for a file that is damaged.
    """

    corpus: Path
    engine: Engine
    built: float

    @property
    def documents(self) -> tuple[Document, ...]:
        """The current edition of each document."""
        return self.engine.documents

    def document(self, name: str) -> Document | None:
        """The current edition of a document, by its id."""
        return next((document for document in self.documents if document.id == name), None)

    def edition(self, document: Document, number: int) -> Document | None:
        """A document as edition ``number`` had it; None when there is no such edition."""
        if number == document.edition:
            return document
        return _edition(self.corpus, document.id, number) if 0 < number < document.edition else None

    def ledger(self, document: Document) -> dict[str, Entry]:
        """What became of every paragraph id that the document ever gave."""
        return _ledger(self.corpus, document.id, document.edition)

    def source(self, document: Document) -> Source:
        """Where the document comes from."""
        return corpus.read_source(self.corpus, document.id)

    def changes(self, document: Document, number: int) -> tuple[Change, ...]:
        """What changed from the edition before to edition ``number``; empty for the first."""
        old, new = self.edition(document, number - 1), self.edition(document, number)
        return compare(old, new, _ledger(self.corpus, document.id, number)) if old and new else ()


class Keeper:
    """Keeps a library, and puts the next one in its place when the index is built anew.

    An engine is over one index for ever, so a request that has begun goes on with its own.
    """

    def __init__(self, corpus: Path, index: Path) -> None:
        self._corpus, self._index = corpus, index
        self._lock = Lock()
        self._library = self._open()
        self._stamp, self._looked = self._look(), monotonic()

    def library(self) -> Library:
        """The library over the latest index that can be read."""
        if monotonic() - self._looked >= LOOK_AFTER and self._lock.acquire(blocking=False):
            try:
                self._renew()
            finally:
                self._lock.release()
        return self._library

    def _renew(self) -> None:
        self._looked, stamp = monotonic(), self._look()
        if stamp in (None, self._stamp):
            return
        self._stamp = stamp  # one try for each build, be it a failure
        try:
            self._library = self._open()
            _log.info("serving the new index")
        except WhitePaperError as error:
            _log.error("still serving the old index; the new one cannot be read: %s", error)

    def _open(self) -> Library:
        engine = Engine.open(self._corpus, self._index)
        return Library(self._corpus, engine, (self._index / "current").stat().st_mtime)

    def _look(self) -> tuple[int, int] | None:
        """What tells one build from the next: each replaces this file as its last act."""
        try:
            found = (self._index / "current").stat()
        except OSError:
            return None
        return found.st_ino, found.st_mtime_ns


def library() -> Library:
    """The library of the request that is answered: one and the same until it is."""
    if "library" not in g:
        g.library = cast(Keeper, current_app.extensions["keeper"]).library()
    return cast(Library, g.library)


@lru_cache(EDITIONS_KEPT)
def _edition(root: Path, name: str, number: int) -> Document:
    return corpus.read_document(root, name, number)


@lru_cache(EDITIONS_KEPT)
def _ledger(root: Path, name: str, edition: int) -> dict[str, Entry]:
    return corpus.read_ledger(root, name, edition)
