"""The office's own tables: loaded once from seeds/ into a new data folder, read as one Reference, edited in place."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from qingyuan_desk.domain import pinyin
from qingyuan_desk.domain.accounts import Actor
from qingyuan_desk.domain.reference import Reference
from qingyuan_desk.store.database import Rows, Tx
from qingyuan_desk.store.office_tables import REFERENCE_TABLES

#: Tables whose rows are found by pinyin, and the column the pinyin is made from.
_SPOKEN = {"divisions": "short_name", "mediators": "name"}


def fill(tx: Tx, seeds: Path, kind: str, new_tables: frozenset[str]) -> None:
    """Put the facts of seeds/ into the tables that are new, and settings and clocks that are missing.

    Settings and clocks are named by the program, so an office that has its own needs the new ones too.

    `kind` says whose data a new file will hold: office or training.
    """
    for table, _, _ in REFERENCE_TABLES:
        if table in new_tables:
            tx.insert_all(table, [_with_pinyin(table, row) for row in _read(seeds / f"{table}.csv")])
    _add_missing(tx, "setting", "key", seeds / "settings.csv")
    _add_missing(tx, "clocks", "id", seeds / "clocks.csv")
    if "account" in new_tables:
        tx.insert("meta", {"key": "data_kind", "value": kind})
        tx.insert_all("account", [{**row, "active": 1} for row in _read(seeds / "accounts.csv")])


def load(rows: Rows, day: date) -> Reference:
    """The tables and settings as the domain sees them, with the duty list in force on a day."""
    tables = {
        table: [dict(row) for row in rows.all(f"SELECT * FROM {table} ORDER BY rowid")]
        for table, _, _ in REFERENCE_TABLES
    }
    settings = {row["key"]: row["value"] for row in rows.all("SELECT key, value FROM setting")}
    return Reference.from_tables(tables, settings, day)


def data_kind(rows: Rows) -> str:
    """Whose data the file holds: office or training."""
    return str(rows.value("SELECT value FROM meta WHERE key = 'data_kind'"))


def accounts(rows: Rows) -> tuple[Actor, ...]:
    """Every active account."""
    found = rows.all("SELECT code, name, role FROM account WHERE active = 1 ORDER BY rowid")
    return tuple(Actor(row["code"], row["name"], row["role"]) for row in found)


def account_names(rows: Rows) -> dict[str, str]:
    """The name of every account, former ones too, by its code."""
    return {row["code"]: row["name"] for row in rows.all("SELECT code, name FROM account")}


def save(tx: Tx, table: str, row: Mapping[str, str]) -> None:
    """Add one row of an office table, or replace it."""
    keys = next(keys for name, keys, _ in REFERENCE_TABLES if name == table).split()
    tx.upsert(table, [_with_pinyin(table, dict(row))], tuple(keys) if len(keys) > 1 else keys[0])


def replace_all(tx: Tx, table: str, rows: Sequence[Mapping[str, str]]) -> None:
    """Put other rows into an office table, in their order. Not for tables that others point to."""
    tx.run(f"DELETE FROM {table}")
    tx.insert_all(table, rows)


def settings(rows: Rows) -> dict[str, tuple[str, str]]:
    """Every setting: key → value and what it is for."""
    found = rows.all("SELECT key, value, help FROM setting")
    return {row["key"]: (row["value"], row["help"]) for row in found}


def change_setting(tx: Tx, key: str, value: str) -> None:
    """Replace one setting."""
    tx.upsert("setting", [{"key": key, "value": value}], "key")


def _add_missing(tx: Tx, table: str, key: str, seeds: Path) -> None:
    known = {row[key] for row in tx.all(f"SELECT {key} FROM {table}")}
    tx.insert_all(table, [row for row in _read(seeds) if row[key] not in known])


def _with_pinyin(table: str, row: dict[str, str]) -> dict[str, str]:
    spoken = _SPOKEN.get(table)
    return row if spoken is None else {**row, "pinyin": pinyin.index_text(row[spoken])}


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
