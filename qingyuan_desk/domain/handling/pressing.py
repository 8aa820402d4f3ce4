"""催办, 督办 and the answers to them, and how units and the desk are rated (《信访工作条例》第四十条)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from qingyuan_desk.domain.checks import choice, day, text, warn
from qingyuan_desk.domain.clocks import due
from qingyuan_desk.domain.handling import codes
from qingyuan_desk.domain.handling.case import WITH_UNIT, Handled
from qingyuan_desk.domain.handling.forms import Press, PressReply, Rate
from qingyuan_desk.domain.handling.records import Rating, Urge
from qingyuan_desk.domain.handling.rules import (
    ALL_FLOWS,
    SENT_FLOWS,
    Act,
    Changes,
    Context,
    Start,
    Stop,
    after,
    future,
    past,
    unit,
)
from qingyuan_desk.domain.problems import Problem
from qingyuan_desk.domain.tables import UrgingRule

ARTICLE_40 = "《信访工作条例》第四十条"
URGE_REPLY = "urge_reply"
_RATING = "县级职能部门考核评价权；双评价"
_TOWNSHIP = {"township": "乡镇人民政府"}


def is_open(urge: Urge) -> bool:
    """Whether nobody has answered it, and nobody has cancelled it."""
    return urge.replied_on is None and urge.cancelled_on is None


def waits(urge: Urge, today: date) -> bool:
    """Whether its answer is still awaited in time."""
    return is_open(urge) and (urge.reply_by is None or today <= urge.reply_by)


# --- urging ------------------------------------------------------------------------------------------------------


def holders(case: Handled) -> tuple[str, ...]:
    """The units that have the matter, the leading one first: those it was sent to; in flows without sending, its own."""
    sent = [each for each in case.sendings if each.state in WITH_UNIT]
    lead = sorted(sent, key=lambda each: (each.mode == "support", -each.record_id))
    found = [each.unit for each in lead] + [code for each in lead for code in each.co_units]
    if case.unit and case.flow not in SENT_FLOWS:
        found.append(case.unit)
    return tuple(dict.fromkeys(found))


def rule_of(code: str, kind: str, context: Context) -> UrgingRule | None:
    """The rule an urge goes by: the one it names, else that for what is issued by hand."""
    rules = context.reference.urging_rules
    if code:
        return next((rule for rule in rules if rule.code == code), None)
    by_hand = (rule for rule in rules if rule.kind == kind and not (rule.clock or rule.node))
    return next(by_hand, None)


def _nobody(case: Handled) -> str:
    return "" if holders(case) else "本件还没有送到任何单位，没有可以催办的单位。请先送案。"


def _check_press(case: Handled, form: Press, context: Context) -> Iterable[Problem]:
    yield from choice("kind", "种类", form.kind, codes.URGES)
    yield from text("cause", "事由", form.cause, "narrative")
    yield from text("requirement", "要求", form.requirement, "narrative", needed=False)
    yield from past("on", "日期", form.on, case, context)
    on = form.on or context.today
    yield from future("reply_by", "回复期限", form.reply_by, on)
    rule = rule_of(form.rule, form.kind, context)
    if form.rule and rule is None:
        yield Problem("rule", f"催办督办规则里没有“{form.rule}”，请从列表里选，或者空着。")
    elif form.rule and rule and rule.kind != form.kind:
        yield Problem("kind", f"规则“{rule.name}”是{codes.URGES[rule.kind]}，请改选。")
    yield from _check_urged(case, form, on, context)


def _check_urged(case: Handled, form: Press, on: date, context: Context) -> Iterable[Problem]:
    """Who is urged, and what must have gone before."""
    having = holders(case)
    urged = form.unit or having[0]
    if urged not in having:
        yield from unit("unit", "承办单位", urged, context)
        names = "、".join(context.unit(code) for code in having)
        yield Problem("unit", f"本件不在{context.unit(urged)}，在{names}，请向有这件事项的单位催办。")
        return
    earlier = [each for each in case.urges if each.unit == urged and each.cancelled_on is None]
    waiting = next((each for each in earlier if each.kind == form.kind and waits(each, on)), None)
    if waiting:
        until = f"，回复期限是 {waiting.reply_by:%Y-%m-%d}" if waiting.reply_by else ""
        yield Problem(
            "kind",
            f"{waiting.sent_on:%Y-%m-%d} 的{codes.URGES[form.kind]}还在等回复{until}，不用再发。过了期限可以升级。",
        )
    if form.kind == "red":
        yield from _yellow_first(earlier, on, context.unit(urged))


def _yellow_first(earlier: list[Urge], on: date, name: str) -> Iterable[Problem]:
    yellow = [each for each in earlier if each.kind == "yellow"]
    if not yellow:
        yield Problem("kind", f"红牌督办之前要先有黄牌督办，{name}在本件上还没有黄牌。", ARTICLE_40)
    elif all(waits(each, on) for each in yellow):
        yield Problem("kind", "黄牌督办还在等回复，期限过了或者回复以后仍不改正的，再红牌督办。", ARTICLE_40)


def _do_press(case: Handled, form: Press, context: Context) -> Changes:
    on, urged = form.on or context.today, form.unit or holders(case)[0]
    rule = rule_of(form.rule, form.kind, context)
    reply_by = form.reply_by or _reply_by(rule, on, context)
    urge = Urge(
        case.matter_id,
        form.kind,
        urged,
        on,
        rule=form.rule,
        cause=form.cause,
        requirement=form.requirement or (rule.text if rule else ""),
        reply_by=reply_by,
        points=rule.points if rule else 0,
    )
    points = f"，扣 {urge.points} 分" if urge.points else ""
    return Changes(
        put=(urge,),
        start=(Start(URGE_REPLY, on, reply_by, of_record=True),),
        numbered="urge",
        words=f"{codes.URGES[form.kind]}{context.unit(urged)}{points}：{form.cause}",
    )


def _reply_by(rule: UrgingRule | None, on: date, context: Context) -> date:
    """The last day for the answer: of the rule, else of the clock."""
    if rule and rule.reply_days:
        return context.calendar.add_workdays(on, rule.reply_days)
    clock = context.reference.clock(URGE_REPLY)
    if clock is None:
        raise ValueError("the table of clocks lacks urge_reply")
    return due(clock, on, context.calendar).shifted_end


# --- answers -----------------------------------------------------------------------------------------------------


def _answerable(case: Handled, record_id: int, *, cancelled: bool) -> Urge | None:
    """The urge a form means: the one named, or the only one. A cancelled one is over; one answered can be cancelled."""
    fitting = [each for each in case.urges if (each.cancelled_on is None if cancelled else is_open(each))]
    if record_id:
        return next((each for each in fitting if each.record_id == record_id), None)
    return fitting[0] if len(fitting) == 1 else None


def _nothing_urged(case: Handled) -> str:
    if any(each.cancelled_on is None for each in case.urges):
        return ""
    return "本件没有催办、督办，没有要回复的。"


def _check_reply(case: Handled, form: PressReply, context: Context) -> Iterable[Problem]:
    name = "取消的理由" if form.cancelled else "回复情况"
    yield from text("reply", name, form.reply, "narrative")
    yield from past("on", "日期", form.on, case, context)
    urge = _answerable(case, form.urge, cancelled=form.cancelled)
    if urge is None:
        yield Problem("urge", "请选一件还没有回复、没有取消的催办督办。")
        return
    yield from after("on", "日期", form.on, urge.sent_on, "催办、督办日期")
    on = form.on or context.today
    if urge.reply_by and on > urge.reply_by and not form.cancelled:
        late = (on - urge.reply_by).days
        yield warn("on", f"回复期限是 {urge.reply_by:%Y-%m-%d}，超过 {late} 天。")


def _do_reply(case: Handled, form: PressReply, context: Context) -> Changes:
    on, urge = form.on or context.today, _answerable(case, form.urge, cancelled=form.cancelled)
    if urge is None:
        raise ValueError("no such urge; the check refuses this")
    named = f"{context.unit(urge.unit)}{codes.URGES[urge.kind]}{urge.number}"
    if form.cancelled:
        put = replace(urge, cancelled_on=on, cancelled_why=form.reply)
        words = f"取消{named}：{form.reply}"
    else:
        put = replace(urge, replied_on=on, reply=form.reply)
        words = f"回复{named}：{form.reply}"
    stop = (Stop(URGE_REPLY, on, not form.cancelled, urge.record_id),) if is_open(urge) else ()
    return Changes(put=(put,), stop=stop, words=words)


# --- ratings -----------------------------------------------------------------------------------------------------


def rateable(case: Handled) -> tuple[str, ...]:
    """The units that may be rated for this matter: those that have it or had it."""
    sent = [code for each in reversed(case.sendings) for code in (each.unit, *each.co_units)]
    return tuple(dict.fromkeys([*sent, *([case.unit] if case.unit else [])]))


def _raters(case: Handled, rated: str, context: Context) -> frozenset[str]:
    """The townships that may rate a unit here: those that asked it for support, and the one the matter is of."""
    own = context.reference.township_unit(case.township)
    asked = {each.sender for each in case.sendings if each.unit == rated and each.sender}
    return frozenset(asked | ({own.code} if own else set()))


def _check_rate(case: Handled, form: Rate, context: Context) -> Iterable[Problem]:
    yield from choice("by", "评价人", form.by, codes.RATERS)
    yield from choice("rated", "评价对象", form.rated, codes.RATED)
    yield from choice("satisfaction", "评价", form.satisfaction, codes.SATISFACTIONS)
    yield from choice("in_time", "响应是否及时", form.in_time, codes.TRISTATE)
    yield from text("note", "意见", form.note, "remark", needed=False)
    yield from past("on", "日期", form.on, case, context)
    if form.rated == "unit":
        yield from _check_rated_unit(case, form, context)
    if form.by == "township":
        yield from _check_township(case, form, context)
    if form.satisfaction == "unsatisfied" and not form.note.strip():
        yield warn("note", "不满意在哪里，请尽量问清楚写下来，便于改进。")
    before = _rated_before(case, form)
    if before:
        said = codes.SATISFACTIONS[before.satisfaction]
        yield warn("satisfaction", f"{day(before.on)}已经评价过“{said}”，统计以最后一次为准。")


def _check_rated_unit(case: Handled, form: Rate, context: Context) -> Iterable[Problem]:
    having = rateable(case)
    if not form.unit and not having:
        yield Problem("unit", "本件没有责任单位，请评价接待窗口。")
    elif form.unit and form.unit not in having:
        yield from unit("unit", "责任单位", form.unit, context)
        if context.reference.unit(form.unit):
            yield Problem("unit", f"{context.unit(form.unit)}没有承办过本件，不能评价。")


def _check_township(case: Handled, form: Rate, context: Context) -> Iterable[Problem]:
    if form.rated != "unit":
        yield Problem("rated", "乡镇评价的是县级职能部门，请把评价对象选为责任单位。")
        return
    if form.satisfaction == "refused":
        yield Problem("satisfaction", "乡镇不评价的不用登记；“拒绝评价”只用于信访人。")
    rated = _rated(case, form)
    yield from unit("rater", "评价的乡镇", form.rater, context, _TOWNSHIP)
    found, department = context.reference.unit(form.rater), context.reference.unit(rated)
    if found and found.kind == "township" and form.rater not in _raters(case, rated, context):
        yield Problem(
            "rater", f"{found.name}没有就本件请{context.unit(rated)}响应，本件也不在该乡镇，不能评价。"
        )
    if department and department.kind == "township":
        yield Problem("unit", f"{department.name}不是县级职能部门，乡镇之间不评价。")
    if rated and not any(each.unit == rated for each in case.sendings):
        yield Problem("unit", f"本件没有送过{context.unit(rated)}，也没有请它响应，乡镇不能评价。")


def _rated(case: Handled, form: Rate) -> str:
    if form.rated != "unit":
        return ""
    return form.unit or next(iter(rateable(case)), "")


def _rated_before(case: Handled, form: Rate) -> Rating | None:
    key = (form.by, form.rated, _rated(case, form), form.rater if form.by == "township" else "")
    same = [each for each in case.ratings if (each.by, each.rated, each.unit, each.rater) == key]
    return same[-1] if same else None


def _do_rate(case: Handled, form: Rate, context: Context) -> Changes:
    rated = _rated(case, form)
    rating = Rating(
        case.matter_id,
        form.by,
        form.rated,
        form.on or context.today,
        form.satisfaction,
        unit=rated,
        rater=form.rater if form.by == "township" else "",
        in_time=form.in_time,
        note=form.note,
    )
    who = context.unit(form.rater) if form.by == "township" else codes.RATERS[form.by]
    whom = context.unit(rated) if rated else codes.RATED[form.rated]
    note = f"：{form.note}" if form.note else ""
    return Changes(put=(rating,), words=f"{who}评价{whom}“{codes.SATISFACTIONS[form.satisfaction]}”{note}")


ACTS: tuple[Act, ...] = (
    Act(
        "urge",
        "催办、督办",
        ALL_FLOWS,
        frozenset(),
        ARTICLE_40,
        _check_press,
        _do_press,
        hindrance=_nobody,
    ),
    Act(
        "urge_reply",
        "登记催办督办回复",
        ALL_FLOWS,
        frozenset(),
        ARTICLE_40,
        _check_reply,
        _do_reply,
        over=True,
        hindrance=_nothing_urged,
    ),
    Act("rate", "登记评价", ALL_FLOWS, frozenset(), _RATING, _check_rate, _do_rate, over=True),
)
