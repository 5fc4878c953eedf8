"""How fast search is beside others over the same paragraphs: ``python -m tests.benchmark``."""
