"""Mask what a paste has besides quoted words: marks of its format, notes, remarks, sources.

A mask is as long as what it hides, so that offsets remain those of the paste.
"""

import re
from collections.abc import Iterable
from html import unescape

from ..search.spans import Span

_JOINER = "\u00ad"  # a soft hyphen: the tokenizer takes it as part of a word, and drops it
# Characters in place of an apostrophe, a hyphen at the end of a line, and an ellipsis.
_TYPED_FOR = str.maketrans("´′ʹ\ufffd¬⋯", "''''-…")
# Marks whose UTF-8 was read as Windows-1252, which lacks one byte of ”: Chinaâ€™s
_MARKS = "\u00a0“‘’…–—”"
_MISREAD = {mark.encode().decode("cp1252", "ignore"): mark for mark in _MARKS}
# The same marks as encoded in e-mail, which also cuts long lines: China=E2=80=99s
_MISREAD |= {"".join(f"={byte:02X}" for byte in mark.encode()): mark for mark in _MARKS}
# The "=" that ends such a line; in a short line, it may belong to a formula.
_CUT = r"=(?<=[^\n]{25})(?:\n|20(?=\n))"
_CODED = re.compile("|".join([_CUT, *sorted(_MISREAD, reverse=True)]))
_LINE_NUMBER = re.compile(r"(?m)^[^\S\n]*(\d{1,3})[^\S\n]+(?=\S)")  # of a printed page: 12 Ships
_MIN_NUMBERED = 3  # lines: two may begin with numbers that are part of the text
_OMITTED = re.compile(r"\\l?dots|\[(?:snip|omitted)\]")
# The last line of an e-mail above its answer, which has fewer ">": >> Ships pay
_ANSWERED = re.compile(r"(?m)^(((?: *>){1,9}) *>[^\n]*)\n(?=\2 *[^\s>])")
# An apostrophe escaped as in JSON, with a space after it, or misread as "?" or a quotation mark.
_APOSTROPHE = re.compile(r"(?<=\w)\\u2019(?=\w)|['’]\s(?=s\b)|[?\"](?<=[a-z].)(?=s\s)")
_ADDRESS = r"\([^\s()]*[/#.][^\s()]*\)"
_LINK = re.compile(rf"\[([^\[\]\n]+)\]{_ADDRESS}")  # of Markdown
_SAID = r"(?:stat|not|argu|stress|emphasi[sz]|claim|add|insist|warn|declar|pledg|vow)"
SAYS = rf"(?:says?|said|admit(?:s|ted)|conced(?:ed|es)|{_SAID}(?:e?[sd]|es))"
# A source that is only a link, or the number of a note: ([Port News](...)), [1](...), <sup>1</sup>
_LINKED = rf"\(\[[^\[\]\n]+\]{_ADDRESS}\)"
_NOTE_LINK = rf"(?:(?<!\s)\[\d{{1,3}}\]|\[\d{{1,2}}\]){_ADDRESS}"
# Words that count only if a paste has no others.
_BESIDE_WORDS = (
    # Struck out, or in a comment of HTML: ~~not~~, <!-- not -->
    r"~~[^~\n]+~~|<(del|s|strike)\b[^<>\n]*>[^\n]{0,500}?</\1>|<!--[^\n]{0,500}?-->"
    r"|\\s(?:t|out)\{[^{}\n]*\}|<th\b[^<>\n]*>[^<\n]{0,40}</th>",  # the head of a table, too
    r"(?m:^)\[\^?\d{1,3}\]:[^\n]*",  # the text of a note: [1]: Law 9
    rf"(?<=[.!?\"”’»]\s){_LINKED}|{_NOTE_LINK}|{_LINKED}(?=\W*(?:\n|\Z))",
    # A linked source of one to three words, without brackets, at the end of a line: [Port](...)
    rf"(?<=[.!?\"”’»]\s)\[(?:[^\s\[\]]+ ?){{1,3}}\]{_ADDRESS}(?=\W*(?:\n|\Z))",
    r"<sup\b[^<>]*>(?:[^\w<]|<[^<>]*>)*\d{1,3}(?:,\d{1,3}|[^\w<]|<[^<>]*>)*</sup>",
    # The date of a search result, or of an article: Jan 11, 2017 — Ships, 2017-01-11 | Port News
    r"(?m-i:^(?:(?:[A-Z][a-z]{2,8}\.? \d{1,2},|\d{1,2} [A-Z][a-z]{2,8}\.?) (?:19|20)\d\d"
    r"|(?:19|20)\d\d(?:[-/]\d\d){2})(?:(?=\s(?:[—–·]|\.\.\.|…)\s)|(?:[^\w\n]+(?:\d+|[A-Z]\w*))*$))",
    # A question in an interview: Q: Is it so?
    rf"(?m:^)(?![^\n]*(?:[\"“”‘«„]|\s'|\b{SAYS}\b))"
    r"[^\w\n]*(?:\w{1,20}(?: \w{1,20}){0,2}:|q\.)[^.!?\n]*\?[*_]*(?m:$)",
)
# Quotations in LaTeX: \enquote{ports} and \epigraph{ports}{Li}
_ENQUOTED = re.compile(
    r"(\\(?:epigraph|(?:block|en|text)quote)\*?(?:\[(?:[^\[\]]|\[[^\[\]]*\])*\])*)"
    r"\{((?:[^{}]|\{[^{}]*\})*)\}"
)
# Tags of HTML for text ("<not>" is a word), and its character references.
TAG = re.compile(
    r"</?(?:[abisu]|em|strong|span|su[bp]|mark|small|cite|del|ins|font|code|img|o:p|time"
    r"|(?P<quotes>q|quote|blockquote)|(?P<line>p|br|div|h[1-6]|li|[ou]l|hr|html|t(?:able|[dhr])"
    r"|t?(?:body|(?:foot|head)(?:er)?)|article|aside|bibl|cit|fig(?:ure|caption)|main|pre|section))"
    r"(?:\s+[\w:-]+=(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s<>]+))*\s*/?>|</?v(?:\s[^<>\n]{1,40})?>"
    # Tags of subtitles, forums, LaTeX and Org: <v Li>, [quote=Li], \begin{quote}, #+begin_quote
    r"|(?P<block>\[/?quote(?:=[^\[\]\n]*|\s\w+=[^\[\]\n]*)?\]|\\(?:begin|end)\{\w*quot\w*\}"
    r"|\#\+(?:begin|end)_quote)",
    re.IGNORECASE,
)
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#x[\da-fA-F]{1,6}|[A-Za-z]{2,8});")
# What may begin a line without being quoted.
_LEADS = (
    r"\(?(?:Q?\d{1,2}|[A-HQa-oq-z]|[ivx]{1,4}|[IVX]{1,4})[.):/]",  # 1. or (a) or Q:, but not p. 7
    r"\(?\d{1,2}/(?:\d{1,2}|n)\)?",  # 1/4 or (2/n), of a thread or a printed page
    r"[IVXL]+\.\d+:?|[¶§]\s?\d+\.?|\d{1,3}(?=\t)",  # II.1: or § 3
    # MR. LI: or Rule A: or **Japan:**
    r"[*_]{0,2}[A-Z][\w.'’-]*(?: [A-Z\d][\w.'’-]*){0,2}:[*_]{0,2}(?=\s\W?[A-Z]?[\sa-z])",
    r"(?:RT )?@\w+:?(?:\s@\w+:?)*",  # RT @port: @ship
    r"[A-Z ]{3,20}(?:, [^\n()]{3,12})? \(\w+\) [-–—]+",  # BEIJING, Jan. 11 (Xinhua) --
    r"[✓✔✅❌☐→➢➤▪■●○◦·‣►o]|\\item",
)
_LEAD = re.compile(rf"(?m)^((?:[^\S\n]*>)*[^\S\n]*)(?:{'|'.join(_LEADS)})(?=\s)")
# A dash before a list item, not before a source: below a closing mark, with no mark after it.
_DASH = re.compile(
    r"\n[^\S\n]*(?:--|[-–—])(?=\s)"
    r"(?!(?:(?<=[\"”’'»]\n.)|(?<=[\"”’'»]\n--))\s[^\"“‘'«][^\"“‘«\n]*(?:\n|\Z))"
)

