"""催办督办: what the rules propose, each with its letter ready; what was sent and waits for its answer."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.acting import Acting
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.today.letter import TONES, Letter
from qingyuan_desk.desk.today.listing import Lines, Listing
from qingyuan_desk.desk.today.part import Part
from qingyuan_desk.desk.widgets import parts
from qingyuan_desk.desk.widgets.fields import LineEdit
from qingyuan_desk.desk.widgets.labels import label
from qingyuan_desk.desk.widgets.save_as import ask_where
from qingyuan_desk.domain.accounts import Right
from qingyuan_desk.domain.handling.codes import URGES
from qingyuan_desk.domain.handling.forms import PressReply
from qingyuan_desk.domain.handling.urging import Proposal
from qingyuan_desk.services import handling, today
from qingyuan_desk.services.taking import Taken
from qingyuan_desk.services.today import Urged

_WIDTHS = (84, 168, 0, 156)
_OPEN_WIDTHS = (164, 84, 168, 0, 104, 132)
#: Large type does not let the letter take more than this.
_MOST_WIDTH = 480
#: The history of so many days is exported.
_HISTORY_DAYS = 365


class UrgingView(Part):
    """Proposals above with the letter at the right, open letters with their answers below."""

    matter_wanted = Signal(int)
    paper_wanted = Signal(int, str, int)
    """Matter, kind of letter, its record."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._acting = Acting(session, handling.take)
        self._looked_at: object = None
        proposals: Lines[Proposal] = Lines(
            self,
            ("种类", "承办单位", "事由", "编号"),
            lambda each: (URGES[each.kind], self.unit(each.unit), each.cause, each.number),
            tone=lambda each, column: TONES[each.kind] if column == 0 else "",
        )
        self.proposals = Listing("today.proposals", "建议的催办督办", proposals, _WIDTHS, (3,))
        self.letter = Letter(session)
        self.nothing = parts.nothing(
            "按规则现在没有要催办、督办的。天数、扣分、各单位自己的标准，在“催办规则”里改。",
            "today.nothing_to_urge",
        )
        waiting: Lines[Urged] = Lines(
            self,
            ("文号", "种类", "承办单位", "事项", "发出", "回复期限"),
            self._cells,
            tone=self._tone,
        )
        self.waiting = Listing("today.urges", "等待回复的催办督办", waiting, _OPEN_WIDTHS, (4, 1))
        self.words = label("正在读取……", "section", name="today.urging.words")
        self.waiting_words = label(role="section", name="today.urges.words")
        self.reply = LineEdit("today.urges.reply", hint="单位怎样回复；取消的写理由")
        self.reply.setAccessibleName("回复情况")
        self.reply_button = parts.button("登记回复", "today.urges.answer")
        self.cancel_button = parts.button("取消督办", "today.urges.cancel")
        self.print_button = parts.button("看文书", "today.urges.print", icon="print")
        self.export_button = parts.button("导出一年", "today.urges.export", icon="export")
        self.message = parts.message_line("today.urges.message")
        self._line = parts.Line(self.message)
        self.nothing.hide()
        self.letter.hide()
        self._lay_out()
        self._listen()
        self.setFocusProxy(self.proposals)

    def refresh(self) -> None:
        """Read proposals and open letters again."""
        self.export_button.setEnabled(self.actor.may(Right.EXPORT))
        self.read(today.proposals, then=self._show_proposals)
        self.read(today.open_urges, then=self._show_waiting)

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.words)
        left.addWidget(self.proposals, 5)
        left.addWidget(self.nothing, 5)
        head = QHBoxLayout()
        head.addWidget(self.waiting_words, 1)
        head.addWidget(self.export_button)
        left.addLayout(head)
        left.addWidget(self.waiting, 3)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.reply, 1)
        for button in (self.reply_button, self.cancel_button, self.print_button):
            row.addWidget(button)
        left.addLayout(row)
        left.addWidget(self.message)
        self.letter.setFixedWidth(min(theme.px(400), _MOST_WIDTH))
        both = QHBoxLayout(self)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(12)
        both.addLayout(left, 1)
        both.addWidget(self.letter)

    def _listen(self) -> None:
        self.proposals.looked.connect(self.letter.show_proposal)
        self.proposals.opened.connect(lambda each: self.matter_wanted.emit(each.matter_id))
        self.letter.issued.connect(self._issued)
        self.letter.matter_wanted.connect(self.matter_wanted.emit)
        self.waiting.looked.connect(self._look)
        self.waiting.opened.connect(lambda each: self.matter_wanted.emit(each.urge.matter_id))
        self.reply_button.clicked.connect(lambda: self._answer(cancelled=False))
        self.cancel_button.clicked.connect(lambda: self._answer(cancelled=True))
        self.reply.returnPressed.connect(lambda: self._answer(cancelled=False))
        self.print_button.clicked.connect(self._print)
        self.export_button.clicked.connect(self._export)

    # --- what is shown ---

    def _show_proposals(self, found: tuple[Proposal, ...]) -> None:
        self.words.setText(f"建议催办督办 {len(found)} 件")
        self.proposals.setVisible(bool(found))
        self.nothing.setVisible(not found)
        self.proposals.show_lines(found, _key)

    def _show_waiting(self, found: tuple[Urged, ...]) -> None:
        late = sum(self._late(each) for each in found)
        self.waiting_words.setText(f"等待回复 {len(found)} 件" + (f"，其中超期 {late} 件" if late else ""))
        self.waiting.show_lines(found, _record)

    def _cells(self, each: Urged) -> tuple[str, ...]:
        urge = each.urge
        due = f"{urge.reply_by:%m-%d}" if urge.reply_by else "—"
        if urge.reply_by and self._late(each):
            due += f" 超 {(self.office.today() - urge.reply_by).days} 天"
        return (
            urge.number,
            URGES[urge.kind],
            self.unit(urge.unit),
            f"{each.number}　{each.title}",
            f"{urge.sent_on:%Y-%m-%d}",
            due,
        )

    def _tone(self, each: Urged, column: int) -> str:
        if column == 5 and self._late(each):
            return "red"
        return TONES[each.urge.kind] if column == 1 else ""

    def _late(self, each: Urged) -> bool:
        return each.urge.reply_by is not None and each.urge.reply_by < self.office.today()

    def _enable(self) -> None:
        one = self.waiting.line is not None
        for button in (self.reply_button, self.cancel_button):
            button.setEnabled(one and self.may(Right.HANDLE))
        self.print_button.setEnabled(one and self.actor.may(Right.PRINT))

    def _look(self, each: object) -> None:
        """What was said about one letter does not stand at another."""
        if _record(each) != self._looked_at:
            self._looked_at = _record(each)
            self._line.tell(())
        self._enable()

    # --- acting ---

    def _issued(self, taken: Taken, proposal: Proposal) -> None:
        self.paper_wanted.emit(taken.matter_id, proposal.kind, taken.record_id)

    def _answer(self, *, cancelled: bool) -> None:
        each = self.waiting.line
        if not isinstance(each, Urged) or not self.reply_button.isEnabled():
            return
        form = PressReply(urge=each.urge.record_id, cancelled=cancelled, reply=self.reply.text().strip())
        self._acting.carry_out(
            each.urge.matter_id,
            form,
            0,
            partial(self._answered, each, cancelled),
            at=self._line,
            busy=self.cancel_button if cancelled else self.reply_button,
        )

    def _answered(self, each: Urged, cancelled: bool, taken: Taken) -> None:
        self.reply.clear()
        done = "已取消" if cancelled else "的回复已登记"
        self.session.say(f"{URGES[each.urge.kind]}{each.urge.number}{done}。", "good")

    def _print(self) -> None:
        each = self.waiting.line
        if isinstance(each, Urged):
            self.paper_wanted.emit(each.urge.matter_id, each.urge.kind, each.urge.record_id)

    def _export(self) -> None:
        last = self.office.today()
        path = ask_where(self, "导出催办督办", f"催办督办 {last:%Y-%m-%d}.xlsx", "电子表格 (*.xlsx)")
        if path is not None:
            self.do(
                today.export_urges,
                path,
                last - timedelta(days=_HISTORY_DAYS),
                last,
                then=lambda count: self.session.say(f"{count} 件已导出到 {path}", "good"),
                busy=self.export_button,
            )


def _key(each: object) -> object:
    return (each.matter_id, each.rule.code) if isinstance(each, Proposal) else each


def _record(each: object) -> object:
    return each.urge.record_id if isinstance(each, Urged) else each
