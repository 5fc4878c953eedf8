"""Judge how the parts of a quotation are joined: by an ellipsis, a sentence end or a line end."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from html import unescape
from itertools import groupby

from ..search.analysis import is_common, sentences, tokenize
from ..search.index import Index
from ..search.spans import Span
from .comparison import FEW, WordChange
from .mask import TAG, blanked
from .meaning import MODALS, NUMBER, QUANTITY, denies
from .parts import Location, Part
from .paste import ELLIPSIS

SHORT = 12  # words of a sentence that may be left out, such as a transition between paragraphs
_MARKS = " \u00ad.,:;…·•*_>|-–—―\"“”„«»‘’'()[]¹²³⁰⁴⁵⁶⁷⁸⁹"  # around words between quotations
# Marks of LaTeX, Markdown, e-mail, a wiki, a note, and a link whose words are quoted.
_FORMAT = re.compile(
    r"\\[a-z]+(?=\{\w)|\*\*|(?<!\S)>+|\{\{[^{}]*\|\Z"  # \emph{ports, **, >>, {{quote|
    r"|(?:\[(?:\d{1,3}|[ivx]+)\]|\])(?:\([^()\s]*\))?|【[^】\n]*†[^】\n]*】"  # [12], ](...)
)
# Worth showing: no number of a list or a note, but even a single Chinese character.
_SHOWN = re.compile(r"[^\W\d_]{2}|\d{3}|[^\W\d_a-zA-Z]")
# Between parts of different sentences: marks of two quotations, a line break, a full stop.
_DOTS = ELLIPSIS.pattern
_PARTED = re.compile(rf"[\"”»]\W*[\"“«]|\n|\.\s*(?:{_DOTS})|(?:{_DOTS})\s*\.")
_CAPITAL = re.compile(r"\W*[A-Z]")
_ENDED = re.compile(r"[.!?]\W*\Z")
# What is between two sentences of one quotation.
_BETWEEN_SENTENCES = re.compile(r"\w?[.!?][\"'”’)]*[^\S\t]+[\"'“‘(]*")
_NEAR = 5  # words before what is quoted: a negation among them governs it
# So does one of these, but not "reject this, and", nor "prevent it to".
_GOVERNING = re.compile(
    r"\b(?:still less|(?:avoid|oppos|prevent|refrain|reject)(?:e?[sd]|e|ing)?)\b"
    r"(?!.*\b(?:and|but|by|so|to)\b)"
)
# Before an ellipsis and after it: "almost … all", "more than … 400"
_QUANTITY = QUANTITY.pattern
_LIMITING = re.compile(rf"\b(?:{_QUANTITY})(?: than)? (?:{_QUANTITY}|{NUMBER.pattern})$")


def absent(text: str, start: int, stop: int, nearest: Location | None = None) -> Part:
    """Return ``text[start:stop]`` as a part that no paragraph has."""
    return Part(text[start:stop], "absent", (start, stop), nearest=nearest)


def merged(text: str, parts: Iterable[Part]) -> Iterator[Part]:
    """Yield parts, with each run of absent ones merged into one."""
    for is_absent, group in groupby(parts, lambda part: part.verdict == "absent"):
        found = list(group)
        if is_absent:
            nearest = next((part.nearest for part in found if part.nearest), None)
            found = [absent(text, found[0].at[0], found[-1].at[1], nearest)]
        yield from found


def joined(text: str, before: Part, part: Part, index: Index) -> Part:
    """Return a part, as altered if it is wrongly joined to the one before.

    After an ellipsis it must come later in the text, and not form a sentence across paragraphs.
    Otherwise it must follow directly; exceptions, which are only reported, are a list below a colon
    and a short sentence left out between two paragraphs.
    """
    one, other = before.place, part.place
    between = text[before.at[1] - 1 : part.at[0]]  # with the last character before
    is_list = part.joint == "line" and ":" in between
    is_beside = part.joint == "sentence" and _BETWEEN_SENTENCES.fullmatch(between)
    is_joined = is_list or is_beside or part.joint in {"", "ellipsis"}
    if not is_joined or not one or not other or one.document is not other.document:
        return part
    last, first = index.number[one.paragraph.id], index.number[other.paragraph.id]
    is_next = first == last + 1
    omitted = tokenize(f"{before.around[1]} {part.around[0]}").words
    if part.joint == "ellipsis":
        follows = (last, before.stop) <= (first, part.start)
    else:
        follows = is_next and not omitted
    if not follows:
        moved = replace(part, moved=True, differences=())
        is_only_reported = is_list or (is_beside and is_next and len(omitted) <= SHORT)
        return moved if is_only_reported else replace(moved, verdict="altered")
    part = replace(part, fused=_is_fused(before, part))
    if one == other:
        return _without_negation(before, part)
    is_one_sentence = not _PARTED.search(between) and not _CAPITAL.match(part.text)
    return replace(part, verdict="altered") if part.fused and is_one_sentence else part


def _is_fused(before: Part, part: Part) -> bool:
    """Return whether an ellipsis fuses the middles of two sentences into one."""
    one, other = before.found, part.around[0] or "."  # a paragraph begins with a sentence
    if before.place == part.place:
        omitted = _omitted(before, part)
        if ";" not in omitted and len(sentences(omitted)) <= 1:
            return False
        one, other = one.replace(";", "."), other.replace(";", ".")
    return not _ENDED.search(one) and not _ENDED.search(other)


def _omitted(before: Part, part: Part) -> str:
    """Return the text that precedes a part in its paragraph, after the words quoted before it."""
    last_before = rf".*(?<!\w){re.escape(before.found)}(?!\w)"
    return re.sub(last_before, "", part.around[0], count=1, flags=re.IGNORECASE | re.DOTALL)


def _without_negation(before: Part, part: Part) -> Part:
    """Return a part, as altered if the ellipsis before it leaves out a negation near quoted words.

    Near are the end of the last clause, where "oppose" and a limit such as "few" count, too, and,
    if few words are left out after a modal or common word, the first two: "will … join". None
    counts if the quoted words beside the ellipsis have one; others in a sentence are reported.
    """
    gap = _omitted(before, part).rstrip() or part.around[0][before.stop :]
    omitted, clauses = gap.strip(" ,;"), re.split("[.,;]", gap)
    words, first, last = (tokenize(each).words for each in (omitted, clauses[0], clauses[-1]))
    said, behind = tokenize(before.found).words, tokenize(part.found).words
    if denies((*said[-2:], *behind[:2])):
        return part
    last_said = "".join(said[-1:])  # none if "&" is quoted
    is_open = is_common(last_said) or last_said in MODALS
    begins = first[:2] if is_open and len(words) <= FEW else ()
    near = last[-_NEAR:]
    hides = denies((*begins, *near)) or _GOVERNING.search(" ".join(near))
    governs_else = "," in omitted and _GOVERNING.search(last_said)  # "reject [war, and] join"
    limits = _LIMITING.search(" ".join((*last[-2:], *behind[:1])))
    if hides or governs_else or limits:
        hidden = WordChange("delete", "", omitted, touches=("quantity" if limits else "negation",))
        return replace(part, verdict="altered", omitted=omitted, changes=(hidden, *part.changes))
    is_reported = denies(words) and not re.search(r"[.!?]", omitted)
    return replace(part, omitted=omitted) if is_reported else part


def with_unchecked(text: str, parts: Sequence[Part], cited: Iterable[Span]) -> Iterator[Part]:
    """Yield parts with the unchecked words before each and after the last, except citations."""
    text = blanked(text, cited)
    stops = [0, *(part.at[1] for part in parts)]
    starts = [*(part.at[0] for part in parts), len(text)]
    gaps = [words_between(text[slice(*gap)]) for gap in zip(stops, starts, strict=True)]
    for number, part in enumerate(parts):
        behind = gaps[number + 1 :] if part is parts[-1] else []
        beside = (gaps[number], *part.unchecked, *behind)
        yield replace(part, unchecked=tuple(filter(None, beside)))


def words_between(between: str) -> str:
    """Return the words between quotations, without marks; none if they only join, as "and"."""
    words = " ".join(unescape(_FORMAT.sub(" ", TAG.sub(" ", between))).split()).strip(_MARKS)
    return words if _SHOWN.search(words) and words.casefold() not in {"and", "or", "also"} else ""
