"""Follow every link of an old edition into a new scrape, as four kinds of link would."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from indexer.corpus import read_document
from indexer.diff import resolve
from indexer.ingest.ids import match
from indexer.model import Document, Page, Paragraph, Section
from indexer.text import digest

from .noise import Text, scrape

CORPUS = Path(__file__).parents[2] / "corpus"
PAPER = "asia-pacific-security-cooperation-2017"
TOUCHED = (0.05, 0.15, 0.30)
LINKS = 3000  # so many at least for each figure, by scraping small texts more often
Follow = Callable[[Sequence[Text], Sequence[Text]], list[int | None]]


@dataclass(frozen=True)
class Share:
    """Per cent of the links to surviving paragraphs that reach them; of all links, a wrong one."""

    right: float
    wrong: float


def by_ledger(old: Sequence[Text], new: Sequence[Text]) -> list[int | None]:
    """Follow our own ids: return where each old paragraph is in ``new``."""
    first = match(_document(old), None, {})
    ledger = {entry.id: entry for entry in first.entries}
    second = match(_document(new), first.document, ledger)
    ledger.update((entry.id, entry) for entry in second.entries)
    places = second.document.position_by_id
    return [places.get(resolve(ledger, p.id).id) for p in first.document.paragraphs]


def by_position(old: Sequence[Text], new: Sequence[Text]) -> list[int | None]:
    """Follow links to the n-th paragraph of the text."""
    return [i if i < len(new) else None for i in range(len(old))]


def by_heading(old: Sequence[Text], new: Sequence[Text]) -> list[int | None]:
    """Follow links to the n-th paragraph under a heading."""
    places = {(p.section, p.number): i for i, p in enumerate(_document(new).paragraphs)}
    return [places.get((p.section, p.number)) for p in _document(old).paragraphs]


def by_text(old: Sequence[Text], new: Sequence[Text]) -> list[int | None]:
    """Follow links to the paragraph with the same normalised text, the first of several."""
    places: dict[str, int] = {}
    for i, (_, words) in enumerate(new):
        places.setdefault(digest(words), i)
    return [places.get(digest(words)) for _, words in old]


METHODS: dict[str, Follow] = {
    "ledger": by_ledger,
    "text hash": by_text,
    "heading + number": by_heading,
    "position": by_position,
}


def measure(texts: Sequence[Text], touched: float, follow: Follow) -> Share:
    """Follow the links of ``texts`` into scrapes with this share of the paragraphs touched."""
    right = wrong = there = links = 0
    for seed in range(-(-LINKS // len(texts))):
        noisy = scrape(texts, touched, Random(seed))
        for old, place in enumerate(follow(texts, noisy.texts)):
            truth = noisy.truth[old]
            links += 1
            there += truth is not None
            right += truth is not None and place == truth
            wrong += place is not None and place != truth
    return Share(100 * right / there, 100 * wrong / links)


def paper() -> list[Text]:
    """Return the paragraphs of the paper that ships."""
    document = read_document(CORPUS, PAPER)
    return [(paragraph.section, paragraph.text) for paragraph in document.paragraphs]


def collection(folder: Path) -> list[Text]:
    """Return the texts of a test collection in the BEIR layout, ten to a section."""
    with (folder / "corpus.jsonl").open(encoding="utf-8") as lines:
        texts = [text for line in lines if (text := json.loads(line)["text"].strip())]
    return [(str(i // 10 + 1), text) for i, text in enumerate(texts)]


def _document(texts: Sequence[Text]) -> Document:
    counts: dict[str, int] = {}
    paragraphs = []
    for section, words in texts:
        counts[section] = counts.get(section, 0) + 1
        paragraphs.append(Paragraph(section, counts[section], 1, words))
    return Document(
        id="paper",
        title="Paper",
        issuer="",
        published="2017-01-11",
        issued="",
        statement="",
        contents=(),
        page_count=1,
        pages=(Page(1, "1/page-1.html", "", ""),),
        sections=tuple(Section(path, path, 1) for path in counts),
        paragraphs=tuple(paragraphs),
    )
