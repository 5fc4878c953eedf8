"""At full size: ``python -m tests.durability swap``, ``... crash``, ``... damage``."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from .crash import PHASES, Crashes
from .damage import damage
from .scene import Place
from .swap import swap


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.durability", description=__doc__)
    parser.add_argument("scene", choices=["swap", "crash", "damage"])
    parser.add_argument("--seconds", type=float, default=60, help="of the swap")
    parser.add_argument("--builds", type=int, default=20, help="of the swap")
    parser.add_argument("--threads", type=int, default=16, help="of the swap")
    parser.add_argument("--kills", type=int, default=100, help="of each phase of the crash")
    parser.add_argument("--damages", type=int, default=300, help="of the index")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if options.scene == "swap":
            seen = swap(folder, options.seconds, options.builds, options.threads)
            print(f"{seen.answers} answers, {seen.builds} builds, {len(seen.wrong)} wrong")
            print(f"by edition: {dict(sorted(seen.by_era.items()))}")
            print("\n".join(seen.wrong[:20]))
            failed = bool(seen.wrong)
        elif options.scene == "crash":
            crashes, failed = Crashes(Place(folder), options.seed), False
            for phase in PHASES:
                print(crashes.kill(phase, options.kills), flush=True)
            print(crashes.end())
        else:
            print(damage(Place(folder), options.damages, options.seed))
            failed = False
    print(f"{time.monotonic() - began:.0f} s")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
