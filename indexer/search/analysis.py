"""Turn text into tokens. Every word is indexed with its offsets; only keys are stemmed.

A **word** is a token as it is compared: lower case, no accents, one kind of apostrophe. Two words
that are forms of one another (``policy`` and ``policies``, ``defence`` and ``defense``, ``China``
and ``China's``) have the same **key**.
"""

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import Stemmer
from breame.spelling import get_american_spelling
from whoosh.lang.stopwords import stoplists

from .spans import Span

# Words too common to rank by. The letters left over from contractions are removed from the list,
# since they would hide "S" and "T" as initials; contractions without an apostrophe are added.
_ADDED = "eg ie etc vs whats whos hows wheres thats theres im ive youre dont doesnt didnt isnt"
_ADDED += " arent wasnt werent hasnt havent hadnt cant could couldnt wont would wouldnt shouldnt"
_ADDED += " versus without either neither whether since upon toward towards although though despite"
_ADDED += " throughout amongst amid regarding concerning whilst whereas unless according"
_ADDED += " can't mustn't needn't won't"
STOP_WORDS: frozenset[str] = frozenset(stoplists["en"]) - {"s", "t", "don"} | {*_ADDED.split()}

# Cardinal and ordinal numbers, from one.
_CARDINALS = "one two three four five six seven eight nine ten"
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth"
CARDINALS, ORDINALS = _CARDINALS.split(), _ORDINALS.split()
RANKS = ("1st", "2nd", "3rd", *(f"{n}th" for n in range(4, 11)))

# Parts of hyphenated words that say nothing by themselves, as in "non-interference".
PREFIXES = frozenset(["co", "de", "inter", "intra", "multi", "non", "post", "pre", "re", "sub"])
# Endings of contractions: "what's" is as common as "what is"; "China's" is not.
_CONTRACTION = re.compile(r"(?<=.)(?:'(?:s|re|ve|ll|d|m)|n't)$")

_QUOTES = dict.fromkeys("“”„«»＂‟", '"') | dict.fromkeys("‘’‛ʼ`´", "'")
_DASHES = dict.fromkeys("‐‑‒–—―−", "-")
_SPACES = dict.fromkeys("\u00a0\u2007\u202f\u3000\t\n\r\f\v", " ")
_FULL_WIDTH = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_ONE_KIND = str.maketrans({**_FULL_WIDTH, **_QUOTES, **_DASHES, **_SPACES})

_INVISIBLE = "\u00ad\u200b-\u200d\u2060\ufeff"  # soft hyphen, zero-width characters
_MARKS = rf"\u0300-\u036f{_INVISIBLE}"  # combining accents, and invisible characters
_WORD = rf"[^\W_](?:[^\W_]|[{_MARKS}])*"
_DOTTED = r"[^\W\d_](?:\.[^\W\d_])+\.?(?:'s)?"
_TOKEN = re.compile(
    rf"""
      (?i:per\ cent)(?!\w)          # percent
    | [A-Za-z][a-z]+(?![\w'{_MARKS}]) # most words, twice as fast as the general case
    | (?<![^\W_]){_DOTTED}(?![^\W_])  # U.S., U.N.
    | \d{{1,3}}(?:,\d{{2,3}})*,\d{{3}}(?:\.\d+)?(?!\d)  # 1,500
    | \d+(?:\.\d+)+                 # 2.5
    | {_WORD}(?:'{_WORD})*            # China's, 2030, G20
    | (?<=\d)\ ?%                    # 60% is 60 percent
    """,
    re.VERBOSE,
)
_DROPPED = re.compile(rf"[{_MARKS}]")
_SENTENCE_END = re.compile(
    r"[.!?]"  # but not after an initial or an abbreviation
    r"(?<!\b[A-Z].)(?<!\b(?:Mr|Ms|Dr|St|No).)(?<!\b(?:Mrs|vol|Jan|Feb|Aug|Oct|Nov|Dec).)"
    r"""['")\]]*(?:\ +(?=["'(\[]*[A-Z0-9])"""  # before a capital, a quotation or a number
    r"|(?=[A-Z][a-z]))"  # even if the space is missing: "control.The"
)
# The "is" of British spellings that the word list lacks: "weaponisation", "weaponise".
_BRITISH = re.compile(r"is(?=ations?$)|(?<=...(?:al|ar|er|ic|im|it|iv|on))is(?=(?:e|es|ed|ing)$)")
_BRITISH_BEGINNING = re.compile(r"(?<=...)is(?=(?:at(?:io?n?)?)?$)")  # weaponis, weaponisat
# The plural of an acronym, which the stemmer leaves as it is: "NGOs", "SMEs"; but not "CSS".
_PLURAL_ACRONYM = re.compile(r"[^\W\daeiouy]{2,}[aeiou]?s(?<!ss)")
_stem = Stemmer.Stemmer("english")
# Bases, each followed by its irregular forms. Not listed are forms that are other words, too
# ("found", "left"), and common ones ("given", "criteria"), which cost a collection .003 of recall.
_IRREGULAR = """
analysis analyses; arise arose arisen; become became; begin began begun; break broke broken
bring brought; build built; buy bought; catch caught; child children; choose chose chosen
crisis crises; deal dealt; draw drew drawn; drive drove driven
fall fell fallen; feel felt; fight fought; foresee foresaw foreseen; grow grew grown; half halves
hear heard; hold held; keep kept; lay laid; lead led; life lives; lose lost; make made; man men
meet met; overcome overcame; oversee oversaw overseen; pay paid; phenomenon phenomena
rebuild rebuilt; rise rose risen; seek sought; sell sold; send sent; shake shook shaken
shrink shrank shrunk; speak spoke spoken; spend spent; stand stood; strike struck
strive strove striven; take took taken; teach taught; undergo underwent undergone
understand understood; undertake undertook undertaken; uphold upheld; win won
withdraw withdrew withdrawn; woman women
"""
_BASES = {
    form: base
    for base, *forms in map(str.split, re.split("[;\n]+", _IRREGULAR.strip()))
    for form in forms
} | dict(zip(RANKS, ORDINALS, strict=True))  # "3rd" is "third"
# Words that the stemmer mistakes for forms of others, such as "president" and "presided". The part
# in the group, which all forms of the word share, is their key.
DISTINCT = re.compile(
    "(authorit|integrit|universit)(?:y|ies)|(experien)c(?:e|es|ed)|(importan)(?:ce|t|tly)|(united)"
    "|(initial|internal|positive|relative|respective)(?:s|ly)?|(presiden)(?:cy|t|tial|ts)"
    "|(publication)s?|(communis)(?:m|ts?)|((?:global|modern)iz)(?:ation|e[ds]?|ing)"
)
# The endings of forms, and of nouns made of verbs.
_INFLECTION = re.compile(
    r"(?<=..)(?:i?es|y?s|ied|y"  # polic-ies, ke-ys, tr-ied, polic-y
    r"|(?:at|(.)\1)?(?:e[ds]?|ing|ions?))$"  # form-ations, visit-ed; stopped → stop
)


