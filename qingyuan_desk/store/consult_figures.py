"""Counting questions, legal aid, referrals, and 法律十进; domain/consult_figures.py says what each figure means.

Every figure is a part of a statement that begins at FROM, as in store/petition_figures.py.
"""

from __future__ import annotations

from collections.abc import Mapping

from qingyuan_desk.domain.consult_figures import COUNTED, TABLES, ConsultCounted
from qingyuan_desk.domain.handling.codes import OUTREACH
from qingyuan_desk.domain.handling.legal_aid import ASSIGN, DECIDE
from qingyuan_desk.domain.outreach import COUNTS as ACTIVITY_COUNTS
from qingyuan_desk.domain.outreach import Totals
from qingyuan_desk.store.database import Row, Rows
from qingyuan_desk.store.spans import COUNTS, Days, among

_CONSULTS = f"""FROM consultation r JOIN matter m ON m.id = r.matter_id
WHERE r.asked_at >= :first AND r.asked_at < :after AND {COUNTS}"""
_RATED = f"{_CONSULTS} AND r.satisfaction IN {among(('satisfied', 'rather', 'unsatisfied'))}"


def _happened(table: str, day: str, more: str = "") -> str:
    return f"""FROM {table} r JOIN matter m ON m.id = r.matter_id
WHERE r.{day} BETWEEN :first AND :last AND {COUNTS}{more}"""


def _due(rule: str, more: str = "") -> str:
    """Limits of the period that came to their end: met, or over."""
    return f"""FROM clock c JOIN matter m ON m.id = c.matter_id
WHERE c.shifted_end BETWEEN :first AND :last AND c.rule = '{rule}'
 AND (c.state = 'met' OR (c.state = 'running' AND c.shifted_end < :today)) AND {COUNTS}{more}"""


_IN_TIME = " AND c.state = 'met' AND c.ended_on <= c.shifted_end"
_REFERRALS = _happened("referral", '"on"')
_DECIDED = _happened("legal_aid", "decided_on", " AND r.granted = '{granted}'")

#: Figure of COUNTED → the rows it counts.
_COUNTED: Mapping[str, str] = {
    "consults": _CONSULTS,
    "consult_answered": f"{_CONSULTS} AND r.answered_at IS NOT NULL",
    "consult_waiting": f"{_CONSULTS} AND r.answered_at IS NULL",
    "consult_declined": f"{_CONSULTS} AND r.declined = 1",
    "consult_aid_told": f"{_CONSULTS} AND r.aid_told = 1",
    "consult_rated": _RATED,
    "consult_satisfied": f"{_RATED} AND r.satisfaction <> 'unsatisfied'",
    "aid_applied": _happened("legal_aid", "applied_on"),
    "aid_granted": _DECIDED.format(granted="yes"),
    "aid_refused": _DECIDED.format(granted="no"),
    "aid_given_up": _DECIDED.format(granted="withdrawn"),
    "aid_assigned": _happened("legal_aid", "assigned_on"),
    "aid_to_decide": _due(DECIDE),
    "aid_decided_in_time": _due(DECIDE, _IN_TIME),
    "aid_to_assign": _due(ASSIGN),
    "aid_assigned_in_time": _due(ASSIGN, _IN_TIME),
    "referrals": _REFERRALS,
    "referrals_done": f"{_REFERRALS} AND r.done_on IS NOT NULL",
}
#: Figure → the matters of what it counts: those of COUNTED, and the tables that divide them.
BEHIND: Mapping[str, str] = {
    **_COUNTED,
    **{key: _COUNTED[whole] for key, (_, whole) in TABLES.items()},
}
#: Figure that is divided → the code by which.
PARTS: Mapping[str, str] = {
    "consult_channels": "r.channel",
    "consult_results": "r.result",
    "consult_causes": "r.cause",
    "consult_crowds": "r.crowd",
    "consult_stages": "r.stage",
    "aid_affairs": "r.affair",
    "referral_purposes": "r.purpose",
}
_ACTIVITIES = """FROM outreach r WHERE r."on" BETWEEN :first AND :last AND r.cancelled = ''"""
_SUMS = ", ".join(f"coalesce(sum(r.{name}), 0) AS {name}" for name in ACTIVITY_COUNTS)


def count(rows: Rows, days: Days) -> ConsultCounted:
    """Everything of a period, as it stands on the day asked."""
    span = days.params
    activities = {
        row["target"]: _totals(row)
        for row in rows.all(f"SELECT r.target, {_SUMS} {_ACTIVITIES} GROUP BY r.target", span)
    }
    return ConsultCounted(
        counts={
            figure.key: rows.value(f"SELECT count(*) {_COUNTED[figure.key]}", span) for figure in COUNTED
        },
        divided={
            key: {
                row["code"]: row["count"]
                for row in rows.all(
                    f"SELECT {PARTS[key]} AS code, count(*) AS count {BEHIND[key]} GROUP BY 1", span
                )
            }
            for key in TABLES
        },
        activities={code: activities.get(code, Totals()) for code in OUTREACH},
        all_activities=_totals(rows.one(f"SELECT {_SUMS} {_ACTIVITIES}", span)),
    )


def _totals(row: Row | None) -> Totals:
    return Totals(**{name: row[name] for name in ACTIVITY_COUNTS}) if row is not None else Totals()
