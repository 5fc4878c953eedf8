"""Bad input in bulk: addresses and queries that are drawn, pages that are damaged.

A little of it is drawn with all other tests. Fifty times as much, with an account of it, by

    python -m pytest tests/campaign tests/web/test_feeds.py \\
        --hypothesis-profile=campaign --hypothesis-show-statistics

What goes on from the input that took a new way through the code:

    python -m pip install -r tests/campaign/requirements.txt
    python -m tests.campaign.fuzz page
    python -m tests.campaign.fuzz query
"""
