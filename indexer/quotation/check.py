"""Check quotations: whether the text has them word for word, and if not, what differs."""

import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import chain, groupby, pairwise

from rapidfuzz.distance import Indel

from ..errors import QueryError
from ..model import Document
from ..search.analysis import is_common, tokenize
from ..search.index import Index, index_in_memory
from ..search.limits import refuse
from ..search.spans import Span
from .alignment import Pair, align, place_in_a_row, same
from .attribution import Named, attributions
from .comparison import NEGATION, differences, word_changes
from .joints import absent, going_on, joined, own_words, side_by_side, together, with_unchecked
from .mask import SAYS
from .parts import WORST, Location, Part, verdict
from .passages import stretches
from .paste import ELLIPSIS, Quotation, Word, read, source_words

# The share of its words, by number and by rarity, by which a quotation is recognised as a passage,
# and that from which on a passage is near enough to be offered. By number alone, 8 of 25 sentences
# that were made up of the paper's own phrases were recognised, and with 0.33 as many.
RECOGNISED, NEAR = 0.40, 0.25
ALIKE = 0.75  # of their letters: "Afganistan", "promoted"; with it no more of the 25 are recognised
MAX_CHARACTERS = 20_000  # six printed pages
MAX_QUOTATIONS = 100  # at a time: more than an article has, and the worst take half a second
MIN_RECOGNISED = 3  # words, one of them not common: two are found side by side in any text
MIN_INSIDE = 4  # words within one's own: "held in May" is in many texts
BESIDE = 0.5  # the share of one's words beside the marks that are the text's, in a quotation of it
GOING_ON = 6  # words beside the marks as in the text, or all of fewer: that is no chance
_MAX_AROUND = 12  # characters by which a heading is longer with its number, or shorter
_MAX_BETWEEN = 3  # characters between two words of which nothing was masked: a mark and spaces
_Checked = tuple[Quotation, list[Part]]
_MARK = re.compile(r"[^\w\s]")
# Between two pieces of one sentence: ," the paper says, "
_SAYS = re.compile(rf",?[\"”’'»],?\s[^.!?:;\n]{{0,60}}\b(?i:{SAYS})\b[^.!?:;\n]{{0,60}},\s[\"“‘'«]")
_CUT = re.compile(rf"(?:{ELLIPSIS.pattern})\W*\Z")  # after the letters left of the last word


def check(text: str, index: Index, former: Callable[[], Index] | None = None) -> tuple[Part, ...]:
    """Return the parts of the quotations in a text, in its order; none where it has no words.

    ``former`` returns the ``former_index``; it is called only where something is not verbatim.
    Raise QueryError for more than MAX_CHARACTERS or MAX_QUOTATIONS.
    """
    refuse(len(text), MAX_CHARACTERS, "characters", "quotation")
    cited = list(attributions(text, index.documents))
    quotations = read(text, cited, index.text.lexicon.counts)
    if len(quotations) > MAX_QUOTATIONS:
        raise QueryError(
            f"There are {len(quotations):,} quotations; the limit is {MAX_QUOTATIONS}. "
            "Check them in smaller portions."
        )
    checked = [(each, _check(text, each, index)) for each in quotations]
    found = [part for each, parts in _quoted(checked) for part in parts]
    parts = going_on(text, side_by_side(found))
    if former and verdict(parts) != "verbatim":
        older = former()
        parts = [better for part in parts for better in _in_former(part, older)]
    return tuple(with_unchecked(text, parts, [span for span, _ in cited]))


def _quoted(checked: list[_Checked]) -> list[_Checked]:
    """Return quotations without the paragraphs of the writer, if all others are in quotation marks.

    That is so if what is in marks is found, and nothing else is at all like the text.
    """
    marked = [each for each in checked if any(word.marked for word in each[0].words)]
    own = [part for each in checked if each not in marked for part in each[1]]
    begun = [part for quotation, parts in marked if quotation.words[0].marked for part in parts]
    known = any(part.place and len(part.text.split()) >= GOING_ON for part in begun)
    foreign = all(part.verdict == "absent" and not (part.nearest or part.heading) for part in own)
    return marked if known and foreign else checked


