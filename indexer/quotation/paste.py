"""Read a paste: its quotations, their words, and what separates one word from the next."""

import re
from bisect import bisect
from collections.abc import Container, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple

from ..search.analysis import fold, one_kind, sentences, token_spans
from ..search.spans import Span
from .attribution import Cited, Named
from .marks import marked
from .mask import SAYS, mask, without_note_numbers

Break = Literal["", "sentence", "line", "ellipsis", "quotation"]
Words = Sequence["Word"]

ELLIPSIS = re.compile(
    r"[\[(]\s*(?:…|\.(?:\s?\.){2,}|--+)\s*[\])]"  # […] or [...] or (--)
    r"|[…‥]|\.(?:\s?\.){2,}|\*(?<=\s.)\s?\*\s?\*(?=\s)"  # … or . . . or * * *
)
_APART = r"(?:\.|\.?[,;:/|&=+→>()\[\]–—-]{1,3})"  # between quotations: ; or ),
# A new quotation begins after an empty line, at a bullet, and with quotation marks that begin a
# line or follow others (ports’; ‘ships); after a "line", one may begin. The first match counts.
_BREAKS: tuple[tuple[Break, re.Pattern[str]], ...] = (
    ("line", re.compile(r":\s*\n")),  # these aims:⏎
    ("quotation", re.compile(r"""\n\s*["'“‘«„*\n]|\*\*\s*\n|•""")),  # ports⏎“ships
    ("quotation", re.compile(rf"""["”»«]\s*(?:\s|{_APART})\s*["“«„»]|['’]\s+['‘]""")),
    ("quotation", re.compile(rf"""["”»«“'’]\s*{_APART}\s*["“«„»'‘]""")),
    ("ellipsis", ELLIPSIS),
    ("line", re.compile(r"[.!?]\W*\n")),  # ports.⏎
    ("sentence", re.compile(r"[.!?\n\t|]")),
)
# Before a quotation without marks: "The paper says:", "The paper says that", "As the paper says,".
_SAYING = re.compile(
    r"(?:(?:[^:.!?\n]|(?<=\w)(?<!\w{4})\.){1,60}:|Is\sit\s\w+\sthat\b"  # "Li, Jan. 2017:"
    rf"|(?:According\sto|As\s(?:[^,:.!?\n]{{1,40}}\s)?(?:puts|{SAYS}))\b[^,:.!?\n]{{0,60}},"
    rf"|(?:In\s[^,:.!?\n]{{1,40}},\s)?[^,:.!?\n]{{1,40}}\b(?:says?|said|{SAYS}\sthat)(?:\sthat)?\b"
    r"(?!(?<=\bsay)\sabout\b))\s+"  # In May, it said; not "What does it say about"
)
# The greetings, closings and requests of a letter.
LETTER = re.compile(
    r"(?i)(?:dear|hello|hi|good (?:after\w+|day|evening|morning))\b[^.]{0,40}"
    r"|(?:\w+ )?(?:best|cheers|regards|thanks?(?: you)?(?: in advance| (?:so|very) much)?|wishes"
    r"|yours(?: \w+)?)\W*(?:[,\n][^,]{0,60})?|(?:please|kindly) [^.!?:\n]{0,60}[.!]"
)
# Before a quotation on lines of its own: "It goes on:"
_BLOCK = re.compile(r"(?<=[\w\"”’»)]):[^\S\n]*\n\s*(?=\w)")
_LABEL = re.compile(r"[*_ ]*[:|\t–—-]")  # after a citation that precedes a quotation
_WORD = re.compile(r"(?!\d{1,2}[.)])\b\w+")  # but not the number of a list item
_CACHED = 128  # paragraphs: enough for the whole paper; a larger corpus hardly gains from more
_SIGN = re.compile(r"(?:(?<!\S)-|[$€£¥¢₩₹₽₱฿₫₮~+±<>≤≥=≈×]\s*)\Z")  # before a number
_NOTED = re.compile(r"([a-z]{3,})\d{1,2}")  # a word with the number of a footnote after it
_LETTERS = re.compile(r"[^\W\d_]+(?:'s)?")
_AND = re.compile(r"&(?<![^\s\u00ad].)(?=\s)")


class Word(NamedTuple):
    """A word of a text; the offsets are half-open, in code points.

    ``text`` is the word as indexed; ``compared`` also has the sign of a number. In a quotation,
    ``editor`` is true of a whole bracket, and of a word with letters in brackets; ``before``
    separates it from the word before; ``marked`` is true in quotation marks, or after "It says:".
    """

    text: str
    compared: str
    start: int
    stop: int
    editor: bool = False
    before: Break = ""
    marked: bool = False


class Quotation(NamedTuple):
    """A pasted quotation: its words, and the place cited with it, if any."""

    words: Words
    named: Named | None = None


def read(text: str, beside: Sequence[Cited], known: Container[str]) -> list[Quotation]:
    """Return the quotations in a text, each with at least one word.

    ``beside`` are its citations; words that the end of a line splits are joined if ``known``.
    """
    found: list[list[Word]] = []
    for word in _words(text, [span for span, _ in beside], known):
        if word.before == "quotation":
            found.append([])
        found[-1].append(word)
    starts = [*(words[0].start for words in found), len(text)]
    named: dict[int, Named] = {}
    for span, place in beside:
        following = bisect(starts, span[0])
        if place:
            named.setdefault(following if _is_ahead(text, span) else following - 1, place)
    quotations, end_before, had_marks = list[Quotation](), 0, False
    for number, (words, following) in enumerate(zip(found, starts[1:], strict=True)):
        here = Quotation(_with_marks(text, words, (end_before, following)), named.get(number))
        has_marks = any(word.marked for word in here.words)
        in_line = quotations and "\n" not in text[end_before : words[0].start]
        if in_line and has_marks != had_marks:  # both are one quotation
            before, (first, *others) = quotations.pop(), here.words
            whole = (*before.words, first._replace(before="sentence"), *others)
            here, has_marks = Quotation(whole, before.named or here.named), True
        quotations.append(here)
        end_before, had_marks = words[-1].stop, has_marks
    return quotations


