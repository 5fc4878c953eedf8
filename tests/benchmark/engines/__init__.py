"""The engines compared, one module each, which builds a folder, opens it, and answers."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple, Protocol, cast

from ..question import Question

OURS = "ours"
NAMES = (OURS, "fts5", "tantivy", "bm25s", "xapian")
TOP = 10  # hits that are shown
SNIPPET = 240  # characters of a snippet, or about as many words as that
# Where Debian puts modules that no registry has, as Xapian's; after everything else.
_SYSTEM_MODULES = "/usr/lib/python3/dist-packages"


class Shown(NamedTuple):
    """A hit as it is shown: its number from 0, its text, its snippet with the words marked."""

    number: int
    text: str
    snippet: str


class Searcher(Protocol):
    """An open index."""

    def ask(self, question: Question) -> list[Shown]:
        """Return the TOP best hits of a question, best first."""

    def everything(self, question: Question) -> set[int]:
        """Return the numbers of all paragraphs that a question finds."""


class Engine(Protocol):
    """What a module of this package offers."""

    KINDS: frozenset[str]  # the kinds of questions that it can be asked

    def build(self, texts: Sequence[str], folder: Path) -> None:
        """Index paragraphs in an empty folder, so that they can be shown from there alone."""

    def open_folder(self, folder: Path) -> Searcher:
        """Return a searcher over a folder that was built."""


def available() -> tuple[str, ...]:
    """Return the names of the engines that are installed, our own first."""
    if find_spec("xapian") is None and _SYSTEM_MODULES not in sys.path:
        sys.path.append(_SYSTEM_MODULES)
    return tuple(name for name in NAMES if name in {OURS, "fts5"} or find_spec(name))


def load(name: str) -> Engine:
    """Return the engine of a name that is available."""
    available()
    return cast(Engine, import_module(f"{__name__}.{name}"))
