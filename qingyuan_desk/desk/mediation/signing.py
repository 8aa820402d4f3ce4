"""签署生效: who has signed, the seal, and the day of effect, which somebody enters by hand (《人民调解法》第二十九条)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from qingyuan_desk.desk.matter.parts import Scrolled, across, clear, said
from qingyuan_desk.desk.widgets.day_line import DayLine
from qingyuan_desk.desk.widgets.day_line import in_words as weekday
from qingyuan_desk.desk.widgets.fields import EnterGoesOn, Field
from qingyuan_desk.desk.widgets.labels import label
from qingyuan_desk.desk.widgets.parts import Fields, button, message_line
from qingyuan_desk.domain.mediation.case import Case
from qingyuan_desk.domain.mediation.codes import SIDES
from qingyuan_desk.domain.mediation.forms import Sign

_LABEL = 72
_DAYS = {"signed_on": "签名日期", "sealed_on": "盖章日期", "effective_on": "生效日期"}


class Signing(QWidget):
    """What stands on the signed paper."""

    signing = Signal(object)
    """A Sign form to carry out."""

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self._today = today
        self._shown: tuple[int, int] = (0, 0)
        self._boxes: dict[int, QCheckBox] = {}
        self._people = QVBoxLayout()
        self._people.setSpacing(2)
        self.mediators = QCheckBox("调解员已经签名")
        self.mediators.setObjectName("mediation.sign.mediators")
        self.days = {code: DayLine(f"mediation.sign.{code}", today) for code in _DAYS}
        self.message = message_line("mediation.sign.message")
        fields = {code: Field(_DAYS[code], editor, label_width=_LABEL) for code, editor in self.days.items()}
        for code, editor in self.days.items():
            editor.changed.connect(lambda code=code: self._say_weekday(code))
        self._day_fields = fields
        self.fields = Fields(fields, self.message)
        self.go = button("签署生效 F6", "mediation.sign.go", role="primary")
        self.go.clicked.connect(self.sign)
        self.print_button = button("打印签署用的协议书", "mediation.sign.print", icon="print")
        self._lay_out()

    def show_case(self, case: Case) -> None:
        """Show a draft; what was filled in for the same one stays."""
        draft = case.draft
        shown = (case.matter_id, draft.record_id if draft else 0)
        if shown == self._shown:
            return
        self._shown = shown
        clear(self._people)
        self._boxes = {}
        for party in case.parties:
            signer = party.representative or party.agent
            who = f"{party.name}（{SIDES.get(party.side, party.side)}{'，' + signer if signer else ''}）"
            box = QCheckBox(f"{who}已经签名")
            box.setObjectName(f"mediation.sign.{party.record_id}")
            box.setToolTip("签名、盖章或者按指印")
            box.installEventFilter(self._enter)
            self._boxes[party.record_id] = box
            self._people.addWidget(box)
        self.mediators.setChecked(False)
        self.days["signed_on"].set_day(self._today() if draft else None)
        self.days["sealed_on"].set_day(None)
        self.days["effective_on"].set_day(None)
        self.fields.tell(())

    def form(self) -> Sign:
        """What was filled in."""
        return Sign(
            signed_on=self.days["signed_on"].day or self._today(),
            sealed_on=self.days["sealed_on"].day,
            effective_on=self.days["effective_on"].day,
            signed=tuple(record_id for record_id, box in self._boxes.items() if box.isChecked()),
            mediators_signed=self.mediators.isChecked(),
        )

    def sign(self) -> None:
        """Ask for the agreement to take effect."""
        if self.go.isEnabled():
            self.signing.emit(self.form())

    def _lay_out(self) -> None:
        scrolled = Scrolled("mediation.sign")
        column = scrolled.column
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(2)
        column.addWidget(label("谁已经签名、盖章或者按指印", "field"))
        column.addLayout(self._people)
        column.addWidget(self.mediators)
        column.addSpacing(8)
        for field in self._day_fields.values():
            column.addWidget(field)
        column.addWidget(
            said(
                "书面协议自各方签名、调解员签名并加盖调委会印章之日起生效。《人民调解法》第二十九条", "small"
            )
        )
        column.addWidget(self.message)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        whole.addWidget(scrolled, 1)
        whole.addLayout(across(self.print_button, self.go, stretch=1))
        self._enter = EnterGoesOn(self)
        for editor in (self.mediators, *self.days.values()):
            editor.installEventFilter(self._enter)

    def _say_weekday(self, code: str) -> None:
        self._day_fields[code].hint(weekday(self.days[code].day))
