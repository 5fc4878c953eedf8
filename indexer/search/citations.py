"""Read citations of sections and paragraphs as people write them.

Each (``(Section II.1 ¶3)``, ``para 3 of II.1``, ``II.1.3``, ``section two``, an address with
``/p/<id>``) is read as the names that a section may have (``2.1`` and ``ii.1``), or as the id of a
paragraph.
"""

import re
import unicodedata
from collections.abc import Container
from functools import lru_cache
from itertools import groupby
from urllib.parse import unquote

from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne

from .analysis import CARDINALS, ORDINALS, one_kind, tokenize
from .spelling import is_known

# Names of a section, each with the number of a paragraph in it, or 0 for the whole of it.
SectionNames = list[tuple[str, int]]

_KIND = r"(?P<kind>(?:sections?|sect?s?\.?|chap(?:ter)?s?\.?|chs?\.?|parts?|pts?\.?)(?![a-z])|§+)"
_NO = r"(?:(?:no|nr|number)\.?\s*|[#\[(]\s*)?"
_SECTION = rf"(?:{_KIND}\s*:?\s*{_NO})?(?P<section>\w+(?:\.\w+)*)\.?"
_SIGN = r"(?:¶{1,2}|paragraphs?|paras?\.?|pars?\.?)"
_NUMBER = rf"{_NO}(?P<number>\d{{1,4}})(?:\s*(?:-|to|through)\s*\d{{1,4}})?"
# Those with a sign are plain within other words, too.
_SIGNED = (
    re.compile(rf"{_SECTION}\s*[^\w\s¶]?\s*{_SIGN}\s*{_NUMBER}"),
    # In "II.1 ¶3, II.2 ¶1" the ¶3 is not of II.2.
    re.compile(
        rf"{_SIGN}\s*{_NUMBER}[^\w¶.;]+(?:(?:of|in)\s+(?:the\s+)?)?{_SECTION}"
        rf"(?![\w.]*\s*[^\w\s¶]?\s*{_SIGN}\s*\d)"
    ),
)
_FORMS = (
    re.compile(rf"(?P<section>[^¶]*?\w)\s*[^\w\s¶]?\s*{_SIGN}\s*{_NUMBER}"),  # "Annex-A ¶2"
    re.compile(rf"{_SIGN}\s*{_NUMBER}\s+(?:of|in)\s+(?:the\s+)?(?P<section>[^¶]*\w)"),
    *_SIGNED,
    re.compile(rf"{_SECTION}(?:(?<=\d)-\d{{1,4}})?"),
    # Not "5/2014", which is a month.
    re.compile(rf"(?:{_SIGN}\s*)?{_SECTION}\s*[./:,(\s]\s*(?!\d{{4}}){_NUMBER}"),
)
_NAMED = re.compile(  # within other words
    rf"(?<![\w.:])(?:{_KIND}\s*|(?=[ivx]+\.\d))"
    r"(?!i'[^s]|(?<=part )i\s(?!and|of)[a-z])"  # not "section I'm on", nor "the part I like"
    r"(?P<section>(?:[ivx]+|\d)(?:\.\d+){0,2})(?!\w)"
    r"(?!\s+of\s+(?:(?!document|paper|report|text)[\w\s-]){0,40}?\b"  # "of the UN Charter"
    r"(?:act|agreement|bill|charter|code|constitution|convention|directive|law|protocol|statute"
    r"|treaty|unclos)\b)"
)
_ITEM = r"(?:[ivx]+|\d{1,4})(?:\.\d+)?(?![\w.])"
_NEXT = re.compile(rf"\s*(?:,\s*(?:and\s+)?|and\s+|&\s*)(?:{_SIGN}\s*)?")
_ITEMS = rf"({_ITEM}(?:{_NEXT.pattern}{_ITEM})+)"
_ITEMS_OF = re.compile(rf"{_SIGN}\s*{_ITEMS}\s+(?:of|in)\s+(?:the\s+)?(?:section\s+)?(\S+)")
_LISTED = re.compile(  # "II.1 ¶3, 5 and ¶6", "sections 1, 2 and 3", "section 1 and 2"
    rf"([a-z]+(?:\.\d+)?,?\s*{_SIGN}\s*|(?:sections|chapters|parts|(?:sec|ch|pt)s\.?|§§)\s*"
    rf"|(?:section|chapter|part)\s+(?=\S+\s(?:and|&))){_ITEMS}"
)
_AROUND_IT = re.compile(
    r"^(?:(?:see(?: also)?|cf\.?|ibid\.?,?|(?:in|at|from|the|what|where|does|is|are|me)(?! i$)"
    r"|go|jump|to|open|read|show|find|summari[sz]e|(?:summary|text) of)\s+)+"
    r"|\s+(?:about|says?|section|(?:in|of) the (?:20\d\d )?white paper)$"
)
_ROMANS = "i ii iii iv v vi vii viii ix x"
ROMAN = {str(number): roman for number, roman in enumerate(_ROMANS.split(), start=1)}
_COUNTED = {word: str(number) for number, word in enumerate(CARDINALS, start=1)}
_COUNTED |= {word: f"{number}th" for number, word in enumerate(ORDINALS, start=1)}
LAST = 9_999  # the number of the last paragraph of a section: no section has as many
# What else a place is called. Ordinals are numbers with a "th", whatever the number.
_CALLED = {"opening": "1th", "pref": "preface"}
_CALLED |= dict.fromkeys(("closing", "final", "last"), f"{LAST}th")
_BEFORE = re.compile(r"(\d+)(?:st|nd|rd|th)\s+(paragraph|para|section|chapter|part)\b\.?")
_CHAPTER = re.compile(r"\b(ch(?:ap(?:ter)?)?\.?|part)\s*(\d)(?=,?\s+(?:sub-?)?(?:sec|chap))")
_SPACED = re.compile(r"([ivx])(?:\.\s+|\s?-\s?)(?=\d)|^([ivx]+)\s(?=\d)")  # "II. 1", "II-1", "II 1"
_POINT = re.compile(r"(?<=[ivx\d])\s+(?:point|dot)\s+(?=\d)")  # "section two point one"
_BELOW = re.compile(  # "II (1)", "II, subsection 1" and "II, 1, "
    r"(?<=[ivx\d])\s*\((\d+)\)?"
    r"|(?<=[ivx]),?\s+(?:(?:sub-?)?sect?(?:ion)?\.?|s\.?|chap(?:ter|\.)?|part|pt\.?|§)\s*(\d+)"
    r"|(?<=[ivx])[-,\s]\s*(\d+)(?=,|\s*(?:¶|par))"
)
_OF = re.compile(  # "subsection 1 of section II"
    r"(?:(?:sub-?)?section|part)\s+(\d)\s+of\s+"
    r"(?:(?:section|chapter|part)\s+(?=\d)|(?:(?:section|chapter|part)\s+)?(?=[ivx]))([ivx]+|\d)(?!\w)"
)
_SLASHED = re.compile(r"^([ivx]+)([/:,])(\d)\2(\d{1,3})$")  # "II/1/3"
_AT = re.compile(r",?\s+at\s+(?=[¶\[\d]|par)")  # "II.1, at 3"
_SECTION_SIGN = re.compile(r"^ss?(?:\.\s?|\s|(?=\d))(?=[ivx\d][\w.]*$)")  # "s 2.1"
_SIGNS = re.compile(
    r"[¶§(]|\sat\s|\b(?:par(?:a|t|agraph)?|pt|ch(?:ap(?:ter)?)?|sec(?:t(?:ion)?)?)s?(?!\w)"
    rf"|\bs\.?\s?\d|\b(?:{'|'.join(_CALLED)})\b"
)
_CITED = re.compile(rf"[ivx]+\.\d|{_KIND}\s*[ivx\d]")  # as no other text begins
_PLAINLY = re.compile(r"[ivx]+|(?:(?:sub)?section|chapter|part|paragraph|para)s?|sec|ch|pt|par")
_OF_CITATIONS = re.compile(
    rf"{_PLAINLY.pattern}|\d{{1,3}}(?:\.\d+)*"
    rf"|\d(?:st|nd|rd|th)|{'|'.join(ORDINALS)}|{'|'.join(_CALLED)}"
)
_WORD = re.compile(r"\w+")
_KINDS = ("section", "chapter", "paragraph")
_LIKE_A_KIND = re.compile(r"\b[scp]\w{4,10}(?=\s+(?:\d|[ivx]+(?!\w)|one|two|three|four|five))")
_AROUND = " /\t\n()[]{}<>\"'.,;:!?"  # signs left around a citation that was cut out of a sentence
# Mail programs break the address before the paragraph's id, and what is left of the document's.
_ADDRESS = re.compile(
    r"(?:^|/|\s)(?:(?!p/)(?P<document>[a-z0-9-]*[a-z][a-z0-9-]*)(?:@\d+)?)?"
    r"(?:(?:/?\bp(?:aragraphs)?/\s*|(?:\?[^\s#]*)?#)(?P<id>p[a-z2-7]{6,})"
    r"|[/#](?P<section>\w[\w-]*(?:\.[\w-]+)*)(?:/(?P<number>\d{1,4})(?![\w/])|(?=$|[?#])))"
)


