"""What there is to do on a day (今日必办): everything with a last day, in every flow, and matters nobody has written to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from qingyuan_desk.domain import clocks
from qingyuan_desk.domain.clocks import Due
from qingyuan_desk.domain.matter import QUIET_DAYS

#: Kinds of things with a last day, in the order of a list of one day.
KINDS: Mapping[str, str] = {
    "clock": "法定期限",
    "session": "调解",
    "booking": "预约",
    "support": "联动响应",
    "urge": "催办回复",
    "receive": "待签收",
    "objection": "异议期",
    "recheck": "办结复查",
    "watch": "标记确认",
    "follow_up": "回访",
    "instalment": "履行",
}
#: Rule of a clock → its kind; all others are "clock".
KIND_OF_RULE: Mapping[str, str] = {
    "support_response": "support",
    "urge_reply": "urge",
    "petition_objection": "objection",
    "ending_recheck": "recheck",
    "watch_confirm": "watch",
}
#: Clocks that run for the unit a sending went to, or that was urged.
OF_SENDING = (
    "handover_reply",
    "petition_assigned",
    "petition_notify_forwarded",
    "petition_objection",
    "support_response",
)
OF_URGE = ("urge_reply",)
#: Clocks that run for the unit that handles the matter.
OF_HANDLER = ("petition_extension", "petition_finish")
#: Rule of a clock, or kind of a line → the step of handling that does what is due; mediation has a page of its own.
STEP_OF: Mapping[str, str] = {
    "petition_register": "forward",
    "petition_reforward": "forward",
    "petition_notify": "tell",
    "petition_notify_forwarded": "tell",
    "petition_assigned": "reply",
    "petition_finish": "answer",
    "petition_extension": "answer",
    "petition_review_answer": "review",
    "petition_recheck_answer": "review",
    "handover_send": "hand_over",
    "handover_reply": "reply",
    "legalaid_decide": "decide_aid",
    "legalaid_assign": "assign_aid",
    "consult_letter": "consult",
    "consult_message": "consult",
    "consult_online": "consult",
    "support": "reply",
    "urge": "urge_reply",
    "receive": "receive",
    "objection": "accept",
    "recheck": "recheck",
    "watch": "confirm_flag",
}
#: Kinds of lines that are done on the page of mediation.
OF_MEDIATION = frozenset({"session", "follow_up", "instalment"})
#: A sending should be signed for within so many days.
RECEIVE_DAYS = 2
#: So many days ahead are listed.
AHEAD_DAYS = 7

#: States of a line, the most pressing first.
STATES: Mapping[str, str] = {
    "overdue": "已超期",
    "today": "今天到期",
    "soon": "三天内",
    "ok": "七天内",
}


@dataclass(frozen=True)
class DueLine:
    """One thing to do. due: both last days, the alarm, 暂定, and the article.

    kind: of KINDS. unit: code of the unit whose duty it is, or "". who: whose duty it is, in words. what: what must
    happen. record_id: of the record it is about, or 0. visitor: masked. note: more about it, such as the hour.
    """

    kind: str
    matter_id: int
    number: str
    title: str
    visitor: str
    flow: str
    node: str
    what: str
    unit: str
    who: str
    due: Due
    state: str
    words: str
    record_id: int = 0
    note: str = ""
    rule: str = ""
    sealed: bool = False

    @property
    def step(self) -> str:
        """The step of handling that does it; "" for what no step does."""
        return STEP_OF.get(self.rule) or STEP_OF.get(self.kind, "")

    @property
    def mediated(self) -> bool:
        """Whether it is done on the page of mediation."""
        return self.kind in OF_MEDIATION or self.rule.startswith(("mediation_", "court_"))

    @property
    def rings(self) -> bool:
        """Whether it is of today or late. The time in which a unit may object only passes."""
        return self.state in ("overdue", "today") and self.kind != "objection"


def state_of(due: Due, day: date) -> tuple[str, str]:
    """Where something with a last day stands on a day, as a code of STATES and in words."""
    return clocks.state_of(due, day), clocks.in_words(due, day)


def plain_due(day: date, article: str = "") -> Due:
    """A day that somebody set or agreed upon: no holiday moves it."""
    return Due(day, day, day, day, False, "day", article)


@dataclass(frozen=True)
class QuietGroup:
    """How many open matters of a flow and unit nobody has written to for QUIET_DAYS days; since when the oldest."""

    flow: str
    unit: str
    count: int
    oldest: date


@dataclass(frozen=True)
class QuietLine:
    """An open matter nobody has written to since `last`."""

    matter_id: int
    number: str
    title: str
    visitor: str
    flow: str
    node: str
    unit: str
    last: date
    days: int
    sealed: bool = False


@dataclass(frozen=True)
class DueDay:
    """Everything about a day. quiet: the longest quiet first, not all of them when there are very many; groups count all."""

    on: date
    lines: tuple[DueLine, ...]
    groups: tuple[QuietGroup, ...] = ()
    quiet: tuple[QuietLine, ...] = ()

    @property
    def ringing(self) -> tuple[DueLine, ...]:
        """What is of today or late: 今日必办."""
        return tuple(line for line in self.lines if line.rings)

    @property
    def counts(self) -> Mapping[str, int]:
        """How many lines each state has; the time to object counts with what is still to come."""
        found = Counter(
            line.state if line.rings or line.kind != "objection" else "soon" for line in self.lines
        )
        return {state: found[state] for state in STATES}

    def by_kind(self, lines: Iterable[DueLine] | None = None) -> Mapping[str, int]:
        """How many lines each kind has, of those that ring or of others."""
        found = Counter(line.kind for line in (self.ringing if lines is None else lines))
        return {kind: found[kind] for kind in KINDS if found[kind]}

    @property
    def quiet_count(self) -> int:
        """How many matters nobody has written to."""
        return sum(group.count for group in self.groups)


def quiet_before(day: date) -> date:
    """A matter last written to before this day is quiet on a day."""
    return day - timedelta(days=QUIET_DAYS)


def sorted_lines(lines: Iterable[DueLine]) -> tuple[DueLine, ...]:
    """By the day that alarms, then by kind."""
    order = {kind: place for place, kind in enumerate(KINDS)}
    return tuple(
        sorted(lines, key=lambda line: (line.due.alarm_on, order[line.kind], line.note, line.matter_id))
    )


def summary(day: DueDay, units: Mapping[str, str], flows: Mapping[str, str]) -> str:
    """The day in one sentence: 今日必办 12 件次：已超期 3，今天到期 9；37 件 3 天无更新（信访 区信访局 20 件…）."""
    ringing, counts = len(day.ringing), day.counts
    said = f"今日必办 {ringing} 项" if ringing else "今天没有必办的事"
    if ringing:
        parts = [f"{STATES[state]} {counts[state]} 项" for state in ("overdue", "today") if counts[state]]
        said += f"：{'，'.join(parts)}"
    return f"{said}；{quiet_words(day, units, flows)}"


def quiet_words(day: DueDay, units: Mapping[str, str], flows: Mapping[str, str], most: int = 3) -> str:
    """N 件 3 天无更新, with the groups that have most of them."""
    if not day.groups:
        return f"没有 {QUIET_DAYS} 天无更新的事项。"
    largest = sorted(day.groups, key=lambda group: -group.count)[:most]
    named = [
        f"{flows.get(group.flow, group.flow)} {units.get(group.unit, group.unit) or '未定单位'} {group.count} 件"
        for group in largest
    ]
    more = " 等" if len(day.groups) > most else ""
    return f"{day.quiet_count} 件 {QUIET_DAYS} 天无更新（{'，'.join(named)}{more}）。"
