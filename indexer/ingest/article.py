"""The parts of a page that are the article: its title, the nodes of its body, its dates."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from bs4 import BeautifulSoup, Comment, Tag
from bs4.element import NavigableString, PageElement

from ..errors import PageError
from ..text import normalise
from .html import View
from .lines import plain, to_lines

# Where the sites of the paper have the body (which may be several elements in a row), the most
# telling selector first; SCIO has only a comment at its start. Then the title and the date.
_BODIES = (".Artical_Content", "#Content, .artTxt", "#container_txt, #artbody")
_BODY_MARK = "enpcontent"
_TITLES = ("h1", "#Title_e, .Artical_Title, #title, .title")
_DATED = (".Artical_Info, .info_l, .info, #guild, .pubtime", ".date, .time, time")
_DATE_METAS = "meta[name=publishdate], meta[name=pubdate], meta[name=publish_time]"

# On another site, or after a redesign, the body is the innermost container of so much of the
# page's text (links apart); a page with fewer characters of it is not an article. A page of the
# paper has 20,000, a page that says that nothing was found under 500.
BODY_SHARE = 0.8
LEAST_TEXT = 1000
_CONTAINERS = ("article", "body", "center", "div", "form", "main", "section", "td")

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# Thai editions of these sites count years from 543 BC: 2569 is 2026.
BUDDHIST_ERA = 543
FIRST_BUDDHIST_YEAR = 2400
_DATES = (
    re.compile(r"\b(?P<year>\d{4})[-/.年](?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})"),
    re.compile(r"\b(?P<month>[A-Za-z]{3,9})\.? ?(?P<day>\d{1,2}) ?, ?(?P<year>\d{4})"),
    re.compile(r"\b(?P<day>\d{1,2}) (?P<month>[A-Za-z]{3,9})\.?,? (?P<year>\d{4})"),
)
_DATE_IN_ADDRESS = re.compile(r"/(?P<year>\d{4})[-/]?(?P<month>\d{2})/(?P<day>\d{2})/")
UPDATED = re.compile(r"(updated?|published?|time)\s*[:：]", re.IGNORECASE)
_SUFFIX = re.compile(r"\s*(\||_| -- ).*$", re.DOTALL)
_LABEL = re.compile(r"^full text\s*[:：]\s*", re.IGNORECASE)


def find_body(page: BeautifulSoup) -> set[int]:
    """Return the ids of the nodes of the article's body. Raise PageError if there is none."""
    bodies = next(filter(None, map(page.select, _BODIES)), None) or [_heaviest(page)]
    return {id(node) for body in bodies for node in (body, *body.descendants)}


def _heaviest(page: BeautifulSoup) -> Tag:
    """Return the element around SCIO's mark, or the innermost of most of the page's text."""
    mark = page.find(string=lambda text: isinstance(text, Comment) and text.strip() == _BODY_MARK)
    if mark and mark.parent:
        return mark.parent
    weights = Counter[int]()
    for node in reversed(list(page.descendants)):  # an element comes behind what it contains
        weight = len(node.strip()) if type(node) is NavigableString else weights[id(node)]
        weights[id(node.parent)] += 0 if isinstance(node, Tag) and node.name == "a" else weight
    if weights[id(page)] < LEAST_TEXT:
        raise PageError("no article was found on the page: it has hardly any text.")
    least = BODY_SHARE * weights[id(page)]
    heavy = (tag for tag in page.find_all(_CONTAINERS) if weights[id(tag)] >= least)
    return [page, *heavy][-1]


def find_title(page: BeautifulSoup, seen: Mapping[int, View]) -> tuple[str, list[PageElement]]:
    """Return the title, and the nodes of the page behind it (all, if it is in the head only).

    It is the element, or all first headings together, with the words of the head's title, or some
    of these; else the first; else the head's title without its suffix.
    """
    head = plain(page.title.get_text(" ")) if page.title else ""
    bare = _SUFFIX.sub("", head)
    titles = [
        (plain(" ".join(line.shown for line in to_lines(tag.descendants, seen))), tag)
        for selector in _TITLES
        for tag in page.select(selector)
        if seen[id(tag)].kind != "hidden"
    ]
    if headings := [each for each in titles if each[1].name == "h1"]:
        titles.append((" ".join(text for text, _ in headings), headings[-1][1]))
    if titles := [each for each in titles if each[0]]:
        keys = [normalise(text) for text, _ in titles]
        ranks = [(key != normalise(bare), key not in normalise(head)) for key in keys]
        text, tag = titles[ranks.index(min(ranks))]
        return without_label(text), list(tag.next_elements)[len(list(tag.descendants)) :]
    if not bare:
        raise PageError("no title was found on the page.")
    return without_label(bare), list(page.descendants)


def without_label(title: str) -> str:
    """Return a title without "Full text:" before it."""
    return _LABEL.sub("", title)


def dated_texts(page: BeautifulSoup) -> list[str]:
    """Return the texts of the page in which its date may be."""
    metas = [str(meta.get("content")) for meta in page.select(_DATE_METAS)]
    elements = (element for selector in _DATED for element in page.select(selector))
    return [*(element.get_text(" ") for element in elements), *metas]


def published(texts: Sequence[str], address: str) -> str:
    """Return the date in some texts that agrees with the address, else the first."""
    days = [day for text in texts for day in read_dates(plain(text))]
    dated = date_in_address(address)
    return dated if dated in days else next(iter(days), dated)


def read_dates(text: str) -> list[str]:
    """Return the days of the calendar in ``text`` as ISO dates, those behind "Updated:" first.

    Reads "Jan 11, 2017", "11 January 2017", "2017-05-07 08:04" and the Buddhist "2569-05-17".
    """
    label = UPDATED.search(text)
    start = label.end() if label else 0
    matches = [match for pattern in _DATES for match in pattern.finditer(text)]
    matches.sort(key=lambda match: (match.start() < start, match.start()))
    return [day for day in map(_day, matches) if day]


def _day(match: re.Match[str]) -> str:
    year, month = int(match["year"]), match["month"][:3].lower()
    era = BUDDHIST_ERA if year >= FIRST_BUDDHIST_YEAR else 0
    try:
        number = int(month) if month.isdigit() else MONTHS.index(month) + 1
        return date(year - era, number, int(match["day"])).isoformat()
    except ValueError:  # no such month, or no such day in it
        return ""


def date_in_address(address: str) -> str:
    """Return the date in the path of ``address`` (``/201701/11/``, ``/2017-01/11/``), or ""."""
    found = _DATE_IN_ADDRESS.search(address)
    return _day(found) if found else ""
