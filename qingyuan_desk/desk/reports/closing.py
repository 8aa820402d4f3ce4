"""Closing a period (结账): the button, asked twice because it cannot be undone, and the words once it is done."""

from __future__ import annotations

import uuid

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from qingyuan_desk.desk.widgets.labels import label, plain_tooltip
from qingyuan_desk.domain.figures import Figures
from qingyuan_desk.services.closing import Closing

_MEANS = "结账后，本期的数字和报表按现在的样子保存，以后再打开、再打印都不变；结账以后的更正在下一期报表里加脚注。结账不能撤销。"


class ClosingPart(QWidget):
    """It asks; the page closes."""

    asked = Signal(str)
    """Close the period in view; the request id of this wish."""

    def __init__(self) -> None:
        super().__init__()
        self.button = QPushButton()
        self.button.setObjectName("reports.close_period")
        self.button.setToolTip(plain_tooltip(_MEANS))
        self.button.clicked.connect(self._pressed)
        self.state = label(role="small", name="reports.closed")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.state)
        row.addWidget(self.button)
        self._armed = False
        self.hide()

    def show_state(self, figures: Figures, closing: Closing | None) -> None:
        """What a period can have done to it: one that is over can be closed, once."""
        self._disarm()
        self.state.setText("已结账" if closing else "")
        self.state.setToolTip(plain_tooltip(f"数字的校验值 SHA-256：{closing.digest}") if closing else "")
        self.button.setVisible(closing is None)
        self.setVisible(closing is not None or (figures.complete and figures.period.kind != "span"))

    def _disarm(self) -> None:
        self._armed = False
        self.button.setText("结账")

    def _pressed(self) -> None:
        if not self._armed:
            self._armed = True
            self.button.setText("确认结账，不能撤销")
            return
        self._disarm()
        self.asked.emit(uuid.uuid4().hex)
