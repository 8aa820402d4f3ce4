"""Statutory clocks: when something is due, both last days, and how to say so. Nothing else does date arithmetic.

民法典第二百零一条: the day of the event does not count. 第二百零二条: months and years end on the corresponding day, or
on the last day of the month. 第二百零三条: a last day off moves to the next working day. Whether an organ may use that
for its own duty is disputed, so both days are kept and the alarm goes off on the earlier one.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from qingyuan_desk.domain.calendar import WorkCalendar

#: From so many days before the end a clock is "soon".
SOON_DAYS = 3
#: Limits within which the parties, or a unit a matter was sent to, may do something, such as asking for judicial
#: confirmation or objecting, or after which a flag ends by itself: when nobody does anything, the time is over and
#: nothing is overdue. They are no duty of the office and are not counted with its duties.
RIGHTS = frozenset(
    {
        "mediation_confirm",
        "petition_objection",
        "petition_review_request",
        "petition_recheck_request",
        "watch_confirm",
    }
)
#: Limits between offices, and those of the desk's own housekeeping: no visitor's paper names them.
INTERNAL = frozenset(
    {
        "alert_report",
        "ending_recheck",
        "petition_assigned",
        "petition_objection",
        "petition_reforward",
        "support_response",
        "urge_reply",
        "watch_confirm",
    }
)

_UNITS = {"day": "日", "workday": "个工作日", "month": "个月", "year": "年", "hour": "小时"}


@dataclass(frozen=True)
class ClockRule:
    """One limit of a law: what must happen, counted from what, how long, by whom.

    unit: "day" (natural), "workday", "month", "year", or "hour". extend: how it may be lengthened, in words.
    """

    id: str
    event: str
    starts: str
    limit: int
    unit: str
    extend: str
    who: str
    article: str
    flow: str = ""


@dataclass(frozen=True)
class Due:
    """When a clock ends. `provisional`: the holidays that decide it are not published yet."""

    start: date
    natural_end: date
    shifted_end: date
    alarm_on: date
    provisional: bool
    unit: str
    article: str


def due(rule: ClockRule, start: date, calendar: WorkCalendar) -> Due:
    """When a clock that starts on `start` ends. Hours are rounded up to whole days (see `last_moment`) and never move."""
    return ending(rule, start, _natural_end(rule, start, calendar), calendar)


def last_moment(rule: ClockRule, at: datetime) -> datetime:
    """The last moment of a clock of hours; hours run through nights and days off."""
    return at + timedelta(hours=rule.limit)


def again(rule: ClockRule, was: Due, before: WorkCalendar, now: WorkCalendar) -> Due:
    """A clock counted anew after the workdays changed. A last day that somebody set, or that stood still for a while, stays."""
    counted = due(rule, was.start, before).natural_end == was.natural_end
    return due(rule, was.start, now) if counted else ending(rule, was.start, was.natural_end, now)


def ending(rule: ClockRule, start: date, natural: date, calendar: WorkCalendar) -> Due:
    """A clock whose last day is known before holidays move it, such as that of one that stood still for a while."""
    moves = rule.unit != "hour" and not calendar.is_workday(natural)
    shifted = calendar.next_workday(natural) if moves else natural
    return Due(
        start=start,
        natural_end=natural,
        shifted_end=shifted,
        alarm_on=min(natural, shifted),
        provisional=_provisional(rule, start, natural, shifted, calendar),
        unit=rule.unit,
        article=rule.article,
    )


def period(rule: ClockRule, starts: str = "") -> str:
    """How long it is, and from when: 自受理之日起60日. starts: said instead of what the rule counts from."""
    return f"自{starts or rule.starts}起{rule.limit}{_UNITS[rule.unit]}"


def days_left(due: Due, today: date) -> int:
    """Whole days until the alarm; 0 from the alarm to the moved end; after that, minus the days it is late."""
    if today <= due.alarm_on:
        return (due.alarm_on - today).days
    return min(0, (due.shifted_end - today).days)


def state_of(due: Due, today: date) -> str:
    """ "ok", "soon" (three days or less), "today" (from the alarm to the moved end), or "overdue"."""
    left = days_left(due, today)
    if left < 0:
        return "overdue"
    if left == 0:
        return "today"
    return "soon" if left <= SOON_DAYS else "ok"


def in_words(due: Due, today: date) -> str:
    """A clock in Chinese: 还有 6 天（10月25日，顺延至10月27日） · 今天到期 · 已超 2 天."""
    left = days_left(due, today)
    if left < 0:
        return f"已超 {-left} 天"
    if today > due.alarm_on:
        until = "今天" if today == due.shifted_end else _day(due.shifted_end, today)
        return f"{_day(due.natural_end, today)}已到期，顺延至{until}"
    moved = f"顺延至{_day(due.shifted_end, today)}" if due.shifted_end != due.natural_end else ""
    first = "" if left == 0 else _day(due.natural_end, today)
    notes = "，".join(
        note for note in (first, moved, "节假日未公布，暂定" if due.provisional else "") if note
    )
    words = "今天到期" if left == 0 else f"还有 {left} 天"
    return f"{words}（{notes}）" if notes else words


def lasting(span: timedelta) -> str:
    """How long something took: 不到 1 分钟 · 35 分钟 · 3 小时 20 分钟 · 2 天 4 小时 · 41 天."""
    minutes = int(span.total_seconds() // 60)
    if minutes < 1:
        return "不到 1 分钟"
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    if days >= 10:
        return f"{days} 天"
    parts = [(days, "天"), (hours, "小时"), (minutes if not days else 0, "分钟")]
    return " ".join(f"{number} {unit}" for number, unit in parts if number)


def ended_in_words(end: date, done: date) -> str:
    """What became of a clock with this last day: 已于9月28日办理 · 9月30日办理，超期 2 天."""
    late = (done - end).days
    said = f"{done.year}年{done.month}月{done.day}日办理"
    return f"{said}，超期 {late} 天" if late > 0 else f"已于{said}"


def _natural_end(rule: ClockRule, start: date, calendar: WorkCalendar) -> date:
    if rule.unit == "day":
        return start + timedelta(days=rule.limit)
    if rule.unit == "workday":
        return calendar.add_workdays(start, rule.limit)
    if rule.unit == "month":
        return months_after(start, rule.limit)
    if rule.unit == "year":
        return months_after(start, 12 * rule.limit)
    if rule.unit == "hour":
        return start + timedelta(days=-(-rule.limit // 24))
    raise ValueError(f"no unit of time: {rule.unit}")


def months_after(start: date, months: int) -> date:
    """The corresponding day so many months later, or the last day of that month (第二百零二条)."""
    years, month = divmod(start.month - 1 + months, 12)
    year, month = start.year + years, month + 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))


def _provisional(rule: ClockRule, start: date, natural: date, shifted: date, calendar: WorkCalendar) -> bool:
    if rule.unit == "hour":
        return False
    days = [natural, shifted]
    if rule.unit == "workday":
        days.append(start + timedelta(days=1))
    return not all(calendar.known(day) for day in days)


def _day(day: date, today: date) -> str:
    year = f"{day.year}年" if day.year != today.year else ""
    return f"{year}{day.month}月{day.day}日"