# Short cells of a table: in its head, and before and after a long one. Lines of PDFs may have tabs,
# too, and the top of a page may be "12 | Port News".
_SHORT, _LONG = r" *(?:[^\s|]+ +){0,2}[^\s|]+ *", r"[^\t|\n]{30}"
_CELLS = (
    rf"\A(?:\|?{_SHORT}[\t|])+(?:{_SHORT})?\n(?=[|:\s-]*--|\s*[^\n]*{_LONG})",
    rf"(?:(?m:^)(?!\d+ \|)\|?(?={_SHORT}[\t|])|(?<={_LONG})[\t|])(?:{_SHORT}[\t|])*"
    rf"(?=(?:(?<=\|)|\W{{0,3}}[A-Z]){_LONG})",
    rf"(?<={_LONG})(?:\||\t(?:(?<=[.!?\"”’]\t)|(?![a-z])))(?:{_SHORT}(?:[\t|]|(?m:$)))+",
)
_END = r"(?=\W*(?:\n\s*\n|\Z))"  # of a quotation
_OUTSIDE = r"(?![^\n\"“‘]{0,300}[\"”’'](?!\w)\W*(?:\n|\Z))"  # of quotation marks: none is closed
# A name has words with a capital, and few others.
_WORD = r"[A-Z\d][\w.'’&-]{0,20}"
_MORE = rf"(?:(?:{_WORD}|of|the|on|for|and|white|paper)\b|pp?\.)"
_NO_NAME = r"(?i:and|but|except|excluding|never|nor|not?|only|or|unless|without)\b"
NAME = rf"[*_\"“]*(?!\d|{_NO_NAME}){_WORD}(?:[\s.,()@*\"“”]{{1,9}}{_MORE}){{0,12}}[.,)*_\"”]*"
_REMARKS = (
    r"(?:(?:my|our|author['’]s|added|original|unofficial)\s+)?"
    r"(?:emphas[ie]s|italics|bold\w*|underlin\w+"  # my emphasis
    r"|footnotes?|citations?|sic|translat(?:ion|ed)|ibid|op\.\scit|see\snote|note\s\d"
    r"|fn|sources?(?=:)|p(?:p|ages?)?\.?\s?\d+)\b"  # source:, p. 7
)
# Wiki templates that show their last unnamed argument; others make notes, or strike out words.
_SHOWING = r"(?:b|i|u|em|strong|bold|underline|small|big|hl|highlight|lang|nowrap|colou?r|xt|tq)"
_TIME = r"(?:\d{1,2}:)?\d{1,2}:\d\d(?:[.,]\d{3})?"

