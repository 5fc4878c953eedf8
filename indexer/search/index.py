"""The index: a Whoosh index with one document per paragraph, and data computed from the text.

A build has the Whoosh index, the layouts of its two fields (``text.npz``, ``headings.npz``), the
related paragraphs (``related.npz``), the families of words and the acronyms and compounds that the
text defines (``lexicon.json``), and the suggestions while typing (``suggestions.json``).
"""

import json
import logging
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.analysis import Token, Tokenizer
from whoosh.fields import STORED, TEXT, Schema
from whoosh.filedb.filestore import FileStorage, RamStorage

from ..errors import IndexFolderError
from ..model import Document, Paragraph, lineage
from . import query
from .analysis import is_common, tokenize
from .builds import REBUILD, put_build, read_build
from .citations import roman
from .field import Field, Ints, Layout, layout
from .lexicon import Lexicon, families, lexicon
from .related import Related, related
from .suggest import Suggester, Suggestion, suggestions

_log = logging.getLogger(__name__)

_READ_ON = 1_000  # occurrences to read on from while somebody types: a few milliseconds
_MARK = re.compile(r"[^\w\s'’-]")  # punctuation, which is in no phrase
_WRITER_MEGABYTES = 512  # postings that Whoosh keeps in memory: those of 25,000 paragraphs fit


@dataclass(frozen=True)
class Index:
    """The paragraphs of some documents in reading order, and where every word occurs in them.

    ``build`` is the name of the build opened, ``built`` its POSIX time; both are unset in memory.
    """

    documents: tuple[Document, ...]
    text: Field
    headings: Field
    related: Related
    suggester: Suggester
    build: str = ""
    built: float = 0.0

    @cached_property
    def paragraphs(self) -> tuple[tuple[Document, Paragraph], ...]:
        """Every paragraph with its document, by its number in the index."""
        return tuple((paper, each) for paper in self.documents for each in paper.paragraphs)

    @cached_property
    def number(self) -> dict[str, int]:
        """The number of a paragraph in the index, by its id."""
        return {paragraph.id: number for number, (_, paragraph) in enumerate(self.paragraphs)}

    @cached_property
    def locations(self) -> dict[query.FieldName, tuple[NDArray[np.str_], Ints]]:
        """The values of each field, and for each paragraph the index of its value."""
        values: dict[query.FieldName, list[str]] = {
            "section": [paragraph.section for _, paragraph in self.paragraphs],
            "page": [str(paragraph.page) for _, paragraph in self.paragraphs],
            "document": [document.id for document, _ in self.paragraphs],
        }
        return {field: np.unique(each, return_inverse=True) for field, each in values.items()}

    def where(self, field: query.FieldName, value: str) -> NDArray[np.bool_]:
        """Return which paragraphs are in a section or below it, a page or document; for "", all."""
        if not value:
            return np.ones(len(self.paragraphs), bool)
        values, numbers = self.locations[field]
        wanted = value.casefold()
        paths = {wanted, roman(wanted)} if field == "section" else {wanted}
        true = [not paths.isdisjoint(lineage(each.casefold())) for each in values]
        return np.array(true, bool)[numbers]

    def going_on(self, words: Sequence[str]) -> list[Suggestion]:
        """Return phrases that complete the last word after the others, most frequent first."""
        if len(words) < 2:
            return []
        layout = self.text.layout
        before = [self.suggester.meant(word, whole=True) for word in words[:-1]]
        any_word = query.Slot("glob", "*")
        runs = self.text.find(query.Term("", ((*query.exactly(*before), any_word),))).own
        printed = Counter[str]()
        for first, last in zip(runs.starts[:_READ_ON], runs.stops[:_READ_ON] - 1, strict=True):
            _, paragraph = self.paragraphs[layout.paragraph_of[first]]
            stop = layout.starts.item(last) + layout.lengths.item(last)
            piece = paragraph.text[layout.starts[first] : stop]
            goes_on = tokenize(piece).words[-1]
            is_phrase = not _MARK.search(piece) and not is_common(goes_on)
            if is_phrase and goes_on.startswith(words[-1]):
                printed[piece] += 1
        return [Suggestion(p.lower(), times, p, "phrase") for p, times in printed.most_common()]


