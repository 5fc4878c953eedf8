"""Read and write the corpus folder. Only this package knows its files, which its README describes.

Nothing damaged is ever returned: readers raise CorpusError, which names the file and what to do.
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
