"""Find words of a text close to one that it lacks: what a misspelt one means, or its relatives.

A word is **misspelt** unless it is known: a text may well lack an English word or a name. What was
meant is a word of the text one or two letters off: each is inserted, left out or replaced, or two
neighbours are swapped.
"""

import gzip
import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib import resources

from breame.spelling import get_american_spelling
from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from .analysis import CARDINALS, DISTINCT, PREFIXES, STOP_WORDS, is_common, key
from .field import Field
from .lexicon import Lexicon
from .query import Slot, Slots, exactly, forms

_MAX_LETTERS = 40  # no English word is longer
_SHORT = 3  # letters: up to here, only swapped ones are corrected: "lwa"
_MEDIUM = 4  # letters: up to here, the first is taken as right: "Jong" is not "long"
# Letters, in any order, that a word must share with one two letters off. With three, names become
# words ("THAAD" third); with five, no word of four letters could be two letters off.
_MIN_COMMON = 4

_MAX_ALTERNATIVES = 3
_MIN_BEGINNING = 5  # letters: "cyber" finds "cyberspace"; but "land" does not mean "landscape"
_MIN_ROOT = 5
_MIN_PART = 2  # letters of each word that is run together with others: "ruleoflaw"
_MIN_KNOWN_PART = 4  # in a known word: "seatbelt" is "seat belt", but "together" not "to get her"
_MIN_HALF = 5  # letters of either half; with four, "landscape" is read as "land scape"
NUMBERS = {str(n): word for n, word in enumerate(CARDINALS[1:], start=2)}  # "one" is a pronoun
_BARE = re.compile(r"(?<=.{4})(?:'s|(?<!s)s)$")  # a possessive or a plural, but not "news"
_NUMBERED = re.compile(r"^\d|\d.*\d|^(?=.*\d).{,4}$")  # 5g, ab12, g20; not "secur1ty", a misprint
_DOUBLED = re.compile(r"(.)\1")  # "peacefull" is misspelt for "peaceful", not "peacefully"
_NEGATION = re.compile(r"^(?:de|dis|i[lmnr]|non|un)(?=.{5})")  # with four, "inform" would match
# Endings of words of the same family, such as "terrorism" and "terrorist". After only five letters
# few count, such as those of countries: "police" is not of the family of "policy".
_ENDINGS = (
    "ism|ist|istic|en|i[sz]e|i[sz]ing|i[sz]ed|i[sz]ation|ify|if(?:ies|ied|ying|ication)|ity|ty"
    "|i?al|ality|ally|ary|arily|ic|ical|ician|y|ly|ily|ate|i?ation|ational|ative|ator|ional|ive|or"
    "|er|ing|ed|[ae]nce|[ae]ncy|[ae]nt|acy|at|atic|[ai]ble|ability|ment|mental|ness|ful|fully|less"
    "|hood|dom|ous|ously|ar"
)
_SHORT_ENDINGS = "ions?|ship|ition|ution|e|v|a|n|an|ian|ean|ese|ish"
_ENDING = re.compile(rf"(?:(?<=.{{6}})(?:{_ENDINGS})|(?<=.{{5}})(?:{_SHORT_ENDINGS}))$")


def nearest(word: str, lexicon: Lexicon) -> str | None:
    """Return the word of the text that was probably meant by a misspelt one, or None.

    It has the fewest letters off, then only a doubled letter, then the most letters in common, then
    the most occurrences. Common words are never meant, and numbers and known words are right.
    """
    if not _SHORT <= len(word) <= _MAX_LETTERS or _NUMBERED.search(word):
        return None
    most = 1 if len(word) <= _SHORT or any(map(str.isdigit, word)) else 2
    joined = ("".join(parts) for ways in lexicon.compounds.values() for parts in ways)
    every = [*lexicon.ordered, *joined]
    found = extract(word, every, scorer=OSA.distance, score_cutoff=most, limit=None)
    likely = []
    for other, edits, _ in found:
        common = sum(min(word.count(letter), other.count(letter)) for letter in set(word))
        if _is_near(word, other, int(edits), common):
            only_doubled = _DOUBLED.sub(r"\1", word) == _DOUBLED.sub(r"\1", other)
            likely.append((edits, not only_doubled, -common, -lexicon.counts.get(other, 0), other))
    best = min(likely)[-1] if likely else None
    return best if best and best not in STOP_WORDS and not is_known(word) else None


def is_misspelt(word: str, lexicon: Lexicon, relatives: Iterable[str]) -> bool:
    """Return whether a word is one letter off one of the text that is no form of ``relatives``."""
    near = nearest(word, lexicon)
    if near is None or near.startswith(word):  # "econom" is begun, not misspelt
        return False
    return key(near) not in map(key, relatives) and OSA.distance(word, near) == 1


def fitting(word: str, typed: Sequence[str], text: Field) -> str | None:
    """Return the word, one letter off, that the text has beside the words typed there, or None.

    Short words and known ones are corrected, too: “rul of law”, “Untied Nations”; but not one that
    is both, “investment ban”, nor the first letter of a known one: “health gap” is not “wealth
    gap”. Words count as beside it up to the next that is not common.
    """
    if word not in typed or not word.isalpha():
        return None
    known, (before, after) = is_known(word), _beside(typed, typed.index(word))
    if (known and len(word) <= _SHORT) or not (before or after):
        return None
    near = extract(word, text.lexicon.ordered, scorer=OSA.distance, score_cutoff=1, limit=None)
    found = []
    for other, *_ in near:
        fits_before = before and text.has(before + exactly(other))
        fits = fits_before or (after and text.has(exactly(other) + after))
        changes_first = len(other) == len(word) and other[0] != word[0]
        if fits and not (known and changes_first):
            found.append(other)
    best = max(found, key=text.lexicon.counts.__getitem__, default=None)
    return best if best not in STOP_WORDS else None


