"""Example queries for the help page, made from words that occur in the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from indexer.model import Document
from indexer.search.index import every_paragraph

WORD = re.compile("[a-z]{5,}")  # shorter words are often too common to search for
PAIR = re.compile(r"(?<!\S)([a-z]{5,}) (?=([a-z]{5,})\b)")
SAMPLE = 1_000  # paragraphs, from the first: enough to find a frequent pair


@dataclass(frozen=True)
class Example:
    """A frequent word pair, a frequent word that does not occur with it, and where the pair is."""

    one: str
    two: str
    other: str
    heading: str
    section: str
    page: int


DEFAULT = Example("peace", "stability", "war", "peace", "I", 1)  # for a corpus without pairs


def example(documents: Sequence[Document]) -> Example:
    """Return the example for a corpus."""
    sample = [
        (document, paragraph, paragraph.text.lower())
        for document, paragraph in islice(every_paragraph(documents), SAMPLE)
    ]
    pairs = Counter(pair for *_, text in sample for pair in PAIR.findall(text))
    if not pairs:
        return DEFAULT
    [((one, two), _)] = pairs.most_common(1)
    document, home, words = next(each for each in sample if (one, two) in PAIR.findall(each[2]))
    counts = Counter(word for *_, text in sample for word in WORD.findall(text))
    heading = document.section_by_path[home.section].heading
    return Example(
        one=one,
        two=two,
        other=next((w for w, _ in counts.most_common() if w[:4] not in words), DEFAULT.other),
        heading=max(re.findall(r"[a-z]+", heading.lower()), key=len, default=home.section),
        section=home.section,
        page=home.page,
    )
