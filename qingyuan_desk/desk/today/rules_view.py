"""催办规则: when units are urged, a table the office edits."""

from __future__ import annotations

import uuid

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.today.part import Part
from qingyuan_desk.desk.widgets import parts
from qingyuan_desk.desk.widgets.labels import label
from qingyuan_desk.desk.widgets.table_editor import Cell, TableEditor
from qingyuan_desk.domain.accounts import Right
from qingyuan_desk.domain.errors import DeskError, Refused
from qingyuan_desk.domain.handling.codes import URGES
from qingyuan_desk.domain.handling.due import OF_HANDLER, OF_SENDING, OF_URGE
from qingyuan_desk.domain.handling.urging_rules import node_names
from qingyuan_desk.domain.tables import UrgingRule
from qingyuan_desk.services import today

_ABOUT = (
    "期限：天数为正是超过末日几天，为负是到期前几天；节点：停了几天。选了单位的行是它自己的标准，代替通用的那一行。"
    "期限和节点都不选的三行，用于人工发出的催办、督办。"
)
#: Limits a rule may be about.
_CLOCKS = (*OF_HANDLER, *OF_SENDING, *OF_URGE, "mediation_finish")


class RulesView(Part):
    """F9 keeps the table; letters that were sent keep their points."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._request = uuid.uuid4().hex
        reference = session.office.reference
        clocks = {code: rule.event for code in _CLOCKS if (rule := reference.clock(code))}
        units = {unit.code: unit.name for unit in reference.units}
        self.editor = TableEditor(
            "today.rules",
            "催办督办规则",
            _ABOUT,
            (
                Cell("name", "名称", 216),
                Cell("kind", "种类", 84, URGES),
                Cell("flow", "流程", 64, {"": "不限", **{each.code: each.short for each in reference.flows}}),
                Cell("clock", "期限", 150, {"": "—", **clocks}),
                Cell("node", "节点", 124, {"": "—", **node_names()}),
                Cell("days", "天数", 52),
                Cell("unit", "单位", 104, {"": "所有单位", **units}),
                Cell("points", "扣分", 52),
                Cell("reply_days", "回复工作日", 92),
                Cell("article", "依据", 140),
                Cell("text", "要求", 0),
            ),
        )
        self.save_button = parts.button("保存 F9", "today.rules.save", role="primary")
        self.save_button.clicked.connect(self.save)
        self.message = label("", "message", wrap=True, name="today.rules.message")
        foot = QHBoxLayout()
        foot.addWidget(self.message, 1)
        foot.addWidget(self.save_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.editor, 1)
        column.addLayout(foot)
        self.setFocusProxy(self.editor.table)

    def refresh(self) -> None:
        """Show what is kept; what was typed and not kept stays."""
        may = self.may(Right.SETTINGS)
        self.editor.set_may(may)
        self.save_button.setEnabled(may)
        self.save_button.setToolTip("" if may else "现在的使用人不能改规则。")
        if not self.editor.changed:
            self.editor.show_rows(self.office.reference.urging_rules)

    def save(self) -> None:
        """Keep the table as it stands."""
        if not self.save_button.isEnabled():
            return
        self._say("")
        self.do(
            today.save_rules,
            self._request,
            self.editor.cells(),
            then=self._saved,
            failed=self._refused,
            busy=self.save_button,
        )

    def _saved(self, rules: tuple[UrgingRule, ...]) -> None:
        self._request = uuid.uuid4().hex
        self.editor.show_rows(rules)
        self.session.say("催办督办规则已保存。", "good")
        self.session.settings_changed.emit()

    def _refused(self, error: DeskError) -> None:
        problems = error.problems if isinstance(error, Refused) else ()
        self.editor.tell(problems)
        self._say(problems[0].sentence if problems else error.sentence)

    def _say(self, text: str) -> None:
        self.message.setText(text)
        theme.mark(self.message, "state", "error" if text else "")