_PAGE = r"(?:\d{1,3}(?:\s(?:of|/)\s\d{1,3})?|(?-i:[ivx]{1,5}))"  # a page number

# Numbers of notes, in a quotation or in the text.
_NOTE_NUMBERS = (
    r"\[\^?\d{1,3}(?:[,\s–-]+(?:pp?\.\s?)?\d+)*\](?::\d+)?",  # [12] or [3, p. 4] or [2]:7
    # ports.¹² and of², but not km²
    r"(?:(?<=[.,;:!?\"'”’)])|(?<=[a-z]{3})|(?<=\b(?:as|at|by|is|it|of|on|or|to))"
    r"|(?<=\b[12]\d\d\d))[¹²³⁰⁴-⁹]+(?:[⁻,–-][¹²³⁰⁴-⁹]+)*",
    r"(?<=[.,;:!?\"”’])(?:\(\d{1,3}\)|\[(?-i:[ivx]+)\](?!\w))",  # ports.(3), ports.[ii]; not "[i]t
    r"(?<=(?-i:[a-z]{4})\.)\d\d?(?=\s(?-i:[A-Z]))",  # ports.12 A, but not "No.5 Rocket"
)
# Each pattern is matched by itself, which is quicker than all of them as one.
_ANYWHERE = (
    # Header lines of e-mail: On 3 May, Li Wei wrote: and Subject: ports
    r"(?m:^(?:[^\S\n]*>)*(?:-\s|\s?)(?:(?-i:(?:[^\n]+\)\n-\s)?Your\s(?:Highlight|Note))\s[^\n]*"
    r"|(?:On\s[^\n]{10,80}|\w+(?:\s\w+){0,2})\swrote:"
    r"|(?:From|Sent|To|Cc|Subject|Date|Published|Updated|Captured|Version\s\d+(?=:\spage)"
    r"|Source(?=:\sa\ssaved)|(?:Content|Message|MIME|Reply|X)-[\w-]+):[^\n]*)$)",
    # The ">" of quoted lines, and a title above them: > [!quote] Li
    r"(?m:^)(?:[^\S\n]*>)+(?:\s?\[!\w+\](?:[^\n]*(?=\n[^\S\n]*>))?)?",
    r"<ref\b[^<>]*(?:/>|>(?s:.{0,800}?)</ref>)",  # <ref>Law 9</ref>
    r"\{\{[^{}|]*quot[^{}|]*\|\s*(?:(?:text|quote|1)\s*=)?",  # {{quote|1= of {{quote|1=at sea}}
    rf"\{{\{{\s*{_SHOWING}\s*\|(?:[^{{}}|]{{0,20}}\|)*(?:\d\s*=)?"
    r"(?=[^{}|=]*(?:\{\{|(?:\|[^{}|=]*=[^{}|]*)*\}\}))",  # the {{lang|en| of {{lang|en|sea}}
    r"\{\{(?!" + _NO_NAME + r")\w[^{}]*\}\}|\|[^{}]{0,400}\}\}",  # {{cn|date=May}}, not {{not}}
    r"\[\[(?!\d)(?:[^\[\]|\n]*\|)?(?=[^\[\]|\n]+\]\])",  # [[Sea| of [[Sea|at sea]]
    r"(?m:^[^\w\n]*(?:\w+\s){0,2}(?:quot(?:e|ation)s|excerpts|passages|points)\W*$)",  # Key quotes
    # Of LaTeX: \cite[3]{law} and the \emph of \emph{ports}.
    r"\\footnote\{(?:[^{}]|\{[^{}]*\})*\}",
    r"\\(?:[a-z]*cite[a-z]*(?:\[[^\[\]]*\])*|textsuperscript(?=\{\d)|begin|end)\{[^{}]*\}"
    r"|\\[a-z]+(?=\{)",
    # Times in subtitles and transcripts: 00:01 --> 00:04, [1:02]
    rf"(?:\A(?:WEBVTT)?|\n)\s{{0,3}}(?:\d{{1,4}}\s?\n)?{_TIME}(?:\s-->\s{_TIME})?(?=\s)"
    rf"|[\[(](?:\d[\d./-]+,\s)?{_TIME}[\])]",
    r"(?m:^(?:1(?:[^\S\n]\d{1,2})+[ >]*|(?-i:Share)(?:\s[-–|]\s\w+)?)$)",  # 1 2 3 >, Share - Li
    r"【[^】\n]{0,80}†[^】\n]{0,80}】",  # the mark that chatbots leave: 【4†source】
    *_NOTE_NUMBERS,
    # A page number on a line of its own, unless the lines are short, as in a narrow column.
    rf"(?<=[^\n]{{20}})\n\s*[-–—]?\s?{_PAGE}\s?[-–—]?\s*\n(?=[^\n]{{20}}|[^\n]*\s*\Z)",
    rf"(?:\A|\n)\s{{0,9}}(?:[-–—]{{1,2}}\s?{_PAGE}\s?[-–—]{{1,2}}"
    rf"|(?:page|p\sa\sg\se|pp?\.)[\s|]{{0,3}}{_PAGE})\s{{0,9}}(?=\n|\Z)",
    # Numbers of notes in places where the text itself may have other numbers.
    r"(?<=[^\s\d][.!?\"'”’»)])\d{1,3}(?=[\"'”’»]*(?:\s*(?:\n|$)|\s(?-i:[A-Z])))",  # ports)12 A
    # ports.^7 and ports(7)
    r"(?:(?<=[.,;:!?\"'”’)])|(?<=[a-z]{2})|(?<=\s)(?=\$))\$?\^\{?\d{1,3}(?:\}?\$|[}^])?(?!\w)",
    r"(?<=[a-z]{2})\(\d{1,3}\)|(?<=[\w.,;:!?\"”’)])[①-⑳]",
    r"(?<=[^\s\d][,;:])\d\d?(?=\s[a-z]|\s*\Z)"
    rf"|(?<=[.!?\"'”’»]\s)\s*{_PAGE}(?=\s*\Z)",  # ports,1 ships
    r"(?:\(|\d(?<=[.!?\"'”’\n]\s.))\d{0,2}/(?:\d{1,2}|n)\)?(?=\s*(?:\n|$))",  # (2/n), at the end
    rf"[\[(]{_REMARKS}[^\[\]()]{{0,40}}[\])]",  # (emphasis added)
    # A source: (Li, 2017), - Port Office.
    r"[\[(](?-i:[A-Z])[^()\[\]\n]{0,80}\b(?:(?:19|20)\d\d|n\.d\.)[^()\[\]\n]{0,20}[\])]" + _END,
    r"\((?![^()\n]*\b(?:but|not?|never)\b)[^()\n]{0,60}"
    r"\b(?:white\spaper|section\s[IVX\d]|pp?\.\s?\d)"
    r"[^()\n]{0,40}\)" + _END,
    rf"(?:[—–―-](?<=[\s\u00ad-].)(?<!\w\n-)(?:(?<=[.!?\"”’»]\s.)-?|{_OUTSIDE})\s*"
    rf"|\((?<=[.!?\"”’]\s.))(?-i:{NAME}|China['’]s\swhite\spaper\b[^\n.!?;]{{0,40}}){_END}",
)
_AT_THE_END = (
    r"(?:\(?(?:via|h/t)\s@\w+\)?|#\w+)\s*(?:#\w+\s*){0,8}\Z",  # via @port #ships
    r"(?:\n|(?<=[.!?)\"”’])\s)"  # Source: Port Office
    r"(?:©|sources?:|(?:accessed|copyright|downloaded|enditem|full\stext"
    r"|(?:read|see)\smore|retrieved|sent\sfrom)\b)[^\n]{0,80}(?=\s*\Z)",
    # ", the document says" and ", according to the paper"
    rf",[\"”’']?\s{_OUTSIDE}(?:according\sto\s[^,.\n]{{0,20}}(?:paper|document)"
    rf"|(?:it|the\s[^,.\n]{{0,20}}(?:document|paper)|(?-i:[A-Z])\w+)\s(?-i:{SAYS})(?!\sthat\b))\b"
    rf"[\w\s]{{0,40}}(?=\W*\Z)",
)
_LONGEST_END = 400  # characters: more than any of these has; searching the whole paste is slow
_NO_WORDS, _NO_WORDS_AT_THE_END, _NO_WORDS_BESIDE, _NUMBERS = (
    [re.compile(pattern, re.IGNORECASE) for pattern in patterns]
    for patterns in (_ANYWHERE, _AT_THE_END, _BESIDE_WORDS, _NOTE_NUMBERS)
)
# The text of a note, below the quotation that refers to it: ports.¹ ... ¹ Law 9
_NOTE = re.compile(
    r"(?<=[.!?\"”’»])\[?(\d{1,2}|[¹²³⁰⁴-⁹]+|[ivx]{1,4}|[*†])\]?"
    r"(?=\s(?s:.*?)\n[^\S\n]*(\[?\1\]?\.?\s[^\n]*))"
)
# "[n]ot", "alliance[s]"; in the round brackets of news agencies only one letter, as in "(T)he".
_LETTERS_IN_BRACKETS = re.compile(
    r"\[(\w+)\](?=\w)|\[(?<=\w\[)([\w'’]+)\]|(?<!\w)\(([A-Za-z])\)(?=[a-z])"
)
_BRACKET = re.compile(r"\[(?=[^\[\]]*\w)[^\[\]]{1,120}\]")


