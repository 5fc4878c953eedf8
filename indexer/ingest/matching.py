"""Which paragraph of a new edition is which of the old one. No match beats a wrong match.

Exact texts first, then paragraphs that were split or merged, then similar ones. The measure, over
simulated new scrapes, is in this folder's README; the figures below were chosen on it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cached_property
from itertools import pairwise

from ..editions import digest, normalise

# Two texts are one paragraph from this likeness on: it bears that every sixth word is another, and
# no two paragraphs of a white paper come near it (0.25 at most among those it was tried on).
LIKENESS = 0.65
# ... if no other text is as near: two candidates that lie closer than this are a guess.
LEAD = 0.10
# All of a text inside another is nearly as good as equality, and yields to it.
COVERAGE = 0.95
# Coverage of fewer word pairs than this is chance: a list's "First, we should" is in many texts.
COVERED_PAIRS = 8
# A paragraph between the same two neighbours as before is likely to be the same.
NEIGHBOURS = 0.10


@dataclass(frozen=True)
class Pairing:
    """Which is which, by position: in the old edition, in the new one.

    ``kept``: old to new. ``split``: a new paragraph to the old one it is a smaller part of.
    ``merged``: an old paragraph to the new one that it is a smaller part of. Whatever stands in
    none of them is gone, or new.
    """

    kept: dict[int, int] = field(default_factory=dict)
    split: dict[int, int] = field(default_factory=dict)
    merged: dict[int, int] = field(default_factory=dict)


class _Text:
    """A paragraph in the forms in which it is compared."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.digest = digest(text)

    @cached_property
    def normal(self) -> str:
        return normalise(self.text)

    @cached_property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """Its word bigrams. Hyphens and apostrophes do not part words, as in normalise()."""
        folded = unicodedata.normalize("NFKC", self.text).casefold()
        words = re.findall(r"[^\W_]+", re.sub(r"['’‘\-‐‑\u00ad\u200b-\u200d\u2060]", "", folded))
        return frozenset(pairwise(words))


def pair(old: Sequence[str], new: Sequence[str], *, cut: bool = False) -> Pairing:
    """Match the paragraphs of two editions, given as their texts in reading order.

    ``cut`` says that the old one ends where a page does, perhaps within a paragraph.
    """
    before, after = [_Text(text) for text in old], [_Text(text) for text in new]
    found = Pairing()
    _equal_in_order(before, after, found)
    _equal_elsewhere(before, after, found)
    if cut and before:
        _made_whole(before, after, found)
    _regrouped(before, after, found)
    _similar(before, after, found)
    return found


def _equal_in_order(old: Sequence[_Text], new: Sequence[_Text], found: Pairing) -> None:
    hashes = [text.digest for text in old], [text.digest for text in new]
    for i, j, size in SequenceMatcher(None, *hashes, autojunk=False).get_matching_blocks():
        found.kept.update(zip(range(i, i + size), range(j, j + size), strict=True))


def _equal_elsewhere(old: Sequence[_Text], new: Sequence[_Text], found: Pairing) -> None:
    """Moved: a text that the rest of each edition has exactly once."""
    olds, news = _free(old, new, found)
    there = _unique((text.digest, j) for j, text in news.items())
    for name, i in _unique((text.digest, i) for i, text in olds.items()).items():
        if name in there:
            found.kept[i] = there[name]


def _unique(items: Iterable[tuple[str, int]]) -> dict[str, int]:
    listed = list(items)
    counts = Counter(name for name, _ in listed)
    return {name: place for name, place in listed if counts[name] == 1}


def _made_whole(old: Sequence[_Text], new: Sequence[_Text], found: Pairing) -> None:
    """The last text, cut short by the end of its page, goes on in its old place."""
    last = len(old) - 1
    place = found.kept.get(last - 1, -1) + 1
    free = last not in found.kept and place in _free(old, new, found)[1]
    if free and old[last].normal and new[place].normal.startswith(old[last].normal):
        found.kept[last] = place


def _free(
    old: Sequence[_Text], new: Sequence[_Text], found: Pairing
) -> tuple[dict[int, _Text], dict[int, _Text]]:
    """What is not matched yet, by position."""
    taken = {*found.kept.values(), *found.split}
    return (
        {i: t for i, t in enumerate(old) if i not in found.kept and i not in found.merged},
        {j: t for j, t in enumerate(new) if j not in taken},
    )


def _regrouped(old: Sequence[_Text], new: Sequence[_Text], found: Pairing) -> None:
    """Split and merged paragraphs: the larger part keeps, or gives, the id."""
    olds, news = _free(old, new, found)
    for i, parts in _groups(olds, news):
        largest = max(parts, key=lambda j: len(new[j].normal))
        found.kept[i] = largest
        found.split.update((j, i) for j in parts if j != largest)
    olds, news = _free(old, new, found)
    for j, parts in _groups(news, olds):
        largest = max(parts, key=lambda i: len(old[i].normal))
        found.kept[largest] = j
        found.merged.update((i, j) for i in parts if i != largest)


