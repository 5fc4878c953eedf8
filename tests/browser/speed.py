"""Measure how soon a page appears: ``python -m tests.browser.speed``.

It prints the median time to the largest contentful paint of first visits, on loopback.
"""

from __future__ import annotations

import statistics
import sys

from playwright.sync_api import Browser, sync_playwright

from tests.serving import serve

from .conftest import CHROMIUM, QUIET

PAGES = ("/?q=security+cooperation", "/?q=peace&view=context")
VISITS = 15
LARGEST = """() => new Promise(resolve =>
  new PerformanceObserver(list => resolve(list.getEntries().at(-1).startTime))
    .observe({type: "largest-contentful-paint", buffered: true}))"""


def seen_after(browser: Browser, address: str) -> float:
    """Visit a page with an empty cache. Return milliseconds to its largest contentful paint."""
    with browser.new_context() as visitor:
        page = visitor.new_page()
        page.goto(address, wait_until="networkidle")
        return float(page.evaluate(LARGEST))


def main() -> int:
    """Measure every page."""
    if CHROMIUM is None:
        print("Chromium is not installed: apt-get install chromium-headless-shell", file=sys.stderr)
        return 1
    with serve() as served, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        for where in PAGES:
            times = [seen_after(browser, served.address + where) for _ in range(VISITS)]
            print(f"{where}: {statistics.median(times):.0f} ms")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
