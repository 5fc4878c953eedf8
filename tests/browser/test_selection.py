"""Select words of the text, and copy them with their citation or a link to them."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, Page, expect

from .accessibility import violations
from .conftest import PHONE
from .kinds import PAPER

CITATION = (
    "The State Council Information Office of the People's Republic of China, "
    "China's Policies on Asia-Pacific Security Cooperation, 11 January 2017, "
)
SELECT = """([first, start, last, stop]) => {
    const bodies = document.querySelectorAll(".paragraph p");
    const range = document.createRange();
    const at = (number, offset) => {
        const texts = document.createTreeWalker(bodies[number], NodeFilter.SHOW_TEXT);
        while (texts.nextNode()) {
            const node = texts.currentNode;
            if (node.parentElement.closest(".steps")) continue;
            if (offset <= node.length) return [node, offset];
            offset -= node.length;
        }
    };
    range.setStart(...at(first, start));
    range.setEnd(...at(last, stop));
    getSelection().removeAllRanges();
    getSelection().addRange(range);
}"""


def select(page: Page, words: str, number: int = 0) -> None:
    """Select the first occurrence of words in a paragraph of the page, by script."""
    text = (
        page.locator(".paragraph p")
        .nth(number)
        .evaluate(
            """each => {
            const copy = each.cloneNode(true);
            copy.querySelectorAll(".steps").forEach((steps) => steps.remove());
            return copy.textContent;
        }"""
        )
    )
    start = text.index(words)
    page.evaluate(SELECT, [number, start, number, start + len(words)])


def copied(page: Page) -> str:
    """Return the plain text on the clipboard."""
    return str(page.evaluate("navigator.clipboard.readText()"))


def copied_html(page: Page) -> str:
    """Return the rich text on the clipboard."""
    return str(
        page.evaluate(
            """async () => {
                const [item] = await navigator.clipboard.read();
                return (await item.getType("text/html")).text();
            }"""
        )
    )


def test_by_mouse_select_copy_paste_and_follow_the_link(scripted: Page) -> None:
    scripted.goto(f"{PAPER}/I/10")
    here = scripted.url
    box = scripted.locator(".paragraph p").bounding_box()
    assert box
    scripted.mouse.move(box["x"] + 2, box["y"] + 12)
    scripted.mouse.down()
    scripted.mouse.move(box["x"] + 300, box["y"] + 12, steps=5)
    bar = scripted.get_by_role("toolbar", name="Selected words")
    scripted.wait_for_timeout(300)
    expect(bar).to_be_hidden()  # while the mouse is down
    scripted.mouse.up()
    expect(bar).to_be_visible()
    chosen = scripted.evaluate("getSelection().toString().trim()")
    bar.get_by_role("button", name="Copy quotation").click()
    expect(scripted.get_by_role("status")).to_have_text("Copied")
    expect(bar).to_be_hidden()
    quotation = copied(scripted)
    assert quotation.startswith(f"“{chosen}” {CITATION}I, para. 10, {here}?t=")
    html = copied_html(scripted)
    assert "<i>China's Policies on Asia-Pacific Security Cooperation</i>" in html
    link, source = re.findall('<a href="([^"]+)">', html)
    assert quotation.endswith(f" (source: {source}).")
    assert link.replace("&amp;", "&") in quotation
    scripted.goto("/")
    box_to_paste = scripted.get_by_label("Search the text")
    box_to_paste.click()
    scripted.keyboard.press("Control+v")
    expect(box_to_paste).to_have_value(quotation)
    scripted.goto(link)
    expect(scripted.get_by_role("heading", level=1)).to_have_text("I ¶10")


def test_a_link_is_to_exactly_these_words(scripted: Page) -> None:
    scripted.goto(PAPER)
    select(scripted, "mutually beneficial", 1)
    scripted.get_by_role("button", name="Copy link").click()
    link = copied(scripted)
    address, _, fragment = link.partition("#:~:text=")
    assert re.search(PAPER + r"/p/p[a-z2-7]+\?t=[0-9a-f]{4}$", address)
    before, words, after = unquote(fragment).split(",")
    assert (before, words, after) == (
        "development and the-",
        "mutually beneficial",
        "-strategy of opening",
    )
    scripted.goto(link)
    expect(scripted.locator(".paragraph p")).to_contain_text(f"{before[:-1]} {words} {after[1:]}")


@pytest.mark.parametrize(
    ("words", "fragment"),
    [
        ("ina has firm", "China has firmly,-upheld and actively"),
        ("“", None),
        (" has firmly upheld ", "China-,has firmly upheld,-and actively contributed"),
        (
            "China has firmly upheld and actively contributed to international law, and regional "
            "rules and norms.",
            "China has firmly upheld and actively,law, and regional rules and norms.,"
            "-To practice the",
        ),
    ],
)
def test_a_link_names_whole_words(scripted: Page, words: str, fragment: str | None) -> None:
    scripted.goto(f"{PAPER}/I/10")
    if fragment is None:
        scripted.evaluate("getSelection().selectAllChildren(document.querySelector('h1'))")
        scripted.wait_for_timeout(400)
        expect(scripted.get_by_role("toolbar")).to_have_count(0)
        return
    select(scripted, words)
    scripted.get_by_role("button", name="Copy link").click()
    assert unquote(copied(scripted).partition("#:~:text=")[2]) == fragment


def test_several_paragraphs(scripted: Page) -> None:
    text = scripted.request.get(f"{PAPER}.txt").text()
    scripted.goto(f"{PAPER}?q=china")  # the links between marks are not part of the words
    scripted.evaluate(SELECT, [3, 20, 5, 30])
    scripted.get_by_role("button", name="Copy quotation").click()
    quotation = copied(scripted)
    words = quotation[1 : quotation.index("”")]
    assert all(line in text for line in words.split("\n"))
    assert f"” {CITATION}I, paras. 2–4, http" in quotation
    link = quotation.rpartition(" (source: ")[0].rpartition(" ")[2]
    assert f"{PAPER}#:~:text=" in link
    scripted.goto("about:blank")
    scripted.goto(link)
    scripted.wait_for_function("scrollY > 300")  # the browser goes to the words
    scripted.evaluate(SELECT, [1, 0, 2, 20])
    scripted.get_by_role("button", name="Copy quotation").click()
    assert f"” {CITATION}Preface, para. 2 to I, para. 1, http" in copied(scripted)


def test_by_keyboard_and_gone_with_escape(scripted: Page) -> None:
    scripted.goto(f"{PAPER}/I/10")
    scripted.locator(".paragraph p").dblclick(position={"x": 9, "y": 12})
    bar = scripted.get_by_role("toolbar", name="Selected words")
    expect(bar).to_be_visible()
    scripted.keyboard.press("Escape")
    expect(bar).to_be_hidden()
    scripted.keyboard.press("Control+Shift+ArrowRight")
    expect(bar).to_be_visible()
    chosen = scripted.evaluate("getSelection().toString().trim()")
    scripted.keyboard.press("Control+c")
    assert copied(scripted).strip() == chosen  # as without the bar
    scripted.keyboard.press("Tab")
    expect(bar.get_by_role("button", name="Copy quotation")).to_be_focused()
    scripted.keyboard.press("Enter")
    assert copied(scripted).startswith(f"“{chosen}” {CITATION}")
    scripted.keyboard.press("Tab")
    expect(bar.get_by_role("button", name="Copy link")).to_be_focused()
    scripted.keyboard.press("Escape")
    expect(bar).to_be_hidden()
    assert scripted.evaluate("getSelection().toString().trim()") == chosen


def test_by_touch_at_the_foot_of_the_screen(browser: Browser, address: str) -> None:
    with browser.new_context(
        base_url=address,
        has_touch=True,
        is_mobile=True,
        permissions=["clipboard-read", "clipboard-write"],
        viewport={"width": PHONE[0], "height": PHONE[1]},
    ) as visitor:
        page = visitor.new_page()
        page.goto(f"{PAPER}/I/10")
        select(page, "the Five Principles of Peaceful Coexistence")
        bar = page.get_by_role("toolbar", name="Selected words")
        expect(bar).to_be_visible()
        box = bar.bounding_box()
        assert box
        assert (box["x"], box["width"]) == (0, PHONE[0])
        assert box["y"] + box["height"] == PHONE[1]
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
        bar.get_by_role("button", name="Copy quotation").tap()
        assert copied(page).startswith("“the Five Principles of Peaceful Coexistence” The State")


def test_words_of_an_older_edition_link_to_that_edition(scripted: Page) -> None:
    scripted.goto(f"{PAPER}@1")
    select(scripted, "mutually beneficial", 1)
    scripted.get_by_role("button", name="Copy link").click()
    assert re.search(PAPER + r"@1/p/p[a-z2-7]+#:~:text=", copied(scripted))


def test_the_bar_is_accessible(browser: Browser, address: str) -> None:
    with browser.new_context(base_url=address, bypass_csp=True) as visitor:
        page = visitor.new_page()
        page.goto(PAPER)
        select(page, "mutually beneficial", 1)
        expect(page.get_by_role("toolbar")).to_be_visible()
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            assert violations(page) == []
