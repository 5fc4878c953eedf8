"""What readers do, with and without JavaScript."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from .conftest import NARROWEST, PHONE, WIDE

PAPER = "/asia-pacific-security-cooperation-2017"
FOUND = re.compile("^China has firmly upheld and actively contributed")
KINDS = {
    "first": "/",
    "results": "/?q=peace",
    "nothing": "/?q=zebra",
    "refused": "/?q=peace&page=x",
    "text": PAPER,
    "marked": f"{PAPER}?q=peace#match-2",
    "paragraph": f"{PAPER}/I/10",
    "editions": f"{PAPER}/editions",
    "edition": f"{PAPER}@1",
    "help": "/help",
    "missing": "/nothing",
}


def test_search_open_a_result_follow_its_permalink(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Search the text").fill("code of conduct")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("1 paragraph")
    hit = page.locator(".hit").first
    expect(hit.locator("mark").first).to_have_text("Conduct")
    hit.get_by_role("heading").get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("I ¶10")
    expect(page.locator(".paragraph p")).to_have_text(FOUND)
    expect(page.locator("mark").first).to_be_visible()
    page.locator("dd a").first.click()
    expect(page).to_have_url(re.compile(PAPER + "/p/p[a-z2-7]{6,}$"))
    expect(page.locator(".paragraph p")).to_have_text(FOUND)
    expect(page.locator("mark")).to_have_count(0)


def test_from_match_to_match_in_the_text(page: Page) -> None:
    page.goto(f"{PAPER}?q=peace")
    page.get_by_role("link", name="First match").click()
    steps = page.locator(".steps:visible")
    total = page.locator("mark").count()
    expect(steps).to_contain_text(f"1 of {total}")
    steps.get_by_role("link", name="Next").click()
    expect(steps).to_contain_text(f"2 of {total}")
    expect(page.locator("#match-2")).to_be_in_viewport()
    steps.get_by_role("link", name="Previous").click()
    steps.get_by_role("link", name="Last").click()
    expect(steps).to_contain_text(f"{total} of {total}")
    steps.get_by_role("link", name="Marks off").click()
    expect(page.locator("mark")).to_have_count(0)


def test_narrow_sort_and_come_back(page: Page) -> None:
    page.goto("/?q=peace")
    expect(page.get_by_role("heading", level=1)).to_contain_text("17 paragraphs")
    page.get_by_role(
        "link", name=re.compile("Improving the Regional Security Framework .*3 par")
    ).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("3 paragraphs")
    page.get_by_role("link", name="in the order of the text").click()
    numbers = [text.split("¶")[1] for text in page.locator(".cited").all_text_contents()]
    assert numbers == sorted(numbers)
    page.get_by_role("link", name="Search all sections").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("17 paragraphs")


def test_from_the_contents_to_a_section_to_a_permalink(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="2. Improving the Regional Security Framework").click()
    expect(page.get_by_role("heading", name="2. Improving the Regional")).to_be_in_viewport()
    page.get_by_role("link", name="Permalink to II.2 ¶3").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("II.2 ¶3")
    page.get_by_role("link", name="Read in context").click()
    expect(page.get_by_role("link", name="Permalink to II.2 ¶3")).to_be_in_viewport()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("size", [WIDE, PHONE, NARROWEST], ids=["wide", "phone", "narrowest"])
def test_nothing_scrolls_sideways(
    browser: Browser, address: str, kind: str, size: tuple[int, int]
) -> None:
    with browser.new_context(
        base_url=address, viewport={"width": size[0], "height": size[1]}
    ) as visitor:
        page = visitor.new_page()
        page.goto(KINDS[kind])
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


@pytest.mark.parametrize("kind", ["results", "marked", "paragraph"])
def test_print_shows_labels_and_no_marks(browser: Browser, address: str, kind: str) -> None:
    with browser.new_context(base_url=address) as visitor:
        page = visitor.new_page()
        page.goto(KINDS[kind])
        page.emulate_media(media="print")
        for unseen in ("search", ".steps", "nav[aria-label='Site']"):
            assert not any(each.is_visible() for each in page.locator(unseen).all())
        for mark in page.locator("mark").all()[:3]:
            expect(mark).to_have_css("background-color", "rgba(0, 0, 0, 0)")
        if kind == "marked":
            label = page.locator(".label").first
            expect(label).to_be_visible()
            shown = label.evaluate("each => getComputedStyle(each, '::after').content")
            assert f"{address}{PAPER}/p/p" in shown


def test_suggestions_by_keyboard(scripted: Page) -> None:
    scripted.goto("/")
    box = scripted.get_by_role("combobox", name="Search the text")
    box.press_sequentially("consul")
    options = scripted.get_by_role("option")
    expect(options.first).to_contain_text("consul")
    box.press("ArrowDown")
    chosen = options.first.text_content()
    expect(box).to_have_value(chosen or "")
    expect(options.first).to_have_attribute("aria-selected", "true")
    box.press("Escape")
    expect(box).to_have_value("consul")
    expect(options).to_have_count(0)
    box.press_sequentially("t")
    expect(options.first).to_be_visible()
    box.press("ArrowDown")
    box.press("Enter")
    expect(scripted.get_by_role("heading", level=1)).to_contain_text("paragraph")


def test_copying_a_link(scripted: Page) -> None:
    scripted.goto(f"{PAPER}/I/10")
    scripted.get_by_role("link", name="Link to copy").click()
    expect(scripted.get_by_role("status").filter(has_text="Copied")).to_be_visible()
    copied = scripted.evaluate("navigator.clipboard.readText()")
    assert re.fullmatch(rf"http://127.*{PAPER}/p/p[a-z2-7]+\?t=[0-9a-f]{{4}}", copied)


def test_keys(scripted: Page) -> None:
    scripted.goto("/?q=peace")
    scripted.keyboard.press("j")
    scripted.keyboard.press("j")
    expect(scripted.locator("#hit-2 h2 a")).to_be_focused()
    scripted.keyboard.press("k")
    expect(scripted.locator("#hit-1 h2 a")).to_be_focused()
    scripted.keyboard.press("/")
    box = scripted.get_by_role("combobox", name="Search the text")
    expect(box).to_be_focused()
    box.press_sequentially("/j")
    expect(box).to_have_value("/j")
    scripted.goto("/help")
    scripted.get_by_role("button", name="Turn the keys off").click()
    scripted.goto("/?q=peace")
    scripted.keyboard.press("/")
    expect(box).not_to_be_focused()


def test_the_contents_follow_the_text(scripted: Page) -> None:
    scripted.goto(f"{PAPER}#II.2")
    here = scripted.locator(".contents a[aria-current]")
    expect(here).to_have_text("2. Improving the Regional Security Framework")


def test_by_keyboard_alone(scripted: Page) -> None:
    scripted.goto("/?q=peace")
    scripted.keyboard.press("Tab")
    expect(scripted.get_by_role("link", name="Skip to the text")).to_be_focused()
    scripted.keyboard.press("Enter")
    expect(scripted.locator("main")).to_be_focused()
    seen = set()
    for _ in range(12):
        scripted.keyboard.press("Tab")
        seen.add(scripted.evaluate("document.activeElement.textContent.trim()"))
        outline = scripted.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline == "solid"
    assert any("¶" in text for text in seen)