def index_in_memory(
    documents: tuple[Document, ...], add: Callable[[Paragraph, str], None] = lambda *_: None
) -> Index:
    """Index documents in memory. Call ``add`` with each paragraph and its headings, as lines."""
    texts, headings = [], []
    for document in documents:
        for paragraph in document.paragraphs:
            lines = "\n".join(document.headings[paragraph.section])
            texts.append(tokenize(paragraph.text))
            headings.append(tokenize(lines))
            add(paragraph, lines)
    words = lexicon(texts, (each.text for document in documents for each in document.paragraphs))
    above = _lexicon_of(word for tokens in headings for word in tokens.words)
    text = Field(layout(texts, words), words)
    return Index(
        documents=documents,
        text=text,
        headings=Field(layout(headings, above), above),
        related=related(text),
        suggester=Suggester(lambda: suggestions(documents, texts)),
    )


def _lexicon_of(words: Iterable[str]) -> Lexicon:
    """Return the lexicon of headings, in which each word counts once and nothing is defined."""
    counts = dict.fromkeys(sorted(set(words)), 1)  # in the order in which Whoosh lists them
    return Lexicon(counts, families(counts), {}, {})


class _Analyzer(Tokenizer):
    """Our tokens, in the form that Whoosh expects."""

    def __call__(self, value: str, **_: Any) -> Iterator[Token]:
        token = Token(positions=True, boost=1.0)
        for token.pos, token.text in enumerate(tokenize(value).words):
            yield token


def build(documents: tuple[Document, ...], fingerprint: str, index: Path) -> Path:
    """Index documents in a new folder below ``index``, put it in use, and return it.

    ``fingerprint`` is that of their corpus. Raise IndexFolderError if writing fails.
    """
    return put_build(index, fingerprint, lambda folder: _write(documents, folder))


def _write(documents: tuple[Document, ...], folder: Path) -> None:
    """Write the files of a build to an empty folder. Raise OSError."""
    words = TEXT(analyzer=_Analyzer(), phrase=True)
    schema = Schema(id=STORED, text=words, headings=words)
    whoosh = FileStorage(str(folder)).create_index(schema)
    with whoosh.writer(limitmb=_WRITER_MEGABYTES) as writer:

        def add(paragraph: Paragraph, headings: str) -> None:
            writer.add_document(id=paragraph.id, text=paragraph.text, headings=headings)

        made = index_in_memory(documents, add)
    (folder / "MAIN_WRITELOCK").unlink()  # left by Whoosh, and of no use to readers
    np.savez(folder / "text.npz", allow_pickle=False, **asdict(made.text.layout))
    np.savez(folder / "headings.npz", allow_pickle=False, **asdict(made.headings.layout))
    np.savez(folder / "related.npz", allow_pickle=False, **vars(made.related))
    stored = asdict(made.text.lexicon)
    del stored["counts"]  # Whoosh has the words, and the layout how often they occur
    (folder / "lexicon.json").write_text(json.dumps(stored), "utf-8")
    (folder / "suggestions.json").write_text(json.dumps(made.suggester.entries), "utf-8")


def open_or_build(index: Path, documents: tuple[Document, ...], fingerprint: str) -> Index:
    """Open the index, or build it and log why. Raise IndexFolderError if it cannot be written."""
    try:
        return open_index(index, documents, fingerprint)
    except IndexFolderError as error:
        _log.info("building the index: %s", str(error).removesuffix(f" {REBUILD}."))
    build(documents, fingerprint, index)
    return open_index(index, documents, fingerprint)


def open_index(index: Path, documents: tuple[Document, ...], fingerprint: str) -> Index:
    """Open the build in use. Raise IndexFolderError if it is missing, damaged or out of date."""
    opened = read_build(index, fingerprint)
    storage = RamStorage()
    for name, content in opened.files.items():
        if name.endswith((".toc", ".seg")):  # Whoosh's own
            with storage.create_file(name) as file:
                file.write(content)
    with storage.open_index().reader() as reader:
        words, above = ([w.decode() for w in reader.lexicon(f)] for f in ("text", "headings"))
    text, headings = (
        Layout(**np.load(BytesIO(opened.files[f"{name}.npz"]))) for name in ("text", "headings")
    )
    counts = dict(zip(words, np.bincount(text.words).tolist(), strict=True))
    suggested = opened.files["suggestions.json"]
    return Index(
        documents=documents,
        text=Field(text, Lexicon(counts, **json.loads(opened.files["lexicon.json"]))),
        headings=Field(headings, _lexicon_of(above)),
        related=Related(**np.load(BytesIO(opened.files["related.npz"]))),
        suggester=Suggester(lambda: tuple(map(Suggestion._make, json.loads(suggested)))),
        build=opened.name,
        built=opened.built,
    )
