"""Compare the speed of search engines over the same paragraphs: ``python -m tests.benchmark``."""
