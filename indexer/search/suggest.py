"""Suggest words, phrases and section titles of the text while somebody types."""

from __future__ import annotations

import heapq
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from rapidfuzz.distance import OSA

from ..model import Document
from .analysis import STOP_WORDS, Tokens, tokenize
from .lexicon import Lexicon
from .spans import Span
from .spelling import is_known

_LONGEST_PHRASE = 6  # words: "Five Principles of Peaceful Coexistence" has five
_LEAST_REPEATS = 2  # consecutive words that occur once are no phrase, unless they are a name
_HEADING_WORTH = 20  # occurrences: a section's title is worth as much as a common word
# Paragraphs read for phrases, evenly spread: the phrases of a library show in these, and reading
# more only takes longer.
_SAMPLE = 1_000
_MOST_PHRASES = 20_000  # kept, the most useful: 2 MB in memory; the paper has some 1,000
# Up to this length one letter of what was typed may be wrong, beyond it two. With two, half of all
# five-letter beginnings of this paper are "near" each other.
_SHORT = 5
_LONGEST_TYPED = 200  # characters: no title is as long
_BEYOND = "\U0010ffff"  # sorts behind every text that begins with the same letters
_NUMBER = re.compile(r"^[\w()]+\.\s+")  # "II. " and "1. " before a title

Entry = tuple[str, float, str]  # folded text, usefulness, text as shown


@dataclass(frozen=True)
class Suggester:
    """The entries that can be suggested, sorted by their folded text."""

    entries: tuple[Entry, ...]

    def suggest(self, typed: str, limit: int) -> tuple[str, ...]:
        """Return the most useful entries that begin as typed, or as was probably meant."""
        words = tokenize(typed[:_LONGEST_TYPED]).words
        if not words or len(typed) > _LONGEST_TYPED:
            return ()
        found = self._begin(" ".join(words)) or self._begin(" ".join(map(self._meant, words)))
        best = sorted(found, key=lambda entry: (-entry[1], entry[0]))
        return tuple(dict.fromkeys(shown for _, _, shown in best))[:limit]

    def _begin(self, prefix: str) -> Sequence[Entry]:
        low = bisect_left(self.entries, (prefix,))
        return self.entries[low : bisect_left(self.entries, (prefix + _BEYOND,))]

    def _meant(self, typed: str) -> str:
        """Return the beginning of an entry that differs least, with the same first letter."""
        if self._begin(typed) or is_known(typed):
            return typed
        most = 1 if len(typed) <= _SHORT else 2
        starts = {entry[0][: len(typed)] for entry in self._begin(typed[0])}
        scored = ((OSA.distance(typed, start, score_cutoff=most), start) for start in starts)
        distance, start = min(scored, default=(most + 1, typed))
        return start if distance <= most else typed


