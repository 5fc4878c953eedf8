"""Compare a piece of a quotation with what a paragraph has there, word for word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import log1p
from typing import Literal, NamedTuple, TypeAlias

from .align import Step
from .analysis import STOP_WORDS
from .index import Index
from .query import Slot
from .quoted import ELLIPSIS, Word
from .spans import Span

Op: TypeAlias = Literal["equal", "insert", "delete", "replace"]
Touched: TypeAlias = Literal["negation", "number", "name"]

# Words at an end of a quotation that may be changed; of more, nobody can tell what they replace.
_CHANGED_AT_END = 3
_LEAST_MOVED = 3  # words: fewer are found elsewhere by chance
_LOOKED_AT = 8  # occurrences of a word: if all of them have a capital, it is a name
_UNKNOWN = 0.5  # occurrences of a word that does not occur, so that it tells more than any other

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


class Usage:
    """The use of words in a text: how much a word tells, and whether it is a name."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._size = max(index.text.layout.size, 1)

    def weight(self, word: str) -> float:
        """Return how much a word tells: the rarer, the more (an inverse frequency)."""
        return log1p(self._size / max(self._index.text.lexicon.counts.get(word, 0), _UNKNOWN))

    def is_name(self, word: str) -> bool:
        """Return whether a word has a capital wherever it occurs; one that never occurs passes."""
        layout = self._index.text.layout
        positions = self._index.text.positions(Slot("exact", word))[:_LOOKED_AT]
        numbers = layout.paragraph_of(positions).tolist()
        texts = (self._index.paragraphs[number][1].text for number in numbers)
        starts = layout.starts[positions].tolist()
        return all(text[start].isupper() for text, start in zip(texts, starts, strict=True))


@dataclass(frozen=True)
class Text:
    """A text and its words."""

    text: str
    words: Sequence[Word]


@dataclass(frozen=True)
class Change:
    """What a quotation has where the paragraph has something.

    ``insert`` was put in (``source`` is empty), ``delete`` left out (``quoted`` is empty).
    ``editor`` marks words in brackets, which change nothing; ``moved`` words that the paragraph has
    elsewhere. ``touches`` are the things changed that change what is said.
    """

    op: Op
    quoted: str
    source: str
    editor: bool = False
    moved: bool = False
    touches: tuple[Touched, ...] = ()

    @property
    def alters(self) -> bool:
        """True where the quotation does not have the words of the paragraph."""
        return self.op != "equal" and not self.editor


@dataclass(frozen=True)
class Comparison:
    """A piece of a quotation beside the words ``start`` to ``stop`` of a paragraph, half-open.

    ``words`` is the number of its words that the paragraph has, in this order or moved, and
    ``share`` their part of all its words, each counted for as much as it tells.
    """

    start: int
    stop: int
    changes: tuple[Change, ...]
    share: float
    words: int

    @property
    def altered(self) -> int:
        """The number of changes that alter the quotation."""
        return sum(change.alters for change in self.changes)


class _Run(NamedTuple):
    """Successive steps of one kind: ``equal``, ``editor`` or ``changed``."""

    kind: str
    quoted: Span
    source: Span


def compare(quoted: Text, source: Text, steps: Sequence[Step], usage: Usage) -> Comparison:
    """Return what the steps of an alignment amount to.

    ``usage`` is that of the text in which the paragraph is.
    """
    runs = [_run(list(group)) for _, group in groupby(_loosened(steps), key=_kind)]
    changes = _changes(quoted, source, runs, usage)
    told = [_told(quoted.words[slice(*run.quoted)], usage) for run in runs]
    rows = list(zip(told, changes, strict=True))
    known = sum(weight for weight, change in rows if _is_known(change))
    places = [place for run in runs if run.source[0] < run.source[1] for place in run.source]
    start, stop = min(places, default=0), max(places, default=0)
    same = [run for run, change in zip(runs, changes, strict=True) if _is_known(change)]
    words = sum(run.quoted[1] - run.quoted[0] for run in same)
    return Comparison(start, stop, tuple(changes), known / max(sum(told), 1e-9), words)


def _is_known(change: Change) -> bool:
    return change.op == "equal" or change.moved


def _kind(step: Step) -> str:
    return step.kind if step.kind in {"equal", "editor"} else "changed"


def _run(steps: Sequence[Step]) -> _Run:
    first, last = steps[0], steps[-1]
    quoted, source = (first.quoted[0], last.quoted[1]), (first.source[0], last.source[1])
    return _Run(_kind(first), quoted, source)


