"""How long it takes to check a long quotation, in a short text and a long one."""

from __future__ import annotations

import random
from collections.abc import Sequence
from statistics import median
from time import perf_counter

from indexer.model import Document
from indexer.quotation.check import check
from indexer.search.analysis import sentences
from indexer.search.index import Index, index_in_memory
from tests.benchmark.data import paragraphs
from tests.search.conftest import document_of

LENGTH = 4_000  # characters
LARGE = 10_000  # paragraphs
TIMES = 21


def medians(documents: Sequence[Document]) -> dict[str, float]:
    """Return the median milliseconds of a quotation, by what it is a quotation of."""
    found = {}
    pool = [
        p.text[a:b].strip() for d in documents for p in d.paragraphs for a, b in sentences(p.text)
    ]
    texts = paragraphs([each for each in pool if len(each) >= 20], LARGE)
    large = document_of("large", {("I", "I"): tuple(texts)})
    for name, document in (("the paper", documents[0]), (f"{LARGE:,} paragraphs", large)):
        index = index_in_memory((document,))
        for kind in ("verbatim", "altered"):
            found[f"{name}, {kind}"] = _median(index, kind)
    return found


def _median(index: Index, kind: str) -> float:
    draw, taken = random.Random(4), []
    texts = [paragraph.text for _, paragraph in index.paragraphs]
    for _ in range(TIMES):
        at = draw.randrange(len(texts))
        quotation = " ".join(texts[at:] + texts[:at])[:LENGTH]
        if kind == "altered":
            words = quotation.split(" ")
            words[::20] = ["otherwise"] * len(words[::20])
            quotation = " ".join(words)
        begun = perf_counter()
        check(quotation, index)
        taken.append(1000 * (perf_counter() - begun))
    return median(taken)
