"""``python -m webapp``: serve the pages."""

from __future__ import annotations

import logging.config
import os
from functools import partial
from pathlib import Path

import click

from indexer import options
from indexer.errors import WhitePaperError
from indexer.search.engine import Engine

from . import create_app, logs
from .server import serve


@click.command(context_settings={"help_option_names": ["-h", "--help"], "show_default": True})
@options.corpus_folder
@options.index_folder
@click.option(
    "--host", envvar="WEB_HOST", show_envvar=True, default="127.0.0.1", help="Address to listen on."
)
@click.option(
    "--port",
    type=click.IntRange(0, 65_535),
    envvar="WEB_PORT",
    show_envvar=True,
    default=8000,
    help="Port to listen on; 0 is any free port.",
)
@click.option(
    "--processes",
    type=click.IntRange(min=1),
    envvar="WEB_PROCESSES",
    show_envvar=True,
    default=os.cpu_count,
    show_default="one for each core",
    help="Number of processes that serve.",
)
@click.option(
    "--proxies",
    type=click.IntRange(min=0),
    envvar="WEB_PROXIES",
    show_envvar=True,
    default=0,
    help="Number of trusted reverse proxies, whose X-Forwarded-* headers are honoured.",
)
@click.option(
    "--hosts",
    envvar="WEB_HOSTS",
    show_envvar=True,
    default="",
    show_default="all",
    help='Host names to answer to, such as "example.org .example.net".',
)
@click.option(
    "--log-queries",
    is_flag=True,
    envvar="WEB_LOG_QUERIES",
    show_envvar=True,
    help="Log what readers search for.",
)
def main(
    root: Path,
    index: Path,
    host: str,
    port: int,
    processes: int,
    proxies: int,
    hosts: str,
    log_queries: bool,
) -> None:
    """Serve the pages and the JSON API until stopped."""
    log = logs.settings(log_queries)
    logging.config.dictConfig(log)
    load = partial(
        create_app, root, index, proxies=proxies, hosts=hosts.split(), log_queries=log_queries
    )
    try:
        Engine.open(root, index)  # builds a stale index once, before each process opens it
        serve(load, host, port, processes, log)
    except (WhitePaperError, OSError) as error:
        raise click.ClickException(f"Cannot serve: {error}") from error


if __name__ == "__main__":
    main(prog_name="python -m webapp")
