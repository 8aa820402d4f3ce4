"""A tab of tables: figures in a row on top, then panels with a table each, narrow ones in two columns."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from qingyuan_desk.desk.reports.panels import panel
from qingyuan_desk.desk.reports.sheet import Sheet
from qingyuan_desk.desk.reports.sheet_view import SheetView
from qingyuan_desk.desk.reports.tiles import Tiles
from qingyuan_desk.desk.widgets.labels import label
from qingyuan_desk.domain.figures import Figures


class SheetsTab(QScrollArea):
    """It shows what it is given; what a press on a number means is the page's."""

    opened = Signal(object)
    """The Behind of a number."""

    def __init__(self, name: str, tiles: Sequence[str] = (), above: QWidget | None = None) -> None:
        """tiles: keys of figures. above: what stands between the figures and the tables."""
        super().__init__()
        self.setObjectName(f"reports.tab.{name}")
        self.setWidgetResizable(True)
        self.tiles = Tiles(tiles) if tiles else None
        self.views: dict[str, SheetView] = {}
        self._below = QWidget()
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 12, 0, 0)
        self._column.setSpacing(12)
        for part in (self.tiles, above):
            if part is not None:
                self._column.addWidget(part)
        self._column.addWidget(self._below)
        self._column.addStretch(1)
        self.setWidget(inner)

    def show_sheets(self, figures: Figures, sheets: Sequence[Sheet], *, may_open: bool) -> None:
        """Show a period; where it was scrolled to stays."""
        kept = self.verticalScrollBar().value()
        if self.tiles is not None:
            self.tiles.show_figures(figures, may_open=may_open)
        self.views = {sheet.key: SheetView(sheet, links=may_open) for sheet in sheets if sheet.rows}
        for view in self.views.values():
            view.opened.connect(self.opened.emit)
        made = QWidget()
        self._lay_out(made, sheets)
        self._column.replaceWidget(self._below, made)
        self._below.deleteLater()
        self._below = made
        self.verticalScrollBar().setValue(kept)

    def _lay_out(self, made: QWidget, sheets: Sequence[Sheet]) -> None:
        whole = QVBoxLayout(made)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(12)
        sides: list[QVBoxLayout] = []
        filled = [0, 0]
        for sheet in sheets:
            if sheet.wide:
                whole.addWidget(self._panel(sheet))
                sides = []
                continue
            if not sides:
                filled = [0, 0]
                beside = QHBoxLayout()
                beside.setSpacing(12)
                sides = [QVBoxLayout(), QVBoxLayout()]
                for side in sides:
                    side.setSpacing(12)
                    side.setAlignment(Qt.AlignmentFlag.AlignTop)
                    beside.addLayout(side, 1)
                whole.addLayout(beside)
            shorter = filled.index(min(filled))
            filled[shorter] += len(sheet.rows) + 3
            sides[shorter].addWidget(self._panel(sheet))

    def _panel(self, sheet: Sheet) -> QWidget:
        made, column = panel(sheet.title)
        view = self.views.get(sheet.key)
        column.addWidget(view or label(sheet.empty, "second"))
        if sheet.note:
            column.addWidget(label(sheet.note, "small", wrap=True))
        return made


class WholeSheets(SheetsTab):
    """As tall as its tables: what it stands in scrolls. Tables wider than it scroll sideways within it."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        done = super().eventFilter(watched, event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._grow()
        return done

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._grow()

    def _grow(self) -> None:
        width = max(self.viewport().width(), self._column.minimumSize().width())
        height = self._column.totalHeightForWidth(width)
        self.setFixedHeight(height + self.horizontalScrollBar().sizeHint().height())
