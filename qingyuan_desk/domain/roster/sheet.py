"""The roster as a spreadsheet: which column is what, a mediator in Chinese words, and a row read back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from qingyuan_desk.domain.columns import Columns, Fields, find, plain, settled, spellings, unreadable
from qingyuan_desk.domain.grid import Grid
from qingyuan_desk.domain.identity import SEXES
from qingyuan_desk.domain.problems import Problem
from qingyuan_desk.domain.reference import Reference
from qingyuan_desk.domain.roster.mediators import KINDS, LEVELS, STATUSES, Mediator
from qingyuan_desk.domain.text import clean_line

#: The first header also heads the column that is written.
COLUMNS: Fields = {
    "code": ("编号",),
    "name": ("姓名", "调解员", "调解员姓名", "乡贤姓名"),
    "sex": ("性别",),
    "birth_year": ("出生年份", "出生年月", "出生日期", "出生"),
    "township": ("乡镇", "所在乡镇", "所属乡镇", "乡镇街道"),
    "village": ("村（社区）", "村", "村居", "村社区", "所在村", "社区"),
    "phone": ("电话", "联系电话", "联系方式", "手机", "手机号", "手机号码"),
    "identity": ("身份", "职业", "职业/身份", "原职业"),
    "skills": ("擅长", "擅长领域", "擅长纠纷类型", "特长", "专长"),
    "posts": ("职务", "现任职务", "担任职务"),
    "kind": ("类别", "调解员类别"),
    "part_time": ("专兼职", "专职/兼职"),
    "term_start": ("任期起始日", "聘任日期", "聘任时间", "任期开始", "任职时间"),
    "level": ("等级", "调解员等级"),
    "status": ("状态",),
    "free_days": ("空闲日", "值班日", "可到日"),
    "note": ("备注", "说明"),
}
#: Written, never read: it follows from the first day.
TERM_END = "任期届满日"

_AS_IS = ("code", "name", "birth_year", "phone", "identity", "posts", "term_start", "note")
#: Left as they are where a row says nothing.
_KEPT_WHEN_EMPTY = ("kind", "status")
_PART_TIME = {"兼职": True, "专职": False}
_BETWEEN = re.compile(r"[、,，;；/\s]+")


def is_known(header: str) -> bool:
    """Whether a header names a column of the roster."""
    return plain(header) in _KNOWN


def columns(header: Sequence[str]) -> Columns:
    """Find every field's column by its header."""
    places, told = find(header, COLUMNS)
    return settled(header, places, told, TERM_END)


def words_of(mediator: Mediator, reference: Reference) -> dict[str, str]:
    """Every field in the words people read."""
    town = reference.township(mediator.township)
    village = reference.village(mediator.township, mediator.village)
    return {
        **{name: getattr(mediator, name) for name in _AS_IS},
        "sex": SEXES.get(mediator.sex, ""),
        "township": town.name if town else "",
        "village": village.short_name if village else "",
        "skills": "、".join(skill_names(mediator, reference)),
        "kind": KINDS[mediator.kind],
        "part_time": "兼职" if mediator.part_time else "专职",
        "level": LEVELS.get(mediator.level, ""),
        "status": STATUSES[mediator.status],
        "free_days": mediator.free_words,
    }


def skill_names(mediator: Mediator, reference: Reference) -> tuple[str, ...]:
    """The dispute types a mediator is good at, by name."""
    return tuple(kind.name for code in mediator.skills if (kind := reference.dispute_type(code)))


def grid_of(mediators: Iterable[Mediator], reference: Reference, name: str) -> Grid:
    """The roster as a sheet."""
    header = [known[0] for known in COLUMNS.values()]
    rows = [
        (*(words_of(mediator, reference)[field] for field in COLUMNS), _last_day(mediator))
        for mediator in mediators
    ]
    return Grid(name, (*header, TERM_END), tuple(rows))


def read_row(cells: Mapping[str, str], base: Mediator) -> tuple[Mediator, tuple[Problem, ...]]:
    """The mediator a row describes, not yet checked, and cells that could not be read.

    base: gives what the sheet has no column for.
    """
    problems = list(unreadable(cells, COLUMNS, ("phone",)))
    facts: dict[str, object] = {
        name: cell
        for name, cell in cells.items()
        if name != "part_time" and (cell.strip() or name not in _KEPT_WHEN_EMPTY)
    }
    if "skills" in cells:
        facts["skills"] = tuple(filter(None, _BETWEEN.split(cells["skills"])))
    said = clean_line(cells.get("part_time", ""))
    if said and said not in _PART_TIME:
        problems.append(Problem("part_time", f"“专兼职”填“专职”或“兼职”，不能是“{said}”。"))
    elif said:
        facts["part_time"] = _PART_TIME[said]
    return replace(base, **facts), tuple(problems)  # type: ignore[arg-type]


def changes(before: Mediator, after: Mediator, reference: Reference) -> dict[str, tuple[str, str]]:
    """Field → its words before and after, of the fields that differ."""
    old, new = words_of(before, reference), words_of(after, reference)
    return {field: (old[field], new[field]) for field in COLUMNS if old[field] != new[field]}


def _last_day(mediator: Mediator) -> str:
    return mediator.term.end.isoformat() if mediator.term else ""


_KNOWN = spellings(COLUMNS)
