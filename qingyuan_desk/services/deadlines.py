"""Statutory clocks at work: recording that what the law asked for was done, and by when, and taking that back."""

from __future__ import annotations

from datetime import date

from qingyuan_desk.domain import clocks
from qingyuan_desk.domain.accounts import Actor, Right
from qingyuan_desk.domain.errors import Conflict, NotFound, Refused
from qingyuan_desk.domain.text import LIMITS, clean_line
from qingyuan_desk.services.office import Office, require
from qingyuan_desk.store import clocks as clock_store
from qingyuan_desk.store import matters, requests, visits
from qingyuan_desk.store.database import Row, Tx


def meet(
    office: Office, actor: Actor, request_id: str, clock_id: int, note: str = "", on: date | None = None
) -> None:
    """Record that what a clock waits for was done, `on` a day (today by default); a late act is recorded as late.

    note: how it was done, such as the number of the letter. Asked again, it is recorded once.
    Raises Refused, NotFound, or Conflict when the clock does not run any more.
    """
    require(actor, Right.NOTE)
    done, said = on or office.today(), _said(note)
    with office.store.write() as tx:
        if requests.answered(tx, request_id, "meet"):
            return
        clock = _clock(tx, actor, clock_id)
        if clock["state"] != "running":
            raise Conflict(f"“{clock['event']}”已经记过了。请刷新后再看。")
        start, end = date.fromisoformat(clock["start_on"]), date.fromisoformat(clock["shifted_end"])
        if not start <= done <= office.today():
            raise Refused.because("on", f"办理日期要在 {start:%Y-%m-%d} 到今天之间。")
        clock_store.end(tx, clock_id, "met", done)
        words = f"{clock['event']}：{clocks.ended_in_words(end, done)}"
        told = f"{words}。{said}" if said else words
        visits.add_event(tx, clock["matter_id"], None, office.now(), actor.code, "meet", note=told)
        requests.record(tx, request_id, "meet", actor.code, office.now(), {"clock_id": clock_id})


def reopen(office: Office, actor: Actor, request_id: str, clock_id: int, reason: str) -> None:
    """Take back that a clock was met: it runs on to the same last day. Both stay on the timeline.

    Raises Refused without a reason, NotFound, or Conflict when the clock was not met.
    """
    require(actor, Right.NOTE)
    why = _said(reason)
    if not why:
        raise Refused.because("reason", "请写明为什么撤回办结。")
    with office.store.write() as tx:
        if requests.answered(tx, request_id, "reopen"):
            return
        clock = _clock(tx, actor, clock_id)
        if clock["state"] != "met":
            raise Conflict(f"“{clock['event']}”没有记过办结，不用撤回。请刷新后再看。")
        matter = matters.by_id(tx, actor.code, clock["matter_id"])
        if matter is None or matter["state"] == "void":
            raise Conflict("这件事项已经作废，没有期限再要计算。")
        clock_store.reopen(tx, clock_id)
        told = f"{clock['event']}：继续计算。{why}"
        visits.add_event(tx, clock["matter_id"], None, office.now(), actor.code, "reopen", note=told)
        requests.record(tx, request_id, "reopen", actor.code, office.now(), {"clock_id": clock_id})


def _clock(tx: Tx, actor: Actor, clock_id: int) -> Row:
    clock = matters.clock_by_id(tx, actor.code, clock_id)
    if clock is None:
        raise NotFound("没有找到这个期限。请刷新后再试。")
    return clock


def _said(text: str) -> str:
    said = clean_line(text)
    if len(said) > LIMITS["reason"]:
        raise Refused.because("note", f"最多 {LIMITS['reason']} 个字，现有 {len(said)} 个字，请缩短。")
    return said
