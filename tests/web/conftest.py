"""The application over two small papers, and the ids in them."""

from __future__ import annotations

from typing import cast

import pytest
from flask import Flask
from flask.testing import FlaskClient

from webapp import create_app
from webapp.state import Library, State

from .shelf import HARBOURS, build


@pytest.fixture(scope="package")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application."""
    folder = tmp_path_factory.mktemp("shelf")
    build(folder / "corpus")
    return create_app(folder / "corpus", folder / "index")


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A client without cookies."""
    return app.test_client(use_cookies=False)


@pytest.fixture(scope="package")
def library(app: Flask) -> Library:
    """The library of the application."""
    return cast(State, app.extensions["state"]).library()


@pytest.fixture(scope="package")
def names(library: Library) -> dict[str, str]:
    """Paragraph ids of the paper on harbours, by citation, and by ``alias`` and ``gone``."""
    document = library.document(HARBOURS)
    assert document
    entries = library.ledger(document).values()
    former = {entry.status: entry.id for entry in entries if entry.status != "live"}
    return {paragraph.citation: paragraph.id for paragraph in document.paragraphs} | former
