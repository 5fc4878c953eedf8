"""Read the signs of print and web pages, and the syntax of other search engines, as ours."""

import re
from html import unescape
from itertools import pairwise
from urllib.parse import unquote

from .analysis import is_common, one_kind

_SEARCHED = re.compile(r"[?&]q=([^&#]+)")  # in the address of a search
_OPERATORS = frozenset({"AND", "OR", "NOT"})
_TRUNCATED = re.compile(r"\b([a-z]{3,})!(?![^\s)])")  # coop! mechanism! → coop* mechanism*
# Dashes that are not inside a word; a bullet or a number before what is listed.
_PRINTED = re.compile(
    r"(?<!\S)[‐‑‒–—―−]+|[‐‑‒–—―−]+(?!\S)|[—―]+"
    r"|(?m:^)(?:[*•·]|(?:\d\d?|[IVX]+)\.|\([a-z\d]+\)) +(?=[a-z]|[A-Z][a-z])"
)
_LINE_END = re.compile(r"(?<=[^\W\d_])[-\u00ad] +(?!(?:and|or|to)\b)(?=[^\W\d_])")  # "re- gion"

_PLACE = r"(?:[ivx]+(?:\.\d+)?|\d+)"
_OPERAND = r"""("[^"]*"|[\w*?](?:[\w*?'-]*[\w*])?)"""
_NEAR = (
    rf"(?<![\w*?'-])(-?){_OPERAND} (?:(?i:around|near|[nw])[(/]|/)(\d+|(?<=/)[sS])\)? {_OPERAND}"
)
# Replaced in order; beside them what is typed → what it is read as. There is only one site.
_REPLACED = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"</?[a-z][^<>]*>", " "),  # <b>sea</b> → sea
        (r"(?<=\S) ?\[\^?\d{1,3}(?:[\s,-]+\d{1,3})*\]", ""),  # sea[3] or sea [4, 5] → sea
        # [sic], (emphasis added) → nothing; [T]he, promote[s] → The, promotes
        (r"[\[(](?i:sic|emphasis \w+)[\])]|\[(\w)\](?=\w)|(?<=\w)\[(e?[ds]|ing)\]", r"\1\2"),
        (r"(?i)(?<!\S)(?:all)?(?:in)?title:(?=\S)", "heading:"),
        (r"(?i)(?<!\S)-?(?:https?|site|filetype):\S+", ""),
        (r"\|\|?", " OR "),
        (r"(?<!\S)&(?!\S)", "and"),
        (r"(?<=[a-z]{3})\$(?!\w)", "*"),  # cooperat$ → cooperat*
        # section II and section: II → section:II
        (rf"(?i)^(section|page) (?={_PLACE}\.?$)", r"\1:"),
        (rf"(?i)(?<!\S)(section|page): (?={_PLACE}(?!\w))", r"\1:"),
        # sea w/5 port, sea NEAR/5 port, sea AROUND(5) port, sea /s port → (sea port)~5
        (_NEAR, r"\1(\2 \4)~\3"),
    )
)


def as_meant(text: str) -> str:
    """Return a text with one kind of each sign, our syntax, and nothing that printing adds."""
    if " " not in text:
        searched = _SEARCHED.search(text)
        text = unquote(searched[1].replace("+", " ") if searched else text)
    elif "%22" in text:  # quotation marks, copied from an address
        text = unquote(text)
    plain = _LINE_END.sub("-", one_kind(_PRINTED.sub(" ", unescape(text)))).strip()
    plain = plain.lower() if _is_in_capitals(plain) else plain
    # A "!" only exclaims at the very end, and in a sentence, which has common words.
    if _TRUNCATED.search(plain[:-1]) and not any(map(is_common, re.findall(r"\w+", plain))):
        plain = _TRUNCATED.sub(r"\1*", plain)
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
