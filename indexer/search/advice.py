"""Advice on a query that finds little: what does not occur, and what was probably meant."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import islice

from rapidfuzz.distance import OSA

from .analysis import tokenize
from .field import Field
from .foreign import as_meant
from .index import Index
from .plan import Plan
from .query import Filter, Heading, Node, Query, Slot, Slots, Term, walk
from .spelling import alternatives, fitting, halves, nearest, parted

_CORRECTED = 10  # words: nobody misspells more of one query, and each is compared with all
# Longer words in capitals are seldom acronyms, but may be misspelt.
_ACRONYM = re.compile(r"\b[A-Z](?=\w*[A-Z])\w{1,5}\b")
_NAME = re.compile(r"\b[A-Z][a-z]{,5}\b")  # "Natuna" is not misspelt for "natural"
_MIN_IN_CAPITALS = 5  # letters: "BRICS" and "AUKUS" are no word of the text with a letter off


@dataclass(frozen=True)
class Advice:
    """Advice on one query.

    ``missing`` are words that do not occur, as a sentence in ``absent`` says. ``suggestion`` is a
    better query, ``alternatives`` are queries for what is nearest to the missing words.
    """

    missing: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    suggestion: str | None = None
    notes: tuple[str, ...] = ()
    alternatives: tuple[str, ...] = ()


_EXCLUDING = re.compile(r"(\w{3,}) (?:but )?(?:not|without) (\w{2,})")  # in small letters
_NUMERAL = re.compile(r"\d+|[ivx]+")
_ANY = Slot("glob", "*")
# A slot that no word of the field can fill, and the row of slots that it is in, if any.
_Unfilled = tuple[Slot, Field, Slots]


def advise(query: Query, plan: Plan, found: bool) -> Advice:
    """Return advice on what of a query does not occur, or why nothing is ``found`` by it."""
    index = plan.index
    nodes = walk(plan.tree, negated=False)
    lacking = [
        node.word
        for node in nodes
        if isinstance(node, Term) and node.word and not len(index.text.find(node).own.starts)
        if all(len(way) == 1 for way in node.others)  # no name that the text has in other words
    ]
    unfilled, unmet = _not_found(nodes, index)
    if not (lacking or unfilled or unmet):
        return Advice(alternatives=_excluding(query, index)) if found else _left_out(nodes)
    suggestion, instead = _reworded(query, lacking, unfilled, index)
    in_text = [slot for slot, field, _ in unfilled if field is index.text]
    words = [slot for slot in in_text if not _NUMERAL.fullmatch(slot.text)]  # of sections
    headed = [slot.text for slot in words if len(index.headings.positions(slot))]
    notes = [f"“{word}” occurs only in headings." for word in headed]
    in_headings = [slot for slot, field, _ in unfilled if field is index.headings]
    notes += [f"No heading has “{slot.text}”." for slot in in_headings]
    missing = tuple(dict.fromkeys(slot.text for slot in in_text))
    return Advice(
        missing=missing,
        absent=_absent([word for word in missing if word not in headed], index),
        suggestion=suggestion,
        notes=tuple(dict.fromkeys([*notes, *unmet])),
        alternatives=tuple(dict.fromkeys([*instead, *(f"heading:{word}" for word in headed)])),
    )


def _excluding(query: Query, index: Index) -> tuple[str, ...]:
    """Return the search for a word without a name behind "not": "SCO NOT CICA"."""
    found = _EXCLUDING.fullmatch(query.text)
    if not found or query.is_prose:
        return ()
    word = found[2]
    is_printed = word[0].isupper() and index.suggester.printed(word.lower())[:1].isupper()
    is_name = is_printed or word.isupper() or word.upper() in index.text.lexicon.acronyms
    return (f"{found[1]} NOT {found[2]}",) if is_name else ()


def _left_out(nodes: Iterable[Node]) -> Advice:
    """Return advice on a query whose words occur, but nowhere where it looks for them."""
    slots = [slot for node in nodes if isinstance(node, Term) for slot in node.sequences[0]]
    words = " ".join(dict.fromkeys(slot.text for slot in slots if slot.kind != "glob"))
    note = "The words occur only in paragraphs that the rest of the query leaves out."
    return Advice(notes=(note,), alternatives=(words,)) if words else Advice()


def _not_found(nodes: Iterable[Node], index: Index) -> tuple[list[_Unfilled], list[str]]:
    """Return what no word can fill, and sentences on what finds nothing though its words occur."""
    unfilled: list[_Unfilled] = []
    unmet: list[str] = []
    for node in nodes:
        term, field = node, index.text
        if isinstance(node, Heading):
            term, field = node.term, index.headings
        if isinstance(node, Filter) and not index.where(node.field, node.value).any():
            unmet.append(f"There is no {node.field} {node.value} in the available text.")
        if isinstance(term, Term) and not len(field.find(term).paragraphs):
            empty = [slot for slot in term.sequences[0] if not len(field.positions(slot))]
            ways = (*term.sequences[1:], *term.others)
            if empty and not any(all(len(field.positions(slot)) for slot in way) for way in ways):
                row = term.sequences[0] if not term.slop else ()
                unfilled += [(slot, field, row) for slot in empty]
            elif term is node:
                unmet.append(f"No paragraph has {term.label}.")
    return unfilled, unmet


def _reworded(
    query: Query, lacking: Iterable[str], unfilled: Iterable[_Unfilled], index: Index
) -> tuple[str | None, list[str]]:
    """Return a query with its misspelt words corrected, or None, and alternatives to it."""
    if query.is_prose:  # with other words, it would not read as a sentence
        return None, []
    text, headed = index.text, index.headings.lexicon
    wrong = {each[0].text: each for each in unfilled if each[0].kind in {"form", "exact"}}
    near: dict[str, tuple[str, ...]] = {}
    for word in (each for each in lacking if each not in headed.counts and not each.isdigit()):
        two = " ".join(halves(word, text.lexicon))
        if others := alternatives(word, text.lexicon) or tuple(filter(None, [two])):
            near[word] = others
            wrong.setdefault(word, (Slot("form", word), text, ()))
    better = _replaced(query.text, _corrections(query, wrong, index))
    instead = [_replaced(better, {word: each}) for word in near for each in near[word]]
    suggestion = better if better != query.text else None
    return suggestion, [each for each in instead if each != better]


def _corrections(query: Query, wrong: Mapping[str, _Unfilled], index: Index) -> dict[str, str]:
    """Return what was probably meant by each of the wrong words of a query, if anything was.

    The parts of a word with hyphens are corrected all or not at all: "covid-19" is not "avoid-19".
    """
    text, headed = index.text, index.headings.lexicon
    in_capitals = " " in query.text and query.text.isupper()
    acronyms = [] if in_capitals else [each.lower() for each in _ACRONYM.findall(query.text)]
    names = [each.lower() for each in _NAME.findall(query.text)]
    meant: dict[str, str | None] = {}
    for word, each in islice(wrong.items(), _CORRECTED):
        fits = fitting(word, query.words, text)
        likely = [other for other in (fits, _meant(*each), nearest(word, headed)) if other]
        if word in acronyms:
            likely = [other for other in likely if _may_be_capital(word, other, text)]
        if word in names:
            likely = [other for other in likely if _may_be_name(word, other, index)]
        meant[word] = min(likely, key=partial(OSA.distance, word), default=None)
    tokens = tokenize(as_meant(query.text))  # "sanc- tions", too
    for parts in (tokens.words[start:stop] for start, stop in tokens.groups()):
        if any(meant.get(part, part) is None for part in parts):
            meant |= dict.fromkeys(parts)
    return {word: other for word, other in meant.items() if other}


def _may_be_capital(word: str, meant: str, text: Field) -> bool:
    """Return whether a word in capitals may be misspelt for an acronym, or is but a letter off."""
    is_acronym = len(text.positions(Slot("acronym", meant))) > 0
    return is_acronym or (len(word) >= _MIN_IN_CAPITALS and OSA.distance(word, meant) == 1)


def _may_be_name(word: str, meant: str, index: Index) -> bool:
    """Return whether a capitalised word may be misspelt for a name, or is one letter off."""
    is_name = index.suggester.printed(meant)[:1].isupper()
    return is_name or OSA.distance(word, meant) == 1


def _absent(missing: list[str], index: Index) -> tuple[str, ...]:
    if not missing:
        return ()
    quoted = [f"“{word}”" for word in missing]
    listed = " and ".join(filter(None, (", ".join(quoted[:-1]), quoted[-1])))
    verb = "does" if len(missing) == 1 else "do"
    part = "" if all(document.complete for document in index.documents) else "available "
    return (f"{listed} {verb} not occur in the {part}text.",)


def _meant(slot: Slot, field: Field, row: Slots) -> str | None:
    """Return what is probably meant by a slot that no word can fill, or None.

    It is the words run together in it, or a form of it or the nearest word that fits its ``row``.
    """
    if parts := parted(slot.text, field):
        return " ".join(part.text for part in parts)
    near = nearest(slot.text, field.lexicon) or slot.text
    forms = field.expand(Slot("form", near))
    known = {each: each if len(field.positions(each)) else _ANY for each in row}
    for other in sorted(forms, key=lambda each: (each != near, -field.lexicon.counts[each])):
        known[slot] = Slot("exact", other)
        if not row or field.has(tuple(known[each] for each in row)):
            return other
    return None


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
