"""Everything that was done with a matter as one list in words: what still runs first, then the newest first."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from qingyuan_desk.desk.widgets.parts import short_day
from qingyuan_desk.domain.clocks import RIGHTS
from qingyuan_desk.domain.flows import FLOWS
from qingyuan_desk.domain.handling import codes
from qingyuan_desk.domain.handling.case import WITH_UNIT, Handled, Running
from qingyuan_desk.domain.handling.records import Sending
from qingyuan_desk.domain.numbers import SHANGHAI
from qingyuan_desk.domain.reference import Reference


@dataclass(frozen=True)
class Entry:
    """One record in words. state: where it stands, in `tone`; lines: what else there is to say, empty ones left out.

    follow: steps that go on from it, with what their form is filled in with; referral: the id of one with a sealed note.
    """

    day: date
    title: str
    when: str
    state: str = ""
    tone: str = ""
    lines: tuple[str, ...] = ()
    running: bool = False
    follow: tuple[tuple[str, dict[str, object]], ...] = field(default=())
    referral: int = 0


@dataclass(frozen=True)
class View:
    """What words need besides the records."""

    case: Handled
    reference: Reference
    today: date

    def unit(self, code: str) -> str:
        """A unit's name."""
        found = self.reference.unit(code)
        return found.name if found else code

    def day(self, when: date | None) -> str:
        """9月20日, with the year when it is another one; "" for none."""
        return short_day(when, self.today) if when else ""

    def clocks(self, rules: Collection[str], subject: int = 0) -> list[Running]:
        """What runs by these rules, of one record where one is named: two kinds of records may share an id."""
        return [each for each in self.case.running if each.rule in rules and subject in (0, each.subject)]

    def until(self, clock: Running) -> str:
        """What is waited for and how long there is."""
        rule = self.reference.clock(clock.rule)
        left = (clock.end - self.today).days
        words = "今天到期" if not left else f"还有 {left} 天" if left > 0 else f"已超 {-left} 天"
        if left < 0 and clock.rule in RIGHTS:
            words = "期限已过"
        return f"{rule.event if rule else clock.rule}：{words}（{self.day(clock.end)}）"


def entries(view: View) -> list[Entry]:
    """The whole list."""
    found = [entry for make in _MAKERS for entry in make(view)]
    found.sort(key=lambda entry: entry.day, reverse=True)
    return sorted(found, key=lambda entry: not entry.running)


# --- where it went ---------------------------------------------------------------------------------------------------

_TONES = {"objected": "amber", "returned": "amber", "recalled": "amber", "replied": "green"}
#: Clocks of a sending, and those an opinion of each level waits for or gives.
_OF_SENDING = (
    "petition_objection",
    "petition_notify_forwarded",
    "petition_assigned",
    "handover_reply",
    "support_response",
)
_OF_OPINION = {
    1: ("petition_review_request",),
    2: ("petition_review_answer", "petition_recheck_request"),
    3: ("petition_recheck_answer",),
}
#: State of a sending → the steps that go on from it.
_ONWARD = {
    "sent": ("receive",),
    "received": ("object", "reply"),
    "objected": ("decide",),
    "accepted": ("reply",),
}
#: A call for support (联动响应) is answered; nobody need sign for it first.
_ONWARD_SUPPORT = {"sent": ("reply", "receive"), "received": ("reply",)}


