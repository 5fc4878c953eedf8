"""A new index is taken up while the pages are served, and a broken one is not."""

from __future__ import annotations

import gc
import logging
import shutil
import time
from collections.abc import Callable
from itertools import cycle
from pathlib import Path
from typing import Any, cast
from weakref import ref

import pytest
from flask import Flask

from indexer import corpus
from indexer.search.folder import current
from indexer.search.index import build as build_index
from indexer.search.index import problems
from webapp import create_app
from webapp.library import Keeper, Library, library

from .shelf import HARBOURS, ROADS, build


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A corpus of one paper and its index, which is looked at all the time."""
    monkeypatch.setattr("webapp.library.LOOK_AFTER", 0.01)
    build(tmp_path / "corpus")
    (tmp_path / "corpus" / ROADS).rename(tmp_path / ROADS)
    return tmp_path


@pytest.fixture
def app(folder: Path, caplog: pytest.LogCaptureFixture) -> Flask:
    application = create_app(folder / "corpus", folder / "index")
    caplog.set_level(logging.INFO)
    caplog.clear()
    return application


def rebuild(folder: Path) -> None:
    build_index(*corpus.read_documents(folder / "corpus"), folder / "index")


def total(app: Flask, word: str = "milestone") -> int:
    return int(app.test_client().get(f"/api/search?q={word}").get_json()["total"])


def soon(met: Callable[[], bool]) -> None:
    """Wait until something is so, a second or two at most: so it is promised."""
    end = time.monotonic() + 2
    while not met():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_a_new_index_is_taken_up(folder: Path, app: Flask) -> None:
    assert total(app) == 0
    (folder / ROADS).rename(folder / "corpus" / ROADS)
    assert total(app) == 0
    rebuild(folder)
    soon(lambda: total(app) == 25)


def test_it_is_taken_up_also_when_nobody_asks(folder: Path, app: Flask) -> None:
    total(app)
    before = kept(app)
    rebuild(folder)
    soon(lambda: cast(Any, app.extensions["keeper"])._library is not before)


def test_the_old_index_is_let_go_at_once(folder: Path, app: Flask) -> None:
    """Not when garbage is collected: several libraries of old text would be held until then."""
    total(app, "harbour")
    old = ref(kept(app).engine.index.build.files["text.npy"])
    gc.disable()
    try:
        rebuild(folder)
        soon(lambda: old() is None)
    finally:
        gc.enable()


def kept(app: Flask) -> Library:
    return cast(Keeper, app.extensions["keeper"]).library()


def test_a_request_that_has_begun_goes_on_with_its_own(folder: Path, app: Flask) -> None:
    def elsewhere() -> int:
        with app.app_context():  # another request, at the same time
            return total(app)

    with app.test_request_context("/"):
        before = library()
        (folder / ROADS).rename(folder / "corpus" / ROADS)
        rebuild(folder)
        soon(lambda: elsewhere() == 25)
        assert library() is before
        assert [document.id for document in library().documents] == [HARBOURS]


def test_what_cannot_be_read_is_not_served(
    folder: Path, app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    assert total(app) == 0
    (folder / ROADS).rename(folder / "corpus" / ROADS)
    whole = corpus.read_documents(folder / "corpus")
    shutil.rmtree(folder / "corpus" / ROADS / "editions")
    build_index(*whole, folder / "index")
    soon(lambda: "still serving the old index" in caplog.text)
    time.sleep(0.1)
    assert total(app) == 0
    assert caplog.text.count("still serving the old index") == 1


def test_an_index_of_another_corpus_or_program_is_left_alone(
    folder: Path, app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    """Two servers that share an index folder by mistake do not build against each other."""
    assert total(app) == 0
    build_index((), "0" * 64, folder / "index")
    soon(lambda: "is of an older corpus" in caplog.text)
    assert total(app, "harbour") > 0
    assert problems(folder / "index", "0" * 64) == []


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "cut short": lambda content: content[: len(content) // 2],
    "emptied": lambda content: b"",
    "zeroed": lambda content: bytes(len(content)),
    "flipped": lambda content: content[:-1] + bytes([content[-1] ^ 1]),
}


def test_an_index_damaged_while_it_is_served_is_built_anew(
    folder: Path, app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    whole = total(app, "harbour")
    mark = kept(app).engine.index.build.corpus
    kinds = cycle(DAMAGES.values())
    for place in range(len(list(in_force(folder).iterdir()))):
        caplog.clear()
        damaged, before = sorted(in_force(folder).iterdir())[place], kept(app)
        damaged.write_bytes(next(kinds)(damaged.read_bytes()))
        soon(lambda before=before: kept(app) is not before)  # type: ignore[misc]
        assert f"building the index: {damaged}" in caplog.text
        assert total(app, "harbour") == whole
        assert problems(folder / "index", mark) == []


@pytest.mark.parametrize("address", ["/api/search?q=harbour", "/api/suggest?q=har", "/?q=peace"])
def test_damage_is_met_at_the_first_use_and_the_answer_is_as_ever(
    folder: Path,
    app: Flask,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    address: str,
) -> None:
    monkeypatch.setattr("webapp.library.LOOK_AFTER", 60)
    client, wanted = app.test_client(), create_app(folder / "corpus", folder / "other")
    client.get("/healthz")
    for file in in_force(folder).iterdir():
        file.write_bytes(bytes(file.stat().st_size))
    assert client.get(address).data == wanted.test_client().get(address).data
    assert "the index is damaged: " in caplog.text
    assert "building the index: " in caplog.text


def test_where_it_cannot_be_built_anew_it_says_so(
    folder: Path, app: Flask, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webapp.library.LOOK_AFTER", 60)
    app.test_client().get("/healthz")
    for file in in_force(folder).iterdir():
        file.write_bytes(b"")
    (folder / "corpus" / HARBOURS / "ledger.jsonl").write_bytes(b"")
    answer = app.test_client().get("/api/search?q=harbour")
    assert answer.status_code == 500
    assert answer.get_json()["error"]["code"] == "internal_server_error"
    assert "ledger.jsonl is damaged" in caplog.text


@pytest.mark.parametrize(
    ("file", "address"),
    [
        ("source.toml", f"/{HARBOURS}"),
        ("editions/1.json", f"/{HARBOURS}@1"),
        ("ledger.jsonl", f"/{HARBOURS}"),
    ],
)
def test_a_damaged_file_of_the_corpus_is_named_in_the_log_and_not_served(
    folder: Path, app: Flask, caplog: pytest.LogCaptureFixture, file: str, address: str
) -> None:
    damaged = folder / "corpus" / HARBOURS / file
    damaged.write_bytes(damaged.read_bytes()[:-3])
    assert app.test_client().get(address).status_code == 500
    (line,) = (line for line in caplog.messages if str(damaged) in line)
    assert "\n" not in line
    assert total(app, "harbour") > 0


def test_an_index_that_is_deleted_is_built_anew(
    folder: Path, app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    whole = total(app, "harbour")
    (folder / "index").rename(folder / "deleted")
    assert total(app, "harbour") == whole
    soon(lambda: "serving the new index" in caplog.text)
    assert "building the index: There is no index" in caplog.text
    assert total(app, "harbour") == whole
    in_force(folder).rename(folder / "deleted too")
    soon(lambda: caplog.text.count("serving the new index") == 2)
    assert total(app, "harbour") == whole


def in_force(folder: Path) -> Path:
    build = current(folder / "index")
    assert build
    return build
