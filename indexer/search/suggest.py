"""Suggestions while typing: words, phrases and section titles of the text, by prefix."""

from __future__ import annotations

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
_LEAST_REPEATS = 2  # words that follow each other once are not yet a phrase, unless a name
_HEADING_WORTH = 20  # occurrences: a section's title is worth as much as a common word
# Paragraphs read for phrases, evenly spread: a library's phrases show in these, and reading more
# only takes longer (20 microseconds a paragraph).
_SAMPLE = 5_000
# Letters that may be wrong in what was typed so far: 1 up to this length, 2 beyond. With 2, half
# of all five-letter beginnings of this paper are "near" each other.
_SHORT = 5
_LONGEST_TYPED = 200  # characters: no title is as long, and nobody who types so much waits for one
_BEYOND = "\U0010ffff"  # sorts behind every text that begins with the same letters
_NUMBER = re.compile(r"^[\w()]+\.\s+")  # "II. " and "1. " before a title


@dataclass(frozen=True)
class Suggester:
    """What can be suggested: folded text, usefulness and text as shown, sorted by the first."""

    entries: tuple[tuple[str, float, str], ...]

    def suggest(self, typed: str, limit: int) -> tuple[str, ...]:
        """The most useful entries that begin as typed, or as it was probably meant.

        Where none does, what was typed with its last word completed.
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
        """The beginning of an entry that is fewest letters off, first letter fixed."""
        most = 1 if len(typed) <= _SHORT else 2
        if self._begin(typed):
            return typed
        starts = {entry[0][: len(typed)] for entry in self._begin(typed[0])}
        scored = ((OSA.distance(typed, start, score_cutoff=most), start) for start in starts)
        distance, start = min(scored, default=(most + 1, typed))
        return start if distance <= most else typed


def suggester(documents: Iterable[Document]) -> Suggester:
    """The suggestions of some documents."""
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
    return Suggester(tuple(sorted([*_longest(entries), *(e for t in titles for e in _title(t))])))


def _is_name(shown: str) -> bool:
    """Whether every word is capitalised, but the common ones: "Code of Conduct"."""
    words = [word for word in re.split(r"[ -]", shown) if word.lower() not in STOP_WORDS]
    return len(words) > 1 and all(word[0].isupper() for word in words)


def _longest(entries: list[tuple[str, float, str]]) -> Iterator[tuple[str, float, str]]:
    """Entries without the phrases that are only ever the beginning of a longer one."""
    ordered = sorted(entries)
    for entry, following in zip_longest(ordered, ordered[1:], fillvalue=("", 0.0, "")):
        longer = following[0].startswith(entry[0] + " ") and following[1] == entry[1]
        if not (longer and " " in entry[0]):
            yield entry


def _phrases(text: str) -> Iterator[tuple[str, str]]:
    """Runs of words with nothing but a space or a hyphen between them, folded and as they stand."""
    tokens = tokenize(text)
    for first, (start, stop) in enumerate(tokens.spans):
        for last in range(first, min(first + _LONGEST_PHRASE, len(tokens.spans))):
            if last > first and text[stop : tokens.spans[last][0]] not in {" ", "-"}:
                break
            stop = tokens.spans[last][1]
            if not {tokens.words[first], tokens.words[last]} & STOP_WORDS:
                yield " ".join(tokens.words[first : last + 1]), text[start:stop]


def _title(title: str) -> Iterator[tuple[str, float, str]]:
    """A section's title, found by any of its words but the common ones."""
    words = tokenize(title).words
    for first, word in enumerate(words):
        if word not in STOP_WORDS:
            yield " ".join(words[first:]), float(_HEADING_WORTH), title
