"""Accessibility violations in a page, found by axe-core."""

from __future__ import annotations

from importlib.resources import files

from playwright.sync_api import Page

# WCAG 2.2 A and AA, and the best practices of axe-core.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


def violations(page: Page) -> list[tuple[str, list[str]]]:
    """Return the rules that a page violates, each with the elements that do.

    Style sheets are not fetched again: only a lock of the orientation is found in them.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    options = {"resultTypes": ["violations"], "runOnly": RULES, "preload": False}
    answer = page.evaluate("options => axe.run(options)", options)
    assert len(answer["passes"]) > 15
    return [
        (each["id"], [node["html"][:120] for node in each["nodes"]])
        for each in answer["violations"]
    ]
