"""Read and write the corpus folder. The only package that knows its files.

::

    <document id>/source.toml       where the document comes from; people may edit it
                  editions/1.json   the document as edition 1 has it
                  snapshots/1/...   the pages of edition 1, byte for byte as received
                  ledger.jsonl      every id there ever was; naming an edition here is its commit

The ledger proves each edition by its SHA-256, an edition its pages, and each of the ledger's own
blocks is sealed by the SHA-256 of all that stands before it and in it. Nothing damaged is ever
served: a reader raises CorpusError, which names the file and what to do.
"""

from .files import EditionLine
from .reader import (
    check,
    document_ids,
    editions,
    fingerprint,
    read_document,
    read_documents,
    read_ledger,
    read_page,
    read_source,
)
from .writer import store, store_source

__all__ = [
    "EditionLine",
    "check",
    "document_ids",
    "editions",
    "fingerprint",
    "read_document",
    "read_documents",
    "read_ledger",
    "read_page",
    "read_source",
    "store",
    "store_source",
]
