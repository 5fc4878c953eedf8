"""Tell the writer's own words from those of a quotation, by the quotation marks."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain, groupby, pairwise

from ..search.analysis import is_common, tokenize
from ..search.index import Index
from .marks import marked
from .mask import PUTS, SAYS
from .parts import Part
from .paste import Quotation, Word
from .placing import MIN_RECOGNISED, parts_of
from .telling import MODALS, NUMBER, QUANTITY, denies

MIN_INSIDE = 4  # words within one's own: "held in May" is in many texts
BESIDE = 0.5  # if the text has a larger share of the words beside marks, these are quoted, too
GOING_ON = 6  # so many words beside marks as in the text, or all of fewer, are no chance
LONG = 16  # words, single ones in marks: a writer's sentence about a word is shorter
MAX_SPOKEN = 9  # pieces of what one speaker says: hardly anybody quotes more, and it takes long
# What is said to be in the text: "The paper says that".
_CLAIM = re.compile(
    rf"(?i)[^.!?:\n]{{0,60}}\b(?:paper|document|text|report)\b[^.!?:\n]{{0,40}}\b{SAYS}\b"
    r"(?!(?<=\bsay)\sabout\b)"  # which asks
)
_PAPER = re.compile(r"(?i)\b(?:paper|document|text|report)\b")
# What leads over to a block: words before a colon or, with an empty line behind them, these.
_LEADS_OVER = re.compile(r"(?:\s?\([^()\n]{0,60}\))?(?::\s*\n|([,.]?)[^\S\n]*\n[^\S\n]*\n)")
_LEADING = re.compile(
    rf"(?i)(?:according to|as\b[^.\n]*\s(?:has|{PUTS})|in the words of)\b[^.\n]*,"
    rf"|.*\b(?:passage|sentence|text|quot\w*|reads?|{SAYS})\b.*\b(?:as follows|at length)[.,]?"
)
MAX_LABEL = 8  # words of a line above quotations that is none: "Key quotes"
# The end of such a line, and what is below it: an item of a list, or a mark that opens.
_LABEL_END = re.compile(r"[^\w\n.,;!?\"”»'’–—-]*\n\s*(?:[-–—•*·]\s*|[\"“‘«„])\Z")
_VERB = re.compile(r"is|are|was|were|be|has|have|had|do|does|did")  # or a modal one: it claims
_PAGES = re.compile(r"1(?:\s+\d{1,2})+")  # the pager of a page: 1 2 3
# Around the words (\0) of a term that is defined, and of the title of another work.
_TITLED = re.compile(
    r"(?:[(\[](?:(?:the|see|cf\.|here(?:in)?after|henceforth):?\s)?"
    r"|\b(?:article|book|column|editorial|essay|headlined|op-ed|study|(?:en)?titled)\s)[\"“‘']\0"
    # Behind an author, a year or the number of a note, and before a place, a year or a page.
    r"|(?:\b[A-Z][\w’'-]*,(?:(?:\s[A-Z][\w.’'-]*){1,3}[.,])?|\d\d\)[.,]?|\n\W*\d{1,3}[.)])"
    r"\s[\"“‘']\0(?:[,.][\"”’']|[\"”’'][,.]?[^\S\n][(\dA-Z])"
)
_QUOTING = rf"\b(?i:{SAYS}|according to|calls|continues|puts it|reads|words|writes)\b"
_NAMING = re.compile(  # what is quoted, right before it: "the phrase"
    r"(?i)\b(?:(?:the|this|that)\sline|phrase|pledge|promise|sentence|slogan|statement)"
    r"(?:,|:|\sthat|\sof)?\W*\Z"
)
# Between two pieces of one sentence: ," the paper says, "
_SAYS = re.compile(
    rf"(?:,[\"”’'»]|[\"”’'»],|[\"”’'»]\s?(?=[—–(-]))\s?[^.!?:;\n]{{0,60}}{_QUOTING}"
    r"[^.!?:;\n]{0,60}(?:,|[—–)-])\s?[\"“‘'«]"
)


def without_own_paragraphs(
    text: str, checked: list[tuple[Quotation, list[Part]]]
) -> list[tuple[Quotation, list[Part]]]:
    """Return quotations without the writer's paragraphs, if the text has something in marks.

    Such a paragraph has no marks, or answers a line, claims no source, and is not like the text.
    """
    marks, lines = marked(text), Counter(_line(text, quotation) for quotation, _ in checked)
    kept, has_quoted = [], False
    for quotation, parts in checked:
        first = quotation.words[0]
        has_marks = sum(word.start in marks for word in quotation.words) > 1
        if has_marks and (first.marked or parts[0].at[0] > first.start):
            long = (part for part in parts if len(part.text.split()) >= MIN_INSIDE)
            has_quoted = has_quoted or any(part.place for part in long)
        is_one_of_many = lines[_line(text, quotation)] > 1
        is_like = any(part.place or part.nearest for part in parts)
        is_quoted = has_marks and not _answers(text, first.start)
        if is_quoted or is_one_of_many or is_like or _CLAIM.match(text, first.start):
            kept.append((quotation, parts))
    return kept if has_quoted else checked


def _answers(text: str, at: int) -> bool:
    """Return whether a line of a letter answers an earlier one, which begins with more ">"."""
    start = text.rfind("\n", 0, at) + 1
    signs = text.count(">", start, at)
    return bool(signs and re.search(rf"(?m)^(?:[^\S\n]*>){{{signs + 1}}}", text[:start]))


def without_leads(text: str, parts: Sequence[Part]) -> list[Part]:
    """Return parts without the writer's labels, titles, and leads to a block: "It goes on:"."""
    marks, kept = marked(text), list[Part]()
    for part, following in zip(parts, (*parts[1:], None), strict=False):
        if part.at[0] in marks:
            is_own = _is_title(text, part)
        else:
            stop = following.at[0] if following else part.at[1]
            is_label = part is parts[0] and _is_label(text, part, stop)
            leads = following and following.place and _leads_over(text, part, stop)
            is_own = bool(is_label or leads or _PAGES.fullmatch(part.text))
        if part.place or not is_own:
            kept.append(part)
    return kept if any(part.place for part in kept) else list(parts)


