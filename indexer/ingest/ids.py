"""Permanent ids: minted once, matched when a new edition is ingested, kept in a ledger.

An id always leads to the same paragraph, to a labelled successor, or to a labelled tombstone.
"""

from __future__ import annotations

import hashlib
from base64 import b32encode
from collections import Counter
from collections.abc import Container, Mapping
from dataclasses import dataclass, replace

from ..diff import Change, compare
from ..model import Document, Entry, Paragraph
from ..text import digest, normalise
from .same_paragraph import Pairing, pair, unique

# Short enough to read out; 32^6 is a thousand million, and a paper has some hundred paragraphs.
ID_LENGTH = 6
# Per cent. A page is a third of this paper, and a correction touches a paragraph or two: an edition
# that differs by more is more likely a broken scrape.
COUNT_MAY_MOVE = 10
MUST_BE_FOUND = 90

Ledger = Mapping[str, Entry]
Paragraphs = tuple[Paragraph, ...]


@dataclass(frozen=True)
class Matching:
    """A new edition, matched to the ledger.

    ``document`` has its ids and its number, ``entries`` are the new and changed ones of the ledger,
    ``changes`` those of the paragraphs (none for a first edition). ``suspicion`` gives, in
    sentences, the reasons to take it for a broken scrape; it is empty if there are none.
    """

    document: Document
    entries: tuple[Entry, ...]
    changes: tuple[Change, ...]
    suspicion: str


def mint(document: str, text: str, occurrence: int, ever: Container[str]) -> str:
    """Return a new id: ``p`` and the first six characters, in base 32, of a SHA-256.

    It is that of the document's id, the normalised text, and ``occurrence``, the number of ids that
    the text had before. Characters are added as long as the id is among those that ``ever`` were.
    """
    material = f"{document}\n{normalise(text)}\n{occurrence}".encode()
    letters = b32encode(hashlib.sha256(material).digest()).decode().lower()
    length = ID_LENGTH
    while (name := "p" + letters[:length]) in ever:
        length += 1
    return name


def match(new: Document, old: Document | None, entries: Ledger) -> Matching:
    """Assign the paragraphs of ``new`` their permanent ids.

    ``old`` is the edition before it (None for a first one), ``entries`` the ledger as of it. A
    matched paragraph keeps its id, one whose text had an id that was given up gets it back, and
    every other gets a new one.
    """
    olds = old.paragraphs if old else ()
    pairing = pair([each.text for each in olds], [each.text for each in new.paragraphs])
    named = _named(new, olds, pairing, entries)
    document = replace(new, paragraphs=named, edition=old.edition + 1 if old else 1)
    ledger = {**entries, **_entries(document, olds, pairing, entries)}
    return Matching(
        document=document,
        entries=tuple(entry for entry in ledger.values() if entry != entries.get(entry.id)),
        changes=compare(old, document, ledger) if old else (),
        suspicion=_suspicion(new, old, pairing) if old else "",
    )


def _named(new: Document, olds: Paragraphs, pairing: Pairing, entries: Ledger) -> Paragraphs:
    """Return the paragraphs of ``new`` with their ids: kept, returned, or minted."""
    kept = {position: olds[was].id for was, position in pairing.kept.items()}
    known = _returned(new, kept, entries) | kept
    occurrences = Counter(text for entry in entries.values() for text in set(entry.texts))
    ever = set(entries)
    named = []
    for position, paragraph in enumerate(new.paragraphs):
        name = known.get(position)
        if name is None:
            text = digest(paragraph.text)
            name = mint(new.id, paragraph.text, occurrences[text], ever)
            occurrences[text] += 1
            ever.add(name)
        named.append(replace(paragraph, id=name))
    return tuple(named)


def _returned(new: Document, kept: Container[int], entries: Ledger) -> dict[int, str]:
    """Return the ids that were given up and whose text is back, if unambiguous, by position."""
    gone = (entry for entry in entries.values() if entry.status != "live")
    given_up = unique((entry.texts[-1], entry.id) for entry in gone)
    texts = enumerate(new.paragraphs)
    back = unique((digest(each.text), position) for position, each in texts if position not in kept)
    return {position: given_up[text] for text, position in back.items() if text in given_up}


def _entries(
    document: Document, olds: Paragraphs, pairing: Pairing, entries: Ledger
) -> dict[str, Entry]:
    """Return the entry of every id of this edition, or of the last one."""
    made: dict[str, Entry] = {}
    for position, paragraph in enumerate(document.paragraphs):
        name, text = paragraph.id, digest(paragraph.text)
        entry = entries.get(name) or Entry(name, "live", document.edition, None, (text,), "", "")
        if position in pairing.split:
            entry = replace(entry, origin=olds[pairing.split[position]].id)
        made[name] = replace(
            entry,
            status="live",
            last=None,
            successor=None,
            texts=entry.texts if entry.texts[-1] == text else (*entry.texts, text),
            section=paragraph.section,
            words=paragraph.text,
        )
    for was, paragraph in enumerate(olds):
        if paragraph.id not in made:
            into = pairing.merged.get(was)
            made[paragraph.id] = replace(
                entries[paragraph.id],
                status="gone" if into is None else "alias",
                last=document.edition - 1,
                successor=None if into is None else document.paragraphs[into].id,
            )
    return made


def _suspicion(new: Document, old: Document, pairing: Pairing) -> str:
    """Return the reasons to take ``new`` for a broken scrape; further pages at its end are none."""
    before, after = len(old.paragraphs), len(new.paragraphs)
    found = len(pairing.kept) + len(pairing.merged)
    had, has = (len(edition.pages) / edition.page_count for edition in (old, new))
    if has > had:
        after = max([*pairing.kept.values(), *pairing.split], default=-1) + 1
    reasons = {
        f"Of the source it has {new.coverage}; edition {old.edition} had {old.coverage}.": (
            has < had
        ),
        f"The number of paragraphs goes from {before} to {after}, by more than "
        f"{COUNT_MAY_MOVE} %.": 100 * abs(after - before) > COUNT_MAY_MOVE * before,
        f"Only {found} of {before} paragraphs of edition {old.edition} are found again, under "
        f"{MUST_BE_FOUND} %.": 100 * found < MUST_BE_FOUND * before,
    }
    return " ".join(reason for reason, holds in reasons.items() if holds)
