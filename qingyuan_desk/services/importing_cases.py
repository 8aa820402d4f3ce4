"""Importing old ledgers of mediations (调解台账): every row becomes a matter with a closed case that figures count.

A row is known by what it says, and by which of the rows alike it is: neither the same file again nor its corrected copy
makes anything twice. Rows are written in blocks, each block one transaction. No clock starts, nothing falls due.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import count
from pathlib import Path

from qingyuan_desk.documents import sheets
from qingyuan_desk.domain.accounts import Actor, Right
from qingyuan_desk.domain.columns import Columns
from qingyuan_desk.domain.consultations import NAMELESS
from qingyuan_desk.domain.errors import Conflict, NotFound, Refused, Unavailable
from qingyuan_desk.domain.grid import Grid
from qingyuan_desk.domain.importing import OPENING_HOUR, opponent_kind
from qingyuan_desk.domain.importing_cases import (
    FIELDS,
    CaseRow,
    PastCase,
    columns,
    in_ten_thousands,
    is_known,
    read_row,
)
from qingyuan_desk.domain.mediation.case import Agreement, Appointment, CaseParty, FollowUp, Mediation
from qingyuan_desk.domain.numbers import SHANGHAI, DossierNumber, OfficialNumber
from qingyuan_desk.domain.problems import Level
from qingyuan_desk.domain.text import LIMITS, clean_line
from qingyuan_desk.domain.visit import Opponent, Person, VisitForm
from qingyuan_desk.services.imported import Fate, ImportReport, RowOutcome
from qingyuan_desk.services.importing import CANCELLED, Cancelled, Progress
from qingyuan_desk.services.office import Office, require
from qingyuan_desk.store import histories, numbers, records, requests, visits
from qingyuan_desk.store.database import Rows, Tx

#: Rows of one transaction.
_BLOCK = 50
_NEEDED = ("opened_on", "dispute_type", "result")
_CATEGORY = "civil_dispute"
_DECIDED = "历史台账中已经办结的人民调解"
#: Result → where a case stands that ended so.
_NODES = {"agreed": "closed", "failed": "ended", "withdrawn": "withdrawn"}
_GROUNDS = {"failed": "no_agreement", "withdrawn": "withdrawn"}


@dataclass(frozen=True)
class PastImport:
    """A file that cases were imported from. counting: how many of them were not taken back."""

    file_id: int
    name: str
    at: datetime
    actor: str
    cases: int
    counting: int
    undone: bool


def cases(
    office: Office,
    actor: Actor,
    path: Path,
    *,
    source: str = "",
    mapping: Mapping[str, str] | None = None,
    dry_run: bool = False,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> ImportReport:
    """Keep every row of an old ledger of mediations as a closed case.

    source: code or name for rows that name none; left out: the centre's own reception. mapping: field → header.
    dry_run: write nothing, say what would happen. Raises Refused for a file or mapping that cannot be read.
    """
    require(actor, Right.IMPORT)
    require(actor, Right.REGISTER)
    wanted = {header for header in (mapping or {}).values() if header}
    grid = sheets.read(path).headed(lambda header: is_known(header) or header in wanted)
    found = columns(grid.header, mapping)
    lacking = [FIELDS[name][0] for name in _NEEDED if name not in found.places]
    if lacking:
        raise Refused.because(
            "file",
            f"表里没有认得出的“{'”“'.join(lacking)}”列。请改表头，或用对照文件说明哪一列是什么。",
        )
    run = _Run(office, actor, path.name, source or "walk_in", grid, found, dry_run)
    return run.over(path, progress, cancelled)


def past(office: Office, actor: Actor) -> tuple[PastImport, ...]:
    """Every file cases were imported from, the last one first."""
    require(actor, Right.IMPORT)
    with office.store.read() as rows:
        return tuple(
            PastImport(
                row["id"],
                row["name"],
                datetime.fromisoformat(row["at"]),
                row["actor"],
                row["cases"],
                row["counting"],
                row["undone_at"] is not None,
            )
            for row in histories.files(rows)
        )


def undo(office: Office, actor: Actor, request_id: str, file_id: int, reason: str) -> int:
    """Take a whole import back: every case of it becomes void; its numbers stay and are never given again. How many it was.

    All of it or nothing, in one transaction. Raises Refused without a reason, NotFound, Conflict when it was undone already
    or somebody came again in one of its matters, NotAllowed, or Unavailable.
    """
    require(actor, Right.IMPORT)
    require(actor, Right.TAKE_BACK)
    why, now = clean_line(reason), office.now()
    if not why or len(why) > LIMITS["reason"]:
        raise Refused.because("reason", f"请写明撤销导入的原因，最多 {LIMITS['reason']} 个字。")
    with office.store.write() as tx:
        answered = requests.answered(tx, request_id, "undo_import")
        if answered:
            return int(answered["cases"])
        known = {row["id"]: row for row in histories.files(tx)}
        if file_id not in known:
            raise NotFound(f"没有编号 {file_id} 的导入。请先查看导入过的台账。")
        if known[file_id]["undone_at"]:
            raise Conflict(f"编号 {file_id} 的导入已经撤销，不用再办。")
        found = histories.visits_of(tx, file_id)
        again = [visit["matter_number"] for visit in found if visit["ordinal"] > 1]
        if again:
            shown = "、".join(again[:3])
            raise Conflict(
                f"导入以后又有人为 {shown} 来访，不能整批撤销。请先在事项页面撤回这些来访，再撤销导入。"
            )
        for visit in found:
            visits.void_visit(tx, visit, now, actor.code, f"撤销导入：{why}")
        histories.undone(tx, file_id, now, why)
        requests.record(tx, request_id, "undo_import", actor.code, now, {"cases": len(found)})
    return len(found)


# --- the way of a file -------------------------------------------------------------------------------------------


@dataclass
class _Run:
    """One import under way."""

    office: Office
    actor: Actor
    name: str
    source: str
    grid: Grid
    columns: Columns
    dry_run: bool
    file_id: int = 0
    alike: Counter[str] = field(default_factory=Counter)

    def over(self, path: Path, progress: Progress | None, cancelled: Cancelled | None) -> ImportReport:
        rows, outcomes, stopped = list(self._filled()), list[RowOutcome](), ""
        try:
            for start in range(0, len(rows), _BLOCK):
                if cancelled and cancelled():
                    stopped = CANCELLED
                    break
                outcomes += self._block(rows[start : start + _BLOCK])
                if progress:
                    progress(len(outcomes), len(rows))
        except Unavailable as fault:
            stopped = fault.sentence
        outcomes += [RowOutcome(row_no, Fate.LEFT) for row_no, _ in rows[len(outcomes) :]]
        header = self.grid.header
        return ImportReport(
            path=path,
            dry_run=self.dry_run,
            outcomes=tuple(outcomes),
            columns={name: header[place] for name, place in self.columns.places.items()},
            told=(*self.grid.told, *self.columns.sentences),
            stopped=stopped,
            grid=self.grid,
        )

    def _filled(self) -> Iterator[tuple[int, dict[str, str]]]:
        for row_no, row in enumerate(self.grid.rows, start=self.grid.first_row):
            cells = self.columns.cells(row)
            if any(cell.strip() for cell in cells.values()):
                yield row_no, cells

    def _block(self, rows: list[tuple[int, dict[str, str]]]) -> list[RowOutcome]:
        """Rows that stand or fall with the disk, not with each other: what can be refused is refused before."""
        place = self.columns.places.get("amount")
        ten_thousands = place is not None and in_ten_thousands(self.grid.header[place])
        read = [
            (
                row_no,
                read_row(
                    cells,
                    self.source,
                    self.office.reference,
                    self.office.today(),
                    ten_thousands=ten_thousands,
                ),
            )
            for row_no, cells in rows
        ]
        if self.dry_run:
            return [self._outcome(row_no, row, None) for row_no, row in read]
        file_id, alike = self.file_id, self.alike.copy()
        try:
            with self.office.store.write() as tx:
                return [self._outcome(row_no, row, tx) for row_no, row in read]
        except BaseException:
            # What was written in this block is gone with it.
            self.file_id, self.alike = file_id, alike
            raise

    def _outcome(self, row_no: int, row: CaseRow, tx: Tx | None) -> RowOutcome:
        told = tuple(each.sentence for each in row.problems if each.level is Level.WARN)
        if row.case is None:
            stopping = (each.sentence for each in row.problems if each.level is not Level.WARN)
            return RowOutcome(row_no, Fate.REFUSED, tuple(dict.fromkeys(stopping)))
        request_id, number = self._request(row, tx)
        if number:
            return RowOutcome(row_no, Fate.ALREADY, number=number)
        if tx is not None:
            number = self._written(tx, row_no, row.case, request_id)
        return RowOutcome(row_no, Fate.ACCEPTED, (), told, number)

    def _request(self, row: CaseRow, tx: Tx | None) -> tuple[str, str]:
        """The request id of a row, and the matter it made already; one that was undone does not count."""
        said = hashlib.sha256(json.dumps(row.identity, ensure_ascii=False).encode()).hexdigest()[:40]
        self.alike[said] += 1
        if tx is not None:
            return _of_request(tx, said, self.alike[said])
        with self.office.store.read() as rows:
            return _of_request(rows, said, self.alike[said])

    def _written(self, tx: Tx, row_no: int, case: PastCase, request_id: str) -> str:
        now = self.office.now()
        if not self.file_id:
            self.file_id = histories.begin(tx, self.name, now, self.actor.code)
        matter_id, number = _matter(tx, self.office, self.actor, case, request_id, now)
        dossier = DossierNumber(
            self.office.reference.setting("number_prefix_mediation"),
            case.opened_on.year,
            _serial(tx, self.office, "mediation", case.opened_on),
        )
        for record in _records(matter_id, case, str(dossier)):
            records.put(tx, record)
        visits.move(tx, matter_id, _NODES[case.result], "closed", case.ended_on, now)
        histories.add(tx, self.file_id, row_no, matter_id)
        return number


def _of_request(rows: Rows, said: str, which: int) -> tuple[str, str]:
    for attempt in count(1):
        request_id = f"history:{said}:{which}:{attempt}"
        visit = histories.case_of(rows, request_id)
        if visit is None or visit["state"] != "void":
            return request_id, "" if visit is None else str(visit["matter_number"])
    raise AssertionError("counting never ends")


# --- one case ----------------------------------------------------------------------------------------------------


def _matter(
    tx: Tx, office: Office, actor: Actor, case: PastCase, request_id: str, now: datetime
) -> tuple[int, str]:
    """The matter and its one visit; its id and number."""
    came = datetime(
        case.opened_on.year, case.opened_on.month, case.opened_on.day, OPENING_HOUR, tzinfo=SHANGHAI
    )
    form = _form(office, case, request_id)
    kind = office.reference.dispute_type(case.dispute_type)
    assert kind is not None
    node = _NODES[case.result]
    new = visits.NewMatter(
        form=form,
        number=_official(tx, office, "matter", case.opened_on),
        title=kind.name,
        visitor=form.main_visitor.name,
        node=node,
        sealed=False,
        reasons=(_DECIDED,),
        at=now,
        day=case.opened_on,
    )
    matter_id = visits.add_matter(tx, new, ())
    number = _official(tx, office, "visit", case.opened_on)
    visit_id = visits.add_visit(
        tx,
        visits.NewVisit(form, number, matter_id, 1, min(came, now), now, case.opened_on, actor.code, {}),
    )
    # It came in as it ended: nothing here is a step from one node to another.
    for action, visit in (("import", visit_id), ("mediation.open", None)):
        visits.add_event(
            tx, matter_id, visit, now, actor.code, action, node_from=node, node_to=node, note=_DECIDED
        )
    result = {
        "request_id": request_id,
        "visit_id": visit_id,
        "visit_number": number,
        "matter_id": matter_id,
        "matter_number": new.number,
        "registered_at": now.isoformat(),
        "ordinal": 1,
        "sealed": False,
    }
    requests.record(tx, request_id, "register", actor.code, now, result)
    return matter_id, new.number


def _form(office: Office, case: PastCase, request_id: str) -> VisitForm:
    """The visit a ledger tells of. Who is not named is registered as somebody who was not: 匿名, without a number."""
    names = case.applicants or (NAMELESS,)
    usual = office.reference.category(_CATEGORY)
    assert usual is not None
    first = Person(name=names[0], id_type="none", township=case.township, village=case.village)
    more = (Person(name=name, id_type="none", role="companion") for name in names[1:])
    return VisitForm(
        request_id=request_id,
        persons=(first, *more),
        opponents=tuple(Opponent(name, opponent_kind(name)) for name in case.respondents),
        source=case.source,
        narrative=case.narrative,
        category=_CATEGORY,
        flow="mediation",
        room=usual.room,
        unit=usual.unit,
        dispute_type=case.dispute_type,
        route_reason=_DECIDED,
    )


def _records(
    matter_id: int, case: PastCase, number: str
) -> Iterator[Mediation | CaseParty | Appointment | Agreement | FollowUp]:
    """The case: accepted, mediated, over. What the ledger does not say is in no record."""
    agreed = case.result == "agreed"
    performed = case.performance == "full"
    yield Mediation(
        matter_id=matter_id,
        origin=case.origin,
        applied_on=case.opened_on,
        facts=case.narrative,
        number=number,
        accepted_on=case.opened_on,
        form=case.form,
        result=case.result,
        ground=_GROUNDS.get(case.result, ""),
        ended_on=case.ended_on,
        explanation=_DECIDED,
        amount=case.amount,
        closing=("substantial" if performed else "stage") if agreed else "",
        closed_on=case.ended_on if agreed else None,
    )
    sides = [("applicant", name) for name in case.applicants]
    sides += [("respondent", name) for name in case.respondents]
    for place, (side, name) in enumerate(sides):
        yield CaseParty(
            matter_id,
            side,
            name,
            position=place,
            kind=opponent_kind(name),
            id_type="none",
            township=case.township if side == "applicant" else "",
            village=case.village if side == "applicant" else "",
            consent="agreed",
            consent_on=case.opened_on,
        )
    for code in case.mediators:
        yield Appointment(matter_id, code, "assigned", case.opened_on)
    if agreed:
        yield Agreement(
            matter_id,
            case.form,
            version=1,
            facts=case.narrative,
            disputes=case.narrative,
            terms=(),
            drafted_on=case.ended_on,
            state="effective",
            amount=case.amount,
            signed_on=case.ended_on if case.form == "written" else None,
            effective_on=case.ended_on,
        )
    if case.satisfaction:
        yield FollowUp(
            matter_id,
            case.ended_on,
            done_on=case.ended_on,
            performance=case.performance,
            satisfaction=case.satisfaction,
        )


def _official(tx: Tx, office: Office, kind: str, day: date) -> str:
    prefix = office.reference.setting(f"number_prefix_{kind}")
    return str(OfficialNumber(prefix, day.year, _serial(tx, office, kind, day)))


def _serial(tx: Tx, office: Office, kind: str, day: date) -> int:
    return numbers.take(tx, office.reference.setting("unit_code"), kind, day.year)