def _sendings(view: View) -> Iterable[Entry]:
    for each in view.case.sendings:
        unit = view.unit(each.unit)
        clocks = view.clocks(_OF_SENDING, each.record_id)
        late = any(clock.end < view.today for clock in clocks if clock.rule not in RIGHTS)
        helpers = "、".join(view.unit(code) for code in each.co_units)
        yield Entry(
            each.sent_on,
            f"{codes.MODES[each.mode]} → {unit}",
            view.day(each.sent_on),
            codes.SENDING_STATES[each.state],
            "red" if late else _TONES.get(each.state, "accent" if each.state in WITH_UNIT else ""),
            _said(
                each.number,
                ("提出请求的乡镇", view.unit(each.sender)),
                ("协办", helpers),
                ("期限", view.day(each.limit_on)),
                ("要求", each.requirement),
                ("附送", "、".join(each.materials)),
                ("清单外理由", each.reason),
                ("签收", _joined(view.day(each.received_on), each.receiver)),
                ("异议", _joined(view.day(each.objected_on), each.objection)),
                ("核实", _joined(view.day(each.decided_on), each.decided_by, each.decision)),
                ("回复", _joined(view.day(each.replied_on), each.reply_number, each.reply)),
                *(view.until(clock) for clock in clocks),
            ),
            running=each.state in WITH_UNIT,
            follow=tuple((step, {"sending": each.record_id}) for step in _onward(each)),
        )


def _onward(sent: Sending) -> tuple[str, ...]:
    ways = _ONWARD_SUPPORT if sent.mode == "support" else _ONWARD
    return ways.get(sent.state, ())


def _petition(view: View) -> Iterable[Entry]:
    found = view.case.petition
    if found is None or not found.kind:
        return
    yield Entry(
        view.case.opened_on,
        f"{codes.KINDS[found.kind]} · {codes.PURPOSES.get(found.purpose, '')}",
        codes.CHANNELS.get(found.channel, ""),
        lines=_said(
            ("内容分类", found.content),
            ("产生原因", found.cause),
            ("查询码告知", view.day(found.query_told_on)),
            ("处理途径", codes.WAYS.get(found.way, "")),
        ),
    )
    if found.accepted_on:
        yield Entry(
            found.accepted_on,
            f"受理 · {view.unit(found.accepted_by)}",
            view.day(found.accepted_on),
            lines=_said(found.acceptance_number, ("办结期限", view.day(found.finish_on))),
        )
    if found.refused_on:
        ground = codes.NO_MORE if found.ground == "no_more" else codes.REFUSALS.get(found.ground)
        yield Entry(
            found.refused_on,
            "不再受理" if found.ground == "no_more" else "不予受理",
            view.day(found.refused_on),
            lines=_said(
                f"{ground.name}（{ground.article}）" if ground else "",
                ("机关、单位", found.organ),
                ("法定途径", "、".join(_path(view, path) for path in found.paths)),
                found.explanation,
            ),
        )


def _path(view: View, code: str) -> str:
    return next((each.name for each in view.reference.paths if each.code == code), code)


def _notices(view: View) -> Iterable[Entry]:
    for each in view.case.notices:
        yield Entry(
            each.on,
            f"告知 · {codes.NOTICES.get(each.kind, each.kind)}",
            view.day(each.on),
            lines=_said(
                _joined(codes.SERVICES.get(each.how, each.how), each.number),
                ("签收人", each.receiver),
                each.note,
            ),
        )


def _extensions(view: View) -> Iterable[Entry]:
    for each in view.case.extensions:
        yield Entry(
            each.approved_on,
            f"延期 {each.days} 天，至{view.day(each.until)}",
            view.day(each.approved_on),
            lines=_said(
                each.number, each.reason, ("批准人", each.approved_by), ("告知", view.day(each.told_on))
            ),
        )


def _opinions(view: View) -> Iterable[Entry]:
    for each in view.case.opinions:
        outcome = codes.OUTCOMES.get(each.outcome) or codes.REVIEWS.get(each.outcome, "")
        clocks = view.clocks(_OF_OPINION[each.level])
        yield Entry(
            each.served_on or each.signed_on or each.received_on or each.asked_on or view.case.opened_on,
            f"{codes.LEVELS[each.level]} · {each.organ}",
            view.day(each.signed_on),
            outcome or "等待意见",
            "" if outcome else "amber",
            _said(
                each.number,
                each.summary,
                ("依据", each.basis),
                ("请求", _joined(view.day(each.asked_on), each.asked_why)),
                ("机关收到", view.day(each.received_on)),
                ("听证", f"{each.hearing_days} 天" if each.hearing_days else ""),
                ("送达", _joined(view.day(each.served_on), codes.SERVICES.get(each.served_how, ""))),
                *(view.until(clock) for clock in clocks),
            ),
            running=not outcome,
            follow=() if outcome else (("review", {}),),
        )


