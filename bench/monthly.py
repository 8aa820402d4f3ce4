"""A month's figures, paper, and JSON where a hundred thousand visits in five years are stored, and again where one year is.

The floor is the same statements in bare sqlite3 and every mark of the same pages on a bare canvas: both are taken down
once, then carried out without the program. How good the statements are themselves is seen by the two sizes.
"""

from __future__ import annotations

import random
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from bench import bare_canvas, bulk, marks
from bench.measure import Figure, timed
from qingyuan_desk.domain.handling.codes import ANSWERS, CHANNELS, CONSULT_CHANNELS, OUTCOMES, PURPOSES
from qingyuan_desk.domain.handling.codes import KIND_OF as PURPOSE_KINDS
from qingyuan_desk.domain.mediation.codes import BODIES, ORIGINS
from qingyuan_desk.services import reporting
from qingyuan_desk.services.office import SHANGHAI, Office
from qingyuan_desk.store.database import Row, Tx, connect

#: Years → visits: as many a month in both.
_SIZES = {5: 100_000, 1: 20_000}
_NOW = datetime(2024, 9, 14, 15, 0, tzinfo=SHANGHAI)
_MONTH = "2024-08"
_TIMES = 9


def measure() -> Iterator[Figure]:
    """Both sizes, one after the other."""
    for years, visits in _SIZES.items():
        with tempfile.TemporaryDirectory() as folder:
            bulk.fill(Path(folder), visits, years=years)
            office = Office.open(Path(folder), now=lambda: _NOW)
            with office.store.write() as tx:
                _Handled(tx, office).write()
            yield from _measure(office, f"{visits // 1000},000 visits, {years} a")
            office.close()


def _measure(office: Office, of: str) -> Iterator[Figure]:
    actor = office.actor("clerk")
    figures = reporting.month(office, actor, _MONTH)
    counting = _said(office, lambda: reporting.month(office, actor, _MONTH))
    listing = _said(office, lambda: reporting.month_facts(office, actor, figures))
    pages = marks.of(lambda: reporting.month_pdf(office, actor, figures))
    bare = connect(office.store.path, read_only=True)
    counted = timed(lambda: reporting.month(office, actor, _MONTH), _TIMES)
    asked = timed(lambda: _ask(bare, counting), _TIMES)
    yield Figure(f"{of}: a month's figures", counted, asked, "part of the next")
    made = timed(lambda: reporting.month_pdf(office, actor, reporting.month(office, actor, _MONTH)), _TIMES)
    drawn = timed(lambda: (_ask(bare, counting + listing), bare_canvas.draw(pages)), _TIMES)
    yield Figure(f"{of}: figures and paper, {len(pages)} pages", made, drawn, "held to 2.0")
    told = timed(lambda: reporting.json_file(reporting.month(office, actor, _MONTH)), _TIMES)
    yield Figure(f"{of}: figures as JSON", told, asked, "for itself")
    bare.close()


def _said(office: Office, act: Callable[[], object]) -> list[str]:
    """The statements by which `act` reads, with what was bound to them."""
    heard: list[str] = []
    with office.store.read() as rows:
        rows.connection.set_trace_callback(heard.append)
        try:
            act()
        finally:
            rows.connection.set_trace_callback(None)
    return [sql for sql in heard if sql.lstrip().startswith(("SELECT", "WITH"))]


def _ask(bare: sqlite3.Connection, statements: list[str]) -> None:
    for sql in statements:
        bare.execute(sql).fetchall()


