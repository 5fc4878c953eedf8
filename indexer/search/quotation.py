"""Check quotations: whether the text has them word for word, and if not, what differs."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise, zip_longest

from ..model import Document
from .align import Step, align, joined
from .analysis import fold, one_kind, tokenize
from .attribution import Named
from .checked import WORST, Part, Place, verdict
from .comparison import NEGATION, Change, Comparison, Text, Usage, compare, differences
from .index import Index
from .passages import Stretch, stretches
from .quoted import Word, compared, is_hyphen, read
from .spans import Span

# The share of its words, counted for what they tell, by which a quotation is recognised as a
# passage, and that from which on a passage is near enough to be offered. Of 1,800 drawn quotations
# with one to three words changed, put in or left out the lowest share was .43, and of 450 foreign
# ones 99 % were below .35.
RECOGNISED, NEAR = 0.42, 0.25
LEAST_RECOGNISED = 3  # words: two are found side by side in any text
# An ellipsis that leaves out no more than a "not" and what goes with it alters the quotation.
_SHORT_OMISSION = 3


def check(text: str, index: Index, former: Callable[[], Index] | None = None) -> tuple[Part, ...]:
    """Return the parts of the quotations in a text, in its order; none where it has no words.

    ``former`` returns an index of ``former_only`` documents. It is called only where something is
    not verbatim in ``index``.
    """
    parts = tuple(_check(text, index))
    if former is None or verdict(parts) == "verbatim":
        return parts
    older = former()
    return tuple(better for part in parts for better in _in_former(part, older))


def former_only(current: Iterable[Document], older: Iterable[Document]) -> tuple[Document, ...]:
    """Return older editions, each with only those paragraphs that no later edition has.

    ``older`` are the newest first; editions that have no such paragraph are left out.
    """
    known = {(each.id, paragraph.text) for each in current for paragraph in each.paragraphs}
    found = []
    for document in older:
        here = {(document.id, paragraph.text): paragraph for paragraph in document.paragraphs}
        only = tuple(paragraph for name, paragraph in here.items() if name not in known)
        known |= here.keys()
        if only:
            found.append(replace(document, paragraphs=only))
    return tuple(found)


def _in_former(part: Part, older: Index) -> tuple[Part, ...]:
    """Return a part as older editions have it, where that is nearer than the current ones."""
    if part.verdict == "verbatim" or not older.paragraphs:
        return (part,)
    found = tuple(_check(part.text, older))
    if WORST.index(verdict(found)) >= WORST.index(part.verdict):
        return (part,)
    places = [each.place for each in found if each.place]
    return tuple(
        replace(
            each,
            at=(each.at[0] + part.at[0], each.at[1] + part.at[0]),
            named=part.named,
            place=replace(place, edition=place.document.edition),
        )
        for each, place in zip(found, places, strict=True)
    )


def _check(text: str, index: Index) -> Iterator[Part]:
    quotations = read(text, index.documents, index.text.lexicon.counts)
    if not quotations:
        return
    meant = [_denoted(quotation.named, index) for quotation in quotations]
    by_quotation = groupby(stretches(quotations, index.text, meant), lambda each: each.quotation)
    for number, found in by_quotation:
        parts = (part for stretch in found for part in _parts(text, stretch, index))
        for part in _in_order(_together(text, parts), index):
            yield replace(part, named=quotations[number].named)


def _denoted(named: Named | None, index: Index) -> frozenset[int]:
    """Return the numbers of the paragraphs that a citation names."""
    if named is None:
        return frozenset()
    return frozenset(
        number for number, (_, each) in enumerate(index.paragraphs) if named.is_of(each)
    )


def _together(text: str, parts: Iterable[Part]) -> Iterator[Part]:
    """Yield parts, those in a row that are absent as one."""
    for absent, group in groupby(parts, lambda part: part.verdict == "absent"):
        found = list(group)
        if absent:
            start, stop = found[0].at[0], found[-1].at[1]
            nearest = next((part.nearest for part in found if part.nearest), None)
            yield Part(text[start:stop], "absent", (start, stop), nearest=nearest)
        else:
            yield from found


def _parts(text: str, stretch: Stretch, index: Index) -> Iterator[Part]:
    """Yield a part for each piece of a stretch without a gap."""
    number = stretch.nearest if stretch.paragraph is None else stretch.paragraph
    if number is None:
        yield _absent(text, stretch.words, None)
        return
    place, source = Place(*index.paragraphs[number]), _source(index, number)
    known = frozenset(word.text for word in (*stretch.words, *source.words))
    source = Text(source.text, joined(source.words, known))
    quoted = Text(text, joined(stretch.words, known))
    usage = Usage(index)
    for part in _aligned(quoted, source, place, usage):
        if stretch.paragraph is None and part.verdict == "altered":
            yield _absent(text, stretch.words, place)
        else:
            yield part


def _source(index: Index, number: int) -> Text:
    """Return the text of a paragraph and its words."""
    layout, text = index.text.layout, index.paragraphs[number][1].text
    first, last = layout.paragraphs[number : number + 2]
    starts, stops = layout.starts[first:last].tolist(), layout.stops[first:last].tolist()
    plain = one_kind(text)
    rows = zip_longest(starts, stops, starts[1:])
    words = ((fold(plain[a:b]), a, b, after) for a, b, after in rows)
    return Text(
        text,
        [
            Word(word, compared(word, plain, a, b), a, b, is_hyphen(plain, b, after))
            for word, a, b, after in words
        ],
    )


def _aligned(quoted: Text, source: Text, place: Place, usage: Usage) -> Iterator[Part]:
    steps = align(quoted.words, source.words)
    cuts, numbers = _cuts(quoted.words, steps), [step.quoted[0] for step in steps]
    for start, stop in zip([0, *cuts], [*cuts, len(quoted.words)], strict=True):
        words = Text(quoted.text, quoted.words[start:stop])
        among = steps[bisect_left(numbers, start) : bisect_left(numbers, stop)]
        here = [
            step._replace(quoted=(step.quoted[0] - start, step.quoted[1] - start))
            for step in among
            if step.kind != "delete" or step.quoted[0] > start
        ]
        found = compare(words, source, here, usage)
        if cuts and found.altered:
            alone = compare(words, source, align(words.words, source.words), usage)
            found = min(alone, found, key=lambda each: each.altered)
        yield _part(words, source, place, found)


def _cuts(words: Sequence[Word], steps: Sequence[Step]) -> list[int]:
    """Return the words before which something is passed over, if only a line break."""
    found = []
    for before, after in pairwise(step for step in steps if step.quoted[0] < step.quoted[1]):
        number = after.quoted[0]
        goes_on = before.kind == after.kind == "equal" and before.source[1] == after.source[0]
        if (words[number].gap or words[number].line) and not goes_on:
            found.append(number)
    return found


def _part(quoted: Text, source: Text, place: Place, found: Comparison) -> Part:
    recognised = found.share >= RECOGNISED and found.words >= LEAST_RECOGNISED
    if not found.words or (found.altered and not recognised):
        return _absent(quoted.text, quoted.words, place if found.share >= NEAR else None)
    (start, stop), (low, high) = _with_marks(quoted, source, found)
    equal = [change for change in found.changes if change.op == "equal"]
    quotes = "\n".join(change.quoted for change in equal)
    sources = "\n".join(change.source for change in equal)
    return Part(
        text=quoted.text[start:stop],
        verdict="altered" if found.altered else "verbatim",
        at=(start, stop),
        gap=quoted.words[0].gap,
        place=place,
        start=low,
        stop=high,
        changes=found.changes,
        differences=() if found.altered else differences(quotes, sources),
    )


def _absent(text: str, words: Sequence[Word], nearest: Place | None) -> Part:
    start, stop = _outer(text, words)
    return Part(text[start:stop], "absent", (start, stop), nearest=nearest)


def _outer(text: str, words: Sequence[Word]) -> Span:
    """Return the offsets of words, with the brackets around those of the editor."""
    start, stop = words[0].start, words[-1].stop
    start -= words[0].editor and text[start - 1 : start] == "["
    stop += words[-1].editor and text[stop : stop + 1] == "]"
    return start, stop


def _with_marks(quoted: Text, source: Text, found: Comparison) -> tuple[Span, Span]:
    """Return where the piece is in either text, with the marks at its ends that both have."""
    start, stop = _outer(quoted.text, quoted.words)
    low, high = source.words[found.start].start, source.words[found.stop - 1].stop
    while start and low and _same_mark(quoted.text[start - 1], source.text[low - 1]):
        start, low = start - 1, low - 1
    while (
        stop < len(quoted.text)
        and high < len(source.text)
        and _same_mark(quoted.text[stop], source.text[high])
    ):
        stop, high = stop + 1, high + 1
    return (start, stop), (low, high)


def _same_mark(one: str, other: str) -> bool:
    return one == other and not one.isalnum() and not one.isspace()


def _in_order(parts: Iterable[Part], index: Index) -> Iterator[Part]:
    """Yield parts, those altered that an ellipsis joins wrongly to the one before.

    What is quoted behind an ellipsis must stand behind what is quoted before it, and the ellipsis
    must leave out more than a "not".
    """
    before: Part | None = None
    for part in parts:
        if part.gap and before and before.place and part.place:
            last = index.number[before.place.paragraph.id], before.stop
            here = index.number[part.place.paragraph.id], part.start
            if before.place.document is part.place.document and here < last:
                part = replace(part, verdict="altered", moved=True)
            elif before.place == part.place:
                part = _hiding(part, before.stop)
        yield part
        before = part


def _hiding(part: Part, start: int) -> Part:
    """Return a part, altered where the ellipsis before it hides little but a "not"."""
    omitted = part.place.paragraph.text[start : part.start].strip() if part.place else ""
    words = tokenize(omitted).words
    if len(words) > _SHORT_OMISSION or not any(map(NEGATION.fullmatch, words)):
        return part
    hidden = Change("delete", "", omitted, touches=("negation",))
    return replace(part, verdict="altered", changes=(hidden, *part.changes))
