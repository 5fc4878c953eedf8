"""``python -m webapp``: serve the pages."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from pathlib import Path

from waitress.server import create_server

from indexer.errors import WhitePaperError

from . import create_app


def main() -> int:
    """Serve until stopped. Returns the exit code: 0 when stopped, 1 when it could not serve."""
    here = Path(__file__).parent.parent
    parser = argparse.ArgumentParser(prog="python -m webapp", description="Serve the pages.")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (%(default)s)")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (%(default)s)")
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
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    try:
        app = create_app(options.corpus, options.index)
        server = create_server(app, host=options.host, port=options.port)
    except (WhitePaperError, OSError) as error:
        print(f"Cannot serve: {error}", file=sys.stderr)
        return 1
    server.print_listen("Serving on http://{}:{}")
    server.run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
