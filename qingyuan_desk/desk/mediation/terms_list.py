"""The terms of an agreement as a numbered list that is written and put in order with keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.widgets.fields import TextEdit, commit_composition
from qingyuan_desk.desk.widgets.labels import label
from qingyuan_desk.domain.mediation.clauses import BLANK

_FRAME, _MOST_LINES = 14, 8


class Growing(TextEdit):
    """Several lines, as tall as the text is: at least `least` lines, at most eight."""

    def __init__(self, name: str, *, hint: str = "", least: int = 1) -> None:
        super().__init__(name, hint=hint)
        self._least = least
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self.fit)
        self.fit()

    def fit(self) -> None:
        """As tall as the text is."""
        lines = max(self._least, round(self.document().size().height()))
        height = min(lines, _MOST_LINES) * self.fontMetrics().lineSpacing() + theme.px(_FRAME)
        self.setFixedHeight(height)
        many = lines > _MOST_LINES
        self.setVerticalScrollBarPolicy(
            Qt.ScrollBarPolicy.ScrollBarAsNeeded if many else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        )

    def sizeHint(self) -> QSize:
        return QSize(theme.px(240), self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()


class Term(Growing):
    """One term, as tall as its text. Enter begins the next one, and in an empty last one ends the list, as Ctrl+Enter does.

    Shift+Enter goes to the next place to fill. An empty one goes with Backspace; Alt+arrows move it.
    """

    split = Signal()
    finished = Signal()
    joined = Signal()
    moved = Signal(int)
    left = Signal(int)
    """The arrow up in the first line, or down in the last."""

    def __init__(self, name: str, text: str = "") -> None:
        super().__init__(name, hint="写一条协议内容，回车写下一条")
        self.setPlainText(text)

    @property
    def text(self) -> str:
        """The term."""
        return self.toPlainText().strip()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        up_down = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(key), 0)
        enter = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and held == Qt.KeyboardModifier.NoModifier:
            self.split.emit()
        elif enter and held == Qt.KeyboardModifier.ControlModifier:
            self.finished.emit()
        elif up_down and held == Qt.KeyboardModifier.AltModifier:
            self.moved.emit(up_down)
        elif up_down and not held and self._at_edge(up_down):
            self.left.emit(up_down)
        elif enter and held == Qt.KeyboardModifier.ShiftModifier:
            self.to_blank()
        elif key == Qt.Key.Key_Backspace and not self.toPlainText():
            self.joined.emit()
        else:
            super().keyPressEvent(event)

    def to_blank(self) -> bool:
        """Mark the next place that is still to be filled, so that typing fills it; whether there is one."""
        found = self.document().find(BLANK, self.textCursor())
        if found.isNull():
            found = self.document().find(BLANK)
        if not found.isNull():
            self.setTextCursor(found)
        return not found.isNull()

    def _at_edge(self, step: int) -> bool:
        """Whether the cursor cannot go further up or down inside."""
        cursor = self.textCursor()
        move = QTextCursor.MoveOperation.Up if step < 0 else QTextCursor.MoveOperation.Down
        return not cursor.movePosition(move)


class TermsList(QWidget):
    """Several terms; there is always one to write in."""

    changed = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._terms: list[Term] = []
        self._numbers: list[QLabel] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        self.set_terms(())

    @property
    def terms(self) -> tuple[str, ...]:
        """What was written, without empty ones."""
        return tuple(term.text for term in self._terms if term.text)

    @property
    def editors(self) -> Sequence[Term]:
        """Every term, empty ones too."""
        return tuple(self._terms)

    def set_terms(self, terms: Sequence[str]) -> None:
        """Show other terms."""
        for term in self._terms:
            self._grid.removeWidget(term)
            term.hide()
            term.deleteLater()
        self._terms = [self._make(text) for text in (terms or ("",))]
        self._place()

    def add(self, text: str) -> Term:
        """Put a term at the end, in the place of an empty one there, and go to it."""
        commit_composition()
        last = self._terms[-1]
        if not last.text:
            last.setPlainText(text)
            term = last
        else:
            term = self._insert(len(self._terms), text)
        self._go_to(term)
        return term

    def _insert(self, place: int, text: str = "") -> Term:
        term = self._make(text)
        self._terms.insert(place, term)
        self._place()
        self.changed.emit()
        return term

    def _make(self, text: str) -> Term:
        term = Term("", text)
        term.textChanged.connect(self.changed.emit)
        term.split.connect(lambda: self._split(term))
        term.finished.connect(self._finish)
        term.joined.connect(lambda: self._remove(term))
        term.moved.connect(lambda step: self._move(term, step))
        term.left.connect(lambda step: self._leave(term, step))
        return term

    def _place(self) -> None:
        """Lay the terms out in their order, numbered; Tab follows it."""
        while len(self._numbers) < len(self._terms):
            number = label(role="second")
            number.setParent(self)  # shown before it is laid out it would be a window of its own
            number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            self._numbers.append(number)
        for place, number in enumerate(self._numbers):
            number.setVisible(place < len(self._terms))
            number.setFixedWidth(theme.px(24))
            number.setContentsMargins(0, theme.px(7), 0, 0)
        before: Term | None = None
        for place, term in enumerate(self._terms):
            term.setObjectName(f"{self.objectName()}.{place + 1}")
            term.setAccessibleName(f"第 {place + 1} 条")
            self._numbers[place].setText(f"{place + 1}.")
            self._grid.addWidget(self._numbers[place], place, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(term, place, 1)
            term.show()
            if before is not None:
                QWidget.setTabOrder(before, term)
            before = term
        self.setFocusProxy(self._terms[0])

    def _split(self, term: Term) -> None:
        """Enter: what stands behind the cursor becomes the next term; nothing in the last one is the end."""
        if not term.text and term is self._terms[-1]:
            self._remove(term)
            self._finish()
            return
        cursor = term.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
        rest = cursor.selectedText().replace("\u2029", "\n")
        cursor.removeSelectedText()
        made = self._insert(self._terms.index(term) + 1, rest.strip())
        made.setFocus()
        made.moveCursor(QTextCursor.MoveOperation.Start)

    def _finish(self) -> None:
        """On to what comes after the list."""
        self._terms[-1].setFocus()
        self._terms[-1].focusNextChild()

    def _remove(self, term: Term) -> None:
        """Backspace in an empty term takes it away."""
        if len(self._terms) == 1:
            return
        place = self._terms.index(term)
        self._terms.remove(term)
        self._grid.removeWidget(term)
        term.hide()
        term.deleteLater()
        self._place()
        self._go_to(self._terms[max(0, place - 1)])
        self.changed.emit()

    def _move(self, term: Term, step: int) -> None:
        """Alt+arrow: change places with the neighbour."""
        place = self._terms.index(term)
        if 0 <= place + step < len(self._terms):
            self._terms.insert(place + step, self._terms.pop(place))
            self._place()
            term.setFocus()
            self.changed.emit()

    def _leave(self, term: Term, step: int) -> None:
        place = self._terms.index(term) + step
        if 0 <= place < len(self._terms):
            self._terms[place].setFocus()

    def _go_to(self, term: Term) -> None:
        term.setFocus()
        term.moveCursor(QTextCursor.MoveOperation.End)
