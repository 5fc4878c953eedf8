"""The content of the pages."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, get_template_attribute
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer import corpus
from indexer.search.plan import Plan, plan
from indexer.search.spans import Spans
from indexer.text import digest
from webapp import FILTERS, create_app
from webapp.state import Library

from .shelf import HOSTILE, LIGHTS, NIGHT, ROADS, SEAT, build, store

H, R = "/harbours-2001", "/roads-2002"


class Page(HTMLParser):
    """The parts of a page that tests check."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.marked: list[str] = []
        self._in_mark = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "mark":
            self._in_mark = True
            self.marked.append("")

    def handle_endtag(self, tag: str) -> None:
        self._in_mark = self._in_mark and tag != "mark"

    def handle_data(self, data: str) -> None:
        self.text += data
        if self._in_mark:
            self.marked[-1] += data

    def all(self, name: str) -> list[str]:
        """Return the values of an attribute."""
        return [value for _, attrs in self.tags if (value := attrs.get(name))]


def read(client: FlaskClient, address: str) -> Page:
    """Return the page at an address."""
    return Page(client.get(address).get_data(as_text=True))


def spans(text: str) -> st.SearchStrategy[Spans]:
    """Draw spans of a text."""
    cuts = st.lists(st.integers(0, len(text)), unique=True).map(sorted)
    return cuts.map(lambda c: Spans(zip(c[::2], c[1::2], strict=False)))


@settings(deadline=None)  # the first example compiles the template
@given(st.text().flatmap(lambda text: st.tuples(st.just(text), spans(text))))
def test_marking_adds_marks_and_nothing_else(drawn: tuple[str, Spans]) -> None:
    text, found = drawn
    app = Flask("webapp")
    app.jinja_env.filters |= FILTERS
    with app.app_context():
        marked = str(get_template_attribute("_macros.html", "marked")(text, found))
    for sign, name in (("<mark>", ""), ("</mark>", "")):
        assert marked.count(sign) == len(found)
        marked = marked.replace(sign, name)
    page = Page(f"<pre>{marked}</pre>")
    assert page.text.replace("\r\n", "\n") == text.replace("\r\n", "\n")


@pytest.mark.parametrize("query", ["peace", "coast*", '"coastal towns"', "harbour -pilot", "the"])
def test_marks_are_the_same_everywhere(client: FlaskClient, query: str) -> None:
    answer = client.get("/api/search", query_string={"q": query, "limit": 200}).get_json()
    assert answer["hits"]
    for hit in answer["hits"]:
        matched = [hit["text"][start:stop] for start, stop in hit["spans"]]
        alone = Page(client.get(hit["url"], query_string={"q": query}).get_data(as_text=True))
        assert alone.marked == matched
    for document in (H, R):
        whole = Page(client.get(document, query_string={"q": query}).get_data(as_text=True))
        found = [hit for hit in answer["hits"] if f"/{hit['document']}" == document]
        assert len(whole.marked) == sum(len(hit["spans"]) for hit in found)


def test_matches_are_numbered_and_lead_to_one_another(client: FlaskClient) -> None:
    page = read(client, f"{H}?q=coast*")
    count = len(page.marked)
    assert count == 3
    ids = [value for value in page.all("id") if value.startswith("match-")]
    assert ids == [f"match-{n + 1}" for n in range(count)]
    assert {f"#{name}" for name in ids} <= set(page.all("href"))
    assert "2 of 3" in page.text


def test_a_hit_shows_its_citation_and_links_to_it(
    client: FlaskClient, names: dict[str, str]
) -> None:
    page = read(client, "/?q=lamps")
    assert f"{H}/p/{names['I.1 ¶2']}?q=lamps" in page.all("href")
    assert f"{H}?q=lamps#match-1" in page.all("href")
    for part in ("1. Pilots and Lights", "I.1 ¶2", "1 match", "1 paragraph for “lamps”"):
        assert part in page.text


