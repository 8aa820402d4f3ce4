"""Sheets of boxes, as organs send them to each other: a label at the left of each, room to write and to sign in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from qingyuan_desk.documents.blocks import Composer
from qingyuan_desk.documents.forms.parts import BLANK, BLANK_DAY
from qingyuan_desk.documents.handling.parts import Form
from qingyuan_desk.documents.parts import day
from qingyuan_desk.domain.handling.records import Sending
from qingyuan_desk.domain.identity import SEXES
from qingyuan_desk.domain.papers import ClockLine

#: The share of the width a label takes, and what of a box its text has no room in, in points.
_LABEL, _EDGE = 0.19, 9.0
#: What stands for a box to tick in a line of text, and for a ticked one.
_OPEN, _TICKED = "□", "■"
#: Characters of what was said that a sheet repeats; the whole of it is in the package.
_BRIEF = 600
#: What is left free for a day.
_DAY = "　　　年　　月　　日"


@dataclass(frozen=True)
class Box:
    """A labelled box. least: how many lines it is high at least. signs: who signs at its right foot; a day follows."""

    label: str
    value: str = ""
    least: int = 1
    signs: str = ""


def boxes(page: Composer, *rows: Sequence[Box]) -> None:
    """Rows of one box or two beside each other; the labels of all rows are equally wide."""
    label = page.sheet.inner * _LABEL
    for row in rows:
        width = page.sheet.inner / len(row) - label - _EDGE
        page.fields(
            [[(box.label, _held(page, box, width)) for box in row]],
            least=max(box.least for box in row),
            label=label,
        )


def _held(page: Composer, box: Box, width: float) -> str:
    """What stands in a box: its value, room below, then at the right foot who signs, and a day."""
    if not box.signs:
        return box.value
    size = page.sheet.value
    foot = f"{box.signs}：　　　　　　　{_DAY}"
    spare = width - page.setter.line(foot, size).width
    foot = "　" * max(0, int(spare / page.setter.line("　", size).width)) + foot
    used = len(page.setter.lines(box.value, size, width)) if box.value else 0
    room = max(box.least - 1 - used, 1)
    return "\n".join([*([box.value] if used else []), *[""] * room, foot])


def ticks(table: Mapping[str, str], chosen: str = "") -> str:
    """Names to choose from in one line of text, the chosen one ticked."""
    return "　".join(f"{_TICKED if code == chosen else _OPEN}{name}" for code, name in table.items())


# --- words several sheets say ----------------------------------------------------------------------------------------


def on(when: date | None) -> str:
    """A day, or nothing: a box has room."""
    return day(when) if when else ""


def between(first: date | None, last: date | None) -> str:
    """From one day to another, room where one is not known."""
    return f"{on(first) or _DAY}起　至　{on(last) or _DAY}止"


def visitor(form: Form) -> str:
    """Who came, with what the unit needs to find them; no number of a document."""
    facts = form.facts
    if not facts.people:
        return facts.case.visitor
    main = facts.people[0]
    said = [f"{main.name or '未提供姓名'}{f'（{SEXES[main.sex]}）' if main.sex in SEXES else ''}"]
    said += [f"电话 {main.phone}"] if main.phone else []
    said += [f"住址 {main.address}"] if main.address else []
    said += [f"共 {facts.case.headcount} 人"] if facts.case.headcount > 1 else []
    return "，".join(said)


def brief(form: Form) -> str:
    """What the matter is about, cut where it is very long."""
    said = form.case.narrative
    return said if len(said) <= _BRIEF else f"{said[:_BRIEF]}……（全文见送案包）"


def told(form: Form) -> str:
    """Who came and what was said, in one box."""
    if form.by_hand:
        return ""
    return f"来访人：{visitor(form)}。\n诉求：{brief(form)}"


def joined(form: Form, codes: Sequence[str]) -> str:
    """Units by name in one line."""
    return "、".join(form.unit(code) for code in codes)


def why(form: Form, sent: Sending | None) -> str:
    """Why this unit: the line of the duty list, or the reason it goes to another and who approved (交办准入)."""
    if sent is None:
        return ""
    found = form.facts.why.get(sent.unit, "")
    if sent.listed:
        return found
    return "\n".join(filter(None, [found, f"清单外交办理由：{sent.reason}。批准人：{sent.approved_by}。"]))


def until(line: ClockLine | None) -> str:
    """The last day of a limit, both days where a holiday moves it; from when and how long where it has not begun."""
    if line is None:
        return ""
    if line.natural_end is None:
        return line.period
    said = day(line.natural_end)
    if line.shifted_end and line.shifted_end != line.natural_end:
        said += f"（顺延至{day(line.shifted_end)}）"
    return said + ("（暂定）" if line.provisional else "")


def numbered(form: Form, number: str) -> None:
    """The number of the sheet at the right, room for it on a blank one."""
    form.page.at_right(f"编号：{number}" if number else "编号：　　　　〔　　　　〕　　　　号")


def addressed(form: Form, name: str) -> None:
    """To whom it goes."""
    form.page.paragraph(f"{name or BLANK}：", indent=False, bold=True)


def issued(form: Form, signers: Sequence[str], issuer: str, when: date | None) -> None:
    """Places to sign, and the issuer's name and day, over which the seal comes."""
    form.page.space(6)
    form.page.attested(signers, [f"{issuer or BLANK}（印章）", on(when) or BLANK_DAY])