# --- watched, pressed, rated ---------------------------------------------------------------------------------------


def _alerts(view: View) -> Iterable[Entry]:
    for each in view.case.alerts:
        at = each.at.astimezone(SHANGHAI)
        yield Entry(
            at.date(),
            codes.ALERTS[each.kind].name,
            f"{view.day(at.date())} {at:%H:%M}",
            lines=_said(
                each.number,
                f"{each.how}报{each.to}，接报人 {each.taken_by}",
                each.text,
                ("已采取措施", each.measures),
            ),
        )


def _watches(view: View) -> Iterable[Entry]:
    for each in view.case.watches:
        running = each.lifted_on is None and each.until >= view.today
        state = f"{view.day(each.until)}到期" if running else "已解除" if each.lifted_on else "已到期失效"
        yield Entry(
            each.since,
            f"标记 · {codes.WATCHES[each.kind]}",
            view.day(each.since),
            state,
            "amber" if running else "",
            _said(
                f"“{each.words}”" if each.words else "",
                ("确认", view.day(each.confirmed_on)),
                ("理由", each.reason),
            ),
            running=running,
            follow=(("confirm_flag", {"watch": each.record_id}),) if running else (),
        )


def _measures(view: View) -> Iterable[Entry]:
    for each in view.case.measures:
        yield Entry(
            each.on,
            codes.MEASURES[each.kind],
            view.day(each.on),
            lines=_said(each.text, view.unit(each.unit)),
        )


def _urges(view: View) -> Iterable[Entry]:
    for each in view.case.urges:
        over = each.replied_on or each.cancelled_on
        late = not over and each.reply_by is not None and each.reply_by < view.today
        state = "已取消" if each.cancelled_on else "已回复" if each.replied_on else "等待回复"
        yield Entry(
            each.sent_on,
            f"{codes.URGES[each.kind]} → {view.unit(each.unit)}",
            view.day(each.sent_on),
            state,
            "" if over else "red" if late else "amber",
            _said(
                each.number,
                each.cause,
                each.requirement,
                ("回复期限", view.day(each.reply_by)),
                ("回复", _joined(view.day(each.replied_on), each.reply)),
                ("取消", _joined(view.day(each.cancelled_on), each.cancelled_why)),
            ),
            running=not over,
            follow=() if over else (("urge_reply", {"urge": each.record_id}),),
        )


_PLEASED = {"satisfied": "green", "rather": "green", "unsatisfied": "red"}


def _ratings(view: View) -> Iterable[Entry]:
    for each in view.case.ratings:
        about = view.unit(each.unit) if each.rated == "unit" else codes.RATED[each.rated]
        who = view.unit(each.rater) if each.rater else codes.RATERS[each.by]
        in_time = {"yes": "响应及时", "no": "响应不及时"}.get(each.in_time, "")
        yield Entry(
            each.on,
            f"评价 · {about}",
            view.day(each.on),
            codes.SATISFACTIONS[each.satisfaction],
            _PLEASED.get(each.satisfaction, ""),
            _said(who, in_time, each.note),
        )


# --- closed, moved, asked --------------------------------------------------------------------------------------------


def _endings(view: View) -> Iterable[Entry]:
    for each in view.case.endings:
        waits = each.recheck_on is not None and each.rechecked_on is None and each.undone_on is None
        yield Entry(
            each.on,
            codes.CLOSINGS[each.kind],
            view.day(each.on),
            "已重新办理" if each.undone_on else f"{view.day(each.recheck_on)}复查" if waits else "",
            "amber" if waits else "",
            _said(each.reason, ("复查", _joined(view.day(each.rechecked_on), each.recheck))),
            running=waits,
            follow=(("recheck", {}),) if waits else (),
        )


