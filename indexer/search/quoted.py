"""Read what was pasted: quotations, their words, and what separates one word from the next.

Whatever is not a word of a quotation is masked in place, so that offsets stay those of the paste.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Container, Iterable, Iterator, Sequence
from functools import lru_cache
from html import unescape
from itertools import pairwise
from typing import Literal, NamedTuple, TypeAlias

from ..model import Document
from .analysis import fold, one_kind, token_spans
from .attribution import Named, attributions
from .spans import Span

Break: TypeAlias = Literal["", "sentence", "line", "ellipsis", "quotation"]

_JOINER = "\u00ad"  # a soft hyphen: the tokenizer takes it as part of a word, and drops it
ELLIPSIS = re.compile(r"[\[(]\s*(?:…|\.(?:\s?\.){2,})\s*[\])]|…|\.(?:\s?\.){2,}")
# A new quotation begins after an empty line, at a bullet, on a line that begins with a quotation
# mark, and with quotation marks after others. A line after the end of a sentence may be another
# quotation. Of the breaks that fit, the first counts.
_BREAKS: tuple[tuple[Break, re.Pattern[str]], ...] = (
    ("quotation", re.compile(r"""\n\s*["'“‘«„*\n]|•""")),
    ("quotation", re.compile(r"""["”»«]\s*[.,;/|&\s]\s*["“«„»]|['’]\s*[.,;/|&\s]\s*['‘]""")),
    ("ellipsis", ELLIPSIS),
    ("line", re.compile(r"[.!?]\W*\n")),
    ("sentence", re.compile(r"[.!?\n\t|]")),
)
_BRACKET = re.compile(r"\[(?=[^\[\]]*\w)[^\[\]]{1,120}\]")
# What begins a line and is no part of it: its number in a list or a thread, who wrote it, where.
_LEAD = re.compile(
    r"(?m)^([^\S\n]*)(?:\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]|\d{1,2}/\d{0,2}"
    r"|(?:RT )?@\w+:|[IVXL]+\.\d+:?|[¶§]\s?\d+"
    r"|[A-Z ]{3,20}, [^\n()]{3,12} \(\w+\) [-–—]+)(?=\s)"
)
# Marks of HTML: numbers of footnotes, tags of text ("<not>" is a word), references to characters.
_TAG = re.compile(
    r"<sup\b[^<>]*>(?:<[^<>]*>|[\[\d*†\]]){0,9}</sup>"
    r"|</?(?:[abiqsu]|em|strong|span|su[bp]|mark|small|cite|del|ins|font"
    r"|(?P<line>p|br|div|h[1-6]|li|[ou]l|blockquote|footer|table|tbody|t[dhr]))(?:\s[^<>]*|/)?>",
    re.IGNORECASE,
)
_REFERENCE = re.compile(r"&(?:#\d{1,5}|#x[\da-fA-F]{1,4}|[A-Za-z]{2,8});")
# A source that ends a quotation: words with a capital, and few others.
_WORD = r"[A-Z\d][\w.'’&-]{0,20}"
_MORE = rf"(?:(?:{_WORD}|of|the|on|for|and|white|paper)\b|pp?\.)"
_NAME = rf"[*_\"“]*(?!\d|Not?\b|Never\b){_WORD}(?:[\s,()*\"“”]{{1,5}}{_MORE}){{0,12}}[.,)*_\"”]*"
_END = r"(?=\W*(?:\n\s*\n|\Z))"
_STRESS = r"(?:stat|not|argu|stress|emphasi[sz]|claim|add|insist|warn|declar|pledg|vow)"
_SAYS = rf"(?:says?|said|{_STRESS}(?:e?[sd]|es))"
# What is no word of the text: each is looked for by itself, which is quicker than all at once.
_NO_WORDS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # Signs before quoted lines, who wrote them, and remarks of editors.
        r"(?m:^)(?:[^\S\n]*>)+",
        r"(?m:^)[^\S\n]*On\s(?:[^\n]|\n(?=wrote:)){8,120}\bwrote:",
        r"[\[(]sic[!?]?[\])]",
        r"[\[(](?:(?:my|our|author's|added|original)\s+)?"
        r"(?:emphas[ie]s|italics|bold\w*|underlin\w+|footnotes?|citations?|translat(?:ion|ed)"
        r"|ibid|op\.\scit|see\snote|note\s\d|fn|sources?(?=:)"
        r"|p(?:p|ages?)?\.?\s?\d+)\b[^\[\]()]{0,40}[\])]",
        # Numbers of footnotes.
        r"\[\^?\d{1,3}(?:[,\s–-]+(?:pp?\.\s?)?\d+)*\](?::\d+)?",
        r"[¹²³⁰⁴-⁹](?:(?<=[.,;:!?\"'”’)].)|(?<=[a-z]{3}.))[¹²³⁰⁴-⁹]*",
        r"\d(?<=[^\s\d][.!?\"'”’»)].)\d{0,2}(?=\s*(?:\n|$)|\s(?-i:[A-Z]))",
        r"\d(?<=[^\s\d][,;:].)\d?(?=\s[a-z])|\d(?<=[.!?\"'”’»]\s.)\d{0,2}(?=\s*\Z)",
        # The number of a page on a line of its own, if the lines are not those of a narrow column.
        r"\n(?<=[^\n]{20}\n)\s*(?:page\s|[-–—]\s?)?\d{1,3}(?:\sof\s\d+|\s?[-–—])?\s*\n(?=[^\n]{20})",
        # The number of a post in a thread, and the source.
        r"[(\d](?<=[.!?\"'”’]\s.)\d{0,2}/(?:\d{1,2}|n)\)?(?=\s*(?:\n|$))",
        r"[\[(](?-i:[A-Z])[^()\[\]\n]{0,80}\b(?:(?:19|20)\d\d|n\.d\.)[^()\[\]\n]{0,20}[\])]"
        rf"{_END}",
        rf"(?:[—–―-](?<=[\s-].)(?<!\w\n-)\s*|\((?<=[.!?\"”’]\s.))(?-i:{_NAME}){_END}",
        r"(?-i:â€.)",  # a mark in another code
    )
)
# What is no word of the text at the end of a paste: tags, the source, and who said it.
_LONGEST_END = 400
_NO_WORDS_AT_END = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"#\w+\s*(?:#\w+\s*){0,8}\Z",
        r"\s(?:(?<=\n)|(?<=[.!?)\"”’].))(?:sources?:|read\smore\b)[^\n]{0,80}(?=\s*\Z)",
        # Not "India and the United States", nor "which it never said".
        r",[\"”’']?\s(?![^,.\n]*\b(?:not?|never|nobody)\b)"
        r"(?:(?:according\sto|said|says)\s[^,.\n]{0,20}paper|(?:[\w'’-]+\s){1,9}(?:adds|said|says)"
        rf"|(?:it|the\s[^,.\n]{{0,20}}(?:document|paper)|(?-i:[A-Z])\w+)\s(?-i:{_SAYS}))\b"
        r"(?!\sthat\b)[\w\s]{0,80}(?=\W*\Z)",
    )
)
_LETTERS_IN_BRACKETS = re.compile(r"\[([^\W_]+)\](?=[^\W_])|\[(?<=[^\W_]\[)((?:[^\W_]|['’])+)\]")
_TYPED_FOR = str.maketrans("´′\ufffd¬", "'''-")  # an apostrophe, and a hyphen at the end of a line
_APOSTROPHE = re.compile(r"[â'’](?:(?<=â)€™|(?<!â)\s(?=s\b))")  # in another code, or beside a space
# A link of Markdown, whose address may be masked.
_LINK = re.compile(r"\[([^\[\]\n]+)\](?:\n{8,}|\([^\s()]*[/#.][^\s()]*\))")
# What is in quotation marks: in single ones, which are apostrophes too, from the first to the last.
_MARKS = re.compile(
    r"""[“„«"‘'](?:(?<=“)[^“”]*”|(?<=„)[^“”„]*[“”]|(?<=«)[^«»]*»"""
    r"""|(?<=")(?<!\w")(?=\S)(?:[^"]|(?<=\s)"\b[^"]*")*"(?!\w)"""
    r"""|(?<=[‘'])(?<!\w.)(?=\S)(?s:(?![’']\W?\s\w+\s[‘']).)*(?<=[\w.,;:!?…"”])[’'](?!\w))"""
)
# Before a quotation without marks: "The paper says:", "The paper says that", "As the paper says,".
_SAYING = re.compile(
    r"(?:[^:.!?\n]{1,60}:|(?:According\sto"
    rf"|As\s(?:[^,:.!?\n]{{1,40}}\s)?(?:puts|says?|{_STRESS}e?[sd]))\b[^,:.!?\n]{{0,60}},"
    rf"|(?:In\s[^,:.!?\n]{{1,40}},\s)?[^,:.!?\n]{{1,40}}\b(?:says?|said|{_SAYS}\sthat)(?:\sthat)?\b)\s+"
)
_CACHED = 128  # paragraphs: all of the paper's. In a library it saves next to nothing.
_NOTED = re.compile(r"([a-z]{3,})\d{1,2}")  # a word with the number of a footnote behind it
_SIGN = re.compile(r"(?<!\S)-|[$€£¥¢₩₹₽₱฿₫₮~+±<>≤≥=≈×]")  # before a number
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")


