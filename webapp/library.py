"""What the pages read from: the documents of the engine, their editions and their ledgers."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from threading import Lock, Thread
from time import monotonic, sleep
from typing import cast
from weakref import ref

from flask import Flask, current_app, g
from flask.typing import ResponseReturnValue

from indexer import corpus
from indexer.diff import Change, compare
from indexer.errors import IndexFolderError, WhitePaperError
from indexer.model import Document, Entry, Source
from indexer.search.engine import Engine
from indexer.search.folder import Stamp, stale, stamp

from .examples import Example, example

_log = logging.getLogger(__name__)

LOOK_AFTER = 0.5  # seconds between two looks at the index: new text is served within one
TRY_AGAIN = 30.0  # seconds until an index that could not be read or built is tried again
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
        return self.engine.index.build.corpus


class Keeper:
    """Keeps a library, and puts the next one in its place when the index is built anew.

    An engine is over one index for ever, so a request that has begun goes on with its own.
    """

    def __init__(self, corpus: Path, index: Path) -> None:
        self._corpus, self._index = corpus, index
        self._lock = Lock()
        self._library = self._open()
        self._failed: Stamp | None = None
        self._again = 0.0
        self._watcher = Thread()  # none yet: the process may be forked before it serves

    def library(self) -> Library:
        """The library over the latest index that can be read."""
        if not self._watcher.is_alive():
            with self._lock:
                if not self._watcher.is_alive():
                    self._renew()
                    self._watcher = Thread(target=_watch, args=[ref(self)], daemon=True)
                    self._watcher.start()
        return self._library

    def look(self) -> None:
        """Take up the index if it is another, and build it where it was damaged or deleted."""
        with self._lock:
            self._renew()

    def mend(self, broken: Library) -> None:
        """Put another library in the place of one whose index was found damaged.

        Raises CorpusError or IndexFolderError where none can be made.
        """
        with self._lock:
            if self._library is broken:
                self._take_up()

    def _renew(self) -> None:
        found = stamp(self._index)
        if found == self._library.engine.index.build.stamp:
            return
        if found == self._failed and monotonic() < self._again:
            return
        try:
            if reason := stale(self._index, corpus.fingerprint(self._corpus)):
                raise IndexFolderError(f"{reason}.")
            self._take_up()
        except WhitePaperError as error:
            self._failed, self._again = found, monotonic() + TRY_AGAIN
            _log.error("still serving the old index; the new one cannot be read: %s", error)

    def _take_up(self) -> None:
        self._library = self._open()
        _log.info("serving the new index")

    def _open(self) -> Library:
        return Library(self._corpus, Engine.open(self._corpus, self._index))


def _watch(keeper: ref[Keeper]) -> None:
    """Look at the index for as long as there is somebody who keeps it."""
    sleep(LOOK_AFTER)
    while kept := keeper():
        kept.look()
        del kept
        sleep(LOOK_AFTER)


class Mending(Flask):
    """Answers a request that met a damaged index again, over the one that is built in its place."""

    def dispatch_request(self) -> ResponseReturnValue:
        """The answer of the view. Raises IndexFolderError where that index is damaged too."""
        try:
            return super().dispatch_request()
        except IndexFolderError as error:
            _log.error("the index is damaged: %s", error)
        cast(Keeper, self.extensions["keeper"]).mend(g.pop("library"))
        return super().dispatch_request()


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
