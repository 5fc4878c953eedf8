"""A full or read-only disk is reported clearly, and nothing is damaged."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from indexer import corpus
from tests.ingest.conftest import everything

from ..conftest import problems
from .scene import PAPER, Place, Server, run, serving

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="needs the limits and mounts of Linux"
)

# Permissions bind no superuser, unless the right to pass over them is dropped.
BOUND = ["setpriv", "--bounding-set=-dac_override"] if os.geteuid() == 0 else []


Room = tuple[Place, Callable[[int | None], list[str]]]


def can_mount() -> bool:
    """Return whether file systems can be mounted: it takes rights that containers may not have."""
    try:
        with TemporaryDirectory() as folder, tmpfs(Path(folder), "1m"):
            return True
    except (OSError, subprocess.CalledProcessError):
        return False


@contextmanager
def tmpfs(folder: Path, size: str) -> Iterator[None]:
    """Mount a small file system in a folder."""
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    subprocess.run(mount, check=True, capture_output=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


MOUNTED = ["mounted"] if sys.platform == "linux" and can_mount() else []


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A corpus and its index, not to be changed."""
    place = Place(tmp_path_factory.mktemp("made"))
    run(place.ingest(0))
    return place


@pytest.fixture(params=["limited", *MOUNTED])
def room(request: pytest.FixtureRequest, made: Place, tmp_path: Path) -> Iterator[Room]:
    """Return a copy, and a function that leaves some bytes free: a command to run others under."""
    place = Place(tmp_path)
    if request.param == "limited":
        copy(made, place)
        yield place, lambda size: [] if size is None else ["prlimit", f"--fsize={size}"]
        return

    def fill(size: int | None) -> list[str]:
        filler = tmp_path / "filler"
        filler.unlink(missing_ok=True)
        if size is not None:
            free = shutil.disk_usage(tmp_path).free
            filler.write_bytes(bytes(max(0, free - size)))
        return []

    with tmpfs(tmp_path, "4m"):
        copy(made, place)
        yield place, fill


def copy(made: Place, place: Place) -> None:
    shutil.copytree(made.corpus, place.corpus)
    shutil.copytree(made.index, place.index)
    place.pages(1)


ROOMS = (0, 8_192, 40_000)  # bytes: more and more files fit in, never all


def test_where_there_is_no_room_nothing_is_stored_and_nothing_is_left(room: Room) -> None:
    place, leave = room
    command = place.ingest(1)
    before, index = everything(place.corpus), everything(place.index)
    for size in ROOMS:
        said = run(command, code=1, under=leave(size))
        assert f"No edition was stored: {place.corpus / PAPER} could not be written" in said
        assert "No space left on device" in said or "File too large" in said
        assert "Free some disk space or fix the permissions, and ingest again." in said
        assert (everything(place.corpus), everything(place.index)) == (before, index)
    leave(None)
    run(command)
    run(["check", *place.folders])


def test_an_index_for_which_there_is_no_room(room: Room) -> None:
    place, leave = room
    before = everything(place.index)
    for size in ROOMS:
        said = run(place.build(), code=1, under=leave(size))
        assert f"The index could not be written in {place.index}: " in said
        assert "No space left on device" in said or "File too large" in said
        assert (
            "Name another folder with --index, build it as another user, or free some disk space."
            in said
        )
        assert everything(place.index) == before
    leave(None)
    run(["check", *place.folders])
    run(place.build())


@pytest.fixture(params=["permitted", *MOUNTED])
def read_only(request: pytest.FixtureRequest, made: Place, tmp_path: Path) -> Iterator[Place]:
    """A copy of it that nobody can write to."""
    place = Place(tmp_path / "place", processes=1)
    place.folder.mkdir()
    if request.param == "permitted":
        copy(made, place)
        (place.folder / "server.log").touch()
        subprocess.run(["chmod", "-R", "a-w", place.corpus, place.index], check=True)
        yield place
        subprocess.run(["chmod", "-R", "u+w", place.corpus, place.index], check=True)
        return
    with tmpfs(place.folder, "4m"):
        copy(made, place)
        (place.folder / "server.log").symlink_to(tmp_path / "server.log")
        subprocess.run(["mount", "-o", "remount,ro", place.folder], check=True)
        yield place


def test_what_is_for_reading_only_is_served(read_only: Place) -> None:
    before = everything(read_only.corpus), everything(read_only.index)
    with serving(read_only, BOUND) as server:
        assert b'"total"' in server.get("/api/search?q=security")
    run(["check", *read_only.folders], under=BOUND)
    run(["search", "security", *read_only.folders], under=BOUND)
    assert before == (everything(read_only.corpus), everything(read_only.index))


def test_what_is_for_reading_only_is_not_written_to_and_that_is_said(read_only: Place) -> None:
    before = everything(read_only.corpus), everything(read_only.index)
    pages = [str(read_only.folder / "pages-1" / f"page-{n}.html") for n in (1, 2, 3)]
    said = run(["ingest", *pages, "--document", PAPER, *read_only.folders], 1, BOUND)
    assert f"No edition was stored: {read_only.corpus / PAPER} could not be written" in said
    assert "Read-only file system" in said or "Permission denied" in said
    said = run(read_only.build(), 1, BOUND)
    assert f"The index could not be written in {read_only.index}: " in said
    assert before == (everything(read_only.corpus), everything(read_only.index))
    mark = corpus.read_documents(read_only.corpus)[1]
    assert problems(read_only.index, mark) == []


def test_without_an_index_it_cannot_be_served_from_there_and_says_why(read_only: Place) -> None:
    index = read_only.index / "none"
    server = Server(read_only, BOUND, ["--index", str(index)])
    assert server.process.wait(30) == 1
    assert f"Cannot serve: The index could not be written in {index}: " in server.log
    assert "Traceback" not in server.log
