"""``python -m tests.benchmark [--sizes 100,1000] [--plot FILE]``."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from . import data
from .engines import available
from .measure import Measured, measure
from .report import plot, table

ROOT = Path(__file__).resolve().parents[2]
COLLECTIONS = ROOT.parent / "shared" / "collections"
_EACH = 100  # questions of a kind


def main() -> None:
    """Compare the time, memory and size of search engines over the same paragraphs."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark", description=main.__doc__)
    parser.add_argument("--sizes", metavar="N,N", type=_sizes, default="28,1000,10000,25000")
    parser.add_argument("--plot", metavar="FILE", type=Path, help="draw the medians here")
    parser.add_argument(
        "--collections",
        metavar="DIR",
        type=Path,
        default=COLLECTIONS,
        help="folders with a corpus.jsonl, for more sentences (default: %(default)s)",
    )
    options = parser.parse_args()
    pool = data.pool(ROOT / "corpus", options.collections)
    print(f"Paragraphs of {len(pool):,} sentences; engines: {', '.join(available())}.\n")
    found: list[Measured] = []
    for size in options.sizes:
        texts = data.paragraphs(pool, size)
        with tempfile.TemporaryDirectory() as folder:
            measured = measure(available(), texts, data.questions(texts, _EACH), Path(folder))
        print(table(measured), end="\n\n", flush=True)
        found += measured
    if options.plot:
        plot(found, options.plot)


def _sizes(text: str) -> list[int]:
    sizes = [int(size) for size in text.split(",")]
    if min(sizes) < 1:
        raise ValueError(text)
    return sizes


if __name__ == "__main__":
    main()
