"""Ranking may not get worse: floors for two collections, each pinned to the exact data.

A floor is the score reached, cut to three digits. It is raised on purpose when ranking improves.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from .measure import measure

COLLECTIONS = "../shared/collections"
FLOORS = {
    "cranfield": (
        "1b9c2f9e92855309ce994fa564a93ac2a2c6e64223db7e63d118c94ec70ea946",
        {"nDCG@10": 0.406, "MAP": 0.342, "Recall@100": 0.786},
    ),
    "cisi": (
        "9644d1f948c260a51575780a09b8a6b7b978dba44611d1eac349236bab048b7a",
        {"nDCG@10": 0.445, "MAP": 0.256, "Recall@100": 0.496},
    ),
}


@pytest.mark.parametrize("name", FLOORS)
def test_ranking_reaches_its_floors(name: str, root: Path) -> None:
    folder = root / COLLECTIONS / name
    if not folder.is_dir():
        pytest.skip(f"the test collection {name} is not beside the project ({COLLECTIONS})")
    measured = measure(folder)
    fingerprint, floors = FLOORS[name]
    assert measured.collection.fingerprint == fingerprint, "other data: measure, pin, then judge"
    below = {n: measured.figures[n] for n, floor in floors.items() if measured.figures[n] < floor}
    assert below == {}
