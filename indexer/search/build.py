"""Documents to a build of the index: the Whoosh index, and the arrays beside it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import fields
from functools import lru_cache, partial
from pathlib import Path

import numpy as np

from ..model import Document, Paragraph
from .analysis import key, tokenize
from .codec import write
from .columns import Columns
from .folder import building, make
from .lexicon import lexicon
from .related import related
from .schema import schema
from .suggest import suggester

# Headings that stand above many paragraphs are analysed once.
_heading_tokens = lru_cache(maxsize=1024)(tokenize)


def build(documents: Sequence[Document], fingerprint: str, index: Path) -> Path:
    """Index documents in a new folder below ``index`` and put it in force; the folder it is.

    ``fingerprint`` names the corpus that the documents are from. Whoever has the build before
    open goes on with it; older ones are removed. Two that build at once do so in turn. Raises
    IndexFolderError when the disk refuses.
    """
    with building(index):
        return make(index, fingerprint, partial(write_build, documents))


def write_build(documents: Sequence[Document], folder: Path) -> None:
    """Write the files of a build, but for its manifest, into an empty folder. Raises OSError."""
    paragraphs = list(every_paragraph(documents))
    text, headings = Columns(), Columns()
    words = lexicon(
        (text.add(tokenize(paragraph.text)) for _, paragraph in paragraphs),
        (paragraph.text for _, paragraph in paragraphs),
    )
    for document, paragraph in paragraphs:
        headings.add(_heading_tokens("\n".join(document.headings(paragraph.section))))
    stored = [_place(document, paragraph) for document, paragraph in paragraphs]
    write(folder, schema(), stored, {"text": text.inverted, "headings": headings.inverted})
    np.save(folder / "text.npy", text.tokens(words.numbers))
    for name, columns in (("text", text), ("headings", headings)):
        np.save(folder / f"{name}-paragraphs.npy", columns.paragraphs)
        np.save(folder / f"{name}-sentences.npy", columns.sentences)
    np.save(folder / "sentences.npy", text.sentence_stops)
    numbers = {name: number for number, name in enumerate(words.family_names)}
    rows = text.counts({w: numbers[key(w)] for w in words.counts if key(w) in numbers})
    for name, array in related(rows, len(numbers), text.paragraphs).items():
        np.save(folder / f"{name}.npy", array)
    parts = {field.name: getattr(words, field.name) for field in fields(words)}
    entries = suggester(documents).entries
    (folder / "suggestions.json").write_text(json.dumps(entries), encoding="utf-8")
    (folder / "lexicon.json").write_text(json.dumps(parts), encoding="utf-8")


def _place(document: Document, paragraph: Paragraph) -> dict[str, object]:
    return {
        "id": paragraph.id,
        "document": document.id,
        "section": paragraph.section,
        "page": paragraph.page,
    }


def every_paragraph(documents: Iterable[Document]) -> Iterable[tuple[Document, Paragraph]]:
    """The paragraphs in the order of the index, each with its document."""
    for document in documents:
        for paragraph in document.paragraphs:
            yield document, paragraph
