"""bm25s: the scores of every word in every paragraph, computed beforehand in numpy arrays.

It has no AND, phrase or prefix, and makes no snippets: its snippet here is the least that can be
shown, a window that begins at the first word found.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import bm25s
import Stemmer

from ..question import Question
from . import SNIPPET, TOP, Shown

KINDS = frozenset({"or", "eight"})
_stemmer = Stemmer.Stemmer("english")


def build(texts: Sequence[str], folder: Path) -> None:
    """Index paragraphs in a folder."""
    model = bm25s.BM25()
    model.index(_tokenize(texts), show_progress=False)
    model.save(str(folder), corpus=texts)


def open_folder(folder: Path) -> Searcher:
    """Return a searcher over a folder that was built."""
    return Searcher(bm25s.BM25.load(str(folder), load_corpus=True))


class Searcher:
    """An open index."""

    def __init__(self, model: Any) -> None:
        self._model = model

    def ask(self, question: Question) -> list[Shown]:
        """Return the TOP best hits of a question, best first."""
        hits = self._hits(question, min(TOP, len(self._model.corpus)))
        stems = "|".join(_stemmer.stemWords(list(question.words)))
        found = re.compile(rf"\b(?:{stems})\w*", re.IGNORECASE)
        return [Shown(hit["id"], hit["text"], _snippet(hit["text"], found)) for hit in hits]

    def everything(self, question: Question) -> set[int]:
        """Return the numbers of all paragraphs that a question finds."""
        return {hit["id"] for hit in self._hits(question, len(self._model.corpus))}

    def _hits(self, question: Question, limit: int) -> list[dict[str, Any]]:
        words = _tokenize([" ".join(question.words)])
        hits, scores = self._model.retrieve(words, k=limit, show_progress=False)
        return [hit for hit, score in zip(hits[0], scores[0], strict=True) if score > 0]


def _tokenize(texts: Sequence[str]) -> Any:
    return bm25s.tokenize(list(texts), stopwords="en", stemmer=_stemmer, show_progress=False)


def _snippet(text: str, found: re.Pattern[str]) -> str:
    first = found.search(text)
    start = first.start() if first else 0
    return found.sub(r"<b>\g<0></b>", text[start : start + SNIPPET])
