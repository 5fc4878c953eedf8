"""Journeys of readers, with and without JavaScript."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

from .conftest import PHONE
from .kinds import KINDS, PAPER

FOUND = re.compile("^China has firmly upheld and actively contributed")


def test_search_open_a_result_follow_its_permalink(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Search the text").fill("code of conduct")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("1 paragraph")
    hit = page.locator(".hit").first
    expect(hit.locator("mark").first).to_have_text("Code of Conduct")
    hit.get_by_role("link", name=re.compile("Policies.* I ¶10 .*Code of Conduct")).click()
    expect(page).to_have_url(re.compile(PAPER + r"\?q=code\+of\+conduct#match-1"))
    expect(page.locator("#match-1")).to_be_in_viewport()
    page.go_back()
    hit.get_by_role("link", name="Permalink to I ¶10").click()
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
    place, here = page.evaluate("scrollY"), page.url
    page.get_by_label("Marks").uncheck()
    for mark in (page.locator("mark").first, page.locator("mark:target")):
        expect(mark).to_have_css("background-color", "rgba(0, 0, 0, 0)")
    assert (page.evaluate("scrollY"), page.url) == (place, here)
    page.get_by_label("Marks").check()
    expect(page.locator("mark").first).not_to_have_css("background-color", "rgba(0, 0, 0, 0)")


def test_a_narrowed_search_stays_narrowed_in_the_text(page: Page) -> None:
    search = "q=security&section=II&sort=position&page=2"
    page.goto(f"{PAPER}?q=security")
    everywhere = page.locator("mark").count()
    counts = page.locator(".contents .count").all_text_contents()
    page.goto(f"{PAPER}?{search}")
    total = page.locator("mark").count()
    assert 0 < total < everywhere
    assert page.locator("section[aria-labelledby^='II'] mark").count() == total
    narrowed = page.locator(".contents .count").all_text_contents()
    assert (narrowed[0], narrowed) == (f"{total} matches", counts[-len(narrowed) :])
    page.get_by_role("link", name="First match").click()
    expect(page.locator(".steps:visible")).to_contain_text(f"1 of {total} · II ¶1 · “security”")
    results = page.get_by_role("link", name="Results")
    expect(results).to_have_attribute("href", re.compile(re.escape(f"/?{search}#p")))
    page.get_by_role("link", name="Permalink to II ¶1").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("II ¶1")
    page.locator(".actions").get_by_role("link", name="In the text").click()
    assert page.locator("mark").count() == total


def test_reading_hits_is_one_step_of_the_history(scripted: Page) -> None:
    """And "Results" leads back to the results as they were left."""
    results = "/?q=security&section=II&sort=position"
    scripted.goto(results)
    scripted.evaluate("scrollTo(0, 400)")
    scripted.wait_for_function("scrollY > 300")
    place = scripted.evaluate("scrollY")
    scripted.evaluate("where => { location.href = where; }", f"{PAPER}{results[1:]}#match-2")
    steps = scripted.locator(".steps:visible")
    expect(steps).to_contain_text("2 of ")
    length = scripted.evaluate("history.length")
    for key, number in (("j", 3), ("j", 4), ("k", 3)):
        scripted.keyboard.press(key)
        expect(steps).to_contain_text(f"{number} of ")
    steps.get_by_role("link", name="Next").click()
    expect(steps).to_contain_text("4 of ")
    tab_to(scripted, steps.get_by_role("link", name="Next"))
    for number in (5, 6, 7):  # the focus goes along
        scripted.keyboard.press("Enter")
        expect(steps).to_contain_text(f"{number} of ")
    assert scripted.evaluate("history.length") == length
    scripted.get_by_role("link", name="2. Improving the Regional").click()
    scripted.get_by_role("link", name="Results").click()
    expect(scripted).to_have_url(re.compile(re.escape(results) + "$"))
    scripted.wait_for_function("place => Math.abs(scrollY - place) < 5", arg=place)


def test_the_foot_of_a_phone(browser: Browser, address: str) -> None:
    with browser.new_context(
        base_url=address, has_touch=True, viewport={"width": PHONE[0], "height": PHONE[1]}
    ) as visitor:
        page = visitor.new_page()
        page.goto(f"{PAPER}#II.2")
        bar = page.get_by_role("navigation", name="On this page")
        bar.get_by_role("link", name="Contents").tap()
        expect(page.get_by_role("heading", name="Contents")).to_be_in_viewport()
        page.get_by_role("link", name="Permalink to section II.2").tap()
        expect(page).to_have_url(f"{address}{PAPER}#II.2")
        bar.get_by_role("link", name="Search").tap()
        expect(page.get_by_label("Search the text")).to_be_focused()
        bar.get_by_role("link", name="Share").tap()
        expect(bar.get_by_text("Copied")).to_be_visible()  # where the browser cannot share
        bar.get_by_role("link", name="Top").tap()
        expect(page.get_by_role("heading", level=1)).to_be_in_viewport()


def test_a_paragraph_on_a_phone(browser: Browser, address: str) -> None:
    """Copying and the next paragraph are right under the words."""
    with browser.new_context(
        base_url=address, viewport={"width": PHONE[0], "height": PHONE[1]}
    ) as visitor:
        page = visitor.new_page()
        page.goto(f"{PAPER}/I/10")
        boxes = [
            page.locator(each).bounding_box()
            for each in (".paragraph p", "button.quote", "a[rel=next]")
        ]
        words, copy, after = (box["y"] + box["height"] for box in boxes if box)
        assert 0 < copy - words < 80
        assert 0 < after - words < 240
        page.locator("a[rel=next]").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("I ¶11")


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


def test_all_on_one_page_and_with_only_some_of_the_words(page: Page) -> None:
    page.goto("/?q=peace")
    expect(page.locator(".hit")).to_have_count(17)
    expect(page.get_by_role("link", name="Next")).to_have_count(0)
    page.goto("/?q=maritime+development")
    page.get_by_role("link", name=re.compile("only some of the words")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("have only some of the words")
    page.get_by_role("link", name="Back to the best matches").click()
    expect(page.locator(".hit mark").first).to_be_visible()


def test_from_the_help_to_a_misspelling_to_what_was_meant(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Help").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("How to search")
    page.get_by_label("Search the text").fill("secruity")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="security", exact=True).click()
    expect(page.locator(".hit")).to_have_count(21)


def test_invalid_parameters_are_reported_beside_the_results(context: BrowserContext) -> None:
    page = context.new_page()  # the browser logs the status 422 as an error
    for address, reasons in (
        ("/?q=peace&page=x&sort=size", ("“page” must be a whole number", "“sort” must be")),
        ("/?q=peace&page=99&sort=zzz", ("There is no page 99", "“sort” must be")),
    ):
        page.goto(address)
        for reason in ("We left out the parts of this address that we cannot use", *reasons):
            expect(page.locator(".problem")).to_contain_text(reason)
        expect(page.locator(".hit")).to_have_count(17)


def test_from_a_cited_form_to_the_place(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Search the text").fill("ii.1 para. 3")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Go to II.1 ¶3").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("II.1 ¶3")


def test_from_the_contents_to_a_section_to_a_permalink(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="2. Improving the Regional Security Framework").click()
    expect(page.get_by_role("heading", name="2. Improving the Regional")).to_be_in_viewport()
    page.get_by_role("link", name="Permalink to II.2 ¶3").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("II.2 ¶3")
    page.get_by_role("link", name="In the text").click()
    expect(page.get_by_role("link", name="Permalink to II.2 ¶3")).to_be_in_viewport()


def test_from_the_strip_to_the_text(page: Page) -> None:
    page.goto("/?q=conduct")
    marks = page.locator(".strip svg a")
    expect(marks).to_have_count(28)
    strongest = page.locator(".strip svg a", has=page.locator(".shade-4")).first
    expect(page.locator(".strip figcaption")).to_contain_text("the tallest has 2 matches")
    page.get_by_text("Matches by section").click()
    row = page.locator(".tally tr", has_text="I. China's Policies")
    expect(row).to_contain_text(re.compile(r"¶10\s*\(2\)"))
    expect(strongest.locator("title")).to_have_text("I ¶10: 2 matches")
    strongest.click()
    expect(page.get_by_role("link", name="Permalink to I ¶10")).to_be_in_viewport()
    expect(page.locator("mark")).to_have_count(4)
    steps = page.locator(".steps:visible")
    expect(steps).to_contain_text("1 to 2 of 4")
    steps.get_by_role("link", name="Next").click()
    expect(steps).to_contain_text("1 of 4")
    expect(page.locator("#match-1")).to_be_in_viewport()


def test_matches_in_context(page: Page) -> None:
    page.goto("/?q=security+framework")
    page.get_by_role("link", name="matches in context").click()
    lines = page.locator(".concordance tbody tr")
    total = int((page.locator(".concordance caption").text_content() or "").split()[0])
    expect(lines).to_have_count(min(total, 100))
    edges = {
        round(box["x"]) for each in lines.all()[:9] if (box := each.locator("mark").bounding_box())
    }
    assert len(edges) == 1
    page.get_by_role("link", name="Sort by Word before").click()
    expect(page.get_by_role("columnheader", name="Word before")).to_have_attribute(
        "aria-sort", "ascending"
    )
    before = page.locator("td.before").all_text_contents()
    words = [(re.findall(r"\w+", text.casefold()) or [""])[-1] for text in before]
    assert words == sorted(words)
    place = lines.first.get_by_role("link")
    cited, found = place.text_content() or "", lines.first.locator("mark").text_content() or ""
    box = lines.first.locator("mark").bounding_box()
    assert box
    page.mouse.click(box["x"] + 4, box["y"] + 4)  # as anywhere on the line
    here = page.locator("mark:target")
    expect(here).to_have_text(found)
    expect(here).to_be_in_viewport()
    paragraph = page.locator(".paragraph").filter(has_text=re.compile(re.escape(cited)))
    expect(paragraph.locator(here)).to_have_count(1)


def test_results_to_take_away(page: Page) -> None:
    page.goto("/?q=conduct")
    with page.expect_download() as table:
        page.get_by_role("link", name="As a table (CSV)").click()
    assert table.value.path().read_text("utf-8-sig").count("\n") == 3
    page.goto("/?q=conduct&view=context")
    with page.expect_download() as table:
        page.get_by_role("link", name="Matches as a table (CSV)").click()
    assert table.value.path().read_text("utf-8-sig").count("\n") == 5
    page.goto(f"{PAPER}/I/10")
    for name, sign in (("BibTeX", "@techreport{"), ("RIS", "TY  - RPRT"), ("CSL-JSON", '"report"')):
        with page.expect_download() as reference:
            page.get_by_role("link", name=name).click()
        assert sign in reference.value.path().read_text("utf-8")
    page.get_by_text("Chicago, APA, MLA, OSCOLA").click()
    expect(page.locator(".cite").get_by_text("accessed").first).to_be_visible()
    page.goto(PAPER)
    for name, sign in (
        ("Plain text", "[I ¶10] http"),
        ("Markdown", "## II. "),
        ("JSON", '"I ¶10"'),
    ):
        with page.expect_download() as text:
            page.get_by_role("link", name=name, exact=True).click()
        assert sign in text.value.path().read_text("utf-8")


def test_citing_a_section(page: Page) -> None:
    page.goto(PAPER)
    page.get_by_role("link", name="Cite section II.1").click()
    expect(page.locator(".to-copy").first).to_contain_text(re.compile("2017, II.1, http://127"))
    page.get_by_role("link", name="1. Concept of Common").click()
    expect(page.get_by_role("heading", name="1. Concept of Common")).to_be_in_viewport()


def test_every_example_of_the_help_leads_to_results(page: Page) -> None:
    page.goto("/help")
    links = [link.get_attribute("href") for link in page.locator(".help th a").all()]
    for link in links:
        page.goto(str(link))
        expect(page.locator(".hit").first).to_be_visible()


@pytest.mark.parametrize("wider", ["0", "0.06em"], ids=["as it is", "in a wide font"])
def test_help_is_one_screen_long(scripted: Page, wider: str) -> None:
    """On a small laptop too: 1280 by 720."""
    scripted.goto("/help")
    scripted.evaluate("wider => { document.body.style.letterSpacing = wider; }", wider)
    for part in ("table", ".pair"):
        box = scripted.locator(part).bounding_box()
        assert box
        assert box["y"] + box["height"] <= 720


def test_highlighted_words_are_copied_as_plain_text(scripted: Page) -> None:
    scripted.goto(f"{PAPER}/I/10?q=conduct#match-1")
    expect(scripted.locator(".steps:visible")).to_contain_text("1 of 2")
    scripted.evaluate("getSelection().selectAllChildren(document.querySelector('.paragraph'))")
    scripted.keyboard.press("Control+c")
    copied = scripted.evaluate("navigator.clipboard.readText()")
    scripted.goto(f"{PAPER}/I/10")
    assert copied.strip() == scripted.locator(".paragraph p").text_content()
    section = (
        "getSelection().selectAllChildren(document.querySelector('section[aria-labelledby=I]'))"
    )
    place = scripted.url.rpartition("/")[2]
    copies = []
    for query in ("", "?q=peace#match-9", f"?q=peace#{place}"):
        scripted.goto(PAPER + query)
        scripted.evaluate(section)
        scripted.keyboard.press("Control+c")
        copies.append(scripted.evaluate("navigator.clipboard.readText()"))
    assert copies[0] == copies[1] == copies[2]
    assert copies[0].count("peace") > 9


def test_copying_a_quotation_with_its_citation(scripted: Page) -> None:
    scripted.goto(f"{PAPER}/I/10")
    button = scripted.get_by_role("button", name="Copy quotation")
    before = button.bounding_box()
    button.click()
    said = scripted.locator("button.quote")
    expect(said).to_have_text("Copied")
    during = said.bounding_box()
    assert before
    assert during
    assert (during["width"], during["height"]) == (before["width"], before["height"])
    expect(said).to_have_text("Copy quotation")
    copied = scripted.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("“China has firmly upheld")
    assert re.search(
        r"rules\.” The State Council .* I, para\. 10, http://127.*\(source: https://", copied
    )


@pytest.mark.parametrize("kind", ["results", "marked", "paragraph"])
def test_print_underlines_matches_and_shows_addresses(
    browser: Browser, address: str, kind: str
) -> None:
    with browser.new_context(base_url=address) as visitor:
        page = visitor.new_page()
        page.goto(KINDS[kind])
        page.emulate_media(media="print")
        for unseen in ("search", ".steps", ".bar", "button", "nav[aria-label='Site']"):
            assert not any(each.is_visible() for each in page.locator(unseen).all())
        for mark in page.locator("mark").all()[:3]:
            expect(mark).to_have_css("background-color", "rgba(0, 0, 0, 0)")
            expect(mark).to_have_css("text-decoration-line", "underline")
        if kind == "marked":
            label = page.locator(".label").first
            expect(label).to_be_visible()
            shown = label.evaluate("each => getComputedStyle(each, '::after').content")
            assert f"{address}{PAPER}/p/p" in shown


def test_a_phone_shows_first_what_a_page_is(browser: Browser, address: str) -> None:
    """The first screen has the whole heading, and the name of the site in one row."""
    with browser.new_context(
        base_url=address, viewport={"width": PHONE[0], "height": PHONE[1]}
    ) as visitor:
        page = visitor.new_page()
        for kind in ("first", "results", "text", "paragraph", "help"):
            page.goto(KINDS[kind])
            heading = page.get_by_role("heading", level=1)
            expect(heading).to_be_in_viewport(ratio=1)
            boxes = [page.locator(each).bounding_box() for each in (".brand", ".top nav")]
            tops = [box["y"] + box["height"] / 2 for box in boxes if box]
            assert abs(tops[0] - tops[1]) < 8


def test_a_phone_shows_the_first_hit_of_a_question_at_once(browser: Browser, address: str) -> None:
    with browser.new_context(
        base_url=address, viewport={"width": PHONE[0], "height": PHONE[1]}
    ) as visitor:
        page = visitor.new_page()
        page.goto("/?q=what+does+china+say+about+the+south+china+sea%3F")
        box = page.locator(".hit").first.bounding_box()
        assert box
        assert box["y"] <= 320
        page.get_by_role("link", name="Sort and narrow").click()
        expect(page.locator(".strip")).to_be_in_viewport()
        page.get_by_text("How this was read").click()
        expect(
            page.get_by_text("Outside quotation marks, a word also finds words of the same stem")
        ).to_be_visible()


def test_a_phone_stacks_matches_in_context(browser: Browser, address: str) -> None:
    """The words on both sides are whole."""
    with browser.new_context(
        base_url=address, viewport={"width": PHONE[0], "height": PHONE[1]}
    ) as visitor:
        page = visitor.new_page()
        page.goto("/?q=conduct&view=context")
        line = page.locator(".concordance tbody tr").first
        for part in (".before span", "mark"):
            box = line.locator(part).bounding_box()
            assert box
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= PHONE[0]
        assert line.locator(".before span").evaluate("each => each.getClientRects().length") > 1


def test_suggestions_by_keyboard(scripted: Page) -> None:
    scripted.goto("/")
    box = scripted.get_by_role("combobox", name="Search the text")
    box.press_sequentially("consul")
    words = scripted.get_by_role("group", name="Search for").get_by_role("option")
    expect(words.first).to_contain_text("consul")
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("ArrowDown")
    chosen = words.first.text_content()
    expect(box).to_have_value(chosen or "")
    expect(words.first).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", words.first.get_attribute("id") or "")
    box.press("Escape")
    expect(box).to_have_value("consul")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(scripted.get_by_role("option")).to_have_count(0)
    box.press_sequentially("t")
    expect(words.first).to_be_visible()
    box.press("ArrowDown")
    box.press("Enter")
    expect(scripted.get_by_role("heading", level=1)).to_contain_text("paragraph")


def test_suggestions_open_sections_and_paragraphs(scripted: Page) -> None:
    scripted.goto("/")
    box = scripted.get_by_role("combobox", name="Search the text")
    box.press_sequentially("improv")
    title = "Improving the Regional Security Framework"
    go = scripted.get_by_role("group", name="Go to").get_by_role("option", name=title)
    expect(go).to_be_visible()
    box.press("ArrowDown")
    expect(go).to_have_attribute("aria-selected", "true")
    expect(box).to_have_value("improv")
    box.press("Enter")
    expect(scripted.get_by_role("heading", name=title)).to_be_in_viewport()
    scripted.goto("/")
    box.press_sequentially("code of cond")
    hits = scripted.get_by_role("group", name="In the text").get_by_role("option")
    expect(hits.first.locator("mark").first).to_be_visible()
    hits.first.click()
    expect(scripted.get_by_role("link", name="Permalink to I ¶10")).to_be_in_viewport()
    expect(scripted.locator("mark").first).to_be_visible()


def test_the_last_suggestions_asked_for_are_shown(scripted: Page) -> None:
    """Even where those asked for first come last."""
    asked: list[str] = []

    def slow(route: Route) -> None:
        asked.append(route.request.url)
        if route.request.url.endswith("q=peace"):
            scripted.wait_for_timeout(400)
        route.continue_()

    scripted.route("**/api/suggest**", slow)
    scripted.goto("/")
    box = scripted.get_by_role("combobox", name="Search the text")
    box.fill("peace")
    scripted.wait_for_timeout(200)
    box.fill("terror")
    options = scripted.get_by_role("group", name="Search for").get_by_role("option")
    expect(options.first).to_contain_text("terror")
    scripted.wait_for_timeout(500)
    expect(options.first).to_contain_text("terror")
    assert len(asked) == 2


def test_from_a_name_to_its_matches_in_context(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="South China Sea 2 matches", exact=True).click()
    lines = page.locator(".concordance tbody tr")
    expect(lines).to_have_count(2)
    expect(lines.first.locator("mark")).to_have_text("South China Sea")


def test_copying_a_link(scripted: Page) -> None:
    scripted.goto(f"{PAPER}/I/10")
    scripted.get_by_role("link", name="Copy link").click()
    expect(scripted.get_by_role("status").filter(has_text="Copied")).to_be_visible()
    copied = scripted.evaluate("navigator.clipboard.readText()")
    assert re.fullmatch(rf"http://127.*{PAPER}/p/p[a-z2-7]+\?t=[0-9a-f]{{4}}", copied)


def test_keys(scripted: Page) -> None:
    scripted.goto("/?q=peace")
    scripted.keyboard.press("j")
    scripted.keyboard.press("j")
    expect(scripted.locator("#hit-2 .whole")).to_be_focused()
    scripted.keyboard.press("k")
    expect(scripted.locator("#hit-1 .whole")).to_be_focused()
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


def tab_to(page: Page, link: Locator) -> None:
    """Press Tab until a link has the focus."""
    for _ in range(40):
        if link.evaluate("each => each === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail("Tab does not lead there.")


def test_the_strip_by_keyboard(scripted: Page) -> None:
    scripted.goto("/?q=conduct")
    found = scripted.locator(".strip svg a:not([aria-hidden])")
    expect(found).to_have_count(2)
    tab_to(scripted, found.first)
    scripted.keyboard.press("ArrowRight")
    expect(found.last).to_be_focused()
    scripted.keyboard.press("Tab")
    scripted.keyboard.press("Shift+Tab")
    expect(found.last).to_be_focused()
    cited = (found.last.locator("title").text_content() or "").partition(":")[0]
    scripted.keyboard.press("Enter")
    expect(scripted.get_by_role("link", name=f"Permalink to {cited}")).to_be_in_viewport()


def test_from_the_search_to_a_copied_quotation_by_keyboard_alone(scripted: Page) -> None:
    scripted.goto("/")
    scripted.keyboard.press("/")
    scripted.keyboard.type("conduct")
    scripted.keyboard.press("Enter")
    expect(scripted.get_by_role("heading", level=1)).to_contain_text("2 paragraphs")
    scripted.keyboard.press("j")
    scripted.keyboard.press("Enter")
    expect(scripted.locator(".steps:visible")).to_contain_text("of 4")
    scripted.go_back()
    tab_to(scripted, scripted.locator("#hit-1").get_by_role("link", name="Permalink"))
    scripted.keyboard.press("Enter")
    expect(scripted.get_by_role("heading", level=1)).to_have_text("I ¶10")
    tab_to(scripted, scripted.get_by_role("button", name="Copy quotation"))
    scripted.keyboard.press("Enter")
    expect(scripted.get_by_role("status").filter(has_text="Copied")).to_be_visible()
    assert "I, para. 10" in scripted.evaluate("navigator.clipboard.readText()")


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


def test_paste_a_quotation_read_the_verdict_and_follow_it(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Quotes").click()
    page.get_by_label("Quotation").fill(
        "“China has not firmly upheld international law” (I ¶9)\n\n"
        "“to make the DOC … a Code of Conduct”\n\n“the strongest potential in the world”"
    )
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_role("heading", level=2)).to_have_text("2 of 4 parts are word for word")
    page.get_by_label("Check another quotation").fill(
        "“It has become the most dynamic region … in the world.” (Preface ¶2)"
    )
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_role("heading", level=2)).to_have_text(
        "The text has these words, in this order"
    )
    parts = page.locator(".part")
    expect(parts).to_have_count(2)
    expect(parts.first).to_contain_text("cites Preface ¶2, but the words are in Preface ¶1")
    parts.first.get_by_role("link", name="Preface ¶1").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Preface ¶1")
    expect(page.locator("mark")).to_have_text("It has become the most dynamic region")
