"""The index folder: valid or rebuilt, replaced in one step, never served damaged."""

from __future__ import annotations

import hashlib
import json
import logging
import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from whoosh.filedb.filestore import FileStorage
from whoosh.query import Phrase, Term

from indexer.errors import IndexFolderError
from indexer.search import builds
from indexer.search.builds import put_build
from indexer.search.engine import Engine
from indexer.search.index import build, open_index
from indexer.search.query import Slot
from indexer.search.results import Request

from ..conftest import problems
from .conftest import TINY_DOCUMENTS

OLD, NEW = "0" * 64, "1" * 64
REBUILD = "Run `python -m indexer build`."


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """An index of the tiny documents."""
    build(TINY_DOCUMENTS, OLD, tmp_path / "index")
    return tmp_path / "index"


def in_force(index: Path) -> Path:
    return index / (index / "current").read_text()


def files(index: Path) -> set[str]:
    return {file.relative_to(index).as_posix() for file in index.rglob("*")}


@pytest.mark.parametrize(
    ("slot", "places"),
    [
        (Slot("exact", "tree"), [("garden-1", 8), ("garden-1", 13), ("garden-2", 9)]),
        (Slot("form", "sail"), [("harbour-1", 9), ("harbour-2", 2)]),
        (Slot("glob", "r?s"), [("garden-1", 4), ("garden-3", 1)]),
        (Slot("exact", "1500"), [("harbour-1", 4)]),
        (Slot("exact", "typhoon"), []),
    ],
)
def test_it_knows_where_words_stand(
    tiny: Engine, slot: Slot, places: list[tuple[str, int]]
) -> None:
    text = tiny.index.text
    paragraphs = text.layout.paragraph_of[text.positions(slot)].tolist()
    found = [
        (tiny.index.paragraphs[number][1].id, position - int(text.layout.paragraphs[number]))
        for number, position in zip(paragraphs, text.positions(slot).tolist(), strict=True)
    ]
    assert found == places


def test_a_new_index_is_whole(index: Path) -> None:
    assert problems(index, OLD) == []


def test_no_index(tmp_path: Path) -> None:
    said = f"There is no index in {tmp_path}. {REBUILD}"
    assert problems(tmp_path, OLD) == [said]
    with pytest.raises(IndexFolderError, match="There is no index"):
        open_index(tmp_path, TINY_DOCUMENTS, OLD)


@pytest.mark.parametrize("name", ["", "gone", "../index", "/", "\u00e9"])
def test_a_build_in_force_that_is_not_there_is_no_index(index: Path, name: str) -> None:
    (index / "current").write_text(name, encoding="utf-8")
    assert problems(index, OLD) == [f"There is no index in {index}. {REBUILD}"]


def test_an_index_of_an_older_corpus(index: Path) -> None:
    assert problems(index, NEW) == [f"The index in {index} is of another corpus. {REBUILD}"]


