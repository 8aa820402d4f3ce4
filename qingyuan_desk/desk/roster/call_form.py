"""Calling a mediator in place: who, for what, where, when; and what became of a call."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.roster.asking import Asking, Requests, tell
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets.choice import ChoiceBox, Option, Segments
from qingyuan_desk.desk.widgets.fields import EnterGoesOn, Field, LineEdit
from qingyuan_desk.desk.widgets.labels import label
from qingyuan_desk.desk.widgets.moment_line import EXAMPLE, MomentLine
from qingyuan_desk.domain.accounts import Right
from qingyuan_desk.domain.errors import DeskError
from qingyuan_desk.domain.problems import Problem
from qingyuan_desk.domain.roster.callouts import OUTCOMES, WAYS, CallForm, Callout
from qingyuan_desk.domain.roster.results import said_day
from qingyuan_desk.services import callouts


class CallFormView(Asking):
    """A call. name: of its widgets. whole: with the choice of a mediator; else it is for the one in the profile."""

    called = Signal(object)

    def __init__(self, session: Session, name: str, *, whole: bool) -> None:
        super().__init__(session)
        self._requests = Requests()
        self._code = ""
        self.mediator = ChoiceBox(f"{name}.mediator", hint="打姓名或拼音首字母")
        self.purpose = LineEdit(f"{name}.purpose", hint="例如 调解宅基地纠纷")
        self.matter = LineEdit(f"{name}.matter", hint="事项编号，没有就空着")
        self.room = ChoiceBox(f"{name}.room", hint="房间")
        self.room.set_options(Option(each.code, each.name) for each in self.office.reference.rooms)
        self.place = LineEdit(f"{name}.place", hint="别处写地点")
        self.come_at = MomentLine(f"{name}.come_at", self.office.now, hint="空着是马上来")
        self.how = Segments(f"{name}.how", [Option(code, word) for code, word in WAYS.items()])
        self.how.set_code("phone")
        self.message = label("", "message", wrap=True, name=f"{name}.message")
        self.button = QPushButton("记下呼叫 F9")
        self.button.setObjectName(f"{name}.call")
        self.button.setProperty("role", "primary")
        self.button.clicked.connect(lambda _=False: self.send())
        self._fields = {
            "mediator": Field("调解员", self.mediator, label_width=56),
            "purpose": Field("事由", self.purpose, label_width=56),
            "matter": Field("事项", self.matter, label_width=56),
            "room": Field("房间", self.room, label_width=56),
            "place": Field("地点", self.place, label_width=56),
            "come_at": Field("请到", self.come_at, label_width=56),
            "how": Field("方式", self.how, label_width=56),
        }
        if not whole:
            self._fields["mediator"].hide()
        self._enter = EnterGoesOn(self)
        for editor in (self.mediator, self.purpose, self.matter, self.room, self.place, self.come_at):
            editor.installEventFilter(self._enter)
        self._lay_out()

    def open(self, code: str) -> None:
        """Call this mediator."""
        if code != self._code:
            self._code = code
            self.clear()

    def offer(self, people: Sequence[Option]) -> None:
        """Whom one can call."""
        self.mediator.set_options(people)

    def clear(self) -> None:
        """An empty form."""
        for editor in (self.purpose, self.matter, self.place, self.come_at):
            editor.clear()
        self.mediator.set_code("")
        self.room.set_code("")
        self.how.set_code("phone")
        tell(self._fields, self.message, None)

    def send(self) -> None:
        """Write the call down."""
        if not self.may(Right.NOTE):
            return
        if self.come_at.unreadable:
            self._fields["come_at"].tell([Problem("come_at", EXAMPLE)])
            self.come_at.setFocus()
            return
        form = CallForm(
            mediator=self._code or self.mediator.typed,
            purpose=self.purpose.text(),
            matter=self.matter.text(),
            how=self.how.code or "phone",
            come_at=self.come_at.moment,
            room=self.room.typed,
            place=self.place.text(),
        )
        self.ask(
            callouts.call,
            self.office,
            self.actor,
            self._requests.of(form),
            form,
            then=lambda made: self._done(form, made),
            failed=self._refused,
            busy=self.button,
        )

    def _done(self, form: CallForm, made: Callout) -> None:
        self._requests.answered(form)
        self.clear()
        self.session.say(f"已记下呼叫{made.name}；人到了，在记录里点“到场”。", "good")
        self.called.emit(made)

    def _refused(self, error: DeskError) -> None:
        tell(self._fields, self.message, error)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for key in ("mediator", "purpose", "matter", "room", "place", "come_at", "how"):
            column.addWidget(self._fields[key])
        column.addWidget(self.message)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.button)
        column.addLayout(foot)


class AnswerBar(Asking):
    """What became of the call in view: came (at a time, or now), cannot come, nobody answered; and its invitation."""

    changed = Signal()
    paper_wanted = Signal(object)
    """The call whose invitation is wanted."""

    def __init__(self, session: Session, name: str, *, narrow: bool) -> None:
        """narrow: the buttons stand below the fields."""
        super().__init__(session)
        self._requests = Requests()
        self._call: Callout | None = None
        self.words = label(role="second", wrap=True, name=f"{name}.words")
        self.at = MomentLine(f"{name}.arrived_at", self.office.now, hint="到场时间，空着是现在")
        self.at.setAccessibleName("到场时间")
        self.note = LineEdit(f"{name}.note", hint="说明")
        self.note.setAccessibleName("说明")
        self.buttons: dict[str, QPushButton] = {}
        self._answers = QWidget()
        rows = QVBoxLayout(self._answers)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(6)
        row = QHBoxLayout()
        row.setSpacing(8)
        rows.addLayout(row)
        row.addWidget(self.at, 3)
        row.addWidget(self.note, 3)
        if narrow:
            row = QHBoxLayout()
            row.setSpacing(8)
            rows.addLayout(row)
            row.addStretch(1)
        for code in ("came", "declined", "no_answer"):
            button = QPushButton(OUTCOMES[code])
            button.setObjectName(f"{name}.{code}")
            button.clicked.connect(lambda _=False, code=code: self._answer(code))
            row.addWidget(button)
            self.buttons[code] = button
        self.slip = QPushButton("邀请单")
        self.slip.setObjectName(f"{name}.slip")
        self.slip.setIcon(theme.icon("print"))
        self.slip.clicked.connect(lambda _=False: self._call and self.paper_wanted.emit(self._call))
        self.message = label("", "message", wrap=True, name=f"{name}.message")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.words, 1)
        head.addWidget(self.slip, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self._answers)
        column.addWidget(self.message)
        self.show_call(None)

    def show_call(self, call: Callout | None) -> None:
        """The call in view; None: none."""
        if call is None or self._call is None or call.record_id != self._call.record_id:
            self.at.clear()
            self.note.clear()
            self.message.clear()
        self._call = call
        self.setVisible(call is not None)
        if call is not None:
            self.words.setText(
                f"{said_day(call.called_at.date())} {call.called_at:%H:%M} {call.called_by}{WAYS[call.how]}呼叫{call.name}："
                f"{call.purpose}　{call.words}"
            )
            self._answers.setVisible(not call.outcome and self.may(Right.NOTE))

    def _answer(self, outcome: str) -> None:
        call = self._call
        if call is None:
            return
        if self.at.unreadable:
            self._say(EXAMPLE)
            return
        came = self.at.moment if outcome == "came" else None
        asked = (call.record_id, outcome, came, self.note.text())
        self.ask(
            callouts.answer,
            self.office,
            self.actor,
            self._requests.of(asked),
            *asked,
            then=self._answered,
            failed=lambda error: self._say(error.sentence),
            busy=self.buttons[outcome],
        )

    def _answered(self, call: Callout) -> None:
        self.session.say(f"{call.name}：{call.words}。", "good")
        self._call = None
        self.changed.emit()

    def _say(self, text: str) -> None:
        self.message.setText(text)
        theme.mark(self.message, "state", "error")
