"""Counting the petitions of a period; domain/petition_figures.py says what each figure means.

Every figure is a part of a statement that begins at FROM, with the days :first and :last, and the day it is asked on :today:
the count and the list behind it are made of the same one. Void and sealed matters count nowhere.
"""

from __future__ import annotations

from collections.abc import Mapping

from qingyuan_desk.domain.breakdowns import Counts
from qingyuan_desk.domain.handling.accepting import EXTENDED, FINISH, TELLING
from qingyuan_desk.domain.petition_figures import DIVIDED, DONE, RESTED_ON, PetitionCell, PetitionCounted
from qingyuan_desk.store import sending_figures
from qingyuan_desk.store.database import Row, Rows
from qingyuan_desk.store.spans import COUNTS, Days, among

#: In this flow between two days, or since it was opened where nobody began to handle it. The plus keeps SQLite to the
#: matter's own stays: it would go through all petitions there ever were, once for every visit.
_STOOD = """(EXISTS (SELECT 1 FROM stay s WHERE s.matter_id = m.id AND +s.flow = 'petition'
  AND s.since <= {last} AND (s.until IS NULL OR s.until >= {first}))
 OR (m.flow = 'petition' AND NOT EXISTS (SELECT 1 FROM stay s WHERE s.matter_id = m.id)))"""
_IN_PERIOD = _STOOD.format(first=":first", last=":last")
_EVER = _STOOD.format(first="''", last="'9'")

_VISITS = f"""FROM visit v JOIN matter m ON m.id = v.matter_id LEFT JOIN petition p ON p.matter_id = m.id
WHERE v.business_day BETWEEN :first AND :last AND v.state = 'valid' AND m.sealed = 0 AND {_IN_PERIOD}"""
_SUMS = """count(DISTINCT v.matter_id) AS matters, count(*) AS visits, coalesce(sum(v.is_group), 0) AS groups,
 coalesce(sum(v.headcount), 0) AS heads"""


def _on(day: str) -> str:
    """That a matter stood in this flow on a day."""
    return _STOOD.format(first=day, last=day)


def _happened(table: str, day: str, more: str = "") -> str:
    """What is written in a record of a table with a day, of a matter that was a petition then."""
    return f"""FROM {table} r JOIN matter m ON m.id = r.matter_id
WHERE r.{day} BETWEEN :first AND :last AND {COUNTS} AND {_on(f"r.{day}")}{more}"""


def _last_of_the_period(table: str, day: str, same: str) -> str:
    """That no later record of the same kind lies in the period too."""
    return f""" AND NOT EXISTS (SELECT 1 FROM {table} l WHERE l.matter_id = r.matter_id AND l.id > r.id
  AND l.{day} BETWEEN :first AND :last AND {same})"""


def _opinion(level: int) -> str:
    more = _last_of_the_period("opinion", "signed_on", "l.level = r.level")
    return _happened("opinion", "signed_on", f" AND r.level = {level}{more}")


def _asked(level: int) -> str:
    return _happened("opinion", "asked_on", f" AND r.level = {level}")


def _sent(mode: str) -> str:
    return f"""FROM sending r JOIN matter m ON m.id = r.matter_id
WHERE r.sent_on BETWEEN :first AND :last AND r.mode = '{mode}' AND {COUNTS}"""


def _due(rules: tuple[str, ...], more: str = "") -> str:
    """Limits of the period that came to their end: met, or over."""
    return f"""FROM clock c JOIN matter m ON m.id = c.matter_id
WHERE c.shifted_end BETWEEN :first AND :last AND c.rule IN {among(rules)}
 AND (c.state = 'met' OR (c.state = 'running' AND c.shifted_end < :today)) AND {COUNTS} AND {_EVER}{more}"""


#: A limit that was met behind its last day, or is not met though it is over.
_LATE = " AND c.shifted_end < CASE c.state WHEN 'running' THEN :today ELSE c.ended_on END"
_TO_FINISH = (FINISH, EXTENDED)


def _in_time(rules: tuple[str, ...]) -> str:
    late = f"SELECT c.matter_id {_due(rules, _LATE)}"
    return _due(rules, f" AND c.matter_id NOT IN ({late})")


_CLOSED = _happened(
    "ending",
    '"on"',
    f" AND r.undone_on IS NULL{_last_of_the_period('ending', chr(34) + 'on' + chr(34), 'l.undone_on IS NULL')}",
)
_RATEABLE = f"""{_CLOSED}
 AND NOT EXISTS (SELECT 1 FROM petition p WHERE p.matter_id = m.id AND p.anonymous = 1)"""