@dataclass(frozen=True)
class Tokens:
    """The tokens of a text, in order, as parallel tuples.

    ``words`` are folded, ``spans`` half-open in code points, ``sentences`` numbered from 0.
    ``linked`` is true of a token that a hyphen joins to the next, ``capitals`` of one like "WHO".
    """

    words: tuple[str, ...]
    spans: tuple[Span, ...]
    sentences: tuple[int, ...]
    linked: tuple[bool, ...]
    capitals: tuple[bool, ...]

    def groups(self) -> list[Span]:
        """Return the words as half-open spans of tokens, each hyphenated word as one."""
        found, start = [], 0
        for stop, linked in enumerate(self.linked, start=1):
            if not linked:
                found.append((start, stop))
                start = stop
        return found


def one_kind(text: str) -> str:
    """Return a text with uniform quotes, dashes, spaces and widths; offsets stay the same."""
    return text.translate(_ONE_KIND)


@lru_cache(maxsize=65536)
def fold(token: str) -> str:
    """Return a token from ``one_kind`` without case, accents, dots and thousands commas."""
    if token.lower().endswith(("%", " cent")):
        return "percent"
    if re.fullmatch(_DOTTED, token):
        token = token.replace(".", "")
    elif token[0].isdigit():
        token = token.replace(",", "")
    bare = _DROPPED.sub("", unicodedata.normalize("NFKD", token.casefold())).casefold()
    return unicodedata.normalize("NFKC", bare) or token.casefold()


@lru_cache(maxsize=65536)
def key(word: str) -> str:
    """Return the key of all forms of a word: the stem of its American spelling.

    Source of the stemmer: M. F. Porter, Snowball, the English stemmer ("Porter2").
    """
    bare = _base(word)
    if _PLURAL_ACRONYM.fullmatch(bare) and bare not in STOP_WORDS:
        return bare[:-1]
    if own := DISTINCT.fullmatch(bare):
        return str(next(filter(None, own.groups())))
    return str(_stem.stemWord(bare))


def inflected(word: str) -> str:
    """Return a word without its inflection, the same for "policy" and "policies"."""
    return _INFLECTION.sub(r"\1", _base(word))


def _base(word: str) -> str:
    bare = word.removesuffix("'s")
    return _BRITISH.sub("iz", get_american_spelling(_BASES.get(bare, bare)))


def american(beginning: str) -> str:
    """Return the American spelling of the beginning of a word: ``organiz`` for ``organis``."""
    return _BRITISH_BEGINNING.sub("iz", get_american_spelling(beginning))


@lru_cache(maxsize=65536)
def is_common(word: str) -> bool:
    """Return whether a word is too common to rank by: a stop word, or a contraction of one."""
    return word in STOP_WORDS or _CONTRACTION.sub("", word) in STOP_WORDS


def _is_in_capitals(token: str) -> bool:
    bare = token.removesuffix("'s")
    return len(bare) > 1 and bare.isupper()


def token_spans(plain: str) -> tuple[Span, ...]:
    """Return the spans of the tokens in a text from ``one_kind``."""
    return tuple([match.span() for match in _TOKEN.finditer(plain)])


@lru_cache(maxsize=64)  # several modules read a query, and Whoosh reads every paragraph again
def tokenize(text: str) -> Tokens:
    """Return every token of a text."""
    plain = one_kind(text)
    spans = token_spans(plain)
    stops = _sentence_stops(plain)
    linked = [
        plain[stop:next_start] == "-"
        and text[stop] not in "—―"  # these are never hyphens
        and plain[stop - 1] != "%"
        for (_, stop), (next_start, _) in pairwise(spans)
    ]
    pieces = [plain[start:stop] for start, stop in spans]
    return Tokens(
        words=tuple(map(fold, pieces)),
        spans=spans,
        sentences=tuple([bisect_right(stops, start) for start, _ in spans]),
        linked=(*linked, False) if spans else (),
        capitals=tuple(map(_is_in_capitals, pieces)),
    )


@lru_cache(maxsize=4096)
def sentences(text: str) -> tuple[Span, ...]:
    """Return the sentences of a text as adjacent spans."""
    return tuple(pairwise((0, *_sentence_stops(one_kind(text)))))


def _sentence_stops(plain: str) -> tuple[int, ...]:
    return (*(match.end() for match in _SENTENCE_END.finditer(plain)), len(plain))
