"""A real server on a free port, and a real browser."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.serving import serve
from tests.web.shelf import build

from .kinds import KINDS, TWO

CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDE, PHONE = (1280, 900), (390, 844)


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """The address of a server over the shipped corpus, for all tests."""
    with serve("--processes", "1") as served:
        yield served.address


@pytest.fixture(scope="session")
def every(address: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The address of a page of each kind."""
    corpus = tmp_path_factory.mktemp("shelf") / "corpus"
    build(corpus)
    with serve("--corpus", str(corpus), "--processes", "1") as two:
        yield {kind: address + path for kind, path in KINDS.items()} | {
            kind: two.address + path for kind, path in TWO.items()
        }


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Headless Chromium."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed: apt-get install chromium-headless-shell")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield running
        running.close()


@pytest.fixture(params=["with JavaScript", "without JavaScript"])
def context(
    request: pytest.FixtureRequest, browser: Browser, address: str
) -> Iterator[BrowserContext]:
    """A visitor with a wide screen, with and without JavaScript."""
    scripts = request.param == "with JavaScript"
    with browser.new_context(
        base_url=address,
        java_script_enabled=scripts,
        viewport={"width": WIDE[0], "height": WIDE[1]},
    ) as visitor:
        yield visitor


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page of that visitor; the test fails if its console logs an error."""
    errors: list[str] = []
    opened = context.new_page()
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
    yield opened
    assert errors == []


@pytest.fixture
def scripted(browser: Browser, address: str) -> Iterator[Page]:
    """A page with JavaScript and access to the clipboard."""
    with browser.new_context(
        base_url=address,
        permissions=["clipboard-read", "clipboard-write"],
        viewport={"width": WIDE[0], "height": WIDE[1]},
    ) as visitor:
        yield visitor.new_page()
