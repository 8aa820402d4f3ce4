"""After a step: what was done, where the matter stands, and the papers that belong to it, ready to be seen and printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.matter.parts import across, clear, said
from qingyuan_desk.desk.widgets.labels import label
from qingyuan_desk.desk.widgets.parts import button
from qingyuan_desk.domain.papers import PaperChoice

#: Step → kinds of the papers that belong to it, the one most wanted first.
PAPERS_OF: Mapping[str, tuple[str, ...]] = {
    "classify": ("processing",),
    "forward": ("forwarded", "transfer", "assign", "application"),
    "hand_over": ("hand_over", "transfer", "forwarded"),
    "discipline": ("discipline", "secret"),
    "receive": ("receipt",),
    "object": ("objection",),
    "decide": ("returned", "reassigned"),
    "return": ("returned",),
    "reassign": ("reassigned", "forwarded", "transfer", "assign"),
    "reply": ("reply", "support_reply"),
    "support": ("support",),
    "accept": ("acceptance",),
    "refuse": ("refusal", "legal_path"),
    "no_more": ("no_more",),
    "guide": ("guidance", "legal_path"),
    "extend": ("extension",),
    "answer": ("opinion", "review_request"),
    "ask_review": ("review_request", "recheck_request"),
    "review": ("recheck_request",),
    "close": ("rating", "submit"),
    "withdraw": ("withdrawal",),
    "report": ("urgent", "report"),
    "urge": ("remind", "yellow", "red"),
    "rate": ("rating", "unit_rating"),
    "consult": ("consult",),
    "apply_aid": ("aid_lacking", "aid_guide"),
    "decide_aid": ("aid_decision",),
    "refer": ("referral",),
}

#: Steps whose papers are about the record before theirs: whoever asks for a review contests the opinion that was given.
_OF_EARLIER = frozenset({"ask_review"})


def belonging(step: str, record_id: int, choices: Sequence[PaperChoice]) -> list[PaperChoice]:
    """Of the papers a matter has now, those that belong to a step just taken, the one most wanted first."""
    kinds = PAPERS_OF.get(step, ())
    of_step = [each for each in choices if each.kind in kinds]
    before = max((each.subject for each in of_step if each.subject < record_id), default=0)
    subject = before if step in _OF_EARLIER else record_id
    found = [each for each in of_step if each.subject in (0, subject)]
    return sorted(found, key=lambda each: kinds.index(each.kind))


class After(QWidget):
    """Stands in the place of the form until the next step is chosen."""

    paper_wanted = Signal(str, int)
    package_wanted = Signal(int)
    """Make the package (送案包) of the sending with this id."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("matter.after")
        self._sign = label()
        self.sentence = said("", "section")
        self.more = said("", "second")
        self._papers = QVBoxLayout()
        self._papers.setSpacing(theme.px(8))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 24, 16, 16)
        column.setSpacing(theme.px(8))
        head = across(self._sign, self.sentence, spacing=12, stretch=1)
        head.setAlignment(self._sign, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        column.addWidget(self.more)
        column.addSpacing(theme.px(8))
        column.addLayout(self._papers)
        column.addStretch(1)

    def say(self, sentence: str, more: str, *, doubtful: bool) -> None:
        """What was done. doubtful: something of it should be looked at again."""
        icon = theme.icon("warn", "amber") if doubtful else theme.icon("good", "green")
        self._sign.setPixmap(icon.pixmap(QSize(theme.px(22), theme.px(22))))
        self.sentence.setText(sentence)
        self.more.setText(more)
        self.more.setVisible(bool(more))
        clear(self._papers)

    def offer(self, papers: Sequence[PaperChoice], sending: int) -> QWidget | None:
        """Offer papers, and the package of a sending (0: none); the first of them, to give the keyboard to."""
        clear(self._papers)
        offered: list[QPushButton] = []
        for place, paper in enumerate(papers):
            made = button(f"打印 {paper.title}", f"matter.after.paper.{place}", icon="print")
            made.clicked.connect(
                lambda _=False, paper=paper: self.paper_wanted.emit(paper.kind, paper.subject)
            )
            offered.append(made)
        if sending:
            made = button("制作送案包……", "matter.after.package", icon="export")
            made.setToolTip("送案单、附件和电子数据打成一个压缩包，交给承办单位")
            made.clicked.connect(lambda: self.package_wanted.emit(sending))
            offered.append(made)
        for made in offered:
            made.setAutoDefault(True)  # Enter presses it
            self._papers.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)
            made.show()  # now, not when the layout gets to it: it may be given the keyboard
        return offered[0] if offered else None