#: The last word of a petitioner (信访人) on each thing rated.
_WORD = """SELECT 1 FROM rating w WHERE w.matter_id = m.id AND w."by" = 'visitor' AND w.satisfaction IN {said}
  AND NOT EXISTS (SELECT 1 FROM rating n WHERE n.matter_id = w.matter_id AND n.id > w.id AND n."by" = w."by"
   AND n.rated = w.rated AND n.unit = w.unit)"""
_RATED = f"{_RATEABLE} AND EXISTS ({_WORD.format(said=among(('satisfied', 'rather', 'unsatisfied')))})"
_UNSATISFIED = f"EXISTS ({_WORD.format(said=among(('unsatisfied',)))})"

#: Figure of DONE and RESTED_ON → the matters it counts.
BEHIND: Mapping[str, str] = {
    "petition_forwarded": _sent("forward"),
    "petition_assigned": _sent("assign"),
    "petition_accepted": _happened("petition", "accepted_on"),
    "petition_refused": _happened("petition", "refused_on", " AND r.ground <> 'no_more'"),
    "petition_no_more": _happened("petition", "refused_on", " AND r.ground = 'no_more'"),
    "petition_guided": _happened("notice", '"on"', " AND r.kind = 'litigation'"),
    "petition_extended": _happened("extension", "approved_on"),
    "petition_answered": _opinion(1),
    "petition_review_asked": _asked(2),
    "petition_reviewed": _opinion(2),
    "petition_recheck_asked": _asked(3),
    "petition_rechecked": _opinion(3),
    "petition_withdrawn": f"""FROM event r JOIN matter m ON m.id = r.matter_id
WHERE r.at >= :first AND r.at < :after AND r.node_from <> r.node_to AND r.action = 'handling.withdraw'
 AND {COUNTS} AND {_on("substr(r.at, 1, 10)")}""",
    "petition_closed": _CLOSED,
    "petition_to_tell": _due(TELLING),
    "petition_told": _in_time(TELLING),
    "petition_told_late": _due(TELLING, _LATE),
    "petition_to_finish": _due(_TO_FINISH),
    "petition_finished": _in_time(_TO_FINISH),
    "petition_finished_late": _due(_TO_FINISH, _LATE),
    "petition_rateable": _RATEABLE,
    "petition_rated": _RATED,
    "petition_satisfied": f"{_RATED} AND NOT {_UNSATISFIED}",
    "petition_unsatisfied": f"{_RATED} AND {_UNSATISFIED}",
    # Those of the visits.
    "petitions": _VISITS,
    "petition_visits": _VISITS,
    "petition_heads": _VISITS,
    "petition_groups": f"{_VISITS} AND v.is_group = 1",
    "petition_kinds": _VISITS,
    "petition_purposes": _VISITS,
    "petition_channels": _VISITS,
}
#: Figure that is divided → the code by which.
PARTS: Mapping[str, str] = {
    "petition_kinds": "coalesce(p.kind, '')",
    "petition_purposes": "coalesce(p.purpose, '')",
    "petition_channels": "coalesce(p.channel, 'visit')",
    "petition_refused": "r.ground",
    "petition_answered": "r.outcome",
    "petition_reviewed": "r.outcome",
    "petition_rechecked": "r.outcome",
    "petition_closed": "r.kind",
}
_KEYS = tuple(figure.key for figure in (*DONE, *RESTED_ON))


def count(rows: Rows, days: Days) -> PetitionCounted:
    """Everything about the petitions of a period, as it stands on the day asked."""
    span = days.params
    return PetitionCounted(
        whole=_counts(rows.one(f"SELECT {_SUMS} {_VISITS}", span)),
        cells=tuple(
            PetitionCell(row["kind"], row["purpose"], row["channel"], _counts(row))
            for row in rows.all(
                f"SELECT {', '.join(f'{PARTS[key]} AS {name}' for key, name in _SIDES.items())}, {_SUMS} {_VISITS}"
                " GROUP BY 1, 2, 3",
                span,
            )
        ),
        counts={key: rows.value(f"SELECT count(DISTINCT m.id) {BEHIND[key]}", span) for key in _KEYS},
        divided={
            key: {
                row["code"]: row["matters"]
                for row in rows.all(
                    f"SELECT {PARTS[key]} AS code, count(DISTINCT m.id) AS matters {BEHIND[key]} GROUP BY 1",
                    span,
                )
            }
            for key in DIVIDED
        },
        sendings=sending_figures.count(rows, "petition_sending", days),
    )


_SIDES: Mapping[str, str] = {
    "petition_kinds": "kind",
    "petition_purposes": "purpose",
    "petition_channels": "channel",
}


def _counts(row: Row | None) -> Counts:
    return Counts(row["matters"], row["visits"], row["groups"], row["heads"]) if row is not None else Counts()
