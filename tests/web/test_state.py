"""A new index is served as soon as it is in use, and a damaged one is not."""

from __future__ import annotations

import logging
import shutil
from pathlib import Path
from typing import cast

import pytest
from flask import Flask

from indexer import corpus
from indexer.corpus import read_documents
from indexer.search.builds import current, read_build
from indexer.search.index import build as build_index
from webapp import create_app
from webapp.state import Library, State, library

from .shelf import HARBOURS, ROADS, build


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A corpus of one paper, and its index, which is looked at for every request."""
    monkeypatch.setattr("webapp.state.LOOK_AFTER", 0)
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


def test_a_new_index_is_served(folder: Path, app: Flask) -> None:
    assert total(app) == 0
    (folder / ROADS).rename(folder / "corpus" / ROADS)
    assert total(app) == 0
    rebuild(folder)
    assert total(app) == 25


def kept(app: Flask) -> Library:
    return cast(State, app.extensions["state"]).library()


def test_a_request_keeps_its_library(folder: Path, app: Flask) -> None:
    def elsewhere() -> int:
        with app.app_context():  # another request, at the same time
            return total(app)

    with app.test_request_context("/"):
        before = library()
        (folder / ROADS).rename(folder / "corpus" / ROADS)
        rebuild(folder)
        assert elsewhere() == 25
        assert library() is before
        assert [document.id for document in library().documents] == [HARBOURS]


def test_an_unreadable_index_is_not_served(
    folder: Path, app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    assert total(app) == 0
    (folder / ROADS).rename(folder / "corpus" / ROADS)
    whole = corpus.read_documents(folder / "corpus")
    shutil.rmtree(folder / "corpus" / ROADS / "editions")
    build_index(*whole, folder / "index")
    assert total(app) == 0
    assert total(app) == 0
    assert caplog.text.count("still serving the old index") == 1


def test_an_index_after_an_unreadable_one_is_served(folder: Path, app: Flask) -> None:
    build_index((), "0" * 64, folder / "index")
    assert total(app) == 0
    (folder / ROADS).rename(folder / "corpus" / ROADS)
    rebuild(folder)
    assert total(app) == 25


def test_an_index_of_another_corpus_or_program_is_left_alone(
    folder: Path, app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    """Two servers that share an index folder by mistake do not build against each other."""
    assert total(app) == 0
    build_index((), "0" * 64, folder / "index")
    assert total(app) == 0
    assert "is of another corpus" in caplog.text
    assert total(app, "harbour") > 0
    assert read_build(folder / "index", "0" * 64)


def test_damage_makes_no_difference_while_it_is_served(
    folder: Path, app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    addresses = ("/api/search?q=harbour", "/api/suggest?q=har", "/?q=peace", f"/{HARBOURS}?q=sea")
    wanted = [app.test_client().get(address).data for address in addresses]
    for file in in_use(folder).iterdir():
        file.write_bytes(file.read_bytes()[:-1])
    assert [app.test_client().get(address).data for address in addresses] == wanted
    caplog.set_level("INFO")
    create_app(folder / "corpus", folder / "index")
    assert "is damaged" in caplog.text
    assert read_build(folder / "index", read_documents(folder / "corpus")[1])


def test_an_index_that_is_deleted_is_served_from_memory(folder: Path, app: Flask) -> None:
    whole = total(app, "harbour")
    (folder / "index").rename(folder / "deleted")
    assert total(app, "harbour") == whole
    rebuild(folder)
    assert kept(app).engine.index.build == in_use(folder).name


@pytest.mark.parametrize(
    ("file", "address"),
    [
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


def in_use(folder: Path) -> Path:
    build = current(folder / "index")
    assert build
    return build
