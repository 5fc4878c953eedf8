"""The words of a text: which of them a slot of the query stands for, and which were meant."""

from __future__ import annotations

import fnmatch
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import islice

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from ..errors import QueryError
from .acronyms import definitions
from .analysis import STOP_WORDS, Tokens, compounds, key, tokenize
from .query import Heading, Node, Not, Sequence, Slot, Term, Words, children, replace_terms

# A wildcard that stands for more words than this says nothing, and costs: the paper has some
# 1,300 different words, a library of 100,000 paragraphs some 30,000.
MAX_EXPANSIONS = 2_000
# Parts shorter than this join to other words by accident ("for mat", "in form").
_MIN_JOINED_PART = 3
# Ways to write a term that are added for its hyphenated words: nobody quotes a phrase with more of
# them, and each is looked for from its first word to its last.
_MOST_OPENED = 8
# Letters that a misspelling may be off, by the length of the word: up to 4 letters 1, else 2. Of
# one or two letters each is one letter off from half of all short words. The first letter is wrong
# in 8 % of misspellings only: J. Pollock, A. Zamora, "Automatic spelling correction in scientific
# and scholarly text", 1984.
_SHORT_WORD = 4
_LEAST_LETTERS = 3
_MOST_LETTERS = 40  # no English word is longer
_BEYOND = "\U0010ffff"  # sorts behind every word that begins with the same letters


@dataclass(frozen=True)
class Lexicon:
    """The different words of a text, with what it says of its own compounds and acronyms.

    ``counts`` has each folded word and how often it occurs. ``compounds`` has the parts of each
    hyphenated word by the key of its joined form. ``acronyms`` has, by the folded short form, the
    long form as printed.
    """

    counts: Mapping[str, int]
    compounds: Mapping[str, list[list[str]]]
    acronyms: Mapping[str, str]

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Words to their numbers: the order in which they come first in the text, from 0."""
        return {word: number for number, word in enumerate(self.counts)}

    @cached_property
    def families(self) -> dict[str, tuple[str, ...]]:
        """Words by key: the forms of one word."""
        found = defaultdict(list)
        for word in self.counts:
            found[key(word)].append(word)
        return {name: tuple(words) for name, words in found.items()}

    @cached_property
    def family_names(self) -> tuple[str, ...]:
        """The keys of all words that tell something, sorted: a family's number is its place."""
        common = {key(word) for word in self.counts if word in STOP_WORDS}
        return tuple(sorted(self.families.keys() - common))

    def expand(self, slot: Slot) -> tuple[str, ...]:
        """The words of this lexicon that may fill a slot.

        Raises QueryError where a pattern stands for more than MAX_EXPANSIONS words.
        """
        if slot.kind == "form":
            return self.families.get(key(slot.text), ())
        if slot.kind == "exact":
            return (slot.text,) if slot.text in self.counts else ()
        if slot.is_any:
            return tuple(self.counts)
        found = tuple(self._beginning(slot))
        if not is_prefix(slot):
            found = tuple(word for word in found if accepts(slot, word))
        if len(found) > MAX_EXPANSIONS:
            raise QueryError(
                f"“{slot.text}” stands for {len(found):,} words; the limit is {MAX_EXPANSIONS:,}. "
                "Give more letters."
            )
        return found

    @cached_property
    def spelled(self) -> dict[str, list[tuple[str, str, list[str]]]]:
        """Short form, long form and its keys but for the common words, by the first of the keys."""
        found = defaultdict(list)
        for short, long in self.acronyms.items():
            keys = [key(word) for word in tokenize(long).words if word not in STOP_WORDS]
            if keys:
                found[keys[0]].append((short, long, keys))
        return dict(found)

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self.counts)

    def _beginning(self, slot: Slot) -> list[str]:
        """The words that begin as what fills the slot must."""
        letters = slot.text.partition("*")[0].partition("?")[0]
        first = slot.text[:1] if slot.kind == "fuzzy" else letters
        low = bisect_left(self._sorted, first)
        return self._sorted[low : bisect_left(self._sorted, first + _BEYOND)]

    def nearest(self, word: str) -> str | None:
        """The word probably meant by a misspelt one: fewest letters off, then commonest.

        With two letters off it begins alike. Numbers are not misspelt.
        """
        if not _LEAST_LETTERS <= len(word) <= _MOST_LETTERS or any(map(str.isdigit, word)):
            return None
        most = 1 if len(word) <= _SHORT_WORD else 2
        found = extract(
            word, self._sorted, scorer=OSA.distance, processor=None, score_cutoff=most, limit=None
        )
        likely = (
            (off, -self.counts[other], other)
            for other, off, _ in found
            if off == 1 or (off and other[0] == word[0])
        )
        best = min(likely, default=None)
        return best[2] if best else None


def is_prefix(slot: Slot) -> bool:
    """Whether a slot asks for letters that a word begins with, and nothing else."""
    return slot.kind == "glob" and slot.text[:-1].isalnum() and slot.text[-1] == "*"


def accepts(slot: Slot, word: str) -> bool:
    """Whether a word may fill a slot: the meaning of each kind, said once."""
    if slot.kind == "form":
        return key(word) == key(slot.text)
    if slot.kind == "exact":
        return word == slot.text
    if slot.kind == "glob":
        if is_prefix(slot):  # as most are, and no pattern is made for it
            return word.startswith(slot.text[:-1])
        return bool(_pattern(slot.text).fullmatch(word))
    return word[:1] == slot.text[:1] and (
        OSA.distance(word, slot.text, score_cutoff=slot.edits) <= slot.edits
    )


