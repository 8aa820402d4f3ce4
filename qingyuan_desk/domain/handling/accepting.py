"""What a petition is, and whether it is accepted (《信访工作条例》第十九条 to 第二十三条、第三十一条、第三十六条)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from datetime import date, timedelta

from qingyuan_desk.domain import clocks
from qingyuan_desk.domain.checks import choice, day, text, warn
from qingyuan_desk.domain.handling import codes
from qingyuan_desk.domain.handling.case import Handled
from qingyuan_desk.domain.handling.forms import Accept, Classify, Guide, NoMore, Refuse
from qingyuan_desk.domain.handling.records import Notice, Sending
from qingyuan_desk.domain.handling.rules import (
    SENT_FLOWS,
    Act,
    Changes,
    Context,
    Start,
    Stop,
    after,
    every_clock,
    past,
    unit,
)
from qingyuan_desk.domain.problems import Problem

FINISH, EXTENDED = "petition_finish", "petition_extension"
REVIEW_RIGHT, RECHECK_RIGHT = "petition_review_request", "petition_recheck_request"
#: Clocks that are met when the petitioner is told in writing what becomes of the petition (第二十三条).
TELLING = ("petition_notify", "petition_notify_forwarded")
#: Nodes at which nobody has accepted or refused yet.
UNDECIDED = frozenset({"to_forward", "received"})
_SIX = "《信访工作条例》第三十一条第六项"
_LATE: Mapping[str, str] = {"late_review": REVIEW_RIGHT, "late_recheck": RECHECK_RIGHT}
_AT: Mapping[str, str] = {"late_review": "answered", "late_recheck": "review_answered"}


# --- classify ------------------------------------------------------------------------------------------------------


def _check_classify(case: Handled, form: Classify, context: Context) -> Iterable[Problem]:
    yield from choice("kind", "信访类别", form.kind, codes.KINDS)
    yield from choice("purpose", "信访目的", form.purpose, codes.PURPOSES)
    yield from choice("channel", "信访形式", form.channel, codes.CHANNELS)
    yield from text("content", "内容分类", form.content, "reason", needed=False)
    yield from text("cause", "产生信访原因", form.cause, "reason", needed=False)
    yield from past("query_told_on", "告知查询码日期", form.query_told_on, case, context)
    for name in _TRISTATES:
        yield from choice(name, "是否", getattr(form, name), codes.TRISTATE)
    meant = codes.KIND_OF.get(form.purpose, form.kind)
    if form.kind in codes.KINDS and meant != form.kind:
        yield Problem(
            "purpose",
            f"信访目的“{codes.PURPOSES[form.purpose]}”属于“{codes.KINDS[meant]}”类，与信访类别“{codes.KINDS[form.kind]}”不符。",
            "《信访工作条例》第二十九条至第三十一条",
        )
    if form.first_national == "yes" and "no" in (form.first_office, form.first_channel):
        yield Problem("first_national", "全国初次的，本登记机构、本信访形式也必是初次，请核对。")
    if form.first_office == "yes" and form.first_channel == "no":
        yield Problem("first_channel", "本登记机构初次的，本信访形式也必是初次，请核对。")
    if case.sealed and form.kind != "accusation":
        yield Problem("kind", "这件是检举控告密件，信访类别只能是“检举控告”。", "《信访工作条例》第三十条")
    if form.kind == "accusation" and not case.sealed:
        yield warn(
            "kind",
            "认定为检举控告以后，本件成为密件：只有知悉人能看，只能移送纪检监察机关。",
            "《信访工作条例》第三十条",
        )
        if case.sending:
            yield warn(
                "kind",
                f"本件已经送给{context.unit(case.sending.unit)}，请立即收回材料。",
                "《信访工作条例》第三十条",
            )


_TRISTATES = (
    "first_national",
    "first_office",
    "first_channel",
    "court",
    "reconsidered",
    "arbitrated",
    "opinion",
)


def _do_classify(case: Handled, form: Classify, context: Context) -> Changes:
    said = {each.name: getattr(form, each.name) for each in fields(form)}
    seal = form.kind == "accusation" and not case.sealed
    words = f"{codes.KINDS[form.kind]}，目的{codes.PURPOSES[form.purpose]}"
    return Changes(
        put=(replace(case.classified, **said),),
        seal=seal,
        flags=("accusation",) if seal else (),
        words=words + ("，转为密件" if seal else ""),
    )


# --- accept --------------------------------------------------------------------------------------------------------


def _unclassified(case: Handled) -> str:
    if case.flow == "handover":
        return ""
    if not case.classified.kind:
        return "还没有认定信访类别和信访目的，请先认定。"
    if case.classified.kind == "accusation":
        return "检举控告由纪检监察机关接收、受理，请移送（《信访工作条例》第三十条）。"
    return ""


def _check_accept(case: Handled, form: Accept, context: Context) -> Iterable[Problem]:
    yield from unit("unit", "受理单位", form.unit or _with(case), context)
    if _is_appeal(case):
        yield from choice("way", "处理途径", form.way, codes.WAYS)
    yield from past("on", "受理日期", form.on, case, context)
    yield from past("told_on", "告知日期", form.told_on, case, context)
    yield from choice("told_how", "告知方式", form.told_how, codes.SERVICES)
    yield from text("number", "受理告知书文号", form.number, "name", needed=False)
    sent = case.sending
    yield from after("on", "受理日期", form.on, sent.received_on if sent else None, "签收日期")
    if sent and form.unit and form.unit != sent.unit:
        yield Problem(
            "unit",
            f"现在由{context.unit(sent.unit)}主办，只能由它受理。要换单位的，请先改派。",
            "一类事务由一个机构负责",
        )
    if case.flow == "petition" and (form.unit or _with(case)) == "petition_office":
        yield warn(
            "unit",
            "信访部门登记、转送、交办、督办信访事项，实体事项由有权处理的机关、单位受理；不是信访部门自己职责的，请先转送。",
            "《信访工作条例》第二十二条",
        )
    if form.told_on is None:
        yield warn(
            "told_on",
            "还没有书面告知信访人接收情况、处理途径和程序：自收到之日起十五日内要告知，告知以后请记下。",
            "《信访工作条例》第二十三条",
        )


def _is_appeal(case: Handled) -> bool:
    return case.flow == "petition" and case.classified.kind == "appeal"


def _with(case: Handled) -> str:
    return case.sending.unit if case.sending else case.unit


def _do_accept(case: Handled, form: Accept, context: Context) -> Changes:
    on, code = form.on or context.today, form.unit or _with(case)
    sixty = _is_appeal(case) and form.way == "opinion"
    way = form.way if _is_appeal(case) else ""
    petition = replace(
        case.classified,
        accepted_on=on,
        accepted_by=code,
        acceptance_number=form.number,
        way=way,
        finish_on=sixty_days(on, context) if sixty else None,
    )
    put: list[Sending | Notice] = []
    if case.sending:
        put.append(replace(case.sending, state="accepted", accepted_on=on))
    if form.told_on:
        put.append(Notice(case.matter_id, "acceptance", form.told_on, form.told_how, number=form.number))
    how = f"（{codes.WAYS[way]}）" if way and way != "opinion" else ""
    return Changes(
        put=(petition, *put),
        node="handling",
        start=(Start(FINISH, on),) if sixty else (),
        stop=_decided(case, on, form.told_on),
        unit=code,
        words=f"{context.unit(code)}受理{how}"
        + (f"，{day(petition.finish_on)}前办结" if petition.finish_on else ""),
    )


def sixty_days(on: date, context: Context) -> date:
    """The last day of 第三十四条, before holidays move it."""
    rule = context.reference.clock(FINISH)
    return clocks.due(rule, on, context.calendar).natural_end if rule else on + timedelta(days=60)


def _decided(case: Handled, on: date, told_on: date | None) -> tuple[Stop, ...]:
    """Whether it is accepted has been decided: nobody objects any more; the petitioner may have been told already."""
    stops = [Stop(rule, on) for rule in ("petition_register", "petition_reforward")]
    stops.append(Stop("petition_objection", on, met=False))
    if told_on:
        stops += [Stop(rule, told_on) for rule in TELLING]
    return tuple(stops)


# --- not accepted ----------------------------------------------------------------------------------------------------


def _check_refuse(case: Handled, form: Refuse, context: Context) -> Iterable[Problem]:
    yield from choice("ground", "不予受理事由", form.ground, codes.REFUSALS)
    yield from past("on", "告知日期", form.on, case, context)
    yield from choice("told_how", "告知方式", form.told_how, codes.SERVICES)
    yield from text("explanation", "说明", form.explanation, "narrative", needed=False)
    ground = codes.REFUSALS.get(form.ground)
    if ground is None:
        return
    if ground.needs == "unit" and not form.organ.strip():
        yield Problem("organ", "请写明在办的，或者有权处理的机关、单位。", ground.article)
    if ground.needs == "path" and not (form.paths or form.organ.strip()):
        yield Problem("paths", "请选择法定途径，或者写明有权处理的机关，告知信访人向谁提出。", ground.article)
    if ground.needs == "number" and not form.number.strip():
        yield Problem("number", "请写明原意见书的文号。", ground.article)
    yield from _late(case, form, context)
    if form.ground not in _LATE and case.node in _AT.values():
        yield Problem("ground", "已经答复的事项，只有逾期请求复查、复核才能不予受理。")


def _late(case: Handled, form: Refuse, context: Context) -> Iterable[Problem]:
    """A request is late only when its thirty days are over, holidays counted in the petitioner's favour."""
    if form.ground not in _LATE:
        return
    clock = case.clock(_LATE[form.ground])
    if clock and (form.on or context.today) <= clock.end:
        yield Problem(
            "ground",
            f"请求的期限到 {clock.end:%Y-%m-%d} 才满，没有逾期，应当受理。",
            codes.REFUSALS[form.ground].article,
        )


