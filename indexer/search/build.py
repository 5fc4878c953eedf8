"""Documents to a build of the index: the Whoosh index, and the arrays beside it."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
from whoosh.filedb.filestore import FileStorage

from ..errors import IndexFolderError
from ..model import Document, Paragraph
from .analysis import Tokens, key, sentences, tokenize
from .folder import put_in_force, write_manifest
from .lexicon import lexicon
from .matching import Ints
from .schema import schema

_WRITER_MEMORY = 512  # megabytes before Whoosh sorts to disk; 100,000 paragraphs need that much
_FIELDS = ("text", "headings")


def build(documents: Sequence[Document], fingerprint: str, index: Path) -> Path:
    """Index documents in a new folder below ``index`` and put it in force; the folder it is.

    ``fingerprint`` names the corpus that the documents are from. Whoever has the build before
    open goes on with it; older ones are removed. Raises IndexFolderError when the disk refuses.
    """
    try:
        index.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=".new-", dir=index))
        try:
            _write(documents, fingerprint, aside)
            folder = index / f"{fingerprint[:12]}-{aside.name[5:]}"
            aside.rename(folder)
        except BaseException:
            shutil.rmtree(aside, ignore_errors=True)
            raise
        put_in_force(index, folder)
    except OSError as error:
        raise IndexFolderError(
            f"The index could not be written in {index}: {error.strerror or error}. "
            "Make room or give a folder that can be written with --index."
        ) from error
    return folder


def _write(documents: Sequence[Document], fingerprint: str, folder: Path) -> None:
    rows: dict[str, list[Tokens]] = {name: [] for name in _FIELDS}
    whoosh = FileStorage(str(folder)).create_index(schema())
    writer = whoosh.writer(limitmb=_WRITER_MEMORY)
    for document, paragraph in every_paragraph(documents):
        text = tokenize(paragraph.text)
        headings = tokenize("\n".join(document.headings(paragraph.section)))
        writer.add_document(
            id=paragraph.id,
            document=document.id,
            section=paragraph.section,
            page=paragraph.page,
            position=len(rows["text"]),
            text=text.words,
            headings=headings.words,
        )
        rows["text"].append(text)
        rows["headings"].append(headings)
    writer.commit(optimize=True)
    whoosh.close()
    words = lexicon(rows["text"], (paragraph.text for _, paragraph in every_paragraph(documents)))
    (folder / "lexicon.json").write_text(json.dumps(asdict(words)), encoding="utf-8")
    columns = _columns(rows["text"], {name: n for n, name in enumerate(words.family_names)})
    np.save(folder / "text.npy", columns)
    np.save(folder / "headings.npy", _columns(rows["headings"], {}))
    np.save(folder / "sentences.npy", _sentences(documents))
    np.save(folder / "families.npy", _spread(columns, len(words.family_names)))
    write_manifest(folder, fingerprint, len(rows["text"]))


def every_paragraph(documents: Iterable[Document]) -> Iterable[tuple[Document, Paragraph]]:
    """The paragraphs in the order of the index, each with its document."""
    for document in documents:
        for paragraph in document.paragraphs:
            yield document, paragraph


def _columns(rows: Sequence[Tokens], families: dict[str, int]) -> Ints:
    """Start, stop, sentence, paragraph and family of all tokens, paragraph behind paragraph."""
    columns = np.empty((5, sum(len(tokens.words) for tokens in rows)), np.int32)
    place = sentence = 0
    for number, tokens in enumerate(rows):
        stop = place + len(tokens.words)
        if stop > place:
            columns[:2, place:stop] = np.array(tokens.spans, np.int32).T
            columns[2, place:stop] = np.array(tokens.sentences, np.int32) + sentence
            columns[3, place:stop] = number
            columns[4, place:stop] = [families.get(key(word), -1) for word in tokens.words]
            sentence += tokens.sentences[-1] + 1
        place = stop
    return columns


def _sentences(documents: Iterable[Document]) -> Ints:
    """Stop (in code points of its paragraph) and paragraph of every sentence."""
    rows = [
        (stop, number)
        for number, (_, paragraph) in enumerate(every_paragraph(documents))
        for _, stop in sentences(paragraph.text)
    ]
    return np.ascontiguousarray(np.array(rows, np.int32).reshape(-1, 2).T)


def _spread(text: Ints, families: int) -> Ints:
    """In how many paragraphs each family stands."""
    pairs = np.unique(text[3].astype(np.int64) * families + text[4])
    counts: Ints = np.bincount(pairs % max(families, 1), minlength=families).astype(np.int32)
    return counts
