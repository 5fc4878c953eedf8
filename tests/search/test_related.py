"""Which paragraphs are alike: as it is worked out in blocks of arrays, and slowly, pair by pair."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.search import related
from indexer.search.bm25 import idf, norms, saturated
from indexer.search.matching import Ints

Counts = list[dict[int, int]]  # of each paragraph: how often each family of words stands in it


def rows(counts: Counts) -> Ints:
    """Family, paragraph and count, sorted."""
    found = sorted((f, p, n) for p, each in enumerate(counts) for f, n in each.items())
    return np.array(found, np.int32).reshape(-1, 3)


def bounds(counts: Counts) -> Ints:
    """Where each paragraph begins, and where all end."""
    return np.cumsum([0, *(sum(each.values()) for each in counts)], dtype=np.int32)


def slow(counts: Counts, compared: int) -> list[dict[int, float]]:
    """How like every other paragraph is to each, as far as they share a word that is looked for."""
    spread = Counter(family for each in counts for family in each)
    found = []
    for number, each in enumerate(counts):
        tells = {f: n * worth(counts, spread[f]) for f, n in each.items() if spread[f] > 1}
        telling = sorted(tells, key=lambda f: (-tells[f], f))[: related.TELLING]
        wanted: list[int] = []
        looked = 0
        for family in sorted(telling, key=lambda f: (spread[f], telling.index(f))):
            looked += spread[family]
            if looked <= compared or not wanted:
                wanted.append(family)
        scores = {
            other: sum(tells[f] * weight(counts, spread[f], other, f) for f in wanted)
            for other in range(len(counts))
        }
        found.append({o: s / scores[number] for o, s in scores.items() if s})
    return found


def worth(counts: Counts, having: int) -> float:
    return float(idf(len(counts), having))


def weight(counts: Counts, having: int, number: int, family: int) -> float:
    norm = norms(bounds(counts))[number]
    count = np.array(counts[number].get(family, 0))
    return worth(counts, having) * float(saturated(count, norm))


def paragraphs() -> st.SearchStrategy[Counts]:
    return st.lists(
        st.dictionaries(st.integers(0, 6), st.integers(1, 4), min_size=1), min_size=1, max_size=9
    )


@given(paragraphs(), st.integers(1, 12), st.integers(1, 10))
def test_the_nearest_are_those_that_share_most_of_what_is_telling(
    counts: Counts, compared: int, block: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(related, "COMPARED", compared)
        patch.setattr(related, "_BLOCK", block)
        found = related.related(rows(counts), 7, bounds(counts))["related"]
    wanted = slow(counts, compared)
    for row, like in zip(found, wanted, strict=True):
        got = {int(n): float(x) for n, x in row if x > 0}
        most = {other: min(x, related.MOST_LIKE) for other, x in like.items()}
        assert got == pytest.approx({n: x for n, x in most.items() if x > 1e-6}, abs=1e-5)
        assert list(row["like"]) == sorted(row["like"], reverse=True)


def test_only_so_many_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(related, "NEAREST", 2)
    counts = [{0: 1}, {0: 2}, {0: 3}, {0: 3, 1: 9}]
    found = related.related(rows(counts), 2, bounds(counts))["related"]
    assert found["paragraph"].tolist() == [[2, 1]] * 4


@pytest.mark.parametrize("counts", [[], [{}], [{0: 1}], [{}, {0: 1}, {1: 1}]])
def test_nothing_is_like_what_shares_no_word(counts: Counts) -> None:
    found = related.related(rows(counts), 2, bounds(counts))
    assert not found["related"]["like"].any()
    assert (found["telling"] == -1).all()
