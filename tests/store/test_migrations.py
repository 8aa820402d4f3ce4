"""A data file of an earlier version: it is brought up to date with what it lacks, and keeps what it holds."""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from qingyuan_desk.domain.handling import forms
from qingyuan_desk.domain.visit import VisitForm
from qingyuan_desk.services import handling, ledger, settings
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


def _old(folder: Path, version: int, stop_before: str, fill: Callable[[Tx], None]) -> Path:
    """A folder as an earlier version left it: the steps before one, what `fill` wrote."""
    folder.mkdir()
    connection = connect(folder / FILE_NAME)
    connection.execute("BEGIN")
    migrations.apply(Database(connection), stop_before=stop_before)
    tx = Tx(connection)
    reference.fill(tx, SEEDS, "office", _tables(connection))
    fill(tx)
    for fact in ("min_reader", "min_writer", "program"):
        tx.insert("meta", {"key": fact, "value": str(version)})
    connection.execute("COMMIT")
    connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version={version}")
    connection.close()
    return folder


def _matter(tx: Tx, form: VisitForm, number: str, node: str, at: datetime, visit: str) -> int:
    """A matter with its first visit, as an earlier version wrote it."""
    new = visits.NewMatter(form, number, "邻里", "王建国", node, False, (), at, at.date())
    matter = visits.add_matter(tx, new, [])
    _visited(tx, form, matter, visit, 1, at)
    return matter


def _visited(tx: Tx, form: VisitForm, matter: int, number: str, ordinal: int, at: datetime) -> None:
    visits.add_visit(tx, visits.NewVisit(form, number, matter, ordinal, at, at, at.date(), "clerk", {}))


@pytest.fixture
def version_1(tmp_path: Path, visit: Callable[..., VisitForm]) -> Path:
    """A folder as version 1 left it: the first step only, a visit in it, a setting the office changed."""

    def fill(tx: Tx) -> None:
        reference.change_setting(tx, "phone", "0312-1234567")
        tx.run("DELETE FROM setting WHERE key = 'number_prefix_mediation'")
        at = datetime(2024, 9, 20, 10, 30, tzinfo=SHANGHAI)
        _matter(tx, visit(flow="mediation"), "清事〔2024〕0001号", "consent", at, NUMBER)

    return _old(tmp_path / "旧数据", 1, "mediation", fill)


@pytest.fixture
def version_2(tmp_path: Path, visit: Callable[..., VisitForm]) -> Path:
    """A folder as version 2 left it: a petition whose clock runs and who came again with a threat, no clock of handling."""

    def fill(tx: Tx) -> None:
        at = datetime(2024, 9, 20, 10, 30, tzinfo=SHANGHAI)
        petition = visit(flow="petition", flags=frozenset({"urgent"}))
        matter = _matter(tx, petition, "清事〔2024〕0001号", "to_forward", at, NUMBER)
        again = visit(flow="petition", flags=frozenset({"threat"}))
        # Until version 3 a further visit left the matter's flags alone.
        _visited(tx, again, matter, "清访〔2024〕0002号", 2, at + timedelta(days=2))
        tx.run("UPDATE matter SET flags = 'urgent'")
        tx.run(
            "INSERT INTO clock (matter_id, rule, event, article, start_on, natural_end, shifted_end, alarm_on, provisional,"
            " state) VALUES (?, 'petition_register', '', '', '2024-09-20', '2024-10-05', '2024-10-08', '2024-10-05', 0,"
            " 'running')",
            (matter,),
        )
        tx.run("DELETE FROM clocks WHERE id IN ('support_response', 'urge_reply')")
        tx.run("UPDATE clocks SET \"limit\" = '20' WHERE id = 'petition_assigned'")
        tx.run("DELETE FROM setting WHERE key LIKE 'number_prefix_%' AND key NOT LIKE '%tion'")

    return _old(tmp_path / "二版数据", 2, "handling", fill)


def test_a_file_of_version_2_goes_on_with_its_matters_in_hand(version_2: Path) -> None:
    office = Office.open(version_2)
    clerk = office.actor("clerk")
    found = handling.case(office, clerk, NUMBER)
    assert (found.node, [each.rule for each in found.running]) == ("to_forward", ["petition_register"])
    assert (found.flags, found.stays, found.petition) == ({"urgent", "threat"}, (), None)
    assert office.reference.clock("support_response") and office.reference.clock("urge_reply")
    assigned = office.reference.clock("petition_assigned")
    assert assigned is not None and assigned.limit == 20
    assert office.reference.setting("number_prefix_urge") == "清督"
    handling.take(office, clerk, "one", found.matter_id, forms.Classify("appeal", "settle"))
    sent = forms.Forward(unit="natural_resources", reason="由其办理", approved_by="张主任")
    assert handling.take(office, clerk, "two", found.matter_id, sent).number.endswith("0001号")
    after = handling.case(office, clerk, found.matter_id)
    assert (after.node, after.running, after.stays[0].since) == ("forwarded", (), date(2024, 9, 20))
    office.close()


def test_a_file_of_version_1_gets_the_tables_and_settings_it_lacks(version_1: Path) -> None:
    office = Office.open(version_1)
    assert office.store.read_only is None
    with office.store.read() as rows:
        found = {table: rows.value(f"SELECT count(*) FROM {table}") for table, _, _ in MEDIATION_TABLES}
        assert rows.value("PRAGMA user_version") == 4
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


def test_materials_of_an_older_file_belong_to_its_first_duty_list(version_1: Path) -> None:
    connection = sqlite3.connect(version_1 / FILE_NAME)
    connection.execute("UPDATE materials SET note = '本中心改过' WHERE matter_kind = 'wages' AND no = '1'")
    connection.commit()
    connection.close()
    office = Office.open(version_1)
    assert [each.version.version for each in office.reference.duty_lists] == ["2024-09"]
    assert office.reference.materials_for("wages")[0].note == "本中心改过"
    with office.store.read() as rows:
        assert rows.value("SELECT count(*) FROM materials WHERE version = '2024-09'") == _rows("materials")
        assert rows.all("SELECT * FROM workday") == []
    assert len(office.reference.township_contacts) == _rows("township_contacts")
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
