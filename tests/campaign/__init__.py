"""Bad input in bulk: addresses and queries that are drawn, pages that are damaged.

How to draw much of it, and what came of it, is in the README of the tests.
"""
