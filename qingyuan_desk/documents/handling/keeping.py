"""What the desk keeps and asks for: the register of a sealed matter, mandatory reports, the visitor's rating."""

from __future__ import annotations

from qingyuan_desk.documents.blocks import Cell, Column, Tick
from qingyuan_desk.documents.forms.parts import BLANK, on
from qingyuan_desk.documents.handling.parts import Form, channel, choose, received, sealed, subject
from qingyuan_desk.documents.parts import day, moment
from qingyuan_desk.domain.handling.codes import ALERTS, RATED, SATISFACTIONS, TRISTATE

#: Lines to sign each handing over of a sealed file.
_HANDED = 5


def secret(form: Form) -> None:
    """密件登记表: number, days, who may know, to whom it went; never a name nor what was said (第三十条第三款)."""
    page, case = form.page, form.case
    sent = next((each for each in reversed(case.sendings) if each.mode == "discipline"), None)
    page.at_right(f"编号：{case.number or BLANK}")
    page.paragraph(form.say("inside"), bold=True)
    page.space(4)
    page.fields(
        [
            [("登记编号", case.number), ("收到日期", on(received(form)) if not form.by_hand else "")],
            [("来件形式", channel(form)), ("来访次数", "" if form.by_hand else f"{len(case.visits)}次")],
            [("件数、页数", ""), ("封存位置", "")],
            [("知悉范围", "、".join(form.facts.readers))],
            [
                ("移送机关", form.unit(sent.unit) if sent else ""),
                ("移送日期", day(sent.sent_on) if sent else ""),
            ],
            [("移送文号", sent.number if sent else ""), ("签收人、日期", "")],
        ],
        least=2,
    )
    page.label("交接记录")
    rows: list[tuple[Cell, ...]] = [(str(place), "", "", "", "", "") for place in range(1, _HANDED + 1)]
    page.table(
        (
            Column("序号", 1, "middle"),
            Column("日期时间", 2.4),
            Column("事由", 3),
            Column("移交人", 2),
            Column("接收人", 2),
            Column("封口完好", 1.6),
        ),
        rows,
        least=2,
    )
    page.label(form.say("rules_title"))
    page.items(form.words.lines("rules"))
    page.attested(["登记人（签名）", "保管人（签名）"], [])
    page.foot([on(None)])


def report(form: Form) -> None:
    """强制报告登记表: what was reported, when, to whom, who took it, by which article."""
    page, case = form.page, form.case
    found = subject(form, case.alerts, "报告")
    kinds = {code: ground.name for code, ground in ALERTS.items() if code != "urgent"}
    page.at_right(f"编号：{(found.number if found else '') or BLANK}")
    label = page.sheet.inner * 0.19
    choose(form, "报告事项", kinds, found.kind if found else "")
    page.space(4)
    page.fields(
        [
            [("事项编号", case.number), ("登记日期", on(received(form)) if not form.by_hand else "")],
            [("报告时间", moment(found.at) if found else ""), ("报告方式", found.how if found else "")],
            [("报告对象", found.to if found else ""), ("接报人", found.taken_by if found else "")],
            [("涉及人员", ""), ("年龄、关系", "")],
            [("监护人或者联系人", ""), ("发生地", form.facts.place)],
        ],
        least=2,
        label=label,
    )
    page.fields([[("报告内容", found.text if found else "")]], least=5, label=label)
    page.fields([[("已采取措施", found.measures if found else "")]], least=3, label=label)
    page.fields([[("接报单位反馈", "")]], least=2, label=label)
    page.label(form.say("rules_title"))
    rules = form.words.section("rules")
    for code in kinds:
        if found is None or found.kind == code:
            page.note(rules.text(code))
    page.note(form.say("privacy"))
    sealed(form, found.at.date() if found else None, ["报告人（签名）", "负责人（签名）"])


def rating(form: Form) -> None:
    """满意度评价表: what the visitor keeps, and below it a piece to tick and give in, with a number instead of a name."""
    page, case = form.page, form.case
    page.at_right(f"事项编号：{case.number or BLANK}")
    page.paragraph(form.say("lead"))
    page.paragraph(form.say("privacy"))
    if case.number:
        page.space(8)
        page.code(case.number, form.words.lines("how"))
    page.torn_off(lambda: _vote(form))


def _vote(form: Form) -> None:
    """The piece that is given in."""
    page = form.page
    page.centred(form.say("vote"), 13, bold=True)
    page.at_right(f"事项编号：{form.case.number or BLANK}")
    page.table(
        (
            Column("评价对象", 3.4),
            *[Column(name, 1.5) for code, name in SATISFACTIONS.items() if code != "refused"],
            Column("不评价", 1.3),
        ),
        [(_rated(form, code), *[Tick()] * len(SATISFACTIONS)) for code in RATED],
        least=3,
    )
    page.space(4)
    for asked in form.words.lines("asked"):
        page.choices(asked, [name for code, name in TRISTATE.items() if code], [False, False])
    page.part(form.say("opinions"), "", 4)
    page.foot([on(None)])


def _rated(form: Form, code: str) -> str:
    """What is rated, the unit by its name."""
    name = form.unit(form.case.unit) if code == "unit" else form.facts.office.name
    return f"{RATED[code]}\n{name}" if name and not form.by_hand else RATED[code]
