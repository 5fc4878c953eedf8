"""What was worked out lately, kept up to a number of bytes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Kept(Generic[Key, Value]):
    """Results by key, up to ``limit`` bytes; what was not asked for longest goes first.

    ``size`` gives the bytes of a result. The last result is kept even if it is over the limit by
    itself. Safe to share between threads, two of which may do the same work at the same time.
    """

    def __init__(self, size: Callable[[Value], int], limit: int) -> None:
        self._size, self._limit = size, limit
        self._results: OrderedDict[Key, Value] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def get(self, key: Key, work: Callable[[], Value]) -> Value:
        """The result for a key; it is worked out if it is not kept."""
        with self._lock:
            if key in self._results:
                self._results.move_to_end(key)
                return self._results[key]
        result = work()
        with self._lock:
            if key not in self._results:
                self._results[key] = result
                self._bytes += self._size(result)
            while self._bytes > self._limit and len(self._results) > 1:
                self._bytes -= self._size(self._results.popitem(last=False)[1])
        return result
