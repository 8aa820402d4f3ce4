"""The drawer at the right of the ledger: the row in hand in brief, without leaving the list."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.ledger.painting import CLOCK_TONES
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets import background
from qingyuan_desk.desk.widgets.labels import Tag, label, line
from qingyuan_desk.domain.errors import DeskError
from qingyuan_desk.domain.matter import LedgerRow, MatterFacts, standing
from qingyuan_desk.services import ledger

#: Going down the list with the arrows asks only for the row one stops at (milliseconds).
_PAUSE = 60
_NOTES = 3


class Preview(QFrame):
    """Number, matter, clocks, narrative, the last notes. A sealed matter is read on its own page only."""

    closed = Signal()
    opened = Signal(int)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("ledger.preview")
        self.setProperty("role", "panel")
        self._session = session
        self._row: LedgerRow | None = None
        self._task: background.Task | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._ask)
        self.number = label(role="section", name="ledger.preview_number")
        self._tag = Tag()
        close = self._close = QToolButton()
        close.setObjectName("ledger.preview_close")
        close.setAccessibleName("关闭预览")
        close.setToolTip("关闭预览（Esc）")
        close.clicked.connect(self.closed)
        self.open_button = QPushButton("打开事项 Enter")
        self.open_button.setObjectName("ledger.preview_open")
        self.open_button.clicked.connect(lambda: self._row and self.opened.emit(self._row.matter_id))
        self._held = QWidget()
        self._column = QVBoxLayout(self._held)
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.setSpacing(6)
        scrolled = QScrollArea()
        scrolled.setWidgetResizable(True)
        scrolled.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scrolled.setWidget(self._held)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.number)
        head.addWidget(self._tag)
        head.addStretch(1)
        head.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 8, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(scrolled, 1)
        column.addWidget(self.open_button)
        self.hide()

    def restyle(self) -> None:
        """Take over colours and size of type in force."""
        self._close.setIcon(theme.icon("close"))
        self._close.setIconSize(QSize(theme.px(16), theme.px(16)))
        self.show_row(self._row)

    @property
    def text(self) -> str:
        """Everything it says, for reading aloud and for tests."""
        places = range(self._column.count())
        parts = (self._column.itemAt(place).widget() for place in places)
        return "\n".join(part.text() for part in parts if part is not None and hasattr(part, "text"))

    def show_row(self, row: LedgerRow | None) -> None:
        """Show a matter; what the row says at once, the rest as soon as it is read."""
        self._row = row
        if self._task:
            self._task.drop()
        if row is None:
            self._empty()
            self.number.setText("")
            self._tag.say("", theme.color("second"))
            return
        self.number.setText(row.number)
        if row.sealed:
            self._tag.say("密件", theme.color("violet"))
            self._empty()
            self._add("检举控告不在列表里显示内容，请打开事项查看。", "second")
            self._column.addStretch(1)
            return
        flow = self._session.office.reference.flow(row.flow)
        self._tag.say(flow.short if flow else row.flow, theme.flow_color(row.flow))
        self._pause.start()

    def _ask(self) -> None:
        if self._row is None or self.isHidden():
            return
        session = self._session
        self._task = background.ask(
            self,
            ledger.matter,
            session.office,
            session.actor,
            self._row.matter_id,
            then=self._show,
            failed=self._fail,
        )

    def _show(self, facts: MatterFacts) -> None:
        reference = self._session.office.reference
        self._empty()
        self._add(facts.title, "strong")
        unit = reference.unit(facts.unit)
        place = reference.place(facts.township, facts.village)
        state = standing(facts.state, facts.node)
        self._add(" · ".join(part for part in (state, unit.name if unit else "", place) if part), "second")
        for clock in facts.clocks:
            said = self._add(f"{clock.event}：{clock.words}（{clock.article}）", "small")
            said.setProperty(
                "tone", {"amber": "amber", "red": "red"}.get(CLOCK_TONES.get(clock.state, ""), "")
            )
        self._column.addWidget(line())
        self._add(facts.narrative, "")
        self._column.addWidget(line())
        valid = [visit for visit in facts.visits if visit.state == "valid"]
        if valid:
            last = valid[-1]
            at = last.received_at
            self._add(f"来访 {len(valid)} 次，最近 {at.year}年{at.month}月{at.day}日 {last.number}", "second")
        notes = [event for event in reversed(facts.events) if event.action == "记事"][:_NOTES]
        for note in notes:
            self._add(f"{note.at.month}月{note.at.day}日 {note.at:%H:%M}　{note.actor}", "small")
            self._add(note.note, "")
        if not notes:
            self._add("还没有记事。", "small")
        self._column.addStretch(1)

    def _fail(self, error: DeskError) -> None:
        self._empty()
        self._add(error.sentence, "second")
        self._column.addStretch(1)

    def _add(self, text: str, role: str) -> QWidget:
        said = label(text, role, wrap=True)
        policy = said.sizePolicy()  # it knows that its height follows from its width
        policy.setHorizontalPolicy(QSizePolicy.Policy.Ignored)
        said.setSizePolicy(policy)
        said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._column.addWidget(said)
        return said

    def _empty(self) -> None:
        while (item := self._column.takeAt(0)) is not None:
            if item.widget() is not None:
                item.widget().hide()
                item.widget().deleteLater()
