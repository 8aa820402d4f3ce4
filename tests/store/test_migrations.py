"""A data file of an earlier version: it is brought up to date with what it lacks, and keeps what it holds."""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from sqlite_utils import Database

from qingyuan_desk.domain.visit import VisitForm
from qingyuan_desk.services import ledger, settings
from qingyuan_desk.services.office import SEEDS, SHANGHAI, Office
from qingyuan_desk.store import reference, visits
from qingyuan_desk.store.database import APPLICATION_ID, FILE_NAME, Tx, connect
from qingyuan_desk.store.migrations import migrations
from qingyuan_desk.store.office_tables import MEDIATION_TABLES

NUMBER = "清访〔2024〕0001号"


def _tables(connection: sqlite3.Connection) -> frozenset[str]:
    found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    return frozenset(name for (name,) in found)


def _rows(table: str) -> int:
    with (SEEDS / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return len(list(csv.DictReader(file)))


@pytest.fixture
def version_1(tmp_path: Path, visit: Callable[..., VisitForm]) -> Path:
    """A folder as version 1 left it: the first step only, a visit in it, a setting the office changed."""
    folder = tmp_path / "旧数据"
    folder.mkdir()
    connection = connect(folder / FILE_NAME)
    connection.execute("BEGIN")
    migrations.apply(Database(connection), stop_before="mediation")
    tx = Tx(connection)
    reference.fill(tx, SEEDS, "office", _tables(connection))
    reference.change_setting(tx, "phone", "0312-1234567")
    tx.run("DELETE FROM setting WHERE key = 'number_prefix_mediation'")
    at, form = datetime(2024, 9, 20, 10, 30, tzinfo=SHANGHAI), visit(flow="mediation")
    new = visits.NewMatter(form, "清事〔2024〕0001号", "邻里", "王建国", "consent", False, (), at, at.date())
    matter_id = visits.add_matter(tx, new, [])
    visits.add_visit(tx, visits.NewVisit(form, NUMBER, matter_id, 1, at, at, at.date(), "clerk", {}))
    for fact in ("min_reader", "min_writer", "program"):
        tx.insert("meta", {"key": fact, "value": "1"})
    connection.execute("COMMIT")
    connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
    connection.execute("PRAGMA user_version=1")
    connection.close()
    return folder


def test_a_file_of_version_1_gets_the_tables_and_settings_it_lacks(version_1: Path) -> None:
    office = Office.open(version_1)
    assert office.store.read_only is None
    with office.store.read() as rows:
        found = {table: rows.value(f"SELECT count(*) FROM {table}") for table, _, _ in MEDIATION_TABLES}
        assert rows.value("PRAGMA user_version") == 3
        assert rows.value("SELECT value FROM meta WHERE key = 'min_writer'") == "3"
        assert rows.all("SELECT * FROM mediation") == []
    assert found == {table: _rows(table) for table, _, _ in MEDIATION_TABLES}
    assert office.reference.clauses and office.reference.subsidy_rates and office.reference.paths
    assert office.reference.setting("number_prefix_mediation") == "清综"
    office.close()


def test_what_a_file_of_version_1_held_stays(version_1: Path) -> None:
    office = Office.open(version_1)
    assert ledger.matter(office, office.actor("clerk"), NUMBER).title == "邻里"
    assert office.reference.setting("phone") == "0312-1234567"
    assert len(office.reference.mediators) == _rows("mediators")
    assert len(office.actors()) == _rows("accounts")
    copy = sqlite3.connect(version_1 / "desk-before-upgrade-1.db")
    assert copy.execute("SELECT number FROM visit").fetchall() == [(NUMBER,)]
    assert "mediation" not in _tables(copy)
    copy.close()
    office.close()


def test_an_upgraded_file_is_opened_again_and_filled_once(version_1: Path) -> None:
    Office.open(version_1).close()
    office = Office.open(version_1)
    settings.change(office, office.actor("clerk"), "change", "number_prefix_mediation", "清调")
    office.close()
    office = Office.open(version_1)
    assert office.reference.setting("number_prefix_mediation") == "清调"
    assert len(office.reference.clauses) == _rows("clauses")
    office.close()


def test_an_upgraded_file_has_the_tables_of_a_new_one(version_1: Path, new_folder: Path) -> None:
    Office.open(version_1).close()

    def schema(folder: Path) -> set[tuple[str, str]]:
        connection = sqlite3.connect(folder / FILE_NAME)
        found = connection.execute("SELECT name, sql FROM sqlite_master WHERE name NOT LIKE '%migrations%'")
        rows = {(name, sql) for name, sql in found}
        connection.close()
        return rows

    assert schema(version_1) == schema(new_folder)
