"""What was just saved, and where it can go on from there with one key, its number staying."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from qingyuan_desk.desk.roster.asking import Asking
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets.labels import Elided
from qingyuan_desk.desk.widgets.parts import button, shortcut
from qingyuan_desk.domain.consultations import Consulted, QuickConsult
from qingyuan_desk.domain.flows import node_name
from qingyuan_desk.domain.handling.forms import Switch
from qingyuan_desk.services import handling

#: Flow → the category a question gets there, and what is said of it.
_WAYS = {
    "mediation": ("civil_dispute", "转调解 Ctrl+M", "Ctrl+M", "咨询后要求调解"),
    "petition": ("petition_matter", "转信访 Ctrl+T", "Ctrl+T", "咨询后要求反映诉求"),
}


class JustNow(Asking):
    """A line that says nothing until something was saved."""

    step_wanted = Signal(int, str)
    """A matter's id and the step to take with it."""
    paper_wanted = Signal(int)
    """A matter's id, to see its papers."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._done: Consulted | None = None
        self._form: QuickConsult | None = None
        self.words = Elided("", "second")
        self.words.setObjectName("consult.just_now")
        self._buttons: list[QWidget] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.words, 1)
        for flow, (_, text, keys, _) in _WAYS.items():
            self._add(row, text, f"consult.to_{flow}", keys, lambda flow=flow: self.switch(flow))
        self._add(row, "援助 Ctrl+G", "consult.to_aid", "Ctrl+G", lambda: self._want("apply_aid"))
        self._add(row, "心理 Ctrl+J", "consult.to_refer", "Ctrl+J", lambda: self._want("refer"))
        self._add(row, "打印 F8", "consult.print", "", self.want_paper)
        self._add(row, "打开", "consult.open", "Ctrl+O", self._open)
        self._allow()

    def show_done(self, done: Consulted, form: QuickConsult, seconds: int) -> None:
        """Say what was saved, and how long it took."""
        self._done, self._form = done, form
        node = node_name("consultation", done.node)
        flow = next((each.short for each in self.office.reference.flows if each.code == done.suggested), "")
        hint = f" · 按内容建议走“{flow}”" if flow else ""
        self.words.say(f"刚才：{done.visit_number} {node}，{seconds} 秒{hint}")
        self._allow()

    def switch(self, flow: str) -> None:
        """Into another flow; the number stays."""
        done, form = self._done, self._form
        if done is None or form is None:
            return
        category, _, _, reason = _WAYS[flow]
        step = Switch(category=category, flow=flow, dispute_type=form.consult.cause, reason=reason)

        def switched(_: object) -> None:
            name = next(each.name for each in self.office.reference.flows if each.code == flow)
            number = done.matter_number
            self.session.say(
                f"{number}已转入{name}，编号不变。",
                "good",
                "打开",
                lambda: self.session.matter_wanted.emit(number),
            )
            self.words.say(f"刚才：{number} 已转入{name}")
            self._done = None
            self._allow()
            self.session.matter_changed.emit(done.matter_id)

        self.ask(
            handling.take,
            self.office,
            self.actor,
            f"{form.request_id}.{flow}",
            done.matter_id,
            step,
            then=switched,
        )

    def _want(self, step: str) -> None:
        if self._done is not None:
            self.step_wanted.emit(self._done.matter_id, step)

    def want_paper(self) -> None:
        """See the papers of what was just saved."""
        if self._done is not None:
            self.paper_wanted.emit(self._done.matter_id)

    def _open(self) -> None:
        if self._done is not None:
            self.session.matter_wanted.emit(self._done.matter_number)

    def _allow(self) -> None:
        for each in self._buttons:
            each.setEnabled(self._done is not None)

    def _add(self, row: QHBoxLayout, text: str, name: str, keys: str, act: Callable[[], None]) -> None:
        made = button(text, name)
        made.setProperty("role", "chip")
        made.clicked.connect(lambda _=False: act())
        if keys:
            shortcut(self, keys, act)
        row.addWidget(made)
        self._buttons.append(made)
