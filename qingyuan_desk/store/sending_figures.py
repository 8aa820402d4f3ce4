"""Counting what was sent to units in a period, as it stands now; domain/sending_figures.py says what each figure means."""

from __future__ import annotations

from collections.abc import Mapping

from qingyuan_desk.domain.sending_figures import COLUMNS, KINDS, SendingCounts
from qingyuan_desk.store.database import Rows
from qingyuan_desk.store.spans import COUNTS, Days, among

#: Kind of sending → its modes, and the rule of the limit within which the unit answers.
_KINDS: Mapping[str, tuple[tuple[str, ...], str]] = {
    "petition_sending": (("forward", "assign"), "petition_assigned"),
    "handover": (("hand_over",), "handover_reply"),
    "support": (("support",), "support_response"),
}
assert set(_KINDS) == set(KINDS)

#: The limit of a sending that came to its end; at most one.
_LIMIT = """SELECT 1 FROM clock c WHERE c.matter_id = s.matter_id AND c.subject = s.id AND c.rule = '{rule}'
 AND (c.state = 'met' OR (c.state = 'running' AND c.shifted_end < :today))"""
_IN_TIME = " AND c.state = 'met' AND c.ended_on <= c.shifted_end"
#: Column → what a sending must be.
_HOLDS: Mapping[str, str] = {
    "sent": "1",
    "received": "s.received_on IS NOT NULL",
    "objected": "s.objected_on IS NOT NULL",
    "returned": "s.state = 'returned'",
    "recalled": "s.state = 'recalled'",
    "replied": "s.replied_on IS NOT NULL",
    "to_answer": f"EXISTS ({_LIMIT})",
    "in_time": f"EXISTS ({_LIMIT}{_IN_TIME})",
}


def _sent(kind: str) -> str:
    modes, _ = _KINDS[kind]
    return f"""FROM sending s JOIN matter m ON m.id = s.matter_id
WHERE s.sent_on BETWEEN :first AND :last AND s.mode IN {among(modes)} AND {COUNTS}"""


def _holds(kind: str, column: str) -> str:
    return _HOLDS[column].format(rule=_KINDS[kind][1])


#: Figure → the matters of the sendings it counts.
BEHIND: Mapping[str, str] = {
    f"{kind}_{column}": f"{_sent(kind)} AND {_holds(kind, column)}" for kind in _KINDS for column in COLUMNS
}
#: Each is divided by the unit it was sent to.
PARTS: Mapping[str, str] = dict.fromkeys(BEHIND, "s.unit")


def count(rows: Rows, kind: str, days: Days) -> dict[str, SendingCounts]:
    """Unit → the sendings of a kind to it."""
    sums = ", ".join(f"sum({_holds(kind, column)}) AS {column}" for column in COLUMNS)
    found = rows.all(f"SELECT s.unit, {sums} {_sent(kind)} GROUP BY s.unit", days.params)
    return {row["unit"]: SendingCounts(*(row[column] for column in COLUMNS)) for row in found}
