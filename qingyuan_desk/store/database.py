"""The database file: who may open it, how it is read, and the one way to write to it.

Writers take `BEGIN IMMEDIATE` (sqlite-utils' own `atomic()` is a deferred BEGIN, which fails at once when two writers
upgrade), WAL with `synchronous=FULL` (NORMAL loses acknowledged visits in a power cut). sqlite-utils itself is loaded on
the first write, not when the desk starts: reading needs none of it.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qingyuan_desk.domain.errors import Conflict, Unavailable

if TYPE_CHECKING:
    from sqlite_utils import Database

#: Written into the file's header: "QYDS".
APPLICATION_ID = 0x51594453
#: The schema this program writes, and the oldest program that may write or read such a file.
SCHEMA = 1
MIN_WRITER = 1
MIN_READER = 1
#: Seconds a writer waits for another program before the clerk is told.
BUSY_SECONDS = 5.0

FILE_NAME = "desk.db"

Row = sqlite3.Row
Params = Sequence[Any] | Mapping[str, Any]


class Rows:
    """One connection's way of asking: statements with bound parameters, rows back."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self._tables: Database | None = None

    def all(self, sql: str, params: Params = ()) -> list[Row]:
        """Every row."""
        return self.connection.execute(sql, params).fetchall()

    def one(self, sql: str, params: Params = ()) -> Row | None:
        """The first row, if there is one."""
        cursor = self.connection.execute(sql, params)
        row: Row | None = cursor.fetchone()
        cursor.close()
        return row

    def value(self, sql: str, params: Params = ()) -> Any:
        """The first column of the first row; None if there is no row."""
        row = self.one(sql, params)
        return None if row is None else row[0]

    @property
    def tables(self) -> Database:
        """The same connection as a sqlite-utils Database."""
        if self._tables is None:
            from sqlite_utils import Database

            self._tables = Database(self.connection, execute_plugins=False)
        return self._tables


class Tx(Rows):
    """An open write transaction."""

    def run(self, sql: str, params: Params = ()) -> int:
        """Carry out a statement; how many rows it touched."""
        return self.connection.execute(sql, params).rowcount

    def insert(self, table: str, row: Mapping[str, Any]) -> int:
        """Add one row; its id."""
        return int(self.tables.table(table).insert(dict(row)).last_rowid or 0)

    def insert_all(self, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Add many rows of the same columns."""
        if rows:
            self.tables.table(table).insert_all([dict(row) for row in rows])

    def upsert(self, table: str, rows: Sequence[Mapping[str, Any]], key: str | tuple[str, ...]) -> None:
        """Add rows or replace the given columns of those with the same key."""
        if rows:
            self.tables.table(table).upsert_all([dict(row) for row in rows], pk=key)


class Store:
    """An open data file. One connection writes; every reading thread has its own."""

    def __init__(self, path: Path, writer: sqlite3.Connection, read_only: Unavailable | None) -> None:
        self.path = path
        self.read_only = read_only
        self._writer = Tx(writer)
        self._lock = threading.RLock()
        self._readers = threading.local()
        self._open_readers: list[sqlite3.Connection] = []
        self._inode = _inode(path)

    @contextmanager
    def write(self) -> Iterator[Tx]:
        """One transaction: all of it, or nothing of it. Raises Unavailable or Conflict with a sentence."""
        if self.read_only is not None:
            raise self.read_only
        with self._lock:
            self._check_still_there()
            connection = self._writer.connection
            with translated(self.path):
                connection.execute("BEGIN IMMEDIATE")
                try:
                    yield self._writer
                    connection.execute("COMMIT")
                except BaseException:
                    if connection.in_transaction:
                        connection.execute("ROLLBACK")
                    raise

    @contextmanager
    def read(self) -> Iterator[Rows]:
        """This thread's own view; sees what is committed."""
        rows = getattr(self._readers, "rows", None)
        if rows is None:
            rows = Rows(self._new_reader())
            self._readers.rows = rows
        with translated(self.path):
            yield rows

    def close(self) -> None:
        """Fold the write-ahead log into the file and let go of it."""
        with self._lock:
            for reader in self._open_readers:
                reader.close()
            self._open_readers.clear()
            self._readers = threading.local()
            if self.read_only is None:
                with translated(self.path):
                    self._writer.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            self._writer.connection.close()

    def _new_reader(self) -> sqlite3.Connection:
        reader = connect(self.path, read_only=True, immutable=self._is_immutable())
        # Only the writer checkpoints: two checkpointing connections meet a bug of SQLite before 3.51.3.
        reader.execute("PRAGMA wal_autocheckpoint=0")
        self._open_readers.append(reader)
        return reader

    def _is_immutable(self) -> bool:
        return self.read_only is not None and self.read_only.code == "QY-103"

    def _check_still_there(self) -> None:
        if _inode(self.path) != self._inode:
            raise Unavailable("QY-105", path=self.path)


def connect(path: Path, *, read_only: bool = False, immutable: bool = False) -> sqlite3.Connection:
    """A connection with our settings; transactions are begun by hand."""
    mode = "mode=ro" if read_only else "mode=rwc"
    uri = f"{path.absolute().as_uri()}?{mode}{'&immutable=1' if immutable else ''}"
    connection = sqlite3.connect(
        uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA trusted_schema=OFF")
    connection.execute("PRAGMA foreign_keys=ON")
    return connection


def begin_writing(connection: sqlite3.Connection) -> None:
    """Durability of the writing connection."""
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA secure_delete=ON")


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """SQLite's errors as sentences. Their own text is kept out: it may quote data."""
    try:
        yield
    except sqlite3.IntegrityError as error:
        raise Conflict("这条记录与已有记录冲突，没有保存。请刷新后再试。") from error
    except sqlite3.Error as error:
        raise Unavailable(_fault_of(error), path=path, cause=type(error).__name__) from error


def _fault_of(error: sqlite3.Error) -> str:
    name = getattr(error, "sqlite_errorname", "") or ""
    for prefix, code in _FAULT_CODES:
        if name.startswith(prefix):
            return code
    return "QY-199"


_FAULT_CODES = (
    ("SQLITE_FULL", "QY-101"),
    ("SQLITE_IOERR", "QY-102"),
    ("SQLITE_READONLY", "QY-103"),
    ("SQLITE_CANTOPEN", "QY-117"),
    ("SQLITE_BUSY", "QY-104"),
    ("SQLITE_LOCKED", "QY-104"),
    ("SQLITE_CORRUPT", "QY-106"),
    ("SQLITE_NOTADB", "QY-119"),
)


def _inode(path: Path) -> tuple[int, int] | None:
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_dev, status.st_ino