def _beside(typed: Sequence[str], at: int) -> tuple[Slots, Slots]:
    """Return the words on either side of one, up to and including the next that is not common."""
    content = [number for number, other in enumerate(typed) if not is_common(other)]
    first = max((number for number in content if number < at), default=at)
    last = min((number for number in content if number > at), default=at)
    return forms(*typed[first:at]), forms(*typed[at + 1 : last + 1])


def _is_near(word: str, other: str, edits: int, common: int) -> bool:
    """Return whether a word may mean another, ``edits`` away, that shares ``common`` letters."""
    if min(len(word), len(other)) <= _SHORT:
        return edits == 1 and len(word) == common == len(other)  # "lwa"
    if len(word) <= _MEDIUM and word[0] != other[0]:
        return edits == 1 and common == len(word)  # "hina" is "china"
    return edits == 1 or (common >= _MIN_COMMON and len(other) > _MEDIUM)


def is_known(word: str, *, begun: bool = False) -> bool:
    """Return whether a folded word is an English word or a name; if ``begun``, or begins one."""
    bare, end, lines = word.removesuffix("'s"), "" if begun else '":', _dictionary()
    wanted = [f'"{w}{end}'.encode(errors="replace") for w in (bare, get_american_spelling(bare))]
    return any(lines[bisect_left(lines, each)].startswith(each) for each in wanted)


@lru_cache(maxsize=1)
def _dictionary() -> list[bytes]:
    """Return the sorted lines of pyspellchecker's 160,000 words from films: ``"sea": 85602,``.

    The last is ``}``. Parsing the file would take five times as long, while a reader waits.
    """
    file = resources.files("spellchecker") / "resources" / "en.json.gz"
    return gzip.decompress(file.read_bytes()).splitlines()[1:]


def alternatives(word: str, lexicon: Lexicon) -> tuple[str, ...]:
    """Return words that begin with a folded word, or are of its family or the same number.

    The nearest come first. Only a whole word may follow a known one: no "momentum" for "moment".
    """
    if len(word) > _MAX_LETTERS:
        return ()
    if word in NUMBERS:
        return lexicon.expand(Slot("exact", NUMBERS[word]))
    begin = lexicon.beginning(word) if len(word) >= _MIN_BEGINNING else []
    if begin and is_known(word):
        begin = [other for other in begin if other[len(word) :] in lexicon.counts]
    root = _root(word)
    family = (other for other in lexicon.beginning(root[:_MIN_ROOT]) if _root(other) == root)
    by_key: dict[str, str] = {}  # of all forms of a word, the most frequent
    for other in sorted({*begin, *family} - STOP_WORDS, key=lambda w: (-lexicon.counts[w], w)):
        by_key.setdefault(key(other), other)
    by_key.pop(key(word), None)
    nearest_first = sorted(by_key.values(), key=lambda other: abs(len(other) - len(word)))
    return tuple(nearest_first[:_MAX_ALTERNATIVES])


def negated(word: str, lexicon: Lexicon) -> tuple[str, ...]:
    """Return the word of the text that another negates: ``stability`` for ``instability``."""
    bare = _NEGATION.sub("", word)
    family = lexicon.families.get(key(bare), ()) if bare != word else ()
    return tuple(sorted(family, key=lambda each: each != bare)[:1])


def halves(word: str, lexicon: Lexicon) -> tuple[str, ...]:
    """Return a word as two that the text has: ``peacebuilding`` as ``peace building``.

    The first may begin a longer word: ``cyber`` of ``cyberspace``; the second is the longest that
    fits. Empty if there are none, and for known words: "transmission" is one word.
    """
    if len(word) > _MAX_LETTERS or is_known(word):
        return ()
    for cut in range(_MIN_HALF, len(word) - _MIN_HALF + 1):
        first, second = word[:cut], word[cut:]
        if key(second) in lexicon.families and lexicon.beginning(first):
            return (first, second)
    return ()


def parted(word: str, text: Field) -> Slots:
    """Return a word as several that follow one another in a text: ``ruleof`` as ``rule of``.

    The number of a note at its end is left out. Empty if there are none, and for a known word
    unless all its parts are long.
    """
    if len(word) > _MAX_LETTERS:
        return ()
    letters = word.rstrip("0123456789")
    runs: dict[int, Slots] = {0: ()}  # by how many of the letters they have
    for stop in range(_MIN_PART, len(letters) + 1):
        for start, run in list(runs.items()):  # the longest last word first
            part = letters[start:stop]
            if stop not in runs and len(part) >= _MIN_PART and part in text.lexicon.counts:
                longer = run + exactly(part)
                if text.has(longer):
                    runs[stop] = longer
    found = runs.get(len(letters), ())
    is_long = len(found) > 1 and all(len(slot.text) >= _MIN_KNOWN_PART for slot in found)
    return found if is_long or not is_known(word) else ()


def _root(word: str) -> str:
    """Return a word without its endings; a prefix such as "inter" is no root."""
    root = re.sub(r"(?<=.{4})ie$", "y", _BARE.sub("", word))
    while not DISTINCT.fullmatch(root):
        shorter = _ENDING.sub("", root)
        if shorter == root or shorter in PREFIXES:
            break
        root = shorter
    return root
