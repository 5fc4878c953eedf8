"""Find the paragraphs that the words of quotations are from.

Each run of words proposes the paragraphs that have it as it is; where none has, the rare words of
each few of its words propose some. Then each word is given to one of these, or to none, so that as
many words as possible have the neighbour that they have in their paragraph, and the paragraph
changes as seldom as possible. This is a best path, found by dynamic programming. Source: A. J.
Viterbi, "Error bounds for convolutional codes and an asymptotically optimum decoding algorithm",
IEEE Transactions on Information Theory 13, 1967.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, groupby, pairwise
from math import inf, log1p
from typing import NamedTuple, TypeAlias

import numpy as np

from .analysis import tokenize
from .bm25 import best
from .field import Field, Ints
from .index import Index
from .query import Slot, Term
from .quoted import Break, Quotation, Word, words_of
from .spans import Span

# Words of a window, and paragraphs that each window proposes: the shortest quotation worth a part
# of its own has some eight words. With four proposed, four of 300 quotations with changed words
# were given to another paragraph; with eight, three.
WINDOW, PROPOSED = 8, 8
MOST_READ = 32  # of the paragraphs proposed, without the first of each window
# A word that occurs more often proposes nothing: it is in too many paragraphs to choose by.
MOST_OCCURRENCES = 1_000
# What a word gains: beside its neighbour as in the paragraph, or given to none.
PAIRED, NOWHERE = 1.0, 0.35
EXACT = 0.1  # more for a word of a run that the paragraph has as it is, or that is cited
# What a change of paragraph costs before a word, in words.
COSTS: dict[Break, float] = {
    "": 4.0,
    "sentence": 3.0,
    "ellipsis": 1.0,
    "line": 0.05,
    "quotation": 0.05,
}
# Breaks between words that need not be neighbours in the text.
APART: set[Break] = {"ellipsis", "quotation"}


@dataclass(frozen=True)
class Stretch:
    """Successive words of a quotation, and the paragraph that they are from.

    ``paragraph`` is its number in the index, ``source`` its words. Where ``found`` is false they
    are from none, and it is the one that has the most of them; None where none has any.
    """

    words: Sequence[Word]
    paragraph: int | None
    source: Sequence[Word]
    found: bool


Gains: TypeAlias = dict[int, float]  # what a word gains by each paragraph that has it so


def stretches(
    quotations: Sequence[Quotation], index: Index
) -> Iterator[tuple[Quotation, list[Stretch]]]:
    """Yield each quotation with its stretches, in order."""
    words = [word for quotation in quotations for word in quotation.words]
    cited = [_cited(quotation, index) for quotation in quotations]
    runs, pieces = _runs(words, [name for name in COSTS if name]), _runs(words, APART)
    exact = _exact(words, {*runs, *pieces}, set().union(*cited), index.text)
    inexact = [run for run in runs if not exact[run]]
    likely = (number for found in exact.values() for number in found[:1])
    candidates = _proposed(words, inexact, index.text).union(*cited, likely) if inexact else set()
    gains = _gains(words, {n: _pairs(index.paragraphs[n][1].text) for n in sorted(candidates)})
    for (start, stop), numbers in exact.items():
        for gain in gains[start:stop]:
            gain.update({number: gain.get(number, PAIRED) + EXACT for number in numbers})
    bounds = [0, *accumulate(len(quotation.words) for quotation in quotations)]
    for (start, stop), wanted in zip(pairwise(bounds), cited, strict=True):
        for gain in gains[start:stop]:
            gain.update({number: gain[number] + EXACT for number in wanted & gain.keys()})
    path = _path(gains, [COSTS[word.before] for word in words])
    for (start, stop), quotation in zip(pairwise(bounds), quotations, strict=True):
        groups = groupby(range(start, stop), key=path.__getitem__)
        found = [_stretch(words, gains, list(group), n, index) for n, group in groups]
        yield quotation, found


def _cited(quotation: Quotation, index: Index) -> set[int]:
    """Return the numbers of the paragraphs that are cited behind a quotation."""
    named = quotation.named
    if not named:
        return set()
    return {number for number, (_, each) in enumerate(index.paragraphs) if named.is_of(each)}


def _proposed(words: Sequence[Word], runs: Iterable[Span], field: Field) -> set[int]:
    """Return the paragraphs that have the most, and the rarest, words of a window of a run.

    Of those that are the first of no window only a few are, for reading all of them takes long.
    """
    count, first_of_one = len(field.layout.paragraphs) - 1, set[int]()
    proposed = Counter[int]()
    postings: dict[str, tuple[Ints, float]] = {}
    for start, stop in runs:
        for first in range(start, stop, WINDOW):
            votes = np.zeros(count)
            for word in {word.text for word in words[first : min(first + WINDOW, stop)]}:
                if word not in postings:
                    postings[word] = _postings(word, field)
                paragraphs, weight = postings[word]
                votes[paragraphs] += weight
            highest = best(votes, np.flatnonzero(votes), PROPOSED).tolist()
            first_of_one |= set(highest[:1])
            proposed.update(highest)
    return first_of_one.union(number for number, _ in proposed.most_common(MOST_READ))


def _postings(word: str, field: Field) -> tuple[Ints, float]:
    """Return the paragraphs that have a word, and its weight: the rarer, the higher."""
    slot = Slot("exact", word)
    if field.count(slot) > MOST_OCCURRENCES:
        return np.empty(0, int), 0.0
    paragraphs = field.find(Term("", ((slot,),))).paragraphs
    return paragraphs, log1p(len(field.layout.paragraphs) / max(len(paragraphs), 1))


def _runs(words: Sequence[Word], breaks: Container[Break]) -> list[Span]:
    """Return the runs of words without such a break or an editor's word, as half-open numbers."""
    starts = [n for n, word in enumerate(words) if not n or word.editor or word.before in breaks]
    spans = ((start + words[start].editor, stop) for start, stop in pairwise([*starts, len(words)]))
    return [(start, stop) for start, stop in spans if start < stop]