def _told(words: Iterable[Word], usage: Usage) -> float:
    """Return how much words tell, those of the editor left out."""
    return sum(usage.weight(word.text) for word in words if not word.editor)


def _changes(quoted: Text, source: Text, runs: Sequence[_Run], usage: Usage) -> list[Change]:
    found = []
    for before, run, after in zip([None, *runs], runs, [*runs[1:], None], strict=False):
        if run.kind == "equal":
            here = _with_marks(quoted, run.quoted, before and before.quoted, after is None)
            there = _with_marks(source, run.source, before and before.source, after is None)
            found.append(Change("equal", here, there))
        else:
            found.append(_change(quoted, source, run, usage))
    return found


def _with_marks(text: Text, words: Span, before: Span | None, last: bool) -> str:
    """Return the text of equal words, and of the marks between them and changed words."""
    start, stop = text.words[words[0]].start, text.words[words[1] - 1].stop
    if before and before[0] < before[1]:
        start = text.words[before[1] - 1].stop
    if not last and words[1] < len(text.words):
        stop = text.words[words[1]].start
    found = text.text[start:stop].strip()
    return found.strip("[] ") if found.count("[") != found.count("]") else found


def _loosened(steps: Sequence[Step]) -> list[Step]:
    """Take many changed words at an end as put in: they stand for nothing in the paragraph."""
    equal = [n for n, step in enumerate(steps) if step.kind == "equal"]
    first, last = (equal[0], equal[-1] + 1) if equal else (len(steps), len(steps))
    before, after = steps[:first], steps[last:]
    if len(before) > _CHANGED_AT_END:
        before = [_put_in(step, before[-1].source[1]) for step in before if step.kind != "delete"]
    if len(after) > _CHANGED_AT_END:
        after = [_put_in(step, after[0].source[0]) for step in after if step.kind != "delete"]
    return [*before, *steps[first:last], *after]


def _put_in(step: Step, place: int) -> Step:
    return step if step.kind == "editor" else Step("insert", step.quoted, (place, place))


def _change(quoted: Text, source: Text, run: _Run, usage: Usage) -> Change:
    after, before = quoted.words[slice(*run.quoted)], source.words[slice(*run.source)]
    named = _names(quoted.text, after, usage), _names(source.text, before, usage)
    in_brackets = run.kind == "editor"
    text = _cut(quoted.text, after)
    return Change(
        op="insert" if not before else "delete" if not after else "replace",
        quoted=f"[{text}]" if in_brackets else text,
        source=_cut(source.text, before),
        editor=in_brackets and not _distorts(after, before, named),
        moved=not in_brackets and _is_moved(after, source.words),
        touches=_touches(after, before, named),
    )


def _cut(text: str, words: Sequence[Word]) -> str:
    return text[words[0].start : words[-1].stop] if words else ""


def _names(text: str, words: Sequence[Word], usage: Usage) -> list[str]:
    capital = [word.text for word in words if text[word.start].isupper()]
    return [word for word in capital if word not in STOP_WORDS and usage.is_name(word)]


def _numbers(words: Sequence[Word]) -> list[str]:
    return [word.compared for word in words if _NUMBER.fullmatch(word.compared)]


def _negations(words: Sequence[Word]) -> int:
    return sum(bool(NEGATION.fullmatch(word.text)) for word in words)


def _touches(
    after: Sequence[Word], before: Sequence[Word], named: tuple[list[str], list[str]]
) -> tuple[Touched, ...]:
    touched: dict[Touched, bool] = {
        "negation": _negations(after) != _negations(before),
        "number": _numbers(after) != _numbers(before),
        "name": named[0] != named[1],
    }
    return tuple(each for each, true in touched.items() if true)


def _distorts(
    after: Sequence[Word], before: Sequence[Word], named: tuple[list[str], list[str]]
) -> bool:
    """Return whether an editor's words put in or hide a "not", bring a number, exchange a name."""
    numbers = _numbers(after)
    return (
        _negations(after) != _negations(before)
        or bool(numbers and numbers != _numbers(before))
        or bool(named[0] and named[1] and named[0] != named[1])
    )


def _is_moved(words: Sequence[Word], among: Sequence[Word]) -> bool:
    run = " ".join(word.compared for word in words)
    everything = " ".join(word.compared for word in among)
    return len(words) >= _LEAST_MOVED and f" {run} " in f" {everything} "


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
