"""Copies that count only once they were opened and compared, and the health check of a data file.

Never copy the live file with file calls: closing it would drop SQLite's locks and the log beside it would be missed.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from qingyuan_desk.domain.errors import Unavailable
from qingyuan_desk.store.database import FILE_NAME, Rows, Store, Tx, cause_of, connect
from qingyuan_desk.store.filesystem import sync_folder


@dataclass(frozen=True)
class Census:
    """What a data file holds, to compare a copy by: rows of every table, and the last visit."""

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
        if target.resolve() in (store.path.resolve(), store.path.with_name(FILE_NAME).resolve()):
            raise Unavailable("QY-134", path=target)
        target.parent.mkdir(parents=True, exist_ok=True)
        unfinished.unlink(missing_ok=True)
        census = _copy(store, unfinished)
        _verify(unfinished, census)
        _sync(unfinished)
        os.replace(unfinished, target)
        sync_folder(target.parent)
    except (OSError, sqlite3.Error) as error:
        raise Unavailable("QY-132", path=target, cause=cause_of(error)) from error
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
    return census


def _copy(store: Store, unfinished: Path) -> Census:
    source = store.new_reader()
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
    tables = rows.all(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search%' ORDER BY name"
    )
    counts = tuple((table, int(rows.value(f'SELECT count(*) FROM "{table}"'))) for (table,) in tables)
    return Census(counts, str(rows.value("SELECT number FROM visit ORDER BY id DESC LIMIT 1") or ""))


def note(tx: Tx, at: datetime) -> None:
    """Write down in the data when a verified copy of it was made."""
    tx.upsert("meta", [{"key": "last_backup", "value": at.isoformat()}], "key")


def last(rows: Rows) -> datetime | None:
    """When the last verified copy was made."""
    text = rows.value("SELECT value FROM meta WHERE key = 'last_backup'")
    return datetime.fromisoformat(text) if text else None


def faults(rows: Rows) -> list[str]:
    """Everything wrong with a data file, in sentences; empty when it is sound."""
    broken = [f"文件结构损坏：{row[0]}" for row in rows.all("PRAGMA integrity_check") if row[0] != "ok"]
    if broken:
        # What stands in a broken file proves nothing.
        return broken
    found = [
        f"{row['table']} 表有记录指向不存在的 {row['parent']} 记录"
        for row in rows.all("PRAGMA foreign_key_check")
    ]
    return found + [sentence.format(*row) for sql, sentence in _RULES for row in rows.all(sql)]


_Breaches = tuple[tuple[str, str], ...]


def _series(kind: str, table: str, words: str, before: str = "〔", after: str = "〕") -> _Breaches:
    """A series has no hole and ends where its counter stands; {table} holds its numbers.

    before: what stands before the year of a number; after: what stands before its serial.
    """
    year = f"CAST(substr(number, instr(number, '{before}') + 1, 4) AS INTEGER)"
    serial = f"CAST(substr(number, instr(number, '{after}') + 1) AS INTEGER)"
    return (
        (
            f"SELECT year, last + 1, serial - 1 FROM (SELECT {year} AS year, {serial} AS serial,"
            f" lag({serial}, 1, 0) OVER (PARTITION BY {year} ORDER BY {serial}) AS last FROM {table}"
            " WHERE number <> '') WHERE serial <> last + 1",
            f"{{0}} 年{words}不连续：缺 {{1}} 到 {{2}}",
        ),
        (
            f"SELECT c.year, c.last, coalesce(n.last, 0) FROM counter c LEFT JOIN (SELECT {year} AS year,"
            f" max({serial}) AS last FROM {table} WHERE number <> '' GROUP BY 1) n ON n.year = c.year"
            f" WHERE c.kind = '{kind}' AND c.last <> coalesce(n.last, 0)",
            f"{{0}} 年{words}已发到 {{1}}，记录只到 {{2}}",
        ),
    )


#: What must hold between tables: a query for the breaches, and the sentence about each.
_RULES = (
    *_series("visit", "visit", "来访文号"),
    *_series("matter", "matter", "事项编号"),
    *_series("mediation", "mediation", "调解卷宗号", "（", "第"),
    *_series("sending", "sending", "转办单文号"),
    *_series("urge", "urge", "催办督办文号"),
    *_series("alert", "alert", "紧急报告文号"),
    (
        "SELECT m.number, m.visits, count(v.id) FROM matter m LEFT JOIN visit v ON v.matter_id = m.id AND v.state = 'valid'"
        " GROUP BY m.id HAVING m.visits <> count(v.id)",
        "{0} 记为 {1} 次来访，实有 {2} 次",
    ),
    (
        "SELECT number, substr(business_day, 1, 4) FROM visit"
        " WHERE substr(number, instr(number, '〔') + 1, 4) <> substr(business_day, 1, 4)",
        "{0} 的年份与来访日期（{1} 年）不符",
    ),
    (
        "SELECT v.number FROM visit v WHERE NOT EXISTS (SELECT 1 FROM party p WHERE p.visit_id = v.id)",
        "{0} 没有来访人",
    ),
    (
        "SELECT v.number FROM visit v WHERE NOT EXISTS (SELECT 1 FROM event e WHERE e.visit_id = v.id)",
        "{0} 没有办理记录",
    ),
    (
        "SELECT v.number FROM visit v WHERE NOT EXISTS (SELECT 1 FROM request r WHERE r.request_id = v.request_id)",
        "{0} 没有请求记录",
    ),
    (
        "SELECT v.number FROM visit v WHERE NOT EXISTS (SELECT 1 FROM search_docsize d WHERE d.id = v.id)",
        "{0} 不在查找索引里",
    ),
    (
        "SELECT m.number FROM matter m WHERE m.sealed = 1"
        " AND NOT EXISTS (SELECT 1 FROM sealed_reader r WHERE r.matter_id = m.id)",
        "{0} 是密件，却没有指定能看的人",
    ),
    (
        "SELECT m.number FROM mediation d JOIN matter m ON m.id = d.matter_id"
        " WHERE NOT EXISTS (SELECT 1 FROM event e WHERE e.matter_id = m.id AND e.action = 'mediation.open')",
        "{0} 有调解案件，却没有登记申请的记录",
    ),
    (
        "SELECT m.number FROM matter m JOIN stay s ON s.matter_id = m.id AND s.until IS NULL"
        " GROUP BY m.id HAVING count(*) > 1 OR max(s.flow) <> m.flow",
        "{0} 现在的流程与流程记录不符",
    ),
    (
        "SELECT m.number, sum(i.amount), g.amount FROM agreement g JOIN matter m ON m.id = g.matter_id"
        " JOIN instalment i ON i.agreement = g.id GROUP BY g.id, m.number, g.amount HAVING sum(i.amount) <> g.amount",
        "{0} 协议的分期合计 {1} 分，与总额 {2} 分不符",
    ),
)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
