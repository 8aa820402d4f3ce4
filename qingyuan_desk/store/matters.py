"""Reading matters: the ledger page by page, one matter whole, earlier matters like a new one, today's figures."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from qingyuan_desk.domain.matter import LedgerFilter
from qingyuan_desk.store import search
from qingyuan_desk.store.database import Row, Rows

#: A matter its viewer may know of: not sealed, or the viewer is a named reader. Takes the viewer's account.
VISIBLE = (
    "(m.sealed = 0 OR EXISTS (SELECT 1 FROM sealed_reader r WHERE r.matter_id = m.id AND r.account = ?))"
)

#: The running clock that rings first.
_NEXT_CLOCK = """LEFT JOIN clock c ON c.id = (
  SELECT id FROM clock WHERE matter_id = m.id AND state = 'running' ORDER BY alarm_on, id LIMIT 1)"""

_CLOCK_COLUMNS = (
    "c.id AS clock_id, c.event AS clock_event, c.article, c.start_on, c.natural_end, c.shifted_end, c.alarm_on,"
    " c.provisional, c.state AS clock_state"
)


def page(rows: Rows, viewer: str, wanted: LedgerFilter, after: int | None, size: int) -> list[Row]:
    """Newest matters that pass the filter, with id below `after`; at most `size`."""
    where, params = _conditions(wanted, viewer)
    if after is not None:
        where.append("m.id < ?")
        params.append(after)
    sql = f"SELECT m.*, {_CLOCK_COLUMNS} FROM matter m {_NEXT_CLOCK} WHERE {' AND '.join(where)} ORDER BY m.id DESC LIMIT ?"
    return rows.all(sql, (*params, size))


def count(rows: Rows, viewer: str, wanted: LedgerFilter, cap: int) -> int:
    """How many matters pass the filter; counting stops at `cap`."""
    where, params = _conditions(wanted, viewer)
    sql = f"SELECT count(*) FROM (SELECT 1 FROM matter m WHERE {' AND '.join(where)} LIMIT ?)"
    return int(rows.value(sql, (*params, cap)))


def by_number(rows: Rows, viewer: str, number: str) -> Row | None:
    """A matter by its own number or by the number of one of its visits."""
    return rows.one(
        f"SELECT m.* FROM matter m WHERE {VISIBLE} AND (m.number = ?"
        " OR m.id = (SELECT matter_id FROM visit WHERE number = ?))",
        (viewer, number, number),
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
        f"SELECT {_CLOCK_COLUMNS}, c.rule FROM clock c WHERE c.matter_id = ? ORDER BY c.state <> 'running', c.alarm_on",
        (matter_id,),
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


def visits_with_keys(rows: Rows, kind: str, keys: Iterable[str], limit: int) -> list[int]:
    """Matters of the newest visits that carry one of these exact keys (see store/search.py)."""
    found: list[int] = []
    for key in keys:
        found += [
            row["matter_id"]
            for row in rows.all(
                "SELECT v.matter_id FROM lookup l JOIN visit v ON v.id = l.visit_id"
                " WHERE l.kind = ? AND l.key = ? ORDER BY l.visit_id DESC LIMIT ?",
                (kind, key, limit),
            )
        ]
    return found


def matters_of_name(rows: Rows, name_key: str, limit: int) -> list[Row]:
    """Newest parties of exactly this name."""
    return rows.all(
        "SELECT matter_id, side, township, village FROM party WHERE name_key = ? ORDER BY matter_id DESC LIMIT ?",
        (name_key, limit),
    )


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
    """Today's 件 (matters visited), 次 (visits), and matters due or overdue."""
    counted = rows.one(
        f"SELECT count(*) AS visits, count(DISTINCT v.matter_id) AS matters FROM visit v JOIN matter m ON m.id = v.matter_id"
        f" WHERE v.business_day = ? AND v.state = 'valid' AND {VISIBLE}",
        (day.isoformat(), viewer),
    )
    ringing = rows.one(
        "SELECT count(DISTINCT CASE WHEN c.alarm_on = ? THEN m.id END) AS due,"
        " count(DISTINCT CASE WHEN c.alarm_on < ? THEN m.id END) AS overdue"
        f" FROM clock c JOIN matter m ON m.id = c.matter_id WHERE c.state = 'running' AND c.alarm_on <= ? AND {VISIBLE}",
        (day.isoformat(), day.isoformat(), day.isoformat(), viewer),
    )
    return {**dict(counted or {}), **dict(ringing or {})}


def _conditions(wanted: LedgerFilter, viewer: str) -> tuple[list[str], list[Any]]:
    where, params = [VISIBLE], [viewer]
    columns = ("flow", "state", "township", "source", "unit", "category")
    for column in columns:
        value = getattr(wanted, column)
        if value:
            where.append(f"m.{column} = ?")
            params.append(value)
    if wanted.first_day:
        where.append("m.opened_on >= ?")
        params.append(wanted.first_day.isoformat())
    if wanted.last_day:
        where.append("m.opened_on <= ?")
        params.append(wanted.last_day.isoformat())
    condition, more = _text_condition(wanted.text)
    return [*where, *condition], [*params, *more]


def _text_condition(text: str) -> tuple[list[str], list[Any]]:
    """The ledger's text box: the same words as the search box."""
    words = search.search_key_words(text)
    if not words:
        return [], []
    if len(words) == 1 and words[0].isascii():
        keys = search.key_conditions(words[0])
        each = " OR ".join("(kind = ? AND key >= ? AND key <= ?)" for _ in keys)
        inner = f"SELECT visit_id FROM lookup WHERE {each}"
        params: list[Any] = [part for key in keys for part in key]
    else:
        inner = "SELECT rowid FROM search WHERE search MATCH ?"
        params = [search.match_expression(words)]
    return [f"m.id IN (SELECT matter_id FROM visit WHERE id IN ({inner}))"], params
