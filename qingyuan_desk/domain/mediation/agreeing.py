"""Coming to an agreement: the checks of its content, drafting, signing, and agreeing by word of mouth.

《人民调解法》第二十八条 to 第三十条.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from qingyuan_desk.domain import money
from qingyuan_desk.domain.mediation.case import Agreement, Case, CaseParty, Confirmation, FollowUp, Instalment
from qingyuan_desk.domain.mediation.clauses import TOPICS
from qingyuan_desk.domain.mediation.forms import Draft, Oral, Part, Sign
from qingyuan_desk.domain.mediation.rules import (
    CONFIRM,
    FINISH,
    Act,
    Changes,
    Context,
    called_off,
    choice,
    day,
    guarded,
    not_before,
    of,
    past,
    text,
    warn,
)
from qingyuan_desk.domain.problems import Problem

MOST_TERMS, MOST_PARTS = 60, 120
#: A follow-up is due so many days after the last thing was to be performed (《人民调解法》第三十一条: 督促履行).
FOLLOW_UP_DAYS = 7

_EFFECT = "《人民调解法》第二十九条"
_NO_FEE = "《人民调解法》第四条：调解民间纠纷，不收取任何费用"
_RIGHTS = "《人民调解法》第三条第三项：不得因调解而阻止当事人维护自己的权利"
_FEE = re.compile("调解(?:服务|手续|工作)?费|调解报酬")
#: What parties cannot agree on: their persons, membership of a village; and what only organs may do.
_FORCE = re.compile("(?<!不得)(?<!不)(?:拘留|拘禁|关押|开除村籍|扣押身份证)")
_ORGANS = re.compile("罚款|没收")
_POLICY = "《人民调解法》第三条第二项：不违背法律、法规和国家政策"
_WAIVER = re.compile(
    "(?:不得|不准|不许|不能|放弃)(?:(?!可以|可向|有权|应当|则|就(?:向|可|应))[^，。；]){0,12}(?:起诉|诉讼|仲裁|信访|上访|复议|申诉|控告|举报)"
)


# --- what is in it -----------------------------------------------------------------------------------------------


def check_content(case: Case, form: Draft | Oral, since: date) -> Iterable[Problem]:
    """What an agreement made on the day `since` must and must not contain."""
    yield from text("facts", "纠纷主要事实", form.facts, "narrative")
    yield from text("disputes", "争议事项", form.disputes, "narrative")
    yield from text("way", "履行方式", form.way, "remark", needed=False)
    yield from text("deadline", "履行期限", form.deadline, "remark", needed=False)
    yield from text("recorder", "记录人", form.recorder, "name", needed=False)
    yield from _check_terms(form.terms)
    yield from _check_parts(case, form, since)
    for topic in form.topics:
        yield from choice("topics", "协议涉及的内容", topic, TOPICS)
        if topic in TOPICS and not TOPICS[topic].confirmable:
            yield warn(
                "topics",
                f"涉及{TOPICS[topic].name}，可以写进协议，但不能申请司法确认。",
                TOPICS[topic].article,
            )


def _check_terms(terms: tuple[str, ...]) -> Iterable[Problem]:
    if not terms:
        yield Problem("terms", "请至少写一条协议内容。", _EFFECT)
    if len(terms) > MOST_TERMS:
        yield Problem("terms", f"协议内容最多 {MOST_TERMS} 条，请合并。")
    for number, term in enumerate(terms, 1):
        yield from text("terms", f"第 {number} 条", term, "narrative")
        if _FEE.search(term):
            yield Problem("terms", f"第 {number} 条写了调解收费，请删去。", _NO_FEE)
        if _FORCE.search(term):
            yield Problem(
                "terms", f"第 {number} 条涉及人身自由或者身份资格，当事人不能约定，请删去。", _POLICY
            )
        elif _ORGANS.search(term):
            yield warn(
                "terms",
                f"第 {number} 条写了罚款或者没收，只有行政机关依法才能作出；要约定的请写违约金。",
                _POLICY,
            )
        if _WAIVER.search(term):
            yield Problem("terms", f"第 {number} 条限制了起诉、仲裁或者信访的权利，请改写。", _RIGHTS)
        if re.search(r"\{\w+\}|_{2,}|＿{2,}", term):
            yield Problem("terms", f"第 {number} 条还有空着没填的地方。")


def _check_parts(case: Case, form: Draft | Oral, since: date) -> Iterable[Problem]:
    if form.amount < 0:
        yield Problem("amount", "金额不能小于零。")
    if form.at_once and form.parts:
        yield Problem("at_once", "已经当场履行的，不用再列分期。")
    if not form.at_once and not form.parts:
        yield Problem(
            "parts",
            "请列出哪天履行什么（一次付清、只做一件事也列一项），好按期提醒和登记。",
            "《人民调解法》第三十一条",
        )
    if len(form.parts) > MOST_PARTS:
        yield Problem("parts", f"分期最多 {MOST_PARTS} 期。")
    together = sum(part.amount for part in form.parts)
    if form.parts and together != form.amount:
        yield Problem(
            "parts",
            f"分期合计 {money.words(together)}，与总额 {money.words(form.amount)} 相差"
            f" {money.words(abs(together - form.amount))}，请改到一致。",
        )
    before = since
    for number, part in enumerate(form.parts, 1):
        yield from _check_part(case, number, part, before, since)
        before = max(before, part.due_on)


def _check_part(case: Case, number: int, part: Part, before: date, since: date) -> Iterable[Problem]:
    if part.due_on < since:
        yield Problem("parts", f"第 {number} 期的日期（{part.due_on:%Y-%m-%d}）早于协议日期。")
    elif part.due_on < before:
        yield Problem("parts", f"第 {number} 期早于前一期，请按日期先后排列。")
    if part.amount < 0:
        yield Problem("parts", f"第 {number} 期的金额不能小于零。")
    if not part.amount and not part.what.strip():
        yield Problem("parts", f"第 {number} 期没有金额，请写明要做什么。")
    yield from text("parts", f"第 {number} 期的内容", part.what, "remark", needed=False)
    if case.party(part.payer) is None or (part.amount and case.party(part.payee) is None):
        yield Problem("parts", f"第 {number} 期请选择由谁向谁履行，都要是本案当事人。")
    elif part.payer == part.payee:
        yield Problem("parts", f"第 {number} 期的付款人和收款人是同一人。")


def _parts(case: Case, parts: tuple[Part, ...], agreement: int) -> tuple[Instalment, ...]:
    return tuple(
        Instalment(
            matter_id=case.matter_id,
            agreement=agreement,
            position=number,
            due_on=part.due_on,
            amount=part.amount,
            what=part.what,
            payer=part.payer,
            payee=part.payee,
        )
        for number, part in enumerate(parts, 1)
    )


def _content(case: Case, form: Draft | Oral, kind: str, on: date) -> Agreement:
    return Agreement(
        matter_id=case.matter_id,
        form=kind,
        version=1 + sum(each.state in ("effective", "superseded") for each in case.agreements),
        facts=form.facts,
        disputes=form.disputes,
        terms=form.terms,
        drafted_on=on,
        way=form.way,
        deadline=form.deadline,
        amount=form.amount,
        copies=len(case.parties) + 1,
        at_once=form.at_once,
        topics=form.topics,
        recorder=form.recorder,
    )


# --- a written one -----------------------------------------------------------------------------------------------


def _check_draft(case: Case, form: Draft, context: Context) -> Iterable[Problem]:
    yield from check_content(case, form, _agreed_on(case))
    wanted = len(case.parties) + 1
    if form.copies and form.copies < wanted:
        yield Problem(
            "copies",
            f"协议应当各方当事人各一份、调委会留存一份，共 {wanted} 份，现为 {form.copies} 份。",
            _EFFECT,
        )
    elif form.copies > wanted:
        yield warn("copies", f"通常一式 {wanted} 份，现为 {form.copies} 份。", _EFFECT)
    for party in _unrepresented(case):
        yield warn("party", f"{party.name}还没有填写签字的代表人。", _EFFECT)
    yield from text("reason", "变更协议的原因", form.reason, "reason", needed=case.agreement is not None)
    yield from _check_change(case)


def _agreed_on(case: Case) -> date:
    """The day from which an agreement can have been made: a change after the agreement in force, else the last meeting
    that ended in agreement. It may be typed in days later, so today says nothing."""
    if case.agreement and case.agreement.effective_on:
        return case.agreement.effective_on
    days = [each.started_at.date() for each in case.held if each.outcome == "agreed" and each.started_at]
    return max(days, default=of(case).accepted_on or of(case).applied_on)


def _unrepresented(case: Case) -> list[CaseParty]:
    """Companies and organs for which nobody can sign."""
    return [
        each for each in case.parties if each.kind != "person" and not (each.representative or each.agent)
    ]


def _check_change(case: Case) -> Iterable[Problem]:
    """What was performed stays performed; a changed agreement says what remains."""
    paid = sum(part.paid for part in case.schedule)
    if paid:
        left = sum(part.amount - part.paid for part in case.schedule)
        yield warn(
            "amount",
            f"原协议已经履行 {money.words(paid)}，登记保留，不再重复约定；还没有履行的是 {money.words(left)}，"
            "变更后的协议只写今后要履行的。",
            "《人民调解法》第三十一条",
        )
    if any(_is_confirmed(each, case.agreement) for each in case.confirmations):
        yield warn(
            "reason",
            "原协议已经人民法院裁定确认有效，变更不影响裁定的效力，请向各方说明。",
            "《人民调解法》第三十三条",
        )


def _is_confirmed(asked: Confirmation, agreement: Agreement | None) -> bool:
    return agreement is not None and (asked.agreement, asked.result) == (agreement.record_id, "confirmed")


def _draft(case: Case, form: Draft, context: Context) -> Changes:
    """Every draft is kept: one that is written anew leaves the old one as a discarded draft."""
    old = () if case.draft is None else (replace(case.draft, state="discarded"),)
    new = replace(_content(case, form, "written", context.today), reason=form.reason)
    if form.copies:
        new = replace(new, copies=form.copies)
    return Changes(
        put=(*old, new, *_parts(case, form.parts, 0)),
        words=f"{len(form.terms)} 条" + (f"，{money.words(form.amount)}" if form.amount else ""),
    )


def _check_sign(case: Case, form: Sign, context: Context) -> Iterable[Problem]:
    draft = case.draft
    if draft is None:
        raise ValueError("nothing to sign")
    for party in case.parties:
        if party.record_id not in form.signed:
            yield Problem("signed", f"缺少{party.name}的签名、盖章或者指印，协议不能生效。", _EFFECT)
    if not form.mediators_signed:
        yield Problem("mediators_signed", "缺少人民调解员的签名，协议不能生效。", _EFFECT)
    if form.sealed_on is None:
        yield Problem("sealed_on", "没有加盖人民调解委员会印章，协议不能生效。请填写盖章日期。", _EFFECT)
    if form.effective_on is None:
        yield Problem("effective_on", "请填写协议生效日期：各方签名、调解员签名并盖章之日。", _EFFECT)
    yield from past("signed_on", "签名日期", form.signed_on, case, context)
    yield from past("sealed_on", "盖章日期", form.sealed_on, case, context)
    yield from past("effective_on", "生效日期", form.effective_on, case, context)
    yield from not_before("signed_on", "签名日期", form.signed_on, _agreed_on(case), "达成一致的日期")
    first = min((part.due_on for part in _parts_of(case, draft)), default=None)
    if first and form.effective_on and first < form.effective_on:
        yield warn(
            "effective_on",
            f"协议里第一项的履行日期（{first:%Y-%m-%d}）早于生效日期；还没有签名的，请重新草拟，改定日期。",
            _EFFECT,
        )
    for party in _unrepresented(case):
        # Parties cannot be written down anew once an agreement is in force.
        say = Problem if case.agreement is None else warn
        yield say("signed", f"{party.name}是单位，由代表人签名并盖单位印章，请先填写代表人。", _EFFECT)
    yield from guarded("signed", case.parties, form.signed_on)
    if form.sealed_on and form.effective_on:
        last = max(form.signed_on, form.sealed_on)
        if form.effective_on != last:
            yield Problem(
                "effective_on",
                f"协议自签名和盖章都完成之日（{last:%Y-%m-%d}）起生效，生效日期与此不符。",
                _EFFECT,
            )


def _sign(case: Case, form: Sign, context: Context) -> Changes:
    draft, old = case.draft, case.agreement
    if draft is None or form.effective_on is None:
        raise ValueError("nothing to sign")
    signed = replace(
        draft,
        state="effective",
        signed_on=form.signed_on,
        sealed_on=form.sealed_on,
        effective_on=form.effective_on,
    )
    superseded = () if old is None else (replace(old, state="superseded"),)
    return _in_force(case, signed, _parts_of(case, draft), form.effective_on, superseded)


def _parts_of(case: Case, agreement: Agreement) -> list[Instalment]:
    return [each for each in case.instalments if each.agreement == agreement.record_id]


def _in_force(
    case: Case,
    agreement: Agreement,
    parts: Iterable[Instalment],
    on: date,
    superseded: tuple[Agreement, ...] = (),
) -> Changes:
    """An agreement takes effect: it is to be performed, may be confirmed, and is asked about afterwards.

    What the dispute was about in all is what the agreement says and what was paid before it under earlier ones.
    """
    parts = tuple(parts)
    last = max([on, *[part.due_on for part in parts]]) + timedelta(days=FOLLOW_UP_DAYS)
    planned = next((each for each in case.follow_ups if each.done_on is None), None)
    follow_up = replace(planned or FollowUp(matter_id=case.matter_id, due_on=last), due_on=last)
    paid = case.paid_before + sum(part.paid for part in case.schedule)
    mediation = replace(of(case), form=agreement.form, result="agreed", amount=paid + agreement.amount)
    new_parts = tuple(part for part in parts if not part.record_id)
    return Changes(
        put=(*superseded, *called_off(case), agreement, *new_parts, mediation, follow_up),
        node="performing",
        start=((CONFIRM, on),) if agreement.form == "written" else (),
        meet=((FINISH, on),),
        cancel=(CONFIRM,) if superseded else (),
        words=f"自{day(on)}起生效" + (f"，此前已履行 {money.words(paid)}" if paid else ""),
    )


# --- by word of mouth --------------------------------------------------------------------------------------------


def _check_oral(case: Case, form: Oral, context: Context) -> Iterable[Problem]:
    yield from past("on", "达成日期", form.on, case, context)
    yield from not_before("on", "达成日期", form.on, _agreed_on(case), "达成一致的调解的日期")
    yield from guarded("on", case.parties, form.on)
    yield from check_content(case, form, form.on)


def _oral(case: Case, form: Oral, context: Context) -> Changes:
    agreement = replace(
        _content(case, form, "oral", form.on), state="effective", effective_on=form.on, copies=0
    )
    changes = _in_force(case, agreement, _parts(case, form.parts, 0), form.on)
    if case.draft is not None:
        return replace(changes, put=(replace(case.draft, state="discarded"), *changes.put))
    return changes


def _not_agreed(case: Case) -> str:
    if any(each.outcome == "agreed" for each in case.held):
        return ""
    return "还没有记录达成一致的调解，请先在“调解”里记录。"


def _nothing_to_sign(case: Case) -> str:
    return _not_agreed(case) or ("" if case.draft else "还没有写好的协议书，请先草拟。")


_MEDIATING = frozenset({"mediating"})
_WAIT = "调解达成一致以后才能订立协议。"

ACTS = (
    Act(
        "agreement",
        "草拟协议书",
        frozenset({"mediating", "performing"}),
        _EFFECT,
        _check_draft,
        _draft,
        not_yet="开始调解以后才能草拟协议。",
    ),
    Act(
        "sign",
        "协议签署生效",
        frozenset({"mediating", "performing"}),
        _EFFECT,
        _check_sign,
        _sign,
        not_yet=_WAIT,
        hindrance=_nothing_to_sign,
    ),
    Act(
        "oral",
        "达成口头协议",
        _MEDIATING,
        "《人民调解法》第二十八条、第三十条",
        _check_oral,
        _oral,
        not_yet=_WAIT,
        hindrance=_not_agreed,
    ),
)