def _check(text: str, quotation: Quotation, index: Index) -> list[Part]:
    """Return the parts of a quotation; where it is not verbatim, without the writer's own words."""
    parts = _parts(text, quotation, index)
    if verdict(parts) == "verbatim":
        return parts
    quoted = _without_the_writers(text, quotation, parts, index)
    if 0 < sum(map(len, quoted)) < len(quotation.words):
        longest = _parts(text, quotation._replace(words=max(quoted, key=len)), index)[0].place
        near = quotation.named or (Named("", longest.paragraph.id) if longest else None)
        each = (_parts(text, Quotation(words, near), index) for words in quoted)
        inner = [replace(part, named=quotation.named) for found in each for part in found]
        inner = [_with_heading(part, index) for part in inner]
        placed = any(part.place for part in parts)
        if any(part.heading or _is_quotation(part, placed) for part in inner):
            return inner
    return [_with_heading(part, index) for part in parts]


def _is_quotation(part: Part, placed: bool) -> bool:
    """Return whether words within other ones are a quotation by themselves.

    Unless all words around have been ``placed``, altered ones count if enough of them, and most,
    are equal.
    """
    if part.verdict == "verbatim" or not part.place:
        return part.verdict == "verbatim"
    equal = sum(len(each.quoted.split()) for each in part.changes if each.op == "equal")
    there = sum(len(each.source.split()) for each in part.changes)
    return placed or (equal >= MIN_INSIDE and 2 * equal > max(there, len(part.text.split())))


def _without_the_writers(
    text: str, quotation: Quotation, parts: Sequence[Part], index: Index
) -> list[list[Word]]:
    """Return the words of a quotation, apart where the writer put some between quotation marks.

    None are returned if the writer's are more, and only single words are in the marks, or the text
    has most of the writer's and the marks, too. ``parts`` are those of all words.
    """
    own = sum(not word.marked for word in quotation.words)
    marked = len(quotation.words) - own
    runs = [list(run) for _, run in groupby(quotation.words, lambda word: word.marked)]
    single = all(len(run) == 1 for run in runs if run[0].marked)
    if not own or not marked or (own > marked and single):
        return []
    inside = (r"\W+".join(re.escape(word.text) for word in run) for run in runs if run[0].marked)
    there = "\n".join(part.place.paragraph.text for part in parts if part.place)
    in_marks = any(re.search(rf"[\"'“‘]{words}", there, re.IGNORECASE) for words in inside)
    found = [_parts(text, quotation._replace(words=run), index) for run in runs]
    beside = [pair for pair in zip(runs, found, strict=True) if not pair[0][0].marked]
    known = sum(len(run) for run, each in beside if any(part.place for part in each))
    if in_marks and own > marked and known > BESIDE * own:
        return []
    quoted: list[list[Word]] = [[]]
    for number, run in enumerate(runs):
        before = found[number - 1][-1] if number else None
        behind = found[number + 1][0] if number + 1 < len(runs) else None
        bare = behind is not None and text[behind.at[0] - 1].isspace()
        if run[0].marked or _is_of_the_text(run, before, behind, bare):
            quoted[-1] += run
        elif before and behind and _is_interrupted(text, before, behind):
            runs[number + 1][0] = runs[number + 1][0]._replace(before="ellipsis")
        else:
            quoted.append([])
    return [words for words in quoted if words]


def _is_interrupted(text: str, before: Part, behind: Part) -> bool:
    """Return whether "it says" is within a sentence of which words may be left out there."""
    if not _SAYS.fullmatch(text[before.at[1] : behind.at[0]]):
        return False
    omitted = before.place and before.place.paragraph.text[before.stop : behind.start]
    return before.place != behind.place or bool(omitted and tokenize(omitted).words)


