"""Where a matter goes: forwarded, assigned, handed over, or to the discipline inspection (《信访工作条例》第二十二条、第三十条)."""

from __future__ import annotations

from collections.abc import Iterable

from qingyuan_desk.domain import duties
from qingyuan_desk.domain.checks import choice, day, text, warn
from qingyuan_desk.domain.handling import codes
from qingyuan_desk.domain.handling.case import Handled
from qingyuan_desk.domain.handling.forms import (
    Discipline,
    Forward,
    HandOver,
)
from qingyuan_desk.domain.handling.records import Sending
from qingyuan_desk.domain.handling.rules import (
    Act,
    Changes,
    Context,
    Start,
    Stop,
    future,
    past,
    unit,
)
from qingyuan_desk.domain.problems import Problem

ARTICLE_22 = "《信访工作条例》第二十二条"
ARTICLE_23 = "《信访工作条例》第二十三条第三款"
ARTICLE_30 = "《信访工作条例》第三十条"
DISCIPLINE = "discipline"

#: Where a matter stands before it is sent, on its way, and signed for, by flow.
BEGINS = {"petition": "to_forward", "handover": "to_hand_over"}
ON_ITS_WAY = {"petition": "forwarded", "handover": "handed"}


# --- sending -----------------------------------------------------------------------------------------------------


def _unclassified(case: Handled) -> str:
    if case.petition is None or not case.petition.kind:
        return "还没有认定信访类别和信访目的，请先认定。"
    if case.petition.kind == "accusation":
        return "检举控告只能移送纪检监察机关（《信访工作条例》第二十二条第二款、第三十条）。"
    return ""


def _check_forward(case: Handled, form: Forward, context: Context) -> Iterable[Problem]:
    yield from choice("mode", "方式", form.mode, {"forward": "", "assign": ""})
    yield from _check_sending(case, form, context)
    if form.mode == "assign":
        if form.limit_on is None:
            yield Problem("limit_on", "交办要写明指定办理期限。", f"{ARTICLE_22}第三项")
        yield from text("requirement", "办理要求", form.requirement, "narrative")


def _check_hand_over(case: Handled, form: HandOver, context: Context) -> Iterable[Problem]:
    yield from _check_sending(case, form, context)


def _check_sending(case: Handled, form: Forward | HandOver, context: Context) -> Iterable[Problem]:
    yield from unit("unit", "主办单位", form.unit, context)
    for code in form.co_units:
        yield from unit("co_units", "协办单位", code, context)
    if form.unit and form.unit in form.co_units:
        yield Problem(
            "co_units", f"{context.unit(form.unit)}已经是主办单位，协办单位里请去掉。一类事务由一个机构负责。"
        )
    yield from past("on", "送出日期", form.on, case, context)
    yield from future("limit_on", "办理期限", form.limit_on, form.on or context.today)
    yield from text("requirement", "办理要求", form.requirement, "narrative", needed=False)
    yield from gate(case, form.unit, form.reason, form.approved_by, context)
    clock = case.clock("petition_register")
    if clock and (form.on or context.today) > clock.natural_end:
        yield warn("on", f"登记并转送、交办的期限是 {clock.natural_end:%Y-%m-%d}，已经超过。", ARTICLE_22)


def gate(case: Handled, code: str, reason: str, approved_by: str, context: Context) -> Iterable[Problem]:
    """清单交办准入: a unit the duty list does not name needs a reason and somebody who approves."""
    if not code or context.reference.unit(code) is None or listed(case, code, context):
        return
    name = context.unit(code)
    if not reason.strip():
        yield Problem(
            "reason",
            f"职责清单没有把这类事项列给{name}。请改选清单上的单位，或者写明清单外交办的理由。",
            "职责清单交办准入",
        )
    if not approved_by.strip():
        yield Problem("approved_by", "清单外交办要有批准人。", "职责清单交办准入")


def listed(case: Handled, code: str, context: Context) -> bool:
    """Whether the duty list names this unit for the matter."""
    return duties.listed(context.reference, case.matter_kind, code, case.township)


def _do_forward(case: Handled, form: Forward, context: Context) -> Changes:
    return _send(case, form, form.mode, context)


def _do_hand_over(case: Handled, form: HandOver, context: Context) -> Changes:
    return _send(case, form, "hand_over", context)


