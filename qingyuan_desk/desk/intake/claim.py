"""The middle column: against whom, what about, what is special, and where it goes."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QTextCursor

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.intake import choices
from qingyuan_desk.desk.intake.narrative import LIMIT, NarrativeEdit
from qingyuan_desk.desk.intake.opponents import Opponents
from qingyuan_desk.desk.intake.panel import Panel
from qingyuan_desk.desk.intake.route import RouteBlock
from qingyuan_desk.desk.widgets.chips import Chips
from qingyuan_desk.desk.widgets.choice import Option
from qingyuan_desk.desk.widgets.fields import Field
from qingyuan_desk.desk.widgets.labels import Tag, label
from qingyuan_desk.desk.widgets.links import link
from qingyuan_desk.domain.problems import Level, Problem
from qingyuan_desk.domain.reference import Reference
from qingyuan_desk.domain.triage import Suggestion
from qingyuan_desk.domain.visit import VisitForm

ACCUSATION = "accusation"
_UNSEALING = Problem(
    "route_reason", "说到检举控告的按密件办理；不按密件办理的，请写一句理由。", "《信访工作条例》第三十条"
)


class ClaimPanel(Panel):
    """诉求. Gives opponents, narrative, flags, the matter, and the route as far as the clerk chose it."""

    changed = Signal()
    rows_changed = Signal()

    def __init__(self, reference: Reference) -> None:
        super().__init__("诉求")
        self._reference = reference
        self._flags: frozenset[str] = frozenset()
        self._suggests_sealing = False
        self._unsealed = False
        self._last_flag = ""
        self.matter = ""
        lists = choices.named(reference)
        self.opponents = Opponents(lists["opponent_kind"])
        self.narrative = NarrativeEdit()
        self._narrative = Field("诉求", self.narrative)
        self.flags = Chips(
            "intake.flags",
            [Option(flag.code, flag.name) for flag in reference.flags],
            each="intake.flag",
        )
        self.flags.setAccessibleName("标记")
        self._flag_field = Field("标记", self.flags, lines=0)
        self.route = RouteBlock(reference)
        self.again = label(role="strong", name="intake.matter")
        self.not_again = link("不是同一事项", "intake.matter.undo")
        self.sealed_tag = Tag("密件", theme.color("violet"))
        for part in (self.again, self.not_again, self.sealed_tag):
            self.head.addWidget(part)
            part.hide()
        for part, share in (
            (self.opponents, 0),
            (self._narrative, 1_000),
            (self._flag_field, 0),
            (self.route, 0),
        ):
            self.column.addWidget(part, share)
        self._narrative.setMaximumHeight(self.narrative.maximumHeight() + theme.px(40))
        self.column.addStretch(1)
        self.set_lists(lists)
        self._listen()
        self._count()

    # --- the form ---

    def load(self, form: VisitForm) -> None:
        """Show a form's matter."""
        self.opponents.load(form.opponents)
        self.narrative.setPlainText(form.narrative)
        self._flags = form.flags
        self._unsealed = ACCUSATION in form.overrides
        self.matter = form.matter
        self.again.hide()
        self.not_again.hide()
        self.route.load(form)
        self._show_flags()

    @property
    def chosen_flags(self) -> frozenset[str]:
        """The flags the clerk set."""
        return self._flags

    def overrides(self) -> dict[str, str]:
        """Why an accusation is not treated as one."""
        reason = self.route.reason.text().strip()
        return {ACCUSATION: reason} if self._unsealed and reason else {}

    def fields(self) -> dict[str, Field]:
        """Field of a problem → where it is told."""
        return {
            **self.opponents.fields(),
            "narrative": self._narrative,
            "flags": self._flag_field,
            **self.route.fields(),
        }

    def field_of(self, problem: Problem) -> Field | None:
        """Where a problem is told: choosing otherwise at the reason, not choosing at all at the choice."""
        undecided = problem.field == "category" and problem.level is Level.REFUSE
        return self.fields().get("flow" if undecided else problem.field)

    def problems(self) -> list[Problem]:
        """An accusation that is not treated as one wants a reason."""
        unreasoned = self._unsealed and self._suggests_sealing and not self.route.reason.text().strip()
        return [_UNSEALING] if unreasoned else []

    @property
    def too_long(self) -> bool:
        """Whether the narrative must be shortened."""
        return len(self.narrative.toPlainText()) > LIMIT

    def set_lists(self, lists: dict[str, list[Option]]) -> None:
        """Offer these lists."""
        self.opponents.set_kinds(lists["opponent_kind"])
        self.route.set_lists(lists)

    # --- what the office says ---

    def show_route(self, form: VisitForm, suggestion: Suggestion) -> None:
        """Show what is suggested, and what holds now."""
        self._suggests_sealing = suggestion.sealed
        self._show_flags()
        self.sealed_tag.setVisible(self.sealed)
        wants_reason = self._unsealed and suggestion.sealed
        self.route.show_route(form, suggestion, sealed=self.sealed, wants_reason=wants_reason)

    @property
    def sealed(self) -> bool:
        """Whether this would be registered as a sealed accusation."""
        return ACCUSATION in self.flags.codes

    def show_again(self, ordinal: int, number: str) -> None:
        """This is a further visit of a matter."""
        self.again.setText(f"第{ordinal}次来访 · {number}")
        self.again.show()
        self.not_again.show()

    def go_on_telling(self) -> None:
        """The keyboard goes to the end of the narrative."""
        self.narrative.moveCursor(QTextCursor.MoveOperation.End)
        self.narrative.setFocus()

    # --- putting together ---

    def _listen(self) -> None:
        self.opponents.changed.connect(self.changed.emit)
        self.opponents.rows_changed.connect(self.rows_changed.emit)
        self.narrative.textChanged.connect(self._count)
        self.narrative.textChanged.connect(self.changed.emit)
        self.narrative.refused.connect(
            lambda sentence: self._narrative.tell([Problem("narrative", sentence)])
        )
        self.flags.switched.connect(self._switch)
        self.route.changed.connect(self.changed.emit)

    def _count(self) -> None:
        self._narrative.hint(f"{len(self.narrative.toPlainText())} / {LIMIT} 字")

    def _switch(self, code: str, on: bool) -> None:
        self._last_flag = code if on else ""
        self._flags = self._flags | {code} if on else self._flags - {code}
        if code == ACCUSATION:
            self._unsealed = not on
        self._show_flags()
        self.changed.emit()

    def _show_flags(self) -> None:
        sealing = {ACCUSATION} if self._suggests_sealing and not self._unsealed else set()
        self.flags.set_codes(self._flags | sealing)
        self._say_effect()

    def _say_effect(self) -> None:
        """What the flag switched last means, and by which article; with none on, nothing."""
        on = self.flags.codes
        code = self._last_flag if self._last_flag in on else min(on, default="")
        flag = self._reference.flag(code)
        article = f"（{flag.article}）" if flag and flag.article else ""
        self._flag_field.hint(f"{flag.name}：{flag.effect}{article}" if flag else "")
