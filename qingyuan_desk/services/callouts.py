"""Call-outs (随叫随驻): who was called for what, who came after how many minutes, and the invitation slip."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from qingyuan_desk.domain.accounts import Actor, Right
from qingyuan_desk.domain.errors import Conflict, NotFound, Refused
from qingyuan_desk.domain.papers import FORMATS, Paper
from qingyuan_desk.domain.problems import Problem
from qingyuan_desk.domain.roster.callouts import OUTCOMES, CallForm, Callout, check_answer, check_call
from qingyuan_desk.domain.roster.mediators import STATUSES
from qingyuan_desk.domain.roster.papers import Invitation
from qingyuan_desk.domain.text import clean_line, clean_text
from qingyuan_desk.services import ledger
from qingyuan_desk.services.office import Office, require
from qingyuan_desk.services.papers import letterhead
from qingyuan_desk.store import callouts as store
from qingyuan_desk.store import requests, visits
from qingyuan_desk.store import roster as roster_store
from qingyuan_desk.store.database import Row, Rows

#: Stands for what a call was about in the eyes of who may not know of its matter (密件).
SEALED = "（不便显示）"
#: Calls a log shows.
_SHOWN = 100


def call(office: Office, actor: Actor, request_id: str, form: CallForm) -> Callout:
    """Write down that a mediator was called. Raises Refused with problems by field, NotFound for an unknown matter."""
    require(actor, Right.NOTE)
    said = replace(form, purpose=clean_line(form.purpose), place=clean_line(form.place))
    called_at = form.called_at or office.now()
    matter_id = ledger.matter(office, actor, said.matter.strip()).matter_id if said.matter.strip() else None
    with office.store.write() as tx:
        done = requests.answered(tx, request_id, "callout")
        if done:
            return _callout(office, tx, actor, int(done["record_id"]))
        problems = [
            *_who(tx, said.mediator),
            *_room(office, said),
            *check_call(said, called_at, office.now()),
        ]
        if problems:
            raise Refused(problems)
        record_id = store.add(tx, said, matter_id, called_at, actor.code)
        made = _callout(office, tx, actor, record_id)
        if matter_id is not None:
            visits.add_event(
                tx,
                matter_id,
                None,
                office.now(),
                actor.code,
                "callout",
                note=f"呼叫{made.name}：{made.purpose}",
            )
        requests.record(tx, request_id, "callout", actor.code, office.now(), {"record_id": record_id})
    return made


def answer(
    office: Office,
    actor: Actor,
    request_id: str,
    record_id: int,
    outcome: str,
    arrived_at: datetime | None = None,
    note: str = "",
) -> Callout:
    """Write down what became of a call: a key of OUTCOMES, and when the mediator arrived (None with "came": now)."""
    require(actor, Right.NOTE)
    said = clean_text(note)
    with office.store.write() as tx:
        if requests.answered(tx, request_id, "callout_answer") is None:
            known = _callout(office, tx, actor, record_id)
            if known.outcome:
                raise Conflict(f"这次呼叫已经记为“{OUTCOMES[known.outcome]}”。请刷新后再看。")
            arrived = arrived_at or (office.now() if outcome == "came" else None)
            problems = check_answer(known, outcome, arrived, said, office.now())
            if problems:
                raise Refused(list(problems))
            store.answer(tx, record_id, outcome, arrived, said)
            told = _callout(office, tx, actor, record_id)
            if known.matter_id:
                visits.add_event(
                    tx,
                    known.matter_id,
                    None,
                    office.now(),
                    actor.code,
                    "callout",
                    note=f"{told.name}{told.words}",
                )
            requests.record(
                tx, request_id, "callout_answer", actor.code, office.now(), {"record_id": record_id}
            )
        return _callout(office, tx, actor, record_id)


def log(office: Office, actor: Actor, mediator: str = "") -> tuple[Callout, ...]:
    """The latest calls of a mediator, newest first; of everybody with those that wait for an answer first."""
    require(actor, Right.READ)
    names = office.names()
    with office.store.read() as rows:
        found = (
            store.of_mediator(rows, actor.code, mediator, _SHOWN)
            if mediator
            else store.latest(rows, actor.code, _SHOWN)
        )
    return tuple(_shown(office, row, names) for row in found)


def slip(office: Office, actor: Actor, record_id: int, paper_format: str = "a5") -> Paper:
    """The invitation (调解员邀请单) for a call. Nothing is written."""
    require(actor, Right.PRINT)
    if paper_format not in FORMATS:
        raise Refused.because("paper", f"没有“{paper_format}”这种纸张。可选：{'、'.join(FORMATS)}。")
    from qingyuan_desk.documents import invitation

    with office.store.read() as rows:
        callout = _callout(office, rows, actor, record_id)
        if callout.purpose == SEALED:
            raise NotFound("没有找到这次呼叫。密件只有指定的人能打开。")
        mediator = roster_store.by_code(rows, callout.mediator)
    assert mediator is not None, "a call points to an entry of the roster"
    facts = Invitation(
        office=letterhead(office),
        callout=callout,
        place=office.reference.place(mediator.township, mediator.village),
        room=callout.room or callout.place,
        printed_at=office.now(),
    )
    return invitation.render(facts, paper_format)


def _who(rows: Rows, code: str) -> list[Problem]:
    mediator = roster_store.by_code(rows, code)
    if mediator is None:
        return [Problem("mediator", "请在名册里选一位调解员。")]
    if mediator.status != "active":
        status = STATUSES[mediator.status]
        return [Problem("mediator", f"{mediator.name}已{status}，不能呼叫；请另选一位。")]
    return []


def _room(office: Office, form: CallForm) -> list[Problem]:
    if form.room and office.reference.room(form.room) is None:
        return [Problem("room", f"没有“{form.room}”这个房间，请从列表中选，别处的写在地点里。")]
    return []


def _callout(office: Office, rows: Rows, actor: Actor, record_id: int) -> Callout:
    row = store.by_id(rows, actor.code, record_id)
    if row is None:
        raise NotFound("没有找到这次呼叫。请刷新后再试。")
    return _shown(office, row, office.names())


def _shown(office: Office, row: Row, names: dict[str, str]) -> Callout:
    room = office.reference.room(row["room"])
    hidden = row["matter_id"] is not None and row["matter_number"] is None
    return Callout(
        record_id=row["id"],
        mediator=row["mediator"],
        name=row["name"],
        matter_id=row["matter_id"] or 0,
        matter_number=row["matter_number"] or "",
        purpose=SEALED if hidden else row["purpose"],
        how=row["how"],
        called_at=datetime.fromisoformat(row["called_at"]),
        called_by=names.get(row["actor"], row["actor"]),
        come_at=datetime.fromisoformat(row["come_at"]) if row["come_at"] else None,
        room=room.name if room and not hidden else "",
        place="" if hidden else row["place"],
        outcome=row["outcome"],
        arrived_at=datetime.fromisoformat(row["arrived_at"]) if row["arrived_at"] else None,
        note="" if hidden else row["note"],
    )
