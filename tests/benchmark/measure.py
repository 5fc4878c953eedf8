"""Measure time, size and memory of engines, and how far their answers agree."""

from __future__ import annotations

import gc
import os
import statistics
import time
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .apart import Served, apart, build, serve
from .data import warm_up
from .engines import OURS, Searcher, load
from .question import KINDS, Question

# Of these all hits are compared, for each engine knows the same ones; tantivy gives those of a
# prefix no order. Of the others the TOP, for every paragraph with one of the words is a hit.
_COMPARED_WHOLE = frozenset({"and", "phrase", "prefix"})


@dataclass(frozen=True)
class Measured:
    """One engine over one number of paragraphs.

    ``times`` are the seconds of each question, by kind. ``agreement`` is by kind the mean share
    (0 to 1) of hits in common with our own.
    """

    name: str
    paragraphs: int
    indexing: float
    size: int
    served: Served
    times: Mapping[str, Sequence[float]]
    agreement: Mapping[str, float]

    def median(self, kind: str) -> float:
        """The seconds that half of the questions take at most."""
        return statistics.median(self.times[kind])

    def p95(self, kind: str) -> float:
        """The seconds that 95 % of the questions take at most."""
        return statistics.quantiles(self.times[kind], n=20)[-1]


def measure(
    names: Sequence[str], texts: Sequence[str], asked: Sequence[Question], folder: Path
) -> list[Measured]:
    """Build each engine in a folder of its own below ``folder``, serve it, and time it.

    Building and serving have a process to themselves; then all engines are asked in turn in this
    one, on one core. Their order is the order of ``names``, our own first.
    """
    folders = {name: folder / name for name in names}
    built, served = {}, {}
    for name in names:
        folders[name].mkdir(parents=True)
        built[name] = apart(build, name, texts, folders[name])
        served[name] = apart(serve, name, asked, folders[name])
    agreements = _agreements(_opened(folders), asked)
    times = _in_turn(_opened(folders), asked, list(warm_up(asked, texts)))
    return [
        Measured(
            name=name,
            paragraphs=len(texts),
            indexing=built[name],
            size=sum(file.stat().st_size for file in folders[name].rglob("*") if file.is_file()),
            served=served[name],
            times=times[name],
            agreement=agreements[name],
        )
        for name in names
    ]


def _opened(folders: Mapping[str, Path]) -> dict[str, Searcher]:
    """Return engines that have not been asked anything."""
    return {name: load(name).open_folder(folder) for name, folder in folders.items()}


def _agreements(
    searchers: Mapping[str, Searcher], asked: Sequence[Question]
) -> dict[str, dict[str, float]]:
    shares = _by_kind(searchers)
    for question in asked:
        ours = _hits(searchers[OURS], question)
        for name, kinds in shares.items():
            if question.kind in kinds:
                theirs = ours if name == OURS else _hits(searchers[name], question)
                most = max(len(ours), len(theirs))
                kinds[question.kind].append(len(ours & theirs) / most if most else 1.0)
    return {
        name: {kind: statistics.mean(values) for kind, values in kinds.items()}
        for name, kinds in shares.items()
    }


def _by_kind(names: Iterable[str]) -> dict[str, dict[str, list[float]]]:
    """Return for each engine an empty list for each kind of question that it supports."""
    return {name: {kind: [] for kind in KINDS if kind in load(name).KINDS} for name in names}


def _hits(searcher: Searcher, question: Question) -> set[int]:
    if question.kind in _COMPARED_WHOLE:
        return searcher.everything(question)
    return {shown.number for shown in searcher.ask(question)}


def _in_turn(
    searchers: Mapping[str, Searcher], asked: Sequence[Question], before: Sequence[Question]
) -> dict[str, dict[str, list[float]]]:
    """Return the seconds of each question by engine and kind; ask each once, the engines in turn.

    The questions ``before`` are asked untimed.
    """
    times = _by_kind(searchers)
    with _one_core():
        for question in before:
            for name in searchers:
                if question.kind in times[name]:
                    searchers[name].ask(question)
        order = deque(searchers)
        for question in asked:
            order.rotate()  # so that none always follows the same other one
            for name in order:
                if question.kind in times[name]:
                    start = time.perf_counter()
                    searchers[name].ask(question)
                    times[name][question.kind].append(time.perf_counter() - start)
    return times


@contextmanager
def _one_core() -> Iterator[None]:
    """Keep this process on one core, and no engine waiting for the garbage of another."""
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(cores)})
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
        os.sched_setaffinity(0, cores)
