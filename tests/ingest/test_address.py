"""The paper from its own address, as China Daily may serve it: over loopback, with real TLS."""

from __future__ import annotations

import shutil
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from urllib3.util import connection

from indexer import corpus
from indexer.errors import FetchError, IngestError
from indexer.model import Origin

from .conftest import TakeIn, everything
from .loopback import Reply, Site, serve
from .paper import PAGES, PAPER_ID, ROOT
from .render import Variant, render

SOURCE = corpus.read_source(ROOT / "corpus", PAPER_ID)
PAPER = urlsplit(SOURCE.address)
CHINA_DAILY, MIRROR = str(PAPER.hostname), "www.chinaservicesinfo.com"
FOLDER, SLUG = PAPER.path.removesuffix(".html").rsplit("/", 1)
STATE_COUNCIL = urlsplit(SOURCE.copies[1])
SHIPPED = corpus.read_document(ROOT / "corpus", PAPER_ID, 1)
LINKS = Variant(link="//{host}" + FOLDER + "/{page}")


def name(number: int) -> str:
    return f"{SLUG}.html" if number == 1 else f"{SLUG}_{number}.html"


def moved(address: str) -> Reply:
    return Reply(status=301, headers=(("Location", address),))


class Internet:
    """Serves the site ``secure`` to whoever asks for port 443 of any host, else ``plain``."""

    def __init__(self, plain: Site, secure: Site) -> None:
        self.plain, self.secure = plain, secure

    def put_paper(self, host: str, lines: list[list[str]] = PAGES) -> None:
        """Set the three pages, and the alias of the first, with links to ``host``."""
        for number in (1, 2, 3):
            page = render(LINKS, number, host, lines).decode()
            self.secure.put(f"{FOLDER}/{name(number)}", Reply(page.encode()))
            if number == 1:
                self.secure.put(f"{FOLDER}/{SLUG}_1.html", Reply(page.encode()))


@pytest.fixture
def internet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Internet]:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    hosts = [CHINA_DAILY, MIRROR, str(STATE_COUNCIL.hostname), "www.chinadaily.com.cn"]
    names = ",".join(f"DNS:{host}" for host in hosts)
    command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2"
    arguments = ["-subj", "/CN=x", "-addext", f"subjectAltName={names}"]
    files = ["-keyout", str(key), "-out", str(certificate)]
    subprocess.run([*command.split(), *arguments, *files], check=True, capture_output=True)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate, key)
    connect = connection.create_connection
    with serve() as plain, serve(tls) as secure:

        def on_loopback(address: tuple[str, int], *args: Any, **kwargs: Any) -> Any:
            site = secure if address[1] == 443 else plain
            host, _, port = site.host.partition(":")
            return connect((host, int(port)), *args, **kwargs)

        monkeypatch.setattr(connection, "create_connection", on_loopback)
        yield Internet(plain, secure)


@pytest.fixture
def shipped(ingest: TakeIn) -> TakeIn:
    """Ingest into a copy of the corpus that ships."""
    shutil.copytree(ROOT / "corpus", ingest.root)
    return ingest


def test_without_an_argument_the_paper_comes_whole_from_its_own_address(
    internet: Internet, shipped: TakeIn
) -> None:
    internet.put_paper(CHINA_DAILY)
    (outcome,) = shipped()
    document = outcome.document
    assert (document.edition, document.coverage) == (2, "all 3 pages")
    assert document.paragraphs[:28] == SHIPPED.paragraphs
    assert {change.kind for change in outcome.changes} == {"added"}
    source = corpus.read_source(shipped.root, PAPER_ID)
    for number in (1, 2, 3):
        address = f"https://{CHINA_DAILY}{FOLDER}/{name(number)}"
        assert document.origin(number, source) == Origin(address, fetched=True)
    assert internet.secure.paths() == [f"{FOLDER}/{name(number)}" for number in (1, 2, 3)]
    before = everything(shipped.root)
    (again,) = shipped()
    assert again.unchanged
    assert everything(shipped.root) == before
    assert corpus.check(shipped.root, PAPER_ID) == []


