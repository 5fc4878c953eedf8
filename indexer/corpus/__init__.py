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

from .reader import check as check
from .reader import document_ids as document_ids
from .reader import noting as noting
from .reader import read_document as read_document
from .reader import read_documents as read_documents
from .reader import read_ledger as read_ledger
from .reader import read_page as read_page
from .reader import read_source as read_source
from .reader import read_vocabulary as read_vocabulary
from .reader import require_id as require_id
from .writer import store as store
