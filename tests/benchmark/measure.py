"""Time, size and memory of engines over the same paragraphs, and how far their answers agree."""

from __future__ import annotations

import gc
import multiprocessing
import os
import statistics
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import ParamSpec, TypeVar

from .data import KINDS, Question, warm_up
from .engines import OURS, Searcher, load

# Of these all hits are compared, for each engine knows the same ones; tantivy gives those of a
# prefix no order. Of the others the TOP, for every paragraph with one of the words is a hit.
_COMPARED_WHOLE = frozenset({"and", "phrase", "prefix"})
P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True)
class Served:
    """A process that serves one engine: seconds to open it and, from there, to its first answer.

    ``memory`` is resident bytes after all questions.
    """

    opening: float
    first: float
    memory: int


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
        built[name] = _apart(_build, name, texts, folders[name])
        served[name] = _apart(_serve, name, asked, folders[name])
    searchers = {name: load(name).open_folder(folders[name]) for name in names}
    agreements = _agreements(searchers, asked)
    times = _in_turn(searchers, asked, list(warm_up(asked, texts)))
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


def _apart(function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Call a function in a process that has done nothing else."""
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=1, mp_context=spawn) as process:
        return process.submit(function, *args, **kwargs).result()


def _build(name: str, texts: Sequence[str], folder: Path) -> float:
    engine = load(name)
    start = time.perf_counter()
    engine.build(texts, folder)
    return time.perf_counter() - start


def _serve(name: str, asked: Sequence[Question], folder: Path) -> Served:
    engine = load(name)
    known = [question for question in asked if question.kind in engine.KINDS]
    start = time.perf_counter()
    searcher = engine.open_folder(folder)
    opened = time.perf_counter()
    searcher.ask(known[0])
    answered = time.perf_counter()
    for question in known:
        searcher.ask(question)
    return Served(opened - start, answered - opened, _resident())


def _resident() -> int:
    """Bytes of this process in memory; 0 where the system does not tell."""
    status = Path("/proc/self/statm")
    pages = int(status.read_text().split()[1]) if status.exists() else 0
    return pages * os.sysconf("SC_PAGE_SIZE")


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
    """For each engine an empty list for each kind of question that it can be asked."""
    return {name: {kind: [] for kind in KINDS if kind in load(name).KINDS} for name in names}


def _hits(searcher: Searcher, question: Question) -> set[int]:
    if question.kind in _COMPARED_WHOLE:
        return searcher.everything(question)
    return {shown.number for shown in searcher.ask(question)}


def _in_turn(
    searchers: Mapping[str, Searcher], asked: Sequence[Question], before: Sequence[Question]
) -> dict[str, dict[str, list[float]]]:
    """The seconds of each question by engine and kind, each asked once, the engines in turn.

    The questions ``before`` are asked untimed.
    """
    times = _by_kind(searchers)
    with _one_core():
        for question in before:
            for name in searchers:
                if question.kind in times[name]:
                    searchers[name].ask(question)
        for question in asked:
            for name in searchers:
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
