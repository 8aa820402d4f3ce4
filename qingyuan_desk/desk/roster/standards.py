"""标准: the tables the office keeps itself, rates of 以案定补 and conditions of levels, edited in place."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.roster.asking import Asking, Requests
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets.labels import label
from qingyuan_desk.desk.widgets.table_editor import Cell, TableEditor
from qingyuan_desk.domain.accounts import Right
from qingyuan_desk.domain.errors import DeskError, Refused
from qingyuan_desk.domain.mediation.codes import AGREEMENT_FORMS, DIFFICULTIES, RESULTS
from qingyuan_desk.domain.problems import Problem
from qingyuan_desk.domain.roster.mediators import LEVELS
from qingyuan_desk.domain.tables import LevelRule, SubsidyRate
from qingyuan_desk.services import roster_records, subsidy

_ANY = {"": "不限"}
_RATES = (
    Cell("name", "名称", 280),
    Cell("form", "协议形式", 100, {**_ANY, **AGREEMENT_FORMS}),
    Cell("result", "结果", 100, {code: RESULTS[code] for code in ("agreed", "failed")}),
    Cell("difficulty", "难易", 100, {**_ANY, **DIFFICULTIES}),
    Cell("level", "调解员等级", 100, {**_ANY, **LEVELS}),
    Cell("amount", "金额（元）", 92),
    Cell("note", "说明", 0),
)
_RULES = (
    Cell("level", "等级", 72, LEVELS),
    Cell("years", "满几年", 72),
    Cell("cases", "累计件数", 84),
    Cell("oral_share_max", "口头协议不超过 %", 132),
    Cell("success_min", "成功率不低于 %", 132),
    Cell("note", "说明", 0),
)


_ABOUT_RATES = "一件纠纷按最贴近的一行补一次；“不限”的行适合所有情况。改了以后，已经申报的金额不变。"
_ABOUT_RULES = "从事年限自首次聘任起算；件数是调解成功和不成的合计。"


class StandardsView(Asking):
    """Two tables, one below the other; F9 keeps the one that was changed."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._requests = Requests()
        self.rates = TableEditor("roster.rates", "以案定补标准", _ABOUT_RATES, _RATES)
        self.rules = TableEditor("roster.rules", "等级评定条件", _ABOUT_RULES, _RULES)
        self._save_button = QPushButton("保存 F9")
        self._save_button.setObjectName("roster.standards.save")
        self._save_button.setProperty("role", "primary")
        self._save_button.clicked.connect(lambda _=False: self.save())
        self.message = label("", "message", wrap=True, name="roster.standards.message")
        foot = QHBoxLayout()
        foot.addWidget(self.message, 1)
        foot.addWidget(self._save_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.rates, 3)
        column.addWidget(self.rules, 2)
        self.setFocusProxy(self.rates.table)
        column.addLayout(foot)

    def refresh(self) -> None:
        """Show what is kept; what was typed and not kept stays."""
        may = self.may(Right.SETTINGS)
        self._save_button.setEnabled(may)
        self._save_button.setToolTip("" if may else "现在的使用人不能改标准。")
        for editor, rows in (
            (self.rates, self.office.reference.subsidy_rates),
            (self.rules, self.office.reference.level_rules),
        ):
            editor.set_may(may)
            if not editor.changed:
                editor.show_rows(rows)

    def save(self) -> None:
        """Keep the tables that were changed."""
        self._say("")
        if self.rates.changed:
            self._keep(self.rates, subsidy.save_rates, self._rates())
        if self.rules.changed:
            rules, problems = self._rules()
            if problems:
                self.rules.tell(problems)
                self._say(problems[0].sentence)
            else:
                self._keep(self.rules, roster_records.save_level_rules, rules)

    def _keep(self, editor: TableEditor, service: object, rows: Sequence[object]) -> None:
        asked = (editor.objectName(), tuple(rows))

        def refused(error: DeskError) -> None:
            editor.tell(error.problems if isinstance(error, Refused) else ())
            self._say(error.sentence)

        def done(_: object) -> None:
            self._requests.answered(asked)
            editor.show_rows(rows)
            self.session.say("标准已保存。", "good")
            self.session.roster_changed.emit()

        assert callable(service)
        self.ask(
            service,
            self.office,
            self.actor,
            self._requests.of(asked),
            rows,
            then=done,
            failed=refused,
            busy=self._save_button,
        )

    def _rates(self) -> list[SubsidyRate]:
        """Rows as they stand; a new one gets a code of its own."""
        rows = self.rates.cells()
        taken = {row.get("code", "") for row in rows}
        free = (code for number in range(1, len(rows) + 2) if (code := f"rate_{number}") not in taken)
        return [SubsidyRate(**{**row, "code": row.get("code") or next(free)}) for row in rows]

    def _rules(self) -> tuple[list[LevelRule], list[Problem]]:
        rules, problems = [], []
        for row in self.rules.cells():
            numbers = {}
            for cell in _RULES[1:5]:
                if row[cell.key].strip().isdecimal():
                    numbers[cell.key] = int(row[cell.key])
                else:
                    problems.append(
                        Problem(
                            f"{row['level']}.{cell.key}", f"“{cell.title}”填整数，不能是“{row[cell.key]}”。"
                        )
                    )
            if len(numbers) == 4:
                rules.append(LevelRule(row["level"], note=row["note"], **numbers))
        return rules, problems

    def _say(self, text: str) -> None:
        self.message.setText(text)
        theme.mark(self.message, "state", "error" if text else "")
