"""The end of a case: terminating, suspending and going on, closing, filing the dossier."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from qingyuan_desk.domain.mediation.case import Case
from qingyuan_desk.domain.mediation.codes import CLOSINGS, GROUNDS, RETENTIONS
from qingyuan_desk.domain.mediation.dossier import completeness, lacking
from qingyuan_desk.domain.mediation.forms import Close, File, Resume, Suspend, Terminate
from qingyuan_desk.domain.mediation.opening import check_paths
from qingyuan_desk.domain.mediation.rules import (
    BEFORE_AGREEMENT,
    BOUND,
    FINISH,
    Act,
    Changes,
    Context,
    called_off,
    choice,
    last_work,
    left_over,
    not_before,
    of,
    past,
    text,
)
from qingyuan_desk.domain.problems import Problem

#: So many attempts in vain show that a party cannot be reached.
CONTACT_TRIES = 3


def _check_terminate(case: Case, form: Terminate, context: Context) -> Iterable[Problem]:
    grounds = {code: ground for code, ground in GROUNDS.items() if ground.at == "end"}
    yield from choice("ground", "终止的理由", form.ground, grounds)
    yield from check_paths(form.paths)
    yield from text("explanation", "说明", form.explanation, "remark", needed=False)
    yield from past("on", "终止日期", form.on, case, context)
    yield from not_before("on", "终止日期", form.on, last_work(case), "最后一次答复或者调解的日期")
    if form.ground == "unreachable" and not unreachable(case):
        yield Problem(
            "ground",
            f"还没有对同一方当事人 {CONTACT_TRIES} 次联系不上的记录，请先记录联系情况。",
            "《人民调解法》第二十六条",
        )
    if form.ground == "no_agreement" and not case.held:
        yield Problem(
            "ground", "还没有记录过调解，请先记录，再以达不成协议终止。", "《人民调解法》第二十七条"
        )


def unreachable(case: Case) -> tuple[int, ...]:
    """Parties whose last attempts, at least CONTACT_TRIES of them, were all in vain."""
    found = []
    for party in case.parties:
        tries = [each.reached for each in case.contacts if each.party == party.record_id]
        if len(tries) >= CONTACT_TRIES and not any(tries[-CONTACT_TRIES:]):
            found.append(party.record_id)
    return tuple(found)


def _terminate(case: Case, form: Terminate, context: Context) -> Changes:
    on = form.on or context.today
    ended = replace(
        of(case),
        result="failed",
        ground=form.ground,
        explanation=form.explanation,
        paths=form.paths,
        ended_on=on,
        suspended_from="",
    )
    ground = GROUNDS[form.ground]
    return Changes(
        put=(*left_over(case), ended),
        node="ended",
        meet=((FINISH, on),),
        words=f"{ground.name}（{ground.article}）",
    )


def _check_reason(case: Case, form: Suspend, context: Context) -> Iterable[Problem]:
    yield from text("reason", "原因", form.reason, "reason")
    yield from past("on", "中止日期", form.on, case, context)
    yield from not_before("on", "中止日期", form.on, last_work(case), "最后一次答复或者调解的日期")


def _suspend(case: Case, form: Suspend, context: Context) -> Changes:
    """The month stands still; what was planned does not take place."""
    return Changes(
        put=(*called_off(case), replace(of(case), suspended_from=case.node)),
        node="suspended",
        pause=((FINISH, form.on or context.today),),
        words=form.reason,
    )


def _check_resume(case: Case, form: Resume, context: Context) -> Iterable[Problem]:
    yield from text("reason", "说明", form.reason, "reason", needed=False)
    yield from past("on", "恢复日期", form.on, case, context)
    yield from not_before("on", "恢复日期", form.on, last_work(case), "最后一次答复或者调解的日期")


def _resume(case: Case, form: Resume, context: Context) -> Changes:
    mediation = of(case)
    return Changes(
        put=(replace(mediation, suspended_from=""),),
        node=mediation.suspended_from,
        go_on=((FINISH, form.on or context.today),),
        words=form.reason,
    )


def _check_close(case: Case, form: Close, context: Context) -> Iterable[Problem]:
    yield from choice("closing", "办结类型", form.closing, CLOSINGS)
    yield from past("on", "办结日期", form.on, case, context)
    yield from text("reason", "说明", form.reason, "remark", needed=False)
    agreement = case.agreement
    since = agreement.effective_on if agreement else None
    yield from not_before("on", "办结日期", form.on, since, "协议生效日期")
    yield from not_before("on", "办结日期", form.on, _last_payment(case), "最后一次履行的日期")
    if form.closing == "substantial" and not case.performed:
        yield Problem(
            "closing",
            "协议还没有全部履行，不能按实质性化解办结。请先登记履行，或者选阶段性、程序性办结并写明原因。",
            "《人民调解法》第三十一条",
        )
    elif form.closing != "substantial" and not form.reason.strip():
        yield Problem("reason", f"{CLOSINGS.get(form.closing, '这样')}办结要写明原因。")


def _last_payment(case: Case) -> date | None:
    return max((part.paid_on for part in case.schedule if part.paid_on), default=None)


def _close(case: Case, form: Close, context: Context) -> Changes:
    closed = replace(
        of(case), closing=form.closing, closed_on=form.on or context.today, explanation=form.reason
    )
    words = CLOSINGS[form.closing] + (f"：{form.reason}" if form.reason else "")
    return Changes(put=(*left_over(case), closed), node="closed", words=words)


def _check_file(case: Case, form: File, context: Context) -> Iterable[Problem]:
    yield from text("filer", "立卷人", form.filer, "name")
    yield from choice("retention", "保管期限", form.retention, RETENTIONS)
    yield from text("remark", "卷宗情况说明", form.remark, "remark", needed=False)
    yield from past("on", "立卷日期", form.on, case, context)
    over = of(case).closed_on or of(case).ended_on
    yield from not_before("on", "立卷日期", form.on, over, "办结或者终止的日期")
    absent = [line.title for line in lacking(completeness(case))]
    if absent and not form.remark.strip():
        yield Problem(
            "remark",
            f"卷宗还缺{'、'.join(absent)}。请补齐，或者在卷宗情况说明里写明为什么没有。",
            "《人民调解法》第二十七条",
        )


def _file(case: Case, form: File, context: Context) -> Changes:
    filed = replace(
        of(case),
        filer=form.filer,
        retention=form.retention,
        remark=form.remark,
        filed_on=form.on or context.today,
    )
    return Changes(put=(filed,), words=f"{RETENTIONS[form.retention]}，立卷人 {form.filer}")


def _filed(case: Case) -> str:
    return "卷宗已经归档；写错的地方请用“更正”。" if of(case).filed_on else ""


ACTS = (
    Act(
        "terminate",
        "终止调解",
        BEFORE_AGREEMENT | {"suspended"},
        "《人民调解法》第二十六条",
        _check_terminate,
        _terminate,
        too_late=BOUND,
    ),
    Act(
        "suspend",
        "中止调解",
        BEFORE_AGREEMENT - {"consent"},
        "《人民调解法》第二十一条：应当及时调解，有原因的才中止",
        _check_reason,
        _suspend,
        not_yet="征得各方同意以后才有中止。",
    ),
    Act(
        "resume",
        "恢复调解",
        frozenset({"suspended"}),
        "《人民调解法》第二十一条",
        _check_resume,
        _resume,
        not_yet="调解没有中止，不用恢复。",
    ),
    Act(
        "close",
        "办结",
        frozenset({"performing"}),
        "《人民调解法》第三十一条",
        _check_close,
        _close,
        not_yet="达成协议以后才能办结；没有达成的请终止调解。",
    ),
    Act(
        "file",
        "立卷归档",
        frozenset({"closed", "ended", "withdrawn"}),
        "《人民调解法》第二十七条",
        _check_file,
        _file,
        not_yet="办结或者终止以后才能立卷。",
        hindrance=_filed,
    ),
)
