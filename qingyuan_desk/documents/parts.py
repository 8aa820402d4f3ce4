"""Parts several papers of a visit share: who came, what runs until when, how to ask, the foot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from qingyuan_desk.documents.blocks import Column, Composer, Pair
from qingyuan_desk.documents.page import Imprint
from qingyuan_desk.documents.wording import Wording
from qingyuan_desk.domain.papers import ClockLine, PathLine, SlipFacts

_SHANGHAI = ZoneInfo("Asia/Shanghai")
_CLOCK_COLUMNS = (Column("事项", 3.5), Column("期限", 3.1), Column("依据", 3.4))


@dataclass(frozen=True)
class Draft:
    """A paper being made: the facts, the page, its own texts and the shared ones."""

    facts: SlipFacts
    page: Composer
    words: Wording
    common: Wording


def values(facts: SlipFacts) -> dict[str, str]:
    """What the texts may fill in; a fact that is not known has words of its own."""
    office = facts.office
    return {
        "room": facts.room or "接待大厅",
        "unit": facts.unit or "接待人员",
        "number": facts.visit_number,
        "phone": office.phone,
        "address": office.address or office.name,
        "hours": office.hours or "见大厅公示",
        "committee": office.committee or "人民调解委员会",
        "office": office.name,
    }


def imprint(facts: SlipFacts, title: str) -> Imprint:
    """The foot: number, print time, which print it is; and the properties of the file."""
    foot = [facts.visit_number, f"打印时间 {moment(facts.printed_at)}"]
    if not facts.logged:
        foot.append("数据只读，未记入打印记录")
    elif facts.count > 1:
        foot.append(f"第{facts.count}次打印")
    return Imprint(f"{title} {facts.visit_number}", facts.office.name, "　".join(foot), facts.office.training)


def day(when: date) -> str:
    """A date as papers write it."""
    return f"{when.year}年{when.month}月{when.day}日"


def moment(when: datetime) -> str:
    """A time to the minute, in China Standard Time."""
    local = when.astimezone(_SHANGHAI) if when.tzinfo else when
    return f"{day(local)} {local:%H:%M}"


def place_of(each: PathLine) -> str:
    """The organ, and what is known of where it is; nothing stands for what is not."""
    lines = [each.organ]
    lines += [
        f"{label}：{said}"
        for label, said in (("地址", each.address), ("电话", each.phone), ("时间", each.hours))
        if said
    ]
    return "\n".join(lines)


def visitor(facts: SlipFacts) -> str:
    """The visitor's name with the sex, or that none was given."""
    if not facts.visitor:
        return "未提供姓名"
    return f"{facts.visitor}（{facts.sex}）" if facts.sex else facts.visitor


def company(facts: SlipFacts) -> list[list[Pair]]:
    """Rows about a group and its representatives, and about an agent, when there are any."""
    group: list[Pair] = []
    if facts.headcount > 1 or facts.representatives:
        group.append(("来访人数", f"{facts.headcount}人"))
    if facts.agent:
        group.append(("代理人", facts.agent))
    rows = [group] if group else []
    if facts.representatives:
        rows.append([("推选代表", "、".join(facts.representatives))])
    return rows


def opponents(facts: SlipFacts) -> list[list[Pair]]:
    """The row about the other side, when there is one."""
    return [[("对方当事人", "、".join(facts.opponents))]] if facts.opponents else []


def route(facts: SlipFacts) -> str:
    """Category, flow and kind of dispute in one line."""
    way = " → ".join(part for part in (facts.category, facts.flow) if part) or "待分流"
    return f"{way}（{facts.dispute_type}）" if facts.dispute_type else way


def turn(facts: SlipFacts) -> str:
    """Whether the matter is new, or which visit of it this is (首次/重复来访)."""
    return "首次来访" if facts.ordinal == 1 else f"第{facts.ordinal}次来访"


def place(facts: SlipFacts) -> list[list[Pair]]:
    """Rows about where to go and who does it."""
    unit = facts.unit or "待确定"
    found = "，".join(filter(None, [facts.unit_place, facts.unit_phone and f"电话 {facts.unit_phone}"]))
    rows: list[list[Pair]]
    if found:
        rows = [[("接待房间", facts.room or "接待大厅")], [("主办单位", f"{unit}（{found}）")]]
    else:
        rows = [[("接待房间", facts.room or "接待大厅"), ("主办单位", unit)]]
    return rows


def helpers(facts: SlipFacts) -> list[list[Pair]]:
    """The row about units that help the leading one, when there are any."""
    return [[("协办单位", "、".join(facts.co_units))]] if facts.co_units else []


def clocks(draft: Draft, title: str, lines: Sequence[ClockLine]) -> None:
    """A table of last days with their articles, then what the law says besides and what 暂定 means."""
    if not lines:
        return
    draft.page.heading(title)
    draft.page.table(_CLOCK_COLUMNS, [(_event(line), _last_day(line), line.article) for line in lines])
    notes = [f"{line.event}：{line.note}。" for line in lines if line.note]
    if any(line.natural_end != line.shifted_end for line in lines):
        notes.append(draft.common.text("two_days"))
    if any(line.provisional for line in lines):
        notes.append(draft.common.text("provisional"))
    if notes:
        draft.page.note("".join(notes))


def ask(draft: Draft, more: Sequence[str] = ()) -> None:
    """How to ask about the matter, beside the QR code of its number."""
    if draft.page.sheet.roll:
        draft.page.rule()
    else:
        draft.page.space(4)
    how = draft.common.text("ask" if draft.facts.office.phone else "ask_here")
    draft.page.code(draft.facts.visit_number, [how, *more])


def sign(draft: Draft, *who: str) -> None:
    """Places to sign, a guardian's too for a minor; issuer and day at the right foot."""
    facts = draft.facts
    if facts.minor:
        draft.page.note(draft.common.text("guardian"))
        who = (*who, "监护人（签名）")
    draft.page.signatures(who, [f"{facts.office.name}（盖章）　{day(facts.printed_at.date())}"])


def bullets(draft: Draft, title: str, lines: Sequence[str]) -> None:
    """A heading and its numbered lines; nothing when there are none."""
    if lines:
        draft.page.heading(title)
        draft.page.items(lines)


def _event(line: ClockLine) -> str:
    return f"{line.event}（{line.who}）" if line.who else line.event


def _last_day(line: ClockLine) -> str:
    """The last day, both where a holiday moves it; for a period that begins on an unknown day its length."""
    if line.natural_end is None:
        return line.period
    said = day(line.natural_end)
    if line.shifted_end and line.shifted_end != line.natural_end:
        said += f"\n顺延至{day(line.shifted_end).removeprefix(f'{line.natural_end.year}年')}"
    said += "（暂定）" if line.provisional else ""
    return f"{said}\n{line.period}" if line.period else said
