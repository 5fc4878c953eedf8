"""Suggest words, phrases and section titles of the text while somebody types."""

from __future__ import annotations

import heapq
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from rapidfuzz.distance import OSA

from ..model import Document
from .analysis import STOP_WORDS, tokenize

_LONGEST_PHRASE = 6  # words: "Five Principles of Peaceful Coexistence" has five
_LEAST_REPEATS = 2  # consecutive words that occur once are no phrase, unless they are a name
_HEADING_WORTH = 20  # occurrences: a section's title is worth as much as a common word
# Paragraphs read for phrases, evenly spread: the phrases of a library show in these, and reading
# more only takes longer (a millisecond each).
_SAMPLE = 1_000
_MOST = 20_000  # entries kept, the most useful: 2 MB in memory; the paper has 4,000
# Up to this length one letter of what was typed may be wrong, beyond it two. With two, half of all
# five-letter beginnings of this paper are "near" each other.
_SHORT = 5
_LONGEST_TYPED = 200  # characters: no title is as long
_BEYOND = "\U0010ffff"  # sorts behind every text that begins with the same letters
_NUMBER = re.compile(r"^[\w()]+\.\s+")  # "II. " and "1. " before a title


@dataclass(frozen=True)
class Suggester:
    """The entries that can be suggested: folded text, usefulness, text as shown; sorted."""

    entries: tuple[tuple[str, float, str], ...]

    def suggest(self, typed: str, limit: int) -> tuple[str, ...]:
        """Return the most useful entries that begin as typed, or as was probably meant.

        Where none does, return what was typed with its last word completed.
        """
        words = tokenize(typed[:_LONGEST_TYPED]).words
        if not words or len(typed) > _LONGEST_TYPED:
            return ()
        found = self._begin(" ".join(words)) or self._begin(" ".join(map(self._meant, words)))
        before = ""
        if not found and len(words) > 1:
            before = " ".join(words[:-1]) + " "
            found = [entry for entry in self._begin(words[-1]) if " " not in entry[0]]
        best = sorted(found, key=lambda entry: (-entry[1], entry[0]))
        return tuple(dict.fromkeys(before + shown for _, _, shown in best))[:limit]

    def _begin(self, prefix: str) -> Sequence[tuple[str, float, str]]:
        low = bisect_left(self.entries, (prefix,))
        return self.entries[low : bisect_left(self.entries, (prefix + _BEYOND,))]

    def _meant(self, typed: str) -> str:
        """Return the beginning of an entry that differs least, with the same first letter."""
        most = 1 if len(typed) <= _SHORT else 2
        if self._begin(typed):
            return typed
        starts = {entry[0][: len(typed)] for entry in self._begin(typed[0])}
        scored = ((OSA.distance(typed, start, score_cutoff=most), start) for start in starts)
        distance, start = min(scored, default=(most + 1, typed))
        return start if distance <= most else typed


def suggester(documents: Iterable[Document]) -> Suggester:
    """Return the suggestions for some documents."""
    texts = [paragraph.text for document in documents for paragraph in document.paragraphs]
    counts: Counter[str] = Counter()
    shown: dict[str, Counter[str]] = {}
    for text in texts[:: max(1, len(texts) // _SAMPLE)]:
        for folded, surface in _phrases(text):
            counts[folded] += 1
            shown.setdefault(folded, Counter())[surface] += 1
    titles = {_NUMBER.sub("", s.heading) for document in documents for s in document.sections}
    names = {folded: surfaces.most_common(1)[0][0] for folded, surfaces in shown.items()}
    entries = [
        (folded, float(count), names[folded])
        for folded, count in counts.items()
        if count >= _LEAST_REPEATS or " " not in folded or _is_name(names[folded])
    ]
    entries = heapq.nlargest(_MOST, _longest(entries), key=lambda entry: entry[1])
    return Suggester(tuple(sorted([*entries, *(e for title in titles for e in _title(title))])))


def _is_name(shown: str) -> bool:
    """Return whether every word except common ones is capitalised: "Code of Conduct"."""
    words = [word for word in re.split(r"[ -]", shown) if word.lower() not in STOP_WORDS]
    return len(words) > 1 and all(word[0].isupper() for word in words)


def _longest(entries: list[tuple[str, float, str]]) -> Iterator[tuple[str, float, str]]:
    """Yield the entries except phrases that only ever begin a longer one."""
    ordered = sorted(entries)
    for entry, following in zip_longest(ordered, ordered[1:], fillvalue=("", 0.0, "")):
        longer = following[0].startswith(entry[0] + " ") and following[1] == entry[1]
        if not (longer and " " in entry[0]):
            yield entry


def _phrases(text: str) -> Iterator[tuple[str, str]]:
    """Yield runs of words with only a space or a hyphen between them, folded and as printed."""
    tokens = tokenize(text)
    for first, (start, stop) in enumerate(tokens.spans):
        for last in range(first, min(first + _LONGEST_PHRASE, len(tokens.spans))):
            if last > first and text[stop : tokens.spans[last][0]] not in {" ", "-"}:
                break
            stop = tokens.spans[last][1]
            if not {tokens.words[first], tokens.words[last]} & STOP_WORDS:
                yield " ".join(tokens.words[first : last + 1]), text[start:stop]


def _title(title: str) -> Iterator[tuple[str, float, str]]:
    """Yield a section's title once for each of its words, to be found by any that is not common."""
    words = tokenize(title).words
    for first, word in enumerate(words):
        if word not in STOP_WORDS:
            yield " ".join(words[first:]), float(_HEADING_WORTH), title
