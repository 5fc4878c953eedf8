"""Find the paragraphs that the words of a quotation are from.

A run of words proposes the paragraphs that have it verbatim; if none has, its rare words propose
some. A best path then assigns each word to one of these, or to none, so that most words keep the
neighbour that they have there, and the paragraph seldom changes. Source: A. J. Viterbi, "Error
bounds for convolutional codes and an asymptotically optimum decoding algorithm", IEEE Transactions
on Information Theory 13, 1967.
"""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

import numpy as np

from ..search.analysis import STOP_WORDS
from ..search.bm25 import Floats, best
from ..search.field import Field, Ints
from ..search.index import Index
from ..search.query import Slot
from ..search.spans import Span
from .paste import Break, Quotation, Words

WINDOW = 12  # words that propose paragraphs together; 8 or 16 do as well
# Paragraphs that all windows propose besides the best of each. Of 450 quotations with changed words
# two are assigned to a wrong one; with 32, three; with 0, ten.
MAX_PROPOSED = 16
MAX_EXACT = 4  # paragraphs considered, of those that have a run verbatim
MAX_PROPOSING = 1_000  # occurrences: a more frequent word proposes nothing, nor does a stop word
# What a word gains: beside the same neighbour as in the paragraph, or assigned to none.
PAIRED, NOWHERE = 1.0, 0.35
# More for a word if the paragraph has its run verbatim, or is cited. Four such words must not be
# enough before a sentence that is nowhere: with 0.1, 4 * 1.1 - 3.0 is as good as 4 * 0.35.
EXACT = 0.09
# Paragraphs in which words are aligned, if they gain at most NEARLY less there. With one, 20 of
# 1,500 short quotations with changed words are assigned to a wrong one; with four, one.
MAX_LIKELY, NEARLY = 4, 3.0
# What a change of paragraph costs, by the break at which it is made.
COSTS: dict[Break, float] = {"": 4.0, "sentence": 3.0, "ellipsis": 1.0, "line": 0.05}


def stretches(quotation: Quotation, index: Index) -> Iterator[tuple[Words, list[int], bool]]:
    """Yield stretches of words, their likeliest paragraphs, and whether one is their source."""
    words = quotation.words
    paragraphs, gains = _gains(quotation, index)
    # Words in a row with equal gains are one step: a change among them is never better.
    differs = (gains[1:] != gains[:-1]).any(axis=1).tolist()
    cuts = (n for n, cut in enumerate(differs, 1) if cut or words[n].before)
    starts = [0, *cuts, len(words)]
    lengths = np.diff(starts)
    costs = [0.0, *(COSTS[words[start].before] for start in starts[1:-1])]
    path = _path(gains[starts[:-1]] * lengths[:, None], costs)
    columns = np.repeat(path, lengths)  # one for each word
    changes = np.flatnonzero(np.diff(columns)) + 1
    for start, stop in pairwise([0, *changes.tolist(), len(words)]):
        column, gain = int(columns[start]), gains[start:stop].sum(axis=0)
        gain[0] = 0
        likely = [column or int(gain.argmax())]
        if column:
            near = np.flatnonzero((gain >= gain[column] - NEARLY) & (gain > 0))
            likely += best(gain, near, MAX_LIKELY).tolist()
        numbers = (paragraphs[each] for each in dict.fromkeys(likely))
        yield words[start:stop], [each for each in numbers if each is not None], column > 0


def _gains(quotation: Quotation, index: Index) -> tuple[list[int | None], Floats]:
    """Return the paragraphs that words may be from, None first, and gains: a row for each word."""
    words, named = quotation.words, quotation.named
    numbered = enumerate(index.paragraphs)
    cited = [number for number, (_, each) in numbered if named and named.is_of(each)]
    runs = _having(words, index.text)
    inexact = [run for run, found in runs.items() if not found.size]
    proposed = _proposed(words, inexact, index.text)
    favours = np.zeros(len(index.paragraphs))
    favours[list(proposed)] = WINDOW
    favours[cited] = len(words)
    exact = _likeliest(words, runs, favours)
    paragraphs = [None, *sorted(proposed.union(cited, *exact.values()))]
    columns = {paragraph: column for column, paragraph in enumerate(paragraphs)}
    gains = np.zeros((len(words), len(paragraphs)))
    gains[:, 0] = NOWHERE
    likeliest = proposed.union(cited, (having[0] for having in exact.values()))
    for paragraph, paired in _paired(words, inexact, likeliest, index):
        gains[paired - 1, columns[paragraph]] = gains[paired, columns[paragraph]] = PAIRED
    for run, having in exact.items():
        gains[slice(*run), [columns[each] for each in having]] = PAIRED + EXACT
    cited_columns = [columns[each] for each in cited]
    gains[:, cited_columns] += EXACT * (gains[:, cited_columns] > 0)
    return paragraphs, gains


