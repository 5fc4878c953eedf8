"""Shared by all tests: the shipped corpus, the mark of slow tests, and NO_SKIPS."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

from indexer.corpus import noting
from indexer.search.builds import read_build

ROOT = Path(__file__).resolve().parent.parent
SLOW = {"browser", "campaign", "durability", "relevance"}  # take two thirds of the time
settings.register_profile("patient", deadline=None)  # no test fails for a slow machine
settings.load_profile("patient")


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's own folder."""
    return ROOT


@pytest.fixture(scope="session")
def corpus_folder() -> Path:
    """The corpus that ships."""
    return ROOT / "corpus"


def problems(index: Path, fingerprint: str) -> list[str]:
    """Return why the build in use cannot serve a corpus with this fingerprint; none if it can."""
    found: list[str] = []
    with noting(found):
        read_build(index, fingerprint)
    return found


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of the folders in SLOW."""
    for item in items:
        if SLOW.intersection(item.path.relative_to(ROOT / "tests").parts):
            item.add_marker(pytest.mark.slow)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a run with NO_SKIPS=1 if any test was skipped."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("NO_SKIPS") == "1" and reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
