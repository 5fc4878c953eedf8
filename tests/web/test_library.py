"""A new index is taken up while the pages are served, and a broken one is not."""

from __future__ import annotations

import logging
import shutil
from pathlib import Path

import pytest
from flask import Flask

from indexer import corpus
from indexer.search.index import build as build_index
from webapp import create_app
from webapp.library import library

from .shelf import HARBOURS, ROADS, build


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A corpus of one paper and its index, which is looked at in every request."""
    monkeypatch.setattr("webapp.library.LOOK_AFTER", 0)
    build(tmp_path / "corpus")
    (tmp_path / "corpus" / ROADS).rename(tmp_path / ROADS)
    return tmp_path


@pytest.fixture
def app(folder: Path) -> Flask:
    return create_app(folder / "corpus", folder / "index")


def rebuild(folder: Path) -> None:
    root = folder / "corpus"
    build_index(corpus.read_documents(root), corpus.fingerprint(root), folder / "index")


def total(app: Flask) -> int:
    return int(app.test_client().get("/api/search?q=milestone").get_json()["total"])


def test_a_new_index_is_taken_up(folder: Path, app: Flask) -> None:
    assert total(app) == 0
    (folder / ROADS).rename(folder / "corpus" / ROADS)
    assert total(app) == 0
    rebuild(folder)
    assert total(app) == 25


def test_a_request_that_has_begun_goes_on_with_its_own(folder: Path, app: Flask) -> None:
    with app.test_request_context("/"):
        before = library()
        (folder / ROADS).rename(folder / "corpus" / ROADS)
        rebuild(folder)
        with app.app_context():  # another request, at the same time
            assert total(app) == 25
        assert library() is before
        assert [document.id for document in library().documents] == [HARBOURS]


def test_what_cannot_be_read_is_not_served(
    folder: Path, app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    assert total(app) == 0
    (folder / ROADS).rename(folder / "corpus" / ROADS)
    rebuild(folder)
    shutil.rmtree(folder / "corpus" / ROADS / "editions")
    with caplog.at_level(logging.ERROR):
        assert total(app) == 0
        assert total(app) == 0
    assert len(caplog.records) == 1
    assert "still serving the old index" in caplog.text


def test_an_index_that_is_deleted_goes_on_being_served(folder: Path, app: Flask) -> None:
    shutil.rmtree(folder / "index")
    assert app.test_client().get("/api/search?q=harbour").get_json()["total"] > 0
