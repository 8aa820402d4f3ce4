"""Choosing mediators at one key each: the most suitable nine, numbered."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.matter.parts import clear
from qingyuan_desk.desk.widgets.chips import Flowing
from qingyuan_desk.desk.widgets.labels import plain_tooltip
from qingyuan_desk.domain.mediation.caseload import Candidate

#: As many as there are digits.
_MOST = 9


class QuickMediators(QWidget):
    """Digits switch a mediator on and off; who was chosen first is the first one. One stop for Tab."""

    changed = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName("调解员")
        self._offered: Sequence[Candidate] = ()
        self._chosen: list[str] = []
        self._buttons: list[QPushButton] = []
        self._row = Flowing(self, theme.px(6))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def codes(self) -> tuple[str, ...]:
        """Who was chosen, in that order."""
        return tuple(self._chosen)

    @property
    def conflicts(self) -> tuple[str, ...]:
        """What must be disclosed of those chosen, in sentences."""
        return tuple(
            f"{each.card.name}：{'；'.join(each.conflicts)}"
            for each in self._offered
            if each.card.code in self._chosen and each.conflicts
        )

    def offer(self, ranked: Sequence[Candidate], chosen: Sequence[str] = ()) -> None:
        """Offer these, the most suitable first; whoever was chosen before stays."""
        first = [each for each in ranked if each.card.code in chosen]
        others = [each for each in ranked if each.card.code not in chosen]
        offered = [*first, *others][:_MOST]
        known = [each.card.code for each in offered]
        self._chosen = [code for code in dict.fromkeys((*chosen, *self._chosen)) if code in known]
        if offered == self._offered:
            self._show()
            return
        self._offered = offered
        clear(self._row)
        self._buttons = []
        for number, each in enumerate(self._offered, 1):
            warned = "（须告知）" if each.conflicts else ""
            made = QPushButton(f"{number} {each.card.name}{warned}")
            made.setObjectName(f"{self.objectName()}.{each.card.code}")
            made.setCheckable(True)
            made.setProperty("role", "chip")
            made.setToolTip(plain_tooltip("；".join((*each.reasons, *each.conflicts))))
            made.setFocusPolicy(Qt.FocusPolicy.StrongFocus if number == 1 else Qt.FocusPolicy.ClickFocus)
            made.installEventFilter(self)
            made.clicked.connect(lambda _=False, code=each.card.code: self.switch(code))
            self._buttons.append(made)
            self._row.addWidget(made)
        self._row.invalidate()
        self.updateGeometry()
        if self._buttons:
            self.setFocusProxy(self._buttons[0])
        self._show()

    def choose(self, codes: Sequence[str]) -> None:
        """Choose these of those offered, and nobody else."""
        offered = {each.card.code for each in self._offered}
        self._chosen = [code for code in codes if code in offered]
        self._show()
        self.changed.emit()

    def switch(self, code: str) -> None:
        """Switch one on or off."""
        if code in self._chosen:
            self._chosen.remove(code)
        else:
            self._chosen.append(code)
        self._show()
        self.changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A digit switches; Enter goes on."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        place = event.key() - Qt.Key.Key_1
        if 0 <= place < len(self._offered):
            self.switch(self._offered[place].card.code)
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return bool(self.focusNextChild())
        return False

    def _show(self) -> None:
        for button, each in zip(self._buttons, self._offered, strict=True):
            button.setChecked(each.card.code in self._chosen)
