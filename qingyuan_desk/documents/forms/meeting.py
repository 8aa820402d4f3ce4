"""Forms of meeting: the invitation, the call, the record of an inquiry and of a mediation, the ladder of offers."""

from __future__ import annotations

from collections.abc import Iterable

from qingyuan_desk.documents.blocks import Column
from qingyuan_desk.documents.forms.parts import (
    BLANK,
    Form,
    mediator_places,
    mediators,
    name_of,
    named,
    number,
    of_side,
    on,
    places,
    sealed,
    span,
    subject,
    where,
)
from qingyuan_desk.documents.forms.sheet import Entry, Place
from qingyuan_desk.documents.parts import moment
from qingyuan_desk.domain import money
from qingyuan_desk.domain.mediation.case import CaseNote, CaseParty, Session
from qingyuan_desk.domain.mediation.codes import CONTACT_WAYS, NOTE_KINDS, SESSION_KINDS, SIDES

_CALL_COLUMNS = (
    Column("时间", 4),
    Column("方式", 1.6),
    Column("是否联系上", 1.8, "middle"),
    Column("说了什么", 6),
)
_LADDER = (
    Column("时间", 4),
    Column("当事人", 2),
    Column("类别", 1.2, "middle"),
    Column("内容", 5),
    Column("金额", 2.2, "right"),
)
#: What stands on the ladder, a claim as its first rung.
_RUNGS = ("claim", "offer", "concession")


def invitation(form: Form) -> None:
    """调解邀请函（约请通知）: when and where, or the link; a sheet for each party, to be signed for."""
    session = subject(form, form.case.sessions, "场次")
    invited = [each for each in form.case.parties if session and each.record_id in session.present]
    for place, each in enumerate(invited or form.case.parties or [None]):
        if place:
            form.page.turn()
            form.page.title("调解邀请函", "（约请通知）")
        _invited(form, session, each)


def _invited(form: Form, session: Session | None, each: CaseParty | None) -> None:
    page, facts = form.page, form.facts
    page.at_right(f"编号：{number(facts)}")
    page.paragraph(f"{each.name if each else BLANK}：", indent=False, bold=True)
    others = named([other for other in form.case.parties if other is not each])
    kind = SESSION_KINDS[session.kind] if session else "调解"
    page.paragraph(form.say("lead", others=others or BLANK, kind=kind))
    page.space(6)
    site = session is None or session.mode == "site"
    page.fields(
        [
            [("时间", moment(session.planned_at) if session else "")],
            [("地点" if site else "参加方式", where(facts, session) if session else "")],
            [("人民调解员", "、".join(mediators(facts)))],
            [("联系电话", facts.office.phone)],
        ],
        least=2 if form.by_hand else 1,
    )
    page.label("请您")
    page.items([*form.words.lines("bring"), *([] if site else form.words.lines("remote"))])
    page.label("说明")
    page.items(form.words.lines("told"))
    page.label("回执（签收后由送达人带回）")
    page.choices("我", ["按时参加", "委托代理人参加", "要求改期", "不同意调解"], [False] * 4)
    page.signed(
        "被邀请人（签名盖章或按指印）", places(form, [each] if each else [], ["被邀请人"], alone=True)
    )
    sealed(form, ["送达人（签名）"], facts.printed_at.date() if each else None)


def phone_script(form: Form) -> None:
    """电话联系提纲: what to say on the telephone, what to write down; earlier attempts. It stays with the mediator."""
    page, facts, words = form.page, form.facts, form.words
    each = subject(form, form.case.parties, "当事人")
    planned = [session for session in form.case.sessions if session.state == "planned"]
    others = [other for other in form.case.parties if other is not each]
    page.fields(
        [
            [("打给", f"{each.name}（{SIDES[each.side]}）" if each else "")],
            [("电话", each.phone if each else ""), ("案件", form.case.number)],
            [("另一方", named(others))],
            [("纠纷", facts.dispute_type)],
            [("约定", "；".join(f"{moment(one.planned_at)}，{where(facts, one)}" for one in planned))],
        ]
    )
    caller = "、".join(mediators(facts)) or BLANK
    filled = form.filled(name=each.name if each else BLANK, caller=caller, others=named(others) or BLANK)
    for part in filled.sections("parts"):
        page.label(part.text("title"))
        page.items(part.lines("items"))
    page.label("当事人的答复")
    for name in words.lines("answers"):
        page.choices("", [name], [False])
    page.part("记下的话", "", 3)
    calls = [one for one in form.case.contacts if each and one.party == each.record_id]
    if calls:
        page.label("以前的联系")
        page.space(3)
        page.table(
            _CALL_COLUMNS,
            [
                (moment(one.at), CONTACT_WAYS.get(one.how, one.how), "是" if one.reached else "否", one.note)
                for one in calls
            ],
        )


def investigation(form: Form) -> None:
    """人民调解调查记录: who was asked, when and where, by whom, and what was said."""
    page, facts = form.page, form.facts
    session = subject(form, form.case.sessions, "场次")
    page.at_right(f"编号：{number(facts)}")
    page.written([Entry("调查时间", span(session) if session else "", room=4)])
    page.written([Entry("调查地点", where(facts, session) if session else "", room=4)])
    page.written([Entry("参加人", "、".join(session.helpers) if session else "", room=4)])
    asked = _asked(form, session) if session else ""
    page.written([Entry("被调查人", asked, room=4)])
    page.written(
        [Entry("调查人", "、".join(mediators(facts)), room=4), Entry("记录人", _recorder(form, session))]
    )
    if session and session.subject:
        page.written([Entry("调查事由", session.subject, room=4)])
    page.space(4)
    page.paragraph(form.say("told"))
    page.part("记录", session.statements if session else "", form.rows(11))
    if session and session.verified:
        page.part("核实情况", session.verified, 1)
    page.paragraph(form.say("read"))
    page.signed("被调查人（签名或按指印）", [Place("被调查人")])
    page.attested(["调查人（签名）", "记录人（签名）"], [])
    page.foot([on((session.started_at or session.planned_at).date() if session else None)])