def without_note_numbers(text: str) -> str:
    """Return a text with spaces in place of the numbers of its notes."""
    return _replaced(text, *_NUMBERS)


def without_line_numbers(text: str) -> str:
    """Return a paste with spaces in place of the numbers of its lines, if consecutive."""
    numbers = [int(found[1]) for found in _LINE_NUMBER.finditer(text)]
    if len(numbers) < _MIN_NUMBERED or numbers != [*range(numbers[0], numbers[-1] + 1)]:
        return text
    return _replaced(text, _LINE_NUMBER)


def without_misreadings(text: str) -> str:
    """Return a paste of the same length, with misread marks corrected."""
    return _CODED.sub(lambda each: _MISREAD.get(each[0], "").rjust(len(each[0]), _JOINER), text)


def without_markup(text: str) -> str:
    """Return a paste without markup, and with quotation marks for the markup of quotations."""
    plain = _REFERENCE.sub(lambda found: unescape(found[0]).rjust(len(found[0]), _JOINER), text)
    plain = _ENQUOTED.sub(lambda found: f"{' ' * len(found[1])}“{found[2]}”", plain)
    return TAG.sub(_shown, plain)


def _shown(tag: re.Match[str]) -> str:
    """Return a replacement for a tag, as long: a quotation mark, a line break or a space."""
    size = len(tag[0])
    if tag["quotes"] or tag["block"]:
        is_end = tag[0].lower().startswith(("</", "[/", "\\end", "#+end"))
        return "”".ljust(size) if is_end else "“".rjust(size)
    return ("\n" if tag["line"] else " ").ljust(size)