def _exact(
    words: Sequence[Word], runs: Iterable[Span], cited: set[int], field: Field
) -> dict[Span, list[int]]:
    """Return some of the paragraphs that have a run as it is, by the run.

    They are those that are cited, then those that have the most words of all runs.
    """
    votes = np.zeros(len(field.layout.paragraphs) - 1)
    votes[list(cited)] = len(words)
    found = {}
    for start, stop in runs:
        slots = tuple(Slot("exact", word.text) for word in words[start:stop])
        found[start, stop] = field.find(Term("", (slots,))).paragraphs
        votes[found[start, stop]] += stop - start
    return {run: best(votes, among, PROPOSED).tolist() for run, among in found.items()}


@lru_cache(maxsize=512)
def _pairs(text: str) -> frozenset[tuple[str, str]]:
    """Return the pairs of words that are neighbours in a text."""
    return frozenset(pairwise(tokenize(text).words))


def _gains(words: Sequence[Word], sources: Mapping[int, frozenset[tuple[str, str]]]) -> list[Gains]:
    """Return what each word gains by the paragraphs that have it beside one of its neighbours."""
    pairs = defaultdict(list)
    for number, (word, after) in enumerate(pairwise(words)):
        if after.before not in APART:
            pairs[word.text, after.text].append(number)
    gains: list[Gains] = [{} for _ in words]
    for paragraph, theirs in sources.items():
        for pair in pairs.keys() & theirs:
            for number in pairs[pair]:
                gains[number][paragraph] = gains[number + 1][paragraph] = PAIRED
    return gains


class _Step(NamedTuple):
    """The words from ``first`` on are given to a paragraph, or to none; and the step before."""

    first: int
    paragraph: int | None
    before: _Step | None


def _path(gains: Sequence[Gains], costs: Sequence[float]) -> list[int | None]:
    """Return the paragraph that each word is given to, so that the most is gained; None is none.

    ``costs`` are what a change of paragraph costs before each word. A score changes only where a
    word gains, so that the others need no look: ``entered`` is the most with which any paragraph
    could have been entered so far.
    """
    scores: dict[int | None, tuple[float, _Step]] = {}
    highest: tuple[float, _Step | None] = (0.0, None)
    entered, first, before = -inf, 0, highest[1]
    for number, (gain, cost) in enumerate(zip(gains, costs, strict=True)):
        if highest[0] - cost >= entered:
            entered, first, before = highest[0] - cost, number, highest[1]
        for paragraph, gained in (*gain.items(), (None, NOWHERE)):
            score, step = scores.get(paragraph, (-inf, _Step(first, paragraph, before)))
            if score < entered:
                score, step = entered, _Step(first, paragraph, before)
            scores[paragraph] = score + gained, step
            if scores[paragraph][0] > highest[0]:
                highest = scores[paragraph]
    path: list[int | None] = []
    last, stop = highest[1], len(gains)
    while last is not None:
        path += [last.paragraph] * (stop - last.first)
        stop, last = last.first, last.before
    return path[::-1]


def _stretch(
    words: Sequence[Word],
    gains: Sequence[Gains],
    numbers: Sequence[int],
    paragraph: int | None,
    index: Index,
) -> Stretch:
    """Return the words of these numbers as a stretch of a paragraph, or of none."""
    found = paragraph is not None
    if paragraph is None:
        gained: defaultdict[int, float] = defaultdict(float)
        for number in numbers:
            for other, gain in gains[number].items():
                gained[other] += gain
        paragraph = max(gained, key=gained.__getitem__, default=None)
    quoted = words[numbers[0] : numbers[-1] + 1]
    if paragraph is None:
        return Stretch(quoted, None, (), found)
    known = {word.text for word in quoted}
    return Stretch(quoted, paragraph, words_of(index.paragraphs[paragraph][1].text, known), found)
