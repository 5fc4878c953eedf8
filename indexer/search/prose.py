"""Tell whether a text was meant as search syntax or as a sentence, and what its signs mean."""

from __future__ import annotations

import re
from html import unescape
from itertools import pairwise
from urllib.parse import unquote

from .analysis import is_common, one_kind, tokenize

FIELDS = ("heading", "section", "page", "document")
_SEARCHED = re.compile(r"[?&](?:q|text)=([^&#]+)")  # in the address of a search
QUOTED = re.compile(r'"([^"]*)"')

# Words by which a sentence asks, as common there as "what" is. In a sentence "us" is the pronoun,
# unless capitals, stops or the next word show the country; among keywords, only after some verbs.
_ASKING = re.compile(
    r"\b(?:(?:20\d\d )?white paper|(?:the|this) (?:paper|document|text)"
    r"|says?|said|mentions?|define|discuss|meant|talk|it talks|(?:any|some)thing)\b"
)
_BEFORE_REQUEST = (
    r"hello|hey|hi|good (?:afternoon|day|evening|morning)|dear (?:all|madam|sir)|excuse me|sorry"
    r"|q|question|kindly|please|pl[sz]|can|could|may|would|do|does|you|(?:any|some)(?:body|one)"
    r"|help(?: me)?|just|mind|quick|trying|was|wondering|(?:ok )?google|siri|alexa"  # "could you"
    r"|i|am|i'[dm]|need|want|like|to(?! what)|where|which|what's|what (?:is|are)|(?:is|are) there"
)
_VERB = (
    r"(?:find|giv|show|tell)(?:e|ing)? me|(?:point|provide) me (?:to|with)|find|give|identify|show"
    r"|list(?: of)?|help(?: me)? finding|look(?:ing)? (?:for|up)|search(?:ing)? for"  # "look for"
    r"|know|may i ask|(?:learn|read)(?: more)? about|concerning|regarding"
    r"|(?:critically )?(?:analy[sz]e|assess|discuss|evaluate)|to what extent"  # of examiners
    r"|compare|define|describe|examine|explain|outline|summari[sz]e"
)
_PART = (
    r"article|bit|chapter|para(?:graph)?s?|parts?|passages?|sections?|sentences?"  # "the part"
    r"|anything|details?|everything|examples?|info(?:rmations?)?|something|summary"  # "any info"
    r"|definition|explanation|full (?:form|name)|meaning|mentions?|occurrences?|overview"
    r"|quot(?:e|ation)s?|references?"
)
_WHAT = (  # "the part about", "paragraphs that mention"
    rf"(?:(?:all|an?|any|best|good|some|that|the) )?(?:{_PART}) (?:about|of|on|regarding|to|with"
    r"|where|containing|discuss(?:es)?|mention(?:s|ing)?|saying"
    r"|that (?:contains?|mentions?|says?))\b"
)
_PHRASE = r"(?:exact )?(?:phrase|term|word)"
_QUESTION = re.compile(r"(?:what|where|when|who|why|which|how|did|do|does|is|are)\b")
_REQUEST = re.compile(
    rf"(?:(?:{_BEFORE_REQUEST})[,.:!]* )*"
    rf"(?:(?:{_VERB})\b(?: {_WHAT})?|{_WHAT}|(?={_QUESTION.pattern}))"
    rf"(?: (?:the )?{_PHRASE}s?\b)?|the {_PHRASE}\b"
)
_WAY_OF_ASKING = re.compile(
    r"\bhow (?:many|often)(?: times)?\b|\b(?:by|does) the (?:phrase|term|word)\b"
    r"|\b(?:what|which) (?:chapter|page|paragraph|section|sentence)s?\b"  # "in which section"
    r"|\b(?:appears?|described|mentioned|occurs?|kindly|please|pl[sz]|thanks|thank you"
    r"|definition|full (?:form|name)|mean(?:ing)?|refers? to|stands? for)"  # "where is ..."
    r"(?=(?: in the (?:white )?paper)?\W*$)"
)
_COUNTRY = re.compile(r"\b(?:US|[Uu]\.[Ss]|[Tt]he us)\b")
_PRONOUN = re.compile(r"\b(?:give|help|let|show|tell)s? us\b", re.IGNORECASE)

