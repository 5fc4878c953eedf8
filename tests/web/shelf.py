"""Two papers small enough to know by heart, with everything that can happen to a paragraph.

"Harbours" has three editions, and one of the two pages of its source is available. Edition 2 splits
a paragraph and removes one; edition 3 corrects a word and merges the two again. "Roads" is
complete, its pages have addresses, and its text is hostile.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from indexer import corpus
from indexer.ingest.ids import match
from indexer.model import Document, Page, Paragraph, Section, Source

HARBOURS, ROADS = "harbours-2001", "roads-2002"
WELCOME = "Every harbour on this coast welcomes ships in need, and asks nothing of them but a name."
PILOTS = "Pilots guide the ships past the northern reef by day and by night, in calm and in storm."
SEAT = "The seat at the head of the table belonged to the eldest captain of the fleet, by custom."
LIGHTS = (
    "Lighthouses are kept burning by the coastal towns in turn, each for one month of the year."
)
PEACE = (
    "Peace among the coastal towns rests on dialogue, on trade, and on the patience of neighbours. "
    "Where a dispute arises, the towns shall seek peace through consultation before all else."
)
NIGHT = (
    "The lamps of the harbour itself are lit an hour before sunset, whatever the weather may be."
)
CORRECTED = LIGHTS.replace("one month", "two months")
HOSTILE = (
    "<script>alert(\"peace\")</script> & 'quoted' https://example.org/?a=1&b=2 =1+1 \u202eback"
)

HARBOUR_SECTIONS = (
    ("Preface", "Preface"),
    ("I", "I. Harbours of the Coast"),
    ("I.1", "1. Pilots and Lights"),
    ("II", "II. Peace of the Coast"),
)
HARBOUR_EDITIONS = (
    {"Preface": (WELCOME,), "I": (SEAT,), "I.1": (PILOTS, f"{LIGHTS} {NIGHT}"), "II": (PEACE,)},
    {"Preface": (WELCOME,), "I.1": (PILOTS, LIGHTS, NIGHT), "II": (PEACE,)},
    {"Preface": (WELCOME,), "I.1": (PILOTS, f"{CORRECTED} {NIGHT}"), "II": (PEACE,)},
)


def build(root: Path) -> None:
    """Fill a corpus folder with both papers."""
    harbours = Document(
        id=HARBOURS,
        title="Harbours and the Peace of the Coast",
        issuer="Office of Harbours",
        published="2001-03-04",
        issued="March 2001",
        statement="First Edition 2001",
        contents=("Preface", "I. Harbours of the Coast", "II. Peace of the Coast", "III. Sails"),
        page_count=2,
        pages=(Page(1, "", "", ""),),
        sections=tuple(Section(path, heading, 1) for path, heading in HARBOUR_SECTIONS),
        paragraphs=(),
    )
    for number, texts in enumerate(HARBOUR_EDITIONS, start=1):
        taken = f"2001-03-{3 + number:02}T08:00:00Z"
        store(root, replace(harbours, taken=taken, paragraphs=_paragraphs(texts)))
    store(root, _roads())


def _roads() -> Document:
    texts: dict[str, tuple[str, ...]] = {
        "I": (HOSTILE, "Peace is a road, and every road begins at a door.")
    }
    texts["II"] = tuple(f"Milestone number {n} stands beside the road." for n in range(1, 26))
    return Document(
        id=ROADS,
        title='Roads & "Bridges" <b>',
        issuer="Office of Roads",
        published="2002-05-06",
        issued="May 2002",
        statement="",
        contents=(),
        page_count=2,
        pages=tuple(Page(n, "", "", "", f"https://example.org/roads_{n}.html") for n in (1, 2)),
        sections=(Section("I", "I. The Road", 1), Section("II", "II. The Milestones", 2)),
        paragraphs=_paragraphs(texts, {"I": 1, "II": 2}),
        taken="2002-05-07T08:00:00Z",
    )


def _paragraphs(
    texts: Mapping[str, tuple[str, ...]], pages: Mapping[str, int] | None = None
) -> tuple[Paragraph, ...]:
    return tuple(
        Paragraph(section, number, (pages or {}).get(section, 1), text)
        for section, among in texts.items()
        for number, text in enumerate(among, start=1)
    )


def store(root: Path, document: Document) -> None:
    """Store the next edition of a document, with ids from the ledger and made-up pages."""
    there = root.is_dir() and document.id in corpus.document_ids(root)
    old = corpus.read_document(root, document.id) if there else None
    edition = old.edition + 1 if old else 1
    bodies = {f"{edition}/page-{page.number}.html": b"<p>" for page in document.pages}
    pages = tuple(
        replace(page, file=file, sha256=hashlib.sha256(body).hexdigest(), received=document.taken)
        for page, (file, body) in zip(document.pages, bodies.items(), strict=True)
    )
    ledger = corpus.read_ledger(root, document.id) if there else {}
    found = match(replace(document, pages=pages), old, ledger)
    source = Source(document.title, document.issuer, document.published)
    corpus.store(root, found.document, bodies, found.entries, source)
