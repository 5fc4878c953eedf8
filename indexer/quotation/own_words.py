"""Separate the writer's own words from quoted ones, by the quotation marks."""

import re
from collections.abc import Iterable, Sequence
from itertools import chain, groupby, pairwise
from typing import Literal

from rapidfuzz.distance import Prefix

from ..search.analysis import is_common, tokenize
from ..search.index import Index
from .comparison import FEW
from .marks import marked
from .mask import SAYS
from .meaning import MODALS, NEGATION, NUMBER, QUANTITY, denies
from .parts import Part
from .paste import LETTER, Quotation, Word, Words
from .placing import parts_of

MIN_INSIDE = 4  # words: fewer, such as "held in May", are in many texts
# The fewest equal words, and the least share of them, that make unmarked words a copy; with less,
# they are a paraphrase. A paragraph of its own is checked if this share is at least LIKE.
MIN_COPIED, COPIED, LIKE = 10, 0.75, 0.5
LONG = 16  # words, only single ones in marks: a writer's sentence about a word is shorter
MAX_SPOKEN = 9  # pieces of what one speaker says: more are rare, and slow to check
# A claim about the text: "The paper says that", but not "What does the paper say about".
_CLAIM = re.compile(
    rf"(?i)[^.!?:\n]{{0,60}}\b(?:paper|document|text|report)\b[^.!?:\n]{{0,40}}\b{SAYS}\b"
    r"(?! (?:nothing |little )?about)(?=[^\n]*\w)"
)
# The end of an introduction to a block: "It goes on:", and of a question about it.
_LEAD_END = re.compile(r"[*_]*(?:(?::|,[^\S\n]*\n)\s*\n|\?[*_\s]*(?:\n|\Z))")
_HEADING = re.compile(r"(?m)^#{1,6} [^\w\n]*\Z")  # before a heading of Markdown
# What surrounds the words (\0) of a term being defined, and of the title of another work.
_TITLED = re.compile(
    r"(?:[(\[](?:(?:the|see|cf\.|here(?:in)?after|henceforth):?\s)?"  # (the “Old Office”)
    r"|\b(?:article|book|column|editorial|essay|headlined|op-ed|study|(?:en)?titled)\s)[\"“‘']\0"
    # After an author, a year or the number of a note, and before a place, a year or a page.
    r"|(?:\b[A-Z][\w’'-]*,(?:(?:\s[A-Z][\w.’'-]*){1,3}[.,])?|\d\d\)[.,]?|\n\W*\d{1,3}[.)])"
    r"\s[\"“‘']\0(?:[,.][\"”’']|[\"”’'][,.]?[^\S\n][(\dA-Z])"
)
_QUOTING = rf"\b(?i:{SAYS}|according to|calls|continues|puts it|reads|words|writes)\b"
# Between two pieces of one sentence: ," the paper says, "
_SAYS = re.compile(
    rf"(?:,[\"”’'»]|[\"”’'»],|[\"”’'»]\s?(?=[—–(-]))\s?[^.!?:;\n]{{0,60}}{_QUOTING}"
    r"[^.!?:;\n]{0,60}(?:,|[—–)-])\s?[\"“‘'«]"
)

# "not", "no longer", "isn't the" or "not intend to" before a quotation; neither "not only" nor
# "does not say", nor "rather".
_DENIAL = re.compile(
    rf"(?i)\b(?!instead\b(?! of)|rather\b)((?:{NEGATION.pattern})(?:\s(?:actually|an?|as|be"
    r"|been|in|intend(?:ing)?|longer|means|of|on|really|the|to|truly|want)){0,2})\s[^\w.:!?]*\Z"
)
_MAX_DENIAL = 30  # characters: no denial is longer


def without_own_paragraphs(text: str, checked: list[tuple[Quotation, list[Part]]]) -> list[Part]:
    """Return the parts of quotations; beside one in marks, without the writer's own paragraphs.

    These have no marks or answer a line, make no claim about the text, and have little of it.
    """
    marks, kept, has_quoted = marked(text), list[Part](), False
    for quotation, parts in checked:
        first = quotation.words[0]
        has_marks = sum(word.start in marks for word in quotation.words) > 1
        if has_marks:
            long = (part for part in parts if part.place and len(part.text.split()) >= MIN_INSIDE)
            has_quoted |= any(first.marked or part.at[0] in marks for part in long)
        equal = [_equal(part) for part in parts]
        is_like = max(equal, default=0) >= LONG or sum(equal) >= LIKE * len(quotation.words)
        is_quoted = has_marks and not _answers(text, first.start)
        if is_quoted or is_like or _CLAIM.match(text, first.start):
            kept += parts
    return kept if has_quoted else [part for _, parts in checked for part in parts]


