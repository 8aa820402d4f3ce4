"""任期培训: terms, renewal and 聘书; days off; training; awards."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from qingyuan_desk.desk.roster.asking import Asking, Requests, scrolled
from qingyuan_desk.desk.roster.record_section import RecordSection, needed
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets.day_line import DayLine
from qingyuan_desk.desk.widgets.fields import Field, LineEdit
from qingyuan_desk.desk.widgets.labels import label, line
from qingyuan_desk.domain.accounts import Right
from qingyuan_desk.domain.errors import DeskError, Refused
from qingyuan_desk.domain.roster.cards import MediatorCard
from qingyuan_desk.domain.roster.mediators import Mediator, Term
from qingyuan_desk.domain.roster.records import Award, Kept, Training
from qingyuan_desk.domain.roster.results import Leave
from qingyuan_desk.services import roster_papers, roster_records


class RecordsTab(Asking):
    """What is kept beside an entry."""

    saved = Signal(str)
    paper_wanted = Signal(object, object)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._code = ""
        self._requests = Requests()
        today = self.office.today
        self.leave = RecordSection(
            "leave",
            "请假（不能来的日子）",
            "没有请假。",
            [
                {
                    "first": ("自", DayLine("roster.leave.first", today)),
                    "last": ("至", DayLine("roster.leave.last", today)),
                },
                {"reason": ("原因", LineEdit("roster.leave.reason_text", hint="例如 外出、住院"))},
            ],
            "销假",
        )
        self.training = RecordSection(
            "training",
            "培训记录",
            "没有培训记录。",
            [
                {
                    "day": ("日期", DayLine("roster.training.day", today)),
                    "hours": ("学时", LineEdit("roster.training.hours", hint="例如 4")),
                },
                {"organiser": ("组织", LineEdit("roster.training.organiser", hint="例如 区司法局"))},
                {"subject": ("内容", LineEdit("roster.training.subject", hint="例如 调解技巧"))},
            ],
            "销去",
        )
        self.award = RecordSection(
            "award",
            "表彰奖励（《人民调解法》第六条）",
            "没有表彰记录。",
            [
                {
                    "day": ("日期", DayLine("roster.award.day", today)),
                    "title": ("荣誉", LineEdit("roster.award.title", hint="例如 优秀人民调解员")),
                },
                {"issuer": ("授予", LineEdit("roster.award.issuer", hint="授予单位"))},
            ],
            "销去",
        )
        self._lay_out()
        self.leave.add_wanted.connect(lambda: needed(self.leave, ("first", "last"), self._add_leave))
        self.training.add_wanted.connect(lambda: needed(self.training, ("day",), self._add_training))
        self.award.add_wanted.connect(lambda: needed(self.award, ("day",), self._add_award))
        for section in (self.leave, self.training, self.award):
            section.cancel_wanted.connect(self._cancel)

    def open(self, card: MediatorCard) -> None:
        """Another mediator."""
        if card.code != self._code:
            for section in (self.leave, self.training, self.award):
                section.clear()
        self._code = card.code
        may = self.may(Right.ROSTER)
        for section in (self.leave, self.training, self.award):
            section.set_may(may)
        self._renew_field.setVisible(may)
        self._renew.setVisible(may)
        self._renew_field.tell(())

    def show_profile(self, profile: roster_records.Profile) -> None:
        """Show the records."""
        today, may, records = self.office.today(), self.may(Right.ROSTER), profile.records
        self._terms.setText(_terms(records.terms, today))
        self._renew_on.set_day(profile.renewal)
        self.leave.show_rows(
            [(each, _leave(each, today), _tone(each, today)) for each in records.leave if not each.cancelled],
            may,
        )
        self.training.show_rows(
            [
                (each, f"{each.day:%Y-%m-%d}　{each.subject}（{each.organiser}，{each.hours:g} 学时）", "")
                for each in records.trainings
            ],
            may,
        )
        self._trained.setText(f"本届任期内共 {profile.trained:g} 学时")
        self.award.show_rows(
            [(each, f"{each.day:%Y-%m-%d}　{each.title}（{each.issuer}）", "") for each in records.awards],
            may,
        )

    def _lay_out(self) -> None:
        self._terms = label(role="second", wrap=True, name="roster.terms")
        self._renew_on = DayLine("roster.renew_on", self.office.today)
        self._renew_field = Field("新一届", self._renew_on, label_width=48)
        self._renew = QPushButton("续聘三年")
        self._renew.setObjectName("roster.renew")
        self._renew.clicked.connect(self._renew_term)
        self._letter = QPushButton("聘书")
        self._letter.setObjectName("roster.letter")
        self._letter.setToolTip("看聘书的样子，再打印或存为 PDF")
        self._letter.clicked.connect(self._show_letter)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._renew_field, 1)
        row.addWidget(self._renew, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._letter, 0, Qt.AlignmentFlag.AlignTop)
        self._trained = label(role="small", name="roster.trained")
        held = QWidget()
        inner = QVBoxLayout(held)
        inner.setContentsMargins(0, 8, 8, 0)
        inner.setSpacing(4)
        inner.addWidget(label("任期（《人民调解法》第九条，三年，可以续聘）", "strong"))
        inner.addWidget(self._terms)
        inner.addLayout(row)
        for section in (self.leave, self.training, self.award):
            inner.addWidget(line())
            inner.addWidget(section)
            if section is self.training:
                inner.addWidget(self._trained)
        inner.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scrolled(held))

    # --- writing ---

    def _add_leave(self) -> None:
        first, last = self.leave.day("first").day, self.leave.day("last").day
        if first and last:
            self._keep(self.leave, Leave(self._code, first, last, self.leave.text("reason")))

    def _add_training(self) -> None:
        day, section = self.training.day("day").day, self.training
        try:
            hours = float(section.text("hours") or 0)
        except ValueError:
            section.tell(Refused.because("hours", "学时写成数字，例如 4。"))
            return
        if day:
            kept = Training(self._code, day, hours, section.text("organiser"), section.text("subject"))
            self._keep(section, kept)

    def _add_award(self) -> None:
        day = self.award.day("day").day
        if day:
            self._keep(
                self.award, Award(self._code, day, self.award.text("title"), self.award.text("issuer"))
            )

    def _keep(self, section: RecordSection, kept: Kept) -> None:
        self.ask(
            roster_records.keep,
            self.office,
            self.actor,
            self._requests.of(kept),
            kept,
            then=lambda _: self._kept(section, kept),
            failed=section.tell,
            busy=section.add_button,
        )

    def _kept(self, section: RecordSection, kept: Kept) -> None:
        self._requests.answered(kept)
        section.clear()
        self._changed("已登记。")

    def _cancel(self, kept: Kept, reason: str) -> None:
        asked = (kept, reason)
        self.ask(
            roster_records.cancel,
            self.office,
            self.actor,
            self._requests.of(asked),
            kept,
            reason,
            then=lambda _: self._changed("已销去，办理记录里留有原因。"),
        )

    def _renew_term(self) -> None:
        start = self._renew_on.day
        if start is None:
            self._renew_field.tell(Refused.because("term_start", "请填新一届的起始日。").problems)
            return
        self.ask(
            roster_records.renew,
            self.office,
            self.actor,
            self._requests.of((self._code, start)),
            self._code,
            start,
            then=self._renewed,
            failed=self._not_renewed,
            busy=self._renew,
        )

    def _renewed(self, mediator: Mediator) -> None:
        self._renew_field.tell(())
        self._changed(f"{mediator.name}已续聘，可以打印聘书。")

    def _not_renewed(self, error: DeskError) -> None:
        if isinstance(error, Refused):
            self._renew_field.tell(error.problems)
        else:
            self.session.tell(error)

    def _show_letter(self) -> None:
        who = (self.office, self.actor)
        code = self._code

        def log(printer: str) -> None:
            self.ask(roster_papers.record_letter, *who, self._requests.of(object()), code, printer)

        self.paper_wanted.emit(partial(roster_papers.letter, *who, code), log)

    def _changed(self, told: str) -> None:
        self.session.say(told, "good")
        self.session.roster_changed.emit()
        self.saved.emit(self._code)


def _terms(terms: tuple[date, ...], today: date) -> str:
    if not terms:
        return "没有填聘任日期，请在“资料”里填写。"
    current, *earlier = [Term.from_start(start) for start in terms]
    said = [f"本届：{current.start.isoformat()} 起，{current.words(today)}"]
    said += [f"以前：{term.start.isoformat()} 至 {term.end.isoformat()}" for term in earlier]
    return "\n".join(said)


def _leave(leave: Leave, today: date) -> str:
    days = (leave.last - leave.first).days + 1
    return "　".join(filter(None, (leave.words, f"共 {days} 天", leave.reason)))


def _tone(leave: Leave, today: date) -> str:
    return "amber" if leave.covers(today) else ""