# Dashes that are not inside a word; a bullet or a number before what is listed.
_ITEM = r"(?:\d\d?|[a-z]|[ivx]+)"
_PRINTED = re.compile(
    r"(?<!\S)[‐‑‒–—―−]+|[‐‑‒–—―−]+(?!\S)"
    rf"|(?:(?m:^)(?:[*•·]|\[?{_ITEM}[\])]|(?:\d\d?|[IVX]+)\.)|(?<!\S)\({_ITEM}\))"
    r" +(?=[a-z]|[A-Z][a-z])"
)
_LINE_END = re.compile(r"(?<=[^\W\d_])[-\u00ad] +(?!(?:and|or|to)\b)(?=[^\W\d_])")  # "re- gion"
_STOPS = re.compile(  # "S. C. O."; two letters may be somebody's initials
    r"(?<=\b[A-Z]\.) (?=[A-Z]\. [A-Z]\b)|(?<=\b[A-Z]\. [A-Z]\.) (?=[A-Z]\b)"
)
_PLACE = r"(?:[ivx]+(?:\.\d+)?|\d+)"
_NEAR = re.compile(  # "a NEAR/5 b", "a w/5 b"; capitals need no sign
    r'(?:"([^"]*)"|\b(\w+)) (?:(?i:around|near|within|pre|adj|[nw])'
    r'(?:[(/]|(?<=[A-Z]) ?|(?<=adj))|/)(\d+|(?<=/)[sS])\)? (?:"([^"]*)"|(\w+))'
)
# What web pages, Markdown, library catalogs and other search engines write, and its equivalent.
_ELSEWHERE = (
    # Tags, "&&" and marks of bold type; "peace^2"; the number of a note.
    (re.compile(r"</?[a-z][^<>]*>|(?<!\S)&&(?!\S)|(?<!\S)\*\*(?=\w)|(?<=\w)\*\*(?!\w)"), " "),
    (re.compile(r"(?<=[a-z\")])\^\d\S*|(?<=\S)\[\^?\d{1,3}\]"), ""),
    (re.compile(r"(?<=[a-z]{3}[.,;]|[a-z]{2}[.,;][\"'])\d\d?(?!\S)"), ""),
    (re.compile(r"(?<=[a-z][a-z.,;][a-z.,;\")])[⁰¹²³⁴-⁹]+"), ""),
    # What an editor puts in brackets: [sic], (emphasis added), [T]he, promote[s].
    (re.compile(r"[\[(](?i:sic|emphasis \w+)[\])]|\[(\w)\](?=\w)|(?<=\w)\[(e?[ds])\]"), r"\1\2"),
    # "title:sea" and "TI=sea"; "cooperat$".
    (re.compile(r"(?<![^\s(-])(?:(?:all)?(?:in)?title|ti)[:=](?=\S)", re.IGNORECASE), "heading:"),
    (re.compile(r"(?<=[a-z]{3})\$(?!\w)"), "*"),
    # What is dictated: "quote ... unquote", "question mark".
    (re.compile(r'\b(?:open )?quote ([^"]+?) (?:unquote|(?:close|end) quote)\b', re.I), r'"\1"'),
    (re.compile(r'\bquote unquote ([^"]+)', re.I), r'"\1"'),
    (re.compile(r" question mark$"), "?"),
    # There is one site, and every word is looked for in the text.
    (re.compile(r"(?<![^\s(])-?(?:\w*title: |(?:https?|site|inurl|\w*type):\S+)", re.I), ""),
    (re.compile(r"(?<![^\s(-])(?:(?:all|in)*text|all|ab|kw|su|ts|tx)[:=](?=\S)", re.I), ""),
    # "a ANDNOT b", "a /p b" and "a +5 b" of law reports; [a OR b], {a OR b}.
    (re.compile(r"(?<!\S)ANDNOT(?!\S)"), "NOT"),
    (re.compile(r"(?<=\S) [/+]p (?=\S)"), " "),
    (re.compile(r"(?<=\S) \+(?=(?:\d+|[sS]) )"), " /"),
    (re.compile(r'[\[{](?=[^]}"]* (?:AND|OR|NOT) )'), "("),
    (re.compile(r'( (?:AND|OR|NOT) [^][{}"]*)[]}]'), r"\1)"),
    (re.compile(rf"^(section|page) (?={_PLACE}\.?$)", re.IGNORECASE), r"\1:"),
    (re.compile(rf"(?<!\S)(section|page): (?={_PLACE}(?!\w))", re.IGNORECASE), r"\1:"),
    (re.compile(r"\|\|?"), " OR "),
    (re.compile(r"(?<!\S)&(?!\S)"), "and"),
    # "a NEAR b" without a number, and then with one.
    (re.compile(r'(?<=\S) (NEAR|ADJ) (?="|\w+(?:[\s)]|$))(?!\d)'), r" \1/10 "),
    (_NEAR, r'"\1\2 \4\5"~\3'),
)
# Each of them has one of these.
_SIGNS = re.compile(
    r"[]}:=$/(<&|^]|[.,;][\"']?\d|[⁰¹²³⁴-⁹]|(?:NEAR|ADJ) |adj\d|\*\*|[A-Z] ?\d|ANDNOT| \+[\dps] "
    r"|^(?i:section|page) |(?i:\bquote )| question mark$"
)
_OPERATORS = frozenset({"AND", "OR", "NOT", "NEAR", "ADJ"})
# A sentence has at least so many words outside quotes, and so many common ones; a question may be
# shorter. Keywords joined by operators, of any number, have hardly a common word.
_SENTENCE_WORDS, _SENTENCE_COMMON, _QUESTION_WORDS = 5, 2, 3
_LONG_QUOTATION = re.compile(r'"[^"]{50,}"')  # a sentence, not a name or a phrase
_MEANT = re.compile(  # syntax that no prose contains
    rf"(?<!\S)\(*(?:{'|'.join(FIELDS)}):|~\d|~[sS]?(?!\S)|\w\*|\*\w|\w\?\w|(?<!\S)(?:AND|OR|NOT)(?!\S)"
    r'|\s-(?:\w+|"[^"]+")$'
)


