"""The soak, five seconds of it."""

from __future__ import annotations

import shutil

import pytest

from .soak import soak

# A library that is not let go is a third more files with each of two builds; connections come and
# go. What is kept of words and editions is still being read after seconds, not after minutes.
MORE = 1.5


@pytest.mark.slow
def test_three_seconds_and_new_indexes_leave_nothing_behind() -> None:
    if not shutil.which("wrk"):
        pytest.skip("wrk is not installed: apt-get install wrk")
    soaked = soak(3, rebuild=1)
    assert soaked.errors == ""
    assert soaked.answers
    assert soaked.rebuilt >= 1
    memory, _, files = soaked.growth()  # threads are still being started
    assert max(memory, files) < MORE
