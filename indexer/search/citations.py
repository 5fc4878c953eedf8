"""Read citations of sections and paragraphs as people write them.

``(Section II.1 ¶3)``, ``para 3 of II.1``, ``section two`` and the like are read as the names that
a section may have (``2.1`` and ``ii.1``); an address with ``/p/<id>``, as the id of a paragraph.
The grammar is a regular expression over letters for kinds of tokens: "section 2, part 1" is
``snlqn``.
"""

import re
import unicodedata
from collections.abc import Container
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote

from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne

from .analysis import CARDINALS, ORDINALS, RANKS, one_kind, tokenize
from .spelling import is_known

# Names of a section, each with the number of a paragraph in it: 0 for all of it, -1 for the last.
SectionNames = list[tuple[str, int]]

_ROMANS = "i ii iii iv v vi vii viii ix x"
ROMAN = {str(number): roman for number, roman in enumerate(_ROMANS.split(), start=1)}
_TEENS = "eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty"
_TEENTHS = "eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth"
_COUNTED = [*CARDINALS, *_TEENS.split()]
_RANKED = [*ORDINALS, *_TEENTHS.split(), "nineteenth", "twentieth"]
_BEFORE_LAST = ("second last", "next to last", "last but one", "penultimate")
_VALUES = dict.fromkeys(_BEFORE_LAST, "-2") | dict.fromkeys(("closing", "final", "last"), "-1")
_VALUES |= {f"{w} to last": f"-{n}" for ws in (ORDINALS, RANKS) for n, w in enumerate(ws, 1)}
_VALUES |= {"opening": "1"}
_RANK = "|".join([*_VALUES, *_RANKED]).replace(" ", "[ -]")
_VALUES |= {word: str(n) for words in (_COUNTED, _RANKED) for n, word in enumerate(words, start=1)}

_END = r"(?![^\W_])"
_NUMBER = rf"(?:\d{{1,3}}|{'|'.join(_COUNTED)}){_END}"
_OWN = r"(?:the )?(?:20\d\d )?(?:white )?(?:document|paper|report|text)\b"
# The opening section; "introduction" may also be that of weapons.
_INTRODUCTION = (
    r"(?:(?<=in\ the\ )|(?<=of\ the\ ))introduction"
    r"|introduction(?=[\s,:]*(?:¶|par|(?:it|mentions?|says?|of|to)\b))"
)
_OPENING = (
    rf"(?:preface|foreword|{_INTRODUCTION}){_END}"
    rf"(?!'s|[\s-](?:of|to|by)[\s-](?!{_OWN}))"  # "the preface to his book"
)
_TOKEN = re.compile(
    rf"""
      # s, h, q: kinds of sections, but no filter such as "section:II"; S: of several; u: of one
      # within another; p: the sign of a paragraph.
      (?P<s>sec(?:t(?:ion)?)?(?![a-z]|:\S)\.?
        | (?:(?<![\w']\ )|(?<=[ivx\d]\ ))(?<![\w'.])ss?(?![a-z])\.?(?=\s?(?:\d|[ivx]+{_END}))
        | (?<![ivx\d])(?<![ivx\d]\ )§(?!§))
    | (?P<h>ch(?:ap(?:ter)?)?(?![a-z])\.?) | (?P<q>(?:part|pt)(?![a-z])\.?)
    | (?P<S>(?:sec(?:t(?:ion)?)?|ch(?:ap(?:ter)?)?|part|pt)s(?![a-z])\.?|§§+)
    | (?P<u>sub-?(?:sections?|sec)?(?![a-z])\.?)
    | (?P<p>¶+|par(?:a(?:graph)?)?s?(?![a-z])\.?)
      # Numbers: o of a rank, b in brackets, D as II.1, d as 2.1 and 2.A, r as II, n as 2; but no
      # "I" of "section I'm on" and "the part I like".
    | (?P<o>(?:{_RANK}|\d{{1,3}}(?:st|nd|rd|th)){_END})
    | (?P<b>[(\[{{]\s?{_NUMBER}(?:\s?[)\]}}]|$))
    | (?P<D>(?<!:)[ivx]+(?:\.\d{{1,3}})+{_END}) | (?P<d>\d{{1,2}}(?:\.(?:\d{{1,3}}|[a-z]))+{_END})
    | (?P<r>(?!i'[^s]|(?<=part\ )i\s(?!(?:about|and|in|of|says?)\b)[a-z])[ivx]+{_END})
    | (?P<n>{_NUMBER}(?!,\d{{3}}))
      # E: the opening section, where it is plainly meant.
    | (?P<E>(?:^(?!\w+$)|(?<=the\ )){_OPENING})
      # f: "of"; t: a range; a, l: a list; m: a mark within a path; c: another; w: any other word.
    | (?P<f>(?:of|in|from)\b(?:\s+the\b)?) | (?P<t>-|(?:to|through)\b)
    | (?P<a>and\b|&) | (?P<l>[,;])
    | (?P<m>[./|>→_§\#]|:(?!\s)|(?:no|nr|number|point|dot)\b) | (?P<c>[:+()\[\]{{}}"'<]|at\b)
    | (?P<w>[^\W_]+(?:'[^\W_]+)*|\S)
    """,
    re.VERBOSE,
)


