"""Kill ingest, build and start at random moments; the next start must always serve."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections import Counter

from indexer import corpus
from indexer.search.builds import current

from .scene import PAPER, PATIENCE, READY, ROOT, Place, Server, run, serving, spelled

PHASES = ("ingest", "build", "start")


class Crashes:
    """One corpus and one index that go through all kills; what each kill leaves stays."""

    def __init__(self, place: Place, seed: int) -> None:
        self.place, self.random = place, random.Random(seed)
        self.stored = 0
        run(self.place.ingest(0))
        self.ids = set(corpus.read_ledger(self.place.corpus, PAPER))

    def kill(self, phase: str, times: int) -> str:
        """Kill a phase at random moments, check after each kill, and return a summary."""
        seen: Counter[str] = Counter()
        lasts = self._until_killed(phase, PATIENCE)
        assert lasts
        self.stored += phase == "ingest"
        for _ in range(times):
            ended = self._until_killed(phase, self.random.uniform(0, 1.5 * lasts))
            seen["had ended" if ended else "killed at work"] += 1
            seen["edition stored"] += self._whole()
        return f"{phase}: {times} kills within {lasts:.2f} s: {dict(sorted(seen.items()))}"

    def _until_killed(self, phase: str, moment: float) -> float | None:
        """Start a phase and kill it after ``moment`` seconds.

        Return the seconds that it took if it ended before, else None.
        """
        if phase == "start":
            return self._start_killed(moment)
        command = self.place.build()
        if phase == "ingest":
            command = self.place.ingest(self.stored + 1)
        with subprocess.Popen(
            [sys.executable, "-c", READY.format("indexer.cli"), *command],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        ) as victim:
            assert victim.stdout
            assert victim.stdout.readline() == b"ready\n"
            begun = time.monotonic()
            try:
                victim.wait(moment)
                return time.monotonic() - begun
            except subprocess.TimeoutExpired:
                victim.kill()
                return None

    def _start_killed(self, moment: float) -> float | None:
        """Kill a start that may have to build: the index is gone, damaged or of another corpus."""
        self._spoil()
        server = Server(self.place)
        try:
            server.said("ready")
            begun = time.monotonic()
            while time.monotonic() < begun + moment:
                if "http://" in server.log:
                    return time.monotonic() - begun
                time.sleep(0.002)
            return None
        finally:
            server.kill()

    def _spoil(self) -> None:
        folder = current(self.place.index)
        kind = self.random.choice(["gone", "damaged", "as it is"])
        if kind == "gone":
            (self.place.index / "current").unlink(missing_ok=True)
        elif kind == "damaged" and folder:
            file = self.random.choice(sorted(folder.iterdir()))
            file.write_bytes(file.read_bytes()[: self.random.randrange(file.stat().st_size + 1)])

    def _whole(self) -> bool:
        """Assert that the next start serves, check passes and nothing is lost.

        Return whether an edition was added.
        """
        root = self.place.corpus
        with serving(self.place) as server:
            edition = corpus.read_document(root, PAPER).edition
            assert edition in (self.stored + 1, self.stored + 2)
            assert json.loads(server.get("/healthz"))
            found = json.loads(server.get(f"/api/search?q={spelled(edition - 1)}"))
            assert found["total"] > 0, found
        run(["check", *self.place.folders])
        ids = set(corpus.read_ledger(root, PAPER))
        assert ids >= self.ids, self.ids - ids
        for number in range(1, edition + 1):
            corpus.read_document(root, PAPER, number)
        joined = edition - 1 > self.stored
        self.ids, self.stored = ids, edition - 1
        return joined

    def end(self) -> str:
        """Assert that one more build and ingest leave two builds at most, and no leftovers."""
        run(self.place.build())
        left = sorted(each.name for each in self.place.index.iterdir())
        assert "current" in left
        assert len(left) <= 3, left
        assert not [name for name in left if name.startswith(".")], left
        run(self.place.ingest(self.stored + 1))
        hidden = [str(file) for file in self.place.corpus.rglob(".*")]
        assert hidden == [], hidden
        return f"{self.stored + 2} editions, {len(self.ids)} ids, none lost; left: {left}"
