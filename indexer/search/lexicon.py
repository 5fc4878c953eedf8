"""The words of a text: those that a slot of the query stands for, and what goes with them."""

from __future__ import annotations

import fnmatch
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice

from rapidfuzz.distance import OSA

from ..errors import QueryError
from .acronyms import definitions
from .analysis import STOP_WORDS, Tokens, compounds, key, tokenize
from .query import Heading, Node, Not, Slot, Slots, Term, Words, children, replace_terms
from .vocabulary import Vocabulary, forms, keys_of, run

# A wildcard that stands for more words than this is useless and slow: the paper has some 1,300
# different words, a library of 25,000 paragraphs some 15,000.
MAX_EXPANSIONS = 2_000
# Parts shorter than this join to other words by accident ("for mat", "in form").
_MIN_JOINED_PART = 3
# Ways to write a term that are added for its hyphenated words: nobody quotes a phrase with more of
# them, and each costs a search of its own.
_MOST_OPENED = 8
_BEYOND = "\U0010ffff"  # sorts after every word that begins with the same letters


@dataclass(frozen=True)
class Lexicon:
    """The different words of a text, its compounds, and the acronyms that it defines.

    ``counts`` has each folded word and how often it occurs. ``compounds`` has the parts of each
    hyphenated word by the key of its joined form. ``acronyms`` has, by the folded short form, the
    long form as printed.
    """

    counts: Mapping[str, int]
    compounds: Mapping[str, list[list[str]]]
    acronyms: Mapping[str, str]

    @cached_property
    def families(self) -> dict[str, tuple[str, ...]]:
        """Words by key: the forms of one word."""
        found = defaultdict(list)
        for word in self.counts:
            found[key(word)].append(word)
        return {name: tuple(words) for name, words in found.items()}

    def expand(self, slot: Slot) -> tuple[str, ...]:
        """Return the words of this lexicon that may fill a slot.

        Raises QueryError where a pattern stands for more than MAX_EXPANSIONS words.
        """
        if slot.kind == "form":
            return self.families.get(key(slot.text), ())
        if slot.kind == "exact":
            return (slot.text,) if slot.text in self.counts else ()
        if slot.is_any:
            return tuple(self.counts)
        if slot.kind == "glob":
            pattern = re.compile(fnmatch.translate(slot.text))
            first = slot.text.partition("*")[0].partition("?")[0]
            found = tuple(word for word in self.beginning(first) if pattern.fullmatch(word))
        else:
            near = self.beginning(slot.text[:1])
            found = tuple(w for w in near if OSA.distance(w, slot.text) <= slot.edits)
        if len(found) > MAX_EXPANSIONS:
            raise QueryError(
                f"“{slot.text}” stands for {len(found):,} words; the limit is {MAX_EXPANSIONS:,}. "
                "Give more letters."
            )
        return found

    @cached_property
    def spelled(self) -> dict[str, list[tuple[str, str, list[str]]]]:
        """Short form, long form and the keys of its words (common ones left out), by the first."""
        found = defaultdict(list)
        for short, long in self.acronyms.items():
            keys = keys_of(long)
            found[keys[0]].append((short, long, keys))
        return dict(found)

    @cached_property
    def ordered(self) -> list[str]:
        """Every word, sorted."""
        return sorted(self.counts)

    def beginning(self, letters: str) -> list[str]:
        """Return the words that begin with some letters, sorted."""
        low = bisect_left(self.ordered, letters)
        return self.ordered[low : bisect_left(self.ordered, letters + _BEYOND)]


def lexicon(analysed: Iterable[Tokens], texts: Iterable[str]) -> Lexicon:
    """Return the lexicon of some texts, given with their tokens."""
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


def enrich(tree: Node, words: Lexicon, names: Vocabulary) -> tuple[Node, tuple[str, ...]]:
    """Return a tree with what text and vocabulary add to it, and notes that say what was added.

    A joined word also finds its hyphenated form, two words typed side by side their joined form, a
    short form its long form and vice versa, a name the other names of the same.
    """
    new: dict[Term, Term] = {}
    notes: list[str] = []
    for group, verb in _groups(tree):
        terms = list(group)
        _add_joined(terms, words)
        terms = [_with_open_forms(term, words) for term in terms]
        added = [*_add_acronyms(terms, words), *names.add_names(terms)]
        notes += [f"Also {verb} {note}" for note in added]
        new.update((old, term) for old, term in zip(group, terms, strict=True) if old is not term)
    return replace_terms(tree, new) if new else tree, tuple(dict.fromkeys(notes))


def _groups(node: Node, verb: str = "finds") -> Iterable[tuple[tuple[Term, ...], str]]:
    """Yield terms typed side by side, and single ones; with the verb for what they do."""
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
        if short or {one.word, two.word} & STOP_WORDS or two.offset != one.offset + 1:
            continue
        way = ((Slot("form", joined),),)
        terms[number] = replace(one, sequences=one.sequences + way)
        terms[number + 1] = replace(two, sequences=two.sequences + way)


def _with_open_forms(term: Term, words: Lexicon) -> Term:
    """Return a term that also finds its joined words in the hyphenated form that the text has."""
    if term.word and len(term.sequences) == 1 and key(term.word) not in words.compounds:
        return term
    opened = list(islice(_opened(term, words), _MOST_OPENED))
    if not opened:
        return term
    return replace(term, sequences=tuple(dict.fromkeys((*term.sequences, *opened))))


def _opened(term: Term, words: Lexicon) -> Iterator[Slots]:
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
            terms[number] = replace(term, others=(*term.others, forms(long)))
            notes.append(f"“{long}”, for which {(term.word or '').upper()} stands.")
    for start, term in enumerate(terms):
        for short, long, wanted in words.spelled.get(key(term.sequences[0][0].text), ()):
            stop = run(terms, start, wanted)
            for number in range(start, stop):
                others = (*terms[number].others, (Slot("form", short),))
                terms[number] = replace(terms[number], others=others)
            if stop > start:
                notes.append(f"{short.upper()}, which stands for “{long}”.")
    return notes
