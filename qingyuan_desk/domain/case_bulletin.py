"""A period's mediations as its paper says them: one sentence for the paragraph, and the tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from qingyuan_desk.domain.case_figures import (
    NOTHING,
    CaseCounts,
    CaseFigures,
    CaseLine,
    CaseTable,
    percent,
    wan,
)
from qingyuan_desk.domain.figures import FIGURES
from qingyuan_desk.domain.mediation.codes import PREVENTIONS
from qingyuan_desk.domain.papers import ReportTable

#: How many types of dispute the paragraph names.
_NAMED = 3
_COLUMNS = ("accepted", "settled", "oral", "written", "failed", "withdrawn", "amount")
_AFTERWARDS = ("confirmations", "confirmed", "due_parts", "paid_parts", "follow_ups")


def sentences(cases: CaseFigures, this: str = "当月") -> tuple[str, ...]:
    """What the paragraph says of mediations; the last ones only when there is something to say. this: 当月, 当季 …"""
    return (_done(cases.totals, this), _settled(cases), _afterwards(cases, this), _prevented(cases))


def _done(totals: CaseCounts, this: str) -> str:
    """How many were accepted, and how they ended."""
    if totals == NOTHING:
        return f"{this}没有受理调解，也没有调解结束的纠纷"
    begun = f"受理调解{totals.accepted}件" if totals.accepted else f"{this}没有受理调解"
    ends = [
        f"调解{name}{count}件" for name, count in (("成功", totals.settled), ("不成", totals.failed)) if count
    ]
    ends += [f"当事人撤回{totals.withdrawn}件"] if totals.withdrawn else []
    if not ends:
        return f"{begun}，没有调解结束的纠纷"
    rate = f"，成功率{percent(totals.success_rate)}%" if totals.settled and totals.failed else ""
    return f"{begun}；{'、'.join(ends)}{rate}"


def _settled(cases: CaseFigures) -> str:
    """How disputes were settled, where they came from, and what they were about."""
    totals = cases.totals
    if not totals.settled:
        return ""
    said = [
        _parted("调解成功的", (("口头协议", totals.oral), ("书面协议", totals.written))),
        f"协议涉及金额{wan(totals.amount)}万元" if totals.amount else "协议不涉及金额",
    ]
    sources = [
        (line.name, line.counts.settled) for line in cases.tables["case_sources"].lines if not line.parent
    ]
    return f"{'，'.join(said)}；{_parted('按来源看，', sources)}；{_types(cases.tables['case_types'])}"


def _parted(words: str, parts: Iterable[tuple[str, int]]) -> str:
    """Parts that count something, or the only one of them."""
    counting = [(name, count) for name, count in parts if count]
    if len(counting) == 1:
        return f"{words}均为{counting[0][0]}"
    return (
        words
        + ("" if words.endswith("，") else "有")
        + "、".join(f"{name}{count}件" for name, count in counting)
    )


def _types(table: CaseTable) -> str:
    lines = sorted(
        (line for line in table.lines if line.counts.settled), key=lambda line: -line.counts.settled
    )
    if len(lines) == 1:
        return f"均为{lines[0].name}"
    named = "、".join(f"{line.name}{line.counts.settled}件" for line in lines[:_NAMED])
    return f"{'较多的依次是' if len(lines) > _NAMED else '分别是'}{named}"


def _afterwards(cases: CaseFigures, this: str) -> str:
    after, said = cases.afterwards, list[str]()
    if after.confirmations or after.confirmed:
        said.append(f"申请司法确认{after.confirmations}件，人民法院裁定有效{after.confirmed}件")
    if after.due_parts:
        done = "已经全部履行" if after.paid_parts == after.due_parts else f"已履行{after.paid_parts}笔"
        said.append(f"{this}应履行协议{after.due_parts}笔，{done}")
    if after.follow_ups:
        rate = f"，满意率{percent(after.satisfaction_rate)}%" if after.rated else ""
        said.append(f"回访{after.follow_ups}次{rate}")
    return "；".join(said)


def _prevented(cases: CaseFigures) -> str:
    return "、".join(
        f"{name}{cases.prevented[kind].cases}件{cases.prevented[kind].persons}人"
        for kind, name in PREVENTIONS.items()
        if cases.prevented[kind].cases
    )


# --- tables ------------------------------------------------------------------------------------------------------


def tables(cases: CaseFigures) -> Iterable[ReportTable]:
    """The figures one by one; what they divide into only when there was anything."""
    yield _overview(cases)
    if cases.totals != NOTHING:
        yield _breakdown(cases.tables["case_sources"], "来源")
        yield _breakdown(cases.tables["case_types"], "纠纷类型")
        yield _breakdown(
            cases.tables["case_origins"], "案件来源", "案件来源按调解卷宗登记，与来访的来源分开统计。"
        )
    if any(each.cases for each in cases.prevented.values()):
        yield _preventions(cases)


def _overview(cases: CaseFigures) -> ReportTable:
    totals, after = cases.totals, cases.afterwards
    values = {
        **{key: str(getattr(totals, key)) for key in _COLUMNS},
        "amount": wan(totals.amount),
        "success_rate": percent(totals.success_rate),
        **{key: str(getattr(after, key)) for key in _AFTERWARDS},
        "satisfaction_rate": percent(after.satisfaction_rate),
    }
    shown = [key for key in FIGURES if key in values]
    return ReportTable(
        title="矛盾纠纷调解",
        unit="见各行",
        header=("指标", "单位", "本期"),
        rows=tuple((FIGURES[key].name, FIGURES[key].unit, values[key]) for key in shown),
        note="；".join(
            f"{FIGURES[key].name}：{FIGURES[key].definition}" for key in ("accepted", "settled", "failed")
        )
        + "。",
    )


def _breakdown(table: CaseTable, head: str, note: str = "") -> ReportTable:
    names = {line.code: line.name for line in table.lines}
    return ReportTable(
        title=table.title,
        unit="件、万元",
        header=(head, "受理", "成功", "口头", "书面", "不成", "撤回", "金额"),
        rows=(
            *((_shown(line, names), *_cells(line.counts)) for line in table.lines),
            ("合计", *_cells(table.whole)),
        ),
        note=note,
    )


def _cells(counts: CaseCounts) -> tuple[str, ...]:
    shown: Mapping[str, Callable[[int], str]] = {"amount": wan}
    return tuple(shown.get(key, str)(getattr(counts, key)) for key in _COLUMNS)


def _shown(line: CaseLine, names: Mapping[str, str]) -> str:
    """A line's name; of a part only what it adds to the whole's: 部门移送（法院） is 其中：法院."""
    if not line.parent:
        return line.name
    return f"　其中：{line.name.removeprefix(names[line.parent]).strip('（）') or line.name}"


def _preventions(cases: CaseFigures) -> ReportTable:
    found = [(name, cases.prevented[kind]) for kind, name in PREVENTIONS.items()]
    return ReportTable(
        title="防止激化",
        unit="件、人",
        header=("情形", "件数", "涉及人数"),
        rows=(
            *((name, str(each.cases), str(each.persons)) for name, each in found),
            ("合计", str(sum(each.cases for _, each in found)), str(sum(each.persons for _, each in found))),
        ),
        note="",
    )
