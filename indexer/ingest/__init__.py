"""Ingest: the pages of an article become an edition of a document, or nothing changes.

::

    fetch      address -> response               sites           where each site keeps its article
    pages      sources -> all pages, checked     lookup          title -> address
    extract    page -> title, date, lines        html, lines     its parts
    structure  lines -> document                 headings        the tree of sections
    ids        document -> permanent ids         same_paragraph  old paragraphs to new ones
    ingest     all of it, in order

Only fetch, pages and ingest do input or output.
"""
