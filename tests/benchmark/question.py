"""The questions for the engines."""

from __future__ import annotations

from dataclasses import dataclass

KINDS = ("or", "and", "phrase", "prefix", "eight")


@dataclass(frozen=True)
class Question:
    """Words that an engine is asked for; ``kind`` says how, and is one of KINDS."""

    kind: str
    words: tuple[str, ...]
