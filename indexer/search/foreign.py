"""Read the signs of print and web pages, and the syntax of catalogs and other engines, as ours."""

import re
from html import unescape
from itertools import pairwise
from urllib.parse import unquote

from .analysis import is_common, one_kind

_SEARCHED = re.compile(r"[?&](?:q|text)=([^&#]+)")  # in the address of a search

# Dashes that are not inside a word; a bullet or a number before what is listed.
_ITEM = r"(?:\d\d?|[a-z]|[ivx]+)"
_PRINTED = re.compile(
    r"(?<!\S)[‐‑‒–—―−]+|[‐‑‒–—―−]+(?!\S)|[—―]+"
    rf"|(?:(?m:^)(?:[*•·]|\[?{_ITEM}[\])]|(?:\d\d?|[IVX]+)\.)|(?<!\S)\({_ITEM}\))"
    r" +(?=[a-z]|[A-Z][a-z])"
)
_LINE_END = re.compile(r"(?<=[^\W\d_])[-\u00ad] +(?!(?:and|or|to)\b)(?=[^\W\d_])")  # "re- gion"
_STOPS = re.compile(  # "S. C. O."; two letters may be somebody's initials
    r"(?<=\b[A-Z]\.) (?=[A-Z]\. [A-Z]\b)|(?<=\b[A-Z]\. [A-Z]\.) (?=[A-Z]\b)"
)
# Signs in UTF-8 that a program took for those of Windows.
_DAMAGED = (
    (re.compile("â€[™˜]"), "'"),
    (re.compile("â€[\u201c\u201d\u2013\u2014]"), "-"),
    (re.compile("â€[¦¢]"), " "),
    (re.compile("â€(?:œ|\x9d|(?!\\w))"), '"'),
)
_OPERATORS = frozenset({"AND", "OR", "NOT", "NEAR", "ADJ"})
_TRUNCATED = re.compile(r"\b([a-z]{3,})!(?![^\s)])")  # coop! mechanism! → coop* mechanism*

