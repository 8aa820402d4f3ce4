"""Everything that is written down about one party (当事人): edited here, written with F9."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.intake import choices
from qingyuan_desk.desk.matter.parts import Scrolled
from qingyuan_desk.desk.mediation.act import Act
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets import parts
from qingyuan_desk.desk.widgets.choice import ChoiceBox, Segments
from qingyuan_desk.desk.widgets.fields import EnterGoesOn, Field, LineEdit, commit_composition
from qingyuan_desk.desk.widgets.labels import plain_tooltip
from qingyuan_desk.domain.identity import ID_TYPES, SEXES
from qingyuan_desk.domain.mediation.case import Case, CaseParty
from qingyuan_desk.domain.mediation.codes import PARTY_KINDS, SIDES
from qingyuan_desk.domain.mediation.forms import PutParty
from qingyuan_desk.domain.visit import AUTHORITIES
from qingyuan_desk.services.mediation import Taken

#: Field → caption, in reading order, two a line.
_FIELDS = {
    "side": "地位",
    "kind": "类别",
    "name": "姓名或名称",
    "representative": "代表人",
    "sex": "性别",
    "ethnic": "民族",
    "birth_date": "出生日期",
    "occupation": "职业",
    "id_type": "证件类型",
    "id_number": "证件号码",
    "phone": "联系电话",
    "township": "乡镇",
    "village": "村、社区",
    "address": "单位或住址",
    "agent": "代理人",
    "authority": "代理权限",
}
_HINTS = {
    "birth_date": "例如 1958-03-12",
    "representative": "单位由谁签字",
    "agent": "没有就留空",
    "ethnic": "例如 汉",
    "township": "打拼音首字母",
}

#: The position of a party that is not written down yet.
_NEW = -1


class PartyForm(QWidget):
    """One party, or a new one. What was typed stays when the case is read again."""

    saved = Signal(int)
    """The record id of the party written down."""

    def __init__(self, session: Session, act: Act) -> None:
        super().__init__()
        self._session, self._act = session, act
        self._party = CaseParty(0, "", "")
        self._drafts: dict[tuple[int, int, int], tuple[CaseParty, CaseParty]] = {}
        self._fields: dict[str, Field] = {}
        self.message = parts.message_line("mediation.party_message")
        self.save_button = parts.button("保存资料 F9", "mediation.party_save", role="primary")
        self.save_button.clicked.connect(self.save)
        self._build()
        self._place = parts.Fields(self._fields, self.message)

    def show_party(self, party: CaseParty) -> None:
        """Edit a party. What is being typed stays with the party it is about, over what others wrote meanwhile."""
        before, typed = self._party, self.party()
        if _key(party) != _key(before):
            if self.edited:
                self._drafts[_key(before)] = (before, typed)
            before, typed = self._drafts.pop(_key(party), (party, party))
            self._place.tell(())
        elif party == before:
            return
        self._party = party
        shown = parts.over(before, typed, party, _FIELDS)
        for name, field in self._fields.items():
            if name == "village":
                self._fill_villages(shown.township)
            parts.fill(field.editor, getattr(shown, name))

    @property
    def edited(self) -> bool:
        """Whether something was typed that is not written yet."""
        return self.party() != self._party

    def party(self) -> CaseParty:
        """The party as it stands in the form."""
        typed: dict[str, Any] = {name: parts.read(field.editor) for name, field in self._fields.items()}
        return replace(self._party, **typed)

    def start_new(self, case: Case) -> None:
        """A further party of a case."""
        sides = {party.side for party in case.parties}
        side = next((side for side in ("applicant", "respondent") if side not in sides), "respondent")
        self.show_party(CaseParty(case.matter_id, side, "", position=_NEW))
        self._fields["name"].editor.setFocus()

    def save(self) -> None:
        """Write the party down."""
        commit_composition()
        party = self.party()

        def done(taken: Taken) -> None:
            self._party = party
            self.saved.emit(taken.record_id)

        self._act(PutParty(party), then=done, at=self._place, busy=self.save_button)

    def allow(self, hindrance: str) -> None:
        """Whether it can be written, and if not, why."""
        self.save_button.setEnabled(not hindrance)
        self.save_button.setToolTip(plain_tooltip(hindrance) if hindrance else "")

    # --- putting together ---

    def _build(self) -> None:
        scrolled = Scrolled("mediation.party_fields")
        scrolled.column.setContentsMargins(theme.px(16), theme.px(10), theme.px(12), 0)
        goes_on = EnterGoesOn(self)
        for name, caption in _FIELDS.items():
            editor = self._editor(name)
            editor.installEventFilter(goes_on)
            self._fields[name] = Field(caption, editor, label_width=76)
        scrolled.column.addWidget(parts.Columns(list(self._fields.values())))
        scrolled.column.addStretch(1)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 4, 12, 10)
        foot.addWidget(self.message, 1)
        foot.addStretch(0)
        foot.addWidget(self.save_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(scrolled, 1)
        column.addLayout(foot)

    def _editor(self, name: str) -> QWidget:
        called, hint = f"mediation.party_{name}", _HINTS.get(name, "")
        alternatives = {"side": SIDES, "kind": PARTY_KINDS, "sex": SEXES, "authority": AUTHORITIES}
        if name in alternatives:
            return Segments(called, parts.options(alternatives[name]))
        if name not in ("id_type", "township", "village"):
            return LineEdit(called, hint=hint)
        box = ChoiceBox(called, hint=hint)
        if name == "id_type":
            box.set_options(parts.options(ID_TYPES))
        elif name == "township":
            box.set_options(choices.townships(self._session.office.reference))
            box.chosen.connect(self._fill_villages)
        return box

    def _fill_villages(self, township: str) -> None:
        village = self._fields["village"].editor if "village" in self._fields else None
        if isinstance(village, ChoiceBox):
            village.set_options(choices.villages(self._session.office.reference, township))


def _key(party: CaseParty) -> tuple[int, int, int]:
    """Which party it is; before the case was opened they have no record ids."""
    return party.matter_id, party.record_id, 0 if party.record_id else party.position
