"""A run killed at any moment leaves the old edition or the new one, and an intact ledger."""

from __future__ import annotations

import multiprocessing
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer import corpus
from indexer.errors import CorpusError

from .tiny import FILES, SOURCE, files, matched, take_in

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot fork")


@pytest.mark.parametrize("edition", [1, 2])
def test_killed_before_any_of_its_file_operations(tmp_path: Path, edition: int) -> None:
    alone(kill_at_each_operation, tmp_path, edition)


@pytest.mark.parametrize("edition", [1, 2])
def test_killed_at_any_moment(tmp_path: Path, edition: int) -> None:
    alone(kill_at_random, tmp_path, edition)


def test_of_many_at_once_one_is_first(tmp_path: Path) -> None:
    alone(race, tmp_path, 2)


def alone(scene: Callable[[Path, int], None], root: Path, edition: int) -> None:
    """Run a scene in a process of its own, as one that may have threads must not fork."""
    script = (
        f"from pathlib import Path; from {__name__} import {scene.__name__} as scene; "
        f"scene(Path({str(root)!r}), {edition})"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def kill_at_each_operation(folder: Path, edition: int) -> None:
    fork = multiprocessing.get_context("fork")
    for step in range(100):
        root = prepared(folder / str(step), edition)
        child = fork.Process(target=take_in_until, args=(root, edition, step))
        child.start()
        child.join()
        assert_old_or_new(root, edition)
        if child.exitcode != -signal.SIGKILL:
            break
    assert child.exitcode == 0
    assert step > 20


def kill_at_random(folder: Path, edition: int) -> None:
    fork, moments = multiprocessing.get_context("fork"), random.Random(edition)
    for n in range(24):
        root = prepared(folder / str(n), edition)
        child = fork.Process(target=take_in, args=(root, edition))
        child.start()
        time.sleep(moments.uniform(0, 0.03))
        child.kill()
        child.join()
        assert_old_or_new(root, edition)


def race(root: Path, edition: int) -> None:
    fork, start = multiprocessing.get_context("fork"), time.monotonic() + 0.5
    prepared(root, edition)
    children = [fork.Process(target=take_in_at, args=(root, edition, start)) for _ in range(4)]
    for child in children:
        child.start()
    for child in children:
        child.join()
    assert sorted(child.exitcode or 0 for child in children) == [0, 3, 3, 3]
    assert corpus.check(root, "paper") == []


def prepared(root: Path, edition: int) -> Path:
    if edition == 2:
        take_in(root, 1)
    return root


def take_in_until(root: Path, edition: int, step: int) -> None:
    """Ingest an edition, and die before the file operation with this number."""
    steps = iter(range(step))

    def hook(event: str, _: tuple[object, ...]) -> None:
        if event.startswith(("open", "os.", "shutil.")) and next(steps, None) is None:
            signal.raise_signal(signal.SIGKILL)

    sys.addaudithook(hook)
    take_in(root, edition)


def take_in_at(root: Path, edition: int, moment: float) -> None:
    """Store an edition; exit with 3 if another process was first."""
    ready = matched(root, edition)
    time.sleep(max(0.0, moment - time.monotonic()))
    try:
        corpus.store(root, *ready, SOURCE)
    except CorpusError as error:
        sys.exit(3 if "Another run has stored one meanwhile" in str(error) else 1)


def assert_old_or_new(root: Path, edition: int) -> None:
    """Assert that the edition is there or nothing has changed, and that the next try succeeds."""
    names = corpus.document_ids(root) if root.exists() else ()
    assert names in ([("paper",)] if edition > 1 else [(), ("paper",)])
    if names:
        assert corpus.check(root, "paper") == []
    there = corpus.read_document(root, "paper").edition if names else 0
    assert there in (edition - 1, edition)
    if there < edition:
        take_in(root, edition)
    assert corpus.check(root, "paper") == []
    assert list(files(root)) == [name for name in FILES if edition == 2 or "2" not in name]
