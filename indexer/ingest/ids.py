"""Permanent ids: minted once, matched when a new edition is ingested, kept in a ledger."""

import hashlib
from base64 import b32encode
from collections import Counter
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, replace

from ..diff import Change, compare
from ..model import Document, Entry, Paragraph
from ..text import digest, normalise
from .same_paragraph import Pairing, pair, unique

ID_LENGTH = 6  # short enough to read aloud; 32^6 is a billion, for a hundred paragraphs or so
# Per cent. A correction changes a paragraph or two; a broken scrape may lose a page: a third.
COUNT_MAY_MOVE = 10
MUST_BE_FOUND = 90

Ledger = Mapping[str, Entry]
Paragraphs = tuple[Paragraph, ...]


@dataclass(frozen=True)
class Matching:
    """A new edition with its ids and number, and what storing it changes.

    ``entries`` are the new and changed ledger entries, ``changes`` those to paragraphs (none in a
    first edition). ``suspicion`` says why it may be a broken scrape, or is empty.
    """

    document: Document
    entries: tuple[Entry, ...]
    changes: tuple[Change, ...]
    suspicion: str


def mint(document: str, text: str, occurrence: int, ever: Container[str]) -> str:
    """Return a new id for a text that had ``occurrence`` ids before; no id in ``ever``."""
    material = f"{document}\n{normalise(text)}\n{occurrence}".encode()
    letters = b32encode(hashlib.sha256(material).digest()).decode().lower()
    length = ID_LENGTH
    while (name := "p" + letters[:length]) in ever:
        length += 1
    return name


def match(new: Document, old: Document | None, entries: Ledger) -> Matching:
    """Give the paragraphs of ``new`` their ids, by the ``old`` edition and the ledger up to it."""
    olds = old.paragraphs if old else ()
    pairing = pair([each.text for each in olds], [each.text for each in new.paragraphs])
    edition = old.edition + 1 if old else 1
    document = replace(new, paragraphs=_named(new, olds, pairing, entries), edition=edition)
    changed = [*_live(document, olds, pairing, entries), *_former(document, olds, pairing, entries)]
    ledger = {**entries, **{entry.id: entry for entry in changed}}
    return Matching(
        document=document,
        entries=tuple(entry for entry in ledger.values() if entry != entries.get(entry.id)),
        changes=compare(old, document, ledger) if old else (),
        suspicion=_suspicion(new, old, pairing) if old else "",
    )


def _named(new: Document, olds: Paragraphs, pairing: Pairing, entries: Ledger) -> Paragraphs:
    """Return the paragraphs of ``new`` with their ids: kept, returned, or minted."""
    ids = {at: olds[was].id for was, at in pairing.kept.items()}  # by position
    texts = [digest(paragraph.text) for paragraph in new.paragraphs]
    retired = unique(
        (each.texts[-1], each.id) for each in entries.values() if each.status != "live"
    )
    unmatched = unique((text, at) for at, text in enumerate(texts) if at not in ids)
    ids.update((at, retired[text]) for text, at in unmatched.items() if text in retired)
    occurrences = Counter(text for entry in entries.values() for text in set(entry.texts))
    ever = set(entries)
    for at, text in enumerate(texts):
        if at not in ids:
            ids[at] = mint(new.id, new.paragraphs[at].text, occurrences[text], ever)
            occurrences[text] += 1
            ever.add(ids[at])
    return tuple(replace(each, id=ids[at]) for at, each in enumerate(new.paragraphs))


def _live(new: Document, olds: Paragraphs, pairing: Pairing, entries: Ledger) -> Iterator[Entry]:
    """Yield the ledger entry of each id in the new edition."""
    for position, paragraph in enumerate(new.paragraphs):
        name, text = paragraph.id, digest(paragraph.text)
        entry = entries.get(name) or Entry(name, "live", new.edition, None, (text,), "", "")
        split = pairing.split.get(position)
        yield replace(
            entry,
            status="live",
            last=None,
            successor=None,
            origin=entry.origin if split is None else olds[split].id,
            texts=entry.texts if entry.texts[-1] == text else (*entry.texts, text),
            section=paragraph.section,
            words=paragraph.text,
        )


def _former(new: Document, olds: Paragraphs, pairing: Pairing, entries: Ledger) -> Iterator[Entry]:
    """Yield the entry of each id in the previous edition only, as an alias or as gone."""
    for was, paragraph in enumerate(olds):
        if paragraph.id not in new.paragraph_by_id:
            entry = replace(entries[paragraph.id], status="gone", last=new.edition - 1)
            into = pairing.merged.get(was)
            if into is not None:
                entry = replace(entry, status="alias", successor=new.paragraphs[into].id)
            yield entry


def _suspicion(new: Document, old: Document, pairing: Pairing) -> str:
    """Return why ``new`` may be a broken scrape, or "". What further pages add does not count."""
    before, after = len(old.paragraphs), len(new.paragraphs)
    found = len(pairing.kept) + len(pairing.merged)
    had, has = (len(edition.pages) / edition.page_count for edition in (old, new))
    if has > had and found:  # count only down to the last paragraph that was found
        after = max([*pairing.kept.values(), *pairing.split], default=-1) + 1
    reasons = list[str]()
    if has < had:
        had_then = f"edition {old.edition} had {old.coverage}"
        reasons.append(f"It has {new.coverage} of the source; {had_then}.")
    if 100 * abs(after - before) > COUNT_MAY_MOVE * before:
        went = f"The number of paragraphs went from {before} to {after}"
        reasons.append(f"{went}, by more than {COUNT_MAY_MOVE} %.")
    if 100 * found < MUST_BE_FOUND * before:
        again = f"Only {found} of {before} paragraphs of edition {old.edition} were found again"
        reasons.append(f"{again}, under {MUST_BE_FOUND} %.")
    return " ".join(reasons)
