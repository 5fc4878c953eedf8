"""Errors as a page that helps, or as JSON in one form."""

from __future__ import annotations

import logging
import re
from urllib.parse import quote

from flask import Flask, json, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException, InternalServerError, SecurityError

from indexer.errors import CorpusError, IndexFolderError, WhitePaperError

from .params import RefusedError

_log = logging.getLogger(__name__)

FOR_TOOLS = re.compile(r"/api(/|$)|/[a-z]+\.(json|csv|atom|xml)$")
KIND = {
    404: "There is nothing at this address. It may have been mistyped, or cut when it was copied.",
    405: "This address is read-only.",
    500: "Something went wrong on our side. The error has been logged.",
}


def for_tools() -> bool:
    """Return whether the address is for programs, which get errors as JSON."""
    return bool(FOR_TOOLS.match(request.path))


def shape(code: str, message: str, details: object) -> dict[str, dict[str, object]]:
    """Return an error in the form of every address under ``/api/``."""
    return {"error": {"code": code, "message": message, "details": details}}


def _refused(error: RefusedError) -> ResponseReturnValue:
    """Answer invalid parameters: 422, with all reasons."""
    details = [{"parameter": each.parameter, "message": each.message} for each in error.problems]
    return jsonify(shape("invalid_parameters", str(error), details)), 422


def _damaged(error: WhitePaperError) -> ResponseReturnValue:
    """Log which file is damaged and what to do; tell the reader only that it is our fault."""
    _log.error("%s", error)
    return _answer(InternalServerError())


def register(app: Flask) -> None:
    """Register the answers to all errors of an application."""
    app.register_error_handler(HTTPException, _answer)
    app.register_error_handler(RefusedError, _refused)
    app.register_error_handler(CorpusError, _damaged)
    app.register_error_handler(IndexFolderError, _damaged)


def _answer(error: HTTPException) -> ResponseReturnValue:
    status = error.code or 500
    if status == 404 and request.path.endswith("/") and not for_tools() and request.path != "/":
        return redirect(quote("/" + request.path.strip("/"), safe="/@"), 308)
    own = error.description if error.description != type(error).description else None
    message = own or KIND.get(status) or error.description or error.name
    if for_tools() or isinstance(error, SecurityError):  # a page cannot link to a wrong host
        code = re.sub("[^a-z]+", "_", error.name.lower())
        body, kind = json.dumps(shape(code, message, {})), "application/json"
    else:
        body = render_template("error.html", name=error.name, message=message)
        kind = "text/html; charset=utf-8"
    headers = {name: value for name, value in error.get_headers() if name != "Content-Type"}
    return body, status, {**headers, "Content-Type": kind}
