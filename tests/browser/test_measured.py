"""Measures of every kind of page: accessibility, validity, width, motion, keyboard, weight."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, Request

from tests.web.checker import html_faults

from .accessibility import violations
from .conftest import PHONE, WIDE
from .kinds import KINDS, STATUS, TWO

# Colours do not depend on the width: two looks measure every width and every colour. Most kinds of
# page are measured in one of them, by turns: they have the same parts as those measured in both.
LOOKS: tuple[tuple[tuple[int, int], Literal["light", "dark"]], ...] = (
    (WIDE, "light"),
    (PHONE, "dark"),
)
IN_BOTH = ("first", "results", "context", "marked", "paragraph", "help", "quoted", "changes")
LIGHT = ("document", "stylesheet", "script", "image")
WITH_BARS = ("first", "results", "context", "text", "marked", "matched", "quoted")  # and beside
# Scripts: give each control a number; and note, of each that the Tab key reaches, its number, its
# focus ring, whether it is on the screen, and whether a bar covers it.
CONTROLS = "a[href], button, input, summary, [tabindex]"
NUMBER_STOPS = """controls => [...document.querySelectorAll(controls)]
    .filter((each) => each.tabIndex >= 0 && each.checkVisibility())
    .map((each, number) => (each.dataset.stop = String(number)))"""
RECORD_STOPS = """() => {
    document.activeElement.blur();
    window.reached = [];
    const note = () => {
        const here = document.activeElement, box = here.getBoundingClientRect();
        if (!("stop" in here.dataset)) return;
        const seen = box.bottom > 0 && box.top < innerHeight && box.right > 0;
        const covered = [...document.querySelectorAll(".bar, .steps")].some((bar) =>
            getComputedStyle(bar).position === "fixed" && bar.checkVisibility()
                && !here.closest(".bar, .steps") && box.bottom > bar.getBoundingClientRect().top);
        reached.push([here.dataset.stop, getComputedStyle(here).outlineStyle, seen, covered]);
    };
    addEventListener("keyup", note, true);
}"""


@pytest.fixture(scope="module")
def measured(browser: Browser) -> Iterator[Page]:
    """One page that visits all addresses: to open a new one takes as long as most measures."""
    with browser.new_context(bypass_csp=True) as visitor:
        yield visitor.new_page()


@pytest.mark.parametrize(("turn", "kind"), list(enumerate([*KINDS, *TWO])))
def test_no_violation_of_accessibility(
    measured: Page, every: dict[str, str], turn: int, kind: str
) -> None:
    measured.goto(every[kind])
    for (width, height), scheme in LOOKS if kind in IN_BOTH else [LOOKS[turn % 2]]:
        measured.set_viewport_size({"width": width, "height": height})
        measured.emulate_media(color_scheme=scheme)
        assert (scheme, violations(measured)) == (scheme, [])


def test_no_violation_while_suggestions_are_shown(browser: Browser, address: str) -> None:
    with browser.new_context(base_url=address, bypass_csp=True) as visitor:
        page = visitor.new_page()
        page.goto("/")
        page.get_by_role("combobox").press_sequentially("security")
        page.get_by_role("group", name="In the text").wait_for()
        page.keyboard.press("ArrowDown")
        for width, height in (WIDE, PHONE):
            page.set_viewport_size({"width": width, "height": height})
            assert violations(page) == []


def test_every_page_is_valid(browser: Browser, every: dict[str, str], tmp_path: Path) -> None:
    """By the Nu Html Checker, as the server sends it."""
    with browser.new_context() as visitor:
        for kind, where in every.items():
            answer = visitor.request.get(where.partition("#")[0])
            assert (kind, answer.status) == (kind, STATUS.get(kind, 200))
            (tmp_path / f"{kind}.html").write_bytes(answer.body())
    wrong = "<!DOCTYPE html><html lang=en><title>x</title><p><div></div></p>"
    (tmp_path / "wrong.html").write_text(wrong, "utf-8")  # it finds faults where there are any
    (fault,) = html_faults(sorted(tmp_path.iterdir()))
    assert fault.startswith("wrong.html:1: No “p” element in scope")


@pytest.mark.parametrize(
    ("size", "kind"),
    [*((PHONE, kind) for kind in (*KINDS, *TWO)), *((WIDE, kind) for kind in WITH_BARS)],
)
def test_every_control_can_be_reached_by_keyboard(
    measured: Page, every: dict[str, str], size: tuple[int, int], kind: str
) -> None:
    """Each shows a focus ring, nothing covers it, and the focus can leave it again.

    What covers it is looked for at its corners: WCAG 2.2, 2.4.11 and the stricter 2.4.12.
    """
    measured.set_viewport_size({"width": size[0], "height": size[1]})
    measured.goto(every[kind])
    wanted = measured.evaluate(NUMBER_STOPS, CONTROLS)
    measured.evaluate(RECORD_STOPS)
    for _ in range(len(wanted) + 2):
        measured.keyboard.press("Tab")
    reached = measured.evaluate("reached")
    assert {stop for stop, *_ in reached} == set(wanted)
    for stop, ring, seen, covered in reached:
        assert (stop, ring, seen, covered) == (stop, "solid", True, False)


@pytest.mark.parametrize("kind", [*KINDS, *TWO])
def test_nothing_scrolls_sideways(measured: Page, every: dict[str, str], kind: str) -> None:
    """The smallest is 1280 by 1024 at 400 %, as in WCAG 2.2, 1.4.10."""
    measured.goto(every[kind])
    for width, height in (WIDE, PHONE, (320, 256), (195, 422)):  # a phone, its text magnified
        measured.set_viewport_size({"width": width, "height": height})
        assert measured.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("kind", ["results", "marked", "context", "paragraph"])
def test_nothing_moves_with_reduced_motion(browser: Browser, address: str, kind: str) -> None:
    with browser.new_context(base_url=address, reduced_motion="reduce") as visitor:
        page = visitor.new_page()
        page.goto(KINDS[kind])
        moving = page.evaluate(
            """() => [...document.querySelectorAll("*")].filter((each) => {
                const style = getComputedStyle(each);
                return style.transitionDuration !== "0s" || style.animationName !== "none"
                    || style.scrollBehavior === "smooth";
            }).length"""
        )
        assert moving == 0


@pytest.mark.parametrize(
    ("here", "style"), [("mark", "backgroundColor"), (".contents a", "outlineStyle")]
)
def test_the_place_is_told_where_colours_are_forced(
    browser: Browser, address: str, here: str, style: str
) -> None:
    with browser.new_context(base_url=address, forced_colors="active") as visitor:
        page = visitor.new_page()
        page.goto(KINDS["marked"])
        page.locator("[aria-current]").wait_for()
        looks = page.locator(here).evaluate_all(
            f"(all) => all.map((each) => getComputedStyle(each).{style})"
        )
        assert sorted(map(looks.count, set(looks))) == [1, len(looks) - 1]


@pytest.mark.parametrize("kind", ["results", "context", "text", "marked", "paragraph"])
def test_a_first_visit_is_light(browser: Browser, address: str, kind: str) -> None:
    """At most 40 kB, headers and icon included; no fonts; only the style sheet delays painting."""
    with browser.new_context(base_url=address) as visitor:
        page, asked = visitor.new_page(), list[Request]()
        page.on("request", lambda each: asked.append(each))
        page.goto(KINDS[kind], wait_until="networkidle")
        kinds = {each.resource_type for each in asked}
        assert {"document", "stylesheet", "script"} <= kinds <= {*LIGHT, "other"}
        sizes = [each.sizes() for each in asked]
        assert sum(s["responseHeadersSize"] + s["responseBodySize"] for s in sizes) <= 40_000
        assert page.locator("script[src]:not([defer])").count() == 0
