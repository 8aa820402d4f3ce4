"""The duty list as a sheet: one line a row, units and codes as names, its materials in one cell, one a line of it.

A version goes out, is edited, and comes back as the next one. A row keeps its code; a new row leaves it empty. A material
is written 名称 | 必备 | 可承诺 | 说明 | 依据, of which only the name must be there; 按需 instead of 必备 when it is not needed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from qingyuan_desk.domain.columns import Columns, find, plain, settled, spellings, unreadable
from qingyuan_desk.domain.duties import TOWNSHIP_NAME, unit_name
from qingyuan_desk.domain.grid import Grid
from qingyuan_desk.domain.problems import Problem
from qingyuan_desk.domain.reference import DutyList, Reference
from qingyuan_desk.domain.tables import OWN_TOWNSHIP, Duty, Material
from qingyuan_desk.domain.text import clean_line, clean_text, search_key

#: Field of a line → its headers; the first one is the one we write.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "code": ("编码", "编号", "代码"),
    "name": ("事项", "事项名称", "职责事项"),
    "category": ("类别", "五类"),
    "leading_unit": ("主办单位", "牵头单位", "责任单位"),
    "co_units": ("协办单位", "配合单位"),
    "article": ("依据", "法律依据", "政策依据"),
    "limit_days": ("办理期限", "期限", "时限"),
    "flow": ("流程",),
    "room": ("房间", "功能室"),
    "dispute_type": ("纠纷类型",),
    "words": ("关键词", "常用说法"),
    "materials": ("所需材料", "材料"),
}
#: Without these a sheet is no duty list.
_NEEDED = ("name", "category", "leading_unit", "article")
_TOWNSHIP = frozenset({TOWNSHIP_NAME, "所在乡镇", "乡镇", "属地乡镇", "各乡镇", OWN_TOWNSHIP})
_ARTICLE = re.compile(r"《[^《》]+》")
_MOST_DAYS = 365
_SEPARATORS = re.compile(r"[、，,;；\s]+")
_KNOWN = spellings(COLUMNS)


@dataclass(frozen=True)
class DutySheet:
    """A sheet as it was read. lines: of the next version, their codes given; told: how the file was read."""

    lines: tuple[Duty, ...]
    materials: Mapping[str, tuple[Material, ...]]
    problems: tuple[Problem, ...]
    told: tuple[str, ...] = ()


def is_known(header: str) -> bool:
    """Whether a header is one of ours, for finding the row it stands in."""
    return plain(header) in _KNOWN


def to_grid(duty_list: DutyList, reference: Reference) -> Grid:
    """A version as a sheet."""
    rows = tuple(
        _row(duty, duty_list.materials.get(duty.code, ()), reference) for duty in duty_list.lines.rows
    )
    header = tuple(known[0] for known in COLUMNS.values())
    return Grid(f"职责清单{duty_list.version.version}", header, rows)


def read_grid(grid: Grid, version: str, reference: Reference) -> DutySheet:
    """The lines of a sheet as those of `version`. A problem's field is the row as the spreadsheet counts it."""
    places, told = find(grid.header, COLUMNS)
    columns = settled(grid.header, places, told, "")
    missing = [COLUMNS[name][0] for name in _NEEDED if name not in places]
    if missing:
        sentence = f"表里没有“{'”“'.join(missing)}”列，不像职责清单。可先导出现行清单，在它上面改。"
        return DutySheet((), {}, (Problem("file", sentence),))
    return _Reader(version, reference).read(grid, columns)


