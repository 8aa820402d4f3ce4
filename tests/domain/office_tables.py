"""The office's tables as seeds/ has them, for tests of the rules alone: no data folder is opened."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from qingyuan_desk.domain import pinyin
from qingyuan_desk.domain.reference import Reference
from qingyuan_desk.store.office_tables import REFERENCE_TABLES

SEEDS = Path(__file__).resolve().parents[2] / "seeds"

Rows = list[dict[str, str]]
#: The version of the duty list an office starts with.
FIRST = "2024-09"


def rows(table: str) -> Rows:
    """The rows of a file of seeds/."""
    with (SEEDS / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def tables(**replaced: Rows) -> dict[str, Rows]:
    """Every table; some replaced by other rows."""
    found = {table: rows(table) for table, _, _ in REFERENCE_TABLES} | replaced
    for table, column in (("divisions", "short_name"), ("mediators", "name")):
        found[table] = [{**row, "pinyin": pinyin.index_text(row[column])} for row in found[table]]
    found["materials"] = [{"version": FIRST} | row for row in found["materials"]]
    return found


@cache
def reference() -> Reference:
    """The tables as the office starts with them."""
    return Reference.from_tables(tables(), {row["key"]: row["value"] for row in rows("settings")})


def reference_with(**replaced: Rows) -> Reference:
    """The same with other rows in some tables."""
    return Reference.from_tables(tables(**replaced), {})


def rule(**cells: str) -> dict[str, str]:
    """A row of the triage rules; cells not named are empty."""
    return {column: "" for column in _columns("triage_rules")} | {"id": "rule", "sort": "1"} | cells


def duty(**cells: str) -> dict[str, str]:
    """A row of the duty list; cells not named are empty."""
    return {column: "" for column in _columns("duties")} | {"code": "line", "version": FIRST} | cells


def _columns(table: str) -> Iterable[str]:
    keys, columns = next((keys, columns) for name, keys, columns in REFERENCE_TABLES if name == table)
    return (*keys.split(), *columns.split())
