"""`clerk`: one JSON line in, one service call, one line out. docs/clerk.md describes every operation.

`ACK <request_id> …` is printed only after the commit; `REFUSED <request_id> <reason>` otherwise, and the next line is read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, NoReturn, get_args

from qingyuan_desk import clerk_forms
from qingyuan_desk.domain.accounts import Actor
from qingyuan_desk.domain.errors import DeskError, Refused, Unavailable
from qingyuan_desk.domain.mediation.case import Case
from qingyuan_desk.domain.mediation.forms import Form
from qingyuan_desk.domain.text import clean_line
from qingyuan_desk.services import attachments, deadlines, ledger, mediation, papers, reception, upkeep
from qingyuan_desk.services.forms import form_from_facts
from qingyuan_desk.services.office import Office

Say = Callable[[str], None]
Facts = Mapping[str, Any]

#: Recorded as the routing reason when a line comes with its category or flow already decided.
DECIDED_BEFORE = "来件已定类别和流程"
#: A request id is one word, so that an answer can be taken apart at its spaces.
_REQUEST_ID = re.compile(r"[^\s\x00-\x1f\x7f\ud800-\udfff]{1,200}")
#: What reading a byte that is no UTF-8 leaves in its place.
_NO_UTF8 = re.compile("[\udc80-\udcff]")


def serve(office: Office, actor: Actor, lines: Iterable[str], say: Say) -> int:
    """Carry out every line; how many were refused."""
    refused = 0
    for line in lines:
        if line.strip():
            done, answer = _answer(office, actor, line)
            say(answer)
            refused += not done
    return refused


def _answer(office: Office, actor: Actor, line: str) -> tuple[bool, str]:
    request_id = "-"
    try:
        facts = _decoded(line)
        request_id = _request_id(facts)
        operation = _operation(facts)
        account = facts.get("actor")
        result = operation.act(
            office, actor if account is None else office.actor(_text(facts, "actor")), facts, request_id
        )
        return True, f"ACK {request_id} {result}"
    except Refused as error:
        sentence = " ".join(
            f"{each.sentence}{each.article and f'（{each.article}）'}" for each in error.problems
        )
    except DeskError as error:
        sentence = error.sentence
    except Exception as error:
        # A fault of ours: noted without its data, said as a sentence, and the next line is read.
        upkeep.note_fault(office.folder, error)
        sentence = Unavailable("QY-199", cause=type(error).__name__).sentence
    return False, f"REFUSED {request_id} {' '.join(clean_line(sentence).split())}"


# --- reading a line --------------------------------------------------------------------------------------------------


def _decoded(line: str) -> Facts:
    wrong = _NO_UTF8.search(line)
    if wrong:
        raise Refused.because("", f"这一行第 {wrong.start() + 1} 个字符不是 UTF-8 编码，请改用 UTF-8 再送。")
    try:
        facts = json.loads(line.lstrip("\ufeff"), parse_constant=_no_number)
    except RecursionError:
        raise Refused.because("", "这一行括号嵌套太深，不是可办的内容。") from None
    except ValueError as error:
        raise Refused.because(
            "", f"这一行不是 JSON（第 {getattr(error, 'pos', 0) + 1} 个字符处）。"
        ) from None
    if not isinstance(facts, dict):
        raise Refused.because("", "一行应是一个 JSON 对象。")
    return facts


def _no_number(word: str) -> NoReturn:
    raise ValueError(word)


def _request_id(facts: Facts) -> str:
    value = facts.get("request_id")
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if text is None or text == "":
        raise Refused.because("request_id", "缺少请求号 request_id，没有它不能保证同一件事只办一次。")
    if not isinstance(text, str) or not _REQUEST_ID.fullmatch(text):
        raise Refused.because("request_id", "请求号 request_id 应是 1 到 200 个字符，不含空格和控制符。")
    return text


def _operation(facts: Facts) -> _Operation:
    name = facts.get("op", "register")
    operation = OPERATIONS.get(name) if isinstance(name, str) else None
    if operation is None:
        raise Refused.because("op", f"没有“{str(name)[:40]}”这个操作。可用：{'、'.join(OPERATIONS)}。")
    unknown = [key for key in facts if key not in (*_COMMON, *operation.keys)] if operation.keys else []
    if unknown:
        raise Refused.because(
            "",
            f"没有“{'、'.join(unknown)}”这一项，请核对拼写。可用：{'、'.join((*_COMMON, *operation.keys))}。",
        )
    return operation


def _text(facts: Facts, key: str, default: str = "") -> str:
    """A text of the line; without a default it must be there."""
    value = facts.get(key)
    if value is None:
        value = default
    if not isinstance(value, str):
        raise Refused.because(key, f"{key} 应是文字。")
    if not clean_line(value):
        raise Refused.because(key, f"缺少 {key}。")
    return value


# --- the operations ------------------------------------------------------------------------------------------------


def _register(office: Office, actor: Actor, facts: Facts, request_id: str) -> str:
    line = {key: value for key, value in facts.items() if key not in ("op", "actor")}
    if (line.get("category") or line.get("flow")) and not line.get("route_reason"):
        line["route_reason"] = DECIDED_BEFORE
    done = reception.register(office, actor, form_from_facts({**line, "request_id": request_id}))
    return f"{done.visit_number} {done.matter_number}"


def _take_back(office: Office, actor: Actor, facts: Facts, request_id: str) -> str:
    return reception.take_back(office, actor, request_id, _text(facts, "visit"), _text(facts, "reason"))


def _note(office: Office, actor: Actor, facts: Facts, request_id: str) -> str:
    matter = ledger.matter(office, actor, _text(facts, "matter"))
    ledger.add_note(office, actor, request_id, matter.matter_id, _text(facts, "text"))
    return matter.number


def _print(office: Office, actor: Actor, facts: Facts, request_id: str) -> str:
    printer = clean_line(_text(facts, "printer"))
    kind, paper_format = _text(facts, "kind", "receipt"), _text(facts, "paper", "a5")
    paper = papers.compose(office, actor, _text(facts, "visit"), kind, paper_format)
    count = papers.record_print(office, actor, request_id, paper, printer)
    return f"{paper.visit_number} {count}"


def _meet(office: Office, actor: Actor, facts: Facts, request_id: str) -> str:
    number, clock = _clock(office, actor, facts)
    note, on = [_text(facts, key) if key in facts else "" for key in ("note", "on")]
    deadlines.meet(office, actor, request_id, clock, note, _day(on))
    return number


def _reopen(office: Office, actor: Actor, facts: Facts, request_id: str) -> str:
    number, clock = _clock(office, actor, facts)
    deadlines.reopen(office, actor, request_id, clock, _text(facts, "reason"))
    return number


def _clock(office: Office, actor: Actor, facts: Facts) -> tuple[str, int]:
    """The matter's number and the id of its clock of this rule."""
    matter, rule = ledger.matter(office, actor, _text(facts, "matter")), _text(facts, "clock")
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


