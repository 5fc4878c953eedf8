"""Find the article on a page: its title, and the elements that contain its text."""

import re
from collections import Counter
from collections.abc import Sequence

from bs4 import Comment, Tag
from bs4.element import NavigableString

from ..errors import PageError
from ..text import normalise
from .html import Tree
from .lines import is_sentence, plain, to_lines
from .view import Views

# Selectors of the title on the known sites, best first.
_TITLES = ("h1", "#Title_e, .Artical_Title, #title, .title, .Title, .headline, .MsoTitle", "h2, h3")
# The site after a title in the head: "Roads | China Daily", "Roads - Xinhua".
_SITE_SUFFIX = re.compile(r"\s*(\||_|»| ?-- | [-–—] (?=[^-–—]*$)).*$", re.DOTALL)
_PAGE_OF = r"\d{1,2}(?:(?:/| of )\d{1,2})?"  # 2, 2/3, 2 of 3
NOT_TITLE = re.compile(  # labels before a title ("Full text:"), and page numbers after it
    r"(?i)^(?:[\[(（【]?(?:full text(?: of\b)?|white paper(?=\W+ ))[:：\])）】\s|–—-]+)+"
    rf"|\s*[|,–—-]\s*page {_PAGE_OF}$|\s+\d{{1,2}}(?:/| of )\d{{1,2}}$"  # Roads - Page 2, Roads 2/3
    rf"|\s*[\[(（](?:(?:page |part )?{_PAGE_OF}|full text)[)）\]]$"  # Roads (2), Roads [Part 2/3]
    r"|\s*[\[(（–—-]\s*cont(?:inued|['’]d|\.)[)）\]]?$"  # Roads (continued), Roads - cont.
)
# Separators between the article's title and the site's in the head's title.
_SEPARATOR = re.compile(r"\s*(?:\||_|»|--+|\s[-–—]\s|-(?=[\u4e00-\u9fff])|[\[\]])\s*")
GENERIC = re.compile(  # not an article's title, but that of a site or of every page, or a file name
    r"(?i)\S*|china daily|people['’]s daily(?: online)?|white papers?|untitled document"
    r"|microsoft word"
)
_HOME = re.compile(r"^(?:(?:https?:)?//[^/]+/?|/)(?:index\.\w+)?$")  # the address of a home page
_SECTION = re.compile(  # the heading of a section, not of a page
    r"(?i)(?:conclusion|contents|foreword|introduction|preamble|preface|(?:chapter|part) \w+"
    r"|(?:[ivx]+|\d+)[.、])"
)
# Selectors of the body on the known sites, best first; each may select several elements.
_BODIES = (".Artical_Content", "#Content, .artTxt", "#container_txt, #artbody")
# Elsewhere the body is the innermost container with this share of the page's text, not counting
# links. It is no smaller, as comments and teasers may have nearly as much text as the article.
BODY_SHARE = 0.5
_BODY_TAGS = ("article", "body", "center", "div", "form", "main", "section", "td")


def find_body(page: Tree) -> tuple[Sequence[Tag], bool]:
    """Return the elements of the first article, and whether they have a known site's markup."""
    known = _known_body(page)
    tags = known or [_with_other_chapters(_heaviest(page))]
    order = {id(tag): number for number, tag in enumerate([page, *page.tags])}
    inside = {id(heading) for tag in tags for heading in tag.find_all("h1")}
    outside = (tag for tag in page.select("h1") if id(tag) not in inside)
    titles = [order[id(tag)] for tag in outside if not _heads_section(tag)]
    start = max([order[id(tags[0])], *titles[:1]])  # a teaser may be above the title
    next_article = min((at for at in titles if at > start), default=len(order))
    return [tag for tag in tags if order[id(tag)] < next_article], bool(known)


def _known_body(page: Tree) -> Sequence[Tag]:
    """Return the elements of the body by the markup of the known sites; none on other sites."""
    for selector in _BODIES:
        if tags := page.select(selector):
            return tags
    # SCIO starts the body with this comment.
    mark = page.find(string=lambda text: isinstance(text, Comment) and text.strip() == "enpcontent")
    return [mark.parent] if mark and mark.parent else []


def _heaviest(page: Tree) -> Tag:
    """Return the innermost container with at least BODY_SHARE of the page's text."""
    weights = Counter[int]()  # characters, links apart, by the id() of each element
    for node in reversed(list(page.descendants)):  # what an element contains comes before it
        weight = len(node.strip()) if type(node) is NavigableString else weights[id(node)]
        is_link = isinstance(node, Tag) and node.name == "a" and node.has_attr("href")
        weights[id(node.parent)] += 0 if is_link else weight
    containers = (tag for tag in page.tags if tag.name in _BODY_TAGS)
    heavy = (tag for tag in containers if weights[id(tag)] >= BODY_SHARE * weights[id(page)])
    return [page, *heavy][-1]