@pytest.mark.parametrize(
    "query",
    [
        *(
            "q=peace",
            "q=peace&sort=position",
            "q=coast*&section=I.1",
            "q=road*&document=roads-2002",
        ),
        *("q=lamps+milestone+road", "q=page:1", "q=peace+road&words=some"),
    ],
)
def test_a_hit_opens_the_text_at_its_first_match(client: FlaskClient, query: str) -> None:
    links = re.findall(r'<a class="whole" href="([^"]*)"', client.get(f"/?{query}").text)
    hits = client.get(f"/api/search?{query}&limit=50").get_json()["hits"]
    assert len(links) == len(hits) > 0
    for link, hit in zip(links, hits, strict=True):
        assert link.startswith(f"/{hit['document']}?q=")
        html = client.get(link.replace("&amp;", "&")).text
        assert ("section=I.1" in link) == ("section=I.1" in query)
        paragraph = html.partition(f'<div class="paragraph" id="{hit["id"]}"')[2]
        first = re.search(r'<mark id="([^"]*)"', paragraph.partition('<div class="paragraph"')[0])
        assert link.partition("#")[2] == (first[1] if first else hit["id"])


@pytest.mark.parametrize(
    "address",
    [
        "/?q=peace",
        "/?q=peace&view=context",
        "/?q=road*&section=II",
        f"{H}?q=peace",
        "/search.csv?q=a",
    ],
)
def test_a_page_evaluates_its_query_once(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    planned = []

    def counted(*values: Any) -> Plan:
        planned.append(values)
        return plan(*values)

    monkeypatch.setattr("indexer.search.engine.plan", counted)
    assert client.get(address).status_code == 200
    assert len(planned) == 1


def test_every_id_and_section_is_an_anchor_once(client: FlaskClient, library: Library) -> None:
    for document in library.documents:
        ids = read(client, f"/{document.id}").all("id")
        assert len(ids) == len(set(ids))
        assert {paragraph.id for paragraph in document.paragraphs} <= set(ids)
        assert {section.path for section in document.sections} <= set(ids)


def test_a_former_id_is_an_anchor_too(client: FlaskClient, names: dict[str, str]) -> None:
    assert names["alias"] in read(client, H).all("id")


def test_every_link_within_leads_somewhere(client: FlaskClient) -> None:
    seen, todo = set[str](), ["/", "/?q=peace", "/?q=zebra+peace", "/?q=milestone"]
    while todo:
        address = todo.pop()
        seen.add(address)
        with client.get(address) as answer:
            assert answer.status_code in (200, 301, 302, 410), address
            page = Page(answer.get_data(as_text=True) if answer.mimetype == "text/html" else "")
        ids = set(page.all("id"))
        for link in (each for each in page.all("href") + page.all("src") if each):
            target, _, anchor = link.partition("#")
            if link.startswith("#"):
                assert anchor in ids, (address, link)
            elif link.startswith("/") and target not in seen and "q=" not in target:
                todo.append(target)
                seen.add(target)


def test_the_title_of_a_result_has_count_and_page(client: FlaskClient) -> None:
    html = client.get("/?q=milestone&page=2&limit=10").get_data(as_text=True)
    title = re.search("<title>(.*?)</title>", html)
    assert title
    assert title[1] == "milestone – 25 paragraphs, page 2 – White Paper Search"


def test_a_change_of_one_parameter_keeps_the_others_and_returns_to_page_one(
    client: FlaskClient,
) -> None:
    page = read(client, "/?q=road*&document=roads-2002&page=2&limit=20")
    links = [link for link in page.all("href") if "q=road" in link]
    assert "/?q=road*&document=roads-2002&sort=position&limit=20" in links
    assert "/?q=road*&document=roads-2002&limit=20&view=context" in links
    assert "/?q=road*&document=roads-2002&section=II&limit=20" in links
    assert ("input", {"type": "hidden", "name": "document", "value": "roads-2002"}) in page.tags


def test_missing_pages_are_reported(client: FlaskClient) -> None:
    assert "III. Sails" in read(client, "/").text
    for address in (H, "/?q=peace", "/help", "/nothing"):
        page = read(client, address)
        assert "page 1 of 2" in page.text.lower()
        assert {f"{H}#rest", "#rest"} & set(page.all("href"))


def test_nothing_found_names_the_word(client: FlaskClient) -> None:
    page = read(client, "/?q=zebra")
    assert "Nothing found" in page.text
    assert "“zebra” does not occur in the available text." in page.text


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("lamps+milestone+road", "These have some of them."),
        ("zebra+road", "These have some of them."),
        ("where+do+lamps+milestone+road+peace+dispute", "These have some of them."),
    ],
)
def test_no_paragraph_has_all_words(client: FlaskClient, query: str, said: str) -> None:
    assert f"No paragraph has all of the words. {said}" in read(client, f"/?q={query}").text


