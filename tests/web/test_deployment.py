"""DEPLOYMENT.md is right: its nginx in front of the server, and its list of licences."""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from email.message import Message
from http.client import HTTPConnection
from importlib.metadata import distribution
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

import pytest
from packaging.requirements import Requirement

from indexer.quotation.check import MAX_CHARACTERS
from tests.conftest import ROOT
from tests.serving import serve, until

PAGE = (ROOT / "webapp" / "DEPLOYMENT.md").read_text(encoding="utf-8")
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
HOST = "papers.example"
WHOLE = """
{user} daemon off; pid {folder}/pid; error_log {folder}/start.log;
events {{ }}
http {{
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    {site}
}}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("nginx")


@pytest.fixture(scope="module")
def port(folder: Path) -> Iterator[int]:
    """The port of an nginx, configured as DEPLOYMENT.md says, in front of a server."""
    if NGINX is None:
        pytest.skip("nginx is not installed: apt-get install nginx-light")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with serve("--proxies", "1", "--hosts", HOST) as served:
        site = PAGE.partition("```nginx\n")[2].partition("```")[0]
        for said, here in (
            ("listen 80;", f"listen 127.0.0.1:{port};"),
            ("127.0.0.1:8000", f"127.0.0.1:{served.port}"),
            ("/var/cache/nginx", str(folder)),
            ("/var/log/nginx", str(folder)),
        ):
            assert said in site
            site = site.replace(said, here)
        user = "user root;" if os.geteuid() == 0 else ""  # it must read the folder
        (folder / "conf").write_text(WHOLE.format(folder=folder, site=site, user=user))
        command = [NGINX, "-c", str(folder / "conf"), "-e", str(folder / "start.log")]
        with subprocess.Popen(command) as nginx:
            try:
                _wait(port, nginx)
                yield port
            finally:
                nginx.terminate()


def _wait(port: int, nginx: subprocess.Popen[bytes]) -> None:
    while nginx.poll() is None:
        try:
            return socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.05)
    raise OSError("nginx did not start")


class Answer(NamedTuple):
    status: int
    headers: Message
    content: bytes


def get(port: int, path: str, headers: Mapping[str, str] | None = None) -> Answer:
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", path, headers={"Host": HOST, **(headers or {})})
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return Answer(answer.status, answer.headers, content)


def test_pages_are_compressed_and_revalidated(port: int) -> None:
    packed = get(port, "/?q=peace", {"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == get(port, "/?q=peace").content
    again = {"Accept-Encoding": "gzip", "If-None-Match": packed.headers["ETag"]}
    assert get(port, "/?q=peace", again).status == 304


def test_static_files_and_editions_are_cached(port: int) -> None:
    style = re.search(rb"/static/style\.css\?v=\w+", get(port, "/").content)
    assert style
    assert [get(port, style[0].decode()).headers["X-Cache"] for _ in range(2)] == ["MISS", "HIT"]
    assert "X-Cache" not in get(port, "/?q=peace").headers


def test_links_use_the_requested_host(port: int) -> None:
    lies = {"X-Forwarded-Prefix": "/lie", "X-Forwarded-Host": "lie.example"}
    page = get(port, "/?q=peace", lies).content.decode()
    assert f'data-address="http://{HOST}/' in page
    assert "lie" not in re.sub(
        r"\bbelie\w+|\bearlier\b|\bclient\w*", "", page.partition("<main")[0]
    )
    assert get(port, "/", {"Host": "lie.example"}).status == 400


def test_large_bodies_are_refused_by_nginx(port: int) -> None:
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("POST", "/", b"x" * 2000, {"Host": HOST})
    assert connection.getresponse().status == 413
    connection.close()


@pytest.mark.parametrize("path", ["/quote", "/api/quote"])
def test_long_quotations_pass_through_nginx(port: int, path: str) -> None:
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    form = {"Host": HOST, "Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", path, urlencode({"text": "和平 " * (MAX_CHARACTERS // 3)}), form)
    assert connection.getresponse().status == 200
    connection.close()


def test_the_log_of_nginx_has_no_queries(port: int, folder: Path) -> None:
    log = folder / "papers.log"

    def searches() -> int:
        return [json.loads(line)["path"] for line in log.read_text().splitlines()].count("/")

    before = searches()
    assert get(port, "/?q=dialogue").status == 200
    assert until(lambda: searches() > before)  # nginx answers first
    assert "dialogue" not in log.read_text()


def test_every_installed_package_has_its_licence_listed() -> None:
    text = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    open_ends = [Requirement(line.partition("#")[0]) for line in text.splitlines()[1:]]
    needed = set()
    while open_ends:
        requirement = open_ends.pop()
        if requirement.marker and not requirement.marker.evaluate({"extra": ""}):
            continue
        found = distribution(requirement.name)
        if found.name not in needed:
            needed.add(found.name)
            open_ends += [Requirement(each) for each in found.requires or ()]
    table = PAGE.partition("| package | licence |")[2]
    assert {name for name in needed if name not in re.split(r"[|,\s]+", table)} == set()
