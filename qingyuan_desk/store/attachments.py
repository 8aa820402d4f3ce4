"""Files kept beside the data file, each under the digest of what is in it: never changed, never written over."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from qingyuan_desk.domain.errors import Unavailable, cause_in_words
from qingyuan_desk.store.database import Rows
from qingyuan_desk.store.filesystem import sync_folder

FOLDER = "attachments"


def digest_of(content: bytes) -> str:
    """SHA-256 in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def keep(folder: Path, name: str, content: bytes) -> None:
    """Write a file into the attachments of a data folder, whole and on the disk, or not at all. Raises Unavailable."""
    target = folder / FOLDER / name
    try:
        target.parent.mkdir(exist_ok=True)
        handle, unfinished = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=".tmp")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.replace(unfinished, target)
        except BaseException:
            with suppress(OSError):
                os.unlink(unfinished)
            raise
        sync_folder(target.parent)
        sync_folder(folder)
    except OSError as error:
        raise Unavailable("QY-132", path=target, cause=cause_in_words(error)) from error


def read(folder: Path, name: str, digest: str) -> bytes:
    """A kept file, as it was kept. Raises Unavailable when it is gone or was changed."""
    path = folder / FOLDER / name
    try:
        content = path.read_bytes()
    except OSError as error:
        raise Unavailable("QY-141", path=path, cause=cause_in_words(error)) from error
    if digest_of(content) != digest:
        raise Unavailable("QY-141", path=path, cause="内容与存入时不一致")
    return content


def copy(rows: Rows, folder: Path, target: Path) -> None:
    """Bring the attachments of a copy in the folder `target` up to date. Raises Unavailable with the first one lost.

    What is there already was compared when it was written; it is written again only when its size is another.
    """
    lost: list[Unavailable] = []
    for name, size, digest, removed in _files(rows):
        if _size(target / FOLDER / name) == size:
            continue
        try:
            content = read(folder, name, digest)
        except Unavailable as error:
            lost += [] if removed else [error]
            continue
        keep(target, name, content)
        read(target, name, digest)
    if lost:
        raise lost[0]


def faults(rows: Rows, folder: Path) -> Iterator[str]:
    """Every attachment that is gone or was changed, in sentences."""
    for name, _, digest, removed in _files(rows):
        if removed:
            continue
        try:
            read(folder, name, digest)
        except Unavailable as error:
            yield error.sentence


def _files(rows: Rows) -> Iterator[tuple[str, int, str, bool]]:
    """Name, size, digest, and whether no case counts on it any more."""
    for row in rows.all(
        "SELECT file, size, digest, min(CASE WHEN removed = '' THEN 0 ELSE 1 END) AS removed FROM attachment"
        " GROUP BY file, size, digest ORDER BY file"
    ):
        yield row["file"], row["size"], row["digest"], bool(row["removed"])


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except OSError:
        return None
