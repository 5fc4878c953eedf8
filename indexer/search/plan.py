"""Plan a query for one index: what its texts add, and how strictly the query is matched."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import pairwise

from .analysis import PREFIXES, is_common, key
from .field import Field
from .index import Index
from .lexicon import with_spellings
from .limits import MAX_PLAIN, check_occurrences
from .names import Names
from .query import (
    And,
    Context,
    Filter,
    Heading,
    Node,
    Not,
    Or,
    Query,
    Slot,
    Slots,
    Term,
    Words,
    form,
    plain_words,
    rewrite,
    terms,
    walk,
    with_plain_words,
)
from .spelling import alternatives, halves, parted

# So many different plain words are a question in one's own words: no paragraph need have all, or
# the most of them (showing only those with the most lost .08 of nDCG@10). Of fewer, each is meant.
QUESTION = 5
PASTED = 5  # words, common ones included, that count as a copy of the text if it has them
TYPED = 3  # words that are looked for as typed: with two, "the sea" would be ranked by its "the"
TRUNCATED = 3  # letters before a wildcard, with which a word is searched for by itself
Notes = dict[str, Term | None]  # a note on a term is true if that is searched for
_NUMBERED = {"article", "chapter", "figure", "footnote", "note", "page", "paragraph", "section"}


@dataclass(frozen=True)
class Plan:
    """A query as it is run over an index.

    ``plain`` are the plain words, of which most will do if no paragraph has all; ``different`` has
    one term for all forms of each. ``parts`` are those of hyphenated words, of which any will do in
    a question. ``typed`` are all words as typed, if common ones are ignored. ``notes`` say what was
    added or changed. If words that occur together are joined, ``apart`` is the plan without that.
    """

    index: Index
    tree: Node
    plain: Words = field(default_factory=Words)
    different: tuple[Term, ...] = ()
    parts: tuple[Term, ...] = ()
    is_question: bool = False
    notes: Notes = field(default_factory=dict)
    apart: Plan | None = None
    typed: Term | None = None


def plan(query: Query, index: Index, names: Names) -> Plan:
    """Plan a query for an index. Raise QueryError if it is over a limit."""
    notes: Notes = {}
    tree = query.tree or Or()
    tree = _taken_apart(tree, index.text, names, notes)  # before names: “China-US” has one
    tree = _without_commonest(tree, index.text, notes)
    others = partial(_with_others, text=index.text, names=names, notes=notes, common=query.ignored)
    tree = rewrite(tree, others)
    check_occurrences(terms(tree), index.text.count)
    apart = _plan(tree, index)
    pasted = _pasted(query, apart)
    joined = pasted or _with_runs(apart, query.words, names)
    slots = tuple(Slot("exact", word) for word in query.words)
    has_common = query.ignored and len(slots) >= TYPED
    return replace(
        _plan(joined, index) if joined else apart,
        is_question=apart.is_question and not pasted,
        notes=dict.fromkeys(_ignored(query, joined or tree)) | notes,
        apart=_apart(apart, joined, notes.values()) if joined else None,
        typed=Term("", (slots,)) if has_common and not apart.is_question else None,
    )


def _plan(tree: Node, index: Index) -> Plan:
    plain = plain_words(tree)
    different = {_identity(term): term for term in plain.nodes}
    hyphenated = (term for term in plain.nodes if len(term.sequences) > 1)  # not a run
    parts = [part for term in hyphenated for part in parts_of(term)]
    is_question = len(different) >= QUESTION
    return Plan(index, tree, plain, tuple(different.values()), tuple(parts), is_question)


def _apart(every: Plan, joined: Node, replaced: Container[Term | None]) -> Plan | None:
    """Return the plan in which words that were joined are apart, or None if no word is left.

    Of a name no two words of which occur together, only words that others replace are left:
    “South Korea” finds “Korean”, not “south”.
    """
    has = every.index.text.has
    runs = [t for t in terms(joined) if t.is_plain and not t.others and len(t.sequences[0]) > 1]
    names = [run for run in runs if not any(map(has, pairwise(run.sequences[0])))]
    if not names:
        return every
    lost = {term.position + number for term in names for number in range(len(term.sequences[0]))}
    kept = tuple(
        term for term in every.plain.nodes if term.position not in lost or term in replaced
    )
    return _plan(with_plain_words(every.tree, kept), every.index) if kept else None


def _identity(term: Term) -> str | Term:
    return key(term.word) if term.word else term


def _with_others(
    typed: tuple[Term, ...],
    context: Context,
    text: Field,
    names: Names,
    notes: Notes,
    common: Iterable[Term],
) -> tuple[Term, ...]:
    """Return terms that also find other spellings, and other names of what they name.

    A plain word that does not occur also finds words that begin with it or are of its family.
    """
    found = with_spellings(typed, text.lexicon, common)
    verb = "leaves out" if context == "left out" else "finds"
    notes |= dict.fromkeys(f"Also {verb} {note}" for note in names.add_to(found))
    for number, term in enumerate(found):
        is_label = term.word and term.word.isdigit() and _is_label(found, number)
        if not term.word or term.others or is_label:
            continue
        instead: tuple[str, ...] = ()
        if _occurs(term, text):
            instead = text.lexicon.of_stem(term.word) if len(term.sequences) == 1 else ()
        elif parts := parted(term.word, text):
            found[number] = replace(term, sequences=(*term.sequences, parts))
        elif context == "text" and (instead := alternatives(term.word, text.lexicon)):
            ways = tuple((Slot("form", word),) for word in instead)
            found[number] = replace(term, others=ways)
        if instead:
            listed = " and ".join(f"“{word}”" for word in instead)
            verb = "left out" if context == "left out" else "searched for"
            notes[f"{term.label} does not occur; {verb} {listed} instead."] = found[number]
    return tuple(found)


def _is_label(terms: Sequence[Term], number: int) -> bool:
    """Return whether a number is part of a date, or of a label such as "note 5"."""
    beside = (*terms[max(number - 1, 0) : number], *terms[number + 1 : number + 2])
    words = [term.word for term in beside if term.word]
    return any(word.isdigit() or word in _NUMBERED for word in words)


def _occurs(term: Term, text: Field) -> bool:
    return len(text.find(term).paragraphs) > 0


def _without_commonest(tree: Node, text: Field, notes: Notes) -> Node:
    """Leave the commonest words out of a query with very many."""
    typed = plain_words(tree).nodes
    slots = {_identity(term): term.sequences[0] for term in typed}
    if len(slots) <= MAX_PLAIN:
        return tree
    kept = sorted(slots, key=lambda each: min(map(text.count, slots[each])))[:MAX_PLAIN]
    notes[f"Searched for the {len(kept)} rarest of {len(slots)} different words."] = None
    return with_plain_words(tree, tuple(t for t in typed if _identity(t) in kept))


def _taken_apart(tree: Node, text: Field, names: Names, notes: Notes) -> Node:
    """Replace plain words that do not occur, and are no name, by their parts or halves."""
    typed = (tree,) if isinstance(tree, Term) else plain_words(tree).nodes
    found: list[Term] = []
    for term in typed:
        parts = parts_of(term) or _halves(term, text)
        is_name = parts and names.add_to([term])
        if not parts or is_name or _occurs(with_spellings([term], text.lexicon)[0], text):
            found.append(term)
        else:
            found += parts
            notes[f"{term.label} does not occur; searched for its parts instead."] = None
    return with_plain_words(tree, tuple(found)) if found else tree


def _halves(term: Term, text: Field) -> list[Term]:
    """Return two words of the text, not in a row there, that make a word which it lacks."""
    word = term.word
    if not word or key(word) in text.lexicon.families or parted(word, text):
        return []
    return [form(half, term.position) for half in halves(word, text.lexicon)]


def parts_of(term: Term) -> list[Term]:
    """Return the words of a hyphenated word or a run, without prefixes and common ones, or none."""
    return _words(term) if len(term.sequences[0]) > 1 and term.is_plain else []


def _words(term: Term) -> list[Term]:
    found = []
    for number, slot in enumerate(term.sequences[0]):
        if slot.kind == "acronym" or is_common(slot.text) or slot.text in PREFIXES:
            continue
        word = form(slot.text, term.position + number)
        if slot.kind != "glob":
            found.append(word)
        elif slot.text[:TRUNCATED].isalpha():
            found.append(replace(word, sequences=((slot,),)))
    return found


def _pasted(query: Query, apart: Plan) -> Node | None:
    """Return a query with its words joined, if they occur as typed, else None.

    What is also quoted stays beside them. Numbers that the text lacks, as of pages, do not count.
    """
    text, every = apart.index.text, apart.plain.nodes or terms(apart.tree)
    typed = [term for term in every if term.is_plain]
    known = text.lexicon.counts
    words = [word for word in query.words if word in known or not word.isdigit()]
    if len(words) < PASTED or not typed:
        return None
    if len(typed) == len(every) and isinstance(apart.tree, (Term, Words)):
        slots = tuple(Slot("exact", word) for word in words)
        term = Term(f"“{' '.join(words)}”", (slots,), others=_shared_others(typed))
        if len(text.find(term).own.starts):
            return term
    run = _run(typed, query.words, text) if apart.is_question else None
    quoted = (term for term in every if not term.is_plain)
    return with_plain_words(apart.tree, (run, *quoted)) if run else None


def _with_runs(apart: Plan, typed: Sequence[str], names: Names) -> Node | None:
    """Return a query whose plain words are joined where they occur together, else None.

    Of a question only names are, since its other words are the reader's own. Nor are words around
    an "and" among others: of "China and ASEAN", both may be meant.
    """
    words, text = apart.plain.nodes, apart.index.text
    found: list[Term] = []
    start = 0
    while start < len(words):
        end = names.end(words, start)
        most = end if apart.is_question else len(words)
        term, stop = _longest_run(words[:most], start, typed, text)
        if stop < end and not _shared_others(words[start:end]):  # “South Korea” is no “south”
            term, stop = _joined(words[start:end], typed, text), end
        around_and = stop - start < most and Slot("form", "and") in term.sequences[0]
        found += words[start:stop] if around_and else [term]
        start = stop
    return with_plain_words(apart.tree, tuple(found)) if len(found) < len(words) else None


def _longest_run(
    words: Sequence[Term], start: int, typed: Sequence[str], text: Field
) -> tuple[Term, int]:
    """Return the longest run that begins with a word, and its end: where a longer one begins."""
    run, stop = words[start], start + 1
    while stop < len(words) and (longer := _run(words[start : stop + 1], typed, text)):
        run, stop = longer, stop + 1
    length = stop - start
    for cut in range(start + 1, min(stop, len(words) - length)):
        if _run(words[cut : cut + length + 1], typed, text):
            return _run(words[start:cut], typed, text) or words[start], cut
    return run, stop


def _run(words: Sequence[Term], typed: Sequence[str], text: Field) -> Term | None:
    """Return a term for words that occur together as typed, else None."""
    if len(words) < 2 or not all(word.is_plain for word in words):
        return None
    run = _joined(words, typed, text)
    return run if len(text.find(run).own.starts) else None


def _joined(words: Sequence[Term], typed: Sequence[str], text: Field) -> Term:
    """Return one term for words typed side by side, each as the text has it."""
    start = stop = words[0].position
    slots: list[Slot] = []
    for term in words:
        slots += [Slot("form", word) for word in typed[stop : term.position]]
        ways = (way for way in term.sequences if text.has(way))
        slots += next(ways, term.sequences[0])
        stop = term.position + len(term.sequences[0])
    label = f"“{' '.join(typed[start:stop])}”"
    return Term(label, (tuple(slots),), others=_shared_others(words), position=start)


def _shared_others(words: Sequence[Term]) -> tuple[Slots, ...]:
    """Return the other names that all of some words share: those of the name that they make."""
    ways = words[0].others if words else ()
    return tuple(way for way in ways if all(way in term.others for term in words))


def _ignored(query: Query, tree: Node) -> tuple[str, ...]:
    """Return the note on the common words of a query that are in no run of words either."""
    runs = [range(term.position, term.position + len(term.sequences[0])) for term in terms(tree)]
    common = [term.label for term in query.ignored if not any(term.position in run for run in runs)]
    if not common:
        return ()
    names = ", ".join(dict.fromkeys(common))
    return (f"Ignored {names}. Use quotes to search for them.",)


def loosened(query: Query, index: Index) -> Query | None:
    """Return a strict query loosened to its plain words, or None if it has only such words.

    Its exclusions are kept, and so are filters that some paragraph passes.
    """
    tree = query.tree
    typed = tree.nodes if isinstance(tree, Words) else (tree,)
    if tree is None or all(isinstance(node, Term) and node.word for node in typed):
        return None
    nodes = walk(tree, negated=False)
    wanted = [node.term if isinstance(node, Heading) else node for node in nodes]
    words = [word for term in wanted if isinstance(term, Term) for word in _words(term)]
    if not words or tuple(words) == typed:
        return None
    kept = [
        node
        for node in nodes
        if isinstance(node, Not)
        or (isinstance(node, Filter) and index.where(node.field, node.value).any())
    ]
    plain = Words(tuple(words)) if len(words) > 1 else words[0]
    return replace(query, tree=And((plain, *kept)) if kept else plain)