def _answers(text: str, at: int) -> bool:
    """Return whether a line of e-mail answers an earlier one, which begins with more ">"."""
    start = text.rfind("\n", 0, at) + 1
    signs = text.count(">", start, at)
    return bool(signs and re.search(rf"(?m)^(?:[^\S\n]*>){{{signs + 1}}}", text[:start]))


def without_leads(text: str, parts: Sequence[Part]) -> list[Part]:
    """Return parts without titles, introductions and greetings that the text does not have."""
    marks, kept = marked(text), list[Part]()
    for part in parts:
        start, stop = part.at
        leads = _LEAD_END.match(text, stop) or _HEADING.search(text[:start])
        is_own = _is_title(text, part) if start in marks else leads or LETTER.fullmatch(part.text)
        if part.place or not is_own:
            kept.append(part)
    return kept if any(part.place for part in kept) else list(parts)


def _is_title(text: str, part: Part) -> bool:
    """Return whether a part is the title of another work, or a term being defined."""
    start, stop = part.at
    before = text[max(start - 30, 0) : start]
    initials = "".join(word[0] for word in part.text.split() if not is_common(word.casefold()))
    if not initials.isupper() or part.heading or re.search(_QUOTING, before.rpartition("\n")[2]):
        return False
    return bool(_TITLED.search(f"{before}\0{text[stop : stop + 4]}"))


def spoken(text: str, quotation: Quotation, index: Index) -> Quotation:
    """Return a quotation; where a speaker quotes, only words in the inner marks count as marked.

    “As it says, ‘Ships sail’” quotes if the text lacks the rest; “It bans ‘ships’” does not.
    """
    inner, words = marked(text, within=True), list[Word]()
    for run in _runs(quotation.words):
        pieces = _runs([word._replace(marked=word.start in inner) for word in run])
        words += chain(*pieces) if _is_spoken(text, quotation, pieces, index) else run
    return quotation._replace(words=words)


def _runs(words: Iterable[Word]) -> list[list[Word]]:
    """Return runs of words that are all in quotation marks, or all outside."""
    return [list(run) for _, run in groupby(words, lambda word: word.marked)]


def _lead_apart(text: str, run: list[Word]) -> list[list[Word]]:
    """Return a run; if it is long and outside marks, with its last sentence apart: "He says"."""
    gaps = [text[one.stop : other.start] for one, other in pairwise(run)]
    begins = [number for number, gap in enumerate(gaps, start=1) if re.search("[.!?]", gap)]
    has_lead = not run[0].marked and begins and begins[-1] >= MIN_COPIED
    return [run[: begins[-1]], run[begins[-1] :]] if has_lead else [run]


def _is_spoken(text: str, quotation: Quotation, pieces: Sequence[list[Word]], index: Index) -> bool:
    """Return whether a speaker quotes what is in inner marks, and the text lacks the rest."""
    own = [piece for piece in pieces if not piece[0].marked]
    says = any(re.search(_QUOTING, text[each[0].start : each[-1].stop]) for each in own)
    if not says or len(own) == len(pieces) or len(pieces) > MAX_SPOKEN:
        return False
    long = (piece for piece in own if len(piece) >= MIN_INSIDE)
    found = (parts_of(text, quotation._replace(words=piece), index) for piece in long)
    return not any(part.place for parts in found for part in parts)


def without_own_words(
    text: str, quotation: Quotation, parts: list[Part], index: Index
) -> list[list[Word]]:
    """Return the quoted runs of words, without the writer's own words around them.

    Return none if all words count as quoted: all or none are marked, they are one quotation, or no
    quotation marks are there and the text has what is before a colon. ``parts`` are those of all.
    """
    runs = [piece for run in _runs(quotation.words) for piece in _lead_apart(text, run)]
    inside = [run for run in runs if run[0].marked]
    if len(inside) in {0, len(runs)} or _is_whole(text, quotation, inside, parts):
        return []
    found = [parts_of(text, quotation._replace(words=run), index) for run in runs]
    has_marks = not marked(text).isdisjoint(word.start for run in inside for word in run)
    if not has_marks and any(part.place for part in found[0]):
        return []
    return list(filter(None, _quoted(text, runs, found)))


def _quoted(text: str, runs: list[list[Word]], found: list[list[Part]]) -> list[list[Word]]:
    """Return what is quoted of the runs, whose parts are ``found``; some of it may be empty."""
    quoted, start = [list[Word]()], 0
    words = [MODALS.get(word.text, word.text) for run in runs for word in run]
    befores = [None, *(parts[-1] for parts in found[:-1])]
    behinds = [*(parts[0] for parts in found[1:]), None]
    for run, own, before, behind in zip(runs, found, befores, behinds, strict=True):
        is_denial = before and behind and _denies(run, before, behind)
        is_copied = sum(map(_equal, own)) >= max(MIN_COPIED, COPIED * len(run))
        if run[0].marked or is_denial or is_copied:
            if run[0].before == "sentence":
                quoted.append([])
            quoted[-1] += run
        elif not (before and behind and _is_interrupted(text, before, behind)):
            place = range(start, start + len(run))
            after, ahead = _revealing_beside(text, words, place, before, behind)
            quoted[-1] += run[:after]
            quoted.append(run[len(run) - ahead :])
        start += len(run)
    return quoted


