"""随叫随驻: the log of calls, of everybody and of one mediator, with a call in place and the invitation slip."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QHeaderView, QTableView, QVBoxLayout, QWidget

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.roster.asking import Asking, scrolled
from qingyuan_desk.desk.roster.call_form import AnswerBar, CallFormView
from qingyuan_desk.desk.roster.calls_model import CallsModel
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets.choice import Option
from qingyuan_desk.desk.widgets.labels import label, line
from qingyuan_desk.desk.widgets.tables import set_up
from qingyuan_desk.domain.roster.callouts import Callout, summary
from qingyuan_desk.domain.roster.cards import MediatorCard
from qingyuan_desk.services import callouts

_WIDTHS = (104, 80, 0, 168, 104, 116, 108)
_NARROW = (104, 0, 84, 76)
#: What an invitation is printed on; the first is offered first.
_SLIP_FORMATS = ("a5", "80mm", "a4")


class _Log(Asking):
    """The table of calls with the bar about the one in view."""

    paper_wanted = Signal(object, object)

    def __init__(self, session: Session, name: str, *, named: bool) -> None:
        super().__init__(session)
        self.model = CallsModel(self, named=named)
        self.table = QTableView()
        set_up(self.table, f"{name}.table", "呼叫记录")
        if not named:
            self.table.setProperty("role", "plain")
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.table.setModel(self.model)
        self.table.verticalHeader().setDefaultSectionSize(theme.px(32))
        head = self.table.horizontalHeader()
        for column, width in enumerate(_WIDTHS if named else _NARROW):
            if width:
                self.table.setColumnWidth(column, theme.px(width))
            else:
                head.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self.bar = AnswerBar(session, name, narrow=not named)
        self.words = label(role="second", wrap=True, name=f"{name}.summary")
        self.empty = label(
            "还没有呼叫记录。需要调解员到场时在这里记下，人到了点“到场”，响应时间自动算。",
            "second",
            wrap=True,
        )
        self.empty.hide()
        self.table.hide()
        self.table.selectionModel().currentRowChanged.connect(lambda now, _: self._choose(now))
        self.bar.paper_wanted.connect(self._slip)

    def show_calls(self, calls: tuple[Callout, ...]) -> None:
        """Other calls; the first that waits for an answer comes into view."""
        self.model.show_calls(calls)
        self.words.setText(summary(calls).words)
        self.empty.setVisible(not calls)
        self.table.setVisible(bool(calls))
        if calls:
            self.table.setCurrentIndex(self.model.index(0, 0))
        self.bar.show_call(calls[0] if calls else None)

    def _choose(self, index: QModelIndex) -> None:
        self.bar.show_call(index.data(Qt.ItemDataRole.UserRole) if index.isValid() else None)

    def _slip(self, call: Callout) -> None:
        ask = partial(callouts.slip, self.office, self.actor, call.record_id)
        self.paper_wanted.emit({paper: partial(ask, paper) for paper in _SLIP_FORMATS}, None)


class CallsView(Asking):
    """Everybody's calls at the left, calling somebody at the right."""

    paper_wanted = Signal(object, object)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.log = _Log(session, "roster.calls", named=True)
        self.form = CallFormView(session, "roster.call", whole=True)
        left = QVBoxLayout()
        left.setSpacing(8)
        for part in (self.log.words, self.log.empty):
            left.addWidget(part)
        left.addWidget(self.log.table, 1000)
        left.addWidget(self.log.bar)
        left.addStretch(1)
        panel = QFrame()
        panel.setProperty("role", "panel")
        panel.setFixedWidth(theme.px(344))
        inner = QVBoxLayout(panel)
        inner.setContentsMargins(16, 12, 8, 12)
        inner.setSpacing(8)
        inner.addWidget(label("呼叫调解员", "section"))
        held = QWidget()
        column = QVBoxLayout(held)
        column.setContentsMargins(0, 0, 8, 0)
        column.addWidget(self.form)
        column.addStretch(1)
        inner.addWidget(scrolled(held))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addLayout(left, 1)
        row.addWidget(panel)
        self.setFocusProxy(self.form.mediator)
        self.form.called.connect(lambda _: self._changed())
        self.log.bar.changed.connect(self._changed)
        self.log.paper_wanted.connect(self.paper_wanted.emit)

    def refresh(self) -> None:
        """Read the log again, and whom one can call."""
        self.form.offer(
            [
                Option(
                    each.code, f"{each.name}（{self.office.reference.place(each.township)}）", each.letters
                )
                for each in self.office.reference.mediators
                if each.status == "active"
            ]
        )
        self.ask(callouts.log, self.office, self.actor, then=self.log.show_calls)

    def _changed(self) -> None:
        self.refresh()
        self.session.matter_changed.emit(0)


class CallsTab(Asking):
    """The calls of the mediator in the profile."""

    paper_wanted = Signal(object, object)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._code = ""
        self.log = _Log(session, "roster.profile_calls", named=False)
        self.form = CallFormView(session, "roster.profile_call", whole=False)
        held = QWidget()
        column = QVBoxLayout(held)
        column.setContentsMargins(0, 12, 8, 0)
        column.setSpacing(8)
        column.addWidget(self.log.words)
        column.addWidget(self.log.empty)
        self.log.table.setMinimumHeight(theme.px(170))
        column.addWidget(self.log.table, 1)
        column.addWidget(self.log.bar)
        column.addWidget(line())
        column.addWidget(label("呼叫", "strong"))
        column.addWidget(self.form)
        column.addStretch(0)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(held))
        self.form.called.connect(lambda _: self._changed())
        self.log.bar.changed.connect(self._changed)
        self.log.paper_wanted.connect(self.paper_wanted.emit)

    def open(self, card: MediatorCard) -> None:
        """Another mediator."""
        self._code = card.code
        self.form.open(card.code)
        self.form.setVisible(card.mediator.status == "active")
        self._read()

    def _changed(self) -> None:
        self._read()
        self.session.matter_changed.emit(0)

    def _read(self) -> None:
        self.ask(callouts.log, self.office, self.actor, self._code, then=self.log.show_calls)
