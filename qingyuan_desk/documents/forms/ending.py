"""Forms of the end: what nobody disputes, termination, the ways that remain, corrections, the report, the dossier."""

from __future__ import annotations

from datetime import date

from qingyuan_desk.documents.blocks import Column, Tick
from qingyuan_desk.documents.forms.opening import other_ways, reason
from qingyuan_desk.documents.forms.parts import (
    BLANK,
    BLANK_DAY,
    Form,
    committee,
    home,
    mediator_places,
    mediators,
    name_of,
    named,
    number,
    on,
    places,
    sealed,
    subject,
)
from qingyuan_desk.documents.forms.sheet import Entry
from qingyuan_desk.documents.parts import day, place_of
from qingyuan_desk.domain import money
from qingyuan_desk.domain.mediation.case import Mediation
from qingyuan_desk.domain.mediation.codes import CLOSINGS, GROUNDS, ORIGINS, RESULTS, RETENTIONS, SIDES
from qingyuan_desk.domain.mediation.papers import MEDIATION_PAPERS

_BOTH = ("申请人", "被申请人")


def undisputed(form: Form) -> None:
    """无争议事实确认书: facts on which all agree although no agreement was reached; no concession is among them."""
    page = form.page
    facts = [note.text for note in form.case.notes if note.kind == "undisputed" and not note.private]
    page.at_right(f"编号：{number(form.facts)}")
    page.paragraph(form.say("lead"))
    page.numbered("各方没有争议的事实", facts, 8)
    page.space(6)
    page.paragraph(form.say("close"))
    page.signed("当事人（签名盖章或按指印）", places(form, form.case.parties, _BOTH))
    sealed(form, [*mediator_places(form), "记录人（签名）"], None)


def termination(form: Form) -> None:
    """终止调解通知书 (《人民调解法》第二十六条): why it ends, and the ways that remain."""
    page, mediation = form.page, form.case.mediation
    page.at_right(f"编号：{number(form.facts)}")
    page.paragraph(f"{named(form.case.parties) or BLANK}：", indent=False, bold=True)
    page.paragraph(form.say("lead", accepted=on(mediation.accepted_on if mediation else None)))
    reason(form, "end", "终止的理由")
    page.paragraph(form.say("decision"))
    other_ways(form, mediation)
    page.paragraph(form.say("close"))
    page.signed("当事人签收（签名盖章或按指印）", places(form, form.case.parties, _BOTH))
    sealed(form, ["送达人（签名）"], mediation.ended_on if mediation else None)


def next_paths(form: Form) -> None:
    """纠纷化解途径告知单: organ, address, telephone and hours of each way, as far as they are known."""
    page = form.page
    page.paragraph(f"{named(form.case.parties) or BLANK}：", indent=False)
    page.paragraph(form.say("lead"))
    page.space(4)
    page.table(
        (Column("选择", 0.9), Column("途径", 2.3), Column("到哪里去", 4.6), Column("说明", 4.4)),
        [(Tick(each.suggested), each.name, place_of(each), each.note) for each in form.facts.paths]
        or [(Tick(), "", "", "") for _ in range(5)],
        least=1 if form.facts.paths else 3,
    )
    page.space(4)
    page.items(form.words.lines("notes"))
    page.signed("当事人签收（签名或按指印）", places(form, form.case.parties, _BOTH))
    page.attested(["告知人（签名）"], [])
    page.foot([committee(form.facts), on(None if form.by_hand else form.facts.printed_at.date())])


def correction(form: Form) -> None:
    """更正说明: what a signed paper says, what is right, and why; the paper stays as it was signed."""
    page = form.page
    found = subject(form, form.case.corrections, "更正")
    title = MEDIATION_PAPERS[found.paper].title if found and found.paper in MEDIATION_PAPERS else ""
    page.at_right(f"编号：{number(form.facts)}")
    page.written([Entry("更正的文书", title or (found.paper if found else ""))])
    page.written([Entry("当事人", named(form.case.parties))])
    page.part("原来写的是", found.before if found else "", form.rows(4))
    page.part("更正为", found.after if found else "", form.rows(4))
    page.part("更正的理由", found.reason if found else "", form.rows(4))
    page.space(6)
    page.paragraph(form.say("stays"))
    page.signed("当事人知悉（签名盖章或按指印）", places(form, form.case.parties, _BOTH))
    approver = name_of(form.facts, found.approver) if found else ""
    sealed(
        form,
        ["经办人（签名）", f"批准人 {approver}（签名）" if approver else "批准人（签名）"],
        found.at.date() if found else None,
    )