class Word(NamedTuple):
    """A word of a text; the offsets are half-open, in code points.

    ``text`` is the word as it is indexed, ``compared`` as it is compared. In a quotation,
    ``editor`` is true of a word that has letters in brackets and of a whole bracket, which is one
    word; ``before`` is what separates it from the word before; ``marked`` is true of a word in
    quotation marks, or behind "The paper says:".
    """

    text: str
    compared: str
    start: int
    stop: int
    editor: bool = False
    before: Break = ""
    marked: bool = False


class Quotation(NamedTuple):
    """One of the quotations pasted: its words, and the place named after it, if any."""

    words: Sequence[Word]
    named: Named | None = None


def read(text: str, documents: Iterable[Document], known: Container[str]) -> list[Quotation]:
    """Return the quotations in a text, each with at least one word.

    ``documents`` may be cited after them; ``known`` has the words of their texts, so that a word
    cut at the end of a line is made whole.
    """
    beside = list(attributions(text, documents))
    found: list[list[Word]] = []
    for word in _words(text, [span for span, _ in beside], known):
        if word.before == "quotation":
            found.append([])
        found[-1].append(word)
    starts = [*(words[0].start for words in found), len(text)]
    named: dict[int, Named] = {}
    for span, each in beside:
        if each:
            named.setdefault(bisect(starts, span[0]) - (not _is_ahead(text, span)), each)
    quotations, start = list[Quotation](), 0
    for number, words in enumerate(found):
        first, following = starts[number : number + 2]
        marks = {at for m in _MARKS.finditer(text, start, following) for at in range(*m.span())}
        if not marks and (saying := _SAYING.match(text, first)):
            marks = {*range(saying.end(), following)}
        here = [word._replace(marked=True) if word.start in marks else word for word in words]
        place, own = named.get(number), quotations[-1].words if quotations else ()
        quoted = any(word.marked for word in here)
        goes_on = own and "\n" not in text[start:first] and (quoted or not place)
        if goes_on and quoted != any(word.marked for word in own):
            here = [*own, here[0]._replace(before="sentence"), *here[1:]]
            place = quotations.pop().named or place
        quotations.append(Quotation(tuple(here), place))
        start = words[-1].stop
    return quotations