def _is_of_the_text(run: list[Word], before: Part | None, behind: Part | None, bare: bool) -> bool:
    """Return whether the text has the words beside quotation marks there, too.

    It does if they continue as in the text, or differ only by a negation left out, put in or
    exchanged. Between two quotations, a few words such as "and" may be there by chance. Without
    marks, as in "There are two aims: peace", fewer are enough, or most of them.
    """
    words = tuple(word.text for word in run)
    after, ahead = before.around[1] if before else "", behind.around[0] if behind else ""
    if before and behind and before.place == behind.place and before.stop <= behind.start:
        after = ahead = ahead[before.stop :]
    most = MIN_RECOGNISED if bare else GOING_ON
    enough = most if before and behind else min(len(words), most)
    sides = (words, tokenize(after).words), (words[::-1], tokenize(ahead).words[::-1])
    for own, there in sides:
        equal = [one == other for one, other in zip(own, there, strict=False)]
        alike = [*equal, False].index(False)  # words, before the first that differs
        one, other = own[alike : alike + 2], there[alike : alike + 2]
        left_out = any(map(NEGATION.fullmatch, other[:1])) and (alike or one[:1] == other[1:])
        put_in = any(map(NEGATION.fullmatch, one[:1])) and one[1:] == other[:1]
        put_in = put_in and bool(other or (before and behind and not after.strip()))
        if alike >= enough or left_out or put_in or (bare and sum(equal) > BESIDE * len(words)):
            return True
    return False


def _with_heading(part: Part, index: Index) -> Part:
    """Return a part that is not verbatim as absent if it is a title, or a heading."""
    if part.verdict == "verbatim":
        return part
    names = [(each.title, "the title of the text") for each in index.documents]
    sections = [section for document in index.documents for section in document.sections]
    names += [(each.heading, f"the heading of {each.path}") for each in sections]
    listed = (entry for document in index.documents for entry in document.contents)
    names += [(entry, "in the table of contents") for entry in listed]
    for name, of in names:
        if abs(len(name) - len(part.text)) <= _MAX_AROUND:
            words, heading = tokenize(part.text).words, tokenize(name).words
            if words and words in (heading, heading[1:]):
                return Part(part.text, "absent", part.at, named=part.named, heading=of)
    return part


def former_index(current: Iterable[Document], read: Callable[[str, int], Document]) -> Index:
    """Return an index of the paragraphs that only older editions have, each as the last has it.

    ``read`` reads an edition of a document by its number.
    """
    former = []
    for document in current:
        known = {paragraph.text for paragraph in document.paragraphs}
        for number in range(document.edition - 1, 0, -1):
            older = read(document.id, number)
            only = {each.text: each for each in older.paragraphs if each.text not in known}
            known |= only.keys()
            former.append(replace(older, paragraphs=tuple(only.values())))
    return index_in_memory(tuple(former))


def _in_former(part: Part, older: Index) -> tuple[Part, ...]:
    """Return a part as older editions have it, where that is nearer than the current ones."""
    if part.verdict == "verbatim" or not older.paragraphs:
        return (part,)
    found = check(part.text, older)
    if WORST.index(verdict(found)) >= WORST.index(part.verdict):
        return (part,)
    return tuple(
        replace(
            each,
            at=(part.at[0] + each.at[0], part.at[0] + each.at[1]),
            named=part.named,
            place=each.place and replace(each.place, edition=each.place.document.edition),
        )
        for each in found
    )


def _parts(text: str, quotation: Quotation, index: Index) -> list[Part]:
    """Return the parts of all words of a quotation."""
    pieces: list[Part] = []
    for words, paragraphs, found in stretches(quotation, index):
        if not paragraphs:
            pieces.append(absent(text, words[0].start, words[-1].stop))
            continue
        places = [Location(*index.paragraphs[number]) for number in paragraphs]
        every = [(place, _aligned(text, words, place.paragraph.text)) for place in places]
        place, aligned = min(every, key=lambda each: _distance(chain(*each[1])))
        found = found and sum(map(same, chain(*aligned))) >= MIN_RECOGNISED
        pieces += [_part(text, pairs, place, found, index) for pairs in aligned]
    parts = [replace(part, named=quotation.named) for part in together(text, pieces)]
    return [*parts[:1], *(joined(text, one, other, index) for one, other in pairwise(parts))]


