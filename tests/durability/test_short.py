"""The scenes, shortened; ``python -m tests.durability`` runs them at full size."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from .crash import PHASES, Crashes
from .damage import damage
from .scene import ROOT, Place, run
from .swap import swap

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")


def test_every_answer_is_of_the_old_index_or_of_the_new_one(tmp_path: Path) -> None:
    seen = swap(tmp_path, seconds=1, builds=2, threads=4, taken_up=60)  # on a busy machine, too
    assert seen.wrong == []
    assert set(seen.by_era) == {0, 1}


def test_whenever_it_is_killed_the_next_start_serves(tmp_path: Path) -> None:
    crashes = Crashes(Place(tmp_path, processes=1), seed=1)
    for phase in PHASES:
        print(crashes.kill(phase, 1))
    print(crashes.end())


def test_damage_is_found_and_repaired(tmp_path: Path) -> None:
    print(damage(Place(tmp_path, processes=1), 2, seed=1))


def test_commands_at_the_same_time_do_not_harm_each_other(tmp_path: Path) -> None:
    place = Place(tmp_path)
    run(place.ingest(0))
    commands = [place.ingest(1), place.ingest(1), place.build(), place.build(), place.build()]
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "indexer", *command],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for command in commands
    ]
    ended = [(each.communicate()[0], each.returncode) for each in running]
    for said, code in ended[:2]:
        assert code == 0 or "Another run has stored one meanwhile" in said
    assert [code for _, code in ended[2:]] == [0, 0, 0]
    assert "stored edition 2" in ended[0][0] + ended[1][0]
    run(place.build())
    run(["check", *place.folders])
    assert len(list(place.index.iterdir())) == 3
