"""Ingest documents: read their pages, give their paragraphs ids, store them. All or nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from .. import corpus
from ..diff import Change
from ..errors import EditionError, IngestError, PageError, WhitePaperError
from ..model import RESERVED_IDS, Document, Source
from ..text import normalise
from .doubts import missing, on_page
from .extract import PageText
from .fetch import Fetcher, Received, now
from .ids import Matching, match
from .pages import Article, Report, follow, read_files, reread
from .structure import structure

# The paper of the corpus that ships is known also to a corpus that has no document yet.
SHIPPED = Path(__file__).resolve().parents[2] / "corpus"
DEFAULT_ID = "asia-pacific-security-cooperation-2017"

# Words of a title that go into an id: enough to know the paper by, and short enough for a folder.
WORDS_IN_ID = 12

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+:", re.IGNORECASE)


@dataclass(frozen=True)
class Outcome:
    """The result for one document.

    ``document`` is as it is stored now. ``changes`` are those since the edition before (none for a
    first edition). ``unchanged`` tells that no new edition was needed. ``notes`` are what is odd
    in the source, a sentence each.
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
    copies: bool = False,
) -> tuple[Outcome, ...]:
    """Ingest documents into the corpus folder ``root``.

    ``sources`` are one address, or saved files, or one folder of them; without any, each document
    of the corpus is read from the address in its ``source.toml``, and with ``copies``, if that
    fails, from the other copies there, in order. ``document_id`` is the id of the document (or,
    without sources, of the only one to ingest). ``offline`` reads the stored pages again.
    ``force`` stores an edition that is suspicious or doubtful. ``delay`` is the gap between
    requests to a site, in seconds. ``report`` gets lines of progress. Raise IngestError or
    CorpusError, leaving the document in question as it was.
    """
    if document_id is not None:
        _require_id(document_id)
    if sources and (offline or copies):
        option = "--offline reads the stored pages" if offline else "--copies reads source.toml"
        raise IngestError(f"{option}: name no source with it.")
    run = _Run(root, Fetcher(delay, report), force, copies, report)
    if sources:
        return (run.store(run.named(sources), document_id),)
    ids = [document_id] if document_id else _ids(root) or [DEFAULT_ID]
    outcomes, failures = list[Outcome](), list[str]()
    for each in ids:
        try:
            outcomes.append(run.store(run.stored(each), each) if offline else run.known(each))
        except WhitePaperError as error:
            if len(ids) == 1:
                raise
            failures.append(f"{each}: {error}")
    if failures:
        raise IngestError("\n".join(failures))
    return tuple(outcomes)


@dataclass(frozen=True)
class _Run:
    """One run over the corpus folder ``root``."""

    root: Path
    fetcher: Fetcher
    force: bool
    copies: bool
    report: Report

    def named(self, sources: Sequence[str]) -> Article:
        """Return the article that the user's sources name."""
        if len(sources) == 1 and _ADDRESS.match(sources[0]):
            return follow(self.fetcher, sources[0], self.report)
        if not all(sources) or any(map(_ADDRESS.match, sources)):
            raise IngestError(
                "Give one address (the article's first page; the others are found), or saved "
                "files, or one folder of them."
            )
        return read_files([Path(each) for each in sources])

    def stored(self, name: str) -> Article:
        """Return a document's article from its stored pages."""
        document = corpus.read_document(self.root, name)
        pages = [Received(page, corpus.read_page(self.root, name, page)) for page in document.pages]
        return reread(pages, document.page_count)

    def known(self, name: str) -> Outcome:
        """Store a document from its address, or the first copy that gives it whole."""
        address, *others = self._addresses(name)
        failures = dict[str, IngestError]()
        for each in [address, *others] if self.copies else [address]:
            try:
                return self.store(follow(self.fetcher, each, self.report), name)
            except IngestError as error:
                failures[each] = error
                if self.copies:
                    self.report(f"{each}: {error}")
        if self.copies:
            reasons = (f"{each}: {error}" for each, error in failures.items())
            raise IngestError("\n".join([f"No copy of {name} could be ingested.", *reasons]))
        advice = f" --copies tries {len(others)} other official copies." if others else ""
        raise type(failures[address])(f"{failures[address]}{advice}")

    def _addresses(self, name: str) -> list[str]:
        """Return the address of a document and those of its copies. Raise IngestError without."""
        source = _sources(self.root).get(name)
        if source is None:
            raise IngestError(
                f"There is no document {name} in {self.root}, and no source was given: "
                f"python -m indexer ingest ADDRESS --document {name}"
            )
        address = source.address
        if not address and name in _ids(self.root):
            address = corpus.read_document(self.root, name).address or ""
        if not address and not (self.copies and source.copies):
            raise IngestError(
                f"{name} was read from saved pages, and its source.toml has no address. Write it "
                f"there, or give it: python -m indexer ingest ADDRESS --document {name}"
            )
        return [each for each in (address, *source.copies) if each]

    def store(self, article: Article, document_id: str | None) -> Outcome:
        """Structure, match and store the pages of one article."""
        first = article.pages[0].text
        name = document_id or _document_id(self.root, first)
        old = corpus.read_document(self.root, name) if name in _ids(self.root) else None
        if old and normalise(old.title) != normalise(first.title) and not self.force:
            raise EditionError(
                f'This is "{first.title}", and {name} is "{old.title}": another article. Give it '
                "an id of its own with --document, or use --force if it is the same."
            )
        edition = old.edition + 1 if old else 1
        pages = [each.placed(at, edition) for at, each in enumerate(article.pages, 1)]
        try:
            texts = [each.text for each in article.pages]
            built = structure(texts, pages, article.page_count, name)
        except EditionError as error:
            raise EditionError(f"{article.pages[0].name}: {error} Nothing was stored.") from error
        new = replace(built.document, doubts=self._accepted(article, built.document))
        notes = (*article.notes, *built.notes, *new.doubts)
        if old and _content(old) == _content(new):
            return Outcome(old, (), True, notes)
        matching = self._match(new, old)
        document = replace(matching.document, taken=now())
        contents = {
            page.file: each.received.content
            for page, each in zip(pages, article.pages, strict=True)
            if page != each.received.page
        }
        corpus.store(self.root, document, contents, matching.entries, _source(document))
        self.report(f"{name}: edition {edition}, {len(document.paragraphs)} paragraphs")
        return Outcome(document, matching.changes, False, notes)

    def _accepted(self, article: Article, document: Document) -> tuple[str, ...]:
        """Return the doubts about a text. Raise PageError for the first, unless by force."""
        doubts = list(_doubts(article, document))
        if doubts and not self.force:
            page, doubt = doubts[0]
            others = f" and {len(doubts) - 1} more" if len(doubts) > 1 else ""
            raise PageError(
                f"{article.pages[page - 1].name}: {doubt}{others}. Nothing was stored; --force "
                "stores the text with these doubts."
            )
        return tuple(f"page {page}: {doubt}" for page, doubt in doubts)

    def _match(self, new: Document, old: Document | None) -> Matching:
        """Return the new edition with its ids. Raise EditionError if it is suspicious."""
        matching = match(new, old, corpus.read_ledger(self.root, new.id) if old else {})
        rows = [change.row for change in matching.changes]
        if matching.suspicion and not self.force:
            refused = f"{new.id}: {matching.suspicion} Nothing was stored; --force stores it."
            raise EditionError("\n".join([refused, *rows]))
        for row in rows:  # reported before it is stored, so that one can still stop it
            self.report(row)
        return matching


