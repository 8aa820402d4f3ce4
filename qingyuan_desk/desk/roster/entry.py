"""资料: one entry of the roster, edited in place, suspended or called again with a cause, and its history."""

from __future__ import annotations

import uuid
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets import background
from qingyuan_desk.desk.widgets.choice import ChoiceBox, Option, Segments
from qingyuan_desk.desk.widgets.fields import EnterGoesOn, Field, LineEdit
from qingyuan_desk.desk.widgets.labels import label, line
from qingyuan_desk.domain.accounts import Right
from qingyuan_desk.domain.errors import DeskError, Refused
from qingyuan_desk.domain.identity import SEXES
from qingyuan_desk.domain.roster.cards import MediatorCard, RosterChange
from qingyuan_desk.domain.roster.mediators import CAUSES, KINDS, LEVELS, STEPS, WEEKDAYS, Mediator
from qingyuan_desk.services import roster

_TEXTS = {
    "name": "姓名",
    "birth_year": "出生年份",
    "phone": "电话",
    "identity": "身份",
    "posts": "职务",
    "term_start": "聘任日期",
    "note": "备注",
}
_HINTS = {"birth_year": "例如 1955", "identity": "例如 退休教师", "term_start": "例如 2024-09-18"}


class Entry(QWidget):
    """The first tab of a profile."""

    saved = Signal(str)
    """The code of the entry that was written."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._mediator = Mediator()
        self._request = uuid.uuid4().hex
        self._fields: dict[str, Field] = {}
        self._build()

    def edit(self, card: MediatorCard) -> None:
        """Show an entry."""
        self._fill(card.mediator)
        self._offer_steps(card.mediator.status)
        session = self._session
        self._show_history(())
        if session.actor.may(Right.ROSTER):
            background.ask(
                self,
                roster.history,
                session.office,
                session.actor,
                card.code,
                then=self._show_history,
                failed=session.tell,
            )

    def add(self) -> None:
        """An empty entry."""
        self._fill(Mediator(term_start=self._session.office.today().isoformat()))
        self._offer_steps("")
        self._show_history(())
        self._fields["name"].editor.setFocus()

    def mediator(self) -> Mediator:
        """The entry as it stands in the form."""
        texts = {key: self._line(key).text() for key in _TEXTS}
        return replace(
            self._mediator,
            **texts,
            sex=self._sex.code,
            township=self._township.typed,
            village=self._village.typed,
            kind=self._kind.code or "elder",
            level=self._level.code,
            skills=tuple(code for code, box in self._skills.items() if box.isChecked()),
            free_days=" ".join(day for day, button in self._days.items() if button.isChecked()),
            part_time=not self._full_time.isChecked(),
        )

    def save(self) -> None:
        """Write the entry; what is wrong is said at its field."""
        session = self._session
        background.ask(
            self,
            roster.save,
            session.office,
            session.actor,
            self._request,
            self.mediator(),
            then=self._written,
            failed=self._refused,
            busy=self._save_button,
        )

    # --- putting together ---

    def _build(self) -> None:
        inner = QWidget()
        form = QVBoxLayout(inner)
        form.setContentsMargins(0, 0, 8, 0)
        form.setSpacing(2)
        self._build_form(form)
        form.addWidget(line())
        self._build_steps(form)
        form.addWidget(line())
        form.addWidget(label("办理记录", "strong"))
        self._history = label(role="small", wrap=True, name="roster.history")
        form.addWidget(self._history)
        form.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(inner)
        self._save_button = QPushButton("保存 F9")
        self._save_button.setObjectName("roster.save")
        self._save_button.setProperty("role", "primary")
        self._save_button.clicked.connect(self.save)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self._save_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(6)
        column.addWidget(scroll, 1)
        column.addLayout(foot)

    def _build_form(self, form: QVBoxLayout) -> None:
        places = self._session.office.reference
        self._sex = Segments("roster.sex", [Option(code, word) for code, word in SEXES.items()])
        self._township = ChoiceBox("roster.township", hint="打拼音首字母")
        self._township.set_options(
            Option(each.code, each.name, (*each.letters, *each.aliases)) for each in places.townships
        )
        self._village = ChoiceBox("roster.village", hint="打拼音首字母")
        self._township.chosen.connect(self._fill_villages)
        self._kind = Segments("roster.kind", [Option(code, word) for code, word in KINDS.items()])
        self._level = Segments("roster.level", [Option(code, word) for code, word in LEVELS.items()])
        self._full_time = QCheckBox("专职")
        self._full_time.setObjectName("roster.full_time")
        for key in ("name", "sex", "birth_year", "township", "village", "phone", "identity", "posts"):
            form.addWidget(self._field(key))
        form.addWidget(self._plain_field("kind", "类别", self._kind))
        form.addWidget(self._plain_field("level", "等级", self._level, self._full_time))
        form.addWidget(self._field("term_start"))
        form.addWidget(self._plain_field("free_days", "可来", self._day_buttons()))
        form.addWidget(self._plain_field("skills", "擅长", self._skill_boxes()))
        form.addWidget(self._field("note"))
        self._enter = EnterGoesOn(self)
        for field in self._fields.values():
            field.editor.installEventFilter(self._enter)

    def _field(self, key: str) -> Field:
        if key in _TEXTS:
            return self._plain_field(key, _TEXTS[key], LineEdit(f"roster.{key}", hint=_HINTS.get(key, "")))
        editor = {"sex": self._sex, "township": self._township, "village": self._village}[key]
        return self._plain_field(key, {"sex": "性别", "township": "乡镇", "village": "村、社区"}[key], editor)

    def _plain_field(self, key: str, caption: str, editor: QWidget, beside: QWidget | None = None) -> Field:
        field = Field(caption, editor, label_width=64, beside=beside)
        self._fields[key] = field
        return field

    def _day_buttons(self) -> QWidget:
        holder = QWidget()
        holder.setObjectName("roster.free_days")
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self._days: dict[str, QPushButton] = {}
        for day, word in WEEKDAYS.items():
            button = QPushButton(word)
            button.setObjectName(f"roster.day.{day}")
            button.setAccessibleName(f"周{word}可来")
            button.setCheckable(True)
            button.setProperty("role", "chip")
            row.addWidget(button)
            self._days[day] = button
        row.addStretch(1)
        return holder

    def _skill_boxes(self) -> QWidget:
        holder = QWidget()
        holder.setObjectName("roster.skills")
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 4, 0, 0)
        grid.setVerticalSpacing(0)
        self._skills: dict[str, QCheckBox] = {}
        for place, kind in enumerate(self._session.office.reference.dispute_types):
            box = QCheckBox(kind.name.removesuffix("纠纷"))
            box.setObjectName(f"roster.skill.{kind.code}")
            grid.addWidget(box, place // 2, place % 2)
            self._skills[kind.code] = box
        return holder

    def _build_steps(self, form: QVBoxLayout) -> None:
        self._steps = QFrame()
        column = QVBoxLayout(self._steps)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(4)
        self._cause = ChoiceBox("roster.cause", hint="选原因")
        self._cause.set_options(Option(code, cause.name) for code, cause in CAUSES.items())
        self._cause_field = Field("原因", self._cause, label_width=64)
        self._cause.chosen.connect(self._show_article)
        self._step_note = LineEdit("roster.step_note", hint="说明，选“其他原因”时必填")
        self._note_field = Field("说明", self._step_note, label_width=64)
        column.addWidget(label("停用与恢复", "strong"))
        column.addWidget(self._cause_field)
        column.addWidget(self._note_field)
        row = QHBoxLayout()
        row.setSpacing(8)
        self._step_buttons: dict[str, QPushButton] = {}
        for action, step in STEPS.items():
            button = QPushButton(step.name)
            button.setObjectName(f"roster.{action}")
            button.clicked.connect(lambda _=False, action=action: self._step(action))
            row.addWidget(button)
            self._step_buttons[action] = button
        row.addStretch(1)
        column.addLayout(row)
        form.addWidget(self._steps)

    # --- filling ---

    def _line(self, key: str) -> LineEdit:
        editor = self._fields[key].editor
        assert isinstance(editor, LineEdit)
        return editor

    def _fill(self, mediator: Mediator) -> None:
        self._mediator, self._request = mediator, uuid.uuid4().hex
        for key in _TEXTS:
            self._line(key).setText(getattr(mediator, key))
        self._sex.set_code(mediator.sex)
        self._township.set_code(mediator.township)
        self._fill_villages(mediator.township)
        self._village.set_code(mediator.village)
        self._kind.set_code(mediator.kind)
        self._level.set_code(mediator.level)
        self._full_time.setChecked(not mediator.part_time)
        for code, box in self._skills.items():
            box.setChecked(code in mediator.skills)
        for day, button in self._days.items():
            button.setChecked(day in mediator.free_days.split())
        for field in (*self._fields.values(), self._cause_field, self._note_field):
            field.tell(())
        self._cause.set_code("")
        self._step_note.clear()
        may = self._session.actor.may(Right.ROSTER) and self._session.office.read_only is None
        self._save_button.setEnabled(may)
        self._save_button.setToolTip("" if may else "现在的使用人不能改名册。")

    def _fill_villages(self, township: str) -> None:
        villages = self._session.office.reference.villages(township)
        self._village.set_options(
            Option(each.code, each.short_name, (each.name, *each.letters)) for each in villages
        )

    def _offer_steps(self, status: str) -> None:
        may = self._session.actor.may(Right.ROSTER)
        self._steps.setVisible(bool(status) and may)
        for action, button in self._step_buttons.items():
            button.setVisible(status in STEPS[action].before)

    def _show_article(self, code: str) -> None:
        self._cause_field.tell(())
        self._cause_field.hint(CAUSES[code].article if code else "")

    def _show_history(self, changes: tuple[RosterChange, ...]) -> None:
        self._history.setText("\n".join(_told(change) for change in changes) or "（还没有改动）")

    # --- writing ---

    def _step(self, action: str) -> None:
        session = self._session
        service = {"suspend": roster.suspend, "end": roster.end, "resume": roster.resume}[action]
        causes = () if action == "resume" else (self._cause.typed,)
        background.ask(
            self,
            service,
            session.office,
            session.actor,
            uuid.uuid4().hex,
            self._mediator.code,
            *causes,
            note=self._step_note.text(),
            then=self._written,
            failed=self._refused,
            busy=self._step_buttons[action],
        )

    def _written(self, mediator: Mediator) -> None:
        self._session.say(f"名册已保存：{mediator.name}（{mediator.code}）。", "good")
        self._session.roster_changed.emit()
        self.saved.emit(mediator.code)

    def _refused(self, error: DeskError) -> None:
        if not isinstance(error, Refused):
            self._session.tell(error)
            return
        shown = {**self._fields, "cause": self._cause_field, "note": self._fields["note"]}
        if any(problem.field == "note" for problem in error.problems) and self._cause.code:
            shown["note"] = self._note_field
        for key, field in shown.items():
            field.tell([problem for problem in error.problems if problem.field == key])
        first = next((shown[each.field] for each in error.problems if each.field in shown), None)
        if first is not None:
            first.editor.setFocus()
        self._session.tell(error)


def _told(change: RosterChange) -> str:
    head = f"{change.at:%Y-%m-%d %H:%M} {change.actor} {change.action}"
    why = "：".join(filter(None, (change.cause, change.note)))
    fields = "；".join(
        f"{each.label} {each.before or '空'} → {each.after or '空'}" for each in change.changes
    )
    return "　".join(filter(None, (head, why, fields)))
