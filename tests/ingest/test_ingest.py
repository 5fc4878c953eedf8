"""Ingest documents: their ids, what is stored, a second run, offline, and by force."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from indexer import corpus
from indexer.errors import CorpusError, EditionError, IngestError
from indexer.ingest.ids import match
from indexer.ingest.ingest import DEFAULT_ID, Outcome
from indexer.model import RESERVED_IDS, Document, Origin

from .conftest import TakeIn, everything
from .loopback import Reply, Site
from .paper import PAGES, PAPER_ID, ROOT, SAVED_PAGE_1, TITLE
from .render import FOLDER, Variant, page_name, render

FIXTURES = Path(__file__).parent / "fixtures"


def test_the_corpus_that_ships_is_what_ingest_makes(ingest: TakeIn) -> None:
    (outcome,) = ingest(str(SAVED_PAGE_1))
    shipped = corpus.read_document(ROOT / "corpus", PAPER_ID, 1)
    assert outcome.document.paragraphs == shipped.paragraphs
    assert outcome.document.sections == shipped.sections
    counts = [each.section for each in shipped.paragraphs]
    assert {path: counts.count(path) for path in counts} == {
        "Preface": 2,
        "I": 14,
        "II": 1,
        "II.1": 6,
        "II.2": 5,
    }
    assert len(shipped.paragraphs) == 28
    assert shipped.coverage == "page 1 of 3"
    assert outcome.document.coverage == "page 1 of 3"
    assert 'I ¶1, page 1: two sentences without a space between them: "control.The".' in (
        outcome.notes
    )


def test_the_corpus_that_ships_knows_the_address_of_each_page() -> None:
    source = corpus.read_source(ROOT / "corpus", PAPER_ID)
    shipped = corpus.read_document(ROOT / "corpus", PAPER_ID, 1)
    for number in (1, 2, 3):
        suffix = "" if number == 1 else f"_{number}"
        address = source.address.replace(".html", f"{suffix}.html")
        assert shipped.origin(number, source) == Origin(address, fetched=False)


def test_what_was_received_is_kept_byte_for_byte(site: Site, ingest: TakeIn) -> None:
    site.put_article()
    (outcome,) = ingest(site.address)
    document = corpus.read_document(ingest.root, PAPER_ID)
    assert document == outcome.document
    for number, page in enumerate(document.pages, 1):
        sent = render(Variant(), number, site.host)
        assert corpus.read_page(ingest.root, PAPER_ID, page) == sent
        assert (page.number, page.file) == (number, f"1/page-{number}.html")
        assert page.sha256 == hashlib.sha256(sent).hexdigest()
        assert page.address == page.final_address == f"http://{site.host}{site.page(number)}"
        assert (page.status, dict(page.headers)["Content-Type"]) == (200, "text/html")
    source = corpus.read_source(ingest.root, PAPER_ID)
    assert (source.title, source.published, source.address) == (TITLE, "2017-01-11", site.address)
    assert corpus.check(ingest.root, PAPER_ID) == []
    assert f"page 2 of 3: http://{site.host}{site.page(2)}" in ingest.lines
    assert "page 1 of 3: 28 paragraphs" in ingest.lines


def test_the_other_pages_join_and_no_id_changes(site: Site, ingest: TakeIn) -> None:
    (first,) = ingest(str(SAVED_PAGE_1))
    site.put_article()
    (second,) = ingest(site.address)
    assert (first.document.edition, second.document.edition) == (1, 2)
    assert second.document.paragraphs[:28] == first.document.paragraphs
    assert {change.kind for change in second.changes} == {"added"}
    assert corpus.check(ingest.root, PAPER_ID) == []


def test_a_paragraph_cut_by_the_page_break_is_made_whole(
    site: Site, ingest: TakeIn, tmp_path: Path
) -> None:
    cut = "The last paragraph of the first page is cut in the midst of its sentence and"
    saved = tmp_path / "page-1.txt"
    text = SAVED_PAGE_1.read_text("utf-8")
    saved.write_text(text.replace("\n1 2 3 >", f"\n{cut}\n\n1 2 3 >"), "utf-8")
    (first,) = ingest(str(saved))
    pages = [[*PAGES[0], cut], ["goes on after the page break.", *PAGES[1]], PAGES[2]]
    for number in (1, 2, 3):
        site.put(site.page(number), Reply(render(Variant(), number, site.host, pages)))
    (second,) = ingest(site.address)
    whole = second.document.paragraph_by_id[first.document.paragraphs[-1].id]
    assert whole.text == f"{cut} goes on after the page break."


@pytest.mark.parametrize("day", ["Jan 12, 2017", "Nov 3, 2026"])  # of a copy; of a correction
def test_a_paper_keeps_its_day_of_publication(ingest: TakeIn, tmp_path: Path, day: str) -> None:
    ingest(str(SAVED_PAGE_1))
    later = tmp_path / "page-1.txt"
    text = SAVED_PAGE_1.read_text("utf-8").replace("60 percent of", "62 percent of")
    later.write_text(text.replace("Jan 11, 2017", day), "utf-8")
    (outcome,) = ingest(str(later), document_id=PAPER_ID)
    assert (outcome.document.edition, outcome.document.published) == (2, "2017-01-11")


def test_the_corpus_that_ships_may_be_moved(
    site: Site, ingest: TakeIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(ROOT / "corpus", ingest.root)
    monkeypatch.setattr("indexer.ingest.ingest.SHIPPED", tmp_path / "moved away")
    site.put_article()
    (outcome,) = ingest(site.address)
    assert (outcome.document.id, outcome.document.edition) == (PAPER_ID, 2)


def test_an_address_with_another_title_is_not_stored_as_another_document(
    site: Site, ingest: TakeIn
) -> None:
    site.put_article()
    ingest(site.address)
    for number in (1, 2, 3):
        page = render(Variant(), number, site.host).replace(TITLE.encode(), b"Another Paper")
        site.put(site.page(number), Reply(page))
    with pytest.raises(EditionError, match=r'This is "Another Paper".*use --force'):
        ingest(site.address)


def test_a_second_time_changes_nothing(site: Site, ingest: TakeIn) -> None:
    site.put_article()
    (first,) = ingest(site.address)
    before = everything(ingest.root)
    (again,) = ingest(site.address)
    assert (again.unchanged, again.changes, again.document) == (True, (), first.document)
    (known,) = ingest()
    assert known.unchanged
    assert everything(ingest.root) == before


def test_offline_cleans_the_kept_pages_anew(site: Site, ingest: TakeIn) -> None:
    site.put_article()
    ingest(site.address)
    ingest(str(FIXTURES / "china-daily-mirror"))
    before, asked = everything(ingest.root), len(site.asked)
    outcomes = ingest(offline=True)
    assert [outcome.unchanged for outcome in outcomes] == [True, True]
    assert (everything(ingest.root), len(site.asked)) == (before, asked)


def stored_and_cleaned_again(worse: Document, ingest: TakeIn) -> tuple[Outcome, ...]:
    """Store a worse edition of the saved page in place of that ingested, and ingest it offline."""
    matching = match(worse, None, {})
    pages = {"1/page-1.txt": SAVED_PAGE_1.read_bytes()}
    source = corpus.read_source(ingest.root, PAPER_ID)
    shutil.rmtree(ingest.root)
    corpus.store(ingest.root, matching.document, pages, matching.entries, source)
    return ingest(offline=True)


def test_offline_stores_what_a_better_cleaner_finds(ingest: TakeIn) -> None:
    (first,) = ingest(str(SAVED_PAGE_1))
    begun, *others = first.document.paragraphs
    worse = replace(
        first.document, paragraphs=(replace(begun, text="Print " + begun.text), *others)
    )
    (again,) = stored_and_cleaned_again(worse, ingest)
    assert [(each.kind, each.after) for each in again.changes] == [("changed", begun.text)]
    assert (again.document.edition, again.document.pages) == (2, first.document.pages)
    assert not (ingest.root / PAPER_ID / "snapshots" / "2").exists()
    assert corpus.check(ingest.root, PAPER_ID) == []


def test_offline_stores_other_levels_of_sections(ingest: TakeIn) -> None:
    (first,) = ingest(str(SAVED_PAGE_1))
    document = first.document
    worse = replace(
        document,
        sections=tuple(replace(x, path=x.path.replace("II.", "I.II-")) for x in document.sections),
        paragraphs=tuple(
            replace(x, section=x.section.replace("II.", "I.II-")) for x in document.paragraphs
        ),
    )
    (again,) = stored_and_cleaned_again(worse, ingest)
    assert {each.kind for each in again.changes} == {"moved"}
    assert again.document.sections == document.sections


@pytest.mark.parametrize(
    ("words", "kind"), [("be corrected in a word", "changed"), ("", "removed")]
)
def test_a_small_change_makes_an_edition(words: str, kind: str, site: Site, ingest: TakeIn) -> None:
    site.put_article()
    (first,) = ingest(site.address)
    old = 'A second paragraph, "Conclusion", tells that this is a stand-in, in Conclusion.'
    lines = [line.replace("tells", "does tell") for line in PAGES[2] if words or line != old]
    site.put(site.page(3), Reply(render(Variant(), 3, site.host, [*PAGES[:2], lines])))
    (second,) = ingest(site.address)
    assert second.document.edition == 2
    assert kind in {change.kind for change in second.changes}
    assert second.document.paragraphs[0].id == first.document.paragraphs[0].id


def test_a_heading_that_changes_is_reported(site: Site, ingest: TakeIn) -> None:
    site.put_article()
    ingest(site.address)
    for number in (1, 2, 3):
        page = render(Variant(), number, site.host)
        site.put(site.page(number), Reply(page.replace(b"Regional Hotspot", b"Hotspot")))
    ingest(site.address)
    rows = [" ".join(line.split()) for line in ingest.lines]
    assert "removed IV. China's Positions and Views on Regional Hotspot Issues" in rows
    assert "added IV. China's Positions and Views on Hotspot Issues" in rows


def test_a_suspicious_edition_is_refused_unless_forced(site: Site, ingest: TakeIn) -> None:
    site.put_article()
    ingest(site.address)
    before = everything(ingest.root)
    fewer = [line for line in PAGES[2] if not line.startswith("A second paragraph")]
    less = [line for line in PAGES[1] if not line.startswith("A second paragraph")]
    for number in (2, 3):
        page = render(Variant(), number, site.host, [PAGES[0], less, fewer])
        site.put(site.page(number), Reply(page))
    with pytest.raises(EditionError, match="--force stores it") as raised:
        ingest(site.address)
    assert "removed" in str(raised.value)
    assert everything(ingest.root) == before
    (forced,) = ingest(site.address, force=True)
    assert forced.document.edition == 2
    assert corpus.check(ingest.root, PAPER_ID) == []


@pytest.mark.parametrize(
    ("given", "expected"),
    [(None, "china-and-a-world-of-stand-in-text-2019"), ("stand-in-2", "stand-in-2")],
)
def test_another_paper_gets_an_id_of_its_own(
    given: str | None, expected: str, ingest: TakeIn
) -> None:
    (outcome,) = ingest(str(FIXTURES / "china-daily-mirror"), document_id=given)
    assert outcome.document.id == expected
    (again,) = ingest(str(FIXTURES / "china-daily-mirror"))
    assert (again.document.id, again.unchanged) == (expected, True)


def test_the_default_paper_keeps_its_id_also_from_another_site(ingest: TakeIn) -> None:
    (outcome,) = ingest(str(FIXTURES / "state-council"))
    assert outcome.document.id == DEFAULT_ID == PAPER_ID


def test_another_article_is_refused_under_the_id_of_one(ingest: TakeIn) -> None:
    ingest(str(SAVED_PAGE_1))
    before = everything(ingest.root)
    with pytest.raises(EditionError, match="another article"):
        ingest(str(FIXTURES / "china-daily-mirror"), document_id=PAPER_ID)
    assert everything(ingest.root) == before


@pytest.mark.parametrize(
    "name", ["..", "a/b", "A", "a b", "-a", "a-", "é", "a.b", *sorted(RESERVED_IDS)]
)
def test_ids_that_are_none(name: str, ingest: TakeIn) -> None:
    with pytest.raises(CorpusError, match="is not a document id"):
        ingest(str(SAVED_PAGE_1), document_id=name)
    assert not ingest.root.exists()


def test_no_metadata_tells_where_the_files_lay(ingest: TakeIn, tmp_path: Path) -> None:
    shutil.copy(SAVED_PAGE_1, tmp_path / "p.txt")
    ingest(str(tmp_path / "p.txt"))
    stored = everything(ingest.root)
    assert not any(str(tmp_path).encode() in content for content in stored.values())


def test_pages_of_plain_text_together(ingest: TakeIn, tmp_path: Path) -> None:
    head = f"govt.chinadaily.com.cn\n\n2017\n\n{TITLE}\n\nUpdated: Jan 11, 2017 Print\n\n"
    files = []
    for number, lines in enumerate(PAGES, 1):
        files.append(tmp_path / f"page-{number}.txt")
        text = head + "\n\n".join(lines) + "\n\n1 2 3 >\n\nCopyright©2024 China Daily."
        files[-1].write_text(text, "utf-8")
    (two,) = ingest(*map(str, files[:2]))
    assert two.document.coverage == "pages 1, 2 of 3"
    (three,) = ingest(*map(str, files))
    assert three.document.complete
    assert corpus.check(ingest.root, PAPER_ID) == []


def test_each_document_for_itself(site: Site, ingest: TakeIn) -> None:
    site.put_article()
    ingest(site.address)
    ingest(str(FIXTURES / "china-daily-mirror"))
    other = "china-and-a-world-of-stand-in-text-2019"
    toml = ingest.root / other / "source.toml"
    nowhere = f"http://{site.host}{FOLDER}/{page_name(9)}"
    toml.write_text(toml.read_text("utf-8").replace('address = ""', f'address = "{nowhere}"'))
    site.asked.clear()
    with pytest.raises(IngestError, match=f"{other}: page 1: .*404"):
        ingest()
    assert site.paths() == [site.page(1), site.page(2), site.page(3), site.page(9)]


@pytest.mark.parametrize("copies", [False, True])
def test_a_paper_from_saved_pages_has_no_address(copies: bool, ingest: TakeIn) -> None:
    ingest(str(FIXTURES / "china-daily-mirror"))
    with pytest.raises(IngestError, match=r"its source\.toml has no address"):
        ingest(copies=copies)


def test_an_unknown_document(ingest: TakeIn) -> None:
    with pytest.raises(IngestError, match="no document nothing-here"):
        ingest(document_id="nothing-here")
    with pytest.raises(CorpusError):
        ingest(document_id="nothing-here", offline=True)
