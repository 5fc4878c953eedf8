"""Words, their keys, and the sentences of a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.search.analysis import fold, key, one_kind, sentences, tokenize


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ""),
        (" ,.;:!?()[] ", ""),
        ("Peace, and stability.", "peace and stability"),
        ("China's", "china's"),
        ("China’s", "china's"),
        ("Chinaʼs", "china's"),
        ("the countries' own", "the countries own"),
        ("'quoted'", "quoted"),
        ("“quoted”", "quoted"),
        ("Asia-Pacific", "asia pacific"),
        ("Asia–Pacific", "asia pacific"),
        ("state-to-state", "state to state"),
        ("1,500 ships", "1500 ships"),
        ("1,500,000", "1500000"),
        ("2.5", "2.5"),
        ("in 1954, 2014", "in 1954 2014"),
        ("60 percent", "60 percent"),
        ("60 per cent of a per\ncent", "60 percent of a percent"),
        ("per centre, super cents", "per centre super cents"),
        ("60% and 60 %", "60 percent and 60 percent"),
        ("％ and %", "and"),
        ("６０％", "60 percent"),
        ("U.S. and U.N.", "us and un"),
        ("U.S.-led", "us led"),
        ("e.g. the U.S.A.", "eg the usa"),
        ("control.The region", "control the region"),
        ("G20 and COVID-19", "g20 and covid 19"),
        ("café CAFÉ cafe\u0301", "cafe cafe cafe"),
        ("Straße STRASSE", "strasse strasse"),
        ("ﬁeld", "field"),
        ("Ｐｅａｃｅ", "peace"),
        ("co\u00adoperation pea\u200bce", "cooperation peace"),
        ("snake_case", "snake case"),
        ("中国 2017年", "中国 2017年"),
    ],
)
def test_words(text: str, words: str) -> None:
    assert " ".join(tokenize(text).words) == words


@pytest.mark.parametrize(
    "words",
    [
        "policy policies policy's",
        "cooperation cooperate cooperated cooperating cooperative",
        "plan plans planned planning",
        "generate generated generation",
        "commit commits committed committing",
        "dispute disputes disputed",
        "defence defense defences",
        "take takes took taken taking",
        "uphold upheld",
        "organisation organization organisations",
        "globalise globalize globalisation globalization",
        "modernisation modernization modernise",
        "denuclearisation denuclearization",
        "centre center centred centered",
        "labour labor",
        "neighbour neighbor neighbours",
        "programme program programmes",
        "dialogue dialog dialogues",
        "china china's",
    ],
)
def test_forms_of_one_word_have_one_key(words: str) -> None:
    assert len({key(word) for word in words.split()}) == 1


@pytest.mark.parametrize(
    "words",
    [
        "policy police",
        "nuclear nucleus",
        "sea season",
        "law lawn",
        "treaty treatment",
        "position positive",
        "respect respective",
        "integrity integration",
        "international internal",
        "united unitedfront",
    ],
)
def test_different_words_have_different_keys(words: str) -> None:
    assert len({key(word) for word in words.split()}) == len(words.split())


@pytest.mark.parametrize(
    "text",
    [
        "One sentence",
        "One. |Two! |Three? |Four",
        "It is under control.|The region has grown.",
        'He asked: "Why?" |She knew. |"Because," he said.',
        "The U.S. Navy sailed. |It came back.",
        "Mr. Xi spoke on Jan. 11 in Beijing. |Dr. No did not.",
        "It grew by 2.5 percent. |60 percent of it in 2016.",
        "See example.com for more. |(All of it.) |End",
        "lower. case goes on",
        "No. 5 is alive. |So is No. 6.",
    ],
)
def test_sentences(text: str) -> None:
    plain = text.replace("|", "")
    assert "|".join(plain[start:stop] for start, stop in sentences(plain)) == text


@given(st.text())
def test_one_kind_keeps_every_letter_in_its_place(text: str) -> None:
    assert len(one_kind(text)) == len(text)
    assert one_kind(one_kind(text)) == one_kind(text)


@given(st.text())
def test_tokens_are_ordered_disjoint_and_each_the_word_it_covers(text: str) -> None:
    tokens = tokenize(text)
    edges = [place for span in tokens.spans for place in span]
    assert edges == sorted(edges)
    plain = one_kind(text)
    assert tokens.words == tuple(fold(plain[start:stop]) for start, stop in tokens.spans)
    assert list(tokens.sentences) == sorted(tokens.sentences)


@given(st.text())
def test_sentences_follow_each_other_without_a_gap(text: str) -> None:
    assert "".join(text[start:stop] for start, stop in sentences(text)) == text
