"""法律十进: an activity written down in seconds at the left, the month with its sums at the right."""

from __future__ import annotations

from calendar import monthrange
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.consult.rows import Column, RowList
from qingyuan_desk.desk.intake import choices
from qingyuan_desk.desk.matter.parts import said
from qingyuan_desk.desk.roster.asking import Asking, Requests
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets import day_line
from qingyuan_desk.desk.widgets.choice import ChoiceBox, Option
from qingyuan_desk.desk.widgets.day_line import DayLine
from qingyuan_desk.desk.widgets.fields import EnterGoesOn, Field, LineEdit, TextEdit, commit_composition
from qingyuan_desk.desk.widgets.labels import label
from qingyuan_desk.desk.widgets.parts import Fields, Panel, Roomy, button, message_line
from qingyuan_desk.desk.widgets.save_as import ask_where
from qingyuan_desk.domain.errors import DeskError, Refused
from qingyuan_desk.domain.handling.codes import OUTREACH
from qingyuan_desk.domain.outreach import COUNTS, Activity, OutreachMonth
from qingyuan_desk.domain.pinyin import initials
from qingyuan_desk.domain.problems import Problem
from qingyuan_desk.services import outreach

_LABEL = 64
_EMPTY = "这个月还没有登记活动。左边写完按 F9。"


