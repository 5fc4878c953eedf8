"""The real server: bad clients, signals, the log."""

from __future__ import annotations

import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from indexer.search.limits import MAX_LENGTH
from tests.conftest import ROOT
from tests.durability.scene import Place, run, serving
from tests.serving import PATIENCE, Served, serve, until
from webapp.server import HEADERS_WITHIN, STOP_WITHIN

CROWD = 500
TOO_LONG = HEADERS_WITHIN / 1000 / 2  # seconds; a server blocked by slow clients takes longer
SECRET = "dialogue consultation"
SECRET_ADDRESS = f"/?q={SECRET.replace(' ', '+')}"


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    with serve("--processes", "2") as server:
        yield server


def status(address: str) -> int:
    try:
        with urlopen(address, timeout=PATIENCE) as answer:
            return int(answer.status)
    except HTTPError as error:
        error.close()
        return error.code


def connect(served: Served) -> socket.socket:
    return socket.create_connection(("127.0.0.1", served.port), PATIENCE)


def others_are_served(served: Served) -> None:
    """Assert that others do not wait until the server gives up on slow clients."""
    times = []
    for _ in range(20):
        began = time.perf_counter()
        assert status(f"{served.address}/?q=peace") == 200
        times.append(time.perf_counter() - began)
    assert statistics.median(times) < TOO_LONG


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"GET /?q=pea",
        b"GET /?q=peace HTTP/1.1\r\nHost: localhost\r\nX-Slow: ",
        b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\nslow",
    ],
    ids=["nothing", "half an address", "half a head", "half a body"],
)
def test_slow_clients_do_not_block_others(served: Served, sent: bytes) -> None:
    with ExitStack() as stack:
        for _ in range(CROWD):
            stack.enter_context(connect(served)).sendall(sent)
        others_are_served(served)


def test_a_crowd_is_answered(served: Served) -> None:
    with ExitStack() as stack:
        crowd = [stack.enter_context(connect(served)) for _ in range(CROWD)]
        for one in crowd:
            one.sendall(
                b"GET /api/suggest?q=pea HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
            )
        for one in crowd:
            assert one.makefile("rb").read().startswith(b"HTTP/1.1 200")


def pour(served: Served, head: bytes, most: int) -> tuple[int, bytes]:
    """Send until the server refuses. Return the bytes sent and the start of its answer."""
    block, sent = b"a" * 65_536, 0
    with connect(served) as one:
        try:
            one.sendall(head)
            while sent < most:
                one.sendall(block)
                sent += len(block)
            return sent, one.recv(100)
        except (BrokenPipeError, ConnectionResetError):
            return sent, b""


def test_an_endless_address_is_cut_off(served: Served) -> None:
    taken, _ = pour(served, b"GET /?q=", 2**26)
    assert taken < 2**24
    others_are_served(served)


def test_a_long_address_is_answered(served: Served) -> None:
    assert status(f"{served.address}/?q={'a' * (MAX_LENGTH + 1)}") == 422
    assert status(f"{served.address}/?q={'a' * 70_000}") in {414, 431}


def test_a_body_too_large_is_not_read(served: Served) -> None:
    head = b"POST /api/search HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10000000000\r\n\r\n"
    pour(served, head, 2**26)
    memory = [Path(f"/proc/{pid}/statm").read_text().split()[1] for pid in served.children()]
    assert max(map(int, memory)) * os.sysconf("SC_PAGE_SIZE") < 2**28
    others_are_served(served)


def answers(served: Served) -> bool:
    try:
        return status(f"{served.address}/healthz") == 200
    except OSError:
        return False


def free(port: int) -> bool:
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except OSError:
        return False
    return True


def test_a_dead_process_is_replaced_and_sigterm_finishes_open_requests() -> None:
    with serve("--processes", "2") as served, ThreadPoolExecutor(8) as pool:
        first, second = served.children()
        os.kill(first, signal.SIGKILL)
        assert until(lambda: len({*served.children(), first, second}) == 3)
        assert until(partial(answers, served))
        asked = [pool.submit(status, f"{served.address}/?q=cooperation&n={n}") for n in range(8)]
        for one in asked[:4]:
            one.result()
        idle = connect(served)
        children = served.children()
        assert served.stop() == 0
        idle.close()
        assert free(served.port)
        assert not any(Path(f"/proc/{child}").exists() for child in children)


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGHUP])
def test_a_terminal_stops_it_at_once(sent: signal.Signals, tmp_path: Path) -> None:
    place = Place(tmp_path, processes=2)
    run(place.ingest(0))
    with serving(place) as server:
        os.killpg(server.process.pid, sent)  # as Ctrl+C and a closed terminal do
        assert server.process.wait(STOP_WITHIN / 2) in (0, -signal.SIGHUP)
        assert "WARNING" not in server.log


def test_nohup_keeps_it_serving(tmp_path: Path) -> None:
    place = Place(tmp_path, processes=1)
    run(place.ingest(0))
    with serving(place, under=("nohup",)) as server:
        server.process.send_signal(signal.SIGHUP)
        time.sleep(1)
        assert server.get("/healthz")


def test_a_killed_server_frees_its_port() -> None:
    with serve("--processes", "2") as served:
        served.process.kill()
        served.process.wait()
        assert until(lambda: free(served.port))


def test_a_name_is_an_address_to_listen_on() -> None:
    with serve("--processes", "1", "--host", "localhost") as served:
        assert status(served.address) == 200


def test_a_port_in_use_is_reported(served: Served, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "webapp", "--index", str(tmp_path)]
    done = subprocess.run(
        [*command, "--port", str(served.port)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "Cannot serve: " in done.stderr
    assert "--port" in done.stderr
    assert "in use" in done.stderr


@pytest.mark.parametrize("asked_for", [False, True])
def test_the_log_has_a_line_for_each_answer_and_queries_on_request(
    tmp_path: Path, asked_for: bool
) -> None:
    addresses = [SECRET_ADDRESS, f"/api/search?q=%22{SECRET.replace(' ', '%0A')}", "/p%0Ax", "/zz"]
    log = tmp_path / "log"
    with serve("--processes", "2", *["--log-queries"] * asked_for, log=log) as served:
        found = [status(served.address + address) for address in addresses]
        assert until(lambda: log.read_text(encoding="utf-8").count('"status"') == len(found))
        lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    answered = [
        (line["path"].partition("?")[0], line["status"]) for line in lines if "status" in line
    ]
    paths = ("/", "/api/search", "/p\nx", "/zz")
    assert sorted(answered) == sorted(zip(paths, found, strict=True))  # two processes write it
    assert (SECRET.split()[1] in log.read_text(encoding="utf-8")) == asked_for
    assert all({"time", "level"} <= set(line) for line in lines)


def test_every_process_serves_a_new_index(tmp_path: Path) -> None:
    index = str(tmp_path / "index")
    with serve("--processes", "2", "--index", index) as served:
        assert until(lambda: age(served) >= 3)
        build = [sys.executable, "-m", "indexer", "build", "--index", index]
        began = time.monotonic()
        subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
        assert until(lambda: all(age(served) <= time.monotonic() - began for _ in range(40)))


def age(served: Served) -> int:
    with urlopen(f"{served.address}/healthz", timeout=PATIENCE) as answer:
        return int(json.load(answer)["index_age"])
