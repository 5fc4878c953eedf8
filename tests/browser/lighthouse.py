"""Run Lighthouse on the pages: ``python -m tests.browser.lighthouse`` prints its scores.

It needs Chromium, and npx, which downloads Lighthouse. Exits with 1 if a score is below its floor.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys

from tests.serving import serve

from .conftest import CHROMIUM
from .kinds import KINDS

VERSION = "13.5.0"
FLOORS = {"performance": 0.95, "accessibility": 1, "best-practices": 1, "seo": 1}
PAGES = ("results", "context", "text", "marked", "paragraph", "matched", "first", "help")
SCREENS = {"phone": (), "desktop": ("--preset=desktop",)}
TRIES = 3  # on a busy machine the start of Chromium's trace may be lost; Lighthouse advises a retry
PATIENCE = 180  # seconds for one page, most of it to start Chromium


def scores(address: str, options: tuple[str, ...]) -> dict[str, float]:
    """Return the scores of a page by category, from 0 to 1."""
    command = ["npx", "--yes", f"lighthouse@{VERSION}", address, *options, "--quiet"]
    command += ["--output=json", f"--only-categories={','.join(FLOORS)}"]
    command += ["--chrome-flags=--headless --no-sandbox"]
    environment = {**os.environ, "CHROME_PATH": str(CHROMIUM)}
    for _ in range(TRIES):
        done = subprocess.run(
            command, env=environment, stdout=subprocess.PIPE, check=False, timeout=PATIENCE
        )
        if done.returncode == 0:
            break
    done.check_returncode()
    return {name: each["score"] for name, each in json.loads(done.stdout)["categories"].items()}


def main() -> int:
    """Measure every page on both screens."""
    low = False
    print("| page |", " | ".join(FLOORS), "|")
    with serve() as served:
        for kind in PAGES:
            found = [scores(served.address + KINDS[kind], options) for options in SCREENS.values()]
            low |= any(each[name] < FLOORS[name] for each in found for name in FLOORS)
            cells = (
                ", ".join(f"{each[name]:.0%}".rstrip("%") for each in found) for name in FLOORS
            )
            print(f"| {kind} |", " | ".join(cells), "|", flush=True)
    return low


if __name__ == "__main__":
    sys.exit(main())