def _with_other_chapters(body: Tag) -> Tag:
    """Return what is around a body if that is one of several alike, each a chapter; or the body."""
    if body.parent is None or body.name == "article":  # other articles may be beside it
        return body
    beside = body.parent.find_all(body.name, recursive=False)
    headings = [tag.h2 or tag.h3 for tag in beside if tag.get("class") == body.get("class")]
    are_chapters = len(headings) > 1 and all(tag and _heads_section(tag) for tag in headings)
    return body.parent if are_chapters else body


def _heads_section(heading: Tag) -> bool:
    return _SECTION.match(heading.get_text().strip()) is not None


def find_title(page: Tree, seen: Views) -> tuple[str, Tag]:
    """Return the title and its element (the page, if only the head has it), or raise PageError.

    Best is an element, or all ``h1`` together, with the words of the head's title or of its longest
    part; next, the element with most of those words; next, the first one; last, the head's title
    without the site's name. A head that only names the site is ignored.
    """
    head = plain(page.title.get_text(" ")) if page.title else ""
    bare, longest = _SITE_SUFFIX.sub("", head), max(_SEPARATOR.split(head), key=len)
    home = {plain(link.get_text()) for link in page.find_all("a", href=_HOME)}
    named = [NOT_TITLE.sub("", part) for part in (bare, longest) if part not in home]
    parts = {normalise(part): part for part in named if not GENERIC.fullmatch(part)}
    site = {normalise(head.removeprefix(bare))} - set(parts)
    found = [*_headings(page, seen, list(parts)), *_with_words_of(list(parts), page, seen)]
    titles = [(text, tag) for text, tag in found if normalise(text) not in site]
    place: Tag = page
    title = next(iter(parts.values()), "")
    if titles:
        text, place = min(titles, key=lambda each: _rank(each[0], list(parts), normalise(head)))
        # Markup may divide the words of a title without a space.
        title = max(text, parts.get(normalise(text), ""), key=lambda words: words.count(" "))
    if not title:
        raise PageError("no title was found: if the page has an article, save it with its title.")
    return title, place


def _headings(page: Tree, seen: Views, parts: Sequence[str]) -> list[tuple[str, Tag]]:
    """Return the visible headings that may be the title, and all ``h1`` together, with their words.

    ``parts`` are normalised parts of the head's title.
    """
    titles = list[tuple[str, Tag]]()
    for tag in (tag for selector in _TITLES for tag in page.select(selector)):
        words = plain(" ".join(line.shown for line in to_lines(tag.descendants, seen)))
        text = NOT_TITLE.sub("", words)
        key = normalise(text)
        is_most_of_part = any(key in part and 2 * len(key) > len(part) for part in parts)
        is_high = tag.name not in ("h2", "h3") or (not parts and text.count(" ") > 1)
        may_be_title = is_most_of_part or (is_high and not _SECTION.match(text))
        if text and may_be_title and (key in parts or not _is_below_text(tag, seen)):
            titles.append((text, tag))
    if all_h1 := [each for each in titles if each[1].name == "h1"]:
        titles.append((" ".join(text for text, _ in all_h1), all_h1[-1][1]))
    return [(text, tag) for text, tag in titles if seen[id(tag)].kind != "hidden"]


def _with_words_of(parts: Sequence[str], page: Tree, seen: Views) -> list[tuple[str, Tag]]:
    """Return the first visible element, other than a link, with the words of a part, if any."""
    for string in page.strings:
        text, tag = NOT_TITLE.sub("", plain(string)), string.parent
        if tag and normalise(text) in parts:
            view = seen[id(tag)]
            if view.kind != "hidden" and not view.href:
                return [] if _is_below_text(tag, seen) else [(text, tag)]
    return []


def _rank(title: str, parts: Sequence[str], head: str) -> tuple[int, int]:
    """Return a sort key: first ``parts`` of the ``head``, then the longest title in the head."""
    key = normalise(title)
    place = parts.index(key) if key in parts else len(parts)
    return place, -len(key) if key in head else 0


def _is_below_text(tag: Tag, seen: Views) -> bool:
    """Return whether an element is in the body, and a sentence of the body precedes it."""
    above = (text for text in tag.previous_elements if type(text) is NavigableString)
    body = (text for text in above if seen[id(text.parent)].is_text)
    return seen[id(tag)].inside and any(is_sentence(plain(text)) for text in body)
