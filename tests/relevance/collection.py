"""A test collection in the BEIR layout, as documents that the product can search."""

from __future__ import annotations

import csv
import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from indexer.model import Document, Paragraph, Section


@dataclass(frozen=True)
class Collection:
    """``queries`` are texts by id, ``judged`` grades by query id and paragraph id."""

    document: Document
    queries: dict[str, str]
    judged: dict[str, dict[str, int]]
    fingerprint: str


def read(folder: Path) -> Collection:
    """Read corpus.jsonl, queries.jsonl and qrels/test.tsv of a folder.

    A record is a paragraph, its title the first sentence of it unless the text repeats it.
    """
    judged: dict[str, dict[str, int]] = defaultdict(dict)
    with (folder / "qrels" / "test.tsv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream, delimiter="\t"):
            judged[row["query-id"]][row["corpus-id"]] = int(row["score"])
    records = _records(folder / "corpus.jsonl")
    paragraphs = tuple(
        Paragraph(section="all", number=number, page=1, text=_text(record), id=record["_id"])
        for number, record in enumerate(records, start=1)
    )
    return Collection(
        document=_document(folder.name, paragraphs),
        queries={record["_id"]: record["text"] for record in _records(folder / "queries.jsonl")},
        judged=dict(judged),
        fingerprint=_fingerprint(folder),
    )


def _records(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8") as stream:
        return [json.loads(line) for line in stream if line.strip()]


def _text(record: dict[str, str]) -> str:
    title, text = (record.get("title") or "").strip(), (record.get("text") or "").strip()
    if not title or text.casefold().startswith(title.casefold().rstrip(" .")):
        return text
    return f"{title}. {text}"


def _document(name: str, paragraphs: tuple[Paragraph, ...]) -> Document:
    return Document(
        id=name,
        title=name,
        issuer="",
        published="",
        issued="",
        statement="",
        contents=(),
        page_count=1,
        pages=(),
        sections=(Section("all", "", 1),),
        paragraphs=paragraphs,
    )


def _fingerprint(folder: Path) -> str:
    """Return the SHA-256 of the three files, which shows that a figure belongs to these data."""
    digest = hashlib.sha256()
    for name in ("corpus.jsonl", "queries.jsonl", "qrels/test.tsv"):
        digest.update((folder / name).read_bytes())
    return digest.hexdigest()
