"""Editions side by side: when two texts are the same, what became of an id, what changed.

Nothing is matched here. The ids were given when an edition was taken in, and everything that is
said of two editions follows from the ids in them and from the ledger.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from textwrap import shorten

from .model import Document, Entry

ROW_WORDS = 60  # characters of a paragraph in a table of changes: one line of a terminal in all
ID = re.compile(r"p[a-z2-7]{6,}")


def normalise(text: str) -> str:
    """What a text says, whatever its typography: its letters and digits, NFKC, case folded.

    Quotes, dashes, spaces, soft hyphens and zero-width characters vanish with the rest, so that
    "non-traditional" is "nontraditional" and "control.The" is "control. The".
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", folded)))


def digest(text: str) -> str:
    """SHA-256 of the normalised text, in 64 hexadecimal digits."""
    return hashlib.sha256(normalise(text).encode()).hexdigest()


@dataclass(frozen=True)
class Change:
    """What became of one paragraph between two editions.

    ``kind`` is ``added``, ``changed``, ``moved``, ``split``, ``merged`` or ``removed``.
    ``citation`` is its place in the new edition, or in the old one when it is in the new one no
    more. ``before`` and ``after`` are its words, empty where it was not or is not. ``was`` is the
    citation it had, empty for a new one. ``other`` is the id it was split from or merged into.
    """

    kind: str
    id: str
    citation: str
    before: str
    after: str
    was: str = ""
    other: str = ""

    @property
    def row(self) -> str:
        """A row of a table of changes: kind, id, places, first words."""
        place = self.citation
        if self.was not in {"", self.citation}:
            place = f"{self.was} → {self.citation}"
        words = shorten(self.after or self.before, ROW_WORDS, placeholder=" …")
        return f"{self.kind:<8} {self.id:<8} {place:<18} {words}"


def resolve(entries: Mapping[str, Entry], name: str) -> Entry:
    """Where the id ``name`` leads: its own entry, or, for an alias, the one that ends the line.

    That one is ``live`` or ``gone``. Raises KeyError for an id that the ledger does not know, or
    when aliases lead nowhere or in a circle.
    """
    entry, seen = entries[name], {name}
    while entry.status == "alias":
        successor = entry.successor or ""
        if successor in seen:
            raise KeyError(name)
        seen.add(successor)
        entry = entries[successor]
    return entry


def compare(old: Document, new: Document, entries: Mapping[str, Entry]) -> tuple[Change, ...]:
    """What changed from ``old`` to ``new``, in the order of ``new``, what is gone from it last.

    ``entries`` is the ledger as it stood with ``new``. A paragraph that moved and changed too has
    a row for each. Growth of a section moves nothing: a paragraph has moved when it is in another
    section, or in another order among those that both editions have.
    """
    before, after, moved = old.paragraph_by_id, new.paragraph_by_id, _moved(old, new)
    rows: list[Change] = []
    for name, here in after.items():
        place, was = here.citation, before.get(name)
        if was is None:
            origin = entries[name].origin or ""
            kind = "split" if origin in before else "added"
            other = origin if origin in before else ""
            rows.append(Change(kind, name, place, "", here.text, other=other))
            continue
        for kind, so in (("changed", was.text != here.text), ("moved", name in moved)):
            if so:
                rows.append(Change(kind, name, place, was.text, here.text, was.citation))
    for name, was in before.items():
        if name not in after:
            into = after.get(resolve(entries, name).id)
            kind, text, other = ("merged", into.text, into.id) if into else ("removed", "", "")
            rows.append(Change(kind, name, was.citation, was.text, text, was.citation, other))
    return tuple(rows)


def _moved(old: Document, new: Document) -> set[str]:
    """The ids that both have, and have in another section or in another order."""
    before = [name for name in old.paragraph_by_id if name in new.paragraph_by_id]
    after = [name for name in new.paragraph_by_id if name in old.paragraph_by_id]
    runs = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    in_order = {name for run in runs for name in before[run.a : run.a + run.size]}
    return {
        name
        for name in after
        if name not in in_order
        or old.paragraph_by_id[name].section != new.paragraph_by_id[name].section
    }


def difference(before: str, after: str) -> tuple[tuple[str, str], ...]:
    """Word by word, what became of a text: pairs of ``same``, ``added`` or ``removed`` and words.

    The texts of ``same`` and ``removed`` joined are ``before``, those of ``same`` and ``added``
    are ``after``, but for the width of spaces: one stands after each word but the last.
    """
    old, new = before.split(), after.split()
    parts: list[tuple[str, list[str]]] = []
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            parts.append(("same", old[i:j]))
        else:
            parts += [("removed", old[i:j]), ("added", new[k:m])]
    texts = [(kind, " ".join(words)) for kind, words in parts if words]
    return tuple((kind, text + " ") for kind, text in texts[:-1]) + tuple(texts[-1:])


def disagreements(document: Document, entries: Mapping[str, Entry]) -> list[str]:
    """Where an edition and the ledger as it stood with it do not say the same, a sentence each.

    No id twice, none lost, every text's digest right, every alias ends somewhere.
    """
    ids = Counter(paragraph.id for paragraph in document.paragraphs)
    live = {entry.id for entry in entries.values() if entry.status == "live"}
    found = [f"The id {name} stands twice" for name, count in ids.items() if count > 1]
    found += [f"The ledger does not have {name} as live" for name in sorted(set(ids) - live)]
    found += [f"The ledger's {name} is lost" for name in sorted(live - set(ids))]
    for paragraph in document.paragraphs:
        entry = entries.get(paragraph.id)
        if entry and (entry.words, entry.section) != (paragraph.text, paragraph.section):
            found.append(f"The ledger has other words or another section for {paragraph.id}")
    return found + [fault for entry in entries.values() for fault in _faults(entry, entries)]


def _faults(entry: Entry, entries: Mapping[str, Entry]) -> list[str]:
    """What is wrong with one entry by itself, and in what it points to."""
    name, status = entry.id, entry.status
    rules = {
        f"{name!r} is no id": not ID.fullmatch(name),
        f"{name} has the unknown status {status!r}": status not in ("live", "alias", "gone"),
        f"The text of {name} does not have the digest that is written there": (
            entry.texts[-1:] != (digest(entry.words),)
        ),
        f"{name} is {status}, and its last edition says otherwise": (
            (status == "live") != (entry.last is None)
        ),
        f"{name} is {status}, and its successor says otherwise": (
            (status == "alias") != (entry.successor is not None)
        ),
        f"{name} was split from {entry.origin}, which the ledger does not have": (
            entry.origin is not None and entry.origin not in entries
        ),
    }
    faults = [fault for fault, broken in rules.items() if broken]
    try:
        resolve(entries, name)
    except KeyError:
        faults.append(f"The alias {name} ends nowhere")
    return faults