@pytest.mark.parametrize("more", [0, 200])  # words: found in part, and refused
def test_a_long_text_may_be_checked_as_a_quotation(client: FlaskClient, more: int) -> None:
    text = " ".join(["No ship may leave the harbour at dawn, and no captain greets a tree"] * 3)
    text += "".join(f" w{number}" for number in range(more * 2))
    page = client.get("/", query_string={"q": text}).text
    assert "Check these words as a quotation" in page
    assert "Check these words" not in client.get("/?q=peace").text


def test_paragraphs_with_only_some_words_have_a_page(client: FlaskClient) -> None:
    page = read(client, "/?q=peace+road")
    assert "/?q=peace+road&words=some" in page.all("href")
    assert "only some of the words" in read(client, "/?q=peace+road&words=some").text


def test_hostile_text_is_shown_as_text(client: FlaskClient, library: Library) -> None:
    roads = library.document("roads-2002")
    assert roads
    first = f"{R}/p/{roads.paragraphs[0].id}"
    for address in (R, first, f"{first}?q=peace", "/?q=%3Cscript%3Ealert(1)%3C/script%3E+%22peace"):
        page = read(client, address)
        scripts = [attrs for tag, attrs in page.tags if tag == "script"]
        assert all({"src", "type"} & set(attrs) for attrs in scripts)
        assert {attrs.get("type") for attrs in scripts} <= {None, "application/ld+json"}
        assert "b" not in [tag for tag, _ in page.tags]
        assert not any(attribute.startswith("on") for _, attrs in page.tags for attribute in attrs)
        assert "style" not in [tag for tag, _ in page.tags]
        assert not page.all("style")
    assert HOSTILE in read(client, first).text


def described(client: FlaskClient, address: str) -> dict[str, Any]:
    """Return the description of a page for search engines."""
    html = client.get(address).get_data(as_text=True)
    found: dict[str, Any] = json.loads(
        html.split('<script type="application/ld+json">')[1].split("</script>")[0]
    )
    return found


def test_pages_describe_themselves(client: FlaskClient, library: Library) -> None:
    roads = library.document("roads-2002")
    assert roads
    report = described(client, R)
    assert (report["@type"], report["name"]) == ("Report", roads.title)
    assert report["isBasedOn"]["url"] == "https://example.org/roads_1.html"
    for paragraph in roads.paragraphs[:2]:
        article = described(client, f"{R}/p/{paragraph.id}")
        assert (article["@type"], article["articleBody"]) == ("Article", paragraph.text)
        assert article["isBasedOn"].startswith("https://example.org/roads_1.html#:~:text=")
    assert described(client, H)["isBasedOn"]["name"] == "Harbours and the Peace of the Coast"
    assert "url" not in described(client, H)["isBasedOn"]


def test_pages_link_their_source(client: FlaskClient, library: Library) -> None:
    roads = library.document("roads-2002")
    assert roads
    second = roads.paragraphs[-1]
    html = " ".join(client.get(f"{R}/p/{second.id}").text.split())
    link = client.get(f"/api/paragraphs/{second.id}").get_json()["source"]
    assert link.startswith("https://example.org/roads_2.html#:~:text=")
    assert f'href="{link}" rel="external">Page 2 of 2</a>' in html
    for page in (html, " ".join(client.get(R).text.split())):
        assert '<a href="https://example.org/roads_1.html" rel="external">example.org</a>' in page
        assert 'captured on <time datetime="2002-05-07T08:00:00Z">7 May 2002</time>.' in page
    saved = " ".join(read(client, H).text.split())
    assert "Text captured on 6 March 2001 from a saved copy." in saved


def test_a_pasted_link_shows_the_first_words(client: FlaskClient, names: dict[str, str]) -> None:
    address = f"{H}/p/{names['II ¶1']}"
    tags = [attrs for tag, attrs in read(client, address).tags if tag == "meta"]
    card = {attrs.get("property"): attrs.get("content") or "" for attrs in tags}
    assert card["og:title"] == "II ¶1 – Harbours and the Peace of the Coast"
    assert card["og:description"].startswith("Peace among the coastal towns rests on dialogue")
    assert card["og:url"] == f"http://localhost{address}"


