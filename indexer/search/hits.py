"""Paragraphs that were found to hits: what matched in them, and the part that shows it best."""

from __future__ import annotations

from collections.abc import Mapping

from ..model import Document, Paragraph
from .bm25 import Floats
from .highlight import Match, merge
from .index import Index
from .marking import matches_in
from .matching import Whole
from .query import Node, Term
from .ranking import Leaf
from .results import Hit
from .snippet import snippet


def hits(
    index: Index, tree: Node, leaves: Mapping[Term, Leaf], numbers: Whole, scores: Floats
) -> tuple[Hit, ...]:
    """Hits of a query, given by the numbers of their paragraphs and their scores."""
    found = matches_in(index, tree, leaves, numbers)
    stops = index.sentence_stops(numbers)
    rows = zip(numbers.tolist(), scores.tolist(), found, stops, strict=True)
    return tuple([_hit(*index.paragraphs[number], *rest) for number, *rest in rows])


def _hit(
    document: Document, paragraph: Paragraph, score: float, found: list[Match], stops: list[int]
) -> Hit:
    found.sort()
    spans = merge(found)
    part = snippet(paragraph.text, found, spans, stops)
    return Hit(document.id, paragraph, document.headings(paragraph.section), score, part, spans)
