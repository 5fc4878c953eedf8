"""Align the words of a quotation with those of a paragraph, so that the fewest differ.

The alignment is semi-global: it begins and ends anywhere in the paragraph. Source: P. H. Sellers,
"The theory and computation of evolutionary distances: pattern recognition", J. Algorithms 1, 1980.
"""

import re
from collections.abc import Sequence

import numpy as np

from ..search.field import Ints
from .paste import Word, Words

# A word of a quotation beside one of a paragraph; None on the side that lacks it.
Pair = tuple[Word | None, Word | None]

# Costs of replacing a word, of inserting one, and, at most, of a gap after it: less than of three
# insertions, so that sentences are found even if others between them are left out. An editor's word
# (True) may stand for many, such as a long name, or for none.
_COSTS = {False: (16, 16, 46), True: (4, 8, 20)}
# Costs of leaving out a word, low so that words after it are found, and the end of a sentence. The
# sum exceeds that of an insertion, so that no single word is found in the next sentence.
_LEFT_OUT, _SENTENCE = 5, 12
_MAX_CHANGED_AT_END = 3  # words at an end; with more, it is unclear what they replace


def same(pair: Pair) -> bool:
    """Return whether the words of a pair are equal."""
    quoted, source = pair
    return bool(quoted and source and quoted.compared == source.compared)


def align(quoted: Words, source: Words, text: str) -> list[Pair]:
    """Return the pairs of the best alignment, in order; ``text`` is the whole paragraph."""
    first = place_in_a_row(quoted, source)
    if first is None:
        pairs = _trace(quoted, source, *_rows(quoted, source, text))
    else:
        pairs = list(zip(quoted, source[first : first + len(quoted)], strict=True))
    equal = [number for number, pair in enumerate(pairs) if same(pair)] or [len(pairs)]
    first, last = equal[0], equal[-1]
    before, behind = _loosened(pairs[: first + 1], text), _loosened(pairs[last:], text)
    return [*before, *pairs[first : last + 1], *behind]


def _loosened(end: Sequence[Pair], text: str) -> Sequence[Pair]:
    """Return the changed pairs at an end, as insertions if many or in another sentence."""
    changed = [each for each in end if not same(each)]
    parted = any(word.before == "sentence" for word, _ in end[1:] if word)
    many = parted or len(changed) > _MAX_CHANGED_AT_END
    anchors = [source.start for quoted, source in end if source and same((quoted, source))]
    found: list[Pair] = []
    for word, source in changed:
        near = sorted((source.start, *anchors)) if source else [0]  # to the equal word, if any
        is_apart = many or re.search(r"[.!?]", text[near[0] : near[-1]])
        if word or not is_apart:
            found.append((word, None if is_apart else source))
    return found


def place_in_a_row(quoted: Words, source: Words) -> int | None:
    """Return the index from which a paragraph has the words in a row, or None.

    Words that it lacks match any word. No alignment is better, and this one is quicker to find.
    """
    words = [word.compared for word in source]
    known = set(words)
    wanted = [(n, word.compared) for n, word in enumerate(quoted) if word.compared in known]
    for first in range(len(words) - len(quoted) + 1):
        if all(words[first + n] == word for n, word in wanted):
            return first
    return None


def _rows(quoted: Words, source: Words, text: str) -> tuple[Ints, Ints]:
    """Return the costs of alignments, and of leaving out all the paragraph's words before each.

    Row n is for the first n quoted words, column k for an end before word k of the paragraph.
    """
    ends = [found.start() for found in re.finditer(r"[.!?]", text)]
    starts = [*(word.start for word in source), len(text)]
    left_out = _LEFT_OUT * np.arange(len(starts)) + _SENTENCE * np.searchsorted(ends, starts)
    left_out = left_out.astype(np.int32)
    numbers = {word: n for n, word in enumerate({word.compared for word in source})}
    ids = np.array([numbers[word.compared] for word in source], np.int32)
    differs = (ids != np.arange(-1, len(numbers))[:, None]).astype(np.int32)  # row 0: unknown word
    # Until the end, left_out is subtracted from the costs, so that leaving a word out adds nothing.
    costs = np.diff(left_out)
    beside = {editor: changed * differs - costs for editor, (changed, *_) in _COSTS.items()}
    rows = [-left_out]
    for word in quoted:
        before = rows[-1]
        _, inserted, gap = _COSTS[word.editor]
        row = before + inserted
        inside = row[1:]
        replaced = before[:-1] + beside[word.editor][numbers.get(word.compared, -1) + 1]
        np.minimum(inside, replaced, out=inside)
        np.minimum.accumulate(row, out=row)
        np.minimum(row, np.minimum.accumulate(row + left_out) + gap - left_out, out=row)
        rows.append(row)
    return np.array(rows) + left_out, left_out


def _trace(quoted: Words, source: Words, rows: Ints, left_out: Ints) -> list[Pair]:
    """Return the pairs on the cheapest path through the rows, traced back from its end."""
    pairs: list[Pair] = []
    row, column = len(quoted), int(rows[-1].argmin())
    while column < len(source) and rows[-1][column + 1] == rows[-1][column]:
        column += 1  # prefer replacing the last word to inserting it
    cells = rows.data  # a memoryview, whose items are quicker to read
    while row:
        word, cost = quoted[row - 1], cells[row, column]
        beside = source[column - 1] if column else None
        changed, inserted, gap = _COSTS[word.editor]
        replaced = 0 if same((word, beside)) else changed
        if beside and cells[row - 1, column - 1] + replaced == cost:
            pairs.append((word, beside))
            row, column = row - 1, column - 1
        elif cells[row - 1, column] + inserted == cost:
            pairs.append((word, None))
            row -= 1
        else:
            costs = np.minimum(left_out[column] - left_out[:column], gap)
            start = column - 1 - int((rows[row, :column] + costs)[::-1].argmin())
            pairs += [(None, left) for left in reversed(source[start:column])]
            column = start
    return pairs[::-1]
