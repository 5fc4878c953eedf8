"""Take a document in: gather its pages, give its paragraphs their ids, store it. All or nothing."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from pathlib import Path

from .. import corpus
from ..editions import Change, normalise
from ..errors import EditionError, FetchError, IngestError, WhitePaperError
from ..model import Document, Page, Paragraph, Source
from .fetch import Fetcher, Received
from .gather import Gathered, Report, follow, read_files, reread
from .ledger import match
from .lookup import find_address
from .structure import structure

# Words of a title that go into an id: enough to know the paper by, and short enough for a folder.
WORDS_IN_ID = 12

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+:", re.IGNORECASE)


@dataclass(frozen=True)
class DefaultPaper:
    """The paper that the search is for, as long as nothing else is said."""

    id: str
    title: str
    published: str


DEFAULT_PAPER = DefaultPaper(
    id="asia-pacific-security-cooperation-2017",
    title="China's Policies on Asia-Pacific Security Cooperation",
    published="2017-01-11",
)


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


def take_in(
    root: Path,
    sources: Sequence[str],
    *,
    document_id: str | None,
    offline: bool,
    force: bool,
    delay: float,
    report: Report,
) -> tuple[Outcome, ...]:
    """Take in what ``sources`` name, into the corpus folder ``root``.

    ``sources`` are one address, or saved files, or one folder of them; without any, each document
    of the corpus is taken in from its ``source.toml``. ``document_id`` says which document it is
    (or, without sources, which alone). ``offline`` cleans anew from the kept pages. ``force``
    takes an edition that is suspicious. ``delay`` is the gap between requests to a site, in
    seconds; ``report`` gets lines of progress. Raises IngestError or CorpusError, and then the
    document in question is as it was.
    """
    if document_id is not None and not _ID.fullmatch(document_id):
        raise IngestError(
            f'"{document_id}" cannot be an id: use the letters a to z, digits and hyphens.'
        )
    if offline and sources:
        raise IngestError("--offline cleans the pages that are kept: name no source with it.")
    fetcher = Fetcher(delay, report)
    if sources:
        gathered = _gather(sources, fetcher, report)
        return (_take(root, gathered, document_id, force, report),)
    ids = [document_id] if document_id else _ids(root) or [DEFAULT_PAPER.id]
    outcomes, failures = [], []
    for each in ids:
        try:
            gathered = _kept(root, each) if offline else _from_source(root, each, fetcher, report)
            outcomes.append(_take(root, gathered, each, force, report))
        except WhitePaperError as error:
            if len(ids) == 1:
                raise
            failures.append(f"{each}: {error}")
    if failures:
        raise IngestError("\n".join(failures))
    return tuple(outcomes)


def _ids(root: Path) -> list[str]:
    return list(corpus.document_ids(root)) if root.is_dir() else []


def _gather(sources: Sequence[str], fetcher: Fetcher, report: Report) -> Gathered:
    """The pages that the user's sources name."""
    addresses = [each for each in sources if _ADDRESS.match(each) and not Path(each).exists()]
    if not addresses:
        return read_files([Path(each) for each in sources])
    if len(sources) > 1:
        raise IngestError(
            "Give one address (the article's first page; the others are found), or saved files, "
            "or one folder of them."
        )
    return follow(fetcher, addresses[0], report)


def _kept(root: Path, document_id: str) -> Gathered:
    """The pages of the current edition as they were received."""
    document = corpus.read_document(root, document_id)
    kept = [
        Received(
            corpus.read_page(root, document_id, page),
            page.received,
            page.address,
            page.final_address,
            page.status,
            page.headers,
        )
        for page in document.pages
    ]
    return reread(kept, document.page_count)


def _from_source(root: Path, document_id: str, fetcher: Fetcher, report: Report) -> Gathered:
    """The pages at the address that is known; else at the one that the search service knows."""
    known = corpus.read_source(root, document_id) if document_id in _ids(root) else None
    if known and known.address:
        return follow(fetcher, known.address, report)
    if known is None and document_id != DEFAULT_PAPER.id:
        raise IngestError(
            f"There is no document {document_id} in {root}, and no source was given: "
            f"python -m indexer ingest ADDRESS --document {document_id}"
        )
    title, published = (known or DEFAULT_PAPER).title, (known or DEFAULT_PAPER).published
    report(f'the address of "{title}" is not known: asking the search service of China Daily')
    try:
        address = find_address(fetcher, title, published)
    except FetchError as error:
        raise FetchError(
            f'The address of "{title}" ({published}) is not known, and could not be found out. '
            f"{error} Look it up, and give it: python -m indexer ingest ADDRESS --document "
            f"{document_id}. Saved pages do as well: python -m indexer ingest FILE..."
        ) from error
    return follow(fetcher, address, report)


