"""Suggest sections, names, phrases and words of the text while somebody types.

A **name** is a run of capitalised words as long as it goes, and what joins them: "Code of Conduct".
A **phrase** is a run of words that the text repeats. Both are found and shown whole.
"""

from __future__ import annotations

import heapq
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal, NamedTuple, TypeAlias

from rapidfuzz.distance import OSA

from ..model import Document
from .analysis import STOP_WORDS, Tokens, tokenize
from .lexicon import Lexicon
from .spelling import is_known

Kind: TypeAlias = Literal["place", "section", "name", "phrase", "word"]

_LONGEST_PHRASE = 6  # words: "Five Principles of Peaceful Coexistence" has five
_LEAST_REPEATS = 2  # words that occur together once are no phrase
_HEADING_WORTH = 20  # occurrences: a section's title is worth as much as a common word
_MOST_SECTIONS = 3  # suggested at a time, so that words have room beside them
# Paragraphs read for names and phrases, evenly spread: those of a library show in these, and
# reading more only takes longer.
_SAMPLE = 1_000
_MOST_PHRASES = 20_000  # kept, the most frequent: 2 MB in memory; the paper has some 400
# Up to this length one letter of what was typed may be wrong, beyond it two. With two, half of all
# five-letter beginnings of this paper are "near" each other.
_SHORT = 5
_LONGEST_TYPED = 200  # characters: no title is as long
_BEYOND = "\U0010ffff"  # sorts behind every text that begins with the same letters
_NUMBER = re.compile(r"^[\w()]+\.\s+")  # "II. " and "1. " before a title
# Common words inside a name and, with those of the second line, inside a phrase.
_IN_NAMES = frozenset({"at", "for", "in", "of", "on", "the"})
_IN_PHRASES = frozenset({"a", "an", "between", "by", "from", "or", "to", "with"})
# The shapes of words, a letter each: N capital, S capital at the start of a sentence, w other word,
# & "and", j in names, p in phrases, x any other common word.
_NAME = re.compile("[SN](?:[j&]*N)+|N")
_PHRASE = re.compile("[SNw]+(?:[jp&]+[SNw]+)?")


class Suggestion(NamedTuple):
    """Something that the text has. ``url`` is that of a place or section, from the site's root.

    ``key`` is its folded text from the word by which it is found; ``worth`` how often it occurs.
    """

    key: str
    worth: float
    text: str
    kind: Kind
    url: str = ""


class _Word(NamedTuple):
    """A word of a run; ``printed`` ends with the space or hyphen before the next."""

    folded: str
    printed: str
    shape: str


_Run: TypeAlias = Sequence[_Word]  # words with only a space or a hyphen between them


@dataclass(frozen=True)
class Suggester:
    """What can be suggested, sorted by key."""

    entries: tuple[Suggestion, ...]

    def suggest(self, typed: str, limit: int) -> tuple[Suggestion, ...]:
        """Return the most frequent entries that begin as typed, or as was probably meant."""
        words = tokenize(typed[:_LONGEST_TYPED]).words
        if not words or len(typed) > _LONGEST_TYPED:
            return ()
        found = self._begin(" ".join(words)) or self._begin(" ".join(map(self._meant, words)))
        ordered = sorted(found, key=_rank, reverse=True)
        best = [*{(entry.text, entry.url): entry for entry in ordered}.values()][::-1]
        sections = [entry for entry in best if entry.kind == "section"]
        extra = sections[_MOST_SECTIONS:]
        return tuple([entry for entry in best if entry not in extra][:limit])

    def _begin(self, prefix: str) -> Sequence[Suggestion]:
        low = bisect_left(self.entries, (prefix,))
        return self.entries[low : bisect_left(self.entries, (prefix + _BEYOND,))]

    def _meant(self, typed: str) -> str:
        """Return the beginning of an entry that differs least, with the same first letter."""
        if self._begin(typed) or is_known(typed):
            return typed
        most = 1 if len(typed) <= _SHORT else 2
        starts = {entry.key[: len(typed)] for entry in self._begin(typed[0])}
        scored = ((OSA.distance(typed, start, score_cutoff=most), start) for start in starts)
        distance, start = min(scored, default=(most + 1, typed))
        return start if distance <= most else typed


def _rank(entry: Suggestion) -> tuple[float, bool, str, int]:
    """Return what entries are sorted by: the frequent, then sections, then by text, the short."""
    return -entry.worth, entry.kind != "section", entry.key, len(entry.text)