def _do_refuse(case: Handled, form: Refuse, context: Context) -> Changes:
    on = form.on or context.today
    ground = codes.REFUSALS[form.ground]
    petition = replace(
        case.classified,
        ground=form.ground,
        organ=form.organ,
        explanation=form.explanation,
        paths=form.paths,
        refused_on=on,
    )
    told = Notice(case.matter_id, "refusal", on, form.told_how, number=form.number)
    back = (
        ()
        if case.sending is None
        else (replace(case.sending, state="replied", reply="不予受理", ended_on=on),)
    )
    return Changes(
        put=(petition, told, *back),
        node="not_accepted",
        stop=every_clock(case, on, ("petition_register", "petition_reforward", *TELLING)),
        words=f"{ground.name}（{ground.article}）",
    )


def _check_no_more(case: Handled, form: NoMore, context: Context) -> Iterable[Problem]:
    yield from text("number", "复核意见文号", form.number, "name")
    yield from text("organ", "复核机关", form.organ, "name")
    yield from past("on", "告知日期", form.on, case, context)
    yield from choice("told_how", "告知方式", form.told_how, codes.SERVICES)
    known = [each for each in case.opinions if each.level == 3 and each.number]
    if known and form.number.strip() and form.number.strip() != known[-1].number:
        yield Problem("number", f"本件的复核意见书是{known[-1].number}，请核对。")
    if not form.explanation.strip():
        yield warn(
            "explanation",
            "请安排疏导教育、矛盾化解、帮扶救助，并写在这里。",
            "《信访工作条例》第三十七条第三款",
        )


