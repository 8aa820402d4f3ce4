"""The morning's questions over a hundred thousand matters with handling: the status line, the day, whom to urge, a month judged.

The floor of each is one indexed query in bare sqlite3 that returns as many rows.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

from bench import bulk
from bench.measure import Figure, timed
from qingyuan_desk.domain.handling.records import Rating, Sending, Urge
from qingyuan_desk.services import evaluation, ledger, today
from qingyuan_desk.services.office import SHANGHAI, Office
from qingyuan_desk.store import records
from qingyuan_desk.store.database import Tx, connect

_VISITS = 120_000
_NOW = datetime(2024, 9, 17, 8, 30, tzinfo=SHANGHAI)
_MONTH = (date(2024, 8, 1), date(2024, 8, 31))
_TIMES = 15


def measure() -> Iterator[Figure]:
    """A hundred thousand matters, each petition sent to a unit, those of the last months open."""
    with tempfile.TemporaryDirectory() as folder:
        bulk.fill(Path(folder), _VISITS)
        office = Office.open(Path(folder), now=lambda: _NOW)
        with office.store.write() as tx:
            _handle(tx, office)
        clerk = office.actor("clerk")
        bare = connect(office.store.path, read_only=True)
        day = today.day(office, clerk)
        count = len(day.lines)

        def floor(rows: int) -> object:
            return bare.execute(
                "SELECT c.*, m.* FROM clock c JOIN matter m ON m.id = c.matter_id WHERE c.shifted_end > ? LIMIT ?",
                ("2014", max(1, rows)),
            ).fetchall()

        for what, work, rows in (
            ("status line: 今日必办", lambda: ledger.today(office, clerk), count),
            (f"the day, {count} lines, {day.quiet_count} quiet", lambda: today.day(office, clerk), count),
            ("whom to urge", lambda: today.proposals(office, clerk), len(today.proposals(office, clerk))),
            ("units of a month", lambda: evaluation.standings(office, clerk, *_MONTH), 1000),
            ("days at nodes of two months", lambda: evaluation.durations(office, clerk, *_MONTH), 2000),
        ):
            yield Figure(
                what, timed(work, _TIMES), timed(lambda rows=rows: floor(rows), _TIMES), "for itself"
            )
        bare.close()
        office.close()


def _handle(tx: Tx, office: Office) -> None:
    """Every petition was sent, signed for after a day or two, and moved on; some were urged and rated."""
    dice = random.Random(4)
    units = [unit.code for unit in office.reference.units if unit.kind in ("county", "legal")]
    petitions = tx.all("SELECT id, opened_on, state FROM matter WHERE flow = 'petition' ORDER BY id")
    for row in petitions:
        opened, matter = date.fromisoformat(row["opened_on"]), row["id"]
        sent, signed = opened + timedelta(days=dice.randint(0, 9)), dice.random() < 0.9
        over = row["state"] == "closed"
        state = "replied" if over else "received" if signed else "sent"
        on = sent + timedelta(days=dice.randint(0, 3)) if signed or over else None
        unit = dice.choice(units)
        replied = sent + timedelta(days=dice.randint(3, 60)) if over else None
        sending = records.put(
            tx,
            Sending(matter, "forward", unit, sent, state=state, received_on=on, replied_on=replied),
        )
        node = "closed" if over else "received" if signed else "forwarded"
        tx.run("UPDATE matter SET node = ? WHERE id = ?", (node, matter))
        moves = [
            ("to_forward", "forwarded", sent),
            ("forwarded", "received", on),
            ("received", "closed", replied),
        ]
        for before, after, day in moves:
            if day:
                _moved(tx, matter, before, after, day)
        if not over and signed and on:
            _runs(tx, matter, sending, on)
        if dice.random() < 0.05:
            records.put(
                tx, Urge(matter, "remind", unit, sent, replied_on=sent if over else None, reply_by=sent)
            )
        if dice.random() < 0.3:
            records.put(tx, Rating(matter, "visitor", "desk", sent, dice.choice(("satisfied", "refused"))))


def _moved(tx: Tx, matter: int, before: str, after: str, day: date) -> None:
    event = {
        "matter_id": matter,
        "visit_id": None,
        "at": f"{day.isoformat()}T10:00:00+08:00",
        "actor": "clerk",
    }
    tx.insert("event", {**event, "action": "handling.x", "node_from": before, "node_to": after, "note": ""})


def _runs(tx: Tx, matter: int, sending: int, start: date) -> None:
    end = (start + timedelta(days=15)).isoformat()
    tx.insert(
        "clock",
        {
            "matter_id": matter,
            "rule": "petition_notify_forwarded",
            "event": "书面告知",
            "article": "《信访工作条例》第二十三条第三款",
            "start_on": start.isoformat(),
            "natural_end": end,
            "shifted_end": end,
            "alarm_on": end,
            "provisional": 0,
            "state": "running",
            "ended_on": None,
            "subject": sending,
        },
    )
