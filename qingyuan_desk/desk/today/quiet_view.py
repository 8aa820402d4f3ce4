"""久未更新: N 件 3 天无更新, by flow and unit, and the matters themselves, the one quiet for longest first."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.today.listing import Lines, Listing
from qingyuan_desk.desk.today.part import Part
from qingyuan_desk.desk.widgets import parts
from qingyuan_desk.desk.widgets.labels import label
from qingyuan_desk.domain.handling.due import DueDay, QuietGroup, QuietLine, quiet_words
from qingyuan_desk.services import today

_GROUP_WIDTHS = (52, 0, 52)
_WIDTHS = (72, 160, 0, 52, 128, 160)
_GO_FIRST = (3, 4, 1)
#: Large type does not let the groups take more than this.
_MOST_WIDTH = 400
#: From so many days the number stands in red.
_LONG = 15


class QuietView(Part):
    """A group at the left narrows the list at the right."""

    opened = Signal(object)
    """A QuietLine."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.words = label(role="second", name="today.quiet.words")
        groups: Lines[QuietGroup] = Lines(
            self,
            ("流程", "单位", "件数"),
            lambda group: (self.flow(group.flow), self.unit(group.unit), str(group.count)),
            right=(2,),
        )
        self.groups = Listing("today.quiet.groups", "无更新汇总", groups, _GROUP_WIDTHS)
        lines: Lines[QuietLine] = Lines(
            self,
            ("天数", "编号", "事项", "流程", "节点", "单位"),
            self._cells,
            tone=lambda line, column: ("red" if line.days >= _LONG else "amber") if column == 0 else "",
        )
        self.table = Listing("today.quiet", "久未更新的事项", lines, _WIDTHS, _GO_FIRST)
        self.empty = parts.nothing("没有三天无更新的事项。", "today.nothing_quiet")
        self.empty.hide()
        self.all_button = parts.button("全部", "today.quiet.all", role="link")
        self.all_button.clicked.connect(self._show_all)
        self._day: DueDay | None = None
        self.groups.looked.connect(self._narrow)
        self.table.opened.connect(self.opened.emit)
        left = QVBoxLayout()
        left.addWidget(self.groups, 1)
        self.groups.setFixedWidth(min(theme.px(320), _MOST_WIDTH))
        both = QHBoxLayout()
        both.setSpacing(12)
        both.addLayout(left)
        both.addWidget(self.table, 1)
        head = QHBoxLayout()
        head.addWidget(self.words, 1)
        head.addWidget(self.all_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addLayout(both, 1)
        column.addWidget(self.empty, 1)
        self.setFocusProxy(self.table)

    def refresh(self) -> None:
        """Read the day again."""
        self.read(today.day, then=self.show_day)

    def show_day(self, day: DueDay) -> None:
        """Show a day."""
        self._day = day
        reference = self.office.reference
        units = {unit.code: unit.name for unit in reference.units}
        flows = {flow.code: flow.short for flow in reference.flows}
        self.words.setText(quiet_words(day, units, flows))
        self.groups.show_lines(day.groups, lambda group: (group.flow, group.unit))  # type: ignore[attr-defined]
        for part in (self.groups, self.table, self.all_button):
            part.setVisible(bool(day.groups))
        self.empty.setVisible(not day.groups)
        self._show_all()

    def _show_all(self) -> None:
        if self._day is not None:
            self.groups.clearSelection()
            self.table.show_lines(self._day.quiet, _matter)

    def _narrow(self, group: QuietGroup | None) -> None:
        if self._day is None or group is None or not self.groups.hasFocus():
            return
        shown = [line for line in self._day.quiet if (line.flow, line.unit) == (group.flow, group.unit)]
        self.table.show_lines(shown, _matter)

    def _cells(self, line: QuietLine) -> tuple[str, ...]:
        return (
            f"{line.days} 天",
            line.number,
            f"{line.visitor}　{line.title}",
            self.flow(line.flow),
            self.node(line.flow, line.node),
            self.unit(line.unit),
        )


def _matter(line: object) -> object:
    return line.matter_id if isinstance(line, QuietLine) else line
