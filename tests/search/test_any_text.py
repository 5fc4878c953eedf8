"""Any text at all can be indexed, and searched for any piece of it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from indexer.errors import QueryError
from indexer.search.analysis import tokenize
from indexer.search.engine import Engine
from indexer.search.index import index_in_memory
from indexer.search.limits import MAX_LENGTH
from indexer.search.results import Request, answer

from .conftest import document_of, engine_of

# Every category of Unicode, by itself and with the others. No file in UTF-8 has lone surrogates.
CHARACTERS = st.characters(exclude_categories=["Cs"])
KINDS = [
    st.characters(categories=["L"]),
    st.characters(categories=["M"]),
    st.characters(categories=["N"]),
    st.characters(categories=["P"]),
    st.characters(categories=["S"]),
    st.characters(categories=["Z"]),
    st.characters(categories=["Cc", "Cf", "Co", "Cn"]),
]
ODD = st.sampled_from(
    [
        *("56 % of cases, 95 % CI", "%", " %", "5 %", "1,500.5 %-age", "10 °C", "5‰", "½ ¾", "x²"),
        *("\u0301", "\u0301\u0301 \u0301", "e\u0301\u200d", "\u00ad", "\u200b\ufeff", "a\u0301%"),
        *("...", "?!", "-", "--", "- - -", "'", "’s", "_", "__a__", "“”", "«»", "(SCO)", "( )"),
        *("U.S.", "U.S", "A.B.C.", "a.b", "No. 5", "control.The", "İstanbul ıI", "ﬁne", "ß", "ẞ"),
        *("中文", "日本語テキスト", "한국어", "العربية", "עִבְרִית", "हिन्दी", "ไทย", "😀👨‍👩‍👧", "🇨🇳"),
        *(
            "٣٤",
            "１２３",
            "²³",
            "Ⅳ",
            "①",
            "ª",
            "a/b",
            "AND OR NOT",
            "heading:",
            "x~2",
            "*",
            "co-op-",
        ),
        *("\x00", "\x1f", "\x85", "\u2028", "\u2029", "\ue000", "\U0010ffff", "\ufffe", ""),
    ]
)
TEXT = st.one_of(
    st.text(CHARACTERS, max_size=80),
    *map(st.text, KINDS),
    st.lists(ODD, max_size=8).map(" ".join),
    st.lists(st.one_of(ODD, st.text(CHARACTERS, max_size=5)), max_size=12).map("".join),
)
TEXTS = st.lists(TEXT, max_size=5)
# A word with the number of a note, which is left out of what is typed; no text that is ingested has
# one.
NOTED = re.compile("[a-z]{3}[⁰¹²³⁴-⁹]")


def holds(engine: Engine, asked: list[str]) -> None:
    """Assert that every answer to some queries can be given, and written as JSON."""
    for text in asked:
        engine.suggest(text)
        try:
            results = engine.search(Request(text)).results
        except QueryError:  # over a limit, and said so
            continue
        json.dumps(answer(results)).encode()
    for paragraph in engine.documents[0].paragraphs:
        engine.related(paragraph.id)


def finds_itself(engine: Engine, most: int = 20) -> None:
    """Assert that every word of a text finds it as it is printed, in quotes and without."""
    for paragraph in engine.documents[0].paragraphs:
        tokens = tokenize(paragraph.text)
        for (start, stop), folded in list(zip(tokens.spans, tokens.words, strict=True))[:most]:
            printed = paragraph.text[start:stop]
            word = printed if any(map(str.isalnum, printed)) else folded  # "percent", not "%"
            for query in () if NOTED.search(word) else (f'"{word}"', word):
                if len(query) <= MAX_LENGTH and query not in {"AND", "OR", "NOT"}:
                    assert paragraph.id in engine.search(Request(query)).ids(), (query, word)


@given(TEXTS, st.data())
@settings(max_examples=100, deadline=None)
def test_any_text_can_be_indexed_and_asked_for_its_pieces(
    texts: list[str], data: st.DataObject
) -> None:
    engine = Engine(index_in_memory((document_of("any", {("I", "I. Any"): tuple(texts)}),)))
    pieces = []
    for text in texts:
        start = data.draw(st.integers(0, len(text)))
        pieces += [text, text[start:], text[start : start + 9]]
    holds(engine, pieces)
    finds_itself(engine)


@given(TEXTS)
@example(["aa`²"])  # no word with the number of a note
@example(["aaa²"])  # a word with one
@settings(max_examples=15, deadline=None)
def test_an_index_on_disk_finds_what_one_in_memory_finds(texts: list[str]) -> None:
    document = document_of("any", {("I", "I. Any"): tuple(texts)})
    memory = Engine(index_in_memory((document,)))
    with TemporaryDirectory() as folder:
        disk = engine_of((document,), Path(folder))
        finds_itself(disk)
        for text in texts:
            if len(text) <= MAX_LENGTH:
                assert disk.search(Request(text)).ids() == memory.search(Request(text)).ids()
                assert disk.suggest(text) == memory.suggest(text)


@pytest.mark.parametrize("letter", ["x", "中", "-", "%", "\u0301", "'", ".", "1", "x-", "x.", "é"])
def test_a_text_of_50000_characters_without_a_space(letter: str, tmp_path: Path) -> None:
    text = (letter * 50_000)[:50_000]
    engine = engine_of((document_of("any", {("I", "I"): (text, "short")}),), tmp_path)
    holds(engine, [text, text[:100], "short", "sh"])
    assert engine.search(Request("short")).ids() == ("any-2",)