def _stays(view: View) -> Iterable[Entry]:
    stays = view.case.stays
    for before, each in pairwise(stays):
        names = [
            flow.name if (flow := view.reference.flow(code)) else code for code in (before.flow, each.flow)
        ]
        node = FLOWS[before.flow].node_name(before.node) if before.flow in FLOWS and before.node else ""
        yield Entry(
            each.since,
            f"转入{names[1]}",
            view.day(each.since),
            lines=_said(
                f"原流程 {names[0]}{f'，办到“{node}”' if node else ''}", each.reason or before.reason
            ),
        )


def _consultations(view: View) -> Iterable[Entry]:
    for each in view.case.consultations:
        at = each.asked_at.astimezone(SHANGHAI)
        booked = each.booked_for.astimezone(SHANGHAI) if each.booked_for else None
        yield Entry(
            at.date(),
            f"法律咨询 · {codes.CONSULT_CHANNELS[each.channel]}",
            f"{view.day(at.date())} {at:%H:%M}",
            codes.ANSWERS.get(each.result, "待解答"),
            "" if each.answered_at else "amber",
            _said(
                ("问", each.question),
                ("答", each.answer),
                ("依据", each.articles),
                ("解答人", each.lawyer),
                ("应咨询", each.organ),
                ("约期", f"{view.day(booked.date())} {booked:%H:%M}" if booked else ""),
                ("评价", codes.SATISFACTIONS.get(each.satisfaction, "")),
            ),
            running=each.answered_at is None,
        )


def _aids(view: View) -> Iterable[Entry]:
    for each in view.case.aids:
        state = {"yes": "给予法律援助", "no": "不给予法律援助"}.get(each.granted, "审查中")
        yield Entry(
            each.applied_on,
            f"法律援助 · {codes.AID_AFFAIRS[each.affair].partition('：')[2] or codes.AID_AFFAIRS[each.affair]}",
            view.day(each.applied_on),
            state,
            "" if each.granted else "amber",
            _said(
                ("免予核查", codes.AID_EXEMPT[each.exempt].name if each.exempt else ""),
                ("经济困难", each.hardship),
                ("待补正", "、".join(each.lacking) if each.supplied_on is None else ""),
                ("补正", view.day(each.supplied_on)),
                ("决定", _joined(view.day(each.decided_on), each.number, each.why)),
                ("指派", _joined(view.day(each.assigned_on), each.lawyer)),
            ),
            running=not each.granted or (each.granted == "yes" and each.assigned_on is None),
        )


def _referrals(view: View) -> Iterable[Entry]:
    for each in view.case.referrals:
        booked = each.booked_for.astimezone(SHANGHAI) if each.booked_for else None
        yield Entry(
            each.on,
            f"心理疏导转介 · {codes.REFERRAL_PURPOSES[each.purpose]}",
            view.day(each.on),
            "已疏导" if each.done_on else "等待疏导",
            "" if each.done_on else "amber",
            _said(
                ("监护人", each.guardian),
                ("心理咨询师", each.counsellor),
                ("预约", f"{view.day(booked.date())} {booked:%H:%M}" if booked else ""),
                ("安全风险", each.risk),
                ("结果", each.outcome),
                "已建议到医疗机构就诊" if each.hospital_told else "",
            ),
            running=each.done_on is None,
            follow=() if each.done_on else (("counsel", {"referral": each.record_id}),),
            referral=each.record_id if each.noted_by else 0,
        )


_MAKERS: tuple[Callable[[View], Iterable[Entry]], ...] = (
    _petition,
    _sendings,
    _notices,
    _extensions,
    _opinions,
    _alerts,
    _watches,
    _measures,
    _urges,
    _ratings,
    _endings,
    _stays,
    _consultations,
    _aids,
    _referrals,
)


def _said(*parts: str | tuple[str, str]) -> tuple[str, ...]:
    """Lines that say something; a caption only with what it captions."""
    lines = (part if isinstance(part, str) else f"{part[0]}：{part[1]}" if part[1] else "" for part in parts)
    return tuple(line for line in lines if line)


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)
