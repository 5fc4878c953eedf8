"""The command line: ``python -m indexer COMMAND``."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from . import corpus
from .diff import Change, compare
from .errors import WhitePaperError
from .ingest.ingest import Outcome, ingest
from .search.engine import Engine
from .search.index import build, problems
from .search.results import Request, answer
from .terminal import coloured, incomplete, printable, results_lines, show

DELAY = 4.0  # seconds between two requests to a site: polite; half of the sites ask for that much
MOST_HITS = 200  # what one answer of the web gives at most
_HERE = Path(__file__).resolve().parent.parent


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Returns the exit code: 0 done, 1 could not, 2 wrong usage."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except WhitePaperError as error:
        print(f"\nindexer: {printable(str(error))}".lstrip(), file=sys.stderr)
        return 1
    except BrokenPipeError:  # the reader of the pipe has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print("\nindexer: stopped; what was stored before is as it was", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    shared = argparse.ArgumentParser(add_help=False)
    for name, folder in (("corpus", "corpus"), ("index", ".index")):
        variable = f"{name.upper()}_DIR"
        shared.add_argument(
            f"--{name}",
            metavar="DIR",
            type=Path,
            default=os.environ.get(variable) or _HERE / folder,
            help=f"the {name} folder ({variable}, else {folder} beside this program)",
        )
    parser = argparse.ArgumentParser(
        prog="python -m indexer", description="Take in white papers, index them, search them."
    )
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    def command(name: str, run: object, text: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, parents=[shared], help=text, description=text)
        added.set_defaults(run=run)
        return added

    ingest = command("ingest", _ingest, "Fetch, clean, match, store and index a paper.")
    ingest.add_argument(
        "sources",
        nargs="*",
        metavar="ADDRESS or FILE",
        help="the address of the first page, or saved pages, or a folder of them; "
        "nothing: every document of the corpus, from its source.toml",
    )
    ingest.add_argument("--document", metavar="ID", help="the id of the document")
    ingest.add_argument(
        "--copies",
        action="store_true",
        help="if an address fails, try the other copies in source.toml, in order",
    )
    ingest.add_argument(
        "--offline", action="store_true", help="read the stored pages again, without network"
    )
    ingest.add_argument(
        "--force", action="store_true", help="store the edition even if it fails the checks"
    )
    ingest.add_argument(
        "--delay",
        metavar="SECONDS",
        type=_seconds,
        default=os.environ.get("INGEST_DELAY") or str(DELAY),
        help="gap between two requests to a site (INGEST_DELAY, else %(default)s)",
    )
    command("build", _build, "Build the index from the corpus.")
    search = command("search", _search, "Search the paper.")
    search.add_argument("words", nargs="+", metavar="WORDS", help="the query; see the README")
    search.add_argument("--json", action="store_true", help="print what /api/search answers")
    search.add_argument("--limit", type=_limit, default=10, help="hits to show (%(default)s)")
    search.add_argument("--document", metavar="ID", default="", help="in this document only")
    search.add_argument("--section", metavar="S", default="", help="in this section, as II.1")
    search.add_argument("--some", action="store_true", help="those with only some of the words")
    command("check", _check, "Say whether every file of the corpus and the index is whole.")
    editions = command("editions", _editions, "Show what each edition of a document changed.")
    editions.add_argument("document", metavar="DOCUMENT", help="the id of the document")
    return parser


def _seconds(text: str) -> float:
    value = float(text)
    if not 0 <= value <= 3600:
        raise argparse.ArgumentTypeError("give seconds from 0 to 3600")
    return value


def _limit(text: str) -> int:
    value = int(text)
    if not 1 <= value <= MOST_HITS:
        raise argparse.ArgumentTypeError(f"give a number from 1 to {MOST_HITS}")
    return value


def _ingest(options: argparse.Namespace) -> int:
    outcomes = ingest(
        options.corpus,
        options.sources,
        document_id=options.document,
        offline=options.offline,
        copies=options.copies,
        force=options.force,
        delay=options.delay,
        report=lambda line: print(printable(line), file=sys.stderr, flush=True),
    )
    for outcome in outcomes:
        _tell(outcome)
    Engine.open(options.corpus, options.index)
    return 0


def _tell(outcome: Outcome) -> None:
    document = outcome.document
    for note in outcome.notes:
        print(printable(f"note: {note}"))
    state = "nothing has changed since" if outcome.unchanged else "stored"
    print(
        f"{document.id}: {state} edition {document.edition}, "
        f"{len(document.paragraphs)} paragraphs, {document.coverage}"
    )
    if not document.complete:
        print(incomplete(document))


def _build(options: argparse.Namespace) -> int:
    documents, fingerprint = corpus.read_documents(options.corpus)
    corpus.read_vocabulary(options.corpus)  # raises CorpusError for a faulty one
    folder = build(documents, fingerprint, options.index)
    count = sum(len(document.paragraphs) for document in documents)
    print(f"{folder}: {count} paragraphs of {len(documents)} documents")
    return 0


def _search(options: argparse.Namespace) -> int:
    engine = Engine.open(options.corpus, options.index)
    request = Request(
        text=" ".join(options.words),
        document=options.document,
        section=options.section,
        words="some" if options.some else "all",
        limit=options.limit,
    )
    results = engine.search(request).results
    if options.json:
        text = json.dumps(answer(results), ensure_ascii=False, indent=1)
        print(printable(text, lambda letter: json.dumps(letter)[1:-1]))
    else:
        show(results_lines(results, engine.documents, coloured(sys.stdout)), sys.stdout)
    return 0


def _check(options: argparse.Namespace) -> int:
    found = corpus.check_vocabulary(options.corpus)
    for name in corpus.document_ids(options.corpus):
        faults = corpus.check(options.corpus, name)
        found += faults
        if not faults:
            document = corpus.read_document(options.corpus, name)
            print(
                f"{name}: whole, edition {document.edition}, "
                f"{len(document.paragraphs)} paragraphs, {document.coverage}"
            )
            if not document.complete:
                print(incomplete(document))
    if not found:
        found = problems(options.index, corpus.fingerprint(options.corpus))
        if not found:
            print(f"{options.index}: whole, and in step with the corpus")
    for fault in found:
        print(printable(fault), file=sys.stderr)
    return 1 if found else 0


def _editions(options: argparse.Namespace) -> int:
    before = None
    for line in corpus.editions(options.corpus, options.document):
        after = corpus.read_document(options.corpus, options.document, line.edition)
        entries = corpus.read_ledger(options.corpus, options.document, line.edition)
        changes: Sequence[Change] = compare(before, after, entries) if before else ()
        print(
            f"edition {line.edition}, {line.taken}: {len(after.paragraphs)} paragraphs, "
            f"{after.coverage}"
        )
        for change in changes:
            print(printable(f"  {change.row}"))
        before = after
    return 0
