"""``python -m tests.benchmark.web``: pages and JSON per second, compared with Datasette."""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import socket
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote_plus
from urllib.request import urlopen

from indexer import corpus
from tests.conftest import ROOT
from tests.serving import serve

from . import data

CONNECTIONS = 8
_DIFFERENT = 200  # questions: two words that occur together in a paragraph
_WARM = 1  # second
# What is loaded, and its address before the question, ours and Datasette's. Ten hits each.
_KINDS = (
    ("result page", "/?q=", "/paper/paragraphs?_size=10&_search="),
    ("JSON", "/api/search?q=", "/paper/paragraphs.json?_size=10&_shape=objects&_search="),
)
_SCRIPT = Path(__file__).with_name("queries.lua")
_UNITS = {"us": 1e-3, "ms": 1, "s": 1e3}


@dataclass(frozen=True)
class Load:
    """The result of a load of some seconds.

    Answers per second, milliseconds that 99 % took at most, milliseconds of processor time of each.
    """

    rate: float
    p99: float
    cost: float


@dataclass(frozen=True)
class Server:
    """The address of a server, and its processes."""

    address: str
    processes: Sequence[int]

    def worked(self) -> float:
        """Return the milliseconds of processor time used so far; 0 if the system does not tell."""
        stats = [Path(f"/proc/{process}/stat") for process in self.processes]
        fields = [stat.read_text().rpartition(")")[2].split() for stat in stats if stat.exists()]
        ticks = sum(int(each[11]) + int(each[12]) for each in fields)
        return ticks * 1000 / os.sysconf("SC_CLK_TCK")


def main() -> int:
    """Measure requests per second of the result page and of the JSON, with 8 connections."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark.web", description=main.__doc__)
    parser.add_argument("--seconds", type=int, default=4, help="of each load (%(default)s)")
    parser.add_argument(
        "--rounds", type=int, default=5, help="ours and theirs in turn (%(default)s)"
    )
    options = parser.parse_args()
    if not shutil.which("wrk"):
        print("wrk is not installed: apt-get install wrk", file=sys.stderr)
        return 1
    documents, _ = corpus.read_documents(ROOT / "corpus")
    texts = [p.text for document in documents for p in document.paragraphs]
    asked = data.questions(texts, _DIFFERENT)
    questions = [" ".join(each.words) for each in asked if each.kind == "and"]
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        served = stack.enter_context(serve())
        ours = Server(served.address, served.children())
        theirs = stack.enter_context(_datasette(texts, folder))
        print(f"{_agreement(ours.address, theirs.address, questions)}\n")
        print("| load | answers/s | p99, ms | CPU, ms | Datasette | p99, ms | CPU, ms | ratio |")
        print("|---|--:|--:|--:|--:|--:|--:|--:|")
        for kind, our_start, their_start in _KINDS:
            for name, several in (("one address", questions[:1]), ("many addresses", questions)):
                mine, other = [], []
                for _ in range(options.rounds):
                    mine.append(load(ours, our_start, several, folder, options.seconds))
                    other.append(load(theirs, their_start, several, folder, options.seconds))
                print(_row(f"{kind}, {name}", mine, other), flush=True)
    return 0


def _row(name: str, ours: Sequence[Load], theirs: Sequence[Load]) -> str:
    """Return the medians of all rounds."""
    ratio = statistics.median(a.rate / b.rate for a, b in zip(ours, theirs, strict=True))
    cells = []
    for among in (ours, theirs):
        rate, p99, cost = (
            statistics.median(getattr(each, field) for each in among)
            for field in ("rate", "p99", "cost")
        )
        cells.append(f"{rate:,.0f} | {p99:.1f} | {cost:.2f}")
    return f"| {name} | {cells[0]} | {cells[1]} | {ratio:.1f} |"


def load(server: Server, start: str, questions: Sequence[str], folder: Path, seconds: int) -> Load:
    """Ask a server the questions over and over. Raise ValueError if any answer is an error."""
    file = folder / "addresses"
    file.write_text("".join(f"{start}{quote_plus(each)}\n" for each in questions))
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", "--latency", "-s", str(_SCRIPT)]
    said, before = "", 0.0
    for time_taken in (_WARM, seconds):
        asking = [*command, f"-d{time_taken}s", server.address, "--", str(file)]
        before = server.worked()
        said = subprocess.run(asking, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in said or "Socket errors" in said:
        raise ValueError(f"{server.address}{start}\n{said}")
    slow = re.search(r"99%\s+([\d.]+)(us|ms|s)", said)
    rate = re.search(r"Requests/sec:\s+([\d.]+)", said)
    count = re.search(r"(\d+) requests in", said)
    assert slow
    assert rate
    assert count
    cost = (server.worked() - before) / int(count[1])
    return Load(float(rate[1]), float(slow[1]) * _UNITS[slow[2]], cost)


def _agreement(ours: str, theirs: str, questions: Sequence[str]) -> str:
    """Return for how many questions both find the same number of paragraphs."""
    alike = sum(
        _answer(ours + _KINDS[1][1] + quote_plus(each))["total"]
        == _answer(theirs + _KINDS[1][2] + quote_plus(each))["filtered_table_rows_count"]
        for each in questions
    )
    return f"{alike} of {len(questions)} questions find as many paragraphs with both."


def _answer(address: str) -> dict[str, int]:
    with urlopen(address) as answer:
        found: dict[str, int] = json.load(answer)
        return found


@contextmanager
def _datasette(texts: Sequence[str], folder: Path) -> Iterator[Server]:
    """Run Datasette over paragraphs in a database marked immutable, which is faster."""
    file = folder / "paper.db"
    with closing(sqlite3.connect(file)) as database:
        database.execute("CREATE TABLE paragraphs (id INTEGER PRIMARY KEY, text TEXT)")
        database.executemany("INSERT INTO paragraphs (text) VALUES (?)", [(t,) for t in texts])
        database.execute(
            "CREATE VIRTUAL TABLE paragraphs_fts USING fts5"
            '(text, content="paragraphs", content_rowid="id", tokenize="porter")'  # as it looks for
        )
        database.execute("INSERT INTO paragraphs_fts (paragraphs_fts) VALUES ('rebuild')")
        database.commit()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "datasette", "serve", "-i", str(file), "--port", str(port)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as server:
        try:
            _wait(server, port)
            yield Server(f"http://127.0.0.1:{port}", [server.pid])
        finally:
            server.terminate()


def _wait(server: subprocess.Popen[bytes], port: int) -> None:
    while server.poll() is None:
        try:
            return socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.1)
    raise OSError("Datasette did not start: pip install -r tests/benchmark/requirements.txt")


if __name__ == "__main__":
    sys.exit(main())