def _aligned(text: str, quoted: Sequence[Word], paragraph: str) -> list[list[Pair]]:
    """Return words aligned with those of a paragraph; ``text`` is that of the quotations.

    They are apart at each ellipsis, and at each line if they are not in a row. A piece is looked
    for after the one before, and elsewhere only where it is not there.
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
        if stop and _altered(pairs):
            pairs = min(pairs, align(words, source, paragraph), key=_altered)
        if pieces and behind[:1] == [pairs[0][1]] and same(pairs[0]) and same(pieces[-1][-1]):
            pieces[-1] += pairs
        else:
            pieces.append(pairs)
        stop = max((word.stop for _, word in pairs if word), default=stop)
    return [_uncut(text, pairs) for pairs in pieces]


def _distance(pairs: Iterable[Pair]) -> int:
    """Return how far aligned words are from a paragraph: a word left out is as a third of one."""
    return sum(3 if quoted else 1 for quoted, beside in pairs if not same((quoted, beside)))


def _altered(pairs: Iterable[Pair]) -> int:
    return sum(not same(pair) for pair in pairs)


def _uncut(text: str, pairs: list[Pair]) -> list[Pair]:
    """Return aligned words, the last of which may be cut: "in the Asia-Pac…"."""
    last, beside = pairs[-1]
    if last and beside and beside.text.startswith(last.text) and _CUT.match(text, last.stop):
        return [*pairs[:-1], (last._replace(compared=beside.compared), beside)]
    return pairs


def _part(text: str, pairs: Sequence[Pair], place: Location, found: bool, index: Index) -> Part:
    """Return the part of aligned words; ``found`` is false where they are not from this place."""
    source = place.paragraph.text
    words = [word for word, _ in pairs if word]
    equal = [quoted for quoted, beside in pairs if quoted and same((quoted, beside))]
    changes = word_changes(text, source, pairs, index) if equal else ()
    altered = any(change.op != "equal" and not change.editor for change in changes)
    share = _share(pairs, index) if altered else 1.0
    telling = not all(is_common(word.text) for word in equal)
    recognised = found and telling and share >= RECOGNISED
    if not equal or (altered and not recognised):
        near = place if share >= NEAR and telling else None
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
        unchecked=tuple(filter(None, map(own_words, masked))),
    )


def _share(pairs: Sequence[Pair], index: Index) -> float:
    """Return the share of the quoted words that a paragraph has, by number or by rarity: the less.

    Those of an editor do not count; misspelt ones, and those with another ending, do.
    """
    counts, size = index.text.lexicon.counts, len(index.paragraphs)
    words = [quoted for quoted, _ in pairs if quoted and not quoted.editor]
    found = [quoted for quoted, beside in pairs if quoted and beside and _alike(quoted, beside)]
    rarity, of = (
        sum(math.log(1 + size / counts.get(word.text, 1)) for word in some)
        for some in (found, words)
    )
    return min(len(found) / len(words), rarity / of) if words else 0.0


def _alike(word: Word, other: Word) -> bool:
    return Indel.normalized_similarity(word.compared, other.compared) >= ALIKE


def _with_marks(
    text: str, words: Sequence[Word], other: str, others: Sequence[Word]
) -> tuple[Span, Span]:
    """Return where the words are in either text, with the marks at the ends that both have."""
    start, stop, low, high = words[0].start, words[-1].stop, others[0].start, others[-1].stop
    while _MARK.match(text[start - 1 : start]) and text[start - 1] == other[low - 1 : low]:
        start, low = start - 1, low - 1
    while _MARK.match(text, stop) and text[stop] == other[high : high + 1]:
        stop, high = stop + 1, high + 1
    return (start, stop), (low, high)
