"""Compare a piece of a quotation with a paragraph: name what differs between aligned words."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal, NamedTuple
from unicodedata import normalize

from ..search.analysis import STOP_WORDS, tokenize
from ..search.index import Index
from .alignment import Pair, same
from .mask import TAG
from .meaning import Touched, begins_sentence, crucial_words, denies
from .paste import ELLIPSIS, Words, words_of

Op = Literal["equal", "insert", "delete", "replace"]
_Kind = Literal["equal", "changed", "editor"]

# The most words that an editor's "[it]" may replace ("the State Council Information Office" is
# five). If more are left out, only a "not" at either end changes the meaning. Not tuned.
FEW = 6
_CUT_DENIAL = re.compile(r"\bnon[-‐-―]\s?$", re.IGNORECASE)  # cut from "non-aligned"
_LIGATURE = re.compile("[ﬀ-ﬆ]")  # as PDFs have for "fi"
_ASPECTS = {
    "letter case": r"[^\W\d_]",
    "quotation marks": r"[\"'“”‘’«»„‟‛ʼ`]",
    "dashes": r"[-‐‑‒–—―−]",
    "spaces": r"\s+",
    "invisible characters": "[\u00ad\u200b-\u200d\u2060\ufeff]",
    "punctuation": r"[.,;:!?()/%&]",
}


@dataclass(frozen=True)
class WordChange:
    """A run of quoted words and its counterpart in the paragraph; either may be empty.

    ``editor`` marks brackets that change nothing; ``touches`` names what bears on the meaning.
    """

    op: Op
    quoted: str
    source: str
    editor: bool = False
    touches: tuple[Touched, ...] = ()


class _Side(NamedTuple):
    """The words of a run on one side, and their span in the whole text."""

    words: Words
    text: str
    start: int
    stop: int

    @property
    def shown(self) -> str:
        """The text of the words."""
        return self.text[self.start : self.stop].strip()


def word_changes(
    quoted: str, source: str, pairs: Sequence[Pair], index: Index
) -> tuple[WordChange, ...]:
    """Return the runs of equal and of changed words; at least one pair must be equal.

    ``quoted`` and ``source`` are the whole texts.
    """
    runs = list(_runs(pairs))
    here, there = (list(_sides(text, runs, n)) for n, text in enumerate((quoted, source)))
    changes = [
        _change(kind, one, other, index)
        for (kind, _), one, other in zip(runs, here, there, strict=True)
    ]
    for end in (0, -1):
        may_stand = runs[end][0] == "editor" and "negation" not in changes[end].touches
        near = source[: there[end].stop], source[there[end].start :]
        if may_stand and _is_beside(changes[end].quoted, *near, index):
            changes[end] = replace(changes[end], editor=True, touches=())
    cut = _CUT_DENIAL.search(source[: there[0].start])
    hidden = [WordChange("delete", "", cut[0], touches=("negation",))] if cut else []
    return (*hidden, *changes)


def _runs(pairs: Iterable[Pair]) -> Iterator[tuple[_Kind, list[Pair]]]:
    """Yield pairs in runs of one kind; words left out beside a bracket go with it."""
    for equal, group in groupby(pairs, same):
        run = list(group)
        if equal:
            yield "equal", run
            continue
        beside = next((quoted for quoted, _ in run if quoted), None)
        kinds: list[_Kind] = []
        for quoted, _ in run:
            beside = quoted or beside  # a word that is left out goes with the one before
            kinds.append("editor" if beside and beside.editor else "changed")
        for kind, part in groupby(zip(kinds, run, strict=True), lambda each: each[0]):
            yield kind, [pair for _, pair in part]


def _sides(text: str, runs: Sequence[tuple[_Kind, Sequence[Pair]]], side: int) -> Iterator[_Side]:
    """Yield one side of each run; punctuation between runs goes with equal words."""
    words = [[word for pair in run if (word := pair[side])] for _, run in runs]
    starts = [word.start for run in words for word in run]
    stop, passed = starts[0], 0  # how many words
    for (kind, _), own in zip(runs, words, strict=True):
        start, passed = stop, passed + len(own)
        if kind == "equal":  # up to the next word of any run
            stop = starts[passed] if passed < len(starts) else own[-1].stop
        elif own:
            start, stop = own[0].start, own[-1].stop
        yield _Side(own, text, start, stop)


def _change(kind: _Kind, here: _Side, there: _Side, index: Index) -> WordChange:
    """Return the change that a run makes.

    An editor may not touch a negation, nor exchange a name or the like, except for its initials.
    """
    quoted, source = here.shown, there.shown
    if kind == "equal":
        return WordChange("equal", quoted, source)
    op: Op = "insert" if not source else "delete" if not quoted else "replace"
    has_case = bool(re.search(r"\b[a-z]{4}", here.text))  # not in Title Case
    if kind == "changed":
        begins = bool(there.words) and begins_sentence(there.text, there.start)
        ends = (*there.words[:1], *there.words[-1:])
        touches, _ = _touched(here, there, ends, index, has_case and not begins)
        return WordChange(op, quoted, source, touches=touches)
    bare = re.sub(r"[\[\]]", "", quoted)  # "[n]ot"
    written_out = index.text.lexicon.acronyms.get(source.strip("()"))
    is_name = bare == written_out or _are_initials(bare, source)
    here = _Side(words_of(bare, ()), bare, 0, len(bare))
    touches, contradicts = _touched(here, there, there.words, index, has_case)
    by_editor = is_name or (not contradicts and _may_stand_for(quoted, here, there))
    return WordChange(op, quoted, source, by_editor, () if by_editor else touches)


def _touched(
    here: _Side, there: _Side, near: Words, index: Index, has_case: bool
) -> tuple[tuple[Touched, ...], bool]:
    """Return what a change touches, and whether it denies, or replaces a name, number or the like.

    If many words are left out, only a negation among those ``near`` counts.
    """
    denials = [word for word in near if denies([word.text])]
    counted = there.words if len(there.words) <= FEW else denials
    one = crucial_words(here.text, here.words, there.words, index, has_case)
    other = crucial_words(there.text, counted, here.words, index, has_case)
    touches = tuple(kind for kind in one if one[kind] != other[kind])
    exchanged = any(other[kind] and {*one[kind]} - {*other[kind]} for kind in touches)
    return touches, "negation" in touches or exchanged


def _is_beside(bracket: str, before: str, behind: str, index: Index) -> bool:
    """Return whether the text right before or after a bracket has what the bracket stands for.

    Thus "[Xi] called for" may stand for "Xi Jinping called for", and initials for a name.
    """
    bare = bracket.strip("[] ")
    wanted = tokenize(index.text.lexicon.acronyms.get(bare, bare)).words
    near = (*tokenize(before).words[-FEW:], *tokenize(behind).words[:FEW])
    initials = _initials(" ".join(behind.split()[:FEW]))
    return {*wanted} <= {*near} or (len(bare) > 1 and initials.startswith(bare))


def _are_initials(quoted: str, source: str) -> bool:
    """Return whether a bracket is the initials of a name: "AIIB", "the U.S."; not of a clause."""
    others = [word for word in re.findall(r"\b[a-z]\w*", source) if word not in STOP_WORDS]
    initials = _initials(source)
    return len(others) < 2 and len(initials) > 1 and re.sub(r"^the |\.", "", quoted) == initials


def _initials(text: str) -> str:
    return "".join(re.findall(r"\b[A-Z]", text))


def _may_stand_for(quoted: str, here: _Side, there: _Side) -> bool:
    """Return whether an editor may replace these words: only few, or to shorten a sentence."""
    source = there.shown
    letters = re.sub(r"\[.*?\]", "", quoted)  # outside the brackets of "alliance[s]"
    if letters.isalpha() and letters.casefold() not in source.casefold():
        return False
    within = {word.text for word in here.words} <= {word.text for word in there.words}
    return len(there.words) <= FEW or (within and not re.search(r"[.!?]\s", source))


def differences(changes: Iterable[WordChange]) -> tuple[str, ...]:
    """Return what differs between equal words, such as ``letter case``."""
    equal = [(each.quoted, each.source) for each in changes if each.op == "equal"]
    quoted, source = map("\n".join, zip(*equal, strict=True))
    if quoted == source:
        return ()
    quoted = re.sub(rf"\s*(?:{ELLIPSIS.pattern})\s*", " ", TAG.sub("", quoted))
    # Drop an editor's remark, the number of a note, the address of a link.
    quoted = re.sub(r"\s\[[^\[\]]*\](?![\w(])|(?:\s?\[\d{1,3}\]|\])\([^()\s]*\)", "", quoted)
    quoted = _LIGATURE.sub(lambda found: normalize("NFKC", found[0]), quoted)
    found = {
        name: (re.findall(pattern, quoted), re.findall(pattern, source))
        for name, pattern in _ASPECTS.items()
    }
    one, other = ("".join(letters).casefold() for letters in found["letter case"])
    if one != other:  # "60%" for "60 percent"
        del found["letter case"]
    return tuple(name for name, (here, there) in found.items() if here != there)