def closing(form: Form) -> None:
    """人民调解结案报告表: the case on one sheet (《人民调解法》第二十七条)."""
    page, facts, case = form.page, form.facts, form.case
    mediation = case.mediation
    page.fields(
        [
            [
                ("卷号", "" if form.by_hand else number(facts)),
                ("填表时间", _day(mediation.filed_on if mediation else None)),
            ],
            [("承办单位", committee(facts)), ("承办人", "、".join(mediators(facts)))],
            [
                ("受案时间", _day((mediation.accepted_on or mediation.applied_on) if mediation else None)),
                ("结案时间", _day((mediation.closed_on or mediation.ended_on) if mediation else None)),
            ],
            [
                ("纠纷类型", facts.dispute_type),
                ("案件来源", ORIGINS.get(mediation.origin, "") if mediation else ""),
            ],
        ],
        least=2,
    )
    page.fields(
        [
            [(SIDES[each.side], "，".join(filter(None, [each.name, home(facts, each), each.phone])))]
            for each in case.parties
        ]
        or [[("申请人", "")], [("被申请人", "")]],
        least=2,
    )
    page.fields([[("简要事实", mediation.facts if mediation else "")]], least=8)
    page.fields([[("处理结果", _result(form, mediation) if mediation else "")]], least=8)
    page.fields([[("审核意见", "")]], least=4)
    page.space(4)
    sealed(form, ["承办人（签名）", "审核人（签名）"], mediation.filed_on if mediation else None)


def _day(when: date | None) -> str:
    return day(when) if when else ""


def _result(form: Form, mediation: Mediation) -> str:
    """What came of it: the result, the agreement, its performance, how the case was closed."""
    case = form.case
    said = [RESULTS[mediation.result]]
    ground = GROUNDS.get(mediation.ground)
    if ground:
        said[0] += f"：{ground.name}"
    current = case.agreement
    if current:
        said[0] += f"，达成{'口头' if current.form == 'oral' else '书面'}协议"
        said += [f"{place}. {term}" for place, term in enumerate(current.terms, 1)]
        if current.amount:
            said.append(f"协议涉及金额 {money.words(current.amount)}。")
        said.append(form.say("performed" if case.performed else "performing"))
    confirmed = case.confirmation
    if confirmed and confirmed.result == "confirmed":
        said.append(form.say("confirmed", court=confirmed.court, document=confirmed.document))
    if mediation.closing:
        said.append(f"结案方式：{CLOSINGS[mediation.closing]}。")
    return "\n".join(said)


def explanation(form: Form) -> None:
    """卷宗情况说明: what whoever opens the dossier should know of it."""
    page, mediation = form.page, form.case.mediation
    page.written([Entry("卷名", form.case.title)])
    page.written([Entry("卷号", "" if form.by_hand else number(form.facts))])
    page.part("说明", _remark(form, mediation), form.rows(14))
    corrected = [
        MEDIATION_PAPERS[each.paper].title for each in form.case.corrections if each.paper in MEDIATION_PAPERS
    ]
    if corrected:
        page.paragraph(form.say("corrected", papers="、".join(dict.fromkeys(corrected))))
    sealed(form, ["立卷人（签名）", "检查人（签名）"], mediation.filed_on if mediation else None)


def _remark(form: Form, mediation: Mediation | None) -> str:
    if mediation is None:
        return ""
    return mediation.remark or form.say("nothing")


def cover(form: Form) -> None:
    """卷宗封面."""
    page, facts, mediation = form.page, form.facts, form.case.mediation
    page.space(54)
    page.centred(committee(facts), 20, bold=True)
    page.space(20)
    page.centred("人民调解卷宗", 34, bold=True)
    page.space(60)
    for label, value in (
        ("卷名", form.case.title),
        ("卷号", number(facts)),
        ("人民调解员", "、".join(mediators(facts))),
        ("调解日期", _between(mediation)),
        ("立卷人", name_of(facts, mediation.filer) if mediation else ""),
        ("立卷日期", on(mediation.filed_on if mediation else None)),
        ("保管期限", RETENTIONS.get(mediation.retention, mediation.retention) if mediation else ""),
        ("备注", ""),
    ):
        page.written([Entry(label, value, room=5.5)])
        page.space(18)


def _between(mediation: Mediation | None) -> str:
    begun = (mediation.accepted_on or mediation.applied_on) if mediation else None
    ended = (mediation.ended_on or mediation.closed_on) if mediation else None
    return f"{on(begun)}　至　{on(ended)}"


def contents(form: Form) -> None:
    """卷内目录: number, paper, pages, remark."""
    lines = form.facts.contents
    form.page.at_right(f"卷号：{number(form.facts)}")
    form.page.table(
        (
            Column("序号", 1, "middle"),
            Column("文书名称", 6),
            Column("页号", 1.8, "middle"),
            Column("备注", 2.6),
        ),
        [
            (str(place), each.title, _pages(each.first, each.last), each.note)
            for place, each in enumerate(lines, 1)
        ]
        or [
            (str(place), title, "", note)
            for place, (title, note) in enumerate(form.words.rows("lines", 2), 1)
        ],
        least=2,
    )


def _pages(first: int, last: int) -> str:
    if not first:
        return ""
    return str(first) if first == last else f"{first}—{last}"


def back_cover(form: Form) -> None:
    """封底: how many pages the dossier has, who made and who checked it."""
    page, facts, mediation = form.page, form.facts, form.case.mediation
    page.space(250)
    page.paragraph(form.say("pages", pages=str(facts.pages) if facts.pages else "　　　　"), indent=False)
    page.space(20)
    for label, value in (
        ("卷号", "" if form.by_hand else number(facts)),
        ("立卷人（签名）", ""),
        ("检查人（签名）", ""),
        ("立卷日期", on(mediation.filed_on if mediation else None)),
        ("归档日期", BLANK_DAY),
    ):
        page.written([Entry(label, value, room=7.5)])
        page.space(6)
    page.space(90)
    page.centred(committee(facts), 14)