@lru_cache(maxsize=1024)
def _pattern(glob: str) -> re.Pattern[str]:
    """``*`` any letters or none, ``?`` one; what a ``*`` took is never tried over again."""
    return re.compile(fnmatch.translate(glob))


def lexicon(analysed: Iterable[Tokens], texts: Iterable[str]) -> Lexicon:
    """The lexicon of some texts, given with their tokens."""
    counts: Counter[str] = Counter()
    parts: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    acronyms: dict[str, str] = {}
    for tokens, text in zip(analysed, texts, strict=True):
        counts.update(tokens.words)
        for joined, words in compounds(tokens).items():
            parts[key(joined)].add(words)
        for short, long in definitions(text).items():
            acronyms.setdefault(tokenize(short).words[0], long)
    return Lexicon(
        counts=dict(counts),
        compounds={name: sorted(map(list, ways)) for name, ways in parts.items()},
        acronyms=acronyms,
    )


def enrich(tree: Node, words: Lexicon) -> tuple[Node, tuple[str, ...]]:
    """A tree with what the text itself adds to it, and notes that say what was added.

    A joined word also finds its hyphenated form, two words typed side by side their joined form,
    a short form its long form and the other way round.
    """
    new: dict[Term, Term] = {}
    notes: list[str] = []
    for group, verb in _groups(tree):
        terms = list(group)
        _add_joined(terms, words)
        terms = [_with_open_forms(term, words) for term in terms]
        notes += [f"Also {verb} {note}" for note in _add_acronyms(terms, words)]
        new.update((old, term) for old, term in zip(group, terms, strict=True) if old is not term)
    return replace_terms(tree, new) if new else tree, tuple(dict.fromkeys(notes))


def _groups(node: Node, verb: str = "finds") -> Iterable[tuple[tuple[Term, ...], str]]:
    """Terms typed side by side, and those that stand alone; with what they do in the query."""
    if isinstance(node, Words):
        yield node.terms, verb
    elif isinstance(node, Term):
        yield (node,), verb
    elif isinstance(node, Heading):
        yield (node.term,), verb
    else:
        inside = "leaves out" if isinstance(node, Not) else verb
        for child in children(node):
            yield from _groups(child, inside)


def _add_joined(terms: list[Term], words: Lexicon) -> None:
    for number in range(len(terms) - 1):
        one, two = terms[number : number + 2]
        if not (one.word and two.word) or one.word + two.word not in words.counts:
            continue
        joined = one.word + two.word
        short = min(len(one.word), len(two.word)) < _MIN_JOINED_PART
        if short or {one.word, two.word} & STOP_WORDS or two.place != one.place + 1:
            continue
        way = ((Slot("form", joined),),)
        terms[number] = replace(one, sequences=one.sequences + way)
        terms[number + 1] = replace(two, sequences=two.sequences + way)


def _with_open_forms(term: Term, words: Lexicon) -> Term:
    """Each joined word of a term that the text has hyphenated, in its hyphenated form too."""
    if term.word and len(term.sequences) == 1 and key(term.word) not in words.compounds:
        return term
    opened = list(islice(_opened(term, words), _MOST_OPENED))
    if not opened:
        return term
    return replace(term, sequences=tuple(dict.fromkeys((*term.sequences, *opened))))


def _opened(term: Term, words: Lexicon) -> Iterator[Sequence]:
    for sequence in () if term.reach else term.sequences:
        for number, slot in enumerate(sequence):
            if slot.kind in {"form", "exact"}:
                for parts in words.compounds.get(key(slot.text), ()):
                    if slot.kind == "form" or "".join(parts) == slot.text:
                        slots = tuple(Slot(slot.kind, part) for part in parts)
                        yield sequence[:number] + slots + sequence[number + 1 :]


def _add_acronyms(terms: list[Term], words: Lexicon) -> list[str]:
    notes = []
    for number, term in enumerate(terms):
        long = words.acronyms.get(term.word or "")
        if long:
            terms[number] = replace(term, others=(*term.others, _forms(long)))
            notes.append(f"“{long}”, for which {(term.word or '').upper()} stands.")
    for start, term in enumerate(terms):
        for short, long, wanted in words.spelled.get(key(term.sequences[0][0].text), ()):
            stop = _run(terms, start, wanted)
            for number in range(start, stop):
                others = (*terms[number].others, (Slot("form", short),))
                terms[number] = replace(terms[number], others=others)
            if stop > start:
                notes.append(f"{short.upper()}, which stands for “{long}”.")
    return notes


def _run(terms: list[Term], start: int, wanted: list[str]) -> int:
    """Where the terms from start end that spell out the wanted words; start when they do not."""
    typed: list[str] = []
    for number in range(start, len(terms)):
        slots = terms[number].sequences[0]
        if any(slot.kind != "form" for slot in slots):
            return start
        typed += [key(slot.text) for slot in slots]
        if typed == wanted:
            return number + 1
        if len(typed) >= len(wanted):
            return start
    return start


def _forms(text: str) -> Sequence:
    return tuple(Slot("form", word) for word in tokenize(text).words)
