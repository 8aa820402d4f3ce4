"""Opening a data folder: new, ours, older, newer, foreign, damaged, or not writable; each has its own sentence.

A file that is not ours or is newer than this program is never written to.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

from qingyuan_desk.domain.errors import Unavailable
from qingyuan_desk.store.database import (
    APPLICATION_ID,
    FILE_NAME,
    MIN_READER,
    MIN_WRITER,
    SCHEMA,
    Store,
    Tx,
    begin_writing,
    connect,
    translated,
)


def open_store(folder: Path, fill: Callable[[Tx], None]) -> Store:
    """Open the data file in `folder`; a new one gets the schema and then whatever `fill` puts in.

    Raises Unavailable: the folder cannot be made, the file is not ours, is empty, or is damaged.
    """
    path = folder / FILE_NAME
    if not path.exists():
        return _create(path, fill)
    if path.stat().st_size == 0 and not path.with_name(f"{FILE_NAME}-wal").exists():
        raise Unavailable("QY-118", path=path)
    connection, read_only = _connect_best(path)
    try:
        with translated(path):
            read_only = read_only or _version_gate(connection, path)
            if read_only is None:
                begin_writing(connection)
                _migrate(connection, path)
    except BaseException:
        connection.close()
        raise
    return Store(path, connection, read_only)


def _create(path: Path, fill: Callable[[Tx], None]) -> Store:
    """Make the file under another name first, so that a half-made one is never taken for the office's data."""
    unfinished = path.with_name(f"{FILE_NAME}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        for leftover in (
            unfinished,
            Path(f"{unfinished}-wal"),
            Path(f"{unfinished}-shm"),
            Path(f"{unfinished}-journal"),
        ):
            leftover.unlink(missing_ok=True)
        connection = connect(unfinished)
    except (OSError, sqlite3.Error) as error:
        raise Unavailable("QY-117", path=path.parent, cause=_cause(error)) from error
    try:
        with translated(path):
            _apply_migrations(connection)
            connection.execute("BEGIN IMMEDIATE")
            fill(Tx(connection))
            connection.execute("COMMIT")
            connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
    finally:
        connection.close()
    unfinished.rename(path)
    connection = connect(path)
    begin_writing(connection)
    return Store(path, connection, None)


def _connect_best(path: Path) -> tuple[sqlite3.Connection, Unavailable | None]:
    """A writing connection where the folder allows one, else a read-only one and the reason."""
    try:
        connection = connect(path)
        # Takes and lets go of the write lock: the cheapest proof that the file and its folder can be written.
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("ROLLBACK")
        return connection, None
    except sqlite3.Error as error:
        name = getattr(error, "sqlite_errorname", "")
        if not name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN")):
            with translated(path):
                raise
    # WAL files on read-only media open only as immutable.
    with translated(path):
        return connect(path, read_only=True, immutable=True), Unavailable("QY-103", path=path.parent)


def _version_gate(connection: sqlite3.Connection, path: Path) -> Unavailable | None:
    """Whose file this is. Newer ones may be read if their makers said so; foreign ones are refused."""
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise Unavailable("QY-120", path=path)
    versions = dict(connection.execute("SELECT key, value FROM meta").fetchall())
    newer = Unavailable("QY-107", theirs=versions.get("program", "?"), ours=f"数据版本 {SCHEMA}")
    if int(versions.get("min_reader", 1)) > SCHEMA:
        raise newer
    return newer if int(versions.get("min_writer", 1)) > SCHEMA else None


def _migrate(connection: sqlite3.Connection, path: Path) -> None:
    """Bring an older file up to date, with a copy made and named beforehand."""
    have = connection.execute("PRAGMA user_version").fetchone()[0]
    if have >= SCHEMA:
        return
    copy = path.with_name(f"desk-before-upgrade-{have}.db")
    connection.execute("VACUUM INTO ?", (str(copy),))
    try:
        _apply_migrations(connection)
    except sqlite3.Error as error:
        raise Unavailable("QY-108", path=copy) from error


def _apply_migrations(connection: sqlite3.Connection) -> None:
    from sqlite_utils import Database

    from qingyuan_desk.store.migrations import migrations

    database = Database(connection, execute_plugins=False)
    migrations.apply(database)
    database.table("meta").upsert_all(
        [{"key": "min_writer", "value": str(MIN_WRITER)}, {"key": "min_reader", "value": str(MIN_READER)}],
        pk="key",
    )
    connection.execute(f"PRAGMA user_version={SCHEMA}")


def _cause(error: Exception) -> str:
    """An operating-system reason without paths or data."""
    return getattr(error, "strerror", None) or type(error).__name__