def _send(case: Handled, form: Forward | HandOver, mode: str, context: Context) -> Changes:
    on = form.on or context.today
    sent = Sending(
        case.matter_id,
        mode,
        form.unit,
        on,
        co_units=form.co_units,
        limit_on=form.limit_on,
        requirement=form.requirement,
        materials=form.materials,
        listed=listed(case, form.unit, context),
        reason=form.reason,
        approved_by=form.approved_by,
    )
    start = (Start("petition_assigned", on, form.limit_on, of_record=True),) if mode == "assign" else ()
    return Changes(
        put=(sent,),
        node=ON_ITS_WAY[case.flow],
        start=start,
        stop=(Stop("petition_register", on), Stop("petition_reforward", on)),
        numbered="sending",
        unit=form.unit,
        words=_sent_words(sent, context),
    )


def _sent_words(sent: Sending, context: Context) -> str:
    said = f"{codes.MODES[sent.mode]}{context.unit(sent.unit)}主办"
    if sent.co_units:
        said += f"，{'、'.join(context.unit(code) for code in sent.co_units)}协办"
    if sent.limit_on:
        said += f"，{day(sent.limit_on)}前办结"
    if not sent.listed:
        said += f"；清单外交办：{sent.reason}（批准人 {sent.approved_by}）"
    return said


# --- 检举控告 ------------------------------------------------------------------------------------------------------


def _no_accusation(case: Handled) -> str:
    if case.sealed or case.classified.kind == "accusation":
        return ""
    return "只有检举控告才移送纪检监察机关。属于检举控告的，请先认定信访类别。"


def _check_discipline(case: Handled, form: Discipline, context: Context) -> Iterable[Problem]:
    yield from unit("unit", "纪检监察机关", form.unit, context)
    yield from past("on", "移送日期", form.on, case, context)
    found = context.reference.unit(form.unit)
    if found is None:
        return
    if form.unit != DISCIPLINE and found.parent != DISCIPLINE:
        yield Problem(
            "unit", f"检举控告只能移送纪检监察机关，{found.name}不是。", f"{ARTICLE_22}第二款；{ARTICLE_30}"
        )
    accused = _accused(case, context)
    if accused & _kin(form.unit, context):
        yield Problem(
            "unit",
            f"被检举、控告的是{found.name}或者它的上级、下级，不得转给它。请报上一级纪检监察机关，线下移送。",
            f"{ARTICLE_30}第三款",
        )


def _accused(case: Handled, context: Context) -> frozenset[str]:
    """The units among those who are accused, found by their names."""
    named = [each.name for each in case.opponents if each.name]
    return frozenset(
        each.code
        for each in context.reference.units
        if any(each.name in name or (len(name) > 2 and name in each.name) for name in named)
    )


def _kin(code: str, context: Context) -> frozenset[str]:
    """A unit, those above it, and those below it."""
    above, found = {code}, context.reference.unit(code)
    while found and found.parent and found.parent not in above:
        above.add(found.parent)
        found = context.reference.unit(found.parent)
    below = {each.code for each in context.reference.units if each.parent == code}
    return frozenset(above | below)


def _do_discipline(case: Handled, form: Discipline, context: Context) -> Changes:
    on = form.on or context.today
    sent = Sending(
        case.matter_id, "discipline", form.unit, on, materials=form.materials, state="accepted", ended_on=on
    )
    return Changes(
        put=(sent,),
        node="disciplined",
        stop=tuple(Stop(each.rule, on, each.rule == "petition_register") for each in case.running),
        numbered="sending",
        unit=form.unit,
        words="移送纪检监察机关",
    )


_PETITION, _HANDOVER = frozenset({"petition"}), frozenset({"handover"})

ACTS: tuple[Act, ...] = (
    Act(
        "forward",
        "转送、交办",
        _PETITION,
        frozenset({"to_forward"}),
        ARTICLE_22,
        _check_forward,
        _do_forward,
        hindrance=_unclassified,
        first="已经送出的，用“改派”或者“退回”。",
    ),
    Act(
        "hand_over",
        "移送",
        _HANDOVER,
        frozenset({"to_hand_over"}),
        f"{ARTICLE_22}、第二十三条",
        _check_hand_over,
        _do_hand_over,
        first="已经送出的，用“改派”或者“退回”。",
    ),
    Act(
        "discipline",
        "移送纪检监察机关",
        _PETITION,
        frozenset({"to_forward"}),
        f"{ARTICLE_22}第二款、第三十条",
        _check_discipline,
        _do_discipline,
        sealed=True,
        hindrance=_no_accusation,
    ),
)
