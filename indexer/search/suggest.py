"""Suggest sections, names, phrases and words of the text while somebody types.

A **name** is the longest run of capitalised words and what joins them: "Code of Conduct".
A **phrase** is a run of words that the text repeats. Both are found and shown whole.
"""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, dropwhile
from typing import Literal, NamedTuple

from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne

from ..model import Document
from .analysis import PREFIXES, STOP_WORDS, Tokens, american, tokenize
from .spelling import NUMBERS, is_known

SuggestionKind = Literal["place", "section", "name", "phrase", "word"]

_LONGEST_PHRASE = 6  # words: "Five Principles of Peaceful Coexistence" has five
_MIN_REPEATS = 2  # words that occur together once are no phrase
_HEADING_WORTH = 20  # occurrences: a title is worth as much as a frequent word
_MAX_SECTIONS = 3  # suggested at a time, so that words have room beside them
_SAMPLE = 1_000  # paragraphs read for names and phrases, evenly spread: enough for a library
# From _MIN_TYPED letters on one may be wrong, above _SHORT two. With two, half of all five-letter
# beginnings in this paper are "near" each other; and too many words are near three letters.
_MIN_TYPED, _SHORT = 4, 5
_ALIKE = str.maketrans("cz", "ss", " ")  # makes British and American spelling the same
_BEYOND = "\U0010ffff"  # sorts after every text that begins with the same letters
_NUMBER = re.compile(r"^[\w()]+\.\s+")  # "II. " and "1. " before a title
# The shapes of common words inside a name, and of further ones inside a phrase.
_COMMON = {"and": "&"} | dict.fromkeys(("at", "for", "in", "of", "on", "the"), "j")
_COMMON |= dict.fromkeys(("a", "an", "between", "by", "from", "or", "to", "with"), "p")
# No phrase begins with these ("also make"), and only those in _COMMON may be inside one.
_NO_PHRASE = STOP_WORDS | {"also", "always", "even", "further", "just", "more", "only", "still"}
# Shapes of words, each before a space, a hyphen, or "." for any other sign: N capital, S capital at
# the start of a sentence, w other word, & "and", j in names, p in phrases, x any other common word:
# "N j N." is "Code of Conduct (". No name or phrase begins or ends inside a hyphenated word.
_NAME = re.compile("(?<!-)(?:[SN](?:[ -](?:&[ -]|(?:j[ -])*)N)+|N)(?!-)")  # "and the" divides names
_PHRASE = re.compile("(?<!-)[NSw](?:[ -][NSw])*(?:(?:[ -][jp&])+(?:[ -][NSw])+)?[ .]")


class Suggestion(NamedTuple):
    """Something in the text. ``url`` is that of a place or section, from the site's root.

    ``key`` is its folded text from the word by which it is found; ``worth`` how often it occurs.
    """

    key: str
    worth: float
    text: str
    kind: SuggestionKind
    url: str = ""


_Entries = dict[str, Suggestion]  # by key


class _Text(NamedTuple):
    """A text, its tokens, and its ``shapes``: for each token a letter, and a sign for the gap."""

    text: str
    tokens: Tokens
    shapes: str = ""

    def words(self, first: int, last: int) -> tuple[str, str]:
        """Return some of its words, half-open, folded and as printed."""
        spans = self.tokens.spans[first:last]
        folded = " ".join(self.tokens.words[first:last])
        return folded, self.text[spans[0][0] : spans[-1][1]]


