"""Quotations are checked on the page and through the API, and older editions are, too."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from .shelf import HARBOURS, LIGHTS, PEACE, PILOTS, SEAT, WELCOME

PROMISED = ["text", "verdict", "id", "document", "citation", "url", "start", "stop", "found"]


def test_the_answer_is_as_promised(client: FlaskClient, names: dict[str, str]) -> None:
    text = "on trade, and on the patience of neighbours"
    answer = client.get("/api/quote", query_string={"text": text}).get_json()
    assert list(answer) == ["quote", "verdict", "searched", "parts"]
    assert (answer["quote"], answer["verdict"]) == (text, "verbatim")
    assert client.post("/api/quote", query_string={"text": text}).get_json() == answer
    (part,) = answer["parts"]
    assert list(part)[:10] == [*PROMISED, "changes"]
    assert part["id"] == names["II ¶1"]
    assert (part["document"], part["citation"]) == (HARBOURS, "II ¶1")
    assert part["url"] == f"/{HARBOURS}/p/{part['id']}"
    assert PEACE[part["start"] : part["stop"]] == part["found"] == text
    assert [(each["op"], each["quoted"]) for each in part["changes"]] == [("equal", text)]
    assert client.get(part["url"]).status_code == 200


def test_a_part_that_is_absent_has_no_place(client: FlaskClient) -> None:
    answer = client.get("/api/quote?text=The+grass+is+greener+over+there").get_json()
    (part,) = answer["parts"]
    assert answer["verdict"] == part["verdict"] == "absent"
    assert [part[key] for key in PROMISED[2:]] == [None] * 7
    assert part["changes"] == []


@pytest.mark.parametrize("kind", ["txt", "md"])
def test_a_download_is_word_for_word(client: FlaskClient, kind: str) -> None:
    text = client.get(f"/{HARBOURS}.{kind}").get_data(as_text=True)
    answer = client.post("/api/quote", data={"text": text}).get_json()
    assert answer["verdict"] == "verbatim"
    assert not [part for part in answer["parts"] if part["named"] and not part["named"]["agrees"]]


@pytest.mark.parametrize("how", ["form", "json"])
def test_long_quotations_are_posted(client: FlaskClient, how: str) -> None:
    text = "\n\n".join([WELCOME, PILOTS, PEACE] * 20)
    given = {"text": text}
    data, json = (given, None) if how == "form" else (None, given)
    answer = client.post("/api/quote", data=data, json=json)
    assert answer.get_json()["verdict"] == "verbatim"
    assert len(answer.get_json()["parts"]) == 60
    assert client.post("/quote", data=given).status_code == 200


@pytest.mark.parametrize(
    ("method", "text", "reason"),
    [
        ("POST", "word " * 5000, "The quotation has 25,000 characters; the limit is 20,000."),
        ("GET", None, "“text” is missing"),
        ("POST", None, "“text” is missing"),
    ],
)
def test_what_cannot_be_checked_is_refused(
    client: FlaskClient, method: str, text: str | None, reason: str
) -> None:
    given = {} if text is None else {"text": text}
    answer = _asked(client, "/api/quote", method, given)
    assert answer.status_code == 422
    assert reason in answer.get_json()["error"]["message"]
    if text is not None or method == "POST":
        page = _asked(client, "/quote", method, given)
        assert page.status_code == 422
        assert reason in page.get_data(as_text=True)


def _asked(client: FlaskClient, where: str, method: str, given: dict[str, str]) -> TestResponse:
    if method == "GET":
        return client.get(where, query_string=given)
    return client.post(where, data=given)


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        ("{", "application/json", 400),
        ("[1]", "application/json", 422),
        ('{"text": 5}', "application/json", 422),
        ('{"text": "' + "'ships' " * 101 + '"}', "application/json", 422),
        ('{"text": "ships \\ud800"}', "application/json", 400),
        ("[" * 100_000, "application/json", 400),
        ('{"text": "ships", "x": 1}', "application/json", 422),
        ("text=" + "%F0%9F%8C%8A" * 30_000, "application/x-www-form-urlencoded", 413),
    ],
)
def test_bad_bodies_are_errors_in_json(
    client: FlaskClient, body: str, kind: str, status: int
) -> None:
    answer = client.post("/api/quote", data=body, content_type=kind)
    assert answer.status_code == status
    assert answer.get_json()["error"]["message"]


def test_a_text_without_words_is_refused_by_the_page(client: FlaskClient) -> None:
    page = client.get("/quote?text=%E2%80%A6")
    assert page.status_code == 422
    assert "Enter a quotation: at least one word." in page.get_data(as_text=True)
    assert client.get("/api/quote?text=%E2%80%A6").get_json()["parts"] == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (
            "“Pilots guide the ships past the northern reef.”",
            ["The text has these words, in this order", ">I.1 ¶1, Harbours"],
        ),
        (
            "Pilots guide the ships past the southern reef",
            [
                "The text does not have exactly these words",
                '<del><span class="side">quotation: </span>southern</del>',
                '<ins><span class="side">text: </span>northern</ins>',
            ],
        ),
        ("asks nothing but a name", ['<ins><span class="side">text: </span>of them</ins>']),
        ("They ask two months", ["The available text has nothing like this", "What is missing"]),
        ("The Milestones", ["These words are not in a paragraph", "This is the heading of II."]),
        ("each for three months of the year", ["This changes a number: the text has “two”"]),
        ("asks everything of them (II ¶1)", ["cites II ¶1, but the words are in Preface ¶1."]),
        ("northern REEF", ["Only this differs: letter case."]),
        ("Milestone number 3 \n\n northern reef", ['<h2 id="verdict">Both parts are word for']),
        (
            "asks nothing of them … the northern reef",
            ["2. The text has these words, but not in this place", "two separate sentences"],
        ),
        ("Milestone number 3 \n\n grass", ["1 of 2 parts is word for word", "<h3>1. The text has"]),
    ],
)
def test_the_page_says(client: FlaskClient, text: str, shown: list[str]) -> None:
    page = client.get("/quote", query_string={"text": text}).get_data(as_text=True)
    for each in shown:
        assert each in page, page


def test_older_editions_are_checked(client: FlaskClient) -> None:
    for text, edition in ((SEAT, 1), (LIGHTS, 2)):
        answer = client.get("/api/quote", query_string={"text": text}).get_json()
        (part,) = answer["parts"]
        assert (answer["verdict"], part["edition"]) == ("verbatim", edition)
        assert f"@{edition}/p/" in part["url"]
        assert text[: part["stop"] - part["start"]] == part["found"]
        assert text in client.get(part["url"]).get_data(as_text=True)
        page = client.get("/quote", query_string={"text": text}).get_data(as_text=True)
        assert f"Version {edition} has these words; the current one does not." in page


def test_the_link_marks_the_words(client: FlaskClient) -> None:
    page = client.get("/quote?text=past+the+northern+REEF").get_data(as_text=True)
    address = next(part for part in page.split('"') if "/p/" in part).replace("&amp;", "&")
    assert parse_qs(urlsplit(address).query) == {"q": ['"past the northern reef"']}
    assert "<mark>past the northern reef</mark>" in _without_ids(client, address)
    page = client.get("/quote", query_string={"text": PEACE}).get_data(as_text=True)
    assert (
        "#:~:text=Peace%20among%20the%20coastal%20towns%20rests,peace%20through%20consultation"
        in page
    )


def _without_ids(client: FlaskClient, address: str) -> str:
    text = client.get(address).get_data(as_text=True)
    return text.replace(' id="match-1"', "")


def test_a_printed_check_shows_the_permalink(client: FlaskClient, names: dict[str, str]) -> None:
    page = client.get("/quote?text=past+the+northern+reef").get_data(as_text=True)
    assert f'data-address="http://localhost/{HARBOURS}/p/{names["I.1 ¶1"]}"' in page


def test_the_example_is_a_quotation(client: FlaskClient) -> None:
    page = client.get("/quote").get_data(as_text=True)
    address = next(part for part in page.split('"') if part.startswith("/quote?text="))
    assert "The text has these words, in this order" in client.get(address).get_data(as_text=True)


def test_hostile_words_stay_words(client: FlaskClient) -> None:
    page = client.get("/quote?text=%3Cscript%3Ealert(1)%3C/script%3E").get_data(as_text=True)
    assert "<script>alert" not in page