_PLACE = r"(?:[ivx]+(?:\.\d+)?|\d+)"
_OPERAND = r"""("[^"]*"|[\w*?](?:[\w*?'-]*[\w*])?)"""
_NEAR = (
    rf"(?<![\w*?'-])(-?){_OPERAND} (?:(?i:around|near|within|pre|adj|[nw])"
    rf"(?:[(/]|(?<=[A-Z]) ?|(?<=adj))|/)(\d+|(?<=/)[sS])\)? {_OPERAND}"
)
_TAG = r"(?:[:=](?=\S)|(?=\([\"\w]{2}))"  # after the name of a field; but "title(s)" is none
_FIRST = r"(?:^|(?<=\()|(?<=(?:AND|NOT) )|(?<=OR ))"  # where such a name begins what is asked for
# Replaced in order; beside them what is typed → what it is read as. Sites, and fields for the whole
# text, are dropped: there is one site, and words are looked for in the text anyway.
_REPLACED = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        # Web pages, Markdown and print.
        (r"</?[a-z][^<>]*>|(?<!\S)&&(?!\S)|(?<!\S)\*\*(?=\w)|(?<=\w)\*\*(?!\w)", " "),  # <b>sea</b>
        # sea^2 or sea[3] or sea [4, 5] or sea[edit] or sea[citation needed] → sea
        (r"(?<=[a-z\")])\^\d\S*|(?<=\S) ?\[\^?\d{1,3}(?:[\s,-]+\d{1,3})*\]", ""),
        (r"(?<=\S) ?\[(?:edit|note \d+|[a-z]+ needed)\]", ""),
        (r"(?<=[a-z]{3}[.,;]|[a-z]{2}[.,;][\"'])\d\d?(?!\S)", ""),  # sea.12 → sea.
        (r"(?<=[a-z][a-z.,;][a-z.,;\")])[⁰¹²³⁴-⁹]+", ""),  # sea.¹² → sea.
        # [sic], (emphasis added) → nothing; [T]he, promote[s] → The, promotes
        (r"[\[(](?i:sic|emphasis \w+)[\])]|\[(\w)\](?=\w)|(?<=\w)\[(e?[ds]|ing)\]", r"\1\2"),
        # Catalogs and databases.
        # ti=sea and TI sea → heading:sea
        (rf"(?i)(?<![^\s(-])(?:(?:all)?(?:in)?title|ti){_TAG}", "heading:"),
        (rf"{_FIRST}TI (?=[\"(A-Za-z])", "heading:"),
        (r"(?<=[a-z]{3})\$(?!\w)", "*"),  # cooperat$ → cooperat*
        # kw=sea and KW sea and intext: sea → sea
        (rf"(?i)(?<![^\s(-])(?:(?:all|in)*text|all|ab|body|kw|su|ts|tx){_TAG}", ""),
        (r"(?i)(?<![^\s(-])(?:(?:all)?intext|kw|su|tx): ", ""),
        (rf"{_FIRST}(?:AB|KW|SU|TS|TX) (?=[\"(A-Za-z])", ""),
        # sea[tiab] → sea
        (r"(?<=[\w\"])\[(?i:all|ab|mesh|mh|ti|tiab|title|tw)(?:[/:][^\]]*)?\]", ""),
        (r"(?<=\S )ANDNOT(?= \S)", "NOT"),
        (r"(?<=\S) (?:w?/|\+)p(?:ara)? (?=\S)", " "),  # sea /p port → sea port
        (r"(?<=\S) \+(?=(?:\d+|[sS]) )", " /"),  # sea +5 port → sea /5 port
        # Other search engines.
        (r"(?i)(?<![^\s(])-?(?:\w*title: |(?:https?|site|inurl|\w*type):\S+)", ""),  # filetype:pdf
        (r'[\[{](?=[^]}"]* (?:AND|OR|NOT) )', "("),  # [sea OR port] → (sea OR port]
        (r'( (?:AND|OR|NOT) [^][{}"]*)[]}]', r"\1)"),  # (sea OR port] → (sea OR port)
        (r"\|\|?", " OR "),
        (r"(?<!\S)&(?!\S)", "and"),
        # section II and section: II → section:II
        (rf"(?i)^(section|page) (?={_PLACE}\.?$)", r"\1:"),
        (rf"(?i)(?<!\S)(section|page): (?={_PLACE}(?!\w))", r"\1:"),
        (rf"(?i)(?<!\S)(?:section=|sec[:=]|in:)(?={_PLACE}(?!\w))", "section:"),  # in:II.2
        # sea NEAR port → sea NEAR/10 port → (sea port)~10
        (r'(?<=\S) (NEAR|ADJ) (?="|[\w*?-]+(?:[\s)]|$))(?!\d)', r" \1/10 "),
        (_NEAR, r"\1(\2 \4)~\3"),
    )
)
# What any of them matches has one of these.
_SIGNS = re.compile(
    r"[]}:=$/(<&|^]|[.,;][\"']?\d|[⁰¹²³⁴-⁹]|adj\d|\*\*|[A-Z] ?\d|ANDNOT"
    r"|(?:NEAR|ADJ|AB|KW|SU|T[ISX]) | \+(?:\d+|[sS]|p(?:ara)?) |[\[(](?i:sic)|^(?i:section|page) "
)


def as_meant(text: str) -> str:
    """Return a text with one kind of each sign, our syntax, and nothing that printing adds."""
    if " " not in text:
        searched = _SEARCHED.search(text)
        text = unquote(searched[1].replace("+", " ") if searched else text)
    elif "%22" in text:  # quotation marks, copied from an address
        text = unquote(text)
    for damaged, sign in _DAMAGED if "â€" in text else ():
        text = damaged.sub(sign, text)
    plain = _LINE_END.sub("-", one_kind(_PRINTED.sub(" ", unescape(text)))).strip()
    plain = _STOPS.sub("", plain)
    plain = plain.lower() if _is_in_capitals(plain) else plain
    # A "!" only exclaims at the very end, and in a sentence, which has common words.
    if "!" in plain and _TRUNCATED.search(plain[:-1]):
        is_sentence = any(map(is_common, re.findall(r"\w+", plain)))
        plain = plain if is_sentence else _TRUNCATED.sub(r"\1*", plain)
    for pattern, replacement in _REPLACED if _SIGNS.search(plain) else ():
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
