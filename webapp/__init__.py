"""The web pages and the JSON API over one index: read-only, without cookies or state."""

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from flask import Flask, Response, current_app, json, redirect, render_template, request
from flask.json.provider import DefaultJSONProvider
from flask.typing import ResponseReturnValue
from flask_compress import Compress
from werkzeug.exceptions import HTTPException, InternalServerError, SecurityError
from werkzeug.middleware.proxy_fix import ProxyFix

from indexer.diff import difference
from indexer.errors import WhitePaperError

from . import about, api, document_pages, quote_pages, search_pages, state
from .params import MAX_PARAGRAPHS
from .permalinks import permalink, short_digest, source_link, text_fragment

HEADERS = {
    "Content-Security-Policy": "default-src 'self'; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",  # no other site learns of a query
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
FOR_ANY_ORIGIN = {  # scripts of other sites may read what is for programs
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Headers": "Content-Type",  # for requests that send JSON
    "Cross-Origin-Resource-Policy": "cross-origin",
}
FILTERS = {
    "difference": difference,
    "digest": short_digest,
    "json": json.dumps,
    "long_day": about.long_day,
    "markdown": document_pages.escape_markdown,
    "publisher": about.publisher,
    "source_link": source_link,
    "text_fragment": text_fragment,
}
FOR_PROGRAMS = re.compile(r"/api/.|/[^/]+\.(json|csv|atom|xml)$")  # these get errors as JSON
PUNCTUATION = "/.,;:!?…)]}>'\"’”» \u00a0"  # may follow a link in a sentence
MESSAGES = {  # instead of Werkzeug's
    400: "This request could not be read. Its body must be a form or a JSON object.",
    404: "There is nothing at this address. It may have been mistyped or cut off.",
    405: "This address is read-only.",
    413: "This is too long to check at once. Send it in smaller parts.",
    500: "Something went wrong on our side. The error has been logged.",
}
NOT_THIS_HOST = "The server does not answer to this host name: WEB_HOSTS does not list it."
YEAR = 31_536_000  # seconds
DIGESTS = {  # of the static files, by name
    file.name: hashlib.sha256(file.read_bytes()).hexdigest()[:12]
    for file in Path(__file__).with_name("static").iterdir()
}


def create_app(corpus: Path, index: Path, *, proxies: int = 0, hosts: Sequence[str] = ()) -> Flask:
    """Return the application for a corpus folder and an index folder. Build a stale index first.

    ``proxies`` is the number of reverse proxies trusted to set ``X-Forwarded-*``; ``hosts`` are the
    host names to answer to, all if empty. Raise CorpusError if the corpus cannot be read.
    """
    app = Flask(__name__)
    app.json = DefaultJSONProvider(app)
    app.json.sort_keys = False  # the documented order
    app.json.ensure_ascii = False
    app.extensions["state"] = state.State(corpus, index)
    for module in (about, search_pages, document_pages, quote_pages, api):
        app.register_blueprint(module.blueprint)
    _prepare_templates(app)
    app.register_error_handler(HTTPException, _answer_error)
    app.register_error_handler(WhitePaperError, _answer_damage)
    app.config |= {"SEND_FILE_MAX_AGE_DEFAULT": YEAR, "TRUSTED_HOSTS": list(hosts) or None}
    Compress(app).compress_mimetypes_set |= {"text/csv", "text/markdown"}
    app.after_request(_finish)  # runs before that of Compress, as the last one added runs first
    app.url_defaults(_add_digest)
    if proxies:
        trusted = dict.fromkeys(("x_for", "x_proto", "x_host", "x_prefix"), proxies)
        app.wsgi_app = ProxyFix(app.wsgi_app, **trusted)  # type: ignore[method-assign]
    return app


def _prepare_templates(app: Flask) -> None:
    """Add the filters and variables that every template may use."""
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    app.jinja_env.filters |= FILTERS
    app.jinja_env.globals |= {"permalink": permalink, "MAX_PARAGRAPHS": MAX_PARAGRAPHS}
    app.context_processor(
        lambda: {"documents": state.library().documents, "sources": state.library().sources}
    )


def _finish(response: Response) -> Response:
    """Add the headers that every answer has; answer 304 if the browser already has the content."""
    response.headers.extend(HEADERS)
    if FOR_PROGRAMS.match(request.path):
        response.headers.update(FOR_ANY_ORIGIN)
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = "max-age=63072000"
    if response.direct_passthrough:  # a static file
        response.direct_passthrough = False
        response.make_sequence()  # reads and closes the file; compressing a stream would not
    if response.status_code == 200:
        if not response.cache_control:
            response.cache_control.no_cache = True  # revalidate; the ETag makes that cheap
        response.add_etag()
        response.make_conditional(request)
    return response


def _answer_damage(error: WhitePaperError) -> ResponseReturnValue:
    """Log which file is damaged and what to do; tell the reader only that it is our fault."""
    current_app.logger.error("%s", error)
    return _answer_error(InternalServerError())


def _answer_error(error: HTTPException) -> ResponseReturnValue:
    """Answer an error with a page or JSON, or redirect to the address that was meant."""
    for_programs = FOR_PROGRAMS.match(request.path)
    path = request.path.rstrip("/") if for_programs else _meant(request.path)
    if error.code == 404 and path not in ("/", request.path):
        query = request.query_string.decode(errors="replace")
        address = quote(request.root_path + path, safe="/@")
        return redirect(f"{address}?{query}" if query else address, 308)
    message, answer = _message(error), error.get_response()
    if for_programs or isinstance(error, SecurityError):  # a page cannot link to a wrong host
        code = re.sub("[^a-z]+", "_", error.name.lower())
        message += " /api lists what there is." if message == MESSAGES[404] else ""
        content = {"code": code, "message": message, "details": getattr(error, "details", {})}
        answer.data = json.dumps({"error": content})
        answer.mimetype = "application/json"
    else:
        answer.data = render_template("error.html", name=error.name, message=message)
    return answer


def _message(error: HTTPException) -> str:
    if isinstance(error, SecurityError):
        return NOT_THIS_HOST
    is_default = error.description == type(error).description  # Werkzeug's
    message = MESSAGES.get(error.code or 0) if is_default else None
    return message or error.description or error.name


def _meant(path: str) -> str:
    """Return a path without trailing punctuation and, if it has an id, in lower case."""
    path = "/" + path.rstrip(PUNCTUATION).lstrip("/")
    return path.lower() if path[1:2].isupper() or "/p/" in path else path


def _add_digest(endpoint: str, values: dict[str, Any]) -> None:
    """Add a digest to the address of a static file, which browsers keep for a year."""
    if endpoint == "static":
        values["v"] = DIGESTS[values["filename"]]
