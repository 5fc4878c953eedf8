"""The command line: ``python -m indexer COMMAND``."""

import json
import os
import sys
from collections.abc import Sequence
from functools import partial
from io import TextIOWrapper
from pathlib import Path
from typing import Any

import click

from . import corpus, options
from .errors import CorpusError, WhitePaperError
from .model import Document
from .quotation.check import check, former_index
from .quotation.parts import answer as quotation_answer
from .quotation.parts import verdict
from .search.advice import unavailable
from .search.builds import read_build
from .search.citations import section_named
from .search.engine import Engine
from .search.index import build
from .search.limits import HITS, MAX_HITS
from .search.results import Request, answer
from .terminal import missing_note, printable, quotation_lines, results_lines, show

DELAY = 4.0  # seconds between two requests to a site; some ask for that much in robots.txt
MAX_DELAY = 3600.0


class Commands(click.Group):
    """Commands that report errors as messages; the exit code is 1, or 2 for a usage error."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command, and turn errors into messages."""
        try:
            return super().invoke(ctx)
        except click.NoSuchOption as error:
            hint = "Put words that begin with a hyphen after --."
            raise click.UsageError(f"{error.format_message()} {hint}", error.ctx) from error
        except BrokenPipeError:  # such as "| head", which has read enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(0)
        except (WhitePaperError, OSError) as error:  # or a file that this user may not read
            raise click.ClickException(printable(str(error))) from error
        except KeyboardInterrupt as error:
            raise click.ClickException("Stopped. What was stored before is unchanged.") from error


@click.group(
    cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "show_default": True}
)
@click.pass_context
def main(context: click.Context) -> None:
    """Ingest white papers, index them and search them."""
    if isinstance(sys.stdout, TextIOWrapper):  # there may be none
        sys.stdout.reconfigure(errors="backslashreplace")  # for what its encoding lacks
    if os.environ.get("NO_COLOR"):  # no-color.org
        context.color = False


def _required_id(_context: click.Context, _option: click.Parameter, name: str | None) -> str | None:
    try:
        return corpus.require_id(name) if name is not None else None
    except CorpusError as error:
        raise click.BadParameter(str(error)) from error


@main.command("ingest")
@click.argument("sources", nargs=-1, metavar="[ADDRESS | FILE...]")
@options.folders
@click.option(
    "--document", metavar="ID", callback=_required_id, help="Id of the document, known or new."
)
@click.option(
    "--copies",
    is_flag=True,
    help="If an address fails, try the other official copies in source.toml, in order.",
)
@click.option("--offline", is_flag=True, help="Extract the stored pages again, without a network.")
@click.option("--force", is_flag=True, help="Store the edition even if it fails the checks.")
@options.setting(
    "--delay",
    envvar="INGEST_DELAY",
    metavar="SECONDS",
    type=click.FloatRange(0, MAX_DELAY),
    default=DELAY,
    help="Time between two requests to a site.",
)
def _ingest(
    sources: Sequence[str], root: Path, index: Path, document: str | None, **settings: Any
) -> None:
    """Fetch a white paper, extract its text, store it and index it.

    Give the address of its first page, its saved pages, or a folder of them. Without any of these,
    ingest every document of the corpus from the address in its source.toml.
    """
    from .ingest.fetch import Fetcher  # without it, other commands start in two thirds of the time
    from .ingest.ingest import Ingest

    if settings["copies"] + settings["offline"] + bool(sources) > 1:
        raise click.UsageError("Give only one of --copies, --offline, and an ADDRESS or FILEs.")
    report = partial(_echo, err=True)
    ingest = Ingest(root, Fetcher(settings.pop("delay"), report), report, **settings)
    any_ingested = False
    try:
        for outcome in ingest.run(sources, document):
            any_ingested = True
            for note in outcome.notes:
                _echo(f"note: {note}")
            edition, size = f"edition {outcome.document.edition}", _size(outcome.document)
            kept, stored = f"unchanged ({edition}: {size})", f"stored {edition} ({size})"
            _show_state(outcome.document, kept if outcome.unchanged else stored)
    finally:
        if any_ingested:  # index what was stored, even if a later document failed
            Engine.open(root, index)


def _echo(line: str, err: bool = False) -> None:
    click.echo(printable(line), err=err)


def _size(document: Document) -> str:
    return f"{len(document.paragraphs)} paragraphs, {document.coverage}"


def _show_state(document: Document, state: str) -> None:
    """Print the state of a document, and how to get its missing pages."""
    click.echo(f"{document.id}: {state}")
    if not document.complete:
        click.echo(missing_note(document))