def _step(kind: type[Form]) -> _Operation:
    """A step of a mediation: its form is read from the line as the case stands, unless the step was taken before."""

    def act(office: Office, actor: Actor, facts: Facts, request_id: str) -> str:
        case = mediation.case(office, actor, _text(facts, "matter"))
        done = mediation.taken(office, actor, request_id, case.matter_id, kind.step)
        if done is None:
            _refuse_untimely(case, kind.step)
            form = clerk_forms.Reader(office.reference, case).form(kind, _own(facts))
            done = mediation.take(office, actor, request_id, case.matter_id, form)
        return f"{case.number} {done.node} {done.record_id or ''}".strip()

    return _Operation(act, ("matter", *clerk_forms.keys(kind)))


@dataclass(frozen=True)
class Attach:
    """A file for a case. kind: of ATTACHMENT_KINDS. title: "" is the file's own name. subject: the record it belongs to."""

    kind: str
    file: str
    title: str = ""
    subject: int = 0


def _attach(office: Office, actor: Actor, facts: Facts, request_id: str) -> str:
    case = mediation.case(office, actor, _text(facts, "matter"))
    kept = attachments.attached(office, actor, request_id, case.matter_id)
    if kept is None:
        form = clerk_forms.Reader(office.reference, case).form(Attach, _own(facts))
        kept = attachments.attach(
            office, actor, request_id, case.matter_id, form.kind, form.title, Path(form.file), form.subject
        )
    return f"{case.number} {kept.record_id}"


def _refuse_untimely(case: Case, code: str) -> None:
    """That a step cannot be taken now is told before what is wrong with its form."""
    step = next(each for each in mediation.steps(case) if each.code == code)
    if step.hindrance:
        raise Refused.because("", step.hindrance, step.article)


def _own(facts: Facts) -> Facts:
    """What a line says of its form."""
    return {key: value for key, value in facts.items() if key not in (*_COMMON, "matter")}


@dataclass(frozen=True)
class _Operation:
    """What an operation does; it returns what stands behind `ACK <request_id>`. keys: its own; () where a form says."""

    act: Callable[[Office, Actor, Facts, str], str]
    keys: tuple[str, ...] = ()


_COMMON = ("op", "actor", "request_id")
OPERATIONS: Mapping[str, _Operation] = {
    "register": _Operation(_register),
    "take_back": _Operation(_take_back, ("visit", "reason")),
    "note": _Operation(_note, ("matter", "text")),
    "meet": _Operation(_meet, ("matter", "clock", "note", "on")),
    "reopen": _Operation(_reopen, ("matter", "clock", "reason")),
    "print": _Operation(_print, ("visit", "kind", "paper", "printer")),
    **{f"mediation.{kind.step}": _step(kind) for kind in get_args(Form)},
    "mediation.attach": _Operation(_attach, ("matter", *clerk_forms.keys(Attach))),
}
