"""The words of a text, its compounds and acronyms, and which words may fill a slot of a query."""

import fnmatch
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice, pairwise

from rapidfuzz.distance import OSA

from ..errors import QueryError
from .analysis import STOP_WORDS, Tokens, american, inflected, key
from .query import Slot, Slots, Term, forms

MAX_EXPANSIONS = 2_000  # words: a pattern for more is useless and slow; a library has some 15,000
_MIN_JOINED_PART = 3  # letters: shorter parts make other words by accident ("in form")
_MAX_OPENED = 8  # hyphenated spellings of a term; each is searched for separately
_DEFINITION = re.compile(r"\(\s*([A-Za-z][\w&./-]{1,9})\s*[),;]")  # 2 to 10 characters
_BEYOND = "\U0010ffff"  # sorts after every word that begins with the same letters


@dataclass(frozen=True)
class Lexicon:
    """The different words of a text, its compounds, and the acronyms that it defines.

    ``counts`` is how often each folded word occurs. ``families`` has the forms of a word by their
    key, ``compounds`` the parts of each hyphenated word by the key of its joined form, ``acronyms``
    the long form by the short one, both as printed.
    """

    counts: Mapping[str, int]
    families: Mapping[str, list[str]]
    compounds: Mapping[str, list[list[str]]]
    acronyms: Mapping[str, str]

    def expand(self, slot: Slot) -> tuple[str, ...]:
        """Return the words that may fill a slot. Raise QueryError if a pattern has too many."""
        if slot.kind in ("form", "acronym"):
            return tuple(self.families.get(key(slot.text.lower()), ()))
        if slot.kind == "exact":
            return (slot.text,) if slot.text in self.counts else ()
        if slot.is_any:
            return tuple(self.counts)
        if slot.kind == "glob":
            first = re.split("[*?]", slot.text)[0]
            rest = slot.text[len(first) :]
            found = {w for start in {first, american(first)} for w in self._matching(start, rest)}
        else:
            same_initial = self.beginning(slot.text[:1])
            found = {w for w in same_initial if OSA.distance(w, slot.text) <= slot.edits}
        if len(found) > MAX_EXPANSIONS:
            raise QueryError(
                f"“{slot.text}” stands for {len(found):,} words; the limit is {MAX_EXPANSIONS:,}. "
                "Use more letters."
            )
        return tuple(sorted(found))

    def of_stem(self, word: str) -> tuple[str, ...]:
        """Return the words with the same key as one, if neither it nor an inflection occurs."""
        if word in self.counts:
            return ()
        family = self.families.get(key(word), ())
        return () if inflected(word) in map(inflected, family) else tuple(family)

    def _matching(self, first: str, rest: str) -> Iterator[str]:
        """Return the words that match a pattern, given before and from its first wildcard."""
        pattern = first + rest
        letters = len(pattern.replace("*", ""))
        long = [word for word in self.beginning(first) if len(word) >= letters]
        # A pattern of 4,000 letters, which no word has, would take long to compile.
        compiled = re.compile(fnmatch.translate(pattern if long else ""))
        return filter(compiled.fullmatch, long)

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each word: its index in ``counts``."""
        return dict(zip(self.counts, range(len(self.counts)), strict=True))

    @cached_property
    def ordered(self) -> list[str]:
        """Every word, sorted."""
        return sorted(self.counts)

    def beginning(self, letters: str) -> list[str]:
        """Return the words that begin with some letters, sorted."""
        low = bisect_left(self.ordered, letters)
        return self.ordered[low : bisect_left(self.ordered, letters + _BEYOND)]


def families(words: Iterable[str]) -> dict[str, list[str]]:
    """Group words by their key."""
    found = defaultdict(list)
    for word in words:
        found[key(word)].append(word)
    return dict(found)


def lexicon(analysed: Iterable[Tokens], texts: Iterable[str]) -> Lexicon:
    """Return the lexicon of some texts, given with their tokens."""
    counts: Counter[str] = Counter()
    parts: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    acronyms: dict[str, str] = {}
    for tokens, text in zip(analysed, texts, strict=True):
        counts.update(tokens.words)
        for words in (tokens.words[start:stop] for start, stop in tokens.groups()):
            if len(words) > 1:
                parts[key("".join(words))].add(words)
        for short, long in definitions(text).items():
            acronyms.setdefault(short, long)
    return Lexicon(
        counts=dict(sorted(counts.items())),  # the order in which Whoosh lists them
        families=families(counts),
        compounds={name: sorted(map(list, ways)) for name, ways in parts.items()},
        acronyms=acronyms,
    )


def definitions(text: str) -> dict[str, str]:
    """Return the acronyms that a text defines, each with its long form, both as printed.

    Source: A. S. Schwartz and M. A. Hearst, "A simple algorithm for identifying abbreviation
    definitions in biomedical text", Pacific Symposium on Biocomputing 2003.
    """
    found = {}
    for match in _DEFINITION.finditer(text):
        short = match.group(1)
        capitals = sum(letter.isupper() for letter in short)
        if capitals > 1 and (long := _long_form(short, text[: match.start()])):
            found[short] = long
    return found


def _long_form(short: str, before: str) -> str | None:
    """Return the words right before the parenthesis that ``short`` stands for, or None."""
    most_words = min(len(short) + 5, len(short) * 2)
    words = list(re.finditer(r"\S+", before))[-most_words:]
    candidate = before[words[0].start() :].rstrip() if words else ""
    start = _align(short, candidate, initials=len(short))  # "Code of Conduct (COC)"
    if start is None:
        start = _align(short, candidate, initials=1)
    long = candidate[start:] if start is not None else ""
    return long if len(long) > len(short) and short not in long.split() else None


def _align(short: str, candidate: str, initials: int) -> int | None:
    """Return the offset in ``candidate`` at which the letters of ``short`` begin, or None.

    They are matched from right to left; the first ``initials`` of them must each begin a word.
    """
    offset: int | None = len(candidate)
    for number, letter in reversed(list(enumerate(short))):
        if letter.isalnum():
            begins = r"(?<![^\W_])" if number < initials else ""
            found = re.finditer(begins + letter, candidate[:offset], re.IGNORECASE)
            offset = max((each.start() for each in found), default=None)
            if offset is None:
                return None
    return offset


def with_spellings(typed: Sequence[Term], words: Lexicon, common: Iterable[Term]) -> list[Term]:
    """Return terms typed side by side that also find other spellings in the text.

    A joined word also finds its hyphenated form, and two words find their joined form, even if one
    of them is ``common`` and so not searched for.
    """
    joined: defaultdict[int, tuple[Slots, ...]] = defaultdict(tuple)  # by position
    for one, two in pairwise(sorted((*typed, *common), key=lambda term: term.position)):
        word = _joined(one.word, two.word, words) if one.word and two.word else None
        if word and two.position == one.position + 1:
            joined[one.position] += (forms(word),)
            joined[two.position] += (forms(word),)
    found = []
    for term in typed:
        ways = (*term.sequences, *joined[term.position])
        opened = () if term.slop else islice(_opened(ways, words), _MAX_OPENED)
        every = tuple(dict.fromkeys((*ways, *opened)))
        found.append(term if every == term.sequences else replace(term, sequences=every))
    return found


def _joined(one: str, two: str, words: Lexicon) -> str | None:
    """Return two words joined if that occurs, else None; in any form if they do not both occur."""
    joined, content = one + two, {one, two} - STOP_WORDS
    lacking = {word for word in content if word not in words.counts}
    if len(content) == 2 and lacking:
        return joined if key(joined) in words.families else None
    # "hot spots"; "over night", as "night" does not occur; but "a part" is not "apart"
    is_long = min(map(len, content), default=0) >= _MIN_JOINED_PART
    is_meant = len(content) == 2 or lacking == content
    return joined if is_long and is_meant and joined in words.counts else None


def _opened(sequences: Iterable[Slots], words: Lexicon) -> Iterator[Slots]:
    """Yield sequences with one joined word replaced by a hyphenated form of it."""
    for sequence in sequences:
        for number, slot in enumerate(sequence):
            compounds = words.compounds.get(key(slot.text), ())
            for parts in compounds if slot.kind in {"form", "exact"} else ():
                if slot.kind == "form" or "".join(parts) == slot.text:
                    slots = tuple(Slot(slot.kind, part) for part in parts)
                    yield sequence[:number] + slots + sequence[number + 1 :]
