"""Extract title, date, lines and pager from a page as received. No input or output."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import dropwhile, pairwise, takewhile

from bs4 import Tag

from ..errors import PageError
from ..text import normalise
from . import furniture
from .article import GENERIC, NOT_TITLE, find_body, find_title
from .dates import UPDATED, days, find_date, published
from .fetch import MAX_PAGE_BYTES
from .html import DAMAGE, NEVER, Tree, decodings, find_lost, parse, require_sound
from .lines import Block, Line, Piece, is_contents, is_sentence, join, plain, to_lines
from .onward import is_step
from .pager import Pager, find_pager
from .view import CAPTION, Views, views

MIN_TEXT = 500  # characters of a first page; the paper's has 20,000, a "not found" page fewer
LONGEST_LINE = 50_000  # characters; the longest paragraph of the paper has 1,750
_FIRST_PART = re.compile(r"(?i)\bpart (?:1|one|i)\b|\((?:i|one)\)")  # in a title
_OPENING = re.compile(  # the label of a button that shows more text
    r"(?i)\W*(?:(?:expand|open|read|see|show|unfold|view)\b.{0,20}|full text|\+)\W*"
)
_HTML = re.compile(r"<(!doctype|html|head|body|meta|title|div|p|h1)\b", re.IGNORECASE)
_TORN = re.compile(  # fragments of torn tags, and placeholders for text still to load
    r"<[/!?>A-Za-z]|(?:[\w\"'/<]|--)>|(?i:^(?:loading|please wait)\W*$|enable javascript)"
)

_MARKED = re.compile(  # Markdown: "## Roads", "**Roads**", "_Roads_", "1\. Roads", a link
    r"^ {0,3}(?:#{1,6}|>) |\*\*|^\*(?=\w)|(?<!\w)_{1,2}(?=[^\W_])|\\[^\w\s]|\]\(|\[\d{1,3}\](?=\w)"
)
_OTHER_FORMAT = re.compile(  # PDF, an archive, a word processor's file, or MHTML
    rb"(?ims)%PDF-|PK\x03\x04|\{\\rtf|\x1f\x8b|\xd0\xcf\x11\xe0"
    rb"|.{0,5000}?^(?:MIME-Version|Content-Transfer-Encoding):"
)


@dataclass(frozen=True)
class PageText:
    """The content of a page; ``published`` is an ISO date, which may be empty on a later page.

    ``blocks`` are its lines of text, ``seen`` all that a reader sees, but for title, labels and
    page numbers. ``hidden`` is the start of long hidden text, or of any that a button may show.
    """

    title: str
    published: str
    blocks: tuple[Block, ...]
    pager: Pager
    seen: tuple[Line, ...] = ()
    plain: bool = False
    hidden: str = ""


def extract(content: bytes, where: str, address: str = "") -> PageText:
    """Return the content of a page in HTML, or in plain text as saved from a browser.

    ``where`` names it in errors. Raise PageError if it is damaged, cut off, too big or no article.
    """
    try:
        if _OTHER_FORMAT.match(content):
            raise PageError("it is MHTML, PDF or another kind of file: save it as a web page.")
        if len(content) > MAX_PAGE_BYTES:
            raise PageError(f"the page has more than {MAX_PAGE_BYTES:,} bytes.")
        return _read(content, address)
    except PageError as error:
        raise PageError(f"{where}: {error}") from error


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
    best = min(pages, key=lambda text: len(DAMAGE.findall(text)))
    if lost := find_lost(best, is_sure=len(readings) == 1):
        fault = "its text is not valid in any known encoding, or characters of it were lost"
        raise PageError(f'{fault}: "{lost}".')
    return pages[best]


def _read_html(text: str, address: str) -> PageText:
    page = parse(text)
    _name_links(page)
    body, is_known = find_body(page)
    seen = views(page, {id(node) for tag in body for node in (tag, *tag.descendants)})
    title, tag = find_title(page, seen)
    inner = list(tag.descendants)
    nodes = inner if tag is page else list(tag.next_elements)[len(inner) :]
    require_sound(nodes)
    lines = to_lines(nodes, seen)
    hidden = _hidden(page, lines, seen)
    day = find_date(lines, text, address) or _day_beside(tag)
    links = page.select("a[rel~=next][href], link[rel~=next][href]")
    rel_next = next((str(tag["href"]) for tag in links), "")
    shown = (tag for tag in page.select("a[href]") if seen[id(tag)].kind != "hidden")
    every = [(plain(tag.get_text()), str(tag["href"])) for tag in shown]
    pager = find_pager(lines, rel_next, text, address, [*every, ("next", rel_next)])
    if pager.last == 1:
        pager = replace(pager, possible_next=pager.possible_next or _elsewhere(page, lines, seen))
    words = " ".join(line.due for line in lines)
    is_front = is_known or any(is_contents(line.shown) for line in lines)
    if len(words) < MIN_TEXT and pager.current in (None, 1) and not is_front:
        start = words[: furniture.LONGEST_BYLINE]
        raise PageError(f'no article was found on the page, which has hardly any text: "{start}".')
    return replace(_page_text(title, day, lines, pager, page.finished), hidden=hidden)


def _day_beside(title: Tag) -> str:
    """Return the only date in or right above a title, or ""; one with its weekday is today's."""
    around, words = title.parent, title.get_text(" ")
    if around is None or around.name == "body":
        return ""
    above = plain(around.get_text(" ").partition(words)[0])
    is_of_site = len(above) > furniture.LONGEST_BYLINE or "day" in above.lower()
    found = set() if is_of_site else set(days(plain(f"{above} {words}")))
    return found.pop() if len(found) == 1 else ""