def _doubts(article: Article, document: Document) -> Iterator[tuple[int, str]]:
    """Yield each doubt with the number of its page: those of the pages, then of the document."""
    for number, page in enumerate(article.pages, 1):
        yield from ((number, doubt) for doubt in page.text.doubts)
    taken = [document.issuer, document.issued, document.statement, *document.contents]
    for section in document.sections:
        taken.append(section.heading)
        taken += [each.text for each in document.paragraphs if each.section == section.path]
    lines = [(number, b.text) for number, p in enumerate(article.pages, 1) for b in p.text.blocks]
    for sentence in missing((line for _, line in lines), taken)[0]:
        number = next((number for number, line in lines if sentence in line), 1)
        yield number, on_page(sentence)


def _ids(root: Path) -> list[str]:
    return list(corpus.document_ids(root)) if root.is_dir() else []


def _sources(root: Path) -> dict[str, Source]:
    """Return the sources of the documents in the corpus, and that of the paper that ships."""
    known = {each: corpus.read_source(root, each) for each in _ids(root)}
    if DEFAULT_ID not in known:
        known[DEFAULT_ID] = corpus.read_source(SHIPPED, DEFAULT_ID)
    return known


def _require_id(document_id: str) -> None:
    """Raise IngestError unless a document can have this id."""
    if not _ID.fullmatch(document_id) or document_id in RESERVED_IDS:
        raise IngestError(
            f'"{document_id}" cannot be an id: use the letters a to z, digits and hyphens, but '
            f"none of {', '.join(sorted(RESERVED_IDS))}, which are pages of the web."
        )


def _document_id(root: Path, first: PageText) -> str:
    """Return the id of the document in the corpus with this title and year; else a new one."""
    year, key = first.published[:4], normalise(first.title)
    for name, source in _sources(root).items():
        if normalise(source.title) == key and source.published[:4] == year:
            return name
    words = re.findall(r"[a-z0-9]+", first.title.lower().replace("'", "").replace("’", ""))
    return "-".join([*[word for word in words[:WORDS_IN_ID] if word != year], year])


def _source(document: Document) -> Source:
    """Return the ``source.toml`` of a new document; a copy's address is not its own."""
    address = document.address or ""
    if document.id != DEFAULT_ID:
        return Source(document.title, document.issuer, document.published, address=address)
    paper = corpus.read_source(SHIPPED, DEFAULT_ID)
    return replace(paper, address=address) if address not in ("", *paper.copies) else paper


def _content(document: Document) -> tuple[object, ...]:
    """Return all that a document says, whatever its pages, ids and dates."""
    front = (document.title, document.issuer, document.issued, document.statement)
    sections = [(each.path, each.heading) for each in document.sections]
    paragraphs = [(each.citation, each.text) for each in document.paragraphs]
    return (*front, document.contents, sections, paragraphs)