def suggester(
    documents: Sequence[Document], analysed: Sequence[Tokens], lexicon: Lexicon
) -> Suggester:
    """Return the suggestions for some documents, given with their paragraphs' tokens and words."""
    texts = [paragraph.text for document in documents for paragraph in document.paragraphs]
    shown = _printed(analysed, texts)
    step = max(1, len(texts) // _SAMPLE)
    sample = zip(analysed[::step], texts[::step], strict=True)
    runs = [run for tokens, text in sample for run in _runs(tokens, text, shown)]
    names = _entries("name", _names(runs))
    phrases = _entries("phrase", _phrases(runs))
    # What is also printed without capitals is no name: "Security Cooperation" within a name.
    names = {key: name for key, name in names.items() if phrases.get(key, name).text == name.text}
    whole = [phrase for phrase in _whole(phrases, names) if phrase.key not in names]
    found = [
        *(entry for document in documents for entry in _titles(document)),
        *(entry for name in names.values() for entry in _by_each_word(name)),
        *heapq.nlargest(_MOST_PHRASES, whole, key=lambda phrase: phrase.worth),
        *(
            Suggestion(word, float(count), shown.get(word, word), "word")
            for word, count in lexicon.counts.items()
            if word not in STOP_WORDS
        ),
    ]
    return Suggester(tuple(sorted(found)))


def _printed(analysed: Iterable[Tokens], texts: Iterable[str]) -> dict[str, str]:
    """Return each word as it is printed most often."""
    counts: Counter[tuple[str, str]] = Counter()
    for tokens, text in zip(analysed, texts, strict=True):
        pieces = [text[start:stop] for start, stop in tokens.spans]
        counts.update(zip(tokens.words, pieces, strict=True))
    shown: dict[str, str] = {}
    for (word, piece), _ in counts.most_common():
        if any(map(str.isalnum, piece)):  # "percent" may be printed as "%" only
            shown.setdefault(word, piece)
    return shown


def _runs(tokens: Tokens, text: str, shown: Mapping[str, str]) -> Iterator[_Run]:
    run: list[_Word] = []
    sentence = -1
    starts = [start for start, _ in tokens.spans[1:]]
    for number, (word, (start, stop)) in enumerate(zip(tokens.words, tokens.spans, strict=True)):
        after = starts[number] if number < len(starts) else stop
        joined = text[stop:after] in {" ", "-"}
        begins = tokens.sentences[number] != sentence
        sentence = tokens.sentences[number]
        shape = _shape(word, text[start], begins, shown)
        run.append(_Word(word, text[start : after if joined else stop], shape))
        if not joined:
            yield run
            run = []


def _shape(word: str, first: str, begins: bool, shown: Mapping[str, str]) -> str:
    if word in STOP_WORDS:
        kinds = (("&", {"and"}), ("j", _IN_NAMES), ("p", _IN_PHRASES))
        return next((shape for shape, words in kinds if word in words), "x")
    if not first.isupper() or word.endswith("'s") or (begins and shown.get(word, "")[:1].islower()):
        return "w"
    return "S" if begins else "N"


def _shapes(run: _Run) -> str:
    return "".join(word.shape for word in run)


def _is_whole(run: _Run, start: int, stop: int) -> bool:
    """Return whether part of a run begins and ends no hyphenated word in its middle."""
    before = run[start - 1].printed if start else ""
    return not before.endswith("-") and not run[stop - 1].printed.endswith("-")


def _names(runs: Iterable[_Run]) -> Iterator[_Run]:
    """Yield every occurrence of a name, except where "and" joins what may be one name or two."""
    for run in runs:
        for found in _NAME.finditer(_shapes(run)):
            if "&" not in found[0] and _is_whole(run, *found.span()):
                yield run[slice(*found.span())]


def _phrases(runs: Iterable[_Run]) -> Iterator[_Run]:
    """Yield every occurrence of a phrase.

    Longer runs of words are only counted where they begin with shorter ones that are repeated.
    """
    begins = [(run, first) for run in runs for first, word in enumerate(run) if word.shape in "NSw"]
    for size in range(1, _LONGEST_PHRASE + 1):
        begins = [(run, first) for run, first in begins if first + size <= len(run)]
        folded = [_folded(run[first : first + size]) for run, first in begins]
        counts = Counter(folded)
        begins = [
            place
            for place, words in zip(begins, folded, strict=True)
            if counts[words] >= _LEAST_REPEATS
        ]
        for run, first in begins if size > 1 else ():
            words = run[first : first + size]
            if _PHRASE.fullmatch(_shapes(words)) and _is_whole(run, first, first + size):
                yield words


def _folded(words: _Run) -> str:
    return " ".join([word.folded for word in words])


def _entries(kind: Kind, found: Iterable[_Run]) -> dict[str, Suggestion]:
    """Return an entry by key for all occurrences of the same words, as they are printed most."""
    printed: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for words in found:
        printed[_folded(words)]["".join(word.printed for word in words).rstrip()] += 1
    return {
        folded: Suggestion(folded, float(pieces.total()), pieces.most_common(1)[0][0], kind)
        for folded, pieces in printed.items()
    }


def _whole(
    phrases: Mapping[str, Suggestion], names: Mapping[str, Suggestion]
) -> Iterator[Suggestion]:
    """Yield the phrases, except those that only ever occur in a longer phrase or name."""
    inside = set()
    for longer in (*phrases.values(), *names.values()):
        words = longer.key.split(" ")
        for first, last in combinations(range(len(words) + 1), 2):
            part = " ".join(words[first:last])
            if part != longer.key and part in phrases and phrases[part].worth == longer.worth:
                inside.add(part)
    return (phrase for key, phrase in phrases.items() if key not in inside)


def _titles(document: Document) -> Iterator[Suggestion]:
    for section in document.sections:
        title, url = _NUMBER.sub("", section.heading), f"/{document.id}/{section.path}"
        folded = " ".join(tokenize(title).words)
        yield from _by_each_word(Suggestion(folded, _HEADING_WORTH, title, "section", url))


def _by_each_word(entry: Suggestion) -> Iterator[Suggestion]:
    """Yield an entry once for each of its words, to be found by any that is not common."""
    words = entry.key.split(" ")
    for first, word in enumerate(words):
        if word not in STOP_WORDS:
            yield entry._replace(key=" ".join(words[first:]))
