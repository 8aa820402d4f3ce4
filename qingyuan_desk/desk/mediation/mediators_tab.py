"""调解员: who suits the dispute and why, what has to be disclosed, who chose, and the card wall for the parties."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.matter.parts import Scrolled, said
from qingyuan_desk.desk.mediation.act import Act
from qingyuan_desk.desk.mediation.candidates import MarkList, RowPainter
from qingyuan_desk.desk.mediation.relations import RelationMap
from qingyuan_desk.desk.mediation.wall import CardWall
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets import background, parts
from qingyuan_desk.desk.widgets.choice import Segments
from qingyuan_desk.desk.widgets.fields import Field, LineEdit, commit_composition
from qingyuan_desk.desk.widgets.labels import label, line, plain_tooltip
from qingyuan_desk.desk.widgets.reading_order import tab_in_reading_order
from qingyuan_desk.domain.mediation.case import Case
from qingyuan_desk.domain.mediation.caseload import Candidate
from qingyuan_desk.domain.mediation.codes import CHOSEN_BY
from qingyuan_desk.domain.mediation.forms import Assign
from qingyuan_desk.domain.text import search_key
from qingyuan_desk.services import mediation

_MAP, _LIST = "关系图 F7", "名册 F7"


class MediatorsTab(QWidget):
    """Candidates at the left, those chosen at the right."""

    def __init__(self, session: Session, act: Act) -> None:
        super().__init__()
        self._session, self._act = session, act
        self._case: Case | None = None
        self._candidates: tuple[Candidate, ...] = ()
        self._task: background.Task | None = None
        self._wall: CardWall | None = None
        self.chosen: list[str] = []
        self.search = LineEdit("mediation.candidate_search", hint="在全部名册里找：姓名、村、擅长")
        self.search.setAccessibleName("找调解员")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(lambda _: self._find())
        self.wall_button = parts.button("给当事人看 F6", "mediation.wall_open", icon="cards")
        self.wall_button.clicked.connect(self.open_wall)
        self.map_button = parts.button(_MAP, "mediation.relations_open")
        self.map_button.clicked.connect(self.switch_map)
        self.map = RelationMap()
        self.list = MarkList("mediation.candidates", "调解员人选")
        self.list.setProperty("role", "plain")
        self._painter = RowPainter(self.list, session.office.today())
        self.list.setItemDelegate(self._painter)
        self.list.switched.connect(self.switch)
        self.count = label(role="small", name="mediation.candidate_count")
        self.chosen_by = Segments("mediation.chosen_by", parts.options(CHOSEN_BY))
        self.accepted = QCheckBox("已经告知各方当事人，各方都同意由其调解")
        self.accepted.setObjectName("mediation.accepted")
        self.reason = LineEdit("mediation.assign_reason", hint="例如：原调解员住院")
        self._fields = {
            "chosen_by": Field("谁选的", self.chosen_by, label_width=56),
            "reason": Field("换人原因", self.reason, label_width=56),
        }
        self.message = parts.message_line("mediation.assign_message")
        self._place = parts.Fields(self._fields, self.message)
        self.save_button = parts.button("选定 F9", "mediation.assign", role="primary")
        self.save_button.clicked.connect(self.save)
        self._lay_out()
        tab_in_reading_order(self)
        session.roster_changed.connect(self._read)
        for keys, act_on in (("F9", self.save), ("F6", self.open_wall), ("F7", self.switch_map)):
            parts.shortcut(self, keys, act_on)

    def show_case(self, case: Case) -> None:
        """Show a case; a choice not written yet stays."""
        now = [each.mediator for each in case.mediators]
        before = [each.mediator for each in self._case.mediators] if self._case else []
        other = self._case is None or self._case.matter_id != case.matter_id
        if other or now != before or self.chosen == before:
            self.chosen = list(now)
        if other:
            self._candidates = ()
            self.chosen_by.set_code(case.mediators[0].chosen_by if case.mediators else "assigned")
            self.search.clear()
            self._place.tell(())
        self._case = case
        self._painter.today = self._session.office.today()
        self._show_chosen()
        self._read()

    def begin(self, step: str) -> None:
        """Go to the list."""
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def switch(self, code: str) -> None:
        """Choose a mediator, or not."""
        if code in self.chosen:
            self.chosen.remove(code)
        else:
            self.chosen.append(code)
        if self._wall is not None and self._wall.isVisible():
            self.chosen_by.set_code("parties")
        self._place.tell(())
        self._show_chosen()

    def open_wall(self) -> None:
        """Turn the screen to the parties."""
        if self._wall is None:
            self._wall = CardWall(self.window())
            self._wall.switched.connect(self.switch)
            self._wall.closed.connect(lambda: self.save_button.setFocus())
        self._wall.show_cards(self._candidates, self.chosen)

    def switch_map(self) -> None:
        """Show who stands how to whom (关系图) in the place of the list, or the list again."""
        to_map = self._left.currentWidget() is not self.map
        self._left.setCurrentWidget(self.map if to_map else self._listed)
        self.map_button.setText(_LIST if to_map else _MAP)
        (self.map.sentences if to_map else self.list).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def save(self) -> None:
        """Assign those chosen."""
        commit_composition()
        if self._case is None or not self.save_button.isEnabled():
            return
        form = Assign(
            tuple(self.chosen),
            self.chosen_by.code or "assigned",
            self.accepted.isChecked() and not self.accepted.isHidden(),
            "" if self._fields["reason"].isHidden() else self.reason.text().strip(),
        )
        self._act(form, then=lambda _: self.reason.clear(), at=self._place, busy=self.save_button)

    # --- reading ---

    def _read(self) -> None:
        if self._case is None:
            return
        if self._task:
            self._task.drop()
        session = self._session
        self._task = background.ask(
            self,
            mediation.candidates,
            session.office,
            session.actor,
            self._case.matter_id,
            then=self._show,
            failed=session.tell,
        )

    def _show(self, found: tuple[Candidate, ...]) -> None:
        self._candidates = found
        self._list_them()
        self._show_chosen()

    def _find(self) -> None:
        """What is typed is looked for in the list, not in the picture."""
        if self.search.text() and self._left.currentWidget() is self.map:
            self.switch_map()
            self.search.setFocus()
        self._list_them()

    def _list_them(self) -> None:
        """Those what was typed means; without words everybody, the most suitable first."""
        key = search_key(self.search.text())
        fitting = [each for each in self._candidates if not key or key in search_key(_said(each))]
        row = self.list.currentIndex().row()
        self.list.people.show_rows(fitting)
        self.list.people.mark(self.chosen)
        if fitting:
            self.list.setCurrentIndex(self.list.people.index(min(max(row, 0), len(fitting) - 1)))
        words = (
            f"{len(fitting)} 人，合适的在前；空格或 Enter 选定、取消"
            if fitting
            else "名册里没有符合的人，换个词再找。"
        )
        self.count.setText(words if self._candidates else "")

    # --- those chosen ---

    def _show_chosen(self) -> None:
        if self._case is None:
            return
        known = {each.card.code: each for each in self._candidates}
        names = {each.code: each.name for each in self._session.office.reference.mediators}
        self.list.people.mark(self.chosen)
        if self._wall is not None:
            self._wall.mark(self.chosen)
        serving = [each.mediator for each in self._case.mediators]
        self.map.show_case(self._case, self._candidates, self.chosen)
        self._rows.empty()
        for place, code in enumerate(self.chosen, 1):
            about = known[code].card.place if code in known else ""
            self._rows.column.addWidget(self._row(place, code, names.get(code, code), about, code in serving))
        if not self.chosen:
            self._rows.column.addWidget(parts.nothing("还没有选人。在左边选一名或者几名，第一名主持调解。"))
        self._rows.column.addStretch(1)
        new = [known[code] for code in self.chosen if code in known and code not in serving]
        told = [f"{each.card.name}：{'；'.join(each.conflicts)}" for each in new if each.conflicts]
        self._disclosed.setVisible(bool(told))
        self._told.setText("\n".join(told))
        if not told:
            self.accepted.setChecked(False)
        self._fields["reason"].setVisible(any(code not in self.chosen for code in serving))
        steps = {step.code: step.hindrance for step in mediation.steps(self._case)}
        changed = self.chosen != serving
        self.save_button.setEnabled(not steps["assign"] and changed)
        self.save_button.setToolTip(plain_tooltip(steps["assign"]) if steps["assign"] else "")
        self._why.setText(steps["assign"])
        self._why.setVisible(bool(steps["assign"]))

    def _row(self, place: int, code: str, name: str, about: str, serving: bool) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        number = label(str(place), "strong")
        number.setFixedWidth(theme.px(14))
        row.addWidget(number)
        row.addWidget(label(name, "strong"))
        row.addWidget(label(about, "small"))
        if serving and self._case is not None:
            since = next(each for each in self._case.mediators if each.mediator == code)
            day = parts.short_day(since.since, self._session.office.today())
            row.addWidget(label(f"{day}起 · {CHOSEN_BY[since.chosen_by]}", "small"))
        row.addStretch(1)
        remove = parts.button("移出", f"mediation.remove.{code}", role="link")
        remove.setAccessibleName(f"移出 {name}")
        remove.clicked.connect(lambda: self.switch(code))
        row.addWidget(remove)
        return made

    def _lay_out(self) -> None:
        left = QFrame()
        left.setProperty("role", "panel")
        head = QHBoxLayout()
        head.setContentsMargins(12, 10, 12, 8)
        head.setSpacing(8)
        head.addWidget(self.search, 1)
        head.addWidget(self.map_button)
        head.addWidget(self.wall_button)
        self.count.setContentsMargins(12, 4, 12, 6)
        self._listed = QWidget()
        listed = QVBoxLayout(self._listed)
        listed.setContentsMargins(0, 0, 0, 0)
        listed.setSpacing(0)
        listed.addWidget(self.list, 1)
        listed.addWidget(self.count)
        self._left = QStackedWidget()
        self._left.addWidget(self._listed)
        self._left.addWidget(self.map)
        beside = QVBoxLayout(left)
        beside.setContentsMargins(2, 2, 2, 2)
        beside.setSpacing(0)
        beside.addLayout(head)
        beside.addWidget(line())
        beside.addWidget(self._left, 1)
        right = parts.Panel("选定的调解员")
        self._rows = Scrolled("mediation.chosen")
        self._rows.column.setContentsMargins(0, 2, 0, 2)
        self._rows.column.setSpacing(6)
        self._disclosed = parts.Panel(role="suggestion")
        self._told = said("", tone="amber")
        self._told.setObjectName("mediation.disclosed")
        self._disclosed.column.addWidget(label("应当告知各方当事人", "strong"))
        self._disclosed.column.addWidget(self._told)
        self._disclosed.column.addWidget(self.accepted)
        self._why = said("", "small")
        right.column.addWidget(self._rows, 1)
        right.column.addWidget(self._disclosed)
        for field in self._fields.values():
            right.column.addWidget(field)
        right.column.addWidget(self._why)
        right.column.addWidget(self.message)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.save_button)
        right.column.addLayout(foot)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 8, 0, 0)
        whole.setSpacing(8)
        whole.addWidget(left, 7)
        whole.addWidget(right, 5)


def _said(candidate: Candidate) -> str:
    """What a candidate is found by."""
    card = candidate.card
    words: Sequence[str] = (card.name, card.place, card.mediator.identity, card.level, *card.skills)
    return " ".join((*words, *card.mediator.letters))
