"""Files that survive a kill: put in place whole and for good, by one writer at a time."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

if sys.platform != "win32":
    import fcntl


def put(file: Path, content: bytes) -> None:
    """Put a file in place at once: it holds ``content``, or what it held before.

    Folders that are missing are made. Raises OSError, and then nothing is left behind.
    """
    missing = [folder for folder in file.parents if not folder.exists()]
    file.parent.mkdir(parents=True, exist_ok=True)
    aside = beside(file)
    try:
        with aside.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        aside.replace(file)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise
    for folder in (file.parent, *(made.parent for made in missing)):
        sync(folder)


def beside(file: Path) -> Path:
    """Where what will be ``file`` is until it is whole: a hidden name in the same folder."""
    return file.with_name(f".new-{file.name}")


def sync(folder: Path) -> None:
    """Make the names in a folder last. Windows has no such call, and needs none."""
    if sys.platform != "win32":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Be the one writer in a folder, which is made when it is missing; others wait.

    The system drops the lock of a process that is killed. Raises OSError.
    """
    if sys.platform == "win32":
        folder.mkdir(parents=True, exist_ok=True)
        yield
        return
    handle = _locked(folder)
    try:
        yield
    finally:
        os.close(handle)


def _locked(folder: Path) -> int:
    """A handle that holds the lock of a folder, not of one that was deleted meanwhile."""
    while True:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder, os.O_RDONLY)
        fcntl.flock(handle, fcntl.LOCK_EX)
        with suppress(FileNotFoundError):
            if os.path.samestat(os.fstat(handle), folder.stat()):
                return handle
        os.close(handle)
