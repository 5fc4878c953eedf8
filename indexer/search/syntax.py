"""Turn the marks of print and of other search engines into our syntax, and split it into lexemes.

A **lexeme** is a word, a phrase, a bracket, an operator or the name of a field.
"""

import re
from collections.abc import Container, Iterable
from html import unescape
from itertools import accumulate, pairwise
from urllib.parse import unquote

from .analysis import is_common, one_kind
from .prose import FIELDS, QUOTED

_SEARCHED = re.compile(r"(?:[?&]q|:~:text)=([^&#]+)")  # in an address; browsers mark the second
_OPERATORS = frozenset({"AND", "OR", "NOT"})
# Operators in small letters, with alternatives in parentheses: "japan and (russia or india)".
_ALTERNATIVES = re.compile(r"\([^()]+ or [^()]+\)")
_JOINS = re.compile(r'\b(?:and|or|not)\b(?=(?:[^"]*"[^"]*")*[^"]*$)')  # outside quotes
_TRUNCATED = re.compile(r"\b([a-z]{3,})!(?![^\s)])")  # coop! mechanism! → coop* mechanism*
_DASHES = "[‐‑‒–—―−]+"
_PRINTED = re.compile(
    rf"(?<!\S){_DASHES}|{_DASHES}(?!\S)|[—―]+"  # dashes that are not inside a word
    r"|(?<=[\w.,!?][\"”.,;:!?)])[¹²³⁰⁴-⁹]+"  # numbers of notes: sea.³
    r"|(?<=[a-z.,][\"”])\d{1,3}(?!\S)"  # “sea”3
    r"|(?<=[a-z]{4}[.,])(?!\d+ [^A-Z])\d{1,3}(?!\S)"  # port.3 The
    r"|(?:"  # labels of listed items, before a word
    r"(?m:^)(?:[*•·▪■→-]|(?:\d\d?|[IVX]+)\.|\([a-z\d]+\)|(?:[a-z]|\d\d?)\))"  # 1. or (a) or a)
    r"|\s\((?:[a-z]|\d|[ivx]+)\)|(?<=[.?!;:])\s\d\)"  # sea, (ii) port; 2) ships
    r")[ \t\xa0]+(?=[a-z]|[A-Z][a-z])"
)
_LINE_END = re.compile(r"(?<=[^\W\d_])[-\u00ad] +(?!(?:and|or|to)\b)(?=[^\W\d_])")  # "re- gion"

