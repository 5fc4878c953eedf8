"""The command line: ``python -m indexer COMMAND``."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import click

from . import corpus, options
from .errors import WhitePaperError
from .ingest.ingest import Outcome, ingest
from .model import Document
from .search import checked, quotation
from .search.engine import Engine
from .search.index import build, problems
from .search.limits import HITS, MAX_HITS
from .search.results import Request, answer
from .terminal import incomplete, printable, quotation_lines, results_lines, show

DELAY = 4.0  # seconds between two requests to a site; half of the sites ask for that much
MAX_DELAY = 3600.0


class Commands(click.Group):
    """Commands that report errors as messages and exit with 0 done, 1 failed or 2 misused."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command that is named on the command line."""
        try:
            return super().invoke(ctx)
        except WhitePaperError as error:
            raise click.ClickException(printable(str(error))) from error
        except BrokenPipeError:  # such as "| head", which has read enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(0)
        except KeyboardInterrupt as error:
            raise click.ClickException("Stopped. What was stored before is unchanged.") from error


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.pass_context
def main(context: click.Context) -> None:
    """Ingest white papers, index them and search them."""
    if os.environ.get("NO_COLOR"):  # no-color.org
        context.color = False


def _delay(_context: click.Context, _option: click.Parameter, seconds: float) -> float:
    if not 0 <= seconds <= MAX_DELAY:  # false for NaN, too
        raise click.BadParameter(f"{seconds} is not from 0 to {MAX_DELAY:,.0f} seconds.")
    return seconds


@main.command("ingest")
@click.argument("sources", nargs=-1, metavar="[ADDRESS | FILE...]")
@options.folders
@click.option("--document", metavar="ID", help="Id of the document.")
@click.option(
    "--copies",
    is_flag=True,
    help="If an address fails, try the other copies in source.toml, in order.",
)
@click.option("--offline", is_flag=True, help="Extract the stored pages again, without a network.")
@click.option("--force", is_flag=True, help="Store the edition even if it fails the checks.")
@options.setting(
    "--delay",
    envvar="INGEST_DELAY",
    metavar="SECONDS",
    type=float,
    callback=_delay,
    default=DELAY,
    help="Time between two requests to a site.",
)
def _ingest(
    sources: Sequence[str],
    root: Path,
    index: Path,
    document: str | None,
    copies: bool,
    offline: bool,
    force: bool,
    delay: float,
) -> None:
    """Fetch a white paper, extract its text, store it and index it.

    Give the address of its first page, its saved pages, or a folder of them. Without any of these,
    ingest every document of the corpus from the address in its source.toml.
    """
    outcomes = ingest(
        root,
        sources,
        document_id=document,
        offline=offline,
        force=force,
        delay=delay,
        copies=copies,
        report=lambda line: click.echo(printable(line), err=True),
    )
    for outcome in outcomes:
        _report(outcome)
    Engine.open(root, index)


def _report(outcome: Outcome) -> None:
    document = outcome.document
    for note in outcome.notes:
        click.echo(printable(f"note: {note}"))
    size = f"{len(document.paragraphs)} paragraphs, {document.coverage}"
    if outcome.unchanged:
        click.echo(f"{document.id}: unchanged (edition {document.edition}: {size})")
    else:
        click.echo(f"{document.id}: stored edition {document.edition} ({size})")
    if not document.complete:
        click.echo(incomplete(document))


@main.command("build")
@options.folders
def _build(root: Path, index: Path) -> None:
    """Build the index from the corpus."""
    documents, fingerprint = corpus.read_documents(root)
    corpus.read_vocabulary(root)  # raises CorpusError for a faulty one
    folder = build(documents, fingerprint, index)
    count = sum(len(document.paragraphs) for document in documents)
    click.echo(f"{folder}: {count} paragraphs of {len(documents)} documents")