@dataclass(frozen=True)
class Suggester:
    """Suggestions for what is typed; ``read`` returns all, sorted, when they are first needed."""

    read: Callable[[], tuple[Suggestion, ...]]

    @cached_property
    def entries(self) -> tuple[Suggestion, ...]:
        """All suggestions, sorted by key."""
        return self.read()

    def suggest(self, words: Sequence[str], limit: int) -> tuple[Suggestion, ...]:
        """Return the most frequent entries that begin as typed, or as was probably meant."""
        trimmed = list(dropwhile(STOP_WORDS.__contains__, words)) or words
        found = list(self._starting(words) or self._starting(trimmed)) if words else []
        found.sort(key=lambda each: (-each.worth, each.kind != "section", each.key, len(each.text)))
        best: dict[tuple[str, str], Suggestion] = {}
        for each in found:
            best.setdefault((each.text, each.url), each)
        more_sections = [each for each in best.values() if each.kind == "section"][_MAX_SECTIONS:]
        return tuple([each for each in best.values() if each not in more_sections][:limit])

    def beginning(self, letters: str) -> list[Suggestion]:
        """Return the longer words that begin as typed, most frequent first."""
        words = [w for w in self._begin(letters) if w.kind == "word" and w.key != letters]
        return sorted(words, key=lambda each: (-each.worth, each.key))

    def is_name(self, words: str) -> bool:
        """Return whether folded words are a whole name; a single one must mostly have a capital."""
        is_whole = any(text.count(" ") == words.count(" ") for text in self._texts(words, "name"))
        return is_whole and (" " in words or self.printed(words)[:1].isupper())

    def printed(self, word: str) -> str:
        """Return a folded word as it is most often printed; empty for a common one."""
        return next(self._texts(word, "word"), "")

    def _texts(self, key: str, kind: SuggestionKind) -> Iterator[str]:
        return (each.text for each in self._begin(key) if (each.key, each.kind) == (key, kind))

    def _begin(self, prefix: str) -> Sequence[Suggestion]:
        """Return the entries whose key begins with a prefix."""
        low = bisect_left(self.entries, (prefix,))
        return self.entries[low : bisect_left(self.entries, (prefix + _BEYOND,))]

    def _starting(self, words: Sequence[str]) -> Sequence[Suggestion]:
        """Return the entries that begin with words, as typed or as meant."""
        meant = [self.meant(word, whole=n < len(words)) for n, word in enumerate(words, start=1)]
        return self._begin(" ".join(words)) or self._begin(" ".join(meant))

    def meant(self, typed: str, whole: bool = False) -> str:
        """Return the word, or beginning of one, that differs least, with the same first letter.

        The beginning of a known word is right: "clim" (climate) does not mean "crimes". But
        "nontrad" means "non-traditional", "organis" "organization", and "5" "five".
        """
        typed = NUMBERS.get(typed, typed if self._begin(typed) else american(typed))
        if self._begin(typed) or len(typed) < _MIN_TYPED:
            return typed
        same_initial = self._begin(typed[0])
        if whole:
            words = [each.key for each in same_initial if each.kind == "word"]
        else:  # their beginnings, in which a letter may be missing
            stops = (len(typed) + 1, len(typed))
            words = [each.key[:stop] for stop in stops for each in same_initial]
        if is_known(typed, begun=True):
            alike = typed.translate(_ALIKE)
            words = [word for word in words if alike.startswith(word.translate(_ALIKE))]
        most = 1 if len(typed) <= _SHORT else 2
        nearest = extractOne(typed, words, scorer=OSA.distance, score_cutoff=most)
        return nearest[0] if nearest else typed


