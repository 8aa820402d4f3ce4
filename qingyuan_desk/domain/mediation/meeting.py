"""While it is being mediated: who mediates, sessions planned and held, and what is noted down."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from qingyuan_desk.domain.mediation.case import Appointment, Case, CaseNote, Session
from qingyuan_desk.domain.mediation.codes import (
    CHOSEN_BY,
    MODES,
    NOTE_KINDS,
    OUTCOMES,
    PRIVATE_NOTES,
    SESSION_KINDS,
)
from qingyuan_desk.domain.mediation.forms import Assign, Cancel, Hold, Plan, WriteNote
from qingyuan_desk.domain.mediation.rules import (
    OPEN,
    Act,
    Changes,
    Context,
    choice,
    day,
    named,
    not_before,
    of,
    past,
    text,
    warn,
)
from qingyuan_desk.domain.problems import Problem
from qingyuan_desk.domain.roster.mediators import STATUSES, Mediator, is_same_person
from qingyuan_desk.domain.roster.mediators import Party as RosterParty

#: So many mediators are enough for one dispute (一名或者数名, 《人民调解法》第十九条).
MOST_MEDIATORS = 5
_DISCLOSURE = "《人民调解法》第三条、第二十二条；特邀调解规定第十五条"
_SCHEDULE = frozenset({"schedule", "mediating"})


# --- who mediates ------------------------------------------------------------------------------------------------


def _check_assign(case: Case, form: Assign, context: Context) -> Iterable[Problem]:
    yield from choice("chosen_by", "选定方式", form.chosen_by, CHOSEN_BY)
    yield from past("on", "日期", form.on, case, context)
    yield from not_before("on", "日期", form.on, of(case).accepted_on, "受理日期")
    last = max((each.since for each in case.mediators), default=None)
    yield from not_before("on", "日期", form.on, last, "上一次选定的日期")
    if not form.mediators:
        yield Problem("mediators", "请至少选定一名调解员。", "《人民调解法》第十九条")
    if len(set(form.mediators)) < len(form.mediators):
        yield Problem("mediators", "同一名调解员选了两次。")
    if len(form.mediators) > MOST_MEDIATORS:
        yield Problem("mediators", f"一件纠纷最多选定 {MOST_MEDIATORS} 名调解员。")
    for code in form.mediators:
        yield from _check_mediator(case, code, form.accepted, context)
    if _released(case, form) and not form.reason.strip():
        yield Problem("reason", "更换调解员请写明原因。", "《人民调解法》第十九条")
    yield from text("reason", "原因", form.reason, "reason", needed=False)


def _check_mediator(case: Case, code: str, accepted: bool, context: Context) -> Iterable[Problem]:
    mediator = context.mediators.get(code)
    if mediator is None:
        yield Problem("mediators", f"名册里没有“{code}”这名调解员。")
        return
    never = _never(case, mediator, context)
    if never:
        yield Problem("mediators", *never)
        return
    conflicts = _untold(case, code, context)
    if conflicts and not accepted:
        yield Problem(
            "accepted",
            f"{mediator.name}：{'；'.join(conflicts)}。应当告知各方当事人，各方都同意的才能由其调解。",
            _DISCLOSURE,
        )


def _untold(case: Case, code: str, context: Context) -> tuple[str, ...]:
    """Conflicts nobody was told of yet: all of a new mediator, and those that came with a party or to light later."""
    told = {line for each in case.mediators if each.mediator == code for line in each.conflicts}
    return tuple(line for line in context.conflicts.get(code, ()) if line not in told)


def _never(case: Case, mediator: Mediator, context: Context) -> tuple[str, str] | None:
    """What no consent heals: sentence and article."""
    if mediator.status != "active":
        return f"{mediator.name}已{STATUSES[mediator.status]}，不能选定。", "《人民调解法》第十五条"
    serving = any(each.mediator == mediator.code for each in case.mediators)
    term = None if serving else mediator.term
    if term and term.state(context.today) in ("ended", "ahead"):
        return f"{mediator.name}{term.words(context.today)}，续聘以后才能选定。", "《人民调解法》第九条"
    for party in case.parties:
        known = RosterParty(party.name, party.township, party.village, party.kind == "person")
        if is_same_person(mediator, known):
            return f"{mediator.name}是本案当事人，不能调解自己的纠纷。", "《人民调解法》第三条"
    return None


def _released(case: Case, form: Assign) -> list[Appointment]:
    return [each for each in case.mediators if each.mediator not in form.mediators]


def _assign(case: Case, form: Assign, context: Context) -> Changes:
    on = form.on or context.today
    staying = {each.mediator for each in case.mediators}
    gone = [replace(each, until=on, reason=form.reason) for each in _released(case, form)]
    disclosed = [
        replace(each, conflicts=(*each.conflicts, *_untold(case, each.mediator, context)), accepted=True)
        for each in case.mediators
        if each.mediator in form.mediators and _untold(case, each.mediator, context)
    ]
    new = [
        Appointment(
            matter_id=case.matter_id,
            mediator=code,
            chosen_by=form.chosen_by,
            since=on,
            conflicts=context.conflicts.get(code, ()),
            accepted=form.accepted and bool(context.conflicts.get(code)),
            reason=form.reason,
        )
        for code in form.mediators
        if code not in staying
    ]
    names = "、".join(context.mediators[code].name for code in form.mediators)
    words = f"{CHOSEN_BY[form.chosen_by]}：{names}"
    told = [line for code in form.mediators for line in _untold(case, code, context)]
    if told:
        words += f"（已告知：{'；'.join(told)}，各方同意）"
    put = (*gone, *disclosed, *new)
    return Changes(put=put, node="schedule" if case.node == "assign" else "", words=words)


# --- sessions ----------------------------------------------------------------------------------------------------


def _check_plan(case: Case, form: Plan, context: Context) -> Iterable[Problem]:
    yield from _check_place(form)
    if form.at <= context.now:
        yield Problem("at", "约定的时间已经过了；已经进行的请直接记录。")
    planned = case.session(form.session)
    if form.session and (planned is None or planned.state != "planned"):
        yield Problem("session", "这次约定已经进行或者取消，请刷新后再看。")
    yield from _check_serving(case, context)


def _check_serving(case: Case, context: Context) -> Iterable[Problem]:
    """A mediator may be suspended or dismissed while a case is under way."""
    for each in case.mediators:
        mediator = context.mediators.get(each.mediator)
        if mediator is not None and mediator.status != "active":
            yield warn(
                "mediators",
                f"{mediator.name}已{STATUSES[mediator.status]}，请先更换调解员。",
                "《人民调解法》第十五条",
            )


def _check_place(form: Plan | Hold) -> Iterable[Problem]:
    yield from choice("kind", "类别", form.kind, SESSION_KINDS)
    yield from choice("mode", "方式", form.mode, MODES)
    if form.mode == "site" and not (form.room or form.place):
        yield Problem("place", "请选择房间，或者填写地点。")
    if form.mode == "video" and not form.link:
        yield Problem("link", "请填写会议号或者链接，各方凭它参加远程调解。")
    yield from text("place", "地点", form.place, "address", needed=False)
    yield from text("link", "会议号或者链接", form.link, "address", needed=False)


def _plan(case: Case, form: Plan, context: Context) -> Changes:
    session = Session(
        matter_id=case.matter_id,
        record_id=form.session,
        planned_at=form.at,
        kind=form.kind,
        mode=form.mode,
        room=form.room,
        place=form.place,
        link=form.link,
    )
    words = f"{day(form.at.date())} {form.at:%H:%M} {MODES[form.mode]}{SESSION_KINDS[form.kind]}"
    return Changes(put=(session,), node="mediating" if case.node == "schedule" else "", words=words)


def _check_cancel(case: Case, form: Cancel, context: Context) -> Iterable[Problem]:
    planned = case.session(form.session)
    if planned is None or planned.state != "planned":
        yield Problem("session", "没有这次约定，或者已经进行、取消。请刷新后再看。")
    yield from text("reason", "取消的原因", form.reason, "reason")


def _cancel(case: Case, form: Cancel, context: Context) -> Changes:
    planned = case.session(form.session)
    if planned is None:
        raise ValueError("no such session")
    others = [each for each in case.sessions if each.state != "cancelled" and each.record_id != form.session]
    return Changes(
        put=(replace(planned, state="cancelled"),),
        node="" if others else "schedule",
        words=f"{day(planned.planned_at.date())}的约定：{form.reason}",
    )


def _check_hold(case: Case, form: Hold, context: Context) -> Iterable[Problem]:
    yield from _check_place(form)
    if form.started_at > context.now:
        yield Problem("started_at", "开始时间不能晚于现在；还没有进行的请先约定。")
    yield from not_before("started_at", "日期", form.started_at.date(), of(case).accepted_on, "受理日期")
    yield from _check_serving(case, context)
    if form.ended_at and not form.started_at <= form.ended_at <= context.now:
        yield Problem("ended_at", "结束时间要在开始时间以后，不晚于现在。")
    planned = case.session(form.session)
    if form.session and (planned is None or planned.state != "planned"):
        yield Problem("session", "这次约定已经记录或者取消，请刷新后再看。")
    for party in form.present:
        yield from named(case, "present", party, "到场的当事人")
    yield from text("statements", "陈述", form.statements, "narrative")
    yield from text("verified", "核实、质证情况", form.verified, "narrative", needed=False)
    yield from text("subject", "事由", form.subject, "title", needed=False)
    yield from text("recorder", "记录人", form.recorder, "name", needed=False)
    for helper in form.helpers:
        yield from text("helpers", "参加人", helper, "title")
    yield from text("asked", "被调查人", form.asked, "title", needed=form.kind == "investigation")
    if form.kind != "investigation":
        yield from _check_mediated(case, form)


def _check_mediated(case: Case, form: Hold) -> Iterable[Problem]:
    yield from choice("outcome", "结果", form.outcome, OUTCOMES)
    told = form.rights_told or any(each.rights_told for each in case.held)
    if not told:
        yield Problem(
            "rights_told",
            "第一次调解要先告知当事人的权利和义务，告知以后请勾选。",
            "《人民调解法》第二十三条、第二十四条",
        )
    if not form.present:
        yield Problem("present", "请勾选到场（或者在线）的当事人。", "《人民调解法》第二十七条")
    sides = {party.side for party in case.parties if party.record_id in form.present}
    if form.outcome == "agreed" and not {"applicant", "respondent"} <= sides:
        yield Problem(
            "present", "双方都到场才能达成一致；单方谈话请记“另行约期”。", "《人民调解法》第二十二条"
        )
    if form.outcome == "agreed":
        yield from text("proposal", "达成的内容", form.proposal, "narrative")
    if form.outcome == "failed":
        yield from text("proposal", "没有达成一致的原因", form.proposal, "narrative")
    if form.present and len(sides) == 1 and form.outcome != "agreed":
        yield warn("present", "只有一方到场，记为背对背调解。")


def _hold(case: Case, form: Hold, context: Context) -> Changes:
    planned = case.session(form.session)
    held = Session(
        matter_id=case.matter_id,
        record_id=form.session,
        planned_at=planned.planned_at if planned else form.started_at,
        kind=form.kind,
        mode=form.mode,
        state="held",
        room=form.room,
        place=form.place,
        link=form.link,
        started_at=form.started_at,
        ended_at=form.ended_at,
        present=form.present,
        helpers=form.helpers,
        asked=form.asked,
        rights_told=form.rights_told,
        subject=form.subject,
        statements=form.statements,
        verified=form.verified,
        outcome=form.outcome if form.kind == "mediation" else "",
        proposal=form.proposal,
        recorder=form.recorder,
    )
    words = f"{day(form.started_at.date())} {MODES[form.mode]}{SESSION_KINDS[form.kind]}"
    if form.kind == "mediation":
        words += f"，{OUTCOMES[form.outcome]}"
    begins = case.node == "schedule" and form.kind == "mediation"
    return Changes(put=(held,), node="mediating" if begins else "", words=words)


# --- notes -------------------------------------------------------------------------------------------------------


def _check_note(case: Case, form: WriteNote, context: Context) -> Iterable[Problem]:
    yield from choice("kind", "类别", form.kind, NOTE_KINDS)
    yield from text("text", "内容", form.text, "narrative")
    if form.party or form.kind in ("claim", "offer", "concession", "caucus"):
        yield from named(case, "party", form.party, "说这句话的当事人")
    if form.session and case.session(form.session) is None:
        yield Problem("session", "没有这次调解，请刷新后再看。")
    if form.amount is not None and form.amount < 0:
        yield Problem("amount", "金额不能小于零。")


def _note(case: Case, form: WriteNote, context: Context) -> Changes:
    private = form.kind in PRIVATE_NOTES
    note = CaseNote(
        matter_id=case.matter_id,
        kind=form.kind,
        text=form.text,
        at=context.now,
        actor=context.actor,
        session=form.session,
        party=form.party,
        amount=form.amount,
        private=private,
    )
    # What is sealed is not told on the timeline either.
    return Changes(
        put=(note,), words=NOTE_KINDS[form.kind] if private else f"{NOTE_KINDS[form.kind]}：{form.text}"
    )


def _nobody(case: Case) -> str:
    return "" if case.mediators else "还没有选定调解员，请先指定或者由当事人选择。"


_WAIT = "各方当事人都同意调解以后才能进行。"

ACTS = (
    Act(
        "assign",
        "选定调解员",
        frozenset({"assign", "schedule", "mediating"}),
        "《人民调解法》第十九条",
        _check_assign,
        _assign,
        not_yet=_WAIT,
    ),
    Act(
        "plan",
        "约定时间地点",
        _SCHEDULE,
        "《人民调解法》第二十一条：及时、就地",
        _check_plan,
        _plan,
        not_yet="征得同意并选定调解员以后才能约定。",
        hindrance=_nobody,
    ),
    Act("cancel", "取消约定", _SCHEDULE, "《人民调解法》第二十七条", _check_cancel, _cancel),
    Act(
        "session",
        "记录调解",
        _SCHEDULE,
        "《人民调解法》第二十二条、第二十七条",
        _check_hold,
        _hold,
        not_yet="征得同意并选定调解员以后才能调解。",
        hindrance=_nobody,
    ),
    Act("note", "记笔记", OPEN, "《人民调解法》第二十七条", _check_note, _note),
)
