"""今日必办: everything that is late, of today, or comes within a week, with why, whose, by which article, and both last days."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.today.listing import Lines, Listing
from qingyuan_desk.desk.today.part import Part
from qingyuan_desk.desk.widgets import parts
from qingyuan_desk.desk.widgets.choice import ChoiceBox, Option, Segments
from qingyuan_desk.desk.widgets.labels import Elided, label
from qingyuan_desk.desk.widgets.save_as import ask_where
from qingyuan_desk.domain.accounts import Right
from qingyuan_desk.domain.handling.due import KINDS, STATES, DueDay, DueLine
from qingyuan_desk.domain.handling.due_sheet import task
from qingyuan_desk.services import today

_HEADS = ("期限", "要办什么", "事项", "编号", "流程", "谁来办", "法定末日", "依据")
_WIDTHS = (130, 224, 0, 160, 52, 148, 116, 188)
_GO_FIRST = (7, 4, 3, 6)
_TONES = {"overdue": "red", "today": "amber", "soon": "amber", "ok": "second"}
_REGULATION = "《信访工作条例》"
_SECOND = (3, 4, 6, 7)


class DueView(Part):
    """The day's list; a state and a kind narrow it."""

    print_wanted = Signal()
    opened = Signal(object)
    """A DueLine."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.day: DueDay | None = None
        self.states = Segments("today.state", (), numbered=False)
        self.states.setAccessibleName("期限")
        self.kind = ChoiceBox("today.kind", hint="全部种类")
        self.kind.setAccessibleName("种类")
        self.kind.setFixedWidth(theme.px(150))
        self.export_button = parts.button("导出", "today.export", icon="export")
        self.print_button = parts.button("打印今日必办 F8", "today.print", role="primary", icon="print")
        model: Lines[DueLine] = Lines(self, _HEADS, self._cells, tone=_tone)
        self.table = Listing("today.due", "今日必办", model, _WIDTHS, _GO_FIRST)
        self.empty = parts.nothing("今天没有必办的事，一周内也没有到期的。", "today.nothing_due")
        self.words = label(role="second", name="today.words")
        self.empty.hide()
        self._lay_out()
        self._foot.hide()
        self.states.chosen.connect(lambda _: self._fill())
        self.kind.chosen.connect(lambda _: self._fill())
        self.table.looked.connect(self._look)
        self.table.opened.connect(self.opened.emit)
        self.open_button.clicked.connect(lambda: self._open())
        self.print_button.clicked.connect(self.print_wanted.emit)
        self.export_button.clicked.connect(self._export)
        self.setFocusProxy(self.table)

    def refresh(self) -> None:
        """Read the day again."""
        self.export_button.setEnabled(self.actor.may(Right.EXPORT))
        self.print_button.setEnabled(self.actor.may(Right.PRINT))
        self.read(today.day, then=self.show_day)

    def show_day(self, day: DueDay) -> None:
        """Show a day."""
        self.day = day
        chosen, counts = self.states.code or "ringing", day.counts
        self.states.set_options(
            [
                Option("ringing", f"今日必办 {len(day.ringing)}"),
                *(Option(state, f"{name} {counts[state]}") for state, name in STATES.items()),
            ]
        )
        self.states.set_code(chosen)
        kinds = day.by_kind(day.lines)
        self.kind.set_options(
            [
                Option("", "全部种类"),
                *(Option(kind, f"{KINDS[kind]} {count}") for kind, count in kinds.items()),
            ]
        )
        said = "　".join(f"{KINDS[kind]} {count}" for kind, count in day.by_kind().items())
        self.words.setText(said or "没有到今天为止要办的事。")
        self._fill()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.states, 1)
        for part in (self.kind, self.export_button, self.print_button):
            top.addWidget(part)
        self._what = Elided(role="strong")
        self._why = Elided(role="second")
        self.open_button = parts.button("打开办理 Enter", "today.open")
        self._foot = QFrame()
        self._foot.setProperty("role", "panel")
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(12, 8, 12, 8)
        said = QVBoxLayout()
        said.setSpacing(2)
        said.addWidget(self._what)
        said.addWidget(self._why)
        foot.addLayout(said, 1)
        foot.addWidget(self.open_button, 0, Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self.words)
        column.addWidget(self.table, 1)
        column.addWidget(self.empty, 1)
        column.addWidget(self._foot)

    def _fill(self) -> None:
        if self.day is None:
            return
        state, kind = self.states.code or "ringing", self.kind.code
        self.states.set_code(state)
        lines = (
            self.day.ringing
            if state == "ringing"
            else tuple(line for line in self.day.lines if _in(line, state))
        )
        shown = [line for line in lines if kind in ("", line.kind)]
        self.table.show_lines(shown, _key)
        self.table.setVisible(bool(shown))
        self.empty.setVisible(not shown)
        self.empty.setText(
            "今天没有必办的事，一周内也没有到期的。"
            if not self.day.lines
            else "没有这样的事。可以换一个期限或者种类。"
        )

    def _cells(self, line: DueLine) -> tuple[str, ...]:
        moved = "顺延" if line.due.shifted_end != line.due.natural_end else ""
        return (
            line.words.partition("（")[0],
            task(line).partition("（")[0],
            f"{line.visitor}　{line.title}",
            line.number,
            self.flow(line.flow),
            line.who,
            f"{line.due.natural_end:%m-%d}{'→' if moved else ''}{f'{line.due.shifted_end:%m-%d}' if moved else ''}"
            f"{' 暂定' if line.due.provisional else ''}",
            line.due.article.partition("（")[0].replace(_REGULATION, "信访条例") or "—",
        )

    def _look(self, line: DueLine | None) -> None:
        self._foot.setVisible(line is not None)
        if line is None:
            return
        self._what.say(f"{line.words}　{task(line)}　{line.visitor}　{line.title}")
        days = f"法定末日 {line.due.natural_end:%Y-%m-%d}"
        if line.due.shifted_end != line.due.natural_end:
            days += f"，遇节假日顺延至 {line.due.shifted_end:%Y-%m-%d}（按 {line.due.alarm_on:%m-%d} 提醒）"
        if line.due.provisional:
            days += "，节假日未公布，暂定"
        said = [
            KINDS[line.kind],
            f"{line.number}（{self.node(line.flow, line.node)}）",
            f"由{line.who}办",
            days,
            line.due.article,
        ]
        self._why.say("　·　".join(each for each in said if each))

    def _open(self) -> None:
        if self.table.line is not None:
            self.opened.emit(self.table.line)

    def _export(self) -> None:
        on = self.office.today()
        path = ask_where(self, "导出今日必办", f"今日必办 {on:%Y-%m-%d}.xlsx", "电子表格 (*.xlsx)")
        if path is not None:
            self.do(
                today.export,
                path,
                then=lambda count: self.session.say(f"{count} 项已导出到 {path}", "good"),
                busy=self.export_button,
            )


def _in(line: DueLine, state: str) -> bool:
    """The time to object only passes: it stands with what is still to come."""
    return line.state == state if line.rings or line.state in ("soon", "ok") else state == "soon"


def _key(line: object) -> object:
    return (line.kind, line.matter_id, line.rule, line.record_id) if isinstance(line, DueLine) else line


def _tone(line: DueLine, column: int) -> str:
    if column == 0:
        return _TONES[line.state]
    if line.sealed and column == 2:
        return "violet"
    return "second" if column in _SECOND else ""
