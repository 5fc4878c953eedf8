"""Shared by all scenes: a paper in many editions, the commands, and a real server."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.ingest.paper import PAGES, PAPER_ID
from tests.ingest.render import Variant, render

ROOT = Path(__file__).parents[2]
PAPER = PAPER_ID
PATIENCE = 120  # seconds until it must serve; it takes one, and much more on a busy machine


@dataclass(frozen=True)
class Place:
    """A folder with a corpus, its index, and pages to ingest."""

    folder: Path
    processes: int = 2  # of the server; each opens the index itself

    @property
    def corpus(self) -> Path:
        return self.folder / "corpus"

    @property
    def index(self) -> Path:
        return self.folder / "index"

    @property
    def folders(self) -> list[str]:
        return ["--corpus", str(self.corpus), "--index", str(self.index)]

    def pages(self, edition: int) -> list[str]:
        """Save the pages of an edition as a browser would. Return the files.

        Each edition has words and a paragraph that no other has.
        """
        folder = self.folder / f"pages-{edition}"
        folder.mkdir(exist_ok=True)
        mark = spelled(edition)
        texts = [list(page) for page in PAGES]
        for lines in texts[1:]:
            for at in range(1, len(lines), 4):
                lines[at] = lines[at].replace("It has two", f"The edition {mark} has two")
            lines.append(
                f"Only {mark} says this, and no other of the editions does; so says {mark}."
            )
        files = []
        for number in range(1, len(texts) + 1):
            file = folder / f"page-{number}.html"
            file.write_bytes(render(Variant(), number, "govt.chinadaily.com.cn", texts))
            files.append(str(file))
        return files

    def ingest(self, edition: int) -> list[str]:
        """Return the command that ingests an edition."""
        return ["ingest", *self.pages(edition), "--document", PAPER, *self.folders]

    def build(self) -> list[str]:
        """Return the command that builds the index."""
        return ["build", *self.folders]


def spelled(number: int) -> str:
    """Return a word for a number, unlike that of any other number."""
    return "zyx" + "".join("bcdfghklmn"[int(digit)] for digit in f"{number:03}") + "a"


def run(command: Sequence[str], code: int = 0, under: Sequence[str] = ()) -> str:
    """Run ``python -m indexer``, assert its exit code and return its output.

    ``under`` is a command that runs another command under some limit.
    """
    done = subprocess.run(
        [*under, sys.executable, "-m", "indexer", *command],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code, (command, done.stdout, done.stderr)
    assert "Traceback" not in done.stderr, done.stderr
    return done.stdout + done.stderr


# Runs a command, and prints when its modules are loaded: a kill before that breaks nothing.
READY = "import sys; from {} import main; print('ready', flush=True); sys.exit(main())"


class Server:
    """``python -m webapp`` over a place, in its own process group, with its log in a file."""

    def __init__(
        self, place: Place, under: Sequence[str] = (), options: Sequence[str] = ()
    ) -> None:
        self._log = place.folder / "server.log"
        with self._log.open("w") as log:
            self.process = subprocess.Popen(
                [
                    *under,
                    sys.executable,
                    "-c",
                    READY.format("webapp.__main__"),
                    "--port",
                    "0",
                    "--processes",
                    str(place.processes),
                    *place.folders,
                    *options,
                ],
                cwd=ROOT,
                env={**os.environ, "PYTHONUNBUFFERED": "1"},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    @property
    def log(self) -> str:
        return self._log.read_text()

    def address(self) -> str:
        """Wait until it serves, and return its address."""
        return self.said(r"http://127\.0\.0\.1:\d+")

    def said(self, pattern: str) -> str:
        """Wait until the log has a match of a pattern, and return it."""
        end = time.monotonic() + PATIENCE
        while not (found := re.search(pattern, self.log)):
            assert self.process.poll() is None, self.log
            assert time.monotonic() < end, self.log
            time.sleep(0.005)
        return found[0]

    def get(self, path: str) -> bytes:
        """Return an answer. Raise HTTPError unless it is 200."""
        headers = {"Host": "localhost"}  # pages contain it, and the port changes at each start
        request = urllib.request.Request(self.address() + path, headers=headers)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return bytes(answer.read())

    def wait_for_edition(self, number: int) -> None:
        """Wait until one of the processes serves an edition."""
        end = time.monotonic() + PATIENCE
        while json.loads(self.get("/healthz"))["documents"][0]["edition"] != number:
            assert time.monotonic() < end, self.log
            time.sleep(0.05)

    def kill(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.kill()


@contextmanager
def serving(place: Place, under: Sequence[str] = ()) -> Iterator[Server]:
    """Run a server for as long as it is used."""
    server = Server(place, under)
    try:
        server.address()
        yield server
    finally:
        server.stop()
