"""Every page says where its text is from; the pages about the site say the rest."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from webapp.about import long_day, publisher

from .shelf import HARBOURS, ROADS
from .test_pages import read


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://govt.chinadaily.com.cn/s/1.html", "China Daily"),
        ("http://english.www.gov.cn/archive/1.htm", "the State Council"),
        ("http://english.scio.gov.cn/1.htm", "the State Council Information Office"),
        ("http://www.china.org.cn/1.htm", "China.org.cn"),
        ("https://example.org/1.html", "example.org"),
    ],
)
def test_publisher(address: str, name: str) -> None:
    assert publisher(address) == name


def test_a_day_is_written_out() -> None:
    assert long_day("2017-02-03T23:59:59Z") == "3 February 2017"


@pytest.mark.parametrize(
    "address", ["/", "/?q=peace", f"/{ROADS}", "/help", "/quote", "/about", "/api", "/nothing"]
)
def test_every_page_has_a_line_on_its_source(client: FlaskClient, address: str) -> None:
    page = read(client, address)
    said = " ".join(page.text.split())
    assert "Text from example.org, captured on 7 May 2002. Unofficial copy" in said
    assert {"/about", "/api"} <= set(page.all("href"))


def test_about_lists_what_is_here_and_what_is_not(client: FlaskClient) -> None:
    page = read(client, "/about")
    said = " ".join(page.text.split())
    assert "Page 1 of 2 of the source, 4 paragraphs." in said
    assert "III. Sails" in said
    assert {f"/{HARBOURS}", f"/{ROADS}", f"/{HARBOURS}/editions"} <= set(page.all("href"))


def test_every_example_of_the_api_runs(client: FlaskClient) -> None:
    addresses = [each for each in read(client, "/api").all("href") if each.startswith("/api/")]
    assert len(addresses) == 6
    for address in addresses:
        assert client.get(address).status_code == 200


def test_the_api_lists_every_parameter_of_a_search(client: FlaskClient) -> None:
    shown = client.get("/api").get_data(as_text=True)
    for name in ("q", "section", "document", "sort", "words", "page", "limit"):
        assert f'<th scope="row"><code>{name}</code></th>' in shown
