"""What is wrong with an agreement, as a list that follows the typing: what must be changed first, then what to look at."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.matter.parts import Scrolled, said
from qingyuan_desk.desk.widgets.labels import label
from qingyuan_desk.domain.problems import Level, Problem

_TONES = {Level.REFUSE: ("error", "red", "要改"), Level.DOUBT: ("warn", "amber", "核对")}
_WARN = ("warn", "amber", "留意")


class Checks(Scrolled):
    """Problems one below the other, each with its article."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.column.setContentsMargins(0, 0, 8, 0)
        self._shown: Sequence[Problem] | None = None

    @property
    def problems(self) -> Sequence[Problem]:
        """What is listed."""
        return self._shown or ()

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """List these; the same again leaves the list alone."""
        if problems == self._shown:
            return
        self._shown = problems
        self.empty()
        order = {Level.REFUSE: 0, Level.DOUBT: 1, Level.WARN: 2}
        for problem in sorted(problems, key=lambda each: order[each.level]):
            self.column.addWidget(_entry(problem))
        if not problems:
            self.column.addWidget(_good())
        self.column.addStretch(1)

    def wait(self) -> None:
        """Something else is looked at, and not yet judged."""
        self._shown = None
        self.empty()

    def restyle(self) -> None:
        """Draw again in the colours in force."""
        shown, self._shown = self._shown, None
        if shown is not None:
            self.show_problems(shown)


def _entry(problem: Problem) -> QWidget:
    icon, tone, word = _TONES.get(problem.level, _WARN)
    made = QFrame()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 4)
    row.setSpacing(8)
    sign = label()
    sign.setPixmap(theme.icon(icon, tone).pixmap(theme.px(18), theme.px(18)))
    sign.setAccessibleName(word)
    sign.setContentsMargins(0, theme.px(1), 0, 0)
    row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
    words = QVBoxLayout()
    words.setSpacing(0)
    words.addWidget(said(problem.sentence))
    if problem.article:
        words.addWidget(said(problem.article, "small"))
    row.addLayout(words, 1)
    return made


def _good() -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    sign = label()
    sign.setPixmap(theme.icon("good", "green").pixmap(theme.px(18), theme.px(18)))
    row.addWidget(sign)
    words = label("内容齐全，没有发现问题。", wrap=True)
    words.setProperty("tone", "green")
    row.addWidget(words, 1)
    return made
