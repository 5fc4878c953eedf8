"""Match the paragraphs of two editions, by the method in this folder's README."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cached_property
from itertools import groupby, pairwise
from typing import TypeVar

from ..text import normalise

# The least likeness of a paragraph to its new version. Every sixth word may differ; two paragraphs
# of one white paper reach 0.25 at most.
LIKENESS = 0.65
LEAD = 0.10  # the least over any rival: choosing among closer candidates would be a guess
COVERAGE = 0.95  # likeness to a text that contains all of it: nearly as much as if equal
COVERED_PAIRS = 8  # coverage of fewer word pairs is chance: many texts have "First, we should"
NEIGHBOURS = 0.10  # added to the likeness if both neighbours are the same as before

Value = TypeVar("Value")


@dataclass(frozen=True)
class Pairing:
    """The matches, as positions in the two editions; a paragraph in none is gone, or new.

    ``kept`` maps old to new, ``split`` a new part to its old whole, ``merged`` an old part to its
    new whole; the largest part of each whole is in ``kept``.
    """

    kept: dict[int, int] = field(default_factory=dict)
    split: dict[int, int] = field(default_factory=dict)
    merged: dict[int, int] = field(default_factory=dict)


class _Text:
    """A paragraph in the two forms that are compared: its letters, and its word pairs."""

    def __init__(self, text: str) -> None:
        self.text, self.letters = text, normalise(text)

    @cached_property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """Its word bigrams. As in normalise(), hyphens and apostrophes do not separate words."""
        folded = unicodedata.normalize("NFKC", self.text).casefold()
        words = re.findall(r"[^\W_]+", re.sub(r"['’‘\-‐‑\u00ad\u200b-\u200d\u2060]", "", folded))
        return frozenset(pairwise(words))


Texts = Mapping[int, _Text]  # by position: i in the old edition, j in the new one


def pair(old: Sequence[str], new: Sequence[str]) -> Pairing:
    """Match the paragraphs of two editions, given as their texts in reading order."""
    before, after, found = list(map(_Text, old)), list(map(_Text, new)), Pairing()
    first, second = ([text.letters for text in texts] for texts in (before, after))
    for i, j, size in SequenceMatcher(None, first, second, autojunk=False).get_matching_blocks():
        found.kept.update(zip(range(i, i + size), range(j, j + size), strict=True))
    # Moved: an equal text that the rest of each edition has exactly once.
    free = _free(before, after, found)
    here, there = (unique((text.letters, at) for at, text in texts.items()) for texts in free)
    found.kept.update((i, there[letters]) for letters, i in here.items() if letters in there)
    # Split and merged: the largest part keeps, or gives, the id.
    for i, (largest, *others) in _groups(*_free(before, after, found)):
        found.kept[i] = largest
        found.split.update((j, i) for j in others)
    olds, news = _free(before, after, found)
    for j, (largest, *others) in _groups(news, olds):
        found.kept[largest] = j
        found.merged.update((i, j) for i in others)
    # Changed: each match may make its neighbours clear, so this is repeated.
    ends = {-1: -1, len(before): len(after)}  # the edges of the editions are neighbours, too
    while clear := _clear(_likeness(*_free(before, after, found), found.kept | ends)):
        found.kept.update(clear)
    return found


def _free(old: Sequence[_Text], new: Sequence[_Text], found: Pairing) -> tuple[Texts, Texts]:
    """Return the old and the new texts that are not matched yet."""
    matched, taken = {*found.kept, *found.merged}, {*found.kept.values(), *found.split}
    olds = {i: text for i, text in enumerate(old) if i not in matched}
    return olds, {j: text for j, text in enumerate(new) if j not in taken}


def unique(items: Iterable[tuple[str, Value]]) -> dict[str, Value]:
    """Return the pairs among ``items`` whose first element occurs only once."""
    listed = list(items)
    counts = Counter(name for name, _ in listed)
    return {name: value for name, value in listed if counts[name] == 1}


def _groups(wholes: Texts, texts: Texts) -> Iterator[tuple[int, list[int]]]:
    """Yield each whole with the consecutive texts that make up it alone, the largest first."""
    claims = dict[int, list[int]]()
    for at, row in _shared(wholes, texts).items():
        parts = [j for j in texts if _is_part(texts[j], wholes[at], row[j])]
        # Position less rank is the same for all parts of a run: 4, 5, 6 less 0, 1, 2.
        for _, in_a_row in groupby(enumerate(parts), key=lambda each: each[1] - each[0]):
            run = [j for _, j in in_a_row]
            if len(run) > 1 and _make_up(wholes[at], [texts[j] for j in run]):
                claims[at] = run
    claimants = Counter(j for run in claims.values() for j in run)
    for at, run in claims.items():
        if all(claimants[j] == 1 for j in run):
            yield at, sorted(run, key=lambda j: len(texts[j].letters), reverse=True)


def _is_part(text: _Text, whole: _Text, shared: int) -> bool:
    """Return whether ``whole`` contains most of a text, or begins or ends with a short one."""
    if len(text.pairs) >= COVERED_PAIRS:
        return shared / len(text.pairs) >= LIKENESS and len(text.letters) < len(whole.letters)
    ends = whole.letters.startswith(text.letters) or whole.letters.endswith(text.letters)
    return bool(text.letters) and ends


def _make_up(whole: _Text, parts: Sequence[_Text]) -> bool:
    """Return whether the parts have most word pairs of ``whole``, and few more than those."""
    together = frozenset[tuple[str, str]]().union(*(part.pairs for part in parts))
    size = len(whole.pairs)
    enough = len(whole.pairs & together) >= LIKENESS * size
    return enough and LIKENESS * sum(len(part.pairs) for part in parts) <= size


def _shared(olds: Texts, news: Texts) -> dict[int, Counter[int]]:
    """Return the number of word pairs that texts share, by old and new position."""
    having = defaultdict[tuple[str, str], list[int]](list)
    for j, text in news.items():
        for words in text.pairs:
            having[words].append(j)
    return {
        i: Counter(j for words in text.pairs for j in having.get(words, ()))
        for i, text in olds.items()
    }


def _likeness(olds: Texts, news: Texts, matched: Mapping[int, int]) -> dict[tuple[int, int], float]:
    """Return the likeness, by old and new position, of texts that share word pairs."""
    found = {}
    for i, row in _shared(olds, news).items():
        for j, shared in row.items():
            sizes = len(olds[i].pairs), len(news[j].pairs)
            dice = 2 * shared / sum(sizes)
            covered = max((shared / size for size in sizes if size >= COVERED_PAIRS), default=0.0)
            beside = all(matched.get(i + step) == j + step for step in (-1, 1))
            found[i, j] = max(dice, COVERAGE * covered) + NEIGHBOURS * beside
    return found


def _clear(likeness: Mapping[tuple[int, int], float]) -> dict[int, int]:
    """Return the pairs that are alike enough, and lead all other pairs of either text by LEAD."""
    of_old, of_new = defaultdict[int, list[float]](list), defaultdict[int, list[float]](list)
    for (i, j), value in likeness.items():
        of_old[i].append(value)
        of_new[j].append(value)
    return {
        i: j
        for (i, j), value in likeness.items()
        if value >= LIKENESS and _leads(value, of_old[i]) and _leads(value, of_new[j])
    }


def _leads(value: float, values: Sequence[float]) -> bool:
    """Return whether a value leads all others among ``values`` by LEAD."""
    # Round, because 0.75 - 0.65 is not quite 0.1.
    return sum(round(value - other, 6) < LEAD for other in values) == 1
