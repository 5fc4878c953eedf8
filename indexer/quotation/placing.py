"""Locate the words of a quotation in the text."""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain, pairwise

from rapidfuzz.fuzz import ratio

from ..search.analysis import is_common
from ..search.index import Index
from ..search.spans import Span
from .alignment import Pair, align, place_in_a_row, same
from .comparison import differences, word_changes
from .joints import absent, joined, merged, words_between
from .meaning import denies
from .parts import Location, Part
from .passages import stretches
from .paste import ELLIPSIS, Quotation, Word, Words, source_words

# The least share of equal words to recognise a passage, and to offer one as the nearest. With 0.33,
# 8 of 25 sentences made up of the paper's own phrases were recognised.
RECOGNISED, NEAR = 0.40, 0.25
ALIKE = 75  # percent of letters: "Afganistan", "promoted"; recognises no more of the 25
MIN_RECOGNISED = 3  # words, one of them not common: two are found side by side in any text
MIN_UNNAMED = 0.25  # the share of words outside names; with fewer, a name itself is quoted
_MAX_BETWEEN = 3  # characters between two words, a mark and spaces; if more, some are masked
_MARK = re.compile(r"[^\w\s]")
# After “Asia-Pac”, at the end of a quotation or of the paste.
_CUT = re.compile(rf"(?<=[^\W\d])(?:{ELLIPSIS.pattern})(?:[\"'”’»]|\W*(?:http|[Ss]ee more|\Z))")
# A name in the text, such as "Declaration on the Conduct of Parties in the South China Sea (DOC)".
_NAME = re.compile(
    r"[A-Z][\w'-]*(?:[^\w.!?:;]{1,2}(?:(?:and|at|for|in|of|on|the)\s){0,3}[A-Z][\w'-]*)+"
)


def parts_of(text: str, quotation: Quotation, index: Index) -> list[Part]:
    """Return the parts of a quotation."""
    pieces: list[Part] = []
    for words, paragraphs, is_there in stretches(quotation, index):
        if not paragraphs:
            pieces.append(absent(text, words[0].start, words[-1].stop))
            continue
        places = [Location(*index.paragraphs[number]) for number in paragraphs]
        every = [(place, _aligned(words, place.paragraph.text)) for place in places]
        place, aligned = min(every, key=lambda each: _distance(chain(*each[1])))
        is_there &= sum(map(same, chain(*aligned))) >= MIN_RECOGNISED
        pieces += [_part(text, pairs, place, is_there, index) for pairs in aligned]
    parts = [replace(part, named=quotation.named) for part in merged(text, pieces)]
    return [*parts[:1], *(joined(text, one, other, index) for one, other in pairwise(parts))]


def _aligned(quoted: Words, paragraph: str) -> list[list[Pair]]:
    """Return words in pieces, each aligned with the words of a paragraph.

    Pieces end at an ellipsis, and at a line end unless all words are in a row. A piece is sought
    after the one before, and elsewhere only if it differs there.
    """
    source = source_words(paragraph, {word.text for word in quoted})
    cuts = [n for n, word in enumerate(quoted) if n and word.before in {"ellipsis", "line"}]
    if cuts and place_in_a_row(quoted, source) is not None:
        cuts = [n for n in cuts if quoted[n].before == "ellipsis"]
    pieces, stop = list[list[Pair]](), 0
    for first, last in pairwise([0, *cuts, len(quoted)]):
        words = quoted[first:last]
        behind = [word for word in source if word.start >= stop]
        pairs = align(words, behind, paragraph)
        if stop and _distance(pairs):
            pairs = min(pairs, align(words, source, paragraph), key=_distance)
        if pieces and behind[:1] == [pairs[0][1]] and same(pairs[0]) and same(pieces[-1][-1]):
            pieces[-1] += pairs
        else:
            pieces.append(pairs)
        stop = max((word.stop for _, word in pairs if word), default=stop)
    return pieces


def _distance(pairs: Iterable[Pair]) -> int:
    """Return the distance of aligned words: 1 for a word left out, 3 for any other that differs."""
    return sum(3 if quoted else 1 for quoted, beside in pairs if not same((quoted, beside)))