def _leads_over(text: str, part: Part, stop: int) -> bool:
    """Return whether a part leads over to the block that begins at ``stop``."""
    end = _LEADS_OVER.match(text, part.at[1], stop)
    return bool(end and (end[1] is None or _LEADING.fullmatch(part.text + end[1])))


def _is_title(text: str, part: Part) -> bool:
    """Return whether a part is the title of another work, or a term that is defined there."""
    start, stop = part.at
    before = text[max(start - 30, 0) : start]
    initials = "".join(word[0] for word in part.text.split() if not is_common(word.casefold()))
    is_one_word = len(initials) < 2 and not part.text.isupper()
    if part.heading or is_one_word or initials != initials.upper():
        return False
    if re.search(_QUOTING, before.rpartition("\n")[2]):
        return False
    return bool(_TITLED.search(f"{before}\0{text[stop : stop + 4]}"))


def _is_label(text: str, part: Part, stop: int) -> bool:
    """Return whether a part is a title above a list or quotations: short, on a line, no claim."""
    words, start = tokenize(part.text).words, text.rfind("\n", 0, part.at[0]) + 1
    claims = denies(words) or any(_VERB.fullmatch(word) or word in MODALS for word in words)
    is_like = part.place or part.nearest or part.heading or part.named or "\n" in part.text
    is_set_off = not text[start : part.at[0]].strip("#*_ ") and len(words) <= MAX_LABEL
    ends = _LABEL_END.match(text[:stop], part.at[1])
    return bool(is_set_off and ends and not claims and not is_like)


def _line(text: str, quotation: Quotation) -> int:
    return text.count("\n", 0, quotation.words[0].start)


