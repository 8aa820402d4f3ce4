"""Where the visit goes (分流): what the office's rules suggest and why, and what the clerk decides."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.intake.panel import Content, beside, scrolling
from qingyuan_desk.desk.widgets.choice import ChoiceBox, Option, Segments
from qingyuan_desk.desk.widgets.fields import Field, LineEdit
from qingyuan_desk.desk.widgets.labels import label
from qingyuan_desk.domain.reference import Reference
from qingyuan_desk.domain.triage import Suggestion
from qingyuan_desk.domain.visit import VisitForm

_NOTHING_YET = "写下诉求后，这里提出类别和流程的建议，并说明依据。"
_SEALED = "密件，只转纪检监察机关"
#: Room for a headline and six lines, always kept, so that nothing moves while somebody types.
_HEIGHT = 148
_CHOICES = ("category", "flow", "dispute_type", "room", "unit")


class SuggestionBox(QFrame):
    """What is suggested, with every reason and its article; sealed: in violet with a lock."""

    def __init__(self, nothing_yet: str) -> None:
        """nothing_yet: what stands there before anything was said."""
        super().__init__()
        self._nothing_yet = nothing_yet
        self.setObjectName("intake.suggestion")
        self.setProperty("role", "suggestion")
        self._lock = label()
        self._lock.setPixmap(theme.icon("lock", "violet").pixmap(theme.px(18), theme.px(18)))
        self.headline = label(role="strong", name="intake.suggestion.headline", wrap=True)
        self.reasons = label(role="small", name="intake.suggestion.reasons", wrap=True)
        self.advice = label(role="advice", name="intake.suggestion.advice", wrap=True)
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(self._lock)
        head.addWidget(self.headline, 1)
        content = Content()
        column = QVBoxLayout(content)
        column.setContentsMargins(10, 5, 10, 4)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self.advice)
        column.addWidget(self.reasons)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 1, 1, 1)
        whole.addWidget(scrolling(content))
        self.setFixedHeight(theme.px(_HEIGHT))
        self.show_suggestion("", Suggestion(), sealed=False)

    def show_suggestion(self, headline: str, suggestion: Suggestion, *, sealed: bool) -> None:
        """Show a suggestion."""
        said = [_with_article(reason.sentence, reason.article) for reason in suggestion.reasons]
        prompts = [_with_article(advice.sentence, advice.article) for advice in suggestion.advice]
        self.headline.setText(headline)
        self.reasons.setText("\n".join(said) or ("" if headline or prompts else self._nothing_yet))
        self.advice.setText("\n".join(prompts))
        for part in (self.headline, self.reasons, self.advice):
            part.setVisible(bool(part.text()))
        self._lock.setVisible(sealed)
        theme.mark(self, "state", "sealed" if sealed else "")
        theme.mark(self.headline, "tone", "violet" if sealed else "")


class RouteBlock(QWidget):
    """Suggestion and decision. What the clerk has not chosen follows the suggestion."""

    changed = Signal()

    def __init__(self, reference: Reference) -> None:
        super().__init__()
        self._reference = reference
        self._chosen: dict[str, str] = {}
        self._showing = False
        self.suggestion = SuggestionBox(
            "\n".join([_NOTHING_YET, *(f"{each.name}：{each.help}" for each in reference.categories)])
        )
        self.category = Segments(
            "intake.category",
            [Option(each.code, each.name) for each in reference.categories],
            numbered=True,
        )
        self.flow = Segments(
            "intake.flow", [Option(each.code, each.short) for each in reference.flows], numbered=True
        )
        self.dispute_type = ChoiceBox("intake.dispute_type", hint="纠纷类型")
        self.room = ChoiceBox("intake.room", hint="房间")
        self.unit = ChoiceBox("intake.unit", hint="主办单位")
        self.reason = LineEdit("intake.route_reason", hint="与建议的类别或者流程不同，写一句理由")
        for editor, spoken in (
            (self.category, "类别"),
            (self.flow, "流程"),
            (self.dispute_type, "纠纷类型"),
            (self.unit, "主办单位"),
        ):
            editor.setAccessibleName(spoken)
        self._lay_out()
        self._listen()

    # --- the form ---

    def chosen(self) -> dict[str, str]:
        """What the clerk chose, by field of the form."""
        return {field: self._chosen.get(field, "") for field in _CHOICES}

    def load(self, form: VisitForm) -> None:
        """Show a form's decisions."""
        self._chosen = {field: getattr(form, field) for field in _CHOICES if getattr(form, field)}
        self.reason.setText(form.route_reason)
        self._show(form, _CHOICES)
        self.suggestion.show_suggestion("", Suggestion(), sealed=False)
        self._want_reason(bool(form.route_reason))

    def fields(self) -> dict[str, Field]:
        """Field of a problem → where it is told."""
        return {
            **dict.fromkeys(("category", "route_reason"), self._reason),
            **dict.fromkeys(("flow", "dispute_type", "room", "unit", "matter_kind", "matter"), self._where),
        }

    def set_lists(self, lists: dict[str, list[Option]]) -> None:
        """Offer these lists."""
        self._showing = True
        for field in ("dispute_type", "room", "unit"):
            self._boxes[field].set_options(lists[field])
        self._showing = False

    # --- what the office says ---

    def show_route(
        self, form: VisitForm, suggestion: Suggestion, *, sealed: bool, wants_reason: bool
    ) -> None:
        """Show the suggestion and the route that holds now."""
        self._show(form, [field for field in _CHOICES if field not in self._chosen])
        said = " · ".join(filter(None, (_SEALED if sealed else "", self._said(form, suggestion))))
        self.suggestion.show_suggestion(said, suggestion, sealed=sealed)
        otherwise = (
            bool(suggestion.category)
            and not form.matter
            and (form.category, form.flow) != (suggestion.category, suggestion.flow)
        )
        self._want_reason(otherwise or wants_reason)

    @property
    def room_name(self) -> str:
        """Where to send the visitor."""
        return self.room.currentText()

    def _said(self, form: VisitForm, suggestion: Suggestion) -> str:
        if form.matter:
            return "沿用原事项的类别和流程"
        category = self._reference.category(suggestion.category)
        flow = self._reference.flow(suggestion.flow)
        return f"建议：{category.name} → {flow.name}" if category and flow else ""

    def _show(self, form: VisitForm, fields: Iterable[str]) -> None:
        self._showing = True
        for field in fields:
            self._widgets[field].set_code(getattr(form, field))
        self.dispute_type.setVisible(form.flow in ("", "mediation"))
        self._showing = False

    def _want_reason(self, wanted: bool) -> None:
        self._reason.setVisible(wanted or bool(self.reason.text()))

    # --- putting together ---

    def _lay_out(self) -> None:
        self._boxes = {"dispute_type": self.dispute_type, "room": self.room, "unit": self.unit}
        self._widgets = {"category": self.category, "flow": self.flow, **self._boxes}
        unit = label("主办", "field")
        unit.setBuddy(self.unit)
        self._where = Field(
            "房间",
            self.room,
            row=beside((self.room, 1), (unit, 0), (self.unit, 1)),
            also={"unit": self.unit, "dispute_type": self.dispute_type},
        )
        self._reason = Field("理由", self.reason, lines=0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.suggestion)
        column.addLayout(_captioned("类别", (self.category, 0)))
        column.addLayout(_captioned("流程", (self.flow, 0), (self.dispute_type, 1)))
        column.addWidget(self._where)
        column.addWidget(self._reason)

    def _listen(self) -> None:
        self.category.chosen.connect(lambda code: self._choose("category", code))
        self.flow.chosen.connect(lambda code: self._choose("flow", code))
        for field, box in self._boxes.items():
            box.editTextChanged.connect(lambda _, field=field, box=box: self._choose(field, box.typed))
        self.reason.textChanged.connect(lambda _: self.changed.emit())

    def _choose(self, field: str, code: str) -> None:
        if self._showing:
            return
        if code:
            self._chosen[field] = code
        else:
            self._chosen.pop(field, None)
        self.changed.emit()


def _captioned(text: str, *parts: tuple[QWidget, int]) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    caption = label(text, "field")
    caption.setFixedSize(theme.px(48), theme.px(32))
    caption.setBuddy(parts[0][0])
    row.addWidget(caption)
    for part, share in parts:
        row.addWidget(part, share)
    row.addStretch(0)
    return row


def _with_article(sentence: str, article: str) -> str:
    return f"{sentence}（{article}）" if article else sentence
