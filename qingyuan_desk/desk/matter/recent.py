"""Before anything is opened: the matters this person had open last on this machine, by id only."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.matter.parts import across, clear
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets.labels import Elided, Tag, label
from qingyuan_desk.domain.matter import LedgerRow
from qingyuan_desk.services.reception import SEALED_TITLE

_KEPT = 10


def remembered(session: Session) -> list[int]:
    """Ids of the matters opened last, the latest first; what cannot be read counts as none."""
    kept = str(session.preferences.value(f"matter/recent/{session.actor.code}", "") or "")
    return [int(word) for word in kept.split() if word.isdigit()][:_KEPT]


def remember(session: Session, matter_id: int) -> None:
    """Keep a matter as the one opened last."""
    ids = [matter_id, *(each for each in remembered(session) if each != matter_id)][:_KEPT]
    session.preferences.setValue(f"matter/recent/{session.actor.code}", " ".join(map(str, ids)))


class Recent(QWidget):
    """A sentence, then the matters opened last."""

    opened = Signal(int)
    ledger_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.sentence = label(role="second", wrap=True, name="matter.nothing")
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._caption = label("最近打开", "section")
        self._list = QVBoxLayout()
        self._list.setSpacing(2)
        to_ledger = QPushButton("到台账里找")
        to_ledger.setObjectName("matter.to_ledger")
        to_ledger.clicked.connect(self.ledger_asked)
        held = QWidget()
        held.setMaximumWidth(theme.px(760))
        column = QVBoxLayout(held)
        column.setSpacing(8)
        column.addWidget(self.sentence)
        column.addWidget(to_ledger, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(16)
        column.addWidget(self._caption)
        column.addLayout(self._list)
        whole = QVBoxLayout(self)
        whole.addStretch(1)
        row = across(held, stretch=0)
        row.insertStretch(0, 1)
        row.addStretch(1)
        row.setStretch(1, 8)
        whole.addLayout(row)
        whole.addStretch(2)
        self.say("")
        self.show_rows((), session=None)

    def say(self, sentence: str) -> None:
        """Why nothing is shown; empty: nothing was asked for yet."""
        self.sentence.setText(
            sentence or "还没有打开事项。按 Ctrl+K 搜索姓名、电话、文号，或者扫一下回执上的二维码。"
        )

    def show_rows(self, rows: Sequence[LedgerRow], session: Session | None) -> None:
        """List matters opened before."""
        clear(self._list)
        self._caption.setVisible(bool(rows))
        for place, row in enumerate(rows):
            if session is not None:
                self._list.addWidget(self._line(place, row, session))

    def _line(self, place: int, row: LedgerRow, session: Session) -> QPushButton:
        button = QPushButton()
        button.setObjectName(f"matter.recent.{place}")
        button.setProperty("role", "view")
        button.setMinimumHeight(theme.px(34))
        button.clicked.connect(lambda: self.opened.emit(row.matter_id))
        flow = session.office.reference.flow(row.flow)
        tag = Tag()
        title = SEALED_TITLE if row.sealed else row.title
        hue = theme.color("violet") if row.sealed else theme.flow_color(row.flow)
        tag.say(flow.short if flow else row.flow, hue)
        button.setAccessibleName(f"{row.number} {title}")
        said = Elided(title)
        inner = across(label(row.number, "second"), tag, said, spacing=12, stretch=2)
        inner.setContentsMargins(10, 0, 10, 0)
        button.setLayout(inner)
        for part in (tag, said):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        return button
