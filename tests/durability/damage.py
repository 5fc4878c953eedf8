"""Damage files of the index at random: a server answers as before, and a start repairs them."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable

from indexer import corpus
from indexer.search.builds import current
from indexer.search.index import build

from ..conftest import problems
from .scene import PAPER, Place, run, serving

ADDRESSES = (
    "/api/search?q=security",
    "/api/search?q=%22stand-in+text%22&limit=100",
    "/?q=secur*",
    "/api/suggest?q=sec",
    f"/{PAPER}?q=cooperation",
)
RESTART = 10  # damages from one start of the server to the next

Damage = Callable[[bytes, random.Random], bytes]


def _flipped(content: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(content))
    return content[:at] + bytes([content[at] ^ (1 << chance.randrange(8))]) + content[at + 1 :]


DAMAGES: dict[str, Damage] = {
    "cut short": lambda content, chance: content[: chance.randrange(len(content))],
    "zeroed": lambda content, chance: bytes(len(content)),
    "flipped": _flipped,
}


def damage(place: Place, times: int, seed: int) -> str:
    """Damage the index before the server starts and while it serves; return a summary.

    Every answer must be as before. A start must build a damaged index again, and log why.
    """
    chance, seen = random.Random(seed), Counter[str]()
    run(place.ingest(0))
    documents, fingerprint = corpus.read_documents(place.corpus)
    with serving(place) as server:
        wanted = {address: server.get(address) for address in ADDRESSES}
    while seen.total() < times:
        seen[f"{_spoil(place, chance)} before start"] += 1
        with serving(place) as server:
            assert problems(place.index, fingerprint) == []
            for _ in range(RESTART - 1):
                assert {address: server.get(address) for address in ADDRESSES} == wanted
                if seen.total() == times:
                    break
                seen[f"{_spoil(place, chance)} while served"] += 1
                assert {address: server.get(address) for address in ADDRESSES} == wanted
                build(documents, fingerprint, place.index)
            # On a slow machine a process may start so late that it finds the next damage, too.
            assert "building the index: " in server.log, server.log
            assert "Traceback" not in server.log, server.log
    run(place.build())
    run(["check", *place.folders])
    return f"{seen.total()} damages, every answer as before: {dict(sorted(seen.items()))}"


def _spoil(place: Place, chance: random.Random) -> str:
    """Damage or delete a file of the index, or all of them. Return what was done."""
    in_use = current(place.index)
    assert in_use
    kind = chance.choice([*DAMAGES, "deleted", "all deleted"])
    if kind == "all deleted":
        place.index.rename(place.folder / f"deleted-{chance.random()}")
        return kind
    file = chance.choice([place.index / "current", *sorted(in_use.iterdir())])
    if kind == "deleted":
        file.unlink()
    else:
        content = file.read_bytes()
        spoilt = DAMAGES[kind](content, chance) if content else b"x"
        file.write_bytes(spoilt if spoilt != content else b"")
    return kind
