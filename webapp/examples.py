"""Words of the text at hand, from which the help page makes queries that find something."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from indexer.model import Document
from indexer.search.index import every_paragraph

WORD = re.compile("[a-z]{5,}")  # shorter words are often too common to be searched for
PAIR = re.compile(r"(?<!\S)([a-z]{5,}) (?=([a-z]{5,})\b)")
READ = 1_000  # paragraphs, from the first: enough to know what it is about


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
        (document, paragraph, paragraph.text.lower())
        for document, paragraph in islice(every_paragraph(documents), READ)
    ]
    pairs = Counter(pair for *_, text in among for pair in PAIR.findall(text))
    if not pairs:
        return USUAL
    [((one, two), _)] = pairs.most_common(1)
    document, home, words = next(each for each in among if (one, two) in PAIR.findall(each[2]))
    counts = Counter(word for *_, text in among for word in WORD.findall(text))
    heading = document.section_by_path[home.section].heading
    return Example(
        one=one,
        two=two,
        other=next((w for w, _ in counts.most_common() if w[:4] not in words), USUAL.other),
        heading=max(re.findall(r"[a-z]+", heading.lower()), key=len, default=home.section),
        section=home.section,
        page=home.page,
    )
