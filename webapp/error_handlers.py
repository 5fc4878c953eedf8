"""Answer errors: for people a page that helps, for programs JSON."""

import logging
import re
from urllib.parse import quote

from flask import Flask, json, redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException, InternalServerError, SecurityError

from indexer.errors import CorpusError, IndexFolderError, WhitePaperError

_log = logging.getLogger(__name__)

FOR_PROGRAMS = re.compile(r"/api/.|/[^/]+\.(json|csv|atom|xml)$")
PUNCTUATION = "/.,;:!?…)]}>'\"’”» \u00a0"  # of the sentence in which a link was pasted
MESSAGES = {  # in the place of what Werkzeug says
    404: "There is nothing at this address. It may have been mistyped or cut off.",
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
    """Answer an error with a page or JSON; lead from a link pasted with punctuation to the link."""
    path = "/" + request.path.rstrip(PUNCTUATION).lstrip("/")
    if error.code == 404 and not for_programs() and path not in ("/", request.path):
        asked = request.query_string.decode(errors="replace")
        address = quote(request.root_path + path, safe="/@")
        return redirect(f"{address}?{asked}" if asked else address, 308)
    is_own = error.description != type(error).description
    message = error.description if is_own else MESSAGES.get(error.code or 500, error.description)
    answer = error.get_response()
    if for_programs() or isinstance(error, SecurityError):  # a page cannot link to a wrong host
        code = re.sub("[^a-z]+", "_", error.name.lower())
        answer.data = json.dumps(error_json(code, message or "", getattr(error, "details", {})))
        answer.mimetype = "application/json"
    else:
        answer.data = render_template("error.html", name=error.name, message=message)
    return answer