_PATH = r"(?:[ivx]+(?:\.\d+)?|\d+)"
_OPERAND = r"""("[^"]*"|(?!(?:AND|OR|NOT) )[\w*?](?:[\w*?'-]*[\w*])?)"""  # "rule of law" or stab*
_WITHIN = r"(?:(?i:around|near|pre|adj|[nw])[(/]|/)"  # around( or near/ or w/ or /
_NEAR = (
    rf"(?<![\w*?'-])(-?){_OPERAND} (?:{_WITHIN}|(?i:near|adj|[nw])(?=\d))"
    rf"(\d+|(?<=/)[sS])\)? {_OPERAND}"
)
# Replaced in order, with examples of what is typed → what it is read as. There is only one site.
_REPLACED = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"</?[a-z][^<>]*>", " "),  # <b>sea</b> → sea
        # sea[3] or sea [4, 5] or sea^4 or **sea** → sea
        (r"(?<=\S) ?\[\^?\d{1,3}(?:[\s,-]+\d{1,3})*\]|(?<=\S)\^\d+(?:\.\d+)?(?!\S)|\*\*+", ""),
        (r"\[(\w)\](?=\w)|(?<=\w)\[(e?[ds]|ing)\]", r"\1\2"),  # [T]he, promote[s]
        # [sic], (emphasis added), (p. 9), (https://...)
        (r"(?i)[\[(](?:sic|(?:my )?emphasis(?: in)? ?\w*|pp?\. ?[\d-]+|https?:[^()[\]]+)[\])]", ""),
        (r"(?i)(?<=\S)\[(?:mh|ti(?:ab)?|title(?:/abstract)?|all fields)\]", ""),  # sea[ti]
        (r"(?i)(?<!\S)(?:all)?(?:in)?title:(?=\S)", "heading:"),  # intitle:sea → heading:sea
        # keyword: sea, or ti=sea, or TITLE-ABS-KEY(sea)
        (r"(?i)(?<!\S)(?:(?:all)?intext|body|keywords?|subject|topic): ?(?=\S)", ""),
        (r"(?i)(?<!\S)(?:title-abs-key(?=\()|(?:ab|ti|ts)[:=])(?=\S)", ""),
        (r"(?i)(?<!\S)-?(?:(?:https?|site|filetype|ext|inurl|lang):|www\.)\S+", ""),  # -site:a.org
        (r"(?i)(?<!\S)(?:(?:[a-z\d-]+\.)+[a-z]{2,}/|\S{1,64}@\S+\.\w)\S*", ""),  # t.co/..., a@b.org
        (r"\|\|?", " OR "),
        (r"(?<!\S)&(?!\S)", "and"),
        (r"(?<!\S)w/(?!\S)", "with"),
        (r"(?<=[a-z]{3})\$(?!\w)", "*"),  # cooperat$ → cooperat*
        # section II or section: II or sec:II → section:II; p. 2 or page 2 of 3 or page: 2 → page:2
        (rf"(?i)^section (?={_PATH}\.?$)|(?<!\S)sec(?:tion)?: ?(?={_PATH}(?!\w))", "section:"),
        (r"(?i)^p(?:age|g)?(?:\. ?| )(\d+)(?: of \d+)?\.?$|(?<!\S)page: (?=\d+(?!\w))", r"page:\1"),
        # sea w/5 port, sea NEAR/5 port, sea AROUND(5) port, sea /s port → (sea port)~5
        (_NEAR, r"\1(\2 \4)~\3"),
        (r"NEAR ?\(([^(),]+), ?(\d+)\)", r"(\1)~\2"),  # NEAR(sea port, 5)
        # sea /p port, sea NEAR port, sea w/5 (port OR ship): a hit is a paragraph
        (rf"(?<=\S) (?:{_WITHIN}(?:\d+\)?|(?<=/)[sSpP])|NEAR|SAME|ADJ) (?=\S)", " AND "),
    )
)

# Words that none of this changes, as most texts are: the rest need not be tried.
_WORDS = re.compile(r"(?!(?i:section|p|pg|page) |.*(?: NEAR| SAME| ADJ|[a-zA-Z]\d+) )[\w ]+", re.A)

Lexeme = re.Match[str]  # whose kind is the name of its last group

_LEXEME = re.compile(
    rf"""
      (?P<near>\((?P<words>[^()]+)\)~(?P<within>\d+|[sS])(?!\w))
    | (?P<open>\() | (?P<close>\))
    | (?P<plus>(?<![^\s(])\+(?=[^\s+])) | (?P<minus>(?<![^\s(])[-!](?=[^\s!-]))
    | (?P<phrase>"(?P<quoted>[^"]*)"(?:\ ?~(?P<slop>\d+|[sS])(?!\w))?)
    | (?P<stray>")
    | (?P<field>(?i:heading:\s*|(?:{"|".join(FIELDS)}):)(?=[^\s)]))
    | (?P<and>AND(?![^\s()"])) | (?P<or>OR(?![^\s()"])) | (?P<not>NOT(?![^\s()"]))
    | (?P<bare>(?i:per\ cent)(?!\w)|[^\s()"]+(?:(?<=\d)\ %)?)
    """,
    re.VERBOSE,
)
_Kinds = Container[str | None]
_DEEPER: dict[str | None, int] = {"open": 1, "close": -1}
_JOINING = frozenset({"and", "or"})
_LEAVING_OUT = frozenset({"not", "minus"})
_OPENING = re.compile(r'(?<!\w)"(?=\w)')  # an opening quotation mark


