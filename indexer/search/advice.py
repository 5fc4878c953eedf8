"""Advice on a query that finds little: what does not occur, and what was probably meant."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import NamedTuple

from rapidfuzz.distance import OSA

from .analysis import tokenize
from .field import Field
from .foreign import as_meant
from .index import Index
from .plan import Plan
from .query import Filter, Heading, Node, Query, Slot, Slots, Term, terms, walk
from .spelling import alternatives, fitting, halves, is_known, nearest, parted

_CORRECTED = 10  # words: nobody misspells more of one query, and each is compared with all
# Longer words in capitals are seldom acronyms, but may be misspelt.
_ACRONYM = re.compile(r"\b[A-Z](?=\w*[A-Z])\w{1,5}\b")
_NAME = re.compile(r"\b[A-Z][a-z]{,5}\b")  # "Natuna" is not misspelt for "natural"
_MIN_IN_CAPITALS = 5  # letters: "BRICS" and "AUKUS" are no word of the text with a letter off
_EXCLUDING = re.compile(r"(\w{3,}) (?:but )?(?:not|without) (\w{2,})")  # in small letters
_NUMERAL = re.compile(r"\d+|[ivx]+")
_ANY = Slot("glob", "*")


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


class _Lack(NamedTuple):
    """A slot that no word of a field can fill, and the row of slots that it is in, if any."""

    slot: Slot
    field: Field
    row: Slots


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
    lacks, unmet = _not_found(nodes, index)
    if not (lacking or lacks or unmet):
        return Advice(alternatives=_excluding(query, index)) if found else _left_out(nodes)
    suggestion, instead = _reworded(query, plan, lacking, lacks)
    missing = {lack.slot.text: lack.slot for lack in lacks if lack.field is index.text}
    words = [word for word in missing if not _NUMERAL.fullmatch(word)]  # of sections
    headed = [word for word in words if index.headings.has((missing[word],))]
    notes = [f"“{word}” occurs only in headings." for word in headed]
    unheaded = (lack.slot.text for lack in lacks if lack.field is index.headings)
    notes += [f"No heading has “{text}”." for text in unheaded]
    return Advice(
        missing=tuple(missing),
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
    return (f"{found[1]} NOT {word}",) if is_name else ()


def _left_out(nodes: Iterable[Node]) -> Advice:
    """Return advice on a query whose words occur, but nowhere where it looks for them."""
    slots = [slot for node in nodes if isinstance(node, Term) for slot in node.slots]
    words = " ".join(dict.fromkeys(slot.text for slot in slots if slot.kind != "glob"))
    note = "The words occur only in paragraphs that the rest of the query leaves out."
    return Advice(notes=(note,), alternatives=(words,)) if words else Advice()


def _not_found(nodes: Iterable[Node], index: Index) -> tuple[list[_Lack], list[str]]:
    """Return what no word can fill, and sentences on what finds nothing though its words occur."""
    lacks: list[_Lack] = []
    unmet: list[str] = []
    for node in nodes:
        term, field = node, index.text
        if isinstance(node, Heading):
            term, field = node.term, index.headings
        if isinstance(node, Filter) and not index.where(node.field, node.value).any():
            unmet.append(_unmet(node, index))
        if isinstance(term, Term) and not field.occurs(term):
            empty = [slot for slot in term.slots if not field.has((slot,))]
            ways = (*term.sequences[1:], *term.others)
            if empty and not any(all(field.has((slot,)) for slot in way) for way in ways):
                lacks += [_Lack(slot, field, () if term.slop else term.slots) for slot in empty]
            elif term is node:
                unmet.append(f"No paragraph has {term.label}.")
    return lacks, unmet


def _unmet(node: Filter, index: Index) -> str:
    """Return the sentence on a section or page of which there is nothing, perhaps not yet."""
    for document in index.documents:
        begin = f"{node.value}.".casefold()
        listed = [each for each in document.missing_sections if each.casefold().startswith(begin)]
        if node.field == "section" and listed:
            return f"The section “{listed[0]}” is not in the available text."
        if node.field == "page" and node.value in map(str, range(1, document.page_count + 1)):
            return f"Page {node.value} of {document.page_count} is not in the available text."
    return f"There is no {node.field} {node.value} in the available text."


def _absent(missing: list[str], index: Index) -> tuple[str, ...]:
    if not missing:
        return ()
    *most, last = (f"“{word}”" for word in missing)
    listed = f"{', '.join(most)} and {last} do" if most else f"{last} does"
    part = "" if all(document.complete for document in index.documents) else "available "
    return (f"{listed} not occur in the {part}text.",)


def _reworded(
    query: Query, plan: Plan, lacking: Iterable[str], lacks: Iterable[_Lack]
) -> tuple[str | None, list[str]]:
    """Return a query with its misspelt words corrected, or None, and alternatives to it."""
    index = plan.index
    words, headed = index.text.lexicon, index.headings.lexicon
    wrong = {each.slot.text: each for each in lacks if each.slot.kind in {"form", "exact"}}
    near: dict[str, tuple[str, ...]] = {}
    for word in (each for each in lacking if each not in headed.counts and not each.isdigit()):
        two = halves(word, words)
        if others := alternatives(word, words) or (two and (" ".join(two),)):
            near[word] = others
            wrong.setdefault(word, _Lack(Slot("form", word), index.text, ()))
    corrections = _corrections(query, wrong, index)
    if query.is_prose:
        return None, _asked(query, plan, corrections)
    better = _replaced(query.text, corrections)
    instead = [_replaced(better, {word: each}) for word in near for each in near[word]]
    suggestion = better if better != query.text else None
    return suggestion, [each for each in instead if each != better]


def _asked(query: Query, plan: Plan, corrections: Mapping[str, str]) -> list[str]:
    """Return the words of a question with what was meant, which may not be what was asked.

    What was meant is one letter off, not the first, and a name if a capital is typed.
    """
    names = {word.lower() for word in re.findall(r"\b[A-Z][a-z]+", query.text)}
    meant = {
        word: other
        for word, other in corrections.items()
        if word[0] == other[0] and OSA.distance(word, other) == 1 and not is_known(word)
        if word not in names or plan.index.suggester.printed(other)[:1].isupper()
    }
    slots = [slot for term in terms(plan.tree) for slot in term.slots]
    kept = (slot for slot in slots if slot.text in meant or plan.index.text.has((slot,)))
    return [" ".join(meant.get(slot.text, slot.text) for slot in kept)] if meant else []


def _corrections(query: Query, wrong: Mapping[str, _Lack], index: Index) -> dict[str, str]:
    """Return what was probably meant by each of the wrong words of a query, if anything was.

    The parts of a word with hyphens are corrected all or not at all: "covid-19" is not "avoid-19".
    """
    meant: dict[str, str | None] = {}
    for word, lack in islice(wrong.items(), _CORRECTED):
        fits = fitting(word, query.words, index.text)
        found = filter(None, (fits, _meant(lack), nearest(word, index.headings.lexicon)))
        likely = [other for other in found if _is_likely(word, other, query.text, index)]
        meant[word] = min(likely, key=partial(OSA.distance, word), default=None)
    tokens = tokenize(as_meant(query.text))  # "sanc- tions", too
    for parts in (tokens.words[start:stop] for start, stop in tokens.groups()):
        if any(meant.get(part, part) is None for part in parts):
            meant |= dict.fromkeys(parts)
    return {word: other for word, other in meant.items() if other}


def _is_likely(word: str, other: str, typed: str, index: Index) -> bool:
    """Return whether a typed word may be misspelt for another, by its capitals.

    With more than a letter off, one in capitals is an acronym, and a capitalised one a name.
    """
    is_near = OSA.distance(word, other) == 1
    all_in_capitals = " " in typed and typed.isupper()
    if word in map(str.lower, _ACRONYM.findall(typed)) and not all_in_capitals:
        is_acronym = index.text.has((Slot("acronym", other),))
        return is_acronym or (is_near and len(word) >= _MIN_IN_CAPITALS)
    is_name = word in map(str.lower, _NAME.findall(typed))
    return is_near or not is_name or index.suggester.printed(other)[:1].isupper()


def _meant(lack: _Lack) -> str | None:
    """Return what is probably meant by a slot that no word can fill, or None.

    It is the words run together in it, or a form of it or the nearest word that fits its ``row``.
    """
    slot, field, row = lack
    if parts := parted(slot.text, field):
        return " ".join(part.text for part in parts)
    near, counts = nearest(slot.text, field.lexicon) or slot.text, field.lexicon.counts
    known = {each: each if field.has((each,)) else _ANY for each in row}
    for other in sorted(field.expand(Slot("form", near)), key=lambda w: (w != near, -counts[w])):
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
