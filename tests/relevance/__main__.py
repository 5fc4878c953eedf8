"""Measure ranking on a test collection: ``python -m tests.relevance DIR [--run FILE]``."""

from __future__ import annotations

import argparse
from pathlib import Path

from .measure import FORMS, measure, write_run


def main() -> None:
    """Print nDCG@10, MAP and Recall@100; write a TREC run where one is asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.relevance", description=main.__doc__)
    parser.add_argument("folder", metavar="DIR", type=Path, help="corpus.jsonl, queries.jsonl, ...")
    parser.add_argument("--run", metavar="FILE", type=Path, help="write a TREC run here")
    parser.add_argument(
        "--form", choices=FORMS, default="typed", help="how the questions are typed"
    )
    options = parser.parse_args()
    measured = measure(options.folder, options.form)
    if options.run:
        write_run(measured, options.run)
    print(f"{measured.collection.document.id}: {len(measured.run)} judged queries, {options.form}")
    for name, value in measured.figures.items():
        print(f"{name:<10} {value:.4f}")


main()
