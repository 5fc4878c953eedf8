"""Find the title of a page."""

import re
from collections.abc import Mapping, Sequence

from bs4 import Tag
from bs4.element import NavigableString, PageElement

from ..errors import PageError
from ..text import normalise
from .html import Tree
from .lines import is_sentence, plain, to_lines
from .view import View

# The title on the known sites, best selector first.
_TITLES = ("h1", "#Title_e, .Artical_Title, #title, .title, .headline", "h2, h3")
# The site after a title in the head; then what labels precede a title, and page numbers follow it.
_SITE = re.compile(r"\s*(\||_|»| ?-- | [-–—] (?=[^-–—]*$)).*$", re.DOTALL)
_PLACE = r"\d{1,2}(?:(?:/| of )\d{1,2})?"
NO_TITLE = re.compile(
    r"(?i)^(?:[\[(（【]?(?:full text(?: of\b)?|white paper(?=\W+ ))[:：\])）】\s|–—-]+)+"
    rf"|\s*[|,–—-]\s*page {_PLACE}$|\s+\d{{1,2}}(?:/| of )\d{{1,2}}$"
    rf"|\s*[\[(（](?:(?:page |part )?{_PLACE}|full text)[)）\]]$"
    r"|\s*[\[(（–—-]\s*cont(?:inued|['’]d|\.)[)）\]]?$"
)

# What separates the parts of a title in the head: the article's and the site's.
_BETWEEN = re.compile(r"\s*(?:\||_|»|--+|\s[-–—]\s|-(?=[\u4e00-\u9fff])|[\[\]])\s*")
_GENERIC = re.compile(  # the title of a site, or of any of its pages
    r"(?i)(?:china ?daily(?:\.com\.cn)?|xinhua(?:net)?|people['’]s daily(?: online)?|cgtn|home|news"
    r"|(?:white )?papers?|documents?|print|untitled(?: document)?)?"
)
SECTION = re.compile(  # a heading of a section, not of a page
    r"(?i)(?:contents|foreword|introduction|preface|(?:chapter|part) \w+|[ivx]+[.、]|\d+[.、])"
)
UNTITLED = re.compile(  # a line between title and date that is neither: a label, site, place, rule
    r"(?i)(?:author|date|editor|source|time)(?:[^:：]{0,20}[:：].{0,40})?|beijing(?:, china)?"
    r"|[\[(（][^()（）\[\]]{1,30}[)）\]]|(?:english|chinese) (?:version|edition|text)|(?:19|20)\d\d"
    r"|[-–—]{1,3} ?[^\W\d_].{0,60}(?<![.!?;:,])|issued by .{1,60}"
    r"|(?:special |white )?(?:document|paper|report)s?"
    r"|[\w-]+(?:\.[\w-]+)+|\W+"
)


def find_title(page: Tree, seen: Mapping[int, View]) -> tuple[str, list[PageElement]]:
    """Return the title, and the nodes after it (all, if only the head has it).

    It is the element, or all ``h1`` together, that best matches the head's title or the longest
    part of that; else the first; else the head's title, without a suffix. A head that only names
    the site is ignored. Raise PageError if there is no title.
    """
    head = plain(page.title.get_text(" ")) if page.title else ""
    bare, longest = _SITE.sub("", head), max(_BETWEEN.split(head), key=len)
    titles, nodes = _titles(page, seen, head, bare), list(page.descendants)
    if not _has(titles, bare):
        others = _titles(page, seen, head, longest)
        if _has(others, longest):
            bare, titles = longest, others
    is_sure = bare == longest or not any(tag.name == "h1" for _, tag in titles)
    if is_sure and (shown := _shown(page, seen, normalise(longest))):
        bare, titles = longest, [*titles, (longest, shown)]
    if titles:
        wanted = "" if _GENERIC.fullmatch(bare) else normalise(bare)
        bare, tag = min(titles, key=lambda title: _rank(title[0], wanted, normalise(head)))
        nodes = list(tag.next_elements)[len(list(tag.descendants)) :]
    if not bare:
        raise PageError("no title was found on the page.")
    return NO_TITLE.sub("", bare), nodes


def _has(titles: Sequence[tuple[str, Tag]], words: str) -> bool:
    return any(normalise(text) == normalise(words) for text, _ in titles)


def _shown(page: Tree, seen: Mapping[int, View], wanted: str) -> Tag | None:
    """Return the first visible element with these words that is no link, if not below the text."""
    tags = (text.parent for text in page.strings if wanted and normalise(text) == wanted)
    visible = (tag for tag in tags if tag and seen[id(tag)].kind != "hidden")
    first = next((tag for tag in visible if not seen[id(tag)].href), None)
    return None if first is None or _is_below_text(first, seen) else first


def _titles(page: Tree, seen: Mapping[int, View], head: str, bare: str) -> list[tuple[str, Tag]]:
    """Return the possible titles with their elements, and last all ``h1`` together.

    ``bare`` is the part of the ``head`` that may be the title.
    """
    titles = list[tuple[str, Tag]]()
    wanted = "" if _GENERIC.fullmatch(bare) else normalise(bare)
    site = normalise(head.removeprefix(bare))
    for tag in (tag for selector in _TITLES for tag in page.select(selector)):
        text = plain(" ".join(line.shown for line in to_lines(tag.descendants, seen)))
        parts = [normalise(words) for words in tag.strings]
        if wanted and len(parts) > 1 and wanted in (*parts, "".join(parts)):
            text = bare  # markup may divide the title
        key = normalise(text)
        is_known = key in wanted and 2 * len(key) > len(wanted)
        is_named = text.count(" ") > 1 and not SECTION.match(text)  # unlike a box of links
        if tag.name in ("h2", "h3") and not (is_known if wanted else is_named):
            continue
        is_other = key != wanted and (key == site or _is_below_text(tag, seen))
        if text and not is_other and seen[id(tag)].kind != "hidden":
            titles.append((text, tag))
    if headings := [each for each in titles if each[1].name == "h1"]:
        titles.append((" ".join(text for text, _ in headings), headings[-1][1]))
    return titles


def _is_below_text(tag: Tag, seen: Mapping[int, View]) -> bool:
    """Return whether an element of the body is below one of its sentences."""
    above = (text for text in tag.previous_elements if type(text) is NavigableString)
    views = ((text, seen[id(text.parent)]) for text in above if seen[id(tag)].inside)
    return any(v.inside and v.kind == "text" and is_sentence(plain(text)) for text, v in views)


def _rank(title: str, wanted: str, head: str) -> tuple[bool, int]:
    """Return the rank of a title: best is the normalised ``wanted``, then the most of ``head``."""
    key = normalise(title)
    return key != wanted, -len(key) if key in head else 0