def _name_links(page: Tree) -> None:
    """Add to links that are only an icon or image its name, if that leads on or back: "Next"."""
    for link in page.select("a[href]"):
        named = [] if link.get_text().strip() else [link, *link.select("img")]
        names = (str(tag.get(key)) for tag in named for key in ("aria-label", "title", "alt"))
        if name := next(filter(is_step, names), ""):
            link.append(name)


def _elsewhere(page: Tree, lines: Sequence[Line], seen: Views) -> str:
    """Return what may hold the rest: a second part, a frame in a nearly empty body, or ""."""
    if page.title and _FIRST_PART.search(page.title.get_text()):
        return "a second part"
    frames = [tag for tag in page.select("embed, iframe, object") if seen[id(tag.parent)].is_text]
    if not frames or sum(len(line.block.text) for line in lines) >= MIN_TEXT:
        return ""
    return str(frames[0].get("src") or frames[0].get("data") or frames[0].name)


def _hidden(page: Tree, lines: Sequence[Line], seen: Views) -> str:
    """Return the start of the body's hidden text, if that is long or something may show it; or "".

    Ignore captions, and sentences that are shown as well.
    """
    unseen = {at for at, view in seen.items() if view.inside and view.kind == "hidden"}
    shown = normalise(" ".join(line.shown for line in lines))
    hidden = [
        text.strip()
        for text in page.strings
        if id(text.parent) in unseen
        and is_sentence(text.strip())
        and normalise(text) not in shown
        and not (text.find_parent(NEVER) or text.find_parent(class_=CAPTION))
    ]
    buttons = (tag for tag in page.select("button, [aria-expanded]") if seen[id(tag)].inside)
    opens = any(_OPENING.fullmatch(plain(tag.get_text())) for tag in buttons)
    may_open = opens or any(furniture.MORE.fullmatch(x.shown) for x in lines if x.inside)
    return hidden[0][:60] if hidden and (may_open or sum(map(len, hidden)) >= MIN_TEXT) else ""


def _read_plain(text: str, address: str) -> PageText:
    """Read a page saved as text: site, breadcrumb, title, "Updated:", text, pager, copyright."""
    rows, breaks = list[Line](), 0
    for line in text.splitlines():
        breaks += 1
        if _MARKED.search(line):
            fault = "it has the marks of Markdown or of a text browser"
            raise PageError(f'{fault}: "{line[:60]}". Save it as a web page, or without them.')
        if words := plain(line):
            rows.append(Line((Piece(words),), breaks))
            breaks = 0
    lines = join(rows)
    head = list(takewhile(lambda line: not is_sentence(line.shown), lines))
    labelled = [at for at, line in enumerate(lines) if UPDATED.match(line.shown)]
    start, *others = labelled or [at for at, line in enumerate(head) if days(line.shown)] or [0]
    if not start or (others and not labelled):
        fault = "this is neither a web page nor its plain text, saved from title to copyright"
        raise PageError(f"{fault}: if it is, write its date below its title.")
    above = [line.shown for line in lines[:start]]
    frame = [*filter(furniture.is_label, above), *filter(furniture.is_footer, above)]
    frame += [words for words in above if furniture.is_byline(words, "")]
    frame += [words for words in above if GENERIC.fullmatch(words) or words[0] in "([-–—"]
    titles = [words for words in above if words not in frame]
    title = NOT_TITLE.sub("", (titles or above)[-1])
    day = published([lines[start].shown], address)
    lines = lines[start:]
    pager = find_pager(lines)
    whole = bool(pager.lines) or any(furniture.is_footer(line.shown) for line in lines)
    return replace(_page_text(title, day, lines, pager, whole), plain=True)


