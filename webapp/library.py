"""What the pages read from: the documents of the engine, their editions and their ledgers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import cast

from flask import current_app

from indexer import corpus
from indexer.editions import Change, compare
from indexer.model import Document, Entry, Paragraph, Source
from indexer.search.engine import Engine

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

    def paragraph(self, name: str) -> tuple[Document, Paragraph] | None:
        """A living paragraph of any document, by its id."""
        for document in self.documents:
            if name in document.paragraph_by_id:
                return document, document.paragraph_by_id[name]
        return None


def library() -> Library:
    """The library of the application that is answering."""
    return cast(Library, current_app.extensions["library"])


@lru_cache(EDITIONS_KEPT)
def _edition(root: Path, name: str, number: int) -> Document:
    return corpus.read_document(root, name, number)


@lru_cache(EDITIONS_KEPT)
def _ledger(root: Path, name: str, edition: int) -> dict[str, Entry]:
    return corpus.read_ledger(root, name, edition)
