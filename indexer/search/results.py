"""What a search answers. Snippets are text and spans; markup is made in templates only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from ..model import Paragraph

Span = tuple[int, int]  # half-open, in code points of the text it belongs to


@dataclass(frozen=True)
class Request:
    """A search as it is asked for.

    ``section`` is a path; sections below it count as in it. ``words`` says which paragraphs plain
    words find: ``all`` (those with all words, or, where none has, with most), ``some`` (those
    with only some). ``sort`` is ``relevance`` or ``position``. ``page`` counts from 1.
    """

    text: str
    document: str = ""
    section: str = ""
    sort: str = "relevance"
    words: str = "all"
    page: int = 1
    limit: int = 10


class Snippet(NamedTuple):
    """Part of a paragraph, with an ellipsis where it is cut, and what matched in it."""

    text: str
    spans: tuple[Span, ...]


class Hit(NamedTuple):
    """A paragraph that was found. ``spans`` are its matches in the whole ``paragraph.text``."""

    document: str
    paragraph: Paragraph
    headings: tuple[str, ...]
    score: float
    snippet: Snippet
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Marked:
    """A paragraph that was found and, as ``spans`` of its text, what matched there."""

    document: str
    paragraph: Paragraph
    spans: tuple[Span, ...]


class Facet(NamedTuple):
    """How many paragraphs of the result have this value, in all; ``label`` is for people."""

    value: str
    label: str
    total: int


@dataclass(frozen=True)
class Results:
    """The answer to a Request.

    ``understood`` reads the query back in words; ``notes`` say, a sentence each, what was
    changed, left out or added. ``total`` counts paragraphs found, ``pages`` is 0 when there are
    none. ``match`` says what the hits have of plain words: ``all``, ``most`` (no paragraph has
    all) or ``some``; ``partial`` is how many paragraphs have only some of them and are not among
    these hits. ``suggestion`` is a better query, or None. ``missing`` are the words that stand
    nowhere in the text searched. ``facets`` are by name: ``section``, ``document``.
    ``searched`` has, by its id, how much of each document is at hand: ``page 1 of 3``.
    """

    request: Request
    understood: str
    notes: tuple[str, ...]
    total: int
    pages: int
    match: str
    partial: int
    suggestion: str | None
    missing: tuple[str, ...]
    hits: tuple[Hit, ...]
    facets: dict[str, tuple[Facet, ...]]
    searched: dict[str, str]
