"""Ingest: the pages of an article become an edition of a document, or nothing changes."""