def suggester(
    documents: Iterable[Document], analysed: Sequence[Tokens], lexicon: Lexicon
) -> Suggester:
    """Return the suggestions for some documents, given with their paragraphs' tokens and words."""
    texts = [paragraph.text for document in documents for paragraph in document.paragraphs]
    titles = {_NUMBER.sub("", s.heading) for document in documents for s in document.sections}
    step = max(1, len(texts) // _SAMPLE)
    phrases = _longest(_phrases(analysed[::step], texts[::step]))
    return Suggester(
        tuple(
            sorted(
                [
                    *_words(analysed, texts, lexicon.counts),
                    *heapq.nlargest(_MOST_PHRASES, phrases, key=lambda entry: entry[1]),
                    *(entry for title in titles for entry in _title(title)),
                ]
            )
        )
    )


def _words(
    analysed: Iterable[Tokens], texts: Iterable[str], counts: Mapping[str, int]
) -> Iterator[Entry]:
    """Yield every word that is not common, as it is printed most often."""
    printed: Counter[tuple[str, str]] = Counter()
    for tokens, text in zip(analysed, texts, strict=True):
        printed.update(zip(tokens.words, _pieces(tokens.spans, text), strict=True))
    shown: dict[str, str] = {}
    for (word, piece), _ in printed.most_common():
        if any(map(str.isalnum, piece)):  # "percent" may be printed as "%" only
            shown.setdefault(word, piece)
    for word, count in counts.items():
        if word not in STOP_WORDS:
            yield word, float(count), shown.get(word, word)


def _pieces(spans: Iterable[Span], text: str) -> Iterator[str]:
    return (text[start:stop] for start, stop in spans)


@dataclass(frozen=True)
class _Run:
    """Consecutive words of a text with only a space or a hyphen between them."""

    text: str
    words: tuple[str, ...]
    spans: tuple[Span, ...]


def _runs(tokens: Tokens, text: str) -> Iterator[_Run]:
    first = 0
    for last, (_, stop) in enumerate(tokens.spans, start=1):
        following = tokens.spans[last][0] if last < len(tokens.spans) else stop
        if text[stop:following] not in {" ", "-"}:
            yield _Run(text, tokens.words[first:last], tokens.spans[first:last])
            first = last


def _phrases(analysed: Iterable[Tokens], texts: Iterable[str]) -> list[Entry]:
    """Return the names, and the consecutive words that occur twice, as they are printed most."""
    runs = [
        run
        for tokens, text in zip(analysed, texts, strict=True)
        for run in _runs(tokens, text)
        if len(run.words) > 1
    ]
    repeated = _repeated([run.words for run in runs])
    printed: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for run in runs:
        for words, piece in _phrases_of(run, repeated):
            printed[" ".join(words)][piece] += 1
    return [
        (folded, float(pieces.total()), pieces.most_common(1)[0][0])
        for folded, pieces in printed.items()
    ]


def _repeated(runs: Iterable[tuple[str, ...]]) -> set[tuple[str, ...]]:
    """Return the consecutive words of some runs that occur twice; a common word is never first.

    Longer ones are only counted where they begin with shorter ones that do.
    """
    found: set[tuple[str, ...]] = set()
    begins = [(run, n) for run in runs for n, word in enumerate(run) if word not in STOP_WORDS]
    for size in range(2, _LONGEST_PHRASE + 1):
        begins = [(run, first) for run, first in begins if first + size <= len(run)]
        counts = Counter([run[first : first + size] for run, first in begins])
        found.update([words for words, count in counts.items() if count >= _LEAST_REPEATS])
        begins = [(run, first) for run, first in begins if run[first : first + size] in found]
    return found


def _phrases_of(run: _Run, repeated: set[tuple[str, ...]]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the phrases of a run, folded and as printed; common words are at no end of them."""
    common = [word in STOP_WORDS for word in run.words]
    capital = [run.text[start].isupper() for start, _ in run.spans]
    for first, (start, _) in enumerate(run.spans):
        if common[first]:
            continue
        is_name = capital[
            first
        ]  # its other words are capitalised or common, as in "Code of Conduct"
        for last in range(first + 1, min(first + _LONGEST_PHRASE, len(run.words))):
            words = run.words[first : last + 1]
            is_name = is_name and (capital[last] or common[last])
            if not is_name and words not in repeated:
                break
            if not common[last]:
                yield words, run.text[start : run.spans[last][1]].strip()


def _longest(entries: list[Entry]) -> Iterator[Entry]:
    """Yield the entries except phrases that only ever begin a longer one."""
    ordered = sorted(entries)
    for entry, following in zip_longest(ordered, ordered[1:], fillvalue=("", 0.0, "")):
        if not (following[0].startswith(entry[0] + " ") and following[1] == entry[1]):
            yield entry


def _title(title: str) -> Iterator[Entry]:
    """Yield a section's title once for each of its words, to be found by any that is not common."""
    words = tokenize(title).words
    for first, word in enumerate(words):
        if word not in STOP_WORDS:
            yield " ".join(words[first:]), float(_HEADING_WORTH), title