def _with_marks(text: str, words: list[Word], around: Span) -> list[Word]:
    """Return words, marked if they are in quotation marks, or after "The paper says:"."""
    marks = marked(text)
    has_marks = any(word.start in marks for word in words)
    lead = _BLOCK.search(text, *around) if has_marks else _SAYING.match(text, words[0].start)
    if lead and marks.isdisjoint(word.start for word in words if word.start >= lead.end()):
        marks |= frozenset(range(lead.end(), around[1]))
    return [word._replace(marked=True) if word.start in marks else word for word in words]


def after_lead(text: str, words: Words) -> Words:
    """Return the words after "Wang Yi:", if some of them, but not all, are in quotation marks."""
    said = _SAYING.match(text, words[0].start)
    rest = [word for word in words if said and word.start >= said.end()]
    return rest if len({word.start in marked(text) for word in rest}) > 1 else ()


def aside(text: str, words: Words) -> Words:
    """Return the words of questions and courtesies around others; none if there are no others."""
    begin, marks, others = words[0].start, marked(text), list[Span]()
    for start, stop in sentences(text[begin : words[-1].stop + 1]):
        span = begin + start, begin + stop
        said = text[slice(*span)].strip()
        is_aside = re.fullmatch(r"[^:]*\?", said) or LETTER.fullmatch(said)
        if not is_aside or not marks.isdisjoint(range(*span)):
            others.append(span)
    if not others:
        return ()
    first, last = others[0][0], others[-1][1]
    return [word for word in words if not first <= word.start < last]


def _is_ahead(text: str, place: Span) -> bool:
    """Return whether a citation is before its words: above a block, or in a line as "I ¶5: …"."""
    start, stop = place[0], place[0] + len(text[slice(*place)].rstrip())
    # What is before it and after it in its paragraph.
    before, after = text[:start].rpartition("\n\n")[2], text[stop:].partition("\n\n")[0]
    begins_line = not _WORD.search(before.rpartition("\n")[2])
    begins = not re.search(r"\w", before) or (begins_line and _LABEL.match(after))
    return bool(begins and re.search(r"\w", after))


def _words(text: str, beside: Iterable[Span], known: Container[str]) -> Iterator[Word]:
    """Yield the words of quotations, each with the break before it."""
    masked, marks, stop = mask(text, beside), marked(text), 0
    for word in words_of(masked, known):
        noted = _NOTED.fullmatch(word.text)
        if noted and word.text not in known and noted[1] in known:
            word = Word(noted[1], noted[1], word.start, word.start + noted.end(1))
        before: Break = _break(masked[stop : word.start]) if stop else "quotation"
        if stop and before == "quotation" and "\n" not in masked[stop : word.start]:
            is_within = marks.issuperset(range(stop, word.start))  # one quotation around both
            before = "" if is_within else before
        stop, typed = word.stop, text[word.start : word.stop]
        if typed[0] == "[" and typed[-1] == "]":
            word = word._replace(text=typed, compared=typed)
        yield word._replace(editor="[" in typed, before=before)


def _break(between: str) -> Break:
    if between == " ":
        return ""
    return next((name for name, pattern in _BREAKS if pattern.search(between)), "")


def source_words(text: str, quoted: set[str]) -> Words:
    """Return the words of a paragraph, with two joined where the quotation joins them."""
    words, joined = _read_source(text)
    if quoted.isdisjoint(joined):
        return words
    return words_of(without_note_numbers(text), quoted)


@lru_cache(_CACHED)
def _read_source(text: str) -> tuple[Words, Sequence[str]]:
    """Return the words of a paragraph, and each two of them joined, unless a mark is between."""
    plain, words = one_kind(text), words_of(without_note_numbers(text), ())
    pairs = ((a, b) for a, b in pairwise(words) if plain[a.stop : b.start].strip() in {"", "-"})
    return words, [one.text + other.text for one, other in pairs]


def words_of(text: str, known: Container[str]) -> list[Word]:
    """Return the words of a text, with "&" as "and", and two parts joined if that is ``known``.

    With only a space between, one must be unknown. Only letters are joined: "20-30" is not "2030".
    """
    plain, end = one_kind(text), 0
    spans = sorted([*token_spans(plain), *(each.span() for each in _AND.finditer(plain))])
    found: list[Word] = []
    for start, stop in spans:
        word = "and" if plain[start] == "&" else fold(plain[start:stop])
        between, end = plain[end:start], stop
        whole = found[-1].text + word if found else ""
        if whole in known and _LETTERS.fullmatch(whole):
            is_hyphenated = between.rstrip() == "-"
            are_two = whole != "cannot" and found[-1].text in known and word in known
            is_spaced = between.isspace() and plain[stop : stop + 1] != "-" and not are_two
            if is_hyphenated or is_spaced:
                found[-1] = Word(whole, whole, found[-1].start, stop)
                continue
        compared = word
        if word[0].isdigit():
            sign = _SIGN.search(plain, max(start - 4, 0), start)
            compared = (sign[0].strip() if sign else "") + word
            start -= len(sign[0]) if sign else 0
            if plain.startswith("+", stop):  # "60+ percent"
                compared, stop = f"{compared}+", stop + 1
        found.append(Word(word, compared, start, stop))
    return found
