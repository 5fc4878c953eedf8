"""SQLite FTS5: Porter stems, bm25(), snippet()."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from ..question import KINDS as ALL_KINDS
from ..question import Question
from . import TOP, Shown

KINDS = frozenset(ALL_KINDS)
_TOKENS = 40  # of a snippet: 240 characters
# "ORDER BY rank" is bm25() computed inside, so that snippets are made of the first hits only.
_SHOWN = (
    f"SELECT rowid, body, snippet(paragraph, 0, '<b>', '</b>', '…', {_TOKENS}) "
    f"FROM paragraph WHERE paragraph MATCH ? ORDER BY rank LIMIT {TOP}"
)
_EVERYTHING = "SELECT rowid FROM paragraph WHERE paragraph MATCH ?"


def build(texts: Sequence[str], folder: Path) -> None:
    """Index paragraphs in a database in a folder."""
    database = sqlite3.connect(folder / "fts5.db")
    with database:
        database.execute(
            "CREATE VIRTUAL TABLE paragraph USING fts5(body, tokenize='porter unicode61')"
        )
        database.executemany("INSERT INTO paragraph(rowid, body) VALUES (?, ?)", enumerate(texts))
        database.execute("INSERT INTO paragraph(paragraph) VALUES ('optimize')")
    database.close()


def open_folder(folder: Path) -> Searcher:
    """Return a searcher over a folder that was built."""
    return Searcher(sqlite3.connect(folder / "fts5.db"))


class Searcher:
    """An open database."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def __del__(self) -> None:
        self._database.close()

    def ask(self, question: Question) -> list[Shown]:
        """Return the TOP best hits of a question, best first."""
        return [Shown(*row) for row in self._database.execute(_SHOWN, (_text(question),))]

    def everything(self, question: Question) -> set[int]:
        """Return the numbers of all paragraphs that a question finds."""
        return {number for (number,) in self._database.execute(_EVERYTHING, (_text(question),))}


def _text(question: Question) -> str:
    words = question.words
    return {
        "or": " OR ".join(words),
        "and": " AND ".join(words),
        "phrase": f'"{" ".join(words)}"',
        "prefix": f"{words[0]}*",
        "eight": " OR ".join(words),
    }[question.kind]
