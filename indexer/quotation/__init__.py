"""Quotations: whether the text has them word for word, and if not, what differs."""
