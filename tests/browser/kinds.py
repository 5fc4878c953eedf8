"""Every kind of page, over the corpus that ships."""

from __future__ import annotations

PAPER = "/asia-pacific-security-cooperation-2017"
KINDS = {
    "first": "/",
    "results": "/?q=peace",
    "pages": "/?q=security&page=2&sort=position",
    "narrowed": "/?q=peace&section=II",
    "context": "/?q=peace&view=context&order=before",
    "nothing": "/?q=zebra",
    "some": "/?q=maritime+development&words=some",
    "refused": "/?q=peace&page=x",
    "text": PAPER,
    "marked": f"{PAPER}?q=peace#match-2",
    "paragraph": f"{PAPER}/I/10",
    "matched": f"{PAPER}/I/10?q=conduct#match-1",
    "changed": f"{PAPER}/p/pr2rwtl?t=0000",
    "editions": f"{PAPER}/editions",
    "edition": f"{PAPER}@1",
    "former": f"{PAPER}@1/p/pr2rwtl",
    "help": "/help",
    "missing": "/nothing",
}