def _asked(form: Form, session: Session) -> str:
    """Those asked: parties, and others by what was written."""
    known = named(each for each in form.case.parties if each.record_id in session.present)
    return "、".join(filter(None, [known, session.asked]))


def record(form: Form) -> None:
    """人民调解记录 (《人民调解法》第二十七条): rights told, what was stated and verified, what came of it; signed by all."""
    page, facts = form.page, form.facts
    session = subject(form, form.case.sessions, "场次")
    there = [each for each in form.case.parties if session and each.record_id in session.present]
    page.at_right(f"编号：{number(facts)}")
    page.written([Entry("时间", span(session) if session else "", room=5)])
    page.written([Entry("地点", where(facts, session) if session else "", room=5)])
    page.written([Entry("事由", (session.subject if session else "") or facts.dispute_type, room=5)])
    page.written([Entry("当事人", "、".join(f"{each.name}（{SIDES[each.side]}）" for each in there), room=5)])
    page.written([Entry("参加人", ("、".join(session.helpers) or "无") if session else "", room=5)])
    page.written(
        [Entry("人民调解员", "、".join(mediators(facts)), room=5), Entry("记录人", _recorder(form, session))]
    )
    told = "told" if session is None or session.rights_told else "not_told"
    page.part("告知情况", form.say(told), 1)
    page.part("双方陈述", session.statements if session else "", form.rows(11))
    page.part("核实、质证情况", session.verified if session else "", form.rows(5))
    _outcome(form, session)
    page.paragraph(form.say("read"))
    page.signed("当事人（签名盖章或按指印）", places(form, there, ["申请人", "被申请人"]))
    if session and session.helpers:
        page.signed("参加人（签名）", [Place(each) for each in session.helpers])
    page.attested([*mediator_places(form), "记录人（签名）"], [])
    page.foot([on((session.started_at or session.planned_at).date() if session else None)])


def _outcome(form: Form, session: Session | None) -> None:
    """调解结果: what was agreed, or why nothing was and which ways remain (第二十六条)."""
    page = form.page
    if session is None:
        page.label("调解结果")
        page.choices("", ["达成一致", "未达成一致", "另行约期"], [False] * 3)
        page.part("协议内容或者不成的原因", "", 6)
        page.paragraph(form.say("if_failed"))
        return
    page.part("调解结果", form.words.section("outcomes").text(session.outcome or "adjourned"), 1)
    labels = {"agreed": "协议内容", "failed": "不成的原因"}
    if session.proposal or session.outcome in labels:
        page.part(labels.get(session.outcome, "下一步"), session.proposal, 3)
    if session.outcome == "failed":
        page.part("其他途径告知", form.say("failed"), 1)


def _recorder(form: Form, session: Session | None) -> str:
    return name_of(form.facts, session.recorder) if session else ""


def offers(form: Form) -> None:
    """方案阶梯（调解员内部参考）: each side's last word and the gap, rung by rung. Never for a party, never in a dossier."""
    page, case = form.page, form.case
    page.paragraph(form.say("internal"), indent=False, bold=True)
    page.fields([[("案件", case.number), ("编号", number(form.facts))], [("纠纷", case.title)]])
    rungs = sorted((note for note in case.notes if note.kind in _RUNGS), key=lambda note: note.at)
    page.label("各方最近一次的方案")
    page.space(3)
    page.table(
        (Column("当事人", 4), Column("最近一次", 4.6), Column("金额", 2.4, "right"), Column("时间", 4)),
        [_last(form, each, rungs) for each in case.parties],
    )
    page.part("差距", _gap(form, rungs), 1)
    page.label("一步一步")
    page.space(3)
    page.table(_LADDER, [_rung(form, note) for note in rungs] or [("", "", "", "还没有记下方案", "")])


def _last(form: Form, each: CaseParty, rungs: Iterable[CaseNote]) -> tuple[str, str, str, str]:
    own = [note for note in rungs if note.party == each.record_id]
    who = f"{each.name}（{SIDES[each.side]}）"
    if not own:
        return (who, "还没有提出", "", "")
    note = own[-1]
    return (who, f"{NOTE_KINDS[note.kind]}：{note.text}", _sum(note.amount), moment(note.at))


def _rung(form: Form, note: CaseNote) -> tuple[str, str, str, str, str]:
    each = form.case.party(note.party)
    who = each.name if each else "调解员"
    said = note.text or f"（{name_of(form.facts, note.actor)}的内部记录）"
    return (moment(note.at), who, NOTE_KINDS[note.kind], said, _sum(note.amount))


def _gap(form: Form, rungs: list[CaseNote]) -> str:
    """How far the applicants' last sum and the respondents' are apart."""
    asked, given = (_latest(form, side, rungs) for side in ("applicant", "respondent"))
    if asked is None or given is None:
        return form.say("no_gap")
    return form.say(
        "gap" if asked != given else "met",
        asked=money.words(asked),
        given=money.words(given),
        gap=money.words(abs(asked - given)),
    )


def _latest(form: Form, side: str, rungs: list[CaseNote]) -> int | None:
    who = {each.record_id for each in of_side(form.facts, side)}
    return next(
        (note.amount for note in reversed(rungs) if note.party in who and note.amount is not None), None
    )


def _sum(fen: int | None) -> str:
    return "" if fen is None else money.words(fen)
