"""Run a collection's judged queries through the product's own search, and measure the answers."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import ir_measures
from ir_measures import AP, R, nDCG

from indexer.search.engine import Engine
from indexer.search.index import index_in_memory
from indexer.search.limits import MAX_LENGTH
from indexer.search.results import Request

from .collection import Collection, read

DEPTH = 1000
# The forms in which a question may be typed. The words are the same in all of them.
FORMS: dict[str, Callable[[str], str]] = {
    "typed": lambda text: text,
    "bare": lambda text: " ".join(re.findall(r"[^\W_]+", text.lower())),
    "capitals": str.upper,
    "quoted": lambda text: re.sub(r"(\w+)\W*$", r'"\1"?', text),
}
_FIGURES = {"nDCG@10": nDCG @ 10, "MAP": AP, "Recall@100": R @ 100}


@dataclass(frozen=True)
class Measured:
    """``run`` has, by query id, paragraph ids in the order of the results."""

    collection: Collection
    run: dict[str, tuple[str, ...]]
    figures: dict[str, float]


def measure(folder: Path, form: str = "typed") -> Measured:
    """Index the collection in ``folder``, ask its judged queries, and measure.

    ``form`` is one of FORMS.
    """
    collection = read(folder)
    engine = Engine(index_in_memory((collection.document,)))
    questions = {query: FORMS[form](collection.queries[query]) for query in collection.judged}
    run = {query: _answer(engine, text) for query, text in questions.items()}
    values = ir_measures.calc_aggregate(_FIGURES.values(), collection.judged, _scored(run))
    figures = {name: float(values[measured]) for name, measured in _FIGURES.items()}
    return Measured(collection, run, figures)


def write_run(measured: Measured, file: Path) -> None:
    """Write a run in TREC's format: query Q0 paragraph rank score tag."""
    with file.open("w", encoding="utf-8") as stream:
        for query, ids in measured.run.items():
            for rank, name in enumerate(ids, start=1):
                stream.write(f"{query} Q0 {name} {rank} {DEPTH + 1 - rank} whitepaper\n")


def _answer(engine: Engine, text: str) -> tuple[str, ...]:
    """Return what a reader is shown: results, then the paragraphs with only some of the words."""
    asked = Request(text[:MAX_LENGTH])
    parts = [engine.search(replace(asked, words=words)).ids() for words in ("all", "apart", "some")]
    return sum(parts, ())[:DEPTH]


def _scored(run: dict[str, tuple[str, ...]]) -> dict[str, dict[str, float]]:
    return {
        query: {name: float(DEPTH - rank) for rank, name in enumerate(ids)}
        for query, ids in run.items()
    }
