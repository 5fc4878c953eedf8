"""The corpus folder: what is stored comes back unchanged, and nothing damaged is ever served."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from indexer import corpus
from indexer.diff import compare
from indexer.errors import CorpusError
from indexer.ingest.ids import match
from tests.editions.tiny import EDITIONS, FILES, SOURCE, document, files, matched, page, take_in


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus with the two editions of the tiny paper. Not to be written to."""
    root = tmp_path_factory.mktemp("two")
    take_in(root, 1)
    take_in(root, 2)
    return root


@pytest.fixture
def root(two: Path, tmp_path: Path) -> Path:
    """A copy of that corpus, to be damaged."""
    return Path(shutil.copytree(two, tmp_path / "corpus"))


def test_what_is_stored_is_read_back(two: Path) -> None:
    first, second = (corpus.read_document(two, "paper", n) for n in (1, 2))
    assert list(files(two)) == FILES
    assert corpus.document_ids(two) == ("paper",)
    assert corpus.read_documents(two)[0] == (second,) == (corpus.read_document(two, "paper"),)
    assert [p.text for p in first.paragraphs] == [p.text for p in document(EDITIONS[0]).paragraphs]
    assert corpus.read_source(two, "paper") == SOURCE
    assert corpus.read_page(two, "paper", second.pages[0]) == page(1, 2)[1]
    assert corpus.check(two, "paper") == []


def test_the_ledger_can_be_read_as_it_stood(two: Path) -> None:
    first, second = (corpus.read_document(two, "paper", n) for n in (1, 2))
    before, now = (corpus.read_ledger(two, "paper", n) for n in (1, None))
    assert set(before) == {p.id for p in first.paragraphs} < set(now)
    assert [c.kind for c in compare(first, second, now)] == ["changed", "changed", "split"]


def test_a_ledger_is_only_appended_to(tmp_path: Path) -> None:
    take_in(tmp_path, 1)
    before, mark = files(tmp_path), corpus.read_documents(tmp_path)[1]
    take_in(tmp_path, 2)
    after = files(tmp_path)
    assert after["paper/ledger.jsonl"].startswith(before["paper/ledger.jsonl"])
    assert all(after[name] == before[name] for name in before if name != "paper/ledger.jsonl")
    assert corpus.read_documents(tmp_path)[1] != mark


def test_the_source_is_for_people_to_edit(tmp_path: Path) -> None:
    take_in(tmp_path, 1)
    file = tmp_path / "paper" / "source.toml"
    edited = file.read_text().replace("language", "# of the text\nlanguage")
    edited = edited.replace('address = ""', 'address = "https://example.org/paper.html"')
    file.write_text(edited)
    take_in(tmp_path, 2)
    assert file.read_text() == edited
    known = replace(SOURCE, address="https://example.org/paper.html")
    assert corpus.read_source(tmp_path, "paper") == known


def test_what_editors_and_file_managers_leave_does_no_harm(root: Path) -> None:
    document, source = corpus.read_document(root, "paper"), corpus.read_source(root, "paper")
    file = root / "paper" / "source.toml"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    editions = root / "paper" / "editions"
    shutil.copy(editions / "1.json", editions / "1 (copy).json")
    (root / "backup").mkdir()
    assert corpus.document_ids(root) == ("paper",)
    assert corpus.read_document(root, "paper") == document
    assert corpus.read_source(root, "paper") == source


@pytest.mark.parametrize(
    "title", ['A "Paper"', "China’s Policies", "C:\\Papers\n\t", "中文 😀", "# title = 1"]
)
def test_any_title_can_be_written_into_a_source(title: str, tmp_path: Path) -> None:
    source = replace(SOURCE, title=title, copies=(f"https://example.org/{title}",))
    take_in(tmp_path, 1, source)
    assert corpus.read_source(tmp_path, "paper") == source


def test_an_edition_cleaned_anew_points_to_older_pages(root: Path) -> None:
    old, ledger = corpus.read_document(root, "paper"), corpus.read_ledger(root, "paper")
    found = match(replace(document("I: A' B", edition=2), taken="2017-02-01"), old, ledger)
    corpus.store(root, found.document, {}, found.entries, SOURCE)
    assert corpus.check(root, "paper") == []
    assert not (root / "paper/snapshots/3").exists()


@pytest.mark.parametrize(
    "name",
    ["", ".", "..", "../two", "paper/../paper", "/etc", "Paper", "paper.", "pa per", "pаper"],
)
def test_an_id_never_leads_out_of_the_corpus(two: Path, name: str) -> None:
    with pytest.raises(CorpusError, match=r"is not a document id|corpus folder"):
        corpus.read_document(two, name)
    with pytest.raises(CorpusError, match="is not a document id"):
        corpus.store(two, replace(document("A"), id=name), {}, (), SOURCE)


@pytest.mark.parametrize("name", ["../source.toml", "1/../../source.toml", "/etc/passwd", "1/.x"])
def test_a_page_never_leads_out_of_its_folder(two: Path, name: str) -> None:
    with pytest.raises(CorpusError, match="is not a page file"):
        corpus.read_page(two, "paper", replace(page(1)[0], file=name))


def test_what_is_not_there_is_said(two: Path, tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"no document other .*; there are: paper"):
        corpus.read_document(two, "other")
    with pytest.raises(CorpusError, match="no edition 3; it has 1 to 2"):
        corpus.read_document(two, "paper", 3)
    with pytest.raises(CorpusError, match=r"no corpus folder .* indexer ingest"):
        corpus.document_ids(tmp_path / "nowhere")
    assert corpus.read_documents(tmp_path)[0] == ()


# --- damage ---------------------------------------------------------------------------------------


