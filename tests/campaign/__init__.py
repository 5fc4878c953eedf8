"""Bad input in bulk: random addresses and queries, damaged pages.

How to draw much of it, and what came of it, is in the README of the tests.
"""