def spoken(text: str, quotation: Quotation, index: Index) -> Quotation:
    """Return a quotation; where a speaker quotes, only what is in the inner marks is marked.

    “As it says, ‘Ships sail’” quotes, if the text lacks the rest; “It bans ‘ships’” does not.
    """
    inner, words = marked(text, within=True), list[Word]()
    for run in _runs(quotation.words):
        pieces = _runs([word._replace(marked=word.start in inner) for word in run])
        words += chain(*pieces) if _is_spoken(text, quotation, pieces, index) else run
    return quotation._replace(words=words)


def _runs(words: Iterable[Word]) -> list[list[Word]]:
    """Return words in runs that are in quotation marks, or are not."""
    return [list(run) for _, run in groupby(words, lambda word: word.marked)]


def _is_spoken(text: str, quotation: Quotation, pieces: Sequence[list[Word]], index: Index) -> bool:
    """Return whether a speaker quotes what is in inner marks, and the text lacks the rest."""
    own = [piece for piece in pieces if not piece[0].marked]
    if len(own) == len(pieces) or len(pieces) > MAX_SPOKEN:
        return False
    says = any(re.search(_QUOTING, text[each[0].start : each[-1].stop]) for each in own)
    if not says and not _names_what_it_quotes(text, quotation, pieces):
        return False
    found = (parts_of(text, quotation._replace(words=each), index) for each in own)
    return not any(part.place for parts in found for part in parts)


def _names_what_it_quotes(
    text: str, quotation: Quotation, pieces: Sequence[Sequence[Word]]
) -> bool:
    """Return whether somebody, but not the paper, names what is in the inner marks."""
    said = [word for word in quotation.words if word.marked]
    start, stop = said[0].start, said[-1].stop
    around = text[text.rfind("\n", 0, start) + 1 : start], text[stop:].partition("\n")[0]
    if quotation.named or any(map(_PAPER.search, around)):
        return False
    return any(
        len(inner) >= MIN_INSIDE and _NAMING.search(text[own[0].start : inner[0].start])
        for own, inner in pairwise(pieces)
        if inner[0].marked
    )


def without_own_words(
    text: str, quotation: Quotation, parts: Sequence[Part], index: Index
) -> list[list[Word]]:
    """Return the quoted runs of words, without those that the writer put between quotation marks.

    Return none if all words count as quoted: all or none are marked, or most are not, but the text
    has most of these and the marks, or single ones are in a whole quotation. ``parts`` are of all.
    """
    runs = _runs(quotation.words)
    inside = [run for run in runs if run[0].marked]
    marked = sum(map(len, inside))
    own = len(quotation.words) - marked
    single = len(inside) == marked
    if not own or not marked or (own > marked and single and _is_whole(text, quotation, parts)):
        return []
    in_marks = _has_in_marks(inside, parts)
    found = [parts_of(text, quotation._replace(words=run), index) for run in runs]
    placed = [run for run, each in zip(runs, found, strict=True) if any(p.place for p in each)]
    known = sum(len(run) for run in placed if not run[0].marked)
    if in_marks and own > marked and known > BESIDE * own:
        return []
    return _without_unlike(text, runs, found, in_marks)


def _has_in_marks(runs: Iterable[list[Word]], parts: Iterable[Part]) -> bool:
    """Return whether a paragraph of some parts has one of some runs in quotation marks itself."""
    there = "\n".join(part.place.paragraph.text for part in parts if part.place)
    patterns = (r"\W+".join(re.escape(word.text) for word in run) for run in runs)
    return any(re.search(rf"[\"'“‘]{words}", there, re.IGNORECASE) for words in patterns)