DAMAGES: dict[str, Callable[[bytes], bytes | None]] = {
    "missing": lambda content: None,
    "empty": lambda content: b"",
    "zeroed": lambda content: bytes(len(content)),
    "cut short": lambda content: content[:-9],
    "cut in half": lambda content: content[: len(content) // 2],
    "longer": lambda content: content + b"x",
    "doubled": lambda content: content * 2,
}


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_is_named_and_never_served(root: Path, name: str, damage: str) -> None:
    whole, file = corpus.read_document(root, "paper", 1), root / name
    spoilt = DAMAGES[damage](file.read_bytes())
    if spoilt is None:
        file.unlink()
    else:
        file.write_bytes(spoilt)
    (problem,) = corpus.check(root, "paper")
    assert str(file) in problem
    assert "estore it" in problem or "Fix it" in problem
    reads: dict[str, Callable[[], object]] = {
        "paper/source.toml": lambda: corpus.read_source(root, "paper"),
        "paper/snapshots/1/page-1.html": lambda: corpus.read_page(root, "paper", whole.pages[0]),
        "paper/snapshots/2/page-1.html": lambda: corpus.read_page(root, "paper", page(1, 2)[0]),
        "paper/editions/1.json": lambda: corpus.read_document(root, "paper", 1),
    }
    with pytest.raises(CorpusError, match=str(file)):
        reads.get(name, lambda: corpus.read_document(root, "paper"))()


@pytest.mark.parametrize("name", ["paper/ledger.jsonl", "paper/editions/2.json"])
def test_one_byte_flipped_anywhere_is_found(root: Path, name: str) -> None:
    file = root / name
    content = file.read_bytes()
    for place in range(len(content)):
        flipped = content[place] ^ (1 << place % 8)
        file.write_bytes(content[:place] + bytes([flipped]) + content[place + 1 :])
        with pytest.raises(CorpusError):
            corpus.read_document(root, "paper")


def test_a_ledger_cut_at_an_edition_is_found(root: Path) -> None:
    """What is left is a valid ledger; only the edition shows that its lines were lost."""
    file = root / "paper/ledger.jsonl"
    lines = file.read_bytes().splitlines(keepends=True)
    for count in range(len(lines)):
        file.write_bytes(b"".join(lines[:count]))
        (problem,) = corpus.check(root, "paper")
        assert str(file) in problem
        with pytest.raises(CorpusError, match=str(file)):
            corpus.read_document(root, "paper")


def test_a_reader_is_not_deceived_by_a_writer(tmp_path: Path) -> None:
    take_in(tmp_path, 1)
    with ThreadPoolExecutor() as threads:
        writing = threads.submit(take_in, tmp_path, 2)
        while not writing.done():
            assert corpus.check(tmp_path, "paper") == []
        writing.result()
    assert corpus.read_document(tmp_path, "paper").edition == 2


def test_documents_and_their_fingerprint_are_of_one_moment(tmp_path: Path) -> None:
    marks = []
    for edition in (1, 2):
        take_in(tmp_path, edition)
        marks.append(corpus.read_documents(tmp_path)[1])
    for _ in range(20):
        shutil.rmtree(tmp_path / "paper")
        take_in(tmp_path, 1)
        with ThreadPoolExecutor() as threads:
            writing = threads.submit(take_in, tmp_path, 2)
            while not writing.done():
                (document,), mark = corpus.read_documents(tmp_path)
                assert mark == marks[document.edition - 1]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("title = 1", "must have strings"),
        ('copies = "https://example.org/"', "must have strings"),
        ("copies = [1]", "must have strings"),
        ("published = 2017-01-11", "must have strings"),
        ('published = "soon"', "must have a date"),
        ('address = "htp:example.org"', "must have a date such as 2017-01-11, and addresses"),
        ('copies = ["example.org"]', "must have a date such as 2017-01-11, and addresses"),
        ('titel = "Paper"', "has missing or unknown fields: titel, title"),
        ("title =", "is not TOML"),
    ],
)
def test_a_source_with_a_slip(root: Path, line: str, told: str) -> None:
    file, name = root / "paper/source.toml", line.split()[0].replace("titel", "title")
    rows = file.read_text().splitlines()
    file.write_text("\n".join(line if row.startswith(f"{name} =") else row for row in rows))
    with pytest.raises(CorpusError, match=f"{file} {told}"):
        corpus.read_source(root, "paper")


def test_what_does_not_fit_is_not_stored(root: Path) -> None:
    before = files(root)
    old, ledger = corpus.read_document(root, "paper"), corpus.read_ledger(root, "paper")
    found = match(document("I: A' B X", edition=3), old, ledger)
    new, (received, content) = found.document, page(1, 3)
    unnamed = replace(new, paragraphs=document("I: A' B X").paragraphs)
    for third, pages, entries, told in (
        (replace(new, edition=2), {}, found.entries, "edition 2 cannot follow"),
        (replace(new, edition=4), {}, found.entries, "edition 4 cannot follow"),
        (new, {}, found.entries, "page-1.html is missing"),
        (new, {received.file: b"other"}, found.entries, "does not match its SHA-256"),
        (new, {received.file: content}, (), "disagree"),
        (unnamed, {received.file: content}, found.entries, "disagree"),
    ):
        with pytest.raises(CorpusError, match=told):
            corpus.store(root, third, pages, entries, SOURCE)
        assert files(root) == before


def test_where_nothing_can_be_written_it_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    for root in (tmp_path / "file", tmp_path / "file" / "corpus"):
        with pytest.raises(CorpusError, match=r"No edition was stored: .*paper could not be writ"):
            corpus.store(root, *matched(root, 1), SOURCE)