def as_meant(text: str) -> str:
    """Return a text with uniform punctuation, in our syntax, and without what printing adds."""
    if _WORDS.fullmatch(text) and not text.isupper():  # as most are; the result would be the same
        return text.strip()
    if "â€" in text:  # UTF-8 read as Windows-1252, which loses the closing quotation mark
        text = text.encode("cp1252", "ignore").decode(errors="replace").replace("\ufffd", '"')
    if " " not in text:
        searched = _SEARCHED.search(text)
        text = unquote(searched[1].replace("+", " ") if searched else text)
    elif "%2" in text or "%E2" in text:  # spaces or quotation marks, copied from an address
        text = unquote(text)
    plain = _LINE_END.sub("-", one_kind(_PRINTED.sub(" ", unescape(text)))).strip()
    plain = plain.lower() if _is_in_capitals(plain) else plain
    # Any other common words make it a sentence; in one, and at the very end, "!" only exclaims.
    common = set(filter(is_common, re.findall(r"\w+", QUOTED.sub(" ", plain))))
    if common <= {"and", "or", "not"}:
        if _TRUNCATED.search(plain[:-1]):
            plain = _TRUNCATED.sub(r"\1*", plain)
        if _ALTERNATIVES.search(plain):
            plain = _JOINS.sub(lambda found: found[0].upper(), plain)
    for pattern, replacement in _REPLACED:
        plain = pattern.sub(replacement, plain).strip() or plain
    return plain


def _is_in_capitals(text: str) -> bool:
    """Return whether a text is in capitals, unless operators join all words: "SCO OR CICA"."""
    if text.upper() != text:
        return False
    if text.startswith("NOT "):  # a query that only excludes is rare
        return True
    pairs = pairwise(re.findall(r'"[^"]*"|[^\s()"]+', text))
    return any(" ".join(pair).isupper() and _OPERATORS.isdisjoint(pair) for pair in pairs)


def lexemes(text: str) -> tuple[list[Lexeme], list[str]]:
    """Return the lexemes of a text, made valid, and sentences on what was added or left out.

    Missing brackets are added at either end, a missing quotation mark at the end. Other stray
    quotation marks, and operators that have nothing to join, are left out.
    """
    every, notes = _completed(text)
    kept = _without(_JOINING, every, after={None, "open"} | _JOINING | _LEAVING_OUT)
    backwards = _without(_JOINING | _LEAVING_OUT, kept[::-1], after={None, "close"} | _JOINING)
    kept = backwards[::-1]
    starts = {each.start() for each in kept}
    ignored = (each for each in every if each.start() not in starts)
    return kept, [*notes, *(f"Ignored “{each[0]}”, which has nothing to join." for each in ignored)]


def _completed(text: str) -> tuple[list[Lexeme], list[str]]:
    """Return the lexemes of a text with the marks that it lacks added, and a note on each."""
    every, notes = _cut(text), list[str]()
    if stray := next((each for each in every if each.lastgroup == "stray"), None):
        opens = _OPENING.match(text, stray.start())
        text = f'{text}"' if opens else f"{text[: stray.start()]} {text[stray.end() :]}"
        every = _cut(text)
        notes.append(f"{'Added a missing' if opens else 'Ignored a stray'} quotation mark.")
    depths = [0, *accumulate(_DEEPER.get(each.lastgroup, 0) for each in every)]
    unopened = -min(depths)
    unclosed = depths[-1] + unopened
    if unopened or unclosed:
        every = _cut("(" * unopened + text + ")" * unclosed)
        notes.append("Added a missing parenthesis.")
    return every, notes


def _cut(text: str) -> list[Lexeme]:
    return [found for found in _LEXEME.finditer(text) if found.lastgroup != "plus"]


def _without(operators: _Kinds, every: Iterable[Lexeme], *, after: _Kinds) -> list[Lexeme]:
    """Return lexemes without operators that come after some kinds; None is the start."""
    kept: list[Lexeme] = []
    for each in every:
        previous = kept[-1].lastgroup if kept else None
        if each.lastgroup not in operators or previous not in after:
            kept.append(each)
    return kept
