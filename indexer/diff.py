"""Compare editions by their ids: what changed between two of them, and where an id leads."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from textwrap import shorten
from typing import Literal

from .model import Document, Entry

ROW_WORDS = 60  # characters of the paragraph in a table row, so that a row fits a terminal line
ID = re.compile(r"p[a-z2-7]{6,}")

ChangeKind = Literal["added", "changed", "moved", "split", "merged", "removed"]
Part = Literal["same", "added", "removed"]


@dataclass(frozen=True)
class Change:
    """A change to a paragraph between two editions.

    ``citation`` is the new one, or the last one of a paragraph that is gone; ``was`` is the old
    one. ``other`` is the id it was split from or merged into; if merged, ``after`` is its text.
    """

    kind: ChangeKind
    id: str
    citation: str
    before: str
    after: str
    was: str = ""
    other: str = ""

    @property
    def row(self) -> str:
        """The change as a table row: kind, id, citations, first words."""
        place = self.citation
        if self.was not in {"", self.citation}:
            place = f"{self.was} → {self.citation}"
        words = shorten(self.after or self.before, ROW_WORDS, placeholder=" …")
        return f"{self.kind:<8} {self.id:<8} {place:<18} {words}"


def resolve(entries: Mapping[str, Entry], name: str) -> Entry:
    """Return the live or gone entry that an id leads to. Raise KeyError if it leads to none."""
    reached = name
    for _ in entries:  # a longer chain is a circle
        entry = entries[reached]
        if entry.status != "alias":
            return entry
        reached = entry.successor or ""
    raise KeyError(name)


def compare(old: Document, new: Document, entries: Mapping[str, Entry]) -> tuple[Change, ...]:
    """Return the changes from ``old`` to ``new`` in the order of ``new``; those gone come last.

    ``entries`` is the ledger as of ``new``. A paragraph has moved if its section changed, or its
    order among the paragraphs in both editions; if its text changed too, it has two changes.
    """
    before, after, moved = old.paragraph_by_id, new.paragraph_by_id, _moved(old, new)
    changes: list[Change] = []
    for name, now in after.items():
        was = before.get(name)
        if was is None:
            origin = entries[name].origin or ""
            other = origin if origin in before else ""
            kind: ChangeKind = "split" if other else "added"
            changes.append(Change(kind, name, now.citation, "", now.text, other=other))
            continue
        change = Change("changed", name, now.citation, was.text, now.text, was.citation)
        if was.text != now.text:
            changes.append(change)
        if name in moved:
            changes.append(replace(change, kind="moved"))
    for name, was in before.items():
        if name not in after:
            into = after.get(resolve(entries, name).id)
            gone = Change("removed", name, was.citation, was.text, "", was.citation)
            merged = into and replace(gone, kind="merged", after=into.text, other=into.id)
            changes.append(merged or gone)
    return tuple(changes)


def _moved(old: Document, new: Document) -> set[str]:
    """Return the ids in both editions whose section or order has changed."""
    olds, news = old.paragraph_by_id, new.paragraph_by_id
    before, after = [name for name in olds if name in news], [name for name in news if name in olds]
    runs = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    in_order = {name for run in runs for name in before[run.a : run.a + run.size]}
    same = {name for name in in_order if olds[name].section == news[name].section}
    return set(after) - same


def difference(before: str, after: str) -> tuple[tuple[Part, str], ...]:
    """Return a word-by-word diff as pairs of ``same``, ``added`` or ``removed`` and words.

    ``same`` and ``removed`` texts join to ``before``, ``same`` and ``added`` to ``after``, with all
    white space as single spaces; every part but the last ends in one.
    """
    old, new = before.split(), after.split()
    parts: list[tuple[Part, list[str]]] = []
    opcodes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for kind, old_start, old_stop, new_start, new_stop in opcodes:
        if kind == "equal":
            parts.append(("same", old[old_start:old_stop]))
        else:
            parts += [("removed", old[old_start:old_stop]), ("added", new[new_start:new_stop])]
    texts = [(part, " ".join(words)) for part, words in parts if words]
    return tuple((part, text + " ") for part, text in texts[:-1]) + tuple(texts[-1:])


def disagreements(document: Document, entries: Mapping[str, Entry]) -> list[str]:
    """Return each contradiction between an edition and the ledger as of then, as a sentence.

    The live ids must be those of the edition, with the same text and section; aliases must lead to
    an id that is live or gone.
    """
    texts = {each.id: (each.section, each.text) for each in document.paragraphs}
    live = {e.id: (e.section, e.words) for e in entries.values() if e.status == "live"}
    differing = (name for name in {**texts, **live} if texts.get(name) != live.get(name))
    faults = [f"The edition and the ledger differ on {name}" for name in differing]
    if len(texts) < len(document.paragraphs):
        faults.append("Two paragraphs have the same id")
    for name in entries:
        try:
            resolve(entries, name)
        except KeyError:
            faults.append(f"The alias {name} leads nowhere")
    return faults
