"""An application for legal aid (《法律援助法》第四十条 to 第四十四条): received, put in order, decided, somebody assigned.

The seven days of 第四十三条 run from receipt and are not stopped while materials are lacking: the law says nothing of that.
(The procedure rules of 2012 did not count that time; they are older than the law, and the text in force is not at hand.)
The alarm is on the earlier day, as everywhere. Materials are asked for once, with a day; who does not bring them by then
counts as having withdrawn (第四十三条第二款).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from qingyuan_desk.domain import clocks
from qingyuan_desk.domain.checks import choice, day, text, warn
from qingyuan_desk.domain.handling import codes
from qingyuan_desk.domain.handling.aid_test import aid_test
from qingyuan_desk.domain.handling.case import Handled
from qingyuan_desk.domain.handling.forms import ApplyAid, AssignAid, DecideAid, SupplyAid
from qingyuan_desk.domain.handling.records import LegalAid
from qingyuan_desk.domain.handling.rules import Act, Changes, Context, Start, Stop, after, past
from qingyuan_desk.domain.problems import Problem

DECIDE, ASSIGN = "legalaid_decide", "legalaid_assign"
#: Where somebody may ask for it: at the window, or when a mediation goes no further.
FLOWS = frozenset({"consultation", "mediation"})
_ARTICLE = "《法律援助法》第四十三条"
_ONCE = "《法律援助法》第四十三条第二款"
_MATERIALS = 20


def pending(case: Handled) -> LegalAid | None:
    """The application that nobody has decided on yet."""
    return case.aid if case.aid and not case.aid.granted else None


def lacking(case: Handled) -> LegalAid | None:
    """The application for which materials were asked for and have not come."""
    found = pending(case)
    return found if found and found.lacking and found.supplied_on is None else None


def at(case: Handled, node: str) -> str:
    """The node, where the flow is that of a consultation; in another flow the matter stays where it is."""
    return node if case.flow == "consultation" else ""


# --- the application -------------------------------------------------------------------------------------------------


def _may_apply(case: Handled) -> str:
    if lacking(case):
        return "已经一次性告知要补正的材料，请先登记补正；逾期没有补充的，在“法律援助决定”里视为撤回申请。"
    if case.aid and case.aid.granted == "yes" and case.aid.assigned_on is None:
        return "已经决定给予法律援助，请先指派法律援助人员。"
    return ""


def _check_apply(case: Handled, form: ApplyAid, context: Context) -> Iterable[Problem]:
    yield from choice("affair", "申请事项", form.affair, codes.AID_AFFAIRS)
    yield from choice("exempt", "免予核查经济困难", form.exempt, {"": "", **codes.AID_EXEMPT})
    yield from choice("urgent", "先行提供法律援助", form.urgent, {"": "", **codes.AID_URGENT})
    yield from text("hardship", "经济困难情况", form.hardship, "remark", needed=False)
    if form.on and form.on > context.today:
        yield Problem("on", f"收到申请日期不能晚于今天（{context.today:%Y-%m-%d}）。")
    if not form.exempt and form.affair != "none" and not form.hardship.strip():
        yield Problem(
            "hardship",
            "请写明申请人说的经济困难情况；不受限制或者免予核查的，请选择属于哪一类人员。",
            "《法律援助法》第四十一条",
        )
    if form.affair in codes.AID_AFFAIRS:
        tested = aid_test(form.affair, form.exempt, "hard" if form.hardship.strip() else "")
        if tested.outcome == "not":
            reason = tested.reasons[0]
            yield warn(
                "affair",
                f"{reason.sentence}申请应当收下；决定不予援助的，要书面告知理由。",
                reason.article,
            )
    yield from _check_lacking(case, form, context)


def _check_lacking(case: Handled, form: ApplyAid, context: Context) -> Iterable[Problem]:
    earlier = pending(case)
    on = _received_on(case, form, context)
    if earlier and form.on and form.on != earlier.applied_on:
        yield Problem(
            "on", f"收到申请的日期已经记为 {earlier.applied_on:%Y-%m-%d}，七日从那天起算，不能改。", _ARTICLE
        )
    if len(form.lacking) > _MATERIALS:
        yield Problem("lacking", f"要补正的材料最多 {_MATERIALS} 项，请合并。")
    for number, name in enumerate(form.lacking, 1):
        yield from text("lacking", f"第 {number} 项材料", name, "reason")
    if earlier and earlier.told_on and form.lacking not in ((), earlier.lacking):
        yield Problem(
            "lacking",
            f"{earlier.told_on:%Y-%m-%d} 已经告知过要补正的材料，只能一次性告知，不能再加。",
            _ONCE,
        )
    if form.lacking and not form.supply_by:
        yield Problem("supply_by", "请写明补正期限：到期没有补充或者说明的，才能视为撤回申请。", _ONCE)
    elif form.lacking and form.supply_by and form.supply_by < context.today:
        yield Problem("supply_by", f"补正期限不能早于今天（{context.today:%Y-%m-%d}）。")
    end = _decide_by(on, context)
    if form.lacking and form.supply_by and end and form.supply_by > end:
        yield warn(
            "supply_by",
            f"补正期限晚于审查期限的最后一天（{end:%Y-%m-%d}）：法律没有规定补正期间不计入七日。",
            _ARTICLE,
        )


def _received_on(case: Handled, form: ApplyAid, context: Context) -> date:
    earlier = pending(case)
    return earlier.applied_on if earlier else form.on or context.today


def _decide_by(on: date, context: Context) -> date | None:
    rule = context.reference.clock(DECIDE)
    return clocks.due(rule, on, context.calendar).natural_end if rule else None


def _apply(case: Handled, form: ApplyAid, context: Context) -> Changes:
    """A new application, or one put right that nobody has decided on."""
    earlier, on = pending(case), _received_on(case, form, context)
    told_before = bool(earlier and earlier.told_on)
    record = replace(
        earlier or LegalAid(case.matter_id, on, form.affair),
        affair=form.affair,
        exempt=form.exempt,
        hardship=form.hardship,
        urgent=form.urgent,
    )
    if form.lacking and not told_before:
        record = replace(record, lacking=form.lacking, told_on=context.today, supply_by=form.supply_by)
    waiting = bool(record.lacking) and record.supplied_on is None
    item = codes.AID_AFFAIRS[form.affair].partition("：")[0]
    words = f"第三十一条{item}" if form.affair != "none" else codes.AID_AFFAIRS["none"]
    if record.supply_by and waiting:
        words += f"；一次性告知补正 {len(record.lacking)} 项，{day(record.supply_by)}前补正"
    return Changes(
        put=(record,),
        node=at(case, "aid_lacking" if waiting else "aid_review"),
        start=() if earlier else (Start(DECIDE, on, of_record=True),),
        words=words + ("；先行提供法律援助" if form.urgent else ""),
    )


# --- what was lacking ------------------------------------------------------------------------------------------------


def _may_supply(case: Handled) -> str:
    return "" if lacking(case) else "没有等待补正的法律援助申请。"


def _check_supply(case: Handled, form: SupplyAid, context: Context) -> Iterable[Problem]:
    found = lacking(case)
    yield from past("on", "补正日期", form.on, case, context)
    yield from after("on", "补正日期", form.on, found.told_on if found else None, "告知补正的日期")


def _supply(case: Handled, form: SupplyAid, context: Context) -> Changes:
    found, on = lacking(case), form.on or context.today
    assert found is not None
    return Changes(
        put=(replace(found, supplied_on=on),), node=at(case, "aid_review"), words=f"{day(on)}已补正"
    )


# --- the decision, and who helps ---------------------------------------------------------------------------------


def _may_decide(case: Handled) -> str:
    return "" if pending(case) else "没有等待决定的法律援助申请。"


def _check_decide(case: Handled, form: DecideAid, context: Context) -> Iterable[Problem]:
    found = pending(case)
    yield from choice("granted", "决定", form.granted, codes.AID_DECISIONS)
    yield from text("number", "决定书文号", form.number, "name", needed=False)
    yield from text("why", "理由", form.why, "remark", needed=False)
    if form.on and form.on > context.today:
        yield Problem("on", f"决定日期不能晚于今天（{context.today:%Y-%m-%d}）。")
    if found is None:
        return
    yield from after("on", "决定日期", form.on, found.applied_on, "收到申请的日期")
    if form.granted == "no" and not form.why.strip():
        yield Problem("why", "不给予法律援助的，应当书面告知申请人并说明理由，请写明理由。", _ARTICLE)
    if form.granted == "withdrawn":
        yield from _check_given_up(found, form.on or context.today)
    elif lacking(case) and not found.urgent:
        yield Problem(
            "granted",
            "要补正的材料还没有补齐：请先登记补正；情况紧急的，在申请里写明先行提供法律援助的情形。",
            "《法律援助法》第四十三条第二款、第四十四条",
        )


def _check_given_up(found: LegalAid, on: date) -> Iterable[Problem]:
    if not found.lacking or found.supplied_on:
        yield Problem("granted", "没有要补正的材料，不能视为撤回申请。", _ONCE)
    elif found.supply_by and on <= found.supply_by:
        yield Problem("granted", f"补正期限到 {found.supply_by:%Y-%m-%d} 才满，现在不能视为撤回申请。", _ONCE)


def _decide(case: Handled, form: DecideAid, context: Context) -> Changes:
    found, on = pending(case), form.on or context.today
    assert found is not None
    record = replace(found, granted=form.granted, decided_on=on, number=form.number, why=form.why)
    given = form.granted == "yes"
    nodes = {"yes": "aid_assign", "no": "answered", "withdrawn": "withdrawn"}
    return Changes(
        put=(record,),
        node=at(case, nodes[form.granted]),
        start=(Start(ASSIGN, on, subject=record.record_id),) if given else (),
        stop=(Stop(DECIDE, on, form.granted != "withdrawn", record.record_id),),
        words=f"{codes.AID_DECISIONS[form.granted]}（{day(on)}）",
    )


def _may_assign(case: Handled) -> str:
    waits = case.aid and case.aid.granted == "yes" and case.aid.assigned_on is None
    return "" if waits else "没有决定给予、还没有指派人员的法律援助。"


def _check_assign(case: Handled, form: AssignAid, context: Context) -> Iterable[Problem]:
    yield from text("lawyer", "法律援助人员", form.lawyer, "name")
    if form.on and form.on > context.today:
        yield Problem("on", f"指派日期不能晚于今天（{context.today:%Y-%m-%d}）。")
    yield from after("on", "指派日期", form.on, case.aid.decided_on if case.aid else None, "决定日期")


def _assign(case: Handled, form: AssignAid, context: Context) -> Changes:
    aid, on = case.aid, form.on or context.today
    assert aid is not None
    return Changes(
        put=(replace(aid, assigned_on=on, lawyer=form.lawyer),),
        node=at(case, "aided"),
        stop=(Stop(ASSIGN, on, subject=aid.record_id),),
        words=f"指派{form.lawyer}（{day(on)}）",
    )


def starting_apply(case: Handled, context: Context) -> ApplyAid:
    """The application as it stands while nobody has decided on it."""
    found = pending(case)
    if found is None:
        return ApplyAid()
    return ApplyAid(
        affair=found.affair,
        exempt=found.exempt,
        hardship=found.hardship,
        lacking=found.lacking,
        supply_by=found.supply_by,
        urgent=found.urgent,
    )


ACTS: tuple[Act, ...] = (
    Act(
        "apply_aid",
        "申请法律援助",
        FLOWS,
        frozenset(),
        "《法律援助法》第三十一条、第三十二条",
        _check_apply,
        _apply,
        over=True,
        hindrance=_may_apply,
    ),
    Act(
        "supply_aid",
        "补正材料",
        FLOWS,
        frozenset(),
        _ONCE,
        _check_supply,
        _supply,
        over=True,
        hindrance=_may_supply,
    ),
    Act(
        "decide_aid",
        "法律援助决定",
        FLOWS,
        frozenset(),
        _ARTICLE,
        _check_decide,
        _decide,
        over=True,
        hindrance=_may_decide,
    ),
    Act(
        "assign_aid",
        "指派援助人员",
        FLOWS,
        frozenset(),
        _ARTICLE,
        _check_assign,
        _assign,
        over=True,
        hindrance=_may_assign,
    ),
)
