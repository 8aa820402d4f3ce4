"""The invitation slip (调解员邀请单) for a call-out: A5, 80 mm, or any other format of slips."""

from __future__ import annotations

from datetime import datetime

from qingyuan_desk.documents.blocks import Column, Composer, Pair, Tick
from qingyuan_desk.documents.fonts import faces
from qingyuan_desk.documents.page import DENSER, SHEETS, Imprint, Sheet, print_pages
from qingyuan_desk.documents.parts import day, moment
from qingyuan_desk.documents.typeset import Setter
from qingyuan_desk.documents.wording import Wording
from qingyuan_desk.domain.papers import Paper
from qingyuan_desk.domain.roster.papers import Invitation

_WEEKDAYS = "一二三四五六日"


def render(facts: Invitation, format: str) -> Paper:
    """Make the slip on a format of FORMATS. Raises Unavailable when a font or a text of this program is not there."""
    setter = Setter(faces())
    words = Wording("invitation", {})
    words = Wording("invitation", _values(facts, words.text("at_once")))
    page = _compose(facts, words, SHEETS[format], setter)
    for sheet in DENSER[format]:
        if page.pages == 1:
            break
        page = _compose(facts, words, sheet, setter)
    title = words.text("title")
    imprint = Imprint(
        title=f"{title} {facts.callout.name}",
        author=facts.office.name,
        foot=f"打印时间 {moment(facts.printed_at)}",
        training=facts.office.training,
    )
    pdf, pages = print_pages(page.sheet, setter, page.strips, imprint)
    return Paper(
        "invitation",
        title,
        format,
        pdf,
        setter.missing,
        1,
        pages,
        facts.callout.matter_number or facts.callout.name,
    )


def _values(facts: Invitation, at_once: str) -> dict[str, str]:
    come = facts.callout.come_at
    return {
        "name": facts.callout.name,
        "come": _when(come) if come else at_once,
        "place": facts.room or facts.office.name,
        "phone": facts.office.phone,
    }


def _compose(facts: Invitation, words: Wording, sheet: Sheet, setter: Setter) -> Composer:
    callout, page = facts.callout, Composer(sheet, setter)
    training = Wording("common", {}).text("training") if facts.office.training else ""
    page.head(facts.office.name, words.text("title") + training, "")
    page.paragraph(words.text("greeting"), indent=False, bold=True)
    page.paragraph(words.text("body"))
    page.space(4)
    rows: list[list[Pair]] = [
        [("事项", callout.purpose)],
        [("事项编号", callout.matter_number or "（到场后告知）"), ("呼叫时间", moment(callout.called_at))],
        [("请到时间", words_of_time(facts, words)), ("地点", facts.room or facts.office.name)],
        [("呼叫人", callout.called_by), ("住址", facts.place or "—")],
    ]
    page.fields(rows)
    page.heading(words.text("told_title"))
    page.items(words.lines("told"))
    page.heading(words.text("answer_title"))
    page.table(
        (Column("选择", 1), Column("答复", 8)), [(Tick(), answer) for answer in words.lines("answers")]
    )
    if facts.office.phone:
        page.note(words.text("ask"))
    page.signatures(
        ["调解员（签名）", "到场时间"],
        [f"{facts.office.committee or facts.office.name}　{day(facts.printed_at.date())}"],
    )
    return page


def words_of_time(facts: Invitation, words: Wording) -> str:
    """When to be there, as the slip says it."""
    come = facts.callout.come_at
    return _when(come) if come else words.text("at_once")


def _when(moment: datetime) -> str:
    return f"{moment.month}月{moment.day}日（周{_WEEKDAYS[moment.weekday()]}）{moment:%H:%M}"
