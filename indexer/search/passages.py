"""Find the paragraphs that the words of a quotation are from.

A run of words that paragraphs have as it is proposes these; elsewhere the rare words of each few
words propose some. Then each word is given to one of these paragraphs, or to none, so that as many
words as possible have the neighbour that they have there, and the paragraph changes as seldom as
possible. This is a best path, found by dynamic programming. Source: A. J. Viterbi, "Error bounds
for convolutional codes and an asymptotically optimum decoding algorithm", IEEE Transactions on
Information Theory 13, 1967.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import chain, groupby, pairwise
from math import inf, log1p
from typing import NamedTuple, TypeAlias

import numpy as np

from .analysis import fold, one_kind
from .bm25 import best
from .field import Field, Ints
from .index import Index
from .query import Slot, Term
from .quoted import Break, Quotation, Word
from .spans import Span

# Words that propose paragraphs together. With 8 or 16, as many of 3,000 drawn quotations are right.
WINDOW = 12
# Paragraphs that all windows propose together, besides the best of each: the more there are, the
# longer it takes. With 16, two of 450 quotations with changed words are given to another paragraph,
# with 32 three, with none ten.
MOST_PROPOSED = 16
MOST_EXACT = 4  # of the paragraphs that have a run as it is, those chosen from
# A word that occurs more often proposes nothing: it is in too many paragraphs to choose by.
MOST_OCCURRENCES = 1_000
# What a word gains: beside its neighbour as in the paragraph, or given to none.
PAIRED, NOWHERE = 1.0, 0.35
EXACT = 0.1  # more for a word of a run that the paragraph has as it is, or that is cited
# What a change of paragraph costs before a word, in words.
COSTS: dict[Break, float] = {"": 4.0, "sentence": 3.0, "ellipsis": 1.0, "line": 0.05}


class Stretch(NamedTuple):
    """Successive words of a quotation, and the number of the paragraph that they are from.

    Where ``found`` is false they are from none, and ``paragraph`` is the one that has the most of
    them, or None if none has any.
    """

    words: Sequence[Word]
    paragraph: int | None
    found: bool


Gains: TypeAlias = dict[int | None, float]  # of one word, by paragraph; None stands for none


def stretches(quotation: Quotation, index: Index) -> Iterator[Stretch]:
    """Yield the stretches of a quotation, in order."""
    words = quotation.words
    gains = _gains(quotation, index)
    path = _path(gains, [0.0, *(COSTS[word.before] for word in words[1:])])
    start = 0
    for paragraph, group in groupby(path):
        stop = start + len(list(group))
        found = paragraph is not None
        number = paragraph if found else _likeliest(gains[start:stop])
        yield Stretch(words[start:stop], number, found)
        start = stop


def _likeliest(gains: Iterable[Gains]) -> int | None:
    """Return the paragraph by which words gain the most, though they are given to none."""
    gained: defaultdict[int | None, float] = defaultdict(float)
    for paragraph, each in chain.from_iterable(gain.items() for gain in gains):
        gained[paragraph] += each
    gained.pop(None, None)
    return max(gained, key=gained.__getitem__, default=None)


def _gains(quotation: Quotation, index: Index) -> list[Gains]:
    """Return what each word gains by the paragraphs that it may be from."""
    words, named = quotation.words, quotation.named
    cited = {n for n, (_, each) in enumerate(index.paragraphs) if named and named.is_of(each)}
    having = _having(words, index.text)
    inexact = [run for run, found in having.items() if not len(found)]
    proposed = _proposed(words, inexact, index.text)
    votes = np.zeros(len(index.paragraphs))
    votes[list(proposed)] = WINDOW
    votes[list(cited)] = len(words)
    for (start, stop), found in having.items():
        votes[found] += stop - start
    exact = {run: best(votes, found, MOST_EXACT).tolist() for run, found in having.items()}
    likely = proposed.union(cited, *(numbers[:1] for numbers in exact.values()))
    gains: list[Gains] = [{None: NOWHERE} for _ in words]
    for number, paragraph in _paired(words, inexact, sorted(likely), index):
        gains[number][paragraph] = PAIRED
    for (start, stop), numbers in exact.items():
        for gain in gains[start:stop]:
            gain.update(dict.fromkeys(numbers, PAIRED + EXACT))
    for paragraph in cited:
        for gain in gains:
            if paragraph in gain:
                gain[paragraph] += EXACT
    return gains


def _having(words: Sequence[Word], field: Field) -> dict[Span, Ints]:
    """Return the paragraphs that have a run of words as it is, by the run.

    Runs end at an ellipsis. One that no paragraph has is taken apart at every break.
    """
    found: dict[Span, Ints] = {}
    for piece in _runs(words, (0, len(words)), {"ellipsis"}):
        whole = len(_phrase(words, piece, field)) > 0
        runs = [piece] if whole else _runs(words, piece, COSTS.keys() - {""})
        found |= {run: _phrase(words, run, field) for run in runs}
    return found


def _runs(words: Sequence[Word], span: Span, breaks: Container[Break]) -> list[Span]:
    """Return the runs of some words without such a break or an editor's word."""
    start, stop = span
    cuts = [n for n in range(start, stop) if words[n].editor or words[n].before in breaks]
    runs = ((first + words[first].editor, last) for first, last in pairwise([start, *cuts, stop]))
    return [(first, last) for first, last in runs if first < last]


