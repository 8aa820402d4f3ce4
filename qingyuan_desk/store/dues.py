"""What falls due on a day in every flow, matters nobody writes to, and what the rules of urging ask about.

Every arm of the union walks an index of what is open, so that years of closed matters cost nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from qingyuan_desk.domain.handling.due import (
    KIND_OF_RULE,
    OF_HANDLER,
    OF_SENDING,
    OF_URGE,
    RECEIVE_DAYS,
    quiet_before,
)
from qingyuan_desk.store.database import Row, Rows
from qingyuan_desk.store.figures import DUTY
from qingyuan_desk.store.sealed import VISIBLE
from qingyuan_desk.store.spans import among

#: The unit that handles the matter `m` now.
HANDLER = """coalesce((SELECT s.unit FROM sending s WHERE s.matter_id = m.id AND s.mode <> 'support'
  AND s.state IN ('sent', 'received', 'objected', 'accepted') ORDER BY s.id DESC LIMIT 1), m.unit)"""

#: Whose duty a clock `c` of a matter `m` is; "" for the centre's own and other organs'.
UNIT_OF_CLOCK = f"""coalesce(CASE
  WHEN c.rule IN {among(OF_SENDING)} THEN (SELECT s.unit FROM sending s WHERE s.id = c.subject)
  WHEN c.rule IN {among(OF_URGE)} THEN (SELECT u.unit FROM urge u WHERE u.id = c.subject)
  WHEN c.rule IN {among(OF_HANDLER)} THEN {HANDLER} END, '')"""

_MATTER = "m.id AS matter_id, m.number, m.title, m.visitor, m.flow, m.node, m.unit AS own_unit, m.sealed"

#: Every kind of thing due until :until, as the same columns. A clock runs out; the others have a day somebody set; a
#: sending has the day it was sent.
_ARMS = (
    f"""SELECT 'clock' AS kind, c.rule, c.event AS what, c.article, {UNIT_OF_CLOCK} AS unit, c.start_on, c.natural_end,
  c.shifted_end, c.alarm_on, c.provisional, c.subject AS record_id, '' AS note, {_MATTER}
 FROM clock c JOIN matter m ON m.id = c.matter_id
 WHERE c.state = 'running' AND c.alarm_on <= :until
  AND ({DUTY} OR c.rule = 'watch_confirm' AND c.shifted_end >= :today)""",
    f"""SELECT 'objection', c.rule, c.event, c.article, {UNIT_OF_CLOCK}, c.start_on, c.natural_end, c.shifted_end,
  c.alarm_on, c.provisional, c.subject, '', {_MATTER}
 FROM clock c JOIN matter m ON m.id = c.matter_id
 WHERE c.rule = 'petition_objection' AND c.state = 'running' AND c.alarm_on BETWEEN :since AND :until
  AND c.shifted_end >= :today""",
    f"""SELECT 'receive', '', '单位签收', '', s.unit, s.sent_on, s.sent_on, s.sent_on, s.sent_on, 0, s.id,
  s.number, {_MATTER}
 FROM sending s JOIN matter m ON m.id = s.matter_id
 WHERE s.state = 'sent' AND s.sent_on <= :sent_until""",
    f"""SELECT 'session', '', '调解', '', '', substr(r.planned_at, 1, 10), substr(r.planned_at, 1, 10),
  substr(r.planned_at, 1, 10), substr(r.planned_at, 1, 10), 0, r.id, substr(r.planned_at, 12, 5), {_MATTER}
 FROM mediation_session r JOIN matter m ON m.id = r.matter_id
 WHERE r.state = 'planned' AND r.planned_at < :after AND m.state = 'open'""",
    f"""SELECT 'booking', '', '约期解答', '', '', substr(r.booked_for, 1, 10), substr(r.booked_for, 1, 10),
  substr(r.booked_for, 1, 10), substr(r.booked_for, 1, 10), 0, r.id, substr(r.booked_for, 12, 5), {_MATTER}
 FROM matter m JOIN consultation r ON r.matter_id = m.id
 WHERE m.flow = 'consultation' AND m.node = 'booked' AND m.state = 'open' AND r.booked_for < :after
  AND r.id = (SELECT max(l.id) FROM consultation l WHERE l.matter_id = m.id)""",
    f"""SELECT 'booking', '', '心理疏导', '', '', substr(r.booked_for, 1, 10), substr(r.booked_for, 1, 10),
  substr(r.booked_for, 1, 10), substr(r.booked_for, 1, 10), 0, r.id, substr(r.booked_for, 12, 5), {_MATTER}
 FROM referral r JOIN matter m ON m.id = r.matter_id
 WHERE r.done_on IS NULL AND r.booked_for IS NOT NULL AND r.booked_for < :after""",
    f"""SELECT 'follow_up', '', '回访', '', '', r.due_on, r.due_on, r.due_on, r.due_on, 0, r.id, '', {_MATTER}
 FROM follow_up r JOIN matter m ON m.id = r.matter_id WHERE r.done_on IS NULL AND r.due_on <= :until""",
    f"""SELECT 'instalment', '', CASE r.what WHEN '' THEN '履行协议付款' ELSE r.what END, '', '', r.due_on,
  r.due_on, r.due_on, r.due_on, 0, r.id, '', {_MATTER}
 FROM instalment r JOIN agreement g ON g.id = r.agreement AND g.state = 'effective'
  JOIN mediation d ON d.matter_id = r.matter_id AND d.closing <> 'procedural'
  JOIN matter m ON m.id = r.matter_id
 WHERE (r.paid_on IS NULL OR r.paid < r.amount) AND r.due_on <= :until""",
)
_ALL = "\nUNION ALL ".join(
    f"{arm} AND m.state <> 'void' AND {VISIBLE.replace('?', ':viewer')}" for arm in _ARMS
)


def lines(rows: Rows, viewer: str, today: date, until: date) -> list[Row]:
    """Everything that alarms until a day and is not done, in no order."""
    return rows.all(_ALL, _params(viewer, today, until))


def ringing(rows: Rows, viewer: str, today: date) -> tuple[int, int]:
    """今日必办: how many things are of today or late, and how many of them are late."""
    counted = rows.one(
        "SELECT count(*), coalesce(sum(CASE WHEN shifted_end < CASE kind WHEN 'receive' THEN :sent_today ELSE :today END"
        f" THEN 1 ELSE 0 END), 0) FROM ({_ALL}) WHERE kind <> 'objection'",
        _params(viewer, today, today),
    )
    return (counted[0], counted[1]) if counted else (0, 0)


def kind_of(row: Row) -> str:
    """The kind of a line of the union: clocks have one by their rule."""
    return KIND_OF_RULE.get(row["rule"], row["kind"])


def _params(viewer: str, today: date, until: date) -> dict[str, str]:
    return {
        "viewer": viewer,
        "today": today.isoformat(),
        "since": (today - timedelta(days=14)).isoformat(),
        "until": until.isoformat(),
        "sent_today": (today - timedelta(days=RECEIVE_DAYS)).isoformat(),
        "sent_until": (until - timedelta(days=RECEIVE_DAYS)).isoformat(),
        "after": (until + timedelta(days=1)).isoformat(),
    }


# --- nobody writes to them ---------------------------------------------------------------------------------------

_QUIET = f"m.state = 'open' AND m.updated_at < ? AND {VISIBLE}"


def quiet_groups(rows: Rows, viewer: str, today: date) -> list[Row]:
    """How many open matters of each flow and unit nobody has written to, and since when the oldest."""
    return rows.all(
        f"SELECT m.flow, {HANDLER} AS unit, count(*) AS count, min(m.updated_at) AS oldest FROM matter m"
        f" WHERE {_QUIET} GROUP BY 1, 2 ORDER BY count DESC, 1, 2",
        (quiet_before(today).isoformat(), viewer),
    )


def quiet(rows: Rows, viewer: str, today: date, most: int) -> list[Row]:
    """Open matters nobody has written to, the one quiet for longest first."""
    return rows.all(
        f"SELECT {_MATTER}, {HANDLER} AS unit, m.updated_at FROM matter m WHERE {_QUIET}"
        " ORDER BY m.updated_at LIMIT ?",
        (quiet_before(today).isoformat(), viewer, most),
    )


# --- what may be urged about -------------------------------------------------------------------------------------

#: Whoever sees the board of urging sees no sealed matter in it: it goes to other units.
_OPEN = "m.state = 'open' AND m.sealed = 0"


def urged_clocks(rows: Rows, rule: str, until: date) -> list[Row]:
    """Running clocks of a rule that alarm until a day, with their matter and the unit whose duty they are."""
    return rows.all(
        f"SELECT c.rule, c.event, c.article, c.start_on, c.alarm_on, c.shifted_end, c.subject, {UNIT_OF_CLOCK} AS unit,"
        f" {HANDLER} AS handler, {_MATTER} FROM clock c JOIN matter m ON m.id = c.matter_id"
        f" WHERE c.rule = ? AND c.state = 'running' AND c.alarm_on <= ? AND {_OPEN}",
        (rule, until.isoformat()),
    )


def at_node(rows: Rows, flow: str, node: str, until: date) -> list[Row]:
    """Open matters that have stood at a node of a flow since a day or longer, with the unit that has them."""
    found = rows.all(
        f"SELECT {_MATTER}, {HANDLER} AS handler, coalesce((SELECT substr(max(e.at), 1, 10) FROM event e"
        " WHERE e.matter_id = m.id AND e.node_to = m.node AND e.node_from NOT IN ('', m.node)), m.opened_on) AS since"
        f" FROM matter m WHERE m.flow = ? AND m.node = ? AND {_OPEN}",
        (flow, node),
    )
    return [row for row in found if row["since"] <= until.isoformat()]


def urges_of(rows: Rows, matter_ids: Sequence[int]) -> list[Row]:
    """Every urge of these matters, the oldest first."""
    marks = ",".join("?" * len(matter_ids))
    return rows.all(f"SELECT * FROM urge WHERE matter_id IN ({marks}) ORDER BY id", tuple(matter_ids))


def open_urges(rows: Rows, viewer: str) -> list[Row]:
    """Urges nobody has answered or cancelled, the one that should be answered first on top."""
    return rows.all(
        f"SELECT u.*, m.number AS matter_number, m.title, m.flow FROM urge u JOIN matter m ON m.id = u.matter_id"
        f" WHERE u.replied_on IS NULL AND u.cancelled_on IS NULL AND m.state <> 'void' AND {VISIBLE}"
        " ORDER BY u.reply_by, u.id",
        (viewer,),
    )


def urges_between(rows: Rows, viewer: str, first: date, last: date) -> list[Row]:
    """Urges sent in a period, the newest first, with their matter."""
    return rows.all(
        f"SELECT u.*, m.number AS matter_number, m.title, m.flow FROM urge u JOIN matter m ON m.id = u.matter_id"
        f" WHERE u.sent_on BETWEEN ? AND ? AND m.state <> 'void' AND {VISIBLE} ORDER BY u.sent_on DESC, u.id DESC",
        (first.isoformat(), last.isoformat(), viewer),
    )
