"""Data flows one way: which module may import which."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

# The rooms of the house, and the rooms that each may use. Longer names go first.
MAY_USE = {
    "indexer.errors": set(),
    "indexer.model": set(),
    "indexer.text": set(),
    "indexer.diff": {"indexer.model", "indexer.text"},
    "indexer.storage": set(),
    "indexer.corpus": {
        "indexer.model",
        "indexer.errors",
        "indexer.text",
        "indexer.diff",
        "indexer.storage",
    },
    "indexer.ingest": {
        "indexer.model",
        "indexer.errors",
        "indexer.text",
        "indexer.diff",
        "indexer.corpus",
    },
    "indexer.search": {"indexer.model", "indexer.errors", "indexer.storage", "indexer.corpus"},
    "indexer.quotation": {"indexer.model", "indexer.errors", "indexer.search"},
    "indexer.terminal": {"indexer.model", "indexer.search", "indexer.quotation"},
    "indexer.options": set(),
    "indexer.cli": {
        "indexer.options",
        "indexer.model",
        "indexer.errors",
        "indexer.text",
        "indexer.diff",
        "indexer.corpus",
        "indexer.ingest",
        "indexer.search",
        "indexer.quotation",
        "indexer.terminal",
    },
    "indexer.__main__": {"indexer.cli"},
    "indexer": set(),
    "webapp": {
        "indexer.options",
        "indexer.model",
        "indexer.errors",
        "indexer.text",
        "indexer.diff",
        "indexer.corpus",
        "indexer.search",
        "indexer.quotation",
    },
}
# Whoosh's index is met in these modules alone; its stop list is data.
MEET_WHOOSH = {"indexer.search.index", "indexer.search.analysis"}
# These read a query and a text, and know no index folder.
KNOW_NO_INDEX = {"query", "parse", "spans", "field", "lexicon", "analysis"}


def modules(root: Path) -> Iterator[tuple[str, Path]]:
    for package in ("indexer", "webapp"):
        for file in sorted((root / package).rglob("*.py")):
            parts = file.relative_to(root).with_suffix("").parts
            yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), file


def imports(name: str, file: Path) -> Iterator[str]:
    """Return the full names of the modules that a module imports."""
    package = name if file.name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package.split(".")[: len(package.split(".")) - node.level + 1]
            start = ".".join(base if node.level else []) if node.level else ""
            source = ".".join(filter(None, (start, node.module or "")))
            yield source
            if not node.module or source in {"indexer", "webapp"}:
                yield from (f"{source}.{alias.name}" for alias in node.names)


def room(name: str) -> str:
    """Return the part of the project that a module belongs to; empty for foreign modules."""
    return next((r for r in MAY_USE if name == r or name.startswith(r + ".")), "")


def test_every_module_uses_only_the_rooms_that_it_may(root: Path) -> None:
    wrong = []
    for name, file in modules(root):
        for used in imports(name, file):
            if used == "indexer" or room(used) in {"", room(name), *MAY_USE[room(name)]}:
                continue
            wrong.append(f"{name} imports {used}")
    assert wrong == []


def test_whoosh_is_met_in_few_places(root: Path) -> None:
    met = {n for n, f in modules(root) if any(i.split(".")[0] == "whoosh" for i in imports(n, f))}
    assert met == MEET_WHOOSH


@pytest.mark.parametrize("name", sorted(KNOW_NO_INDEX))
def test_queries_and_highlights_know_no_index(root: Path, name: str) -> None:
    file = root / "indexer" / "search" / f"{name}.py"
    used = set(imports(f"indexer.search.{name}", file))
    assert not used & {"indexer.search.index", "indexer.search.engine", "indexer.corpus"}


def test_no_two_modules_have_the_same_name(root: Path) -> None:
    names = Counter(file.stem for _, file in modules(root))
    assert {n for n, count in names.items() if count > 1} == {"__init__", "__main__"}


def test_no_module_is_longer_than_one_can_hold_in_the_head(root: Path) -> None:
    long = {n: len(f.read_text("utf-8").splitlines()) for n, f in modules(root)}
    assert {name: lines for name, lines in long.items() if lines > 350} == {}
