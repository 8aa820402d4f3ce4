"""The dispute in view: its dossier, what stands in the way, how the amount is shared, and what was done to its payment."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from qingyuan_desk.desk.roster.asking import scrolled
from qingyuan_desk.desk.roster.subsidy_model import state_words
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets import background
from qingyuan_desk.desk.widgets.labels import label, line
from qingyuan_desk.domain import money
from qingyuan_desk.domain.mediation.codes import DIFFICULTIES
from qingyuan_desk.domain.roster.mediators import LEVELS
from qingyuan_desk.domain.roster.subsidy import Line
from qingyuan_desk.services import subsidy


class LinePanel(QFrame):
    """Every yuan beside its dossier."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self._session = session
        self._task: background.Task | None = None
        self._matter = 0
        self.number = label(role="section", wrap=True, name="roster.subsidy.number")
        self.about = label(role="second", wrap=True)
        self.told = label(wrap=True, name="roster.subsidy.told")
        self.told.setProperty("tone", "amber")
        self.rate = label(wrap=True, name="roster.subsidy.rate")
        self.shares = label(role="second", wrap=True, name="roster.subsidy.shares")
        self.acts = label(role="small", wrap=True, name="roster.subsidy.acts")
        self.open_button = QPushButton("打开事项 Enter")
        self.open_button.setObjectName("roster.subsidy.open")
        self.open_button.clicked.connect(lambda _=False: session.matter_wanted.emit(self._matter))
        held = QWidget()
        column = QVBoxLayout(held)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(6)
        parts: tuple[QWidget, ...] = (
            self.number,
            self.about,
            self.told,
            line(),
            label("补贴", "strong"),
            self.rate,
            self.shares,
            line(),
            label("办理记录", "strong"),
            self.acts,
        )
        for part in parts:
            column.addWidget(part)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 12, 8, 12)
        whole.setSpacing(8)
        whole.addWidget(scrolled(held), 1)
        whole.addWidget(self.open_button)

    def show_line(self, shown: Line) -> None:
        """Another dispute."""
        dispute = shown.dispute
        self._matter = dispute.matter_id
        self.number.setText(dispute.number or dispute.title)
        about = (
            state_words(shown),
            dispute.outcome,
            DIFFICULTIES.get(dispute.difficulty, ""),
            dispute.title,
        )
        self.about.setText(" · ".join(filter(None, about)))
        self.told.setText(shown.told)
        self.told.setVisible(bool(shown.told))
        self.rate.setText(
            f"{shown.rate_name}：{money.words(shown.amount)}（{money.in_full(shown.amount)}）"
            if shown.shares
            else "没有可以分配的金额"
        )
        self.shares.setText(
            "\n".join(
                f"{share.name}（{LEVELS.get(share.level, '未评级')}）　{money.words(share.amount)}"
                for share in shown.shares
            )
        )
        self.acts.setText("（还没有申报）")
        if self._task:
            self._task.drop()
        self._task = background.ask(
            self,
            subsidy.trace,
            self._session.office,
            self._session.actor,
            dispute.matter_id,
            then=self._show_acts,
            failed=self._session.tell,
        )

    def _show_acts(self, acts: tuple[subsidy.Trace, ...]) -> None:
        if acts:
            self.acts.setText("\n".join(_told(act) for act in acts))


def _told(act: subsidy.Trace) -> str:
    head = f"{act.at:%Y-%m-%d %H:%M}　{act.actor}　{act.action}　{money.words(act.amount)}"
    return "\n".join(filter(None, (head, f"　　{act.note}" if act.note else "")))
