"""The API described as OpenAPI 3.1, with the documents and sections of the corpus."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, TypeAlias, get_args

from flask import render_template

from indexer.diff import ID
from indexer.model import Document
from indexer.search import limits
from indexer.search.checked import Verdict
from indexer.search.comparison import Op
from indexer.search.results import MatchKind
from indexer.search.suggest import Kind

from . import params

Schema: TypeAlias = dict[str, Any]


def description(documents: Sequence[Document]) -> Schema:
    """Return the OpenAPI description of the API over these documents."""
    text = render_template(
        "openapi.json",
        names=[each.id for each in documents],
        sections=sorted({each.path for document in documents for each in document.sections}),
        limits=limits,
        params=params,
        id_pattern=ID.pattern,
        changes=get_args(Op),
        kinds=get_args(Kind),
        matches=get_args(MatchKind),
        verdicts=get_args(Verdict),
    )
    described: Schema = json.loads(text, object_hook=_require_all)
    return described


def _require_all(schema: Schema) -> Schema:
    """Return the schema of an object with all of its properties required; others as they are."""
    if "properties" in schema:
        return {"type": "object", "required": list(schema["properties"]), **schema}
    return schema
