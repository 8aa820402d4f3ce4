"""The fast form: one question from the first key to F9, and empty again for the next one. A quiet clock counts the seconds."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from time import monotonic

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from qingyuan_desk.desk.consult import common
from qingyuan_desk.desk.consult.question_fields import WRITTEN, QuestionFields
from qingyuan_desk.desk.intake import choices
from qingyuan_desk.desk.intake.drafts import DraftKeeper
from qingyuan_desk.desk.roster.asking import Asking
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets import moment_line
from qingyuan_desk.desk.widgets.choice import ChoiceBox, Option
from qingyuan_desk.desk.widgets.fields import EnterGoesOn, commit_composition
from qingyuan_desk.desk.widgets.labels import label
from qingyuan_desk.desk.widgets.parts import Fields, Panel, Roomy, button, message_line
from qingyuan_desk.domain.consultations import Consulted, QuickConsult, meant_by
from qingyuan_desk.domain.errors import DeskError, Refused
from qingyuan_desk.domain.handling.codes import AID_AFFAIRS
from qingyuan_desk.domain.handling.forms import Consult
from qingyuan_desk.domain.problems import Problem
from qingyuan_desk.domain.tables import Answer
from qingyuan_desk.domain.visit import Person, VisitForm
from qingyuan_desk.services import consulting

#: So long after the last key a common question like the one typed is looked for (milliseconds).
_PAUSE = 250
_SECOND = 1000


class QuestionForm(Asking):
    """What the person at the window fills in."""

    saved = Signal(object, object, int)
    """Consulted, the QuickConsult it was, and the seconds it took."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._request = uuid.uuid4().hex
        self._begun: float | None = None
        self._filled: Answer | None = None
        self._offered: Answer | None = None
        self._options: list[Option] = []
        self.form = QuestionFields(session)
        self.message = message_line("consult.message")
        self.clock = label("", "small", name="consult.seconds")
        self.save_button = button("完成 F9", "consult.save", role="primary")
        self.clear_button = button("清空 Esc", "consult.clear")
        self.fields = Fields(self.form.fields, self.message)
        self._pause, self._tick = QTimer(self), QTimer(self)
        self.keeper = DraftKeeper(self, self._to_keep, lambda: self._request)
        self._pause.setSingleShot(True)
        self._tick.setInterval(_SECOND)
        self._lay_out()
        self._listen()
        self.read_lists()
        self.clear()

    # --- what a person does ---

    def begin(self) -> None:
        """The keyboard goes to the first field."""
        self.form.channel.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        """Register and answer; what is wrong is said at its field."""
        if not self.save_button.isEnabled():
            return
        commit_composition()
        self._settle()
        unread = self._unreadable()
        if unread:
            self.fields.tell(unread)
            return
        form = self.typed()
        self.ask(
            consulting.quick,
            self.office,
            self.actor,
            form,
            then=lambda done: self._saved(done, form),
            failed=self._failed,
            busy=self.save_button,
        )

    def clear(self) -> None:
        """Empty again for the next person; who answers is remembered."""
        made = self.form
        made.channel.set_code("visit")
        made.declined.setChecked(False)
        for line in (
            made.name,
            made.phone,
            made.id_number,
            made.asked_at,
            made.articles,
            made.organ,
            made.booked_for,
        ):
            line.clear()
        for box in (made.crowd, made.cause, made.common, made.satisfaction):
            box.set_code("")
        made.stage.set_code("none")
        made.result.set_code("advised")
        made.question.clear()
        made.answer.clear()
        made.lawyer.setText(self._remembered())
        made.aid_told.setChecked(True)
        for field in made.fields.values():
            field.clear_reason()
            field.hint("")
        self.fields.tell(())
        self._filled = self._offered = None
        self._begun = None
        self.keeper.keep()
        self._request = uuid.uuid4().hex
        self._pause.stop()
        self._tick.stop()
        self.clock.setText("")
        made.show_needed()

    def decline(self) -> None:
        """拒绝提供身份信息, by one key; the same key takes it back."""
        self.form.declined.toggle()
        self.form.crowd.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def to_common(self) -> None:
        """F7: take the common question that what was typed sounds like; without one, look for one."""
        if self._offered is not None:
            self.form.common.set_code(self._offered.code)
        else:
            self.form.common.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def typed(self) -> QuickConsult:
        """What stands in the form."""
        made = self.form
        kept = {name: reason for field in made.fields.values() for name, reason in field.kept.items()}
        number = made.id_number.text().strip()
        return QuickConsult(
            self._request,
            Person(
                name=made.name.text(),
                phone=made.phone.text(),
                id_number=number,
                id_type="id_card" if number else "none",
            ),
            Consult(
                channel=made.channel.code or "visit",
                asked_at=made.asked_at.moment if made.channel.code in WRITTEN else None,
                declined=made.declined.isChecked(),
                crowd=made.crowd.typed,
                cause=made.cause.typed,
                stage=made.stage.typed,
                question=made.question.toPlainText(),
                result=made.result.code or "advised",
                answer=made.answer.toPlainText(),
                articles=made.articles.text(),
                lawyer=made.lawyer.text(),
                aid_told=made.aid_told.isChecked(),
                organ=made.organ.text() if made.result.code == "organ" else "",
                booked_for=made.booked_for.moment if made.result.code == "booked" else None,
                satisfaction=made.satisfaction.typed,
            ),
            overrides=kept,
        )

    def read_lists(self) -> None:
        """The office's tables as they are now; initials follow when they are known."""
        reference = self.office.reference
        named = choices.named(reference)
        lists = {kind: named[kind] for kind in ("crowd", "dispute_type")}
        self.form.offer(lists)
        self._offer_common(common.plain(reference.answers))
        answers = reference.answers
        self.ask(
            lambda: (_spelled(lists), common.spelled(answers)),
            then=lambda known: (self.form.offer(known[0]), self._offer_common(known[1])),
        )

    # --- filling by common questions ---

    def _offer_common(self, found: list[Option]) -> None:
        self._options = found
        self._sort_common()

    def _sort_common(self) -> None:
        known = {option.code for option in self._options}
        answers = [each for each in self.office.reference.answers if each.code in known]
        if len(answers) == len(self._options):
            made = self.form
            made.common.blockSignals(True)
            made.common.set_options(common.for_cause(self._options, answers, made.cause.code))
            made.common.blockSignals(False)

    def _take(self, code: str) -> None:
        """A common question was chosen: what nobody typed is as it says."""
        answer = next((each for each in self.office.reference.answers if each.code == code), None)
        if answer is None:
            return
        made, before = self.form, self._filled
        for editor, text, was in (
            (made.question, answer.question, before.question if before else ""),
            (made.answer, answer.answer, before.answer if before else ""),
        ):
            stands = editor.toPlainText().strip()
            if stands in ("", was):
                editor.setPlainText(text)
            elif editor is made.answer:
                editor.appendPlainText(text)
        if made.articles.text().strip() in ("", before.articles if before else ""):
            made.articles.setText(answer.articles)
            made.articles.setCursorPosition(0)
        if answer.cause and made.cause.code in ("", before.cause if before else ""):
            made.cause.set_code(answer.cause)
        self._filled, self._offered = answer, None
        made.fields["common"].offer()
        made.fields["common"].hint(_about(answer))

    def _look(self) -> None:
        """Offer the common question that what was typed sounds like."""
        said = self.form.question.toPlainText().strip()
        found = meant_by(self.office.reference.answers, said) if said and self._filled is None else ()
        self._offered = found[0] if found else None
        field = self.form.fields["common"]
        if self._offered is None:
            field.offer()
            if self._filled is None:
                field.hint("")
            return
        field.hint(f"像是“{self._offered.question}”")
        field.offer("采用 F7", self.to_common)

    # --- saved ---

    def _saved(self, done: Consulted, form: QuickConsult) -> None:
        seconds = self.seconds
        self.keeper.done()
        self.session.preferences.setValue(self._lawyer_key(), form.consult.lawyer.strip())
        self.clear()
        self.begin()
        self.saved.emit(done, form, seconds)

    def _failed(self, error: DeskError) -> None:
        if isinstance(error, Refused) and error.problems:
            self.fields.tell([_placed(problem) for problem in error.problems])
        else:
            self.session.tell(error)

    def _unreadable(self) -> list[Problem]:
        made = self.form
        lines = (("channel", made.asked_at), ("result", made.booked_for))
        return [
            Problem(name, moment_line.EXAMPLE)
            for name, line in lines
            if line.isVisibleTo(made) and line.unreadable
        ]

    def _settle(self) -> None:
        """F9 does not leave the field the keyboard is in: the entry being typed is taken."""
        at: QWidget | None = QApplication.focusWidget()
        while at is not None and at is not self:
            if isinstance(at, ChoiceBox):
                at.settle()
            at = at.parentWidget()

    # --- seconds ---

    @property
    def seconds(self) -> int:
        """How long the form has been filled in; 0 while nobody has touched it."""
        return 0 if self._begun is None else int(monotonic() - self._begun)

    def _to_keep(self) -> VisitForm | None:
        """What is kept against a crash: the visit; 登记 offers it again."""
        return self.typed().visit() if self._has_anything() else None

    def _touched(self) -> None:
        self.keeper.typed()
        if self._begun is None and self._has_anything():
            self._begun = monotonic()
            self._tick.start()
            self._show_seconds()

    def _has_anything(self) -> bool:
        made = self.form
        said = (
            made.name.text(),
            made.question.toPlainText(),
            made.answer.toPlainText(),
            made.common.currentText(),
        )
        return any(text.strip() for text in said) or made.declined.isChecked()

    def _show_seconds(self) -> None:
        self.clock.setText(f"{self.seconds} 秒")

    # --- remembered ---

    def _lawyer_key(self) -> str:
        return f"consult/lawyer/{self.actor.code}"

    def _remembered(self) -> str:
        known = str(self.session.preferences.value(self._lawyer_key(), ""))
        return known or (self.actor.name if self.actor.role == "lawyer" else "")

    # --- putting together ---

    def _lay_out(self) -> None:
        panel = Panel()
        panel.column.setContentsMargins(16, 12, 12, 10)
        panel.column.addWidget(Roomy(self.form), 1)
        panel.column.addWidget(self.message)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(label("回车到下一项 · 长文字里 Ctrl+回车 · 数字选方式和处理", "small"), 1)
        for part in (self.clock, self.clear_button, self.save_button):
            foot.addWidget(part)
        panel.column.addLayout(foot)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(panel)
        self.setFocusProxy(self.form.channel)

    def _listen(self) -> None:
        made = self.form
        self._enter = EnterGoesOn(self)
        boxes = (made.crowd, made.cause, made.stage, made.common, made.satisfaction)
        lines = (
            made.asked_at,
            made.name,
            made.phone,
            made.id_number,
            made.question,
            made.answer,
            made.articles,
            made.organ,
            made.booked_for,
            made.lawyer,
            made.aid_told,
        )
        for part in (*boxes, *lines, *made.channel.findChildren(QWidget), *made.result.findChildren(QWidget)):
            part.installEventFilter(self._enter)
        made.channel.chosen.connect(self._choose_channel)
        made.result.chosen.connect(self._choose_result)
        made.declined.toggled.connect(lambda _: (made.show_needed(), self._touched()))
        made.common.chosen.connect(self._take)
        made.cause.chosen.connect(lambda _: self._sort_common())
        for line in (made.name, made.phone, made.common.lineEdit()):
            line.textChanged.connect(lambda _: self._touched())
        for text in (made.question, made.answer):
            text.textChanged.connect(self._touched)
        made.question.textChanged.connect(lambda: self._pause.start(_PAUSE))
        self._pause.timeout.connect(self._look)
        self._tick.timeout.connect(self._show_seconds)
        self.save_button.clicked.connect(self.save)
        self.clear_button.clicked.connect(lambda: (self.clear(), self.begin()))
        self.session.actor_changed.connect(self.clear)
        self.session.settings_changed.connect(self.read_lists)

    def _choose_channel(self, code: str) -> None:
        if not code:
            self.form.channel.set_code("visit")  # one of them is always chosen
        self.form.show_needed()

    def _choose_result(self, code: str) -> None:
        if not code:
            self.form.result.set_code("advised")
        self.form.show_needed()


def _spelled(lists: Mapping[str, list[Option]]) -> dict[str, list[Option]]:
    known = choices.spelled(lists)
    return {**known, "dispute_type": common.causes(known["dispute_type"])}


def _about(answer: Answer) -> str:
    """Who checked it, and what legal aid it may be a matter of."""
    affair = AID_AFFAIRS.get(answer.affair, "")
    aid = (
        f"可问是否申请法律援助（第三十一条{affair.partition('：')[0]}）"
        if affair and answer.affair != "none"
        else ""
    )
    return " · ".join(part for part in (answer.note, aid) if part)


#: Problem → the field whose line says it.
_SAID_AT = {"asked_at": "channel", "organ": "result", "booked_for": "result", "declined": "name"}


def _placed(problem: Problem) -> Problem:
    """By the field that says it."""
    where = _SAID_AT.get(problem.field, problem.field)
    return (
        problem
        if where == problem.field
        else Problem(where, problem.sentence, problem.article, problem.level)
    )
