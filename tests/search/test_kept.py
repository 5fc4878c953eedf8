"""Results are kept up to a number of bytes, the ones asked for last."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from indexer.search.kept import Kept


def test_what_was_not_asked_for_longest_goes_first() -> None:
    kept: Kept[str, str] = Kept(len, limit=8)
    assert kept.get("a", lambda: "aaa") == "aaa"
    assert kept.get("b", lambda: "bbb") == "bbb"
    assert kept.get("a", lambda: "new") == "aaa"
    assert kept.get("c", lambda: "ccc") == "ccc"
    assert kept.get("a", lambda: "new") == "aaa"
    assert kept.get("b", lambda: "new") == "new"


def test_one_result_over_the_limit_is_kept_alone() -> None:
    kept: Kept[str, str] = Kept(len, limit=4)
    assert kept.get("a", lambda: "a" * 9) == kept.get("a", lambda: "new") == "a" * 9
    assert kept.get("b", lambda: "b" * 9) == kept.get("b", lambda: "new") == "b" * 9
    assert kept.get("a", lambda: "new") == "new"


def test_threads_get_what_one_thread_gets() -> None:
    kept: Kept[int, list[int]] = Kept(len, limit=35)

    def ask(number: int) -> list[int]:
        return kept.get(number % 7, lambda: [number % 7] * 10)

    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(ask, range(2_000)))
    assert found == [[number % 7] * 10 for number in range(2_000)]