def test_an_index_of_another_version(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(builds, "SCHEMA_VERSION", 0)
    said = f"The index in {index} was made by another version of this program. {REBUILD}"
    assert problems(index, OLD) == [said]


def test_every_damaged_or_missing_file_is_named(index: Path) -> None:
    folder = in_force(index)
    sealed = sorted(set(folder.iterdir()) - {folder / "manifest.json"})
    assert sealed
    for file in sealed:
        content = file.read_bytes()
        file.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
        assert problems(index, OLD) == [f"{file} is damaged. {REBUILD}"]
        file.unlink()
        assert problems(index, OLD) == [f"{file} is missing. {REBUILD}"]
        file.write_bytes(content)


@pytest.mark.parametrize("content", [b"", b"{", b"\xff", b"[]", b"{}", b"1"])
def test_a_damaged_manifest(index: Path, content: bytes) -> None:
    manifest = in_force(index) / "manifest.json"
    manifest.write_bytes(content)
    assert problems(index, OLD) == [f"{manifest} is damaged. {REBUILD}"]
    with pytest.raises(IndexFolderError, match="is damaged"):
        open_index(index, TINY_DOCUMENTS, OLD)


def test_a_manifest_is_proven_in_every_byte(index: Path) -> None:
    manifest = in_force(index) / "manifest.json"
    content = manifest.read_bytes()
    for place in range(len(content)):
        flipped = bytes([content[place] ^ (1 << place % 8)])
        manifest.write_bytes(content[:place] + flipped + content[place + 1 :])
        assert problems(index, OLD) == [f"{manifest} is damaged. {REBUILD}"]


def test_whatever_is_wrong_it_is_built_anew_and_said(
    corpus_folder: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    wanted = Engine.open(corpus_folder, tmp_path).search(Request("Japan")).results
    caplog.clear()
    Engine.open(corpus_folder, tmp_path)
    assert caplog.messages == []
    file = in_force(tmp_path) / "text.npz"
    file.write_bytes(b"")
    assert Engine.open(corpus_folder, tmp_path).search(Request("Japan")).results == wanted
    assert caplog.messages == [f"building the index: {file} is damaged."]


def test_who_has_the_build_before_open_goes_on(index: Path) -> None:
    before = Engine(open_index(index, TINY_DOCUMENTS, OLD))
    first = in_force(index)
    second = build(TINY_DOCUMENTS[:1], NEW, index)
    assert in_force(index) == second != first
    assert before.search(Request("ships")).results.total == 4
    assert (
        Engine(open_index(index, TINY_DOCUMENTS[:1], NEW)).search(Request("ships")).results.total
        == 0
    )
    began = time.time()
    third = build(TINY_DOCUMENTS, OLD, index)
    assert abs(open_index(index, TINY_DOCUMENTS, OLD).built - began) < 60
    assert not first.exists()
    assert second.exists()
    assert third.exists()


def test_a_build_that_fails_changes_nothing(index: Path) -> None:
    whole = files(index)
    lost = replace(TINY_DOCUMENTS[0], sections=())
    with pytest.raises(KeyError):
        build((lost,), NEW, index)
    assert files(index) == whole
    assert problems(index, OLD) == []


def test_the_leftover_of_a_killed_build_is_no_index_and_harms_none(index: Path) -> None:
    shutil.copytree(in_force(index), index / ".new-01234567")
    (index / "current").unlink()
    assert problems(index, OLD) == [f"There is no index in {index}. {REBUILD}"]
    build(TINY_DOCUMENTS, OLD, index)
    assert problems(index, OLD) == []


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "index").write_text("a file")
    with pytest.raises(IndexFolderError) as refused:
        build(TINY_DOCUMENTS, OLD, tmp_path / "index" / "below")
    assert str(refused.value) == (
        f"The index could not be written in {tmp_path / 'index' / 'below'}: Not a directory. "
        "Name another folder with --index, build it as another user, or free some disk space."
    )


@pytest.mark.parametrize("documents", [(), (replace(TINY_DOCUMENTS[0], paragraphs=()),)])
def test_an_empty_corpus_is_searched_and_finds_nothing(
    tmp_path: Path, documents: tuple[()]
) -> None:
    build(documents, OLD, tmp_path)
    engine = Engine(open_index(tmp_path, documents, OLD))
    for text in (
        "peace",
        '"rule of law"',
        "*",
        "pea*",
        "a b c d e f",
        "NOT peace",
        "heading:peace",
    ):
        assert engine.search(Request(text)).results.total == 0
    assert engine.suggest("pea") == ()


def test_a_paragraph_without_words_is_found_by_its_place(tmp_path: Path) -> None:
    first = TINY_DOCUMENTS[0]
    empty = replace(first.paragraphs[0], text="***")
    documents = (replace(first, paragraphs=(empty, *first.paragraphs[1:])),)
    build(documents, OLD, tmp_path)
    engine = Engine(open_index(tmp_path, documents, OLD))
    assert engine.search(Request("*")).results.hits[0].snippet.text == "***"
    assert engine.search(Request("shade")).results.hits[0].paragraph == first.paragraphs[1]


def test_an_open_build_is_in_memory_whatever_happens_to_its_files(index: Path) -> None:
    engine = Engine(open_index(index, TINY_DOCUMENTS, OLD))
    for file in in_force(index).iterdir():
        file.write_bytes(file.read_bytes()[:-1])
    with pytest.raises(IndexFolderError, match="is damaged"):
        open_index(index, TINY_DOCUMENTS, OLD)
    shutil.rmtree(index)
    assert engine.search(Request("ships")).results.total == 4
    assert "Apple" in [each.text for each in engine.suggest("app")]


def test_whoosh_itself_reads_the_index_and_finds_the_same(tiny: Engine, index: Path) -> None:
    whoosh = FileStorage(str(in_force(index)), readonly=True).open_index()
    with whoosh.searcher() as searcher:
        for words in (["tree"], ["sea"], ["law", "of", "the", "sea"], ["1500", "ships"], ["red"]):
            asked = [Term("text", word) for word in words]
            found = searcher.search(
                asked[0] if len(asked) == 1 else Phrase("text", words), limit=None
            )
            wanted = tiny.search(Request(f'"{" ".join(words)}"', sort="position")).results
            assert sorted(hit["id"] for hit in found) == [hit.paragraph.id for hit in wanted.hits]
    whoosh.close()


def test_only_what_is_ours_is_removed(index: Path) -> None:
    others = [index / name for name in ("corpus", ".git", ".new-york", "0123456789ab")]
    leftovers = [index / name for name in (".new-0a1b2c3d", "0123456789ab-0a1b2c3d")]
    for folder in others + leftovers:
        (folder / "below").mkdir(parents=True)
    build(TINY_DOCUMENTS, OLD, index)
    assert all(folder.is_dir() for folder in others)
    assert not any(folder.exists() for folder in leftovers)


def test_who_builds_is_left_alone_until_it_is_done(index: Path) -> None:
    begun, other = Event(), Event()

    def fill(folder: Path) -> None:
        (folder / "file").touch()
        begun.set()
        assert not other.wait(0.3)
        assert (folder / "file").exists()

    def first() -> Path:
        return put_build(index, NEW, fill)

    with ThreadPoolExecutor() as threads:
        one = threads.submit(first)
        begun.wait()
        two = build(TINY_DOCUMENTS, OLD, index)
        other.set()
        assert one.result().is_dir()
    assert in_force(index) == two


def test_builds_are_as_readable_as_the_system_makes_files(index: Path) -> None:
    (index / "plain").mkdir()
    (index / "plain" / "file").touch()
    folder = in_force(index)
    assert folder.stat().st_mode == (index / "plain").stat().st_mode
    for file in (index / "current", *folder.iterdir()):
        assert file.stat().st_mode == (index / "plain" / "file").stat().st_mode


def test_the_manifest_seals_the_build(index: Path) -> None:
    folder = in_force(index)
    content = (folder / "manifest.json").read_bytes()
    assert json.loads(content)["corpus"] == OLD
    assert folder.name.startswith(hashlib.sha256(content).hexdigest()[:12])