def _take(
    root: Path, gathered: Gathered, document_id: str | None, force: bool, report: Report
) -> Outcome:
    """Structure, match and store the pages of one article."""
    texts = [page.text for page in gathered.pages]
    title, published = texts[0].title, texts[0].published
    own_id = document_id or _document_id(root, title, published)
    old = corpus.read_document(root, own_id) if own_id in _ids(root) else None
    if old and normalise(old.title) != normalise(title) and not force:
        raise EditionError(
            f'This is "{title}", and {own_id} is "{old.title}": another article. Give it an id of '
            "its own with --document, or use --force if it is the same."
        )
    pages = _pages(gathered, old.edition + 1 if old else 1, old)
    built = structure(texts, pages, gathered.page_count, own_id)
    source = _source(root, built.document, known=old is not None)
    changes: tuple[Change, ...] = ()
    if old and _says(old) == _says(built.document):
        corpus.store_source(root, own_id, source)
        document = old
    else:
        document, changes = _store(root, built.document, old, gathered, source, force, report)
        report(f"{own_id}: edition {document.edition}, {len(document.paragraphs)} paragraphs")
    return Outcome(document, changes, document is old, (*gathered.notes, *built.notes))


def _store(
    root: Path,
    new: Document,
    old: Document | None,
    gathered: Gathered,
    source: Source,
    force: bool,
    report: Report,
) -> tuple[Document, tuple[Change, ...]]:
    """Give the paragraphs their ids, and store the edition unless it is suspicious."""
    matching = match(new, old, corpus.read_ledger(root, new.id) if old else {})
    if matching.suspicion and not force:
        raise EditionError(
            f"{new.id}: {matching.suspicion} Nothing was stored; --force takes it.\n"
            + "\n".join(change.row for change in matching.changes)
        )
    for change in matching.changes:  # said before it is stored: whoever looks on can still stop it
        report(change.row)
    taken = datetime.now(timezone.utc).isoformat(timespec="seconds")
    document = replace(matching.document, taken=taken)
    contents = {
        page.file: each.received.content
        for page, each in zip(document.pages, gathered.pages, strict=True)
        if not (old and page in old.pages)
    }
    corpus.store(root, document, contents, matching.entries, source)
    return document, matching.changes


def _document_id(root: Path, title: str, published: str) -> str:
    """The id of the document in the corpus with this title from this year; else a new one."""
    year, key = published[:4], normalise(title)
    for each in _ids(root):
        source = corpus.read_source(root, each)
        if normalise(source.title) == key and source.published[:4] == year:
            return each
    if key == normalise(DEFAULT_PAPER.title) and year == DEFAULT_PAPER.published[:4]:
        return DEFAULT_PAPER.id
    words = re.findall(r"[a-z0-9]+", title.lower().replace("'", "").replace("’", ""))
    return "-".join([*[word for word in words[:WORDS_IN_ID] if word != year], year])


def _pages(gathered: Gathered, edition: int, old: Document | None) -> tuple[Page, ...]:
    """The pages as the edition names them; one that is kept already keeps its file."""
    pages = []
    for each in gathered.pages:
        fresh = Page(
            number=each.number,
            file=f"{edition}/page-{each.number}{each.suffix}",
            sha256=hashlib.sha256(each.received.content).hexdigest(),
            received=each.received.received,
            address=each.received.address,
            final_address=each.received.final_address,
            status=each.received.status,
            headers=each.received.headers,
        )
        kept = (
            page for page in (old.pages if old else ()) if replace(page, file=fresh.file) == fresh
        )
        pages.append(next(kept, fresh))
    return tuple(pages)


def _source(root: Path, document: Document, known: bool) -> Source:
    """What ``source.toml`` shall say: what it says, and the address if it is new."""
    address = document.address or ""
    if not known:
        return Source(document.title, document.issuer, document.published, address=address)
    source = corpus.read_source(root, document.id)
    return source if source.address else replace(source, address=address)


def _says(document: Document) -> tuple[object, ...]:
    """All that a document says, whichever pages and ids it is on and has."""
    return (
        document.title,
        document.issuer,
        document.issued,
        document.statement,
        document.contents,
        [(section.path, section.heading) for section in document.sections],
        [_words(paragraph) for paragraph in document.paragraphs],
    )


def _words(paragraph: Paragraph) -> tuple[str, int, str]:
    return paragraph.section, paragraph.number, paragraph.text