def _is_ahead(text: str, place: Span) -> bool:
    """Return whether a place that is named begins a block of lines, and words follow there."""
    start, stop = place[0], place[0] + len(text[slice(*place)].rstrip())
    before, after = text[:start].rpartition("\n\n")[2], text[stop:].partition("\n\n")[0]
    return not re.search(r"\w", before) and bool(re.search(r"\w", after))


def _words(text: str, beside: Iterable[Span], known: Container[str]) -> Iterator[Word]:
    """Yield the words of quotations, each with what separates it from the one before."""
    masked = text.translate(_TYPED_FOR)
    for start, stop in beside:
        masked = masked[:start] + "\n" * (stop - start) + masked[stop:]
    masked = _LINK.sub(lambda found: f" {found[1]}".ljust(len(found[0])), masked)
    masked = _APOSTROPHE.sub(lambda found: "'".rjust(len(found[0]), _JOINER), masked)
    masked = _REFERENCE.sub(lambda found: unescape(found[0]).rjust(len(found[0]), _JOINER), masked)
    masked = _TAG.sub(lambda found: ("\n" if found["line"] else " ").ljust(len(found[0])), masked)
    masked = _LEAD.sub(lambda found: found[1].ljust(len(found[0]), "•"), masked)
    for pattern in _NO_WORDS:
        masked = pattern.sub(_spaces, masked)
    end = max(len(masked.rstrip()) - _LONGEST_END, 0)
    for pattern in _NO_WORDS_AT_END:
        masked = masked[:end] + pattern.sub(_spaces, masked[end:])
    masked = _LETTERS_IN_BRACKETS.sub(lambda m: (m[1] or m[2]).ljust(len(m[0]), _JOINER), masked)
    masked = _BRACKET.sub(lambda found: "x" * len(found[0]), masked)
    stop = 0
    for word in words_of(masked, known):
        noted = _NOTED.fullmatch(word.text) if word.text not in known else None
        if noted and noted[1] in known:
            word = Word(noted[1], noted[1], word.start, word.start + noted.end(1))
        before: Break = _break(masked[stop : word.start]) if stop else "quotation"
        stop, typed = word.stop, text[word.start : word.stop]
        if "[" in typed:
            word = word._replace(editor=True)
            if typed[0] == "[" and typed[-1] == "]":
                word = word._replace(text=typed, compared=typed)
        yield word._replace(before=before) if before else word


