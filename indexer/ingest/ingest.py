"""Ingest documents: read their pages, give their paragraphs ids, store them. All or nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
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
from .structure import Structured, structure

# The paper that the search is for, in a corpus that has no document yet.
DEFAULT_ID = "asia-pacific-security-cooperation-2017"
DEFAULT_PAPER = Source(
    title="China's Policies on Asia-Pacific Security Cooperation",
    issuer="The State Council Information Office of the People's Republic of China",
    published="2017-01-11",
    address="https://govt.chinadaily.com.cn/s/201701/11/WS5c10bf96498eefb3fe46eb59/"
    "chinas-policies-on-asia-pacific-security-cooperation.html",
    copies=(
        "http://www.chinadaily.com.cn/opinion/2017-01/12/content_27931422.htm",
        "http://english.www.gov.cn/archive/white_paper/2017/01/11/content_281475539078636.htm",
        "http://english.scio.gov.cn/whitepapers/2017-01/20/content_40535681.htm",
        "http://www.china.org.cn/world/2017-01/11/content_40081715.htm",
    ),
)

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
    run = _Run(root, force, report)
    fetcher = Fetcher(delay, report)
    if sources:
        return (run.take(_named(fetcher, sources, report), document_id),)
    ids = [document_id] if document_id else _ids(root) or [DEFAULT_ID]
    outcomes, failures = [], []
    for each in ids:
        try:
            if offline:
                outcomes.append(run.take(_stored(root, each), each))
            else:
                outcomes.append(run.take_first(each, _addresses(root, each), fetcher, copies))
        except WhitePaperError as error:
            if len(ids) == 1:
                raise
            failures.append(f"{each}: {error}")
    if failures:
        raise IngestError("\n".join(failures))
    return tuple(outcomes)


def _named(fetcher: Fetcher, sources: Sequence[str], report: Report) -> Article:
    """Return the article that the user's sources name."""
    if len(sources) == 1 and _ADDRESS.match(sources[0]):
        return follow(fetcher, sources[0], report)
    if not all(sources) or any(map(_ADDRESS.match, sources)):
        raise IngestError(
            "Give one address (the article's first page; the others are found), or saved files, "
            "or one folder of them."
        )
    return read_files([Path(each) for each in sources])


def _stored(root: Path, name: str) -> Article:
    document = corpus.read_document(root, name)
    pages = [Received(each, corpus.read_page(root, name, each)) for each in document.pages]
    return reread(pages, document.page_count)


def _addresses(root: Path, name: str) -> list[str]:
    """Return the address of a document and those of its copies. Raise IngestError without any."""
    stored = name in _ids(root)
    if not stored and name != DEFAULT_ID:
        raise IngestError(
            f"There is no document {name} in {root}, and no source was given: "
            f"python -m indexer ingest ADDRESS --document {name}"
        )
    source = corpus.read_source(root, name) if stored else DEFAULT_PAPER
    address = source.address or (corpus.read_document(root, name).address if stored else None)
    if not address and not source.copies:
        raise IngestError(
            f"{name} was read from saved pages, and its source.toml has no address. Write one "
            f"into it, or give one: python -m indexer ingest ADDRESS --document {name}"
        )
    return [address or "", *source.copies]


@dataclass(frozen=True)
class _Run:
    """One run over the corpus folder ``root``."""

    root: Path
    force: bool
    report: Callable[[str], None]

    def take_first(
        self, name: str, addresses: Sequence[str], fetcher: Fetcher, copies: bool
    ) -> Outcome:
        """Store the article at the first of the addresses that gives it whole."""
        tried = [address for address in addresses[: None if copies else 1] if address]
        failures = []
        for address in tried:
            try:
                return self.take(follow(fetcher, address, self.report), name)
            except IngestError as error:
                failures.append(error)
                self.report(f"{address}: {error}")
        others = len(addresses) - 1
        advice = f"--copies tries {others} other official copies." if others > 0 else ""
        if len(failures) == 1:
            raise type(failures[0])(f"{failures[0]} {'' if copies else advice}".strip())
        reasons = "\n".join(f"{at}: {why}" for at, why in zip(tried, failures, strict=True))
        raise IngestError(f"No copy of {name} could be ingested.\n{reasons}")

    def take(self, article: Article, document_id: str | None) -> Outcome:
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
        new = replace(built.document, doubts=self._doubts(article, built))
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

    def _doubts(self, article: Article, built: Structured) -> tuple[str, ...]:
        """Return the doubts about a text. Raise PageError for the first, unless by force."""
        doubts = list(_doubts(article, built.document))
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
    known = {each: corpus.read_source(root, each) for each in _ids(root)}
    for name, source in {**known, DEFAULT_ID: known.get(DEFAULT_ID, DEFAULT_PAPER)}.items():
        if normalise(source.title) == key and source.published[:4] == year:
            return name
    words = re.findall(r"[a-z0-9]+", first.title.lower().replace("'", "").replace("’", ""))
    return "-".join([*[word for word in words[:WORDS_IN_ID] if word != year], year])


def _source(document: Document) -> Source:
    """Return the ``source.toml`` of a new document; a copy's address is not its own."""
    paper, address = DEFAULT_PAPER, document.address or ""
    if document.id != DEFAULT_ID:
        return Source(document.title, document.issuer, document.published, address=address)
    return replace(paper, address=address) if address not in ("", *paper.copies) else paper


def _content(document: Document) -> tuple[object, ...]:
    """Return all that a document says, whichever pages and ids it is on and has, and whenever."""
    front = (document.title, document.issuer, document.issued, document.statement)
    sections = [(each.path, each.heading) for each in document.sections]
    paragraphs = [(each.citation, each.text) for each in document.paragraphs]
    return (*front, document.contents, sections, paragraphs)
