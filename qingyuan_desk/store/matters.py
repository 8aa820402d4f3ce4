"""Reading matters: the ledger page by page, one matter whole, earlier matters like a new one, today's figures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from qingyuan_desk.domain import pinyin
from qingyuan_desk.domain.matter import QUIET_DAYS, LedgerFilter, due_range
from qingyuan_desk.store import figures, index, numbers, search
from qingyuan_desk.store.database import Row, Rows
from qingyuan_desk.store.sealed import VISIBLE

#: The running clock of a duty that rings first.
_NEXT_CLOCK = f"""LEFT JOIN clock c ON c.id = (
  SELECT c.id FROM clock c WHERE c.matter_id = m.id AND c.state = 'running' AND {figures.DUTY}
  ORDER BY c.alarm_on, c.id LIMIT 1)"""

_CLOCK_COLUMNS = (
    "c.id AS clock_id, c.rule, c.event AS clock_event, c.article, c.start_on, c.natural_end, c.shifted_end, c.alarm_on,"
    " c.provisional, c.state AS clock_state, c.ended_on"
)


#: So many running clocks are too many to list.
_MANY = 1000


@dataclass(frozen=True)
class Asked:
    """What somebody asks of the ledger on a day. numbers: the official numbers the filter's text may mean."""

    viewer: str
    wanted: LedgerFilter
    today: date
    numbers: tuple[str, ...] = ()


def page(rows: Rows, asked: Asked, after: int | None, size: int) -> list[Row]:
    """Matters that pass the filter, the latest opened first, from the one behind the matter `after`; at most `size`."""
    where, params = _conditions(rows, asked)
    if after is not None:
        where.append("(m.opened_on, m.id) < (SELECT opened_on, id FROM matter WHERE id = ?)")
        params.append(after)
    return rows.all(
        f"SELECT m.*, {_CLOCK_COLUMNS} FROM matter m {_NEXT_CLOCK} WHERE {' AND '.join(where)}"
        " ORDER BY m.opened_on DESC, m.id DESC LIMIT ?",
        (*params, size),
    )


def some(rows: Rows, viewer: str, matter_ids: Iterable[int]) -> list[Row]:
    """The ledger's rows of these matters, in any order."""
    ids = list(matter_ids)
    marks = ",".join("?" * len(ids))
    return rows.all(
        f"SELECT m.*, {_CLOCK_COLUMNS} FROM matter m {_NEXT_CLOCK} WHERE {VISIBLE} AND m.id IN ({marks})",
        (viewer, *ids),
    )


def count(rows: Rows, asked: Asked, cap: int) -> int:
    """How many matters pass the filter; counting stops at `cap`."""
    where, params = _conditions(rows, asked)
    sql = f"SELECT count(*) FROM (SELECT 1 FROM matter m WHERE {' AND '.join(where)} LIMIT ?)"
    return int(rows.value(sql, (*params, cap)))


def by_number(rows: Rows, viewer: str, number: str) -> Row | None:
    """A matter by its own number, or by that of a visit, its dossier (卷号), a slip (转办单), an urge, or a report."""
    meant, params = numbers.matters_with([number])
    return rows.one(f"SELECT m.* FROM matter m WHERE {VISIBLE} AND m.id IN ({meant})", (viewer, *params))


def route(rows: Rows, number: str) -> Row | None:
    """How a matter goes on, by any number `by_number` takes; nothing of what was said."""
    meant, params = numbers.matters_with([number])
    return rows.one(
        "SELECT category, flow, room, unit, dispute_type, matter_kind, sealed FROM matter"
        f" WHERE id IN ({meant})",
        params,
    )


def by_id(rows: Rows, viewer: str, matter_id: int) -> Row | None:
    """A matter by its id."""
    return rows.one(f"SELECT m.* FROM matter m WHERE {VISIBLE} AND m.id = ?", (viewer, matter_id))


def visits_of(rows: Rows, matter_id: int) -> list[Row]:
    """A matter's visits in the order they came."""
    return rows.all("SELECT * FROM visit WHERE matter_id = ? ORDER BY ordinal", (matter_id,))


def parties_of(rows: Rows, matter_id: int) -> list[Row]:
    """Everybody named at any visit of a matter."""
    return rows.all(
        "SELECT * FROM party WHERE matter_id = ? ORDER BY visit_id, side DESC, position", (matter_id,)
    )


