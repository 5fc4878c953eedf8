"""The log: a line of JSON for each event, without readers' words unless asked for."""

import json
import logging
import os
import time
import traceback
from contextlib import suppress
from datetime import datetime, timezone
from logging.handlers import QueueHandler, QueueListener
from queue import Full, Queue

from flask import Flask, Response, g, request

_access = logging.getLogger("webapp.access")

WAITING = 10_000  # lines, some MB, kept while nobody reads the log; later ones are dropped
LAST_LINES_WITHIN = 1  # seconds that the end of a process waits for such a log


class LogHandler(QueueHandler):
    """Queues lines of JSON for a thread that writes them, so that no answer waits for the log."""

    def __init__(self, queries: bool = False) -> None:
        self._lines: Queue[logging.LogRecord] = Queue(WAITING)
        self._queries = queries
        super().__init__(self._lines)
        _Writer(self._lines).start()

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; the message of an exception, which may quote a query, only if asked."""
        moment = datetime.fromtimestamp(record.created, timezone.utc)
        line: dict[str, object] = {
            "time": moment.isoformat(timespec="milliseconds"),
            "level": record.levelname,
            **(getattr(record, "request", None) or {"message": record.getMessage()}),
        }
        if record.exc_info and (error := record.exc_info[1]):
            line["error"] = repr(error) if self._queries else type(error).__name__
            frames = traceback.extract_tb(error.__traceback__)
            line["trace"] = [f"{each.filename}:{each.lineno} {each.name}" for each in frames]
        return json.dumps(line)

    def enqueue(self, record: logging.LogRecord) -> None:
        """Queue a formatted record, or drop it if the queue is full."""
        with suppress(Full):
            self._lines.put_nowait(record)

    def close(self) -> None:
        """Wait until the queue is written, but not long: nobody may be reading."""
        written = self._lines.all_tasks_done
        with written:
            written.wait_for(lambda: not self._lines.unfinished_tasks, LAST_LINES_WITHIN)
        super().close()


class _Writer(QueueListener):
    """Writes lines to standard error, without a lock, so that a process that ends never waits."""

    def handle(self, record: logging.LogRecord) -> None:
        with suppress(OSError):  # there is no other place to report it
            os.write(2, f"{record.getMessage()}\n".encode())  # whole: other processes write too


def settings(queries: bool) -> dict[str, object]:
    """Return the configuration of each process, for ``logging.config.dictConfig``."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "handlers": {"lines": {"()": LogHandler, "queries": queries}},
        "root": {"handlers": ["lines"], "level": "INFO"},
        "loggers": {"_granian": {}},
    }


def log_requests(app: Flask, queries: bool) -> None:
    """Log every answer with its status, bytes and milliseconds, and its query if ``queries``."""

    @app.before_request
    def begin() -> None:
        g.began = time.perf_counter()

    @app.after_request
    def log(response: Response) -> Response:
        line = {
            "method": request.method,
            "path": request.full_path if queries and request.query_string else request.path,
            "status": response.status_code,
            "bytes": response.content_length,
            "ms": round((time.perf_counter() - g.began) * 1000, 1),
        }
        _access.info("", extra={"request": line})
        return response
