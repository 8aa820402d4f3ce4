"""Charts of a month's mediations: what was settled by type and by source, and what worse was prevented."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal

from qingyuan_desk.desk.reports.bars import Bars
from qingyuan_desk.desk.reports.charts import Entry
from qingyuan_desk.desk.reports.panels import Row
from qingyuan_desk.domain.case_figures import CaseFigures, CaseLine
from qingyuan_desk.domain.mediation.codes import PREVENTIONS


class CaseCharts(Row):
    """A press on a bar asks for the disputes behind it."""

    opened = Signal(str, str, str)
    """The figure whose list is wanted, the field of the ledger's filter that narrows it ("": none), and its code."""

    def __init__(self) -> None:
        super().__init__()
        self.types = Bars(
            "reports.case_types", "调解成功的纠纷类型", "件", rows=8, rest=self.tr("其余 {n} 类")
        )
        self.sources = Bars("reports.case_sources", "调解成功的来源", "件", rows=4)
        self.prevented = Bars("reports.prevented", "防止激化", "件", rows=4)
        self.types.opened.connect(lambda code: self.opened.emit("settled", "dispute_type", code))
        self.sources.opened.connect(lambda code: self.opened.emit("settled", "source", code))
        self.prevented.opened.connect(lambda kind: self.opened.emit(f"prevented_{kind}", "", ""))
        for title, chart, share in (
            (self.tr("调解成功的类型（件）"), self.types, 10),
            (self.tr("调解成功的来源（件）"), self.sources, 10),
            (self.tr("防止激化（件）"), self.prevented, 12),
        ):
            self.add(title, chart, share)

    def show_figures(self, cases: CaseFigures, this: str, *, may_open: bool) -> None:
        """Show a period, which sentences call `this`; may_open: whether the lists can be seen."""
        nothing = "" if cases.totals.settled else this + self.tr("没有调解成功的纠纷")
        types = _settled(cases.tables["case_types"].lines)
        types.sort(key=lambda entry: -(entry.value or 0))
        self.types.show_entries(types, nothing=nothing, links=may_open)
        lines = cases.tables["case_sources"].lines
        whole = {line.parent for line in lines}
        self.sources.show_entries(
            _settled(line for line in lines if not line.code or line.code not in whole),
            nothing=nothing,
            links=may_open,
        )
        kinds = [
            Entry(
                kind,
                PREVENTIONS[kind].removeprefix("防止民间纠纷").removeprefix("防止"),
                each.cases,
                f"涉及 {each.persons} 人",
            )
            for kind, each in cases.prevented.items()
            if each.cases
        ]
        self.prevented.show_entries(
            kinds, nothing="" if kinds else this + self.tr("没有记录"), links=may_open
        )


def _settled(lines: Iterable[CaseLine]) -> list[Entry]:
    return [Entry(line.code, line.name, line.counts.settled) for line in lines if line.counts.settled]
