"""常用条款: clauses that suit the dispute, found by a few characters; Enter puts one into the agreement."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from qingyuan_desk.desk.widgets.fields import LineEdit
from qingyuan_desk.desk.widgets.labels import label
from qingyuan_desk.domain.mediation.clauses import PLACES, TOPICS, fill, suiting
from qingyuan_desk.domain.pinyin import initials
from qingyuan_desk.domain.reference import Reference
from qingyuan_desk.domain.tables import Clause
from qingyuan_desk.domain.text import search_key

_CLAUSE = Qt.ItemDataRole.UserRole


class _Finder(LineEdit):
    """Down goes into the list, Enter takes its first clause."""

    down = Signal()
    taken = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.down.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.taken.emit()
        else:
            super().keyPressEvent(event)


class ClauseShelf(QWidget):
    """The library for one dispute."""

    chosen = Signal(object)
    """A Clause to put in."""

    def __init__(self, reference: Reference) -> None:
        super().__init__()
        self._reference = reference
        self._clauses: Sequence[Clause] = ()
        self.find = _Finder("mediation.clause_find", hint="打几个字或者拼音首字母，回车放进协议")
        self.find.setAccessibleName("找条款")
        self.find.textChanged.connect(lambda _: self._fill())
        self.find.down.connect(self._into_list)
        self.find.taken.connect(lambda: self._take(self.list.item(0)))
        self.list = QListWidget()
        self.list.setObjectName("mediation.clauses")
        self.list.setAccessibleName("常用条款")
        self.list.setProperty("role", "entries")
        self.list.setWordWrap(True)
        self.list.setSpacing(2)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.list.itemActivated.connect(self._take)
        self._article = label("", "small", wrap=True, name="mediation.clause_article")
        self.list.currentItemChanged.connect(lambda item, _: self._say(item))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.find)
        column.addWidget(self.list, 1)
        column.addWidget(self._article)
        self.setFocusProxy(self.find)

    def show_for(self, dispute_type: str) -> None:
        """Offer the clauses that suit a kind of dispute, those for every kind last."""
        self._clauses = suiting(self._reference.clauses, dispute_type)
        self._fill()

    def _fill(self) -> None:
        typed = search_key(self.find.text())
        self.list.clear()
        for clause in self._clauses:
            if typed and not _fits(clause, typed):
                continue
            item = QListWidgetItem(f"{clause.name}\n{_readable(clause)}")
            item.setData(_CLAUSE, clause)
            self.list.addItem(item)
        if self.list.count():
            self.list.setCurrentRow(0)
        self._say(self.list.currentItem())

    def _into_list(self) -> None:
        self.list.setFocus()

    def _take(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(item.data(_CLAUSE))

    def _say(self, item: QListWidgetItem | None) -> None:
        """What the marked clause rests on."""
        if item is None:
            self._article.setText("没有这样的条款，可以直接写。")
            return
        clause: Clause = item.data(_CLAUSE)
        topic = TOPICS.get(clause.topic)
        barred = "；不能申请司法确认" if topic is not None and not topic.confirmable else ""
        self._article.setText(f"{topic.name if topic else ''}　{clause.article}{barred}".strip())


def _fits(clause: Clause, typed: str) -> bool:
    letters = any(each.startswith(typed) for each in initials(clause.name))
    return letters or typed in search_key(clause.name + clause.text)


def _readable(clause: Clause) -> str:
    """The clause with the names of its places instead of their codes."""
    return fill(clause.text, {code: f"〔{name}〕" for code, name in PLACES.items()})
