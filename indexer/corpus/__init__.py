"""Read and write the corpus folder. The only package that knows its files.

::

    <document id>/source.toml       where the document comes from; for people to edit
                  editions/1.json   the document as of edition 1
                  snapshots/1/...   the pages of edition 1, byte for byte as received
                  ledger.jsonl      every id ever assigned; naming an edition here commits it
    vocabulary.toml                 names that mean the same; for people to edit

The ledger holds the SHA-256 of each edition, and an edition that of each of its pages. Nothing
damaged is ever served: readers raise CorpusError, which names the file and what to do.
"""

from .reader import (
    check,
    check_vocabulary,
    document_ids,
    fingerprint,
    read_document,
    read_documents,
    read_ledger,
    read_page,
    read_source,
    read_vocabulary,
)
from .writer import store

__all__ = [
    "check",
    "check_vocabulary",
    "document_ids",
    "fingerprint",
    "read_document",
    "read_documents",
    "read_ledger",
    "read_page",
    "read_source",
    "read_vocabulary",
    "store",
]
