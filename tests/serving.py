"""The real server, on a free port."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from .conftest import ROOT

PATIENCE = 20  # seconds, on a busy machine
LONGEST = 30  # seconds until it must have stopped


@dataclass(frozen=True)
class Served:
    """A server that is listening at ``address``."""

    address: str
    process: subprocess.Popen[str]

    @property
    def port(self) -> int:
        return int(self.address.rpartition(":")[2])

    def children(self) -> list[int]:
        """Return the ids of the processes that serve."""
        own = self.process.pid
        listed = Path(f"/proc/{own}/task/{own}/children")
        if not listed.exists():
            pytest.skip("the system does not tell of processes: Linux does, in /proc")
        names = {int(pid): _command(int(pid)) for pid in listed.read_text().split()}
        return [pid for pid, command in names.items() if "spawn_main" in command]

    def stop(self) -> int:
        """Stop it as a service manager does. Return the exit code."""
        self.process.terminate()
        try:
            return self.process.wait(LONGEST)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:  # it has ended by now
        return ""


@contextmanager
def serve(*options: str, log: Path | None = None) -> Iterator[Served]:
    """Start a server, by default over the shipped corpus, with an index of its own.

    Its log is copied to a file; without one it is no longer read once the server listens.
    """
    command = [sys.executable, "-m", "webapp", "--port", "0", *options]
    with TemporaryDirectory() as folder:
        if "--index" not in options:
            command += ["--index", str(Path(folder) / "index")]
        with subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
            stderr=subprocess.PIPE,
            text=True,
        ) as server:
            assert server.stderr
            found, said = None, ""
            while not found and (line := server.stderr.readline()):
                said += line
                found = re.search(r"http://127\.0\.0\.1:\d+", line)
            assert found, said
            if log:
                threading.Thread(target=_copy, args=(server.stderr, log), daemon=True).start()
            served = Served(found[0], server)
            try:
                yield served
            finally:
                served.stop()


def _copy(lines: Iterable[str], log: Path) -> None:
    with log.open("w", encoding="utf-8", buffering=1) as file:
        file.writelines(lines)


def until(holds: Callable[[], bool]) -> bool:
    """Wait until a condition holds. Return False if it does not in time."""
    end = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True
