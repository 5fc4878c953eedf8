"""Advice on a query that finds little: which words do not occur, and what was probably meant."""

import re
from collections.abc import Iterable, Mapping
from functools import partial
from itertools import islice
from typing import NamedTuple

from rapidfuzz.distance import OSA

from ..model import Document
from .analysis import tokenize
from .citations import roman
from .field import Field
from .index import Index
from .plan import Plan
from .query import FieldName, Filter, Heading, Node, Query, Slot, Slots, Term, walk
from .spelling import alternatives, fitting, halves, nearest, negated, parted
from .syntax import as_meant

_MAX_CORRECTED = 10  # words: nobody misspells more in one query, and each is compared with all
# Longer words in capitals are seldom acronyms, but may be misspelt.
_ACRONYM = re.compile(r"\b[A-Z](?=\w*[A-Z])\w{1,5}\b")
_NAME = re.compile(r"\b[A-Z][a-z]{,5}\b")  # "Natuna" is not misspelt for "natural"
_MIN_IN_CAPITALS = 5  # letters: no word of the text is one letter off "BRICS" or "AUKUS"
_NUMERAL = re.compile(r"\d+|[ivx]+")  # the number of a section, in its heading


class Advice(NamedTuple):
    """Advice on one query.

    ``missing`` are words that the text lacks; ``absent`` says so in a sentence. ``suggestion`` is a
    better query, ``alternatives`` are others to try, such as for words near the missing ones.
    """

    missing: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    suggestion: str | None = None
    notes: tuple[str, ...] = ()
    alternatives: tuple[str, ...] = ()


class _Lack(NamedTuple):
    """A slot that no word of a field fills, and the run of slots that it is part of, if any."""

    slot: Slot
    field: Field
    run: Slots = ()


def advise(query: Query, plan: Plan, found: bool) -> Advice:
    """Return advice on the words of a query that do not occur, or on why nothing is ``found``."""
    index = plan.index
    nodes = walk(plan.tree, negated=False)
    replaced = [
        node.word
        for node in nodes
        if isinstance(node, Term) and node.word and not len(index.text.find(node).own.starts)
        if all(len(way) == 1 for way in node.others)  # not a name that the text has in other words
    ]
    lacks, unmet = _not_found(nodes, index)
    if not (replaced or lacks or unmet):
        return Advice() if found else _left_out(nodes)
    suggestion, instead = _reworded(query, index, replaced, lacks)
    missing = {slot.text: slot for slot, field, _ in lacks if field is index.text}
    headed = [w for w in missing if index.headings.has((missing[w],)) and not _NUMERAL.fullmatch(w)]
    notes = [f"“{word}” occurs only in headings." for word in headed]
    notes += [f"No heading has “{s.text}”." for s, field, _ in lacks if field is index.headings]
    return Advice(
        missing=tuple(missing),
        absent=_absent([word for word in missing if word not in headed], index),
        suggestion=suggestion,
        notes=tuple(dict.fromkeys([*notes, *unmet])),
        alternatives=tuple(dict.fromkeys([*instead, *(f"heading:{word}" for word in headed)])),
    )


def _left_out(nodes: Iterable[Node]) -> Advice:
    """Return advice on a query whose words occur only in paragraphs that it leaves out."""
    slots = [slot for node in nodes if isinstance(node, Term) for slot in node.slots]
    words = " ".join(dict.fromkeys(slot.text for slot in slots if slot.text != "*"))
    note = "The words occur only in paragraphs that the rest of the query leaves out."
    return Advice(notes=(note,), alternatives=(words,)) if words else Advice()


def _not_found(nodes: Iterable[Node], index: Index) -> tuple[list[_Lack], list[str]]:
    """Return the slots that no word fills, and a sentence on each other part that finds nothing."""
    lacks: list[_Lack] = []
    unmet: list[str] = []
    for node in nodes:
        if isinstance(node, Filter) and not index.where(node.field, node.value).any():
            unmet.append(unavailable(node.field, node.value, index.documents))
        elif isinstance(node, Heading):
            lacks += _lacks(node.term, index.headings)
        elif isinstance(node, Term) and not index.text.occurs(node):
            found = _lacks(node, index.text)
            lacks += found
            unmet += [] if found else [f"No paragraph has {node.label}."]
    return lacks, unmet


def _lacks(term: Term, field: Field) -> list[_Lack]:
    """Return the slots of a term that no word of a field fills, if none of its ways can occur."""
    ways = (*term.sequences, *term.others)
    lacking = [[slot for slot in way if not field.has((slot,))] for way in ways]
    run = () if term.slop else term.slots
    return [_Lack(slot, field, run) for slot in lacking[0]] if all(lacking) else []


