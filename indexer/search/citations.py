"""Read citations of sections and paragraphs as people write them.

``(Section II.1 ¶3)``, ``para 3 of II.1``, ``section two`` and the like are read as the names that
a section may have (``2.1`` and ``ii.1``); an address with ``/p/<id>``, as the id of a paragraph.
"""

import re
import unicodedata
from collections.abc import Container
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote

from ..model import Document, Section
from .analysis import CARDINALS, ORDINALS, one_kind, tokenize

# Names of a section, each with the number of a paragraph in it: 0 for all of it, -1 for the last.
SectionNames = list[tuple[str, int]]

_ROMANS = "i ii iii iv v vi vii viii ix x"
ROMAN = {str(number): roman for number, roman in enumerate(_ROMANS.split(), start=1)}
_TEENS = "eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty"
_TEENTHS = "eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth"
_COUNTED = [*CARDINALS, *_TEENS.split()]  # one, two
_RANKED = [*ORDINALS, *_TEENTHS.split()]  # first, second
_VALUES = {word: n for words in (_COUNTED, _RANKED) for n, word in enumerate(words, start=1)}
_NAMED_RANKS = {"opening": 1, "penultimate": -2, "closing": -1, "final": -1, "last": -1}
_VALUES |= _NAMED_RANKS | {"next": 2}  # "next to last"

# The parts of a citation. A number: 3, three; a rank: third, 3rd, second to last.
_END = r"(?![^\W_]|\.\d)"  # not within "3rd" or "3.5"
_NUMBER = rf"(?:(?:\d{{1,3}}(?!,\d{{3}})|{'|'.join(_COUNTED)}){_END})"
_TO_LAST = rf"(?:next|{'|'.join(ORDINALS)}|\d\w\w)[ -](?:to[ -])?last"
_NAMED = "|".join([*_RANKED, *_NAMED_RANKS])
_RANK = rf"(?:(?:{_TO_LAST}|{_NAMED}|\d{{1,3}}(?:st|nd|rd|th)){_END})"
_ROMAN = rf"(?:[ivx]+{_END})"
_PATH = rf"(?:(?<![:\w])[ivx]+(?:\.\d{{1,3}})+{_END})"  # II.1; but ":II.1" is in a filter
_DECIMAL = rf"(?:\d{{1,2}}(?:\.(?:\d{{1,3}}|[a-z]))+{_END})"  # 2.1, 2.A
_ANY = rf"(?:{_PATH}|{_DECIMAL}|{_ROMAN}|{_NUMBER})"
_OPENING = r"(?:(?:^|(?<=the )|(?<=paper ))(?:preface|foreword)\b(?!'|[\s-](?:by|of|to)\b))"
_VALUE = re.compile(rf"(?:\b|(?<=[a-z])(?=\d))(?:{_RANK}|{_ANY}|preface|foreword)")  # also "s3"

_NO = r"\s*(?:(?:no|number)\b\.?\s*)?"  # "section no. 3"
_KINDS = r"(?:sec(?:t(?:ion)?)?|ch(?:ap(?:ter)?)?|part|pt|(?<![.'])s(?=\.|\s?(?:\d|[ivx]+\b))"
_KINDS += r"|art(?:icle|\.)(?= [ivx\d]+\W+(?:[§¶]|para?|paragraph|sec|section)\.? ?\d)"  # art. I §3
_KINDS += r"|abschnitt|kapitel|chapitre|cap[ií]tulo|secci[oó]n)"
_KIND = rf"(?:(?:\b(?:sub-?)?{_KINDS}(?![a-z])\.?|§){_NO})"
_SIGNS = r"(?:par(?:a(?:graphe?)?)?s?|clauses?|p[aá]rrafo|abs(?:atz)?)"
_SIGN = rf"(?:(?:¶{{1,2}}|\b{_SIGNS}(?![a-z])\.?){_NO})"
_AND = r"(?:\s*(?:,\s*and\b|,|;|&|and\b)\s*)"
_PARAGRAPHS = (
    rf"(?:{_SIGN}[(\[]?{_NUMBER}[)\]]?(?:(?:{_AND}(?:¶\s*)?|\s+¶\s*){_NUMBER})*"
    rf"|{_RANK}(?:{_AND}{_RANK})*\s+{_SIGN}(?!\s*from the end))"
)
_RANGE_END = rf"(?:\s*(?:-|to\b|through\b)\s*¶?{_NUMBER})?"  # "¶3-5" is read as ¶3
# What may come between a path and paragraphs: "I, para 3"; "2.1 of the paper, end of para 3".
_BETWEEN = (
    r"(?:[\s,;:.()\[\]'\"+#-]*(?:(?:of|in) the (?:white )?paper,?\s+)?"
    r"(?:(?:at|of|in|from)\s+(?:the\s+)?)?"
    r"(?:(?:\w+\s+)?(?:beginning|end|half|lines?|sentences?)\s+of\s+(?:the\s+)?)?)"
)