@pytest.mark.parametrize(
    ("address", "wanted"),
    [("/", True), (H, True), (f"{H}@1", True), ("/?q=peace", False), ("/?q=a&page=x", False)],
)
def test_which_pages_search_engines_may_index(
    client: FlaskClient, address: str, wanted: bool
) -> None:
    html = client.get(address).get_data(as_text=True)
    assert ('<meta name="robots" content="noindex">' not in html) == wanted
    assert ('<link rel="canonical"' in html) == wanted
    assert ('<meta name="archive.org_bot" content="index">' in html) != wanted


def test_a_link_copied_before_a_change_shows_the_change(
    client: FlaskClient, names: dict[str, str]
) -> None:
    address = f"{H}/p/{names['I.1 ¶2']}"
    now = digest(f"{LIGHTS.replace('one month', 'two months')} {NIGHT}")[:4]
    assert f"{address}?t={now}" in read(client, address).all("href")
    assert "The words have changed" not in read(client, f"{address}?t={now}").text
    for former, edition in ((f"{LIGHTS} {NIGHT}", 1), (LIGHTS, 2), (NIGHT, 2)):
        page = read(client, f"{address}?t={digest(former)[:4]}")
        assert "The words have changed" in page.text
        assert {"ins", "del"} & {tag for tag, _ in page.tags}
        assert f"{H}@{edition}/p/" in "".join(page.all("href"))
    assert "No version here has the words" in read(client, f"{address}?t=0000").text
    assert "The words have changed" not in read(client, f"{address}?t=%3Cb%3E").text


def every_paragraph(client: FlaskClient, library: Library) -> Iterator[tuple[str, str]]:
    """Yield the id of the paper and the page of each paragraph."""
    for document in library.documents:
        for paragraph in document.paragraphs:
            yield document.id, client.get(f"/{document.id}/p/{paragraph.id}").text


def test_related_paragraphs_are_not_the_neighbours(client: FlaskClient, library: Library) -> None:
    found = 0
    for _, page in every_paragraph(client, library):
        beside = page.partition('class="neighbours"')[2].partition("</nav>")[0]
        related = page.partition('id="related"')[2]
        links = [set(re.findall(r"/p/(p[a-z2-7]+)", part)) for part in (beside, related)]
        assert not links[0] & links[1]
        found += len(links[1])
    assert found > len(library.documents)


def test_related_paragraphs_of_another_paper_name_it(client: FlaskClient, library: Library) -> None:
    named = 0
    for own, page in every_paragraph(client, library):
        related = page.partition('id="related"')[2].partition("</section>")[0]
        for paper, title in re.findall(r'<li><a href="/([^/]+)/p/.*?</a>(.*?)\n', related):
            assert bool(title) == (paper != own)
            named += bool(title)
    assert named


def test_a_tombstone_has_the_last_words_and_neighbours(
    client: FlaskClient, names: dict[str, str]
) -> None:
    page = read(client, f"{H}/p/{names['gone']}")
    assert SEAT in page.text
    assert {H, f"{H}@1/p/{names['gone']}"} <= {*page.all("href")}
    assert "of Harbours and the Peace of the Coast up to version 1." in " ".join(page.text.split())
    assert f"{H}/p/{names['Preface ¶1']}" in page.all("href")
    assert f"{H}/p/{names['I.1 ¶1']}" in page.all("href")


def test_a_paragraph_shows_its_history(client: FlaskClient, names: dict[str, str]) -> None:
    text = " ".join(read(client, f"{H}/p/{names['I.1 ¶2']}").text.split())
    assert "In the text since version 1. This is version 3." in text
    assert f"merged with I.1 ¶2, which had the id {names['alias']}" in text


def test_a_paragraph_says_above_it_what_was_merged_into_it(
    client: FlaskClient, names: dict[str, str]
) -> None:
    page = client.get(f"{H}/p/{names['alias']}", follow_redirects=True).text
    above = " ".join(page.partition('<div class="paragraph"')[0].split())
    assert f'includes <a href="{H}@2/p/{names["alias"]}">I.1 ¶2 of version 2</a>.' in above
    assert "includes" not in read(client, f"{H}/p/{names['Preface ¶1']}").text


