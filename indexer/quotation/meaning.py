"""Find words that bear on the meaning: negations, numbers, names, quantities and modal verbs."""

import re
from collections.abc import Iterable
from typing import Literal

from ..search.analysis import CARDINALS, ORDINALS, STOP_WORDS, key
from ..search.index import Index
from ..search.query import Slot
from .paste import Words

Touched = Literal["negation", "number", "name", "quantity", "modal verb"]

_LOOKED_AT = 8  # occurrences of a word: if all have a capital, it is a name

NEGATION = re.compile(
    r"not?|none|nor|never|neither|nobody|nothing|nowhere|without|cannot|unless|hardly|\w+n't"
    r"|barely|seldom|rarely|except|excluding|rather|instead"
)
_DENYING = re.compile(r"^(?:un|in|im|il|ir|dis|de|non)(?=\w\w)|^non$")  # "unchanged", "non-aligned"
_TEENS = "eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_COUNTED = (["zero", *CARDINALS, *_TEENS.split()], ["zeroth", *ORDINALS, "eleventh", "twelfth"])
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_VALUES = {word: str(n) for words in _COUNTED for n, word in enumerate(words)}
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


def denies(words: Iterable[str]) -> bool:
    """Return whether one of some words is a negation."""
    return any(map(NEGATION.fullmatch, words))


def begins_sentence(text: str, start: int) -> bool:
    """Return whether a sentence begins at an offset of a text."""
    return bool(_BEGINNING.search(text[max(start - 3, 0) : start]))


def crucial_words(
    text: str, words: Words, beside: Words, index: Index, has_case: bool
) -> dict[Touched, list[str]]:
    """Return the words of a text that bear on the meaning, by kind, compared with those ``beside``.

    If the text ``has_case``, an unknown word with a capital is a name.
    """
    others = {word.text for word in beside}
    if not others or denies(others):
        others.add("")  # what is left of "non" without its denial
    denied = {word.text for word in words if _DENYING.sub("", word.text, 1) in others} - others
    capital = [word.text for word in words if text[word.start].isupper()]
    names = [_POSSESSIVE.sub("", word) for word in capital if _is_name(word, index, has_case)]
    has_modals = not others.isdisjoint(MODALS)  # if not, one is only added or left out
    return {
        "negation": ["not" for w in words if w.text in denied or NEGATION.fullmatch(w.text)],
        "number": _numbers(words, others),
        "name": list(map(key, names)),
        "quantity": [word.text for word in words if QUANTITY.fullmatch(word.text)],
        "modal verb": [MODALS[w.text] for w in words if has_modals and w.text in MODALS],
    }


def _numbers(words: Words, others: Iterable[str]) -> list[str]:
    """Return the numbers among words, in digits: "4 hundred" is 400."""
    counted = any(map(NUMBER.fullmatch, others))  # without a number beside it, "one" is a pronoun
    own = [word.compared for word in words if counted or word.text != "one"]
    numbers = filter(NUMBER.fullmatch, own)
    values = " ".join(_VALUES.get(number) or _ENDING.sub("", number) for number in numbers)
    return values.replace(" hundred", "00").replace(" thousand", "000").split()


def _is_name(word: str, index: Index, if_new: bool) -> bool:
    """Return whether a word always has a capital within sentences; ``if_new`` if it is new."""
    if word in STOP_WORDS or NUMBER.fullmatch(word):
        return False
    positions = index.text.positions(Slot("exact", word))[:_LOOKED_AT]
    if not len(positions):
        plain = _POSSESSIVE.sub("", word)
        return if_new if plain == word else _is_name(plain, index, if_new)
    layout = index.text.layout
    numbers = layout.paragraph_of[positions].tolist()
    texts = (index.paragraphs[number][1].text for number in numbers)
    places = zip(texts, layout.starts[positions].tolist(), strict=True)
    return {text[at].isupper() for text, at in places if not begins_sentence(text, at)} == {True}
