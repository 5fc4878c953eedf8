"""Every kind of page."""

from __future__ import annotations

from urllib.parse import quote

PAPER = "/asia-pacific-security-cooperation-2017"
# Over the shipped corpus.
QUOTED = quote(
    "“China is not committed to promoting peace” … in this region (I ¶1)\n\n"
    "“the strongest potential in the world”\n\nGrass grows on the roofs of the long houses."
)
KINDS = {
    "first": "/",
    "results": "/?q=peace",
    "pages": "/?q=security&page=2&sort=position&limit=10",
    "narrowed": "/?q=peace&section=II",
    "context": "/?q=peace&view=context&order=before",
    "nothing": f"/?q={'zebra' * 20}",
    "some": "/?q=maritime+development&words=some",
    "refused": "/?q=peace&page=x&sort=size",
    "place": "/?q=II.1+¶3",
    "text": PAPER,
    "marked": f"{PAPER}?q=peace#match-2",
    "paragraph": f"{PAPER}/I/10",
    "matched": f"{PAPER}/I/10?q=conduct#match-1",
    "changed": f"{PAPER}/p/pr2rwtl?t=0000",
    "section": f"{PAPER}/II.1/cite",
    "editions": f"{PAPER}/editions",
    "edition": f"{PAPER}@1",
    "former": f"{PAPER}@1/p/pr2rwtl",
    "help": "/help",
    "about": "/about",
    "api": "/api",
    "quote": "/quote",
    "quoted": f"/quote?text={QUOTED}",
    "quoted wrongly": "/quote?text=…",
    "missing": "/nothing",
}

# Over the two small papers of tests/web/shelf.py, which have a history.
HARBOURS = "/harbours-2001"
TWO = {
    "several texts": "/",
    "results in several": "/?q=peace",
    "context in several": "/?q=peace&view=context",
    "one of several": "/?q=road*&document=roads-2002&page=2&limit=20",
    "source linked": "/roads-2002?q=peace",
    "gone": f"{HARBOURS}/p/phbx3qq",
    "since": f"{HARBOURS}/p/p734zzj?t=0c1c",
    "changes": f"{HARBOURS}/editions",
}
# The status of a page, unless it is 200.
STATUS = {"refused": 422, "quoted wrongly": 422, "missing": 404, "gone": 410}