def test_the_first_version_of_a_paragraph_is_a_link(
    client: FlaskClient, names: dict[str, str]
) -> None:
    for citation in ("I.1 ¶2", "II ¶1"):
        assert f"{H}@1/p/{names[citation]}" in read(client, f"{H}/p/{names[citation]}").all("href")


@pytest.mark.parametrize(
    ("address", "says"), [(H, "Not here yet"), (f"{H}@1", "Not in this version")]
)
def test_what_an_older_version_lacks_is_not_called_missing_now(
    client: FlaskClient, address: str, says: str
) -> None:
    heading = read(client, address).text.partition("III. Sails")[0].rstrip().rpartition("\n")[2]
    assert heading == says


def test_a_document_is_chosen_with_all_of_its_sections(client: FlaskClient) -> None:
    """As its count is that of all."""
    page = client.get("/?q=peace&section=I").text
    links = re.findall(r'<li><a href="([^"]*document=[^"]*)"><span>', page)
    assert len(links) == 2
    assert not any("section=" in link for link in links)


def test_versions_say_where_a_part_of_a_paragraph_came_from(client: FlaskClient) -> None:
    text = " ".join(read(client, f"{H}/editions").text.split())
    assert "I.1 ¶2 split from I.1 ¶2" in text  # whose other part became I.1 ¶3


def test_versions_show_changed_headings_and_what_was_restored(tmp_path: Path) -> None:
    root = tmp_path / "corpus"
    build(root)
    first = corpus.read_document(root, ROADS)
    sections = (first.sections[0], replace(first.sections[1], heading="II. The Stones"))
    store(root, replace(first, sections=sections))
    store(root, replace(first, sections=sections, paragraphs=first.paragraphs[:-1]))
    store(root, replace(first, sections=sections))
    reader = create_app(root, tmp_path / "index").test_client()
    second = (
        reader.get(f"/{ROADS}/editions").text.partition("Version 2")[2].partition("</table>")[0]
    )
    assert "2 changes from version" in second
    for kind, text in (("removed", "II. The Milestones"), ("added", "II. The Stones")):
        assert f'<th scope="row">Heading</th><td>{kind}</td><td>{text}</td>' in second
    history = " ".join(read(reader, f"/{ROADS}/p/{first.paragraphs[-1].id}").text.split())
    assert "Version 3: removed. Version 4: restored." in history


def test_a_paragraph_says_that_its_citation_was_that_of_another(tmp_path: Path) -> None:
    root = tmp_path / "corpus"
    build(root)
    first = corpus.read_document(root, ROADS)
    removed = first.paragraphs_by_section["II"][0]
    rest = (each for each in first.paragraphs if each is not removed)
    moved = tuple(replace(p, number=p.number - (p.section == "II")) for p in rest)
    store(root, replace(first, paragraphs=moved))
    reader = create_app(root, tmp_path / "index").test_client()
    page = read(reader, reader.get(f"/{ROADS}/II/1").headers["Location"])
    assert "Milestone number 2" in page.text
    assert "Up to version 1, II ¶1 was another paragraph." in " ".join(page.text.split())
    assert f"/{ROADS}/p/{removed.id}" in page.all("href")
    assert "was another" not in read(reader, f"/{ROADS}/p/{moved[0].id}").text


def test_every_example_of_the_help_finds_something(
    client: FlaskClient, corpus_folder: Path, tmp_path: Path
) -> None:
    for reader in (client, create_app(corpus_folder, tmp_path).test_client()):
        links = [each for each in read(reader, "/help").all("href") if each.startswith("/?q=")]
        assert len(links) == 12
        for link in links:
            assert reader.get(f"/api/search{link[1:]}").get_json()["total"] > 0, link


def test_a_section_that_is_missing_is_named_above_what_was_found(
    corpus_folder: Path, tmp_path: Path
) -> None:
    page = create_app(corpus_folder, tmp_path).test_client().get("/?q=ASEAN+in+part+III").text
    said = page.index("” is not in the available text.")
    assert said < page.index("How this was read")
    assert page.count("III. China&#39;s Relations with Other Major Asia-Pacific Countries") == 1


def test_pages_of_an_empty_corpus(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    empty = create_app(tmp_path / "corpus", tmp_path / "index").test_client()
    for address in ("/", "/help", "/?q=peace", "/opensearch.xml", "/openapi.json", "/search.atom"):
        assert empty.get(address).status_code == 200
