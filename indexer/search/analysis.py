"""Analysis: text to tokens. Every word is kept, with its offsets; nothing is stemmed here but keys.

A **word** is a token as it is compared: lower case, no accents, one kind of apostrophe. Two words
that are forms of one another (``policy`` and ``policies``, ``defence`` and ``defense``, ``China``
and ``China's``) have the same **key**.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import Stemmer
from breame.spelling import get_american_spelling
from whoosh.lang.stopwords import stoplists

from .results import Span

# Words too common to rank by or to ask for alone. Letters left over from contractions are no
# words of English; they would hide "S" and "T" as initials.
STOP_WORDS: frozenset[str] = frozenset(stoplists["en"]) - {"s", "t", "don"}

_QUOTES = {
    "“": '"',
    "”": '"',
    "„": '"',
    "«": '"',
    "»": '"',
    "＂": '"',
    "‟": '"',
    "‘": "'",
    "’": "'",
    "‛": "'",
    "ʼ": "'",
    "`": "'",
}
_DASHES = dict.fromkeys("‐‑‒–—―−", "-")
_SPACES = dict.fromkeys("\u00a0\u2007\u202f\u3000\t\n\r\f\v", " ")
_FULL_WIDTH = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_ONE_KIND = str.maketrans({**_FULL_WIDTH, **_QUOTES, **_DASHES, **_SPACES})

_INVISIBLE = "\u00ad\u200b-\u200d\u2060\ufeff"  # soft hyphen, zero-width characters
_MARKS = rf"\u0300-\u036f{_INVISIBLE}"  # accents that stand alone, and what nobody sees
_WORD = rf"[^\W_](?:[^\W_]|[{_MARKS}])*"
_DOTTED = r"[^\W\d_](?:\.[^\W\d_])+\.?"
_TOKEN = re.compile(
    rf"""
      [A-Za-z][a-z]+(?![\w'{_MARKS}]) # most words: as the fourth line finds them, in half the time
    | (?<![^\W_]){_DOTTED}(?![^\W_])  # U.S., U.N.
    | \d+(?:[.,]\d+)+                # 1,500 and 2.5
    | {_WORD}(?:'{_WORD})*            # China's, 2030, G20
    | (?<=\d)\ ?%                    # 60% is 60 percent
    """,
    re.VERBOSE,
)
_DROPPED = re.compile(rf"[{_MARKS}]")
# A sentence ends at a full stop and white space before a capital, a quotation or a number; also
# where the white space was lost ("control.The"), but not after an initial or an abbreviation.
_SENTENCE_END = re.compile(
    r"""[.!?](?<!\b[A-Z].)(?<!\b(?:Mr|Ms|Dr|St|No).)(?<!\b(?:Mrs|vol|Jan|Feb|Aug|Oct|Nov|Dec).)"""
    r"""['")\]]*(?:\ +(?=["'(\[]*[A-Z0-9])|(?=[A-Z][a-z]))""",
)
# Spellings that the word list lacks, as "modernisation": no American word ends so.
_BRITISH = re.compile(r"isation(?=s?$)")
_stem = Stemmer.Stemmer("english")


@dataclass(frozen=True)
class Tokens:
    """The tokens of a text, in order, as parallel tuples.

    ``words`` are folded; ``spans`` are half-open, in code points of the text; ``sentences`` says
    for each token in which sentence (from 0) it stands; ``linked`` whether it is joined by a
    hyphen to the next. ``sentence_stops`` is where each sentence ends and the next begins.
    """

    words: tuple[str, ...]
    spans: tuple[Span, ...]
    sentences: tuple[int, ...]
    linked: tuple[bool, ...]
    sentence_stops: tuple[int, ...]


def one_kind(text: str) -> str:
    """Text with one kind of quote, dash, space and width; each code point stays in its place."""
    return text.translate(_ONE_KIND)


@lru_cache(maxsize=65536)
def fold(token: str) -> str:
    """The word of a token already of one kind: no case, accents, dots or thousands commas."""
    if token.endswith("%"):
        return "percent"
    if re.fullmatch(_DOTTED, token):
        token = token.replace(".", "")
    elif token[0].isdigit():
        token = token.replace(",", "")
    if token.isascii():
        return token.lower()
    bare = _DROPPED.sub("", unicodedata.normalize("NFKD", token.casefold()))
    return unicodedata.normalize("NFKC", bare) or token.casefold()


@lru_cache(maxsize=65536)
def key(word: str) -> str:
    """What all forms of a word share: possessive dropped, American spelling, Snowball stem.

    Source of the stemmer: M. F. Porter, Snowball, the English stemmer ("Porter2").
    """
    bare = word.partition("'")[0] if word.endswith("'s") else word
    return str(_stem.stemWord(_BRITISH.sub("ization", get_american_spelling(bare))))


def tokenize(text: str) -> Tokens:
    """Every token of a text; none is dropped."""
    plain = one_kind(text)
    spans = tuple([match.span() for match in _TOKEN.finditer(plain)])
    stops = _sentence_stops(plain)
    numbers, sentence = [], 0
    for start, _ in spans:
        while start >= stops[sentence]:
            sentence += 1
        numbers.append(sentence)
    linked = [
        after - before == 1 and plain[before] == "-" for (_, before), (after, _) in pairwise(spans)
    ]
    return Tokens(
        words=tuple([fold(plain[start:stop]) for start, stop in spans]),
        spans=spans,
        sentences=tuple(numbers),
        linked=(*linked, False) if spans else (),
        sentence_stops=stops,
    )


def sentences(text: str) -> tuple[Span, ...]:
    """The sentences of a text as spans that follow each other without a gap."""
    return tuple(pairwise((0, *_sentence_stops(one_kind(text)))))


def _sentence_stops(plain: str) -> tuple[int, ...]:
    return (*(match.end() for match in _SENTENCE_END.finditer(plain)), len(plain))


def compounds(tokens: Tokens) -> dict[str, tuple[str, ...]]:
    """The hyphenated words of a text, parts by joined form: ``nontraditional``: ``non, ...``."""
    found = {}
    start = 0
    for place, linked in enumerate(tokens.linked):
        if not linked:
            if place > start:
                parts = tokens.words[start : place + 1]
                found["".join(parts)] = parts
            start = place + 1
    return found
