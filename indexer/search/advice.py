"""Advice on a query that finds little: what does not occur, and what was probably meant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from .analysis import tokenize
from .field import Field
from .index import Index
from .lexicon import Lexicon
from .match import mask
from .plan import Plan
from .query import Filter, Heading, Node, Query, Slot, Term, terms, walk
from .spelling import alternatives, nearest

# Words that are corrected: nobody misspells more of one query, and each is compared with all words.
_CORRECTED = 10


@dataclass(frozen=True)
class Advice:
    """Advice on one query.

    ``missing`` are the words that do not occur, and ``absent`` says so in a sentence;
    ``suggestion`` is a better query; ``notes`` are further sentences. ``alternatives`` are queries
    for what the text has nearest to the words that do not occur.
    """

    missing: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    suggestion: str | None = None
    notes: tuple[str, ...] = ()
    alternatives: tuple[str, ...] = ()


_Unfilled: TypeAlias = tuple[Slot, Field]  # no word of the field can fill the slot


def advise(query: Query, plan: Plan) -> Advice:
    """Return advice on a query, and on what does not occur of the plan it was run by."""
    index = plan.index
    doubtful = [
        node
        for node in walk(plan.tree, negated=False)
        if isinstance(node, (Filter, Heading))
        or (isinstance(node, Term) and not len(plan.paragraphs(node)))
    ]
    instead = tuple(_alternatives(query.text, plan))
    if not doubtful:
        return Advice(alternatives=instead)
    unfilled = [each for node in doubtful for each in _unfilled(node, index)]
    in_text = [slot for slot, field in unfilled if field is index.text]
    headed = [slot.text for slot in in_text if len(index.headings.positions(slot))]
    notes = [f"“{word}” occurs only in headings." for word in headed]
    in_headings = [slot for slot, field in unfilled if field is index.headings]
    notes += [f"No heading has “{slot.text}”." for slot in in_headings]
    notes += [note for node in doubtful for note in _unmet(node, plan)]
    missing = tuple(dict.fromkeys(slot.text for slot in in_text))
    return Advice(
        missing=missing,
        absent=_absent(missing, all(document.complete for document in index.documents)),
        suggestion=None if query.is_prose else _suggestion(query.text, unfilled),
        notes=tuple(dict.fromkeys(notes)),
        alternatives=(*instead, *dict.fromkeys(f"heading:{word}" for word in headed)),
    )


def _alternatives(text: str, plan: Plan) -> Iterator[str]:
    """Yield the query with each word that does not occur replaced by one that is near it."""
    field = plan.index.text
    for term in terms(plan.tree, negated=False):
        if term.word and not len(field.find(term).own.starts):
            words = alternatives(term.word, field.lexicon)
            singular = term.word.removesuffix("s")  # which is offered only: its family is far off
            for other in words or alternatives(singular, field.lexicon):
                yield _replaced(text, {term.word: other})


def _absent(missing: tuple[str, ...], complete: bool) -> tuple[str, ...]:
    if not missing:
        return ()
    quoted = [f"“{word}”" for word in missing]
    listed = " and ".join(filter(None, (", ".join(quoted[:-1]), quoted[-1])))
    verb = "does" if len(missing) == 1 else "do"
    return (f"{listed} {verb} not occur in the {'' if complete else 'available '}text.",)


def _unfilled(node: Node, index: Index) -> list[_Unfilled]:
    if isinstance(node, Heading):
        term, field = node.term, index.headings
    elif isinstance(node, Term):
        term, field = node, index.text
    else:
        return []
    if _can_be_filled(term, field):
        return []
    return [(slot, field) for slot in term.sequences[0] if not len(field.positions(slot))]


def _can_be_filled(term: Term, field: Field) -> bool:
    ways = (*term.sequences, *term.others)
    return any(all(len(field.positions(slot)) for slot in way) for way in ways)


def _unmet(node: Node, plan: Plan) -> Iterator[str]:
    """Yield why a part of the query finds nothing, although its words occur."""
    if isinstance(node, Filter) and not mask(node, plan).any():
        yield f"There is no {node.field} {node.value} in the available text."
    if isinstance(node, Term) and _can_be_filled(node, plan.index.text):
        yield f"No paragraph has {node.label}."


def _suggestion(text: str, unfilled: list[_Unfilled]) -> str | None:
    """Return the query with its misspelt words corrected; None where there are none."""
    words = [(slot, field) for slot, field in unfilled if slot.kind in {"form", "exact"}]
    wrong = {slot.text: field.lexicon for slot, field in words[:_CORRECTED]}
    meant = {word: _meant(word, words) for word, words in wrong.items()}
    better = _replaced(text, {word: other for word, other in meant.items() if other})
    return better if better != text else None


def _meant(word: str, words: Lexicon) -> str | None:
    """Return another form of the word (of a quoted one), or the nearest word."""
    forms = words.expand(Slot("form", word))
    return max(forms, key=words.counts.__getitem__) if forms else nearest(word, words)


def _replaced(text: str, others: Mapping[str, str]) -> str:
    """Return a text with some of its words replaced, each in the case of the one typed."""
    tokens = tokenize(text)
    for word, (start, stop) in reversed(list(zip(tokens.words, tokens.spans, strict=True))):
        if word in others:
            text = text[:start] + _in_case(others[word], text[start:stop]) + text[stop:]
    return text


def _in_case(meant: str, typed: str) -> str:
    if typed.isupper() and len(typed) > 1:
        return meant.upper()
    return meant.capitalize() if typed[0].isupper() else meant
