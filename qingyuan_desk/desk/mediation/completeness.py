"""What the dossier has and what it lacks, line by line, each with the way to where it is filled."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.matter.parts import Scrolled, said
from qingyuan_desk.desk.widgets.labels import label, line
from qingyuan_desk.desk.widgets.parts import button
from qingyuan_desk.domain.mediation.dossier import STATES, DossierLine, lacking

#: Number of a line → the step that fills it.
_FILLED_BY = {
    1: "consent",
    2: "session",
    3: "attach",
    4: "attach",
    5: "session",
    6: "attach",
    7: "session",
    8: "agreement",
    9: "attach",
    10: "follow_up",
    11: "attach",
    12: "file",
    13: "file",
}
_SIGNS = {"there": ("good", "green"), "missing": ("error", "red"), "not_needed": ("minus", "faint")}


class Completeness(Scrolled):
    """The thirteen lines; `step_wanted` goes to where a missing one is filled, `paper_wanted` shows one that is there."""

    step_wanted = Signal(str)
    paper_wanted = Signal(str, int)

    def __init__(self) -> None:
        super().__init__("mediation.completeness")
        self.column.setContentsMargins(0, 0, 8, 0)
        self.column.setSpacing(4)

    def show_lines(self, lines: Sequence[DossierLine]) -> None:
        """List them, what the case must have and lacks at the top of it in words."""
        self.empty()
        gone = lacking(lines)
        head = label(_summary(lines, len(gone)), wrap=True, name="mediation.completeness.summary")
        head.setProperty("tone", "red" if gone else "green" if lines else "")
        self.column.addWidget(head)
        for each in lines:
            self.column.addWidget(line())
            self.column.addWidget(self._entry(each))
        self.column.addStretch(1)

    def _entry(self, each: DossierLine) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        icon, tone = _SIGNS[each.state]
        if each.state == "missing" and not each.required:
            icon, tone = "warn", "amber"
        sign = label()
        sign.setPixmap(theme.icon(icon, tone).pixmap(theme.px(18), theme.px(18)))
        sign.setAccessibleName(STATES[each.state])
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        need = "必须" if each.required else "按需"
        words.addWidget(
            said(f"{each.no}. {each.title}（{need}）", "" if each.state != "not_needed" else "second")
        )
        told = each.hint if each.state == "missing" else each.what or STATES[each.state]
        words.addWidget(said(told, "small"))
        row.addLayout(words, 1)
        go = self._way(each)
        if go is not None:
            row.addWidget(go, 0, Qt.AlignmentFlag.AlignTop)
        return made

    def _way(self, each: DossierLine) -> QWidget | None:
        """Where a missing line is filled, or the first paper of one that is there."""
        if each.state == "missing":
            go = button("去补", f"mediation.completeness.fill_{each.no}", role="link")
            go.setAccessibleName(f"去补{each.title}")
            go.clicked.connect(lambda: self.step_wanted.emit(_FILLED_BY[each.no]))
            return go
        part = next((part for part in each.parts if part.kind), None)
        if part is None:
            return None
        see = button("看", f"mediation.completeness.see_{each.no}", role="link")
        see.setAccessibleName(f"看{each.title}")
        see.clicked.connect(lambda: self.paper_wanted.emit(part.kind, part.subject))
        return see


def _summary(lines: Sequence[DossierLine], gone: int) -> str:
    if not lines:
        return "登记申请以后，这里列出卷宗要有的十三项。"
    return f"必须有的还缺 {gone} 项" if gone else "必须有的都齐了"
