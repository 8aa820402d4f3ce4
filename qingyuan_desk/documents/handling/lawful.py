"""The lawful ways instead of a petition (第三十一条): where they lead, how much time is left, guidance to courts and police."""

from __future__ import annotations

from qingyuan_desk.documents.blocks import Cell, Column
from qingyuan_desk.documents.forms.parts import BLANK_DAY, on
from qingyuan_desk.documents.handling.parts import (
    Form,
    about,
    addressed,
    notice,
    received,
    sealed,
    served,
    until,
)
from qingyuan_desk.documents.parts import day, place_of
from qingyuan_desk.domain.handling.limits import ways
from qingyuan_desk.domain.papers import ClockLine


def guidance(form: Form) -> None:
    """涉法涉诉引导告知单 (诉访分离: 第二十条第二款、第二十二条第二款、第二十八条第二款)."""
    page = form.page
    told = notice(form, "litigation")
    organ, _, path = told.note.partition("：") if told else ("", "", "")
    unit = form.facts.units.get(form.case.unit)
    known = unit is not None and bool(told)
    addressed(form)
    page.paragraph(form.say("lead", received=on(received(form))))
    about(form)
    page.paragraph(form.say("quote"))
    page.paragraph(form.say("decision"))
    page.fields(
        [
            [("政法部门", organ), ("联系电话", unit.phone if unit and known else "")],
            [("法律程序", path)],
            *([[("地址", unit.place)]] if unit and known and unit.place else []),
        ]
    )
    if form.case.classified.explanation or form.by_hand:
        page.part(form.say("explained"), form.case.classified.explanation, 2)
    page.label(form.say("bring_title"))
    page.items(form.words.lines("bring"))
    if form.facts.limitations:
        page.label(form.say("limits_title"))
        page.items([_period(each) for each in form.facts.limitations])
    page.note(form.say("help"))
    sealed(form, told.on if told else None, ["接谈人（签名）"])
    served(form)


def _period(each: ClockLine) -> str:
    """A period in one line, with its last day where that is known."""
    last = until(each)
    return f"{each.event}：{each.period}{f'，即至{last}止' if last else ''}（{each.article}）。"


def legal_path(form: Form) -> None:
    """法定途径告知单: which procedure of 第三十一条 it is for, where, and how much time is left."""
    page, petition = form.page, form.case.classified
    named = ways(form.case)
    addressed(form)
    page.paragraph(form.say("lead", received=on(received(form))))
    about(form)
    offered = form.words.rows("ways", 2)
    page.choices("　", [name for _, name in offered], [code in named for code, _ in offered])
    page.label(form.say("where_title"))
    where(form)
    if petition.explanation:
        page.part(form.say("explained"), petition.explanation, 1)
    _limitations(form)
    page.note(form.say("limits_note"))
    sealed(form, petition.refused_on, ["告知人（签名）"])
    served(form)


def _limitations(form: Form) -> None:
    """The periods to keep: how long, the last day with both days where a holiday moves it, how many days are left."""
    page = form.page
    today = BLANK_DAY if form.by_hand else day(form.facts.printed_at.date())
    page.label(form.say("limits_title", today=today))
    page.table(
        (
            Column("事项和依据", 4.4),
            Column("期限", 6),
            Column("末日", 2.6, "middle"),
            Column("剩余", 1.5, "middle"),
        ),
        [_limitation(form, each) for each in form.facts.limitations] or [("", "", "", "")] * 2,
        least=1 if form.facts.limitations else 2,
    )
    page.space(3)


def _limitation(form: Form, each: ClockLine) -> tuple[Cell, ...]:
    what = f"{each.event}（{each.article}）"
    period = f"{each.period}。{each.note}" if each.note else each.period
    if each.natural_end is None:
        return what, period, "", ""
    left = (each.natural_end - form.facts.printed_at.date()).days
    said = day(each.natural_end)
    if each.shifted_end and each.shifted_end != each.natural_end:
        said += f"\n顺延至{day(each.shifted_end)}"
    said += "（暂定）" if each.provisional else ""
    return what, period, said, f"{left}日" if left >= 0 else "已届满"


def where(form: Form) -> None:
    """Where to go: the organs of the ways that were named, else the organ that was; room to write where none was."""
    lines = [
        f"{each.name}：{place_of(each).replace(chr(10), '，')}。"
        for each in form.facts.paths
        if each.suggested
    ]
    if not lines:
        lines = [
            f"{each}。"
            for each in (_guided_to(form) or form.unit(form.case.classified.organ),)
            if each and not form.by_hand
        ]
    if lines:
        form.page.items(lines)
    else:
        form.page.writing(1)


def _guided_to(form: Form) -> str:
    """The organ and the procedure a petitioner was guided to."""
    told = notice(form, "litigation")
    return told.note if told else ""
