"""Records of mediations and of handling come back from the data file as they were put into it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingyuan_desk.domain.accounts import Actor
from qingyuan_desk.domain.errors import NotFound
from qingyuan_desk.domain.handling.records import Petition
from qingyuan_desk.domain.mediation.case import Contact, Mediation
from qingyuan_desk.domain.visit import Person, VisitForm
from qingyuan_desk.services import reception
from qingyuan_desk.services.office import Office
from qingyuan_desk.store import mediations
from qingyuan_desk.store.records import TABLES, Record, of_matter, put, record_of, row_of

MATTER = 1
_ZONES = st.integers(-12 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
_MOMENTS = st.datetimes(datetime(1900, 1, 2), datetime(2200, 1, 1), timezones=st.just(UTC) | _ZONES)
_INTS = st.integers(-(2**63), 2**63 - 1)
_VALUES = {
    "str": st.text(),
    "int": _INTS,
    "bool": st.booleans(),
    "date": st.dates(),
    "datetime": _MOMENTS,
    "tuple[str, ...]": st.lists(st.text(), max_size=4).map(tuple),
    "tuple[int, ...]": st.lists(_INTS, max_size=4).map(tuple),
}


def _value(annotation: str) -> st.SearchStrategy[object]:
    plain = annotation.removesuffix(" | None")
    return _VALUES[plain] if plain == annotation else st.none() | _VALUES[plain]


@st.composite
def records(draw: st.DrawFn) -> Record:
    """Any record of any type, not written yet."""
    kind = draw(st.sampled_from(list(TABLES)))
    facts = {each.name: draw(_value(str(each.type))) for each in fields(kind)}
    return kind(**{**facts, "matter_id": MATTER} | ({"record_id": 0} if "record_id" in facts else {}))


class _Undone(Exception):
    """Ends a transaction that is to leave nothing."""


@pytest.fixture(scope="module")
def matter(new_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An office with one matter."""
    opened = Office.open(shutil.copytree(new_folder, tmp_path_factory.mktemp("codec") / "数据"))
    form = VisitForm("one", (Person(name="王建国", id_type="none"),), narrative="邻居盖房占了我家宅基地。")
    assert reception.register(opened, opened.actor("clerk"), form).matter_id == MATTER
    yield opened
    opened.close()


@settings(deadline=None)
@given(record=records())
def test_what_was_put_comes_back(matter: Office, record: Record) -> None:
    try:
        with matter.store.write() as tx:
            tx.run("PRAGMA defer_foreign_keys=ON")
            record_id = put(tx, record)
            assert record_id > 0
            single = isinstance(record, Mediation | Petition)
            wanted = record if single else replace(record, record_id=record_id)
            assert of_matter(tx, type(record), MATTER) == (wanted,)
            # Put again, it is the same one.
            assert put(tx, wanted) == record_id
            assert of_matter(tx, type(record), MATTER) == (wanted,)
            raise _Undone
    except _Undone:
        pass


@given(record=records())
def test_a_row_says_the_moment_in_the_office_s_zone(record: Record) -> None:
    row = row_of(record)
    moments = [each.name for each in fields(record) if str(each.type).startswith("datetime")]
    assert all(row[name] is None or row[name].endswith("+08:00") for name in moments)
    assert record_of(type(record), row) == record


@pytest.mark.parametrize("kind", TABLES)
def test_a_table_has_a_column_a_field(matter: Office, kind: type[Record]) -> None:
    table, _ = TABLES[kind]
    with matter.store.read() as rows:
        columns = {row["name"]: row["type"] for row in rows.all(f"PRAGMA table_info({table})")}
    names = {"id" if each.name == "record_id" else each.name: str(each.type) for each in fields(kind)}
    assert set(columns) == set(names)
    whole = {name for name, kind_of in names.items() if kind_of.split()[0] in ("int", "bool")}
    assert whole == {name for name, kind_of in columns.items() if kind_of == "INTEGER"}


def test_a_record_of_another_matter_is_not_written_over(
    office: Office, clerk: Actor, visit: Callable[..., VisitForm]
) -> None:
    one, other = (reception.register(office, clerk, visit()).matter_id for _ in range(2))
    at = datetime(2024, 9, 20, tzinfo=UTC)
    contact = Contact(one, party=0, at=at, how="phone", reached=False, actor="clerk")
    with pytest.raises(NotFound), office.store.write() as tx:
        tx.run("PRAGMA defer_foreign_keys=ON")
        put(tx, replace(contact, matter_id=other, record_id=put(tx, contact)))
    with office.store.read() as rows:
        assert not mediations.is_opened(rows, one)
        assert of_matter(rows, Contact, one) == ()


def test_days_are_kept_as_days(matter: Office) -> None:
    row = row_of(Mediation(MATTER, "application", date(2024, 9, 20), "滴水", paths=("lawsuit", "again")))
    assert (row["applied_on"], row["paths"], row["is_open"]) == ("2024-09-20", '["lawsuit", "again"]', 0)
