"""Answer errors: for people a page that helps, for programs JSON."""

import logging
import re
from urllib.parse import quote

from flask import Flask, jsonify, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException, InternalServerError, SecurityError

from indexer.errors import CorpusError, IndexFolderError, WhitePaperError

_log = logging.getLogger(__name__)

FOR_PROGRAMS = re.compile(r"/api/.|/[^/]+\.(json|csv|atom|xml)$")
PUNCTUATION = "/.,;:!?…)]}>'\"’”» \u00a0"  # of the sentence in which a link was pasted
MESSAGES = {
    400: "This request could not be read. Its body must be a form or a JSON object.",
    404: "There is nothing at this address. It may have been mistyped or cut off.",
    405: "This address is read-only.",
    413: "This is too long to be checked at once. Send it in smaller portions.",
    500: "Something went wrong on our side. The error has been logged.",
}


def for_programs() -> bool:
    """Return whether the address requested is for programs, which get errors as JSON."""
    return bool(FOR_PROGRAMS.match(request.path))


def error_json(code: str, message: str, details: object) -> dict[str, dict[str, object]]:
    """Return an error in the form that programs get."""
    return {"error": {"code": code, "message": message, "details": details}}


def register(app: Flask) -> None:
    """Register the answers to all errors of an application."""
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(CorpusError, _damaged)
    app.register_error_handler(IndexFolderError, _damaged)


def _damaged(error: WhitePaperError) -> ResponseReturnValue:
    """Log which file is damaged and what to do; tell the reader only that it is our fault."""
    _log.error("%s", error)
    return _http_error(InternalServerError())


def _http_error(error: HTTPException) -> ResponseReturnValue:
    """Answer an error with a page or JSON, or lead to the address that was meant."""
    status = error.code or 500
    meant = _meant_path()
    if status == 404 and not for_programs() and meant not in ("/", request.path):
        asked = request.query_string.decode(errors="replace")
        address = quote(request.root_path + meant, safe="/@")
        return redirect(address + (f"?{asked}" if asked else ""), 308)
    own = error.description if error.description != type(error).description else None
    message = own or MESSAGES.get(status) or error.description or error.name
    if for_programs() or isinstance(error, SecurityError):  # a page cannot link to a wrong host
        code = re.sub("[^a-z]+", "_", error.name.lower())
        answer = jsonify(error_json(code, message, getattr(error, "details", {})))
    else:
        answer = make_response(render_template("error.html", name=error.name, message=message))
    answer.status_code = status
    answer.headers.extend({k: v for k, v in error.get_headers() if k != "Content-Type"})
    return answer


def _meant_path() -> str:
    """Return the path without trailing punctuation, in lower case if it begins with a capital."""
    path = "/" + request.path.rstrip(PUNCTUATION).strip("/")
    return path.lower() if path[1:2].isupper() else path
