"""What a first visit to a result page loads: little, and nothing that delays the text."""

from __future__ import annotations

from functools import partial

import pytest
from playwright.sync_api import Browser

from .speed import PAGES

pytestmark = pytest.mark.slow

MAX_BYTES = 40 * 1024  # of everything sent, headers included
RESOURCES = """() => performance.getEntriesByType("resource")
  .map(each => [each.initiatorType, each.renderBlockingStatus, each.name])"""


@pytest.mark.parametrize("where", PAGES)
def test_a_first_visit_is_light(browser: Browser, address: str, where: str) -> None:
    sent: list[float] = []
    with browser.new_context(base_url=address) as visitor:  # with an empty cache
        page = visitor.new_page()
        wire = visitor.new_cdp_session(page)
        wire.send("Network.enable")
        wire.on("Network.loadingFinished", partial(_note, sent))
        page.goto(where, wait_until="networkidle")
        resources = page.evaluate(RESOURCES)
        fonts = page.evaluate("document.fonts.size")
    assert len(sent) > len(resources) >= 2
    assert sum(sent) <= MAX_BYTES
    assert fonts == 0
    assert [each for each in resources if each[:2] == ["script", "blocking"]] == []
    assert {each[2].rpartition("/")[0] for each in resources} == {f"{address}/static"}


def _note(sent: list[float], event: dict[str, float]) -> None:
    sent.append(event["encodedDataLength"])
