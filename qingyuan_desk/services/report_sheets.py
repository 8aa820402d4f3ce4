"""A period as one spreadsheet: every table of its paper, and the matters behind its numbers; who they are only for a reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from qingyuan_desk.domain import report_sheet
from qingyuan_desk.domain.accounts import Actor, Right
from qingyuan_desk.domain.errors import Conflict, Refused
from qingyuan_desk.domain.figures import Figures
from qingyuan_desk.domain.flows import node_name
from qingyuan_desk.domain.matter import (
    CASES_COUNTED,
    CONSULTS_COUNTED,
    COUNTED,
    FLOWS_COUNTED,
    PETITIONS_COUNTED,
    SENDINGS_COUNTED,
    LedgerFilter,
)
from qingyuan_desk.domain.report_sheet import Listed
from qingyuan_desk.domain.text import LIMITS, clean_line
from qingyuan_desk.services import closing
from qingyuan_desk.services.office import Office, require
from qingyuan_desk.store import matters, requests, visits
from qingyuan_desk.store.database import Row, Rows

_OPERATION = "report.export"
_AT_ONCE = 1000
_KEYS = tuple(
    dict.fromkeys(
        (
            *COUNTED,
            *FLOWS_COUNTED,
            *CASES_COUNTED,
            *PETITIONS_COUNTED,
            *SENDINGS_COUNTED,
            *CONSULTS_COUNTED,
        )
    )
)

Progress = Callable[[int, int], None]


def file_name(office: Office, figures: Figures) -> str:
    """What the spreadsheet is called: the period, and the day it was made."""
    return f"{figures.period.name}{figures.period.paper}数据 {office.today().isoformat()}.xlsx"


def export(
    office: Office,
    actor: Actor,
    request_id: str,
    figures: Figures,
    path: Path,
    *,
    named: bool = False,
    reason: str = "",
    progress: Progress | None = None,
) -> int:
    """Write a period's tables, and for those who may export the matters behind its numbers; how many matters.

    named: with names, for which a reason stands on the timeline of every matter before anything is written, once for a request
    id. Sealed matters stay out. progress: called with how many figures are done of how many.
    Raises NotAllowed, Refused by field, Conflict, or Unavailable.
    """
    from qingyuan_desk.documents import sheets

    require(actor, Right.REPORT)
    listing = actor.may(Right.READ) and actor.may(Right.EXPORT)
    said = clean_line(reason)
    if named:
        require(actor, Right.READ)
        require(actor, Right.EXPORT)
        _check_reason(said)
    if path.suffix.lower() != ".xlsx":
        raise Refused.because("file", f"只能存为 .xlsx，不能存为“{path.name}”。请改文件名。")
    facts = closing.facts(office, actor, figures)
    found: dict[int, tuple[Row, list[str]]] = {}
    if listing:
        with office.store.read() as rows:
            found = _behind(rows, office, actor, figures, progress)
    listed = [_listed(row, keys) for row, keys in found.values()]
    lists = [report_sheet.matters(listed, office.reference, named=named)] if listing else []
    content = sheets.workbook(report_sheet.grids(facts, lists))
    if named:
        _note(office, actor, request_id, figures.period.code, sorted(found), said)
    from qingyuan_desk.documents.files import write_atomically

    write_atomically(path, content)
    return len(listed)


def _check_reason(said: str) -> None:
    if not said:
        raise Refused.because("reason", "请写明为什么导出姓名，例如：上级核查。", "《个人信息保护法》第六条")
    if len(said) > LIMITS["reason"]:
        raise Refused.because("reason", f"理由最多 {LIMITS['reason']} 个字，现有 {len(said)} 个字，请缩短。")


def _behind(
    rows: Rows, office: Office, actor: Actor, figures: Figures, progress: Progress | None
) -> dict[int, tuple[Row, list[str]]]:
    """Every matter some figure counts, each with the keys of those."""
    found: dict[int, tuple[Row, list[str]]] = {}
    for done, key in enumerate(_KEYS, 1):
        wanted = LedgerFilter(figure=key, first_day=figures.period.first, last_day=figures.period.last)
        for row in _all(rows, matters.Asked(actor.code, wanted, office.today())):
            found.setdefault(row["id"], (row, []))[1].append(key)
        if progress:
            progress(done, len(_KEYS))
    return dict(sorted(found.items(), key=lambda each: (each[1][0]["opened_on"], each[0])))


def _all(rows: Rows, asked: matters.Asked) -> Iterator[Row]:
    after = None
    while part := matters.page(rows, asked, after, _AT_ONCE):
        yield from (row for row in part if not row["sealed"])
        after = part[-1]["id"]


def _listed(row: Row, keys: list[str]) -> Listed:
    return Listed(
        number=row["number"],
        opened_on=date.fromisoformat(row["opened_on"]),
        visitor=row["visitor"],
        title=row["title"],
        category=row["category"],
        dispute_type=row["dispute_type"],
        source=row["source"],
        township=row["township"],
        flow=row["flow"],
        node=node_name(row["flow"], row["node"]),
        state=row["state"],
        unit=row["unit"],
        visits=row["visits"],
        headcount=row["headcount"],
        figures=tuple(keys),
    )


def _note(
    office: Office, actor: Actor, request_id: str, code: str, matter_ids: list[int], reason: str
) -> None:
    """Write down on every matter that its names leave the desk, and why."""
    now = office.now()
    with office.store.write() as tx:
        answer = requests.answered(tx, request_id, _OPERATION)
        if answer not in (None, {"period": code}):
            raise Conflict("这个请求号 request_id 已经用在另一次导出上，没有办理。请换一个请求号。")
        if answer is None:
            for matter_id in matter_ids:
                visits.add_event(tx, matter_id, None, now, actor.code, _OPERATION, note=reason)
            requests.record(tx, request_id, _OPERATION, actor.code, now, {"period": code})
