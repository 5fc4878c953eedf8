"""``python -m tests.benchmark.soak``: does the server grow while it answers for a long time?"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote_plus

from indexer import corpus
from tests.conftest import ROOT
from tests.serving import serve

from . import data

CONNECTIONS = 4
GROWN = 1.05  # of memory in the second half: what is kept of words and editions is kept by then
_SAMPLES = 120  # in all
_DIFFERENT = 200  # questions of each kind: the paper has not many more prefixes
_OFTEN = 0.2  # seconds between two samples at least
_SCRIPT = Path(__file__).with_name("queries.lua")


@dataclass(frozen=True)
class Sample:
    """What all serving processes hold together: MB resident, threads, open files."""

    memory: float
    threads: int
    files: int


@dataclass(frozen=True)
class Soaked:
    """What was measured, in order, and what was answered meanwhile."""

    samples: Sequence[Sample]
    answers: int
    errors: str
    rebuilt: int

    def growth(self) -> tuple[float, ...]:
        """Return memory, threads and files in the last quarter relative to the second: 1 is equal.

        The first quarter is left out, as caches fill then.
        """
        quarter = len(self.samples) // 4
        before, after = (
            [statistics.median(column) for column in zip(*map(astuple, among), strict=True)]
            for among in (self.samples[quarter : 2 * quarter], self.samples[-quarter:])
        )
        return tuple(b / a for a, b in zip(before, after, strict=True))


def main() -> int:
    """Load the server with all kinds of addresses, rebuild its index now and then, and measure."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmark.soak", description=main.__doc__
    )
    parser.add_argument("--minutes", type=float, default=10, help="how long (%(default)s)")
    parser.add_argument("--rebuild", type=float, default=20, help="seconds between two builds")
    options = parser.parse_args()
    if not shutil.which("wrk"):
        print("wrk is not installed: apt-get install wrk", file=sys.stderr)
        return 1
    soaked = soak(options.minutes * 60, options.rebuild)
    tenth = max(len(soaked.samples) // 10, 1)
    print("| minutes | memory, MB | threads | open files |\n|--:|--:|--:|--:|")
    for number, sample in enumerate(soaked.samples[::tenth]):
        minutes = number * tenth * options.minutes / len(soaked.samples)
        print(f"| {minutes:.1f} | {sample.memory:.1f} | {sample.threads} | {sample.files} |")
    memory, threads, files = soaked.growth()
    print(f"\n{soaked.answers:,} answers, {soaked.rebuilt} new indexes. {soaked.errors}")
    print(f"Second quarter to last: memory {memory:.3f}, threads {threads:.2f}, files {files:.2f}.")
    return int(bool(soaked.errors) or memory > GROWN or max(threads, files) > 1)


def soak(seconds: float, rebuild: float) -> Soaked:
    """Load a server for some seconds; its index is rebuilt every ``rebuild`` seconds."""
    with TemporaryDirectory() as folder:
        index, addresses = Path(folder) / "index", Path(folder) / "addresses"
        addresses.write_text("".join(f"{each}\n" for each in _addresses()))
        build = [sys.executable, "-m", "indexer", "build", "--index", str(index)]
        command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds:.0f}s", "--timeout", "10s"]
        with serve("--index", str(index)) as served:
            children = served.children()
            loading = subprocess.Popen(
                [*command, "-s", str(_SCRIPT), served.address, "--", str(addresses)],
                stdout=subprocess.PIPE,
                text=True,
            )
            samples, rebuilt, began = [], 0, time.monotonic()
            while loading.poll() is None:
                if time.monotonic() - began > rebuild * (rebuilt + 1):
                    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
                    rebuilt += 1
                samples.append(sample(children))
                time.sleep(max(seconds / _SAMPLES, _OFTEN))
            said = loading.communicate()[0].splitlines()
    answers = next(int(line.split()[0]) for line in said if " requests in " in line)
    errors = " ".join(line.strip() for line in said if "Non-2xx" in line or "errors" in line)
    return Soaked(samples, answers, errors, rebuilt)


def sample(processes: Sequence[int]) -> Sample:
    """Return what some processes hold together. Raise FileNotFoundError if one has ended."""
    folders = [Path("/proc") / str(process) for process in processes]
    pages = sum(int((folder / "statm").read_text().split()[1]) for folder in folders)
    return Sample(
        memory=pages * os.sysconf("SC_PAGE_SIZE") / 1e6,
        threads=sum(len(list((folder / "task").iterdir())) for folder in folders),
        files=sum(len(list((folder / "fd").iterdir())) for folder in folders),
    )


def _addresses() -> Iterator[str]:
    """Yield every kind of page and answer, over and over with other questions."""
    documents, _ = corpus.read_documents(ROOT / "corpus")
    texts = [paragraph.text for document in documents for paragraph in document.paragraphs]
    keys = [(document.id, each.id) for document in documents for each in document.paragraphs]
    for number, question in enumerate(data.questions(texts, _DIFFERENT)):
        asked = quote_plus(" ".join(question.words))
        name, key = keys[number % len(keys)]
        yield from (f"/?q={asked}", f"/api/search?q={asked}", f"/?view=context&q={asked}")
        yield from (f"/{name}?q={asked}", f"/{name}/p/{key}?q={asked}", f"/search.atom?q={asked}")
        yield from ("/", f"/{name}/editions", f"/api/suggest?q={asked[:4]}", "/healthz")


if __name__ == "__main__":
    sys.exit(main())
