"""Extract title, date, lines and pager from a page as received. No input or output."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import dropwhile, takewhile

from bs4 import Comment, Tag
from bs4.dammit import EncodingDetector
from bs4.element import NavigableString, PageElement

from ..errors import PageError
from ..text import normalise
from .fetch import MAX_PAGE_BYTES
from .html import NEVER, Tree, View, parse, require_sound, views
from .lines import Block, Line, Piece, is_sentence, plain, to_lines
from .pager import Pager, find_pager

# Where the sites of the paper have the body (which may be several elements in a row), the most
# telling selector first; SCIO has only a comment at its start. Then the title and the date.
_BODIES = ((".Artical_Content",), ("#Content", ".artTxt"), ("#container_txt", "#artbody"))
_TITLES = (("h1", "h2"), ("#Title_e", ".Artical_Title", "#title", ".title"))
_DATED = ((".Artical_Info", ".info_l", ".info", "#guild", ".pubtime"), (".date", ".time", "time"))
# What only the markup tells of the date, and of the address, which may have it.
_DATED_MARKUP = re.compile(
    r"(?i)<meta[^>]*(?:name|property|itemprop)=[\"']?[\w:. -]*(?:pub|(?<!up)date|creat|url)[^>]*"
    r"|<(?:link|a)\b[^>]*(?:canonical|reader-domain)[^>]*|saved from url=\S+|url: http\S+"
    r"|<time[^>]*datetime[^>]*|\"datePublished\"[^,}]*"
)

# On another site, or after a redesign, the body is the innermost container of so much of the
# page's text (links apart); a page with fewer characters of it is not an article. A page of the
# paper has 20,000, a page that says that nothing was found under 500.
BODY_SHARE = 0.8
LEAST_TEXT = 1000
_CONTAINERS = ("article", "body", "center", "div", "form", "main", "section", "td")

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# Thai editions of these sites count years from 543 BC: 2569 is 2026.
BUDDHIST_ERA, FIRST_BUDDHIST_YEAR = 543, 2400
_DATES = (
    re.compile(r"\b(?P<year>\d{4})[-/.年](?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})"),
    re.compile(r"\b(?P<month>[A-Za-z]{3,9})\.? ?(?P<day>\d{1,2})[a-z]*[ ,]+(?P<year>\d{4})"),
    re.compile(r"\b(?P<day>\d{1,2})[a-z]*[ -](?P<month>[A-Za-z]{3,9})[., -]{1,2}(?P<year>\d{4})"),
    re.compile(r"\b(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})(?![.\d])"),
)
_DATE_IN_ADDRESS = re.compile(r"/(?P<year>\d{4})[-/]?(?P<month>\d{2})/(?P<day>\d{2})/")
_UPDATED = re.compile(r"(updated?|published?|time)\s*[:：]", re.IGNORECASE)

# The longest paragraph of the paper has 1,750 characters; a longer one than this is no paragraph.
LONGEST_LINE = 50_000

# Traces of a wrong guess in English text: a byte that could not be read, a Chinese character beside
# a Latin letter ("China抯"), accented letters in a row ("â€™"), control characters.
_DAMAGE = re.compile(
    "\ufffd|[a-z][\u2e80-\u9fff\uac00-\ud7a3]|[\u2e80-\u9fff\uac00-\ud7a3][a-z]"
    "|[\u00a1-\u00ff][\u00a1-\u00ff\u2010-\u2122]|[\x00-\x08\x80-\x9f]|[a-z][ˇ¨〃]"
)
# plain() leaves none in a text read well; nor has it signs that were decoded twice, or lost.
_NO_TEXT = re.compile(
    "[\ufffd\x00-\x1f\x7f-\x9f]|â€|鈥|锟斤拷|Â(?= )|(?<=[a-z])Õ(?=[a-z])|¡[ª¯°±]"
    r"|[a-z][?\u25a1]s(?= )|(?<= )\?(?=\w)"
)
_HTML = re.compile(r"<(!doctype|html|head|body|meta|title|div|p|h1)\b", re.IGNORECASE)
# Pieces of a tag that lost its beginning or its end, and what stands for a text to come.
_TORN = re.compile(r"<[/!?>\w]|[\w\"'/<-]>|(?i:^(?:loading|please wait)\W*$|enable javascript)")

# The suffix of a title in the head; what is put before a title, and the number of the page behind.
_SITE = re.compile(r"\s*(\||_|»| ?-- | [-–—] (?=[^-–—]*$)).*$", re.DOTALL)
NO_TITLE = re.compile(
    r"(?i)^[\[(（【]?full text\s*[:：\])）】]+\s*|\s*[|,–—-]\s*page \d{1,2}$"
    r"|\s*[\[(（](?:(?:page |part )?\d{1,2}(?:/\d{1,2})?|full text|cont(?:inue|')d)[)）\]]$"
)
_TOOL = (
    r"(?:print|close|save|e-?mail|share|comments?|facebook|twitter|we ?chat|(?:back to )?top|views?"
    r"|likes?|linkedin|whatsapp|weibo|qq|copy link|link copied|scan|(?:font|text) size|adjust"
    r"|large|medium|small|listen|bookmark|favou?rite|download|enlarge|subscribe"
    r"|follow us|log ?in|register|sign up|(?:min|minutes) read|reading time|中文版?|english)\b"
)
_AGENCY = (
    r"(?:xinhua(?: news agency)?|china ?daily(?:\.com\.cn)?|china\.org\.cn"
    r"|(?:english|www)\.news\.cn|cgtn|scio)\b"
)
_PHOTOS = r"(?:xinhua|china daily|afp|ap|reuters|getty|cfp|vcg|agencies)"
# Lines of the page and no text, wherever they stand. A caption is known by its credit.
_LABEL = re.compile(
    rf"(?i)(?!.{{400}})[\W_]*(?:(?:\d[\d,]* )?{_TOOL}"
    rf"(?:[\W_]*(?:{_TOOL}|(?:to|on|this|article|page|s|a|\d+)\b))*"
    rf"|(?:by |(?:from|sources?)\W+)?{_AGENCY}(?:(?: \w+){{0,2}} ?\d[\W\d]*(?:page[\W\d]*)?)?"
    rf"|(?:{_AGENCY}\W*)?(?:updated?|published?|time)\s*[:：].{{0,60}}\d{{4}}.{{0,60}}"
    r"|(?:sources?|tags?|keywords?|category|filed under|来源|编辑)\s*[:：].{0,60}"
    r"|continued from .{0,30}|share ?- ?\w+|(?:the )?end|分享|打印|(?:read )?(?:the )?full text"
    r"|ads?|ads by google|advertisements?|skip ad\w*|promoted|sponsored(?: content| by .{0,30})?"
    r"|(?:story|article) continues below.{0,30}|(?:read|see) (?:also|more) ?:.*"
    r"|(?:view|show|read|see)\b.{0,30}\b(?:one|single) page|.{0,30}\bpdf\b.{0,20}"
    r"|related|recommended(?: for you)?|you may(?: also)? like|editors?['’]s? picks?"
    r"|(?:related|more|most|hot|(?:today['’]s )?top|latest) (?:stor(?:y|ies)|articles?|news"
    r"|coverage|links?|readings?|topics|read|viewed|popular)|you are here\s*:.{0,80}"
    r"|(?:\w+ )?(?:edited|translated|proofread) by .{0,60}"
    rf"|(?:.{{0,300}}[\[(.]\s*)?(?:file photo.{{0,60}}|(?:{_PHOTOS} )?photos?(?:\s*[:：/]| by\b"
    rf"| provided\b|\W*$).{{0,60}}|{_PHOTOS}/.{{2,60}})|.{{0,300}}/ ?{_PHOTOS}(?: photo)?"
    r")[\W_]*"
)
_FOOTER = re.compile(
    r"(?i)(.{0,200}\b)?copyright\s*(©|\(c\)|[12]\d{3})|©|all rights reserved|京ICP[备證证]"
    r"|京公网安备|enditem$"
    r"|[(\[【]?\s*(\w+ )?editors?\s*[:：]|[(\[]edited by\b|[\[(（【]?责任?编辑"
    r"|contact the (?:writer|reporter)s?\b"
    r"|follow (?:us|[\w.]+(?: daily)?) on\b|[\[(]for (?:more|the latest) .{0,30}(?:news|stories)\b"
)
_BYLINE, LONGEST_BYLINE = re.compile("By [A-Z]"), 80
# What a site answers instead of an article, in its template and with status 200.
_NO_ARTICLE = re.compile(
    r"(?i)\b(?:sorry|oops)\b|\b(?:page|article|content|file)\b.{0,60}\b(?:not (?:be )?found"
    r"|unavailable|not available|not exist|no longer|removed|deleted)\b|please (?:log|sign) in"
    r"|access denied|(?:come back|try again) later|under maintenance"
)
_MORE = re.compile(r"(?i)\W*((read|show|view|see) (more|all)|continue reading|expand)\W*")


@dataclass(frozen=True)
class PageText:
    """The content of one page.

    ``published`` is an ISO date. ``blocks`` are the lines of its text, and ``seen`` all lines that
    a reader sees in their place. ``plain`` is true of a page of plain text.
    """

    title: str
    published: str
    blocks: tuple[Block, ...]
    pager: Pager
    seen: tuple[Line, ...] = ()
    plain: bool = False


def extract(content: bytes, where: str, address: str = "") -> PageText:
    """Read a page, in HTML or in plain text as a browser shows it.

    ``where`` names the page in errors, ``address`` is that of the page, if known. Raise PageError
    if the page is not an article, damaged, truncated, or too large.
    """
    try:
        if len(content) > MAX_PAGE_BYTES:
            raise PageError(f"the page has more than {MAX_PAGE_BYTES:,} bytes.")
        page = _read(content, address)
        if any(_NO_TEXT.search(block.text) for block in page.blocks):
            raise PageError("its text has bytes that no encoding explains.")
        if torn := next((block.text for block in page.blocks if _TORN.search(block.text)), ""):
            raise PageError(f'the page is damaged, or was not loaded whole: "{torn[:60]}".')
    except PageError as error:
        raise PageError(f"{where}: {error}") from error
    return page


def _read(content: bytes, address: str) -> PageText:
    """Read a page in the encoding that leaves the fewest traces of a wrong guess in its article."""
    readings, pages, errors = decodings(content), dict[str, PageText](), list[PageError]()
    for text in readings:
        try:
            page = (_read_html if _HTML.search(text) else _read_plain)(text, address)
            pages["\n".join([page.title, *(block.text for block in page.blocks)])] = page
        except PageError as error:
            errors.append(error)
    if not pages:
        raise errors[0]
    best = min(pages, key=lambda words: len(_DAMAGE.findall(words)))
    if len(readings) > 1 and (trace := _DAMAGE.search(best)):
        around = best[max(0, trace.start() - 30) : trace.end() + 30]
        raise PageError(f'no encoding explains the bytes of its text: "{around}".')
    return pages[best]


def decodings(content: bytes) -> list[str]:
    """Return the texts that a page may be, whatever encoding it declares: many declare a wrong one.

    Valid UTF-8 is UTF-8: hardly any other text is. Unexplained bytes become U+FFFD.
    """
    content, marked = EncodingDetector.strip_byte_order_mark(content)
    try:
        return [content.decode(marked or "utf-8")]
    except UnicodeDecodeError:
        names = [marked] if marked else ["utf-8", "windows-1252", "gb18030", "big5"]
        return [content.decode(name, "replace") for name in names]


def _read_html(text: str, address: str) -> PageText:
    page = parse(text)
    bodies = next(filter(None, (page.named(*names) for names in _BODIES)), None) or [
        _heaviest(page)
    ]
    seen = views(page, {id(node) for body in bodies for node in (body, *body.descendants)})
    title, nodes = _find_title(page, seen)
    require_sound(nodes)
    lines = list(to_lines(nodes, seen))
    unseen = {at for at, view in seen.items() if view.inside and view.kind == "hidden"}
    hidden = (text for text in page.find_all(string=True) if id(text.parent) in unseen)
    more = [line.shown for line in lines if line.inside and _MORE.fullmatch(line.shown)]
    if more and any(is_sentence(text) and not text.find_parent(NEVER) for text in hidden):
        raise PageError(f'text is hidden behind "{more[0]}": show it all, then save the page.')
    head = takewhile(lambda line: not is_sentence(line.shown), lines)
    dated = [tag.get_text(" ") for names in _DATED for tag in page.named(*names)]
    markup = _DATED_MARKUP.findall(text)
    heads = [" ".join(piece.words for piece in line.pieces) for line in head]
    day = published([*dated, *markup, *heads], " ".join([address, *markup]))
    links = (tag for tag in page.named("a", "link") if "next" in tag.get_attribute_list("rel"))
    rel_next = next((str(tag["href"]) for tag in links if tag.has_attr("href")), "")
    return _page_text(title, day, lines, find_pager(lines, rel_next, text), page.finished)


def _heaviest(page: Tree) -> Tag:
    """Return the element around SCIO's mark, or the innermost of most of the page's text."""
    mark = page.find(string=lambda text: isinstance(text, Comment) and text.strip() == "enpcontent")
    if mark and mark.parent:
        return mark.parent
    weights = Counter[int]()
    for node in reversed(list(page.descendants)):  # an element comes after what it contains
        weight = len(node.strip()) if type(node) is NavigableString else weights[id(node)]
        weights[id(node.parent)] += 0 if isinstance(node, Tag) and node.name == "a" else weight
    if weights[id(page)] < LEAST_TEXT:
        says = plain(page.get_text(" "))[:LONGEST_BYLINE]
        raise PageError(f'no article was found on the page, which has hardly any text: "{says}".')
    least = BODY_SHARE * weights[id(page)]
    heavy = (tag for tag in page.named(*_CONTAINERS) if weights[id(tag)] >= least)
    return [page, *heavy][-1]


def _find_title(page: Tree, seen: Mapping[int, View]) -> tuple[str, list[PageElement]]:
    """Return the title, and the nodes of the page after it (all, if it is in the head only).

    It is the element, or all first headings together, with the words of the head's title, or most
    of these; else the first; else the head's title without its suffix.
    """
    head = plain(page.title.get_text(" ")) if page.title else ""
    bare, nodes = _SITE.sub("", head), list(page.descendants)
    wanted, titles = normalise(bare), list[tuple[str, Tag]]()
    for tag in (tag for names in _TITLES for tag in page.named(*names)):
        text = plain(" ".join(line.shown for line in to_lines(tag.descendants, seen)))
        is_title = tag.name != "h2" or normalise(text) == wanted
        titles += [(text, tag)] if text and is_title and seen[id(tag)].kind != "hidden" else []
    if headings := [each for each in titles if each[1].name == "h1"]:
        titles.append((" ".join(text for text, _ in headings), headings[-1][1]))
    if titles:
        keys = [normalise(text) for text, _ in titles]
        ranks = [(key != wanted, -len(key) * (key in normalise(head))) for key in keys]
        bare, tag = titles[ranks.index(min(ranks))]
        nodes = list(tag.next_elements)[len(list(tag.descendants)) :]
    if not bare:
        raise PageError("no title was found on the page.")
    return NO_TITLE.sub("", bare), nodes


def published(texts: Sequence[str], address: str) -> str:
    """Return the date in some texts that agrees with the address, else the first, as ISO date.

    Reads "Jan 11, 2017", "11 January 2017", "2017-05-07 08:04", "11.01.2017" and the like.
    """
    days = [day for text in texts for day in _days(plain(text))]
    found = _DATE_IN_ADDRESS.search(address)
    dated = _day(found) if found else ""
    return dated if dated in days else next(iter(days), dated)


def _days(text: str) -> list[str]:
    """Return the days of the calendar in a text, those after "Updated:" first."""
    label = _UPDATED.search(text)
    start = label.end() if label else 0
    matches = [match for pattern in _DATES for match in pattern.finditer(text)]
    matches.sort(key=lambda match: (match.start() < start, match.start()))
    return list(filter(None, map(_day, matches)))


def _day(match: re.Match[str]) -> str:
    year, month = int(match["year"]), match["month"][:3].lower()
    era = BUDDHIST_ERA if year >= FIRST_BUDDHIST_YEAR else 0
    try:
        number = int(month) if month.isdigit() else MONTHS.index(month) + 1
        return date(year - era, number, int(match["day"])).isoformat()
    except ValueError:  # no such month, or no such day in it
        return ""


def _read_plain(text: str, address: str) -> PageText:
    """Read a page saved as text: site, breadcrumb, title, "Updated:", text, pager, copyright."""
    lines = [Line((Piece(line),)) for line in map(plain, text.splitlines()) if line]
    head = list(takewhile(lambda line: not is_sentence(line.shown), lines))
    labelled = [at for at, line in enumerate(lines) if _UPDATED.match(line.shown)]
    start, *others = labelled or [at for at, line in enumerate(head) if _days(line.shown)] or [0]
    if not start or (others and not labelled):
        raise PageError(
            "this is neither an article's HTML nor its plain text, saved from title to copyright."
        )
    title = NO_TITLE.sub("", lines[start - 1].shown)
    lines, day = lines[start:], published([lines[start].shown], address)
    pager = find_pager(lines)
    whole = bool(pager.lines) or any(_FOOTER.match(line.shown) for line in lines)
    return _page_text(title, day, lines, pager, whole, plain=True)


def _is_label(line: str) -> bool:
    """Return whether a line of a page is no text, wherever it stands."""
    return bool(_LABEL.fullmatch(line) or _MORE.fullmatch(line)) and not is_sentence(line)


def _is_byline(line: str, day: str) -> bool:
    """Return whether a line names the author, or the ``day``: no text above a text."""
    told = _BYLINE.match(line) or day in _days(line) or _DATES[0].fullmatch(line)
    return bool(told) and not is_sentence(line) and len(line) <= LONGEST_BYLINE


def _page_text(
    title: str, day: str, lines: Sequence[Line], pager: Pager, whole: bool, plain: bool = False
) -> PageText:
    """Return the text among the lines from a title on, and what a reader sees in its place.

    It goes from the lines of the page's head to its pager or footer, but what a reader sees to the
    first of these after the body. A page that is not ``whole`` by itself needs a footer.
    """
    if not day:
        raise PageError("there is no date of publication under its title, nor in its address.")
    if any(len(line.shown) > LONGEST_LINE for line in lines):
        raise PageError(f"it has a paragraph of more than {LONGEST_LINE:,} characters.")
    key, places, shown = normalise(title), range(len(lines)), [line.shown for line in lines]
    ends = {at for at in places if at in pager.lines or _FOOTER.match(shown[at])}
    titles = {at for at in places if normalise(NO_TITLE.sub("", shown[at])) == key}
    labels = {at for at in places if _is_label(shown[at])}
    frame = ends | titles | labels
    worded = [at for at in places if any(map(str.isalnum, lines[at].block.text))]
    heads = {at for at in places if _is_byline(shown[at], day)} | frame
    text = takewhile(lambda at: at not in ends, dropwhile(heads.__contains__, worded))
    blocks = [lines[at].block for at in text if at not in frame]
    if not blocks:
        raise PageError("the page has an article, but no text in it.")
    words = " ".join(block.text for block in blocks)
    if len(words) < LEAST_TEXT and _NO_ARTICLE.search(words):
        raise PageError(f'the page has no article, but says: "{words[:LONGEST_BYLINE]}".')
    last = max(at for at in places if lines[at].inside and at not in ends)
    if not whole and not any(map(_FOOTER.match, shown[last:])):
        raise PageError("it was cut short: save the page down to its copyright line.")
    stop = min((at for at in ends if at > last), default=len(lines))
    seen = [lines[at] for at in places[:stop] if at not in frame]
    return PageText(title, day, tuple(blocks), pager, tuple(seen), plain)
