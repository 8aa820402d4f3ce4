"""What is done with visits and matters from a line of `clerk`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from qingyuan_desk.clerk.operation import Facts, Operation, text
from qingyuan_desk.domain.accounts import Actor
from qingyuan_desk.domain.errors import Refused
from qingyuan_desk.domain.text import clean_line
from qingyuan_desk.services import deadlines, ledger, papers, reception
from qingyuan_desk.services.forms import form_from_facts
from qingyuan_desk.services.office import Office

#: Recorded as the routing reason when a line comes with its category or flow already decided.
DECIDED_BEFORE = "来件已定类别和流程"


def _register(office: Office, actor: Actor, facts: Facts, request_id: str) -> str:
    line = {key: value for key, value in facts.items() if key not in ("op", "actor")}
    if (line.get("category") or line.get("flow")) and not line.get("route_reason"):
        line["route_reason"] = DECIDED_BEFORE
    done = reception.register(office, actor, form_from_facts({**line, "request_id": request_id}))
    return f"{done.visit_number} {done.matter_number}"


def _take_back(office: Office, actor: Actor, facts: Facts, request_id: str) -> str:
    return reception.take_back(office, actor, request_id, text(facts, "visit"), text(facts, "reason"))


def _note(office: Office, actor: Actor, facts: Facts, request_id: str) -> str:
    matter = ledger.matter(office, actor, text(facts, "matter"))
    ledger.add_note(office, actor, request_id, matter.matter_id, text(facts, "text"))
    return matter.number


def _print(office: Office, actor: Actor, facts: Facts, request_id: str) -> str:
    printer = clean_line(text(facts, "printer"))
    kind, paper_format = text(facts, "kind", "receipt"), text(facts, "paper", "a5")
    paper = papers.compose(office, actor, text(facts, "visit"), kind, paper_format)
    count = papers.record_print(office, actor, request_id, paper, printer)
    return f"{paper.visit_number} {count}"


def _meet(office: Office, actor: Actor, facts: Facts, request_id: str) -> str:
    number, clock = _clock(office, actor, facts)
    note, on = [text(facts, key) if key in facts else "" for key in ("note", "on")]
    deadlines.meet(office, actor, request_id, clock, note, _day(on))
    return number


def _reopen(office: Office, actor: Actor, facts: Facts, request_id: str) -> str:
    number, clock = _clock(office, actor, facts)
    deadlines.reopen(office, actor, request_id, clock, text(facts, "reason"))
    return number


def _clock(office: Office, actor: Actor, facts: Facts) -> tuple[str, int]:
    """The matter's number and the id of its clock of this rule."""
    matter, rule = ledger.matter(office, actor, text(facts, "matter")), text(facts, "clock")
    clock = next((each for each in matter.clocks if each.rule == rule), None)
    if clock is None:
        known = "、".join(each.rule for each in matter.clocks) or "没有期限"
        raise Refused.because("clock", f"{matter.number} 没有“{rule}”这个期限。它的期限：{known}。")
    return matter.number, clock.clock_id


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Refused.because("on", "办理日期写作 2024-09-28 这样的形式。") from None


OPERATIONS: Mapping[str, Operation] = {
    "register": Operation(_register),
    "take_back": Operation(_take_back, ("visit", "reason")),
    "note": Operation(_note, ("matter", "text")),
    "meet": Operation(_meet, ("matter", "clock", "note", "on")),
    "reopen": Operation(_reopen, ("matter", "clock", "reason")),
    "print": Operation(_print, ("visit", "kind", "paper", "printer")),
}
