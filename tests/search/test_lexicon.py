"""What a text reveals about its own words: acronyms, misspellings, expansions."""

from __future__ import annotations

import time

import pytest

from indexer.errors import QueryError
from indexer.search.analysis import tokenize
from indexer.search.lexicon import MAX_EXPANSIONS, Lexicon, definitions, lexicon
from indexer.search.query import Slot

TEXT = "The ships sail to sea. A ship sails; ships' sails. The see of the sea. Thrones, trees, cat."


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        (
            "the Shanghai Cooperation Organization (SCO), and",
            "SCO",
            "Shanghai Cooperation Organization",
        ),
        (
            "between China and the Association of Southeast Asian Nations (ASEAN) as well",
            "ASEAN",
            "Association of Southeast Asian Nations",
        ),
        (
            "the Conference on Interaction and Confidence-Building Measures in Asia (CICA)",
            "CICA",
            "Conference on Interaction and Confidence-Building Measures in Asia",
        ),
        (
            "including the UN Convention on the Law of the Sea (UNCLOS).",
            "UNCLOS",
            "UN Convention on the Law of the Sea",
        ),
        ("the early conclusion of a Code of Conduct (COC) on", "COC", "Code of Conduct"),
        ("the ASEAN Regional Forum ( ARF ) and", "ARF", "ASEAN Regional Forum"),
        ("heat shock protein (HSP; old)", "HSP", "heat shock protein"),
        ("the Lancang-Mekong Cooperation (LMC)", "LMC", "Lancang-Mekong Cooperation"),
        ("weapons of mass destruction (WMDs)", "WMDs", "weapons of mass destruction"),
    ],
)
def test_a_definition_is_read(text: str, short: str, long: str) -> None:
    assert definitions(text)[short] == long


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nothing in brackets",
        "a word (see above)",
        "in the South China Sea (DOC)",
        "a year (2017)",
        "the sea (A)",
        "(SCO) at the beginning",
        "the word SCO (SCO)",
        "it ends (ABC",
    ],
)
def test_what_is_no_definition(text: str) -> None:
    assert definitions(text) == {}


@pytest.fixture(scope="module")
def words() -> Lexicon:
    return lexicon([tokenize(TEXT)], [TEXT])


@pytest.mark.parametrize(
    ("slot", "expanded"),
    [
        (Slot("form", "ship"), "ship ships"),
        (Slot("form", "shipped"), "ship ships"),
        (Slot("form", "boat"), ""),
        (Slot("exact", "ship"), "ship"),
        (Slot("exact", "shipped"), ""),
        (Slot("glob", "s*"), "sail sails sea see ship ships"),
        (Slot("glob", "*s"), "sails ships thrones trees"),
        (Slot("glob", "s?e"), "see"),
        (Slot("glob", "s*a*"), "sail sails sea"),
        (Slot("glob", "se[ea]"), ""),
        (Slot("fuzzy", "sae", 1), "sea see"),
        (Slot("fuzzy", "sae", 2), "sail sea see"),
        (Slot("fuzzy", "hip", 1), ""),
    ],
)
def test_what_may_fill_a_slot(words: Lexicon, slot: Slot, expanded: str) -> None:
    assert " ".join(sorted(words.expand(slot))) == expanded


def test_no_pattern_is_tried_over_and_over() -> None:
    words = Lexicon({"a" * 60: 1, "a" * 2_000: 1}, {}, {}, {})
    begin = time.perf_counter()
    assert words.expand(Slot("glob", "?*" * 9 + "z")) == ()  # 10^10 ways to take it apart
    assert words.expand(Slot("glob", "*a" * 999 + "z")) == ()
    assert time.perf_counter() - begin < 60  # it takes 1 ms


def test_a_pattern_of_too_many_words_is_refused() -> None:
    many = Lexicon({f"w{number}": 1 for number in range(MAX_EXPANSIONS + 1)}, {}, {}, {})
    assert len(many.expand(Slot("glob", "w1*"))) > 1_000
    assert len(many.expand(Slot("glob", "*"))) == MAX_EXPANSIONS + 1
    with pytest.raises(QueryError, match=r"“w\*” stands for 2,001 words; the limit is 2,000"):
        many.expand(Slot("glob", "w*"))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("peace and stability", []),
        ("non-traditional threats", ["non", "traditional"]),
        ("state-to-state", ["state", "to", "state"]),
        ("zero–sum - game", ["zero", "sum"]),
        ("well - known, pre- and post-war", ["post", "war"]),
    ],
)
def test_compounds(text: str, found: list[str]) -> None:
    compounds = lexicon([tokenize(text)], [text]).compounds
    assert [*compounds.values()] == ([[found]] if found else [])