def readers_of(rows: Rows, matter_id: int) -> list[str]:
    """The accounts that may know of a sealed matter; none of one that is not."""
    found = rows.all("SELECT account FROM sealed_reader WHERE matter_id = ? ORDER BY account", (matter_id,))
    return [row["account"] for row in found]


def events_of(rows: Rows, matter_id: int) -> list[Row]:
    """The timeline, oldest first."""
    return rows.all(
        "SELECT e.*, v.number AS visit_number FROM event e LEFT JOIN visit v ON v.id = e.visit_id"
        " WHERE e.matter_id = ? ORDER BY e.id",
        (matter_id,),
    )


def clocks_of(rows: Rows, matter_id: int) -> list[Row]:
    """A matter's clocks, the one that rings first on top."""
    return rows.all(
        f"SELECT {_CLOCK_COLUMNS} FROM clock c WHERE c.matter_id = ? ORDER BY c.state <> 'running', c.alarm_on",
        (matter_id,),
    )


def clock_by_id(rows: Rows, viewer: str, clock_id: int) -> Row | None:
    """A clock of a matter its viewer may know of."""
    return rows.one(
        f"SELECT c.* FROM clock c JOIN matter m ON m.id = c.matter_id WHERE {VISIBLE} AND c.id = ?",
        (viewer, clock_id),
    )


def prints_of(rows: Rows, matter_id: int) -> list[Row]:
    """Every print of a matter's papers, newest first."""
    return rows.all(
        "SELECT p.*, v.number AS visit_number FROM print p JOIN visit v ON v.id = p.visit_id"
        " WHERE p.matter_id = ? ORDER BY p.id DESC",
        (matter_id,),
    )


def last_note(rows: Rows, matter_id: int) -> str:
    """The last thing somebody wrote down about a matter."""
    return str(
        rows.value(
            "SELECT note FROM event WHERE matter_id = ? AND action = 'note' ORDER BY id DESC LIMIT 1",
            (matter_id,),
        )
        or ""
    )


def matters_of_id(rows: Rows, numbers: Iterable[str], limit: int) -> list[int]:
    """Matters of the newest visits of somebody with one of these ID numbers."""
    found: list[int] = []
    for number in numbers:
        found += [row["matter_id"] for row in rows.all(_BY_KEY, ("id", number, limit))]
    return found


def parties_of_phone(rows: Rows, number: str, limit: int) -> list[Row]:
    """Matter and side of those who gave this phone number at the newest visits."""
    return rows.all(_PARTIES_BY_KEY, ("ph", index.phone_keys(number)[0], f"%{number}%", "%", limit))


def visitors_sounding_like(rows: Rows, syllables: str, limit: int) -> list[Row]:
    """Matter and name of the newest visitors whose name is spelled so, in whatever characters."""
    return [
        row
        for row in rows.all(_PARTIES_BY_KEY, ("py", syllables, "%", "visitor", limit))
        if pinyin.syllables(row["name"]) == syllables
    ]


def parties_of_name(rows: Rows, name_key: str, village: str, limit: int) -> list[Row]:
    """The newest parties of exactly this name with the village of their matter, those of this village first."""
    return rows.all(
        "SELECT named.matter_id, named.side, named.village, m.village AS matter_village FROM"
        " (SELECT matter_id, visit_id, side, village FROM party WHERE name_key = ? ORDER BY matter_id DESC LIMIT ?) named"
        " JOIN visit v ON v.id = named.visit_id JOIN matter m ON m.id = named.matter_id"
        " WHERE v.state <> 'void' ORDER BY m.village <> ?, named.matter_id DESC LIMIT ?",
        (name_key, limit * 20, village, limit),
    )


_BY_KEY = """
SELECT v.matter_id FROM lookup l JOIN visit v ON v.id = l.visit_id
WHERE l.kind = ? AND l.key = ? AND v.state <> 'void' ORDER BY l.visit_id DESC LIMIT ?"""

_PARTIES_BY_KEY = """
SELECT p.matter_id, p.side, p.name FROM lookup l JOIN visit v ON v.id = l.visit_id JOIN party p ON p.visit_id = v.id
WHERE l.kind = ? AND l.key = ? AND v.state <> 'void' AND p.phone LIKE ? AND p.side LIKE ?
ORDER BY l.visit_id DESC LIMIT ?"""