def unavailable(field: FieldName, value: str, documents: Iterable[Document]) -> str:
    """Return a sentence on a section, page or document that is not available, or not there."""
    prefixes = tuple(f"{path}.".casefold() for path in (value, roman(value)))
    for document in documents:
        titles = [t for t in document.missing_sections if t.casefold().startswith(prefixes)]
        if field == "section" and titles:
            return f"The section “{titles[0]}” is not in the available text."
        if field == "page" and value in map(str, range(1, document.page_count + 1)):
            return f"Page {value} of {document.page_count} is not in the available text."
    return f"There is no {field} {value} in the available text."


def _absent(missing: list[str], index: Index) -> tuple[str, ...]:
    if not missing:
        return ()
    *most, last = (f"“{word}”" for word in missing)
    listed = f"{', '.join(most)} and {last} do" if most else f"{last} does"
    part = "" if all(document.complete for document in index.documents) else "available "
    return (f"{listed} not occur in the {part}text.",)


def _reworded(
    query: Query, index: Index, replaced: Iterable[str], lacks: Iterable[_Lack]
) -> tuple[str | None, list[str]]:
    """Return a query with its misspelt words corrected, or None, and alternatives to it."""
    lexicon, headed = index.text.lexicon, index.headings.lexicon.counts
    wrong = {each.slot.text: each for each in lacks if each.slot.kind in {"form", "exact"}}
    near: dict[str, tuple[str, ...]] = {}
    for word in (each for each in replaced if each not in headed and not each.isdigit()):
        others = alternatives(word, lexicon) or negated(word, lexicon)
        if not others and (two := halves(word, lexicon)):
            others = (" ".join(two),)
        if others:
            near[word] = others
            wrong.setdefault(word, _Lack(Slot("form", word), index.text))
    meant = _corrections(query, wrong, index)
    if query.is_prose:  # in the reader's own words: correct single letters, as an alternative
        meant = {word: other for word, other in meant.items() if OSA.distance(word, other) == 1}
        return None, [_replaced(query.text, meant)] if meant else []
    better = _replaced(query.text, meant)
    instead = [_replaced(better, {word: each}) for word in near for each in near[word]]
    suggestion = better if better != query.text else None
    return suggestion, [each for each in instead if each != better]


def _corrections(query: Query, wrong: Mapping[str, _Lack], index: Index) -> dict[str, str]:
    """Return the probable correction of each wrong word of a query that has one.

    The parts of a hyphenated word are corrected all or not at all: "covid-19" is not "avoid-19".
    """
    meant: dict[str, str | None] = {}
    for word, lack in islice(wrong.items(), _MAX_CORRECTED):
        field = lack.field
        run_together = " ".join(part.text for part in parted(word, field))
        near = nearest(word, field.lexicon)
        forms = field.expand(Slot("form", word))  # for a word in quotes
        inside = [each for each in (near, *forms) if each and _fits(each, lack)]
        in_heading = nearest(word, index.headings.lexicon)
        found = (fitting(word, query.words, index.text), run_together, *inside, in_heading)
        likely = [each for each in found if each and _is_likely(word, each, query.text, index)]
        meant[word] = min(likely, key=partial(OSA.distance, word), default=None)
    tokens = tokenize(as_meant(query.text))  # "sanc- tions", too
    for group in (tokens.words[start:stop] for start, stop in tokens.groups()):
        if any(meant.get(part, part) is None for part in group):
            meant |= dict.fromkeys(group)
    return {word: other for word, other in meant.items() if other}


def _fits(word: str, lack: _Lack) -> bool:
    """Return whether a run, if of several slots, occurs with a word in place of the one lacking."""
    if len(lack.run) < 2:
        return True
    known = {slot: slot if lack.field.has((slot,)) else Slot("glob", "*") for slot in lack.run}
    known[lack.slot] = Slot("exact", word)
    return lack.field.has(tuple(known[slot] for slot in lack.run))


def _is_likely(word: str, other: str, typed: str, index: Index) -> bool:
    """Return whether a typed word, by its capitals, may be misspelt for another.

    More than one letter off, a word in capitals can only be an acronym, a capitalised one a name.
    """
    is_near = OSA.distance(word, other) == 1
    all_in_capitals = " " in typed and typed.isupper()
    if word in map(str.lower, _ACRONYM.findall(typed)) and not all_in_capitals:
        is_acronym = index.text.has((Slot("acronym", other),))
        return is_acronym or (is_near and len(word) >= _MIN_IN_CAPITALS)
    if is_near or word not in map(str.lower, _NAME.findall(typed)):
        return True
    return index.suggester.printed(other)[:1].isupper()


def _replaced(text: str, others: Mapping[str, str]) -> str:
    """Return a text with some of its words replaced, in the letter case that was typed."""
    tokens = tokenize(text)
    for word, (start, stop) in reversed(list(zip(tokens.words, tokens.spans, strict=True))):
        if word in others:
            typed, meant = text[start:stop], others[word]
            if typed[0].isupper():
                meant = meant.upper() if typed[1:].isupper() else meant.capitalize()
            text = text[:start] + meant + text[stop:]
    return text
