"""Cut a query into lexemes: its words, phrases, brackets, operators and names of fields."""

import re
from collections.abc import Container, Iterable

from .prose import FIELDS

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
_JOINING = frozenset({"and", "or"})
_LEAVING_OUT = frozenset({"not", "minus"})
_UNMATCHED = {
    "open": "an unmatched opening parenthesis",
    "close": "an unmatched closing parenthesis",
    "stray": "an unmatched quotation mark",
}


def lexemes(text: str) -> tuple[list[Lexeme], list[str]]:
    """Return the lexemes of a text, and sentences on what is left out so that they are valid.

    That are brackets and quotation marks without their counterpart, and operators that have
    nothing before or after them.
    """
    every = [found for found in _LEXEME.finditer(text) if found.lastgroup != "plus"]
    unmatched = _unmatched(every)
    kept = [each for each in every if each.start() not in unmatched]
    kept = _joining(kept, _JOINING, {None, "open"} | _JOINING | _LEAVING_OUT)
    kept = _joining(kept[::-1], _JOINING | _LEAVING_OUT, {None, "close"} | _JOINING)[::-1]
    starts = {each.start() for each in kept}
    ignored = (
        _UNMATCHED.get(each.lastgroup or "", f"“{each[0]}”, which has nothing to join")
        for each in every
        if each.start() not in starts
    )
    return kept, [f"Ignored {what}." for what in ignored]


def _unmatched(every: Iterable[Lexeme]) -> set[int]:
    """Return the offsets of the brackets and quotation marks that have no counterpart."""
    opened: list[int] = []
    unmatched: set[int] = set()
    for each in every:
        if each.lastgroup == "open":
            opened.append(each.start())
        elif each.lastgroup == "close" and opened:
            opened.pop()
        elif each.lastgroup in _UNMATCHED:
            unmatched.add(each.start())
    return unmatched.union(opened)


def _joining(
    every: Iterable[Lexeme], operators: Container[str | None], nothing: Container[str | None]
) -> list[Lexeme]:
    """Return lexemes without the operators that follow one of the kinds that are nothing to join.

    None stands for the end at which they begin.
    """
    kept: list[Lexeme] = []
    for each in every:
        before = kept[-1].lastgroup if kept else None
        if each.lastgroup not in operators or before not in nothing:
            kept.append(each)
    return kept