class _Reader:
    """Rows on their way to lines."""

    def __init__(self, version: str, reference: Reference) -> None:
        self.version, self.reference = version, reference
        self.problems: list[Problem] = []
        self.row = 0

    def read(self, grid: Grid, columns: Columns) -> DutySheet:
        """Every row that has anything in it."""
        lines: list[Duty] = []
        materials: dict[str, tuple[Material, ...]] = {}
        taken = {duty.code for each in self.reference.duty_lists for duty in each.lines.rows}
        fresh = (f"line_{number}" for number in range(1, len(grid.rows) + len(taken) + 2))
        for self.row, row in enumerate(grid.rows, start=grid.first_row):
            if not any(cell.strip() for cell in row):
                continue
            cells = {name: "" for name in COLUMNS} | columns.cells(row)
            self.problems += [
                replace(each, field=str(self.row), sentence=f"第 {self.row} 行：{each.sentence}")
                for each in unreadable(cells, COLUMNS, ())
            ]
            duty = self._line(cells)
            code = duty.code or next(code for code in fresh if code not in taken)
            lines.append(replace(duty, code=code))
            materials[code] = tuple(self._materials(code, cells["materials"]))
        self._doubles(lines)
        if not lines:
            self.problems.append(Problem("file", "表里没有事项。请先导出现行清单，在它上面改。"))
        return DutySheet(tuple(lines), materials, tuple(self.problems), (*grid.told, *columns.sentences))

    def _line(self, cells: Mapping[str, str]) -> Duty:
        said = {name: clean_line(cell) for name, cell in cells.items()}
        reference = self.reference
        if not said["name"]:
            self._tell("没有写事项名称。")
        if not _ARTICLE.search(said["article"]):
            self._tell("依据要写出法规名称，例如《信访工作条例》第二十二条。")
        category = self._code("类别", said["category"], reference.category(said["category"]))
        if not said["category"]:
            self._tell(f"没有写类别。可填：{'、'.join(each.name for each in reference.categories)}。")
        lead = self._unit("主办单位", said["leading_unit"])
        if not lead:
            self._tell("没有写主办单位，一类事务由一个单位主办。")
        helping = [self._unit("协办单位", each) for each in _SEPARATORS.split(said["co_units"]) if each]
        return Duty(
            code=said["code"],
            version=self.version,
            name=said["name"],
            category=category,
            leading_unit=lead,
            co_units=tuple(dict.fromkeys(code for code in helping if code != lead)),
            article=said["article"],
            limit_days=self._days(said["limit_days"]),
            flow=self._code("流程", said["flow"], reference.flow(said["flow"])),
            room=self._code("房间", said["room"], reference.room(said["room"])),
            dispute_type=self._code(
                "纠纷类型", said["dispute_type"], reference.dispute_type(said["dispute_type"])
            ),
            words=tuple(dict.fromkeys(each for each in _SEPARATORS.split(said["words"]) if each)),
        )

    def _materials(self, code: str, cell: str) -> Iterable[Material]:
        for text in clean_text(cell).splitlines():
            parts = [part.strip() for part in text.replace("｜", "|").split("|")]
            if not parts[0]:
                continue
            name, needed, promise, note, article = (*parts, *[""] * 5)[:5]
            if needed not in ("", "必备", "必须", "按需"):
                self._tell(f"材料“{name}”的第二栏写“必备”或“按需”。")
            if promise not in ("", "可承诺", "不可承诺"):
                self._tell(f"材料“{name}”的第三栏写“可承诺”，不可以的空着。")
            yield Material(code, name, needed != "按需", promise == "可承诺", note, article)

    def _unit(self, label: str, said: str) -> str:
        if said in _TOWNSHIP:
            return OWN_TOWNSHIP
        return self._code(label, said, self.reference.unit(said))

    def _code(self, label: str, said: str, found: object) -> str:
        """The code of what was named; "" for an empty cell, and for a name the office does not have."""
        if said and found is None:
            self._tell(f"{label}“{said}”不在本中心的表里，请核对名称。")
        return str(getattr(found, "code", ""))

    def _days(self, said: str) -> str:
        digits = re.sub(r"[日天个工作\s]", "", said)
        if digits and not (digits.isdecimal() and 0 < int(digits) <= _MOST_DAYS):
            self._tell(f"办理期限写天数（1 到 {_MOST_DAYS}），不能是“{said}”。")
            return ""
        return digits

    def _doubles(self, lines: Sequence[Duty]) -> None:
        for label, said in (
            ("编码", [duty.code for duty in lines]),
            ("事项", [search_key(duty.name) for duty in lines]),
        ):
            for each, count in Counter(said).items():
                if each and count > 1:
                    self.problems.append(
                        Problem("file", f"{label}“{each}”有 {count} 行，一件事项只能有一行。")
                    )

    def _tell(self, sentence: str) -> None:
        self.problems.append(Problem(str(self.row), f"第 {self.row} 行：{sentence}"))


def _row(duty: Duty, materials: Iterable[Material], reference: Reference) -> tuple[str, ...]:
    cells = {
        "code": duty.code,
        "name": duty.name,
        "category": _name(reference.category(duty.category)),
        "leading_unit": unit_name(reference, duty.leading_unit),
        "co_units": "、".join(unit_name(reference, code) for code in duty.co_units),
        "article": duty.article,
        "limit_days": duty.limit_days,
        "flow": _name(reference.flow(duty.flow)),
        "room": _name(reference.room(duty.room)),
        "dispute_type": _name(reference.dispute_type(duty.dispute_type)),
        "words": " ".join(duty.words),
        "materials": "\n".join(_material(each) for each in materials),
    }
    return tuple(cells[name] for name in COLUMNS)


def _material(each: Material) -> str:
    parts = (
        each.name,
        "必备" if each.required else "按需",
        "可承诺" if each.promise else "",
        each.note,
        each.article,
    )
    return " | ".join(parts).rstrip(" |")


def _name(row: object) -> str:
    return str(getattr(row, "name", ""))
