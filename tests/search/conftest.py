"""Two texts to search: three documents that one can hold in the head, and the paper that ships."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer import corpus
from indexer.model import Document, Page, Paragraph, Section
from indexer.search.engine import Engine
from indexer.search.index import build, open_index

# Document id, then its sections: path, heading, paragraphs.
TINY: dict[str, dict[tuple[str, str], tuple[str, ...]]] = {
    "garden": {
        ("I", "I. Trees"): (
            "The Royal Apple Society (RAS) plants trees. A tree is planted, then a tree grows.",
            "Old trees give shade. The shade of an old tree is cool.",
        ),
        ("I.1", "1. Apple Trees"): ("The RAS counts red apples: 60 percent are red.",),
    },
    "harbour": {
        ("I", "I. Ships at Sea"): (
            "The harbour-master counts 1,500 ships in 2030. Ships sail at dawn.",
            "A ship sails home at night.",
        ),
        ("II", "II. Law"): ("The law of the sea is the rule of law at sea.",),
    },
    "letters": {
        ("Preface", "Preface"): (
            "Anna's well-planned defence of red ships, and red apples, was brief.",
            "Home by dawn, the U.S. ship was old.",
        ),
    },
}


def document_of(name: str, sections: dict[tuple[str, str], tuple[str, ...]]) -> Document:
    """Return a document of some sections; its paragraphs have the ids ``name-1`` and so on."""
    texts = [
        (path, number, text)
        for (path, _), paragraphs in sections.items()
        for number, text in enumerate(paragraphs, start=1)
    ]
    return Document(
        id=name,
        title=name.title(),
        issuer="",
        published="",
        issued="",
        statement="",
        contents=(),
        page_count=1,
        pages=(Page(1, "1/page-1.html", "0" * 64, "2017-01-11T00:00:00Z"),),
        sections=tuple(Section(path, heading, 1) for path, heading in sections),
        paragraphs=tuple(
            Paragraph(path, number, 1, text, f"{name}-{place}")
            for place, (path, number, text) in enumerate(texts, start=1)
        ),
    )


TINY_DOCUMENTS = tuple(document_of(name, TINY[name]) for name in sorted(TINY))


def engine_of(documents: tuple[Document, ...], folder: Path) -> Engine:
    """Return a search over documents, indexed in a folder."""
    build(documents, "0" * 64, folder)
    return Engine(open_index(folder, documents, "0" * 64))


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """Search over the three tiny documents."""
    return engine_of(TINY_DOCUMENTS, tmp_path_factory.mktemp("tiny"))


@pytest.fixture(scope="session")
def paper(corpus_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """Search over the paper."""
    document = corpus.read_document(corpus_folder, "asia-pacific-security-cooperation-2017")
    return engine_of((document,), tmp_path_factory.mktemp("paper"))
