"""The left column: who came, with whom, and when."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.intake import choices
from qingyuan_desk.desk.intake.moment import MomentLine
from qingyuan_desk.desk.intake.panel import Panel, beside
from qingyuan_desk.desk.intake.people import Agent, Representative, number_line
from qingyuan_desk.desk.widgets.choice import ChoiceBox, Option, Segments
from qingyuan_desk.desk.widgets.fields import Field, LineEdit
from qingyuan_desk.desk.widgets.labels import label
from qingyuan_desk.domain.identity import SEXES, IdReading, age_on
from qingyuan_desk.domain.intake import GROUP_ARTICLE, group_problem
from qingyuan_desk.domain.problems import Problem
from qingyuan_desk.domain.reference import Reference
from qingyuan_desk.domain.visit import GROUP_SIZE, MAX_REPRESENTATIVES, Person, VisitForm

ADULT = 18
_FULL_NUMBER = 18


class VisitorPanel(Panel):
    """来访人. Gives the persons of the form, the headcount, the source, and the moment."""

    changed = Signal()
    number_typed = Signal(str, str)
    """Kind of document and number so far."""
    rows_changed = Signal()
    """Rows came or went: the order of Tab is to be set again."""

    def __init__(self, reference: Reference, today: Callable[[], date]) -> None:
        super().__init__("来访人")
        self._reference = reference
        self._person = Person()
        self._sex_is_read = True
        self._headcount_is_counted = True
        self.moment = MomentLine("intake.received_at", today)
        self.representatives: list[Representative] = []
        self.agent: Agent | None = None
        self._make_editors()
        self._make_fields()
        self._lay_out()
        self._listen()
        self.set_lists(choices.named(reference))
        self.township.set_options(choices.townships(reference))

    # --- the form ---

    def persons(self) -> tuple[Person, ...]:
        """Everybody on the visitors' side, the main visitor first."""
        return (self._main(), *(row.value() for row in self._rows()))

    def _main(self) -> Person:
        return replace(
            self._person,
            name=self.name.text(),
            sex=self.sex.code,
            id_type=self.id_type.typed,
            id_number=self.id_number.text(),
            phone=self.phone.text(),
            township=self.township.typed,
            village=self.village.typed,
            address=self.address.text(),
            crowd=self.crowd.typed,
        )

    @property
    def heads(self) -> int:
        """How many came; 0 for what is no number."""
        said = self.headcount.text().strip()
        return int(said) if said.isdecimal() and len(said) < 10 else 0

    def load(self, form: VisitForm) -> None:
        """Show a form's side of the visitors."""
        main = form.main_visitor
        self._person = replace(main, birth_date="")
        self.name.setText(main.name)
        self.sex.set_code(main.sex)
        self._sex_is_read = not main.sex
        self.id_type.set_code(main.id_type)
        self.id_number.setText(main.id_number)
        self.phone.setText(main.phone)
        self.township.set_code(main.township)
        self._offer_villages()
        self.village.set_code(main.village)
        self.address.setText(main.address)
        self.crowd.set_code(main.crowd)
        self._load_others(form.persons[1:])
        self.headcount.setText(str(form.headcount))
        self._headcount_is_counted = form.headcount == max(1, self._named())
        self.source.set_code(form.source)
        self.moment.load(form.received_at)
        self._tell_group()

    def fields(self) -> dict[str, Field]:
        """Field of a problem → where it is told."""
        found = dict(self._fields)
        for place, row in enumerate(self._rows(), start=1):
            found |= {f"persons.{place}.{word}": field for word, field in row.fields().items()}
        return found

    def problems(self) -> list[Problem]:
        """What only this column can see: a moment nobody can read, and a person without a name."""
        nameless = [
            Problem(f"persons.{place}.name", "请填写姓名；不用的行请去掉。")
            for place, row in enumerate(self._rows(), start=1)
            if not row.value().name.strip()
        ]
        return [*self.moment.problems(), *nameless]

    def normalise(self, seen: Person, cleaned: Person) -> None:
        """Show values as they will be kept, where nobody is typing."""
        for key in ("name", "id_number", "phone", "address"):
            edit: LineEdit = getattr(self, key)
            if not edit.hasFocus() and edit.text() == getattr(seen, key) and getattr(cleaned, key):
                edit.setText(getattr(cleaned, key))

    def set_lists(self, lists: dict[str, list[Option]]) -> None:
        """Offer these lists."""
        for box, field in ((self.id_type, "id_type"), (self.crowd, "crowd"), (self.source, "source")):
            box.set_options(lists[field])

    # --- what the document says ---

    def show_reading(self, reading: IdReading, today: date) -> bool:
        """Birth date, sex, and age under the number; the sex goes into its field unless somebody chose it.

        Whether the number is complete, so that it can be said at once what is wrong with it.
        """
        field = self._fields["id_number"]
        if reading.sex and self._sex_is_read and reading.sex != self.sex.code:
            self.sex.set_code(reading.sex)
            self.changed.emit()
        said = []
        if reading.birth_date is not None:
            age = age_on(reading.birth_date, today)
            said = [reading.birth_date.isoformat(), SEXES.get(reading.sex, ""), f"{age}岁"]
            said += ["未成年人"] if age < ADULT else []
        doubted = any(problem.level != "warn" for problem in reading.problems)
        typed = len(reading.number)
        counted = f"{typed} 位" if typed and not said and typed < _FULL_NUMBER else ""
        field.hint(f"{' · '.join(filter(None, said))}{' ✓' if said and not doubted else ''}" or counted)
        field.offer("换成18位" if reading.suggested else "", lambda: self._take_number(reading.suggested))
        return typed >= _FULL_NUMBER

    def take_reader(self, number: str) -> None:
        """A card reader sent this number."""
        self.id_type.set_code("id_card")
        self._take_number(number)

    def _take_number(self, number: str) -> None:
        self.id_number.setText(number)
        self._number_edited()
        self.id_number.setFocus()

    def _number_edited(self) -> None:
        self._fields["id_number"].reason.clear()
        self.number_typed.emit(self.id_type.typed, self.id_number.text())

    # --- people beside ---

    def _rows(self) -> list[Representative | Agent]:
        """The rows somebody wrote in, in the order of the form."""
        rows = [*self.representatives, *([self.agent] if self.agent else [])]
        blank = {Person(role="representative"), Person(role="agent")}
        return [row for row in rows if replace(row.value(), authority="") not in blank]

    def _named(self) -> int:
        """People of the group who are named."""
        return 1 + len(self.representatives)

    def add_representative(self) -> None:
        """Another line; the sixth is refused."""
        refused = group_problem(len(self.representatives) + 1)
        self._fields["representatives"].tell([refused] if refused else [])
        if refused:
            return
        self._append_representative().name.setFocus()
        self._people_changed()

    def _append_representative(self) -> Representative:
        row = Representative(len(self.representatives))
        row.changed.connect(self.changed.emit)
        row.removed.connect(lambda: self._remove_representative(row))
        self.representatives.append(row)
        self._others.insertWidget(len(self.representatives) - 1, row)
        return row

    def _remove_representative(self, row: Representative) -> None:
        kept = [other.value() for other in self.representatives if other is not row]
        agent = [self.agent.value()] if self.agent else []
        self._load_others([*kept, *agent])
        self._people_changed()
        self.add_representative_button.setFocus()

    def add_agent(self) -> None:
        """Open the agent's lines."""
        agent = self._open_agent()
        self._people_changed()
        agent.name.setFocus()

    def _open_agent(self) -> Agent:
        if self.agent is None:
            self.agent = Agent()
            self.agent.changed.connect(self.changed.emit)
            self.agent.removed.connect(self._remove_agent)
            self._others.addWidget(self.agent)
            self.add_agent_button.setEnabled(False)
        return self.agent

    def _remove_agent(self) -> None:
        self._drop_agent()
        self._people_changed()
        self.add_agent_button.setFocus()

    def _drop_agent(self) -> None:
        if self.agent is not None:
            self._others.removeWidget(self.agent)
            self.agent.hide()
            self.agent.deleteLater()
        self.agent = None
        self.add_agent_button.setEnabled(True)

    def _load_others(self, others: Sequence[Person]) -> None:
        for row in self.representatives:
            self._others.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.representatives = []
        self._drop_agent()
        for person in others:
            if person.role == "agent":
                self._open_agent().load(person)
            else:
                self._append_representative().load(person)
        self.rows_changed.emit()

    def _people_changed(self) -> None:
        if self._headcount_is_counted:
            self.headcount.setText(str(self._named()))
        self._tell_group()
        self.rows_changed.emit()
        self.changed.emit()

    def _tell_group(self) -> None:
        self.add_representative_button.setText(f"+ 代表 {len(self.representatives)}/{MAX_REPRESENTATIVES}")
        group = self.heads >= GROUP_SIZE and not self.representatives
        advice = f"{GROUP_SIZE} 人及以上推选代表，不超过 {MAX_REPRESENTATIVES} 人（{GROUP_ARTICLE}）。"
        self._fields["representatives"].hint(advice if group else "")

    # --- putting together ---

    def _make_editors(self) -> None:
        self.name = LineEdit("intake.name")
        self.sex = Segments("intake.sex", [Option(code, name) for code, name in SEXES.items()])
        self.sex.setAccessibleName("性别")
        self.id_type = ChoiceBox("intake.id_type")
        self.id_type.setAccessibleName("证件种类")
        self.id_number = number_line("intake.id_number", "证件号码", "证件号码")
        self.phone = number_line("intake.phone", "没有的填“无”", "电话")
        self.township = ChoiceBox("intake.township", hint="乡镇")
        self.village = ChoiceBox("intake.village", hint="村、社区")
        self.township.setAccessibleName("乡镇")
        self.village.setAccessibleName("村、社区")
        self.address = LineEdit("intake.address", hint="详细地址：门牌；区外的写全")
        self.crowd = ChoiceBox("intake.crowd", hint="人群")
        self.headcount = number_line("intake.headcount", "", "人数")
        self.source = ChoiceBox("intake.source")
        self.add_agent_button = QPushButton("+ 代理人")
        self.add_agent_button.setObjectName("intake.agent.add")
        self.add_representative_button = QPushButton("+ 代表 0/5")
        self.add_representative_button.setObjectName("intake.representatives.add")
        self.add_representative_button.setAccessibleName("添加代表")

    def _make_fields(self) -> None:
        number = Field(
            "证件",
            self.id_number,
            lines=2,
            row=beside((self.id_type, 126), (self.id_number, 178)),
            also={"id_type": self.id_type},
        )
        home = Field(
            "住址",
            self.township,
            row=beside((self.township, 1), (self.village, 1)),
            also={"village": self.village},
        )
        count = label("人数", "field")
        count.setBuddy(self.headcount)
        self.headcount.setFixedWidth(theme.px(64))
        crowd = Field(
            "人群",
            self.crowd,
            row=beside((self.crowd, 1), (count, 0), (self.headcount, 0)),
            also={"headcount": self.headcount},
        )
        others = Field(
            "",
            self.add_representative_button,
            row=beside((self.add_agent_button, 1), (self.add_representative_button, 1)),
        )
        when = Field(
            "来源",
            self.source,
            row=beside((self.source, 162), (self.moment, 142)),
            also={"received_at": self.moment},
        )
        name = Field("姓名", self.name, beside=self.sex)
        phone = Field("电话", self.phone, lines=2)
        address = Field("", self.address)
        self.address.setAccessibleName("详细地址")
        self._fields = {
            **dict.fromkeys(("name", "sex", "birth_date", "role"), name),
            **dict.fromkeys(("id_type", "id_number"), number),
            "phone": phone,
            **dict.fromkeys(("township", "village"), home),
            "address": address,
            **dict.fromkeys(("crowd", "headcount"), crowd),
            "representatives": others,
            **dict.fromkeys(("source", "received_at"), when),
        }
        self._in_order = (name, number, phone, home, address, crowd, others)
        self._when = when

    def _lay_out(self) -> None:
        self._others = QVBoxLayout()
        self._others.setSpacing(0)
        for field in self._in_order:
            self.column.addWidget(field)
        self.column.addLayout(self._others)
        self.column.addWidget(self._when)
        self.column.addStretch(1)

    def _listen(self) -> None:
        for edit in (self.name, self.id_number, self.phone, self.address, self.headcount, self.moment):
            edit.textChanged.connect(lambda _: self.changed.emit())
        for box in (self.id_type, self.township, self.village, self.crowd, self.source):
            box.editTextChanged.connect(lambda _: self.changed.emit())
        for field in set(self._fields.values()):
            field.reason_changed.connect(self.changed.emit)
        self.sex.chosen.connect(self._choose_sex)
        self.township.chosen.connect(lambda _: self._offer_villages())
        self.id_number.textEdited.connect(lambda _: self._number_edited())
        self.id_type.chosen.connect(lambda _: self._number_edited())
        self.phone.textEdited.connect(lambda _: self._fields["phone"].reason.clear())
        self.headcount.textEdited.connect(self._count_edited)
        self.add_agent_button.clicked.connect(self.add_agent)
        self.add_representative_button.clicked.connect(self.add_representative)

    def _choose_sex(self, code: str) -> None:
        self._sex_is_read = not code
        self.changed.emit()

    def _count_edited(self) -> None:
        self._headcount_is_counted = False
        self._tell_group()

    def _offer_villages(self) -> None:
        if self.village.code:
            self.village.set_code("")
        self.village.set_options(choices.villages(self._reference, self.township.code))
