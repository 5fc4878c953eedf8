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
from itertools import chain, compress, groupby, pairwise
from math import inf
from typing import NamedTuple, TypeAlias

import numpy as np

from .analysis import STOP_WORDS
from .bm25 import Floats, best
from .field import Field, Ints, contained
from .index import Index
from .quoted import Break, Quotation, Word
from .spans import Span

# Words that propose paragraphs together. With 8 or 16, as many of 3,000 drawn quotations are right.
WINDOW = 12
# Paragraphs that all windows propose together, besides the best of each: the more there are, the
# longer it takes. With 16, two of 450 quotations with changed words are given to another paragraph,
# with 32 three, with none ten.
MOST_PROPOSED = 16
MOST_EXACT = 4  # of the paragraphs that have a run as it is, those chosen from
# A word that occurs more often proposes nothing, nor does a stop word: too many paragraphs have it.
MOST_OCCURRENCES = 1_000
# What a word gains: beside its neighbour as in the paragraph, or given to none.
PAIRED, NOWHERE = 1.0, 0.35
# More for a word of a run that the paragraph has as it is, or that is cited. Four words before the
# end of a sentence are not enough to be from a paragraph: with 0.1 they were as good as none.
EXACT = 0.09
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


Gains: TypeAlias = dict[int | None, float]  # of words, by paragraph; None stands for none


def stretches(quotation: Quotation, index: Index) -> Iterator[Stretch]:
    """Yield the stretches of a quotation, in order."""
    words = quotation.words
    gains = _gains(quotation, index)
    # Within a run of words that gain the same, the paragraph need not change: before or after it,
    # a change costs no more, and at one of these as much is gained.
    cuts = (n for n in range(1, len(words)) if words[n].before or gains[n] != gains[n - 1])
    runs = list(pairwise([0, *cuts, len(words)]))
    gained = [{by: each * (b - a) for by, each in gains[a].items()} for a, b in runs]
    path = _path(gained, [0.0, *(COSTS[words[start].before] for start, _ in runs[1:])])
    for paragraph, group in groupby(zip(path, runs, strict=True), lambda pair: pair[0]):
        spans = [span for _, span in group]
        start, stop = spans[0][0], spans[-1][1]
        found = paragraph is not None
        number = paragraph if found else _likeliest(gains[start:stop])
        yield Stretch(words[start:stop], number, found)


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
    all_of = enumerate(index.paragraphs) if named else ()
    cited = {number for number, (_, each) in all_of if named and named.is_of(each)}
    runs = _having(words, index.text)
    having = {run: found for run, found in runs.items() if found.size}
    inexact = [run for run in runs if run not in having]
    proposed = _proposed(words, inexact, index.text)
    votes = np.zeros(len(index.paragraphs))
    votes[list(proposed)] = WINDOW
    votes[list(cited)] = len(words)
    last = 0  # the paragraph before an ellipsis: what is behind it comes later, if it can
    for (start, stop), found in having.items():
        later = found[found >= last] if words[start].before == "ellipsis" else found
        having[start, stop] = found = later if len(later) else found
        votes[found] += stop - start
        last = found[0]
    exact = {run: best(votes, found, MOST_EXACT).tolist() for run, found in having.items()}
    likely = proposed.union(cited, (numbers[0] for numbers in exact.values()))
    gains: list[Gains] = [{None: NOWHERE} for _ in words]
    for paragraph, numbers in _paired(words, inexact, sorted(likely), index):
        for number in numbers:
            gains[number - 1][paragraph] = gains[number][paragraph] = PAIRED
    for (start, stop), numbers in exact.items():
        more = dict.fromkeys(numbers, PAIRED + EXACT)
        for gain in gains[start:stop]:
            gain.update(more)
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
    texts = [word.text for word in words]
    for piece in _runs(words, (0, len(words)), {"ellipsis"}):
        whole = field.having(texts[slice(*piece)])
        runs = [] if len(whole) else _runs(words, piece, COSTS.keys() - {""})
        found |= {run: field.having(texts[slice(*run)]) for run in runs} or {piece: whole}
    return found


def _runs(words: Sequence[Word], span: Span, breaks: Container[Break]) -> list[Span]:
    """Return the runs of some words without such a break or an editor's word."""
    start, stop = span
    cuts = [n for n in range(start, stop) if words[n].editor or words[n].before in breaks]
    runs = ((first + words[first].editor, last) for first, last in pairwise([start, *cuts, stop]))
    return [(first, last) for first, last in runs if first < last]