def plain(text: str) -> str:
    """Return a text in lower case, with one kind of each sign, and none around it."""
    return unicodedata.normalize("NFKC", one_kind(unquote(text))).strip(_AROUND).casefold()


def in_address(text: str, documents: Container[str]) -> tuple[str, SectionNames]:
    """Return the document that an address names, if it is one of some, and the names in it.

    A section of any other document is no name; an id is, as its document may be cut off.
    """
    found = _ADDRESS.search(text) if "/" in text or "#" in text else None
    document = (found["document"] or "") if found else ""
    owner = document if document in documents else ""
    if found is None or (document != owner and not found["id"]):
        return "", []
    return owner, [(found["id"], 0)] if found["id"] else _names(found)


def bare(text: str) -> str:
    """Return a citation without the words by which it is asked for, misspellings and spaces."""
    asked = _AROUND_IT.sub("", _LIKE_A_KIND.sub(_spelt, text))
    asked = _SLASHED.sub(r"\1.\3 ¶\4", _SECTION_SIGN.sub("section ", asked))
    return _SPACED.sub(r"\1\2.", asked)


def in_digits(text: str) -> str:
    """Return a citation with its numbers as in "ii.1 para 3", however they were typed."""
    if not _has_signs(text):
        return text
    plainer = _WORD.sub(lambda word: _CALLED.get(word[0], word[0]), _AT.sub(" ", text))
    counted = _WORD.sub(lambda word: _COUNTED.get(word[0], word[0]), plainer)
    counted = _POINT.sub(".", counted)
    counted = _CHAPTER.sub(lambda found: f"{found[1]} {roman(found[2])}", counted)
    counted = _OF.sub(r"\2.\1", _BEFORE.sub(r"\2 \1", counted))
    counted = _BELOW.sub(r".\1\2\3", counted)
    return _LISTED.sub(
        lambda found: found[1] + _NEXT.sub(f" and {found[1]}", found[2]),
        _ITEMS_OF.sub(r"\2 ¶\1", counted),
    )


