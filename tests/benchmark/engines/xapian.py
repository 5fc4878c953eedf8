"""Xapian, in C++: its English stemmer, its BM25 and its snippets."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import xapian

from ..question import KINDS as ALL_KINDS
from ..question import Question
from . import SNIPPET, TOP, Shown

KINDS = frozenset(ALL_KINDS)
_FLAGS = (
    xapian.QueryParser.FLAG_BOOLEAN
    | xapian.QueryParser.FLAG_PHRASE
    | xapian.QueryParser.FLAG_WILDCARD
)


def build(texts: Sequence[str], folder: Path) -> None:
    """Index paragraphs in a database in a folder."""
    database = xapian.WritableDatabase(str(folder / "xapian"), xapian.DB_CREATE)
    generator = xapian.TermGenerator()
    generator.set_stemmer(xapian.Stem("english"))
    for text in texts:
        document = xapian.Document()
        generator.set_document(document)
        generator.index_text(text)
        document.set_data(text)
        database.add_document(document)
    database.close()


def open_folder(folder: Path) -> Searcher:
    """Return a searcher over a folder that was built."""
    return Searcher(xapian.Database(str(folder / "xapian")))


class Searcher:
    """An open database."""

    def __init__(self, database: Any) -> None:
        self._database, self._stemmer = database, xapian.Stem("english")
        self._parser = xapian.QueryParser()
        self._parser.set_stemmer(self._stemmer)
        self._parser.set_stemming_strategy(xapian.QueryParser.STEM_SOME)
        self._parser.set_database(database)

    def ask(self, question: Question) -> list[Shown]:
        """Return the TOP best hits of a question, best first."""
        hits = self._hits(question, TOP)
        texts = [(hit.docid - 1, hit.document.get_data().decode()) for hit in hits]
        return [
            Shown(number, text, hits.snippet(text, SNIPPET, self._stemmer).decode())
            for number, text in texts
        ]

    def everything(self, question: Question) -> set[int]:
        """Return the numbers of all paragraphs that a question finds."""
        return {hit.docid - 1 for hit in self._hits(question, self._database.get_doccount())}

    def _hits(self, question: Question, limit: int) -> Any:
        words = question.words
        text = {
            "or": " OR ".join(words),
            "and": " AND ".join(words),
            "phrase": f'"{" ".join(words)}"',
            "prefix": f"{words[0]}*",
            "eight": " ".join(words),
        }[question.kind]
        search = xapian.Enquire(self._database)
        search.set_query(self._parser.parse_query(text, _FLAGS))
        return search.get_mset(0, limit)
