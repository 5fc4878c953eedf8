"""Ingest and build while the server answers: each answer is of the old or the new index."""

from __future__ import annotations

import hashlib
import http.client
import random
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from webapp import create_app

from .scene import PAPER, Place, run, serving, spelled

TAKEN_UP = 2.0  # seconds in which a new index must be served


@dataclass
class Answer:
    """An answer, and when it was asked for and given."""

    asked: float
    given: float
    address: str
    status: int
    digest: str


@dataclass
class Era:
    """The time in which an edition may be served, and its answers."""

    begins: float
    answers: dict[str, tuple[int, str]]
    ends: float = float("inf")


@dataclass
class Outcome:
    """The number of answers, in all and of each era, and the wrong ones."""

    builds: int
    answers: int = 0
    by_era: Counter[int] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


def swap(
    folder: Path, seconds: float, builds: int, threads: int, taken_up: float = TAKEN_UP
) -> Outcome:
    """Send requests from some threads while the index is built again and again; judge each answer.

    Every other build is of a new edition, which must be served within ``taken_up`` seconds.
    """
    place, stop = Place(folder), threading.Event()
    run(place.ingest(0))
    answers: list[list[Answer]] = [[] for _ in range(threads)]
    with serving(place) as server:
        address = server.address().removeprefix("http://")
        addresses = _addresses(builds)
        eras = [Era(0, _expected(place, 0, address, addresses))]
        asking = [
            threading.Thread(target=_ask, args=(address, addresses, stop, kept, seed))
            for seed, kept in enumerate(answers)
        ]
        start = time.monotonic()
        for thread in asking:
            thread.start()
        for number in range(1, builds + 1):
            time.sleep(max(0, start + number * seconds / (builds + 1) - time.monotonic()))
            if number % 2:
                begins = time.monotonic()
                run(place.ingest(number))
                eras[-1].ends = time.monotonic() + taken_up
                eras.append(Era(begins, _expected(place, number, address, addresses)))
            else:
                run(place.build())
        server.wait_for_edition(len(eras))
        time.sleep(max(1, start + seconds - time.monotonic()))
        stop.set()
        for thread in asking:
            thread.join()
        assert server.process.poll() is None, server.log
        assert "Traceback" not in server.log, server.log
    for address in addresses:  # or its answers would prove nothing
        assert len({era.answers[address] for era in eras}) > 1, address
    return _judged(eras, [answer for kept in answers for answer in kept], builds)


def _addresses(builds: int) -> list[str]:
    marks = [spelled(number) for number in range(0, builds + 1, 3)]
    return [
        *(f"/api/search?q={mark}" for mark in marks),
        *(f"/?q={word}" for word in ("edition", "stand-in+text", "%22no+other%22", "zyx*")),
        "/api/search?q=security+OR+only&limit=50&sort=position",
        "/search.csv?q=sentences",
        "/api/suggest?q=zyx",
        f"/{PAPER}?q=edition",
        f"/{PAPER}/editions",
    ]


def _expected(
    place: Place, number: int, host: str, addresses: list[str]
) -> dict[str, tuple[int, str]]:
    """Return the answers of a server that has only ever seen this corpus."""
    app = create_app(place.corpus, place.folder / f"expected-{number}")
    client, found = app.test_client(use_cookies=False), {}
    for address in addresses:
        answer = client.get(address, base_url=f"http://{host}")
        found[address] = (answer.status_code, _digest(answer.data))
    return found


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _ask(
    host: str, addresses: list[str], stop: threading.Event, kept: list[Answer], seed: int
) -> None:
    chosen, connection = random.Random(seed), http.client.HTTPConnection(host, timeout=30)
    while not stop.is_set():
        address, asked = chosen.choice(addresses), time.monotonic()
        try:
            connection.request("GET", address)
            answer = connection.getresponse()
            status, digest = answer.status, _digest(answer.read())
        except (OSError, http.client.HTTPException) as error:
            status, digest = 0, repr(error)
            connection.close()
        kept.append(Answer(asked, time.monotonic(), address, status, digest))
    connection.close()


def _judged(eras: list[Era], answers: list[Answer], builds: int) -> Outcome:
    outcome = Outcome(builds, len(answers))
    for answer in answers:
        given = answer.status, answer.digest
        of = [number for number, era in enumerate(eras) if era.answers[answer.address] == given]
        when = [n for n in of if eras[n].begins <= answer.given and answer.asked <= eras[n].ends]
        if when:
            outcome.by_era[when[0]] += 1
        else:
            outcome.wrong.append(f"{answer}, which is the answer of {of}")
    return outcome
