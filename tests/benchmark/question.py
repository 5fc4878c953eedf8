"""The questions for the engines."""

from __future__ import annotations

from dataclasses import dataclass

KINDS = ("or", "and", "phrase", "prefix", "eight")


@dataclass(frozen=True)
class Question:
    """Words to ask an engine for; ``kind``, one of KINDS, says how."""

    kind: str
    words: tuple[str, ...]
