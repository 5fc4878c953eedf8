"""Read the untrusted parameters of an address: a Request, and all that is wrong with them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar, get_args

from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import UnprocessableEntity

from indexer.model import Document
from indexer.search.advice import unavailable
from indexer.search.citations import section_named
from indexer.search.limits import HITS, MAX_HITS
from indexer.search.results import Request, Sort, WordsFound

SEARCH = ("q", "section", "document", "sort", "words", "page", "limit")
SORTS: tuple[Sort, ...] = get_args(Sort)
WORDS: tuple[WordsFound, ...] = get_args(WordsFound)
MAX_PAGES = 1_000_000  # more than any corpus has; keeps offsets small
MAX_PARAGRAPHS = 1_000  # whose matches are listed: with more, sorting and paging get slow
SUGGESTIONS = 8  # as many as a phone shows above its keyboard
MAX_SUGGESTIONS = 20  # more than a list under a search box can show
WHOLE_NUMBER = re.compile(r"([0-9]{1,9})(\.0{1,9})?")  # 30.0 is an integer in JSON Schema

Choice = TypeVar("Choice", bound=str)


class ParametersError(UnprocessableEntity):
    """The parameters of a request are invalid; ``details`` has every reason."""

    name = "Invalid parameters"

    def __init__(self, problems: Sequence[Mapping[str, str]]) -> None:
        super().__init__(" ".join(each["message"] for each in problems))
        self.details = problems


@dataclass
class Reader:
    """Reads parameters, and collects ``problems``: a ``parameter`` and a ``message`` each."""

    args: Mapping[str, str]
    problems: list[dict[str, str]] = field(default_factory=list)

    def text(self, name: str) -> str:
        """Return the value of a parameter, empty if it is not given."""
        return self.args.get(name, "")

    def choice(self, name: str, choices: Sequence[Choice]) -> Choice:
        """Return the value of a parameter, one of the choices; by default the first."""
        value = self.text(name)
        if value and value not in choices:
            self.refuse(name, f"“{name}” must be {' or '.join(choices)}, not “{value}”.")
        return next((each for each in choices if each == value), choices[0])

    def number(self, name: str, default: int, most: int) -> int:
        """Return the value of a parameter that is a whole number from 1 to ``most``."""
        value = self.text(name)
        if (whole := WHOLE_NUMBER.fullmatch(value)) and 1 <= (number := int(whole[1])) <= most:
            return number
        if value:
            self.refuse(name, f"“{name}” must be a whole number from 1 to {most:,}, not “{value}”.")
        return default

    def require_valid(self, known: Sequence[str]) -> None:
        """Raise ParametersError if any parameter is invalid, unknown or given twice."""
        for name in self.args:
            if isinstance(self.args, MultiDict) and len(self.args.getlist(name)) > 1:
                self.refuse(name, f"“{name}” is given more than once.")
            if name not in known:
                self.refuse(name, f"Unknown parameter “{name}”. Allowed: {', '.join(known)}.")
        if self.problems:
            raise ParametersError(self.problems)

    def refuse(self, name: str, message: str) -> None:
        """Record what is wrong with a parameter."""
        self.problems.append({"parameter": name, "message": message})


def read_search(reader: Reader, documents: Sequence[Document], limit: int = HITS) -> Request:
    """Return the search asked for, without invalid parameters, which ``reader`` records."""
    document = reader.text("document").lower()
    if document and document not in (each.id for each in documents):
        reader.refuse("document", f"There is no document “{document}”. /api/documents lists them.")
        document = ""
    section, path = reader.text("section").strip(), ""
    if section:
        among = [each for each in documents if document in ("", each.id)]
        path = next((found.path for each in among if (found := section_named(each, section))), "")
        if not path:
            reader.refuse("section", unavailable("section", section, among))
    return Request(
        text=reader.text("q"),
        document=document,
        section=path,
        sort=reader.choice("sort", SORTS),
        words=reader.choice("words", WORDS),
        page=reader.number("page", 1, MAX_PAGES),
        limit=reader.number("limit", limit, MAX_HITS),
    )
