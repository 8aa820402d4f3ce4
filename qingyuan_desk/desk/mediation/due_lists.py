"""What a mediator has to do today, section by section: sessions, calls, instalments, confirmations, dossiers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.matter.parts import Scrolled, across
from qingyuan_desk.desk.mediation.session_cards import where_of
from qingyuan_desk.desk.widgets import parts
from qingyuan_desk.desk.widgets.labels import Elided, label, plain_tooltip
from qingyuan_desk.domain import money
from qingyuan_desk.domain.mediation.caseload import (
    Call,
    Caseload,
    CaseRef,
    ConfirmationLine,
    InstalmentLine,
    Missing,
    SessionLine,
)
from qingyuan_desk.domain.privacy import mask_phone
from qingyuan_desk.domain.reference import Reference

#: From so many days before its end a limit is due soon.
_SOON = 7
_MOST_NAMED = 3


@dataclass(frozen=True)
class Due:
    """One line. step: what it opens the case for. tone: of `when`."""

    ref: CaseRef
    step: str
    when: str
    what: str
    tone: str = ""


class DueLists(Scrolled):
    """Only what there is; a calm sentence when there is nothing."""

    wanted = Signal(int, str)
    """A matter's id, and the step it is opened for."""
    sheets_wanted = Signal()
    """回访记录 of the calls due, to take along."""

    def __init__(self, reference: Reference) -> None:
        super().__init__("mediation.due")
        self._reference = reference
        self.column.setContentsMargins(0, 0, 0, 0)

    def show_load(self, load: Caseload, today: date) -> None:
        """Show a day."""
        self.empty()
        sections = {
            "今天的约定": [self._session(each, today) for each in load.sessions_today],
            "要打的电话": [_call(each, today) for each in load.calls],
            "要履行的": [_instalment(each, today) for each in load.instalments_due],
            "司法确认": [_confirmation(each, today) for each in load.confirmations_due],
            "卷宗还缺": [_missing(each) for each in load.missing],
        }
        place = 0
        for name, lines in sections.items():
            if lines:
                panel = parts.Panel(f"{name}　{len(lines)}")
                panel.column.setSpacing(2)
                for due in lines:
                    panel.column.addWidget(self._line(due, place))
                    place += 1
                if any(due.step == "follow_up" for due in lines):
                    panel.column.addWidget(self._print_button())
                self.column.addWidget(panel)
        if not place:
            panel = parts.Panel()
            panel.column.addWidget(parts.nothing("今天没有约定、电话和到期的事。", "mediation.nothing_due"))
            self.column.addWidget(panel)
        self.column.addStretch(1)

    def _session(self, line: SessionLine, today: date) -> Due:
        at = line.session.planned_at
        late = at.date() < today
        when = f"{parts.short_day(at.date(), today)} 未记录" if late else f"{at:%H:%M}"
        where = where_of(line.session, self._reference)
        return Due(line.ref, "session", when, f"{where} · {line.ref.title}", "red" if late else "accent")

    def _print_button(self) -> QPushButton:
        made = parts.button("打印今天的回访记录", "mediation.due.print", icon="print")
        made.clicked.connect(self.sheets_wanted)
        return made

    def _line(self, due: Due, place: int) -> QPushButton:
        button = parts.button("", f"mediation.due.{place}", role="view")
        button.setMinimumHeight(theme.px(34))
        button.setAccessibleName(f"{due.when} {due.what} {due.ref.number}")
        when = label(due.when, "second")
        if due.tone:
            when.setProperty("tone", due.tone)
        when.setMinimumWidth(theme.px(112))
        what = Elided(due.what)
        row = across(when, what, spacing=8, stretch=1)
        row.setContentsMargins(6, 0, 6, 0)
        button.setLayout(row)
        for part in (when, what):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        button.setToolTip(plain_tooltip(f"{due.ref.number}　{due.ref.title}　{due.what}"))
        button.clicked.connect(lambda: self.wanted.emit(due.ref.matter_id, due.step))
        return button


def _call(line: Call, today: date) -> Due:
    who = line.party.name if line.party else "各方当事人"
    phone = f" {mask_phone(line.party.phone)}" if line.party and line.party.phone else ""
    if line.follow_up is None:
        return Due(line.ref, "consent", "征求同意", f"{who}{phone} · {line.ref.title}")
    late = (today - line.follow_up.due_on).days
    when = f"回访，晚 {late} 天" if late > 0 else "今天回访"
    return Due(line.ref, "follow_up", when, f"{who}{phone} · {line.ref.title}", "amber" if late > 0 else "")


def _instalment(line: InstalmentLine, today: date) -> Due:
    due = line.instalment
    late = (today - due.due_on).days
    when = f"晚 {late} 天" if late > 0 else "今天"
    what = due.what or "付款"
    paid = f"{line.payer}付{line.payee} {money.words(due.amount)}" if due.amount else f"{line.payer}：{what}"
    return Due(line.ref, "instalment", when, f"{paid} · {line.ref.title}", "red" if late > 0 else "amber")


def _confirmation(line: ConfirmationLine, today: date) -> Due:
    if line.last_day is None:
        since = parts.short_day(line.applied_on, today) if line.applied_on else ""
        return Due(line.ref, "confirm", "等待裁定", f"{since}申请，{line.court} · {line.ref.title}")
    left = (line.last_day - today).days
    tone = "red" if left < 0 else "amber" if left <= _SOON else ""
    when = f"还有 {left} 天" if left >= 0 else f"已过 {-left} 天"
    return Due(line.ref, "confirm", when, f"可以共同申请司法确认 · {line.ref.title}", tone)


def _missing(line: Missing) -> Due:
    if not line.what:
        return Due(line.ref, "file", "可以立卷", line.ref.title, "green")
    named = "、".join(line.what[:_MOST_NAMED])
    more = f"等 {len(line.what)} 项" if len(line.what) > _MOST_NAMED else ""
    return Due(line.ref, "file", f"缺 {len(line.what)} 项", f"{named}{more} · {line.ref.title}", "amber")
