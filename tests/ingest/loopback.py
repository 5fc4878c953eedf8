"""A real web site on 127.0.0.1, whose answers a test sets address by address."""

from __future__ import annotations

import gzip
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from .render import FOLDER, Variant, page_name, render


@dataclass(frozen=True)
class Reply:
    """The answer of an address.

    ``length`` is a Content-Length that may promise too much, ``gap`` the seconds from byte to byte.
    """

    body: bytes = b""
    status: int = 200
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "text/html"),)
    length: int | None = None
    gap: float = 0.0


@dataclass
class Site:
    """The site: replies by path (each but the last of a list is given once), and what was asked."""

    host: str
    replies: dict[str, list[Reply]] = field(default_factory=dict)
    asked: list[tuple[str, float]] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)

    def page(self, number: int) -> str:
        """Return the path of a page of the article."""
        return f"{FOLDER}/{page_name(number)}"

    @property
    def address(self) -> str:
        """Return the address of the article's first page."""
        return f"http://{self.host}{self.page(1)}"

    def put(self, path: str, *replies: Reply) -> None:
        """Set the answer of a path from now on."""
        self.replies[path] = list(replies)

    def put_article(self, variant: Variant | None = None, count: int = 3) -> None:
        """Set the pages of the article."""
        for number in range(1, count + 1):
            self.put(self.page(number), Reply(render(variant or Variant(), number, self.host)))

    def paths(self) -> list[str]:
        """Return the paths that were asked for, without robots.txt, in order."""
        return [path for path, _ in self.asked if path != "/robots.txt"]


@contextmanager
def serve(tls: ssl.SSLContext | None = None) -> Iterator[Site]:
    """Run a site that answers 404 until a test sets other answers, with TLS or without."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append((self.path, time.monotonic()))
            site.agents.add(self.headers.get("User-Agent", ""))
            replies = site.replies.get(self.path, [Reply(b"<html>Not found</html>", 404)])
            reply = replies.pop(0) if len(replies) > 1 else replies[0]
            self.send_response(reply.status)
            for name, value in reply.headers:
                self.send_header(name, value)
            length = len(reply.body) if reply.length is None else reply.length
            self.send_header("Content-Length", str(length))
            self.end_headers()
            with suppress(ConnectionError):  # whoever asked has heard enough
                for byte in reply.body if reply.gap else ():
                    self.wfile.write(bytes([byte]))
                    time.sleep(reply.gap)
                if not reply.gap:
                    self.wfile.write(reply.body)

        def log_message(self, *args: Any) -> None:
            """Log nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    site = Site(f"127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def zipped(body: bytes) -> Reply:
    """Return a compressed answer."""
    headers = (("Content-Type", "text/html"), ("Content-Encoding", "gzip"))
    return Reply(gzip.compress(body), headers=headers)
