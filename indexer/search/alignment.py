"""Align the words of a quotation with those of a paragraph, so that the fewest differ.

The alignment is semi-global: it begins and ends anywhere in the paragraph. Source: P. H. Sellers,
"The theory and computation of evolutionary distances: pattern recognition", J. Algorithms 1, 1980.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

import numpy as np

from .field import Ints
from .quoted import Word

# Words at an end of a quotation that may be changed; of more, nobody can tell what they replace.
CHANGED_AT_END = 3
# A word of a quotation beside one of a paragraph; None where it was put in, or one left out.
Pair: TypeAlias = tuple[Word | None, Word | None]


class _Costs(NamedTuple):
    """Costs of a word replaced, of one put in, and of each word left out behind it."""

    replaced: int
    put_in: int
    left_out: int


# To leave a word out costs less than to change one, so that a word which the paragraph has is found
# behind it. An editor's word in brackets may well stand for a few.
_TYPED, _EDITOR = _Costs(4, 4, 3), _Costs(1, 2, 1)


def same(pair: Pair) -> bool:
    """Return whether a pair is of equal words."""
    quoted, source = pair
    return bool(quoted and source and quoted.compared == source.compared)


def align(quoted: Sequence[Word], source: Sequence[Word]) -> list[Pair]:
    """Return the pairs of the best alignment, in order."""
    first = _place(quoted, source)
    if first is not None:
        return list(zip(quoted, source[first : first + len(quoted)], strict=True))
    return _loosened(_trace(quoted, source, _rows(quoted, source)))


def _loosened(pairs: Sequence[Pair]) -> list[Pair]:
    """Take many changed words at an end as put in: they stand for nothing in the paragraph."""
    equal = [number for number, pair in enumerate(pairs) if same(pair)]
    first, last = (equal[0], equal[-1] + 1) if equal else (len(pairs), len(pairs))
    before, after = (
        end if len(end) <= CHANGED_AT_END else [(word, None) for word, _ in end if word]
        for end in (pairs[:first], pairs[last:])
    )
    return [*before, *pairs[first:last], *after]


def _place(quoted: Sequence[Word], source: Sequence[Word]) -> int | None:
    """Return the number of the word at which a paragraph has all the words in a row, if it has.

    This is quicker to find than an alignment, and most quotations are right.
    """
    run, words = (" ".join(word.compared for word in each) for each in (quoted, source))
    at = f" {words} ".find(f" {run} ")
    return None if at < 0 else words.count(" ", 0, at)


def _rows(quoted: Sequence[Word], source: Sequence[Word]) -> list[Ints]:
    """Return the costs of aligning the first words of a quotation, a row for each number of them.

    A row has the cost of what ends before each word of the paragraph and, last, at its end.
    """
    numbers = {word: n for n, word in enumerate({word.compared for word in source})}
    ids = np.array([numbers[word.compared] for word in source], np.int64)
    other = ids != np.arange(-1, len(numbers))[:, None]  # the first row is of any other word
    steps = {costs: costs.replaced * other for costs in (_TYPED, _EDITOR)}
    behind = {costs: costs.left_out * np.arange(len(source) + 1) for costs in steps}
    rows = [np.zeros(len(source) + 1, np.int64)]
    for word in quoted:
        costs = _costs(word)
        best = rows[-1] + costs.put_in
        beside = rows[-1][:-1] + steps[costs][numbers.get(word.compared, -1) + 1]
        np.minimum(best[1:], beside, out=best[1:])
        best -= behind[costs]
        rows.append(np.minimum.accumulate(best) + behind[costs])
    return rows


def _costs(word: Word) -> _Costs:
    return _EDITOR if word.editor else _TYPED


def _trace(quoted: Sequence[Word], source: Sequence[Word], rows: Sequence[Ints]) -> list[Pair]:
    """Return the pairs of the cheapest way through the rows, from its end to its beginning."""
    pairs: list[Pair] = []
    number, place = len(quoted), int(rows[-1].argmin())
    while number:
        word, cost, before = quoted[number - 1], rows[number][place], rows[number - 1]
        costs = _costs(word)
        if place:
            pair = word, source[place - 1]
            if before[place - 1] + (0 if same(pair) else costs.replaced) == cost:
                pairs.append(pair)
                number, place = number - 1, place - 1
                continue
            if rows[number][place - 1] + costs.left_out == cost:
                place -= 1
                pairs.append((None, source[place]))
                continue
        pairs.append((word, None))
        number -= 1
    return pairs[::-1]