def _part(text: str, pairs: Sequence[Pair], place: Location, is_there: bool, index: Index) -> Part:
    """Return the part of aligned words: absent if too few are equal, or they are from elsewhere."""
    source, pairs = place.paragraph.text, _whole(text, pairs)
    words = [word for word, _ in pairs if word]
    equal = [quoted for quoted, beside in pairs if quoted and same((quoted, beside))]
    changes = word_changes(text, source, pairs, index) if equal else ()
    altered = any(change.op != "equal" and not change.editor for change in changes)
    share = _share(pairs, source, index) if altered else 1.0
    is_distinctive = not all(is_common(word.text) for word in equal)
    is_recognised = is_distinctive and is_there and share >= RECOGNISED
    if not equal or (altered and not is_recognised):
        near = place if is_distinctive and share >= NEAR else None
        return absent(text, words[0].start, words[-1].stop, near)
    gaps = ((one.stop, other.start) for one, other in pairwise(words))
    masked = (text[first:last] for first, last in gaps if last - first > _MAX_BETWEEN)
    here, (start, stop) = _with_marks(text, words, source, [word for _, word in pairs if word])
    return Part(
        text=text[slice(*here)],
        verdict="altered" if altered else "verbatim",
        at=here,
        joint=words[0].before,
        place=place,
        start=start,
        stop=stop,
        changes=changes,
        differences=() if altered else differences(changes),
        unchecked=tuple(filter(None, map(words_between, masked))),
    )


def _whole(text: str, pairs: Sequence[Pair]) -> Sequence[Pair]:
    """Return aligned words; complete the last if an ellipsis cuts it: "Asia-Pac…", not "can…"."""
    last, beside = pairs[-1]
    if not (last and beside and _CUT.match(text, last.stop)):
        return pairs
    is_cut = beside.text.startswith(last.text) and denies([last.text]) == denies([beside.text])
    return [*pairs[:-1], (last._replace(compared=beside.compared), beside)] if is_cut else pairs


def _share(pairs: Sequence[Pair], source: str, index: Index) -> float:
    """Return the share of the quoted words, except an editor's, that a paragraph has.

    It is the least of three: by number, by rarity, and by number outside names, which anybody may
    use. If hardly any are outside ("Six Principles of Peaceful Coexistence"), all count.
    """
    counts, size = index.text.lexicon.counts, len(index.paragraphs)
    words = {quoted for quoted, _ in pairs if quoted and not quoted.editor}
    if not words:
        return 0.0
    known = _known(pairs, source) & words
    rarity = {word: math.log(1 + size / counts.get(word.text, 1)) for word in words}
    known_rarity = sum(rarity[word] for word in known)
    unnamed = words - _named(pairs, source)
    counted = unnamed if len(unnamed) > MIN_UNNAMED * len(words) else words
    by_number = len(known) / len(words), len(known & counted) / len(counted)
    return min(*by_number, known_rarity / sum(rarity.values()))


def _named(pairs: Sequence[Pair], source: str) -> set[Word]:
    """Return the quoted words that are part of a name in a paragraph."""
    names = {at for name in _NAME.finditer(source) for at in range(*name.span())}
    return {one for one, own in pairs if one and own and same((one, own)) and own.start in names}


def _known(pairs: Sequence[Pair], source: str) -> set[Word]:
    """Return the quoted words that a paragraph has, even if misspelt, inflected or elsewhere."""
    words = [word for word, _ in pairs if word]
    there = " ".join(word.text for word in source_words(source, {word.text for word in words}))
    starts = [n for n, word in enumerate(words) if n and word.before == "sentence"]
    beside = ((word, own) for word, own in pairs if word and own)
    found = {word for word, own in beside if ratio(word.compared, own.compared) >= ALIKE}
    for first, last in pairwise([0, *starts, len(words)]):
        if f" {' '.join(word.text for word in words[first:last])} " in f" {there} ":
            found.update(words[first:last])
    return found


def _with_marks(text: str, words: Words, other: str, others: Words) -> tuple[Span, Span]:
    """Return the spans of the words in both texts, with the marks at their ends that both have."""
    start, stop = words[0].start, words[-1].stop
    begin, end = others[0].start, others[-1].stop
    while _MARK.match(text[start - 1 : start]) and text[start - 1] == other[begin - 1 : begin]:
        start, begin = start - 1, begin - 1
    while _MARK.match(text, stop) and text[stop] == other[end : end + 1]:
        stop, end = stop + 1, end + 1
    return (start, stop), (begin, end)
