"""How a matter ends, is looked at again, or goes into another flow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from qingyuan_desk.domain.checks import choice, day, text, warn
from qingyuan_desk.domain.clocks import RIGHTS
from qingyuan_desk.domain.flows import FLOWS, is_closed, starting_clocks
from qingyuan_desk.domain.handling import codes
from qingyuan_desk.domain.handling.accepting import EXTENDED, FINISH
from qingyuan_desk.domain.handling.case import Handled
from qingyuan_desk.domain.handling.forms import Close, Recheck, Switch, Withdraw
from qingyuan_desk.domain.handling.records import Ending
from qingyuan_desk.domain.handling.responding import given_back
from qingyuan_desk.domain.handling.rules import (
    ALL_FLOWS,
    SENT_FLOWS,
    WHATEVER,
    Act,
    Changes,
    Context,
    Move,
    Start,
    Stop,
    after,
    every_clock,
    future,
    past,
    unit,
)
from qingyuan_desk.domain.problems import Problem

#: A procedural closing is looked at again within so many days.
RECHECK_WITHIN = 365
_CLOSED_AT = {"petition": frozenset({"handling", "answered", "review_answered"})}
_HANDED_AT = frozenset({"received", "handling", "replied"})
#: Clocks that are met when the matter is finished.
_FINISHED = (FINISH, EXTENDED, "petition_assigned", "handover_reply")


# --- 办结 ----------------------------------------------------------------------------------------------------------


def _check_close(case: Handled, form: Close, context: Context) -> Iterable[Problem]:
    yield from choice("kind", "办结方式", form.kind, codes.CLOSINGS)
    yield from text("reason", "办结情况", form.reason, "narrative")
    yield from past("on", "办结日期", form.on, case, context)
    yield from after("on", "办结日期", form.on, _last_act(case), "上一步的日期")
    if form.kind == "procedural" and form.recheck_on is None:
        yield Problem("recheck_on", "程序性办结要写明复查日期。")
    yield from future("recheck_on", "复查日期", form.recheck_on, form.on or context.today)
    if form.recheck_on and form.recheck_on > (form.on or context.today) + timedelta(days=RECHECK_WITHIN):
        yield Problem("recheck_on", "复查日期不能晚于一年以后。")
    if case.node == "handling" and case.classified.way == "opinion" and case.opinion is None:
        yield warn(
            "reason",
            "还没有处理意见书：已经调解、和解的，请存入协议书；信访人不再要求的，请用“撤回”。",
            "《信访工作条例》第三十二条、第三十三条",
        )


def _last_act(case: Handled) -> date | None:
    """The last day on which something was done that comes before the end."""
    days = [case.classified.accepted_on]
    days += [each.signed_on for each in case.opinions]
    days += [
        each.replied_on or each.received_on or each.sent_on
        for each in case.sendings
        if each.mode != "support"
    ]
    return max((each for each in days if each), default=None)


def _do_close(case: Handled, form: Close, context: Context) -> Changes:
    on = form.on or context.today
    ended = Ending(case.matter_id, form.kind, on, form.reason, recheck_on=form.recheck_on)
    start = (Start("ending_recheck", on, form.recheck_on),) if form.recheck_on else ()
    return Changes(
        put=(ended, *given_back(case, on)),
        node="closed",
        start=start,
        stop=tuple(stop for stop in every_clock(case, on, _FINISHED) if stop.rule not in RIGHTS),
        words=f"{codes.CLOSINGS[form.kind]}：{form.reason}"
        + (f"；{day(form.recheck_on)}复查" if form.recheck_on else ""),
    )


def _nothing_to_recheck(case: Handled) -> str:
    ending = case.ending
    if ending is None or ending.recheck_on is None:
        return "没有约定复查日期的办结，不用复查。"
    return "已经复查过。" if ending.rechecked_on else ""


def _check_recheck(case: Handled, form: Recheck, context: Context) -> Iterable[Problem]:
    yield from text("result", "复查情况", form.result, "narrative")
    yield from past("on", "复查日期", form.on, case, context)
    yield from after("on", "复查日期", form.on, case.ending.on if case.ending else None, "办结日期")


def _do_recheck(case: Handled, form: Recheck, context: Context) -> Changes:
    on, ending = form.on or context.today, case.ending
    assert ending is not None
    looked = replace(ending, rechecked_on=on, recheck=form.result, undone_on=on if form.open_again else None)
    return Changes(
        put=(looked,),
        node="handling" if form.open_again else "",
        stop=(Stop("ending_recheck", on),),
        words=("重新办理：" if form.open_again else "仍按程序性办结：") + form.result,
    )


# --- 撤回 ----------------------------------------------------------------------------------------------------------


def _check_withdraw(case: Handled, form: Withdraw, context: Context) -> Iterable[Problem]:
    yield from text("reason", "撤回理由", form.reason, "narrative")
    yield from past("on", "撤回日期", form.on, case, context)


def _do_withdraw(case: Handled, form: Withdraw, context: Context) -> Changes:
    on = form.on or context.today
    back = tuple(replace(each, state="recalled") for each in given_back(case, on))
    return Changes(put=back, node="withdrawn", stop=every_clock(case, on), words=form.reason)


# --- 转入其他流程 ------------------------------------------------------------------------------------------------------

#: Where a matter may leave its flow, by flow.
_LEAVES: Mapping[str, frozenset[str]] = {
    "petition": frozenset({"to_forward", "forwarded", "received", "objected", "handling", "answered"}),
    "handover": frozenset({"to_hand_over", "handed", "received", "objected", "handling", "replied"}),
    "consultation": frozenset({"to_answer", "booked", "answered"}),
    "mediation": frozenset({"consent", "ended", "withdrawn", "declined"}),
}
_WHY_NOT: Mapping[str, str] = {
    "petition": "复查、复核中和已经终结的信访事项不能转流程。",
    "handover": "已经办结的移送事项不能转流程，请作为新事项登记。",
    "consultation": "正在办理法律援助，办完以后再转。",
    "mediation": "调解正在进行，或者已经达成协议。调解不成、撤回以后才能转入其他流程。",
}
#: Clocks of the petition that run on while the parties are in mediation: the duty of the organ stays.
_RUN_ON = frozenset({FINISH, EXTENDED, "petition_notify", "petition_notify_forwarded", "petition_assigned"})


def _stays(case: Handled) -> str:
    return "" if case.node in _LEAVES[case.flow] else _WHY_NOT[case.flow]


def _check_switch(case: Handled, form: Switch, context: Context) -> Iterable[Problem]:
    reference = context.reference
    category = reference.category(form.category)
    yield from choice("flow", "流程", form.flow, {code: "" for code in FLOWS})
    if category is None:
        yield Problem("category", "请选择类别。")
    if form.flow == case.flow:
        yield Problem("flow", "本件现在就在这个流程里。要换单位的，请用“改派”。")
    if form.unit:
        yield from unit("unit", "主办单位", form.unit, context)
    if form.room and form.room not in {each.code for each in reference.rooms}:
        yield Problem("room", "请从列表里选房间。")
    if form.dispute_type and reference.dispute_type(form.dispute_type) is None:
        yield Problem("dispute_type", "请从列表里选纠纷类型。")
    if form.flow == "mediation" and case.mediated:
        yield Problem(
            "flow", "本件已经调解过，卷宗不能重开。双方都愿意再调解的，请登记一件新的事项，重新申请。"
        )
    elif form.flow == "mediation":
        if not (form.dispute_type or case.dispute_type):
            yield Problem("dispute_type", "转入调解要选纠纷类型。")
        yield warn(
            "reason",
            "调解要各方同意，在“调解”里逐一征求意见；已经受理的信访事项，办理期限继续计算。",
            "《信访工作条例》第三十三条；《人民调解法》第十七条",
        )
    yield from text("reason", "转办原因", form.reason, "narrative")
    yield from past("on", "日期", form.on, case, context)


def _do_switch(case: Handled, form: Switch, context: Context) -> Changes:
    on = form.on or context.today
    category = context.reference.category(form.category)
    assert category is not None
    accepted = case.classified.accepted_on is not None and case.classified.refused_on is None
    resumed = accepted and form.flow == "petition"
    # Mediation in a petition (第三十三条) does not end the organ's duty.
    keeps = resumed or (accepted and form.flow == "mediation")
    back = () if keeps else tuple(replace(each, state="recalled") for each in given_back(case, on))
    unit_then = case.classified.accepted_by if resumed else category.unit
    return Changes(
        put=back,
        node="handling" if resumed else FLOWS[form.flow].first,
        start=() if resumed else _begin(case, form, on),
        stop=_leave(case, form, on, keeps=keeps),
        move=Move(
            form.flow,
            form.category,
            form.room or category.room,
            form.unit or unit_then,
            form.dispute_type or case.dispute_type,
        ),
        words=f"转入{_flow_name(form.flow, context)}：{form.reason}",
    )


def _flow_name(code: str, context: Context) -> str:
    return next((each.name for each in context.reference.flows if each.code == code), code)


def _leave(case: Handled, form: Switch, on: date, *, keeps: bool) -> tuple[Stop, ...]:
    """What the flow left behind asked for falls away, unless the next one asks the same."""
    stays = set(WHATEVER) | (_RUN_ON if keeps else set()) | set(_asked(form))
    return tuple(
        Stop(each.rule, on, each.rule in ("petition_register", "petition_reforward"), each.subject)
        for each in case.running
        if each.rule not in stays and (each.rule not in _WITH_UNIT or not keeps)
    )


_WITH_UNIT = frozenset({"support_response", "urge_reply"})


def _begin(case: Handled, form: Switch, on: date) -> tuple[Start, ...]:
    """A matter that becomes a petition, or one of daily life, is forwarded within fifteen days from now."""
    return tuple(Start(rule, on) for rule in _asked(form) if case.clock(rule) is None)


def _asked(form: Switch) -> tuple[str, ...]:
    return starting_clocks(form.flow, form.category)


def _open(flow: str) -> frozenset[str]:
    return frozenset(node.code for node in FLOWS[flow].nodes if not is_closed(flow, node.code))


_ENDING_FLOWS = ALL_FLOWS - {"mediation"}

ACTS: tuple[Act, ...] = (
    Act(
        "close",
        "办结",
        SENT_FLOWS,
        _CLOSED_AT["petition"] | _HANDED_AT,
        "《信访工作条例》第三十四条",
        _check_close,
        _do_close,
        hindrance=lambda case: (
            "还没有受理、答复，不能办结。"
            if case.flow == "petition" and case.node not in _CLOSED_AT["petition"]
            else ""
        ),
        first="单位签收或者受理以后才能办结。",
    ),
    Act(
        "recheck",
        "复查办结",
        SENT_FLOWS,
        frozenset({"closed"}),
        "本中心办结管理约定",
        _check_recheck,
        _do_recheck,
        hindrance=_nothing_to_recheck,
        first="程序性办结以后才复查。",
    ),
    Act(
        "withdraw",
        "撤回",
        _ENDING_FLOWS,
        frozenset().union(*(_open(flow) for flow in _ENDING_FLOWS)),
        "信访人自愿撤回",
        _check_withdraw,
        _do_withdraw,
    ),
    Act(
        "switch",
        "转入其他流程",
        ALL_FLOWS,
        frozenset(),
        "《信访工作条例》第三十三条、第三十七条",
        _check_switch,
        _do_switch,
        over=True,
        hindrance=_stays,
    ),
)