@main.command("build")
@options.folders
def _build(root: Path, index: Path) -> None:
    """Build the index from the corpus."""
    documents, fingerprint = corpus.read_documents(root)
    corpus.read_vocabulary(root)  # raises CorpusError for a faulty one
    folder = build(documents, fingerprint, index)
    count = sum(len(document.paragraphs) for document in documents)
    papers = "1 document" if len(documents) == 1 else f"{len(documents)} documents"
    click.echo(f"{folder}: {count} paragraphs of {papers}")


@main.command("search")
@click.argument("text", metavar="WORDS...", nargs=-1, required=True)
@options.folders
@click.option("--json", "as_json", is_flag=True, help="Print the answer of /api/search.")
@click.option("--limit", type=click.IntRange(1, MAX_HITS), default=HITS, help="Hits to show.")
@click.option("--document", metavar="ID", type=str.lower, help="Search this document only.")
@click.option("--section", metavar="S", help="Search this section only, such as II.1.")
@click.option(
    "--apart", "words", flag_value="apart", help="List paragraphs with the words, but not together."
)
@click.option(
    "--some", "words", flag_value="some", help="List paragraphs with only some of the words."
)
def _search(text: Sequence[str], root: Path, index: Path, as_json: bool, **asked: Any) -> None:
    """Search the corpus. The README shows the query language."""
    engine = _opened(root, index)
    request = Request(text=" ".join(text), **{name: v for name, v in asked.items() if v})
    _require_known(engine.documents, request.document, request.section)
    results = engine.search(request).results
    if as_json:
        _print_json(answer(results))
    else:
        show(results_lines(results, engine.documents))


def _opened(root: Path, index: Path) -> Engine:
    """Return the engine of a corpus. Raise CorpusError if it has no document."""
    engine = Engine.open(root, index)
    if not engine.documents:
        raise CorpusError(f"{root} has no document. Name the right folder with --corpus.")
    return engine


def _require_known(documents: Sequence[Document], document: str, section: str) -> None:
    """Raise BadParameter if there is no such document, or no such section in it."""
    searched = [each for each in documents if document in ("", each.id)]
    if document and not searched:
        reason = f"There is no document “{document}”. python -m indexer check lists them."
        raise click.BadParameter(reason, param_hint="--document")
    if section and not any(section_named(each, section) for each in searched):
        reason = unavailable("section", section, searched)
        raise click.BadParameter(reason, param_hint="--section")


@main.command("quote")
@click.argument("text", nargs=-1)
@options.folders
@click.option("--json", "as_json", is_flag=True, help="Print the answer of /api/quote.")
@click.pass_context
def _quote(
    context: click.Context, text: Sequence[str], root: Path, index: Path, as_json: bool
) -> None:
    """Check whether TEXT is a quotation, word for word.

    Without TEXT, read standard input. The exit code is 1 unless the quotation is verbatim.
    """
    try:
        quoted = " ".join(text) if text or not sys.stdin else sys.stdin.read()
        quoted.encode()  # Python may have read other bytes as surrogates
    except UnicodeError as error:
        raise click.UsageError("TEXT is not in UTF-8. Convert it first, with iconv.") from error
    engine = _opened(root, index)
    read = partial(corpus.read_document, root)
    parts = check(quoted, engine.index, lambda: former_index(engine.documents, read))
    if not parts:
        raise click.UsageError("There is nothing to check. Give TEXT, or write to standard input.")
    if as_json:
        _print_json(quotation_answer(quoted, parts, engine.documents))
    else:
        show(quotation_lines(parts, engine.documents))
    context.exit(0 if verdict(parts) == "verbatim" else 1)


def _print_json(value: object) -> None:
    text = json.dumps(value, ensure_ascii=False, indent=1)
    click.echo(printable(text, lambda letter: json.dumps(letter)[1:-1]))


@main.command("check")
@options.folders
@click.pass_context
def _check(context: click.Context, root: Path, index: Path) -> None:
    """Check every file of the corpus and the index."""
    faults = list[str]()
    with corpus.noting(faults):
        corpus.read_vocabulary(root)
    for name in corpus.document_ids(root):
        found = corpus.check(root, name)
        faults += found
        if not found:
            document = corpus.read_document(root, name)
            _show_state(document, f"valid, edition {document.edition}, {_size(document)}")
    if not faults:
        with corpus.noting(faults):
            read_build(index, corpus.read_documents(root)[1])
            click.echo(f"{index}: valid and up to date")
    for fault in faults:
        _echo(fault, err=True)
    context.exit(1 if faults else 0)
