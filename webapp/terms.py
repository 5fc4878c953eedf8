"""The names and terms of the text for the title page, and words for examples of searches."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from indexer.search.analysis import tokenize
from indexer.search.engine import Engine
from indexer.search.results import Request
from indexer.search.suggest import Suggestion, SuggestionKind

from .params import MAX_PARAGRAPHS

NAMES, PHRASES = 40, 16  # most that are shown: together they fit on the screen of a laptop
COMPARED = 100  # the most frequent of a kind, from which those shown are chosen
PAIR = re.compile("([a-z]{5,}) ([a-z]{5,})")  # shorter words are often too common to search for


@dataclass(frozen=True)
class KeyTerm:
    """A name or phrase, its query, the number of its matches, and what an acronym stands for."""

    text: str
    query: str
    matches: int
    meaning: str = ""


def terms(engine: Engine, vocabulary: Iterable[Iterable[str]]) -> dict[str, list[KeyTerm]]:
    """Return the ``acronyms``, ``names`` and ``phrases`` of the text, the most frequent of each.

    It defines the acronyms, and always capitalises the names, some of them from the vocabulary.
    """
    meanings = engine.index.text.lexicon.acronyms
    acronyms = [each.text for each in _frequent(engine, "word") if each.text in meanings]
    names = {name for group in vocabulary for name in group}
    names |= {each.text for each in _frequent(engine, "name")[:COMPARED]}
    found = {
        "acronyms": [
            KeyTerm(acronym, acronym, len(_printed(engine, acronym)), meanings[acronym])
            for acronym in acronyms[:COMPARED]
        ],
        "names": [
            KeyTerm(name, f'"{name}"', len(printed))
            for name in names.difference(acronyms, meanings.values())
            if name in (printed := _printed(engine, f'"{name}"'))
            and all(each[0].isupper() for each in printed)
        ],
        "phrases": [
            KeyTerm(phrase, f'"{phrase}"', len(_printed(engine, f'"{phrase}"')))
            for phrase in _independent(_frequent(engine, "phrase")[:COMPARED])
        ],
    }
    return {
        kind: sorted(each, key=lambda term: (-term.matches, term.text))[:NAMES]
        for kind, each in found.items()
    }


def _printed(engine: Engine, query: str) -> list[str]:
    """Return the matches of a query as the text prints them; none if a word does not occur."""
    if not all(word in engine.index.text.lexicon.counts for word in tokenize(query).words):
        return []
    hits = engine.search(Request(query)).matches(MAX_PARAGRAPHS)
    return [hit.paragraph.text[start:stop] for hit in hits for start, stop in hit.spans]


def _frequent(engine: Engine, kind: SuggestionKind) -> list[Suggestion]:
    """Return the suggestions of a kind, each once, most frequent first."""
    found = {each.text: each for each in engine.index.suggester.entries if each.kind == kind}
    return sorted(found.values(), key=lambda each: -each.worth)


def _independent(phrases: Sequence[Suggestion]) -> list[str]:
    """Return the first phrases that do not mostly occur within a longer one."""

    def in_longer(phrase: Suggestion) -> bool:
        longer = [each for each in phrases if f" {phrase.key} " in f" {each.key} "]
        return any(2 * each.worth > phrase.worth for each in longer if each != phrase)

    return [phrase.text for phrase in phrases if not in_longer(phrase)][:PHRASES]


def pair(engine: Engine) -> tuple[str, str]:
    """Return a frequent pair of words, for examples of searches."""
    pairs = (PAIR.fullmatch(phrase.text) for phrase in _frequent(engine, "phrase"))
    found = next(filter(None, pairs), None)
    return (found[1], found[2]) if found else ("peace", "stability")