def _without_unlike(
    text: str, runs: Sequence[list[Word]], found: Sequence[Sequence[Part]], in_marks: bool
) -> list[list[Word]]:
    """Return runs, joined where the text goes on beside marks; ``found`` are the parts of each."""
    quoted: list[list[Word]] = [[]]
    for number, run in enumerate(runs):
        before = found[number - 1][-1] if number else None
        behind = found[number + 1][0] if number + 1 < len(runs) else None
        # Before words without marks, as in "Two aims: peace", or if the text has the marks.
        likely = in_marks or (behind is not None and text[behind.at[0] - 1].isspace())
        if run[0].marked or _is_of_the_text(run, before, behind, likely):
            quoted[-1] += run
        elif before and behind and _is_interrupted(text, before, behind):
            runs[number + 1][0] = runs[number + 1][0]._replace(before="")
        else:
            quoted.append([])
    return [words for words in quoted if words]


def _is_whole(text: str, quotation: Quotation, parts: Sequence[Part]) -> bool:
    """Return whether words are one quotation though single ones of them are in marks.

    They are if they are many, if only common ones are in marks, or if the text has some of them, or
    nearly has what it is claimed to say.
    """
    claimed = _CLAIM.match(text, quotation.words[0].start)
    placed = any(part.place or (claimed and part.nearest) for part in parts)
    common = all(is_common(word.text) for word in quotation.words if word.marked)
    return placed or common or len(quotation.words) > LONG


def _is_interrupted(text: str, before: Part, behind: Part) -> bool:
    """Return whether "it says" interrupts a sentence, and words of that are left out there."""
    if not _SAYS.fullmatch(text[before.at[1] : behind.at[0]]):
        return False
    omitted = before.place and before.place.paragraph.text[before.stop : behind.start]
    return before.place != behind.place or bool(omitted and tokenize(omitted).words)


def _is_of_the_text(
    run: list[Word], before: Part | None, behind: Part | None, likely: bool
) -> bool:
    """Return whether the text has the words beside a quotation there, too.

    They must go on as in the text, but for a negation; most are enough if what differs is a number
    or name, and if ``likely`` most, or a few. Between two quotations "and" may be chance.
    """
    words = tuple(word.text for word in run)
    after, ahead = before.around[1] if before else "", behind.around[0] if behind else ""
    if before and behind and before.place == behind.place and before.stop <= behind.start:
        after = ahead = ahead[before.stop :]
    most = MIN_RECOGNISED if likely else GOING_ON
    enough = most if before and behind else min(len(words), most)
    nothing_between = bool(before and behind and not after.strip())
    for own, there in (
        (words, tokenize(after).words),
        (words[::-1], tokenize(ahead).words[::-1]),
    ):
        pairs = list(zip(own, there, strict=False))
        differing = [(one, other) for one, other in pairs if one != other]
        alike = pairs.index(differing[0]) if differing else len(pairs)  # before the first of these
        goes_on = alike >= enough and (likely or alike == len(words))
        is_most = len(pairs) - len(differing) > BESIDE * len(words)
        tells = likely or (len(words) > MIN_INSIDE and _tells(differing))
        next_two = own[alike : alike + 2], there[alike : alike + 2]
        if goes_on or (is_most and tells) or _denied(*next_two, alike > 0, nothing_between):
            return True
    return False


def _denied(
    own: tuple[str, ...], there: tuple[str, ...], goes_on: bool, nothing_between: bool
) -> bool:
    """Return whether the first of two words is a negation put in, left out, or for another word."""
    left_out = denies(there[:1]) and (goes_on or own[:1] == there[1:])
    put_in = denies(own[:1]) and own[1:] == there[:1] and bool(there or nothing_between)
    for_another = denies(own[:1]) != denies(there[:1]) and own[1:] == there[1:] != ()
    return left_out or put_in or (goes_on and for_another)


def _tells(differing: Sequence[tuple[str, str]]) -> bool:
    """Return whether words for others change what is said, or none of these is common."""
    kinds = (NUMBER.fullmatch, QUANTITY.fullmatch, MODALS.get)
    exchanges = (denies(pair) or any(all(map(kind, pair)) for kind in kinds) for pair in differing)
    return any(exchanges) or not any(map(is_common, chain(*differing)))