def _grammar(first: str, level: str) -> re.Pattern[str]:
    """Compile the pattern of a citation; ``first`` begins its path, ``level`` joins its numbers."""
    several = (  # "sections I and II", "section 1, section 2"
        rf"\b(?P<several>(?P<kind>{_KINDS})"
        rf"(?:s\s+{_ANY}(?:{_AND}{_ANY})+|\W+{_ANY}(?:{_AND}(?P=kind)\W+{_ANY})+))"
    )
    part = rf"(?:{_KIND}{_NUMBER}|{_RANK}\s+{_KIND})"
    # "part 1 of section II", "part 1, section II"
    below = rf"(?:(?P<below>{part})(?:,?\s+of\s+(?:the\s+)?|[\s,]+(?={_KIND}{_ROMAN})))?"
    levels = rf"(?:[\s,:;(]*{part}\)?|\s?[(\[]{_NUMBER}(?:[)\]]|$)|{level}{_NUMBER})*"
    before = rf"(?:(?P<before>{_PARAGRAPHS}){_RANGE_END}{_BETWEEN})?"
    behind = (
        rf"(?(before)(?!{_BETWEEN}{_PARAGRAPHS})"
        rf"|(?:{_BETWEEN}(?P<behind>{_PARAGRAPHS}){_RANGE_END})?)"
    )
    whole = rf"{before}{below}(?P<above>(?:{first}){levels}){behind}"
    return re.compile(
        rf"{several}|{whole}|(?P<titled>{_PARAGRAPHS}){_RANGE_END}(?:\s*(?:of|in)\s+(?:the\s+)?)?"
    )


_DASHED = r"(?:(?<=[ivx])\s*-\s*|(?<=[ivx]-\d)-)"  # ii-1, ii-1-2
_PLAIN = rf"{_SIGN}?{_PATH}|{_KIND}{_ANY}|{_RANK}\s+section\b|{_OPENING}"
_ALONE = _grammar(
    rf"{_PLAIN}|{_RANK}\s+{_KIND}|{_DECIMAL}|{_ROMAN}|{_NUMBER}(?=\W*\d)",
    rf"(?:[\s,;:./>→_#|]+(?:(?:no|point)\b\.?\s*)?|{_DASHED})",
)
_BARE = rf"(?:{_DECIMAL}|{_ROMAN})"  # among other words only next to a paragraph: "I ¶3"
_AMONG = _grammar(
    rf"{_PLAIN}|(?(before){_BARE}|{_BARE}(?=\(\d\d?(?:\)|$)|{_BETWEEN}{_PARAGRAPHS}))",
    rf"(?:\s*[./>→_#]\s*|{_DASHED})",
)
_ASKED = re.compile(
    r"^(?:(?:see(?: also|,? e.g.,?)?|(?:cf|ibid|id|op\. cit|supra(?: note \d+)?)\.?,?"  # cf. II.1
    r"|(?:in|at|the|from|what|where|does|is|are|me)(?! i$)"  # "what does II.1 say"; not "is i"
    r"|go|to|open|read|show|find|summar(?:i[sz]e|y of))\s+)+"  # "go to II.1"
    r"|^sec(?:tion)?:(?=\S+$)"  # "section:II.1"
    r"|\s+(?:text|summary|about|says?|(?:in|of|to) the (?:20\d\d )?white paper)$"  # "II.1 summary"
    r"|[\s.]{3,}\d+$"  # "II.1 ..... 5", in a table of contents
)
# Other works, whose sections may be cited: "UN Charter, chapter 2", "part 2 of UNCLOS".
_WORK = (
    r"\b(?:(?:accord|act|charter|communique|convention|declaration)s?|treat(?:y|ies)|npt|unclos)\b"
)
_OF_WORK = re.compile(rf"\s+of\b[\w\s]{{0,40}}{_WORK}")
_WORKS = re.compile(rf"{_WORK},?\s*$")
# Every citation has one of these. Most texts have none, and are read in a tenth of the time.
_CITES = re.compile(r"[\d§¶]|\b(?:[ivx]+\b|sub|sec|ch(?:ap)?\b|chapter|pt\b|par|preface|foreword)")
_CHINESE = {ord(sign): str(number) for number, sign in enumerate("一二三四五六七八九十", start=1)}
_MAX_CITATIONS = 20  # read in one text
_AROUND = " /\t\n()[]{}<>\"'.,;:!?"  # signs left around a citation that was cut out of a sentence
# Mail programs break an address before the paragraph's id, or within the document's.
_ADDRESS = re.compile(
    r"(?:^|/|\s)(?:(?!p/)(?P<document>[a-z0-9-]*[a-z][a-z0-9-]*)(?:@\d+)?)?"  # paper-2017@2
    r"(?:(?:/?\bp(?:aragraphs)?/\s*|(?:\?[^\s#]*)?#)(?P<id>p[a-z2-7]{6,})"  # /p/pabc2345
    r"|[/#](?P<section>\w[\w-]*(?:\.[\w-]+)*)(?:/(?P<number>\d{1,4})(?![\w/])|(?=$|[?#])))"  # #ii.1
)