def _grammar(joint: str) -> re.Pattern[str]:
    """Return the pattern of a citation, with what joins a number to that of the level above it."""
    paragraphs = "(?:pm*[nb](?:(?:[alt]+p?|p)m*[nb](?!m*p))*|o(?:[al]+o)*p)"
    first = "[shqS]m*[nbrdDE]|(?:pm*)?[rdDE]|o[shq]|(?(before)(?<=f)n|n(?=b|[lcmt]*pm*[nb]))"
    return re.compile(
        rf"""
          (?P<several>
            (?P<kind>[shq])m*(?P<one>[nrdD])(?:(?:a|[al]+(?P=kind)m*)(?P=one))+
          | Sm*(?P<each>[nrdD])(?:[al]+(?P=each))+)
        | (?:(?P<before>{paragraphs})[lcmt]*f?)?
          (?:pf(?=[shqrdDE]))?
          (?:(?P<below>[shqu]m*[nb]|o[shqu])[lcm]*(?:f|(?=[shq]m*[rD]))(?=[shqrdDE]))?
          (?P<above>(?:{first})(?:[lcm]*[shqu]m*[nb]|{joint}[nb]|b)*)
          (?:fn(?![lcm]*p|w))?
          (?(before)(?![lcmt]*p)|(?:[lcmt]*(?P<behind>{paragraphs}))?)
        | (?P<titled>{paragraphs})(?:[lcm]*f)?
        """,
        re.VERBOSE,
    )


_ALONE, _AMONG = _grammar("[lcm]*"), _grammar("m+")  # "section II, 5 principles" is not II.5
_PLAIN = re.compile("[DE]|(?<!w)rb|[shqS]m*[nbrd]|o[sh]|p.*[rd]|[rd].*p")  # also among other words
_RANGE = re.compile("(r)tn(?:tn)?|t[nb]")  # whose end does not count; but "II-1-3" is a path
_SIGN = re.compile(rf"[¶\d]|\b(?:[ivx]+|preface|foreword|introduction|{'|'.join(_VALUES)})\b")
_KINDS = ("section", "chapter", "paragraph")
_WORD = re.compile(r"\w+")
_LIKE_A_KIND = re.compile(rf"\b[scp]\w{{4,10}}(?=\s+(?:\d|{_NUMBER}|[ivx]+{_END}))")
_ASKED = re.compile(
    r"^(?:(?:see(?: also)?|cf\.?|ibid\.?,?|(?:in|at|from|the|what|where|does|is|are|me)(?! i$)"
    r"|go|jump|to|open|read|show|find|summari[sz]e|(?:summary|(?:full )?text) of)\s+)+"
    r"|^sec(?:tion)?:(?=\S+$)|(?<=\w\w)\s+(?:text|summary)$"
    r"|\s+(?:about|says?|(?:in|of|to) the (?:20\d\d )?white paper)$"
    rf"|\s+(?:in|of) {_OWN}(?=,?\s+(?:¶|par))"  # "section 2 of the white paper, paragraph 3"
    rf"|(?:\b(?:few|{_RANK}|{'|'.join(_COUNTED)})(?: \d)? )*"  # "last two lines of"
    r"(?:beginning|end|half|lines?|sentences?) (?:in|of) (?:the )?(?=¶|par|\w+ par)"
)
_FROM_END = re.compile(rf"\b({'|'.join([*ORDINALS, *RANKS])}) (par\w*) from the end\b")
_WORK = (
    r"(?:accords?|acts?|agreements?|bill|charter|communiques?|constitution|conventions?|covenant"
    r"|declaration|directive|pact|plan|protocol|resolution|statute|strategy|treat(?:y|ies))\b"
)
# Another work, which is named before the kind of a section, or behind a citation.
_WORK_BEFORE = re.compile(rf"\b(?:(?!(?:of|the)\b)\w+ {_WORK}|unclos|npt),?\s*$")
_WORK_BEHIND = re.compile(
    rf"\W*(?:of|to)\s(?:(?!{_OWN})[\w\s'-]){{0,40}}?\b"
    rf"(?:{_WORK}|(?<!on )(?<!of )law\b|(?:book|code(?! of)|npt|unclos)\b)"
)
_MOST = 20  # citations that are read in a text
_NEAR = 80  # characters in which such a work is named
_AROUND = " /\t\n()[]{}<>\"'.,;:!?"  # signs left around a citation that was cut out of a sentence
# Mail programs break an address before the paragraph's id, or within the document's.
_ADDRESS = re.compile(
    r"(?:^|/|\s)(?:(?!p/)(?P<document>[a-z0-9-]*[a-z][a-z0-9-]*)(?:@\d+)?)?"
    r"(?:(?:/?\bp(?:aragraphs)?/\s*|(?:\?[^\s#]*)?#)(?P<id>p[a-z2-7]{6,})"
    r"|[/#](?P<section>\w[\w-]*(?:\.[\w-]+)*)(?:/(?P<number>\d{1,4})(?![\w/])|(?=$|[?#])))"
)


