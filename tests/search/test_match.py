"""What is marked in a paragraph; brackets stand for the spans."""

from __future__ import annotations

import pytest

from indexer.search.engine import Engine
from indexer.search.index import index_in_memory
from indexer.search.results import Request
from indexer.search.spans import Spans

from .conftest import document_of

LAW = "The rule of law. The law rules. Rules of law, not law of rule."
EVERY_LAW = "The rule of [law]. The [law] rules. Rules of [law], not [law] of rule."
EVERY_RULE = "The [rule] of law. The law [rules]. [Rules] of law, not law of [rule]."


def matches(query: str, text: str) -> Spans:
    """Return what a query matches in a text that is the whole corpus."""
    document = document_of("law", {("I", "I"): (text,)})
    engine = Engine(index_in_memory((document,)))
    return engine.search(Request(query)).spans(document.paragraphs)["law-1"]


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("law", EVERY_LAW),
        ("rule", EVERY_RULE),
        ("rul*", EVERY_RULE),
        ("rule NOT sea", EVERY_RULE),
        ("sea OR law", EVERY_LAW),
        ("sea law", EVERY_LAW),
        ("(sea AND rule) OR law", EVERY_LAW),
        ("sea AND law", EVERY_LAW),
        ("law -rule", LAW),
        ("NOT sea", LAW),
        ("sea", LAW),
        ("*", LAW),
        ('"rule of law"', "The [rule of law]. The law rules. Rules of law, not law of rule."),
        (
            '"law" "of law"',
            "The rule [of law]. The [law] rules. Rules [of law], not [law] of rule.",
        ),
        ('"law the law"', "The rule of [law. The law] rules. Rules of law, not law of rule."),
        (
            '"rules law"~s',
            "The rule of law. The [law] [rules]. [Rules] of [law], not [law] of rule.",
        ),
        ('"rules law"~1', "The rule of law. The [law] [rules]. [Rules] of [law], not law of rule."),
    ],
)
def test_marks(query: str, text: str) -> None:
    found = matches(query, LAW)
    marked = LAW
    for start, stop in reversed(found):
        marked = f"{marked[:start]}[{marked[start:stop]}]{marked[stop:]}"
    assert marked == text


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("trust", "No [trust] here"),
        ('"a b"~1', "[a] [b] [a] [b]"),
        ('"a b"~1', "[a] x [b]"),
        ('"a b"~1', "a x x [b]"),
        ('"a b"~2', "[b] [a] [a] x [b]"),
        ('"a b"~2', "[b] x x x a"),
        ('"a b c"~1', "[c] x [b] [a]"),
        ('"a b a"', "[a b a b a] b"),
        ("well-known", "[well-known], [well known] and [wellknown]"),
        ("60%", "[60 percent], [60%], 6%"),
        ("60 per cent", "[60 percent], [60%], [60 per cent], 6%"),
        ("défense", "[Défense], [DEFENCE] and [defense's]"),
        ("ship's", "[ship], [ships], [ship's] and shipment"),
    ],
)
def test_marks_in_small_texts(query: str, text: str) -> None:
    plain = text.replace("[", "").replace("]", "")
    marked = plain
    for start, stop in reversed(matches(query, plain)):
        marked = f"{marked[:start]}[{marked[start:stop]}]{marked[stop:]}"
    assert marked == text


@pytest.mark.parametrize(
    "spans", [[(0, 0)], [(2, 1)], [(-1, 2)], [(3, 4), (0, 1)], [(0, 2), (1, 3)]]
)
def test_spans_are_in_order_not_empty_and_do_not_overlap(spans: list[tuple[int, int]]) -> None:
    with pytest.raises(ValueError, match=r"The span .* is empty or begins before"):
        Spans(spans)


def test_spans_cut_the_text_they_belong_to() -> None:
    assert Spans([(4, 7)]).cut("The sea") == (("The ", False), ("sea", True))
    assert Spans([(0, 3), (3, 4)]).cut("The sea") == (("The", True), (" ", True), ("sea", False))
    with pytest.raises(ValueError, match="A span ends at 7 in a text of 3 characters"):
        Spans([(4, 7)]).cut("sea")
