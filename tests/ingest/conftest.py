"""Shared by the tests of ingest: a corpus folder, a site on loopback, golden files."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from indexer.ingest.fetch import Fetcher
from indexer.ingest.ingest import Ingest, Outcome
from indexer.model import Document

from .loopback import Site, serve


class TakeIn:
    """Ingests into the test's corpus, quickly; ``lines`` keeps its progress reports."""

    def __init__(self, root: Path) -> None:
        self.lines: list[str] = []
        self.root = root

    def __call__(
        self, *sources: str, document_id: str | None = None, **options: bool
    ) -> tuple[Outcome, ...]:
        report = self.lines.append
        ingest = Ingest(self.root, Fetcher(0, report), report, **options)
        return tuple(ingest.run(sources, document_id))


@pytest.fixture
def ingest(tmp_path: Path) -> TakeIn:
    """Ingest sources into a corpus of the test's own."""
    return TakeIn(tmp_path / "corpus")


@pytest.fixture
def site() -> Iterator[Site]:
    """A web site on loopback."""
    with serve() as running:
        yield running


@pytest.fixture
def golden() -> Callable[[Path, Document], None]:
    """Compare a document with its golden file; a missing one is written, to be read first."""

    def compare(file: Path, document: Document) -> None:
        found = summary(document)
        if not file.exists():
            file.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", "utf-8")
            pytest.fail(f"{file.name} was missing and has been written: read it, then run again")
        assert found == json.loads(file.read_text("utf-8"))

    return compare


def summary(document: Document) -> dict[str, Any]:
    """Return the content of a document, without ids, times and pages as received."""
    return {
        "title": document.title,
        "issuer": document.issuer,
        "published": document.published,
        "issued": document.issued,
        "statement": document.statement,
        "coverage": document.coverage,
        "contents": list(document.contents),
        "sections": [
            f"{each.path} (page {each.page}): {each.heading}" for each in document.sections
        ],
        "paragraphs": [
            f"{each.citation} (page {each.page}): {each.text}" for each in document.paragraphs
        ],
    }


def everything(root: Path) -> dict[str, bytes]:
    """Return every file under a folder with its bytes; empty if there is no folder."""
    files = sorted(path for path in root.rglob("*") if path.is_file())
    return {str(path.relative_to(root)): path.read_bytes() for path in files}
