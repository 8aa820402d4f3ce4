"""A field: label, editor, and a line kept free below it for what is wrong with the value, so that nothing moves."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QWidget,
)

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.widgets.labels import label, plain_tooltip
from qingyuan_desk.desk.widgets.links import link
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
    """A labelled editor with its message line. Doubts (Level.DOUBT) can be kept by writing a reason into that line.

    row: what stands in the editor's place when several editors share the line; also: those others, by the last word of the
    fields their problems name. lines: how many lines are kept free for the message; a longer one pushes what is below.
    """

    reason_changed = Signal()

    def __init__(
        self,
        text: str,
        editor: QWidget,
        *,
        label_width: int = 48,
        lines: int = 1,
        row: QWidget | None = None,
        also: Mapping[str, QWidget] | None = None,
        beside: QWidget | None = None,
    ) -> None:
        super().__init__()
        self.editor = editor
        self._also = dict(also or {})
        self._doubted: tuple[str, ...] = ()
        self._hint = ""
        name = editor.objectName()
        self.caption = label(text, "field")
        self.caption.setBuddy(editor)
        self.caption.setFixedSize(theme.px(label_width), theme.px(32))
        if not label_width:
            self.caption.hide()
        if not editor.accessibleName():
            editor.setAccessibleName(text)
        self.message = label("", "message", wrap=True, name=f"{name}.message")
        self.message.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.message.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.message.setMinimumHeight(theme.px(_KEPT_FREE[lines]))
        self._kept_free = lines > 0
        self.reason_button = link("填写理由", f"{name}.keep")
        self.reason_button.clicked.connect(self._write_reason)
        self.offer_button = link("", f"{name}.offer")
        self.offer_button.clicked.connect(lambda: self._offered())
        self.offer_button.hide()
        self.offer_button.setAccessibleName(f"{editor.accessibleName()}：按建议改")
        self.reason = QLineEdit()
        self.reason.setObjectName(f"{name}.reason")
        self.reason.setAccessibleName(f"{editor.accessibleName()}：保留的理由")
        self.reason.setPlaceholderText("保留的理由，例如：证件无误")
        self.reason.setProperty("role", "reason")
        self.reason.textChanged.connect(lambda _: self.reason_changed.emit())
        self._offered: Callable[[], None] = lambda: None
        below = QHBoxLayout()
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(6)
        for part in (self.message, self.reason, self.offer_button, self.reason_button):
            stretch = 1 if part in (self.message, self.reason) else 0
            below.addWidget(
                part, stretch, Qt.AlignmentFlag.AlignTop if part is not self.message else Qt.AlignmentFlag(0)
            )
        if not isinstance(editor, QPlainTextEdit):
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(1)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(0, 1)
        grid.addWidget(self.caption, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(row or editor, 0, 1)
        if beside is not None:
            grid.addWidget(beside, 0, 2)
        grid.addLayout(below, 1, 1, 1, 1 if beside is None else 2)
        self.tell(())

    def hint(self, text: str) -> None:
        """What stands in the message line while nothing is wrong: 1949-12-31 · 女 · 76岁."""
        self._hint = text
        if self.message.property("state") in ("", "hint", None):
            self._say(text, "hint")

    def offer(self, text: str = "", act: Callable[[], None] = lambda: None) -> None:
        """Show one thing to do about the value at the end of the line (换成18位); no text takes it away."""
        self.offer_button.setText(text)
        self.offer_button.setVisible(bool(text))
        self._offered = act

    def tell(self, problems: Sequence[Problem]) -> None:
        """Show the gravest problem of the value; none clears the line."""
        order = (Level.REFUSE, Level.DOUBT, Level.WARN)
        worst = min(problems, key=lambda problem: order.index(problem.level), default=None)
        self._doubted = tuple(problem.field for problem in problems if problem.level is Level.DOUBT)
        if worst is None:
            self._say(self._hint, "hint")
        else:
            sentence = worst.sentence + (f"（{worst.article}）" if worst.article else "")
            self._say(sentence, _STATES[worst.level])
        self._mark(worst)
        doubted = worst is not None and worst.level is Level.DOUBT
        reasoned = doubted and (bool(self.reason.text()) or self.reason.hasFocus())
        self.reason_button.setVisible(doubted and not reasoned)
        self.message.setVisible(not reasoned and (self._kept_free or worst is not None or bool(self._hint)))
        self.reason.setVisible(reasoned)

    def editor_of(self, field: str) -> QWidget:
        """The editor a problem of this field is about."""
        return self._also.get(field.rpartition(".")[2], self.editor)

    @property
    def sentence(self) -> str:
        """What the message line says."""
        return self.message.text()

    @property
    def kept(self) -> dict[str, str]:
        """Doubted field → why its value is kept."""
        reason = self.reason.text().strip()
        return dict.fromkeys(self._doubted, reason) if reason else {}

    def keep(self, field: str, reason: str) -> None:
        """Take over why a value is kept, as a kept form says it."""
        self.reason.setText(reason)
        self._doubted = (*self._doubted, field)

    def clear_reason(self) -> None:
        """Start afresh."""
        self.reason.clear()
        self.offer()
        self.tell(())

    def _write_reason(self) -> None:
        self.message.hide()
        self.reason_button.hide()
        self.reason.show()
        self.reason.setFocus()

    def _say(self, text: str, kind: str) -> None:
        self.message.setText(text)
        self.message.setVisible(self._kept_free or bool(text))
        theme.mark(self.message, "state", kind)

    def _mark(self, problem: Problem | None) -> None:
        """Colour the frame of the editor a problem is about."""
        about = self.editor_of(problem.field) if problem else None
        for editor in (self.editor, *self._also.values()):
            told = problem is not None and editor is about
            theme.mark(editor, "state", _STATES[problem.level] if told else "")
            editor.setToolTip(plain_tooltip(self.message.text()) if told else "")


#: At most so many buttons stand aside in a row.
_MOST_ASIDE = 8
#: Height of so many lines of a message.
_KEPT_FREE = (0, 20, 36)
_STATES = {Level.REFUSE: "error", Level.DOUBT: "doubt", Level.WARN: "warn"}


class EnterGoesOn(QObject):
    """Enter moves to the next field, as clerks are used to; Shift+Enter back. In several lines Ctrl+Enter goes on.

    A button it is installed on is pressed with the space bar; one with the property `aside` is passed over.
    """

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return False
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if isinstance(watched, QPlainTextEdit):
            if held != Qt.KeyboardModifier.ControlModifier:
                return False
        elif not isinstance(watched, QLineEdit | QComboBox | QAbstractButton):
            return False
        return _step(back=held == Qt.KeyboardModifier.ShiftModifier)


def _step(*, back: bool) -> bool:
    """To the next field or the one before; past what stands aside (buttons such as + at the end of a line), where typing
    would be lost. Tab reaches those.
    """
    moved = False
    for _ in range(_MOST_ASIDE):
        widget = QApplication.focusWidget()
        if widget is None or not (widget.focusPreviousChild() if back else widget.focusNextChild()):
            break
        moved = True
        now = QApplication.focusWidget()
        if now is None or not now.property("aside"):
            break
    return moved


def commit_composition() -> None:
    """Take over what an input method is still composing; saving would lose it."""
    method = QApplication.inputMethod()
    if method is not None:
        method.commit()
