"""What a query finds, the slow and obvious way: regular expressions over each paragraph.

A query is made here together with its meaning, so that nothing is parsed::

    Question = Term | Words | Both | Either | Without
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import TypeAlias

from indexer.model import Document
from indexer.search.analysis import PREFIXES, STOP_WORDS, key
from indexer.search.plan import QUESTION
from indexer.search.prose import asking, is_prose
from indexer.search.spans import Span
from indexer.search.syntax import as_meant

WORD = re.compile(r"\d+(?:,\d+)+|(?:[A-Za-z]\.){2,}|[A-Za-z0-9]+(?:'[a-z]+)*")
SENTENCE_END = re.compile(r"(?<=[.?!\"])\s+(?=[\"A-Z0-9])|(?<=\.)(?=[A-Z][a-z])")
ACRONYM = {
    "ras": "Royal Apple Society",
    "sco": "Shanghai Cooperation Organization",
    "asean": "Association of Southeast Asian Nations",
    "cica": "Conference on Interaction and Confidence-Building Measures in Asia",
    "coc": "Code of Conduct",
    "unclos": "UN Convention on the Law of the Sea",
}


@dataclass(frozen=True)
class Word:
    """A word of a text as it is compared, with its place and its sentence."""

    folded: str
    start: int
    stop: int
    sentence: int


def words(text: str) -> list[Word]:
    """Return the words of a text."""
    ends = [match.start() for match in SENTENCE_END.finditer(text)]
    return [
        Word(
            re.sub("[.,]", "", match.group()).lower(),
            *match.span(),
            sum(end <= match.start() for end in ends),
        )
        for match in WORD.finditer(text)
    ]


@dataclass(frozen=True)
class Term:
    """Ways of words, any of which will do; a word is a regular expression.

    ``slop`` is None for words that follow each other, n for n others among them at most, -1 for
    one sentence. ``plain`` is the word, where it is one.
    """

    text: str
    ways: tuple[tuple[str, ...], ...]
    slop: int | None = None
    plain: str = ""

    def spans(self, found: list[Word]) -> Iterator[Span]:
        """Return where it occurs among the words of a paragraph."""
        for way in self.ways:
            for first in range(len(found)):
                if self.slop is None:
                    run = found[first : first + len(way)]
                    if len(run) == len(way) and all(map(_is, way, [w.folded for w in run])):
                        yield run[0].start, run[-1].stop
                else:
                    yield from _together(way, self._window(first, len(way), found))

    def _window(self, first: int, size: int, found: list[Word]) -> list[Word]:
        if self.slop == -1:
            return [word for word in found if word.sentence == found[first].sentence]
        return found[first : first + size + (self.slop or 0)]


@lru_cache(2**16)  # most are asked again and again
def _is(pattern: str, folded: str) -> bool:
    return bool(re.fullmatch(pattern, folded))


def _together(way: tuple[str, ...], window: list[Word]) -> Iterator[Span]:
    if all(any(_is(pattern, word.folded) for word in window) for pattern in way):
        for word in window:
            if any(_is(pattern, word.folded) for pattern in way):
                yield word.start, word.stop


@dataclass(frozen=True)
class Words:
    """Terms side by side."""

    terms: tuple[Term, ...]

    @property
    def text(self) -> str:
        """Return it as it is typed."""
        return " ".join(term.text for term in self.terms)


@dataclass(frozen=True)
class Both:
    """``(a AND b)``."""

    one: Question
    two: Question

    @property
    def text(self) -> str:
        """Return it as it is typed."""
        return f"({self.one.text} AND {self.two.text})"


@dataclass(frozen=True)
class Either:
    """``(a OR b)``."""

    one: Question
    two: Question

    @property
    def text(self) -> str:
        """Return it as it is typed."""
        return f"({self.one.text} OR {self.two.text})"


@dataclass(frozen=True)
class Without:
    """``(NOT a)``."""

    one: Question

    @property
    def text(self) -> str:
        """Return it as it is typed."""
        return f"(NOT {self.one.text})"


Question: TypeAlias = Term | Words | Both | Either | Without


class Text:
    """Documents, read the slow way."""

    def __init__(
        self, documents: tuple[Document, ...], is_name: Callable[[str], bool] = str.isdigit
    ) -> None:
        self.documents = documents
        self.is_name = is_name

    @cached_property
    def paragraphs(self) -> dict[str, list[Word]]:
        """The words of every paragraph, by its id."""
        return {p.id: words(p.text) for d in self.documents for p in d.paragraphs}

    @cached_property
    def vocabulary(self) -> tuple[str, ...]:
        """Every word, once."""
        return tuple(sorted({word.folded for found in self.paragraphs.values() for word in found}))

    def forms(self, word: str) -> str:
        """Return a regular expression for the forms of a word that the text has."""
        return _any(other for other in self.vocabulary if key(other) == key(word))

    def close(self, word: str, edits: int) -> str:
        """Return a regular expression for words some letters off at most that begin alike."""
        return _any(w for w in self.vocabulary if w[0] == word[0] and distance(w, word) <= edits)

    def word(self, word: str) -> Term:
        """Return a plain word, open, joined and hyphenated, and what an acronym stands for."""
        joined = word.replace("-", "")
        ways = [word.split("-"), [joined]]
        ways += [parts for parts in self.compounds if key("".join(parts)) == key(joined)]
        if word in self.acronyms:
            ways.append([w.folded for w in words(self.acronyms[word])])
        return Term(word, tuple(tuple(map(self.forms, way)) for way in ways), plain=word)

    @cached_property
    def compounds(self) -> list[list[str]]:
        """The parts of every hyphenated word."""
        texts = [p.text.lower() for d in self.documents for p in d.paragraphs]
        found = {word for text in texts for word in re.findall(r"\w+(?:-\w+)+", text)}
        return [word.split("-") for word in sorted(found)]

    @cached_property
    def acronyms(self) -> dict[str, str]:
        """The acronyms that the text defines."""
        texts = [p.text for d in self.documents for p in d.paragraphs]
        return {
            short: long
            for short, long in ACRONYM.items()
            if any(f"{long} ({short.upper()})" in text for text in texts)
        }

    def side_by_side(self, typed: tuple[Term, ...]) -> tuple[Term, ...]:
        """Return terms typed side by side: joined words, acronyms spelled out, no common words."""
        found = {place: set(term.ways) for place, term in enumerate(typed)}
        for one, two in pairwise(found):
            joined = typed[one].plain + typed[two].plain
            short = min(len(typed[one].plain), len(typed[two].plain)) < 3
            common = {typed[one].plain, typed[two].plain} & STOP_WORDS
            if joined in self.vocabulary and "-" not in joined and not short and not common:
                found[one].add((self.forms(joined),))
                found[two].add((self.forms(joined),))
        text = as_meant(" ".join(term.text for term in typed))
        common_words = STOP_WORDS | asking(text, is_prose(text))
        telling = [place for place in found if typed[place].plain not in common_words] or [*found]
        for acronym, long in self.acronyms.items():
            wanted = [key(w.folded) for w in words(long) if w.folded not in STOP_WORDS]
            for first in range(len(telling)):
                for last in range(first, len(telling)):
                    run = [typed[place].plain for place in telling[first : last + 1]]
                    keys = [key(part) for part in "-".join(run).split("-")]
                    if all(run) and keys == wanted:
                        for place in telling[first : last + 1]:
                            found[place].add((self.forms(acronym),))
        return tuple(replace(typed[p], ways=tuple(sorted(found[p]))) for p in telling)

    def find(self, question: Question) -> dict[str, tuple[Span, ...]]:
        """Return what a question finds: the spans that match, by the ids of paragraphs."""
        if not isinstance(question, Words):
            answers = {name: answer(question, found) for name, found in self.paragraphs.items()}
            return {name: _merged(spans) for name, (true, spans) in answers.items() if true}
        typed = self.side_by_side(question.terms)
        ids = (term if "-" in term.plain else key(term.plain) or term for term in typed)
        parts = {*dict(zip(ids, typed, strict=True)).values()}  # forms of a word count once
        spans = {
            name: {term: [*term.spans(found)] for term in parts}
            for name, found in self.paragraphs.items()
        }
        having = {name: sum(map(bool, found.values())) for name, found in spans.items()}
        most = max(having.values())
        worth = {name: sum(self.idf(t, spans) for t in parts if spans[name][t]) for name in spans}
        least = min(worth[name] for name in spans if having[name] == most)
        lost = [term for term in parts if not any(found[term] for found in spans.values())]
        if len(parts) < QUESTION and any(not t.plain and len(t.ways[0]) > 1 for t in lost):
            return {}  # the words of a phrase that does not occur are searched for
        if len(parts) >= QUESTION:
            for name, found in self.paragraphs.items():
                spans[name] |= {part: [*part.spans(found)] for part in self.hyphened(parts)}
            if most < len(parts):
                having = {name: sum(map(bool, found.values())) for name, found in spans.items()}
                most = 1
        elif most < len(parts):  # the rarest words count as much as most of them
            having |= {name: most for name in spans if worth[name] > 1.5 * least}
        return {
            name: _merged([span for part in found.values() for span in part])
            for name, found in spans.items()
            if having[name] >= max(most, 1)
        }

    def idf(self, term: Term, spans: dict[str, dict[Term, list[Span]]]) -> float:
        """Return how telling a term is: its inverse document frequency."""
        count = sum(bool(found[term]) for found in spans.values())
        typed = re.sub(r"~\w+|[^\w*?']+", " ", term.text).strip()
        is_name = typed.isdigit() or term.plain in self.acronyms or self.is_name(typed)
        is_telling = is_name and 4 * count <= len(spans)
        return math.log(1 + (len(spans) - count + 0.5) / (count + 0.5)) * (1 + is_telling)

    def hyphened(self, terms: set[Term]) -> set[Term]:
        """Return the parts of hyphenated terms, without common words and prefixes."""
        words = {part for term in terms if "-" in term.plain for part in term.plain.split("-")}
        return {Term(word, ((self.forms(word),),)) for word in words - STOP_WORDS - PREFIXES}


def answer(question: Question, found: list[Word]) -> tuple[bool, list[Span]]:
    """Return whether a question is true of the words of a paragraph, and what shows it."""
    if isinstance(question, Term):
        spans = list(question.spans(found))
        return bool(spans), spans
    if isinstance(question, Without):
        return not answer(question.one, found)[0], []
    if isinstance(question, Both):
        (one, some), (two, others) = answer(question.one, found), answer(question.two, found)
        return (True, some + others) if one and two else (False, [])
    if isinstance(question, Either):
        (one, some), (two, others) = answer(question.one, found), answer(question.two, found)
        return one or two, some + others
    raise TypeError("words stand side by side at the top only")


def _merged(spans: list[Span]) -> tuple[Span, ...]:
    letters = {place for start, stop in spans for place in range(start, stop)}
    starts = sorted(place for place in letters if place - 1 not in letters)
    stops = sorted(place + 1 for place in letters if place + 1 not in letters)
    return tuple(zip(starts, stops, strict=True))


def _any(some: Iterator[str]) -> str:
    return "|".join(map(re.escape, some)) or "(?!)"


def distance(one: str, two: str) -> int:
    """Return how many letters to insert, drop, change or swap: optimal string alignment."""
    rows = [list(range(len(two) + 1))]
    for i, a in enumerate(one, start=1):
        row = [i]
        for j, b in enumerate(two, start=1):
            cost = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (a != b))
            if i > 1 and j > 1 and (one[i - 2], a) == (b, two[j - 2]):
                cost = min(cost, rows[-2][j - 2] + 1)
            row.append(cost)
        rows.append(row)
    return rows[-1][-1]
