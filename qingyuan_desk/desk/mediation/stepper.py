"""How far a case has come: eight stages in a line, painted; those behind are filled, the present one is ringed."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from qingyuan_desk.desk import theme
from qingyuan_desk.domain.flows import node_name
from qingyuan_desk.domain.mediation.case import Case

STAGES = ("登记", "征求同意", "选调解员", "约定", "调解", "协议", "履行", "办结")
_STAGE_OF = {"consent": 1, "assign": 2, "schedule": 3, "mediating": 4, "performing": 6, "closed": len(STAGES)}


@dataclass(frozen=True)
class Progress:
    """stage: index of the present stage; len(STAGES) when all are behind. stopped: the word for a case that stopped there."""

    stage: int
    stopped: str = ""


def progress(case: Case) -> Progress:
    """Where a case stands, or where it stopped."""
    if case.mediation is None:
        return Progress(0, node_name("mediation", "void") if case.state == "void" else "")
    if case.node == "suspended":
        return Progress(_STAGE_OF.get(case.mediation.suspended_from, 4), node_name("mediation", "suspended"))
    if case.node in _STAGE_OF:
        at = _STAGE_OF[case.node]
        agreeing = case.node == "mediating" and (
            case.draft is not None or (case.held and case.held[-1].outcome == "agreed")
        )
        return Progress(5 if agreeing else at)
    return Progress(_reached(case), node_name("mediation", case.node))


def _reached(case: Case) -> int:
    """How far a case came that is over without having been closed."""
    if case.agreement is not None:
        return 6
    if case.held:
        return 4
    if case.sessions:
        return 3
    return 2 if case.mediation and case.mediation.number else 1


class Stepper(QWidget):
    """The stages of the flow; nothing to press."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("mediation.stepper")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._now = Progress(0)

    def show_case(self, case: Case) -> None:
        """Show how far a case has come."""
        self._now = progress(case)
        stage = self._now.stage
        said = self._now.stopped or (STAGES[stage] if stage < len(STAGES) else STAGES[-1])
        self.setAccessibleName(f"办到：{said}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(560), theme.px(44))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(400), theme.px(44))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width, side = self.width() / len(STAGES), theme.px(16)
        middle = theme.px(11)
        for place, name in enumerate(STAGES):
            centre = QPointF((place + 0.5) * width, middle)
            if place:
                self._join(painter, centre, width, side, done=place <= self._now.stage)
            self._mark(painter, centre, side, place)
            self._word(painter, QRectF(place * width, theme.px(23), width, theme.px(20)), name, place)

    def _join(self, painter: QPainter, centre: QPointF, width: float, side: float, *, done: bool) -> None:
        painter.setPen(QPen(theme.color("mediation" if done else "line"), 2))
        gap = side / 2 + 4
        painter.drawLine(QPointF(centre.x() - width + gap, centre.y()), QPointF(centre.x() - gap, centre.y()))

    def _mark(self, painter: QPainter, centre: QPointF, side: float, place: int) -> None:
        circle = QRectF(centre.x() - side / 2, centre.y() - side / 2, side, side)
        here, done = place == self._now.stage, place < self._now.stage
        hue = theme.color("red" if here and self._now.stopped else "mediation" if here or done else "line")
        painter.setPen(QPen(hue, 2))
        painter.setBrush(hue if done else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(circle.adjusted(1, 1, -1, -1))
        if done:
            painter.setPen(QPen(theme.color("paper"), 1.75))
            unit = side / 16
            for start, end in (((4.8, 8.2), (7, 10.4)), ((7, 10.4), (11.2, 5.8))):
                painter.drawLine(
                    circle.topLeft() + QPointF(*start) * unit, circle.topLeft() + QPointF(*end) * unit
                )
        elif here:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(hue)
            painter.drawEllipse(centre, side / 5, side / 5)

    def _word(self, painter: QPainter, box: QRectF, name: str, place: int) -> None:
        here = place == self._now.stage
        painter.setFont(theme.font(theme.SMALL_PT, bold=here))
        tone = "red" if here and self._now.stopped else "ink" if here else "second"
        painter.setPen(theme.color(tone))
        painter.drawText(
            box, Qt.AlignmentFlag.AlignCenter, self._now.stopped if here and self._now.stopped else name
        )
