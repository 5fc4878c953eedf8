"""Damage files of the index at random while they are served: every answer is as before."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from indexer import corpus
from indexer.search.index import current, problems

from .scene import PAPER, Place, Server, run, serving

ADDRESSES = (
    "/api/search?q=security",
    "/api/search?q=%22stand-in+text%22&limit=100",
    "/?q=secur*",
    "/api/suggest?q=sec",
    f"/{PAPER}?q=cooperation",
)
MENDED = 5  # seconds until an index that was damaged must be another: found within one, and built
RESTART = 20  # damages between two starts of the server

Damage = Callable[[bytes, random.Random], bytes]


def _flipped(content: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(content))
    return content[:at] + bytes([content[at] ^ (1 << chance.randrange(8))]) + content[at + 1 :]


DAMAGES: dict[str, Damage] = {
    "cut short": lambda content, chance: content[: chance.randrange(len(content))],
    "zeroed": lambda content, chance: bytes(len(content)),
    "flipped": _flipped,
}


def damage(folder: Path, times: int, seed: int) -> str:
    """Damage the index while it is served and while it is not; what was seen, in a line.

    Every answer is as before. The log names the file, and another index is built.
    """
    place, chance, seen = Place(folder), random.Random(seed), Counter[str]()
    run(place.ingest(0))
    with serving(place) as server:
        wanted = {address: server.get(address) for address in ADDRESSES}
    while seen.total() < times:
        seen[f"{_spoil(place, chance)} before start"] += 1
        with serving(place) as server:
            _until_built(place, server, 0)
            for built in range(1, RESTART):
                assert {address: server.get(address) for address in ADDRESSES} == wanted
                if seen.total() == times:
                    break
                seen[f"{_spoil(place, chance)} while served"] += 1
                address = chance.choice(ADDRESSES)
                assert server.get(address) == wanted[address], address
                _until_built(place, server, built)
            assert "Traceback" not in server.log, server.log
    run(place.build())
    run(["check", *place.folders])
    return f"{seen.total()} damages, every answer as before: {dict(sorted(seen.items()))}"


def _spoil(place: Place, chance: random.Random) -> str:
    """Damage a file, or delete one or all; what was done."""
    build = current(place.index)
    assert build
    kind = chance.choice([*DAMAGES, "deleted", "all deleted"])
    if kind == "all deleted":
        place.index.rename(place.folder / f"deleted-{chance.random()}")
        return kind
    file = chance.choice([place.index / "current", *sorted(build.iterdir())])
    if kind == "deleted":
        file.unlink()
    else:
        content = file.read_bytes()
        spoilt = DAMAGES[kind](content, chance) if content else b"x"
        file.write_bytes(spoilt if spoilt != content else b"")
    return kind


def _until_built(place: Place, server: Server, times: int) -> None:
    """Wait until the index was built at start and so often since, each time with its reason."""
    end, fingerprint = time.monotonic() + MENDED, corpus.fingerprint(place.corpus)
    while server.log.count("building the index: ") <= times or problems(place.index, fingerprint):
        assert time.monotonic() < end, server.log
        time.sleep(0.02)
    assert server.log.count("building the index: ") == 1 + times, server.log