def _spaces(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _break(between: str) -> Break:
    """Return the break that is between two words."""
    if between == " ":
        return ""
    return next((name for name, pattern in _BREAKS if pattern.search(between)), "")


def source_words(text: str, quoted: Container[str]) -> Sequence[Word]:
    """Return the words of a paragraph, those with a hyphen as one where the quotation has it so."""
    words, joined = _read_source(text)
    return words_of(text, quoted) if any(word in quoted for word in joined) else words


@lru_cache(_CACHED)
def _read_source(text: str) -> tuple[Sequence[Word], Sequence[str]]:
    """Return the words of a paragraph, and what each two with a hyphen would be as one."""
    plain, words = one_kind(text), words_of(text, ())
    pairs = ((a, b) for a, b in pairwise(words) if plain[a.stop : b.start].strip() == "-")
    return words, [one.text + other.text for one, other in pairs]


def words_of(text: str, known: Container[str]) -> list[Word]:
    """Return the words of a text; parts with a hyphen are one word where it is known as one.

    Only a hyphen joins, for "may be" is not "maybe", and only letters, for "20-30" is not "2030".
    """
    plain, end = one_kind(text), 0
    found: list[Word] = []
    for start, stop in token_spans(plain):
        word = fold(plain[start:stop])
        has_hyphen = found and plain[end] == "-" and not plain[end + 1 : start].strip()
        end = stop
        if has_hyphen:
            whole = found[-1].text + word
            if whole.isalpha() and whole in known:
                found[-1] = Word(whole, whole, found[-1].start, stop)
                continue
        compared = word
        if word[0].isdigit():
            digits, sign = plain[start:stop], _SIGN.match(plain, start - 1) if start else None
            is_code = "," in digits and not _THOUSANDS.fullmatch(digits)
            compared = (sign[0] if sign else "") + (digits if is_code else word)
            start -= bool(sign)
        found.append(Word(word, compared, start, stop))
    return found
