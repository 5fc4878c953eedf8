"""What to say of a query that finds little: what is not there, and what was probably meant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .analysis import tokenize
from .evaluation import where
from .index import FieldPlaces, Index
from .lexicon import Lexicon
from .query import Filter, Heading, Node, Slot, Term, shown
from .reading import Reading

# Words that are put right: nobody misspells more of one query, and each is compared with all words.
_CORRECTED = 10


@dataclass(frozen=True)
class Advice:
    """``missing`` are words that stand nowhere, ``suggestion`` a better query, notes sentences."""

    missing: tuple[str, ...]
    suggestion: str | None
    notes: tuple[str, ...]


@dataclass(frozen=True)
class _Lost:
    """A slot that no word fills where it was looked for."""

    slot: Slot
    places: FieldPlaces


def advise(text: str, reading: Reading) -> Advice:
    """Advice on the query that was typed as ``text``."""
    index, leaves = reading.index, reading.leaves
    doubtful = [
        node
        for node in shown(reading.tree)
        if isinstance(node, (Filter, Heading))
        or (isinstance(node, Term) and not len(leaves[node].paragraphs))
    ]
    if not doubtful:
        return Advice((), None, ())
    lost = [each for node in doubtful for each in _lost(node, index)]
    notes = [
        f"“{each.slot.text}” stands in headings only: heading:{each.slot.text} finds it."
        for each in lost
        if each.places is index.text and len(index.headings.positions(each.slot))
    ]
    notes += [
        f"No heading has “{each.slot.text}”." for each in lost if each.places is index.headings
    ]
    notes += [note for node in doubtful for note in _unmet(node, index)]
    return Advice(
        missing=tuple(dict.fromkeys(x.slot.text for x in lost if x.places is index.text)),
        suggestion=_suggestion(text, lost),
        notes=tuple(dict.fromkeys(notes)),
    )


def _lost(node: Node, index: Index) -> list[_Lost]:
    if isinstance(node, Heading):
        term, places = node.term, index.headings
    elif isinstance(node, Term):
        term, places = node, index.text
    else:
        return []
    if _filled(term, places):
        return []
    unfilled = [slot for slot in term.sequences[0] if not len(places.positions(slot))]
    return [_Lost(slot, places) for slot in unfilled]


def _filled(term: Term, places: FieldPlaces) -> bool:
    ways = (*term.sequences, *term.others)
    return any(all(len(places.positions(slot)) for slot in way) for way in ways)


def _unmet(node: Node, index: Index) -> Iterator[str]:
    """Why a part of the query finds nothing, although its words are there."""
    if isinstance(node, Filter) and not where(node, index).any():
        yield f"There is no {node.field} {node.value} in the text at hand."
    if isinstance(node, Term) and _filled(node, index.text):
        yield f"No paragraph has {node.label}."


def _suggestion(text: str, lost: list[_Lost]) -> str | None:
    """The query with its misspelt words put right; None where there is nothing to put right."""
    words = [each for each in lost if each.slot.kind in {"form", "exact"}][:_CORRECTED]
    wrong = {each.slot.text: each.places.lexicon for each in words}
    better = text
    tokens = tokenize(text)
    for word, (start, stop) in reversed(list(zip(tokens.words, tokens.spans, strict=True))):
        if word in wrong:
            meant = _meant(word, text[start:stop], wrong[word])
            better = better[:start] + meant + better[stop:]
    return better if better != text else None


def _meant(word: str, typed: str, words: Lexicon) -> str:
    """Another form of the word (of a phrase in quotes), or its neighbour, in the case typed."""
    forms = words.expand(Slot("form", word))
    meant = max(forms, key=words.counts.__getitem__) if forms else words.nearest(word)
    if meant is None:
        return typed
    if typed.isupper() and len(typed) > 1:
        return meant.upper()
    return meant.capitalize() if typed[0].isupper() else meant
