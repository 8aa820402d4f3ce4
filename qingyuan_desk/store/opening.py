"""Opening a data folder: new, ours, older, newer, foreign, damaged, or not writable; each has its own sentence.

A file that is not ours or is newer than this program is never written to.
"""

from __future__ import annotations

import os
import secrets
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from qingyuan_desk import __version__
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
    cause_of,
    connect,
    translated,
)
from qingyuan_desk.store.filesystem import network_kind, sync_folder

#: Puts the first rows into a file's new tables, which it is given the names of.
Fill = Callable[[Tx, frozenset[str]], None]


def open_store(folder: Path, fill: Fill) -> Store:
    """Open the data file in `folder`; a new or older one gets the schema and then whatever `fill` puts in.

    Raises Unavailable: the folder cannot be made or lies on a network, the file is not ours, is empty, or is damaged.
    """
    path = folder / FILE_NAME
    try:
        kind = network_kind(folder)
        if kind:
            raise Unavailable("QY-109", path=folder, kind=kind)
        if not path.exists():
            _refuse_if_lost(path)
            _create(path, fill)
        if not path.is_file():
            raise Unavailable("QY-119", path=path)
        if path.stat().st_size == 0 and not _log_of(path).exists():
            raise Unavailable("QY-118", path=path)
    except (OSError, sqlite3.Error) as error:
        raise Unavailable("QY-117", path=folder, cause=cause_of(error)) from error
    with translated(path):
        return _open(path, fill)


# --- a new file ----------------------------------------------------------------------------------------------------


def _refuse_if_lost(path: Path) -> None:
    """A log or copies without their data file: it was here yesterday, and an empty one would hide the loss."""
    remains = (
        _log_of(path),
        *path.parent.glob("backups/*.db"),
        *path.parent.glob("desk-before-upgrade-*.db"),
    )
    if any(remain.exists() for remain in remains):
        raise Unavailable("QY-105", path=path)


def _create(path: Path, fill: Fill) -> None:
    """Make the file under a name of its own first, so that a half-made one is never taken for the office's data."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{FILE_NAME}.{secrets.token_hex(4)}.new")
    try:
        _build(unfinished, fill)
        _put_in_place(unfinished, path)
    except (OSError, sqlite3.Error):
        # Another program may have been faster; then its file is the one.
        if not path.exists():
            raise
    finally:
        for leftover in path.parent.glob(f"{FILE_NAME}.*.new*"):
            with suppress(OSError):
                leftover.unlink()


def _build(path: Path, fill: Fill) -> None:
    connection = connect(path)
    try:
        connection.execute("BEGIN IMMEDIATE")
        _bring_up_to_date(connection, fill)
        connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
        connection.execute("COMMIT")
    finally:
        connection.close()


def _put_in_place(unfinished: Path, path: Path) -> None:
    """Give the file its name, unless a file of that name has come up meanwhile."""
    try:
        os.link(unfinished, path)
    except FileExistsError:
        return
    except OSError:
        # A file system without second names.
        if not path.exists():
            unfinished.rename(path)
    sync_folder(path.parent)


# --- a file that is there ------------------------------------------------------------------------------------------


def _open(path: Path, fill: Fill) -> Store:
    _refuse_foreign(path)
    reader, immutable = _connect_reading(path)
    try:
        _check_owner(reader, path)
        why_not = _version_gate(reader, path)
        writer = None if why_not else _connect_writing(path)
        if writer is None:
            why_not = why_not or Unavailable("QY-103", path=path.parent)
            return Store(path, reader, why_not, immutable=immutable)
    except BaseException:
        reader.close()
        raise
    reader.close()
    try:
        begin_writing(writer)
        _migrate(writer, path, fill)
    except BaseException:
        writer.close()
        raise
    return Store(path, writer, None)


def _refuse_foreign(path: Path) -> None:
    """Looks at nothing but the file's header, which leaves a file of another program as it was, its log too."""
    connection = connect(path, read_only=True, immutable=True)
    try:
        _check_owner(connection, path)
    except sqlite3.DatabaseError:
        # A clerk killed while folding the log in leaves a file that is whole only together with its log.
        if not _log_of(path).exists():
            raise
    finally:
        connection.close()


