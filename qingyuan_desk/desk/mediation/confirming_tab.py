"""司法确认: how long both sides may still ask the court, whether they can, the papers, and what the court said."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.matter.parts import CLOCK_TONES, Scrolled, across, said
from qingyuan_desk.desk.mediation.act import Act
from qingyuan_desk.desk.mediation.paper import CasePaper
from qingyuan_desk.desk.mediation.record_table import Column, Line, RecordTable
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets.choice import Segments
from qingyuan_desk.desk.widgets.day_line import EXAMPLE as DAY_EXAMPLE
from qingyuan_desk.desk.widgets.day_line import DayLine
from qingyuan_desk.desk.widgets.day_line import in_words as weekday
from qingyuan_desk.desk.widgets.fields import EnterGoesOn, Field, LineEdit, commit_composition
from qingyuan_desk.desk.widgets.labels import label
from qingyuan_desk.desk.widgets.parts import Fields, Panel, button, message_line, options, shortcut
from qingyuan_desk.domain.clocks import due, in_words, state_of
from qingyuan_desk.domain.mediation.acts import ACTS, hindrance
from qingyuan_desk.domain.mediation.case import Case, Confirmation
from qingyuan_desk.domain.mediation.codes import CONFIRMATION_RESULTS
from qingyuan_desk.domain.mediation.forms import Confirm
from qingyuan_desk.domain.mediation.performing import Check, eligibility
from qingyuan_desk.domain.mediation.rules import CONFIRM
from qingyuan_desk.domain.problems import Problem

_COLUMNS = (
    Column("申请日期", 104),
    Column("人民法院"),
    Column("裁定日期", 104),
    Column("文书", 168),
    Column("结果", 88),
)
_LABEL = 72
_EMPTY = "还没有申请过。双方认为有必要的，自协议生效之日起三十日内共同申请（《人民调解法》第三十三条）。"


class ConfirmingTab(QWidget):
    """Left the time and the conditions, right the application or, once it was made, what the court decided."""

    def __init__(self, session: Session, act: Act) -> None:
        super().__init__()
        self._session, self._act = session, act
        self._case: Case | None = None
        self._shown: tuple[object, ...] = ()
        today = session.office.today
        self.time = label("", "figure", wrap=True, name="mediation.confirm.time")
        self.time_note = label("", "second", wrap=True, name="mediation.confirm.time_note")
        self._conditions = Scrolled("mediation.confirm.conditions")
        self._conditions.column.setContentsMargins(0, 0, 8, 0)
        self.table = RecordTable("mediation.confirmations", "司法确认", _COLUMNS, empty=_EMPTY)
        self.head = label("", "section", name="mediation.confirm.head")
        self.on = DayLine("mediation.confirm.on", today)
        self.court = LineEdit("mediation.confirm.court", hint="例如 保定市清苑区人民法院")
        self.result = Segments("mediation.confirm.result", options(CONFIRMATION_RESULTS), numbered=True)
        self.document = LineEdit("mediation.confirm.document", hint="例如 （2024）冀0608民特12号")
        self.message = message_line("mediation.confirm.message")
        self._made = {
            "on": Field("日期", self.on, label_width=_LABEL),
            "court": Field("人民法院", self.court, label_width=_LABEL),
            "result": Field("结果", self.result, label_width=_LABEL),
            "document": Field("裁定书", self.document, label_width=_LABEL),
        }
        self.fields = Fields(self._made, self.message)
        self.save_button = button("", "mediation.confirm.save", role="primary")
        self.save_button.clicked.connect(self.save)
        self.application = button("打印司法确认申请书 F8", "mediation.confirm.application", icon="print")
        self.application.clicked.connect(lambda: self._show("confirmation"))
        self.proof = button("打印主持调解的证明", "mediation.confirm.proof", icon="print")
        self.proof.clicked.connect(lambda: self._show("proof"))
        self.paper = CasePaper(session, "mediation.confirm_paper")
        self.paper.closed.connect(lambda: self._over.setCurrentWidget(self._work))
        self._lay_out()
        self.on.changed.connect(lambda: self._made["on"].hint(weekday(self.on.day)))
        for keys, do in (("F9", self.save), ("F8", self._f8)):
            shortcut(self, keys, do)

    def show_case(self, case: Case) -> None:
        """Show a case; what is being written stays with it."""
        self._case = case
        self._show_time(case)
        self.table.show_lines([_line(each) for each in case.confirmations])
        self._fill(case)

    def begin(self, step: str) -> None:
        """Go to the form."""
        (self.court if self._pending() is None else self.result).setFocus()

    def put_away(self) -> bool:
        """Put the paper away that lies over the work, if one does."""
        lay = self._over.currentWidget() is self.paper
        if lay:
            self._over.setCurrentWidget(self._work)
        return lay

    def save(self) -> None:
        """Record the application, or the decision."""
        if not self.save_button.isVisible() or not self.save_button.isEnabled():
            return
        commit_composition()
        if self.on.day is None:
            self.fields.tell([Problem("on", DAY_EXAMPLE)])
            return
        pending = self._pending() is not None
        if pending and not self.result.code:
            self.fields.tell([Problem("result", "请选法院的处理结果。")])
            return
        form = Confirm(
            on=self.on.day,
            court=self.court.text().strip(),
            result=self.result.code if pending else "",
            document=self.document.text().strip() if pending else "",
        )
        self._act(form, at=self.fields, busy=self.save_button)

    # --- putting together ----------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        left = Panel()
        left.column.addWidget(self.time)
        left.column.addWidget(self.time_note)
        left.column.addSpacing(theme.px(4))
        left.column.addWidget(label("能不能申请", "section"))
        left.column.addWidget(self._conditions, 1)
        left.setFixedWidth(theme.px(400))
        work = QWidget()
        column = QVBoxLayout(work)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.head)
        column.addSpacing(theme.px(6))
        for field in self._made.values():
            column.addWidget(field)
        column.addWidget(self.message)
        column.addLayout(across(self.application, self.proof, QWidget(), self.save_button, stretch=2))
        column.addSpacing(theme.px(8))
        column.addWidget(self.table, 1)
        self._work = work
        self._over = QStackedWidget()
        self._over.addWidget(work)
        self._over.addWidget(self.paper)
        right = Panel()
        right.column.addWidget(self._over)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 8, 0, 0)
        whole.setSpacing(12)
        whole.addWidget(left)
        whole.addWidget(right, 1)
        self._enter = EnterGoesOn(self)
        for editor in (self.on, self.court, self.document):
            editor.installEventFilter(self._enter)

    def _court(self, case: Case) -> str:
        """The court that was asked last, else the one of the committee's place."""
        return (
            case.confirmation.court
            if case.confirmation
            else self._session.office.reference.setting("court_name")
        )

    # --- what is shown -------------------------------------------------------------------------------------------

    def _pending(self) -> Confirmation | None:
        last = self._case.confirmation if self._case else None
        return last if last is not None and not last.result else None

    def _show_time(self, case: Case) -> None:
        office, agreement = self._session.office, case.agreement
        rule, today = office.reference.clock(CONFIRM), office.today()
        self._conditions.empty()
        if agreement is None or agreement.effective_on is None or rule is None:
            self.time.setText("还没有生效的协议")
            self.time_note.setText("协议生效以后，这里计算三十日。")
            theme.mark(self.time, "tone", "")
            return
        until = due(rule, agreement.effective_on, office.calendar)
        first, _, rest = in_words(until, today).partition("（")
        last = case.confirmation
        asked = last is not None and last.agreement == agreement.record_id
        if asked and last is not None:
            first = CONFIRMATION_RESULTS.get(last.result, last.result)
            rest = ""
        self.time.setText(first)
        self.time_note.setText(
            "　".join(filter(None, (rest.removesuffix("）"), f"协议 {agreement.effective_on:%Y-%m-%d} 生效")))
        )
        theme.mark(self.time, "tone", "" if asked else CLOCK_TONES.get(state_of(until, today), ""))
        for check in eligibility(case, today, until.shifted_end):
            self._conditions.column.addWidget(_condition(check))
        self._conditions.column.addStretch(1)

    def _fill(self, case: Case) -> None:
        pending = self._pending()
        why_not = hindrance(case, ACTS["confirm"])
        shown = (case.matter_id, case.confirmations, case.agreement, why_not)
        if shown == self._shown:
            return
        self._shown = shown
        over = bool(case.confirmation and case.confirmation.result == "confirmed")
        self.fields.tell(())
        self.head.setText("法院怎么答复" if pending else "共同申请司法确认")
        self.on.set_day(self._session.office.today())
        self.court.setText(pending.court if pending else self._court(case))
        self.result.set_code("")
        self.document.clear()
        self.save_button.setText("记下结果 F9" if pending else "记下已经申请 F9")
        open_ = not why_not and not over
        for code, field in self._made.items():
            field.setVisible(open_ and (code in ("on", "court") or pending is not None))
        self.court.setEnabled(pending is None)
        self.save_button.setVisible(open_)
        written = case.agreement is not None and case.agreement.form == "written"
        for each in (self.application, self.proof):
            each.setVisible(written)
        if why_not:
            self.fields.tell([Problem("", why_not)])
        self._over.setCurrentWidget(self._work)

    def _show(self, kind: str) -> None:
        case = self._case
        if case is not None and case.agreement is not None:
            self._over.setCurrentWidget(self.paper)
            self.paper.show_paper(case.matter_id, kind, case.agreement.record_id)

    def _f8(self) -> None:
        if self._over.currentWidget() is self.paper:
            self.paper.print_paper()
        elif self.application.isVisible():
            self._show("confirmation")


def _condition(check: Check) -> QWidget:
    """A condition: met, not met, or one that only a person can judge."""
    icon, tone, word = {
        True: ("good", "green", "符合"),
        False: ("error", "red", "不符合"),
        None: ("eye", "amber", "请核对"),
    }[check.ok]
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 2, 0, 2)
    row.setSpacing(8)
    sign = label()
    sign.setPixmap(theme.icon(icon, tone).pixmap(theme.px(18), theme.px(18)))
    sign.setAccessibleName(word)
    row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
    words = QVBoxLayout()
    words.setSpacing(0)
    words.addWidget(said(f"{word}：{check.words}", tone="" if check.ok else tone))
    words.addWidget(said(check.article, "small"))
    row.addLayout(words, 1)
    return made


def _line(each: Confirmation) -> Line:
    tone = {"confirmed": "green", "rejected": "red", "not_accepted": "red"}.get(each.result, "amber")
    texts = (
        each.applied_on.isoformat(),
        each.court,
        each.decided_on.isoformat() if each.decided_on else "",
        each.document,
        CONFIRMATION_RESULTS.get(each.result, each.result),
    )
    return Line(each.record_id, texts, tone)
