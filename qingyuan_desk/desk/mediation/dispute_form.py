"""What the dispute is about (纠纷情况): registers the application, and later changes what was said then."""

from __future__ import annotations

from dataclasses import fields

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.matter.parts import Scrolled
from qingyuan_desk.desk.mediation.act import Act
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets import parts
from qingyuan_desk.desk.widgets.choice import ChoiceBox, Option, Segments
from qingyuan_desk.desk.widgets.fields import EnterGoesOn, Field, TextEdit, commit_composition
from qingyuan_desk.desk.widgets.labels import plain_tooltip
from qingyuan_desk.domain.mediation.case import Case
from qingyuan_desk.domain.mediation.codes import DIFFICULTIES, ORIGINS
from qingyuan_desk.domain.mediation.forms import Describe, Open

_OPEN = {"closed": "不公开", "open": "公开"}


class DisputeForm(QWidget):
    """Open before the case was opened, Describe afterwards. What was typed stays when the case is read again."""

    def __init__(self, session: Session, act: Act) -> None:
        super().__init__()
        self._session, self._act = session, act
        self._case: Case | None = None
        self._loaded: Open | Describe | None = None
        self.origin = ChoiceBox("mediation.origin")
        self.origin.set_options(parts.options(ORIGINS))
        self.applied_on = parts.DayEdit("mediation.applied_on")
        self.is_open = Segments("mediation.is_open", [Option(code, name) for code, name in _OPEN.items()])
        self.difficulty = Segments("mediation.difficulty", parts.options(DIFFICULTIES))
        self.facts = TextEdit("mediation.facts", hint="时间、地点、起因、经过，争的是什么")
        self.claims = TextEdit("mediation.claims", hint="一行一项，例如：拆除伸到院内的滴水檐")
        self.message = parts.message_line("mediation.dispute_message")
        self.save_button = parts.button("", "mediation.dispute_save", role="primary")
        self.save_button.clicked.connect(self.save)
        self._fields = {
            "origin": Field("案件来源", self.origin, label_width=76),
            "applied_on": Field("申请日期", self.applied_on, label_width=76),
            "is_open": Field("是否公开", self.is_open, label_width=76),
            "difficulty": Field("难易程度", self.difficulty, label_width=76),
            "facts": Field("简要情况", self.facts, label_width=76),
            "claims": Field("申请事项", self.claims, label_width=76),
        }
        self._place = parts.Fields(self._fields, self.message)
        self._lay_out()

    def show_case(self, case: Case, hindrance: str) -> None:
        """Show a case. hindrance: why nothing can be written here now."""
        opened = case.mediation is not None
        verb = "保存修改 F9" if opened else "登记申请 F9"
        self.save_button.setText(verb)
        self.save_button.setEnabled(not hindrance)
        self.save_button.setToolTip(plain_tooltip(hindrance) if hindrance else "")
        for name in ("origin", "applied_on"):
            self._fields[name].editor.setEnabled(not opened)
        self.facts.setMinimumHeight(theme.px(120))
        self.claims.setMinimumHeight(theme.px(80))
        same = self._case is not None and self._case.matter_id == case.matter_id
        was_opened = self._case is not None and self._case.mediation is not None
        before, typed = self._loaded, self.form()
        self._case = case
        now = self._said(case)
        if same and was_opened == opened and before is not None:
            shown = parts.over(before, typed, now, [field.name for field in fields(now)])
            if shown != typed:
                self._fill(shown)
        else:
            self._fill(now)
            self._place.tell(())
        self._loaded = now

    def form(self) -> Open | Describe:
        """The form as it stands."""
        claims = tuple(line.strip() for line in self.claims.toPlainText().splitlines() if line.strip())
        facts, is_open = self.facts.toPlainText().strip(), self.is_open.code == "open"
        difficulty = self.difficulty.code or "general"
        if self._case is not None and self._case.mediation is not None:
            return Describe(facts, claims, is_open, difficulty)
        return Open(self.origin.typed, self.applied_on.day, facts, claims, is_open, difficulty)

    def save(self) -> None:
        """Register the application, or write the changes down."""
        commit_composition()
        if not self.save_button.isEnabled():
            return
        form = self.form()

        def done(_: object) -> None:
            self._loaded = form

        self._act(form, then=done, at=self._place, busy=self.save_button)

    def _said(self, case: Case) -> Open | Describe:
        """What a case says now; before it was opened, what the visit said."""
        said = case.mediation
        if said is not None:
            return Describe(said.facts, said.claims, said.is_open, said.difficulty)
        day = min(case.opened_on, self._session.office.today())
        return Open("application", day, case.narrative)

    def _fill(self, form: Open | Describe) -> None:
        if isinstance(form, Open):
            self.origin.set_code(form.origin)
            self.applied_on.set_day(form.applied_on or self._session.office.today())
        elif self._case is not None and self._case.mediation is not None:
            self.origin.set_code(self._case.mediation.origin)
            self.applied_on.set_day(self._case.mediation.applied_on)
        self.is_open.set_code("open" if form.is_open else "closed")
        self.difficulty.set_code(form.difficulty)
        for editor, text in ((self.facts, form.facts), (self.claims, "\n".join(form.claims))):
            if editor.toPlainText() != text:  # else the cursor would jump
                editor.setPlainText(text)

    def _lay_out(self) -> None:
        goes_on = EnterGoesOn(self)
        for field in self._fields.values():
            field.editor.installEventFilter(goes_on)
        scrolled = Scrolled("mediation.dispute_fields")
        scrolled.column.setContentsMargins(theme.px(16), theme.px(10), theme.px(12), 0)
        scrolled.column.setSpacing(0)
        short = [self._fields[name] for name in ("origin", "applied_on", "is_open", "difficulty")]
        scrolled.column.addWidget(parts.Columns(short))
        scrolled.column.addWidget(self._fields["facts"], 3)
        scrolled.column.addWidget(self._fields["claims"], 2)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 4, 12, 10)
        foot.addWidget(self.message, 1)
        foot.addStretch(0)
        foot.addWidget(self.save_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(scrolled, 1)
        column.addLayout(foot)
