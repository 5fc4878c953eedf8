"""Read ``vocabulary.toml``: names that mean the same, a group a line, for people to edit."""

from __future__ import annotations

import sys
from pathlib import Path

from ..errors import CorpusError
from .files import read_bytes

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib


def vocabulary_bytes(root: Path) -> bytes:
    """Return the vocabulary file of the corpus folder ``root``; nothing where there is none."""
    file = _file(root)
    return read_bytes(file) if file.exists() else b""


def read_vocabulary(root: Path) -> tuple[tuple[str, ...], ...]:
    """Return each group of names that mean the same, in the order of the file.

    Raise CorpusError for a faulty line: one that is not TOML, or not a name and a list of other
    names, or that repeats a name.
    """
    groups = []
    lines: dict[str, int] = {}  # in which each name is
    for number, line in enumerate(vocabulary_bytes(root).splitlines(), start=1):
        try:
            group = _group(line.decode())
            for name in group:
                if lines.setdefault(name.casefold(), number) != number:
                    raise ValueError(f"“{name}” is already in line {lines[name.casefold()]}")
        except ValueError as error:
            reason = str(error).partition(" (at ")[0]  # of the line, which TOML takes for a file
            raise CorpusError(
                f"{_file(root)}, line {number}: {reason}. Mend it by hand."
            ) from error
        groups.append(group)
    return tuple(filter(None, groups))


def _file(root: Path) -> Path:
    return root / "vocabulary.toml"


def _group(line: str) -> tuple[str, ...]:
    """Return the names of a line; none for a comment. Raise ValueError for any other line."""
    for name, others in tomllib.loads(line).items():
        names = (name, *others) if isinstance(others, list) else ()
        if not names or not all(isinstance(n, str) and any(map(str.isalnum, n)) for n in names):
            raise ValueError('this is not "Name" = ["other name", "another"]')
        return names
    return ()