def whole(text: str) -> SectionNames:
    """Return the names that all of a text may be; it is ``in_digits``."""
    if not (_has_signs(text) or any(map(str.isdigit, text))):
        return []
    return [name for form in _FORMS if (found := form.fullmatch(text)) for name in _names(found)]


def signed(text: str) -> list[SectionNames]:
    """Return the names of each citation of a paragraph within other words."""
    return [_names(found) for form in _SIGNED for found in form.finditer(text)]


def numbered(text: str) -> list[SectionNames]:
    """Return the names of each citation of a section, by its number, within other words."""
    return [whole(found[0]) for found in _NAMED.finditer(text)]


def cited(text: str) -> SectionNames:
    """Return the names of a text that is plainly a citation: "ii.3", also as ("ii", 3)."""
    names = whole(text) if _CITED.match(text) else []
    parts = (name.rpartition(".") for name, _ in names)
    return [*names, *((above, int(below)) for above, _, below in parts if below.isdecimal())]


def words_of(text: str) -> frozenset[str]:
    """Return the words of a text by which it cites places: "section", "ii", "3".

    They are in a row with a Roman number, or a word such as "section", which "third party" is not.
    """
    words = tokenize(text).words
    rows = groupby(words, lambda word: _OF_CITATIONS.fullmatch(word) is not None)
    cited = [[*row] for in_citation, row in rows if in_citation]
    plain = (row for row in cited if any(map(_PLAINLY.fullmatch, row)))
    return frozenset(word for row in plain for word in row)


def is_within(text: str) -> bool:
    """Return whether there may be a citation within a text, of a paragraph or a section."""
    return "." in text or _has_signs(text)


@lru_cache(maxsize=64)
def _has_signs(text: str) -> bool:
    """Return whether a text has words or signs of citations; each is asked three times."""
    return _SIGNS.search(text) is not None


def _spelt(found: re.Match[str]) -> str:
    """Return a kind of place for a misspelt one: "section" for "secton"."""
    near = extractOne(found[0], _KINDS, scorer=OSA.distance, score_cutoff=2)
    return near[0] if near and near[1] and not is_known(found[0]) else found[0]


def _names(cited: re.Match[str]) -> SectionNames:
    """Return the names that a section may have in a match, each with the paragraph's number, or 0.

    Section II is called 2, too; but a number alone is no name.
    """
    parts = cited.groupdict()
    section, number = parts["section"], int(parts.get("number") or 0)
    named = parts.get("kind") or (number and cited[0] == cited.string)  # not "page 1, para 3"
    names = [section, roman(section)] if named or "." in section else [section]
    return [(name, number) for name in names]


def roman(section: str) -> str:
    """Return the path of a section with its chapter in Roman numerals: ``ii.1`` for ``2.1``."""
    first, dot, below = section.partition(".")
    return f"{ROMAN.get(first, first)}{dot}{below}"