class OutreachRoom(Asking):
    """The log of a month."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._requests = Requests()
        self._first = self.office.today().replace(day=1)
        name = "consult.outreach"
        self.on = DayLine(f"{name}.on", self.office.today, hint="今天")
        self.target = ChoiceBox(f"{name}.target", hint="xx 学校")
        self.place = LineEdit(f"{name}.place", hint="例如 冉庄镇中学")
        self.township = ChoiceBox(f"{name}.township", hint="拼音首字母")
        self.topic = LineEdit(f"{name}.topic", hint="例如 防范学生欺凌")
        self.unit = LineEdit(f"{name}.unit", hint="例如 区司法局")
        self.counts = {
            code: LineEdit(f"{name}.{code}", hint="1" if code == "times" else "0") for code in COUNTS
        }
        self.note = TextEdit(f"{name}.note", hint="可以不写")
        self.note.setFixedHeight(theme.px(56))
        self.save_button = button("记下 F9", f"{name}.save", role="primary")
        self.message = message_line(f"{name}.message")
        self._made = self._make()
        self.fields = Fields(self._made, self.message)
        self.list = RowList(f"{name}.list", "活动", self._columns(), _EMPTY)
        self.sums = RowList(f"{name}.sums", "按对象合计", _SUMS, "", row=26)
        self.sentence = said("", "second")
        self.sentence.setObjectName(f"{name}.sentence")
        self.title = label("", "section", name=f"{name}.month")
        self.reason = LineEdit(f"{name}.reason", hint="记错了的写明原因")
        self.cancel_button = button("撤回这次活动", f"{name}.cancel")
        self._lay_out()
        self._listen()
        self._offer()

    def refresh(self) -> None:
        """Read the month again."""
        last = self._first.replace(day=monthrange(self._first.year, self._first.month)[1])
        self.title.setText(f"{self._first.year}年{self._first.month}月")
        self.ask(outreach.month, self.office, self.actor, self._first, last, then=self._show)

    def save(self) -> None:
        """Write the activity down."""
        commit_composition()
        self.target.settle()
        self.township.settle()
        if self.on.unreadable:
            self.fields.tell([Problem("on", day_line.EXAMPLE)])
            return
        activity = self._typed()

        def done(made: Activity) -> None:
            self._requests.answered(activity)
            self._clear()
            self.session.say(f"已记下：{OUTREACH[made.target]}，{made.place}。", "good")
            if made.on is not None:
                self._first = made.on.replace(day=1)
            self.refresh()
            self.target.setFocus(Qt.FocusReason.OtherFocusReason)

        self.ask(
            outreach.log,
            self.office,
            self.actor,
            self._requests.of(activity),
            activity,
            then=done,
            failed=self._failed,
            busy=self.save_button,
        )

    def leave(self) -> None:
        """Esc: begin anew."""
        self._clear()
        self.target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _typed(self) -> Activity:
        numbers = {
            code: _number(line.text(), 1 if code == "times" else 0) for code, line in self.counts.items()
        }
        return Activity(
            on=self.on.day,
            target=self.target.typed,
            place=self.place.text(),
            topic=self.topic.text(),
            unit=self.unit.text(),
            township=self.township.typed,
            note=self.note.toPlainText(),
            **numbers,
        )

    def _failed(self, error: DeskError) -> None:
        if isinstance(error, Refused) and error.problems:
            self.fields.tell(error.problems)
        else:
            self.session.tell(error)

    def _clear(self) -> None:
        """Empty for the next one; who holds them mostly is the same."""
        for line in (self.on, self.place, self.topic, *self.counts.values()):
            line.clear()
        for box in (self.target, self.township):
            box.set_code("")
        self.note.clear()
        self.fields.tell(())

    def _show(self, month: OutreachMonth) -> None:
        self.list.show_rows(month.activities)
        self.sums.show_rows([(OUTREACH[code], sums) for code, sums in month.by_target.items()])
        self.sentence.setText(month.sentence)
        self.reason.clear()

    def _turn(self, months: int) -> None:
        step = self._first + timedelta(days=31) if months > 0 else self._first - timedelta(days=1)
        self._first = step.replace(day=1)
        self.refresh()

    def _cancel(self) -> None:
        chosen = self.list.current
        if chosen is None:
            self.session.say("请先选中要撤回的活动。", "warn")
            return
        asked = (chosen.record_id, self.reason.text())

        def done(_: Activity) -> None:
            self._requests.answered(asked)
            self.session.say("已撤回，不再计数。", "good")
            self.refresh()

        self.ask(outreach.cancel, self.office, self.actor, self._requests.of(asked), *asked, then=done)

    def _export(self) -> None:
        offered = f"法律十进{self._first:%Y年%m月}.xlsx"
        path = ask_where(self, "导出法律十进", offered, "Excel (*.xlsx)")
        if path is None:
            return
        last = self._first.replace(day=monthrange(self._first.year, self._first.month)[1])
        self.ask(outreach.export, self.office, self.actor, self._first, last, Path(path), then=self._exported)

    def _exported(self, count: int) -> None:
        self.session.say(f"已导出 {count} 次活动、合计和联络点。", "good")

    # --- putting together ---

    def _offer(self) -> None:
        self.target.set_options(Option(code, name, (code,)) for code, name in OUTREACH.items())
        self.township.set_options(choices.townships(self.office.reference))
        self.ask(
            lambda: [Option(code, name, initials(name)) for code, name in OUTREACH.items()],
            then=self.target.set_options,
        )

    def _make(self) -> dict[str, Field]:
        made: dict[str, Field] = {
            "target": Field("走进", self.target, label_width=_LABEL),
            "on": Field("日期", self.on, label_width=_LABEL),
            "place": Field("地点", self.place, label_width=_LABEL),
            "topic": Field("主题", self.topic, label_width=_LABEL),
            "township": Field("乡镇", self.township, label_width=_LABEL),
            "unit": Field("举办单位", self.unit, label_width=_LABEL),
        }
        for code, (name, unit) in COUNTS.items():
            made[code] = Field(f"{name}（{unit}）", self.counts[code], label_width=104)
        made["note"] = Field("备注", self.note, label_width=_LABEL)
        return made

    def _lay_out(self) -> None:
        form = QWidget()
        grid = QGridLayout(form)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(theme.px(12))
        grid.setVerticalSpacing(0)
        whole = ("place", "topic", "note")
        place = 0
        for name, field in self._made.items():
            if name in whole:
                place += place % 2
                grid.addWidget(field, place // 2, 0, 1, 2)
                place += 2
            else:
                grid.addWidget(field, place // 2, place % 2)
                place += 1
        grid.setRowStretch(place // 2 + 1, 1)
        left = Panel("登记一次活动")
        left.column.addWidget(Roomy(form), 1)
        left.column.addWidget(self.message)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.save_button)
        left.column.addLayout(foot)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(left, 6)
        row.addLayout(self._month(), 8)
        self.setFocusProxy(self.target)

    def _month(self) -> QVBoxLayout:
        before, after = (
            button("", "consult.outreach.before", icon="left"),
            button("", "consult.outreach.after", icon="right"),
        )
        export = button("导出表格", "consult.outreach.export", icon="export")
        before.setAccessibleName("上个月")
        after.setAccessibleName("下个月")
        before.clicked.connect(lambda: self._turn(-1))
        after.clicked.connect(lambda: self._turn(1))
        export.clicked.connect(self._export)
        head = QHBoxLayout()
        head.setSpacing(8)
        for part in (before, self.title, after):
            head.addWidget(part)
        head.addStretch(1)
        head.addWidget(export)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.reason, 1)
        foot.addWidget(self.cancel_button)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addLayout(head)
        right.addWidget(self.sentence)
        right.addWidget(self.list, 3)
        right.addLayout(foot)
        right.addWidget(self.sums, 5)
        return right

    def _listen(self) -> None:
        self._enter = EnterGoesOn(self)
        for field in self._made.values():
            field.editor.installEventFilter(self._enter)
        self.save_button.clicked.connect(self.save)
        self.cancel_button.clicked.connect(self._cancel)

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column("日期", 68, lambda each: f"{each.on:%m-%d}"),
            Column("走进", 60, lambda each: OUTREACH[each.target], _faded),
            Column("地点", 132, lambda each: each.place, _faded),
            Column(
                "主题",
                0,
                lambda each: f"（已撤回：{each.cancelled}）" if each.cancelled else each.topic,
                _faded,
            ),
            Column("次", 48, lambda each: str(each.times), _faded, right=True),
            Column("人次", 68, lambda each: str(each.people), _faded, right=True),
            Column("份", 60, lambda each: str(each.papers), _faded, right=True),
        )


def _faded(activity: Activity) -> str:
    return "faint" if activity.cancelled else ""


def _number(text: str, empty: int) -> int:
    """A whole number; what is none is refused by the rules."""
    said_number = text.strip()
    if not said_number:
        return empty
    return int(said_number) if said_number.isascii() and said_number.isdecimal() else -1


_SUMS = (
    Column("走进", 0, lambda row: row[0]),
    *(
        Column(
            f"{name.removeprefix('发放').removeprefix('政法')}（{unit}）",
            108,
            lambda row, code=code: str(getattr(row[1], code)) if getattr(row[1], code) else "—",
            right=True,
        )
        for code, (name, unit) in COUNTS.items()
    ),
)
