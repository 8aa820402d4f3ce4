"""Call-outs (随叫随驻): a mediator is called for a matter, comes or does not, and after how many minutes. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from qingyuan_desk.domain.problems import Problem
from qingyuan_desk.domain.text import LIMITS

#: What became of a call.
OUTCOMES: Mapping[str, str] = {"": "等待答复", "came": "到场", "declined": "来不了", "no_answer": "没有接通"}
#: How the mediator was called.
WAYS: Mapping[str, str] = {"phone": "电话", "message": "短信或微信", "letter": "邀请单", "face": "当面"}
#: A call is written down at most so long after it was made.
_KEPT_WITHIN = timedelta(days=31)
#: An arrival later than this after the call belongs to another call.
_LONGEST = timedelta(days=7)


@dataclass(frozen=True)
class CallForm:
    """A call as it is made. matter: a number, or "" for a duty at the centre. purpose: what somebody is called for.

    come_at: when to be there; None: at once. room: code of a room, place: anywhere else. called_at: None is now.
    """

    mediator: str
    purpose: str
    matter: str = ""
    how: str = "phone"
    called_at: datetime | None = None
    come_at: datetime | None = None
    room: str = ""
    place: str = ""


@dataclass(frozen=True)
class Callout:
    """A call and what became of it. outcome: a key of OUTCOMES. room: as it is said. called_by: a person's name."""

    record_id: int
    mediator: str
    name: str
    matter_id: int
    matter_number: str
    purpose: str
    how: str
    called_at: datetime
    called_by: str
    come_at: datetime | None
    room: str
    place: str
    outcome: str
    arrived_at: datetime | None
    note: str

    @property
    def minutes(self) -> int | None:
        """Whole minutes from the call to the arrival (响应分钟); None for who did not come."""
        if self.arrived_at is None:
            return None
        return int((self.arrived_at - self.called_at).total_seconds() // 60)

    @property
    def late(self) -> int | None:
        """Minutes after the time agreed; 0 for who was there in time; None without a time or an arrival."""
        if self.arrived_at is None or self.come_at is None:
            return None
        return max(0, int((self.arrived_at - self.come_at).total_seconds() // 60))

    @property
    def words(self) -> str:
        """What became of it: 到场，18分钟."""
        said = OUTCOMES[self.outcome]
        return said if self.minutes is None else f"{said}，{said_minutes(self.minutes)}"


@dataclass(frozen=True)
class CallSummary:
    """Calls counted. median_minutes: of those called at once who came; calls for an agreed time say nothing about speed."""

    calls: int = 0
    came: int = 0
    declined: int = 0
    unanswered: int = 0
    median_minutes: float | None = None

    @property
    def words(self) -> str:
        """The counts in a line."""
        if not self.calls:
            return "还没有呼叫记录"
        said = [f"呼叫{self.calls}次", f"到场{self.came}次"]
        said += [f"来不了{self.declined}次"] if self.declined else []
        said += [f"没接通{self.unanswered}次"] if self.unanswered else []
        if self.median_minutes is not None:
            said.append(f"响应中位数{said_minutes(round(self.median_minutes))}")
        return "，".join(said)


def summary(callouts: Iterable[Callout]) -> CallSummary:
    """Count calls."""
    found = list(callouts)
    outcomes = [each.outcome for each in found]
    minutes = [each.minutes for each in found if each.minutes is not None and each.come_at is None]
    return CallSummary(
        calls=len(found),
        came=outcomes.count("came"),
        declined=outcomes.count("declined"),
        unanswered=outcomes.count("no_answer"),
        median_minutes=median(minutes) if minutes else None,
    )


def check_call(form: CallForm, called_at: datetime, now: datetime) -> tuple[Problem, ...]:
    """What stands in the way of a call; its mediator, matter and room are looked up by the service."""
    return tuple(_call(form, called_at, now))


def check_answer(
    callout: Callout, outcome: str, arrived_at: datetime | None, note: str, now: datetime
) -> tuple[Problem, ...]:
    """What stands in the way of what became of a call."""
    return tuple(_answer(callout, outcome, arrived_at, note, now))


def said_minutes(minutes: int) -> str:
    """18分钟, 2小时5分钟, 1天3小时."""
    hours, rest = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    if days:
        return f"{days}天{hours}小时" if hours else f"{days}天"
    if hours:
        return f"{hours}小时{rest}分钟" if rest else f"{hours}小时"
    return f"{rest}分钟"


def _call(form: CallForm, called_at: datetime, now: datetime) -> Iterable[Problem]:
    if not form.purpose:
        yield Problem("purpose", "请写明请来做什么，例如“调解宅基地纠纷”。")
    if form.how not in WAYS:
        yield Problem("how", f"呼叫方式选一种：{'、'.join(WAYS.values())}。")
    for field in ("purpose", "place"):
        text = getattr(form, field)
        if len(text) > LIMITS["title"]:
            yield Problem(field, f"最多 {LIMITS['title']} 个字，现有 {len(text)} 个字，请缩短。")
    if called_at > now:
        yield Problem("called_at", "呼叫时间不能晚于现在，请核对。")
    elif now - called_at > _KEPT_WITHIN:
        yield Problem("called_at", "呼叫时间超过一个月，不能补记，请核对。")
    if form.come_at is not None and form.come_at < called_at:
        yield Problem("come_at", "请来的时间早于呼叫时间，请核对。")


def _answer(
    callout: Callout, outcome: str, arrived_at: datetime | None, note: str, now: datetime
) -> Iterable[Problem]:
    if outcome not in OUTCOMES or not outcome:
        yield Problem("outcome", "请选择结果：到场、来不了或者没有接通。")
    if len(note) > LIMITS["reason"]:
        yield Problem("note", f"说明最多 {LIMITS['reason']} 个字，现有 {len(note)} 个字，请缩短。")
    if outcome != "came":
        if arrived_at is not None:
            yield Problem("arrived_at", "没有到场的不填到场时间。")
        return
    if arrived_at is None:
        yield Problem("arrived_at", "请填写到场时间，例如 10:32。")
    elif arrived_at < callout.called_at:
        yield Problem("arrived_at", f"到场时间早于呼叫时间（{callout.called_at:%H:%M}），请核对。")
    elif arrived_at > now:
        yield Problem("arrived_at", "到场时间不能晚于现在，请核对。")
    elif arrived_at - callout.called_at > _LONGEST:
        yield Problem("arrived_at", "离呼叫超过七天才到场，像是另一次呼叫，请核对。")
