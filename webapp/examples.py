"""Words of the text at hand, from which the help page makes queries that find something."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.model import Document

WORD = re.compile(r"[a-z]{5,}|\S+")  # shorter words are often too common to be searched for
READ = 200  # paragraphs of each document, from the first: enough to know what it is about


@dataclass(frozen=True)
class Example:
    """Two words that often stand side by side, one that keeps away from them, and their place."""

    one: str
    two: str
    other: str
    heading: str
    section: str
    page: int


USUAL = Example("peace", "stability", "war", "peace", "I", 1)  # for a corpus without such words


def example(documents: Sequence[Document]) -> Example:
    """The example that a corpus gives."""
    among = [
        (document, paragraph, WORD.findall(paragraph.text.lower()))
        for document in documents
        for paragraph in document.paragraphs[:READ]
    ]
    pairs: Counter[tuple[str, str]] = Counter()
    counts: Counter[str] = Counter()
    for _, _, words in among:
        telling = [word for word in words if word.isalpha() and len(word) > 4]
        counts.update(telling)
        pairs.update(pair for pair in pairwise(words) if set(pair) <= set(telling))
    if not pairs:
        return USUAL
    [((one, two), _)] = pairs.most_common(1)
    document, home, words = next(each for each in among if (one, two) in pairwise(each[2]))
    beginnings = {word[:4] for word in words}
    heading = document.section_by_path[home.section].heading
    return Example(
        one=one,
        two=two,
        other=next((w for w, _ in counts.most_common() if w[:4] not in beginnings), USUAL.other),
        heading=max(re.findall(r"[a-z]+", heading.lower()), key=len, default=home.section),
        section=home.section,
        page=home.page,
    )