def _proposed(words: Sequence[Word], runs: Iterable[Span], field: Field) -> set[int]:
    """Return the paragraphs that have the most, and the rarest, words of a window of a run."""
    spans = ((n, min(n + WINDOW, stop)) for start, stop in runs for n in range(start, stop, WINDOW))
    windows = [{word.text for word in words[start:stop]} for start, stop in spans]
    votes, every = _votes(windows, field), np.arange(len(windows))
    proposed = set[int]()
    if not votes.any():
        return proposed
    for _ in range(1 + MOST_PROPOSED // len(windows)):
        likeliest = votes.argmax(axis=1)
        proposed.update(likeliest[votes[every, likeliest] > 0].tolist())
        votes[every, likeliest] = 0
    return proposed


def _votes(windows: Sequence[set[str]], field: Field) -> Floats:
    """Return what the rare words of each window are worth in each paragraph, a row for a window."""
    counts, size = field.lexicon.counts, len(field.layout.paragraphs) - 1
    rare = [
        (number, field.positions_of(word))
        for number, window in enumerate(windows)
        for word in window - STOP_WORDS
        if 0 < counts.get(word, 0) <= MOST_OCCURRENCES
    ]
    if not rare:
        return np.zeros((len(windows), size))
    word = np.repeat(np.arange(len(rare)), [len(positions) for _, positions in rare])
    paragraph = field.layout.paragraph_of(np.concatenate([positions for _, positions in rare]))
    first = np.diff(word * size + paragraph, prepend=-1) > 0  # a word votes once for a paragraph
    word, paragraph = word[first], paragraph[first]
    worth = np.log1p(size / np.bincount(word))
    window = np.array([number for number, _ in rare])[word]
    votes = np.bincount(window * size + paragraph, worth[word], len(windows) * size)
    return votes.reshape(-1, size).astype(float)


def _paired(
    words: Sequence[Word], runs: Iterable[Span], paragraphs: Iterable[int], index: Index
) -> Iterator[tuple[int, list[int]]]:
    """Yield paragraphs, and the words at runs that each has right behind the word before."""
    layout, known = index.text.layout, index.text.lexicon.numbers
    wanted = [
        number
        for start, stop in runs
        for number in range(max(start, 1), min(stop + 1, len(words)))
        if words[number].before != "ellipsis"
    ]
    numbers = np.array([known.get(word.text, -1) for word in words], np.int64)
    pairs = _pairs(numbers, len(known))[np.array(wanted, int) - 1]
    for paragraph in paragraphs if wanted else ():
        own = layout.words[slice(*layout.paragraphs[paragraph : paragraph + 2])]
        having = contained(pairs, np.sort(_pairs(own.astype(np.int64), len(known))))
        yield paragraph, list(compress(wanted, having.tolist()))


def _pairs(numbers: Ints, size: int) -> Ints:
    """Return one number for each two words in a row; theirs are -1 or less than ``size``."""
    return (numbers[:-1] + 1) * (size + 1) + numbers[1:] + 1


class _Step(NamedTuple):
    """The runs from ``first`` on are given to a paragraph, or to none; and the step before."""

    first: int
    paragraph: int | None
    before: _Step | None


_Path: TypeAlias = tuple[float, _Step | None]  # what is gained on it, and its last step
_UNREACHED: _Path = (-inf, None)


def _path(gains: Sequence[Gains], costs: Sequence[float]) -> list[int | None]:
    """Return the paragraph that each run of words is given to, so that the most is gained.

    ``costs`` are what a change of paragraph costs before each run. Only the paths to paragraphs
    by which a run gains change: ``entered`` is the most with which another paragraph could have
    been entered so far, before the run ``first``, on the path ``before``.
    """
    paths: dict[int | None, _Path] = {}
    highest: _Path = (0.0, None)
    entered, first, before = -inf, 0, highest[1]
    for number, (gain, cost) in enumerate(zip(gains, costs, strict=True)):
        if highest[0] - cost >= entered:
            entered, first, before = highest[0] - cost, number, highest[1]
        for paragraph, gained in gain.items():
            score, step = paths.get(paragraph, _UNREACHED)
            if score < entered:
                score, step = entered, _Step(first, paragraph, before)
            paths[paragraph] = path = (score + gained, step)
            if path[0] > highest[0]:
                highest = path
    found: list[int | None] = []
    last, stop = highest[1], len(gains)
    while last is not None:
        found += [last.paragraph] * (stop - last.first)
        stop, last = last.first, last.before
    return found[::-1]
