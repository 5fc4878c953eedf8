"""Ingest documents: read their pages, assign ids to their paragraphs, store all or nothing."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from .. import corpus
from ..diff import Change
from ..errors import EditionError, IngestError, PageError, WhitePaperError
from ..model import Document, Source
from ..text import normalise
from .extract import PageText
from .fetch import Fetcher, Received, now
from .ids import match
from .lines import find_missing
from .pages import Article, Report, follow, read_files, reread
from .structure import structure

# The corpus that ships with the program; an empty one can ingest its paper, too.
SHIPPED = Path(__file__).resolve().parents[2] / "corpus"
DEFAULT_ID = "asia-pacific-security-cooperation-2017"
_GIVE = "Give its address: python -m indexer ingest ADDRESS --document"
MAX_DOUBTS = 20  # quoted in one message: they fill a terminal window
WORDS_IN_ID = 12  # from the title: enough to identify the paper, few enough for a folder's name
_HAS_SCHEME = re.compile(r"[a-z][a-z0-9+.-]+:", re.IGNORECASE)

Notes = tuple[str, ...]


@dataclass(frozen=True)
class Outcome:
    """A document as stored, its changes since the previous edition, and remarks on its source."""

    document: Document
    changes: tuple[Change, ...]
    unchanged: bool
    notes: Notes


@dataclass(frozen=True)
class Ingest:
    """Ingests documents into the corpus folder ``root``, each as a whole or not at all.

    ``report`` receives lines of progress; ``force`` also stores doubtful editions; ``offline``
    reads stored pages again; ``copies`` tries those in ``source.toml`` if the address fails.
    """

    root: Path
    fetcher: Fetcher
    report: Report
    force: bool = False
    offline: bool = False
    copies: bool = False

    def run(self, sources: Sequence[str], document_id: str | None) -> Iterator[Outcome]:
        """Ingest one address, some saved files, or a folder of them; yield what was stored.

        Without ``sources``, ingest the document with this id, or all documents of the corpus. Raise
        IngestError or CorpusError, though for one of several documents only after the last.
        """
        if sources:
            yield self._store(self._article(sources), document_id)
            return
        ids = (document_id,) if document_id else _ids(self.root) or (DEFAULT_ID,)
        failures = list[str]()
        for each in ids:
            try:
                outcome = self._again(each) if self.offline else self._known(each)
            except WhitePaperError as error:
                if len(ids) == 1:
                    raise
                failures.append(f"{each}: {error}")
            else:
                yield outcome
        if failures:
            raise IngestError("\n".join(failures))

    def _article(self, sources: Sequence[str]) -> Article:
        """Read the article from the user's sources: one address, or files."""
        if len(sources) == 1 and _HAS_SCHEME.match(sources[0]):
            return follow(self.fetcher, sources[0], self.report)
        if not all(sources) or any(map(_HAS_SCHEME.match, sources)):
            raise IngestError("Give one address, or saved files, or one folder of them.")
        return read_files([Path(each) for each in sources])

    def _again(self, name: str) -> Outcome:
        """Extract a document from its stored pages again, and store it."""
        document = corpus.read_document(self.root, name)
        pages = [Received(page, corpus.read_page(self.root, name, page)) for page in document.pages]
        return self._store(reread(pages, document.page_count), name)

    def _known(self, name: str) -> Outcome:
        """Store a document from its address, or from the first of its copies that is whole."""
        source = _sources(self.root).get(name)
        if source is None:
            raise IngestError(f"There is no document {name} in {self.root}. {_GIVE} {name}")
        failures = list[IngestError]()
        for address in filter(None, [source.address, *(source.copies if self.copies else ())]):
            try:
                return self._store(follow(self.fetcher, address, self.report), name)
            except IngestError as error:
                failures.append(error)
                if self.copies:
                    self.report(str(error))
        if not failures:
            raise IngestError(f"{name}: its source.toml has no address. {_GIVE} {name}")
        if self.copies:
            heading = f"No copy of {name} could be ingested."
            raise IngestError("\n".join([heading, *map(str, failures)]))
        left = len(source.copies)
        advice = f" --copies tries {left} other official copies." if left else ""
        raise type(failures[0])(f"{failures[0]}{advice}")

    def _store(self, article: Article, document_id: str | None) -> Outcome:
        """Store an article as the next edition of a document, if its text has changed.

        Unless forced, raise PageError if it is doubtful, EditionError if it is suspicious.
        """
        texts = [page.text for page in article.pages]
        address = article.pages[0].received.page.address
        name = document_id or _document_id(self.root, texts[0], address or "")
        old = corpus.read_document(self.root, name) if name in _ids(self.root) else None
        if old and normalise(old.title) != normalise(texts[0].title) and not self.force:
            fault = f'This is "{texts[0].title}", and {name} is "{old.title}": another article.'
            advice = "Give it an id of its own with --document, or use --force if it is the same."
            raise EditionError(f"{fault} {advice}")
        new, notes = self._edition(article, name, old.edition + 1 if old else 1)
        if old and (_texts(old), old.headings) == (_texts(new), new.headings):
            return Outcome(old, (), True, notes)
        return self._add(new, old, article, notes)

    def _edition(self, article: Article, name: str, number: int) -> tuple[Document, Notes]:
        """Return an article as an edition without ids, and notes; raise PageError if doubtful."""
        texts = [page.text for page in article.pages]
        pages = [each.placed(at, number) for at, each in enumerate(article.pages, 1)]
        try:
            document, odd, found = structure(texts, pages, article.page_count, name)
        except EditionError as error:
            raise EditionError(f"{article.pages[0].name}: {error} Nothing was stored.") from error
        lost, left_out = find_missing([text.seen for text in texts], _texts(document))
        lacking = [(len(texts), article.lacking)] if article.lacking else []
        remarks = [*lacking, *found, *lost]  # the doubts found first may explain what is lost
        if remarks and not self.force:
            rows = [f"{article.pages[at - 1].name}: {doubt}." for at, doubt in remarks]
            more = [f"And {len(rows) - MAX_DOUBTS} more."] if rows[MAX_DOUBTS:] else []
            advice = "Nothing was stored; --force stores the text with these doubts."
            raise PageError("\n".join([*rows[:MAX_DOUBTS], *more, advice]))
        doubts = tuple(f"page {at}: {doubt}" for at, doubt in remarks)
        notes = (*odd, *(f"page {at}: {words}" for at, words in left_out), *doubts)
        return replace(document, doubts=doubts), notes

    def _add(self, new: Document, old: Document | None, article: Article, notes: Notes) -> Outcome:
        """Store a document as the next edition. Raise EditionError if it is suspicious."""
        matching = match(new, old, corpus.read_ledger(self.root, new.id) if old else {})
        rows = _other_rows(old, new) if old else []
        rows += [change.row for change in matching.changes]
        if matching.suspicion and not self.force:
            advice = "--force stores it, and --document stores another paper under its own id."
            refused = f"{new.id}: {matching.suspicion} Nothing was stored; {advice}"
            raise EditionError("\n".join([refused, *rows]))
        for row in rows:  # reported before it is stored, so that one can still stop it
            self.report(row)
        placed = zip(new.pages, [each.received for each in article.pages], strict=True)
        contents = {page.file: each.content for page, each in placed if page != each.page}
        source = _sources(self.root).get(new.id) or Source(new.title, new.issuer, new.published)
        if new.address and new.address not in source.copies:  # which are not the document's own
            source = replace(source, address=new.address)
        # Copies and updated pages have later dates, but the paper is as old as it was.
        published = source.published if old else new.published
        document = replace(matching.document, taken=now(), published=published)
        corpus.store(self.root, document, contents, matching.entries, source)
        return Outcome(document, matching.changes, False, notes)


