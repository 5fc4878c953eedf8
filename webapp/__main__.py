"""``python -m webapp``: serve the pages."""

from __future__ import annotations

import argparse
import logging.config
import os
import sys
from functools import partial
from pathlib import Path

from indexer.errors import WhitePaperError
from indexer.search.engine import Engine

from . import create_app, logs
from .server import serve


def main() -> int:
    """Serve until stopped. Returns the exit code: 0 when stopped, 1 when it could not serve."""
    options = _parser().parse_args()
    logging.config.dictConfig(logs.settings(options.log_queries))
    try:
        Engine.open(options.corpus, options.index)  # once, before all processes do
        load = partial(
            create_app,
            options.corpus,
            options.index,
            proxies=options.proxies,
            hosts=options.hosts.split(),
            log_queries=options.log_queries,
        )
        log = logs.settings(options.log_queries)
        serve(load, options.host, options.port, options.processes, log)
    except (WhitePaperError, OSError) as error:
        print(f"Cannot serve: {error}", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    here = Path(__file__).parent.parent
    parser = argparse.ArgumentParser(prog="python -m webapp", description="Serve the pages.")
    parser.add_argument(
        "--host",
        default=os.environ.get("WEB_HOST") or "127.0.0.1",
        help="address to listen on (WEB_HOST, or 127.0.0.1)",
    )
    parser.add_argument(
        "--port",
        type=int,
        default=os.environ.get("WEB_PORT") or 8000,
        help="port to listen on (WEB_PORT, or 8000)",
    )
    parser.add_argument(
        "--corpus",
        type=Path,
        default=os.environ.get("CORPUS_DIR") or here / "corpus",
        help="corpus folder (CORPUS_DIR, or corpus)",
    )
    parser.add_argument(
        "--index",
        type=Path,
        default=os.environ.get("INDEX_DIR") or here / ".index",
        help="index folder, built when missing or stale (INDEX_DIR, or .index)",
    )
    parser.add_argument(
        "--processes",
        type=int,
        default=os.environ.get("WEB_PROCESSES") or os.cpu_count(),
        help="how many serve (WEB_PROCESSES, or one for each core)",
    )
    parser.add_argument(
        "--proxies",
        type=int,
        default=os.environ.get("WEB_PROXIES") or 0,
        help="how many proxies stand before it, whose X-Forwarded headers hold (WEB_PROXIES, or 0)",
    )
    parser.add_argument(
        "--hosts",
        default=os.environ.get("WEB_HOSTS") or "",
        help='names it answers to, "example.org .example.net" (WEB_HOSTS, or all)',
    )
    parser.add_argument(
        "--log-queries",
        action="store_true",
        default=os.environ.get("WEB_LOG_QUERIES") == "1",
        help="log what readers search for (WEB_LOG_QUERIES=1)",
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
