"""Which paragraphs are alike: worked out when the index is built, for every paragraph its nearest.

A paragraph is told by a few families of words (the forms of one word each), those that stand often
in it and rarely elsewhere. Another is as like it as it scores by these words in BM25, each counted
by what it tells, as a share of what the paragraph scores itself. So that this takes no longer for
each in a large library, the rarest of the words are looked for, as far as COMPARED places.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from .bm25 import Floats, idf, norms, saturated
from .matching import Ints, Whole

Arrays: TypeAlias = dict[str, NDArray[Any]]
_LIKE = np.dtype([("paragraph", np.int32), ("like", np.float32)])

# As the weights of ranking, these were found by nDCG@10 on two collections of judged questions.
TELLING = 20  # families of words; with 12 .01 is lost on one, 30 gain nothing
NEAREST = 100  # paragraphs; with 50 .005 is lost, 200 gain .003 on one
# Paragraphs that are looked at for each, one for each word shared: with 1,000 .01 is lost on one,
# more gain nothing there. With all, time would grow with the square of the number of paragraphs.
COMPARED = 3_000
MOST_LIKE = 2  # times as like a paragraph as it is itself; a short one with all of its words is
_MILLION = 1_000_000
_BLOCK = 500  # paragraphs worked out together: arrays of up to one and a half million


class _Families(NamedTuple):
    """By family: where its postings begin, and how many it has; by posting: paragraph, weight."""

    first: Whole
    spread: Whole
    paragraph: Ints
    weight: Floats


def related(rows: Ints, size: int, bounds: Ints) -> Arrays:
    """The arrays of an index that say which paragraphs are alike, by the names of their files.

    ``rows`` are family, paragraph and how often the one stands in the other, sorted; ``size`` is
    the number of families; ``bounds`` is where each paragraph begins and, last, where all end.

    ``telling`` has for each paragraph a row of the families that tell most of it, best first, and
    behind them -1. ``related`` has for each a row of those most like it, nearest first, by their
    numbers, and how ``like`` each is; 0 where there are no more.
    """
    family, paragraph, count = rows.T
    number = len(bounds) - 1
    spread = np.bincount(family, minlength=size + 1)  # the last is none, and stands nowhere
    worth = idf(number, spread)
    weight = worth[family] * saturated(count, norms(bounds)[paragraph])
    postings = _Families(np.cumsum(spread) - spread, spread, paragraph.copy(), weight)
    telling, told = _telling(rows, np.where(spread > 1, worth, 0), number)
    found = np.zeros((number, min(NEAREST, number)), _LIKE)

    def fill(start: int) -> None:
        block = slice(start, start + _BLOCK)
        _fill(found[block], start, telling[block], told[block], postings)

    with ThreadPoolExecutor(os.cpu_count()) as pool:  # numpy sorts without Python's lock
        list(pool.map(fill, range(0, number, _BLOCK)))
    return {"telling": telling, "related": found}


def _telling(rows: Ints, worth: Floats, paragraphs: int) -> tuple[Ints, Floats]:
    """For each paragraph a row of its most telling families, best first, and of how much they tell.

    Where it has too few, what is left tells nothing.
    """
    family, paragraph, count = rows.T
    tells = count * worth[family]
    order = np.lexsort((-tells, paragraph))
    order = order[tells[order] > 0]
    owner = paragraph[order]
    place = np.arange(len(order)) - owner.searchsorted(owner)
    order, owner, place = (column[place < TELLING] for column in (order, owner, place))
    telling = np.full((paragraphs, TELLING), -1, np.int32)
    told = np.zeros((paragraphs, TELLING))
    telling[owner, place] = family[order]
    told[owner, place] = tells[order]
    return telling, told


def _fill(
    found: NDArray[Any], start: int, telling: Ints, told: Floats, postings: _Families
) -> None:
    """Fill in a block of ``related``, from the paragraph ``start`` on."""
    owner, family, tells = _rarest(telling, told, postings.spread)
    lengths = postings.spread[family]
    first = np.repeat(postings.first[family] - np.cumsum(lengths) + lengths, lengths)
    at = first + np.arange(len(first))
    size = np.int64(postings.paragraph.max(initial=0)) + 1
    pairs = np.repeat(owner, lengths) * size + postings.paragraph[at]
    shares = np.repeat(tells, lengths) * postings.weight[at]
    pairs, like = _summed(pairs, shares)
    owner, other = np.divmod(pairs, size)
    own = np.ones(len(telling))
    itself = other == owner + start
    own[owner[itself]] = like[itself]
    owner, other, like = _sorted(owner, other, like / own[owner], size)
    place = np.arange(len(owner)) - owner.searchsorted(owner)
    kept = place < found.shape[1]
    owner, place = owner[kept], place[kept]
    found["paragraph"][owner, place] = other[kept]
    found["like"][owner, place] = like[kept]


def _sorted(
    owner: Whole, other: Whole, like: Floats, size: np.int64
) -> tuple[Whole, Whole, Floats]:
    """The rows by owner, then the likest first, then by the other: all of it in one whole number.

    To sort these takes a tenth of the time that three columns take. ``other`` is below ``size``;
    likeness is rounded to a millionth and is MOST_LIKE at most.
    """
    steps = np.int64(MOST_LIKE * _MILLION)
    unlike = steps - np.rint(np.minimum(like, MOST_LIKE) * _MILLION).astype(np.int64)
    rows = np.sort((owner * (steps + 1) + unlike) * size + other)
    pairs, other = np.divmod(rows, size)
    owner, unlike = np.divmod(pairs, steps + 1)
    return owner, other, (steps - unlike) / _MILLION


def _rarest(telling: Ints, told: Floats, spread: Whole) -> tuple[Whole, Whole, Floats]:
    """Of each row the families that stand in the fewest paragraphs, as far as COMPARED goes.

    They come as the place of the row, the family, and what it tells: one behind the other.
    """
    often = np.where(telling < 0, np.iinfo(np.int32).max, spread[telling])
    order = np.argsort(often, axis=1, kind="stable")
    often = often[np.arange(len(often))[:, None], order]
    kept = np.cumsum(often, axis=1) <= COMPARED
    kept[:, 0] = telling[np.arange(len(telling)), order[:, 0]] >= 0  # one at least
    row = np.arange(len(telling))[:, None]
    return np.nonzero(kept)[0], telling[row, order][kept], told[row, order][kept]


def _summed(pairs: Whole, shares: Floats) -> tuple[Whole, Floats]:
    """The different pairs, sorted, and the sum of the shares of each."""
    order = np.argsort(pairs, kind="stable")
    pairs = pairs[order]
    first = np.flatnonzero(np.diff(pairs, prepend=-1))
    return pairs[first], np.add.reduceat(shares[order], first) if len(first) else shares
