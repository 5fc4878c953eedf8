"""Find the title of a page."""

import re
from collections.abc import Mapping

from bs4 import Tag
from bs4.element import NavigableString, PageElement

from ..errors import PageError
from ..text import normalise
from .html import Tree
from .lines import is_sentence, plain, to_lines
from .view import View

# Where the sites of the paper have the title, the most telling selector first.
_TITLES = (("h1", "h2", "h3"), ("#Title_e", ".Artical_Title", "#title", ".title", ".headline"))
# The suffix of a title in the head; what is put before a title, and after it the page's number.
_SITE = re.compile(r"\s*(\||_|»| ?-- | [-–—] (?=[^-–—]*$)).*$", re.DOTALL)
_PLACE = r"\d{1,2}(?:(?:/| of )\d{1,2})?"
NO_TITLE = re.compile(
    r"(?i)^(?:[\[(（【]?(?:full text(?: of\b)?|white paper(?=\W+ ))[:：\])）】\s|–—-]+)+"
    rf"|\s*[|,–—-]\s*page {_PLACE}$|\s+\d{{1,2}}(?:/| of )\d{{1,2}}$"
    rf"|\s*[\[(（](?:(?:page |part )?{_PLACE}|full text)[)）\]]$"
    r"|\s*[\[(（–—-]\s*cont(?:inued|['’]d|\.)[)）\]]?$"
)

# What is between the parts of a title in the head: those of the article and of the site.
_BETWEEN = re.compile(r"\s*(?:\||_|»|--+|\s[-–—]\s|-(?=[\u4e00-\u9fff])|[\[\]])\s*")
# The title of a site, or of any of its pages.
_GENERIC = re.compile(
    r"(?i)(?:china ?daily(?:\.com\.cn)?|xinhua(?:net)?|people['’]s daily(?: online)?|cgtn|home|news"
    r"|(?:white )?papers?|documents?|print|untitled(?: document)?)?"
)
_SECTION = re.compile(  # a heading that is not of a page
    r"(?i)(?:contents|foreword|introduction|preface|(?:chapter|part) \w+|[ivx]+[.、]|\d+[.、])"
)
# A line between a title and a date that is neither: a label, a site, a place, a rule.
UNTITLED = re.compile(
    r"(?i)(?:author|date|editor|source|time)(?:[^:：]{0,20}[:：].{0,40})?|white paper|beijing"
    r"|[\w-]+(?:\.[\w-]+)+|\W+"
)


def find_title(page: Tree, seen: Mapping[int, View]) -> tuple[str, list[PageElement]]:
    """Return the title, and the nodes of the page after it (all, if it is in the head only).

    It is the element, or all first headings together, with the words of the head's title, or most
    of these; else the first; else the head's title without its suffix. Where the page shows the
    longest part of that, this is what counts; where it is only that of the site, nothing of it.
    """
    head = plain(page.title.get_text(" ")) if page.title else ""
    longest = max(_BETWEEN.split(head), key=len)
    shown = _shown(page, seen, normalise(longest))
    bare, nodes = longest if shown else _SITE.sub("", head), list(page.descendants)
    wanted = "" if _GENERIC.fullmatch(bare) else normalise(bare)
    titles = _titles(page, seen, bare, wanted, normalise(head.removeprefix(bare)))
    if shown and wanted and not any(normalise(text) == wanted for text, _ in titles):
        titles.append((bare, shown))
    if headings := [each for each in titles if each[1].name == "h1"]:
        titles.append((" ".join(text for text, _ in headings), headings[-1][1]))
    if titles:
        bare, tag = min(titles, key=lambda title: _rank(title[0], wanted, normalise(head)))
        nodes = list(tag.next_elements)[len(list(tag.descendants)) :]
    if not bare:
        raise PageError("no title was found on the page.")
    return NO_TITLE.sub("", bare), nodes


def _shown(page: Tree, seen: Mapping[int, View], wanted: str) -> Tag | None:
    """Return the first element above the text with these words, and no others."""
    texts = (text for text in page.descendants if type(text) is NavigableString)
    tags = (text.parent for text in texts if wanted and normalise(text) == wanted)
    first = next((tag for tag in tags if tag and seen[id(tag)].kind != "hidden"), None)
    return None if first is None or _is_below_text(first, seen) else first


def _titles(
    page: Tree, seen: Mapping[int, View], bare: str, wanted: str, site: str
) -> list[tuple[str, Tag]]:
    """Return the elements that may be the title, with their words.

    ``wanted`` are those of the head's title ``bare``, empty if these are unknown, and ``site`` is
    what follows there.
    """
    titles = list[tuple[str, Tag]]()
    for tag in (tag for names in _TITLES for tag in page.named(*names)):
        text = plain(" ".join(line.shown for line in to_lines(tag.descendants, seen)))
        parts = [normalise(words) for words in tag.strings]
        if wanted and len(parts) > 1 and wanted in (*parts, "".join(parts)):
            text = bare  # the style may part what stands together
        key = normalise(text)
        is_lower = tag.name in ("h2", "h3")
        is_known = key in wanted and 2 * len(key) > len(wanted)
        is_title = not is_lower or (is_known if wanted else not _SECTION.match(text))
        is_other = key != wanted and (key == site or _is_below_text(tag, seen))
        if text and is_title and not is_other and seen[id(tag)].kind != "hidden":
            titles.append((text, tag))
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
