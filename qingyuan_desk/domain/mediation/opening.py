"""Before anybody mediates: the application, the parties and their consent, reaching them, not accepting, taking back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from qingyuan_desk.domain.identity import ID_TYPES, read_id
from qingyuan_desk.domain.mediation.case import Case, CaseParty, Contact, Mediation
from qingyuan_desk.domain.mediation.codes import (
    CONSENTS,
    CONTACT_WAYS,
    DIFFICULTIES,
    GROUNDS,
    ORIGINS,
    PARTY_KINDS,
    PATHS,
    SIDES,
)
from qingyuan_desk.domain.mediation.forms import Consent, Decline, Describe, Open, PutParty, Reach, Withdraw
from qingyuan_desk.domain.mediation.rules import (
    BEFORE_AGREEMENT,
    BOUND,
    EVERYWHERE,
    FINISH,
    OPEN,
    Act,
    Changes,
    Context,
    begun,
    choice,
    day,
    guarded,
    last_work,
    left_over,
    named,
    not_before,
    of,
    past,
    text,
    warn,
)
from qingyuan_desk.domain.problems import Problem
from qingyuan_desk.domain.visit import AUTHORITIES

_CLAIMS = 20
#: What may be written about a party: field → its name, and how long it may be.
_PARTY_TEXTS = {
    "ethnic": ("民族", "name"),
    "occupation": ("职业", "name"),
    "id_number": ("证件号码", "id_number"),
    "phone": ("电话", "phone"),
    "address": ("单位或住址", "address"),
    "representative": ("代表人", "name"),
    "agent": ("代理人", "name"),
}


# --- the application ---------------------------------------------------------------------------------------------


def _check_open(case: Case, form: Open, context: Context) -> Iterable[Problem]:
    yield from choice("origin", "案件来源", form.origin, ORIGINS)
    if form.applied_on and form.applied_on > context.today:
        yield Problem("applied_on", f"申请日期不能晚于今天（{context.today:%Y-%m-%d}）。")
    yield from _check_description(form, form.facts or case.narrative)
    # A simple dispute is filed without an application (一案一表).
    if form.origin == "application" and form.difficulty != "simple" and not form.claims:
        yield warn("claims", "还没有填写当事人申请事项，申请书要逐项写明。", "《人民调解法》第十七条")


def _check_description(form: Open | Describe, facts: str) -> Iterable[Problem]:
    yield from text("facts", "纠纷简要情况", facts, "narrative")
    yield from choice("difficulty", "难易程度", form.difficulty, DIFFICULTIES)
    if len(form.claims) > _CLAIMS:
        yield Problem("claims", f"申请事项最多 {_CLAIMS} 项，请合并。")
    for number, claim in enumerate(form.claims, 1):
        yield from text("claims", f"第 {number} 项申请事项", claim, "remark")


def _open(case: Case, form: Open, context: Context) -> Changes:
    mediation = Mediation(
        matter_id=case.matter_id,
        origin=form.origin,
        applied_on=form.applied_on or min(context.today, case.opened_on),
        facts=form.facts or case.narrative,
        claims=form.claims,
        is_open=form.is_open,
        difficulty=form.difficulty,
    )
    return Changes(
        put=(mediation, *(replace(party, record_id=0) for party in case.parties)),
        words=f"{ORIGINS[form.origin]}，{day(mediation.applied_on)}",
    )


def _check_describe(case: Case, form: Describe, context: Context) -> Iterable[Problem]:
    return _check_description(form, form.facts)


def _describe(case: Case, form: Describe, context: Context) -> Changes:
    changed = replace(
        of(case), facts=form.facts, claims=form.claims, is_open=form.is_open, difficulty=form.difficulty
    )
    return Changes(put=(changed,), words="修改了纠纷情况")


# --- parties -----------------------------------------------------------------------------------------------------


def _check_party(case: Case, form: PutParty, context: Context) -> Iterable[Problem]:
    party = form.party
    yield from text("name", "姓名或名称", party.name, "name")
    yield from choice("side", "当事人地位", party.side, SIDES)
    yield from choice("kind", "当事人类别", party.kind, PARTY_KINDS)
    yield from choice("authority", "授权类型", party.authority, AUTHORITIES)
    if party.record_id and case.party(party.record_id) is None:
        yield Problem("party", "没有这位当事人，请刷新后再改。")
    twin = next((each for each in case.parties if _same(each, party)), None)
    if twin is not None:
        yield Problem("name", f"{party.name}已经是本案的{SIDES[twin.side]}。")
    if party.authority and not party.agent:
        yield Problem("agent", "选了授权类型，请填写代理人姓名；没有代理人就不选。")
    if party.kind != "person" and not party.representative:
        yield warn(
            "representative",
            "单位当事人由代表人签名并盖单位印章，签协议前请填写代表人。",
            "《人民调解法》第二十九条",
        )
    for field, (name, limit) in _PARTY_TEXTS.items():
        yield from text(field, name, getattr(party, field), limit, needed=False)
    yield from _check_identity(party, context.today)
    yield from guarded("birth_date", (party,), context.today)


def _same(one: CaseParty, other: CaseParty) -> bool:
    return (
        one.record_id != other.record_id
        and one.name == other.name
        and (not one.id_number or not other.id_number or one.id_number == other.id_number)
    )


def _check_identity(party: CaseParty, today: date) -> Iterable[Problem]:
    if party.id_type not in ("", *ID_TYPES):
        yield from choice("id_type", "证件类型", party.id_type, ID_TYPES)
    elif party.id_type and party.id_number:
        for problem in read_id(party.id_type, party.id_number, today).problems:
            yield warn("id_number", problem.sentence, problem.article)


def _put_party(case: Case, form: PutParty, context: Context) -> Changes:
    """A party that comes in later must agree like the others, so the case waits for it; a draft without it is void."""
    before = case.party(form.party.record_id)
    if before is not None:
        kept = replace(
            form.party,
            matter_id=case.matter_id,
            position=before.position,
            consent=before.consent,
            consent_on=before.consent_on,
            consent_how=before.consent_how,
        )
        return Changes(put=(kept,), words=f"修改了当事人 {kept.name}")
    added = replace(
        form.party,
        matter_id=case.matter_id,
        record_id=0,
        position=len(case.parties),
        consent="",
        consent_on=None,
        consent_how="",
    )
    draft = () if case.draft is None else (replace(case.draft, state="discarded"),)
    return Changes(put=(*draft, added), node="consent", words=f"增加{SIDES[added.side]} {added.name}")


# --- consent -----------------------------------------------------------------------------------------------------


def _check_consent(case: Case, form: Consent, context: Context) -> Iterable[Problem]:
    yield from named(case, "party", form.party)
    yield from choice("how", "答复方式", form.how, CONTACT_WAYS)
    yield from past("on", "答复日期", form.on, case, context)
    party = case.party(form.party)
    if form.agreed and party is not None and party.consent == "agreed":
        yield Problem("party", f"{party.name}已经同意调解，不用再记。")
    if form.agreed and not case_has_both_sides(case):
        yield warn("party", "还没有登记对方当事人，登记以后也要征得同意。", "《人民调解法》第十七条")
    if form.agreed and party is not None:
        yield from guarded("party", (party,), form.on or context.today)


def case_has_both_sides(case: Case) -> bool:
    """Whether somebody stands on either side."""
    return {"applicant", "respondent"} <= {party.side for party in case.parties}


def _consent(case: Case, form: Consent, context: Context) -> Changes:
    party, on = case.party(form.party), form.on or context.today
    if party is None:
        raise ValueError("no such party")
    said = replace(party, consent="agreed" if form.agreed else "refused", consent_on=on, consent_how=form.how)
    words = f"{party.name}{CONSENTS[said.consent]}（{CONTACT_WAYS[form.how]}，{day(on)}）"
    if not form.agreed:
        ended = replace(of(case), result="failed", ground="refused", ended_on=on, paths=("lawsuit",))
        return Changes(
            put=(said, *left_over(case), ended),
            node="ended",
            meet=((FINISH, on),),
            words=f"{words}，终止调解",
        )
    others = [each for each in case.parties if each.record_id != party.record_id]
    if not case_has_both_sides(case) or any(each.consent != "agreed" for each in others):
        return Changes(put=(said,), words=words)
    # Whoever came in later has a say in who mediates too (第二十三条第一项), and has to be told of conflicts.
    if of(case).accepted_on:
        return Changes(put=(said,), node="assign", words=words)
    all_said = max(on, *(each.consent_on or on for each in others))
    return Changes(
        put=(said, replace(of(case), accepted_on=all_said)),
        node="assign",
        start=((FINISH, all_said),),
        numbered=True,
        words=f"{words}，各方都已同意，受理",
    )


# --- reaching, declining, taking back ------------------------------------------------------------------------------


def _check_reach(case: Case, form: Reach, context: Context) -> Iterable[Problem]:
    yield from named(case, "party", form.party)
    yield from choice("how", "联系方式", form.how, CONTACT_WAYS)
    yield from text("note", "联系情况", form.note, "remark", needed=False)
    if form.at and form.at > context.now:
        yield Problem("at", "联系时间不能晚于现在。")
    elif form.at and form.at.date() < begun(case):
        yield Problem("at", f"联系时间不能早于申请日期（{begun(case):%Y-%m-%d}）。")


def _reach(case: Case, form: Reach, context: Context) -> Changes:
    party = case.party(form.party)
    contact = Contact(
        matter_id=case.matter_id,
        party=form.party,
        at=form.at or context.now,
        how=form.how,
        reached=form.reached,
        actor=context.actor,
        note=form.note,
    )
    outcome = "联系上了" if form.reached else "没有联系上"
    return Changes(
        put=(contact,), words=f"{CONTACT_WAYS[form.how]}联系 {party.name if party else ''}，{outcome}"
    )


def _check_decline(case: Case, form: Decline, context: Context) -> Iterable[Problem]:
    grounds = {code: ground for code, ground in GROUNDS.items() if ground.at == "decline"}
    yield from choice("ground", "不予受理的理由", form.ground, grounds)
    yield from check_paths(form.paths)
    yield from text("explanation", "说明", form.explanation, "remark", needed=False)
    yield from past("on", "日期", form.on, case, context)


def check_paths(paths: tuple[str, ...]) -> Iterable[Problem]:
    """《人民调解法》第二十六条: the other ways must be told."""
    if not paths:
        yield Problem("paths", "请至少选择一条告知当事人的其他途径。", "《人民调解法》第二十六条")
    for path in paths:
        yield from choice("paths", "其他途径", path, PATHS)


def _decline(case: Case, form: Decline, context: Context) -> Changes:
    on = form.on or context.today
    declined = replace(
        of(case),
        result="declined",
        ground=form.ground,
        explanation=form.explanation,
        paths=form.paths,
        ended_on=on,
    )
    ground = GROUNDS[form.ground]
    return Changes(put=(declined,), node="declined", words=f"{ground.name}（{ground.article}）")


def _check_withdraw(case: Case, form: Withdraw, context: Context) -> Iterable[Problem]:
    yield from text("reason", "撤回的原因", form.reason, "reason")
    yield from past("on", "撤回日期", form.on, case, context)
    yield from not_before("on", "撤回日期", form.on, last_work(case), "最后一次答复或者调解的日期")


def _withdraw(case: Case, form: Withdraw, context: Context) -> Changes:
    taken_back = replace(
        of(case),
        result="withdrawn",
        ground="withdrawn",
        explanation=form.reason,
        ended_on=form.on or context.today,
        suspended_from="",
    )
    return Changes(put=(*left_over(case), taken_back), node="withdrawn", cancel=(FINISH,), words=form.reason)


def _opened(case: Case) -> str:
    return "已经登记过调解申请，要改请用“修改纠纷情况”。" if case.mediation else ""


def _signed(case: Case) -> str:
    if case.agreement is not None:
        return "协议已经生效，不能直接改；写错的地方请用“更正”，另行约定请重新达成协议。"
    return ""


def _accepted(case: Case) -> str:
    return "已经受理，不能再作不予受理；调解不下去的请终止调解。" if of(case).accepted_on else ""


ACTS = (
    Act(
        "open",
        "登记调解申请",
        frozenset({"consent"}),
        "《人民调解法》第十七条",
        _check_open,
        _open,
        hindrance=_opened,
        begins=True,
    ),
    Act(
        "describe",
        "修改纠纷情况",
        BEFORE_AGREEMENT,
        "《人民调解法》第二十七条",
        _check_describe,
        _describe,
        hindrance=_signed,
    ),
    Act(
        "party",
        "登记当事人",
        BEFORE_AGREEMENT,
        "《人民调解法》第二十九条",
        _check_party,
        _put_party,
        hindrance=_signed,
    ),
    Act(
        "consent",
        "记录是否同意调解",
        frozenset({"consent"}),
        "《人民调解法》第十七条：一方明确拒绝的，不得调解",
        _check_consent,
        _consent,
    ),
    Act("contact", "记录联系情况", EVERYWHERE, "《人民调解法》第二十七条", _check_reach, _reach),
    Act(
        "decline",
        "不予受理",
        frozenset({"consent"}),
        "《人民调解法》第二条、第三条",
        _check_decline,
        _decline,
        hindrance=_accepted,
    ),
    Act(
        "withdraw",
        "撤回申请",
        OPEN - {"performing"},
        "《人民调解法》第二十三条第二项",
        _check_withdraw,
        _withdraw,
        too_late=BOUND,
    ),
)
