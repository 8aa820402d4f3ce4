"""The office's table of when units are urged, as it is edited: cells as rules, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from qingyuan_desk.domain.flows import FLOWS
from qingyuan_desk.domain.handling.codes import URGES
from qingyuan_desk.domain.problems import Problem
from qingyuan_desk.domain.reference import Reference
from qingyuan_desk.domain.tables import Cells, UrgingRule, read
from qingyuan_desk.domain.text import LIMITS

#: Whole numbers of a rule: column → what it is called, the least, the most.
_NUMBERS: Mapping[str, tuple[str, int, int]] = {
    "days": ("天数", -365, 365),
    "points": ("扣分", 0, 100),
    "reply_days": ("回复工作日", 1, 60),
}


def node_names() -> Mapping[str, str]:
    """Nodes at which a matter waits, by what they are called in every flow that has them."""
    found: dict[str, list[str]] = {}
    for flow in FLOWS.values():
        for node in flow.nodes:
            if not node.closed:
                found.setdefault(node.code, []).append(node.name)
    return {code: "／".join(dict.fromkeys(names)) for code, names in found.items()}


def read_rules(
    rows: Sequence[Cells], reference: Reference
) -> tuple[tuple[UrgingRule, ...], tuple[Problem, ...]]:
    """The rules of edited cells, new ones with a code of their own; and what is wrong, at the row (from 1) and the column: 2.days."""
    coded = _with_codes(rows)
    problems = [
        problem for place, row in enumerate(coded, start=1) for problem in _wrong(place, row, reference)
    ]
    problems += _lacking(coded)
    if problems:
        return (), tuple(problems)
    return tuple(read(UrgingRule, row) for row in coded), ()


def _with_codes(rows: Sequence[Cells]) -> list[dict[str, str]]:
    taken = {row.get("code", "") for row in rows}
    free = (code for number in range(1, len(rows) + 2) if (code := f"rule_{number}") not in taken)
    return [{**row, "code": row.get("code") or next(free)} for row in rows]


def _wrong(place: int, row: Cells, reference: Reference) -> Iterator[Problem]:
    def problem(column: str, sentence: str) -> Problem:
        return Problem(f"{place}.{column}", f"第 {place} 行：{sentence}")

    for column, name in (("name", "名称"), ("text", "要求"), ("article", "依据")):
        if not row[column].strip():
            yield problem(column, f"请填写{name}。")
        elif len(row[column]) > LIMITS["remark"]:
            yield problem(column, f"{name}最多 {LIMITS['remark']} 个字。")
    if row["kind"] not in URGES:
        yield problem("kind", f"种类可选：{'、'.join(URGES.values())}。")
    if row["unit"] and reference.unit(row["unit"]) is None:
        yield problem("unit", f"单位表里没有“{row['unit']}”，请从列表里选，或者空着。")
    yield from (problem(*each) for each in _about(row, reference))
    for column, (name, least, most) in _NUMBERS.items():
        number = _number(row[column])
        if number is None or not least <= number <= most:
            yield problem(column, f"{name}填 {least} 到 {most} 的整数，不能是“{row[column]}”。")
        elif column == "days" and number < 0 and row["node"]:
            yield problem(column, "停在一个节点的天数不能是负数。")


def _about(row: Cells, reference: Reference) -> Iterator[tuple[str, str]]:
    """What a rule is about: a limit, or a node of one flow."""
    if row["clock"] and row["node"]:
        yield "node", "期限和节点只能选一个。"
    if row["clock"] and reference.clock(row["clock"]) is None:
        yield "clock", f"期限表里没有“{row['clock']}”。"
    if row["flow"] and row["flow"] not in FLOWS:
        yield "flow", f"没有“{row['flow']}”这个流程。"
    elif row["node"] and not row["flow"]:
        yield "flow", "按节点的规则要选流程。"
    elif row["node"] and not any(each.code == row["node"] for each in FLOWS[row["flow"]].nodes):
        yield "node", "这个流程没有这个节点，请改选。"


def _lacking(rows: Iterable[Cells]) -> Iterator[Problem]:
    by_hand = {row["kind"] for row in rows if not (row["clock"] or row["node"])}
    for kind, name in URGES.items():
        if kind not in by_hand:
            yield Problem("", f"{name}要留一行不选期限和节点的：人工发出的{name}按它扣分、定回复期限。")


def _number(text: str) -> int | None:
    digits = text.strip().removeprefix("-")
    return int(text) if digits.isascii() and digits.isdecimal() else None
