"""`clerk`: one JSON line in, one service call, one line out. docs/clerk.md describes every operation.

`ACK <request_id> …` is printed only after the commit; `REFUSED <request_id> <reason>` otherwise, and the next line is read.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from qingyuan_desk.domain.accounts import Actor
from qingyuan_desk.domain.errors import DeskError, Refused, Unavailable
from qingyuan_desk.services import ledger, papers, reception
from qingyuan_desk.services.forms import form_from_facts
from qingyuan_desk.services.office import Office

Say = Callable[[str], None]
Facts = Mapping[str, Any]

#: Recorded as the routing reason when a line comes with its category or flow already decided.
DECIDED_BEFORE = "来件已定类别和流程"


def serve(office: Office, actor: Actor, lines: Iterable[str], say: Say) -> int:
    """Carry out every line; how many were refused."""
    refused = 0
    for line in lines:
        if line.strip():
            refused += 0 if _one(office, actor, line, say) else 1
    return refused


def _one(office: Office, actor: Actor, line: str, say: Say) -> bool:
    request_id = "-"
    try:
        facts = _decoded(line)
        request_id = str(facts.get("request_id") or "-")
        operation = str(facts.get("op") or "register")
        act = OPERATIONS.get(operation)
        if act is None:
            raise Refused.because("op", f"没有“{operation}”这个操作。可用：{'、'.join(OPERATIONS)}。")
        say(f"ACK {request_id} {act(office, _actor(office, actor, facts), facts)}".rstrip())
        return True
    except DeskError as error:
        say(f"REFUSED {request_id} {' '.join(error.sentence.split())}")
    except (ValueError, TypeError, KeyError, OverflowError) as error:
        # A fault of ours, or a line no rule foresaw: said without its data, and the next line is read.
        fault = Unavailable("QY-199", cause=type(error).__name__)
        say(f"REFUSED {request_id} {fault.sentence}")
    return False


def _decoded(line: str) -> Facts:
    try:
        facts = json.loads(line)
    except ValueError as error:
        raise Refused.because(
            "", f"这一行不是 JSON（第 {getattr(error, 'pos', 0) + 1} 个字符处）。"
        ) from None
    if not isinstance(facts, dict):
        raise Refused.because("", "一行应是一个 JSON 对象。")
    return facts


def _actor(office: Office, default: Actor, facts: Facts) -> Actor:
    return office.actor(str(facts["actor"])) if facts.get("actor") else default


def _register(office: Office, actor: Actor, facts: Facts) -> str:
    line = {key: value for key, value in facts.items() if key not in ("op", "actor")}
    if (line.get("category") or line.get("flow")) and not line.get("route_reason"):
        line["route_reason"] = DECIDED_BEFORE
    done = reception.register(office, actor, form_from_facts(line))
    return f"{done.visit_number} {done.matter_number}"


def _take_back(office: Office, actor: Actor, facts: Facts) -> str:
    number = _required(facts, "visit")
    reception.take_back(office, actor, _required(facts, "request_id"), number, str(facts.get("reason") or ""))
    return number


def _note(office: Office, actor: Actor, facts: Facts) -> str:
    matter = ledger.matter(office, actor, _required(facts, "matter"))
    ledger.add_note(
        office, actor, _required(facts, "request_id"), matter.matter_id, str(facts.get("text") or "")
    )
    return matter.number


def _print(office: Office, actor: Actor, facts: Facts) -> str:
    paper = papers.compose(
        office,
        actor,
        _required(facts, "visit"),
        str(facts.get("kind") or "receipt"),
        str(facts.get("paper") or "a5"),
    )
    printer = _required(facts, "printer")
    count = papers.record_print(office, actor, _required(facts, "request_id"), paper, printer)
    return f"{paper.visit_number} {count}"


def _required(facts: Facts, key: str) -> str:
    value = facts.get(key)
    if not isinstance(value, str) or not value.strip():
        raise Refused.because(key, f"缺少 {key}。")
    return value


#: Operation → what it does; it returns what stands behind `ACK <request_id>`.
OPERATIONS: Mapping[str, Callable[[Office, Actor, Facts], str]] = {
    "register": _register,
    "take_back": _take_back,
    "note": _note,
    "print": _print,
}
