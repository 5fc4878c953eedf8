"""Processes that serve the application."""

from __future__ import annotations

import gc
import logging
import multiprocessing
import os
import socket
import threading
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from flask import Flask
from granian import Granian
from granian.constants import Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels

_log = logging.getLogger(__name__)

THREADS = 2  # for each process: while one takes up a new index, the other goes on answering
HEADERS_WITHIN = 10_000  # milliseconds: the slowest phone needs one; a connection may idle as long
HEADERS_MOST = 65_536  # bytes of address and headers together: the longest query has 1 % of them
STOP_WITHIN = 10  # seconds for answers that have begun, as long as the slowest client may take


def serve(
    load: Callable[[], Flask], host: str, port: int, processes: int, logging: dict[str, Any]
) -> None:
    """Serve what ``load`` gives in each process, until told to stop by SIGTERM or SIGINT.

    ``load`` is called in each of them, for they may share no open file. Port 0 is any that is
    free. Raises OSError where the address cannot be listened on.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.create_server((host, port), family=family) as free:  # or nobody would notice
        port = free.getsockname()[1]
    multiprocessing.set_start_method("spawn")
    threading.Thread(target=_announce, args=(host, port), daemon=True).start()
    Granian(
        "webapp",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=processes,
        blocking_threads=THREADS,
        http1_settings=HTTP1Settings(HEADERS_WITHIN, max_buffer_size=HEADERS_MOST),
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_WITHIN,
        log_level=LogLevels.warning,
        log_dictconfig=logging,
    ).serve(target_loader=partial(_load, load), wrap_loader=False)


def _load(load: Callable[[], Flask]) -> Flask:
    app = load()
    for name in app.jinja_env.list_templates():
        app.jinja_env.get_template(name)  # compiled now, or the first reader waits for it
    gc.collect()
    gc.freeze()  # the corpus is looked through for garbage never again: it cost answers time
    threading.Thread(target=_end_with_parent, daemon=True).start()
    return app


def _end_with_parent() -> None:
    """A parent that was killed told nobody to stop; the port must be free for the next one."""
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(1)


def _announce(host: str, port: int) -> None:
    shown = f"[{host}]" if ":" in host else host
    while True:
        try:
            socket.create_connection((host, port)).close()
        except OSError:
            time.sleep(0.02)
        else:
            return _log.info("Serving on http://%s:%s", shown, port)
