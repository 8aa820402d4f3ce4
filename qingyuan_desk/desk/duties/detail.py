"""One line, unit, or township in full; what its rows name can be opened in its place."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.widgets.labels import label, line
from qingyuan_desk.desk.widgets.parts import button, nothing
from qingyuan_desk.domain.duty_facts import KINDS, DutyFacts, Link, Part

_EMPTY = "—"
#: As in resources/style.qss.
_LINK_FRAME = 4


class Detail(QFrame):
    """Facts as tables of words."""

    wanted = Signal(object)
    """A Link to open."""
    paper_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self.facts: DutyFacts | None = None
        self._kind = label(role="second")
        self._title = label(role="section", wrap=True, name="duties.title")
        self.print_button = button("打印 F8", "duties.print", icon="print")
        self.print_button.clicked.connect(lambda _=False: self.paper_wanted.emit())
        self.contacts_button = button("填写联系人", "duties.contacts", icon="edit")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._kind)
        head.addWidget(self._title, 1)
        head.addWidget(self.contacts_button)
        head.addWidget(self.print_button)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 8, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._scroll, 1)
        self.clear("在左边查一件事、一个单位或者一个乡镇，这里就说明由谁办、依据什么、要带什么。")

    def clear(self, sentence: str) -> None:
        """Nothing in view, and a sentence instead."""
        self.facts = None
        self._kind.setText("")
        self._title.setText("")
        for each in (self.print_button, self.contacts_button):
            each.hide()
        self._scroll.setWidget(nothing(sentence))

    def show_facts(self, facts: DutyFacts, *, may_edit: bool) -> None:
        """Show a line, a unit, or a township."""
        self.facts = facts
        self._kind.setText(KINDS[facts.kind])
        self._title.setText(facts.title)
        self.print_button.show()
        self.contacts_button.setVisible(facts.kind == "township" and may_edit)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        if facts.lead:
            column.addWidget(label(facts.lead, wrap=True, name="duties.lead"))
        for part in facts.parts:
            column.addSpacing(4)
            column.addWidget(label(part.title, "strong"))
            column.addWidget(line())
            column.addLayout(self._table(part))
        column.addStretch(1)
        column.addWidget(label(f"按职责清单（{facts.version}版）", "small", name="duties.version_shown"))
        self._scroll.setWidget(body)

    def _table(self, part: Part) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(12))
        grid.setVerticalSpacing(theme.px(5))
        for column, (head, share) in enumerate(zip(part.header, part.shares, strict=True)):
            grid.setColumnStretch(column, round(share * 10))
            grid.addWidget(_beside_links(label(head, "small"), part, column), 0, column)
        links = part.links or (None,) * len(part.rows)
        for row, (cells, link) in enumerate(zip(part.rows, links, strict=True), start=1):
            for column, cell in enumerate(cells):
                made = self._link(cell, link) if link and not column else label(cell or _EMPTY, wrap=True)
                grid.addWidget(_beside_links(made, part, column), row, column, Qt.AlignmentFlag.AlignTop)
        return grid

    def _link(self, text: str, link: Link) -> QWidget:
        made = button(text, f"duties.open.{link.code}", role="link")
        made.clicked.connect(lambda _=False: self.wanted.emit(link))
        return made


def _beside_links(made: QWidget, part: Part, column: int) -> QWidget:
    """Words over and under links begin where those do: a link keeps room for the frame of the keyboard."""
    if isinstance(made, QLabel) and part.links and not column:
        made.setContentsMargins(_LINK_FRAME, 0, 0, 0)
    return made
