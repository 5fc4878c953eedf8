"""What a first visit of a result page weighs, and how soon its largest part is seen."""

from __future__ import annotations

from functools import partial

import pytest
from playwright.sync_api import Browser

MOST_BYTES = 40 * 1024  # of all that is sent, headers included
SEEN_WITHIN = 200  # milliseconds, on loopback
VISITS = 20  # at most: what else the machine does makes one slower, so the fastest counts
PAGES = ["/?q=security+cooperation", "/?q=peace&view=context"]
LARGEST = """() => new Promise(resolve =>
  new PerformanceObserver(list => resolve(list.getEntries().at(-1).startTime))
    .observe({type: "largest-contentful-paint", buffered: true}))"""
RESOURCES = """() => performance.getEntriesByType("resource")
  .map(each => [each.initiatorType, each.renderBlockingStatus, each.name])"""


@pytest.mark.parametrize("where", PAGES)
def test_a_first_visit_is_light_and_soon_seen(browser: Browser, address: str, where: str) -> None:
    seen: list[float] = []
    while len(seen) < VISITS and min(seen, default=SEEN_WITHIN) >= SEEN_WITHIN:
        with browser.new_context(base_url=address) as visitor:  # who has nothing kept
            page = visitor.new_page()
            sent: list[float] = []
            wire = visitor.new_cdp_session(page)
            wire.send("Network.enable")
            wire.on("Network.loadingFinished", partial(_note, sent))
            page.goto(where, wait_until="networkidle")
            seen.append(page.evaluate(LARGEST))
            resources = page.evaluate(RESOURCES)
            fonts = page.evaluate("document.fonts.size")
    assert len(sent) > len(resources) >= 2
    assert sum(sent) <= MOST_BYTES
    assert fonts == 0
    assert [each for each in resources if each[:2] == ["script", "blocking"]] == []
    assert {each[2].rpartition("/")[0] for each in resources} == {f"{address}/static"}
    assert min(seen) < SEEN_WITHIN
    print(f"{where}: {sum(sent):,.0f} bytes, seen in {min(seen):.0f} ms")


def _note(sent: list[float], event: dict[str, float]) -> None:
    sent.append(event["encodedDataLength"])
