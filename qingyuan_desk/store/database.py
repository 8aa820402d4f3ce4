"""The database file: who may open it, how it is read, and the one way to write to it.

Writers take `BEGIN IMMEDIATE` (sqlite-utils' own `atomic()` is a deferred BEGIN, which fails at once when two writers
upgrade), WAL with `synchronous=FULL` (NORMAL loses acknowledged visits in a power cut). sqlite-utils makes the schema
(store/migrations.py); rows are written by hand, which takes half the processor time off a registration and spares its
import.
"""

from __future__ import annotations

import os
import sqlite3
import threading
import weakref
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

from qingyuan_desk.domain.errors import Conflict, Unavailable, cause_in_words

#: Written into the file's header: "QYDS".
APPLICATION_ID = 0x51594453
#: The schema this program writes, and the oldest program that may write or read such a file.
SCHEMA = 4
MIN_WRITER = 3
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


class _Reader(Rows):
    """A thread's own connection, closed when the thread ends: left to itself it would keep its files open for long."""

    def __del__(self) -> None:
        self.connection.close()


class Tx(Rows):
    """An open write transaction."""

    def run(self, sql: str, params: Params = ()) -> int:
        """Carry out a statement; how many rows it touched."""
        return self.connection.execute(sql, params).rowcount

    def insert(self, table: str, row: Mapping[str, Any]) -> int:
        """Add one row; its id."""
        return int(self.connection.execute(_insertion(table, tuple(row)), tuple(row.values())).lastrowid or 0)

    def insert_all(self, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Add many rows of the same columns."""
        if rows:
            columns = tuple(rows[0])
            values = [tuple(row[column] for column in columns) for row in rows]
            self.connection.executemany(_insertion(table, columns), values)

    def upsert(self, table: str, rows: Sequence[Mapping[str, Any]], key: str | tuple[str, ...]) -> None:
        """Add rows or replace the given columns of those with the same key."""
        if not rows:
            return
        columns, keys = tuple(rows[0]), (key,) if isinstance(key, str) else key
        changes = ", ".join(f'"{column}" = excluded."{column}"' for column in columns if column not in keys)
        self.connection.executemany(
            f"{_insertion(table, columns)} ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {changes}",
            [tuple(row[column] for column in columns) for row in rows],
        )


class Store:
    """An open data file. One connection writes; every reading thread has its own.

    read_only: why nothing is written here; set when the file turns out to be damaged. immutable: read as it stands,
    for folders in which SQLite cannot make its own files.
    """

    def __init__(
        self,
        path: Path,
        connection: sqlite3.Connection,
        read_only: Unavailable | None,
        *,
        immutable: bool = False,
    ) -> None:
        self.path = path
        self.read_only = read_only
        self.immutable = immutable
        self._writer = Tx(connection)
        self._lock = threading.RLock()
        self._readers = threading.local()
        self._open_readers: weakref.WeakSet[_Reader] = weakref.WeakSet()
        self._readers_lock = threading.Lock()
        self._files = _identities(path)

    @contextmanager
    def write(self) -> Iterator[Tx]:
        """One transaction: all of it, or nothing of it. Raises Unavailable or Conflict with a sentence."""
        if self.read_only is not None:
            raise self.read_only
        with self._lock, self._translated():
            connection = self._writer.connection
            connection.execute("BEGIN IMMEDIATE")
            try:
                self._check_still_there()
                yield self._writer
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
            self._check_still_there()

    @contextmanager
    def unhurried(self) -> Iterator[None]:
        """Until the block ends no commit waits for the disk, so that a power cut may lose the last ones. For invented data only."""
        connection = self._writer.connection
        connection.execute("PRAGMA synchronous=NORMAL")
        try:
            yield
        finally:
            connection.execute("PRAGMA synchronous=FULL")

    @contextmanager
    def read(self) -> Iterator[Rows]:
        """This thread's own view: what is committed, as of its first question, until the block ends."""
        with self._translated():
            rows: Rows = getattr(self._readers, "rows", None) or self._new_reader()
            if rows.connection.in_transaction:
                yield rows
                return
            rows.connection.execute("BEGIN")
            try:
                yield rows
            finally:
                if rows.connection.in_transaction:
                    rows.connection.execute("ROLLBACK")

    def close(self) -> None:
        """Fold the write-ahead log into the file and let go of it."""
        with self._lock, self._readers_lock:
            for reader in self._open_readers:
                reader.connection.close()
            self._readers = threading.local()
            if self.read_only is None:
                # What cannot be folded in now, because the disk is full or another program reads, waits in the log.
                with suppress(sqlite3.Error):
                    self._writer.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            self._writer.connection.close()

    def new_reader(self) -> sqlite3.Connection:
        """One more reading connection, which the caller closes."""
        reader = connect(self.path, read_only=True, immutable=self.immutable)
        # Only the writer checkpoints: two checkpointing connections meet a bug of SQLite before 3.51.3.
        reader.execute("PRAGMA wal_autocheckpoint=0")
        return reader

    def _new_reader(self) -> Rows:
        self._check_still_there()
        rows = self._readers.rows = _Reader(self.new_reader())
        with self._readers_lock:
            self._open_readers.add(rows)
        return rows

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            with translated(self.path):
                yield
        except Unavailable as error:
            if error.code == "QY-106":
                self.read_only = error
            raise

    def _check_still_there(self) -> None:
        """A moved file would go on taking visits that nobody finds again."""
        (file, log), (known_file, known_log) = _identities(self.path), self._files
        if file != known_file or known_log not in (None, log):
            raise Unavailable("QY-105", path=self.path)
        self._files = file, log


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


@lru_cache(maxsize=256)
def _insertion(table: str, columns: tuple[str, ...]) -> str:
    names = ", ".join(f'"{column}"' for column in columns)
    return f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(columns))})"


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
        raise Unavailable(fault_of(error), path=path, cause=cause_of(error)) from error


def fault_of(error: sqlite3.Error) -> str:
    """The code in the catalogue."""
    name = _name_of(error)
    return next((code for prefix, code, _ in _FAULTS if name.startswith(prefix)), "QY-199")


def cause_of(error: BaseException) -> str:
    """A cause in words, without paths or data; for a fault nobody foresaw, its class."""
    if isinstance(error, sqlite3.Error):
        name = _name_of(error)
        return next((words for prefix, _, words in _FAULTS if name.startswith(prefix)), type(error).__name__)
    return cause_in_words(error)


def _name_of(error: sqlite3.Error) -> str:
    return getattr(error, "sqlite_errorname", "") or ""


#: SQLite's error → code of the catalogue, cause in words. The first that fits counts.
_FAULTS = (
    ("SQLITE_FULL", "QY-101", "磁盘已满"),
    ("SQLITE_IOERR", "QY-102", "磁盘读写出错"),
    ("SQLITE_READONLY_DBMOVED", "QY-105", "文件被移动"),
    ("SQLITE_READONLY", "QY-103", "只读"),
    ("SQLITE_CANTOPEN", "QY-117", "打不开"),
    ("SQLITE_BUSY", "QY-104", "被占用"),
    ("SQLITE_LOCKED", "QY-104", "被占用"),
    ("SQLITE_CORRUPT", "QY-106", "文件损坏"),
    ("SQLITE_NOTADB", "QY-119", "不是数据库"),
)

_Identity = tuple[int, int] | None


def _identities(path: Path) -> tuple[_Identity, _Identity]:
    """Which files the database and its log are; the log is there once something was read or written."""
    return _identity(path), _identity(path.with_name(f"{path.name}-wal"))


def _identity(path: Path) -> _Identity:
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_dev, status.st_ino
