"""A month's figures over the demo year, against bare SQL for the same tables; the paper, against its own pages drawn bare."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path

from bench.measure import Figure, timed
from qingyuan_desk.domain.monthly import MonthlyFacts
from qingyuan_desk.services import reporting, training
from qingyuan_desk.services.office import SHANGHAI, Office
from qingyuan_desk.store.database import connect

_NOW = datetime(2024, 9, 20, 15, 0, tzinfo=SHANGHAI)
_MONTH = ("2024-08-01", "2024-08-31")
_OTHERS = (("2024-07-01", "2024-07-31"), ("2023-08-01", "2023-08-31"))
_TIMES = 60

_VALID = """FROM visit v JOIN matter m ON m.id = v.matter_id
WHERE v.business_day BETWEEN ? AND ? AND v.state = 'valid' AND m.sealed = 0"""
_SUMS = "count(DISTINCT v.matter_id), count(*), sum(v.is_group), sum(v.headcount)"
#: One plain grouped query for each table of the report.
_TABLES = [
    f"SELECT {column}, {_SUMS} {_VALID} GROUP BY {column}"
    for column in ("v.is_group", "v.ordinal > 1", "v.category", "v.flow", "v.source", "m.township")
] + [
    f"SELECT v.dispute_type, {_SUMS} {_VALID} AND v.flow = 'mediation' GROUP BY v.dispute_type",
    f"SELECT v.triage_minutes {_VALID} ORDER BY v.triage_minutes",
    "SELECT number FROM visit WHERE business_day BETWEEN ? AND ? AND state = 'void'",
    "SELECT state, count(*) FROM clock WHERE shifted_end BETWEEN ? AND ? GROUP BY state",
]
_COUNTED = "m.state <> 'void' AND m.sealed = 0"
_CASES = "JOIN matter m ON m.id = d.matter_id"
#: Disputes by what happened to them, divided in the three ways of the report, and what came afterwards.
_TABLES += [
    f"SELECT {column}, count(*) {happened} AND {_COUNTED} GROUP BY {column}"
    for column in ("m.dispute_type", "m.source", "d.origin")
    for happened in (
        f"FROM mediation d {_CASES} WHERE d.accepted_on BETWEEN ? AND ?",
        f"FROM mediation d {_CASES} WHERE d.ended_on BETWEEN ? AND ?",
        f"FROM agreement g JOIN mediation d ON d.matter_id = g.matter_id {_CASES}"
        " WHERE g.version = 1 AND g.effective_on BETWEEN ? AND ?",
    )
] + [
    f"SELECT count(*) FROM {table} d {_CASES} WHERE d.{day} BETWEEN ? AND ? AND {_COUNTED}"
    for table, day in (
        ("confirmation", "applied_on"),
        ("confirmation", "decided_on"),
        ("instalment", "due_on"),
        ("follow_up", "done_on"),
        ("prevention", '"on"'),
    )
]
_WHOLE = (
    f"SELECT {_SUMS} {_VALID}",
    "SELECT count(*) FROM matter WHERE opened_on BETWEEN ? AND ? AND state <> 'void' AND sealed = 0",
)


def measure() -> Iterator[Figure]:
    """The figures of a month, and its paper; the floor of the paper is the figures' floor and a bare canvas."""
    with tempfile.TemporaryDirectory() as folder:
        office = Office.open(Path(folder), now=lambda: _NOW, training=True)
        actor = office.actor("clerk")
        training.play_year(office, actor)
        bare = connect(office.store.path, read_only=True)
        figures = reporting.month(office, actor, "2024-08")
        reporting.month_pdf(office, actor, figures)
        counted = timed(lambda: reporting.month(office, actor, "2024-08"), _TIMES)
        floor = timed(lambda: _count(bare), _TIMES)
        yield Figure("figures of a month, forty visits", counted, floor, "part of the next")
        paper = timed(
            lambda: reporting.month_pdf(office, actor, reporting.month(office, actor, "2024-08")), _TIMES
        )
        facts = reporting.month_facts(office, actor, figures)
        drawn = timed(lambda: (_count(bare), _draw(facts)), _TIMES)
        yield Figure("figures and paper of a month", paper, drawn, "held to 2.0")
        bare.close()
        office.close()


def _count(bare: sqlite3.Connection) -> None:
    for sql in (*_TABLES, *_WHOLE):
        bare.execute(sql, _MONTH).fetchall()
    for sql in _WHOLE:
        for month in _OTHERS:
            bare.execute(sql, month).fetchall()


def _draw(facts: MonthlyFacts) -> bytes:
    """Every word of the report drawn on a bare canvas with the same two fonts, a page for every two tables."""
    from reportlab.pdfgen.canvas import Canvas

    buffer = BytesIO()
    canvas = Canvas(buffer, invariant=1)
    canvas.setFont("QY-Regular", 16)
    said = "".join(facts.paragraphs)
    for place, start in enumerate(range(0, len(said), 27)):
        canvas.drawString(80, 700 - 28 * place, said[start : start + 27])
    tables = [table for section in facts.sections for table in section.tables]
    for number, table in enumerate(tables):
        if number % 2 == 0:
            canvas.showPage()
        canvas.setFont("QY-Bold", 10.5)
        for place, text in enumerate((table.title, *table.header)):
            canvas.drawString(80 + 60 * place, 760, text)
        canvas.setFont("QY-Regular", 10.5)
        for line, row in enumerate(table.rows):
            canvas.line(80, 740 - 21 * line, 515, 740 - 21 * line)
            for place, text in enumerate(row):
                canvas.drawString(80 + 60 * place, 740 - 21 * line, text)
        canvas.drawString(80, 60, table.note)
    canvas.save()
    return buffer.getvalue()