def _do_no_more(case: Handled, form: NoMore, context: Context) -> Changes:
    on = form.on or context.today
    petition = replace(
        case.classified,
        ground="no_more",
        opinion="yes",
        organ=form.organ,
        explanation=form.explanation,
        refused_on=on,
    )
    told = Notice(case.matter_id, "no_more", on, form.told_how, number=form.number)
    back = (
        ()
        if case.sending is None
        else (replace(case.sending, state="replied", reply="不再受理", ended_on=on),)
    )
    return Changes(
        put=(petition, told, *back),
        node="no_more",
        stop=every_clock(case, on, ("petition_register", "petition_reforward", *TELLING)),
        words=f"{codes.NO_MORE.name}（{form.organ} {form.number}）",
    )


# --- 诉访分离 --------------------------------------------------------------------------------------------------------

_ORGANS = {"legal": "政法单位", "resident": "常驻单位"}


def _check_guide(case: Handled, form: Guide, context: Context) -> Iterable[Problem]:
    yield from unit("organ", "有关政法部门", form.organ, context, _ORGANS)
    yield from text("path", "法律程序", form.path, "reason")
    yield from text("explanation", "释法明理要点", form.explanation, "narrative", needed=False)
    yield from past("on", "引导日期", form.on, case, context)
    private = case.opponents and all(each.kind != "organ" for each in case.opponents)
    if private and "case_open" not in case.flags and case.category != "litigation_matter":
        yield warn(
            "organ",
            "对方是个人或者企业，又没有案件在办：双方愿意的，先按民间纠纷调解，不是涉法涉诉。",
            "《人民调解法》第十七条、第十八条",
        )


def _do_guide(case: Handled, form: Guide, context: Context) -> Changes:
    on = form.on or context.today
    back = () if case.sending is None else (replace(case.sending, state="recalled", ended_on=on),)
    return Changes(
        put=(
            Notice(case.matter_id, "litigation", on, "hand", note=f"{context.unit(form.organ)}：{form.path}"),
            *back,
        ),
        node="guided",
        stop=every_clock(case, on, ("petition_register", "petition_reforward", *TELLING)),
        unit=form.organ,
        words=f"引导到{context.unit(form.organ)}：{form.path}",
    )


_PETITION = frozenset({"petition"})

ACTS: tuple[Act, ...] = (
    Act(
        "classify",
        "认定",
        SENT_FLOWS,
        frozenset(),
        "《信访工作条例》第二十九条至第三十一条",
        _check_classify,
        _do_classify,
        sealed=True,
    ),
    Act(
        "accept",
        "受理",
        SENT_FLOWS,
        frozenset({"to_forward", "received"}),
        "《信访工作条例》第二十三条、第三十四条",
        _check_accept,
        _do_accept,
        hindrance=_unclassified,
        first="单位签收以后才能受理；有异议的先核实。",
    ),
    Act(
        "refuse",
        "不予受理",
        _PETITION,
        UNDECIDED | frozenset(_AT.values()),
        "《信访工作条例》第十九条、第二十三条、第三十一条",
        _check_refuse,
        _do_refuse,
        first="受理以后不能再不予受理。",
    ),
    Act(
        "no_more",
        "不再受理",
        _PETITION,
        UNDECIDED | {"rechecked"},
        codes.NO_MORE.article,
        _check_no_more,
        _do_no_more,
    ),
    Act(
        "guide",
        "涉法涉诉引导（诉访分离）",
        SENT_FLOWS,
        frozenset({"to_forward", "received", "to_hand_over"}),
        "《信访工作条例》第二十二条第二款、第二十八条第二款",
        _check_guide,
        _do_guide,
        first="受理以后，按受理时认定的途径办理。",
    ),
)
