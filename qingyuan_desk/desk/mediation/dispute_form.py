"""What the dispute is about (纠纷情况): registers the application, and later changes what was said then."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.matter.parts import Scrolled
from qingyuan_desk.desk.mediation import parts
from qingyuan_desk.desk.mediation.act import Act
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets.choice import ChoiceBox, Option, Segments
from qingyuan_desk.desk.widgets.fields import EnterGoesOn, Field, TextEdit, commit_composition
from qingyuan_desk.desk.widgets.labels import plain_tooltip
from qingyuan_desk.domain.mediation.case import DIFFICULTIES, ORIGINS, Case
from qingyuan_desk.domain.mediation.forms import Describe, Open

_OPEN = {"closed": "不公开", "open": "公开"}


class DisputeForm(QWidget):
    """Open before the case was opened, Describe afterwards. What was typed stays when the case is read again."""

    def __init__(self, session: Session, act: Act) -> None:
        super().__init__()
        self._session, self._act = session, act
        self._case: Case | None = None
        self._loaded: object = None
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
        if same and was_opened == opened and (self.form() != self._loaded or self._case == case):
            self._case = case
            return
        self._case = case
        self._fill(case)
        self._loaded = self.form()
        self._place.tell(())

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

    def _fill(self, case: Case) -> None:
        said = case.mediation
        self.origin.set_code(said.origin if said else "application")
        self.applied_on.set_day(
            said.applied_on if said else min(case.opened_on, self._session.office.today())
        )
        self.is_open.set_code("open" if said and said.is_open else "closed")
        self.difficulty.set_code(said.difficulty if said else "general")
        self.facts.setPlainText(said.facts if said else case.narrative)
        self.claims.setPlainText("\n".join(said.claims) if said else "")

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
