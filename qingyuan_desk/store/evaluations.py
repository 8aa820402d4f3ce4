"""What evaluation counts: stays at nodes that ended in a period, how units did in it, how people rated. Sealed matters stay out."""

from __future__ import annotations

from datetime import date, timedelta

from qingyuan_desk.domain.handling.due import OF_HANDLER, OF_SENDING, OF_URGE
from qingyuan_desk.domain.mediation import codes as mediation
from qingyuan_desk.store.database import Row, Rows
from qingyuan_desk.store.dues import UNIT_OF_CLOCK
from qingyuan_desk.store.spans import among

_COUNTS = "m.sealed = 0 AND m.state <> 'void'"

# A stay begins with the move to the node, or with registration. The flow is that of the stay (转流程) that had begun
# first of those of the day: a matter leaves its last node there by going into another flow. The unit is the one it was
# sent to last.
_LEFT = f"""
SELECT e.node_from AS node, e.node_to, e.at AS left_at, m.node AS node_now, m.state, m.opened_at, m.unit,
  coalesce((SELECT i.at FROM event i WHERE i.matter_id = e.matter_id AND i.id < e.id AND i.node_to = e.node_from
    AND i.node_from NOT IN ('', i.node_to) ORDER BY i.id DESC LIMIT 1), m.opened_at) AS entered_at,
  coalesce((SELECT t.flow FROM stay t WHERE t.matter_id = e.matter_id AND t.since <= substr(e.at, 1, 10)
    AND (t.until IS NULL OR t.until >= substr(e.at, 1, 10)) ORDER BY t.id LIMIT 1), m.flow) AS flow,
  (SELECT s.unit FROM sending s WHERE s.matter_id = e.matter_id AND s.mode <> 'support'
    AND s.sent_on <= substr(e.at, 1, 10) ORDER BY s.id DESC LIMIT 1) AS sent_to
FROM event e JOIN matter m ON m.id = e.matter_id
WHERE e.at >= ? AND e.at < ? AND e.node_from <> e.node_to AND e.node_from <> '' AND {_COUNTS}"""

_LIMITS = f"""
SELECT unit, count(*) AS due, sum(on_time) AS on_time FROM (
  SELECT {UNIT_OF_CLOCK} AS unit,
    CASE WHEN c.state = 'met' AND c.ended_on <= c.shifted_end THEN 1 ELSE 0 END AS on_time
  FROM clock c JOIN matter m ON m.id = c.matter_id
  WHERE c.shifted_end BETWEEN ? AND ? AND c.state <> 'cancelled' AND (c.state = 'met' OR c.shifted_end < ?)
    AND c.rule IN {among((*OF_SENDING, *OF_URGE, *OF_HANDLER))} AND c.rule <> 'petition_objection' AND {_COUNTS})
WHERE unit <> '' GROUP BY unit"""

_SENT = f"""
SELECT s.unit, s.mode, s.sent_on, s.accepted_on, s.replied_on, s.objected_on
FROM sending s JOIN matter m ON m.id = s.matter_id
WHERE s.sent_on BETWEEN ? AND ? AND s.mode <> 'discipline' AND {_COUNTS}"""

_URGES = f"""
SELECT u.unit, u.kind, count(*) AS count, sum(u.points) AS points FROM urge u JOIN matter m ON m.id = u.matter_id
WHERE u.sent_on BETWEEN ? AND ? AND u.cancelled_on IS NULL AND {_COUNTS} GROUP BY u.unit, u.kind"""

# Of a matter, the last rating by the same of the same.
_RATINGS = f"""
SELECT r."by", r.rated, r.unit, r.satisfaction, count(*) AS count FROM rating r JOIN matter m ON m.id = r.matter_id
WHERE r."on" BETWEEN ? AND ? AND {_COUNTS} AND NOT EXISTS (
  SELECT 1 FROM rating l WHERE l.matter_id = r.matter_id AND l.id > r.id AND l."by" = r."by" AND l.rated = r.rated
  AND l.unit = r.unit AND l.rater = r.rater AND l."on" BETWEEN ? AND ?)
GROUP BY r."by", r.rated, r.unit, r.satisfaction"""

_CONSULTED = f"""
SELECT r.satisfaction, count(*) AS count FROM consultation r JOIN matter m ON m.id = r.matter_id
WHERE r.asked_at >= ? AND r.asked_at < ? AND r.satisfaction <> '' AND {_COUNTS} GROUP BY r.satisfaction"""

_FOLLOWED_UP = f"""
SELECT r.satisfaction, count(*) AS count FROM follow_up r JOIN matter m ON m.id = r.matter_id
WHERE r.done_on BETWEEN ? AND ? AND r.satisfaction <> '' AND {_COUNTS} GROUP BY r.satisfaction"""

#: What a call after a mediation calls it → what a rating calls it.
_SAME = {"satisfied": "satisfied", "fairly": "rather", "unsatisfied": "unsatisfied", "declined": "refused"}
assert set(_SAME) == set(mediation.SATISFACTIONS)


def left_nodes(rows: Rows, first: date, last: date) -> list[Row]:
    """Every node a matter left in a period, with when it came there, in which flow and with which unit."""
    return rows.all(_LEFT, _moments(first, last))


def limits(rows: Rows, first: date, last: date, today: date) -> list[Row]:
    """By unit: how many of its limits ended in a period, and how many were met in time."""
    return rows.all(_LIMITS, (*_days(first, last), today.isoformat()))


def sent(rows: Rows, first: date, last: date) -> list[Row]:
    """Every sending of a period, calls for support too."""
    return rows.all(_SENT, _days(first, last))


def urges(rows: Rows, first: date, last: date) -> list[Row]:
    """By unit and kind: urges that stand, and their points."""
    return rows.all(_URGES, _days(first, last))


def ratings(rows: Rows, first: date, last: date) -> list[Row]:
    """By rater, object, unit, and value: how often."""
    return rows.all(_RATINGS, _days(first, last) * 2)


def other_ratings(rows: Rows, first: date, last: date) -> list[tuple[str, str, int]]:
    """Ratings given with an answer to a question, and at a call after a mediation: object, value, how often."""
    asked = rows.all(_CONSULTED, _moments(first, last))
    called = rows.all(_FOLLOWED_UP, _days(first, last))
    return [("consultation", row["satisfaction"], row["count"]) for row in asked] + [
        ("follow_up", _SAME[row["satisfaction"]], row["count"]) for row in called
    ]


def _days(first: date, last: date) -> tuple[str, str]:
    return first.isoformat(), last.isoformat()


def _moments(first: date, last: date) -> tuple[str, str]:
    """From the first moment of a day to the last one of another, as moments are written."""
    return first.isoformat(), (last + timedelta(days=1)).isoformat()
