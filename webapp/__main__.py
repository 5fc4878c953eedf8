"""``python -m webapp``: serve the pages."""

import logging.config
import os
import re
from functools import partial
from pathlib import Path
from typing import Any

import click

from indexer.errors import WhitePaperError
from indexer.options import folders, setting

from . import create_app
from .server import log_settings, serve
from .state import State

NOT_IN_A_HOST = re.compile(r"https?://|[/*,]")  # people write whole addresses, or *.example.org


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@folders
@setting("--host", envvar="WEB_HOST", default="127.0.0.1", help="Address to listen on.")
@setting(
    "--port",
    envvar="WEB_PORT",
    type=click.IntRange(0, 65_535),
    default=8000,
    help="Port to listen on; 0 is any free port.",
)
@setting(
    "--processes",
    envvar="WEB_PROCESSES",
    type=click.IntRange(min=1),
    default=os.cpu_count,
    show_default="one for each core",
    help="Number of processes that serve.",
)
@setting(
    "--proxies",
    envvar="WEB_PROXIES",
    type=click.IntRange(min=0),
    default=0,
    help="Number of trusted reverse proxies, whose X-Forwarded-* headers are honoured.",
)
@setting(
    "--hosts",
    envvar="WEB_HOSTS",
    default="",
    show_default="all",
    help='Host names to answer to, such as "example.org .example.net".',
)
@setting("--log-queries", envvar="WEB_LOG_QUERIES", is_flag=True, help="Log readers' queries.")
def main(
    root: Path, index: Path, host: str, port: int, processes: int, log_queries: bool, **options: Any
) -> None:
    """Serve the pages and the JSON API until stopped."""
    log = log_settings(log_queries)
    logging.config.dictConfig(log)
    options["hosts"] = NOT_IN_A_HOST.sub(" ", options["hosts"].lower()).split()
    load = partial(create_app, root, index, **options)
    try:
        State(root, index)  # fails early, and builds a stale index once for all processes
        serve(load, host, port, processes, log)
    except WhitePaperError as error:
        raise click.ClickException(f"Cannot serve: {error}") from error
    except OSError as error:
        raise click.ClickException(
            f"Cannot serve: {error}. Choose another address with --host or --port."
        ) from error


if __name__ == "__main__":
    main(prog_name="python -m webapp")
