"""关系图: parties at both sides, those who could mediate between them, lines with words; the same as sentences below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.widgets.labels import label, line
from qingyuan_desk.domain.mediation.case import Case
from qingyuan_desk.domain.mediation.caseload import Candidate
from qingyuan_desk.domain.mediation.codes import SIDES
from qingyuan_desk.domain.mediation.relations import KINDS, Relation, relations, shown
from qingyuan_desk.domain.roster.mediators import FORMER

_WIDEST, _NARROWEST, _HEIGHT, _GAP, _WORDS, _MARGIN = 140, 88, 40, 8, 20, 12
#: Room for the words on a line and for the line itself, between two columns.
_LANE, _BEND = 84, 24
_NOTHING = "从姓氏、住处和以前的纠纷看，各方当事人和这几名调解员没有关系。请再问一问各方当事人。"
_ADVICE = "只凭姓氏、住处和以前的纠纷推断，是不是亲属请问当事人。"


class RelationMap(QWidget):
    """The picture, and its relations one by one; the sentence marked is drawn in full colour."""

    def __init__(self) -> None:
        super().__init__()
        self.picture = _Picture()
        scrolled = QScrollArea()
        scrolled.setFrameShape(QFrame.Shape.NoFrame)
        scrolled.setWidgetResizable(True)
        scrolled.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scrolled.setWidget(self.picture)
        self.sentences = QListWidget()
        self.sentences.setObjectName("mediation.relations")
        self.sentences.setAccessibleName("关系，一条一句")
        self.sentences.setProperty("role", "entries")
        self.sentences.setWordWrap(True)
        self.sentences.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.sentences.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.sentences.currentRowChanged.connect(self.picture.mark)
        advice = label(_ADVICE, "small", wrap=True)
        advice.setContentsMargins(theme.px(12), 4, theme.px(12), 6)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(scrolled, 2)
        column.addWidget(line())
        column.addWidget(self.sentences, 1)
        column.addWidget(advice)

    def show_case(self, case: Case, people: Sequence[Candidate], chosen: Sequence[str]) -> None:
        """Show who stands how to whom: the parties, those chosen, and the most suitable of the others."""
        between = shown(people, chosen)
        found = relations(case, between)
        self.picture.show_case(case, between, chosen, found)
        self.sentences.clear()
        for each in found:
            item = QListWidgetItem(("！" if each.told else "· ") + each.sentence)
            item.setForeground(theme.color("amber" if each.told else "ink"))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, each.sentence)
            self.sentences.addItem(item)
        if not found:
            self.sentences.addItem(_NOTHING)


@dataclass(frozen=True)
class _Row:
    """Something between the sides: a mediator, or one relation of the sides to each other.

    ties: the place of each relation among all, the relation, and the party at its end.
    """

    person: Candidate | None
    ties: tuple[tuple[int, Relation, int], ...]

    def to(self, places: Sequence[int]) -> list[tuple[int, Relation, int]]:
        """Its ties to one side."""
        return [tie for tie in self.ties if tie[2] in places]


class _Picture(QWidget):
    """Three columns. What a mediator is to a party stands beside the mediator, on the line to the party's box."""

    def __init__(self) -> None:
        super().__init__()
        self._case: Case | None = None
        self._rows: Sequence[_Row] = ()
        self._chosen: Sequence[str] = ()
        self._marked = -1
        self.setAccessibleName("关系图，内容和下面的句子相同")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)

    def show_case(
        self, case: Case, people: Sequence[Candidate], chosen: Sequence[str], found: Sequence[Relation]
    ) -> None:
        """Draw these."""
        self._case, self._chosen, self._marked = case, tuple(chosen), -1
        self._rows = tuple(_rows(people, found))
        self.updateGeometry()
        self.update()

    def mark(self, place: int) -> None:
        """Draw one relation stronger than the others; -1 for none."""
        self._marked = place
        self.update()

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        between = sum(self._height_of(row) + theme.px(_GAP) for row in self._rows)
        beside = max(len(places) for places in self._sides()) * theme.px(_HEIGHT + _GAP)
        width = theme.px(3 * _NARROWEST + 2 * (_LANE + _BEND) + 2 * _MARGIN)
        return QSize(width, max(between, beside) + theme.px(2 * _MARGIN - _GAP))

    # --- where everything stands ---

    def _sides(self) -> tuple[list[int], list[int]]:
        """Positions of the parties at the left (who applied) and at the right."""
        parties = self._case.parties if self._case else ()
        left = [place for place, party in enumerate(parties) if party.side == "applicant"]
        return left, [place for place in range(len(parties)) if place not in left]

    def _height_of(self, row: _Row) -> int:
        if row.person is None:
            return theme.px(_WORDS)
        most = max(len(row.to(places)) for places in self._sides())
        return max(theme.px(_HEIGHT), most * theme.px(_WORDS))

    def _boxes(self, heights: Sequence[int], column: int) -> list[QRectF]:
        """Boxes below each other in one of the columns, in the middle of the height there is."""
        edge, gap = theme.px(_MARGIN), theme.px(_GAP)
        free = (self.width() - 2 * edge - 2 * theme.px(_LANE + _BEND)) / 3
        width = min(free, theme.px(_WIDEST))
        left = edge + (self.width() - 2 * edge - width) / 2 * column
        top = max(float(edge), (self.height() - sum(heights) - gap * (len(heights) - 1)) / 2)
        found = []
        for height in heights:
            found.append(QRectF(left, top, width, height))
            top += height + gap
        return found

    # --- painting ---

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._case is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self._boxes([self._height_of(row) for row in self._rows], 1)
        chips: list[tuple[QRectF, int, Relation]] = []
        for side, places in enumerate(self._sides()):
            areas = self._boxes([theme.px(_HEIGHT)] * len(places), 2 * side)
            boxes = dict(zip(places, areas, strict=True))
            for row, area in zip(self._rows, middle, strict=True):
                chips += self._lines(painter, area, row.to(places), boxes, 1 if side else -1)
            for place, area in boxes.items():
                party = self._case.parties[place]
                self._box(painter, area, party.name, SIDES[party.side], "accent")
        for row, area in zip(self._rows, middle, strict=True):
            if row.person is not None:
                self._person(painter, area, row.person)
            else:
                number, each, _ = row.ties[0]
                chips.append((area, number, each))
        for area, number, each in chips:
            self._words(painter, area, number, each)
        painter.end()

    def _lines(
        self,
        painter: QPainter,
        row: QRectF,
        ties: Sequence[tuple[int, Relation, int]],
        boxes: dict[int, QRectF],
        towards: int,
    ) -> Iterator[tuple[QRectF, int, Relation]]:
        """Lines leave a row one below the other, level as far as there are words, and go to their party.

        towards: 1 to the right, -1 to the left. Gives the places of the words; between the sides they stand in the row.
        """
        height, lane = row.height() / max(1, len(ties)), theme.px(_LANE)
        for step, (number, each, place) in enumerate(ties):
            at = row.top() + height * (step + 0.5)
            start = QPointF(row.right() if towards > 0 else row.left(), at)
            area = boxes[place]
            end = QPointF(area.left() if towards > 0 else area.right(), area.center().y())
            painter.setPen(self._pen(number, each))
            painter.drawPolyline(
                [start if each.mediator else row.center(), QPointF(start.x() + towards * lane, at), end]
            )
            if each.mediator:
                left = start.x() if towards > 0 else start.x() - lane
                yield QRectF(left, at - theme.px(_WORDS) / 2, lane, theme.px(_WORDS)), number, each

    def _pen(self, number: int, each: Relation) -> QPen:
        if number == self._marked:
            return QPen(theme.color("accent"), 3)
        return QPen(theme.color("amber"), 2) if each.told else QPen(theme.color("faint"), 1)

    def _words(self, painter: QPainter, area: QRectF, number: int, each: Relation) -> None:
        painter.setFont(theme.font(theme.SMALL_PT, bold=number == self._marked))
        words = KINDS[each.kind].words
        width = painter.fontMetrics().horizontalAdvance(words) + theme.px(8)
        chip = QRectF(0, 0, width, theme.px(_WORDS - 2))
        chip.moveCenter(area.center())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("amber_ground" if each.told else "paper"))
        painter.drawRoundedRect(chip, 4, 4)
        painter.setPen(theme.color("amber" if each.told else "second"))
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, words)

    def _person(self, painter: QPainter, area: QRectF, each: Candidate) -> None:
        strong = each.card.code in self._chosen
        former = FORMER in each.conflicts
        below = f"！{KINDS['former'].words}" if former else each.card.place
        name = f"✓ {each.card.name}" if strong else each.card.name
        self._box(painter, area, name, below, "mediation", strong=strong, told=former)

    @staticmethod
    def _box(
        painter: QPainter,
        area: QRectF,
        name: str,
        below: str,
        hue: str,
        *,
        strong: bool = False,
        told: bool = False,
    ) -> None:
        painter.setPen(QPen(theme.color(hue), 2 if strong else 1))
        painter.setBrush(theme.color("selection" if strong else "paper"))
        painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), 6, 6)
        inner = area.adjusted(theme.px(8), 0, -theme.px(8), 0)
        half, centre = theme.px(18), area.center().y()
        for text, tone, points, bold, top in (
            (name, "ink", theme.BODY_PT, True, centre - half),
            (below, "amber" if told else "second", theme.SMALL_PT, False, centre),
        ):
            painter.setFont(theme.font(points, bold=bold))
            painter.setPen(theme.color(tone))
            room = QRectF(inner.left(), top, inner.width(), half)
            said = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(room.width()))
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, said)


def _rows(people: Sequence[Candidate], found: Sequence[Relation]) -> Iterator[_Row]:
    for number, each in enumerate(found):
        if not each.mediator:
            yield _Row(None, ((number, each, each.against), (number, each, each.party)))
    for person in people:
        own = [(number, each) for number, each in enumerate(found) if each.mediator == person.card.code]
        yield _Row(person, tuple((number, each, each.party) for number, each in own))