def _check_owner(connection: sqlite3.Connection, path: Path) -> None:
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        # A file too short for a page counts as a database without pages.
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        raise Unavailable("QY-120" if pages else "QY-119", path=path)


def _connect_reading(path: Path) -> tuple[sqlite3.Connection, bool]:
    """A reading connection; where SQLite cannot make its own files beside the data, one to the file as it stands."""
    connection = connect(path, read_only=True)
    try:
        connection.execute("SELECT 1 FROM sqlite_master").fetchone()
        return connection, False
    except sqlite3.OperationalError as error:
        connection.close()
        if not _not_writable(error):
            raise
    return connect(path, read_only=True, immutable=True), True


def _connect_writing(path: Path) -> sqlite3.Connection | None:
    """A writing connection where file and folder allow one."""
    connection = connect(path)
    try:
        # BEGIN IMMEDIATE alone succeeds on a read-only file; a change to no row does not, and writes nothing.
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE meta SET value = value WHERE key IS NULL")
        connection.execute("ROLLBACK")
        return connection
    except sqlite3.OperationalError as error:
        connection.close()
        if not _not_writable(error):
            raise
    return None


def _not_writable(error: sqlite3.Error) -> bool:
    return getattr(error, "sqlite_errorname", "").startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN"))


def _version_gate(connection: sqlite3.Connection, path: Path) -> Unavailable | None:
    """Whether this program may write; newer files may be read if their makers said so."""
    try:
        facts = dict(connection.execute("SELECT key, value FROM meta").fetchall())
        min_reader, min_writer = int(facts["min_reader"]), int(facts["min_writer"])
    except (sqlite3.OperationalError, KeyError, ValueError) as error:
        if isinstance(error, sqlite3.Error) and getattr(error, "sqlite_errorname", "") != "SQLITE_ERROR":
            raise
        raise Unavailable("QY-106", path=path) from error
    versions = {"theirs": facts.get("program", "?"), "ours": __version__}
    if min_reader > SCHEMA:
        raise Unavailable("QY-122", **versions)
    return Unavailable("QY-107", **versions) if min_writer > SCHEMA else None


# --- bringing a file up to date --------------------------------------------------------------------------------------


def _migrate(connection: sqlite3.Connection, path: Path, fill: Fill) -> None:
    """Bring an older file up to date in one transaction, with a copy made and named beforehand."""
    have = connection.execute("PRAGMA user_version").fetchone()[0]
    if have >= SCHEMA:
        return
    copy = path.with_name(f"desk-before-upgrade-{have}.db")
    _copy_whole(connection, copy)
    # Rebuilding a table drops the one that others point to.
    connection.execute("PRAGMA foreign_keys=OFF")
    try:
        connection.execute("BEGIN IMMEDIATE")
        _bring_up_to_date(connection, fill)
        connection.execute("COMMIT")
    except Exception as error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise Unavailable("QY-108", path=copy) from error
    connection.execute("PRAGMA foreign_keys=ON")


def _copy_whole(connection: sqlite3.Connection, copy: Path) -> None:
    unfinished = copy.with_name(f"{copy.name}.tmp")
    try:
        unfinished.unlink(missing_ok=True)
        connection.execute("VACUUM INTO ?", (str(unfinished),))
        os.replace(unfinished, copy)
    except OSError as error:
        raise Unavailable("QY-132", path=copy, cause=cause_of(error)) from error


def _bring_up_to_date(connection: sqlite3.Connection, fill: Fill) -> None:
    """Every step not yet taken, what stands in its tables at first, and what this program says about the file.

    Inside the caller's transaction.
    """
    from sqlite_utils import Database

    from qingyuan_desk.store.migrations import migrations

    before = _tables(connection)
    migrations.apply(Database(connection, execute_plugins=False))
    fill(Tx(connection), _tables(connection) - before)
    facts = {"program": __version__, "min_writer": str(MIN_WRITER), "min_reader": str(MIN_READER)}
    connection.executemany(
        "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        facts.items(),
    )
    connection.execute(f"PRAGMA user_version={SCHEMA}")


def _tables(connection: sqlite3.Connection) -> frozenset[str]:
    found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    return frozenset(name for (name,) in found)


def _log_of(path: Path) -> Path:
    return path.with_name(f"{path.name}-wal")
