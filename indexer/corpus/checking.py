"""Is every file of a document whole, and do they say the same?"""

from __future__ import annotations

from pathlib import Path

from ..editions import disagreements
from ..errors import CorpusError
from ..model import Document, Entry
from .files import (
    RESTORE,
    edition_file,
    ledger_file,
    page_file,
    read_blocks,
    read_edition,
    read_proven,
)
from .reading import folder_of, read_source


def check(root: Path, document: str) -> list[str]:
    """Every problem of a document's files, a sentence each: which file, what, and what to do.

    What a run that was killed has left is no problem. Raises CorpusError when there is no such
    document.
    """
    folder = folder_of(root, document)
    found: list[str] = []
    try:
        read_source(root, document)
    except CorpusError as error:
        found.append(str(error))
    try:
        blocks = read_blocks(folder)
    except CorpusError as error:
        return [*found, str(error)]
    known = {folder / "source.toml", ledger_file(folder)}
    following = len(blocks) + 1  # a run that was killed may have left a part of it
    unsure = {edition_file(folder, following), folder / "snapshots" / str(following)}
    entries: dict[str, Entry] = {}
    for block in blocks:
        entries.update((entry.id, entry) for entry in block[1])
        known.add(edition_file(folder, block[0].edition))
        try:
            edition = read_edition(folder, block[0])
        except CorpusError as error:
            found.append(str(error))
            unsure.add(folder / "snapshots" / str(block[0].edition))
            continue
        where = f"{ledger_file(folder)}, edition {edition.edition}"
        found += [f"{where}: {fault}. {RESTORE}." for fault in disagreements(edition, entries)]
        found += _damaged_pages(folder, edition)
        known.update(folder / "snapshots" / page.file for page in edition.pages)
    return list(dict.fromkeys([*found, *_strangers(folder, known, unsure)]))


def _damaged_pages(folder: Path, edition: Document) -> list[str]:
    found = []
    for page in edition.pages:
        try:
            read_proven(page_file(folder, page), page.sha256)
        except CorpusError as error:
            found.append(str(error))
    return found


def _strangers(folder: Path, known: set[Path], unsure: set[Path]) -> list[str]:
    """A sentence for each file that nothing names; hidden ones, and places ``unsure``, apart."""
    return [
        f"{file} belongs to no edition. Delete it, or restore the ledger that names it."
        for file in sorted(folder.rglob("*"))
        if not file.is_dir()
        and file not in known
        and not any(part.startswith(".") for part in file.relative_to(folder).parts)
        and not any(file.is_relative_to(place) for place in unsure)
    ]
