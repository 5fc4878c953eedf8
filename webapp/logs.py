"""What happens, one line of JSON each, and no reader's words among them unless asked for."""

from __future__ import annotations

import json
import logging
import os
import threading
import time
import traceback
from contextlib import suppress
from datetime import datetime, timezone
from queue import SimpleQueue

from flask import Flask, Response, g, request

_access = logging.getLogger("webapp.access")

WAITING = 10_000  # lines kept for a log that nobody reads, some MB: what comes then is dropped
LAST_WORDS = 1  # seconds that the end of a process waits for such a log


class Lines(logging.Handler):
    """Writes records to standard error from a thread of its own: no answer waits for the log."""

    def __init__(self, queries: bool = False) -> None:
        super().__init__()
        self._queries = queries
        self._waiting: SimpleQueue[str | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._write, name="log", daemon=True)
        self._thread.start()

    def emit(self, record: logging.LogRecord) -> None:
        """Take a record to be written."""
        if self._waiting.qsize() < WAITING:
            self._waiting.put(self.format(record))

    def format(self, record: logging.LogRecord) -> str:
        """A record as JSON. What an exception says may be a reader's words; where it was is not."""
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

    def close(self) -> None:
        """Write what is waiting."""
        self._waiting.put(None)
        self._thread.join(LAST_WORDS)
        super().close()

    def _write(self) -> None:
        for line in iter(self._waiting.get, None):
            with suppress(OSError):  # there is nobody else to be told
                os.write(2, f"{line}\n".encode())  # in one piece: other processes write here too


def settings(queries: bool) -> dict[str, object]:
    """How processes log, for ``logging.config.dictConfig``."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "handlers": {"lines": {"()": Lines, "queries": queries}},
        "root": {"handlers": ["lines"], "level": "INFO"},
        "loggers": {"_granian": {}},
    }


def log_requests(app: Flask, queries: bool) -> None:
    """Log every answer: what was asked, with the query if ``queries``, status, milliseconds."""

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
