"""The READMEs are right: their commands run as written, and their links lead somewhere."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from indexer.search.engine import Engine
from indexer.search.results import Request
from tests.conftest import ROOT
from webapp import create_app

README = (ROOT / "README.md").read_text(encoding="utf-8")
OURS = ("corpus", "indexer", "webapp", "tests")
CONSOLE = re.findall(r"```console\n\$ (.*)\n((?:(?!```).*\n)*)```", README)


def test_there_are_examples() -> None:
    assert len(CONSOLE) >= 2


@pytest.mark.parametrize(
    ("command", "output"), [pair for pair in CONSOLE if pair[0].startswith("python")]
)
def test_a_command_prints_what_is_shown(command: str, output: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, *shlex.split(command)[1:], "--index", str(tmp_path)],
        cwd=ROOT,
        env={"COLUMNS": "80", "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout.startswith(output)


@pytest.mark.parametrize("command", [pair[0] for pair in CONSOLE if pair[0].startswith("curl")])
def test_a_request_answers_with_the_keys_shown(command: str, tmp_path: Path) -> None:
    address = shlex.split(command)[-1].split("8000", 1)[1]
    answer = create_app(ROOT / "corpus", tmp_path).test_client().get(address).get_json()
    shown = next(output for line, output in CONSOLE if line == command)
    text = json.dumps(answer)
    assert [key for key in re.findall(r'"(\w+)":', shown) if f'"{key}":' not in text] == []
    first = re.search(r'"spans": \[\[(\d+), (\d+)\]', shown)
    assert first is not None
    assert answer["hits"][0]["snippet"]["spans"][0] == [int(first[1]), int(first[2])]


def test_the_queries_of_the_table_find_something(tmp_path: Path) -> None:
    engine = Engine.open(ROOT / "corpus", tmp_path)
    table = README.split("| you type |")[1].split("\n\n")[0]
    queries = re.findall(r"`([^`]+)`", "".join(row.split("|")[1] for row in table.splitlines()[2:]))
    assert len(queries) >= 15
    for query in queries:
        text = query.replace("document:ID", f"document:{engine.documents[0].id}")
        results = engine.search(Request(text)).results
        assert results.total > 0 or results.places, query


@pytest.mark.parametrize(
    "file",
    [ROOT / "README.md", *(f for p in OURS for f in sorted((ROOT / p).rglob("README.md")))],
    ids=lambda file: file.relative_to(ROOT).as_posix(),
)
def test_links_lead_somewhere(file: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", file.read_text(encoding="utf-8"))
    assert [link for link in links if not (file.parent / link).exists()] == []


def test_every_folder_of_ours_has_a_readme() -> None:
    assert [name for name in OURS if not (ROOT / name / "README.md").is_file()] == []


def test_every_setting_is_in_the_table() -> None:
    files = [file for name in ("indexer", "webapp") for file in (ROOT / name).rglob("*.py")]
    code = "".join(file.read_text(encoding="utf-8") for file in files)
    named = set(re.findall(r'envvar="([A-Z_]+)"', code))
    assert named
    assert {name for name in named if f"`{name}`" not in README} == set()
