"""Align the words of a quotation with those of a paragraph, so that the fewest differ.

The alignment is semi-global: it begins and ends anywhere in the paragraph. Source: P. H. Sellers,
"The theory and computation of evolutionary distances: pattern recognition", J. Algorithms 1, 1980.
Two rules are added: at an ellipsis, and at a line that may begin another quotation, any words of
the paragraph may be passed over; and a word in brackets may stand for a few.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple, TypeAlias

import numpy as np

from .field import Ints
from .quoted import Word
from .spans import Span

StepKind: TypeAlias = Literal["equal", "replace", "insert", "delete", "editor"]

# An editor's "[it]" stands for a name: "the State Council Information Office" has five words.
MOST_EDITED = 6
# Costs, in quarters of a word: of a word put in or replaced, of one left out, of an editor's. To
# leave one out costs less, so that a word which the paragraph has is found behind it.
_EDIT, _LEFT_OUT, _EDITOR = 4, 3, 1


class Step(NamedTuple):
    """Words of the quotation beside words of the paragraph: half-open numbers of either.

    ``insert`` has no words of the paragraph, ``delete`` none of the quotation; ``editor`` is one
    word in brackets and what it stands for.
    """

    kind: StepKind
    quoted: Span
    source: Span


def align(quoted: Sequence[Word], source: Sequence[Word]) -> list[Step]:
    """Return the steps of the best alignment, one for each word, in order."""
    place = _place(quoted, source)
    if place is not None:
        return [Step("equal", (n, n + 1), (n + place, n + place + 1)) for n in range(len(quoted))]
    numbers = {word: n for n, word in enumerate({word.compared for word in source})}
    ids = np.array([numbers[word.compared] for word in source], np.int64)
    same = ids == np.arange(-1, len(numbers))[:, None]
    stepped = np.where(same, 0, _EDIT) - _LEFT_OUT
    rows = _rows(quoted, stepped, [numbers.get(word.compared, -1) for word in quoted])
    return _trace(quoted, source, rows)


def _place(quoted: Sequence[Word], source: Sequence[Word]) -> int | None:
    """Return the number of the word at which the paragraph has all the words in a row, if it has.

    This is quicker to find than an alignment, and most quotations are right.
    """
    run, words = (" ".join(word.compared for word in each) for each in (quoted, source))
    at = f" {words} ".find(f" {run} ")
    return None if at < 0 else words.count(" ", 0, at)


def _rows(quoted: Sequence[Word], steps: Ints, wanted: Sequence[int]) -> list[tuple[Ints, Ints]]:
    """Return two rows of costs for each number of words of the quotation, from 0.

    The first row has the cost of aligning these words with what ends before each word of the
    paragraph, the second that after the words that may be passed over there. A cost is less by that
    of all words before it in the paragraph, so that to leave out words costs nothing.
    """
    places = -_LEFT_OUT * np.arange(steps.shape[1] + 1)
    row, rows = places, []
    for word, number in zip(quoted, wanted, strict=True):
        entered = row
        if word.gap or word.line:
            entered = np.minimum.accumulate(row - places) + places
        rows.append((row, entered))
        best = entered + (_EDITOR if word.editor else _EDIT)
        np.minimum(best[1:], entered[:-1] + steps[number + 1], out=best[1:])
        if word.editor:
            for width in range(1, min(MOST_EDITED, steps.shape[1]) + 1):
                cost = _EDITOR - width * _LEFT_OUT
                np.minimum(best[width:], entered[:-width] + cost, out=best[width:])
        row = np.minimum.accumulate(best)
    return [*rows, (row, row)]


def _trace(
    quoted: Sequence[Word], source: Sequence[Word], rows: Sequence[tuple[Ints, Ints]]
) -> list[Step]:
    """Return the steps of the cheapest way through the rows, from its end to its beginning."""
    steps: list[Step] = []
    last = rows[-1][0]
    n, place = len(quoted), int((last + _LEFT_OUT * np.arange(len(last))).argmin())
    while n:
        cost, entered, word = rows[n][0][place], rows[n - 1][1], quoted[n - 1]
        kind, used, width = _step(word, source, entered, place, cost)
        if kind == "insert" and place and rows[n][0][place - 1] == cost:
            kind, used, width = "delete", 0, 1
        steps.append(Step(kind, (n - used, n), (place - width, place)))
        n, place = n - used, place - width
        if used and (word.gap or word.line):
            while rows[n][0][place] > entered[place]:
                place -= 1
    return steps[::-1]


def _step(
    word: Word, source: Sequence[Word], entered: Ints, place: int, cost: int
) -> tuple[StepKind, int, int]:
    """Return the step to a cell of this cost: its kind, and how many words of either it has."""
    same = place and word.compared == source[place - 1].compared
    if same and entered[place - 1] - _LEFT_OUT == cost:
        return "equal", 1, 1
    if word.editor:
        for width in (1, 0, *range(2, MOST_EDITED + 1)):  # at an end it may stand for any number
            if width <= place and entered[place - width] + _EDITOR - width * _LEFT_OUT == cost:
                return "editor", 1, width
    if place and entered[place - 1] + _EDIT - _LEFT_OUT == cost:
        return "replace", 1, 1
    return "insert", 1, 0


def joined(words: Sequence[Word], known: frozenset[str]) -> list[Word]:
    """Join the parts of hyphenated words where the joined form is among the words known.

    Only a hyphen joins, for "may be" is not "maybe", and only letters, for "20-30" is not "2030".
    """
    found: list[Word] = []
    for word in words:
        before = found[-1] if found else None
        whole = before.text + word.text if before else ""
        if before and before.hyphen and whole in known and whole.isalpha() and not word.gap:
            found[-1] = before._replace(
                text=whole, compared=whole, stop=word.stop, hyphen=word.hyphen
            )
        else:
            found.append(word)
    return found
