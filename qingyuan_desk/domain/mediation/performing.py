"""After the agreement: performing it, asking afterwards, judicial confirmation, what was prevented, corrections."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from qingyuan_desk.domain import money
from qingyuan_desk.domain.mediation.case import (
    Agreement,
    Case,
    Confirmation,
    Correction,
    FollowUp,
    Instalment,
    Prevention,
    Session,
)
from qingyuan_desk.domain.mediation.clauses import TOPICS
from qingyuan_desk.domain.mediation.codes import (
    CONFIRMATION_RESULTS,
    CONTACT_WAYS,
    PERFORMANCES,
    PREVENTIONS,
    SATISFACTIONS,
)
from qingyuan_desk.domain.mediation.forms import Confirm, Correct, FollowUpForm, Perform, Prevent
from qingyuan_desk.domain.mediation.rules import (
    CONFIRM,
    EVERYWHERE,
    Act,
    Changes,
    Context,
    choice,
    day,
    named,
    not_before,
    past,
    text,
)
from qingyuan_desk.domain.problems import Problem

#: 《人民调解法》第三十三条.
CONFIRM_DAYS = 30
_CONFIRM_LAW = "《人民调解法》第三十三条"
_COURT_LAW = "《最高人民法院关于适用〈民事诉讼法〉的解释》第三百五十五条"
#: Dangers that must be reported to the police in time.
_REPORTED = frozenset({"criminal", "fight"})
#: Papers that are signed, and may therefore need a correction.
CORRECTABLE = frozenset(
    {"acceptance", "investigation", "record", "agreement", "oral", "follow_up", "closing", "application"}
)


# --- performing --------------------------------------------------------------------------------------------------


def _check_perform(case: Case, form: Perform, context: Context) -> Iterable[Problem]:
    part = _part(case, form.instalment)
    current = case.agreement
    if part is None or current is None:
        yield Problem("instalment", "没有这一期，请刷新后再看。")
        return
    if form.on > context.today:
        yield Problem("on", f"履行日期不能晚于今天（{context.today:%Y-%m-%d}）。")
    # Whoever performs before the seal is on the paper has performed.
    yield from not_before(
        "on", "履行日期", form.on, current.signed_on or current.effective_on, "各方签署协议的日期"
    )
    yield from not_before("on", "履行日期", form.on, part.paid_on, "这一期上次履行的日期")
    if form.reason.strip():
        yield from _check_taken_back(case, part, form)
        return
    if part.amount and form.amount <= part.paid:
        yield Problem(
            "amount", f"请填写到现在为止这一期一共付了多少，要多于已经登记的 {money.words(part.paid)}。"
        )
    if form.amount > part.amount:
        yield Problem(
            "amount", f"这一期约定 {money.words(part.amount)}，登记的数额不能超过它；多付的记到下一期。"
        )
    if not part.amount and part.paid_on:
        yield Problem("instalment", "这一期已经登记过履行了。")
    yield from text("proof", "凭证", form.proof, "title", needed=False)


def _check_taken_back(case: Case, part: Instalment, form: Perform) -> Iterable[Problem]:
    """Something was entered that was not paid, or less of it: what is right is said with a reason."""
    yield from text("reason", "改正的原因", form.reason, "reason")
    if part.paid_on is None:
        yield Problem("instalment", "这一期还没有登记履行，没有要改正的。")
    elif form.amount >= part.paid and part.amount:
        yield Problem(
            "amount", f"改正以后要少于已经登记的 {money.words(part.paid)}；多付的直接登记，不写改正的原因。"
        )
    if case.mediation and case.mediation.closing == "substantial":
        yield Problem("reason", "已经按全部履行办结，不能再改少；写错的文书请用“更正”。")


def _part(case: Case, record_id: int) -> Instalment | None:
    return next((each for each in case.schedule if each.record_id == record_id), None)


def _perform(case: Case, form: Perform, context: Context) -> Changes:
    part = _part(case, form.instalment)
    if part is None:
        raise ValueError("no such instalment")
    if form.reason:
        right = replace(part, paid_on=form.on if form.amount else None, paid=form.amount, proof=form.proof)
        return Changes(
            put=(right,),
            words=f"改正第{part.position}期：原登记 {money.words(part.paid)}，应为 {money.words(form.amount)}：{form.reason}",
        )
    proof = "；".join(dict.fromkeys(filter(None, (part.proof, form.proof))))
    done = replace(part, paid_on=form.on, paid=form.amount, proof=proof)
    words = f"第{part.position}期 " + (
        f"{money.words(form.amount)}（共 {money.words(part.amount)}）" if part.amount else part.what
    )
    late = (form.on - part.due_on).days
    return Changes(put=(done,), words=f"{words}，{day(form.on)}" + (f"，迟 {late} 天" if late > 0 else ""))


# --- asking afterwards -------------------------------------------------------------------------------------------


def _check_follow_up(case: Case, form: FollowUpForm, context: Context) -> Iterable[Problem]:
    waiting = {each.record_id for each in case.follow_ups if each.done_on is None}
    if form.follow_up and form.follow_up not in waiting:
        yield Problem("follow_up", "没有这次回访安排，或者已经记录过了，请刷新后再看。")
    if form.done_on is None:
        if form.due_on is None:
            yield Problem("due_on", "请填写打算哪天回访。")
        elif form.due_on < context.today:
            yield Problem("due_on", "回访的日期已经过了，请改到今天或者以后。")
        return
    yield from past("done_on", "回访日期", form.done_on, case, context)
    since = case.mediation.ended_on if case.mediation else None
    effect = case.agreement.effective_on if case.agreement else None
    yield from not_before("done_on", "回访日期", form.done_on, since or effect, "协议生效或者终止的日期")
    yield from named(case, "party", form.party, "被回访的当事人")
    yield from choice("how", "回访方式", form.how, CONTACT_WAYS)
    yield from text("visitor", "回访人", form.visitor, "name", needed=False)
    yield from choice("performance", "履行情况", form.performance, PERFORMANCES)
    yield from choice("satisfaction", "满意程度", form.satisfaction, SATISFACTIONS)
    yield from text("danger", "有无反悔、激化隐患", form.danger, "remark", needed=False)
    grave = form.danger.strip() or form.satisfaction == "unsatisfied" or form.performance == "none"
    if grave and not form.measures.strip():
        yield Problem(
            "measures",
            "没有履行、不满意或者有隐患的，请写明采取了什么措施。",
            "《人民调解法》第二十五条、第三十一条",
        )
    yield from text("measures", "采取的措施", form.measures, "remark", needed=False)


def _follow_up(case: Case, form: FollowUpForm, context: Context) -> Changes:
    planned = next((each for each in case.follow_ups if each.record_id == form.follow_up), None)
    done = FollowUp(
        matter_id=case.matter_id,
        record_id=form.follow_up,
        due_on=form.due_on or (planned.due_on if planned else form.done_on) or context.today,
        party=form.party,
        done_on=form.done_on,
        how=form.how if form.done_on else "",
        performance=form.performance,
        satisfaction=form.satisfaction,
        danger=form.danger,
        measures=form.measures,
        visitor=form.visitor,
    )
    if form.done_on is None:
        return Changes(put=(done,), words=f"约定 {day(done.due_on)} 回访")
    party = case.party(form.party)
    words = (
        f"{party.name if party else ''}：{PERFORMANCES[form.performance]}，{SATISFACTIONS[form.satisfaction]}"
    )
    return Changes(put=(done,), words=words)


# --- judicial confirmation -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Check:
    """One condition of judicial confirmation. ok: None where only a person can tell."""

    code: str
    words: str
    article: str
    ok: bool | None


def last_day_to_confirm(agreement: Agreement) -> date | None:
    """The thirtieth day after the day it took effect, as the law counts days; holidays move it (domain/clocks.py)."""
    return agreement.effective_on and agreement.effective_on + timedelta(days=CONFIRM_DAYS)


def eligibility(case: Case, today: date, last: date | None = None) -> tuple[Check, ...]:
    """What judicial confirmation asks for (LP §1.7). last: the last day with holidays; without it that of the law."""
    agreement = case.agreement
    if agreement is None:
        return ()
    until = last or last_day_to_confirm(agreement)
    barred = [
        TOPICS[topic].name for topic in agreement.topics if topic in TOPICS and not TOPICS[topic].confirmable
    ]
    return (
        Check(
            "written",
            "有书面调解协议",
            "《最高人民法院关于适用〈民事诉讼法〉的解释》第三百五十四条",
            agreement.form == "written",
        ),
        Check(
            "in_time",
            f"自生效之日起三十日内（到 {until:%Y-%m-%d}）" if until else "自生效之日起三十日内",
            _CONFIRM_LAW,
            until is not None and today <= until,
        ),
        Check(
            "subject",
            f"不涉及身份关系、物权和知识产权确权（现涉及：{'、'.join(barred)}）"
            if barred
            else "不涉及身份关系、物权和知识产权确权",
            _COURT_LAW,
            not barred,
        ),
        Check(
            "clear",
            "协议内容明确，可以执行",
            "《最高人民法院关于适用〈民事诉讼法〉的解释》第三百五十八条",
            bool(agreement.terms),
        ),
        Check("jointly", "双方都愿意，共同申请", _CONFIRM_LAW, None),
        Check(
            "lawful",
            "不违反法律，不损害国家、公共利益和他人权益",
            "《最高人民法院关于适用〈民事诉讼法〉的解释》第三百五十八条",
            None,
        ),
    )


def _check_confirm(case: Case, form: Confirm, context: Context) -> Iterable[Problem]:
    pending = _pending(case)
    yield from past("on", "日期", form.on, case, context)
    yield from text("court", "人民法院", form.court, "title", needed=not form.result)
    needed = form.result in ("confirmed", "rejected")
    yield from text("document", "裁定书文号", form.document, "title", needed=needed)
    if form.result:
        yield from choice("result", "法院的处理", form.result, CONFIRMATION_RESULTS)
        if pending is None:
            yield Problem("result", "没有等待裁定的申请，请先登记申请。")
        elif form.on < pending.applied_on:
            yield Problem("on", f"裁定日期不能早于申请日期（{pending.applied_on:%Y-%m-%d}）。")
        return
    if pending is not None:
        yield Problem("on", "已经申请司法确认，正在等待裁定。")
    agreement = case.agreement
    effect = agreement.effective_on if agreement else None
    yield from not_before("on", "申请日期", form.on, effect, "协议生效日期")
    yield from _check_again(case)
    for check in eligibility(case, form.on, context.confirm_until):
        if check.ok is False:
            yield Problem("", f"不符合申请司法确认的条件：{check.words}。", check.article)


def _check_again(case: Case) -> Iterable[Problem]:
    """A decision stands; one who was not heard, or took the application back, may ask again in time."""
    last, agreement = case.confirmation, case.agreement
    if last is None or agreement is None or last.agreement != agreement.record_id:
        return
    if last.result == "confirmed":
        yield Problem("on", "这份协议已经裁定确认有效，不用再申请。", _CONFIRM_LAW)
    if last.result == "rejected":
        yield Problem(
            "on", "法院已经裁定驳回；各方可以变更协议、重新达成协议，或者向人民法院起诉。", _CONFIRM_LAW
        )


def _pending(case: Case) -> Confirmation | None:
    last = case.confirmation
    return last if last is not None and not last.result else None


def _confirm(case: Case, form: Confirm, context: Context) -> Changes:
    pending, agreement = _pending(case), case.agreement
    if pending is not None:
        decided = replace(pending, decided_on=form.on, result=form.result, document=form.document)
        return Changes(put=(decided,), words=f"{CONFIRMATION_RESULTS[form.result]} {form.document}".strip())
    if agreement is None:
        raise ValueError("nothing to confirm")
    applied = Confirmation(
        matter_id=case.matter_id, agreement=agreement.record_id, court=form.court, applied_on=form.on
    )
    return Changes(put=(applied,), meet=((CONFIRM, form.on),), words=f"{day(form.on)}向{form.court}申请")


def _nothing_in_force(case: Case) -> str:
    agreement = case.agreement
    if agreement is None:
        return "还没有生效的调解协议。"
    if agreement.form == "oral":
        return "口头协议没有书面协议可以提交法院；要申请司法确认，请双方另行签订书面协议。"
    return ""


# --- prevention and corrections ------------------------------------------------------------------------------------


def _check_prevent(case: Case, form: Prevent, context: Context) -> Iterable[Problem]:
    yield from choice("kind", "防止的情形", form.kind, PREVENTIONS)
    yield from past("on", "日期", form.on, case, context)
    if form.persons < 1:
        yield Problem("persons", "涉及人数至少 1 人。")
    if form.kind in _REPORTED and not form.reported_to.strip():
        yield Problem(
            "reported_to",
            "可能引起治安案件、刑事案件的，应当及时向公安机关报告，请填写报告给了哪个单位。",
            "《人民调解法》第二十五条",
        )
    yield from text("reported_to", "报告单位", form.reported_to, "title", needed=False)
    yield from text("note", "情况", form.note, "remark", needed=False)


def _prevent(case: Case, form: Prevent, context: Context) -> Changes:
    prevented = Prevention(
        matter_id=case.matter_id,
        kind=form.kind,
        persons=form.persons,
        on=form.on or context.today,
        reported_to=form.reported_to,
        note=form.note,
    )
    return Changes(put=(prevented,), words=f"{PREVENTIONS[form.kind]} {form.persons} 人")


def _check_correct(case: Case, form: Correct, context: Context) -> Iterable[Problem]:
    if form.paper not in CORRECTABLE:
        yield Problem("paper", "这种文书不用更正，重新打印就可以。")
    yield from text("before", "原来的内容", form.before, "remark")
    yield from text("after", "更正后的内容", form.after, "remark")
    yield from text("reason", "更正的原因", form.reason, "reason")
    yield from text("approver", "批准人", form.approver, "name")
    if form.before.strip() and form.before.strip() == form.after.strip():
        yield Problem("after", "更正前后一样，没有要更正的。")
    papers: tuple[Session | Agreement | FollowUp, ...] = (
        *case.sessions,
        *case.agreements,
        *case.follow_ups,
    )
    if form.subject and form.subject not in {each.record_id for each in papers}:
        yield Problem("subject", "没有这份文书，请刷新后再看。")


def _correct(case: Case, form: Correct, context: Context) -> Changes:
    corrected = Correction(
        matter_id=case.matter_id,
        paper=form.paper,
        subject=form.subject,
        before=form.before,
        after=form.after,
        reason=form.reason,
        at=context.now,
        actor=context.actor,
        approver=form.approver,
    )
    return Changes(put=(corrected,), words=f"“{form.before}”更正为“{form.after}”：{form.reason}")


def _nothing_to_perform(case: Case) -> str:
    return "" if case.schedule else "协议已经当场履行，没有分期要登记。"


ACTS = (
    Act(
        "instalment",
        "登记履行",
        frozenset({"performing", "closed"}),
        "《人民调解法》第三十一条",
        _check_perform,
        _perform,
        not_yet="协议生效以后才能登记履行。",
        hindrance=_nothing_to_perform,
    ),
    Act(
        "follow_up",
        "回访",
        frozenset({"performing", "closed", "ended"}),
        "《人民调解法》第三十一条",
        _check_follow_up,
        _follow_up,
        not_yet="达成协议或者终止以后才有回访。",
    ),
    Act(
        "confirm",
        "申请司法确认",
        frozenset({"performing", "closed"}),
        _CONFIRM_LAW,
        _check_confirm,
        _confirm,
        not_yet="协议生效以后才能申请。",
        hindrance=_nothing_in_force,
    ),
    Act("prevent", "记录防止激化", EVERYWHERE, "《人民调解法》第二十五条", _check_prevent, _prevent),
    Act("correct", "更正", EVERYWHERE, "《人民调解法》第二十七条", _check_correct, _correct),
)
