"""Search results on terminals of several sizes, and in a pipe."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from collections.abc import Mapping
from pathlib import Path

import click
import pytest

ESCAPE, PAGED = "\x1b[", "paged: "
PAGER = {"PAGER": f"sed 's/^/{PAGED}/'", "TERM": "xterm"}


@pytest.fixture(scope="module")
def search(root: Path, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The search command, with an index of its own."""
    index = tmp_path_factory.mktemp("index")
    command = [sys.executable, "-m", "indexer"]
    subprocess.run([*command, "build", "--index", index], cwd=root, check=True, stdout=-3)
    return [*command, "search", "--index", str(index)]


def on_a_terminal(
    command: list[str], lines: int, columns: int = 80, settings: Mapping[str, str] | None = None
) -> str:
    """Return the output of a command on a terminal of that size."""
    outer, inner = pty.openpty()
    fcntl.ioctl(inner, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
    kept = {k: v for k, v in os.environ.items() if k not in {"COLUMNS", "LINES", "NO_COLOR"}}
    environment = {**kept, "PYTHONUTF8": "1", **PAGER, **(settings or {})}
    shown = b""
    with subprocess.Popen(
        command,
        stdin=inner,
        stdout=inner,
        stderr=inner,
        env=environment,
        cwd=Path(__file__).parents[1],
    ) as running:
        os.close(inner)
        while True:
            try:
                more = os.read(outer, 65536)
            except OSError:  # raised on Linux after the last writer has closed it
                break
            if not more:
                break
            shown += more
        assert running.wait() == 0
    os.close(outer)
    return shown.decode()


@pytest.mark.parametrize(
    ("lines", "settings", "paged", "coloured"),
    [
        (200, {}, False, True),
        (10, {}, True, True),
        (10, {"NO_COLOR": "1"}, True, False),
        (200, {"NO_COLOR": "1"}, False, False),
        (10, {"NO_COLOR": ""}, True, True),
    ],
)
def test_a_terminal(
    search: list[str], lines: int, settings: dict[str, str], paged: bool, coloured: bool
) -> None:
    shown = on_a_terminal([*search, "peace"], lines, settings=settings)
    assert "17 paragraphs" in shown
    assert (PAGED in shown) == paged
    assert (ESCAPE in shown) == coloured


def test_no_line_is_wider_than_the_terminal(search: list[str]) -> None:
    for columns in (40, 60, 200):
        shown = on_a_terminal([*search, "peace"], 500, columns, {"NO_COLOR": "1"})
        hits = shown.partition("  1. ")[2].rpartition("\r\n\r\n")[0].splitlines()
        running = [line for line in hits if not line.startswith(" " * 5 + "/")]
        assert len(running) > 30
        assert max(map(len, running)) <= columns
        assert all(re.match(r" {5}\S| *\d+\. |$", line) for line in running[1:])


def test_a_pipe_gets_plain_text(search: list[str], root: Path) -> None:
    environment = {**os.environ, **PAGER, "PYTHONUTF8": "1"}
    done = subprocess.run(
        [*search, "peace"], cwd=root, env=environment, capture_output=True, text=True, check=True
    )
    assert "17 paragraphs" in done.stdout
    assert ESCAPE not in done.stdout
    assert PAGED not in done.stdout


def test_the_same_words_are_marked_as_on_the_web(search: list[str]) -> None:
    shown = on_a_terminal([*search, "code of conduct"], 200)
    for words in ("Code of Conduct", "COC"):
        assert click.style(words, fg="yellow", bold=True) in shown
