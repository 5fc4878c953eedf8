"""All errors, as one tree. Each message says what is wrong, where, and what to do next."""


class WhitePaperError(Exception):
    """Any failure, with a message for the user."""


class IngestError(WhitePaperError):
    """A document could not be ingested; the corpus is unchanged."""


class FetchError(IngestError):
    """An address could not be read."""


class PageError(IngestError):
    """A page is not what it should be."""


class EditionError(IngestError):
    """The pages do not make an edition that can be trusted."""


class CorpusError(WhitePaperError):
    """A file of the corpus is missing, damaged or unusable."""


class IndexFolderError(WhitePaperError):
    """The index is missing, damaged or older than the corpus."""


class QueryError(WhitePaperError):
    """A query exceeds a limit."""