class Citation(NamedTuple):
    """The names that a cited section may have, best first, and the text that cites it."""

    names: SectionNames
    text: str


def plain(text: str) -> str:
    """Return a text in lower case, with uniform punctuation, and none around it."""
    text = unicodedata.normalize("NFKC", one_kind(unquote(text))).strip(_AROUND).casefold()
    if "第" in text:  # 第二部分第一节第3段 → section 2  section 1  para 3
        text = re.sub(r"第(\d+)段", r" para \1 ", text.translate(_CHINESE))
        text = re.sub(r"第(\d+)(?:部分|[章节])", r" section \1 ", text).strip()
    return text


def bare(text: str) -> str:
    """Return a plain text without words that only ask for a place: "ii.1" for "show me ii.1"."""
    return _ASKED.sub("", text)


def in_address(text: str, documents: Container[str]) -> tuple[str, SectionNames]:
    """Return which of some documents an address names, or "", and the names of the section cited.

    If it names another, only a paragraph's id counts, as the document's may have been cut.
    """
    found = _ADDRESS.search(text) if "/" in text or "#" in text else None
    document = (found["document"] or "") if found else ""
    owner = document if document in documents else ""
    if found is None or (document != owner and not found["id"]):
        return "", []
    return owner, [(found["id"] or found["section"], int(found["number"] or 0))]


@lru_cache(maxsize=64)  # each text is read twice
def read(text: str) -> tuple[Citation, ...]:
    """Return the citations in a plain text; "ii 1" and "2.1" count only if they are all of it."""
    if not _CITES.search(text):
        return ()
    asked = bare(text)
    if alone := _ALONE.fullmatch(asked):
        return tuple(Citation(names, text) for names in _names(alone, "", ""))
    cited: list[Citation] = []
    for found in _AMONG.finditer(asked):
        before, behind = asked[: found.start()], asked[found.end() :]
        if not (_WORKS.search(before) or _OF_WORK.match(behind)):
            cited += [Citation(names, found[0]) for names in _names(found, before, behind)]
    return tuple(cited[:_MAX_CITATIONS])


def above(names: SectionNames) -> SectionNames:
    """Return names of sections, read as paragraphs one level up: "ii.3" as II ¶3."""
    parts = (name.rpartition(".") for name, _ in names)
    return [(section, int(last)) for section, _, last in parts if last.isdecimal()]


def cited_words(text: str) -> frozenset[str]:
    """Return the words with which a text cites places: "section", "ii", "3"."""
    cited = {citation.text for citation in read(plain(text))}
    return frozenset(word for each in cited for word in tokenize(each).words)


def roman(section: str) -> str:
    """Return the path of a section with its chapter in Roman numerals: ``ii.1`` for ``2.1``."""
    first, dot, below = section.partition(".")
    return f"{ROMAN.get(first, first)}{dot}{below}"


def section_named(document: Document, name: str) -> Section | None:
    """Return the section with a path, in any letter case and kind of number: ``II.1``, ``2.1``."""
    found, folded = {each.path.casefold(): each for each in document.sections}, name.casefold()
    return found.get(folded) or found.get(roman(folded))


def _names(found: re.Match[str], before: str, behind: str) -> list[SectionNames]:
    """Return the names of each place that a match cites; a title is ``before`` or ``behind`` it."""
    if found["several"]:
        return [[(path, 0), (roman(path), 0)] for path in _values(found["several"])]
    path = ".".join([*_values(found["above"]), *_values(found["below"])])
    sections = [path, roman(path)]
    if found["titled"]:  # "regional hotspots, para 3"
        sections = [*re.findall(r"[\w-]+", before)[-1:], *re.findall(r"[\w-]+", behind)[:1]]
        if not (before and behind):
            sections.append(before or behind)
    if paragraphs := found["before"] or found["behind"] or found["titled"]:
        return [[(name, int(value)) for name in sections] for value in _values(paragraphs)]
    names = [(section, 0) for section in sections]
    names += above(names)
    return [names[::-1] if "/" in found[0] else names]  # "ii/3" is rather II ¶3


def _values(part: str | None) -> list[str]:
    """Return the numbers in a part of a citation: "ii.1", "3" for "three" and "3rd"."""
    return [_value(word) for word in _VALUE.findall(part or "")]


def _value(word: str) -> str:
    rank, *to_last = re.split("[ -]", word)
    if to_last:
        return f"-{_value(rank)}"
    return str(_VALUES.get(word) or re.sub(r"(?<=\d)(?:st|nd|rd|th)$", "", word))
