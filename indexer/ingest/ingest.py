"""Take a document in: gather its pages, give its paragraphs their ids, store it. All or nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from .. import corpus
from ..diff import Change
from ..errors import EditionError, FetchError, IngestError, WhitePaperError
from ..model import RESERVED_IDS, Document, Source
from ..text import normalise
from .extract import PageText
from .fetch import Fetcher, Received, now
from .ids import Matching, match
from .lookup import find_address
from .pages import Gathered, Report, follow, read_files, reread
from .structure import structure

# The paper that the search is for, as long as nothing else is said.
DEFAULT_ID = "asia-pacific-security-cooperation-2017"
DEFAULT_PAPER = Source(
    title="China's Policies on Asia-Pacific Security Cooperation",
    issuer="State Council Information Office of the People's Republic of China",
    published="2017-01-11",
)

# Words of a title that go into an id: enough to know the paper by, and short enough for a folder.
WORDS_IN_ID = 12


_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+:", re.IGNORECASE)


@dataclass(frozen=True)
class Outcome:
    """What became of one document.

    ``document`` is as it is stored now, ``changes`` what is different from the edition before
    (none for a first edition), ``unchanged`` that no new edition was needed, and ``notes`` what is
    odd in the source, a sentence each.
    """

    document: Document
    changes: tuple[Change, ...]
    unchanged: bool
    notes: tuple[str, ...]


def ingest(
    root: Path,
    sources: Sequence[str],
    *,
    document_id: str | None,
    offline: bool,
    force: bool,
    delay: float,
    report: Report,
) -> tuple[Outcome, ...]:
    """Ingest what ``sources`` name, into the corpus folder ``root``.

    ``sources`` are one address, or saved files, or one folder of them; without any, each document
    of the corpus is taken in from its ``source.toml``. ``document_id`` says which document it is
    (or, without sources, which alone). ``offline`` cleans anew from the kept pages. ``force``
    takes an edition that is suspicious. ``delay`` is the gap between requests to a site, in
    seconds; ``report`` gets lines of progress. Raises IngestError or CorpusError, and then the
    document in question is as it was.
    """
    if document_id is not None:
        _require_id(document_id)
    if offline and sources:
        raise IngestError("--offline cleans the pages that are kept: name no source with it.")
    intake = _Intake(root, Fetcher(delay, report), force, offline, report)
    if sources:
        return (intake.take(intake.named(sources), document_id),)
    ids = [document_id] if document_id else _ids(root) or [DEFAULT_ID]
    outcomes, failures = [], []
    for each in ids:
        try:
            outcomes.append(intake.take(intake.known(each), each))
        except WhitePaperError as error:
            if len(ids) == 1:
                raise
            failures.append(f"{each}: {error}")
    if failures:
        raise IngestError("\n".join(failures))
    return tuple(outcomes)


@dataclass(frozen=True)
class _Intake:
    """What ``take_in`` was told, for each of the documents."""

    root: Path
    fetcher: Fetcher
    force: bool
    offline: bool
    report: Report

    def named(self, sources: Sequence[str]) -> Gathered:
        """The pages that the user's sources name."""
        if len(sources) == 1 and _ADDRESS.match(sources[0]):
            return follow(self.fetcher, sources[0], self.report)
        if not all(sources) or any(map(_ADDRESS.match, sources)):
            raise IngestError(
                "Give one address (the article's first page; the others are found), or saved "
                "files, or one folder of them."
            )
        return read_files([Path(each) for each in sources])

    def known(self, name: str) -> Gathered:
        """The pages of a document: as kept, or at its address, which may have to be looked up."""
        if self.offline:
            return self._kept(name)
        stored = name in _ids(self.root)
        if not stored and name != DEFAULT_ID:
            raise IngestError(
                f"There is no document {name} in {self.root}, and no source was given: "
                f"python -m indexer ingest ADDRESS --document {name}"
            )
        source = corpus.read_source(self.root, name) if stored else DEFAULT_PAPER
        address = source.address
        if stored and not address:
            address = corpus.read_document(self.root, name).address or ""
        return follow(self.fetcher, address or self._look_up(name, source), self.report)

    def _kept(self, name: str) -> Gathered:
        document = corpus.read_document(self.root, name)
        pages = [Received(each, corpus.read_page(self.root, name, each)) for each in document.pages]
        return reread(pages, document.page_count)

    def _look_up(self, name: str, source: Source) -> str:
        """The address that the search service knows."""
        title, day = source.title, source.published
        self.report(f'the address of "{title}" is not known: asking the search of China Daily')
        try:
            return find_address(self.fetcher, title, day)
        except FetchError as error:
            raise FetchError(
                f'The address of "{title}" ({day}) is not known, and could not be found out. '
                f"{error} Look it up, and give it: python -m indexer ingest ADDRESS --document "
                f"{name}. Saved pages do as well: python -m indexer ingest FILE..."
            ) from error

    def take(self, gathered: Gathered, document_id: str | None) -> Outcome:
        """Structure, match and store the pages of one article."""
        first = gathered.pages[0].text
        name = document_id or _document_id(self.root, first)
        old = corpus.read_document(self.root, name) if name in _ids(self.root) else None
        if old and normalise(old.title) != normalise(first.title) and not self.force:
            raise EditionError(
                f'This is "{first.title}", and {name} is "{old.title}": another article. Give it '
                "an id of its own with --document, or use --force if it is the same."
            )
        edition = old.edition + 1 if old else 1
        pages = [each.placed(at, edition) for at, each in enumerate(gathered.pages, 1)]
        try:
            texts = [each.text for each in gathered.pages]
            built = structure(texts, pages, gathered.page_count, name)
        except EditionError as error:
            raise EditionError(f"{gathered.pages[0].name}: {error} Nothing was stored.") from error
        notes = (*gathered.notes, *built.notes)
        if old and _says(old) == _says(built.document):
            return Outcome(old, (), True, notes)
        matching = self._match(built.document, old)
        document = replace(matching.document, taken=now())
        contents = {
            page.file: each.received.content
            for page, each in zip(pages, gathered.pages, strict=True)
            if page != each.received.page
        }
        corpus.store(self.root, document, contents, matching.entries, _source(document))
        self.report(f"{name}: edition {edition}, {len(document.paragraphs)} paragraphs")
        return Outcome(document, matching.changes, False, notes)

    def _match(self, new: Document, old: Document | None) -> Matching:
        """The new edition with its ids. Raises EditionError when it is suspicious."""
        matching = match(new, old, corpus.read_ledger(self.root, new.id) if old else {})
        rows = [change.row for change in matching.changes]
        if matching.suspicion and not self.force:
            refused = f"{new.id}: {matching.suspicion} Nothing was stored; --force takes it."
            raise EditionError("\n".join([refused, *rows]))
        for row in rows:  # said before it is stored: whoever looks on can still stop it
            self.report(row)
        return matching


