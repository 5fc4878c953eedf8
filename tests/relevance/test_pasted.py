"""Words pasted unchanged put their paragraph first."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.search.engine import Engine

from .pasted import LENGTHS, WAYS, share

LEAST = {3: 98.0, 5: 98.0, 8: 99.5, 12: 98.0}  # percent


@pytest.mark.parametrize("way", WAYS)
def test_the_paragraph_of_pasted_words_comes_first(
    way: str, corpus_folder: Path, tmp_path: Path
) -> None:
    engine = Engine.open(corpus_folder, tmp_path)
    shares = {length: share(engine, engine.documents[0], length, way) for length in LENGTHS}
    assert {length: each for length, each in shares.items() if each < LEAST[length]} == {}
