"""Match a query: the paragraphs that it finds, and its matches in each of them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from .bm25 import idf
from .field import Ints
from .index import Index
from .plan import QUESTION, Plan
from .query import And, Filter, Heading, Node, Not, Or, Term
from .results import MatchKind
from .spans import Span, Spans

# If no paragraph has all of the words, those with the most are found, and others whose words are
# this many times as rare: “absolute security” beside “China” and “region”. With 1, CISI loses .009
# of nDCG@10; with 2, “the wealth gap” is not found.
_RARER = 1.5
_NAME = 2  # times the weight of another word, as a query with a name is about that name
_MANY = 0.25  # of the paragraphs: a name in more says little, such as "China", here in a third
_NAMED = 0.75  # of the highest weight: paragraphs with at least that come first if a name is typed
Mask = NDArray[np.bool_]  # a truth value for each paragraph of the index
MatchedSpan = tuple[int, int, int]  # a span of the paragraph, and the number of the term


@dataclass(frozen=True)
class Selection:
    """The paragraphs that the plan of a query finds, in three parts that do not overlap.

    ``all`` have all of it, or as much as ``match`` says; ``apart`` have the words, but not together
    as typed; ``some`` have only some of them. ``named`` have the names typed, and come first.
    """

    plan: Plan
    all: Mask
    match: MatchKind
    apart: Mask
    some: Mask
    named: Mask | None = None


def select(plan: Plan) -> Selection:
    """Return the paragraphs that a query finds."""
    together = _select(plan)
    if plan.apart is None:
        return together
    words = _select(plan.apart)
    apart = words.all & ~together.all & (words.match == "all")
    some = (words.all | words.some | together.some) & ~together.all & ~apart
    return replace(together, apart=apart, some=some)


def _select(plan: Plan) -> Selection:
    """Return the paragraphs that a query finds, without those of its plan ``apart``."""
    find = plan.index.text.find
    allowed = evaluate(And(strict=plan.tree.strict), plan.index)
    none = np.zeros(len(allowed), bool)
    counts = np.zeros(len(allowed), int)  # how many of the different words each paragraph has
    for term in plan.different:
        counts[find(term).paragraphs] += 1
    counts[~allowed] = 0
    some, found = counts > 0, allowed & (counts == len(plan.different))
    if found.any() or len(plan.tree.words) < 2:
        return Selection(plan, found, "all", none, some & ~found)
    if plan.is_question:
        for part in plan.parts:
            some[find(part).paragraphs] = True
        named = _most(plan, counts)[1] if len(plan.different) < QUESTION else None
        return Selection(plan, some & allowed, "most", none, none, named)
    if any(term.is_phrase and not plan.index.text.occurs(term) for term in plan.different):
        return Selection(plan, none, "most", none, none)  # its words say more than the rest do
    found, named = _most(plan, counts)
    return Selection(plan, found, "most", none, some & ~found, named)


def _most(plan: Plan, counts: Ints) -> tuple[Mask, Mask | None]:
    """Return the paragraphs with the most words, or rarer ones; and those with names, or None."""
    worth, has_name = np.zeros(len(counts)), False
    for term in plan.different:
        paragraphs = plan.index.text.find(term).paragraphs
        is_name = len(paragraphs) <= _MANY * len(counts) and _is_name(term, plan.index)
        worth[paragraphs] += idf(len(paragraphs), len(counts)) * (_NAME if is_name else 1)
        has_name |= is_name
    worth[counts == 0] = 0
    most = (counts > 0) & (counts == counts.max(initial=0))
    rarer = worth > _RARER * worth[most].min(initial=np.inf)
    return most | rarer, worth >= _NAMED * worth.max(initial=0) if has_name else None


def _is_name(term: Term, index: Index) -> bool:
    """Return whether a term is a name: one with other names, one in the text, or a number."""
    words = " ".join(slot.text for slot in term.slots)
    has_others = any(len(way) > 1 for way in term.others)  # a single one may be a mere relative
    return has_others or words.isdigit() or index.suggester.is_name(words)


def evaluate(node: Node, index: Index, literal: bool = False) -> Mask:
    """Return the paragraphs for which a query is true; if ``literal``, other names do not count."""
    if isinstance(node, Filter):
        return index.where(node.field, node.value)
    if isinstance(node, Not):
        return ~evaluate(node.node, index, literal)
    true = np.full(len(index.paragraphs), isinstance(node, And))
    if isinstance(node, Heading):
        true[index.headings.find(node.term).paragraphs] = True
    elif isinstance(node, Term):
        own = replace(node, others=()) if literal else node
        true[index.text.find(own).paragraphs] = True
    else:
        join = np.logical_and if isinstance(node, And) else np.logical_or
        for child in node.nodes:
            join(true, evaluate(child, index, literal), out=true)
    return true


def matches(plan: Plan, numbers: Sequence[int]) -> list[list[MatchedSpan]]:
    """Return the matches of a query in each of some paragraphs, in no particular order."""
    allowed = evaluate(And(strict=plan.tree.strict), plan.index)
    parts = plan.parts if plan.is_question else ()
    shown: dict[Term, Mask] = {}
    for node in (*plan.tree.nodes, *parts):
        for term, where in _shown(node, plan.index, allowed):
            shown[term] = where | shown.get(term, where)
    layout = plan.index.text.layout
    offsets, lengths = layout.starts.data, layout.lengths.data  # whose items are plain integers
    edges = layout.paragraphs[np.add.outer(np.asarray(numbers, int), (0, 1))]  # start, end of each
    found: list[list[MatchedSpan]] = [[] for _ in numbers]
    for number, (term, where) in enumerate(shown.items()):
        is_shown = where[numbers].tolist()
        own, other, _, _ = plan.index.text.find(term)
        for runs in (own, other) if term.others else (own,):
            cuts = runs.starts.searchsorted(edges).tolist()
            for here, (low, high), shows in zip(found, cuts, is_shown, strict=True):
                if low < high and shows:
                    firsts, stops = runs.starts[low:high].tolist(), runs.stops[low:high].tolist()
                    for first, stop in zip(firsts, stops, strict=True):
                        end = offsets[stop - 1] + lengths[stop - 1]
                        here.append((offsets[first], end, number))
    return found


def _shown(node: Node, index: Index, where: Mask) -> Iterator[tuple[Term, Mask]]:
    """Yield the terms of a node, each with the paragraphs in which its occurrences are matches.

    ``(a AND b) OR c`` finds a paragraph with a and c for its c, and does not show a in it.
    """
    if isinstance(node, Term):
        yield node, where
    elif isinstance(node, (And, Or)):
        inside = where & evaluate(node, index)
        for child in node.nodes:
            yield from _shown(child, index, inside)


def merge(found: Iterable[MatchedSpan]) -> Spans:
    """Return matches as spans; those that overlap become one."""
    joined: list[Span] = []
    for start, stop, _ in sorted(found):
        if joined and start < joined[-1][1]:
            start, end = joined.pop()
            stop = max(end, stop)
        joined.append((start, stop))
    return Spans(joined)