def _ids(root: Path) -> list[str]:
    return list(corpus.document_ids(root)) if root.is_dir() else []


def _require_id(document_id: str) -> None:
    """Raise IngestError unless a document can have this id."""
    if not _ID.fullmatch(document_id) or document_id in RESERVED_IDS:
        raise IngestError(
            f'"{document_id}" cannot be an id: use the letters a to z, digits and hyphens, but '
            f"none of {', '.join(sorted(RESERVED_IDS))}, which are pages of the web."
        )


def _document_id(root: Path, first: PageText) -> str:
    """The id of the document in the corpus with this title from this year; else a new one."""
    year, key = first.published[:4], normalise(first.title)
    known = {each: corpus.read_source(root, each) for each in _ids(root)}
    for name, source in {**known, DEFAULT_ID: known.get(DEFAULT_ID, DEFAULT_PAPER)}.items():
        if normalise(source.title) == key and source.published[:4] == year:
            return name
    words = re.findall(r"[a-z0-9]+", first.title.lower().replace("'", "").replace("’", ""))
    return "-".join([*[word for word in words[:WORDS_IN_ID] if word != year], year])


def _source(document: Document) -> Source:
    """Return the ``source.toml`` of a new document."""
    address = document.address or ""
    return Source(document.title, document.issuer, document.published, address=address)


def _says(document: Document) -> tuple[object, ...]:
    """All that a document says, whichever pages and ids it is on and has, and whenever."""
    front = (document.title, document.issuer, document.issued, document.statement)
    sections = [(each.path, each.heading) for each in document.sections]
    paragraphs = [(each.citation, each.text) for each in document.paragraphs]
    return (*front, document.contents, sections, paragraphs)
