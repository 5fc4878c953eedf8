"""Tell whether a text was meant as search syntax or as a sentence, and what its signs mean."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import unquote

from .analysis import is_common, one_kind, tokenize

FIELDS = ("heading", "section", "page", "document")
QUOTED = re.compile(r'"([^"]*)"')

# "us" is the pronoun, and as common as "we"; but the country in capitals or with full stops, and in
# a query of few words: those are names and subjects ("china us trade"), not sentences.
_FEW_WORDS = 3
_COUNTRY = re.compile(r"\bUS\b|\b[Uu]\.[Ss]\b")

_PRINTED_DASH = re.compile(r"(?<!\S)[‐‑‒–—―−]+|[‐‑‒–—―−]+(?!\S)")  # not inside a word
_LINE_END = re.compile(r"(?<=[^\W\d_])[-\u00ad] +(?=[^\W\d_])")  # "re- gion", as copied from print
_IN_HASHTAG = re.compile(r"(?<=[a-z])(?=[A-Z])")  # "#SouthChinaSea"
_ELSEWHERE = (  # as other search engines write it; there is one site
    (re.compile(r"(?<!\S)(?:all)?(?:in)?title:", re.IGNORECASE), "heading:"),
    (re.compile(r"(?<!\S)(?:(?:all)?intext:|(?:site|inurl|filetype):\S+)", re.IGNORECASE), ""),
    (re.compile(r"(\w+) (?:AROUND|NEAR|[NWnw])[(/](\d+)\)? (\w+)"), r'"\1 \3"~\2'),
)
_ACRONYMS = 3  # words: "SCO OR CICA" has an operator, "NEED NOT TAKE SIDES" has none
# A sentence has at least so many words outside quotes, and so many of them are common ones; a
# question may be shorter. Keywords joined by operators, of any number, have hardly a common word.
_SENTENCE_WORDS, _SENTENCE_COMMON = 5, 2
_QUESTION_WORDS = 3
_LONG_QUOTATION = re.compile(r'"[^"]{50,}"')  # a sentence, not a name or a phrase
_MEANT = re.compile(  # syntax that no prose contains
    rf"(?<!\S)\(*(?:{'|'.join(FIELDS)}):|~\d|~[sS]?(?!\S)|\w\*|\*\w|\w\?\w|(?<!\S)(?:AND|OR|NOT)(?!\S)"
)


def as_meant(text: str) -> str:
    """Return a text with one kind of each sign, and without what printing added to it.

    These are dashes between words, hyphens at the ends of lines, words joined in a hashtag,
    capitals throughout, what stands for signs in web pages and addresses, and the syntax of others.
    """
    if " " not in text:
        text = unquote(text)
    plain = _LINE_END.sub("-", one_kind(_PRINTED_DASH.sub(" ", unescape(text)))).strip()
    for elsewhere, here in _ELSEWHERE if {":", "/", "("} & {*plain} else ():
        plain = elsewhere.sub(here, plain).strip() or plain
    plain = re.sub(r"#\w+", lambda tag: _IN_HASHTAG.sub(" ", tag[0][1:]), plain)
    return plain.lower() if _is_in_capitals(plain) else plain


def _is_in_capitals(text: str) -> bool:
    """Return whether a text is all in capitals, so that these mean nothing in it."""
    if text.upper() != text or len(text.split()) <= _ACRONYMS:
        return False
    return any(map(str.isupper, {*re.findall(r"\w+", text)} - {"AND", "OR", "NOT"}))


def is_prose(text: str) -> bool:
    """Return whether a text has the shape of a sentence or a question, not of search syntax."""
    common = sum(map(is_common, text.lower().split()))
    if ("?" not in text and common < _SENTENCE_COMMON) or _MEANT.search(text):
        return False
    words = tokenize(QUOTED.sub(" ", text)).words
    if words and _LONG_QUOTATION.search(text):  # and who said it
        words = tokenize(text).words
    if text.rstrip("\"') ").endswith("?") and len(words) >= _QUESTION_WORDS:
        return True
    return len(words) >= _SENTENCE_WORDS and sum(map(is_common, words)) >= _SENTENCE_COMMON


def has_pronoun(text: str) -> bool:
    """Return whether "us" is the pronoun in a text. Capitals throughout are no sign."""
    typed = text.lower() if text.isupper() else text
    return len(text.split()) > _FEW_WORDS and not _COUNTRY.search(typed)
