"""联络点: where people outside the centre reach legal aid, and schools somebody is assigned to."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.consult.rows import Column, RowList
from qingyuan_desk.desk.intake import choices
from qingyuan_desk.desk.roster.asking import Asking, Requests
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets import day_line
from qingyuan_desk.desk.widgets.choice import ChoiceBox, Option
from qingyuan_desk.desk.widgets.day_line import DayLine
from qingyuan_desk.desk.widgets.fields import EnterGoesOn, Field, LineEdit, commit_composition
from qingyuan_desk.desk.widgets.parts import Fields, Panel, Roomy, button, fill, message_line, read
from qingyuan_desk.domain.errors import DeskError, Refused
from qingyuan_desk.domain.outreach import CONTACT_KINDS, ContactPoint
from qingyuan_desk.domain.privacy import mask_phone
from qingyuan_desk.domain.problems import Problem
from qingyuan_desk.services import outreach

_LABEL = 64
_EMPTY = "还没有联络点。右边写好名称按 F9：司法所、快递驿站的法律援助联络点，和包联的学校。"
_TEXTS = ("kind", "name", "township", "address", "keeper", "phone", "lawyer", "hours", "note")


class ContactsRoom(Asking):
    """The list, and one of them."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._requests = Requests()
        self._point = ContactPoint()
        name = "consult.contact"
        today = self.office.today
        self.editors = {
            "kind": ChoiceBox(f"{name}.kind"),
            "name": LineEdit(f"{name}.name", hint="例如 冉庄镇司法所法律援助联络点"),
            "township": ChoiceBox(f"{name}.township", hint="拼音首字母"),
            "address": LineEdit(f"{name}.address"),
            "keeper": LineEdit(f"{name}.keeper", hint="负责人"),
            "phone": LineEdit(f"{name}.phone"),
            "lawyer": LineEdit(f"{name}.lawyer", hint="律师、干警"),
            "hours": LineEdit(f"{name}.hours", hint="例如 每周三上午"),
            "since": DayLine(f"{name}.since", today, hint="今天"),
            "closed_on": DayLine(f"{name}.closed_on", today, hint="撤销的写"),
            "note": LineEdit(f"{name}.note"),
        }
        for box in ("kind", "township"):
            self.editors[box].setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.save_button = button("保存 F9", f"{name}.save", role="primary")
        self.new_button = button("新增", f"{name}.new", icon="plus")
        self.message = message_line(f"{name}.message")
        self._made = {
            field: Field(caption, self.editors[field], label_width=_LABEL, lines=0)
            for field, caption in _CAPTIONS.items()
        }
        self.fields = Fields(self._made, self.message)
        self.list = RowList("consult.contacts", "联络点", self._columns(), _EMPTY)
        self._lay_out()
        self._listen()
        self._show(ContactPoint())

    def refresh(self) -> None:
        """Read the list again."""
        self.ask(outreach.contacts, self.office, self.actor, then=self.list.show_rows)

    def save(self) -> None:
        """Keep the one in view."""
        commit_composition()
        self.editors["kind"].settle()
        self.editors["township"].settle()
        days = {name: self.editors[name] for name in ("since", "closed_on")}
        unread = [Problem(name, day_line.EXAMPLE) for name, line in days.items() if line.unreadable]
        if unread:
            self.fields.tell(unread)
            return
        said = {name: read(self.editors[name]) for name in _TEXTS}
        point = replace(self._point, **said, **{name: line.day for name, line in days.items()})

        def done(made: ContactPoint) -> None:
            self._requests.answered(point)
            self.session.say(f"已保存：{made.name}。", "good")
            self._show(ContactPoint(kind=made.kind))
            self.refresh()

        self.ask(
            outreach.save_contact,
            self.office,
            self.actor,
            self._requests.of(point),
            point,
            then=done,
            failed=self._failed,
            busy=self.save_button,
        )

    def leave(self) -> None:
        """Esc: a new one."""
        self._show(ContactPoint())
        self.editors["name"].setFocus(Qt.FocusReason.OtherFocusReason)

    def _failed(self, error: DeskError) -> None:
        if isinstance(error, Refused) and error.problems:
            self.fields.tell(error.problems)
        else:
            self.session.tell(error)

    def _show(self, point: ContactPoint | None) -> None:
        if point is None:
            return
        self._point = point
        for name in _TEXTS:
            fill(self.editors[name], getattr(point, name))
        for name in ("since", "closed_on"):
            self.editors[name].set_day(getattr(point, name))
        self.fields.tell(())
        self._panel.caption.setText("修改联络点" if point.record_id else "新增联络点")

    def _lay_out(self) -> None:
        self._panel = Panel("新增联络点")
        form = QWidget()
        lines = QVBoxLayout(form)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(theme.px(8))
        for field in self._made.values():
            lines.addWidget(field)
        lines.addStretch(1)
        self._panel.column.addWidget(Roomy(form), 1)
        self._panel.column.addWidget(self.message)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(self.new_button)
        foot.addWidget(self.save_button)
        self._panel.column.addLayout(foot)
        self._panel.setMinimumWidth(theme.px(380))
        left = QVBoxLayout()
        left.addWidget(self.list, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addLayout(left, 8)
        row.addWidget(self._panel, 5)
        self.setFocusProxy(self.editors["name"])

    def _listen(self) -> None:
        self.editors["kind"].set_options(Option(code, name, (code,)) for code, name in CONTACT_KINDS.items())
        self.editors["township"].set_options(choices.townships(self.office.reference))
        self._enter = EnterGoesOn(self)
        for editor in self.editors.values():
            editor.installEventFilter(self._enter)
        self.list.chosen.connect(self._show)
        self.save_button.clicked.connect(self.save)
        self.new_button.clicked.connect(self.leave)

    def _columns(self) -> tuple[Column, ...]:
        place = self.office.reference.place
        return (
            Column("名称", 0, lambda each: each.name, _faded),
            Column("种类", 124, lambda each: CONTACT_KINDS[each.kind].partition("（")[0], _faded),
            Column("乡镇", 84, lambda each: place(each.township), _faded),
            Column("负责人", 76, lambda each: each.keeper, _faded),
            Column("电话", 112, lambda each: mask_phone(each.phone) if each.phone else "", _faded),
            Column("包联人员", 108, lambda each: each.lawyer, _faded),
            Column("状态", 76, lambda each: "已撤销" if each.closed_on else "", _faded),
        )


def _faded(point: ContactPoint) -> str:
    return "faint" if point.closed_on else ""


_CAPTIONS = {
    "kind": "种类",
    "name": "名称",
    "township": "乡镇",
    "address": "地址",
    "keeper": "负责人",
    "phone": "电话",
    "lawyer": "包联人员",
    "hours": "时间",
    "since": "设立日期",
    "closed_on": "撤销日期",
    "note": "备注",
}