@main.command("search")
@click.argument("words", nargs=-1, required=True)
@options.folders
@click.option("--json", "as_json", is_flag=True, help="Print the answer of /api/search.")
@click.option(
    "--limit",
    type=click.IntRange(1, MAX_HITS),
    default=HITS,
    show_default=True,
    help="Hits to show.",
)
@click.option("--document", metavar="ID", default="", help="Search this document only.")
@click.option("--section", metavar="S", default="", help="Search this section only, such as II.1.")
@click.option("--apart", is_flag=True, help="List paragraphs with the words, but not together.")
@click.option("--some", is_flag=True, help="List paragraphs with only some of the words.")
def _search(
    words: Sequence[str],
    root: Path,
    index: Path,
    as_json: bool,
    limit: int,
    document: str,
    section: str,
    apart: bool,
    some: bool,
) -> None:
    """Search the corpus. The README shows the query language."""
    engine = Engine.open(root, index)
    _require_known(engine.documents, document, section)
    request = Request(
        text=" ".join(words),
        document=document,
        section=section,
        words="some" if some else "apart" if apart else "all",
        limit=limit,
    )
    results = engine.search(request).results
    if as_json:
        _print_json(answer(results))
    else:
        show(results_lines(results, engine.documents))


def _require_known(documents: Sequence[Document], document: str, section: str) -> None:
    """Raise BadParameter if there is no such document, or no such section in it."""
    searched = [each for each in documents if document in ("", each.id)]
    if document and not searched:
        raise click.BadParameter(f"There is no document “{document}”.", param_hint="--document")
    paths = {part.path.casefold() for each in searched for part in each.sections}
    if section and section.casefold() not in paths:
        raise click.BadParameter(f"There is no section “{section}”.", param_hint="--section")


@main.command("quote")
@click.argument("text", nargs=-1)
@options.folders
@click.option("--json", "as_json", is_flag=True, help="Print the answer of /api/quote.")
@click.pass_context
def _quote(
    context: click.Context, text: Sequence[str], root: Path, index: Path, as_json: bool
) -> None:
    """Check whether TEXT is a quotation, word for word.

    Without TEXT, read standard input. The exit code is 1 unless every word is as in the corpus.
    """
    quoted = " ".join(text) if text else sys.stdin.read()
    engine = Engine.open(root, index)
    read = partial(corpus.read_document, root)
    parts = quotation.check(
        quoted, engine.index, lambda: quotation.former_index(engine.documents, read)
    )
    if not parts:
        raise click.UsageError("There is no word to check. Give TEXT, or write to standard input.")
    if as_json:
        _print_json(checked.answer(quoted, parts))
    else:
        show(quotation_lines(parts))
    context.exit(0 if checked.verdict(parts) == "verbatim" else 1)


def _print_json(value: object) -> None:
    text = json.dumps(value, ensure_ascii=False, indent=1)
    click.echo(printable(text, lambda letter: json.dumps(letter)[1:-1]))


@main.command("check")
@options.folders
@click.pass_context
def _check(context: click.Context, root: Path, index: Path) -> None:
    """Check every file of the corpus and the index."""
    faults = list(corpus.check_vocabulary(root))
    for name in corpus.document_ids(root):
        faults += _check_document(root, name)
    if not faults:
        faults = problems(index, corpus.fingerprint(root))
        if not faults:
            click.echo(f"{index}: valid and up to date")
    for fault in faults:
        click.echo(printable(fault), err=True)
    context.exit(1 if faults else 0)


def _check_document(root: Path, name: str) -> list[str]:
    """Return the faults of a document; if there are none, print what is available of it."""
    faults = corpus.check(root, name)
    if not faults:
        document = corpus.read_document(root, name)
        size = f"{len(document.paragraphs)} paragraphs, {document.coverage}"
        click.echo(f"{name}: valid, edition {document.edition}, {size}")
        if not document.complete:
            click.echo(incomplete(document))
    return faults
