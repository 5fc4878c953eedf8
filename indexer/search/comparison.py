"""Compare a piece of a quotation with a paragraph: align their words, and name what differs.

The alignment is the one in which the fewest words differ. It is semi-global: it begins and ends
anywhere in the paragraph. Source: P. H. Sellers, "The theory and computation of evolutionary
distances: pattern recognition", J. Algorithms 1, 1980.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Literal, NamedTuple, TypeAlias

import numpy as np

from .analysis import STOP_WORDS
from .field import Ints
from .index import Index
from .query import Slot
from .quoted import ELLIPSIS, Word, words_of

Op: TypeAlias = Literal["equal", "insert", "delete", "replace"]
Touched: TypeAlias = Literal["negation", "number", "name"]
# A word of a quotation beside one of a paragraph; None where it was put in, or one left out.
Pair: TypeAlias = tuple[Word | None, Word | None]
_Kind: TypeAlias = Literal["equal", "changed", "editor"]


class _Costs(NamedTuple):
    """Costs of a word replaced, of one put in, and of each word left out after it."""

    replaced: int
    put_in: int
    left_out: int


# To leave a word out costs less than to change one, so that a word which the paragraph has is found
# after it. An editor's word in brackets may well stand for a few.
_TYPED, _EDITOR = _Costs(4, 4, 3), _Costs(1, 2, 1)
# Words at an end of a quotation that may be changed; of more, nobody can tell what they replace.
_CHANGED_AT_END = 3

# An editor's "[it]" stands for a name: "the State Council Information Office" has five words.
_MOST_EDITED = 6
_LOOKED_AT = 8  # occurrences of a word: if all of them have a capital, it is a name

NEGATION = re.compile(
    r"not?|none|nor|never|neither|nobody|nothing|nowhere|without|cannot|unless|hardly|\w+n't"
)
_DENYING = re.compile(r"^(?:un|in|im|il|ir|dis|de|non)(?=\w\w)|^non$")  # "unchanged", "non-aligned"
_UP_TO_NINETEEN = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_ORDINALS = (
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
)
_VALUES = {
    **{word: str(number) for number, word in enumerate(_UP_TO_NINETEEN.split())},
    **{word: str(10 * number) for number, word in enumerate(_TENS.split(), 2)},
    **{word: str(number) for number, word in enumerate(_ORDINALS.split())},
}
_NUMBER = re.compile(
    r"\W?\d.*|(hundred|thousand|[mbt]r?illion)s?|half|quarter|once|twice|dozen|\w+teenth|"
    + "|".join(_VALUES)
)
_BEGINNING = re.compile(r"(?:^|[.!?:]\W*)$")  # of a sentence, after the characters before it
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


def same(pair: Pair) -> bool:
    """Return whether a pair is of equal words."""
    quoted, source = pair
    return bool(quoted and source and quoted.compared == source.compared)


def align(quoted: Sequence[Word], source: Sequence[Word], text: str) -> list[Pair]:
    """Return the pairs of the best alignment, in order; ``text`` is that of the source."""
    first = _place(quoted, source)
    if first is None:
        pairs = _trace(quoted, source, _rows(quoted, source))
    else:
        pairs = list(zip(quoted, source[first : first + len(quoted)], strict=True))
    equal = [number for number, pair in enumerate(pairs) if same(pair)] or [len(pairs)]
    first, last = equal[0], equal[-1]
    start, stop = _loosened(pairs[: first + 1], text), _loosened(pairs[last:], text)
    return [*start, *pairs[first : last + 1], *stop]


def _loosened(end: Sequence[Pair], text: str) -> Sequence[Pair]:
    """Return the changed words at an end; as put in if they are many, or of another sentence."""
    changed = [each for each in end if not same(each)]
    places = [word.start for _, word in end if word] or [0]
    if len(changed) <= _CHANGED_AT_END and not re.search(r"[.!?]", text[places[0] : places[-1]]):
        return changed
    return [(word, None) for word, _ in changed if word]


def _place(quoted: Sequence[Word], source: Sequence[Word]) -> int | None:
    """Return the number of the word at which a paragraph has all the words in a row, if it has.

    Words that it has nowhere may be others there: in no alignment do fewer differ. This is quicker
    to find than an alignment, and most quotations are right, or have single words changed.
    """
    words = [word.compared for word in source]
    known = set(words)
    wanted = [(n, word.compared) for n, word in enumerate(quoted) if word.compared in known]
    for first in range(len(words) - len(quoted) + 1):
        if all(words[first + n] == word for n, word in wanted):
            return first
    return None


def _rows(quoted: Sequence[Word], source: Sequence[Word]) -> Ints:
    """Return the costs of aligning the first words of a quotation, a row for each number of them.

    A row has the cost of what ends before each word of the paragraph and, last, at its end.
    """
    numbers = {word: n for n, word in enumerate({word.compared for word in source})}
    ids = np.array([numbers[word.compared] for word in source], np.int32)
    differs = (ids != np.arange(-1, len(numbers))[:, None]).astype(np.int32)  # first any other word
    # Until the end, each cost is less by that of leaving out all words before, so that leaving out
    # one more adds nothing.
    left_out, cheaper = (
        each * np.arange(len(source) + 1, dtype=np.int32)
        for each in (_TYPED.left_out, _TYPED.left_out - _EDITOR.left_out)
    )
    costs = {False: _TYPED, True: _EDITOR}  # by whether a word is the editor's
    beside = {each: costs[each].replaced * differs - _TYPED.left_out for each in costs}
    put_in = {each: np.full_like(left_out, costs[each].put_in) for each in costs}
    rows = [-left_out]
    for word in quoted:
        before = rows[-1]
        row = before + put_in[word.editor]
        inside = row[1:]
        replaced = before[:-1] + beside[word.editor][numbers.get(word.compared, -1) + 1]
        np.minimum(inside, replaced, out=inside)
        if word.editor:
            row = np.minimum.accumulate(row + cheaper) - cheaper
        else:
            row = np.minimum.accumulate(row)
        rows.append(row)
    return np.array(rows) + left_out


def _trace(quoted: Sequence[Word], source: Sequence[Word], rows: Ints) -> list[Pair]:
    """Return the pairs of the cheapest way through the rows, from its end to its beginning."""
    pairs: list[Pair] = []
    number, place = len(quoted), int(rows[-1].argmin())
    while place < len(source) and rows[-1][place + 1] == rows[-1][place]:
        place += 1  # a word at the end is changed sooner than put in
    cells = rows.data  # read as Python's own numbers
    while number:
        word, cost = quoted[number - 1], cells[number, place]
        costs, beside = _EDITOR if word.editor else _TYPED, source[place - 1] if place else None
        replaced = 0 if same((word, beside)) else costs.replaced
        if beside and cells[number - 1, place - 1] + replaced == cost:
            pairs.append((word, beside))
            number, place = number - 1, place - 1
        elif beside and cells[number, place - 1] + costs.left_out == cost:
            pairs.append((None, beside))
            place -= 1
        else:
            pairs.append((word, None))
            number -= 1
    return pairs[::-1]


def compare(quoted: str, source: str, pairs: Sequence[Pair], index: Index) -> tuple[Change, ...]:
    """Return the changes that aligned words amount to, and what is equal between them.

    ``quoted`` and ``source`` are the texts of the words, some of which are equal; ``index`` is that
    of the paragraph.
    """
    grouped = groupby(zip(_kinds(pairs), pairs, strict=True), key=itemgetter(0))
    runs = [(kind, [pair for _, pair in group]) for kind, group in grouped]
    here = _texts(quoted, [(kind, [word for word, _ in run if word]) for kind, run in runs])
    there = _texts(source, [(kind, [word for _, word in run if word]) for kind, run in runs])
    changes = tuple(
        Change("equal", one, other)
        if kind == "equal"
        else _change(one, other, kind, index, _tells(quoted, source, run))
        for (kind, run), one, other in zip(runs, here, there, strict=True)
    )
    start = next(word.start for _, word in pairs if word)
    cut = re.search(r"\bnon[-‐-―]\s?$", source[max(start - 6, 0) : start], re.IGNORECASE)
    return (Change("delete", "", cut[0], touches=("negation",)), *changes) if cut else changes


def _tells(quoted: str, source: str, run: Sequence[Pair]) -> bool:
    """Return whether a capital tells a name: not in a title, nor where a sentence begins."""
    starts = [word.start for _, word in run if word]
    begins = starts and _BEGINNING.search(source[max(starts[0] - 3, 0) : starts[0]])
    return not begins and bool(re.search(r"\b[a-z]{4}", quoted))


def _kinds(pairs: Iterable[Pair]) -> Iterator[_Kind]:
    """Yield the kind of each pair; words left out after a bracket are those that it stands for."""
    kind: _Kind = "equal"
    for quoted, source in pairs:
        if same((quoted, source)):
            kind = "equal"
        elif quoted or kind == "equal":
            kind = "editor" if quoted and quoted.editor else "changed"
        yield kind


def _texts(text: str, runs: Sequence[tuple[_Kind, Sequence[Word]]]) -> Iterator[str]:
    """Yield the text of each run of words; marks beside words that differ go with equal ones."""
    starts = [word.start for _, words in runs for word in words]
    stop, done = starts[0], 0
    for kind, words in runs:
        start, done = stop, done + len(words)
        if kind == "equal":
            stop = starts[done] if done < len(starts) else words[-1].stop
        elif words:
            start, stop = words[0].start, words[-1].stop
        yield text[start:stop].strip()


def _change(quoted: str, source: str, kind: _Kind, index: Index, tells: bool) -> Change:
    """Return the change of words that differ.

    The words of an editor may say less than the paragraph, but no other number or name.
    """
    typed = re.sub(r"[\[\]]", "", quoted)  # "[n]ot"
    here, there = words_of(typed, ()), words_of(source, ())
    one = _telling(typed, here, there, index, tells)
    other = _telling(source, there, here, index, tells)
    touches = tuple(name for name in one if one[name] != other[name])
    exchanged = any(name == "negation" or (one[name] and other[name]) for name in touches)
    return Change(
        op="insert" if not source else "delete" if not quoted else "replace",
        quoted=quoted,
        source=source,
        editor=kind == "editor" and not exchanged and len(source.split()) <= _MOST_EDITED,
        touches=touches,
    )


def _telling(
    text: str, words: Sequence[Word], beside: Iterable[Word], index: Index, tells: bool
) -> dict[Touched, list[str]]:
    """Return the words of a text, beside others, that change the meaning, by what they are."""
    others = {word.text for word in beside} or {""}
    denied = {word.text for word in words if _DENYING.sub("", word.text, 1) in others} - others
    capital = [word.text for word in words if text[word.start].isupper()]
    names = (word for word in capital if word not in STOP_WORDS and not _NUMBER.fullmatch(word))
    return {
        "negation": ["not" for w in words if w.text in denied or NEGATION.fullmatch(w.text)],
        "number": [_value(w.compared) for w in words if _NUMBER.fullmatch(w.compared)],
        "name": [word for word in names if _is_name(word, index, tells)],
    }


def _value(number: str) -> str:
    """Return a number in digits, without the ending of "21st"."""
    return _VALUES.get(number) or re.sub(r"(?<=\d)(?:st|nd|rd|th)$", "", number)


def _is_name(word: str, index: Index, unknown: bool) -> bool:
    """Return whether a word has a capital within sentences; ``unknown`` if it never occurs."""
    layout = index.text.layout
    positions = index.text.positions(Slot("exact", word))[:_LOOKED_AT]
    numbers = layout.paragraph_of(positions).tolist()
    texts = (index.paragraphs[number][1].text for number in numbers)
    starts = layout.starts[positions].tolist()
    within = {
        text[start].isupper()
        for text, start in zip(texts, starts, strict=True)
        if not _BEGINNING.search(text[max(start - 3, 0) : start])
    }
    return within == {True} or (unknown and not starts)


def differences(changes: Iterable[Change]) -> tuple[str, ...]:
    """Return what differs between equal words, besides the words: ``letter case``."""
    equal = [(each.quoted, each.source) for each in changes if each.op == "equal"]
    quoted, source = map("\n".join, zip(*equal, strict=True))
    if quoted == source:
        return ()
    quoted = re.sub(rf"\s*(?:{ELLIPSIS.pattern})\s*", " ", quoted)
    found = {
        name: (re.findall(pattern, quoted), re.findall(pattern, source))
        for name, pattern in _ASPECTS.items()
    }
    one, other = ("".join(letters).casefold() for letters in found["letter case"])
    if one != other:  # "60%" for "60 percent"
        del found["letter case"]
    return tuple(name for name, (here, there) in found.items() if here != there)