def _revealing_beside(
    text: str, words: Sequence[str], run: range, before: Part | None, behind: Part | None
) -> tuple[int, int]:
    """Return how many words at each end of a run show a change to the part next to it."""
    after = _revealing(words[run.start :], before.around[1], len(run)) if before else 0
    if not behind:
        return after, 0
    left = len(run) - after
    backwards = words[run.stop - 1 :: -1]
    ahead = _revealing(backwards, behind.around[0], left, -1) or _denial(text, behind)
    return after, min(ahead, left)


def _equal(part: Part) -> int:
    """Return how many words of a part are equal to those of the text."""
    return sum(len(each.quoted.split()) for each in part.changes if each.op == "equal")


def _is_whole(text: str, quotation: Quotation, inside: Sequence[Words], parts: list[Part]) -> bool:
    """Return whether words are one quotation, though fewer than half are in marks.

    Either the text has them, and some of those in marks, too; or only single words are in marks,
    and the text has the quotation, it is long, or these words are common.
    """
    words = [word for run in inside for word in run]
    if len(words) >= len(quotation.words) / 2:
        return False
    claimed = _CLAIM.match(text, quotation.words[0].start)
    placed = any(part.place or (claimed and part.nearest) for part in parts)
    if len(words) > len(inside):
        return placed and _has_in_marks(inside, parts)
    return placed or len(quotation.words) > LONG or all(is_common(word.text) for word in words)


def _has_in_marks(runs: Iterable[Words], parts: Iterable[Part]) -> bool:
    """Return whether a paragraph of the parts has one of the runs in quotation marks, too."""
    there = "\n".join(part.place.paragraph.text for part in parts if part.place)
    patterns = (r"\W+".join(re.escape(word.text) for word in run) for run in runs)
    return any(re.search(rf"[\"'“‘]{words}", there, re.IGNORECASE) for words in patterns)


def _denies(run: Iterable[Word], before: Part, behind: Part) -> bool:
    """Return whether words between two pieces add or omit a negation there."""
    omitted = _omitted(before, behind)
    if omitted is None or len(omitted) > FEW:
        return False
    return denies(omitted) != denies(word.text for word in run)


def _revealing(own: Sequence[str], beside: str, size: int, step: Literal[-1, 1] = 1) -> int:
    """Return how many of ``size`` words beside a quotation it takes to see a change, or 0.

    They continue like the text ``beside`` it, except for a negation, a number, quantity or modal
    verb in place of another, or a single word.
    """
    there = [MODALS.get(word, word) for word in tokenize(beside).words[::step]]
    alike = Prefix.similarity(own, there)
    if alike >= min(size, len(there)):
        return 0
    # The first words that differ, and the next word on either side, if any.
    (word, *next_own), (other, *next_there) = own[alike : alike + 2], there[alike : alike + 2]
    inserted = denies([word]) and next_own == [other]
    is_modal = {word, *next_there} <= MODALS.keys()  # before a part, "may" for "may not"
    left_out = denies([other]) and (next_there == [word] or is_modal)
    resumes = next_own == next_there != []
    exchanged = sum((alike > 1, resumes, denies([word]) != denies([other]))) > 1
    kinds = (NUMBER.fullmatch, QUANTITY.fullmatch, MODALS.get)
    of_a_kind = (alike or resumes) and any(kind(word) and kind(other) for kind in kinds)
    return min(alike + 2, size) if inserted or left_out or exchanged or of_a_kind else 0


def _denial(text: str, part: Part) -> int:
    """Return how many words before a part deny it, as "is no longer"; 0 if the text does, too."""
    said = _DENIAL.search(text[max(part.at[0] - _MAX_DENIAL, 0) : part.at[0]].replace("’", "'"))
    is_long = part.place and len(part.text.split()) >= MIN_INSIDE
    if not said or not is_long or denies(tokenize(part.around[0]).words[-FEW:]):
        return 0
    return len(said[1].split()) + 1


def _is_interrupted(text: str, before: Part, behind: Part) -> bool:
    """Return whether "it says" interrupts a sentence whose pieces are apart in the text."""
    is_said = _SAYS.fullmatch(text[before.at[1] : behind.at[0]])
    return bool(is_said) and _omitted(before, behind) != ()


def _omitted(before: Part, behind: Part) -> tuple[str, ...] | None:
    """Return the words between two pieces; None if they are not in one paragraph, in order."""
    if before.place is None or before.place != behind.place or behind.start < before.stop:
        return None
    return tuple(tokenize(before.around[1][: behind.start - before.stop]).words)
