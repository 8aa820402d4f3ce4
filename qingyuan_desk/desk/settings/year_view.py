"""A year drawn month by month: days off, days worked at a weekend, days the office set itself."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from qingyuan_desk.desk import theme
from qingyuan_desk.services.workdays import DayView, WorkYear

_CELL, _ROW, _GAP, _TITLE = 29, 22, 12, 24
#: The months side by side are not wider than this, in pixels.
_ROOM = 860
_WEEKDAYS = "一二三四五六日"
_SATURDAY = 5
_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -7,
    Qt.Key.Key_Down: 7,
}


class YearView(QWidget):
    """Arrows go from day to day; the day chosen, pressed again or with the space bar, is wanted otherwise."""

    picked = Signal(object)
    """The day (date) chosen."""
    pressed = Signal(object)
    """The chosen day, pressed to be changed."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._days: dict[date, DayView] = {}
        self._today = self._chosen = date.min

    def show_year(self, year: WorkYear, today: date) -> None:
        """Show a year; the chosen day stays chosen where it lies in it."""
        self._days = {view.day: view for view in year.days}
        self._today = today
        if self._chosen not in self._days:
            self._chosen = today if today in self._days else date(year.year, 1, 1)
        self.choose(self._chosen)

    @property
    def chosen(self) -> date:
        """The day chosen."""
        return self._chosen

    def choose(self, day: date) -> None:
        """Choose a day of the year shown."""
        if day in self._days:
            self._chosen = day
            self.setAccessibleName(self.words(day))
            self.picked.emit(day)
            self.update()

    def words(self, day: date) -> str:
        """A day in words: 2027年2月14日 周日 上班（春节）."""
        view = self._days[day]
        note = f"（{view.set.note}）" if view.set and view.set.note else ""
        works = "上班" if view.works else "休息"
        return f"{day.year}年{day.month}月{day.day}日 周{_WEEKDAYS[day.weekday()]} {works}{note}"

    def place_of(self, day: date) -> QRect:
        """Where a day is drawn."""
        corner = self._corner(day.month)
        place = day.replace(day=1).weekday() + day.day - 1
        row, column = divmod(place, 7)
        top = corner.y() + theme.px(_TITLE + _ROW) + row * theme.px(_ROW)
        return QRect(corner.x() + column * theme.px(_CELL), top, theme.px(_CELL), theme.px(_ROW))

    @property
    def across(self) -> int:
        """How many months stand side by side: fewer in large type, beside what can be done to a day."""
        return next((count for count in (4, 3) if count * self._month_size().width() < _ROOM), 2)

    def sizeHint(self) -> QSize:
        month = self._month_size()
        gap, across = theme.px(_GAP), self.across
        down = 12 // across
        return QSize(across * (month.width() + gap) - gap, down * (month.height() + gap // 2) - gap // 2)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        day = next(
            (each for each in self._days if self.place_of(each).contains(event.position().toPoint())), None
        )
        if day is not None and event.button() is Qt.MouseButton.LeftButton:
            self._press(day)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.pressed.emit(self._chosen)
        elif event.key() in _STEPS:
            self.choose(self._chosen + timedelta(days=_STEPS[event.key()]))
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for month in range(1, 13):
            self._paint_month(painter, month)
        for day, view in self._days.items():
            self._paint_day(painter, day, view)

    def _press(self, day: date) -> None:
        if day == self._chosen and self.hasFocus():
            self.pressed.emit(day)
        else:
            self.choose(day)
            self.setFocus(Qt.FocusReason.MouseFocusReason)

    def _corner(self, month: int) -> QPoint:
        row, column = divmod(month - 1, self.across)
        size, gap = self._month_size(), theme.px(_GAP)
        return QPoint(column * (size.width() + gap), row * (size.height() + gap // 2))

    def _month_size(self) -> QSize:
        return QSize(7 * theme.px(_CELL), theme.px(_TITLE) + 7 * theme.px(_ROW))

    def _paint_month(self, painter: QPainter, month: int) -> None:
        corner = self._corner(month)
        painter.setPen(theme.color("ink"))
        painter.setFont(theme.font(10.5, bold=True))
        box = QRect(corner.x(), corner.y(), self._month_size().width(), theme.px(_TITLE))
        painter.drawText(box.adjusted(theme.px(6), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, f"{month}月")
        painter.setPen(theme.color("second"))
        painter.setFont(theme.font(9))
        for place, word in enumerate(_WEEKDAYS):
            left = corner.x() + place * theme.px(_CELL)
            painter.drawText(
                QRect(left, corner.y() + theme.px(_TITLE), theme.px(_CELL), theme.px(_ROW)),
                Qt.AlignmentFlag.AlignCenter,
                word,
            )

    def _paint_day(self, painter: QPainter, day: date, view: DayView) -> None:
        box = self.place_of(day).adjusted(1, 1, -1, -1)
        weekend = day.weekday() >= _SATURDAY
        off_besides, worked_besides = not view.works and not weekend, view.works and weekend
        hue = theme.color("green" if off_besides or (view.set and not view.works) else "amber")
        marked = off_besides or worked_besides or view.set is not None
        if marked:
            ground = QColor(hue)
            ground.setAlphaF(0.16)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            painter.drawRoundedRect(box, 4, 4)
        painter.setPen(hue if marked else theme.color("ink" if view.works else "faint"))
        painter.setFont(theme.font(9.5, bold=marked))
        number = box.adjusted(0, 0, -theme.px(10), 0) if marked else box
        painter.drawText(number, Qt.AlignmentFlag.AlignCenter, str(day.day))
        if marked:
            painter.setFont(theme.font(7))
            painter.drawText(
                box.adjusted(0, 0, -theme.px(2), 0),
                Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
                "班" if view.works else "休",
            )
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if view.set is not None:
            painter.setPen(hue)
            painter.drawLine(
                box.left() + theme.px(5), box.bottom() - 1, box.right() - theme.px(5), box.bottom() - 1
            )
        if day == self._today:
            painter.setPen(theme.color("ink"))
            painter.drawRoundedRect(box, 4, 4)
        if day == self._chosen:
            pen = painter.pen()
            pen.setColor(theme.color("accent"))
            pen.setWidth(2 if self.hasFocus() else 1)
            painter.setPen(pen)
            painter.drawRoundedRect(box, 4, 4)
            pen.setWidth(1)
            painter.setPen(pen)
