"""What can go wrong, as one tree. A message says what, where, and what to do next.

::

    WhitePaperError
    ├── IngestError         pages could not be taken in; nothing that is stored has changed
    │   ├── FetchError      an address could not be read
    │   ├── PageError       a page was read, and is not what it should be
    │   └── EditionError    the pages make no edition that can be trusted
    ├── CorpusError         a file of the corpus is missing, damaged or of no use
    ├── IndexFolderError    the index is missing, damaged or older than the corpus
    └── QueryError          a query that is over a limit
"""

from __future__ import annotations


class WhitePaperError(Exception):
    """Anything that this project could not do, said in words for its user."""


class IngestError(WhitePaperError):
    """Pages could not be taken in; the corpus is as it was."""


class FetchError(IngestError):
    """An address could not be read."""


class PageError(IngestError):
    """A page was read, and is not what it should be."""


class EditionError(IngestError):
    """The pages make no edition that can be trusted."""


class CorpusError(WhitePaperError):
    """A file of the corpus is missing, damaged or of no use."""


class IndexFolderError(WhitePaperError):
    """The index is missing, damaged or older than the corpus."""


class QueryError(WhitePaperError):
    """A query is over a limit."""