def _groups(
    wholes: Mapping[int, _Text], texts: Mapping[int, _Text]
) -> Iterator[tuple[int, list[int]]]:
    """Each whole that two or more texts in a row make up, with their positions.

    Texts that more than one whole lays claim to are left to no one.
    """
    shared = _shared(wholes, texts)
    claims = {
        place: run
        for place, whole in wholes.items()
        for run in _runs(
            j for j, text in texts.items() if _is_part(text, whole, shared[place].get(j, 0))
        )
        if len(run) > 1 and _make_up(whole, [texts[j] for j in run])
    }
    claimed = Counter(j for run in claims.values() for j in run)
    for place, run in claims.items():
        if all(claimed[j] == 1 for j in run):
            yield place, run


def _is_part(text: _Text, whole: _Text, shared: int) -> bool:
    """Whether most of ``text`` is in ``whole``; a short one, if ``whole`` begins or ends so."""
    if len(text.pairs) >= COVERED_PAIRS:
        return shared / len(text.pairs) >= LIKENESS and len(text.normal) < len(whole.normal)
    return bool(text.normal) and (
        whole.normal.startswith(text.normal) or whole.normal.endswith(text.normal)
    )


def _make_up(whole: _Text, parts: Sequence[_Text]) -> bool:
    """Whether the parts have most of the word pairs of ``whole``, and say nothing twice."""
    together = frozenset[tuple[str, str]]().union(*(part.pairs for part in parts))
    size = len(whole.pairs)
    enough = len(whole.pairs & together) >= LIKENESS * size
    return enough and LIKENESS * sum(len(part.pairs) for part in parts) <= size


def _runs(places: Iterable[int]) -> list[list[int]]:
    """Rising positions, cut wherever one is left out."""
    runs: list[list[int]] = []
    for place in places:
        if runs and runs[-1][-1] == place - 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    return runs


def _shared(olds: Mapping[int, _Text], news: Mapping[int, _Text]) -> dict[int, Counter[int]]:
    """How many word pairs texts have in common: old position, new position, count."""
    having: dict[tuple[str, str], list[int]] = defaultdict(list)
    for j, text in news.items():
        for words in text.pairs:
            having[words].append(j)
    return {
        i: Counter(j for words in text.pairs for j in having.get(words, ()))
        for i, text in olds.items()
    }


def _similar(old: Sequence[_Text], new: Sequence[_Text], found: Pairing) -> None:
    """Changed: take what is clear, and look again, since each match says more of its neighbours."""
    olds, news = _free(old, new, found)
    likeness = {
        (i, j): _likeness(olds[i], news[j], shared)
        for i, row in _shared(olds, news).items()
        for j, shared in row.items()
    }
    while clear := _clear(_with_neighbours(likeness, len(old), len(new), found.kept)):
        found.kept.update(clear)
        gone, taken = set(clear), set(clear.values())
        likeness = {
            (i, j): value for (i, j), value in likeness.items() if i not in gone and j not in taken
        }


def _likeness(old: _Text, new: _Text, shared: int) -> float:
    """The larger of Dice's coefficient of the word pairs, and the coverage of a side."""
    sizes = len(old.pairs), len(new.pairs)
    covered = max((shared / size for size in sizes if size >= COVERED_PAIRS), default=0.0)
    return max(2 * shared / sum(sizes), COVERAGE * covered)


def _with_neighbours(
    likeness: Mapping[tuple[int, int], float], olds: int, news: int, kept: Mapping[int, int]
) -> dict[tuple[int, int], float]:
    """The same, with what pairs gain that stand between the same matched neighbours."""
    back = {j: j for j in kept.values()}
    left_old, left_new = _nearest(range(olds), kept, -1), _nearest(range(news), back, -1)
    right_old = _nearest(reversed(range(olds)), kept, news)
    right_new = _nearest(reversed(range(news)), back, news)
    return {
        (i, j): value + NEIGHBOURS * (left_old[i] == left_new[j] and right_old[i] == right_new[j])
        for (i, j), value in likeness.items()
    }


def _nearest(places: Iterable[int], matched: Mapping[int, int], end: int) -> dict[int, int]:
    """For each place, where the last matched one before it, in this order, is matched to."""
    nearest = {}
    for place in places:
        nearest[place] = end
        end = matched.get(place, end)
    return nearest


def _clear(likeness: Mapping[tuple[int, int], float]) -> dict[int, int]:
    """The pairs that are alike enough, with a lead over every other pair of either side."""
    rivals: dict[tuple[str, int], list[float]] = defaultdict(list)
    for (i, j), value in likeness.items():
        rivals["old", i].append(value)
        rivals["new", j].append(value)
    leads = {side: sorted([0.0, *values])[-2:] for side, values in rivals.items()}
    return {
        i: j
        for (i, j), value in likeness.items()
        if value >= LIKENESS
        and all(
            value == best and round(best - second, 6) >= LEAD
            for second, best in (leads["old", i], leads["new", j])
        )
    }
