"""A field: label, editor, and a line kept free below it for what is wrong with the value, so that nothing moves."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QWidget,
)

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.widgets.labels import label, plain_tooltip
from qingyuan_desk.domain.problems import Level, Problem
from qingyuan_desk.domain.text import clean_line


class LineEdit(QLineEdit):
    """A line that keeps what is pasted as one clean line and never cuts it silently."""

    def __init__(self, name: str = "", *, hint: str = "") -> None:
        super().__init__()
        self.setObjectName(name)
        self.setPlaceholderText(hint)

    def insert_pasted(self, text: str) -> None:
        """Put text in at the cursor as a paste does: line breaks and unseen characters go."""
        self.insert(clean_line(text))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.insert_pasted(QApplication.clipboard().text())
            return
        super().keyPressEvent(event)


class TextEdit(QPlainTextEdit):
    """Several lines of plain text; Tab goes on to the next field."""

    def __init__(self, name: str = "", *, hint: str = "") -> None:
        super().__init__()
        self.setObjectName(name)
        self.setPlaceholderText(hint)
        self.setTabChangesFocus(True)

    def insertFromMimeData(self, source: QMimeData) -> None:
        if source.hasText():
            self.insertPlainText(source.text())


class Field(QWidget):
    """A labelled editor with its message line. Doubts (Level.DOUBT) can be kept by writing a reason into that line."""

    reason_changed = Signal()

    def __init__(
        self,
        text: str,
        editor: QWidget,
        *,
        label_width: int = 48,
        lines: int = 1,
        beside: QWidget | None = None,
    ) -> None:
        super().__init__()
        self.editor = editor
        self.caption = label(text, "field")
        self.caption.setBuddy(editor)
        self.caption.setFixedWidth(theme.px(label_width))
        if not editor.accessibleName():
            editor.setAccessibleName(text)
        self._level: Level | None = None
        self._hint = ""
        self.message = label("", "message", wrap=lines > 1, name=f"{editor.objectName()}.message")
        self.message.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.message.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.reason_button = QPushButton("填写理由")
        self.reason_button.setObjectName(f"{editor.objectName()}.keep")
        self.reason_button.setProperty("role", "link")
        self.reason_button.clicked.connect(self._write_reason)
        self.reason = QLineEdit()
        self.reason.setObjectName(f"{editor.objectName()}.reason")
        self.reason.setAccessibleName(f"{text}：保留的理由")
        self.reason.setPlaceholderText("保留的理由，例如：证件无误")
        self.reason.setProperty("role", "reason")
        self.reason.textChanged.connect(lambda _: self.reason_changed.emit())
        self._below = QStackedWidget()
        said = QWidget()
        row = QHBoxLayout(said)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.message, 1)
        row.addWidget(self.reason_button, 0, Qt.AlignmentFlag.AlignTop)
        self._below.addWidget(said)
        self._below.addWidget(self.reason)
        self._below.setFixedHeight(theme.px(20 if lines == 1 else 36))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(1)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self.caption, 0, 0)
        grid.addWidget(editor, 0, 1, 1, 2 if beside is None else 1)
        if beside is not None:
            grid.addWidget(beside, 0, 2)
        grid.addWidget(self._below, 1, 1, 1, 2)
        self.tell(())

    def hint(self, text: str) -> None:
        """What stands in the message line while nothing is wrong: 1949-12-31 · 女 · 76岁."""
        self._hint = text
        if self._level is None:
            self._say(text, "hint")

    def tell(self, problems: tuple[Problem, ...] | list[Problem]) -> None:
        """Show the gravest problem of the value; none clears the line."""
        order = (Level.REFUSE, Level.DOUBT, Level.WARN)
        worst = min(problems, key=lambda problem: order.index(problem.level), default=None)
        self._level = worst.level if worst else None
        if worst is None:
            self._below.setCurrentIndex(0)
            self._say(self._hint, "hint")
        else:
            sentence = worst.sentence + (f"（{worst.article}）" if worst.article else "")
            self._say(sentence, {Level.REFUSE: "error", Level.DOUBT: "doubt"}.get(worst.level, "warn"))
        doubted = self._level is Level.DOUBT
        self.reason_button.setVisible(doubted)
        if not doubted and self._below.currentIndex() == 1:
            self._below.setCurrentIndex(0)
        if doubted and self.reason.text():
            self._below.setCurrentIndex(1)

    @property
    def sentence(self) -> str:
        """What the message line says."""
        return self.message.text()

    @property
    def reason_text(self) -> str:
        """Why a doubted value is kept."""
        return self.reason.text().strip() if self._level is Level.DOUBT else ""

    def clear_reason(self) -> None:
        """Start afresh."""
        self.reason.clear()
        self.tell(())

    def _write_reason(self) -> None:
        self._below.setCurrentIndex(1)
        self.reason.setFocus()

    def _say(self, text: str, kind: str) -> None:
        self.message.setText(text)
        self.message.setToolTip(plain_tooltip(text) if text else "")
        self.editor.setToolTip(plain_tooltip(text) if text and kind != "hint" else "")
        for widget, value in ((self.message, kind), (self.editor, kind if text and kind != "hint" else "")):
            if widget.property("state") != value:
                widget.setProperty("state", value)
                widget.style().unpolish(widget)
                widget.style().polish(widget)


class EnterGoesOn(QObject):
    """Enter moves to the next field, as clerks are used to; Shift+Enter back. In several lines Ctrl+Enter goes on."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return False
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if isinstance(watched, QPlainTextEdit):
            if held != Qt.KeyboardModifier.ControlModifier:
                return False
        elif not isinstance(watched, QLineEdit | QComboBox):
            return False
        widget = QApplication.focusWidget()
        if widget is None:
            return False
        return bool(
            widget.focusPreviousChild()
            if held == Qt.KeyboardModifier.ShiftModifier
            else widget.focusNextChild()
        )


def commit_composition() -> None:
    """Take over what an input method is still composing; saving would lose it."""
    method = QApplication.inputMethod()
    if method is not None:
        method.commit()