def test_by_http_and_the_mirror_and_the_alias_of_page_1(
    internet: Internet, shipped: TakeIn
) -> None:
    internet.put_paper(MIRROR)
    first = f"{FOLDER}/{name(1)}"
    page = internet.secure.replies[first][0]
    internet.plain.put(first, moved(f"https://{CHINA_DAILY}{first}"))
    internet.secure.put(first, moved(f"https://{MIRROR}{FOLDER}/{SLUG}_1.html"), page)
    file = shipped.root / PAPER_ID / "source.toml"
    file.write_text(file.read_text("utf-8").replace("https://govt", "http://govt"), "utf-8")
    (outcome,) = shipped()
    addresses = [page.final_address for page in outcome.document.pages]
    assert addresses == [f"https://{MIRROR}{FOLDER}/{SLUG}_{number}.html" for number in (1, 2, 3)]
    assert outcome.document.paragraphs[:28] == SHIPPED.paragraphs
    (alias,) = shipped(f"https://{MIRROR}{FOLDER}/{SLUG}_1.html")
    assert alias.unchanged


def other_words() -> list[str]:
    """Return the paper in one page, as another site has it: curly quotes and a word of its own."""
    lines = [line for page in PAGES for line in page]
    return [line.replace("'", "’").replace("all-round", "all-around") for line in lines]


def put_copy(internet: Internet) -> None:
    lines = "".join(f"<p>{line}</p>" for line in other_words())
    page = f"""<html><head><title>Full text: {SOURCE.title}</title></head><body>
        <div class="Artical_Title">Full text: {SOURCE.title}</div>
        <div class="Artical_Info">Updated: Jan 11,2017 3:04 PM</div>
        <div class="Artical_Content">{lines}</div>
        <div class="footer">Copyright©2017 www.gov.cn</div></body></html>"""
    internet.plain.put(STATE_COUNCIL.path, Reply(page.encode()))


def test_other_copies_are_tried_only_when_asked_and_each_whole_or_not_at_all(
    internet: Internet, shipped: TakeIn
) -> None:
    put_copy(internet)
    first = urlsplit(SOURCE.copies[0])
    half = Reply(render(Variant(link="{page}", phones=False), 1, str(first.hostname)))
    internet.plain.put(first.path, half)  # its other pages are not there
    before = everything(shipped.root)
    with pytest.raises(FetchError, match=r"404: there is no such page.*--copies tries 4 other"):
        shipped()
    assert internet.plain.paths() == []
    assert everything(shipped.root) == before
    (outcome,) = shipped(copies=True)
    assert any(SOURCE.copies[0] in line and "another article" in line for line in shipped.lines)
    document = outcome.document
    assert document.pages[0].final_address == SOURCE.copies[1]
    assert (document.edition, document.coverage) == (2, "the one page")
    assert [p.id for p in document.paragraphs[:28]] == [p.id for p in SHIPPED.paragraphs]
    assert {change.kind for change in outcome.changes} == {"added", "changed"}
    assert [change.row for change in outcome.changes] == shipped.lines[-len(outcome.changes) :]
    internet.put_paper(CHINA_DAILY)
    (later,) = shipped()
    assert (later.document.edition, later.document.coverage) == (3, "all 3 pages")
    assert later.document.paragraphs[:28] == SHIPPED.paragraphs


def test_when_no_copy_can_be_had_all_reasons_are_said(internet: Internet, shipped: TakeIn) -> None:
    before = everything(shipped.root)
    with pytest.raises(IngestError) as raised:
        shipped(copies=True)
    for address in (SOURCE.address, *SOURCE.copies):
        assert f"page 1: {address} answered 404" in str(raised.value)
    assert everything(shipped.root) == before