def alike(rows: Rows, viewer: str, matter_ids: Iterable[int]) -> list[Row]:
    """What the panel of earlier records shows of these matters."""
    ids = list(matter_ids)
    marks = ",".join("?" * len(ids))
    return rows.all(
        f"SELECT m.*, (SELECT business_day FROM visit v WHERE v.number = m.last_visit) AS last_day FROM matter m"
        f" WHERE {VISIBLE} AND m.state <> 'void' AND m.id IN ({marks})",
        (viewer, *ids),
    )


def today(rows: Rows, viewer: str, day: date) -> dict[str, int]:
    """Today's 件 (matters visited), 次 (visits), and matters with a clock that has rung or is overdue."""
    counted = rows.one(
        f"SELECT count(*) AS visits, count(DISTINCT v.matter_id) AS matters FROM visit v JOIN matter m ON m.id = v.matter_id"
        f" WHERE v.business_day = ? AND v.state = 'valid' AND {VISIBLE}",
        (day.isoformat(), viewer),
    )
    ringing = rows.one(
        "SELECT count(DISTINCT CASE WHEN c.shifted_end >= ? THEN m.id END) AS due,"
        " count(DISTINCT CASE WHEN c.shifted_end < ? THEN m.id END) AS overdue"
        f" FROM clock c JOIN matter m ON m.id = c.matter_id WHERE c.state = 'running' AND c.alarm_on <= ?"
        f" AND {figures.DUTY} AND {VISIBLE}",
        (day.isoformat(), day.isoformat(), day.isoformat(), viewer),
    )
    return {**dict(counted or {}), **dict(ringing or {})}


def _conditions(rows: Rows, asked: Asked) -> tuple[list[str], list[Any]]:
    wanted = asked.wanted
    where, params = [VISIBLE], [asked.viewer]
    of_visit = figures.OF_VISIT if figures.counts_visits(wanted.figure) else ()
    for column in ("flow", "state", "township", "source", "unit", "category", "node", "dispute_type"):
        value = getattr(wanted, column)
        if value and column not in of_visit:
            where.append(f"m.{column} = ?")
            params.append(value)
    for column in ("result", "origin"):
        if value := getattr(wanted, column):
            where.append(f"EXISTS (SELECT 1 FROM mediation d WHERE d.matter_id = m.id AND d.{column} = ?)")
            params.append(value)
    for held, more in (
        figures.behind(wanted, asked.today)
        if wanted.figure
        else _opened_condition(*wanted.days(asked.today)),
        _due_condition(rows, wanted.due, asked.today),
        _text_condition(rows, asked),
    ):
        if held:
            where.append(held)
            params += more
    return where, params


def _opened_condition(first: date | None, last: date | None) -> tuple[str, list[Any]]:
    """Opened between two days, both included; None: no limit on that side."""
    limits = [("m.opened_on >= ?", first), ("m.opened_on <= ?", last)]
    held = [(sql, day.isoformat()) for sql, day in limits if day]
    return " AND ".join(sql for sql, _ in held), [day for _, day in held]


def _due_condition(rows: Rows, due: str, today: date) -> tuple[str, list[Any]]:
    """What the clocks are asked. Few are listed; of many, each matter is asked in the ledger's order until a page is full."""
    if due == "quiet":
        since = today - timedelta(days=QUIET_DAYS)
        return "m.state = 'open' AND m.updated_at < ?", [since.isoformat()]
    meant = due_range(due, today)
    if meant is None:
        return "", []
    held = f"c.state = 'running' AND {figures.DUTY} AND c.{meant.day} BETWEEN ? AND ?"
    days = [meant.first.isoformat(), meant.last.isoformat()]
    few = (
        rows.value(f"SELECT count(*) FROM (SELECT 1 FROM clock c WHERE {held} LIMIT ?)", (*days, _MANY))
        < _MANY
    )
    if few:
        return f"m.id IN (SELECT c.matter_id FROM clock c WHERE {held})", days
    return f"EXISTS (SELECT 1 FROM clock c WHERE c.matter_id = m.id AND {held})", days


def _text_condition(rows: Rows, asked: Asked) -> tuple[str, list[Any]]:
    """The ledger's text box: an official number, or the same words as the search box."""
    if asked.numbers:
        meant, params = numbers.matters_with(asked.numbers)
        return f"m.id IN ({meant})", list[Any](params)
    return search.condition(rows, asked.wanted.text)