def blanked(text: str, spans: Iterable[Span], mark: str = " ") -> str:
    """Return a text with each character of the spans replaced by ``mark``."""
    for start, stop in spans:
        text = text[:start] + mark * (stop - start) + text[stop:]
    return text


def _replaced(text: str, *patterns: re.Pattern[str], template: str = "", fill: str = " ") -> str:
    """Return a text with all matches replaced by a template, filled to their length."""
    for pattern in patterns:
        text = pattern.sub(lambda found: found.expand(template).ljust(len(found[0]), fill), text)
    return text


def mask(text: str, beside: Iterable[Span]) -> str:
    """Return a paste with only the words of its quotations left, and what separates them.

    ``beside`` are the spans of citations. An editor's bracket becomes one word, and letters in
    brackets a part of their word.
    """
    masked = text.translate(_TYPED_FOR)
    masked = _replaced(masked, _ANSWERED, template=r"\1•")
    masked = _replaced(masked, _OMITTED, template="…")
    without = _replaced(masked, *_NO_WORDS_BESIDE)
    masked = without if re.search(r"\w", without) else masked
    masked = _replaced(masked, _LINK, template=r" \1")
    cited = (each for each in beside if re.search(r"\w", masked[slice(*each)]))
    with_colons = [(start, stop + masked.startswith(":", stop)) for start, stop in cited]
    masked = blanked(masked, with_colons, "\n")
    masked = blanked(masked, [found.span(2) for found in _NOTE.finditer(masked)])
    masked = _APOSTROPHE.sub(lambda found: "'".rjust(len(found[0]), _JOINER), masked)
    masked = without_markup(masked)
    masked = _replaced(masked, *_NO_WORDS)
    end = max(len(masked.rstrip()) - _LONGEST_END, 0)
    masked = masked[:end] + _replaced(masked[end:], *_NO_WORDS_AT_THE_END)
    # A single sign may be text that begins a line by chance.
    if _LEAD.match(masked) or len(_LEAD.findall(masked)) > 1:
        masked = _replaced(masked, _LEAD, template=r"\1", fill="•")
    masked = _replaced(masked, *map(re.compile, _CELLS), fill="•")
    if len(_DASH.findall(f"\n{masked}")) > 1:
        masked = _replaced(masked, _DASH, template="\n", fill="•")
    masked = _replaced(masked, _LETTERS_IN_BRACKETS, template=r"\1\2\3", fill=_JOINER)
    has_others = re.search(r"\w", _BRACKET.sub("", masked))
    return _replaced(masked, _BRACKET, fill="x") if has_others else masked
