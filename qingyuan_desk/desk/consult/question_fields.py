"""The editors of the fast form, each with its field, and how they stand: spoken order, no field that is not needed now."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets.choice import ChoiceBox, Option, Segments
from qingyuan_desk.desk.widgets.fields import Field, LineEdit, TextEdit
from qingyuan_desk.desk.widgets.moment_line import MomentLine
from qingyuan_desk.desk.widgets.parts import options
from qingyuan_desk.desk.widgets.reading_order import tab_in_reading_order
from qingyuan_desk.domain.handling.codes import ANSWERS, CONSULT_CHANNELS, SATISFACTIONS, STAGES

#: Results as they stand side by side; in full they are in ANSWERS.
RESULTS = {
    "advised": "当场解答",
    "aid": "指导援助",
    "organ": "告知部门",
    "booked": "约期",
    "moved": "转流程",
    "later": "另行答复",
}
#: Channels whose question may have come before it is registered.
WRITTEN = frozenset({"letter", "message", "online", "call"})
_LABEL = 64


class _Growing(TextEdit):
    """Content with a few lines; takes what room is left."""

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), theme.px(76))

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), theme.px(76))


class QuestionFields(QWidget):
    """Everything a person fills in; `fields` by the name its problems carry."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        office = session.office
        self.channel = Segments("consult.channel", options(CONSULT_CHANNELS), numbered=True)
        self.asked_at = MomentLine("consult.asked_at", office.now, hint="收到时间：空着是现在")
        self.name = LineEdit("consult.name", hint="姓名")
        self.declined = QCheckBox("拒绝 F6")
        self.declined.setObjectName("consult.declined")
        self.declined.setAccessibleName("拒绝提供身份信息")
        self.declined.setProperty("aside", True)
        self.declined.setToolTip("拒绝提供身份信息的，记在咨询记录上")
        self.phone = LineEdit("consult.phone", hint="可以不填")
        self.id_number = LineEdit("consult.id_number", hint="可以不填")
        self.id_number.setProperty("aside", True)
        self.crowd = ChoiceBox("consult.crowd", hint="没有就空着")
        self.common = ChoiceBox("consult.common", hint="打字或者拼音首字母：qx 欠薪，fyq 抚养权")
        self.cause = ChoiceBox("consult.cause", hint="拼音首字母")
        self.stage = ChoiceBox("consult.stage", hint="阶段")
        self.question = TextEdit("consult.question", hint="来访人问什么")
        self.answer = _Growing("consult.answer", hint="怎么答复的")
        self.articles = LineEdit("consult.articles", hint="《……》第……条")
        self.result = Segments("consult.result", options(RESULTS), numbered=True)
        self.organ = LineEdit("consult.organ", hint="应咨询的部门")
        self.booked_for = MomentLine("consult.booked_for", office.now, hint="约在什么时候，例如 12-1 9:00")
        self.lawyer = LineEdit("consult.lawyer", hint="解答人")
        self.satisfaction = ChoiceBox("consult.satisfaction", hint="没有问")
        self.aid_told = QCheckBox("已提示法律援助权利")
        self.aid_told.setObjectName("consult.aid_told")
        self.aid_told.setToolTip("已提示依法申请法律援助的权利，告知条件和程序（《法律援助法》第二十三条）")
        self.satisfaction.set_options(options(SATISFACTIONS))
        self.stage.set_options(options(STAGES))
        self.question.setFixedHeight(theme.px(56))
        for code, words in ANSWERS.items():
            self.result.findChild(QPushButton, f"consult.result.{code}").setToolTip(words)
        self.fields = self._make()
        self._lay_out()

    def minimumSizeHint(self) -> QSize:
        """At the width it has: lines of words that wrap ask for less height the wider they are."""
        least, layout = super().minimumSizeHint(), self.layout()
        high = layout.totalMinimumHeightForWidth(max(self.width(), least.width()))
        return QSize(least.width(), high if layout.hasHeightForWidth() else least.height())

    def offer(self, lists: dict[str, list[Option]]) -> None:
        """The office's lists."""
        self.crowd.set_options(lists["crowd"])
        self.cause.set_options(lists["dispute_type"])

    def show_needed(self) -> None:
        """Fields that depend on others come and go; nothing else moves."""
        self.asked_at.setVisible(self.channel.code in WRITTEN)
        self.organ.setVisible(self.result.code == "organ")
        self.booked_for.setVisible(self.result.code == "booked")
        declined = self.declined.isChecked()
        for editor in (self.name, self.phone, self.id_number):
            editor.setEnabled(not declined)
        self.name.setPlaceholderText("拒绝提供" if declined else "姓名")

    # --- putting together ---

    def _make(self) -> dict[str, Field]:
        channel, result = QWidget(), QWidget()
        _across(channel, self.channel, self.asked_at)
        _across(result, self.result, self.organ, self.booked_for)
        for editor in (self.asked_at, self.booked_for, self.organ):
            editor.setMinimumWidth(theme.px(150))
        return {
            "channel": Field(
                "方式", self.channel, label_width=_LABEL, row=channel, also={"asked_at": self.asked_at}
            ),
            "name": Field("咨询人", self.name, label_width=_LABEL, beside=self.declined),
            "phone": Field("电话", self.phone, label_width=40),
            "id_number": Field("证件", self.id_number, label_width=40),
            "crowd": Field("人群", self.crowd, label_width=_LABEL),
            "common": Field("常用 F7", self.common, label_width=_LABEL),
            "cause": Field("案由", self.cause, label_width=40),
            "stage": Field("阶段", self.stage, label_width=40),
            "question": Field("咨询内容", self.question, label_width=_LABEL),
            "answer": Field("解答意见", self.answer, label_width=_LABEL),
            "articles": Field("法律依据", self.articles, label_width=_LABEL),
            "result": Field(
                "处理",
                self.result,
                label_width=_LABEL,
                row=result,
                also={"organ": self.organ, "booked_for": self.booked_for},
            ),
            "lawyer": Field("解答人", self.lawyer, label_width=_LABEL),
            "satisfaction": Field("满意度", self.satisfaction, label_width=48),
        }

    def _lay_out(self) -> None:
        made = self.fields
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(16))
        grid.setVerticalSpacing(0)
        for column in range(12):
            grid.setColumnStretch(column, 1)
        places = (
            ("channel", 0, 0, 12),
            ("name", 1, 0, 4),
            ("phone", 1, 4, 4),
            ("id_number", 1, 8, 4),
            ("common", 2, 0, 12),
            ("crowd", 3, 0, 4),
            ("cause", 3, 4, 4),
            ("stage", 3, 8, 4),
            ("question", 4, 0, 12),
            ("answer", 5, 0, 12),
            ("articles", 6, 0, 12),
            ("result", 7, 0, 12),
            ("lawyer", 8, 0, 4),
            ("satisfaction", 8, 4, 4),
        )
        for name, row, column, span in places:
            long = isinstance(made[name].editor, TextEdit)
            side = Qt.AlignmentFlag(0) if long else Qt.AlignmentFlag.AlignTop
            grid.addWidget(made[name], row, column, 1, span, side)
        told = QVBoxLayout()
        told.setContentsMargins(0, theme.px(4), 0, 0)
        told.addWidget(self.aid_told)
        told.addStretch(1)
        grid.addLayout(told, 8, 8, 1, 4)
        grid.setRowStretch(5, 1)
        self.setLayout(grid)
        tab_in_reading_order(self)


def _across(held: QWidget, first: QWidget, *others: QWidget) -> None:
    row = QHBoxLayout(held)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(first)
    for other in others:
        row.addWidget(other, 1)
        other.hide()
    row.addStretch(0)
