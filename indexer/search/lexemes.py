"""Cut a query into lexemes: its words, phrases, brackets, operators and names of fields."""

import re
from collections.abc import Container, Iterable
from itertools import accumulate

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
_DEEPER: dict[str | None, int] = {"open": 1, "close": -1}
_JOINING = frozenset({"and", "or"})
_LEAVING_OUT = frozenset({"not", "minus"})
_OPENING = re.compile(r'(?<!\w)"(?=\w)')  # a quotation mark


def lexemes(text: str) -> tuple[list[Lexeme], list[str]]:
    """Return the lexemes of a text, made valid, and sentences on what was added or left out.

    Missing brackets are added at either end, a missing quotation mark at the end. Other stray
    quotation marks, and operators that have nothing to join, are left out.
    """
    every, notes = _completed(text)
    kept = _joining(every, _JOINING, {None, "open"} | _JOINING | _LEAVING_OUT)
    kept = _joining(kept[::-1], _JOINING | _LEAVING_OUT, {None, "close"} | _JOINING)[::-1]
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
    missing = -min(depths)
    opened = depths[-1] + missing
    if opened or missing:
        every = _cut("(" * missing + text + ")" * opened)
        notes.append("Added a missing parenthesis.")
    return every, notes


def _cut(text: str) -> list[Lexeme]:
    return [found for found in _LEXEME.finditer(text) if found.lastgroup != "plus"]


def _joining(
    every: Iterable[Lexeme], operators: Container[str | None], nothing: Container[str | None]
) -> list[Lexeme]:
    """Return lexemes without operators after ``nothing`` to join: a kind, or None at the start."""
    kept: list[Lexeme] = []
    for each in every:
        before = kept[-1].lastgroup if kept else None
        if each.lastgroup not in operators or before not in nothing:
            kept.append(each)
    return kept
