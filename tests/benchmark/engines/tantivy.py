"""tantivy: Lucene's design in Rust, with the English Snowball stemmer and its own snippets."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import tantivy

from ..question import KINDS as ALL_KINDS
from ..question import Question
from . import SNIPPET, TOP, Shown

KINDS = frozenset(ALL_KINDS)
_WRITER_MEMORY = 512_000_000  # bytes


def _schema() -> Any:
    fields = tantivy.SchemaBuilder()
    fields.add_text_field("body", stored=True, tokenizer_name="en_stem")
    fields.add_unsigned_field("number", stored=True)
    return fields.build()


def build(texts: Sequence[str], folder: Path) -> None:
    """Index paragraphs in a folder, in one segment."""
    index = tantivy.Index(_schema(), path=str(folder))
    writer = index.writer(_WRITER_MEMORY, 1)
    for number, text in enumerate(texts):
        writer.add_document(tantivy.Document(body=text, number=number))
    writer.commit()
    writer.wait_merging_threads()


def open_folder(folder: Path) -> Searcher:
    """Return a searcher over a folder that was built."""
    return Searcher(tantivy.Index.open(str(folder)))


class Searcher:
    """An open index."""

    def __init__(self, index: Any) -> None:
        self._index, self._searcher = index, index.searcher()

    def ask(self, question: Question) -> list[Shown]:
        """Return the TOP best hits of a question, best first."""
        query = self._query(question)
        # Without a count of all hits, which lets it skip those that cannot be among the first.
        hits = self._searcher.search(query, TOP, count=False).hits
        generator = tantivy.SnippetGenerator.create(
            self._searcher, query, self._index.schema, "body"
        )
        generator.set_max_num_chars(SNIPPET)
        shown = []
        for _, address in hits:
            document = self._searcher.doc(address)
            snippet = generator.snippet_from_doc(document).to_html()
            shown.append(Shown(document["number"][0], document["body"][0], snippet))
        return shown

    def everything(self, question: Question) -> set[int]:
        """Return the numbers of all paragraphs that a question finds."""
        hits = self._searcher.search(self._query(question), self._searcher.num_docs).hits
        return {self._searcher.doc(address)["number"][0] for _, address in hits}

    def _query(self, question: Question) -> Any:
        if question.kind == "prefix":
            pattern = f"{question.words[0]}.*"
            return tantivy.Query.regex_query(self._index.schema, "body", pattern)
        text = {
            "or": " OR ".join(question.words),
            "and": " AND ".join(question.words),
            "phrase": f'"{" ".join(question.words)}"',
            "eight": " ".join(question.words),
        }[question.kind]
        return self._index.parse_query(text, ["body"])
