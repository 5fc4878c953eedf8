"""The JSON API keeps its promises, in every answer and every error."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest
from flask.testing import FlaskClient

from webapp.state import Library

from .shelf import HARBOURS, PEACE, PILOTS, ROADS, SEAT

PROMISED = ["query", "total", "page", "pages", "suggestion", "hits", "facets"]
PROMISED_OF_A_HIT = [
    *("id", "document", "section", "number", "page", "url", "score", "heading", "text", "snippet")
]


def test_an_answer_is_as_promised(client: FlaskClient, names: dict[str, str]) -> None:
    answer = client.get("/api/search?q=dispute").get_json()
    assert set(PROMISED) <= set(answer)
    assert answer["query"]["text"] == "dispute"
    assert "dispute" in answer["query"]["understood"]
    assert (answer["total"], answer["page"], answer["pages"]) == (1, 1, 1)
    hit = answer["hits"][0]
    assert set(PROMISED_OF_A_HIT) <= set(hit)
    assert hit["id"] == names["II ¶1"]
    assert (hit["document"], hit["section"], hit["number"]) == ("harbours-2001", "II", 1)
    assert hit["page"] == 1
    assert hit["url"] == f"/harbours-2001/p/{hit['id']}"
    assert hit["heading"] == ["II. Peace of the Coast"]
    assert hit["text"] == PEACE
    matched = [hit["snippet"]["text"][start:stop] for start, stop in hit["snippet"]["spans"]]
    assert matched == ["dispute"]
    assert answer["facets"]["section"] == [
        {"value": "II", "label": "II. Peace of the Coast", "count": 1}
    ]


@pytest.mark.parametrize(
    ("query", "total", "on_page", "pages"),
    [
        ("q=milestone", 25, 10, 3),
        ("q=milestone&limit=7&page=4", 25, 4, 4),
        ("q=milestone&limit=7.0&page=4.00", 25, 4, 4),
        ("q=milestone&limit=200", 25, 25, 1),
        ("q=milestone&page=9", 25, 0, 3),
        ("q=milestone&section=I", 0, 0, 0),
        ("q=peace&document=roads-2002", 2, 2, 1),
        ("q=", 0, 0, 0),
        ("", 0, 0, 0),
    ],
)
def test_paging_and_filters(
    client: FlaskClient, query: str, total: int, on_page: int, pages: int
) -> None:
    answer = client.get(f"/api/search?{query}").get_json()
    assert (answer["total"], len(answer["hits"]), answer["pages"]) == (total, on_page, pages)


@pytest.mark.parametrize(
    "address", ["/api/search?q=peace", "/api/documents", "/api/quote?text=peace+among+the+coast"]
)
def test_every_path_has_an_absolute_address_beside_it(client: FlaskClient, address: str) -> None:
    def places(found: object) -> Iterator[dict[str, str]]:
        inside = found.values() if isinstance(found, dict) else found
        if isinstance(found, dict) and found.get("url"):
            yield found
        if isinstance(inside, Iterable) and not isinstance(inside, str):
            for each in inside:
                yield from places(each)

    found = list(places(client.get(address).get_json()))
    assert found
    for place in found:
        assert place["permalink"] == f"http://localhost{place['url']}"


def test_one_document(client: FlaskClient) -> None:
    listed = client.get("/api/documents").get_json()["documents"]
    for document in listed:
        assert client.get(f"/api/documents/{document['id']}").get_json() == document


@pytest.mark.parametrize(
    ("typed", "papers"),
    [
        ("section II", ["harbours-2001", "roads-2002"]),
        ("I.1, para. 2", ["harbours-2001"]),
        ("a road begins", []),
    ],
)
def test_a_place_in_several_papers_is_listed_for_each(
    client: FlaskClient, typed: str, papers: list[str]
) -> None:
    answer = client.get("/api/search", query_string={"q": typed}).get_json()
    assert [place["url"].split("/")[1] for place in answer["places"]] == papers
    assert answer["place"] == next(iter(answer["places"]), None)


def test_an_unknown_document_is_told_where_they_are_listed(client: FlaskClient) -> None:
    error = client.get("/api/search?q=peace&document=harbours").get_json()["error"]
    assert error["message"] == "There is no document “harbours”. /api/documents lists them."


def test_sorting_by_position(client: FlaskClient) -> None:
    answer = client.get("/api/search?q=road&document=roads-2002&sort=position&limit=200")
    places = [(hit["section"], hit["number"]) for hit in answer.get_json()["hits"]]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("query", "refused"),
    [
        ("q=a&page=0", ["page"]),
        ("q=a&page=1.5", ["page"]),
        ("q=a&limit=201", ["limit"]),
        ("q=a&limit=7.5", ["limit"]),
        ("q=a&limit=-1&page=x", ["page", "limit"]),
        ("q=a&sort=size", ["sort"]),
        ("q=a&words=none", ["words"]),
        ("q=a&section=IX", ["section"]),
        ("q=a&document=none&section=IX", ["document", "section"]),
        ("q=a&document=roads-2002&section=I.1", ["section"]),
        ("q=a&colour=red", ["colour"]),
        ("q=" + "long+" * 2000, ["q"]),
    ],
)
def test_bad_parameters_get_all_reasons(
    client: FlaskClient, query: str, refused: list[str]
) -> None:
    answer = client.get(f"/api/search?{query}")
    assert answer.status_code == 422
    error = answer.get_json()["error"]
    assert error["code"] == "invalid_parameters"
    assert [each["parameter"] for each in error["details"]] == refused
    assert all(each["message"] in error["message"] for each in error["details"])


@pytest.mark.parametrize(
    ("method", "address", "status", "code"),
    [
        ("GET", "/api/nothing", 404, "not_found"),
        ("GET", "/api/documents/none", 404, "not_found"),
        ("GET", "/api/a/b/c", 404, "not_found"),
        ("GET", "/api/paragraphs/p234567", 404, "not_found"),
        ("GET", "/api/paragraphs/{gone}", 410, "gone"),
        ("POST", "/api/search", 405, "method_not_allowed"),
        ("GET", "/api/suggest?limit=99", 422, "invalid_parameters"),
    ],
)
def test_errors_have_one_form(
    client: FlaskClient, names: dict[str, str], method: str, address: str, status: int, code: str
) -> None:
    answer = client.open(address.format(**names), method=method)
    assert answer.status_code == status
    assert answer.mimetype == "application/json"
    assert list(answer.get_json()) == ["error"]
    error = answer.get_json()["error"]
    assert list(error) == ["code", "message", "details"]
    assert error["code"] == code
    assert error["message"]


@pytest.mark.parametrize(
    ("method", "address", "body", "said"),
    [
        ("GET", "/api/nothing", "", "/api lists what there is."),
        ("GET", "/api/documents/none", "", "/api/documents lists them."),
        ("POST", "/api/search", "", "This address is read-only."),
        ("POST", "/api/quote", '{"text": ', "Its body must be a form or a JSON object."),
        ("POST", "/api/quote", " " * 1_000_000, "Send it in smaller parts."),
    ],
)
def test_errors_say_what_to_do(
    client: FlaskClient, method: str, address: str, body: str, said: str
) -> None:
    answer = client.open(address, method=method, data=body, content_type="application/json")
    assert answer.get_json()["error"]["message"].endswith(said)


def test_an_internal_error_has_the_same_form(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webapp.api.answer", lambda results: 1 / 0)
    answer = client.get("/api/search?q=peace")
    assert (answer.status_code, answer.get_json()["error"]["code"]) == (
        500,
        "internal_server_error",
    )


def test_a_paragraph(client: FlaskClient, names: dict[str, str]) -> None:
    answer = client.get(f"/api/paragraphs/{names['II ¶1']}").get_json()
    assert answer["text"] == PEACE
    assert answer["citation"] == "II ¶1"
    assert answer["edition"] == 3
    assert (answer["previous"], answer["next"]) == (names["I.1 ¶2"], None)
    assert answer["source"] is None


def test_a_paragraph_of_a_source_whose_address_is_known(client: FlaskClient) -> None:
    hit = client.get("/api/search?q=every+door").get_json()["hits"][0]
    source = client.get(f"/api/paragraphs/{hit['id']}").get_json()["source"]
    assert source == (
        "https://example.org/roads_1.html"
        "#:~:text=Peace%20is%20a%20road%2C%20and%20every%20road%20begins%20at%20a%20door."
    )


def test_an_alias_leads_to_its_successor(client: FlaskClient, names: dict[str, str]) -> None:
    answer = client.get(f"/api/paragraphs/{names['alias'].upper()}")
    assert answer.status_code == 301
    assert answer.headers["Location"] == f"/api/paragraphs/{names['I.1 ¶2']}"


def test_the_gone_have_last_words_and_neighbours(
    client: FlaskClient, names: dict[str, str]
) -> None:
    details = client.get(f"/api/paragraphs/{names['gone']}").get_json()["error"]["details"]
    assert details["text"] == SEAT
    assert details["last_edition"] == 1
    assert (details["previous"], details["next"]) == (names["Preface ¶1"], names["I.1 ¶1"])


def test_documents(client: FlaskClient) -> None:
    harbours, roads = client.get("/api/documents").get_json()["documents"]
    assert harbours["id"] == "harbours-2001"
    assert (harbours["coverage"], harbours["complete"]) == ("page 1 of 2", False)
    assert (harbours["edition"], harbours["paragraphs"]) == (3, 4)
    assert harbours["sections"][2] == {
        "section": "I.1",
        "heading": "1. Pilots and Lights",
        "page": 1,
    }
    assert (roads["complete"], roads["address"]) == (True, "https://example.org/roads_1.html")


def test_suggestions(client: FlaskClient) -> None:
    answer = client.get("/api/suggest?q=harb").get_json()
    assert answer["query"] == {"text": "harb"}
    assert any(each.lower().startswith("harb") for each in answer["suggestions"])
    assert len(client.get("/api/suggest?q=m&limit=1").get_json()["suggestions"]) <= 1


def test_equal_headings_of_several_papers_are_one_suggestion_in_words(client: FlaskClient) -> None:
    answer = client.get("/api/suggest?q=II").get_json()
    assert [item["document"] for item in answer["items"]] == [HARBOURS, ROADS]
    assert answer["suggestions"] == client.get("/suggestions.json?q=II").get_json()[1] == ["II"]


@pytest.mark.parametrize("typed", ["the shi", '"the shi', 'northern "the shi'])
def test_the_first_paragraph_has_what_was_typed_in_a_row(client: FlaskClient, typed: str) -> None:
    items = client.get("/api/suggest", query_string={"q": typed}).get_json()["items"]
    assert next(item for item in items if item["kind"] == "paragraph")["text"] == PILOTS


@pytest.mark.parametrize(
    ("typed", "kind", "text", "paper"),
    [
        ("pilots and", "section", "Pilots and Lights", HARBOURS),
        ("i.1 para 2", "place", "I.1 ¶2", HARBOURS),
        ("harbo", "word", "harbour", ""),
        ("northern re", "paragraph", PILOTS, HARBOURS),
        ("milestone number 7", "paragraph", "Milestone number 7 stands beside the road.", ROADS),
    ],
)
def test_a_suggestion_says_what_and_where_it_is_and_leads_there(
    client: FlaskClient, library: Library, typed: str, kind: str, text: str, paper: str
) -> None:
    answer = client.get("/api/suggest", query_string={"q": typed}).get_json()
    item = next(item for item in answer["items"] if item["kind"] == kind and item["text"] == text)
    document = library.document(paper)
    assert (item["document"], item["title"]) == (paper, document.title if document else "")
    assert client.get(item["url"], follow_redirects=True).status_code == 200
    for found in answer["items"]:
        if found["kind"] == "paragraph":
            marked = [found["text"][start:stop] for start, stop in found["spans"]]
            assert marked
            assert marked[0].lower()[:3] in typed