def suggestions(documents: Sequence[Document], tokens: Sequence[Tokens]) -> tuple[Suggestion, ...]:
    """Return the suggestions for some documents, given with their paragraphs' tokens."""
    printed = (paragraph.text for document in documents for paragraph in document.paragraphs)
    texts = list(map(_Text, printed, tokens))
    groups = ((text, *group) for text in texts for group in text.tokens.groups())
    words = _entries("word", (t.words(n, n + 1) for t in texts for n in range(len(t.tokens.words))))
    hyphenated = (text.words(first, last) for text, first, last in groups if last - first > 1)
    sample = texts[:: max(1, len(texts) // _SAMPLE)]
    shaped = [text._replace(shapes=_shapes(text.text, text.tokens, words)) for text in sample]
    names = _entries("name", _names(shaped))
    phrases = _entries("phrase", _names(shaped, with_and=True))
    runs = _entries("phrase", _phrases(shaped))
    phrases |= {key: run for key, run in runs.items() if run.worth >= _MIN_REPEATS}
    # What is mostly printed without capitals is no name: "Security Cooperation" within a name.
    names = {key: name for key, name in names.items() if phrases.get(key, name).text == name.text}
    found = [
        *(entry for document in documents for entry in _titles(document)),
        *(entry for name in names.values() for entry in _by_each_word(name)),
        *(phrase for phrase in _whole(phrases, names) if phrase.key not in names),
        *(word for word in words.values() if word.key not in STOP_WORDS | PREFIXES),
        *_entries("word", hyphenated).values(),
    ]
    return tuple(sorted(found))


def _shapes(text: str, tokens: Tokens, words: _Entries) -> str:
    """Return the shape of each token, and of the gap behind it."""
    shapes = ""
    next_starts = [*(start for start, _ in tokens.spans[1:]), 0]  # nothing follows the last
    for n, (word, (start, stop)) in enumerate(zip(tokens.words, tokens.spans, strict=True)):
        begins = n == 0 or tokens.sentences[n] != tokens.sentences[n - 1]
        gap = text[stop : next_starts[n]]
        shapes += _shape(words[word], text[start], begins) + (gap if gap in {" ", "-"} else ".")
    return shapes


def _shape(word: Suggestion, first: str, begins: bool) -> str:
    if word.key in _NO_PHRASE:
        return _COMMON.get(word.key, "x")
    if not first.isupper() or word.key.endswith("'s") or (begins and word.text[0].islower()):
        return "w"
    return "S" if begins else "N"


def _names(texts: Iterable[_Text], *, with_and: bool = False) -> Iterator[tuple[str, str]]:
    """Yield every occurrence of a name, or of those with an "and", each of which may be two."""
    for shaped in texts:
        for found in _NAME.finditer(shaped.shapes):
            if ("&" in found[0]) is with_and:
                first, last = found.start() // 2, found.end() // 2 + 1
                yield shaped.words(first, last)


def _phrases(texts: Sequence[_Text]) -> Iterator[tuple[str, str]]:
    """Yield every occurrence of words that are a phrase if repeated."""
    for each in texts:
        count = len(each.tokens.words)
        for first in range(count):
            for last in range(first + 2, min(first + _LONGEST_PHRASE, count) + 1):
                if _PHRASE.fullmatch(each.shapes, 2 * first, 2 * last):
                    yield each.words(first, last)


def _entries(kind: SuggestionKind, found: Iterable[tuple[str, str]]) -> _Entries:
    """Return by key one entry for all occurrences of the same words, as most often printed."""
    printed: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for (folded, piece), count in Counter(found).items():
        shown = folded if "%" in piece else piece  # "percent", though it is printed as "%"
        printed[folded][shown] += count
    return {
        folded: Suggestion(folded, float(pieces.total()), pieces.most_common(1)[0][0], kind)
        for folded, pieces in printed.items()
    }


def _whole(phrases: _Entries, names: _Entries) -> Iterator[Suggestion]:
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
    whole = " ".join(tokenize(document.title).words)
    yield Suggestion(whole, _HEADING_WORTH, document.title, "place", f"/{document.id}")
    for section in document.sections:
        title, url = _NUMBER.sub("", section.heading), f"/{document.id}/{section.path}"
        folded = " ".join(tokenize(title).words)
        yield from _by_each_word(Suggestion(folded, _HEADING_WORTH, title, "section", url))


def _by_each_word(entry: Suggestion) -> Iterator[Suggestion]:
    """Yield an entry once for each of its words that is not common, to be found by that word."""
    words = entry.key.split(" ")
    for first, word in enumerate(words):
        if word not in STOP_WORDS:
            yield entry._replace(key=" ".join(words[first:]))