def _phrase(words: Sequence[Word], run: Span, field: Field) -> Ints:
    """Return the paragraphs that have a run of words as it is."""
    slots = tuple(Slot("exact", word.text) for word in words[slice(*run)])
    return field.find(Term("", (slots,))).paragraphs


def _proposed(words: Sequence[Word], runs: Iterable[Span], field: Field) -> set[int]:
    """Return the paragraphs that have the most, and the rarest, words of a window of a run."""
    spans = ((n, min(n + WINDOW, stop)) for start, stop in runs for n in range(start, stop, WINDOW))
    windows = [{word.text for word in words[start:stop]} for start, stop in spans]
    count, proposed = len(field.layout.paragraphs) - 1, set[int]()
    occurrences = field.lexicon.counts
    rare = {w for w in set().union(*windows) if 0 < occurrences.get(w, 0) <= MOST_OCCURRENCES}
    having = {word: field.find(Term("", ((Slot("exact", word),),))).paragraphs for word in rare}
    weights = {word: log1p(count / len(found)) for word, found in having.items()}
    telling = [(number, word) for number, window in enumerate(windows) for word in window & rare]
    if not telling:
        return proposed
    lengths = [len(having[word]) for _, word in telling]
    rows = np.repeat([number * count for number, _ in telling], lengths)
    voters = np.concatenate([having[word] for _, word in telling])
    worth = np.repeat([weights[word] for _, word in telling], lengths)
    votes = np.bincount(rows + voters, worth, len(windows) * count).astype(float)
    limit = 1 + MOST_PROPOSED // len(windows)
    for row in votes.reshape(-1, count):
        proposed.update(best(row, np.flatnonzero(row), limit).tolist())
    return proposed


def _paired(
    words: Sequence[Word], runs: Iterable[Span], paragraphs: Iterable[int], index: Index
) -> Iterator[tuple[int, int]]:
    """Yield the words at runs that a paragraph has beside one of their neighbours, and which."""
    numbers = defaultdict(list)
    for start, stop in runs:
        for number in range(max(start, 1), min(stop + 1, len(words))):
            if words[number].before != "ellipsis":
                numbers[words[number - 1].text, words[number].text].append(number)
    if not numbers:
        return
    for paragraph in paragraphs:
        for pair in numbers.keys() & set(pairwise(_words(paragraph, index))):
            for number in numbers[pair]:
                yield number - 1, paragraph
                yield number, paragraph


def _words(paragraph: int, index: Index) -> list[str]:
    """Return the words of a paragraph, cut where the index says that they are."""
    layout, plain = index.text.layout, one_kind(index.paragraphs[paragraph][1].text)
    words = slice(*layout.paragraphs[paragraph : paragraph + 2].tolist())
    spans = zip(layout.starts[words].tolist(), layout.stops[words].tolist(), strict=True)
    return [fold(plain[start:stop]) for start, stop in spans]


class _Step(NamedTuple):
    """The words from ``first`` on are given to a paragraph, or to none; and the step before."""

    first: int
    paragraph: int | None
    before: _Step | None


_Path: TypeAlias = tuple[float, _Step | None]  # what is gained on it, and its last step


def _path(gains: Sequence[Gains], costs: Sequence[float]) -> list[int | None]:
    """Return the paragraph that each word is given to, so that the most is gained.

    ``costs`` are what a change of paragraph costs before each word. Only the paths to paragraphs
    by which a word gains change: ``entered`` is the most with which another paragraph could have
    been entered so far, before the word ``first``, on the path ``before``.
    """
    paths: dict[int | None, _Path] = {}
    highest: _Path = (0.0, None)
    entered, first, before = -inf, 0, highest[1]
    for number, (gain, cost) in enumerate(zip(gains, costs, strict=True)):
        if highest[0] - cost >= entered:
            entered, first, before = highest[0] - cost, number, highest[1]
        for paragraph, gained in gain.items():
            score, step = paths.get(paragraph, (-inf, None))
            if score < entered:
                score, step = entered, _Step(first, paragraph, before)
            paths[paragraph] = score + gained, step
            if score + gained > highest[0]:
                highest = paths[paragraph]
    found: list[int | None] = []
    last, stop = highest[1], len(gains)
    while last is not None:
        found += [last.paragraph] * (stop - last.first)
        stop, last = last.first, last.before
    return found[::-1]
