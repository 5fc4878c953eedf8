"""Measure how well quotations are checked: ``python -m tests.quotation [DIR ...]``."""

from __future__ import annotations

import argparse
from pathlib import Path

from indexer import corpus
from tests.conftest import ROOT
from tests.relevance.collection import read

from .measure import outcomes, table
from .speed import medians


def main() -> None:
    """Print how many quotations of each kind are checked correctly, and how long it takes."""
    parser = argparse.ArgumentParser(prog="python -m tests.quotation", description=main.__doc__)
    parser.add_argument(
        "folders", metavar="DIR", type=Path, nargs="*", help="collections: corpus.jsonl, ..."
    )
    parser.add_argument("--each", type=int, default=100, help="of a kind and text (%(default)s)")
    parser.add_argument("--wrong", action="store_true", help="print what is checked wrongly")
    options = parser.parse_args()
    papers = corpus.read_documents(ROOT / "corpus")[0]
    documents = [*papers, *(read(folder).document for folder in options.folders)]
    found = outcomes(documents, options.each)
    print("\n".join(table(found)))
    for each in found:
        if options.wrong and not (each.verdict and each.paragraph):
            print(f"\n{each.drawn.kind}, of {each.drawn.paragraphs}: {each.drawn.text}")
            for part in each.parts:
                print(f"    {part.verdict}, {part.place and part.place.paragraph.id}: {part.text}")
    for name, milliseconds in medians(documents).items():
        print(f"{name}: {milliseconds:.1f} ms")


main()
