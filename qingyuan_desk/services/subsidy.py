"""以案定补: what a quarter pays for, declared, approved, returned, paid; its sheet on paper and as a spreadsheet."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from pathlib import Path

from qingyuan_desk.documents import sheets
from qingyuan_desk.domain.accounts import Actor, Right
from qingyuan_desk.domain.errors import Refused
from qingyuan_desk.domain.papers import Paper
from qingyuan_desk.domain.problems import Level, Problem
from qingyuan_desk.domain.quarters import Quarter
from qingyuan_desk.domain.roster.records import covered
from qingyuan_desk.domain.roster.subsidy import (
    STATES,
    STEPS,
    Dispute,
    Helper,
    Line,
    QuarterSheet,
    Share,
    Step,
    check_rates,
    pending,
    sheet,
)
from qingyuan_desk.domain.roster.subsidy_sheet import SubsidyFacts, grids
from qingyuan_desk.domain.tables import SubsidyRate
from qingyuan_desk.domain.text import LIMITS, clean_text
from qingyuan_desk.services.office import Office, require
from qingyuan_desk.services.papers import letterhead
from qingyuan_desk.store import reference as reference_store
from qingyuan_desk.store import requests
from qingyuan_desk.store import subsidies as store
from qingyuan_desk.store.database import Row, Rows, Tx
from qingyuan_desk.store.roster_records import terms_of


@dataclass(frozen=True)
class Acted:
    """What an act did: for how many disputes, and how much in fen."""

    action: str
    disputes: int
    amount: int


@dataclass(frozen=True)
class Trace:
    """One act done to a payment. amount: fen, as it stood then."""

    at: datetime
    actor: str
    action: str
    amount: int
    note: str


def quarter(office: Office, actor: Actor, code: str) -> QuarterSheet:
    """Every dispute that came to an end in a quarter (2024Q3): what is or would be paid, and what stands in the way."""
    require(actor, Right.READ)
    wanted = _quarter(code)
    with office.store.read() as rows:
        found = store.of_quarter(rows, wanted.code, wanted.first, wanted.last)
        lines = _lines(office, rows, found, store.last_reasons(rows, wanted.code))
    return sheet(wanted.code, wanted.name, lines)


def declare(
    office: Office,
    actor: Actor,
    request_id: str,
    code: str,
    matters: Sequence[int],
    excuses: Mapping[int, str] | None = None,
) -> Acted:
    """Declare disputes in a quarter; all of them, or none. excuses: matter → why an agreement was not performed in full.

    Raises Refused, its fields the matters' ids: a dispute paid or declared already, conditions not met, no rate.
    """
    require(actor, Right.ROSTER)
    wanted, reasons = _quarter(code), excuses or {}
    with office.store.write() as tx:
        done = requests.answered(tx, request_id, "subsidy_declare")
        if done:
            return Acted(**done)
        lines = [
            _declarable(office, tx, wanted, matter, reasons.get(matter, "")) for matter in _each(matters)
        ]
        problems = [problem for _, problem in lines if problem]
        if problems:
            raise Refused(problems)
        declared = [line for line, _ in lines if line]
        for line in declared:
            payment = store.declare(tx, line, wanted.code)
            note = f"{line.rate_name}；{line.who}" + (f"；未全部履行：{line.excuse}" if line.excuse else "")
            store.add_event(tx, payment, office.now(), actor.code, "declare", line.amount, note)
        return _record(tx, office, actor, request_id, "declare", [line.amount for line in declared])


def approve(office: Office, actor: Actor, request_id: str, matters: Sequence[int]) -> Acted:
    """核准: by another person than the one who declared."""
    require(actor, Right.APPROVE)
    return _act(office, actor, request_id, "approve", matters, "")


def send_back(office: Office, actor: Actor, request_id: str, matters: Sequence[int], reason: str) -> Acted:
    """退回, with the reason; what was returned can be declared anew."""
    require(actor, Right.APPROVE)
    return _act(office, actor, request_id, "return", matters, reason)


def pay(office: Office, actor: Actor, request_id: str, matters: Sequence[int], note: str = "") -> Acted:
    """发放: record that the money was paid out. note: by which voucher."""
    require(actor, Right.ROSTER)
    return _act(office, actor, request_id, "pay", matters, note)


def trace(office: Office, actor: Actor, matter_id: int) -> tuple[Trace, ...]:
    """What happened to the payment for a dispute, oldest first."""
    require(actor, Right.READ)
    names = office.names()
    with office.store.read() as rows:
        return tuple(
            Trace(
                datetime.fromisoformat(row["at"]),
                names.get(row["actor"], row["actor"]),
                STEPS[row["action"]].name,
                row["amount"],
                row["note"],
            )
            for row in store.events_of(rows, matter_id)
        )


def sheet_paper(office: Office, actor: Actor, code: str) -> Paper:
    """The quarterly declaration (以案定补申报表) as a PDF."""
    require(actor, Right.REPORT)
    from qingyuan_desk.documents import subsidy

    return subsidy.render(_facts(office, actor, code))


def export(office: Office, actor: Actor, code: str, path: Path) -> QuarterSheet:
    """Write the quarterly declaration as .xlsx: disputes, mediators, and what was left out, a sheet each."""
    require(actor, Right.EXPORT)
    facts = _facts(office, actor, code)
    sheets.write(path, grids(facts))
    return facts.sheet


def save_rates(office: Office, actor: Actor, request_id: str, rates: Sequence[SubsidyRate]) -> None:
    """Replace the table of rates. What was declared keeps its amount. Raises Refused with problems by row and column."""
    require(actor, Right.SETTINGS)
    problems = check_rates(rates)
    if problems:
        raise Refused(list(problems))
    with office.store.write() as tx:
        if requests.answered(tx, request_id, "subsidy_rates") is None:
            reference_store.replace_all(tx, "subsidy_rates", [asdict(rate) for rate in rates])
            requests.record(tx, request_id, "subsidy_rates", actor.code, office.now(), {"rows": len(rates)})
    office.reload()


# --- acting ------------------------------------------------------------------------------------------------------


def _act(
    office: Office, actor: Actor, request_id: str, action: str, matters: Sequence[int], note: str
) -> Acted:
    step, said = STEPS[action], clean_text(note)
    if step.reasoned and not said:
        raise Refused.because("note", f"{step.name}要写明原因，申报人才知道怎样补正。")
    if len(said) > LIMITS["reason"]:
        raise Refused.because("note", f"说明最多 {LIMITS['reason']} 个字，现有 {len(said)} 个字，请缩短。")
    with office.store.write() as tx:
        done = requests.answered(tx, request_id, f"subsidy_{action}")
        if done:
            return Acted(**done)
        found = [(matter, store.of_matter(tx, matter)) for matter in _each(matters)]
        problems = [
            problem for matter, row in found if (problem := _hindrance(tx, actor, action, step, matter, row))
        ]
        if problems:
            raise Refused(problems)
        payments = [row for _, row in found if row is not None]
        for row in payments:
            store.move(tx, row["record_id"], step.after)
            store.add_event(tx, row["record_id"], office.now(), actor.code, action, row["amount"], said)
        return _record(tx, office, actor, request_id, action, [row["amount"] for row in payments])


def _each(matters: Sequence[int]) -> list[int]:
    """Every dispute once."""
    if not matters:
        raise Refused.because("matters", "请先选要办的纠纷。")
    return list(dict.fromkeys(matters))


def _hindrance(
    rows: Rows, actor: Actor, action: str, step: Step, matter: int, row: Row | None
) -> Problem | None:
    if row is None or row["record_id"] is None:
        return Problem(str(matter), f"{_named(row)}还没有申报，不能{step.name}。")
    if row["state"] not in step.before:
        sentence = f"{_named(row)}现在是“{STATES[row['state']]}”，不能{step.name}。请刷新后再看。"
        return Problem(str(matter), sentence)
    if action == "approve" and store.declared_by(rows, row["record_id"]) == actor.code:
        return Problem(str(matter), f"{_named(row)}是您自己申报的，请换一个人核准。")
    return None


def _declarable(
    office: Office, rows: Rows, wanted: Quarter, matter: int, excuse: str
) -> tuple[Line | None, Problem | None]:
    """The line to declare, or why there is none."""
    row = store.of_matter(rows, matter)
    if row is None:
        return None, Problem(str(matter), "没有找到这件调解，或者它还没有结果。请刷新后再试。")
    if row["record_id"] is not None and row["state"] != "returned":
        quarter = Quarter.read(row["quarter"])
        where = quarter.name if quarter else row["quarter"]
        sentence = f"{_named(row)}已在{where}申报过（{STATES[row['state']]}），同一纠纷只补贴一次。"
        return None, Problem(str(matter), sentence)
    (line,) = _lines(office, rows, [row], {})
    said = clean_text(excuse)
    line = replace(
        pending(line.dispute, office.reference.subsidy_rates, said or line.excuse), record_id=line.record_id
    )
    if len(line.excuse) > LIMITS["reason"]:
        return None, Problem(str(matter), f"理由最多 {LIMITS['reason']} 个字，请缩短。")
    if line.dispute.day > wanted.last:
        sentence = f"{_named(row)}在{Quarter.of(line.dispute.day).name}才办结归档，不能报在{wanted.name}。"
        return None, Problem(str(matter), sentence)
    if line.stopping:
        told = line.stopping[0]
        return None, Problem(str(matter), f"{_named(row)}：{told.sentence}", told.article, Level.REFUSE)
    return line, None


def _record(
    tx: Tx, office: Office, actor: Actor, request_id: str, action: str, amounts: Sequence[int]
) -> Acted:
    acted = Acted(action, len(amounts), sum(amounts))
    requests.record(tx, request_id, f"subsidy_{action}", actor.code, office.now(), asdict(acted))
    return acted


# --- rows into lines ---------------------------------------------------------------------------------------------


def _lines(office: Office, rows: Rows, found: Sequence[Row], reasons: Mapping[int, str]) -> list[Line]:
    helpers = store.mediators_of(rows, [row["matter_id"] for row in found])
    shares = store.shares_of(rows, [row["record_id"] for row in found if row["record_id"] is not None])
    terms, away = terms_of(rows), store.away_steps(rows)

    def helper(row: Row, worked_on: date) -> Helper:
        code = row["mediator"]
        objection = _objection(terms.get(code, ()), away.get(code, ()), worked_on)
        return Helper(code, row["name"], row["level"], objection)

    def line(row: Row) -> Line:
        worked_on = date.fromisoformat(row["worked_on"] or row["day"])
        dispute = _dispute(row, tuple(helper(each, worked_on) for each in helpers[row["matter_id"]]))
        if row["record_id"] is None:
            return pending(dispute, office.reference.subsidy_rates)
        if row["state"] == "returned":
            anew = pending(dispute, office.reference.subsidy_rates, row["excuse"])
            reason = reasons.get(row["record_id"], "")
            return replace(anew, state="returned", record_id=row["record_id"], reason=reason)
        return Line(
            dispute=dispute,
            state=row["state"],
            rate=row["rate"],
            rate_name=row["rate_name"],
            amount=row["amount"],
            shares=tuple(
                Share(each["mediator"], each["name"], each["level"], each["amount"])
                for each in shares[row["record_id"]]
            ),
            record_id=row["record_id"],
            excuse=row["excuse"],
        )

    return [line(row) for row in found]


def _dispute(row: Row, mediators: tuple[Helper, ...]) -> Dispute:
    return Dispute(
        matter_id=row["matter_id"],
        number=row["number"],
        title=row["title"],
        dispute_type=row["dispute_type"],
        form=row["form"],
        result=row["result"],
        difficulty=row["difficulty"],
        day=date.fromisoformat(row["day"] or row["worked_on"]),
        closing=row["closing"],
        closed=bool(row["closed"]),
        filed=bool(row["filed"]),
        performed=bool(row["performed"]),
        guided=bool(json.loads(row["paths"])),
        sessions=row["sessions"],
        mediators=mediators,
    )


def _objection(terms: Sequence[date], away: Iterable[tuple[date, bool]], worked_on: date) -> str:
    """Why a mediator has no part in a dispute of that day (只补贴在册、在任期内的调解员)."""
    if not terms:
        return "没有填聘任日期"
    if not covered(terms, worked_on):
        return "当时不在任期内"
    since = [is_away for day, is_away in away if day <= worked_on]
    return "当时已停用或解聘" if since and since[-1] else ""


def _facts(office: Office, actor: Actor, code: str) -> SubsidyFacts:
    found = quarter(office, actor, code)
    return SubsidyFacts(
        office=letterhead(office),
        sheet=found,
        types={each.code: each.name for each in office.reference.dispute_types},
        made_by=actor.name,
        printed_at=office.now(),
    )


def _quarter(code: str) -> Quarter:
    found = Quarter.read(code)
    if found is None:
        raise Refused.because("quarter", f"“{code}”不是一个季度，写作 2024Q3 或者 2024年第三季度。")
    return found


def _named(row: Row | None) -> str:
    return (row["number"] or row["title"]) if row is not None else "这件调解"