def as_meant(text: str) -> str:
    """Return a text with one kind of each sign, and without what printing added to it.

    These are dashes between words, hyphens at the ends of lines, capitals throughout, what stands
    for signs in web pages and addresses, and the syntax of others.
    """
    if " " not in text:
        searched = _SEARCHED.search(text)
        text = unquote(searched[1].replace("+", " ") if searched else text)
    plain = _LINE_END.sub("-", one_kind(_PRINTED.sub(" ", unescape(text)))).strip()
    plain = _STOPS.sub("", plain)
    plain = plain.lower() if _is_in_capitals(plain) else plain
    for elsewhere, here in _ELSEWHERE if _SIGNS.search(plain) else ():
        plain = elsewhere.sub(here, plain).strip() or plain
    return plain


def _is_in_capitals(text: str) -> bool:
    """Return whether a text is all in capitals, so that these mean nothing in it.

    They do where operators join all words: in "SCO OR CICA", not in "NEED NOT TAKE SIDES".
    """
    if text.upper() != text:
        return False
    pairs = pairwise(re.findall(r'"[^"]*"|[^\s()"]+', text))
    return any(" ".join(pair).isupper() and _OPERATORS.isdisjoint(pair) for pair in pairs)


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


def asking(text: str, prose: bool) -> frozenset[str]:
    """Return the words that are common in a text, sentence or not, but not in others."""
    lower = text.lower()
    asks = prose or _QUESTION.match(lower)
    found = _WAY_OF_ASKING.findall(lower) + (_ASKING.findall(lower) if asks else [])
    words = set(" ".join(found).split())
    if request := _REQUEST.match(lower):
        words.update(re.findall(r"[\w']+", request[0]))
    if "us" in lower:
        pairs = pairwise(lower.split())
        named = _COUNTRY.search(text) or any(a == "us" and not is_common(b) for a, b in pairs)
        if _PRONOUN.search(text) or (prose and not named):
            words.add("us")
    return frozenset(words)
