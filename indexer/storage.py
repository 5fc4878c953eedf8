"""Files that survive a kill: replaced as a whole, by one writer at a time."""

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def sha256(content: bytes) -> str:
    """Return the SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def write_atomically(file: Path, content: bytes) -> None:
    """Replace a file as a whole, making missing folders. On OSError the old file is unchanged."""
    file.parent.mkdir(parents=True, exist_ok=True)
    aside = temporary_path(file)
    try:
        with aside.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        aside.replace(file)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise


def temporary_path(file: Path) -> Path:
    """Return the hidden path, in the same folder, at which a new ``file`` is written."""
    return file.with_name(f".new-{file.name}")


@contextmanager
def write_lock(folder: Path) -> Iterator[None]:
    """Hold the write lock of a folder, making the folder if missing; a kill releases the lock."""
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
