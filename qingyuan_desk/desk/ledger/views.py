"""Saved views at the left of the ledger: a few that come with it, then one's own."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QToolButton, QVBoxLayout, QWidget

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.widgets.fields import LineEdit
from qingyuan_desk.desk.widgets.labels import label, plain_tooltip
from qingyuan_desk.domain.matter import LedgerFilter
from qingyuan_desk.domain.text import LIMITS

BUILT_IN: tuple[tuple[str, LedgerFilter], ...] = (
    ("全部", LedgerFilter()),
    ("今天登记", LedgerFilter(period="today")),
    ("办理中", LedgerFilter(state="open")),
    ("到期和超期", LedgerFilter(due="ringing")),
    ("本周到期", LedgerFilter(due="week")),
    ("三天没有进展", LedgerFilter(due="quiet")),
)
_RINGING = 3


class ViewPanel(QFrame):
    """Choosing a view sets its filter; the one in force is filled in. Own ones are saved and dropped in place."""

    chosen = Signal(object)
    """The LedgerFilter of a view."""
    save_asked = Signal(str)
    """Keep the filter in force under this name."""
    drop_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self._own: tuple[tuple[str, LedgerFilter], ...] = ()
        self._filter = LedgerFilter()
        self._buttons: list[tuple[LedgerFilter, QPushButton]] = []
        self._built_in = QVBoxLayout()
        self._built_in.setSpacing(2)
        for name, wanted in BUILT_IN:
            self._built_in.addWidget(self._button(name, wanted))
        self._listed = QVBoxLayout()
        self._listed.setSpacing(2)
        self._own_caption = label("我的视图", "small")
        self._own_caption.setContentsMargins(10, 8, 0, 2)
        self.save_button = QPushButton("存为视图")
        self.save_button.setObjectName("ledger.save_view")
        self.save_button.setProperty("role", "link")
        self.save_button.clicked.connect(self._ask_name)
        self.name = NameLine("ledger.view_name", hint="名字，回车保存")
        self.name.setAccessibleName("视图的名字")
        self.name.setMaxLength(LIMITS["name"])
        self.name.hide()
        self.name.returnPressed.connect(self._save)
        self.name.left.connect(self._put_away)
        self._lay_out()
        self.show_own(())
        self.restyle()

    def restyle(self) -> None:
        """Take over colours and size of type in force."""
        self.setFixedWidth(theme.px(168))
        self.save_button.setIcon(theme.icon("plus", "accent"))
        self.show_own(self._own)

    @property
    def own(self) -> tuple[tuple[str, LedgerFilter], ...]:
        """The actor's own views, by name."""
        return self._own

    def show_own(self, own: tuple[tuple[str, LedgerFilter], ...]) -> None:
        """List the actor's own views."""
        self._own = own
        self._buttons = self._buttons[: len(BUILT_IN)]
        while (item := self._listed.takeAt(0)) is not None:
            item.widget().deleteLater()
        for name, wanted in own:
            self._listed.addWidget(self._own_row(name, wanted))
        self._own_caption.setVisible(bool(own))
        self.show_filter(self._filter)

    def show_filter(self, wanted: LedgerFilter) -> None:
        """Fill in the view that stands for this filter, if there is one; otherwise it can be saved."""
        self._filter = wanted
        for its, button in self._buttons:
            button.setChecked(its == wanted)
        known = any(its == wanted for its, _ in self._buttons)
        self.save_button.setVisible(not known and self.name.isHidden())
        if known:
            self._put_away()

    def show_ringing(self, count: int) -> None:
        """How many matters are due or overdue, beside their view."""
        button = self._buttons[_RINGING][1]
        button.setText(f"{BUILT_IN[_RINGING][0]}　{count}" if count else BUILT_IN[_RINGING][0])
        theme.mark(button, "tone", "red" if count else "")

    def saved(self) -> None:
        """The name was kept."""
        self._put_away()

    # --- parts ---

    def _lay_out(self) -> None:
        held = QWidget()
        column = QVBoxLayout(held)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._built_in)
        column.addWidget(self._own_caption)
        column.addLayout(self._listed)
        column.addSpacing(4)
        column.addWidget(self.save_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.name)
        column.addStretch(1)
        scrolled = QScrollArea()
        scrolled.setWidgetResizable(True)
        scrolled.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scrolled.setWidget(held)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(6, 8, 6, 8)
        whole.addWidget(scrolled)

    def _button(self, name: str, wanted: LedgerFilter) -> QPushButton:
        button = QPushButton(name)
        button.setObjectName(f"ledger.view.{len(self._buttons)}")
        button.setProperty("role", "view")
        button.setCheckable(True)
        button.clicked.connect(lambda: (self.show_filter(self._filter), self.chosen.emit(wanted)))
        self._buttons.append((wanted, button))
        return button

    def _own_row(self, name: str, wanted: LedgerFilter) -> QWidget:
        row = QWidget()
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        button = self._button(name, wanted)
        number = len(self._buttons) - 1
        room = theme.px(104)
        # On a button a single & underlines what follows it.
        shown = button.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, room)
        button.setText(shown.replace("&", "&&"))
        button.setToolTip(plain_tooltip(name))
        button.setAccessibleName(name)
        drop = QToolButton()
        drop.setObjectName(f"ledger.drop_view.{number}")
        drop.setAccessibleName(f"删除视图“{name}”")
        drop.setToolTip("删除这个视图")
        drop.setIcon(theme.icon("close"))
        drop.setIconSize(QSize(theme.px(14), theme.px(14)))
        drop.clicked.connect(lambda: self.drop_asked.emit(name))
        across.addWidget(button, 1)
        across.addWidget(drop)
        return row

    def _ask_name(self) -> None:
        self.save_button.hide()
        self.name.show()
        self.name.setFocus()

    def _save(self) -> None:
        if self.name.text().strip():
            self.save_asked.emit(self.name.text())

    def _put_away(self) -> None:
        self.name.clear()
        self.name.hide()
        known = any(its == self._filter for its, _ in self._buttons)
        self.save_button.setVisible(not known)


class NameLine(LineEdit):
    """A name to be given; Esc gives none."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