def _likeliest(words: Words, runs: Mapping[Span, Ints], favours: Floats) -> dict[Span, list[int]]:
    """Return the likeliest paragraphs of each run that any has; ``favours`` add to their votes."""
    exact, last, votes = dict[Span, Ints](), 0, favours.copy()
    for run, found in runs.items():
        if not found.size:
            continue
        # Words after an ellipsis come later in the text than those before it, if possible.
        later = found[found >= last] if words[run[0]].before == "ellipsis" else found
        exact[run] = later if later.size else found
        last = exact[run][0]  # the first that has it
        votes[exact[run]] += run[1] - run[0]
    return {run: best(votes, found, MAX_EXACT).tolist() for run, found in exact.items()}


def _having(words: Words, field: Field) -> dict[Span, Ints]:
    """Return the paragraphs that have each run; a run that none has is split at all breaks."""
    found: dict[Span, Ints] = {}
    texts = [word.text for word in words]
    for piece in _runs(words, (0, len(words)), {"ellipsis"}):
        whole = field.having(texts[slice(*piece)])
        runs = [] if whole.size else _runs(words, piece, COSTS.keys() - {""})
        found |= {run: field.having(texts[slice(*run)]) for run in runs} or {piece: whole}
    return found


def _runs(words: Words, span: Span, breaks: Container[Break]) -> list[Span]:
    """Return the runs of words in a span, split at the breaks and at an editor's words."""
    start, stop = span
    cuts = [n for n in range(start, stop) if words[n].editor or words[n].before in breaks]
    runs = ((first + words[first].editor, last) for first, last in pairwise([start, *cuts, stop]))
    return [(first, last) for first, last in runs if first < last]


def _proposed(words: Words, runs: Iterable[Span], field: Field) -> set[int]:
    """Return the paragraphs with the most, and the rarest, words of each window of a run."""
    spans = [(n, min(n + WINDOW, stop)) for start, stop in runs for n in range(start, stop, WINDOW)]
    proposed = set[int]()
    for span in spans:
        votes = _votes({word.text for word in words[slice(*span)]}, field)
        voted = np.flatnonzero(votes)
        proposed.update(best(votes, voted, 1 + MAX_PROPOSED // len(spans)).tolist())
    return proposed


def _votes(window: set[str], field: Field) -> Floats:
    """Return the votes of the rare words of a window for each paragraph."""
    counts, layout = field.lexicon.counts, field.layout
    votes = np.zeros(len(layout.paragraphs) - 1)
    for word in window - STOP_WORDS:
        if 0 < counts.get(word, 0) <= MAX_PROPOSING:
            having = np.unique(layout.paragraph_of[field.positions(Slot("exact", word))])
            votes[having] += np.log1p(len(votes) / len(having))
    return votes


def _paired(
    words: Words, runs: Iterable[Span], paragraphs: Iterable[int], index: Index
) -> Iterator[tuple[int, Ints]]:
    """Yield paragraphs, and which words of the runs follow the same word there."""
    layout, known = index.text.layout, index.text.lexicon.numbers
    wanted = {
        number: (known.get(words[number - 1].text), known.get(words[number].text))
        for start, stop in runs
        for number in range(max(start, 1), min(stop + 1, len(words)))
        if words[number].before != "ellipsis"
    }
    for paragraph in paragraphs if wanted else ():
        own = layout.words[slice(*layout.paragraphs[paragraph : paragraph + 2])]
        there = set(pairwise(own.tolist()))
        yield paragraph, np.array([n for n, pair in wanted.items() if pair in there], int)


def _path(gains: Floats, costs: Sequence[float]) -> list[int]:
    """Return the column for each row of gains on the path that gains the most.

    ``costs`` are those of a change of column before each row. Of equally good changes, the last is
    made, unless the new column has a gain in the row before.
    """
    scores, steps = np.zeros(gains.shape[1]), []
    for gain, cost in zip(gains, costs, strict=True):
        best_before = int(scores.argmax())
        changed = scores[best_before] - cost
        steps.append((scores, best_before, changed))
        scores = np.maximum(scores, changed) + gain
    column = int(scores.argmax())
    path = [column]
    for number in range(len(gains) - 1, 0, -1):
        scores, best_before, changed = steps[number]
        as_good = scores[column] == changed and not gains[number - 1, column]
        column = best_before if as_good or scores[column] < changed else column
        path.append(column)
    return path[::-1]
