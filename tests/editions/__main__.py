"""Print how many links survive: python -m tests.editions [FOLDER ...]

For the documents of the corpus, and for each FOLDER, a test collection in the BEIR layout.
"""

from __future__ import annotations

import sys
from pathlib import Path

from .measure import METHODS, TOUCHED, collection, measure, paper


def main(folders: list[str]) -> None:
    """Print the table, in Markdown: per cent right / per cent wrong."""
    samples = {"the paper": paper()} | {Path(name).name: collection(Path(name)) for name in folders}
    print(f"| text | paragraphs | touched | {' | '.join(METHODS)} |")
    print(f"|---|---|---|{'---|' * len(METHODS)}")
    for name, texts in samples.items():
        for touched in TOUCHED:
            shares = [measure(texts, touched, follow) for follow in METHODS.values()]
            cells = " | ".join(f"{share.right:.2f} / {share.wrong:.2f}" for share in shares)
            print(f"| {name} | {len(texts):,} | {touched:.0%} | {cells} |", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
