"""Bad input in bulk: addresses and queries that are drawn, pages that are damaged.

Short with all other tests; long, with what was drawn told at the end, by

    python -m pytest tests/campaign --hypothesis-profile=campaign --hypothesis-show-statistics

which asks 50,000 addresses, 20,000 more by the API's own terms, and reads 10,000 damaged pages.
"""
