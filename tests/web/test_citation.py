"""References, as style guides and reference managers want them."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timezone
from pathlib import Path

import pytest
from citeproc import (
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
    Locator,
    formatter,
)
from citeproc.source.json import CiteProcJSON
from flask import Flask, get_template_attribute
from flask.testing import FlaskClient
from markupsafe import Markup

from webapp.citation import FORMATS, Reference, write

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

OURS = "https://search.example.org/harbours-2001"
FULL = Reference(
    key="harbours-2001-pabcdef",
    title="Harbours & the Peace",
    issuer="The Office of Harbours",
    issued=date(2001, 3, 4),
    locator="II.1, para. 3",
    language="en",
    address=f"{OURS}/p/pabcdef",
    source="https://harbours.example.org/peace_2.html",
    accessed=date(2026, 5, 6),
)
# What is cited, by its name in the golden file.
REFERENCES = {
    "paragraph": FULL,
    "section": replace(FULL, locator="II.1", address=f"{OURS}/II.1", issued=date(2001, 9, 30)),
    "document": replace(FULL, locator="", address=OURS),
    "unsourced": replace(FULL, issuer="A. N. Office.", source=""),
}
BARE = replace(FULL, title="50% of_it", issuer="A. N. Office.", source="")
# The macro of each style, the CSL style, and whether that is cited in the text.
STYLES = {
    "Footnote": ("footnote", "", False),
    "Chicago, note": ("chicago", "chicago-notes-bibliography-17th-edition", True),
    "APA 7": ("apa", "apa", False),
    "APA 7, in the text": ("apa_in_text", "apa", True),
    "MLA 9": ("mla", "modern-language-association", False),
    "MLA 9, in the text": ("mla_in_text", "modern-language-association", True),
    "OSCOLA": ("oscola", "oscola", True),
}
GOLDEN = tomllib.loads(Path(__file__).with_name("citations.toml").read_text("utf-8"))["citation"]


def test_every_style_of_every_reference_is_in_the_golden_file() -> None:
    wanted = {(cited, style) for cited in REFERENCES for style in STYLES}
    assert {(each["of"], each["style"]) for each in GOLDEN} == wanted
    assert len(GOLDEN) == len(wanted)


@pytest.mark.usefixtures("in_app")
@pytest.mark.parametrize("golden", GOLDEN, ids=lambda each: f"{each['of']}: {each['style']}")
def test_sentences(golden: dict[str, str]) -> None:
    html = sentence(REFERENCES[golden["of"]], STYLES[golden["style"]][0])
    assert Markup(html).striptags() == golden["ours"]
    assert "Harbours & the" not in html


@pytest.mark.usefixtures("in_app")
@pytest.mark.filterwarnings("ignore")  # of the processor, on parts of a style that it skips
@pytest.mark.parametrize(
    "golden",
    [each for each in GOLDEN if "processor" in each],
    ids=lambda each: f"{each['of']}: {each['style']}",
)
def test_sentences_beside_those_of_a_csl_processor(golden: dict[str, str]) -> None:
    """Each difference is intended, and the golden file gives its reason."""
    _, style, in_text = STYLES[golden["style"]]
    assert processed(REFERENCES[golden["of"]], style, in_text) == golden["processor"]
    assert ("differs" in golden) == (golden["ours"] != golden["processor"])


def test_only_a_footnote_of_our_own_has_no_style_to_compare_with() -> None:
    assert {each["style"] for each in GOLDEN if "processor" not in each} == {"Footnote"}


def sentence(reference: Reference, style: str) -> str:
    """Return a reference in a style, as HTML."""
    return str(get_template_attribute("citations/styles.html", style)(reference))


def processed(reference: Reference, style: str, in_text: bool) -> str:
    """Return our CSL-JSON as citeproc-py cites it, in a note or in the bibliography."""
    source = CiteProcJSON(json.loads(write(reference, "json")))
    bibliography = CitationStylesBibliography(
        CitationStylesStyle(style, validate=False), source, formatter.plain
    )
    locator = {"locator": Locator("paragraph", reference.locator)} if reference.locator else {}
    citation = Citation([CitationItem(reference.key, **locator)])
    bibliography.register(citation)
    made = bibliography.cite(citation, print) if in_text else bibliography.bibliography()[0]
    return str(made).strip()


@pytest.fixture
def in_app(app: Flask) -> Iterator[None]:
    """A request context, which templates need."""
    with app.test_request_context():
        yield


@pytest.mark.usefixtures("in_app")
def test_bibtex() -> None:
    assert write(FULL, "bib") == (
        "@techreport{harbours-2001-pabcdef,\n"
        "  author = {{The Office of Harbours}},\n"
        "  title = {{Harbours \\& the Peace}},\n"
        "  institution = {{The Office of Harbours}},\n"
        "  year = {2001},\n"
        "  date = {2001-03-04},\n"
        "  note = {II.1, para. 3. Source: \\url{https://harbours.example.org/peace_2.html}},\n"
        "  url = {https://search.example.org/harbours-2001/p/pabcdef},\n"
        "  urldate = {2026-05-06},\n"
        "}\n"
    )
    assert r"{{50\% of\_it}}" in write(BARE, "bib")


@pytest.mark.usefixtures("in_app")
def test_ris() -> None:
    lines = write(FULL, "ris").split("\r\n")
    assert lines[0] == "TY  - RPRT"
    assert lines[-2:] == ["ER  - ", ""]
    assert {"DA  - 2001/03/04", "Y2  - 2026/05/06", "TI  - Harbours & the Peace"} <= set(lines)
    assert f"UR  - {FULL.address}" in lines
    assert f"N1  - Source: {FULL.source}" in lines


@pytest.mark.usefixtures("in_app")
def test_csl_json() -> None:
    [item] = json.loads(write(FULL, "json"))
    assert item["type"] == "report"
    assert item["author"] == [{"literal": "The Office of Harbours"}]
    assert item["issued"] == {"date-parts": [[2001, 3, 4]]}
    assert item["accessed"] == {"date-parts": [[2026, 5, 6]]}
    assert item["URL"] == FULL.address
    assert item["note"] == f"Source: {FULL.source}"
    assert "note" not in json.loads(write(BARE, "json"))[0]


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("edition", ["", "@1"])
def test_files(client: FlaskClient, names: dict[str, str], form: str, edition: str) -> None:
    address = f"/harbours-2001{edition}/p/{names['I.1 ¶2']}"
    assert f'href="{address}/citation.{form}"' in client.get(address).text
    answer = client.get(f"{address}/citation.{form}")
    assert answer.status_code == 200
    assert answer.mimetype == FORMATS[form][1]
    assert f"http://localhost{address}" in answer.text
    assert f'-{names["I.1 ¶2"]}.{form}"' in answer.headers["Content-Disposition"]


@pytest.mark.parametrize(
    ("key", "form", "status"),
    [
        ("{gone}", "bib", 410),
        ("{alias}", "bib", 301),
        ("p234567", "bib", 404),
        ("{II ¶1}", "x", 404),
    ],
)
def test_files_that_are_not_there(
    client: FlaskClient, names: dict[str, str], key: str, form: str, status: int
) -> None:
    for name, own in names.items():
        key = key.replace(f"{{{name}}}", own)
    assert client.get(f"/harbours-2001/p/{key}/citation.{form}").status_code == status


def test_the_keys_of_two_versions_differ(client: FlaskClient, names: dict[str, str]) -> None:
    for part in ("", "/II", f"/p/{names['II ¶1']}"):
        first, current = (
            client.get(f"/harbours-2001{edition}{part}/citation.json").get_json(force=True)
            for edition in ("@1", "")
        )
        assert first[0]["id"] == current[0]["id"].replace("2001", "2001-v1")


def test_the_page_has_every_style(client: FlaskClient, names: dict[str, str]) -> None:
    html = client.get(f"/harbours-2001/p/{names['II ¶1']}").text
    today = datetime.now(timezone.utc).date()
    assert f"accessed {today.day} {today:%B} {today.year}" in html
    assert "<cite>Harbours and the Peace of the Coast</cite> (March 4, 2001), II, para. 1" in html
    for style in STYLES:
        assert f"<dt>{style}</dt>" in html


def test_an_edition_that_is_kept_forever_has_no_date_of_today(
    client: FlaskClient, names: dict[str, str]
) -> None:
    for address in (f"/harbours-2001@1/p/{names['II ¶1']}", "/harbours-2001@1/II/cite"):
        answer = client.get(address)
        assert "immutable" in answer.headers["Cache-Control"]
        assert "accessed" not in answer.text


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("edition", ["", "@1"])
def test_files_of_a_section_and_of_the_document(
    client: FlaskClient, form: str, edition: str
) -> None:
    whole = f"/harbours-2001{edition}"
    for page, address in ((whole, whole), (f"{whole}/I.1/cite", f"{whole}/I.1")):
        html = client.get(page).text
        assert f'href="{address}/citation.{form}"' in html
        answer = client.get(f"{address}/citation.{form}")
        assert answer.mimetype == FORMATS[form][1]
        assert f"http://localhost{address}" in answer.text
    assert f'href="{whole}/I.1/cite"' in client.get(whole).text
    trail = client.get(f"{whole}/I.1/cite").text.partition('aria-label="Sections"')[2]
    links = re.findall(r'href="([^"]+)"', trail.partition("</nav>")[0])
    assert links == [whole, f"{whole}#I", f"{whole}#I.1"]
    assert client.get(f"{whole}/IX/cite").status_code == 404
    assert client.get(f"{whole}/IX/citation.{form}").status_code == 404


def test_reference_managers_find_the_reference_in_the_page(client: FlaskClient) -> None:
    for address in ("/roads-2002", "/roads-2002/II/3", "/roads-2002@1"):
        answer = client.get(address, follow_redirects=True)
        here = f"http://localhost{answer.request.path}"
        page = 2 if address.endswith("3") else 1
        for tag in (
            '<meta name="citation_title" content="Roads &amp; &#34;Bridges&#34; &lt;b&gt;">',
            '<meta name="citation_author" content="Office of Roads">',
            '<meta name="citation_publication_date" content="2002/05/06">',
            f'<meta name="citation_public_url" content="{here}">',
            '<meta name="DC.date" content="2002-05-06">',
            f'<meta name="DC.identifier" content="{here}">',
            f'<meta name="DC.source" content="https://example.org/roads_{page}.html">',
            f'<link rel="cite-as" href="{here}">',
        ):
            assert tag in answer.text
