"""Whom to turn to in a township, filled in like a sheet."""

from __future__ import annotations

import uuid
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from qingyuan_desk.desk.page import Page
from qingyuan_desk.desk.widgets.labels import label
from qingyuan_desk.desk.widgets.parts import button
from qingyuan_desk.desk.widgets.table_editor import Cell, TableEditor
from qingyuan_desk.domain.tables import CONTACT_ROLES, TownshipContact
from qingyuan_desk.services import duties

_CELLS = (
    Cell("role", "岗位", 120, CONTACT_ROLES, fixed=True),
    Cell("organ", "单位", 220),
    Cell("name", "姓名", 140),
    Cell("phone", "电话", 180),
    Cell("place", "地点", 0),
)


class ContactsView(QFrame):
    """A row for every role; F9 keeps them, Esc goes back."""

    closed = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self._page = page
        self._entries: tuple[TownshipContact, ...] = ()
        self.editor = TableEditor(
            "duties.contact", "乡镇力量", "双击一格填写；印在对口联系表上，查不到的先空着。", _CELLS
        )
        self.editor.add_button.hide()
        self.editor.remove_button.hide()
        self._save = button("保存 F9", "duties.contact.save", role="primary")
        self._save.clicked.connect(lambda _=False: self.save())
        back = button("返回 Esc", "duties.contact.back", icon="left")
        back.clicked.connect(lambda _=False: self.closed.emit())
        foot = QHBoxLayout()
        self._where = label(role="strong", name="duties.contact.where")
        foot.addWidget(back)
        foot.addWidget(self._where)
        foot.addStretch(1)
        foot.addWidget(self._save)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(self.editor, 1)
        column.addLayout(foot)
        self.setFocusProxy(self.editor.table)

    def open(self, township: str) -> None:
        """Show the contacts of a township."""
        page = self._page
        self._where.setText(page.office.reference.place(township))
        page.ask(duties.contacts, page.office, page.actor, township, then=self._show)

    def save(self) -> None:
        """Keep what was filled in."""
        page = self._page
        entries = [
            replace(known, **{key: row[key] for key in ("organ", "name", "phone", "place")})
            for known, row in zip(self._entries, self.editor.cells(), strict=True)
        ]
        page.ask(
            duties.save_contacts,
            page.office,
            page.actor,
            uuid.uuid4().hex,
            entries,
            then=lambda _: self._saved(),
            busy=self._save,
        )

    def _show(self, entries: tuple[TownshipContact, ...]) -> None:
        self._entries = entries
        self.editor.show_rows(entries)
        self.editor.set_may(True)
        self.editor.table.setFocus()

    def _saved(self) -> None:
        self._page.session.say("对口联系人已保存。", "good")
        self.closed.emit()
