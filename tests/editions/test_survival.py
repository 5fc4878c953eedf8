"""The share of links that survive a new scrape never falls below the promised one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest

from .measure import METHODS, TOUCHED, by_ledger, collection, measure, paper
from .noise import KINDS, Kind, Text, scrape

CRANFIELD = Path(__file__).parents[3] / "shared" / "collections" / "cranfield"
RIGHT = dict(zip(TOUCHED, (99.0, 98.0, 96.5), strict=True))
WRONG = 0.1


def texts_of(name: str) -> Sequence[Text]:
    if name == "paper":
        return paper()
    if not CRANFIELD.is_dir():
        pytest.skip("the Cranfield collection is not here")
    return collection(CRANFIELD)[:250]  # a sixth, in a tenth of the time


@pytest.mark.parametrize(
    ("name", "touched"), [*(("paper", share) for share in TOUCHED), ("cranfield", TOUCHED[1])]
)
def test_links_survive(name: str, touched: float) -> None:
    share = measure(texts_of(name), touched, by_ledger)
    assert share.right >= RIGHT[touched]
    assert share.wrong <= WRONG


@pytest.mark.parametrize("name", ["text hash", "heading + number", "position"])
def test_no_other_link_survives_as_well(name: str) -> None:
    texts = paper()
    assert measure(texts, 0.15, METHODS[name]).right < RIGHT[0.15]


def test_the_same_seed_is_the_same_scrape() -> None:
    one, two, other = (scrape(TINY, 0.5, Random(seed)) for seed in (1, 1, 2))
    assert one == two != other


def test_without_noise_one_section_moves() -> None:
    noisy = scrape(TINY, 0.0, Random(1))
    assert noisy.texts != tuple(TINY)
    for old, text in enumerate(TINY):
        place = noisy.truth[old]
        assert place is not None
        assert noisy.texts[place] == text


@pytest.mark.parametrize("kind", KINDS, ids=[kind.__name__ for kind in KINDS])
def test_each_kind_of_noise_touches_the_text(kind: Kind, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.editions.noise.KINDS", (kind,))
    noisy = scrape(TINY, 0.25, Random(2))
    assert set(noisy.texts) != set(TINY)
    assert (None in noisy.truth.values()) == (kind.__name__ == "delete")


TINY = [
    ("I", "Alpha beta gamma delta. Epsilon zeta eta theta."),
    ("I", 'The fish\'s non-stop swim - it finds "fins". Iota kappa lambda.'),
    ("I", "Mu nu xi omicron. Pi rho sigma tau upsilon."),
    ("II", "Phi chi psi omega. One two three."),
]