class Citation(NamedTuple):
    """The names that a cited section may have, the best first, and the text that cites it."""

    names: SectionNames
    text: str


def plain(text: str) -> str:
    """Return a text in lower case, with one kind of each sign, and none around it."""
    return unicodedata.normalize("NFKC", one_kind(unquote(text))).strip(_AROUND).casefold()


def bare(text: str) -> str:
    """Return a plain text without the words by which a place is asked for."""
    return _ASKED.sub("", text)


def in_address(text: str, documents: Container[str]) -> tuple[str, SectionNames]:
    """Return which of some documents an address names, or "", and the names in it.

    In any other document only an id counts, as the document may be cut off.
    """
    found = _ADDRESS.search(text) if "/" in text or "#" in text else None
    document = (found["document"] or "") if found else ""
    owner = document if document in documents else ""
    if found is None or (document != owner and not found["id"]):
        return "", []
    return owner, [(found["id"] or found["section"], int(found["number"] or 0))]


@lru_cache(maxsize=64)  # each is asked for twice
def read(text: str) -> tuple[Citation, ...]:
    """Return the citations in a plain text; "II 1" and "2.1" only if it is nothing else."""
    if not _SIGN.search(text):
        return ()
    asked = _FROM_END.sub(r"\1 to last \2", _LIKE_A_KIND.sub(_spelt, bare(text)))
    tokens = [*_TOKEN.finditer(asked)]
    letters = "".join([token.lastgroup or "" for token in tokens])
    letters = _RANGE.sub(lambda found: found[0].replace("t", "m") if found[1] else "tt", letters)
    grammar = _AMONG if "w" in letters else _ALONE
    alone = set("wonb").isdisjoint(grammar.sub("", letters))  # no word or number is left
    cited = []
    for found in [*grammar.finditer(letters)][:_MOST]:
        start, stop = tokens[found.start()].start(), tokens[found.end() - 1].end()
        before, behind = asked[:start], asked[stop:]
        is_plain = alone or found["titled"] or _PLAIN.search(letters, *found.span())
        if is_plain and not _is_of_another_work(before, found[0], behind):
            every = _names(found, [token[0] for token in tokens], before, behind)
            cited += [Citation(names, text if alone else asked[start:stop]) for names in every]
    return tuple(cited[:_MOST])


def _is_of_another_work(before: str, cited: str, behind: str) -> bool:
    """Return whether what is cited, as letters of tokens, is of a work that is named beside it."""
    named_before = cited[0] in "shqSp" and _WORK_BEFORE.search(before[-_NEAR:])
    return bool(named_before or _WORK_BEHIND.match(behind[:_NEAR]))


def above(names: SectionNames) -> SectionNames:
    """Return names of sections as those of paragraphs one level up: "ii.3" as II ¶3."""
    parts = (name.rpartition(".") for name, _ in names)
    return [(section, int(last)) for section, _, last in parts if last.isdecimal()]


def cited_words(text: str) -> frozenset[str]:
    """Return the words of a text by which it cites places: "section", "ii", "3"."""
    cited = {citation.text for citation in read(plain(text))}
    return frozenset(word for each in cited for word in tokenize(each).words)


def roman(section: str) -> str:
    """Return the path of a section with its chapter in Roman numerals: ``ii.1`` for ``2.1``."""
    first, dot, below = section.partition(".")
    return f"{ROMAN.get(first, first)}{dot}{below}"


def _spelt(found: re.Match[str]) -> str:
    """Return a kind of place for a misspelt one: "section" for "secton"."""
    near = extractOne(found[0], _KINDS, scorer=OSA.distance, score_cutoff=2)
    return near[0] if near and near[1] and not is_known(found[0]) else found[0]


def _names(found: re.Match[str], texts: list[str], before: str, behind: str) -> list[SectionNames]:
    """Return the names of each place in a match of the grammar, or of paragraphs beside a title."""
    if found["several"]:
        return [[(path, 0), (roman(path), 0)] for path in _numbers(found, texts, "several")]
    path = ".".join(_numbers(found, texts, "above", "below"))
    sections = [path, roman(path)]
    if found["titled"]:
        sections = [*_WORD.findall(before)[-1:], *_WORD.findall(behind)[:1]]
        sections += [] if before and behind else [before or behind]
    if numbers := _numbers(found, texts, "before", "behind", "titled"):
        return [[(section, int(number)) for section in sections] for number in numbers]
    names = [(section, 0) for section in sections]
    names += above(names)
    return [names[::-1] if "/" in texts[found.start() : found.end()] else names]  # as an address


def _numbers(found: re.Match[str], texts: list[str], *groups: str) -> list[str]:
    """Return the numbers in groups of a match: "ii.1", "3" for "three", "(3)" and "3rd"."""
    every = [at for group in groups for at in range(*found.span(group))]
    words = [texts[at].strip("()[]{} ") for at in every if found.string[at] in "bdDEnor"]
    bare = [word.replace("-", " ") for word in words]
    return [_VALUES.get(word) or re.sub(r"(?<=\d)[a-z]+$", "", word) for word in bare]
