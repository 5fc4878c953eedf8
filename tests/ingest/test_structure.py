"""Headings, sections and paragraphs from the lines of a paper."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from indexer.errors import EditionError
from indexer.ingest.extract import PageText
from indexer.ingest.lines import Block
from indexer.ingest.outline import heading_key, read_label
from indexer.ingest.pager import Pager
from indexer.ingest.structure import structure
from indexer.model import Document, Page

CONTENTS = "Contents\nPreface\nI. One\nII. Two\nConclusion"
START, END = f"{CONTENTS}\nPreface\nText.", "II. Two\nText.\nConclusion\nText."


class Structured(NamedTuple):
    """A document, oddities in its text, and doubts whether the text is whole."""

    document: Document
    notes: list[str]
    doubts: list[tuple[int, str]]


def built(*pages: str, page_count: int = 0) -> Structured:
    """Return a document made from pages of lines.

    One that begins with # is a heading, with ## one below it; with > it leads to another article.
    """
    texts = [
        PageText(
            "A Paper",
            "2017-01-11",
            tuple(
                Block(line.lstrip("#>").strip(), line.count("#"), line.startswith(">"))
                for line in page.strip().splitlines()
            ),
            Pager(),
        )
        for page in pages
    ]
    held = [Page(number, "", "", "") for number in range(1, len(pages) + 1)]
    return Structured(*structure(texts, held, page_count or len(pages), "a-paper"))


def outline(found: Structured) -> list[str]:
    """Return sections by path and paragraphs by citation, each with its words."""
    return [
        *(f"{section.path}: {section.heading}" for section in found.document.sections),
        *(f"{each.citation}: {each.text}" for each in found.document.paragraphs),
    ]


@pytest.mark.parametrize(
    "contents",
    [
        CONTENTS.replace("Contents", "Contents [hide]"),
        CONTENTS.replace("Contents", "CONTENTS 目录"),
        CONTENTS.replace("One", "One ..... 1").replace("Two", "Two … 12"),
        CONTENTS.replace("One", "One\n3").replace("Two", "Two\n12"),
        CONTENTS.replace("Preface", "Preface 1").replace("One", "One 2").replace("Two", "Two 12"),
        f"{CONTENTS}\nThe State Council\nJanuary 2017",
    ],
)
def test_contents_may_have_other_words_beside_it(contents: str) -> None:
    found = built(f"{contents}\nPreface\nText.\nI. One\nText.\n{END}").document
    assert found.contents == ("Preface", "I. One", "II. Two", "Conclusion")


@pytest.mark.parametrize(
    ("line", "style", "value", "cited"),
    [
        ("II. Two", "roman", 2, "II"),
        ("XIV. Fourteen", "roman", 14, "XIV"),
        ("1. One", "arabic", 1, "1"),
        ("12.Twelve", "arabic", 12, "12"),
        ("(3) Three", "bracket", 3, "3"),
        ("（3）Three", "bracket", 3, "3"),
        ("3) Three", "bracket", 3, "3"),
        ("4 . Four", "arabic", 4, "4"),
        ("(II) Two", "roman bracket", 2, "II"),
        ("Ⅱ． Two", "roman", 2, "II"),
        ("Part II: Two", "part", 2, "II"),
        ("CHAPTER IV Four", "chapter", 4, "IV"),
        ("\u200b■ II . Two", "roman", 2, "II"),
        ("II Two", "roman", 2, "II"),
        ("I China's Aims", "roman", 1, "I"),
    ],
)
def test_numbers_of_headings(line: str, style: str, value: int, cited: str) -> None:
    label = read_label(line)
    assert label is not None
    assert (label.style, label.value, label.cited) == (style, value, cited)


@pytest.mark.parametrize(
    "line",
    ["Preface", "1.5 percent", "2017. A year", "China", "I agree", "Industry", "Xi Jinping", ""],
)
def test_lines_without_a_number(line: str) -> None:
    assert read_label(line) is None


def test_headings_are_the_same_whatever_their_typography() -> None:
    assert heading_key("I. China's Non-Traditional") == heading_key("China’s  Nontraditional")
    assert heading_key("I. One") != heading_key("II. Two")
    assert heading_key("1.") != heading_key("2.")


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            "Preface\nText.\nI. One\nText.\n1. Part\nText.\n2. Part\nText.\nII. Two\nText.\n"
            "1. Part\nText.\nConclusion\nText.",
            ["Preface", "I", "I.1", "I.2", "II", "II.1", "Conclusion"],
        ),
        ("#Preface\nText.\n#I. One\n#Bold Words\nText.", ["Preface", "I", "I.Bold-Words"]),
        (
            "I. One\nText.\n#Bold\nText.\n#Bold\nText.\n1. Part\nText.\n#Bold\nText.",
            ["I", "I.Bold", "I.Bold-2", "I.1", "I.1.Bold"],
        ),
        (
            "1. One\nText.\n(1) Part\nText.\n(2) Part\nText.\n2. Two\nText.",
            ["1", "1.1", "1.2", "2"],
        ),
        ("I. One\nText.\n(1) Part\nText.\n1. Deeper\nText.", ["I", "I.1", "I.1.1"]),
        ("#3. Marked\nText.\n#3. Marked Again\nText.", ["3", "3-2"]),
        ("#“中文”\nText.\n#Café’s “Own” – Way\nText.", ["Section", "Cafes-Own-Way"]),
        (
            "#P\nText.\n#Editions\nText.\n#p\nText.",
            ["Section-P", "Section-Editions", "Section-p-2"],
        ),
        ("#A\nText.\n##B\nText.\n####C\nText.\n#D\nText.", ["A", "A.B", "A.B.C", "D"]),
        ("#A:\nText.\n##Is It So?\nText.\n#D:\nText.", ["A", "A.Is-It-So", "D"]),
        ("#Section 1: A\nText.\n#1. B\nText.\n#Section 2: C\nText.", ["1", "1.1", "2"]),
        ("#IT\nText.\n#It\nText.", ["IT", "It-2"]),
        # Headings without numbers are around numbered ones that are marked as lower.
        (
            "#A\nText.\n#B\nText.\n##1. C\nText.\n##2. D\nText.\n#E\nText.",
            ["A", "B", "B.1", "B.2", "E"],
        ),
        (
            "#Preface\nText.\n#A\nText.\n#B\n#######(1) C\nText.\n#E\n#######(1) D\nText.",
            ["Preface", "A", "B", "B.1", "E", "E.1"],
        ),
        ("##A\n###1) B\nText.\n##C\nText.\n###1) D\nText.", ["A", "A.1", "C", "C.1"]),
        ("#1. A\nText.\n##B\nText.\n##C\nText.\n#2. D\nText.", ["1", "1.B", "1.C", "2"]),
        (
            "#######I. A\nText.\n##B\nText.\n##C\nText.\n#######II. D\nText.",
            ["I", "I.B", "I.C", "II"],
        ),
        ("#Preface\nText.\n##1. A\nText.\n##2. B\nText.", ["Preface", "1", "2"]),
        ("#I. Act Now!\nText.\n#II. Why?\nText.", ["I", "II"]),
        ("#I. One:\nText.\n#######Text, and:\nText:\n#######Text.", ["I"]),
        ("#I. What Is It?\nText.\n1. Part\nText.\n#######Text?\nText.", ["I", "I.1"]),
        ("Text before any heading.\nI. One\nText.", ["Text", "I"]),
        (
            "#Preface\nText.\n#I Ice\nText.\n#1. A\nText.\n#II Sea\n#1. B\nText.\n"
            "#Conclusion\nText.",
            ["Preface", "I", "I.1", "II", "II.1", "Conclusion"],
        ),
        ("#Preface:\nText.\n#I. One:\nText.\n#1. Part:\nText.", ["Preface", "I", "I.1"]),
        (
            "I. One\nText.\nConcluding Remarks\nText.\nAnnex 2\nText.\n#Appendix: A List\nText.",
            ["I", "Concluding-Remarks", "Annex-2", "Appendix-A-List"],
        ),
    ],
)
def test_sections_without_contents(lines: str, expected: list[str]) -> None:
    found = built(lines).document
    assert [section.path for section in found.sections] == expected
    assert all(paragraph.text.startswith("Text") for paragraph in found.paragraphs)


@pytest.mark.parametrize(
    "line",
    [
        "1. A short numbered paragraph that ends like a sentence.",
        "1. Is this a heading?",
        "1. A list of things:",
        "1. One of the things;",
        "3. Out of Sequence",
        "V. Out of Sequence",
        "2017 was a year",
        "#A bold paragraph that ends like one.",
        "#######The Main Tasks are:",
        "#######Main tasks:",
        "1. " + "A long line that may be numbered, and is no heading " * 4,
        "Preface",
        "I. One",
    ],
)
def test_what_is_no_heading_is_text(line: str) -> None:
    lines = f"{START}\nI. One\nText.\n{line}\nMore.\n{END}"
    document = built(lines).document
    assert [section.path for section in document.sections] == ["Preface", "I", "II", "Conclusion"]
    assert [each.text for each in document.paragraphs if each.section == "I"] == [
        "Text.",
        line.lstrip("#").strip(),
        "More.",
    ]


@pytest.mark.parametrize(
    ("one", "two"), [("Chapter One", "Chapter Two"), ("ONE", "TWO"), ("I One", "II Two")]
)
def test_numbers_below_sections_without_any_are_not_those_of_sections(one: str, two: str) -> None:
    found = built(f"Content\n{one}\n{two}\n{one}\n#1. Part\nText.\n{two}\n1. Part\nText.")
    headings = [(section.heading, section.level) for section in found.document.sections]
    assert headings == [(one, 1), ("1. Part", 2), (two, 1), ("1. Part", 2)]


@pytest.mark.parametrize("entries", ["Ice\nSea", "1. Ice\n2. Sea", "Ice\nFloes\nSea"])
@pytest.mark.parametrize("number", ["{}.", "Chapter {}:"])
def test_the_numbers_of_sections_may_differ_from_those_in_contents(
    entries: str, number: str
) -> None:
    one, two = number.format("I"), number.format("II")
    text = f"Preface\nText.\n{one} Ice\n1. Floes\nText.\n{two} Sea\n#1. Law\nText."
    found = built(f"Contents\nPreface\n{entries}\n{text}")
    assert " ".join(each.path for each in found.document.sections) == "Preface I I.1 II II.1"
    assert not found.doubts


def test_a_number_at_the_end_of_an_entry_of_contents_may_be_a_word() -> None:
    found = built("Contents\nI. Agenda 21\nII. Sea\nI. Agenda 21\nText.\nII. Sea\nText.")
    assert found.document.contents == ("I. Agenda 21", "II. Sea")
    assert not found.doubts


def test_a_list_that_may_be_headings_is_doubted() -> None:
    found = built("I. One\nThese are:\n1. Rice\n2. Wheat\nText.")
    assert [doubt for _, doubt in found.doubts] == ['there is no text under the heading "1. Rice"']


@pytest.mark.parametrize(
    ("lines", "paths"),
    [
        ("1. Cod\nText.\n2. Aims\nThese:\n1. to see;\n2. to go.\n3. Ways\nText.", "1 2 3"),
        ("#1 Aims\n#1.1 Peace\nText.\n#2 Ways\n#2.1 Law\nText.", "1 1.1 2 2.1"),
        ("#Aims\n#1.1 Peace\nText.\n#1.2 Law\nText.", "Aims Aims.1 Aims.2"),
        (
            "#Part One: Aims\n#Chapter 1: Peace\nText.\n#Part Two\n#Chapter 2: Law\nText.",
            "1 1.1 2 2.2",
        ),
        ("#I. Aims\n#I.1 Peace\nText.", "I I.1"),
        # A part or a chapter is around Roman numbers, also those in brackets.
        (
            "#Part One: Ice\n#(I) Sea\nText.\n#(II) Law\nText.\n#Part Two: Aims\n#(I) Sea\nText.",
            "1 1.I 1.II 2 2.I",
        ),
        ("#Chapter One\n##I. Sea\nText.\n#Chapter Two\n##I. Law\nText.", "1 1.I 2 2.I"),
        (
            "Contents\nPart One\nI. Sea\nPart Two\nI. Law\nPart One\nI. Sea\nText.\nPart Two\n"
            "I. Law\nText.",
            "1 1.I 2 2.I",
        ),
        (
            "#Preface\n#1. Past\nText.\n#2. Now\nText.\n#I. Sea\n#1. Ice\nText.\n#II. Law\nText.",
            "Preface Preface.1 Preface.2 I I.1 II",
        ),
    ],
)
def test_sections_of_other_numbers(lines: str, paths: str) -> None:
    assert " ".join(section.path for section in built(lines).document.sections) == paths


def test_sections_of_parts_with_numbers_in_words_and_decimals() -> None:
    found = built(
        "Part One: Ice\n#1. Sea\nText.\n#1.1 Sea Ice\nText.\n#1.2 Fast Ice\nText.\n"
        "Part Two: Law\n#1. Sea\n#Table 1 Ships\nText."
    )
    assert [section.path for section in found.document.sections] == [
        *("1", "1.1", "1.1.1", "1.1.2", "2", "2.1")
    ]


def test_front_matter_becomes_metadata() -> None:
    front = "A Ministry of the State Council\nJanuary 2017\nFirst Edition 2017\nFor the press"
    found = built(f"{front}\nContents\nPreface\nPreface\nText.")
    document = found.document
    assert (document.issuer, document.issued, document.statement, document.contents) == (
        "A Ministry of the State Council",
        "January 2017",
        "First Edition 2017",
        ("Preface",),
    )
    assert outline(found) == ["Preface: Preface", "Preface ¶1: Text."]


@pytest.mark.parametrize("above", ["", f"{CONTENTS}\n"])
def test_contents_may_be_a_page_of_its_own_or_above_each(above: str) -> None:
    found = built(CONTENTS, f"{above}Preface\nText.\nI. One\nText.", f"{above}{END}").document
    assert found.contents == ("Preface", "I. One", "II. Two", "Conclusion")
    assert [section.path for section in found.sections] == ["Preface", "I", "II", "Conclusion"]


@pytest.mark.parametrize("line", ["White Paper", "#English Version", "A ship in a harbour"])
def test_lines_above_the_issuer_are_no_text(line: str) -> None:
    found = built(f"{line}\nThe State Council\nJanuary 2017\nPreface\nText.").document
    assert (found.issuer, found.issued) == ("The State Council", "January 2017")
    assert [section.path for section in found.sections] == ["Preface"]


@pytest.mark.parametrize(
    "lead",
    [
        "BEIJING, Jan. 11 (Xinhua) -- The State Council issued a white paper on Wednesday.",
        "The following is the full text.",
    ],
)
def test_a_lead_above_contents_is_text(lead: str) -> None:
    found = built(f"A ship in a harbour\n{lead}\nContents\nPreface\nPreface\nText.")
    assert [each.text for each in found.document.paragraphs] == [lead, "Text."]
    assert [each.path for each in found.document.sections] == ["Text", "Preface"]
    assert not found.doubts


def test_entries_of_contents_that_a_site_makes_are_no_headings() -> None:
    found = built("Contents\n#I. One\nText.\n#II. Two\nText.")
    assert [each.path for each in found.document.sections] == ["I", "II"]
    assert not found.doubts


def test_contents_of_marked_lines_may_be_a_page_of_its_own() -> None:
    found = built("Contents\n#I. One\n#II. Two", "#I. One\nText.\n#II. Two\nText.")
    assert found.document.contents == ("I. One", "II. Two")
    assert not found.doubts


def test_front_matter_below_a_heading_is_text() -> None:
    found = built("Foreword\nJanuary 2017\nText.").document
    assert [each.text for each in found.paragraphs] == ["January 2017", "Text."]


@pytest.mark.parametrize("heading", ["Foreword", "Conclusion", "Annex: Laws of the Sea"])
def test_a_top_heading_may_be_a_link(heading: str) -> None:
    found = built(f"Text.\n>#{heading}\nText.").document
    assert [each.heading for each in found.sections] == ["A Paper", heading]


@pytest.mark.parametrize(
    ("text", "issued"),
    [
        ("Text.\nJanuary 2017", ""),
        ("Text.\n" * 12 + "8 June 2017\nI. One\nText.", ""),
        ("8 June 2017\nPreface\nText.", "8 June 2017"),
    ],
)
def test_a_date_above_the_text_is_front_matter(text: str, issued: str) -> None:
    assert built(text).document.issued == issued


def test_a_message_that_is_signed_is_text() -> None:
    front = "The State Council\nJune 2017\nMessage\nText.\nText 2.\nLi Hua\n8 June 2017"
    found = built(f"{front}\nI. One\nText.").document
    assert found.issued == "June 2017"
    assert "Text 2." in [each.text for each in found.paragraphs]


def test_an_index_is_no_contents() -> None:
    assert built("Preface\nText.\nIndex\nText 2.").document.contents == ()
    assert built("In this article\nPreface\nText.").document.contents == ()


def test_first_pages_hold_the_first_sections() -> None:
    found = built(f"{CONTENTS}\nPreface\nText.\nI. One\nText.", page_count=3)
    assert [section.path for section in found.document.sections] == ["Preface", "I"]
    assert found.document.coverage == "page 1 of 3"


@pytest.mark.parametrize("page", ["Contents", f"{CONTENTS}\nPreface\nI. One\nII. Two\nConclusion"])
def test_papers_without_text_are_refused(page: str) -> None:
    with pytest.raises(EditionError, match=r"A Paper.* no paragraphs"):
        built(page)


@pytest.mark.parametrize(
    ("pages", "doubt"),
    [
        ([f"{START}\nI. One\nText."], 'Contents lists "II. Two"'),
        ([f"{START}\n{END}"], 'lists "I. One"'),
        ([f"{START}\nII. Two\nText.\nI. One\nText.\nConclusion\nText."], "I. One"),
        ([f"{START}\nI. One\nText.\n{END}\nIII. New\nText."], 'not list the section "III. New"'),
        ([f"{START}\nI. One\nText.\n#I. One\nText.\n{END}"], 'not list the section "I. One"'),
        (["Contents\nPreface\nI. One\nText."], '"Preface" is not repeated below'),
        ([f"Contents\nPreface\n{'A long text. ' * 20}\nPreface\nText."], "lists no headings"),
        (
            [f"Contents\nI. One\n#Foreword\n{'A long text. ' * 20}\nI. One\nText."],
            'not list the section "Foreword"',
        ),
    ],
)
def test_contents_that_differ_from_the_headings(pages: list[str], doubt: str) -> None:
    assert doubt in built(*pages).doubts[0][1]


LAST_LINE = "its last line is not a sentence and is not continued:"
GAP = 'a section or a page is missing before "{}"'
OF_SITE = 'it may belong to the site: "{}"'
EMPTY = 'there is no text under the heading "{}"'
LONG = "A paragraph that is long enough to be known again, wherever it comes a second time."


@pytest.mark.parametrize(
    ("pages", "doubts"),
    [
        (["Text.\nA label", "I. One\nText."], [f'{LAST_LINE} "A label"']),
        (["It is.\n(January 11, 2017)"], []),
        (["It is.\nBeijing, January 11, 2017"], []),
        (["It is.\nJanuary 2017, Beijing"], []),
        (["It is.\nBeijing, 2017"], [f'{LAST_LINE} "Beijing, 2017"']),
        (["I. One\nText.\n#About the Author"], [EMPTY.format("About the Author")]),
        (["I. One\nText.\n#January 11, 2017"], []),
        (["I. One\nSign up for it now.\nIt is."], [OF_SITE.format("Sign up for it now.")]),
        (["It is.One is.Two is.Three is."], ['its lines run into each other: "is.One"']),
        (["I. One\nText.\n#About the Authors\nText."], [OF_SITE.format("About the Authors")]),
        (["Text.\n#Don't miss\n>Ships\nText."], [OF_SITE.format("Don't miss")]),
        (["Text.\n##More on this\n>A paper on ships.\nText."], []),
        (["Text.\n>##A storm\nIt is."], [OF_SITE.format("A storm")]),
        (["Text.\n#A storm\nIt is."], [OF_SITE.format("A storm")]),
        (["Text.\n##A storm\nBy Li Hua | June 12, 2018\nIt is."], [OF_SITE.format("A storm")]),
        (["#A storm\nIt is.\n#A flood\nIt is."], []),
        (["Text.\n" * 9 + "##Days\nJune 12, 2018\nIt is.\nJune 13, 2018\nIt is."], []),
        (["Text.\n#I. Papers\n>Ships\nText."], []),
        (["Text.\n#References\n>Ships\nText."], []),
        (["Contents\nOne\nMore\nOne\nText.\n#More\n>Ships\nText."], []),
        (
            ["A line\nA second\nA third\nThe end."],
            [
                '3 of 4 paragraphs do not end like a sentence, such as "...A line": if they are '
                "lines of a wrapped text, put each paragraph on one line"
            ],
        ),
        (["#Part I\n#Chapter 1\nText.\n#Part II\n#Chapter 2\nText."], []),
        (["I. One\n#1. Ice\nText.\n#2. Sea\nText.\nII. Two\n#3. Law\nText."], []),
        (["Part I\n#1. Ice\nText.\nPart II\n#2. Law\nText.\n#3. Ways\nText."], []),
        (["I. One\n#1. Ice\nText.\nII. Two\n#3. Law\nText."], [GAP.format("3. Law")]),
        (["#1. Ice\nText.\n#I. Inlets\nText.\n#2. Law\nText."], [GAP.format("2. Law")]),
        (
            ["Part I\nChapter 1\nA.\nChapter 2\nA.\nPart II\n#Chapter 2\nA."],
            [GAP.format("Chapter 2")],
        ),
        (["I. One\nText.\n#2. Two\nText."], [GAP.format("2. Two")]),
        (["I. One\n1. One\nText.\n2. Two\nText.\nII. Two\n#2. Two\nText."], [GAP.format("2. Two")]),
        (["Text.\nMore:"], [f'{LAST_LINE} "More:"']),
        (["Text.\nThese:", "A list."], []),
        (["Text.\nA Label", "Text."], [f'{LAST_LINE} "A Label"']),
        (["Text.\nOne of the", "Asian states."], []),
        (["Text.\nOne of the", "One of the Asian states."], []),
        ([LONG, f"{LONG}\nText."], [f'it is in the text twice: "{LONG[:60]}..."']),
        ([f"{LONG}\nText.\n{LONG}"], []),  # as a text may repeat itself
        (["Preface\nText.\nI. One\nText.\n#III. Three\nText."], [GAP.format("III. Three")]),
        (["Text.", "#2. Two\nText.\n#3. Three\nText."], [GAP.format("2. Two")]),
        (["#One of Them\nText.\n1. Part\nText.\n#II. Two\nText."], [GAP.format("II. Two")]),
        (
            [
                f"{CONTENTS.replace('II.', 'III.')}\nPreface\nText.\nI. One\nText.\nIII. Two\n"
                "Text.\nConclusion\nText."
            ],
            [],
        ),
        (["Preface\nI. One\nText.\nII. Two"], [EMPTY.format("II. Two")]),
        (["#Our Aims\n#Peace\nText."], []),  # of which the levels are not known
        (["I. One\nII. Two\nText."], [EMPTY.format("I. One")]),
        (["I. One\n1. Part\nText."], []),
    ],
)
def test_lines_that_may_be_no_text(pages: list[str], doubts: list[str]) -> None:
    assert [doubt for _, doubt in built(*pages).doubts] == doubts


def test_a_heading_that_a_page_repeats_goes_on() -> None:
    found = built("I. One\nText.\n#1. Part\nText.", "I. One\n#1. Part (continued)\nText.")
    assert [each.citation for each in found.document.paragraphs] == ["I ¶1", "I.1 ¶1", "I.1 ¶2"]


CUT = "The fleet of the northern ports has in all weathers, and for many years, kept"


def test_lines_of_a_wrapped_text_are_not_joined_but_doubted() -> None:
    found = built("I. One\n" + f"{CUT}\nthe sea lanes open.\n" * 4)
    assert [each.text for each in found.document.paragraphs][:2] == [CUT, "the sea lanes open."]
    assert "4 of 8 paragraphs do not end like a sentence" in found.doubts[0][1]


@pytest.mark.parametrize(
    ("text", "note"),
    [
        (
            "It is under control.The region.",
            'I ¶1, page 1: two sentences without a space between them: "control.The".',
        ),
        ("No end", "I ¶1, page 1: it does not end like a sentence"),
        ("The story goes on:", "I ¶1, page 1: it does not end like a sentence"),
        ("It is.\n#A label\nIt was.", 'headings without a number, unlike others: "A label".'),
        ("In U.S.-led talks e.g. on 1.5 percent, www.gov.cn.", ""),
    ],
)
def test_oddities_are_told_and_left(text: str, note: str) -> None:
    found = built(f"I. One\n{text}")
    assert found.document.paragraphs[0].text == text.partition("\n")[0]
    assert "".join(found.notes).startswith(note)
    assert bool(found.notes) is bool(note)
