"""Compare a piece of a quotation with what a paragraph has there, word for word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Literal, NamedTuple, TypeAlias

from .alignment import Pair, same
from .analysis import STOP_WORDS
from .index import Index
from .query import Slot
from .quoted import ELLIPSIS, Word, words_of

Op: TypeAlias = Literal["equal", "insert", "delete", "replace"]
Touched: TypeAlias = Literal["negation", "number", "name"]

# An editor's "[it]" stands for a name: "the State Council Information Office" has five words.
_MOST_EDITED = 6
_LOOKED_AT = 8  # occurrences of a word: if all of them have a capital, it is a name

NEGATION = re.compile(
    r"not?|none|nor|never|neither|nobody|nothing|nowhere|without|cannot|unless|hardly|\w+n't"
)
_NUMBER = re.compile(
    r"\W?\d.*|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|"
    r"(twen|thir|for|fif|six|seven|eigh|nine)ty|(hundred|thousand|[mbt]r?illion)s?|half|quarter|"
    r"first|second|third|(four|fif|six|seven|eigh|nin|ten)th|once|twice|dozen"
)
_ASPECTS = {
    "letter case": r"[^\W\d_]",
    "quotation marks": r"[\"'“”‘’«»„‟‛ʼ`]",
    "dashes": r"[-‐‑‒–—―−]",
    "spaces": r"\s+",
    "invisible characters": "[\u00ad\u200b-\u200d\u2060\ufeff]",
    "punctuation": r"[.,;:!?()/%]",
}


@dataclass(frozen=True)
class Change:
    """A run of words of a quotation beside those of the paragraph.

    ``insert`` was put in (``source`` is empty), ``delete`` left out (``quoted`` is empty).
    ``editor`` marks words in brackets, which change nothing. ``touches`` are the things changed
    that change the meaning.
    """

    op: Op
    quoted: str
    source: str
    editor: bool = False
    touches: tuple[Touched, ...] = ()

    @property
    def alters(self) -> bool:
        """True where the quotation does not have the words of the paragraph."""
        return self.op != "equal" and not self.editor


class _Run(NamedTuple):
    """Successive pairs of one kind, as the words of either side."""

    kind: Literal["equal", "changed", "editor"]
    quoted: list[Word]
    source: list[Word]


def compare(quoted: str, source: str, pairs: Sequence[Pair], index: Index) -> tuple[Change, ...]:
    """Return the changes that aligned words amount to, and what is equal between them.

    ``quoted`` and ``source`` are the texts of the words; ``index`` is that of the paragraph.
    """
    runs = _runs(pairs)
    here, there = [run.quoted for run in runs], [run.source for run in runs]
    found = []
    for number, run in enumerate(runs):
        if run.kind == "equal":
            parts = _with_marks(quoted, here, number), _with_marks(source, there, number)
            found.append(Change("equal", *parts))
        else:
            found.append(_change(_cut(quoted, run.quoted), _cut(source, run.source), run, index))
    return tuple(found)


def _runs(pairs: Iterable[Pair]) -> list[_Run]:
    """Return pairs in runs; words left out behind a bracket are those that it stands for."""
    runs: list[_Run] = []
    for quoted, source in pairs:
        kind: Literal["equal", "changed", "editor"] = "changed"
        if same((quoted, source)):
            kind = "equal"
        elif quoted.editor if quoted else runs and runs[-1].kind == "editor":
            kind = "editor"
        if not runs or runs[-1].kind != kind:
            runs.append(_Run(kind, [], []))
        runs[-1].quoted.extend([quoted] if quoted else [])
        runs[-1].source.extend([source] if source else [])
    return runs


def _cut(text: str, words: Sequence[Word]) -> str:
    return text[words[0].start : words[-1].stop] if words else ""


def _with_marks(text: str, runs: Sequence[Sequence[Word]], number: int) -> str:
    """Return the text of equal words, and of the marks between them and changed words."""
    start, stop = runs[number][0].start, runs[number][-1].stop
    if number and runs[number - 1]:
        start = runs[number - 1][-1].stop
    for after in chain.from_iterable(runs[number + 1 : number + 3]):
        stop = after.start
        break
    return text[start:stop].strip()


def _change(quoted: str, source: str, run: _Run, index: Index) -> Change:
    """Return the change of a run of words that differ.

    The words of an editor may say less than the paragraph, but no other number or name.
    """
    one, other = words_of(quoted, ()), words_of(source, ())
    touched: dict[Touched, tuple[list[str], list[str]]] = {
        "negation": (_negations(one), _negations(other)),
        "number": (_numbers(one), _numbers(other)),
        "name": (_names(quoted, one, index), _names(source, other, index)),
    }
    touches = tuple(name for name, both in touched.items() if both[0] != both[1])
    exchanged = any(all(touched[name]) for name in touches)
    return Change(
        op="insert" if not source else "delete" if not quoted else "replace",
        quoted=quoted,
        source=source,
        editor=run.kind == "editor"
        and not exchanged
        and "negation" not in touches
        and len(run.source) <= _MOST_EDITED,
        touches=touches,
    )


def _negations(words: Iterable[Word]) -> list[str]:
    return ["not" for word in words if NEGATION.fullmatch(word.text)]


def _numbers(words: Iterable[Word]) -> list[str]:
    return [word.compared for word in words if _NUMBER.fullmatch(word.compared)]


def _names(text: str, words: Iterable[Word], index: Index) -> list[str]:
    capital = (word.text for word in words if text[word.start].isupper())
    return [word for word in capital if word not in STOP_WORDS and _is_name(word, index)]


def _is_name(word: str, index: Index) -> bool:
    """Return whether a word has a capital wherever it occurs; one that never occurs passes."""
    layout = index.text.layout
    positions = index.text.positions(Slot("exact", word))[:_LOOKED_AT]
    numbers = layout.paragraph_of(positions).tolist()
    texts = (index.paragraphs[number][1].text for number in numbers)
    starts = layout.starts[positions].tolist()
    return all(text[start].isupper() for text, start in zip(texts, starts, strict=True))


def differences(quoted: str, source: str) -> tuple[str, ...]:
    """Return what differs between two texts with the same words: ``letter case``."""
    if quoted == source:
        return ()
    quoted = re.sub(rf"\s*(?:{ELLIPSIS.pattern})\s*", " ", quoted)
    return tuple(
        name
        for name, pattern in _ASPECTS.items()
        if re.findall(pattern, quoted) != re.findall(pattern, source)
    )
