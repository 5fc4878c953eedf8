"""``python -m tests.campaign.fuzz page|query [SECONDS]``: find input that reaches new code.

It needs what is in ``requirements.txt`` beside it, and stops at the first input that fails.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from urllib.parse import quote_from_bytes

import atheris

with atheris.instrument_imports(include=["indexer", "webapp"]):
    from ..web.shelf import HARBOURS
    from . import test_pages, test_queries

SECONDS = "600"
LONGEST = "20"  # seconds for one input


def page(content: bytes) -> None:
    """Read any bytes at all as a page; a refusal must say which page it was."""
    for line in test_pages.said(content) or ():
        if line.startswith("no name"):
            raise AssertionError(line)


def query(content: bytes) -> None:
    """Search for any bytes at all, and mark them in the whole text."""
    for path in ("/", "/api/search", "/search.atom", f"/{HARBOURS}"):
        with test_queries.ask(path, f"q={quote_from_bytes(content)}") as answer:
            if found := test_queries.faults(answer):
                raise AssertionError(found)


SEEDS = {
    page: [html.encode() for html in test_pages.WHOLE.values()],
    query: [b'peace (coast* OR "coastal towns"~s) -heading:sails~2 section:I.1 page:1 sh?p'],
}


def main() -> None:
    """Try input until it fails, or time is up."""
    name, seconds = [*sys.argv[1:], SECONDS][:2]
    target = {"page": page, "query": query}[name]
    folder = Path(tempfile.mkdtemp())
    for number, seed in enumerate(SEEDS[target]):
        (folder / str(number)).write_bytes(seed)
    limits = [
        f"-max_total_time={seconds}",
        f"-timeout={LONGEST}",
        "-max_len=65536",
        f"-artifact_prefix={folder}/",
    ]
    atheris.Setup([sys.argv[0], *limits, str(folder)], target)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
