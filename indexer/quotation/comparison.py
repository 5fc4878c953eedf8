"""Compare a piece of a quotation with a paragraph: name what differs between aligned words."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal
from unicodedata import normalize

from ..search.analysis import STOP_WORDS, key, tokenize
from ..search.index import Index
from ..search.query import Slot
from .alignment import Pair, Words, same
from .mask import TAG
from .paste import ELLIPSIS, words_of

Op = Literal["equal", "insert", "delete", "replace"]
Touched = Literal["negation", "number", "name", "quantity", "modal verb"]
_Kind = Literal["equal", "changed", "editor"]

# Words that an editor's "[it]" may stand for ("the State Council Information Office" is five). Of
# more that are left out, a "not" changes the meaning only as the first or last. Not tuned.
FEW = 6
_NAME = 2  # words of a name for each of its initials: "Law of the Sea"
_LOOKED_AT = 8  # occurrences of a word: if all of them have a capital, it is a name

NEGATION = re.compile(
    r"not?|none|nor|never|neither|nobody|nothing|nowhere|without|cannot|unless|hardly|\w+n't"
    r"|barely|seldom|rarely|except|excluding|rather|instead"
)
_DENYING = re.compile(r"^(?:un|in|im|il|ir|dis|de|non)(?=\w\w)|^non$")  # "unchanged", "non-aligned"
_COUNTED = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen",
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth",
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_VALUES = {word: str(n) for words in _COUNTED for n, word in enumerate(words.split())}
_VALUES |= {word: str(10 * n) for n, word in enumerate(_TENS.split(), 2)}
_ENDING = re.compile(r"(?<=\d)(?:st|nd|rd|th)$")  # of "21st"
NUMBER = re.compile(
    r"\W?\d.*|(hundred|thousand|[mbt]r?illion)s?|half|quarter|once|twice|dozen|\w+teenth|"
    + "|".join(_VALUES)
)
QUANTITY = re.compile(r"all|every|some|most|many|few|several|almost|nearly|only|more|less|fewer")
# Modal verbs, each with the one it counts as: "might" for "may" changes nothing.
MODALS = {word: word for word in ("must", "shall", "should", "may", "can", "will")}
MODALS |= {"might": "may", "could": "can", "would": "will"}
_POSSESSIVE = re.compile(r"'?s$")  # of "China's", also if the apostrophe was lost
_BEGINNING = re.compile(r"(?:^|[.!?:]\W*)$")  # of a sentence, after the characters before it
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
    """A run of quoted words beside those of the paragraph; either is empty if it has none.

    ``editor`` marks words in brackets that change nothing, ``touches`` what changes the meaning.
    """

    op: Op
    quoted: str
    source: str
    editor: bool = False
    touches: tuple[Touched, ...] = ()


def word_changes(
    quoted: str, source: str, pairs: Sequence[Pair], index: Index
) -> tuple[WordChange, ...]:
    """Return the runs of equal and of changed words, of which some must be equal.

    ``quoted`` and ``source`` are the whole texts; ``index`` has the paragraph.
    """
    runs = list(_runs(pairs))
    here, there = (_texts(text, runs, side) for side, text in enumerate((quoted, source)))
    changes = [
        WordChange("equal", one, other)
        if kind == "equal"
        else _change(kind, (one, other), run, (quoted, source), index)
        for (kind, run), one, other in zip(runs, here, there, strict=True)
    ]
    words = [word for _, word in pairs if word]
    start, stop = words[0].start, words[-1].stop
    for at in (0, -1):
        kind, run = runs[at]
        edges = [edge for _, word in run if word for edge in (word.start, word.stop)]
        beside = [
            source[edge:] if at else source[:edge] for edge in edges or [stop if at else start]
        ]
        told = kind == "editor" and "negation" not in changes[at].touches
        if told and any(_is_at_end(changes[at].quoted, text, at, index) for text in beside):
            changes[at] = replace(changes[at], editor=True, touches=())
    cut = re.search(r"\bnon[-‐-―]\s?$", source[max(start - 6, 0) : start], re.IGNORECASE)
    hidden = [WordChange("delete", "", cut[0], touches=("negation",))] if cut else []
    return (*hidden, *changes)


def _is_at_end(bracket: str, text: str, at: int, index: Index) -> bool:
    """Return whether a text begins (ends, if ``at`` is 0) with what a bracket has, or stands for.

    So "[Xi] called for" may stand for "Xi Jinping called for", and initials for a name.
    """
    bare = bracket.strip("[] ")
    beginning = " ".join(text.split()[: _NAME * len(bare)])
    if at and len(bare) > 1 and "".join(re.findall(r"\b[A-Z]", beginning)).startswith(bare):
        return True
    words = tokenize(index.text.lexicon.acronyms.get(bare, bare)).words
    there = tokenize(text).words
    return words == (there[: len(words)] if at else there[-len(words) :])


def _begins(text: str, start: int) -> bool:
    """Return whether a sentence begins at a character of a text."""
    return bool(_BEGINNING.search(text[max(start - 3, 0) : start]))


def _runs(pairs: Iterable[Pair]) -> Iterator[tuple[_Kind, list[Pair]]]:
    """Yield pairs in runs of one kind; words left out beside a bracket are what it stands for."""
    for equal, group in groupby(pairs, same):
        run = list(group)
        if equal:
            yield "equal", run
            continue
        word = next((quoted for quoted, _ in run if quoted), None)
        by_editor = []
        for quoted, _ in run:
            word = quoted or word
            by_editor.append(bool(word and word.editor))
        for editor, part in groupby(zip(by_editor, run, strict=True), lambda each: each[0]):
            yield "editor" if editor else "changed", [pair for _, pair in part]


def _texts(text: str, runs: Sequence[tuple[_Kind, Sequence[Pair]]], side: int) -> Iterator[str]:
    """Yield the text of each run of words; marks beside words that differ go with equal ones."""
    starts = [word.start for _, run in runs for pair in run if (word := pair[side])]
    stop, done = starts[0], 0
    for kind, run in runs:
        words = [word for pair in run if (word := pair[side])]
        start, done = stop, done + len(words)
        if kind == "equal":
            stop = starts[done] if done < len(starts) else words[-1].stop
        elif words:
            start, stop = words[0].start, words[-1].stop
        yield text[start:stop].strip()


def _change(
    kind: _Kind, typed: tuple[str, str], run: Sequence[Pair], texts: tuple[str, str], index: Index
) -> WordChange:
    """Return the change of words that differ; ``typed`` are the two texts of these words.

    An editor may leave out what is telling, but add only the initials of a name, or their meaning.
    """
    (quoted, source), (pasted, text) = typed, texts
    here, there = ([word for pair in run if (word := pair[side])] for side in (0, 1))
    # A capital shows a name, but not in a title, nor where a sentence begins without a bracket.
    begins = kind != "editor" and there and _begins(text, there[0].start)
    tells = not begins and bool(re.search(r"\b[a-z]{4}", pasted))
    if kind == "editor":
        pasted = re.sub(r"[\[\]]", "", quoted)  # "[n]ot"
        here = words_of(pasted, ())
    telling = there if kind == "editor" else (*there[:1], *there[-1:])
    denied = [word for word in telling if NEGATION.fullmatch(word.text)]
    one = _telling(pasted, here, there, index, tells)
    other = _telling(text, there if len(there) <= FEW else denied, here, index, tells)
    touches = tuple(name for name in one if one[name] != other[name])
    op: Op = "insert" if not source else "delete" if not quoted else "replace"
    exchanged = any(other[each] and {*one[each]} - {*other[each]} for each in touches)
    says_else = "negation" in touches or exchanged
    by_editor = kind == "editor" and not says_else and _may_stand_for(quoted, source, here, there)
    meaning = index.text.lexicon.acronyms.get(source.strip("()"))
    if kind == "editor" and (_are_initials(pasted, source) or pasted == meaning):
        by_editor, touches = True, ()
    return WordChange(op, quoted, source, by_editor, touches)


def _are_initials(quoted: str, source: str) -> bool:
    """Return whether a bracket is the initials of a name: "AIIB", "the U.S."; not of a clause."""
    others = [word for word in re.findall(r"\b[a-z]\w*", source) if word not in STOP_WORDS]
    initials = "".join(re.findall(r"\b[A-Z]", source))
    return len(others) < 2 and len(initials) > 1 and re.sub(r"^the |\.", "", quoted) == initials


def _may_stand_for(quoted: str, source: str, here: Words, there: Words) -> bool:
    """Return whether an editor may put words for others: for few, or to shorten a sentence."""
    letters = re.sub(r"\[.*?\]", "", quoted)  # of the text, as in "alliance[s]"
    if letters.isalpha() and letters.casefold() not in source.casefold():
        return False
    within = {word.text for word in here} <= {word.text for word in there}
    return len(there) <= FEW or (within and not re.search(r"[.!?]\s", source))


def _telling(
    text: str, words: Words, beside: Words, index: Index, tells: bool
) -> dict[Touched, list[str]]:
    """Return those of some words, beside others, that bear on the meaning, by their kind."""
    others = {word.text for word in beside}
    if not others or any(map(NEGATION.fullmatch, others)):
        others.add("")  # what is left of "non" without the denial
    denied = {word.text for word in words if _DENYING.sub("", word.text, 1) in others} - others
    capital = [word.text for word in words if text[word.start].isupper()]
    names = (word for word in capital if word not in STOP_WORDS and not NUMBER.fullmatch(word))
    counted = any(map(NUMBER.fullmatch, others))  # without a number beside it, "one" is a pronoun
    own = [word.compared for word in words if counted or word.text != "one"]
    # "4 hundred" is 400.
    values = " ".join(_VALUES.get(n) or _ENDING.sub("", n) for n in own if NUMBER.fullmatch(n))
    modals = [] if others.isdisjoint(MODALS) else [w.text for w in words if w.text in MODALS]
    return {
        "negation": ["not" for w in words if w.text in denied or NEGATION.fullmatch(w.text)],
        "number": values.replace(" hundred", "00").replace(" thousand", "000").split(),
        "name": [key(_POSSESSIVE.sub("", word)) for word in names if _is_name(word, index, tells)],
        "quantity": [word.text for word in words if QUANTITY.fullmatch(word.text)],
        "modal verb": [MODALS[word] for word in modals],
    }


def _is_name(word: str, index: Index, unknown: bool) -> bool:
    """Return whether a word has a capital within sentences; if it never occurs, ``unknown``."""
    layout = index.text.layout
    positions = index.text.positions(Slot("exact", word))[:_LOOKED_AT]
    if not len(positions) and (plain := _POSSESSIVE.sub("", word)) != word:
        return _is_name(plain, index, unknown)
    numbers = layout.paragraph_of(positions).tolist()
    texts = (index.paragraphs[number][1].text for number in numbers)
    places = zip(texts, layout.starts[positions].tolist(), strict=True)
    within = {text[start].isupper() for text, start in places if not _begins(text, start)}
    return within == {True} or (unknown and not len(positions))


def differences(changes: Iterable[WordChange]) -> tuple[str, ...]:
    """Return what differs between equal words, such as ``letter case``."""
    equal = [(each.quoted, each.source) for each in changes if each.op == "equal"]
    quoted, source = map("\n".join, zip(*equal, strict=True))
    if quoted == source:
        return ()
    quoted = re.sub(rf"\s*(?:{ELLIPSIS.pattern})\s*", " ", TAG.sub("", quoted))
    # An editor's remark, the number of a note, the address of a link.
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
