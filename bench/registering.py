"""Registering a visit: from save pressed to durable and number known, against the same rows through bare sqlite3."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter
from typing import Any

from bench.measure import Figure
from qingyuan_desk.domain.visit import Opponent, Person, VisitForm
from qingyuan_desk.services import reception
from qingyuan_desk.services.office import Office
from qingyuan_desk.store import index
from qingyuan_desk.store.database import begin_writing, connect

_TABLES = ("matter", "visit", "party", "event", "clock", "request")
_VISITS = 200


def form(serial: int) -> VisitForm:
    """A visit of ordinary size."""
    return VisitForm(
        request_id=f"bench-{serial}",
        persons=(
            Person(name=f"样例{serial}", phone=f"139{serial:08d}", township="冉庄镇", address="村东头 3 号"),
        ),
        opponents=(Opponent(name=f"对方{serial}"),),
        narrative="邻居翻建房屋时把滴水檐伸到我家院墙上，多次找村委会协商不成，请求中心安排调解并现场查看界址。",
    )


def measure() -> Iterator[Figure]:
    """One figure: ours and the floor take turns, so that a slow disk slows both."""
    with tempfile.TemporaryDirectory() as folder:
        office = Office.open(Path(folder) / "ours")
        other = Office.open(Path(folder) / "floor")
        other.close()
        bare = connect(Path(folder) / "floor" / "desk.db")
        begin_writing(bare)
        actor = office.actor("clerk")
        reception.register(office, actor, form(0))
        ours, floor = [], []
        for serial in range(1, _VISITS + 1):
            start = perf_counter()
            done = reception.register(office, actor, form(serial))
            ours.append((perf_counter() - start) * 1000)
            rows = _rows_of(office, done.visit_id, done.matter_id)
            tokens = " ".join(index.tokens(_spoken(form(serial))))
            start = perf_counter()
            _insert(bare, rows, done.visit_id, tokens)
            floor.append((perf_counter() - start) * 1000)
        office.close()
        bare.close()
    yield Figure("register a visit, durable, number known", ours, floor, "held to 1.5")


def _rows_of(office: Office, visit_id: int, matter_id: int) -> dict[str, list[sqlite3.Row]]:
    """Every row the visit became."""
    with office.store.read() as rows:
        found = {
            table: rows.all(f"SELECT * FROM {table} WHERE matter_id = ?", (matter_id,))
            for table in ("visit", "party", "event", "clock")
        }
        found["matter"] = rows.all("SELECT * FROM matter WHERE id = ?", (matter_id,))
        found["request"] = rows.all(
            "SELECT * FROM request WHERE request_id = (SELECT request_id FROM visit WHERE id = ?)",
            (visit_id,),
        )
        found["lookup"] = rows.all("SELECT * FROM lookup WHERE visit_id = ?", (visit_id,))
        return found


def _spoken(form: VisitForm) -> index.Spoken:
    """What of the form can be searched."""
    names = tuple(each.name for each in (*form.persons, *form.opponents))
    addresses = tuple(each.address for each in form.persons)
    return index.Spoken(names, form.narrative, addresses, (), ())


def _insert(bare: sqlite3.Connection, rows: dict[str, list[Any]], visit_id: int, tokens: str) -> None:
    bare.execute("BEGIN IMMEDIATE")
    for kind in ("visit", "matter"):
        bare.execute(
            "INSERT INTO counter VALUES ('QY', ?, 2024, 1)"
            " ON CONFLICT (unit, kind, year) DO UPDATE SET last = counter.last + 1 RETURNING last",
            (kind,),
        ).fetchone()
    for table in (*_TABLES, "lookup"):
        for row in rows[table]:
            bare.execute(f"INSERT INTO {table} VALUES ({','.join('?' * len(row))})", tuple(row))
    bare.execute("INSERT INTO search (rowid, tokens) VALUES (?, ?)", (visit_id, tokens))
    bare.execute("COMMIT")
