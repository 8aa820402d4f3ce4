"""成绩 and 等级: what a mediator's cases came to, and how far the next level is."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHeaderView,
    QSizePolicy,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.roster.asking import Asking, scrolled
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets.labels import label, plain_tooltip
from qingyuan_desk.desk.widgets.tables import HeadedModel, Index, set_up
from qingyuan_desk.domain.roster.levels import SOURCE, Condition
from qingyuan_desk.domain.roster.mediators import LEVELS
from qingyuan_desk.domain.roster.results import Results, percent
from qingyuan_desk.services.roster_records import CaseLine, Profile


class CasesModel(HeadedModel):
    """A mediator's latest cases."""

    heads = ("卷宗号", "纠纷", "结果", "日期")

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._cases: tuple[CaseLine, ...] = ()

    @property
    def rows(self) -> tuple[CaseLine, ...]:
        """The cases."""
        return self._cases

    def show_cases(self, cases: tuple[CaseLine, ...]) -> None:
        """Other cases."""
        self.beginResetModel()
        self._cases = cases
        self.endResetModel()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        case = self._cases[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return case
        if role == Qt.ItemDataRole.DisplayRole:
            return _cells(case)[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(f"{case.title}（{case.dispute_type}）{case.outcome}")
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self.alignment(index.column())
        return None


def _cells(case: CaseLine) -> tuple[str, ...]:
    day = case.done or case.since
    outcome = case.outcome.removeprefix("调解").split(" · ")[0]
    return case.number or "（未编号）", case.title, outcome, f"{day:%m-%d}"


class ResultsTab(Asking):
    """Figures above, the latest cases below; Enter opens one."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._figures = QGridLayout()
        self._figures.setHorizontalSpacing(16)
        self._figures.setVerticalSpacing(2)
        self._model = CasesModel(self)
        self.table = QTableView()
        set_up(self.table, "roster.cases", "承办的案件")
        self.table.setProperty("role", "plain")
        self.table.setFont(theme.font(theme.SMALL_PT))
        self.table.setModel(self._model)
        self.table.activated.connect(self._open)
        self.table.verticalHeader().setDefaultSectionSize(theme.px(28))
        head = self.table.horizontalHeader()
        for column, width in enumerate((186, 0, 60, 56)):
            if width:
                self.table.setColumnWidth(column, theme.px(width))
            else:
                head.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self.table.hide()
        self._empty = label(
            "还没有承办的案件。在“调解”里选定调解员后，这里自动统计。",
            "second",
            wrap=True,
            name="roster.no_cases",
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._figures)
        column.addWidget(
            label("成功率＝调解成功÷（成功＋不成），撤回和不予受理不计；满意含基本满意。", "small", wrap=True)
        )
        column.addWidget(label("最近的案件", "strong"))
        column.addWidget(self._empty)
        column.addWidget(self.table, 1000)
        column.addStretch(1)

    def show_profile(self, profile: Profile) -> None:
        """Show what somebody did."""
        while (item := self._figures.takeAt(0)) is not None:
            item.widget().deleteLater()
        for place, (name, number, more) in enumerate(_figures(profile.results)):
            figure = label(number, "figure", name=f"roster.figure.{place}")
            for row, part in enumerate((label(name, "small"), figure, label(more, "small"))):
                self._figures.addWidget(part, 3 * (place // 4) + row, place % 4)
        self._model.show_cases(profile.cases)
        self._empty.setVisible(not profile.cases)
        self.table.setVisible(bool(profile.cases))

    def _open(self, index: QModelIndex) -> None:
        case: CaseLine = index.data(Qt.ItemDataRole.UserRole)
        self.session.matter_wanted.emit(case.matter_id)


def _figures(results: Results) -> list[tuple[str, str, str]]:
    return [
        ("在办", str(results.open), "件"),
        ("成功率", percent(results.success), f"{results.settled}/{results.finished} 件"),
        ("口头协议", percent(results.oral_share), f"{results.oral}/{results.settled} 件"),
        ("满意", percent(results.satisfaction), f"{results.satisfied}/{results.rated} 人次"),
    ]


class LevelTab(Asking):
    """The meter: a bar a condition, and what is missing in words."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._words = label(role="strong", wrap=True, name="roster.level_words")
        self._held = QWidget()
        self._column = QVBoxLayout(self._held)
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.setSpacing(4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._words)
        column.addWidget(scrolled(self._held), 1)
        column.addWidget(label(f"条件来自{SOURCE}，可以在“标准”里修改。", "small", wrap=True))

    def show_profile(self, profile: Profile) -> None:
        """Show how far somebody is."""
        meter = profile.meter
        self._words.setText(meter.words)
        while (item := self._column.takeAt(0)) is not None:
            if item.widget():
                item.widget().hide()
                item.widget().deleteLater()
        now = f"现在：{LEVELS[meter.current]}" if meter.current else "现在：未评等级"
        if meter.next:
            now += f"　下一级：{LEVELS[meter.next]}"
        self._column.addWidget(label(now, "second"))
        for condition in meter.conditions:
            self._column.addSpacing(theme.px(8))
            self._column.addWidget(label(f"{'✓' if condition.met else '○'} {condition.wanted}", "strong"))
            self._column.addWidget(Bar(condition))
            self._column.addWidget(label(_about(condition), "small", wrap=True))
        self._column.addStretch(1)


def _about(condition: Condition) -> str:
    return " · ".join(filter(None, (condition.actual, condition.missing)))


class Bar(QWidget):
    """How much of a condition is reached."""

    def __init__(self, condition: Condition) -> None:
        super().__init__()
        self._condition = condition
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{condition.name} {round(condition.done * 100)}%")

    def sizeHint(self) -> QSize:
        return QSize(theme.px(120), theme.px(8))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        whole = QRectF(self.rect())
        painter.setBrush(theme.color("line"))
        painter.drawRoundedRect(whole, 4, 4)
        done = QRectF(whole)
        done.setWidth(whole.width() * self._condition.done)
        painter.setBrush(theme.color("green" if self._condition.met else "amber"))
        painter.drawRoundedRect(done, 4, 4)
