"""办结 and 立卷: the end of a case, in place; which of the two is shown is what the case waits for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from qingyuan_desk.desk.matter.parts import Captioned, Scrolled, across, said
from qingyuan_desk.desk.mediation.act import Act
from qingyuan_desk.desk.mediation.terms_list import Growing
from qingyuan_desk.desk.widgets.choice import Segments
from qingyuan_desk.desk.widgets.day_line import EXAMPLE as DAY_EXAMPLE
from qingyuan_desk.desk.widgets.day_line import DayLine
from qingyuan_desk.desk.widgets.fields import EnterGoesOn, Field, LineEdit, commit_composition
from qingyuan_desk.desk.widgets.labels import label
from qingyuan_desk.desk.widgets.parts import Fields, button, message_line, options
from qingyuan_desk.domain.mediation.acts import ACTS, hindrance
from qingyuan_desk.domain.mediation.case import Case
from qingyuan_desk.domain.mediation.codes import CLOSINGS, RETENTIONS
from qingyuan_desk.domain.mediation.forms import Close, File
from qingyuan_desk.domain.mediation.rules import day
from qingyuan_desk.domain.problems import Problem

_LABEL = 72


class Closing(QWidget):
    """Close, then file, then what was said of both."""

    def __init__(self, act: Act, today: Callable[[], date], who: Callable[[], str]) -> None:
        """who: the name of who sits at the desk."""
        super().__init__()
        self._act, self._today, self._who = act, today, who
        self._case: Case | None = None
        self._shown: tuple[int, str] = (0, "")
        self.closing = Segments("mediation.close.closing", options(CLOSINGS))
        self.reason = Growing("mediation.close.reason", hint="不是实质性化解的必须写明", least=2)
        self.closed_on = DayLine("mediation.close.on", today)
        self.close_message = message_line("mediation.close.message")
        self.close_made = {
            "closing": Field("办结类型", self.closing, label_width=_LABEL),
            "reason": Field("说明", self.reason, label_width=_LABEL),
            "on": Field("办结日期", self.closed_on, label_width=_LABEL),
        }
        self.close_fields = Fields(self.close_made, self.close_message)
        self.close_button = button("办结 F9", "mediation.close.save", role="primary")
        self.close_button.clicked.connect(self.save)
        self.filer = LineEdit("mediation.file.filer")
        self.retention = Segments("mediation.file.retention", options(RETENTIONS))
        self.remark = Growing("mediation.file.remark", hint="缺哪份、为什么；没有就空着", least=2)
        self.filed_on = DayLine("mediation.file.on", today)
        self.file_message = message_line("mediation.file.file_message")
        self.file_made = {
            "filer": Field("立卷人", self.filer, label_width=_LABEL),
            "retention": Field("保管期限", self.retention, label_width=_LABEL),
            "remark": Field("情况说明", self.remark, label_width=_LABEL),
            "on": Field("立卷日期", self.filed_on, label_width=_LABEL),
        }
        self.file_fields = Fields(self.file_made, self.file_message)
        self.file_button = button("立卷归档 F9", "mediation.file.file", role="primary")
        self.file_button.clicked.connect(self.save)
        self._told = Scrolled("mediation.closing")
        self._told.column.setContentsMargins(0, 0, 8, 0)
        self._stack = QStackedWidget()
        self._close_form = _form(
            "办结", self.close_made, self.close_message, self.close_button, "《人民调解法》第三十一条"
        )
        self._file_form = _form(
            "立卷归档", self.file_made, self.file_message, self.file_button, "《人民调解法》第二十七条"
        )
        for part in (self._told, self._close_form, self._file_form):
            self._stack.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self._enter = EnterGoesOn(self)
        for editor in (self.reason, self.closed_on, self.filer, self.remark, self.filed_on):
            editor.installEventFilter(self._enter)

    def show_case(self, case: Case) -> None:
        """Show what a case waits for; a form that is being filled in stays."""
        self._case = case
        waiting = next((step for step in ("close", "file") if not hindrance(case, ACTS[step])), "")
        if (case.matter_id, waiting) != self._shown:
            self._shown = (case.matter_id, waiting)
            self._begin(case)
        if not waiting:
            self._tell(case)
        self._stack.setCurrentWidget(
            {"close": self._close_form, "file": self._file_form}.get(waiting, self._told)
        )

    def save(self) -> None:
        """Close or file, whichever is in front."""
        commit_composition()
        if self._stack.currentWidget() is self._close_form:
            self._close()
        elif self._stack.currentWidget() is self._file_form:
            self._file()

    def focus(self) -> None:
        """Go to the form in front."""
        (self.closing if self._stack.currentWidget() is self._close_form else self.filer).setFocus()

    def _close(self) -> None:
        if self.closed_on.day is None:
            self.close_fields.tell([Problem("on", DAY_EXAMPLE)])
            return
        form = Close(
            closing=self.closing.code, reason=self.reason.toPlainText().strip(), on=self.closed_on.day
        )
        self._act(form, at=self.close_fields, busy=self.close_button)

    def _file(self) -> None:
        if self.filed_on.day is None:
            self.file_fields.tell([Problem("on", DAY_EXAMPLE)])
            return
        form = File(
            filer=self.filer.text().strip(),
            retention=self.retention.code,
            remark=self.remark.toPlainText().strip(),
            on=self.filed_on.day,
        )
        self._act(form, at=self.file_fields, busy=self.file_button)

    def _begin(self, case: Case) -> None:
        """What is usual: performed means solved; the committee decides how long the dossier is kept."""
        self.closing.set_code("substantial" if case.performed else "")
        self.reason.clear()
        self.closed_on.set_day(self._today())
        self.filer.setText(self._who())
        self.retention.set_code("")
        self.remark.clear()
        self.filed_on.set_day(self._today())
        self.close_fields.tell(())
        self.file_fields.tell(())

    def _tell(self, case: Case) -> None:
        self._told.empty()
        column, mediation = self._told.column, case.mediation
        if mediation is not None and mediation.filed_on:
            column.addWidget(label("已经归档", "section"))
            lines = Captioned()
            lines.add("卷号", mediation.number)
            lines.add("立卷人", mediation.filer)
            lines.add("立卷日期", day(mediation.filed_on))
            lines.add("保管期限", RETENTIONS.get(mediation.retention, mediation.retention))
            lines.add("办结", CLOSINGS.get(mediation.closing, ""))
            lines.add("情况说明", mediation.remark)
            column.addWidget(lines)
            column.addWidget(said("写错的地方不改写，请在“履行 · 更正”里记下来。", "second"))
        else:
            column.addWidget(label("还不能办结、立卷", "section"))
            for step in ("close", "file"):
                column.addWidget(said(hindrance(case, ACTS[step]), "second"))
        column.addStretch(1)


def _form(title: str, fields: dict[str, Field], message: QWidget, go: QWidget, article: str) -> QWidget:
    made = QWidget()
    scrolled = Scrolled("mediation.closing_form")
    scrolled.column.setContentsMargins(0, 0, 8, 0)
    scrolled.column.setSpacing(2)
    scrolled.column.addWidget(label(title, "section"))
    scrolled.column.addWidget(said(article, "small"))
    for field in fields.values():
        scrolled.column.addWidget(field)
    scrolled.column.addWidget(message)
    scrolled.column.addStretch(1)
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(8)
    column.addWidget(scrolled, 1)
    column.addLayout(across(QWidget(), go, stretch=0))
    return made
