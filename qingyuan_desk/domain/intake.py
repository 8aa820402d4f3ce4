"""The rules a visit is checked against before it is registered. Pure: data in, cleaned form and problems out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from qingyuan_desk.domain import parties
from qingyuan_desk.domain.problems import Level, Problem
from qingyuan_desk.domain.reference import Reference
from qingyuan_desk.domain.text import LIMITS, clean_line, clean_text
from qingyuan_desk.domain.typed import line, quoted, text_problems
from qingyuan_desk.domain.visit import MAX_REPRESENTATIVES, Person, VisitForm

#: People of one visit; more are counted with more visits.
MAX_HEADCOUNT = 9999
#: 《信访工作条例》第二十条第三款.
GROUP_ARTICLE = "《信访工作条例》第二十条"
#: How long ago a visit may have been, for ledgers entered later.
EARLIEST = date(2000, 1, 1)
#: Who brings the matter forward, rather than comes along.
_SPEAKING = frozenset({"visitor", "representative"})


@dataclass(frozen=True)
class Checked:
    """A form with every value normalised and every name turned into its code, and what is wrong with it."""

    form: VisitForm
    problems: tuple[Problem, ...]


def check(form: VisitForm, reference: Reference, now: datetime) -> Checked:
    """Clean a form and say what stands in its way, field by field."""
    problems: list[Problem] = []
    persons = parties.persons(form, reference, now.date(), problems)
    codes = _codes(form, reference, problems)
    cleaned = replace(
        form,
        persons=persons,
        opponents=parties.opponents(form, reference, problems),
        narrative=_narrative(form.narrative, problems),
        route_reason=line("route_reason", form.route_reason, "reason", problems),
        overrides=_overrides(form.overrides, problems),
        matter=clean_line(form.matter),
        flags=_flags(form, persons, reference, now.date(), problems),
        source=codes["source"],
        category=codes["category"],
        flow=codes["flow"],
        room=codes["room"],
        unit=codes["unit"],
        dispute_type=codes["dispute_type"],
        matter_kind=codes["matter_kind"],
    )
    problems += [*_headcount(cleaned), *_received(cleaned, now)]
    return Checked(cleaned, tuple(problems))


def group_problem(named: int) -> Problem | None:
    """A group elects at most five representatives; the sixth is refused."""
    if named <= MAX_REPRESENTATIVES:
        return None
    return Problem(
        "representatives",
        f"多人走访应推选代表，代表不得超过 {MAX_REPRESENTATIVES} 人，现有 {named} 人；其余的人记入“人数”即可。",
        GROUP_ARTICLE,
    )


def _narrative(text: str, problems: list[Problem]) -> str:
    cleaned = clean_text(text)
    if not cleaned:
        problems.append(
            Problem("narrative", "请如实记录来访人说的事项，一两句也可以。", "《信访工作条例》第十九条")
        )
    problems += text_problems("narrative", text, cleaned, LIMITS["narrative"])
    return cleaned


def _overrides(overrides: Mapping[str, str], problems: list[Problem]) -> dict[str, str]:
    reasons = {field: line(field, reason, "reason", problems) for field, reason in overrides.items()}
    return {field: reason for field, reason in reasons.items() if reason}


_CODED = {
    "source": "来源",
    "category": "类别",
    "flow": "流程",
    "room": "房间",
    "unit": "承办单位",
    "dispute_type": "纠纷类型",
    "matter_kind": "职责清单事项",
}
_LOOKUPS = {"matter_kind": "duty"}


def _codes(form: VisitForm, reference: Reference, problems: list[Problem]) -> dict[str, str]:
    """Codes for what may come as a code or as its Chinese name."""
    codes: dict[str, str] = {}
    for field, label in _CODED.items():
        text = clean_line(getattr(form, field))
        found = getattr(reference, _LOOKUPS.get(field, field))(text) if text else None
        if text and found is None:
            problems.append(Problem(field, f"没有{quoted(text)}这个{label}，请从列表中选。"))
        codes[field] = found.code if found else ""
    if not clean_line(form.source):
        problems.append(Problem("source", "请选来源，例如“群众中心受理”。"))
    return codes


def _flags(
    form: VisitForm, persons: Iterable[Person], reference: Reference, today: date, problems: list[Problem]
) -> frozenset[str]:
    """Codes of the flags; a visitor under age sets one."""
    flags = set()
    for said in sorted(form.flags):
        flag = reference.flag(clean_line(said))
        if flag is None:
            problems.append(Problem("flags", f"没有{quoted(clean_line(said))}这个标记。"))
        else:
            flags.add(flag.code)
    if "minor" not in flags and any(
        parties.is_minor(each, today) for each in persons if each.role in _SPEAKING
    ):
        flags.add("minor")
        problems.append(
            Problem(
                "flags",
                f"来访人不满 {parties.ADULT} 周岁，已标记“未成年人”；请由监护人陪同，作为代理人登记。",
                "《民法典》第二十三条",
                Level.WARN,
            )
        )
    return frozenset(flags)


def _headcount(form: VisitForm) -> Iterable[Problem]:
    came = sum(1 for person in form.persons if person.role != "agent")
    count: object = form.headcount
    if not isinstance(count, int) or isinstance(count, bool) or not 1 <= count <= MAX_HEADCOUNT:
        yield Problem("headcount", f"来访人数填 1 到 {MAX_HEADCOUNT} 的整数。")
    elif count < came:
        yield Problem("headcount", f"来访人数 {count} 比写下姓名的 {came} 人还少，请核对。")
    sixth = group_problem(form.representatives)
    if sixth:
        yield sixth


def _received(form: VisitForm, now: datetime) -> Iterable[Problem]:
    if form.received_at is None:
        return
    if form.received_at.tzinfo is None:
        yield Problem("received_at", "来访时间要带时区，例如 2024-09-20T10:30:00+08:00。")
    elif form.received_at > now + timedelta(minutes=5):
        yield Problem("received_at", "来访时间在将来，请核对。")
    elif form.received_at.date() < EARLIEST:
        yield Problem("received_at", f"来访时间早于 {EARLIEST.year} 年，请核对。")