def _texts(document: Document) -> list[str]:
    """Return all texts of a document, in the order of its pages."""
    front = [document.title, document.issuer, document.issued, document.statement]
    texts = [*front, "Contents", *document.contents]
    for section in document.sections:
        texts.append(section.heading)
        texts += [each.text for each in document.paragraphs_by_section[section.path]]
    return texts


def _other_rows(old: Document, new: Document) -> list[str]:
    """Return a row for each heading or line of front matter that is in only one edition."""
    had, has = (Counter(_texts(x)) - Counter(p.text for p in x.paragraphs) for x in (old, new))
    removed = [Change("removed", "", "", text, "") for text in had - has if text]
    added = [Change("added", "", "", "", text) for text in has - had if text]
    return [change.row for change in (*removed, *added)]


def _ids(root: Path) -> tuple[str, ...]:
    return corpus.document_ids(root) if root.is_dir() else ()


def _sources(root: Path) -> dict[str, Source]:
    """Return the sources of the documents in ``root``, and of the shipped paper if it is there."""
    shipped = {DEFAULT_ID: SHIPPED} if DEFAULT_ID in _ids(SHIPPED) else {}
    folders = shipped | dict.fromkeys(_ids(root), root)
    return {name: corpus.read_source(folder, name) for name, folder in folders.items()}


def _document_id(root: Path, first: PageText, address: str) -> str:
    """Return the id of a document with two of title, year and address the same, or a new one."""
    year, key = first.published[:4], normalise(first.title)
    for name, source in _sources(root).items():
        is_address = bool(address) and source.address == address
        agreeing = [normalise(source.title) == key, source.published[:4] == year, is_address]
        if agreeing.count(True) >= 2:
            return name
    words = re.findall(r"[a-z0-9]+", first.title.lower().replace("'", "").replace("’", ""))
    return "-".join([*[word for word in words[:WORDS_IN_ID] if word != year], year])
