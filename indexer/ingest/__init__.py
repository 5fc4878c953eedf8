"""Ingest: the pages of an article become an edition of a document, or nothing changes.

::

    fetch      address -> response
    pages      sources -> all pages, checked   pager           what a page says of the others
    extract    page -> title, date, text       html, article, lines: its parts
    doubts     pages, document -> sentences that the document lacks
    structure  text -> document                headings        the tree of sections
    ids        document -> permanent ids       same_paragraph  old paragraphs to new ones
    ingest     all of it, in order

Only fetch, pages and ingest do input or output.
"""
