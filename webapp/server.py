"""The processes that serve the application, and their log: a line of JSON for each event."""

import gc
import json
import logging
import multiprocessing
import os
import signal
import socket
import threading
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timezone
from functools import partial
from logging.handlers import QueueHandler, QueueListener
from queue import Full, Queue
from typing import Any

from flask import Flask
from granian import Granian
from granian.constants import Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels

THREADS = 2  # of each process: while one opens a new index, the other goes on answering
HEADERS_WITHIN = 10_000  # milliseconds; a slow phone needs 1,000. Also limits idle connections
MAX_HEADERS = 65_536  # bytes of address and headers; the longest query needs about half
WAITING = 10_000  # lines, some MB, kept while nobody reads the log; later ones are dropped
LAST_LINES_WITHIN = 1  # seconds in which a process that ends can still write its lines
STOP_WITHIN = 10  # seconds to finish open requests: as long as the slowest client may take


def serve(
    load: Callable[[], Flask], host: str, port: int, processes: int, log: dict[str, Any]
) -> None:
    """Serve the application that ``load`` returns until stopped by SIGTERM, SIGINT or SIGHUP.

    Each process calls ``load``, as they can share no open file, and logs as ``log`` configures.
    Raise OSError if the address cannot be listened on.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.create_server((host, port), family=family) as probe:
        host, port = probe.getsockname()[:2]  # granian resolves no name, reports no port in use
    multiprocessing.set_start_method("spawn")
    threading.Thread(target=_announce, args=(host, port), daemon=True).start()
    server = Granian(
        "webapp",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=processes,
        blocking_threads=THREADS,
        http1_settings=HTTP1Settings(HEADERS_WITHIN, max_buffer_size=MAX_HEADERS),
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_WITHIN,
        log_level=LogLevels.warning,
        log_access=True,
        log_dictconfig=log,
    )

    hangup = signal.getsignal(signal.SIGHUP)  # ends the server, or is ignored under nohup
    server.on_startup(lambda: signal.signal(signal.SIGHUP, hangup))  # granian would reload
    server.serve(target_loader=partial(_load, load), wrap_loader=False)


def _load(load: Callable[[], Flask]) -> Flask:
    # Ctrl+C signals a whole process group. The parent stops this process: both at once hang it.
    os.setpgid(0, 0)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    app = load()
    gc.collect()
    gc.freeze()  # or each collection would walk the whole corpus, and slow answers down
    return app


def _end_with_parent() -> None:
    """End this process when its parent is killed, so that the port is free for the next start."""
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
            return logging.getLogger(__name__).info("Serving on http://%s:%s", shown, port)


class LogHandler(QueueHandler):
    """Queues lines of JSON for a thread that writes them, so that no answer waits for the log."""

    def __init__(self, queries: bool = False) -> None:
        self._lines: Queue[logging.LogRecord] = Queue(WAITING)
        self._queries = queries
        super().__init__(self._lines)
        _Writer(self._lines).start()

    def format(self, record: logging.LogRecord) -> str:
        """Return a record as a line. It quotes no query unless readers' queries are logged."""
        moment = datetime.fromtimestamp(record.created, timezone.utc)
        line: dict[str, object] = {
            "time": moment.isoformat(timespec="milliseconds"),
            "level": record.levelname,
        }
        if record.name == "granian.access":
            access: Any = record.args
            query = f"?{access['query_string']}" if access["query_string"] and self._queries else ""
            line |= {"method": access["method"], "path": access["path"] + query}
            line |= {"status": access["status"], "ms": round(access["dt_ms"], 1)}
        else:
            line["message"] = record.getMessage()
        if record.exc_info and (error := record.exc_info[1]):
            line["error"] = repr(error) if self._queries else type(error).__name__
            line["trace"] = traceback.format_tb(error.__traceback__)
        return json.dumps(line)

    def enqueue(self, record: logging.LogRecord) -> None:
        """Queue a formatted record, or drop it if the queue is full."""
        with suppress(Full):
            self._lines.put_nowait(record)

    def close(self) -> None:
        """Wait for the queue to be written, but not for long: nobody may be reading the log."""
        written = self._lines.all_tasks_done
        with written:
            written.wait_for(lambda: not self._lines.unfinished_tasks, LAST_LINES_WITHIN)
        super().close()


class _Writer(QueueListener):
    """Writes lines to standard error without a lock, so that a process can always end."""

    def handle(self, record: logging.LogRecord) -> None:
        with suppress(OSError):  # which cannot be reported anywhere else
            os.write(2, f"{record.getMessage()}\n".encode())  # whole: other processes write too


def log_settings(queries: bool) -> dict[str, object]:
    """Return the configuration of the log, for ``logging.config.dictConfig``."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "handlers": {"lines": {"()": LogHandler, "queries": queries}},
        "root": {"handlers": ["lines"], "level": "INFO"},
        "loggers": {"_granian": {}, "granian.access": {}},
    }
