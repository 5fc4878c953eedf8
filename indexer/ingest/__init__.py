"""Ingest: the pages of an article become an edition of a document, or nothing changes.

::

    fetch      address -> what it answers        sites      where each site keeps its article
    gather     sources -> all pages, checked     lookup     title -> address, by a search service
    extract    page -> title, date, lines        markup, blocks: its parts
    structure  lines -> document                 outline: headings -> sections
    ledger     document -> permanent ids         matching: old paragraphs to new ones
    intake     all of it, one after the other

Only fetch, gather and intake do input or output.
"""
