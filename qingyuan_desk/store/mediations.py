"""Mediation cases: whether one was begun, its files, and what falls due in them. store/records.py has their records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from qingyuan_desk.domain.mediation.case import Attachment
from qingyuan_desk.domain.mediation.rules import CONFIRM
from qingyuan_desk.store import figures, histories
from qingyuan_desk.store.database import Row, Rows
from qingyuan_desk.store.records import record_of
from qingyuan_desk.store.sealed import VISIBLE


def is_opened(rows: Rows, matter_id: int) -> bool:
    """Whether a mediation was begun on a matter."""
    return rows.value("SELECT 1 FROM mediation WHERE matter_id = ?", (matter_id,)) is not None


def attachment(rows: Rows, viewer: str, attachment_id: int) -> Attachment | None:
    """A file of a matter its viewer may know of."""
    row = rows.one(
        f"SELECT a.* FROM attachment a JOIN matter m ON m.id = a.matter_id WHERE {VISIBLE} AND a.id = ?",
        (viewer, attachment_id),
    )
    return None if row is None else record_of(Attachment, row)


# --- the work of a day -------------------------------------------------------------------------------------------

#: A matter `m` its viewer may know of and, where a mediator is named, that is one of theirs now. Takes viewer, mediator,
#: mediator.
_THEIRS = (
    f"{VISIBLE} AND m.state <> 'void' AND (? = '' OR EXISTS (SELECT 1 FROM appointment a"
    " WHERE a.mediator = ? AND a.matter_id = m.id AND a.until IS NULL))"
)


@dataclass(frozen=True)
class Asked:
    """Whose work is asked for: what `viewer` may know of the cases of `mediator` ("": of everybody)."""

    viewer: str
    mediator: str = ""

    @property
    def params(self) -> tuple[str, ...]:
        """The parameters of _THEIRS."""
        return self.viewer, self.mediator, self.mediator


def open_cases(rows: Rows, asked: Asked) -> list[Row]:
    """Mediation matters that are not over, with the clock that rings first; the one quiet for longest first.

    Those nobody has begun with (no application yet) are everybody's.
    """
    return rows.all(
        "SELECT m.id AS matter_id, m.number AS matter_number, m.title, m.node, m.opened_on, m.updated_at,"
        " coalesce(d.number, '') AS dossier, d.matter_id IS NOT NULL AS begun,"
        " (SELECT min(alarm_on) FROM clock c WHERE c.matter_id = m.id AND c.state = 'running'"
        f" AND {figures.DUTY}) AS alarm_on"
        " FROM matter m LEFT JOIN mediation d ON d.matter_id = m.id"
        f" WHERE m.flow = 'mediation' AND m.state = 'open' AND ({_THEIRS} OR {VISIBLE} AND d.matter_id IS NULL)"
        " ORDER BY m.updated_at, m.id",
        (*asked.params, asked.viewer),
    )


def unfiled(rows: Rows, asked: Asked) -> list[Row]:
    """Matters whose mediation came to a result and whose dossier nobody has filed, the oldest first; not of old ledgers."""
    return rows.all(
        "SELECT m.* FROM mediation d JOIN matter m ON m.id = d.matter_id"
        f" WHERE d.result IN ('agreed', 'failed', 'withdrawn') AND d.filed_on IS NULL AND {_THEIRS}"
        f" AND NOT {histories.IMPORTED.format(matter='m.id')} ORDER BY m.id",
        asked.params,
    )


def planned_sessions(rows: Rows, asked: Asked, before: date) -> list[Row]:
    """Sessions planned for before a day, those nobody recorded too."""
    return _due(
        rows,
        asked,
        "mediation_session r",
        "m.state = 'open' AND r.state = 'planned' AND r.planned_at",
        before,
    )


def due_follow_ups(rows: Rows, asked: Asked, before: date) -> list[Row]:
    """Planned calls on parties that are due before a day."""
    return _due(rows, asked, "follow_up r", "r.done_on IS NULL AND r.due_on", before)


def due_instalments(rows: Rows, asked: Asked, before: date) -> list[Row]:
    """What is to be performed before a day under an agreement in force, and was not in full.

    Not where the case was closed because nobody can urge it any more (程序性办结).
    """
    source = (
        "instalment r JOIN agreement g ON g.id = r.agreement AND g.state = 'effective'"
        " JOIN mediation d ON d.matter_id = r.matter_id AND d.closing <> 'procedural'"
    )
    return _due(rows, asked, source, "(r.paid_on IS NULL OR r.paid < r.amount) AND r.due_on", before)


def running_confirmations(rows: Rows, asked: Asked, today: date) -> list[Row]:
    """Clocks of judicial confirmation (司法确认) that have not run out, the one that rings first on top."""
    day = f"r.state = 'running' AND r.rule = '{CONFIRM}' AND r.shifted_end >= ? AND r.alarm_on"
    return _due(rows, asked, "clock r", day, date.max, today.isoformat())


def undecided_confirmations(rows: Rows, asked: Asked, before: date) -> list[Row]:
    """Applications for judicial confirmation made before a day that the court has not decided."""
    return _due(rows, asked, "confirmation r", "r.result = '' AND r.applied_on", before)


def _due(rows: Rows, asked: Asked, source: str, day: str, before: date, *params: str) -> list[Row]:
    """Rows `r` of a source whose day (the last word of the condition) is before another, with their matter."""
    column = day.split()[-1]
    return rows.all(
        f"SELECT r.*, m.number AS matter_number, m.title FROM {source} JOIN matter m ON m.id = r.matter_id"
        f" WHERE {day} < ? AND {_THEIRS} ORDER BY {column}, r.id",
        (*params, before.isoformat(), *asked.params),
    )


def waiting_parties(rows: Rows, asked: Asked) -> list[Row]:
    """Parties of open cases who have not said whether they agree to mediation."""
    return rows.all(
        "SELECT p.*, m.number AS matter_number, m.title FROM matter m JOIN case_party p ON p.matter_id = m.id"
        f" WHERE m.flow = 'mediation' AND m.state = 'open' AND m.node = 'consent' AND p.consent = '' AND {_THEIRS}"
        " ORDER BY m.opened_on, m.id, p.position",
        asked.params,
    )


def mediators_now(rows: Rows) -> list[Row]:
    """Who mediates the open cases now: matter and code, the first one of a case first."""
    return rows.all(
        "SELECT a.matter_id, a.mediator FROM appointment a JOIN matter m ON m.id = a.matter_id"
        " WHERE a.until IS NULL AND m.state = 'open' ORDER BY a.id"
    )
