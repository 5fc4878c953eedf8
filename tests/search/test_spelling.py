"""What a misspelt word was meant to be, and what a text has instead of a word that it lacks."""

from __future__ import annotations

import pytest

from indexer.search.engine import Engine
from indexer.search.lexicon import Lexicon, families
from indexer.search.spelling import alternatives, halves, nearest, parted
from tests.spelling import DRAWN, measure

COUNTS = {"ships": 9, "sail": 3, "thrones": 1, "trees": 1, "the": 50, "sea": 9, "benefit": 2}


@pytest.fixture
def words() -> Lexicon:
    counts = {**COUNTS, "benefits": 1, "their": 9, "long": 5, "third": 4}
    counts |= {"peaceful": 1, "peacefully": 9}
    return Lexicon(counts, families(counts), {}, {})


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("shipss", "ships"),  # a letter more
        ("shps", "ships"),  # a letter less
        ("shibs", "ships"),  # another letter
        ("sial", "sail"),  # two in each other's place
        ("phrones", "thrones"),  # the first one, too
        ("trhonse", "thrones"),  # two letters off
        ("benefist", "benefits"),  # one letter off both; this one has all of its letters
        ("peacefull", "peaceful"),  # one letter off both; this one has it once
        ("peacefuly", "peacefully"),
        ("peacefulli", "peacefully"),
        ("zzhrones", "thrones"),
        ("zzhronse", None),  # three letters off
        ("teh", None),  # never a common word
        ("thier", None),
        ("sae", "sea"),  # of three letters only two that changed places
        ("seu", None),
        ("gail", None),  # of four letters the first one is right
        ("asil", "sail"),
        ("shi", None),
        ("threes", None),  # English words
        ("boat", None),
        ("north", None),
        ("trump", None),  # names
        ("vietnam", None),
        ("defence", None),  # British, too
        ("korea's", None),
        ("thaad", None),  # two letters off "third", with three in common
        ("co", None),
        ("5ail", None),
        ("thr0nes", "thrones"),  # as machines read print
        ("s" * 41, None),
    ],
)
def test_the_word_that_was_probably_meant(words: Lexicon, typed: str, meant: str | None) -> None:
    assert nearest(typed, words) == meant


def test_good_words_are_left_alone_and_misspellings_are_corrected(paper: Engine) -> None:
    draws = [measure(paper.index.text.lexicon, seed) for seed in range(10)]
    assert sum(len(measured.corrected) for measured in draws) <= len(draws) * DRAWN * 0.01
    assert sum(len(measured.missed) for measured in draws) <= len(draws) * DRAWN * 0.05


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("cyber", ("cyberspace",)),  # its beginning
        ("afghan", ("afghanistan",)),
        ("korea", ("korean",)),
        ("terrorist", ("terrorism",)),  # its family
        ("relationship", ("relations",)),
        ("militarization", ("military",)),
        ("militarily", ("military",)),
        ("economist", ("economic", "economy")),
        ("sovereign", ("sovereignty",)),
        ("russian", ("russia",)),
        ("politician", ("political",)),
        ("finance", ("financial",)),
        ("conce", ("concept", "concerned", "concerted")),  # few
        ("intervention", ()),  # of “inter-”, as “international” is
        ("multinational", ()),
        ("moment", ()),  # a word, and no half of “momentum”
        ("police", ()),  # nor “policy”
        ("communist", ()),
        ("cyb", ()),  # too little of it
        ("terrible", ()),
        ("zzzzz", ()),
        ("", ()),
    ],
)
def test_what_a_text_has_instead(paper: Engine, word: str, found: tuple[str, ...]) -> None:
    assert alternatives(word, paper.index.text.lexicon) == found


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("ruleoflaw", "rule of law"),
        ("xijinping", "xi jinping"),
        ("asiapacificregion", "asia pacific region"),
        ("seasouth", ""),  # not in this order
        ("together", ""),
        ("a" * 41, ""),
        ("", ""),
    ],
)
def test_words_run_together(paper: Engine, word: str, found: str) -> None:
    assert " ".join(slot.text for slot in parted(word, paper.index.text)) == found


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("peacebuilding", ("peace", "building")),
        ("cybersecurity", ("cyber", "security")),  # the beginning of "cyberspace"
        ("landscape", ()),
        ("transmission", ()),  # a known word
        ("buildingpeaceful", ("building", "peaceful")),
        ("peacezzzzz", ()),
        ("peace", ()),
        ("", ()),
    ],
)
def test_a_word_as_two(paper: Engine, word: str, found: tuple[str, ...]) -> None:
    assert halves(word, paper.index.text.lexicon) == found