def _second_article(body: Sequence[Line]) -> str:
    """Return the line that dates or heads another article below the first sentence, or ""."""
    below = list(dropwhile(lambda line: not is_sentence(line.shown), body))
    dated = [line.shown for line in below if UPDATED.match(line.shown) and days(line.shown)]
    pairs = pairwise(below)
    labels = [line.shown for line, after in pairs if line.block.level and is_sentence(after.shown)]
    found = [*dated, *filter(furniture.OTHER_ARTICLES.fullmatch, labels)]
    return found[0] if found and is_sentence(body[-1].shown) else ""


def _page_text(title: str, day: str, lines: Sequence[Line], pager: Pager, whole: bool) -> PageText:
    """Return the content of a page, given its ``lines`` below the title.

    ``blocks`` end at the first pager or footer, ``seen`` at the first one below the body. A page
    that is not known to be ``whole`` must have a footer.
    """
    if not day and pager.current in (None, 1):  # a later page may have none
        fault = "there is no date of publication under its title, nor in its address"
        raise PageError(f'{fault}: save the page, and write it there, like "2017-01-11".')
    if any(len(line.shown) > LONGEST_LINE for line in lines):
        raise PageError(f"it has a paragraph of more than {LONGEST_LINE:,} characters.")
    key, places, shown = normalise(title), range(len(lines)), [line.shown for line in lines]
    ends = {at for at in places if at in pager.lines or furniture.is_footer(shown[at])}
    titles = {at for at in places if normalise(NOT_TITLE.sub("", shown[at])) == key}
    frame = ends | titles | {at for at in places if furniture.is_label(shown[at])}
    heads = frame | {at for at in places if furniture.is_byline(shown[at], day)}
    worded = [at for at in places if any(map(str.isalnum, lines[at].block.text))]
    begun = dropwhile(heads.__contains__, worded)
    text = {at: lines[at].block for at in takewhile(lambda at: at not in ends, begun)}
    frame -= furniture.labels_in_text(text)
    blocks = [block for at, block in text.items() if at not in frame]
    _require_article(blocks, lines)
    blocks[-1] = replace(blocks[-1], text=furniture.SIGNATURE.sub("", blocks[-1].text))
    last = max(at for at in places if lines[at].inside and at not in ends)
    if not whole and not any(map(furniture.is_footer, shown[last:])):
        raise PageError("it was cut short: save it down to its copyright line, or add that line.")
    stop = min((at for at in ends if at > last), default=len(lines))
    seen = [lines[at] for at in places[:stop] if at not in frame]
    return PageText(title, day, tuple(blocks), pager, tuple(seen))


def _require_article(blocks: Sequence[Block], lines: Sequence[Line]) -> None:
    """Raise PageError unless the ``blocks`` of a page's ``lines`` are one article."""
    if not blocks:
        raise PageError("the page has an article, but no text in it.")
    if torn := next((block.text for block in blocks if _TORN.search(block.text)), ""):
        raise PageError(f'the page is damaged, or was not loaded whole: "{torn[:60]}".')
    words = " ".join(block.text for block in blocks)
    if len(words) < MIN_TEXT and furniture.ERROR_PAGE.search(words):
        start = words[: furniture.LONGEST_BYLINE]
        raise PageError(f'the page has no article, but says: "{start}".')
    body = [line for line in lines if line.inside]
    if body and furniture.REST_ELSEWHERE.fullmatch(last := body[-1].shown):
        advice = "leads to the rest of the text: save the page that has all of it."
        raise PageError(f'"{last}" {advice}')
    if second := _second_article(body):
        raise PageError(f'a second article follows, at "{second}": save the page without it.')
