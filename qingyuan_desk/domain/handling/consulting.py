"""Legal consultation, legal aid, and referral to a counsellor (《法律援助法》第二十三条、第四十三条；《精神卫生法》第二十三条)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from qingyuan_desk.domain.checks import choice, text, warn
from qingyuan_desk.domain.clocks import last_moment
from qingyuan_desk.domain.handling import codes, legal_aid
from qingyuan_desk.domain.handling.case import Handled, by_id
from qingyuan_desk.domain.handling.forms import Consult, Counsel, Form, Refer
from qingyuan_desk.domain.handling.records import Consultation, Referral
from qingyuan_desk.domain.handling.rules import ALL_FLOWS, Act, Changes, Context, Start, Stop, past
from qingyuan_desk.domain.problems import Problem

#: How a question came → the clock that starts when it is answered later.
CLOCKS: Mapping[str, str] = {
    "letter": "consult_letter",
    "message": "consult_message",
    "online": "consult_online",
}
#: Results after which the question still waits for its answer.
WAITING = frozenset({"later", "booked"})
#: Nodes at which an application for legal aid decides where the matter stands.
_AID_NODES = frozenset({"aid_review", "aid_lacking", "aid_assign"})
_NODES: Mapping[str, str] = {"later": "to_answer", "moved": "to_answer", "booked": "booked"}
_PRIVACY = "《精神卫生法》第二十三条"
#: Words of a diagnosis: counsellors make none, and what is not written down cannot hurt anybody.
_DIAGNOSES = (
    "抑郁症",
    "焦虑症",
    "强迫症",
    "恐惧症",
    "精神分裂",
    "双相",
    "躁狂",
    "精神病",
    "人格障碍",
    "精神障碍",
    "确诊",
    "诊断",
)
_REPORT = "《信访工作条例》第二十五条；《人民调解法》第二十五条"


# --- a question ------------------------------------------------------------------------------------------------------


def waiting(case: Handled) -> Consultation | None:
    """The question that has no answer yet: registered to be answered later, or with an appointment."""
    found = case.consultation
    return found if found and found.answered_at is None else None


def check(form: Consult, context: Context) -> Iterable[Problem]:
    """What is wrong with a question and its answer, whichever matter they belong to."""
    yield from choice("channel", "咨询方式", form.channel, codes.CONSULT_CHANNELS)
    yield from choice("stage", "所处阶段", form.stage, codes.STAGES)
    yield from choice("result", "处理", form.result, codes.ANSWERS)
    if form.satisfaction:
        yield from choice("satisfaction", "满意度", form.satisfaction, codes.SATISFACTIONS)
    if form.asked_at and form.asked_at > context.now:
        yield Problem("asked_at", "提问时间在将来，请核对。")
    if form.crowd and context.reference.crowd_tag(form.crowd) is None:
        yield Problem("crowd", f"没有“{form.crowd}”这个人群类别，请从列表中选。")
    if form.cause and context.reference.dispute_type(form.cause) is None:
        yield Problem("cause", f"没有“{form.cause}”这个案由，请从列表中选。")
    elif not form.cause and form.result != "organ":
        yield Problem("cause", "请选案由；不是法律问题的不用选。")
    yield from text("question", "咨询内容", form.question, "narrative")
    yield from text("articles", "法律依据", form.articles, "reason", needed=False)
    yield from _check_answer(form, context)


def _check_answer(form: Consult, context: Context) -> Iterable[Problem]:
    said = form.result not in WAITING
    yield from text("answer", "解答意见", form.answer, "narrative", needed=said)
    yield from text("lawyer", "解答人", form.lawyer, "name", needed=said)
    yield from text("organ", "应咨询的部门", form.organ, "name", needed=form.result == "organ")
    if form.result == "booked" and (form.booked_for is None or form.booked_for <= context.now):
        yield Problem("booked_for", "约期要写以后的时间，例如 2026-12-01 09:00。")
    if form.result == "later" and form.channel == "visit":
        yield warn(
            "result", "当面来问的，能当场解答的请当场解答；疑难的另行约期。", "《法律援助法》第二十三条"
        )
    if said and not form.aid_told:
        yield warn(
            "aid_told", "解答时应当提示依法申请法律援助的权利，告知条件和程序。", "《法律援助法》第二十三条"
        )
    if form.declined and form.result == "aid":
        yield warn(
            "declined", "申请法律援助要有身份证明：申请时请本人提供。", "《法律援助法》第四十一条、第四十二条"
        )


def _consult(case: Handled, form: Consult, context: Context) -> Changes:
    """What a waiting question said of how and when it came stays; its answer is written beside it."""
    asked, today = waiting(case), context.today
    cause = context.reference.dispute_type(form.cause)
    crowd = context.reference.crowd_tag(form.crowd)
    record = Consultation(
        case.matter_id,
        asked_at=asked.asked_at if asked else form.asked_at or context.now,
        channel=asked.channel if asked else form.channel,
        record_id=asked.record_id if asked else 0,
        declined=form.declined,
        crowd=crowd.code if crowd else "",
        cause=cause.code if cause else "",
        stage=form.stage,
        question=form.question,
        result=form.result,
        answer=form.answer,
        articles=form.articles,
        answered_at=None if form.result in WAITING else context.now,
        lawyer=form.lawyer,
        aid_told=form.aid_told,
        organ=form.organ,
        booked_for=form.booked_for if form.result == "booked" else None,
        satisfaction=form.satisfaction,
    )
    limit = CLOCKS.get(record.channel, "")
    runs = bool(asked and limit and case.clock(limit, asked.record_id))
    begins = form.result == "later" and limit and not runs
    return Changes(
        put=(record,),
        node=_node_after(case, form.result),
        start=(_start(limit, record.asked_at, context),) if begins else (),
        stop=(Stop(limit, today, subject=record.record_id),) if runs and form.result != "later" else (),
        words=_words(record, form.lawyer),
    )


def _start(limit: str, asked_at: datetime, context: Context) -> Start:
    """The clock of an answer; one of hours ends on the day of its last hour."""
    rule = context.reference.clock(limit)
    hours = rule is not None and rule.unit == "hour"
    until = last_moment(rule, asked_at).date() if rule and hours else None
    return Start(limit, asked_at.date(), until, of_record=True)


def _node_after(case: Handled, result: str) -> str:
    return "" if case.node in _AID_NODES else legal_aid.at(case, _NODES.get(result, "answered"))


def _words(record: Consultation, lawyer: str) -> str:
    said = f"{codes.CONSULT_CHANNELS[record.channel]}咨询，{codes.ANSWERS[record.result]}"
    if record.booked_for:
        said += f"（{record.booked_for:%Y-%m-%d %H:%M}）"
    if record.result == "organ":
        said += f"（{record.organ}）"
    said += f"；解答人{lawyer}" if record.answered_at else ""
    return said + ("；本人拒绝提供身份信息" if record.declined else "")


def _starting_consult(case: Handled, context: Context) -> Consult:
    """The waiting question; else one that goes on from the last, or what the visit said."""
    asked, last = waiting(case), case.consultation
    if asked is None:
        return Consult(
            crowd=last.crowd if last else case.crowd,
            cause=last.cause if last else case.dispute_type,
            stage=last.stage if last else "none",
            question=case.narrative,
        )
    return Consult(
        channel=asked.channel,
        asked_at=asked.asked_at,
        declined=asked.declined,
        crowd=asked.crowd,
        cause=asked.cause,
        stage=asked.stage,
        question=asked.question,
        answer=asked.answer,
        articles=asked.articles,
        lawyer=asked.lawyer,
    )


# --- a counsellor ----------------------------------------------------------------------------------------------------


def _check_refer(case: Handled, form: Refer, context: Context) -> Iterable[Problem]:
    yield from choice("purpose", "转介目的", form.purpose, codes.REFERRAL_PURPOSES)
    yield from choice("mode", "方式", form.mode, codes.REFERRAL_MODES)
    for field, name in (("guardian", "监护人"), ("counsellor", "心理咨询师")):
        yield from text(field, name, getattr(form, field), "name", needed=False)
    yield from text("risk", "安全风险", form.risk, "reason", needed=False)
    yield from _no_diagnosis("risk", form.risk)
    if not form.consent:
        yield Problem(
            "consent",
            "没有本人（未成年人的监护人）同意，不能转介；请先说明转介的目的和保密的规定，征得同意。",
            "《个人信息保护法》第二十九条",
        )
    if "minor" in case.flags and not form.guardian.strip():
        yield Problem("guardian", "来访人是未成年人，请写明同意转介的监护人。", "《民法典》第二十三条")
    if form.booked_for and form.booked_for <= context.now:
        yield Problem("booked_for", "预约要写以后的时间，例如 2026-12-01 09:00。")
    if form.risk.strip() and not any(alert.kind == "danger" for alert in case.alerts):
        yield warn(
            "risk",
            "有安全风险：请不要让他（她）独自离开，联系家属，现在就用“紧急、强制报告”报告并记下接报人。",
            _REPORT,
        )


def _no_diagnosis(field: str, said: str) -> Iterable[Problem]:
    """心理咨询人员不得从事心理治疗或者精神障碍的诊断、治疗: what was seen and heard is written, no name of an illness."""
    found = next((word for word in _DIAGNOSES if word in said), "")
    if found:
        yield Problem(
            field,
            f"这里不写病名和诊断（“{found}”）：写看到的、听到的；可能有精神障碍的，建议到医疗机构就诊。",
            _PRIVACY,
        )


def _refer(case: Handled, form: Refer, context: Context) -> Changes:
    record = Referral(
        case.matter_id,
        context.today,
        form.purpose,
        consent=form.consent,
        guardian=form.guardian,
        counsellor=form.counsellor,
        booked_for=form.booked_for,
        mode=form.mode,
        risk=form.risk,
    )
    when = f"，约在 {form.booked_for:%Y-%m-%d %H:%M}" if form.booked_for else ""
    return Changes(put=(record,), words=f"经本人（监护人）同意，{codes.REFERRAL_MODES[form.mode]}{when}")


def _no_referral(case: Handled) -> str:
    return "" if _referred(case) else "没有等待疏导的转介，请先转介。"


def _referred(case: Handled) -> list[Referral]:
    return [each for each in case.referrals if each.done_on is None]


def _meant(case: Handled, referral: int) -> Referral | None:
    found = _referred(case)
    if referral:
        return by_id(found, referral)
    return found[0] if len(found) == 1 else None


def _check_counsel(case: Handled, form: Counsel, context: Context) -> Iterable[Problem]:
    if _meant(case, form.referral) is None:
        yield Problem("referral", "请选择是哪一次转介（已经记录过的不能再记）。")
    yield from text("outcome", "结果", form.outcome, "reason")
    yield from _no_diagnosis("outcome", form.outcome)
    yield from text("note", "封存记录", form.note, "narrative", needed=False)
    yield from past("on", "日期", form.on, case, context)


def _counsel(case: Handled, form: Counsel, context: Context) -> Changes:
    found = _meant(case, form.referral)
    assert found is not None
    record = replace(
        found,
        outcome=form.outcome,
        hospital_told=form.hospital_told,
        note=form.note,
        noted_by=context.actor if form.note else "",
        done_on=form.on or context.today,
    )
    only_that = case.node == "to_answer" and not case.consultations
    return Changes(
        put=(record,),
        node=legal_aid.at(case, "answered") if only_that else "",
        words="已疏导" + ("，建议到医疗机构就诊" if form.hospital_told else ""),
    )


# --- steps -----------------------------------------------------------------------------------------------------------

#: Step → what its form begins with.
BEGINS: Mapping[str, Callable[[Handled, Context], Form]] = {
    "consult": _starting_consult,
    "apply_aid": legal_aid.starting_apply,
}

ACTS: tuple[Act, ...] = (
    Act(
        "consult",
        "解答咨询",
        ALL_FLOWS,
        frozenset(),
        "《法律援助法》第二十三条",
        lambda case, form, context: check(form, context),
        _consult,
        over=True,
    ),
    *legal_aid.ACTS,
    Act(
        "refer",
        "心理疏导转介",
        ALL_FLOWS,
        frozenset(),
        _PRIVACY,
        _check_refer,
        _refer,
        over=True,
    ),
    Act(
        "counsel",
        "心理疏导记录",
        ALL_FLOWS,
        frozenset(),
        _PRIVACY,
        _check_counsel,
        _counsel,
        over=True,
        hindrance=_no_referral,
    ),
)
