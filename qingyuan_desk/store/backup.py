"""Copies that count only once they were opened and compared, and the health check of a data file.

Never copy the live file with file calls: closing it would drop SQLite's locks and the log beside it would be missed.
"""

from __future__ import annotations

import os
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from qingyuan_desk.domain.errors import Unavailable
from qingyuan_desk.store.database import Rows, Store, connect

#: Tables whose row counts a copy must share with the original.
_COUNTED = ("matter", "visit", "party", "event", "clock", "print", "request", "counter", "mediators")


@dataclass(frozen=True)
class Census:
    """What a data file holds, to compare a copy by."""

    rows: tuple[tuple[str, int], ...]
    last_visit: str

    @property
    def visits(self) -> int:
        """How many registrations there are, void ones included."""
        return dict(self.rows)["visit"]


def copy(store: Store, target: Path) -> Census:
    """Write a verified copy to `target`; an unverified one is never left there. Raises Unavailable."""
    unfinished = target.with_name(f".{target.name}.tmp")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        unfinished.unlink(missing_ok=True)
        census = _copy(store, unfinished)
        _verify(unfinished, census)
        _sync(unfinished)
        os.replace(unfinished, target)
    except (OSError, sqlite3.Error) as error:
        cause = getattr(error, "strerror", None) or type(error).__name__
        raise Unavailable("QY-132", path=target, cause=cause) from error
    finally:
        unfinished.unlink(missing_ok=True)
    return census


def _copy(store: Store, unfinished: Path) -> Census:
    source = connect(store.path, read_only=True)
    try:
        # One read transaction around counting and copying: both see the same moment.
        source.execute("BEGIN")
        census = take_census(Rows(source))
        destination = sqlite3.connect(unfinished)
        try:
            source.backup(destination)
            destination.execute("PRAGMA journal_mode=DELETE")
        finally:
            destination.close()
        return census
    finally:
        source.close()


def _verify(path: Path, expected: Census) -> None:
    """A full disk can leave a copy that is intact and empty, so the rows are counted too."""
    copy_connection = connect(path, read_only=True)
    try:
        rows = Rows(copy_connection)
        sound = rows.value("PRAGMA integrity_check") == "ok" and take_census(rows) == expected
    finally:
        copy_connection.close()
    if not sound:
        raise Unavailable("QY-132", path=path, cause="副本核对不一致，可能磁盘已满")


def take_census(rows: Rows) -> Census:
    """Count what a copy must share."""
    counts = tuple((table, int(rows.value(f"SELECT count(*) FROM {table}"))) for table in _COUNTED)
    return Census(counts, str(rows.value("SELECT number FROM visit ORDER BY id DESC LIMIT 1") or ""))


def faults(rows: Rows) -> list[str]:
    """Everything wrong with a data file, in sentences; empty when it is sound."""
    found = [f"文件结构：{row[0]}" for row in rows.all("PRAGMA integrity_check") if row[0] != "ok"]
    found += [
        f"{row['table']} 第 {row['rowid']} 行指向不存在的记录" for row in rows.all("PRAGMA foreign_key_check")
    ]
    found += [sentence.format(*row) for sql, sentence in _RULES for row in rows.all(sql)]
    return found


#: What must hold between tables: a query for the breaches, and the sentence about each.
_RULES = (
    (
        "SELECT unit, kind, year, last FROM counter c WHERE kind = 'visit' AND last <>"
        " (SELECT count(*) FROM visit v WHERE substr(v.business_day, 1, 4) = CAST(c.year AS TEXT))",
        "{2} 年来访文号不连续：已发到 {3}，与登记数不符",
    ),
    (
        "SELECT unit, kind, year, last FROM counter c WHERE kind = 'matter' AND last <>"
        " (SELECT count(*) FROM matter m WHERE substr(m.opened_on, 1, 4) = CAST(c.year AS TEXT))",
        "{2} 年事项编号不连续：已发到 {3}，与事项数不符",
    ),
    (
        "SELECT m.number, m.visits, count(v.id) FROM matter m LEFT JOIN visit v ON v.matter_id = m.id AND v.state = 'valid'"
        " GROUP BY m.id HAVING m.visits <> count(v.id)",
        "{0} 记为 {1} 次来访，实有 {2} 次",
    ),
    (
        "SELECT v.number FROM visit v WHERE NOT EXISTS (SELECT 1 FROM event e WHERE e.visit_id = v.id)",
        "{0} 没有办理记录",
    ),
    (
        "SELECT v.number FROM visit v WHERE NOT EXISTS (SELECT 1 FROM request r WHERE r.request_id = v.request_id)",
        "{0} 没有请求记录",
    ),
)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
