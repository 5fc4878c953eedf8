"""Ingest a white paper, keep its paragraphs under permanent ids, and search them."""
