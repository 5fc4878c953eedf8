"""The command line, run as users run it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from indexer.cli import main
from tests.ingest.paper import SAVED_PAGE_1

PAPER = "asia-pacific-security-cooperation-2017"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cli") / "index"


def run(root: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "indexer", *arguments],
        cwd=root,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def in_process(*arguments: str, **environment: str) -> Result:
    """Run a command that needs no process of its own."""
    return CliRunner().invoke(main, arguments, prog_name="python -m indexer", env=environment)


@pytest.mark.parametrize("command", ["ingest", "build", "search", "quote", "check", ""])
def test_every_command_helps(command: str) -> None:
    done = in_process(*filter(None, [command]), "--help")
    assert done.exit_code == 0
    assert f"Usage: python -m indexer {command}".rstrip() in done.stdout


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ([], "Usage: python -m indexer [OPTIONS] COMMAND"),
        (["find", "x"], "No such command 'find'"),
        (["search"], "Missing argument 'WORDS...'"),
        (["search", "rights", "-law"], "Put words that begin with a hyphen after --."),
        (["search", "x", "--limit", "0"], "0 is not in the range 1<=x<=200"),
        (["search", "x", "--limit", "201"], "201 is not in the range 1<=x<=200"),
        (["search", "x", "--limit", "many"], "--limit"),
        (["ingest", "--delay", "-1"], "is not in the range 0<=x<=3600"),
        (["ingest", "--document", ""], "is not a document id"),
        (["ingest", "--document", "about"], "is not a document id"),
        (["ingest", "--copies", "a.html"], "Give only one of --copies, --offline"),
        (["ingest", "--copies", "--offline"], "Give only one of --copies, --offline"),
    ],
)
def test_wrong_usage_is_2_and_says_why(arguments: list[str], reason: str) -> None:
    done = in_process(*arguments)
    assert done.exit_code == 2
    assert reason in done.stderr


def test_build_then_check(root: Path, index: Path) -> None:
    built = run(root, "build", INDEX_DIR=str(index))
    assert (built.returncode, built.stderr) == (0, "")
    assert "28 paragraphs of 1 document\n" in built.stdout
    checked = run(root, "check", "--index", str(index))
    assert (checked.returncode, checked.stderr) == (0, "")
    assert f"{PAPER}: valid, edition 1, 28 paragraphs, page 1 of 3" in checked.stdout
    assert f"{index}: valid and up to date" in checked.stdout


def test_what_was_stored_is_served_although_another_paper_failed(
    root: Path, tmp_path: Path
) -> None:
    shutil.copytree(root / "corpus", tmp_path / "corpus")
    folders = {"CORPUS_DIR": str(tmp_path / "corpus"), "INDEX_DIR": str(tmp_path / "index")}
    assert run(root, "ingest", str(SAVED_PAGE_1), "--document", "b", **folders).returncode == 0
    next((tmp_path / "corpus" / "b" / "snapshots").glob("*/*")).unlink()
    shutil.rmtree(tmp_path / "index")
    done = run(root, "ingest", "--offline", **folders)
    assert done.returncode == 1
    assert f"{PAPER}: unchanged" in done.stdout
    assert "b: " in done.stderr
    assert (tmp_path / "index" / "current").exists()


def test_check_misses_an_index(tmp_path: Path) -> None:
    done = in_process("check", INDEX_DIR=str(tmp_path / "none"))
    assert done.exit_code == 1
    assert "There is no index" in done.stderr
    assert "python -m indexer build" in done.stderr


def test_search_prints_what_was_found(root: Path, index: Path) -> None:
    done = run(root, "search", "code", "of", "conduct", INDEX_DIR=str(index), COLUMNS="80")
    assert (done.returncode, done.stderr) == (0, "")
    assert "1 paragraph for “code of conduct”" in done.stdout
    assert "1. I ¶10, page 1" in done.stdout
    assert "page 1 of 3" in done.stdout
    assert "\x1b" not in done.stdout  # a pipe has no colours
    assert max(map(len, done.stdout.split("\n\n")[1].splitlines()[1:])) <= 80


def test_search_says_how_many_more_it_found(index: Path) -> None:
    done = in_process("search", "peace", INDEX_DIR=str(index))
    assert "7 more of these: add --limit 17" in done.stdout


def test_search_says_that_what_it_found_is_not_all(index: Path) -> None:
    done = in_process("search", '"peace law"', INDEX_DIR=str(index))
    assert "3 paragraphs with words from your search" in done.stdout
    assert "Nothing matches exactly what you typed." in done.stdout


@pytest.mark.parametrize("words", ["--apart", "--some"])
def test_search_finds_no_more_and_says_so(index: Path, words: str) -> None:
    done = in_process("search", "peace", words, "--document", PAPER.upper(), INDEX_DIR=str(index))
    assert f"Nothing more found for “peace”, in {PAPER}" in done.stdout


def test_search_finds_nothing_and_says_so(index: Path) -> None:
    done = in_process("search", "secruity", INDEX_DIR=str(index))
    assert done.exit_code == 0
    assert "Nothing found for “secruity”" in done.stdout
    assert "“secruity” does not occur in the available text." in done.stdout
    assert "Did you mean: security" in done.stdout


def test_search_json_is_the_promised_object(index: Path) -> None:
    done = in_process("search", "--json", "--limit", "2", "security", INDEX_DIR=str(index))
    found = json.loads(done.stdout)
    assert set(found) >= {"query", "total", "page", "pages", "suggestion", "hits", "facets"}
    assert len(found["hits"]) == 2
    hit = found["hits"][0]
    assert set(hit) >= {"id", "document", "section", "number", "page", "url", "score", "heading"}
    assert hit["text"]
    words = [hit["snippet"]["text"][a:b].lower() for a, b in hit["snippet"]["spans"]]
    assert words
    assert set(words) <= {"security", "secure"}


@pytest.mark.parametrize("section", ["ii", "2"])
def test_search_in_a_section(index: Path, section: str) -> None:
    done = in_process("search", "--json", "--section", section, "security", INDEX_DIR=str(index))
    sections = {hit["section"] for hit in json.loads(done.stdout)["hits"]}
    assert sections == {"II", "II.1", "II.2"}


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--section", "4"], "The section “IV. China's Positions"),
        (["--section", "IX"], "There is no section IX in the available text."),
        (
            ["--document", "none"],
            "There is no document “none”. python -m indexer check lists them.",
        ),
        (["--document", PAPER, "--section", "II.9"], "There is no section II.9 in the"),
    ],
)
def test_a_search_in_what_does_not_exist_is_2(
    index: Path, corpus_folder: Path, arguments: list[str], reason: str
) -> None:
    folders = ["--corpus", str(corpus_folder), "--index", str(index)]
    done = in_process("search", "peace", *folders, *arguments)
    assert done.exit_code == 2
    assert reason in done.stderr


def test_a_query_over_a_limit_is_1_and_says_why(index: Path) -> None:
    done = in_process("search", "x" * 4001, INDEX_DIR=str(index))
    assert done.exit_code == 1
    assert "4,001 characters; the limit is 4,000" in done.stderr


def test_a_corpus_that_is_not_there(root: Path, tmp_path: Path) -> None:
    done = run(root, "build", CORPUS_DIR=str(tmp_path / "none"), INDEX_DIR=str(tmp_path))
    assert done.returncode == 1
    assert str(tmp_path / "none") in done.stderr
    assert "Traceback" not in done.stderr


def test_ingest_offline_changes_nothing(root: Path, tmp_path: Path, corpus_folder: Path) -> None:
    done = run(root, "ingest", "--offline", INDEX_DIR=str(tmp_path))
    assert done.returncode == 0
    assert "unchanged (edition 1: 28 paragraphs, page 1 of 3)" in done.stdout
    assert "control.The" in done.stdout


def test_a_closed_pipe_is_no_error(root: Path, index: Path) -> None:
    command = [sys.executable, "-m", "indexer", "search", "peace", "--index", str(index)]
    with subprocess.Popen(
        command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as search:
        assert search.stdout
        assert search.stderr
        search.stdout.close()  # before the process has started to write
        assert search.stderr.read() == b""
    assert search.returncode == 0


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT for one process")
def test_ctrl_c_stops_with_1_and_a_message(root: Path, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        command = [sys.executable, "-m", "indexer", "ingest", address, "--corpus", str(tmp_path)]
        with subprocess.Popen(
            command,
            cwd=root,
            stderr=subprocess.PIPE,
            text=True,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # if run by "&"
        ) as ingest:
            with silent.accept()[0]:  # it waits for an answer
                ingest.send_signal(signal.SIGINT)
                assert ingest.wait(60) == 1
            assert ingest.stderr
            assert "Stopped. What was stored before is unchanged." in ingest.stderr.read()


TRUE = "China is committed to promoting peace and stability in this region."


@pytest.mark.parametrize(
    ("text", "code", "lines"),
    [
        (TRUE, 0, ["verbatim: Preface ¶2, /", f"“{TRUE}”"]),
        (
            TRUE.replace("is ", "is not "),
            1,
            ["altered: Preface ¶2", "the text does not have “not” here."],
        ),
        (TRUE.replace("this", "that"), 1, ["text: “this”, quotation: “that”"]),
        (TRUE.replace("peace and ", ""), 1, ["left out: “peace and”"]),
        (TRUE.replace("stability", "lasting stability"), 1, ["not in the text: “lasting”"]),
        ("Grass grows on the roofs of long houses.", 1, ["absent: no paragraph"]),
        ("…", 2, ["There is nothing to check."]),
    ],
)
def test_quote(index: Path, text: str, code: int, lines: list[str]) -> None:
    done = in_process("quote", *text.split(" "), INDEX_DIR=str(index))
    assert done.exit_code == code
    for line in lines:
        assert line in done.stdout + done.stderr


def test_what_a_terminal_cannot_show_is_escaped(root: Path, index: Path) -> None:
    done = run(root, "search", "peace", INDEX_DIR=str(index), PYTHONIOENCODING="iso8859-5")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(r"17 paragraphs for \u201cpeace\u201d")


def test_quote_reads_standard_input_and_prints_json(index: Path) -> None:
    done = CliRunner().invoke(main, ["quote", "--json", "--index", str(index)], input=TRUE)
    assert done.exit_code == 0
    answer = json.loads(done.stdout)
    assert (answer["quote"], answer["verdict"]) == (TRUE, "verbatim")
    assert [part["citation"] for part in answer["parts"]] == ["Preface ¶2"]


def test_quote_refuses_what_is_not_in_utf_8(index: Path) -> None:
    done = CliRunner().invoke(main, ["quote", "--index", str(index)], input=b"peace \xff")
    assert (done.exit_code, "TEXT is not in UTF-8" in done.output) == (2, True)
