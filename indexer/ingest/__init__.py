"""Ingest: fetch, extract, structure, ledger."""
