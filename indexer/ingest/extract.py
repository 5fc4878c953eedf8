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
from .onward import Links, is_step
from .pager import Pager, find_pager
from .view import CAPTION, Views, views

MIN_TEXT = 500  # characters of a first page; the paper's has 20,000, a "not found" page fewer
LONGEST_LINE = 50_000  # characters; the longest paragraph of the paper has 1,750
_FIRST_PART = re.compile(r"(?i)\bpart (?:1|one|i)\b|\((?:i|one)\)")  # in a title
_OPENING = re.compile(  # the label of a button that shows more text
    r"(?i)\W*(?:(?:expand|open|read|see|show|unfold|view)\b.{0,20}|full text|\+)\W*"
)
_HTML = re.compile(r"<(!doctype|html|head|body|meta|title|div|p|h1)\b", re.IGNORECASE)
_TORN = re.compile(
    r"<[/!?>A-Za-z]|(?:[\w\"'/<]|--)>"  # torn tags: "</p", "p>", "-->"
    r"|(?i:^(?:loading|please wait)\W*$|enable javascript)"  # text still to load
)
_MARKED = re.compile(  # in Markdown, or by a text browser
    r"^ {0,3}(?:#{1,6}|>) |\*\*|^\*(?=\w)|(?<!\w)_{1,2}(?=[^\W_])"  # "## Roads", **Roads**, _Roads_
    r"|\\[^\w\s]|\]\(|\[\d{1,3}\](?=\w)"  # "1\. Roads", [Roads](address), [1]Roads
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
    for source in readings:
        read = _read_html if _HTML.search(source) else _read_plain
        try:
            page = read(source, address)
        except PageError as error:
            errors.append(error)
        else:
            article = "\n".join([page.title, *(block.text for block in page.blocks)])
            pages[article] = page
    if not pages:
        raise errors[0]
    best = min(pages, key=lambda article: len(DAMAGE.findall(article)))
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
    below = inner if tag is page else list(tag.next_elements)[len(inner) :]
    require_sound(below)
    lines = to_lines(below, seen)
    day = find_date(lines, text, address) or _day_beside(tag)
    rel_next, every = _links(page, seen)
    pager = find_pager(lines, rel_next, text, address, every)
    if pager.last == 1 and not pager.possible_next:
        pager = replace(pager, possible_next=_elsewhere(page, lines, seen))
    words = " ".join(line.due for line in lines)
    has_article = is_known or len(words) >= MIN_TEXT or any(is_contents(x.shown) for x in lines)
    if not has_article and pager.current in (None, 1):
        start = words[: furniture.LONGEST_BYLINE]
        raise PageError(f'no article was found on the page, which has hardly any text: "{start}".')
    content = _page_text(title, day, lines, pager, page.finished)
    return replace(content, hidden=_hidden(page, lines, seen))


def _links(page: Tree, seen: Views) -> tuple[str, Links]:
    """Return the address of the first ``rel=next`` link, or "", and all links that are shown."""
    following = page.select("a[rel~=next][href], link[rel~=next][href]")
    rel_next = next((str(tag["href"]) for tag in following), "")
    shown = (tag for tag in page.select("a[href]") if seen[id(tag)].kind != "hidden")
    every = [(plain(tag.get_text()), str(tag["href"])) for tag in shown]
    return rel_next, [*every, ("next", rel_next)]


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
    """Return the start of the body's hidden text, if it is long or something may show it; or ""."""
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
    may_open = any(_OPENING.fullmatch(plain(tag.get_text())) for tag in buttons)
    may_open |= any(furniture.MORE.fullmatch(line.shown) for line in lines if line.inside)
    is_long = sum(map(len, hidden)) >= MIN_TEXT
    return hidden[0][:60] if hidden and (may_open or is_long) else ""


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
    dated = [at for at, line in enumerate(head) if days(line.shown)]
    start = (labelled or dated or [0])[0]
    if start == 0 or (len(dated) > 1 and not labelled):
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
    if not below or not is_sentence(below[-1].shown):
        return ""
    found = [line.shown for line in below if UPDATED.match(line.shown) and days(line.shown)]
    for line, after in pairwise(below):
        is_heading = line.block.level > 0 and is_sentence(after.shown)
        if is_heading and furniture.OTHER_ARTICLES.fullmatch(line.shown):
            found.append(line.shown)
    return next(iter(found), "")


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
    key, shown = normalise(title), list(enumerate(line.shown for line in lines))
    footers = {at for at, words in shown if furniture.is_footer(words)}
    ends = footers | pager.lines
    titles = {at for at, words in shown if normalise(NOT_TITLE.sub("", words)) == key}
    frame = ends | titles | {at for at, words in shown if furniture.is_label(words)}
    bylines = {at for at, words in shown if furniture.is_byline(words, day)}
    text = _text(lines, frame | bylines, ends)
    frame -= furniture.labels_in_text(text)
    blocks = [block for at, block in text.items() if at not in frame]
    _require_article(blocks, lines)
    blocks[-1] = replace(blocks[-1], text=furniture.SIGNATURE.sub("", blocks[-1].text))
    last = max(at for at, line in enumerate(lines) if line.inside and at not in ends)
    if not whole and max(footers, default=-1) < last:
        raise PageError("it was cut short: save it down to its copyright line, or add that line.")
    stop = min((at for at in ends if at > last), default=len(lines))
    seen = [line for at, line in enumerate(lines[:stop]) if at not in frame]
    return PageText(title, day, tuple(blocks), pager, tuple(seen))


def _text(lines: Sequence[Line], above: set[int], ends: set[int]) -> dict[int, Block]:
    """Return the text of lines by position, from the first not in ``above`` to one in ``ends``."""
    worded = (at for at, line in enumerate(lines) if any(map(str.isalnum, line.block.text)))
    begun = dropwhile(above.__contains__, worded)
    return {at: lines[at].block for at in takewhile(lambda at: at not in ends, begun)}


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
