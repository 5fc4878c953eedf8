"""The web pages and the JSON over one index: reading only, no cookies, no state of its own."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

from flask import Flask, Response, request
from flask.json.provider import DefaultJSONProvider
from flask_compress import Compress
from werkzeug.middleware.proxy_fix import ProxyFix

from indexer.diff import difference

from . import api, citation, errors, feeds, library, logs, pages, reading
from .addresses import DocumentConverter, permalink
from .outline import lacking, outline, page_starts
from .permalinks import short_digest, source_link
from .where import MOST

HEADERS = {
    "Content-Security-Policy": "default-src 'self'; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",  # what somebody searched for is nobody else's business
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
COMPRESSED = [
    *("text/html", "text/css", "text/javascript", "text/plain", "text/csv", "image/svg+xml"),
    *("application/json", "application/x-suggestions+json", "application/xml"),
    *("application/atom+xml", "application/opensearchdescription+xml"),
]
FILTERS = {
    "article": citation.article,
    "difference": difference,
    "digest": short_digest,
    "lacking": lacking,
    "outline": outline,
    "page_starts": page_starts,
    "report": citation.report,
    "source_link": source_link,
}


class _Json(DefaultJSONProvider):
    """JSON in the promised order of keys, with letters as they are."""

    sort_keys = False
    ensure_ascii = False


def create_app(
    corpus: Path,
    index: Path,
    *,
    proxies: int = 0,
    hosts: Sequence[str] = (),
    log_queries: bool = False,
) -> Flask:
    """The application over a corpus folder and an index folder, which is built when stale.

    ``proxies`` is how many proxies stand before it, whose forwarded headers hold; ``hosts`` are the
    names that it answers to, all when empty. Raises CorpusError when the corpus cannot be read.
    """
    app = Flask(__name__)
    app.json = _Json(app)
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    app.url_map.converters["document"] = DocumentConverter
    app.extensions["keeper"] = library.Keeper(corpus, index)
    for module in (pages, reading, api, feeds):
        app.register_blueprint(module.blueprint)
    errors.register(app)
    logs.log_requests(app, log_queries)
    app.config["COMPRESS_MIMETYPES"] = COMPRESSED
    Compress(app)
    app.after_request(_finish)  # the last to be named comes first
    app.config["TRUSTED_HOSTS"] = list(hosts) or None
    if proxies:
        behind = dict.fromkeys(("x_for", "x_proto", "x_host", "x_prefix"), proxies)
        app.wsgi_app = ProxyFix(app.wsgi_app, **behind)  # type: ignore[method-assign]
    app.jinja_env.globals |= {"asset": _asset_addresses(app), "permalink": permalink, "most": MOST}
    app.jinja_env.filters |= FILTERS
    app.context_processor(
        lambda: {"documents": library.library().documents, "arg": request.args.get}
    )
    return app


def _finish(response: Response) -> Response:
    """Headers that every answer carries; an answer that is known already is a 304."""
    response.headers.extend(HEADERS)
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains"
    if response.status_code == 200 and not response.direct_passthrough:
        if not response.cache_control:
            response.cache_control.no_cache = True  # ask again; the ETag makes it cheap
        response.add_etag()
        response.make_conditional(request)
    return response


def _asset_addresses(app: Flask) -> Callable[[str], str]:
    """Addresses of static files that change with what is in them, so that they can be kept."""
    folder = Path(app.static_folder or "")
    digests = {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest()[:12] for file in folder.iterdir()
    }

    @app.after_request
    def keep(response: Response) -> Response:
        if request.endpoint == "static" and response.status_code == 200:
            response.direct_passthrough = False
            response.make_sequence()  # read and closed: what compresses a stream leaves it open
            if request.args.get("v") == digests[(request.view_args or {})["filename"]]:
                response.headers["Cache-Control"] = reading.FOREVER
        return response

    return lambda name: f"{request.script_root}{app.static_url_path}/{name}?v={digests[name]}"
