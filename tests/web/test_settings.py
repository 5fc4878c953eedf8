"""The settings of the application: proxies, host names, compression, the log."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask

from tests.conftest import ROOT
from webapp import create_app
from webapp.__main__ import main
from webapp.server import LogHandler

from .shelf import HARBOURS, build

FORWARDED = {
    "X-Forwarded-For": "192.0.2.7",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "papers.example",
    "X-Forwarded-Prefix": "/white",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("settings")
    build(folder / "corpus")
    return folder


def application(folder: Path, proxies: int = 0, hosts: tuple[str, ...] = ()) -> Flask:
    return create_app(folder / "corpus", folder / "index", proxies=proxies, hosts=hosts)


@pytest.mark.parametrize(
    ("proxies", "root"), [(0, "http://localhost/"), (1, "https://papers.example/white/")]
)
def test_forwarded_headers_are_honoured_behind_a_proxy(
    folder: Path, proxies: int, root: str
) -> None:
    client = application(folder, proxies).test_client()
    answer = client.get("/?q=peace", headers=FORWARDED)
    assert f'data-address="{root}{HARBOURS}' in answer.text
    assert ("Strict-Transport-Security" in answer.headers) == root.startswith("https")
    prefix = root.removeprefix("https://papers.example").removeprefix("http://localhost")
    assert f'href="{prefix}static/style.css?v=' in answer.text
    assert client.get("/help.", headers=FORWARDED).headers["Location"] == f"{prefix}help"
    suggested = client.get("/api/suggest?q=peac", headers=FORWARDED).get_json()["items"]
    links = {item["permalink"].partition("?")[0] for item in suggested}
    assert links >= {root, f"{root}{HARBOURS}"}
    description = client.get("/openapi.json", headers=FORWARDED).get_json()
    assert description["servers"] == [{"url": prefix.rstrip("/") or "/"}]


@pytest.mark.parametrize(
    ("host", "status"), [("papers.example", 200), ("a.lib.example", 200), ("evil.example", 400)]
)
def test_other_hosts_are_refused(folder: Path, host: str, status: int) -> None:
    client = application(folder, hosts=("papers.example", ".lib.example")).test_client()
    answer = client.get("/api/documents", headers={"Host": host})
    assert answer.status_code == status
    assert "Content-Security-Policy" in answer.headers
    assert client.get("/", headers={"Host": host}).status_code == status


@pytest.mark.parametrize("hosts", ["https://A.example/", "a.example,", "*.A.example .a.example"])
def test_host_names_may_be_written_as_addresses(
    folder: Path, hosts: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    served = list[Flask]()
    monkeypatch.setattr("webapp.__main__.serve", lambda load, *_: served.append(load()))
    folders = ["--corpus", str(folder / "corpus"), "--index", str(folder / "index")]
    assert CliRunner().invoke(main, folders, env={"WEB_HOSTS": hosts}).exit_code == 0
    assert served[0].test_client().get("/", headers={"Host": "a.example"}).status_code == 200
    assert served[0].test_client().get("/", headers={"Host": "b.example"}).status_code == 400


def test_an_empty_corpus_is_served(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    client = application(tmp_path).test_client()
    for address in ("/?q=peace", "/help", "/about", "/api", "/quote?text=peace", "/sitemap.xml"):
        assert client.get(address).status_code == 200
    assert "There is no text here yet." in client.get("/").text
    assert "Or start with" not in client.get("/nothing").text


@pytest.mark.parametrize("algorithm", ["gzip", "br", "zstd"])
@pytest.mark.parametrize(
    "address", ["/?q=peace", "/api/search?q=peace", "/search.csv?q=milestone", "/"]
)
def test_answers_are_compressed_and_revalidated(folder: Path, address: str, algorithm: str) -> None:
    client = application(folder).test_client()
    plain = client.get(address)
    asked = {"Accept-Encoding": algorithm}
    packed = client.get(address, headers=asked)
    assert packed.headers["Content-Encoding"] == algorithm
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert len(packed.data) < len(plain.data) / 2
    assert packed.headers["ETag"] != plain.headers["ETag"]
    again = client.get(address, headers={**asked, "If-None-Match": packed.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_a_static_file_is_cached_under_the_address_of_its_content(folder: Path) -> None:
    client = application(folder).test_client()
    page = client.get("/").text
    address = page.partition('href="/static/style.css')[2].partition('"')[0]
    with client.get(f"/static/style.css{address}", headers={"Accept-Encoding": "br"}) as kept:
        assert "max-age" in kept.headers["Cache-Control"]
        assert kept.headers["Content-Encoding"] == "br"


@pytest.mark.parametrize("queries", [False, True])
def test_an_error_is_one_line_without_its_message(
    capfd: pytest.CaptureFixture[str], queries: bool
) -> None:
    lines = LogHandler(queries)
    logger = logging.Logger("errors")
    logger.addHandler(lines)
    try:
        raise ValueError("secret\nwords")
    except ValueError:
        logger.exception("Exception on %s", "/")
    lines.close()
    said = json.loads(capfd.readouterr().err)
    assert said["message"] == "Exception on /"
    assert said["error"] == ("ValueError('secret\\nwords')" if queries else "ValueError")
    assert "test_an_error_is_one_line_without_its_message" in said["trace"][-1]


def test_a_log_that_nobody_reads_blocks_nothing() -> None:
    code = """
import logging
from webapp.server import WAITING, LogHandler
lines = LogHandler()
for _ in range(2 * WAITING):
    lines.handle(logging.LogRecord("x", logging.INFO, "", 0, "y" * 100, None, None))
"""
    with subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.PIPE, cwd=ROOT) as busy:
        assert busy.wait(30) == 0
        assert busy.stderr
        assert busy.stderr.readline().endswith(b"}\n")
