"""This project's own search, used as its command line and its web pages use it."""

from __future__ import annotations

from base64 import b32encode
from collections.abc import Sequence
from pathlib import Path

from indexer import corpus
from indexer.model import Document, Entry, Paragraph, Section, Source
from indexer.search.engine import Engine
from indexer.search.index import build as build_index
from indexer.search.results import Request, Snippet
from indexer.text import digest

from ..question import KINDS as ALL_KINDS
from ..question import Question
from . import TOP, Shown

KINDS = frozenset(ALL_KINDS)
_OF_A_DOCUMENT = 1_000  # paragraphs: 100,000 are a library of 100 books
_OF_A_SECTION = 20


def store(texts: Sequence[str], folder: Path) -> None:
    """Store paragraphs as a corpus in a folder, in documents of a thousand."""
    for first in range(0, len(texts), _OF_A_DOCUMENT):
        _store(first, texts[first : first + _OF_A_DOCUMENT], folder / "corpus")


def build(texts: Sequence[str], folder: Path) -> None:
    """Index the corpus that was stored in a folder; the paragraphs are read from there."""
    build_index(*corpus.read_documents(folder / "corpus"), folder / "index")


def open_folder(folder: Path) -> Searcher:
    """Return a searcher over a folder that was built."""
    return Searcher(Engine.open(folder / "corpus", folder / "index"))


class Searcher:
    """An open corpus."""

    def __init__(self, engine: Engine) -> None:
        self._engine, self._number = engine, engine.index.number

    def ask(self, question: Question) -> list[Shown]:
        """Return the TOP best hits of a question, best first."""
        hits = self._engine.search(Request(_text(question), limit=TOP)).results.hits
        return [
            Shown(self._number[hit.paragraph.id], hit.paragraph.text, _marked(hit.snippet))
            for hit in hits
        ]

    def everything(self, question: Question) -> set[int]:
        """Return the numbers of all paragraphs that a question finds."""
        ids = self._engine.search(Request(_text(question), sort="position")).ids()
        return {self._number[each] for each in ids}


def _text(question: Question) -> str:
    words = question.words
    return {
        "or": " OR ".join(words),
        "and": " AND ".join(words),
        "phrase": f'"{" ".join(words)}"',
        "prefix": f"{words[0]}*",
        "eight": " ".join(words),
    }[question.kind]


def _marked(snippet: Snippet) -> str:
    pieces, last = [], 0
    for start, stop in snippet.spans:
        pieces += [snippet.text[last:start], "<b>", snippet.text[start:stop], "</b>"]
        last = stop
    return "".join((*pieces, snippet.text[last:]))


def _store(first: int, texts: Sequence[str], root: Path) -> None:
    numbers = range(first, first + len(texts))
    paragraphs = tuple(
        Paragraph(_section(place), place % _OF_A_SECTION + 1, 1, text, _id(number))
        for place, (number, text) in enumerate(zip(numbers, texts, strict=True))
    )
    document = Document(
        id=f"book-{first:06}",
        title=f"Book {first}",
        issuer="",
        published="2017-01-01",
        issued="",
        statement="",
        contents=(),
        page_count=1,
        pages=(),
        sections=tuple(
            Section(path, f"Part {path}", 1)
            for path in dict.fromkeys(paragraph.section for paragraph in paragraphs)
        ),
        paragraphs=paragraphs,
        edition=1,
        taken="2017-01-01T00:00:00Z",
    )
    entries = [_entry(paragraph) for paragraph in paragraphs]
    corpus.store(root, document, {}, entries, Source(document.title, "", document.published))


def _section(place: int) -> str:
    return str(place // _OF_A_SECTION + 1)


def _entry(paragraph: Paragraph) -> Entry:
    texts = (digest(paragraph.text),)
    return Entry(paragraph.id, "live", 1, None, texts, paragraph.section, paragraph.text)


def _id(number: int) -> str:
    return "p" + b32encode(number.to_bytes(5, "big")).decode().lower()
