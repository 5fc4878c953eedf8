"""Measure an engine in a process that has done nothing else."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import ParamSpec, TypeVar

from .engines import OURS, load
from .question import Question

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


def apart(function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Call a function in a process that has done nothing else."""
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=1, mp_context=spawn) as process:
        return process.submit(function, *args, **kwargs).result()


def build(name: str, texts: Sequence[str], folder: Path) -> float:
    """Return the seconds in which an engine indexes paragraphs in a folder."""
    engine = load(name)
    if name == OURS:  # to take documents in is no part of indexing them
        from .engines.ours import store  # in no process of the others, for its memory would count

        store(texts, folder)
    start = time.perf_counter()
    engine.build(texts, folder)
    return time.perf_counter() - start


def serve(name: str, asked: Sequence[Question], folder: Path) -> Served:
    """Open a folder that was built, and ask all questions that the engine supports."""
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
    """Return the resident bytes of this process; 0 if the system does not tell."""
    status = Path("/proc/self/statm")
    pages = int(status.read_text().split()[1]) if status.exists() else 0
    return pages * os.sysconf("SC_PAGE_SIZE")