class _Handled:
    """What became of the matters of bench/bulk.py, written straight into the tables: nothing is left as it came in."""

    def __init__(self, tx: Tx, office: Office) -> None:
        self._tx, self._dice = tx, random.Random(5)
        self._units = [unit.code for unit in office.reference.units if unit.kind in ("county", "township")]
        self._mediators = [row["code"] for row in tx.all("SELECT code FROM mediators")]
        self._blank: dict[str, dict[str, Any]] = {}
        self._rows: dict[str, list[dict[str, Any]]] = {}

    def write(self) -> None:
        """Records of every matter, each kind in one go."""
        writers = {
            "petition": self._petition,
            "mediation": self._mediation,
            "consultation": self._consultation,
            "handover": self._handover,
        }
        for row in self._tx.all("SELECT id, number, flow, state, opened_on FROM matter ORDER BY id"):
            opened = date.fromisoformat(row["opened_on"])
            self._add("stay", row, flow=row["flow"], since=row["opened_on"])
            writers[row["flow"]](row, opened)
        for table, rows in self._rows.items():
            self._tx.insert_all(table, rows)

    def _petition(self, row: Row, opened: date) -> None:
        dice, purpose = self._dice, self._dice.choice(list(PURPOSES))
        sent = opened + timedelta(days=dice.randint(0, 9))
        self._sent(row, dice.choice(("forward", "assign")), sent)
        accepted = dice.random() < 0.6
        decided = sent + timedelta(days=dice.randint(1, 14))
        happened = {"accepted_on": decided, "way": "opinion"} if accepted else {"refused_on": decided}
        self._add(
            "petition",
            row,
            kind=PURPOSE_KINDS.get(purpose, ""),
            purpose=purpose,
            channel=dice.choice(list(CHANNELS)),
            ground="" if accepted else "other_organ",
            **happened,
        )
        self._limit(row, "petition_notify", opened, decided, 15)
        if accepted:
            signed = decided + timedelta(days=dice.randint(5, 63))
            self._limit(row, "petition_finish", decided, signed, 60)
            self._add("opinion", row, level=1, outcome=dice.choice(list(OUTCOMES)), signed_on=signed)
            self._add("ending", row, kind="substantial", on=signed)
            self._moved(row, "accepted", "closed", signed)
        if dice.random() < 0.3:
            self._add(
                "rating",
                row,
                by="visitor",
                rated=dice.choice(("desk", "unit")),
                on=decided,
                satisfaction=dice.choice(("satisfied", "rather", "unsatisfied", "refused")),
            )
        if dice.random() < 0.1:
            self._add("urge", row, kind="remind", unit=dice.choice(self._units), sent_on=sent, number="")

    def _mediation(self, row: Row, opened: date) -> None:
        dice, matter = self._dice, row["id"]
        accepted = opened + timedelta(days=dice.randint(0, 3))
        ended = accepted + timedelta(days=dice.randint(1, 40))
        settled, oral = dice.random() < 0.9, dice.random() < 0.4
        amount = dice.choice((0, 50_000, 380_000, 2_000_000))
        self._add(
            "mediation",
            row,
            origin=dice.choice(list(ORIGINS)),
            applied_on=opened,
            number=f"清调〔{opened.year}〕{matter}号",
            accepted_on=accepted,
            difficulty=dice.choice(("simple", "general", "complex")),
            form=("oral" if oral else "written") if settled else "",
            result="agreed" if settled else "failed",
            ended_on=ended,
            amount=amount,
            closed_on=ended,
            body=dice.choice(list(BODIES)),
        )
        self._limit(row, "mediation_finish", accepted, ended, 30)
        self._add("appointment", row, mediator=dice.choice(self._mediators), since=accepted, accepted=1)
        at = f"{ended.isoformat()}T10:00:00+08:00"
        self._add(
            "mediation_session",
            row,
            planned_at=at,
            kind="mediation",
            mode="site",
            state="held",
            started_at=at,
        )
        for position, side in enumerate(("applicant", "respondent")):
            self._add("case_party", row, side=side, position=position, kind="person", consent="agreed")
        self._moved(row, "accepted", "ended", ended)
        if settled:
            self._add("agreement", row, version=1, state="effective", amount=amount, effective_on=ended)
            asked = ended + timedelta(days=30)
            self._add(
                "follow_up", row, due_on=asked, done_on=asked, performance="full", satisfaction="satisfied"
            )

    def _consultation(self, row: Row, opened: date) -> None:
        dice = self._dice
        at = f"{opened.isoformat()}T09:30:00+08:00"
        self._add(
            "consultation",
            row,
            asked_at=at,
            answered_at=at if dice.random() < 0.95 else None,
            channel=dice.choice(list(CONSULT_CHANNELS)),
            result=dice.choice(list(ANSWERS)),
            satisfaction=dice.choice(("satisfied", "rather", "unsatisfied", "")),
        )

    def _handover(self, row: Row, opened: date) -> None:
        sent = opened + timedelta(days=self._dice.randint(0, 3))
        self._sent(row, "hand_over", sent)
        self._limit(row, "handover_reply", sent, sent + timedelta(days=self._dice.randint(3, 20)), 15)

    def _sent(self, row: Row, mode: str, sent: date) -> None:
        got = sent + timedelta(days=self._dice.randint(0, 3))
        replied = got + timedelta(days=self._dice.randint(3, 40))
        self._add(
            "sending",
            row,
            mode=mode,
            unit=self._dice.choice(self._units),
            sent_on=sent,
            state="replied",
            received_on=got,
            replied_on=replied,
        )
        self._moved(row, "to_forward", "forwarded", sent)
        self._moved(row, "forwarded", "received", got)

    def _limit(self, row: Row, rule: str, start: date, done: date, days: int) -> None:
        end = start + timedelta(days=days)
        self._add(
            "clock",
            row,
            rule=rule,
            event=rule,
            start_on=start,
            natural_end=end,
            shifted_end=end,
            alarm_on=end,
            state="met",
            ended_on=done,
        )

    def _moved(self, row: Row, before: str, after: str, day: date) -> None:
        at = f"{day.isoformat()}T10:00:00+08:00"
        self._add("event", row, at=at, actor="clerk", action="handling", node_from=before, node_to=after)

    def _add(self, table: str, row: Row, **cells: Any) -> None:
        """A row of a matter; what is not said is empty."""
        if table not in self._blank:
            self._blank[table] = {
                column["name"]: None if not column["notnull"] else 0 if column["type"] == "INTEGER" else ""
                for column in self._tx.all(f"PRAGMA table_info({table})")
                if column["name"] != "id"
            }
        written = {
            key: value.isoformat() if isinstance(value, date) else value for key, value in cells.items()
        }
        unknown = written.keys() - self._blank[table].keys()
        assert not unknown, unknown
        self._rows.setdefault(table, []).append({**self._blank[table], "matter_id": row["id"], **written})
