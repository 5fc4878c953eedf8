"""Ids are minted once, found again in a new edition, and never given to another paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.diff import compare, difference, disagreements, resolve
from indexer.ingest.ids import Matching, match, mint
from indexer.ingest.same_paragraph import pair
from indexer.model import Entry
from indexer.text import digest, normalise
from tests.editions.tiny import document, words

Step = tuple[Matching, dict[str, Entry]]


def follow(*editions: str) -> list[Step]:
    """Ingest one edition after the other; return the matching and the ledger of each."""
    steps: list[Step] = []
    for signs in editions:
        last, ledger = (steps[-1][0].document, steps[-1][1]) if steps else (None, {})
        found = match(document(signs), last, ledger)
        steps.append((found, {**ledger, **{entry.id: entry for entry in found.entries}}))
    return steps


def named(signs: str, step: Step) -> dict[str, str]:
    """Return the sign of each id of an edition that was made from these signs."""
    listed = [sign for sign in signs.split() if not sign.endswith(":")]
    return {p.id: s for p, s in zip(step[0].document.paragraphs, listed, strict=True)}


# old, new, whose id each paragraph of the new one has (? is a new one), the table of changes
MATCHED = [
    ("A B C", "A B C", "A B C", []),
    ("A B C", "A B' C", "A B C", ["changed B"]),
    ("A B C", "A' B' C'", "A B C", ["changed A", "changed B", "changed C"]),
    ("A B C", "A C", "A C", ["removed B"]),
    ("A B C", "A X B C", "A ? B C", ["added ?"]),
    ("A B C", "A X C", "A ? C", ["added ?", "removed B"]),
    ("A B C D", "C A B D", "C A B D", ["moved C"]),
    ("A B C D", "C' A B D", "C A B D", ["changed C", "moved C"]),
    ("I: A B II: C D E", "II: C D E I: A B X", "C D E A B ?", ["moved A", "moved B", "added ?"]),
    ("I: A B II: C", "I: A II: B C", "A B C", ["moved B"]),
    ("A B C", "A B< B> C", "A B ? C", ["changed B", "split ? from B"]),
    ("A B C", "A B> B< C", "A ? B C", ["split ? from B", "changed B"]),
    ("A B C", "A' B< B> C", "A B ? C", ["changed A", "changed B", "split ? from B"]),
    ("A B C", "A B+C", "A B", ["changed B", "merged C into B"]),
    ("A B< C", "A B<+C", "A C", ["changed C", "merged B< into C"]),
    ("A B C", "X A+B+C", "? A", ["added ?", "changed A", "merged B into A", "merged C into A"]),
    ("A B", "X Y", "? ?", ["added ?", "added ?", "removed A", "removed B"]),
    ("A B", "", "", ["removed A", "removed B"]),
    ("", "A", "?", ["added ?"]),
    # Two candidates that are as near as each other: no match beats a wrong match.
    ("A B C", "B A' X A' C", "B ? ? ? C", ["added ?", "added ?", "added ?", "removed A"]),
]


@pytest.mark.parametrize(("old", "new", "kept", "changes"), MATCHED)
def test_a_new_edition(old: str, new: str, kept: str, changes: Sequence[str]) -> None:
    first, second = follow(old, new)
    sign = named(old, first)
    assert " ".join(sign.get(p.id, "?") for p in second[0].document.paragraphs) == kept
    joint = {"split": "from", "merged": "into"}
    assert [
        " ".join(
            [c.kind, sign.get(c.id, "?"), *([joint[c.kind], sign[c.other]] if c.other else [])]
        )
        for c in second[0].changes
    ] == changes
    assert disagreements(second[0].document, second[1]) == []


# What pair() finds among texts that occur more than once: from old to new position.
REPEATED = [
    ("A A B", "A A B", {0: 0, 1: 1, 2: 2}),
    ("A B A C", "B A C", {1: 0, 2: 1, 3: 2}),
    ("A B A", "C A D", {0: 1}),
    ("B A C D A E", "D A E B A C", {0: 3, 1: 4, 2: 5, 3: 0, 4: 1, 5: 2}),
]


@pytest.mark.parametrize(("old", "new", "kept"), REPEATED)
def test_repeated_texts(old: str, new: str, kept: dict[int, int]) -> None:
    assert pair([words(s) for s in old.split()], [words(s) for s in new.split()]).kept == kept


def test_an_alias_leads_to_its_successor_and_a_tombstone_keeps_the_last_words() -> None:
    old, merged, gone = follow("A B C", "A' B+C", "A'")
    a, b, c = named("A B C", old)
    assert resolve(merged[1], c).id == b
    assert (merged[1][c].status, merged[1][c].last) == ("alias", 1)
    assert (gone[1][b].status, gone[1][b].last, gone[1][b].words) == ("gone", 2, words("B+C"))
    assert resolve(gone[1], c).id == b
    assert gone[1][a].texts == (digest(words("A")), digest(words("A'")))


def test_a_split_off_paragraph_remembers_its_origin() -> None:
    old, new = follow("A B", "A B< B>")
    kept, part = [p.id for p in new[0].document.paragraphs][1:]
    assert new[1][part].origin == kept == list(named("A B", old))[1]


@pytest.mark.parametrize("without", ["A C", "A B+C", ""])
def test_words_that_come_back_get_their_id_back(without: str) -> None:
    first, _, third = follow("A B C", without, "A B C")
    assert [p.id for p in third[0].document.paragraphs] == list(named("A B C", first))
    assert {entry.status for entry in third[1].values()} == {"live"}


def test_the_table_of_changes_can_be_read_from_any_two_editions() -> None:
    first, second, third = follow("A B C D", "A B' C+D", "B' C+D X")
    a, b, c, d = named("A B C D", first)
    changes = compare(first[0].document, third[0].document, third[1])
    new = third[0].document.paragraphs[2].id
    assert [(change.kind, change.id, change.other) for change in changes] == [
        ("changed", b, ""),
        ("changed", c, ""),
        ("added", new, ""),
        ("removed", a, ""),
        ("merged", d, c),
    ]
    assert compare(second[0].document, second[0].document, second[1]) == ()


def test_a_row_of_the_table_says_what_was_and_what_is() -> None:
    _, second = follow("I: A B", "I: X A II: B'")
    _, changed, moved = second[0].changes
    assert (changed.before, changed.after) == (words("B"), words("B'"))
    assert (moved.kind, moved.was, moved.citation) == ("moved", "I ¶2", "II ¶1")


# old, its pages available, new, its pages available (of three), what the suspicion says
TEN, ELEVEN, TWELVE = "A B C D E F G H I J", "A B C D E F G H I J K", "A B C D E F G H I J K L"
SUSPICIONS = [
    (TEN, 3, TEN, 3, ""),
    (TEN, 3, ELEVEN, 3, ""),
    (TEN, 3, TWELVE, 3, "from 10 to 12"),
    (TEN, 3, "A B C D E F G H I", 3, ""),
    (TEN, 3, "A B C D E F G H", 3, "from 10 to 8"),
    (TEN, 3, "A B C D E F G H I X", 3, ""),
    (TEN, 3, "A B C D E F G H X Y", 3, "Only 8 of 10"),
    (TEN, 3, "A B C D E F G H I+J", 3, ""),
    (TEN, 3, TEN, 1, "It has page 1 of 3 of the source; edition 1 had all 3 pages"),
    (TEN, 1, TWELVE, 3, ""),  # growth at the end: the other pages
    (TEN, 1, TWELVE, 1, "from 10 to 12"),
    (TEN, 1, "X Y " + TEN, 3, "from 10 to 12"),  # growth, and not at the end
    ("A B C<", 1, "A B C D E", 3, ""),  # the page break had cut C
    ("A B> C>", 1, "A B> C> D E F G", 3, ""),
    (TEN, 1, "X Y Z", 3, "from 10 to 3, by more than 10 %. Only 0 of 10"),
    (TEN, 3, "", 3, "from 10 to 0"),
    ("", 3, TEN, 3, "from 0 to 10"),
]


@pytest.mark.parametrize(("old", "had", "new", "has", "says"), SUSPICIONS)
def test_suspicion(old: str, had: int, new: str, has: int, says: str) -> None:
    first = match(document(old, had, 3), None, {})
    entries = {entry.id: entry for entry in first.entries}
    suspicion = match(document(new, has, 3, 2), first.document, entries).suspicion
    assert (says in suspicion) if says else (suspicion == "")


def test_a_first_edition() -> None:
    first = match(document("A B"), None, {})
    assert (first.document.edition, first.changes, first.suspicion) == (1, (), "")
    assert [entry.id for entry in first.entries] == [p.id for p in first.document.paragraphs]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ('China\'s "rules"', "China’s “rules”"),
        ("non-traditional", "nontraditional"),
        ("non-traditional", "non\u2011tradi\u00adtional"),
        ("an economic framework - the main", "an economic framework—the main"),
        ("under control.The region", "Under control. The\u00a0region"),
        ("office", "oﬃce"),
        ("zero-sum", "zero\u200b-sum "),
        ("cafe\u0301", "café"),
    ],
)
def test_typography_is_not_text(one: str, other: str) -> None:
    assert digest(one) == digest(other)
    assert mint("paper", one, 0, ()) == mint("paper", other, 0, ())


def test_other_letters_or_digits_are_another_text() -> None:
    assert len({normalise(text) for text in ("2017", "2016", "all-round", "all-around")}) == 4


def test_ids_are_the_same_for_ever() -> None:
    assert mint("paper", "Visions guide actions.", 0, ()) == "p5r2gsw"


def test_a_collision_takes_one_more_character() -> None:
    first = mint("paper", words("A"), 0, ())
    longer = mint("paper", words("A"), 0, {first})
    assert longer.startswith(first)
    assert len(longer) == len(first) + 1
    assert len(mint("paper", words("A"), 0, {first, longer})) == len(first) + 2


@given(st.text(), st.integers(0, 9), st.sets(st.integers(0, 9), max_size=5))
def test_a_new_id_never_was(text: str, occurrence: int, taken: set[int]) -> None:
    ever = {mint("paper", text, n, ()) for n in taken}
    name = mint("paper", text, occurrence, ever)
    assert name not in ever
    assert re.fullmatch(r"p[a-z2-7]{6,}", name)


SIGNS = st.lists(
    st.builds("".join, st.tuples(st.sampled_from("ABCDEF"), st.sampled_from(["", "'", "<", ">"]))),
    max_size=7,
).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(st.lists(SIGNS, min_size=2, max_size=5))
def test_whatever_comes_no_id_is_lost_or_given_to_another(editions: list[str]) -> None:
    ledger: dict[str, Entry] = {}
    for found, after in follow(*editions):
        assert disagreements(found.document, after) == []
        assert set(ledger) <= set(after)
        for name, entry in after.items():
            before = ledger.get(name, entry)
            assert entry.texts[: len(before.texts)] == before.texts
            assert entry.words[0] == before.words[0]  # the letter of which the words are made
        ledger = after


@pytest.mark.parametrize(
    ("before", "after", "parts"),
    [
        ("a b c", "a b c", [("same", "a b c")]),
        ("a b c", "a x c", [("same", "a "), ("removed", "b "), ("added", "x "), ("same", "c")]),
        ("a b", "a b c", [("same", "a b "), ("added", "c")]),
        ("a b c", "a  c", [("same", "a "), ("removed", "b "), ("same", "c")]),
        ("", "a", [("added", "a")]),
        ("a", "", [("removed", "a")]),
        ("", "", []),
    ],
)
def test_difference(before: str, after: str, parts: list[tuple[str, str]]) -> None:
    assert list(difference(before, after)) == parts


@given(*[st.lists(st.sampled_from("abcd")).map(" ".join)] * 2)
def test_a_difference_holds_both_texts(before: str, after: str) -> None:
    parts = difference(before, after)
    for text, other in ((before, "added"), (after, "removed")):
        assert "".join(part for kind, part in parts if kind != other).strip() == text


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        ({"words": words("A")}, "differ on {b}"),
        ({"section": "II"}, "differ on {b}"),
        ({"status": "gone", "last": 1}, "differ on {b}"),
        ({"status": "alias", "last": 1, "successor": "pnever7"}, "The alias {b} leads nowhere"),
    ],
)
def test_a_ledger_that_disagrees_is_reported(wrong: dict[str, Any], fault: str) -> None:
    ((found, ledger),) = follow("A B C")
    b = found.document.paragraphs[1].id
    faults = disagreements(found.document, {**ledger, b: replace(ledger[b], **wrong)})
    assert fault.format(b=b) in " ".join(faults)


def test_an_id_that_is_duplicated_or_lost_is_reported() -> None:
    ((found, ledger),) = follow("A B C")
    first, second, third = found.document.paragraphs
    twice = replace(found.document, paragraphs=(first, first, third))
    assert "Two paragraphs have the same id" in disagreements(twice, ledger)
    assert f"The edition and the ledger differ on {second.id}" in disagreements(twice, ledger)
